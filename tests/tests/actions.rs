//! Corrective actions over a real server: opened and changed by several people offline, joined by themselves, and held to
//! the state machine and to rights by the server, whatever a phone thinks.

use frontline_domain::action::{Priority, Status};
use frontline_domain::fact::action::Sets;
use frontline_domain::fact::{ActionChanged, ActionOpened, Fact};
use frontline_domain::{CaptureId, EntryType};
use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

async fn sync(phones: &mut [&mut Phone]) {
    for _ in 0..2 {
        for phone in phones.iter_mut() {
            done(phone, json!({"do": "sync.now"})).await;
        }
    }
}

async fn shown(phone: &mut Phone, id: &Value) -> Value {
    done(phone, json!({"do": "actions.show", "id": id})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_that_three_change_offline_joins_by_itself_and_a_clash_leaves_the_work_to_be_done() {
    let dir = tempfile::tempdir().expect("a folder");
    let bundle = frontline_content::check(&sample_content()).unwrap_or_else(|found| panic!("{}", found[0]));
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(&dir.path().join("world"), time.clone(), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let mut omar = world.enrol("omar", "omar-haddad", "harbour").await.expect("a phone");
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    sync(&mut [&mut ana, &mut omar, &mut ben]).await;
    let action = done(&mut ana, json!({"do": "actions.open", "title": "Mend the door", "priority": "high"})).await["id"].clone();
    sync(&mut [&mut ana, &mut omar, &mut ben]).await;
    // Offline, each for themselves.
    done(&mut ana, json!({"do": "actions.status", "id": action, "to": "in-progress"})).await;
    done(&mut omar, json!({"do": "actions.status", "id": action, "to": "cannot-do", "reason": "no hinges"})).await;
    done(&mut omar, json!({"do": "actions.comment", "id": action, "text": "They come on Friday"})).await;
    done(&mut ben, json!({"do": "actions.due", "id": action, "to": 1_772_600_000_000_i64})).await;
    sync(&mut [&mut ana, &mut omar, &mut ben]).await;
    let (one, two, three) = (shown(&mut ana, &action).await, shown(&mut omar, &action).await, shown(&mut ben, &action).await);
    for said in [&one, &two, &three] {
        assert_eq!((&said["clashes"], &said["status"]), (&json!(1), &json!("in-progress")), "work does not vanish by a clash: {said}");
        assert_eq!((&said["due_ms"], &said["comments"]), (&json!(1_772_600_000_000_i64), &json!(1)));
        assert_eq!(said["states"]["values"].as_array().map(Vec::len), Some(2));
    }
    assert_eq!((&one["history"], &one["states"]), (&two["history"], &two["states"]));
    // Whoever saw both chooses, and who leads looks at it.
    done(&mut omar, json!({"do": "actions.status", "id": action, "to": "in-progress", "seen": two["states"]["seen"]})).await;
    done(&mut omar, json!({"do": "actions.status", "id": action, "to": "done"})).await;
    let refused = omar.call(json!({"do": "actions.status", "id": action, "to": "verified"})).await;
    assert_eq!(refused["error"], json!("unauthorized"), "{refused}");
    sync(&mut [&mut ana, &mut omar, &mut ben]).await;
    done(&mut ben, json!({"do": "actions.status", "id": action, "to": "verified"})).await;
    sync(&mut [&mut ana, &mut omar, &mut ben]).await;
    for phone in [&mut ana, &mut omar, &mut ben] {
        assert_eq!(shown(phone, &action).await["status"], json!("verified"));
        assert_eq!(done(phone, json!({"do": "device.status"})).await["quarantined"], json!(0));
        assert_eq!(done(phone, json!({"do": "actions.list"})).await["list"], json!([]));
        // What was captured makes the same rows again.
        done(phone, json!({"do": "device.rebuild"})).await;
        assert_eq!(shown(phone, &action).await["status"], json!("verified"));
    }
    world.stop().await;
}

const PROCEDURE: &str = r#"title: Fridge round
sections:
  - slug: fridges
    label: Fridges
    repeat: 2
    items:
      - slug: temp
        kind: temperature
        required: true
        label: How warm is it?
        rules:
          - when: temp > 5 °C
            action: { title: { en: Mend the fridge, ar: أصلح الثلاجة }, within_hours: 4 }
"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_one_rule_asks_for_is_one_action_whoever_takes_it_up() {
    let dir = tempfile::tempdir().expect("a folder");
    let copy = dir.path().join("content");
    let status = std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp");
    assert!(status.success());
    std::fs::write(copy.join("procedures/fridge-round.yaml"), PROCEDURE).expect("written");
    let bundle = frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]));
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(&dir.path().join("world"), time.clone(), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let mut omar = world.enrol("omar", "omar-haddad", "harbour").await.expect("a phone");
    sync(&mut [&mut ana, &mut omar]).await;
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "fridge-round"})).await["id"].clone();
    for (item, value) in [("temp", 9.0), ("temp/1", 6.0)] {
        done(&mut ana, json!({"do": "procedures.answer", "run": run, "item": item, "value": value})).await;
    }
    sync(&mut [&mut ana, &mut omar]).await;
    let asked = done(&mut omar, json!({"do": "procedures.demands"})).await["list"].clone();
    let of = |item: &str| asked.as_array().and_then(|all| all.iter().find(|d| d["item"] == item)).expect("asked for")["id"].clone();
    let open = |item: &str, demand: Value| json!({"do": "actions.open", "title": "Mend it", "run": run, "item": item, "demand": demand});
    // Both offline.
    let one = done(&mut ana, open("temp", of("temp"))).await["id"].clone();
    assert_eq!(done(&mut omar, open("temp", of("temp"))).await["id"], one);
    assert_ne!(done(&mut omar, open("temp/1", of("temp/1"))).await["id"], one, "the other fridge");
    let wrong = omar.call(open("temp", of("temp/1"))).await;
    assert_eq!(wrong["error"], json!("not-found"), "{wrong}");
    done(&mut ana, json!({"do": "actions.status", "id": one, "to": "done"})).await;
    // Again, after it is done: what is done stays so.
    assert_eq!(done(&mut ana, open("temp", of("temp"))).await["id"], one);
    sync(&mut [&mut ana, &mut omar]).await;
    for phone in [&mut ana, &mut omar] {
        let said = shown(phone, &one).await;
        assert_eq!((&said["status"], &said["clashes"], &said["from"]["item"]), (&json!("done"), &json!(0), &json!("temp")), "{said}");
        assert_eq!(done(phone, json!({"do": "actions.list"})).await["list"].as_array().map(Vec::len), Some(2));
    }
    world.stop().await;
}

#[test]
fn a_body_that_breaks_the_state_machine_is_none() {
    let id = |n| CaptureId::from_bytes([n; 16]);
    let sets = |from, to| Sets::Status { from, to, reason: None };
    let changed = |sets| ActionChanged { id: id(1), action: id(2), sets, saw: vec![id(2)] };
    let read = |one: EntryType, fact: &Fact| Fact::decode(one, &fact.encode()).is_some_and(|fact| fact.is_ok());
    // Sent as what a colleague may write, whatever the phone that made it let through.
    assert!(!read(EntryType::ACTION_CHANGED, &Fact::ActionChanged(changed(sets(Status::Done, Status::Verified)))));
    assert!(read(EntryType::ACTION_REVIEWED, &Fact::ActionReviewed(changed(sets(Status::Done, Status::Verified)))));
    assert!(!read(EntryType::ACTION_REVIEWED, &Fact::ActionReviewed(changed(sets(Status::Open, Status::Verified)))));
    let opened =
        ActionOpened { id: id(1), demand: None, origin: None, title: " ".into(), priority: Priority::Low, owner: None, due_ms: None };
    assert!(!read(EntryType::ACTION_OPENED, &Fact::ActionOpened(opened)));
}
