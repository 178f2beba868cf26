//! Questions that count in parts, on a phone without a network: shown in another order than the right one, graded by what is
//! right of them, and refused where an answer is longer than an attempt may hold.

use std::fs;

use frontline_domain::quiz::Worth;
use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

const MODULE: &str = "title: Closing\nminutes: 5\nmove_on: passed\n";
const LESSON: &str = "---\ntitle: Closing\n---\nLock the door.\n";
const QUIZ: &str = "mastery_score: 60
questions:
  - slug: steps
    kind: order
    points: 4
    label: In which order?
    choices: [{ slug: wash, label: Wash }, { slug: rinse, label: Rinse }, { slug: dry, label: Dry }, { slug: stack, label: Stack }]
  - slug: cloths
    kind: match
    points: 2
    label: Which cloth for what?
    left: [{ slug: red, label: Red }, { slug: blue, label: Blue }]
    right: [{ slug: floor, label: Floor }, { slug: table, label: Table }, { slug: glass, label: Glass }]
    answer: { red: floor, blue: table }
  - slug: milk
    kind: fill-in
    gaps: 2
    points: 2
    label: Milk is kept below ___ °C and used within ___ days.
    answer: [[5, five], [3, three]]
";

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_right_of_an_answer_counts() {
    let dir = tempfile::tempdir().expect("a folder");
    let copy = dir.path().join("content");
    assert!(std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp").success());
    fs::create_dir(copy.join("modules/closing")).expect("a folder");
    for (name, text) in [("module.yaml", MODULE), ("01-closing.md", LESSON), ("quiz.yaml", QUIZ)] {
        fs::write(copy.join("modules/closing").join(name), text).expect("written");
    }
    let bundle = frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]));
    let mut world = World::open(&dir.path().join("world"), StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    done(&mut ana, json!({"do": "sync.now"})).await;

    let attempt = done(&mut ana, json!({"do": "training.quiz_start", "module": "closing"})).await["id"].clone();
    let id = attempt.as_str().expect("an id").to_owned();
    let paper = ana.core().expect("in this process").training().attempt(&id).expect("an attempt");
    let question = |name: &str| paper.questions.iter().find(|q| q.item == name).expect("a question");
    let shown: Vec<&str> = question("steps").choices.iter().map(|c| c.slug.as_str()).collect();
    assert!(shown.len() == 4 && shown != ["wash", "rinse", "dry", "stack"], "{shown:?}");
    assert_eq!((question("cloths").rows.len(), question("cloths").choices.len()), (2, 3));
    assert!(paper.questions.iter().all(|q| q.right.is_none()), "what is right is not told yet");

    let long = ana.call(json!({"do": "training.quiz_answer", "attempt": attempt, "item": "milk", "value": ["5", "x".repeat(201)]})).await;
    assert_eq!((&long["error"], &long["rule"]), (&json!("invalid"), &json!("length")), "{long}");
    for (item, value) in [
        ("steps", json!(["wash", "rinse", "stack", "dry"])),
        ("cloths", json!({"red": "floor", "blue": "glass"})),
        ("milk", json!(["FIVE", " 3 "])),
    ] {
        done(&mut ana, json!({"do": "training.quiz_answer", "attempt": attempt, "item": item, "value": value})).await;
    }
    done(&mut ana, json!({"do": "training.quiz_submit", "attempt": attempt})).await;
    let paper = ana.core().expect("in this process").training().attempt(&id).expect("an attempt");
    // 2 of 4 steps, 1 of 2 pairs, 2 of 2 gaps: 2 + 1 + 2 of 8 points, 62 per cent.
    assert_eq!((paper.points, paper.of, paper.passed), (Some(5), Some(8), Some(true)));
    let graded: Vec<_> =
        ["steps", "cloths", "milk"].map(|name| paper.questions.iter().find(|q| q.item == name).and_then(|q| q.graded)).into();
    assert_eq!(graded, [Some(Worth::Partly), Some(Worth::Partly), Some(Worth::Right)]);
    done(&mut ana, json!({"do": "sync.now"})).await;
    let judged = world.attempts("closing").await.expect("attempts");
    assert_eq!(judged, [json!({"person": "ana-pereira", "points": 5, "of": 8, "passed": true})], "the server grades the same");
    world.stop().await;
}
