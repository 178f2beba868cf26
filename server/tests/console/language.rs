//! The console in Arabic: by choice, by the person's language, by the browser.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, tell};
use crate::{NOW, town};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_speaks_arabic_from_the_right_once_it_is_chosen() {
    let (town, _data) = town().await;
    let told = tell(&town, NOW).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let english = helen.get("/").await;
    assert!(english.body.contains(r#"<html lang="en" dir="ltr">"#));
    assert_eq!(helen.sends("/language", &[("to", "xx"), ("back", "/")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(helen.post("/language", &[("to", "ar"), ("csrf", "")]).await.status, StatusCode::FORBIDDEN);
    let done = helen.sends("/language", &[("to", "ar"), ("back", "/devices")]).await;
    assert_eq!(done.to(), "/devices");
    assert_eq!(helen.sends("/language", &[("to", "ar"), ("back", "//evil.example")]).await.to(), "/");
    let site = town.site("harbour").await.id;
    for path in [
        "/".to_owned(),
        format!("/sites/{site}"),
        "/devices".into(),
        "/quarantine".into(),
        "/assign".into(),
        format!("/runs/{}", told.clashed),
    ] {
        let page = helen.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains(r#"<html lang="ar" dir="rtl">"#), "{path}");
        for english in ["Sign out", "Devices", "Last contact", "Reload", "reload", "Signed in", "Filter", " by ", "Open", "Submitted"] {
            page.is_silent_about(english);
        }
        page.says("تسجيل الخروج");
    }
    helen.get("/nothing").await.says("لا يوجد شيء هنا");
    let csv = helen.get("/devices.csv").await;
    assert!(csv.body.starts_with("\u{feff}الجهاز,الموقع,"), "{}", csv.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_spoken_to_as_their_browser_asks_or_as_they_chose() {
    let (town, _data) = town().await;
    let mut stranger = Browser::new(&town);
    let page = stranger.asks(Request::get("/sign-in").header("accept-language", "ar-AE, en;q=0.5"), Body::empty()).await;
    assert!(page.body.contains(r#"<html lang="ar" dir="rtl">"#));
    page.says("تسجيل الدخول");
    let to = stranger.get("/sign-in?language=ar&next=%2Fdevices").await;
    assert_eq!(to.to(), "/sign-in?next=%2Fdevices");
    stranger.get(to.to()).await.says("انتهت جلستك");
    // Who signs in by it goes on in it, whatever language their record says.
    let csrf = stranger.get("/sign-in").await.csrf();
    let fields = [("csrf", &*csrf), ("email", MANAGER), ("password", crate::support::PASSWORD), ("next", "/devices")];
    let page = stranger.post("/sign-in", &fields).await;
    stranger.get(page.to()).await.says("الأجهزة");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_reads_the_console_in_their_own_language() {
    let (town, _data) = town().await;
    let reads_arabic = town.person("khalid-saeed").await;
    assert_eq!(reads_arabic.language.base().as_str(), "ar", "the sample has a shift lead who reads Arabic");
    town.lets_sign_in("khalid-saeed", "khalid@harbour.example").await;
    let mut khalid = Browser::signed_in(&town, "khalid@harbour.example").await;
    assert!(khalid.get("/").await.body.contains(r#"<html lang="ar" dir="rtl">"#));
    khalid.sends("/language", &[("to", "en"), ("back", "/")]).await;
    assert!(khalid.get("/").await.body.contains(r#"<html lang="en" dir="ltr">"#));
}
