//! The page of reliability is written from figures, and from nothing else.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

use std::path::Path;
use std::process::{Command, Output};

const FILES: [&str; 8] = ["scenarios", "scenarios-driven", "simulator", "kills", "faults", "damage", "storm", "demo"];

/// One file with every figure that any line asks for.
const FIGURES: &str = r#"{"kills": 60, "lost": 0, "acknowledged": 4926, "seed": 7, "phones_capturing": 1, "phones_syncing": 1, "servers": 1, "seconds": 1, "first_seed": 1, "seeds": 1, "steps": 1, "failed": 1, "captured": 1, "phones_killed": 1, "servers_killed": 1, "torn": 1, "servers_restored": 1, "clones": 1, "full": 1, "trace": 1, "points": 1, "different_points": 1, "whole": 1, "absent": 1, "between": 1, "stores": 1, "noticed_at_opening": 1, "noticed_by_check": 1, "opened_as_is": 1, "gone_unnoticed": 1, "whole_recovered": 1, "unsent": 1, "recovered": 1, "storm_devices": 1, "storm_entries_each": 1, "storm_stored": 1, "storm_unanswered": 1, "storm_drained_s": 1, "storm_server_peak_mib": 1, "devices": 1, "stored": 1, "restores": 1, "replicas_agree": 1}"#;

fn evidence(from: &Path, into: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_frontline");
    let words = ["scenario", "evidence", "--commit", "abc1234", "--from"];
    Command::new(program).args(words).arg(from).arg("--into").arg(into).output().unwrap()
}

#[test]
fn a_table_takes_the_place_of_the_last_one_and_leaves_the_rest_of_the_page() {
    let dir = tempfile::tempdir().unwrap();
    for name in FILES {
        std::fs::write(dir.path().join(format!("{name}.json")), FIGURES).unwrap();
    }
    std::fs::write(
        dir.path().join("scenarios.json"),
        r#"{"a.yaml": {}, "b.yaml": {"failed": true}, "c.yaml": {"left_out": "it is root"}}"#,
    )
    .unwrap();
    let page = dir.path().join("page.md");
    std::fs::write(&page, "# Before\n<!-- written by: frontline scenario evidence -->\nold\n<!-- until here -->\nafter\n").unwrap();
    let said = evidence(dir.path(), &page);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("# Before\n") && text.ends_with("-->\nafter\n") && !text.contains("old"), "{text}");
    assert!(text.contains("Commit abc1234") && text.contains("60 kills") && text.contains("4926 acknowledged, 0 lost"), "{text}");
    assert!(text.contains("`frontline kills --count 60 --seed 7`"), "the command that tries it again: {text}");
    assert!(text.contains("2 stories played, 1 failed, 1 left out"), "{text}");
    // What a file does not say is no zero, and no table is made of it.
    std::fs::write(dir.path().join("kills.json"), r#"{"kills": 60, "seed": 7}"#).unwrap();
    let words = String::from_utf8_lossy(&evidence(dir.path(), &page).stderr).into_owned();
    assert!(words.contains("kills.json has no figure ‘phones_capturing’"), "{words}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), text);
}

#[test]
fn without_figures_or_a_place_for_them_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("page.md");
    std::fs::write(&page, "# A page\n").unwrap();
    let said = evidence(dir.path(), &page);
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(!said.status.success() && words.contains("scenarios.json") && words.contains("tests/run writes it"), "{words}");
    for name in FILES {
        std::fs::write(dir.path().join(format!("{name}.json")), FIGURES).unwrap();
    }
    let words = String::from_utf8_lossy(&evidence(dir.path(), &page).stderr).into_owned();
    assert!(words.contains("has no place for it"), "{words}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "# A page\n");
}
