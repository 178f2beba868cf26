//! Devices: who may do what with them, and what that means for what they still send.

use axum::http::StatusCode;
use frontline_domain::fact::{Fact, InteractionOpened};
use frontline_domain::{EntryType, Scope};

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, Phone};
use crate::town;

fn contact(phone: &Phone<'_>) -> Fact {
    Fact::InteractionOpened(InteractionOpened { id: phone.capture_id(), reason: None, channel: None, touchpoint: None })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_device_is_set_aside_until_it_is_found_and_a_revoked_one_for_good() {
    let (town, _data) = town().await;
    let mut phone = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    phone.syncs().await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = format!("/devices/{}", phone.id);
    let shown = grace.get(&page).await;
    shown.says("harbour-1 In use Harbour House, London");
    shown.says("App 0.1.0");
    shown.is_silent_about("name=\"reason\"");
    let asked = grace.get(&format!("{page}/lost")).await;
    asked.says("Mark harbour-1 as lost?");
    asked.says("it had reported everything; what was captured since then");
    asked.says("lands whole in quarantine");
    asked.says("It can be taken back");
    grace.get(&format!("{page}/revoke")).await.says("It can't be taken back");
    let silent = grace.sends(&format!("{page}/lost"), &[("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.says("Type the reason");

    let done = grace.sends(&format!("{page}/lost"), &[("reason", "Left in a taxi")]).await;
    assert_eq!(done.to(), format!("{page}?done=lost"));
    let shown = grace.get(done.to()).await;
    shown.says("The device is marked as lost.");
    shown.says("Left in a taxi");
    let fact = contact(&phone);
    phone.says(fact);
    phone.syncs().await;
    let shown = grace.get(&page).await;
    shown.says("1 in quarantine");
    grace.get(&format!("/quarantine?device={}", phone.id)).await.says("The device was revoked before this arrived.");
    assert!(grace.get("/devices?state=lost").await.text().contains("harbour-1"));
    grace.get("/devices?state=in-use").await.is_silent_about("harbour-1");

    let done = grace.sends(&format!("{page}/found"), &[]).await;
    assert_eq!(done.to(), format!("{page}?done=found"));
    let fact = contact(&phone);
    phone.says(fact);
    phone.syncs().await;
    let mut tx = town.app.store.read().await.expect("a view");
    let stored = tx.counts(town.org).await.expect("read").stored;
    assert!(stored.contains(&(EntryType::INTERACTION_OPENED, 1)), "what it sends counts again: {stored:?}");
    drop(tx);
    assert_eq!(grace.sends(&format!("{page}/found"), &[]).await.to(), format!("{page}?done=no"), "it was not lost");

    let done = grace.sends(&format!("{page}/revoke"), &[("reason", "Broken screen")]).await;
    assert_eq!(done.to(), format!("{page}?done=revoked"));
    let shown = grace.get(&page).await;
    shown.says("Broken screen");
    shown.is_silent_about("/found");
    for path in ["lost", "revoke"] {
        assert_eq!(grace.get(&format!("{page}/{path}")).await.to(), format!("{page}?done=no"), "it has ended already");
    }
    for path in ["lost", "found"] {
        assert_eq!(grace.sends(&format!("{page}/{path}"), &[("reason", "again")]).await.to(), format!("{page}?done=no"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_lead_lets_somebody_try_their_pin_again_on_a_device_of_the_site() {
    let (town, _data) = town().await;
    let mut phone = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    let there = Phone::enrolled(&town, "marina-1", "Pixel", "yusuf-darwish", "marina").await;
    phone.syncs().await;
    town.lets_sign_in("ben-okafor", "ben@harbour.example").await;
    let mut ben = Browser::signed_in(&town, "ben@harbour.example").await;
    let ana = town.person("ana-pereira").await.id;
    let (page, unlock) = (format!("/devices/{}", phone.id), format!("/devices/{}/unlock/{ana}", phone.id));
    ben.get(&page).await.says("Unlock PIN");
    let asked = ben.get(&unlock).await;
    asked.says("try their PIN again on harbour-1?");
    asked.says("forgets the wrong PINs");
    asked.says("nobody here learns it");
    let record = async || {
        let mut tx = town.app.store.read().await.expect("a view");
        let rows = tx.records(town.org, EntryType::PIN_UNLOCKED).await.expect("read");
        rows.into_iter().map(|row| row.scope).collect::<Vec<_>>()
    };
    assert_eq!(record().await, [], "asking changes nothing");
    assert_eq!(ben.sends(&unlock, &[]).await.to(), format!("{page}?done=unlocked"));
    assert_eq!(record().await, [Scope::Device(phone.id)], "the device is told in its own feed");
    ben.get(&format!("{page}?done=unlocked")).await.says("The device lets them try again");
    // Somebody who does not work on it, a device of elsewhere, and one that is revoked.
    let priya = town.person("priya-nair").await.id;
    assert_eq!(ben.get(&format!("{page}/unlock/{priya}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ben.sends(&format!("/devices/{}/unlock/{ana}", there.id), &[]).await.status, StatusCode::NOT_FOUND);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    grace.sends(&format!("{page}/revoke"), &[("reason", "Broken screen")]).await;
    ben.get(&page).await.is_silent_about("/unlock/");
    assert_eq!(ben.sends(&unlock, &[]).await.to(), format!("{page}?done=no"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_has_a_name_of_its_own() {
    let (town, _data) = town().await;
    let phone = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    Phone::enrolled(&town, "harbour-2", "Pixel", "priya-nair", "harbour").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = format!("/devices/{}", phone.id);
    let rename = format!("{page}/rename");
    for bad in ["", "harbour-2", &"x".repeat(61), "two\nlines"] {
        let said = grace.sends(&rename, &[("name", bad)]).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
        said.says("Type a name of 1 to 60 letters");
    }
    assert_eq!(grace.sends(&rename, &[("name", "Front desk tablet")]).await.to(), format!("{page}?done=renamed"));
    grace.get(&page).await.says("Front desk tablet");
    grace.get("/devices?q=front").await.says("Front desk tablet");
    grace.get("/devices?q=harbour-1").await.is_silent_about("Front desk");
    // The device is told in its own feed.
    let mut tx = town.app.store.read().await.expect("a view");
    let record = tx.record(town.org, EntryType::DEVICE, &phone.id.to_string()).await.expect("read").expect("a record");
    assert_eq!(record.scope, Scope::Device(phone.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_of_other_sites_do_not_exist_and_a_shift_lead_only_looks() {
    let (town, _data) = town().await;
    let here = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    let there = Phone::enrolled(&town, "marina-1", "Pixel", "yusuf-darwish", "marina").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let list = grace.get("/devices").await;
    list.says("harbour-1");
    list.is_silent_about("marina-1");
    grace.get("/devices.csv").await.is_silent_about("marina-1");
    assert_eq!(grace.get(&format!("/devices/{}", there.id)).await.status, StatusCode::NOT_FOUND);
    for (deed, field) in [("rename", "name"), ("lost", "reason"), ("found", "x"), ("revoke", "reason")] {
        let page = grace.sends(&format!("/devices/{}/{deed}", there.id), &[(field, "anything")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{deed}");
    }
    town.lets_sign_in("ben-okafor", "ben@harbour.example").await;
    let mut ben = Browser::signed_in(&town, "ben@harbour.example").await;
    let page = ben.get(&format!("/devices/{}", here.id)).await;
    assert_eq!(page.status, StatusCode::OK);
    page.is_silent_about("/rename");
    for (deed, field) in [("rename", "name"), ("lost", "reason"), ("found", "x"), ("revoke", "reason")] {
        let page = ben.sends(&format!("/devices/{}/{deed}", here.id), &[(field, "anything")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{deed}");
    }
    for deed in ["lost", "revoke"] {
        assert_eq!(ben.get(&format!("/devices/{}/{deed}", here.id)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(grace.get(&format!("/devices/{}/{deed}", there.id)).await.status, StatusCode::NOT_FOUND);
    }
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let list = helen.get("/devices").await;
    list.says("harbour-1");
    list.says("marina-1");
    let marina = town.site("marina").await.id;
    helen.get(&format!("/devices?site={marina}")).await.is_silent_about("harbour-1");
}
