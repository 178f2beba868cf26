//! The disk that fails, and the stores that are spoiled: a few of each; `frontline faults` and `frontline damage` do
//! many.

use std::path::{Path, PathBuf};

use frontline_sim::{damage, faults};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour")
}

#[test]
fn nothing_is_lost_on_a_disk_that_fails_and_the_same_seed_does_the_same() {
    // Contacts are written whole; feedback is appended, and has fewer operations to fail at.
    for (only, least) in [("contact", 300), ("feedback", 100)] {
        holds(&faults::Options { points: 40, seed: 1, jobs: 2, only: only.to_owned(), content: content() }, least);
    }
}

/// Two runs hold and do the same, over more than `least` operations.
fn holds(options: &faults::Options, least: u64) {
    let told = |one: &faults::Ended| assert!(one.problems.is_empty(), "{}: {:?}", one.name, one.problems);
    let (first, second) = (faults::run(options, told).expect("it runs"), faults::run(options, told).expect("it runs"));
    assert_eq!(first.json(), second.json());
    assert!(first.all > least && first.total.points == 40, "{}", first.all);
}

#[test]
fn a_spoiled_store_is_noticed_and_kept_and_gives_back_what_is_whole() {
    let options = damage::Options { count: 9, seed: 1, content: content() };
    let report = damage::run(&options, |one| assert!(one.problems.is_empty(), "{}: {:?}", one.name, one.problems)).expect("it runs");
    assert!(report.holds(), "{}", report.table());
}
