//! Assignments: listed, filtered, withdrawn by those who may.

use axum::http::StatusCode;
use frontline_domain::permission::Role;
use frontline_domain::record::Assignment;
use frontline_domain::{PersonId, Scope, SiteId};
use frontline_server::admin::Desk;
use frontline_server::records;

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, Phone, Town};
use crate::{DAY, town};

async fn assigned(town: &Town, kind: &str, slug: &str, to: Scope, due_ms: i64) -> Assignment {
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    let made = desk.assign(kind, &slug.parse().expect("a slug"), to, due_ms).await.expect("assigned");
    desk.close().await.expect("written");
    made
}

async fn places(town: &Town) -> (SiteId, SiteId, PersonId) {
    (town.site("harbour").await.id, town.site("marina").await.id, town.person("ana-pereira").await.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn assignments_are_listed_by_site_kind_and_state() {
    let (town, _data) = town().await;
    let (harbour, marina, ana) = places(&town).await;
    let now = town.clock.ms();
    assigned(&town, "procedure", "fridge-log", Scope::Person(ana), now + DAY).await;
    assigned(&town, "procedure", "closing-cash", Scope::Site(harbour), now - DAY).await;
    assigned(&town, "module", "coffee-basics", Scope::Site(marina), now + DAY).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let list = grace.get("/assignments").await;
    list.says("Fridge log Procedure Ana Pereira");
    list.is_silent_about("Marina");
    let late = grace.get("/assignments?state=late").await;
    late.says("Closing the till Procedure Harbour House, London Everybody at the site");
    late.says("Due date passed");
    late.is_silent_about("Fridge log");
    grace.get("/assignments?state=upcoming&kind=procedure").await.says("Fridge log");
    grace.get("/assignments?state=upcoming&kind=module").await.is_silent_about("Fridge log");
    assert_eq!(grace.get(&format!("/assignments?site={marina}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(grace.get("/assignments?kind=survey").await.status, StatusCode::BAD_REQUEST);
    let file = grace.get("/assignments.csv?state=upcoming").await;
    assert!(file.body.contains("Fridge log,Procedure,fridge-log,Ana Pereira,2026-05-"), "{}", file.body);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    helen.get(&format!("/assignments?site={marina}&kind=module")).await.says("Marina Hotel, Dubai");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assignment_is_withdrawn_after_its_effect_was_said_and_only_where_they_assign() {
    let (town, _data) = town().await;
    let (_, marina, ana) = places(&town).await;
    let now = town.clock.ms();
    let hers = assigned(&town, "procedure", "fridge-log", Scope::Person(ana), now + DAY).await;
    let there = assigned(&town, "procedure", "fridge-log", Scope::Site(marina), now + DAY).await;
    let page = |one: &Assignment| format!("/assignments/{}/withdraw", one.id);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    assert_eq!(grace.get(&page(&there)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(grace.sends(&page(&there), &[]).await.status, StatusCode::NOT_FOUND);
    town.lets_sign_in("ben-okafor", "ben@harbour.example").await;
    let mut ben = Browser::signed_in(&town, "ben@harbour.example").await;
    let shown = ben.get(&format!("/assignments/{}", hers.id)).await;
    shown.says("Fridge log Not due yet Procedure");
    shown.is_silent_about("/withdraw");
    assert_eq!(ben.get(&page(&hers)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ben.sends(&page(&hers), &[]).await.status, StatusCode::FORBIDDEN);

    grace.get(&page(&hers)).await.says("Devices stop asking for it at their next contact. What was done for it stays");
    let done = grace.sends(&page(&hers), &[]).await;
    assert_eq!(done.to(), "/assignments?done=withdrawn");
    grace.get(done.to()).await.says("The assignment is withdrawn.");
    grace.get("/assignments").await.is_silent_about(&hers.id.to_string());
    grace.get("/assignments?state=withdrawn").await.says("Fridge log");
    assert_eq!(grace.get(&page(&hers)).await.to(), format!("/assignments/{}", hers.id));
    let mut tx = town.app.store.read().await.expect("a view");
    let kept: Assignment = records::one(&mut *tx, town.org, &hers.id.to_string()).await.expect("read").expect("kept");
    assert!(kept.withdrawn);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_of_somebody_who_leads_everywhere_opens_where_they_are_enrolled() {
    let (town, _data) = town().await;
    let (harbour, marina, _) = places(&town).await;
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    let omar = desk.add_person("omar-haddad-2", "Omar Haddad", Some("en")).await.expect("a person").id;
    desk.grant(omar, Role::Supervisor, Scope::Org).await.expect("a role");
    desk.close().await.expect("written");
    let one = assigned(&town, "procedure", "fridge-log", Scope::Person(omar), town.clock.ms() + DAY).await;
    let page = format!("/assignments/{}", one.id);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    for (name, site, id) in [("harbour-8", "harbour", harbour), ("marina-8", "marina", marina)] {
        town.clock.set(town.clock.ms() + 60_000);
        Phone::enrolled(&town, name, "Pixel", "omar-haddad-2", site).await;
        let shown = helen.get(&page).await;
        assert!(shown.body.contains(&format!("/sites/{id}#runs")), "enrolled last at {site}: {}", shown.body);
    }
    // A role of a site says more than where a phone was enrolled.
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    desk.grant(omar, Role::Staff, Scope::Site(harbour)).await.expect("a role");
    desk.close().await.expect("written");
    let shown = helen.get(&page).await;
    assert!(shown.body.contains(&format!("/sites/{harbour}#runs")), "{}", shown.body);
}
