//! People: who sees whom, and who may give, end and move which roles.

use axum::http::StatusCode;
use frontline_domain::permission::Role;
use frontline_domain::{PersonId, Scope};
use frontline_server::admin::Desk;

use crate::support::browser::{Browser, Page};
use crate::support::{ADMIN, MANAGER, Phone, Town, tell};
use crate::{DAY, NOW, town};

/// The roles that somebody holds now, with their places.
async fn held(town: &Town, person: PersonId) -> Vec<(Role, Scope)> {
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    let mut held: Vec<_> = desk.held(person).await.expect("read").into_iter().map(|g| (g.role, g.scope)).collect();
    held.sort();
    held
}

/// Where the role of a page's first "End" button is ended.
fn end(page: &Page) -> String {
    let at = page.body.find("/roles/").expect("a role to end");
    let from = page.body[..at].rfind('"').expect("an address") + 1;
    page.body[from..].split('"').next().expect("its end").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sees_the_people_of_their_sites_and_nobody_elses() {
    let (town, _data) = town().await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let list = grace.get("/people").await;
    list.says("Ana Pereira");
    list.says("Staff, Harbour House, London");
    list.is_silent_about("Yusuf");
    grace.get("/people.csv").await.is_silent_about("Yusuf");
    let yusuf = town.person("yusuf-darwish").await.id;
    for path in ["", "/move", "/password", "/roles/00000000-0000-7000-8000-000000000000"] {
        assert_eq!(grace.get(&format!("/people/{yusuf}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let marina = town.site("marina").await.id;
    assert_eq!(grace.get(&format!("/people?site={marina}")).await.status, StatusCode::NOT_FOUND);
    // Who has a role everywhere has one here.
    list.says("Helen Marsh");
    grace.get("/people?role=supervisor").await.is_silent_about("Ana Pereira");
    grace.get("/people?role=staff&q=ana").await.says("Ana Pereira");
    grace.get("/people?q=zz").await.says("Nothing fits these filters");
    assert_eq!(grace.get("/people?role=king").await.status, StatusCode::BAD_REQUEST);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let list = helen.get("/people?q=y").await;
    list.says("Yusuf Darwish");
    list.is_silent_about("Ana Pereira");
    let file = helen.get("/people.csv?role=manager").await;
    assert!(file.body.contains("Grace Whitfield,grace-whitfield,Active,\"Manager, Harbour House, London\""), "{}", file.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_adds_staff_at_their_site_and_no_other_manager() {
    let (town, _data) = town().await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get("/people/new").await;
    page.says("Add a person");
    page.is_silent_about("value=\"manager\"");
    page.is_silent_about(&marina.to_string());
    let at = |site| format!("site/{site}");
    let form = |name: &'static str, slug: &'static str, role: &'static str, place: String| {
        [("name", name.to_owned()), ("slug", slug.to_owned()), ("language", "en".to_owned()), ("role", role.to_owned()), ("place", place)]
    };
    for (fields, said) in [
        (form("", "", "staff", at(harbour)), "Type a name of 1 to 200 letters."),
        (form("Zoë", "", "staff", at(harbour)), "Type a short name of a-z"),
        (form("Zoe", "Not A Slug", "staff", at(harbour)), "Type a short name of a-z"),
        (form("Zoe", "ana-pereira", "staff", at(harbour)), "Somebody has this short name already"),
        (form("Zoe", "", "manager", at(harbour)), "Choose a role that you may give."),
        (form("Zoe", "", "staff", at(marina)), "Choose where."),
        (form("Zoe", "", "staff", "org".into()), "Choose where."),
    ] {
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let page = grace.sends("/people/new", &pairs).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        page.says(said);
    }
    let fields = form("Ana Pereira", "", "staff", at(harbour));
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let done = grace.sends("/people/new", &pairs).await;
    let page = grace.get(done.to()).await;
    page.says("Added. Next: make an enrolment code");
    page.says("ana-pereira-2");
    let second = town.person("ana-pereira-2").await.id;
    assert_eq!(held(&town, second).await, [(Role::Staff, Scope::Site(harbour))]);
    // The code for their device is one step on, with them chosen.
    let code = grace.get(&format!("/sites/{harbour}/enrol?person={second}")).await;
    assert!(code.body.contains(&format!("<option value=\"{second}\" selected>")), "they are chosen");
    // A shift lead and a stranger to the site add nobody.
    town.lets_sign_in("ben-okafor", "ben@harbour.example").await;
    let mut ben = Browser::signed_in(&town, "ben@harbour.example").await;
    ben.get("/people").await.is_silent_about("/people/new");
    assert_eq!(ben.get("/people/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(ben.sends("/people/new", &pairs).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_given_and_ended_by_those_above_it_alone() {
    let (town, _data) = town().await;
    let harbour = Scope::Site(town.site("harbour").await.id);
    let (ana, grace_id, helen_id) =
        (town.person("ana-pereira").await.id, town.person("grace-whitfield").await.id, town.person("helen-marsh").await.id);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = format!("/people/{ana}");
    for (role, place) in [("manager", harbour.to_string()), ("supervisor", "org".into()), ("staff", format!("person/{ana}"))] {
        let said = grace.sends(&format!("{page}/give"), &[("role", role), ("place", &place)]).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{role} {place}");
    }
    let done = grace.sends(&format!("{page}/give"), &[("role", "supervisor"), ("place", &harbour.to_string())]).await;
    assert_eq!(done.to(), format!("{page}?done=given"));
    grace.get(done.to()).await.says("The role is given. Roles, now and before");
    assert_eq!(held(&town, ana).await, [(Role::Staff, harbour), (Role::Supervisor, harbour)]);

    // Her own role is not hers to end, nor is that of somebody above.
    for person in [grace_id, helen_id] {
        let shown = grace.get(&format!("/people/{person}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        shown.is_silent_about("/roles/");
        let mut tx = town.app.store.read().await.expect("a view");
        let grant = tx.grants(town.org, person).await.expect("read")[0].id;
        drop(tx);
        assert_eq!(grace.sends(&format!("/people/{person}/roles/{grant}"), &[]).await.status, StatusCode::FORBIDDEN);
    }
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    helen.get(&format!("/people/{helen_id}")).await.is_silent_about("/roles/");

    // Ended since a time that has passed, in the time of the site.
    let end = end(&grace.get(&page).await);
    let asked = grace.get(&end).await;
    asked.says("End this role?");
    asked.says("What was captured after a later contact lands in quarantine.");
    for (date, time) in [("2030-01-01", "10:00"), ("soon", ""), ("", "10:00")] {
        let said = grace.sends(&end, &[("date", date), ("time", time)]).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
        said.says("Type a date and a time that have passed");
    }
    assert_eq!(grace.sends(&end, &[]).await.to(), format!("{page}?done=ended"));
    assert_eq!(grace.sends(&end, &[]).await.status, StatusCode::FORBIDDEN, "it stands no more");
    assert_eq!(held(&town, ana).await.len(), 1);
    let shown = grace.get(&page).await;
    shown.says("Staff Harbour House, London");
    // With the last one they leave her lists, but not what was.
    let end = self::end(&shown);
    grace.get(&end).await.says("It is the last role that you see here");
    assert_eq!(grace.sends(&end, &[]).await.to(), format!("{page}?done=ended"));
    grace.get("/people").await.is_silent_about("Ana Pereira");
    grace.get(&page).await.says("Without a role");
    helen.get("/people?state=roleless").await.says("Ana Pereira");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_in_the_past_judges_what_arrives_from_now_on() {
    let (town, _data) = town().await;
    let mut phone = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    phone.syncs().await;
    town.clock.set(town.clock.ms() + DAY);
    phone.syncs().await;
    let id = phone.capture_id();
    phone.says(frontline_domain::fact::Fact::InteractionOpened(frontline_domain::fact::InteractionOpened {
        id,
        reason: None,
        channel: None,
        touchpoint: None,
    }));
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let ana = town.person("ana-pereira").await.id;
    let end = end(&grace.get(&format!("/people/{ana}")).await);
    // Yesterday it was still hers; she has been in contact since, and captured something.
    assert_eq!(grace.sends(&end, &[("date", "2026-05-10"), ("time", "23:00")]).await.status, StatusCode::SEE_OTHER);
    phone.syncs().await;
    let mut tx = town.app.store.read().await.expect("a view");
    let counts = tx.counts(town.org).await.expect("read");
    assert_eq!((counts.quarantined, counts.stored.iter().any(|(one, _)| one.to_string() == "interaction-opened")), (1, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_moved_by_those_who_may_give_at_both_sites() {
    let (town, _data) = town().await;
    let (harbour, marina) = (Scope::Site(town.site("harbour").await.id), Scope::Site(town.site("marina").await.id));
    let ana = town.person("ana-pereira").await.id;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = format!("/people/{ana}/move");
    let fields = [("from", &*harbour.to_string()), ("to", &*marina.to_string())].map(|(k, v)| (k, v.to_owned()));
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(grace.sends(&page, &pairs).await.status, StatusCode::UNPROCESSABLE_ENTITY, "Marina is not hers");
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    helen.get(&page).await.says("Work captured before the move still arrives");
    let same = [("from", pairs[0].1), ("to", pairs[0].1)];
    helen.sends(&page, &same).await.says("Choose a site where they hold roles");
    assert_eq!(helen.sends(&page, &pairs).await.to(), format!("/people/{ana}?done=moved"));
    assert_eq!(held(&town, ana).await, [(Role::Staff, marina)]);
    // Her old manager still sees that she was here, and not where she went.
    let shown = grace.get(&format!("/people/{ana}")).await;
    shown.says("Without a role");
    shown.is_silent_about("Marina");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_lets_somebody_sign_in_and_the_password_is_shown_once() {
    let (town, _data) = town().await;
    let ben = town.person("ben-okafor").await.id;
    let page = format!("/people/{ben}/password");
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    grace.get(&format!("/people/{ben}")).await.is_silent_about("/password");
    assert_eq!(grace.get(&page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(grace.sends(&page, &[("email", "ben@harbour.example")]).await.status, StatusCode::FORBIDDEN);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    for wrong in ["", "ben", MANAGER, "ben@x y.example"] {
        let said = helen.sends(&page, &[("email", wrong)]).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        said.says("Type an e-mail address such as");
    }
    let made = helen.sends(&page, &[("email", "Ben@Harbour.example")]).await;
    made.says("New password for Ben Okafor");
    let password =
        made.body.split("class=\"secret\" dir=\"ltr\">").nth(1).and_then(|p| p.split('<').next()).expect("a password").to_owned();
    let mut signed = Browser::new(&town);
    assert_eq!(signed.signs_in("ben@harbour.example", &password).await.to(), "/");
    helen.get(&page).await.is_silent_about(&password);
    // A second one ends the first, and whoever is signed in with it.
    helen.sends(&page, &[("email", "ben@harbour.example")]).await.says("It is shown this once.");
    assert_eq!(signed.get("/").await.status, StatusCode::SEE_OTHER);
    assert_eq!(signed.signs_in("ben@harbour.example", &password).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_page_shows_their_devices_assignments_and_progress() {
    let (town, _data) = town().await;
    tell(&town, NOW).await;
    let (harbour, ana) = (town.site("harbour").await.id, town.person("ana-pereira").await.id);
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    for (kind, slug, to) in [("module", "coffee-basics", Scope::Site(harbour)), ("procedure", "fridge-log", Scope::Person(ana))] {
        desk.assign(kind, &slug.parse().expect("a slug"), to, NOW + DAY).await.expect("assigned");
    }
    desk.close().await.expect("written");
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&format!("/people/{ana}")).await;
    page.says("harbour-1 In use May write on it since");
    page.says("Fridge log Procedure · To them alone · Due");
    page.says("Module · Harbour House, London · Due");
    page.says("No training yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_many_people_costs_what_a_page_of_few_does() {
    let (town, _data) = town().await;
    let harbour = town.site("harbour").await.id;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let mut costs = Vec::new();
    for (from, to) in [(0, 150), (150, 900)] {
        let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
        for n in from..to {
            let id = desk.add_person(&format!("temp-{n}"), &format!("Temp {n}"), Some("en")).await.expect("added").id;
            desk.grant(id, Role::Staff, Scope::Site(harbour)).await.expect("given");
        }
        desk.close().await.expect("written");
        let before = town.app.store.work();
        helen.get("/people?q=temp").await.says("Temp 49");
        costs.push(town.app.store.work() - before);
    }
    assert!(costs[1] < costs[0] * 2, "{costs:?}");
}
