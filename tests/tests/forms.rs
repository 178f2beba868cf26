//! Forms that follow what is answered: on a phone without a network, handed in by its rules, and read the same by a
//! colleague's phone and in the console's figures.

use std::fs;
use std::path::Path;

use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

const PROCEDURE: &str = r#"title: Cold chain
pass_mark: 80
sections:
  - slug: fridges
    label: Fridges
    repeat: 3
    items:
      - slug: temp
        kind: temperature
        target: [0, 5]
        required: true
        weight: 10
        label: How warm is it?
        rules:
          - when: temp > 5 °C
            show: [moved]
      - { slug: moved, kind: boolean, required: true, weight: 2, label: Was the food moved? }
  - slug: all
    label: All of it
    visible_if: any(temp > 5 °C)
    items:
      - { slug: warm, kind: calculated, calculate: count(temp > 5 °C), label: Fridges that are too warm }
      - slug: until
        kind: number
        unit: h
        constraint: until <= 4
        message: Within four hours
        required: true
        label: Until when is it mended?
      - { slug: change, kind: calculated, calculate: max(temp) - last(temp), label: Warmer than the last time by }
"#;

fn content(dir: &Path) -> frontline_content::Bundle {
    let copy = dir.join("content");
    let status = std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp");
    assert!(status.success());
    fs::write(copy.join("procedures/cold-chain.yaml"), PROCEDURE).expect("written");
    frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]))
}

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

async fn answer(phone: &mut Phone, run: &Value, item: &str, value: Value) {
    done(phone, json!({"do": "procedures.answer", "run": run, "item": item, "value": value})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_from_answers_is_asked_checked_and_counted_without_a_network() {
    let dir = tempfile::tempdir().expect("a folder");
    let bundle = content(dir.path());
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(&dir.path().join("world"), time.clone(), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    done(&mut ana, json!({"do": "sync.now"})).await;

    let first = done(&mut ana, json!({"do": "procedures.start", "procedure": "cold-chain"})).await["id"].clone();
    answer(&mut ana, &first, "temp", json!("3")).await;
    let said = done(&mut ana, json!({"do": "device.show", "id": first})).await;
    assert_eq!(said["missing"], json!(0), "what is not there is not missing: {said}");
    done(&mut ana, json!({"do": "procedures.submit", "run": first})).await;

    time.advance(1_000);
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "cold-chain"})).await["id"].clone();
    answer(&mut ana, &run, "temp", json!("4")).await;
    answer(&mut ana, &run, "temp/1", json!("8")).await;
    let said = done(&mut ana, json!({"do": "device.show", "id": run})).await;
    assert_eq!(said["missing"], json!(2), "whether the food was moved, and until when: {said}");
    let refused = ana.call(json!({"do": "procedures.submit", "run": run})).await;
    assert_eq!(refused["ok"], json!(false), "{refused}");
    answer(&mut ana, &run, "moved/1", json!(true)).await;
    answer(&mut ana, &run, "until", json!("6")).await;
    let refused = ana.call(json!({"do": "procedures.submit", "run": run})).await;
    assert!(refused.to_string().contains("put right"), "{refused}");
    answer(&mut ana, &run, "until", json!("2")).await;
    done(&mut ana, json!({"do": "procedures.submit", "run": run})).await;
    done(&mut ana, json!({"do": "sync.now"})).await;

    let mut ben = world.enrol("ben", "priya-nair", "harbour").await.expect("a phone");
    done(&mut ben, json!({"do": "sync.now"})).await;
    for phone in [&mut ana, &mut ben] {
        let detail = phone.core().expect("in this process").procedures().detail(run.as_str().expect("an id")).expect("a run");
        let item = |name: &str| detail.sections.iter().flat_map(|s| &s.items).find(|i| i.item == name).cloned().expect("an item");
        assert!(!item("moved").visible && item("moved/1").visible);
        assert_eq!((item("warm").comes_to.as_deref(), item("change").comes_to.as_deref()), (Some("1"), Some("5 °C")));
        let score = detail.form.score.expect("points");
        // 10 of 10, and 2 of 12: the second fridge is too warm, and its food was moved.
        assert_eq!((score.points, score.possible, score.passed), (12, 22, Some(false)));
        assert_eq!((detail.missing.len(), detail.wrong.len(), detail.form.complete), (0, 0, true));
    }
    world.stop().await;
}
