//! Every route, as another organisation with all that the first one has ids for. A route that is added and
//! not walked here fails the test.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use frontline_domain::action::Priority;
use frontline_domain::fact::{ActionOpened, Fact};
use frontline_domain::{AssignmentId, BlobHash, CaptureId, DeviceId, DocId, EntryHash, EntryType, GrantId, PersonId, Scope, SiteId};
use frontline_server::admin::{self, Desk};
use frontline_server::console::paths;

use crate::support::browser::{Browser, Page};
use crate::support::pictures::hash;
use crate::support::{ADMIN, Phone, Town, tell};
use crate::{NOW, town};

/// An id of the first organisation, and one of the same kind that nobody has.
struct Id {
    kind: &'static str,
    theirs: String,
    nobodys: String,
}

fn id(kind: &'static str, theirs: impl ToString, nobodys: impl ToString) -> Id {
    Id { kind, theirs: theirs.to_string(), nobodys: nobodys.to_string() }
}

/// What stands in the first organisation, to compare.
async fn everything(town: &Town) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut tx = town.app.store.read().await.expect("a view");
    let mut heads = BTreeMap::new();
    for site in tx.records(town.org, EntryType::SITE).await.expect("read") {
        let scope = Scope::Site(site.key.parse().expect("an id"));
        heads.insert(scope, tx.head(town.org, scope).await.expect("read").mark);
    }
    heads.insert(Scope::Org, tx.head(town.org, Scope::Org).await.expect("read").mark);
    let mut records = BTreeMap::new();
    for one in EntryType::ALL {
        let rows = tx.records(town.org, *one).await.expect("read");
        records.insert(one.to_string(), rows.into_iter().map(|row| (row.key, row.body)).collect::<Vec<_>>());
    }
    let counts = tx.counts(town.org).await.expect("read");
    let waiting: Vec<EntryHash> = tx.all_quarantined(town.org, true, 99).await.expect("read").iter().map(|q| q.hash).collect();
    (heads, records, counts.stored, (counts.held, counts.quarantined, counts.replaced), waiting)
}

fn bundle_of_sample() -> frontline_content::Bundle {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    frontline_content::check(&folder).expect("the sample content")
}

