//! Sync health: which devices need somebody, why, and what to do.

use axum::http::StatusCode;
use frontline_domain::fact::{ClockJumped, Fact, Noticed, StorageSetAside};
use frontline_domain::{Epoch, Random};
use frontline_protocol::sync::AppVersion;
use frontline_server::store::{Contact, EpochRow};

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, Phone, tell};
use crate::{DAY, NOW, town};

#[tokio::test(flavor = "multi_thread")]
async fn every_device_that_needs_somebody_says_why_and_what_to_do() {
    let (town, _data) = town().await;
    tell(&town, NOW).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    // Ribeira's first phone has a change whose foundation never arrived; Marina's third was refused.
    let list = helen.get("/sync-health").await;
    list.says("ribeira-1");
    list.says("1 entry held:");
    list.says("Let the other phones that worked on the same run sync");
    list.says("in quarantine. Look at the reasons in quarantine and decide.");
    list.is_silent_about("harbour-1");
    grace.get("/sync-health").await.says("Nothing needs you");
    let every = grace.get("/sync-health?state=every").await;
    every.says("harbour-1");
    every.says("Reported past");
    every.is_silent_about("marina");

    // Silence beyond the policy, and a phone that never came back.
    Phone::enrolled(&town, "harbour-99", "Pixel", "ana-pereira", "harbour").await;
    town.clock.set(NOW + 15 * DAY);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let silent = grace.get("/sync-health?state=silent").await;
    silent.says("harbour-1");
    silent.says("Not heard of since Tue 12 May");
    silent.says("If it is gone, mark it as lost.");
    silent.says("No contact since it was enrolled");
    assert!(grace.get("/sync-health.csv?state=silent").await.body.contains("harbour-99,\"Harbour House, London\",Ana Pereira,Silent,"));
    assert_eq!(grace.get("/sync-health?state=fine").await.status, StatusCode::BAD_REQUEST);
    grace.get("/sync-health").await.says("How this is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_stores_copies_and_old_apps_are_told_in_words() {
    let (town, _data) = town().await;
    let mut phone = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    let (clock, store) = (phone.capture_id(), phone.capture_id());
    phone.says(Fact::ClockJumped(ClockJumped { id: clock, by_ms: -2 * 3_600_000, noticed: Noticed::Contact }));
    phone.says(Fact::StorageSetAside(StorageSetAside { id: store, found: 12, missing: 1, pages: 40, broken: 2 }));
    phone.syncs().await;
    let mut tx = town.app.store.write().await.expect("a transaction");
    let at_ms = town.clock.ms();
    let epoch = Epoch(town.random.next_u64() >> 1);
    let closed = EpochRow { device: phone.id, epoch, highest_seq: 1, highest_next: 2, judged_to: 1, closed_ms: Some(at_ms) };
    tx.put_epoch(town.org, &closed).await.expect("kept");
    let old = Contact { org: town.org, device: phone.id, at_ms, reported: false, stated: None, app: Some(AppVersion(0, 0, 9)) };
    tx.touch(&old).await.expect("kept");
    tx.commit().await.expect("written");
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let list = grace.get("/sync-health").await;
    for words in [
        "harbour-1 Harbour House, London Ana Pereira Failing Old app",
        "Its store was damaged and set aside",
        "12 captured things were taken over, 1 could not be read.",
        "Two copies of it were seen",
        "Its clock was set back by 2 h",
        "Its app is 0.0.9; the server is 0.1.0.",
        "if a copy of it is in use, revoke that one",
        "Update the app; what is unsent stays.",
    ] {
        list.says(words);
    }
    grace.get("/sync-health?state=old").await.says("harbour-1");
    grace.get("/sync-health?state=silent").await.is_silent_about("harbour-1");
}
