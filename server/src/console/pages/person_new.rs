//! `/people/new`: adding somebody with their first role.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use frontline_domain::record::Person;
use frontline_domain::{Lang, Scope, Slug};

use super::frame;
use super::people::gives_anywhere;
use super::people_deeds::{self as deeds, Newcomer};
use super::person::choices;
use super::person_roles::role_named;
use crate::admin::is_name;
use crate::admin::people::MAX_NAME;
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::sent::{Fields, Sent};
use crate::console::session::Me;
use crate::console::strings::{LANGUAGES, Strings};
use crate::console::view::{Choice, NewPersonPage, NewPersonWrong, Place};
use crate::records;

pub async fn show(State(console): State<Arc<Console>>, me: Me) -> Result<Response, Failure> {
    let mut reading = begin(console, me).await?;
    form(&mut reading, &Fields::default(), NewPersonWrong::default()).await
}

async fn begin(console: Arc<Console>, me: Me) -> Result<Reading, Failure> {
    if gives_anywhere(&me) { Reading::begin(console, me).await } else { Err(Failure::Forbidden) }
}

async fn form(reading: &mut Reading, fields: &Fields, wrong: NewPersonWrong) -> Result<Response, Failure> {
    let (roles, mut places) = choices(reading, fields.get("role"), fields.get("place"));
    if let [only] = &mut places[..] {
        only.selected = true;
    }
    let chosen = fields.get("language");
    let languages = reading.names.languages().iter().enumerate().map(|(n, lang)| Choice {
        value: lang.to_string(),
        label: called(lang),
        selected: if chosen.is_empty() { n == 0 } else { lang.as_str() == chosen },
    });
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = NewPersonPage {
        name: fields.get("name").to_owned(),
        slug: fields.get("slug").to_owned(),
        languages: languages.collect(),
        roles,
        places,
        wrong,
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::People), None).await?,
    };
    Ok((status, page(&shown)).into_response())
}

/// What its speakers call a language, where the console knows; else its tag.
fn called(lang: &Lang) -> String {
    Strings::of(lang).filter(|t| LANGUAGES.iter().any(|l| l.lang == t.lang)).map_or_else(|| lang.to_string(), |t| t.name.to_owned())
}

pub async fn add(State(console): State<Arc<Console>>, sent: Sent) -> Result<Response, Failure> {
    let mut reading = begin(console.clone(), sent.me.clone()).await?;
    let (t, f) = (&sent.me.t.person, &sent.fields);
    let (name, typed) = (f.get("name"), f.get("slug"));
    let mut wrong = NewPersonWrong::default();
    if !is_name(name, MAX_NAME) {
        wrong.name = Some(t.wrong_name);
    }
    let taken: Vec<Slug> = records::all::<Person>(&mut *reading.tx, sent.me.org).await?.into_iter().map(|p| p.slug).collect();
    let slug = if typed.is_empty() { slug_of(name, &taken) } else { typed.parse().ok() };
    wrong.slug = match &slug {
        None => Some(t.wrong_slug),
        Some(slug) => taken.contains(slug).then_some(t.taken_slug),
    };
    let language = reading.names.languages().iter().find(|l| l.as_str() == f.get("language")).cloned();
    wrong.language = language.is_none().then_some(t.wrong_language);
    let (_, places) = choices(&reading, "", "");
    let scope = places.iter().find(|p| p.value == f.get("place")).and_then(|p| p.value.parse::<Scope>().ok());
    wrong.place = scope.is_none().then_some(t.wrong_place);
    let role = role_named(f.get("role")).filter(|role| scope.is_none_or(|scope| sent.me.may_give(*role, scope)));
    wrong.role = role.is_none().then_some(t.wrong_role);
    let (false, Some(slug), Some(language), Some(role), Some(scope)) = (wrong.any(), slug, language, role, scope) else {
        return form(&mut reading, f, wrong).await;
    };
    let new = Newcomer { name: name.to_owned(), slug, language: language.to_string(), role, scope };
    match deeds::add(&console, &sent.me, &new).await {
        Ok(id) => Ok(Redirect::to(&format!("/people/{id}?done=added")).into_response()),
        // Somebody took the short name meanwhile.
        Err(Failure::Wrong) => form(&mut reading, f, NewPersonWrong { slug: Some(t.taken_slug), ..NewPersonWrong::default() }).await,
        Err(other) => Err(other),
    }
}

/// A short name made from the Latin letters of a name, with a number where another has it; none without such
/// letters.
fn slug_of(name: &str, taken: &[Slug]) -> Option<Slug> {
    let lower = name.to_lowercase();
    let words: Vec<String> = lower
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    // A name of which letters would get lost is better spelt by whoever knows it.
    if lower.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
        return None;
    }
    let stem: String = words.join("-").chars().take(60).collect();
    let stem = stem.trim_end_matches('-');
    let first: Slug = stem.parse().ok()?;
    let numbered = (2..100).filter_map(|n| format!("{stem}-{n}").parse::<Slug>().ok());
    std::iter::once(first).chain(numbered).find(|slug| !taken.contains(slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_made_from_latin_letters_and_never_twice() {
        let taken: Vec<Slug> = vec!["ana-pereira".parse().expect("a slug")];
        let of = |name: &str| slug_of(name, &taken).map(|slug| slug.to_string());
        assert_eq!(of("Ben Okafor").as_deref(), Some("ben-okafor"));
        assert_eq!(of("Ana  Pereira").as_deref(), Some("ana-pereira-2"));
        assert_eq!(of("D'Arcy O-Neil 3").as_deref(), Some("darcy-o-neil-3"));
        for none in ["ليلى", "Zoë", "", "…"] {
            assert_eq!(of(none), None, "{none}");
        }
        assert!(slug_of(&"a ".repeat(80), &taken).is_some_and(|slug| slug.as_str().len() <= 64));
    }
}
