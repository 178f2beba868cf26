//! The sample company is what the demo, the stories and newcomers stand on: it must always check clean.

use std::collections::BTreeMap;
use std::path::PathBuf;

use frontline_content::{Bundle, Part, check};
use frontline_domain::form::{ItemKind, NaRule};
use frontline_domain::release::Content;

fn harbour() -> Bundle {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    match check(&dir) {
        Ok(bundle) => bundle,
        Err(findings) => panic!("{}", findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

#[test]
fn the_sample_company_checks_clean_and_is_as_large_as_it_says() {
    let bundle = harbour();
    assert_eq!(bundle.verify(), Ok(()));
    let count = |part| bundle.items().iter().filter(|i| i.part == part).count();
    println!("{}", bundle.counts());
    assert_eq!(bundle.sites.len(), 3);
    assert!((28..=36).contains(&bundle.people.len()));
    assert_eq!((count(Part::Procedure), count(Part::Survey), count(Part::Module), count(Part::Reasons)), (4, 2, 2, 1));
    assert!(count(Part::Touchpoint) >= 6 && count(Part::Announcement) >= 1 && count(Part::Article) >= 1 && count(Part::Assignment) >= 6);
}
