//! `/people/{id}/password`: letting somebody sign in to the console, or giving them a new password.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use frontline_domain::Scope;
use frontline_domain::permission::Act;

use super::person::{Seen, find};
use super::{frame, people_deeds as deeds};
use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{PasswordPage, Place};

pub async fn show(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let seen = theirs(&mut reading, &id).await?;
    let email = reading.tx.user(reading.me.org, seen.person.id).await?.map(|user| calm(user.email));
    form(&mut reading, &seen, email.unwrap_or_default(), None, None).await
}

/// The person, if the one who asks administers the organisation.
async fn theirs(reading: &mut Reading, id: &str) -> Result<Seen, Failure> {
    let seen = find(reading, id).await?;
    if seen.person.withdrawn || !reading.me.may(Act::Administer, Scope::Org) {
        return Err(Failure::Forbidden);
    }
    Ok(seen)
}

async fn form(
    reading: &mut Reading,
    seen: &Seen,
    email: String,
    wrong: Option<&'static str>,
    made: Option<String>,
) -> Result<Response, Failure> {
    let t = &reading.me.t.person;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = PasswordPage {
        id: seen.person.id.to_string(),
        name: seen.person.name.clone(),
        heading: fill(t.password_for, &[("name", &seen.person.name)]),
        email,
        wrong,
        made,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::People), None).await?,
    };
    Ok((status, page(&shown)).into_response())
}

/// The password is in the answer itself and nowhere else.
pub async fn make(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    let seen = theirs(&mut reading, &id).await?;
    let email = sent.fields.get("email").to_lowercase();
    let made = deeds::password(&console, &sent.me, seen.person.id, &email).await?;
    let wrong = made.is_none().then_some(sent.me.t.person.wrong_email);
    form(&mut reading, &seen, calm(email), wrong, made).await
}
