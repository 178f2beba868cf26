//! The simulator simulated: one seed is one story, and what it checks can fail.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use frontline_sim::fuzz::{self, Options};

fn options(seed: u64, seeds: u64, steps: u64) -> Options {
    Options { seed, seeds, steps, jobs: 2, content: content(), lines: false }
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("samples/harbour")
}

#[test]
fn a_seed_lived_twice_is_the_same_story_to_the_byte_and_another_seed_is_another() {
    let template = fuzz::template(&content()).expect("a company");
    let first = fuzz::live(&template, 7, 120, true);
    let second = fuzz::live(&template, 7, 120, true);
    assert_eq!(first.problems, Vec::<String>::new());
    let differs = first.lines.iter().zip(&second.lines).position(|(a, b)| a != b);
    assert_eq!(differs, None, "line {differs:?} is another one the second time");
    assert_eq!((first.trace, first.figures), (second.trace.clone(), second.figures));
    assert_ne!(fuzz::live(&template, 8, 120, false).trace, second.trace);
}

#[test]
fn what_went_wrong_in_a_story_of_a_few_seeds_is_counted_and_nothing_is_lost() {
    let told = Mutex::new(Vec::new());
    let report = fuzz::run(&options(1, 4, 200), |one| told.lock().expect("unharmed").push(one.seed)).expect("they are lived");
    assert_eq!(told.into_inner().expect("unharmed"), [1, 2, 3, 4], "in their order, whatever thread was faster");
    let problems: Vec<_> = report.failed().map(|one| (one.seed, &one.problems)).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let f = &report.figures;
    assert_eq!((report.lived.len(), f.steps), (4, 800));
    assert!(f.syncs > 50 && f.cuts > 0 && f.phones_killed > 0 && f.servers_killed > 0, "{f:?}");
    assert!(f.acknowledged > 100 && f.stored > 100, "{f:?}");
}
