//! What a server is told of its front: whom failures count against, and the address it gives to phones.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, PASSWORD};
use crate::town;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use frontline_server::Front;

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn behind_a_proxy() -> Arc<Front> {
    Arc::new(Front { proxies: vec!["127.0.0.1".parse().expect("an address")].into(), ..Front::default() })
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_under_many_names_has_to_wait_and_others_behind_the_same_proxy_do_not() {
    let (town, _data) = town().await;
    // Of one server: failures are counted in its memory.
    let fresh = Browser::new(&town);
    let browser = |said, front: &Arc<Front>| fresh.clone().by(LOCAL, said, front);
    let (named, plain) = (behind_a_proxy(), Arc::new(Front::default()));
    let guessing = (0..50).map(|n| {
        let mut guesser = browser(Some("198.51.100.7, 203.0.113.9"), &named);
        async move { guesser.signs_in(&format!("nobody-{n}@harbour.example"), "guess").await.status }
    });
    // All at once: each counts.
    for status in join(guessing).await {
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    let status = async |said, front: &Arc<Front>| browser(said, front).signs_in(MANAGER, PASSWORD).await.status;
    assert_eq!(status(Some("203.0.113.9"), &named).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(status(Some("192.0.2.1, 203.0.113.9"), &named).await, StatusCode::TOO_MANY_REQUESTS, "whatever it says before");
    assert_eq!(status(Some("203.0.113.9, 198.51.100.7"), &named).await, StatusCode::SEE_OTHER, "another client");
    assert_eq!(status(None, &plain).await, StatusCode::SEE_OTHER, "this machine itself");
    // Through a proxy that nobody named everybody is 127.0.0.1: one guesser must not lock out all of them.
    assert_eq!(status(Some("203.0.113.9"), &plain).await, StatusCode::SEE_OTHER);
}

async fn join<F: Future<Output = StatusCode> + Send + 'static>(all: impl Iterator<Item = F>) -> Vec<StatusCode> {
    let tasks: Vec<_> = all.map(tokio::spawn).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.expect("an answer"));
    }
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_phones_to_the_public_address_and_its_cookies_are_secure() {
    let (town, _data) = town().await;
    let (site, person) = (town.site("harbour").await.id, town.person("ana-pereira").await.id.to_string());
    let public = Some("https://frontline.example/".parse().expect("an address"));
    let front = Arc::new(Front { public, ..Front::default() });
    let mut helen = Browser::new(&town).by(LOCAL, None, &front);
    let page = helen.signs_in(ADMIN, PASSWORD).await;
    let cookies: Vec<&str> = page.headers.get_all("set-cookie").iter().map(|c| c.to_str().expect("text")).collect();
    assert!(!cookies.is_empty() && cookies.iter().all(|c| c.contains("; Secure")), "{cookies:?}");
    let page = helen.sends(&format!("/sites/{site}/enrol"), &[("person", &person)]).await;
    page.says("https://frontline.example");
    page.is_silent_about("console.example");
    let mut plain = Browser::signed_in(&town, ADMIN).await;
    plain.sends(&format!("/sites/{site}/enrol"), &[("person", &person)]).await.says("http://console.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_out_of_reach_of_scripts_and_secure_where_a_named_proxy_says_https() {
    let (town, _data) = town().await;
    let (named, plain) = (behind_a_proxy(), Arc::new(Front::default()));
    let elsewhere = "198.51.100.7".parse().expect("an address");
    let fresh = Browser::new(&town);
    for (way, secure) in [(Some((LOCAL, &named)), true), (Some((elsewhere, &named)), false), (Some((LOCAL, &plain)), false), (None, false)]
    {
        let mut browser = way.map_or_else(|| fresh.clone(), |(address, front)| fresh.clone().by(address, None, front));
        let page = browser.asks(Request::get("/sign-in").header("x-forwarded-proto", "https"), Body::empty()).await;
        let cookie = page.headers["set-cookie"].to_str().expect("text");
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
        assert_eq!(cookie.contains("; Secure"), secure, "{way:?}");
    }
    let page = fresh.by(LOCAL, None, &named).asks(Request::get("/sign-in").header("x-forwarded-proto", "http"), Body::empty()).await;
    assert!(!page.headers["set-cookie"].to_str().expect("text").contains("; Secure"));
}
