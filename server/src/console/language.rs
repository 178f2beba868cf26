//! The language that a person reads the console in: the one they chose here, else their own, else what their
//! browser asks for, else English.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use frontline_domain::Lang;

use super::address::local;
use super::errors::Failure;
use super::sent::Sent;
use super::strings::{ENGLISH, Strings};
use super::{Console, cookie, session};

/// Holds a choice; no secret.
const CHOICE: &str = "frontline-language";
const KEPT_S: i64 = 365 * 86_400;
/// Letters of `Accept-Language` that are looked at.
const MAX_ASKED: usize = 500;

/// For a request, by somebody whose own language may be known.
pub fn of(headers: &HeaderMap, person: Option<&Lang>) -> &'static Strings {
    let chosen = cookie::read(headers, CHOICE).and_then(|tag| tag.parse().ok());
    let found = chosen.as_ref().and_then(Strings::of).or_else(|| person.and_then(Strings::of));
    found.or_else(|| asked(headers)).unwrap_or(&ENGLISH)
}

/// The first that the browser asks for and the console speaks, by weight.
fn asked(headers: &HeaderMap) -> Option<&'static Strings> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let text = text.get(..MAX_ASKED).unwrap_or(text);
    let mut ranges: Vec<(u32, &str)> = text.split(',').filter_map(range).collect();
    ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    ranges.into_iter().find_map(|(_, tag)| Strings::of(&tag.parse().ok()?))
}

/// `ar;q=0.8` as thousandths and the tag; none where it is not wanted at all.
fn range(text: &str) -> Option<(u32, &str)> {
    let (tag, rest) = text.trim().split_once(';').unwrap_or((text.trim(), ""));
    let weight = match rest.trim().strip_prefix("q=") {
        Some(q) => q.trim().parse::<f64>().ok().filter(|q| (0.0..=1.0).contains(q))?,
        None => 1.0,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 1")]
    let weight = (weight * 1_000.0) as u32;
    (weight > 0).then_some((weight, tag.trim()))
}

/// The cookie that keeps a choice; none for a language that the console does not speak.
pub fn choose(tag: &str, secure: bool) -> Option<String> {
    let spoken = Strings::of(&tag.parse().ok()?)?;
    Some(cookie::make(CHOICE, spoken.lang, KEPT_S, secure))
}

/// `POST /language`.
pub async fn change(State(_): State<Arc<Console>>, headers: HeaderMap, sent: Sent) -> Result<Response, Failure> {
    let cookie = choose(sent.fields.get("to"), session::is_secure(&headers)).ok_or(Failure::Wrong)?;
    let mut response = Redirect::to(local(sent.fields.get("back"))).into_response();
    session::put(response.headers_mut(), &cookie);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(accept: &str, cookie: &str, person: Option<&str>) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().expect("a value"));
        headers.insert(header::COOKIE, cookie.parse().expect("a value"));
        of(&headers, person.map(|tag| tag.parse().expect("a tag")).as_ref()).lang
    }

    #[test]
    fn a_choice_goes_before_the_person_and_the_person_before_the_browser() {
        assert_eq!(with("en", "frontline-language=ar", Some("en")), "ar");
        assert_eq!(with("en", "", Some("ar-AE")), "ar");
        assert_eq!(with("ar", "", Some("pt")), "ar", "theirs is not spoken here");
        assert_eq!(with("pt, fr;q=0.9", "frontline-language=xx", None), "en");
    }

    #[test]
    fn what_the_browser_prefers_is_weighed() {
        assert_eq!(with("en;q=0.3, ar-EG;q=0.8", "", None), "ar");
        assert_eq!(with("ar;q=0, en;q=0.1", "", None), "en");
        assert_eq!(with("*;q=2, ;;, ar", "", None), "ar");
    }
}
