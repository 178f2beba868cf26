//! A checklist that a shift lead and a manager sign, each over what they saw, on phones without a network.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

const PROCEDURE: &str = r#"title: Cold room
sign_off: [supervisor, manager]
sections:
  - slug: round
    label: Round
    items:
      - { slug: door, kind: boolean, required: true, label: Door shut }
      - { slug: ice, kind: boolean, label: Ice on the floor }
  - slug: lead
    label: Shift lead
    asked_of: supervisor
    items:
      - { slug: walked, kind: boolean, required: true, label: Walked it myself }
  - slug: manager
    label: Manager
    asked_of: manager
    items:
      - { slug: close, kind: boolean, required: true, label: Close the room }
"#;

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}
async fn sync(phones: &mut [&mut Phone]) {
    for phone in phones {
        done(phone, json!({"do": "sync.now"})).await;
    }
}
async fn shown(phone: &mut Phone, run: &Value) -> Value {
    done(phone, json!({"do": "device.show", "id": run})).await
}
fn signed(shown: &Value) -> Vec<(String, Option<String>)> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    let all = shown["signatures"].as_array().unwrap_or_else(|| panic!("two of them: {shown}"));
    all.iter().map(|s| (text(&s["role"]).unwrap_or_default(), text(&s["by"]))).collect()
}

async fn harbour(dir: &Path) -> (World, Arc<StoryTime>, [Phone; 4]) {
    let copy = dir.join("content");
    let status = std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp");
    assert!(status.success());
    fs::write(copy.join("procedures/cold-room.yaml"), PROCEDURE).expect("written");
    let bundle = frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]));
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(&dir.join("world"), time.clone(), 7, &bundle).await.expect("a world");
    let mut phones = Vec::new();
    for (name, person) in [("ana", "ana-pereira"), ("ben", "ben-okafor"), ("grace", "grace-whitfield"), ("omar", "omar-haddad")] {
        let mut phone = world.enrol(name, person, "harbour").await.expect("a phone");
        done(&mut phone, json!({"do": "sync.now"})).await;
        phones.push(phone);
    }
    let phones = phones.try_into().unwrap_or_else(|_| panic!("four"));
    (world, time, phones)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sign_what_each_of_them_saw_and_an_answer_that_neither_saw_lapses_both() {
    let dir = tempfile::tempdir().expect("a folder");
    let (world, time, [mut ana, mut ben, mut grace, mut omar]) = harbour(dir.path()).await;
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "cold-room"})).await["id"].clone();
    let answer = |item: &str, yes: bool| json!({"do": "procedures.answer", "run": run, "item": item, "value": yes});
    done(&mut ana, answer("door", true)).await;
    done(&mut ana, json!({"do": "procedures.submit", "run": run})).await;
    sync(&mut [&mut ana, &mut ben, &mut grace, &mut omar]).await;

    // Both offline: each answers what they are asked and signs; the second did not see what the first answered.
    done(&mut ben, answer("walked", true)).await;
    done(&mut ben, json!({"do": "procedures.sign_off", "run": run})).await;
    let early = grace.call(json!({"do": "procedures.sign_off", "run": run})).await;
    assert_eq!(early["rule"], "required", "as the shift lead, whose question is open: {early}");
    sync(&mut [&mut ben, &mut grace]).await;
    done(&mut grace, answer("close", true)).await;
    done(&mut grace, json!({"do": "procedures.sign_off", "run": run})).await;
    sync(&mut [&mut grace, &mut ben, &mut ana]).await;
    for phone in [&mut ana, &mut ben, &mut grace] {
        let shown = shown(phone, &run).await;
        assert_eq!(shown["status"], "signed-off", "{shown}");
        let both = [("supervisor", "Ben Okafor"), ("manager", "Grace Whitfield")].map(|(a, b)| (a.to_owned(), Some(b.to_owned())));
        assert_eq!(signed(&shown), both);
    }

    // Somebody who knew of neither answered meanwhile: nothing is thrown away, and both signatures lapse.
    time.advance(60_000);
    done(&mut omar, answer("ice", true)).await;
    sync(&mut [&mut omar, &mut ana, &mut ben, &mut grace]).await;
    let lapsed = shown(&mut grace, &run).await;
    assert_eq!((lapsed["status"].as_str(), &lapsed["said"]["changed_since"]), (Some("lapsed"), &json!(["ice"])), "{lapsed}");
    assert!(signed(&lapsed).iter().all(|(_, by)| by.is_none()));
    // They sign again, over what is there now.
    for phone in [&mut ben, &mut grace] {
        done(phone, json!({"do": "procedures.sign_off", "run": run})).await;
        sync(&mut [phone]).await;
    }
    sync(&mut [&mut ben, &mut grace, &mut omar]).await;
    let at_last: Vec<Value> = [shown(&mut ben, &run).await, shown(&mut grace, &run).await, shown(&mut omar, &run).await].into();
    assert!(at_last.iter().all(|shown| shown["status"] == "signed-off"), "{at_last:?}");
    let refused = omar.call(answer("close", false)).await;
    assert_eq!(refused["rule"], "locked", "{refused}");

    // Opened again by whoever may, for a reason that everybody reads, and every signature is asked for anew.
    done(&mut grace, json!({"do": "procedures.return", "run": run, "reason": "The door again"})).await;
    sync(&mut [&mut grace, &mut ana]).await;
    let open = shown(&mut ana, &run).await;
    assert_eq!((open["status"].as_str(), open["said"]["reason"].as_str()), (Some("open"), Some("The door again")));
    let history = done(&mut ana, json!({"do": "device.show", "id": run, "history": true})).await;
    let what: Vec<&str> = history["history"].as_array().expect("lines").iter().filter_map(|l| l["what"].as_str()).collect();
    assert_eq!(what.iter().filter(|w| **w == "signed-off").count(), 4, "what was signed stays told: {what:?}");
    for phone in [&mut ana, &mut ben, &mut grace, &mut omar] {
        let check = done(phone, json!({"do": "device.check"})).await;
        assert_eq!(check["problems"], json!([]), "{check}");
    }
    world.stop().await;
}
