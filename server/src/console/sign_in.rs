//! `/sign-in` and `/sign-out`.
//!
//! The form carries a token made from a cookie of the same browser, so that no other site can sign a person
//! in as somebody else. What is said of a wrong e-mail and of a wrong password is the same, and takes as
//! long.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::address::{local, with};
use super::errors::{Failure, show as page};
use super::limit::{FREE, Key, after, wait_ms};
use super::sent::{Fields, Sent, is_foreign};
use super::session::{self, Me};
use super::strings::{LANGUAGES, Strings, fill};
use super::view::SignInPage;
use super::{Console, cookie, known, language, seconds};
use crate::http::peer::{Peer, peer};
use crate::store::User;

/// The cookie that the form's token is made from.
const VISIT: &str = "frontline-visit";
const VISIT_MS: i64 = seconds(3600);

/// Where to sign in, and go on to `next`.
pub fn address(next: &str) -> String {
    let terms = (next != "/").then(|| ("next", next.to_owned()));
    with("/sign-in", terms.into_iter())
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    out: Option<String>,
    /// Choose this language first.
    #[serde(default)]
    language: String,
}

pub async fn show(State(console): State<Arc<Console>>, headers: HeaderMap, Query(asked): Query<Asked>, request: Request) -> Response {
    if request.extensions().get::<Me>().is_some() {
        return Redirect::to(local(&asked.next)).into_response();
    }
    if let Some(cookie) = language::choose(&asked.language, session::is_secure(&headers)) {
        let mut response = Redirect::to(&address(local(&asked.next))).into_response();
        session::put(response.headers_mut(), &cookie);
        return response;
    }
    let t = language::of(&headers, None);
    let said = match (&asked.out, asked.next.is_empty()) {
        (Some(_), _) => Some(t.sign_in.signed_out),
        (None, false) => Some(t.sign_in.expired),
        (None, true) => None,
    };
    form(&console, &headers, Typed { next: local(&asked.next), ..Typed::default() }, said, None, StatusCode::OK)
}

/// What was typed, to show it again.
#[derive(Default)]
struct Typed<'a> {
    email: &'a str,
    next: &'a str,
}

fn form(
    console: &Console,
    headers: &HeaderMap,
    typed: Typed<'_>,
    said: Option<&'static str>,
    wrong: Option<String>,
    status: StatusCode,
) -> Response {
    let mut fresh = [0; 32];
    console.random.fill(&mut fresh);
    let visit = cookie::read(headers, VISIT).map_or_else(|| blake3::Hash::from_bytes(fresh).to_hex().to_string(), str::to_owned);
    let csrf = token(&visit).to_hex().to_string();
    let t = language::of(headers, None);
    let languages = languages(t, typed.next);
    let sign_in = SignInPage { t, languages, csrf, email: typed.email.to_owned(), next: typed.next.to_owned(), wrong, said };
    let mut response = (status, page(&sign_in)).into_response();
    let secure = session::is_secure(headers);
    session::put(response.headers_mut(), &cookie::make(VISIT, &visit, VISIT_MS / 1000, secure));
    response
}

/// The other languages, each with its address.
fn languages(t: &Strings, next: &str) -> Vec<(&'static Strings, String)> {
    let others = LANGUAGES.into_iter().filter(|l| l.lang != t.lang);
    others.map(|l| (l, with("/sign-in", [("language", l.lang.to_owned()), ("next", local(next).to_owned())].into_iter()))).collect()
}

fn token(visit: &str) -> blake3::Hash {
    blake3::Hash::from_bytes(blake3::derive_key("frontline 2026 console sign-in form", visit.as_bytes()))
}

