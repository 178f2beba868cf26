//! The smallest good folder, with files put in the place of its own.

use std::fs;
use std::path::Path;

use frontline_content::{Bundle, Finding, check};
use tempfile::TempDir;

pub const SMALL: &[(&str, &str)] = &[
    ("organisation.yaml", "name: Ana's\nlanguages: [en, ar]\n"),
    ("sites.yaml", "- slug: quay\n  name: { en: Quay, ar: الرصيف }\n  zone: Europe/London\n"),
    ("people.csv", "slug,name,language,role,site\nana,Ana Pereira,en,staff,quay\nben,Ben Okafor,ar,supervisor,org\n"),
    (
        "surveys/desk.yaml",
        "title: Desk\nmetric: csat\nthank_you: Thanks\nitems:\n  - slug: score\n    kind: csat\n    label: How was it?\n",
    ),
    ("touchpoints.yaml", "- slug: desk\n  site: quay\n  name: Desk\n  stage: arrival\n  survey: desk\n"),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n",
    ),
    ("modules/tea/module.yaml", "title: Tea\n"),
    ("modules/tea/01-leaves.md", "---\ntitle: Leaves\n---\nGreen or black.\n---\n[takeaways]\n- Not boiling.\n"),
    ("assignments.yaml", "- procedure: opening\n  site: quay\n  due: 2026-07-01 18:00\n"),
];

/// Writes the small folder with these files in place of, or beside, its own; an empty text takes a file out.
pub fn folder(changes: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder can be written");
    for (path, text) in SMALL.iter().chain(changes) {
        write(dir.path(), path, text);
    }
    dir
}

fn write(dir: &Path, path: &str, text: &str) {
    let file = dir.join(path);
    fs::create_dir_all(file.parent().expect("a temporary folder can be written")).expect("a temporary folder can be written");
    if text.is_empty() {
        fs::remove_file(file).expect("a temporary folder can be written")
    } else {
        fs::write(file, text).expect("a temporary folder can be written")
    }
}

#[allow(dead_code)]
/// What checking the changed folder finds.
pub fn found(changes: &[(&str, &str)]) -> Vec<String> {
    match check(folder(changes).path()) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(Finding::to_string).collect(),
    }
}

/// The bundle of the changed folder, which must be good.
#[allow(dead_code)]
pub fn bundle(changes: &[(&str, &str)]) -> Bundle {
    check(folder(changes).path()).unwrap_or_else(|findings| panic!("{findings:?}"))
}
