//! The page of reliability is written from figures, and from nothing else.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

use std::path::Path;
use std::process::{Command, Output};

const FILES: [&str; 8] = ["scenarios", "scenarios-driven", "simulator", "kills", "faults", "damage", "storm", "demo"];

fn evidence(from: &Path, into: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_frontline");
    let words = ["scenario", "evidence", "--commit", "abc1234", "--from"];
    Command::new(program).args(words).arg(from).arg("--into").arg(into).output().unwrap()
}

#[test]
fn a_table_takes_the_place_of_the_last_one_and_leaves_the_rest_of_the_page() {
    let dir = tempfile::tempdir().unwrap();
    for name in FILES {
        std::fs::write(dir.path().join(format!("{name}.json")), r#"{"kills": 60, "lost": 0, "acknowledged": 4926}"#).unwrap();
    }
    let page = dir.path().join("page.md");
    std::fs::write(&page, "# Before\n<!-- written by: frontline scenario evidence -->\nold\n<!-- until here -->\nafter\n").unwrap();
    let said = evidence(dir.path(), &page);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("# Before\n") && text.ends_with("-->\nafter\n") && !text.contains("old"), "{text}");
    assert!(text.contains("Commit abc1234") && text.contains("60 kills") && text.contains("4926 acknowledged, 0 lost"), "{text}");
    // What a file does not say is no zero.
    assert!(text.contains("? points"), "{text}");
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
        std::fs::write(dir.path().join(format!("{name}.json")), "{}").unwrap();
    }
    let words = String::from_utf8_lossy(&evidence(dir.path(), &page).stderr).into_owned();
    assert!(words.contains("has no place for it"), "{words}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "# A page\n");
}
