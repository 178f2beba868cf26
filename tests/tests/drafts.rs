//! A draft on a tester's phone: theirs alone, told by its name, and followed by nothing.

use std::fs;

use frontline_content::Bundle;
use frontline_domain::Slug;
use frontline_server::admin::{self, Desk, content::drafts};
use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

const PROCEDURE: &str = r#"title: { en: Cold room, ar: غرفة التبريد }
sections:
  - slug: round
    label: { en: Round, ar: جولة }
    items:
      - slug: door
        kind: boolean
        required: true
        label: { en: Door shut, ar: الباب مغلق }
        rules: [{ when: not door, action: { title: { en: Shut it, ar: أغلقه } } }]
"#;

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

/// Ids and titles of what can be started, or of the runs that are there.
async fn rows(phone: &mut Phone, what: &str) -> Vec<(String, String)> {
    let said = done(phone, json!({"do": what})).await;
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let all = said["list"].as_array().unwrap_or_else(|| panic!("a list: {said}"));
    all.iter().map(|row| (text(&row["id"]), text(&row["title"]["text"]))).collect()
}

fn drafted() -> Bundle {
    let dir = tempfile::tempdir().expect("a folder");
    let copy = dir.path().join("content");
    assert!(std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp").success());
    fs::write(copy.join("procedures/cold-room.yaml"), PROCEDURE).expect("written");
    frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]))
}