/// The answer may say nothing that the same question about nobody's id does not say.
fn alike(theirs: &Page, nobodys: &Page, one: &Id, of: &str) {
    let body = theirs.body.replace(&one.theirs, &one.nobodys);
    assert_eq!((theirs.status, body), (nobodys.status, nobodys.body.clone()), "{of} with the {} of another", one.kind);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisation_walks_every_route_and_finds_nothing() {
    let (town, _data) = town().await;
    let told = tell(&town, NOW).await;
    let site = town.site("harbour").await.id;
    let hired = town.hires("zelda-only-here", "Zelda Only-Here", frontline_domain::permission::Role::Staff, site).await;
    let phone = Phone::enrolled(&town, "only-here-9", "Only Here X", "zelda-only-here", "harbour").await;
    let mut ana = Phone::enrolled(&town, "a-camera", "Camera", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("opening-checks").await;
    ana.photographs(&mut sheet, "counter-photo", b"a photo", b"a small one");
    let one = ActionOpened {
        id: ana.capture_id(),
        demand: None,
        origin: None,
        title: "Only Here X".into(),
        priority: Priority::High,
        owner: Some(hired),
        due_ms: None,
    };
    let action = one.action(Scope::Site(site));
    ana.says(Fact::ActionOpened(one));
    ana.syncs().await;
    town.receives(b"a photo").await;
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    let waiting = desk.quarantine(true, 99).await.expect("read")[0].hash;
    let assigned = desk.assign("procedure", &"fridge-log".parse().expect("a slug"), Scope::Person(hired), NOW + 1).await.expect("done").id;
    let module = desk.assign("module", &"coffee-basics".parse().expect("a slug"), Scope::Site(site), NOW + 1).await.expect("done").id;
    desk.close().await.expect("written");
    let (mut drafted, dial) = crate::media::with(&crate::media::png(40), "Only Here X");
    let mut release = drafted.releases.iter().find(|r| r.kind() == "procedure").cloned().expect("a procedure");
    release.slug = "only-a-draft".parse().expect("a slug");
    release.title = frontline_domain::Text::plain("en".parse().expect("a tag"), "Only Here X");
    drafted.releases.push(release);
    admin::content::drafts::keep(&town.app, town.org, &drafted, &[]).await.expect("kept");
    let grant = town.app.store.read().await.expect("a view").grants(town.org, hired).await.expect("read")[0].id;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let hers = helen.get("/").await;

    // The second has the same content under the same names, and nothing else.
    let other = admin::init(&town.app, "Another Company", "ben@another.example").await.expect("an organisation");
    let mut bundle = bundle_of_sample();
    bundle.organisation.name = "Another Company".into();
    admin::content::apply(&town.app, other.org, &bundle, false, true).await.expect("published");
    let mut desk = Desk::open(&town.app, other.org).await.expect("a desk");
    let own_site = desk.site("harbour").await.expect("a site").id;
    let own_person = desk.person("ana-pereira").await.expect("a person").id;
    drop(desk);
    let mut ben = Browser::new(&town);
    assert_eq!(ben.signs_in("ben@another.example", &other.password).await.to(), "/");

    let ids = [
        id("site", site, SiteId::from_bytes([9; 16])),
        id("person", hired, PersonId::from_bytes([9; 16])),
        id("device", phone.id, DeviceId::from_bytes([9; 16])),
        id("run", told.clashed, DocId::from_bytes([9; 16])),
        id("signed run", told.signed, DocId::from_bytes([9; 16])),
        id("photographed run", sheet.run.id(), DocId::from_bytes([9; 16])),
        id("picture", hash(b"a photo"), BlobHash::from_bytes([9; 32])),
        id("picture of content", dial, BlobHash::from_bytes([9; 32])),
        id("entry", waiting, EntryHash::from_bytes([9; 32])),
        id("assignment", assigned, AssignmentId::from_bytes([9; 16])),
        id("action", action, CaptureId::from_bytes([9; 16])),
        id("grant", grant, GrantId::from_bytes([9; 16])),
        id("assigned module", module, AssignmentId::from_bytes([9; 16])),
    ];
    let secrets: Vec<&str> = ids.iter().map(|i| i.theirs.as_str()).chain(["Zelda", "only-here-9", "Only Here X"]).collect();
    let before = everything(&town).await;
    let csrf = ben.get("/").await.csrf();

    for path in paths() {
        for one in &ids {
            // What the form of any page may hold, naming what is theirs or nobody's.
            let fields = |id: &str| -> Vec<(String, String)> {
                let to = if one.kind == "person" { "person" } else { "site" };
                let at = format!("site/{id}");
                let pairs = [("csrf", &*csrf), ("person", id), ("what", "procedure/fridge-log"), ("to", &format!("{to}/{id}"))];
                let due = [("date", "2026-06-01"), ("time", "18:00"), ("next", "/"), ("email", ""), ("password", "")];
                let due = due.into_iter().chain([
                    ("name", ""),
                    ("reason", "none"),
                    ("back", "/"),
                    ("role", "staff"),
                    ("place", &*at),
                    ("from", &*at),
                ]);
                pairs.into_iter().chain(due).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
            };
            let mut visits: Vec<(String, String)> = Vec::new();
            let mut both = |address: &dyn Fn(&str) -> String| visits.push((address(&one.theirs), address(&one.nobodys)));
            match path {
                "/" => both(&|id| format!("/?period=week&site={id}")),
                "/sites/{site}" => both(&|id| format!("/sites/{id}?period=week")),
                "/sites/{site}/enrol" => {
                    both(&|id| format!("/sites/{id}/enrol"));
                    // At one's own site, for a person of theirs.
                    both(&|_| format!("/sites/{own_site}/enrol"));
                }
                "/runs" | "/runs.csv" | "/runs/answers.csv" | "/runs/figures.csv" => {
                    both(&|id| format!("{path}?site={id}"));
                    both(&|id| format!("{path}?by={id}"));
                }
                "/compare" => {
                    both(&|id| format!("/compare?a={id}"));
                    both(&|id| format!("/compare?a={}&b={id}", told.clashed));
                }
                "/weeks" | "/failures" => both(&|id| format!("{path}?site={id}&procedure=fridge-log")),
                "/actions" | "/actions.csv" => {
                    both(&|id| format!("{path}?site={id}"));
                    both(&|id| format!("{path}?owner={id}"));
                    both(&|id| format!("{path}?run={id}"));
                }
                "/actions/{action}" => both(&|id| format!("/actions/{id}")),
                "/runs/{run}" => both(&|id| format!("/runs/{id}")),
                "/runs/{run}/pictures/{picture}" => {
                    both(&|id| format!("/runs/{id}/pictures/{}", hash(b"a photo")));
                    both(&|id| format!("/runs/{}/pictures/{id}", sheet.run.id()));
                }
                "/content-media/{hash}" => both(&|id| format!("/content-media/{id}")),
                "/pictures/{picture}" => both(&|id| format!("/pictures/{id}")),
                "/assignments" | "/assignments.csv" => both(&|id| format!("{path}?site={id}")),
                "/assignments/{assignment}/withdraw" => both(&|id| format!("/assignments/{id}/withdraw")),
                "/assignments/{assignment}" => both(&|id| format!("/assignments/{id}")),
                "/assign" => {
                    both(&|id| format!("/assign?to=site/{id}"));
                    both(&|id| format!("/assign?to=person/{id}"));
                    both(&|id| format!("/assign?done={id}"));
                }
                "/people" | "/people.csv" => both(&|id| format!("{path}?site={id}")),
                "/people/new" => both(&|_| "/people/new".into()),
                "/people/{person}" => both(&|id| format!("/people/{id}?done=given")),
                "/people/{person}/give" => both(&|id| format!("/people/{id}/give")),
                "/people/{person}/roles/{grant}" => {
                    both(&|id| format!("/people/{id}/roles/{grant}"));
                    // A role of theirs, as if it were somebody's of one's own.
                    both(&|id| format!("/people/{own_person}/roles/{id}"));
                }
                "/people/{person}/move" => both(&|id| format!("/people/{id}/move")),
                "/people/{person}/password" => both(&|id| format!("/people/{id}/password")),
                "/content" | "/content.csv" => both(&|_| format!("{path}?kind=procedure")),
                "/content/{kind}/{slug}" => both(&|id| format!("/content/procedure/{id}")),
                "/content/{kind}/{slug}/withdraw" => both(&|id| format!("/content/procedure/{id}/withdraw")),
                "/content/{kind}/{slug}/publish" => {
                    both(&|id| format!("/content/procedure/{id}/publish"));
                    // As if it were a version of one's own.
                    both(&|id| format!("/content/procedure/fridge-log/publish?version={id}"));
                }
                "/content/{kind}/{slug}/runs" => {
                    both(&|id| format!("/content/procedure/{id}/runs"));
                    both(&|id| format!("/content/procedure/only-a-draft/runs?done={id}"));
                }
                "/drafts" => both(&|_| "/drafts".into()),
                "/content/{kind}/{slug}/draft" => {
                    both(&|id| format!("/content/procedure/{id}/draft"));
                    // One that is a draft there, and none here.
                    both(&|id| format!("/content/procedure/only-a-draft/draft?done={id}"));
                }
                "/sync-health" | "/sync-health.csv" => both(&|id| format!("{path}?site={id}&state=every")),
                "/devices" | "/devices.csv" => both(&|id| format!("{path}?site={id}")),
                "/devices/{device}" => both(&|id| format!("/devices/{id}?done=lost")),
                "/devices/{device}/rename" => both(&|id| format!("/devices/{id}/rename")),
                "/devices/{device}/lost" => both(&|id| format!("/devices/{id}/lost")),
                "/devices/{device}/found" => both(&|id| format!("/devices/{id}/found")),
                "/devices/{device}/unlock/{person}" => {
                    both(&|id| format!("/devices/{id}/unlock/{hired}"));
                    both(&|id| format!("/devices/{}/unlock/{id}", phone.id));
                }
                "/devices/{device}/revoke" => both(&|id| format!("/devices/{id}/revoke")),
                "/quarantine" | "/quarantine.csv" => {
                    both(&|id| format!("{path}?outcome=stored&entry={id}"));
                    both(&|id| format!("{path}?site={id}"));
                    both(&|id| format!("{path}?device={id}"));
                }
                "/language" => both(&|id| format!("/language?to={id}")),
                "/quarantine/{entry}" => both(&|id| format!("/quarantine/{id}")),
                "/assets/{mark}/{name}" => both(&|id| format!("/assets/{id}/{id}")),
                "/sign-in" => both(&|id| format!("/sign-in?next=/sites/{id}")),
                // Ends the visitor's own session: tried at the end.
                "/sign-out" => {}
                other => panic!("{other} is a route that nobody walked as another organisation"),
            }
            for (theirs, nobodys) in visits {
                let (got, never) = (ben.get(&theirs).await, ben.get(&nobodys).await);
                alike(&got, &never, one, path);
                let pairs = [fields(&one.theirs), fields(&one.nobodys)];
                let borrowed = pairs.each_ref().map(|p| p.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>());
                let (sent, never) = (ben.post(&theirs, &borrowed[0]).await, ben.post(&nobodys, &borrowed[1]).await);
                alike(&sent, &never, one, path);
                assert!(sent.status != StatusCode::OK && sent.to() != "/quarantine?outcome=stored", "{path} was done");
                for secret in &secrets {
                    // Not even where the address itself holds it.
                    for page in [&got, &sent] {
                        assert!(!page.body.contains(secret), "{path} shows {secret}");
                    }
                }
            }
        }
    }
    // A form token of theirs is none here, and leaving ends one's own session only.
    assert_eq!(ben.post("/sign-out", &[("csrf", &hers.csrf())]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ben.post("/sign-out", &[("csrf", &csrf)]).await.to(), "/sign-in?out=1");
    assert_eq!(helen.get("/").await.status, StatusCode::OK);
    assert_eq!(everything(&town).await, before, "nothing of the first organisation has changed");

    // What was refused here works with one's own.
    let mut ben = Browser::new(&town);
    ben.signs_in("ben@another.example", &other.password).await;
    let made = ben.sends(&format!("/sites/{own_site}/enrol"), &[("person", &own_person.to_string())]).await;
    assert_eq!(made.status, StatusCode::OK);
    assert_eq!(everything(&town).await, before);
}
