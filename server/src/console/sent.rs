//! A form that a signed-in person sent from a page of ours: the only way into a handler that changes
//! something.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;

use super::Console;
use super::errors::Failure;
use super::session::Me;

/// Bytes of a form at most.
const MAX_BYTES: usize = 16 << 10;

/// A form's fields as text.
#[derive(Debug, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The field without the blanks around it; empty where the form has none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |v| v.trim())
    }
    /// The field as it was typed.
    pub fn raw(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
    /// Reads a form's body.
    pub async fn read(request: Request) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, MAX_BYTES).await.map_err(|_| Failure::Wrong)?;
        let request = Request::from_parts(parts, Body::from(bytes));
        Form::from_request(request, &()).await.map(|Form(map)| Self(map)).map_err(|_| Failure::Wrong)
    }
}

/// The fields, and who sent them; the CSRF token was right.
pub struct Sent {
    pub me: Me,
    pub fields: Fields,
}

impl FromRequest<Arc<Console>> for Sent {
    type Rejection = Failure;
    async fn from_request(request: Request, _: &Arc<Console>) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let me = Me::from_request_parts(&mut parts, &()).await?;
        if is_foreign(&parts.headers) {
            return Err(Failure::Expired);
        }
        let fields = Fields::read(Request::from_parts(parts, body)).await?;
        if me.has_csrf(fields.get("csrf")) { Ok(Self { me, fields }) } else { Err(Failure::Expired) }
    }
}

/// Whether the browser says that another site sent it. Browsers that say nothing are judged by the token.
pub fn is_foreign(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|from| from != "same-origin" && from != "none")
}
