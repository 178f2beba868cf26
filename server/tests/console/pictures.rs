//! Photos at a run: what has arrived is shown, what has not is said, and nobody sees another site's.

use axum::http::StatusCode;

use crate::support::browser::Browser;
use crate::support::pictures::hash;
use crate::support::{MANAGER, Phone};
use crate::town;

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_said_to_be_on_its_way_then_shown_small_then_whole() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("opening-checks").await;
    let (picture, small) = (b"\x89PNG of a counter".to_vec(), b"\xff\xd8\xff of the same".to_vec());
    ana.photographs(&mut sheet, "counter-photo", &picture, &small);
    ana.syncs().await;
    let run = format!("/runs/{}", sheet.run.id());
    let (whole, thumb) = (format!("/pictures/{}", hash(&picture)), format!("/pictures/{}", hash(&small)));
    let own_page = format!("{run}{whole}");

    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&run).await;
    page.says("The counter as guests see it 1 photo Picture for: The counter as guests see it: Has not arrived yet");
    assert!(page.body.contains(&format!("href=\"{own_page}\"")) && !page.body.contains("<img"));
    grace.get(&own_page).await.says("It is on the phone that took it");
    assert_eq!(grace.get(&whole).await.status, StatusCode::NOT_FOUND);

    town.receives(&small).await;
    let page = grace.get(&run).await;
    assert!(page.body.contains(&format!("<img src=\"{thumb}\" alt=\"Picture for: The counter as guests see it\"")), "{}", page.body);
    assert_eq!(page.body.matches(&format!("<img src=\"{thumb}\"")).count(), 2, "at the item and in the history");
    let page = grace.get(&own_page).await;
    page.says("Has not arrived yet");
    assert!(page.body.contains(&format!("<img src=\"{thumb}\"")), "the small one stands in its place");

    town.receives(&picture).await;
    let page = grace.get(&own_page).await;
    page.says("Ana Pereira");
    page.says("With the phone's camera at that moment");
    page.says("640 × 480 pixels, 1 KiB");
    page.is_silent_about("Has not arrived yet");
    assert!(page.body.contains(&format!("<img src=\"{whole}\"")));
    let bytes = grace.get(&whole).await;
    assert_eq!((bytes.status, bytes.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/png"));
    assert_eq!(bytes.headers["x-content-type-options"], "nosniff");
    assert!(bytes.body.ends_with("PNG of a counter") && bytes.headers.contains_key("content-security-policy"));

    // The manager of another site, and whoever is not signed in.
    town.lets_sign_in("layla-mansour", "layla@harbour.example").await;
    let mut layla = Browser::signed_in(&town, "layla@harbour.example").await;
    for path in [&run, &own_page, &whole, &thumb] {
        assert_eq!(layla.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(Browser::new(&town).get(path).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    // A picture of another run has no page at this one.
    let mut other = ana.begins("opening-checks").await;
    ana.photographs(&mut other, "counter-photo", b"another", b"another small");
    ana.syncs().await;
    assert_eq!(grace.get(&format!("{run}/pictures/{}", hash(b"another"))).await.status, StatusCode::NOT_FOUND);
}