pub async fn sign_in(State(console): State<Arc<Console>>, headers: HeaderMap, request: Request) -> Result<Response, Failure> {
    let t = language::of(&headers, None);
    let from = peer(request.extensions());
    let before = request.extensions().get::<Me>().map(|me| *me.session());
    let fields = Fields::read(request).await?;
    let visit = cookie::read(&headers, VISIT).ok_or(Failure::Expired)?;
    if is_foreign(&headers) || !blake3::Hash::from_hex(fields.get("csrf")).is_ok_and(|sent| sent == token(visit)) {
        return Err(Failure::Expired);
    }
    let (email, password) = (fields.get("email").to_lowercase(), fields.raw("password"));
    let typed = Typed { email: fields.get("email"), next: fields.get("next") };
    if email.is_empty() || password.is_empty() {
        let text = t.sign_in.missing.to_owned();
        return Ok(form(&console, &headers, typed, None, Some(text), StatusCode::BAD_REQUEST));
    }
    let at_home = cookie::read(&headers, known::COOKIE);
    match attempt(&console, (&email, password), from, at_home).await? {
        Attempt::Right(user) => {
            let (token, fresh) = session::make(&console, user.org, user.person, console.now_ms());
            let mut tx = console.store.write().await?;
            if let Some(hash) = before {
                tx.remove_session(&hash).await?;
            }
            tx.put_session(&fresh).await?;
            tx.commit().await?;
            let mut response = Redirect::to(local(typed.next)).into_response();
            let secure = session::is_secure(&headers);
            session::put(response.headers_mut(), &cookie::make(session::COOKIE, &token, session::LIFE_MS / 1000, secure));
            session::put(response.headers_mut(), &cookie::make(VISIT, "", 0, secure));
            let browser = known::make(&console.keys, &*console.random, (user.org, user.person), console.now_ms());
            session::put(response.headers_mut(), &cookie::make(known::COOKIE, &browser, known::LIFE_MS / 1000, secure));
            Ok(response)
        }
        Attempt::Wrong => {
            let text = t.sign_in.wrong.to_owned();
            Ok(form(&console, &headers, typed, None, Some(text), StatusCode::UNAUTHORIZED))
        }
        Attempt::Wait(ms) => {
            let minutes = u64::try_from(ms).unwrap_or(0).div_ceil(60_000).max(1);
            let text = t.counted(t.sign_in.wait, minutes);
            let text = fill(&text, &[("minutes", &minutes.to_string())]);
            let mut response = form(&console, &headers, typed, None, Some(text), StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert("retry-after", (ms / 1000 + 1).into());
            Ok(response)
        }
    }
}

enum Attempt {
    Right(User),
    Wrong,
    /// Nothing was tried; so many milliseconds are left.
    Wait(i64),
}

/// Tries a password, unless somebody has to wait. Where the browser shows that this account is at home there, only
/// what was wrong in that browser counts, and it counts nowhere else.
async fn attempt(console: &Console, (email, password): (&str, &str), from: Peer, at_home: Option<&str>) -> Result<Attempt, Failure> {
    let now = console.now_ms();
    let user = console.store.read().await?.user_by_email(email).await?;
    let number = |user: &User| known::number(&console.keys, at_home?, (user.org, user.person), now);
    if let Some(number) = user.as_ref().and_then(number) {
        return at_home_in(console, number, user, password).await;
    }
    let keys: Vec<Key> = std::iter::once(Key::email(email)).chain(Key::peer(from)).collect();
    if let Some(until) = user.as_ref().map(|u| u.locked_until_ms).filter(|until| *until > now) {
        return Ok(Attempt::Wait(until - now));
    }
    if let Err(until) = console.limit.begin(&keys, now) {
        return Ok(Attempt::Wait(until - now));
    }
    if console.is_password(user.as_ref(), password).await?
        && let Some(user) = user
    {
        keys.iter().for_each(|key| console.limit.succeeded(*key));
        if user.failures > 0 {
            let mut tx = console.store.write().await?;
            tx.put_user(&User { failures: 0, locked_until_ms: 0, ..user.clone() }).await?;
            tx.commit().await?;
        }
        return Ok(Attempt::Right(user));
    }
    let mut tx = console.store.write().await?;
    // Read again: attempts at the same time must not count as one.
    if let Some(user) = tx.user_by_email(email).await? {
        let failures = after(user.failures, user.locked_until_ms, now);
        tx.put_user(&User { failures, locked_until_ms: now + wait_ms(failures, FREE), ..user }).await?;
        tx.commit().await?;
    }
    tracing::info!("a sign-in to the console was refused");
    Ok(Attempt::Wrong)
}

async fn at_home_in(console: &Console, number: [u8; 16], user: Option<User>, password: &str) -> Result<Attempt, Failure> {
    let (key, now) = (Key::browser(&number), console.now_ms());
    if let Err(until) = console.limit.begin(&[key], now) {
        return Ok(Attempt::Wait(until - now));
    }
    if console.is_password(user.as_ref(), password).await?
        && let Some(user) = user
    {
        console.limit.succeeded(key);
        return Ok(Attempt::Right(user));
    }
    tracing::info!("a sign-in to the console was refused");
    Ok(Attempt::Wrong)
}

pub async fn sign_out(State(console): State<Arc<Console>>, headers: HeaderMap, sent: Sent) -> Result<Response, Failure> {
    let mut tx = console.store.write().await?;
    tx.remove_session(sent.me.session()).await?;
    tx.commit().await?;
    let mut response = Redirect::to("/sign-in?out=1").into_response();
    let secure = session::is_secure(&headers);
    session::put(response.headers_mut(), &cookie::make(session::COOKIE, "", 0, secure));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_on_to_pages_of_the_console_only() {
        for elsewhere in ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "/\t/example.com", "/\u{1}", ""]
        {
            assert_eq!(local(elsewhere), "/");
        }
        assert_eq!(local("/runs/1?a=b"), "/runs/1?a=b");
        assert_eq!(address("/assign?to=site/1&x=2"), "/sign-in?next=%2Fassign%3Fto%3Dsite%2F1%26x%3D2");
        assert_eq!(address("/"), "/sign-in");
    }
}
