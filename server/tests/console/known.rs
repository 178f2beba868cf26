//! Browsers that an account was signed in to before.

use axum::http::StatusCode;

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, PASSWORD};
use crate::town;

const COOKIE: &str = "frontline-browser";

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_elsewhere_keeps_nobody_out_who_is_at_home_in_a_browser() {
    let (town, _data) = town().await;
    let mut home = Browser::signed_in(&town, MANAGER).await;
    let csrf = home.get("/").await.csrf();
    assert_eq!(home.post("/sign-out", &[("csrf", &csrf)]).await.to(), "/sign-in?out=1");
    assert!(home.cookies.contains_key(COOKIE), "leaving does not make it a stranger");
    let mut guesser = Browser::new(&town);
    for _ in 0..5 {
        assert_eq!(guesser.signs_in(MANAGER, "guess").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(Browser::new(&town).signs_in(MANAGER, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS, "a new browser waits");
    // It counts its own wrong ones, by the same rule.
    for wrong in 0..5 {
        assert_eq!(home.signs_in(MANAGER, "mistyped").await.status, StatusCode::UNAUTHORIZED, "{wrong}");
    }
    let page = home.signs_in(MANAGER, PASSWORD).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    page.says("Try again in 1 minute");
    let mut other = home.clone();
    other.cookies.remove(COOKIE);
    town.clock.set(town.clock.ms() + 61_000);
    assert_eq!(home.signs_in(MANAGER, PASSWORD).await.to(), "/");
    // What was wrong there did not count for the account, and what was right there forgave nothing.
    assert_eq!(other.signs_in(MANAGER, "guess").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(other.signs_in(MANAGER, PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_good_for_its_account_alone_and_for_half_a_year() {
    let (town, _data) = town().await;
    let of = async |email| Browser::signed_in(&town, email).await.cookies[COOKIE].clone();
    let (graces, helens) = (of(MANAGER).await, of(ADMIN).await);
    assert_ne!(of(MANAGER).await, graces, "each browser has a number of its own");
    let mut guesser = Browser::new(&town);
    for _ in 0..5 {
        guesser.signs_in(MANAGER, "guess").await;
    }
    let status = async |cookie: &str| {
        let mut browser = Browser::new(&town);
        browser.cookies.insert(COOKIE.into(), cookie.into());
        browser.signs_in(MANAGER, PASSWORD).await.status
    };
    let mut changed = graces.clone().into_bytes();
    changed[5] = if changed[5] == b'0' { b'1' } else { b'0' };
    for bad in [helens.as_str(), "", "00", &graces[..78], std::str::from_utf8(&changed).expect("text")] {
        assert_eq!(status(bad).await, StatusCode::TOO_MANY_REQUESTS, "{bad}");
    }
    assert_eq!(status(&graces).await, StatusCode::SEE_OTHER);
    town.clock.set(town.clock.ms() + 181 * crate::DAY);
    let mut guesser = Browser::new(&town);
    for _ in 0..5 {
        guesser.signs_in(MANAGER, "guess").await;
    }
    assert_eq!(status(&graces).await, StatusCode::TOO_MANY_REQUESTS, "it is old");
}