/// The draft that lies at the server under this name.
async fn kept(world: &World, slug: &Slug) -> frontline_domain::ReleaseHash {
    let mut tx = world.app().expect("a server").store.read().await.expect("a view");
    let row = tx.draft(world.org(), drafts::KIND, slug.as_str()).await.expect("read").expect("a draft");
    drafts::read(&row).expect("it reads").0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_tried_on_one_phone_and_nothing_follows_from_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let sample = frontline_content::check(&sample_content()).unwrap_or_else(|found| panic!("{}", found[0]));
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(dir.path(), time.clone(), 7, &sample).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    let slug: Slug = "cold-room".parse().expect("a slug");
    let (app, org) = (world.app().expect("a server"), world.org());
    drafts::keep(app, org, &drafted(), &[]).await.expect("kept");
    let seen = kept(&world, &slug).await;
    let person = {
        let mut desk = Desk::open(app, org).await.expect("a desk");
        let person = desk.person("ana-pereira").await.expect("a person").id;
        assert!(desk.lend_draft(drafts::KIND, &slug, seen, person).await.expect("given"));
        desk.close().await.expect("written");
        person
    };
    for phone in [&mut ana, &mut ben] {
        done(phone, json!({"do": "sync.now"})).await;
    }
    let hers = rows(&mut ana, "procedures.list").await;
    assert!(hers.contains(&("draft/cold-room".into(), "Draft: Cold room".into())), "{hers:?}");
    let his = rows(&mut ben, "procedures.list").await;
    assert!(!his.is_empty() && his.iter().all(|(id, _)| !id.contains("cold-room")), "{his:?}");
    let refused = ben.call(json!({"do": "procedures.start", "procedure": "draft/cold-room"})).await;
    assert_eq!(refused["ok"], json!(false), "{refused}");

    // Filled and handed in as any other, and the server takes it.
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "draft/cold-room"})).await["id"].clone();
    done(&mut ana, json!({"do": "procedures.answer", "run": run, "item": "door", "value": false})).await;
    done(&mut ana, json!({"do": "procedures.submit", "run": run})).await;
    for phone in [&mut ana, &mut ben] {
        done(phone, json!({"do": "sync.now"})).await;
    }
    assert!(rows(&mut ana, "procedures.runs").await.contains(&(run.as_str().expect("an id").into(), "Draft: Cold room".into())));
    assert_eq!(done(&mut ana, json!({"do": "procedures.demands"})).await["list"], json!([]), "nobody is asked for anything");
    let opened = ana.call(json!({"do": "actions.open", "title": "Shut it", "run": run, "item": "door"})).await;
    assert_eq!((&opened["ok"], &opened["rule"]), (&json!(false), &json!("draft")), "{opened}");
    assert!(rows(&mut ben, "procedures.runs").await.is_empty(), "a colleague's phone shows none of it");
    assert!(world.quarantine().await.expect("read").is_empty());
    let app = world.app().expect("a server");
    frontline_server::lists::work_off(&*app.store, org, usize::MAX, || false).await.expect("worked off");
    let mut tx = app.store.read().await.expect("a view");
    let key = run.as_str().expect("an id");
    let doc = tx.doc(org, key.parse().expect("an id")).await.expect("read").expect("the server has the run");
    assert_eq!(tx.release(org, doc.release).await.expect("read").expect("a release").kind, "draft");
    assert!(tx.listed_row(org, frontline_server::store::List::Runs, key).await.expect("read").is_none(), "and no list of runs has it");
    drop(tx);
    let plan = admin::content::apply(app, org, &sample, true, true).await.expect("planned");
    assert!(plan.is_empty(), "nor does a push count it as open: {plan}");

    // Published, it is everybody's, no draft any more, and what was tried stays what it was.
    let mut desk = Desk::open(app, org).await.expect("a desk");
    assert!(desk.publish_draft(drafts::KIND, &slug, (seen, None)).await.expect("published"));
    assert!(desk.tx.testers(org, drafts::KIND, slug.as_str()).await.expect("read").is_empty(), "{person}");
    desk.close().await.expect("written");
    for phone in [&mut ana, &mut ben] {
        done(phone, json!({"do": "sync.now"})).await;
        let now = rows(phone, "procedures.list").await;
        let named: Vec<_> = now.iter().filter(|(id, _)| id.contains("cold-room")).cloned().collect();
        assert_eq!(named, [("cold-room".to_owned(), "Cold room".to_owned())]);
        let check = done(phone, json!({"do": "device.check"})).await;
        assert_eq!(check["problems"], json!([]), "{check}");
    }
    assert!(rows(&mut ana, "procedures.runs").await[0].1.starts_with("Draft: "));
    done(&mut ana, json!({"do": "device.rebuild"})).await;
    assert_eq!(done(&mut ana, json!({"do": "procedures.demands"})).await["list"], json!([]));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_that_is_open_keeps_nothing_that_is_assigned_from_being_done() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut bundle = frontline_content::check(&sample_content()).unwrap_or_else(|found| panic!("{}", found[0]));
    let mut world = World::open(dir.path(), StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let slug: Slug = "fridge-log".parse().expect("a slug");
    let release = bundle.releases.iter_mut().find(|r| r.slug == slug).expect("a procedure");
    release.title = frontline_domain::Text::plain("en".parse().expect("a tag"), "Fridges");
    let (app, org) = (world.app().expect("a server"), world.org());
    drafts::keep(app, org, &bundle, &[]).await.expect("kept");
    let seen = kept(&world, &slug).await;
    let mut desk = Desk::open(app, org).await.expect("a desk");
    let person = desk.person("ana-pereira").await.expect("a person").id;
    assert!(desk.lend_draft(drafts::KIND, &slug, seen, person).await.expect("given"));
    desk.close().await.expect("written");
    done(&mut ana, json!({"do": "sync.now"})).await;
    let due = |phone: &Phone| {
        let items = phone.core().expect("in this process").today().expect("a day").items;
        items.into_iter().map(|item| (item.id, item.title.text)).filter(|(_, title)| title.contains("ridge")).collect::<Vec<_>>()
    };
    let assigned = ("fridge-log".to_owned(), "Fridge log".to_owned());
    assert_eq!(due(&ana), std::slice::from_ref(&assigned));
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "draft/fridge-log"})).await["id"].clone();
    done(&mut ana, json!({"do": "procedures.answer", "run": run, "item": "milk-fridge", "value": 3})).await;
    let now = due(&ana);
    assert!(now.contains(&assigned), "{now:?}");
    assert!(now.contains(&(run.as_str().expect("an id").to_owned(), "Draft: Fridges".to_owned())), "what is tried is begun, too: {now:?}");
    world.stop().await;
}
