//! Five people on one run, in small: `tests/run` lives thousands of them.

use frontline_sim::demo::sample_content;
use frontline_sim::joint::{Options, cores, documents};

#[test]
fn five_people_fill_one_run_offline_and_all_of_it_is_everywhere_afterwards() {
    let options = Options { seed: 1, runs: 12, cores: 3, jobs: 2, content: sample_content() };
    for report in [documents(&options), cores(&options)] {
        let report = report.expect("it is lived");
        let failed: Vec<_> = report.failed().map(|one| (one.seed, &one.problems)).collect();
        assert!(failed.is_empty(), "{failed:?}");
        let f = &report.figures;
        assert!(f.edits > 60 && f.clashes > 0 && f.repeats > 0 && f.photos > 0 && f.on_old_screens > 0, "{f:?}");
        assert!(f.submitted > 0 && f.signed_off > 0 && f.of_signers > 0 && f.not_asked > 0 && f.notes > 0, "{f:?}");
    }
}

#[test]
fn a_seed_is_the_same_story_each_time() {
    let options = Options { seed: 9, runs: 3, cores: 1, jobs: 1, content: sample_content() };
    let figures = || (documents(&options).expect("lived").figures, cores(&options).expect("lived").figures);
    assert_eq!(figures(), figures());
}
