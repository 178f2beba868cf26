//! Who sees what, and what a form may change.

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, PASSWORD, tell};
use crate::{NOW, town};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use frontline_server::admin::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_sees_nothing_but_the_sign_in() {
    let (town, _data) = town().await;
    let site = town.site("harbour").await.id;
    let mut stranger = Browser::new(&town);
    for path in ["/", "/assign", "/quarantine", &format!("/sites/{site}"), &format!("/sites/{site}/enrol")] {
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.to().starts_with("/sign-in"), "{path}");
        assert!(page.body.is_empty());
    }
    let page = stranger.get("/sign-in").await;
    let policy = page.headers["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.body.contains("<style") && !page.body.contains(" style=") && !page.body.contains("onclick"));
    assert_eq!(stranger.get("/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_guessed_five_times_and_then_has_to_wait() {
    let (town, _data) = town().await;
    for email in [MANAGER, "nobody@harbour.example"] {
        let mut guesser = Browser::new(&town);
        for _ in 0..5 {
            let page = guesser.signs_in(email, "guess").await;
            assert_eq!(page.status, StatusCode::UNAUTHORIZED);
            page.says("The e-mail or the password is not right.");
        }
        // Even the right one is not tried now; and nothing tells which of the two e-mails exists.
        let page = guesser.signs_in(email, PASSWORD).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{email}");
        page.says("Too many attempts. Try again in 1 minute.");
    }
    town.clock.set(town.clock.ms() + 61_000);
    Browser::signed_in(&town, MANAGER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_token_of_this_session_changes_nothing() {
    let (town, _data) = town().await;
    let site = town.site("harbour").await.id;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let other = Browser::signed_in(&town, ADMIN).await.get("/").await.csrf();
    let person = town.person("ana-pereira").await.id.to_string();
    let fields = [("person", person.as_str()), ("what", "procedure/fridge-log"), ("to", "site/x")];
    for path in ["/assign", "/sign-out", &format!("/sites/{site}/enrol"), &format!("/quarantine/{}", "0".repeat(64))] {
        for token in ["", "00", &other] {
            let page = grace.post(path, &[&[("csrf", token)], &fields[..]].concat()).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} with ‘{token}’");
            page.says("Nothing was changed.");
        }
    }
    let csrf = grace.get("/").await.csrf();
    let request =
        Request::post("/sign-out").header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "cross-site");
    assert_eq!(grace.asks(request, Body::from(format!("csrf={csrf}"))).await.status, StatusCode::FORBIDDEN);
    assert_eq!(grace.get("/").await.status, StatusCode::OK);
    // Signing in from another site's form, with the cookie of this one, is refused too.
    let mut stranger = Browser::new(&town);
    let fields = [("csrf", &*csrf), ("email", MANAGER), ("password", PASSWORD)];
    assert_eq!(stranger.post("/sign-in", &fields).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_signing_out_and_by_silence_and_its_token_changes_on_the_way() {
    let (town, _data) = town().await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let (first, token) = (grace.clone(), grace.get("/").await.csrf());
    town.clock.set(town.clock.ms() + 16 * 60_000);
    assert_eq!(grace.get("/").await.status, StatusCode::OK);
    assert_ne!(first.cookies, grace.cookies, "the token was replaced");
    assert_eq!(grace.get("/").await.csrf(), token, "a form that lay open still works");
    assert_eq!(first.clone().get("/").await.status, StatusCode::OK, "requests that were on their way");
    town.clock.set(town.clock.ms() + 31_000);
    assert_eq!(first.clone().get("/").await.status, StatusCode::SEE_OTHER, "the old token is dead");

    let mut copy = grace.clone();
    assert_eq!(grace.sends("/sign-out", &[]).await.to(), "/sign-in?out=1");
    assert_eq!(copy.get("/").await.status, StatusCode::SEE_OTHER);
    let mut again = Browser::signed_in(&town, MANAGER).await;
    town.clock.set(town.clock.ms() + 9 * 3_600_000);
    assert_eq!(again.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_of_one_site_sees_and_does_nothing_at_another() {
    let (town, _data) = town().await;
    let told = tell(&town, NOW).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    let overview = grace.get("/").await;
    overview.says("Harbour House, London");
    overview.is_silent_about("Marina");
    assert_eq!(grace.get(&format!("/sites/{harbour}")).await.status, StatusCode::OK);
    assert_eq!(grace.get(&format!("/runs/{}", told.clashed)).await.status, StatusCode::OK);
    let yusuf = town.person("yusuf-darwish").await.id.to_string();
    for path in [format!("/sites/{marina}"), format!("/sites/{marina}/enrol"), format!("/runs/{}", told.signed)] {
        assert_eq!(grace.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = grace.sends(&format!("/sites/{marina}/enrol"), &[("person", &yusuf)]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    for to in [format!("site/{marina}"), format!("person/{yusuf}")] {
        let fields = [("what", "procedure/fridge-log"), ("to", &*to), ("date", "2026-06-01"), ("time", "18:00")];
        let page = grace.sends("/assign", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        page.says("Choose a site or a person.");
    }
    let all = Desk::open(&town.app, town.org).await.expect("a desk").quarantine(true, 99).await.expect("read");
    let theirs = all.iter().find(|q| q.scope == Some(frontline_domain::Scope::Site(marina))).expect("one at Marina").hash;
    grace.get("/quarantine").await.is_silent_about(&theirs.to_string());
    assert_eq!(grace.get(&format!("/quarantine/{theirs}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(grace.sends(&format!("/quarantine/{theirs}"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_lead_sees_the_site_and_may_not_enrol_and_staff_see_none() {
    let (town, _data) = town().await;
    town.lets_sign_in("ben-okafor", "ben@harbour.example").await;
    town.lets_sign_in("ana-pereira", "ana@harbour.example").await;
    let site = town.site("harbour").await.id;
    let mut ben = Browser::signed_in(&town, "ben@harbour.example").await;
    let page = ben.get(&format!("/sites/{site}")).await;
    page.says("Harbour House, London");
    page.is_silent_about("/enrol");
    for path in [format!("/sites/{site}/enrol"), "/assign".into(), "/quarantine".into()] {
        let page = ben.get(&path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        page.says("You may not do this");
    }
    let mut ana = Browser::signed_in(&town, "ana@harbour.example").await;
    ana.get("/").await.says("No site yet");
    assert_eq!(ana.get(&format!("/sites/{site}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_say_how_complete_they_are_and_runs_who_answered_what() {
    let (town, _data) = town().await;
    let told = tell(&town, NOW).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get("/").await;
    // 16:05 UTC is 20:05 in Dubai and 17:05 in London: the last full hour is each site's own.
    page.says("4 of 5 devices have reported past 20:00");
    page.says("6 of 6 devices have reported past 17:00");
    page.says("Not yet: marina-5");
    page.says("No contact since enrolment, not waited for: ribeira-4");
    page.says("Something is held or refused, and in no figure, of: marina-3");
    let devices = town.app.store.read().await.expect("a view").devices(town.org).await.expect("read");
    let retired = devices.iter().find(|d| d.name == "marina-5").expect("a device").id;
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    desk.revoke(retired).await.expect("revoked");
    desk.close().await.expect("written");
    helen.get("/").await.says("Taken out of use before they reported, not waited for: marina-5");
    page.says("1 clash to settle at Harbour House, London");

    let clash = helen.get(&format!("/runs/{}", told.clashed)).await;
    clash.says("3 °C Ana Pereira");
    clash.says("9 °C Priya Nair");
    clash.says("Times in Europe/London (UTC+01:00)");
    let lapsed = helen.get(&format!("/runs/{}", told.lapsed)).await;
    lapsed.says("It has lapsed");
    lapsed.says("How full are the shelves?: 2 of 5, by Priya Nair");
    helen.get(&format!("/runs/{}", told.signed)).await.says("It covers every answer below.");
    helen.get(&format!("/runs/{}", told.returned)).await.says("Reason: The float was not counted");
    // Below the policy's minimum the number itself is not shown.
    let site = town.site("ribeira").await.id;
    helen.get(&format!("/sites/{site}?period=today")).await.says("answered so far, 30 needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_let_in_once() {
    let (town, _data) = town().await;
    tell(&town, NOW).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let all = Desk::open(&town.app, town.org).await.expect("a desk").quarantine(true, 99).await.expect("read");
    let one = all.iter().find(|q| q.entry_type == Some(frontline_domain::EntryType::SIGNED_OFF)).expect("a sign-off");
    let path = format!("/quarantine/{}", one.hash);
    helen.get("/quarantine").await.says("Sign-off of a run Maryam Qasim Its author had no right to do this there.");
    helen.get(&path).await.says("This can't be undone.");
    let done = helen.sends(&path, &[]).await;
    assert_eq!(done.to(), "/quarantine?outcome=stored");
    helen.get(done.to()).await.says("It was let in and stored.");
    assert_eq!(helen.sends(&path, &[]).await.to(), "/quarantine?outcome=gone");
    let left = Desk::open(&town.app, town.org).await.expect("a desk").quarantine(true, 99).await.expect("read");
    assert_eq!(left.len(), all.len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_code_is_in_one_answer_only_and_an_assignment_is_due_by_the_sites_clock() {
    let (town, _data) = town().await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let site = town.site("marina").await.id;
    let path = format!("/sites/{site}/enrol");
    let ana = town.person("ana-pereira").await.id.to_string();
    let page = helen.sends(&path, &[("person", &ana)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "Ana works elsewhere");
    page.says("Choose a person of this site.");
    let yusuf = town.person("yusuf-darwish").await.id.to_string();
    let page = helen.sends(&path, &[("person", &yusuf)]).await;
    assert_eq!((page.status, &page.headers["cache-control"]), (StatusCode::OK, &"no-store".parse().expect("a value")));
    page.says("Code for Yusuf Darwish");
    page.says("http://console.example");
    assert!(page.body.contains("<svg") && page.body.contains("<path"));
    helen.get(&path).await.is_silent_about("class=\"code\"");

    let to = format!("site/{site}");
    let mut fields = [("what", "procedure/fridge-log"), ("to", &*to), ("date", "2026-05-12"), ("time", "18:00")];
    let done = helen.sends("/assign", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    helen.get(done.to()).await.says("Assigned: Fridge log to Marina Hotel, Dubai, due Tue 12 May, 18:00 (Asia/Dubai).");
    fields[2].1 = "2020-05-12";
    helen.sends("/assign", &fields).await.says("That is in the past");
    fields[2].1 = "tomorrow";
    fields[0].1 = "procedure/none";
    let page = helen.sends("/assign", &fields).await;
    page.says("Type a date such as 2026-05-31.");
    page.says("Choose a module or a procedure.");
}
