//! What lies in a folder, good or bad, never takes the reader out of it, and never stops it at the first fault.

mod kit;

use std::fs;
use std::path::Path;

use frontline_content::finding::Notes;
use frontline_content::folder::Folder;
use frontline_content::{check, limits};
use kit::{folder, found};

#[test]
fn a_folder_with_ten_problems_reports_all_ten() {
    let findings = found(&[
        ("organisation.yaml", "name: Ana's\nlanguages: [en, ar]\npolicy:\n  keep_days: 0\n"),
        ("sites.yaml", "- slug: quay\n  name: Quay\n  zone: Europe/Lundon\n  colour: blue\n"),
        ("people.csv", "slug,name,language,role,site\nana,Ana Pereira,en,boss,quay\nben,,en,staff,quay\n"),
        ("touchpoints.yaml", "- slug: desk\n  site: key\n  name: Desk\n  stage: arrival\n  survey: desk\n"),
        (
            "procedures/opening.yaml",
            "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: passfail\n        label: Lights\n      - slug: lights\n        kind: text\n        label: Again\n",
        ),
        ("modules/tea/01-leaves.md", "---\ntitle: Leaves\n---\n[takeaways]\nNot boiling.\n"),
        ("assignments.yaml", "- procedure: opening\n  site: quay\n  due: soon\n"),
    ]);
    let want = [
        "assignments.yaml:3:8: ‘soon’ is no due date: write a day and a time of the site, such as 2026-03-31 18:00, or +2d 18:00 for two days after the push",
        "modules/tea/01-leaves.md:5:1: below [takeaways] each line begins with `- `",
        "organisation.yaml:4:14: ‘keep_days’ is a whole number from 1 to 365, not ‘0’",
        "people.csv:2:20: ‘boss’ is no role; one of staff, technician, supervisor, manager, author, admin fits",
        "people.csv:3:5: a person's name is empty; give it a value or take it out",
        "procedures/opening.yaml:7:15: ‘passfail’ is no kind of item (did you mean ‘pass-fail’?)",
        "procedures/opening.yaml:9:15: an item ‘lights’ is there already, at line 6; each is used once",
        "sites.yaml:3:9: ‘Europe/Lundon’ is no zone: use an IANA name such as Europe/London (did you mean ‘Europe/London’?)",
        "sites.yaml:4:3: a site has no ‘colour’; it takes slug, name, zone, tags",
        "touchpoints.yaml:2:9: there is no site ‘key’",
    ];
    assert_eq!(findings, want);
    println!("{} findings at once", findings.len());
}

#[test]
fn what_is_no_folder_of_content_gets_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let of = |path: &Path| check(path).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(of(&dir.path().join("nowhere")), [".:1:1: there is no such folder, or it may not be read"]);
    fs::write(dir.path().join("file"), "x").unwrap();
    assert_eq!(of(&dir.path().join("file")), [".:1:1: this is a file; give the folder that organisation.yaml lies in"]);
    let missing = "this file is missing; a folder of content needs it";
    fs::remove_file(dir.path().join("file")).unwrap();
    assert_eq!(of(dir.path()), [format!("organisation.yaml:1:1: {missing}"), format!("sites.yaml:1:1: {missing}")]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed_and_one_within_it_is() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.yaml"), "title: Secret\n").unwrap();
    let dir = folder(&[]);
    let link = |from: &Path, to: &str| std::os::unix::fs::symlink(from, dir.path().join(to)).unwrap();
    link(&dir.path().join("procedures/opening.yaml"), "procedures/copy.yaml");
    assert!(check(dir.path()).is_ok());
    link(&outside.path().join("secret.yaml"), "procedures/secret.yaml");
    link(outside.path(), "modules/elsewhere");
    link(dir.path(), "surveys/round");
    let findings: Vec<String> = check(dir.path()).unwrap_err().iter().map(ToString::to_string).collect();
    assert!(
        findings.contains(&"procedures/secret.yaml:1:1: this is a link out of the folder; put a copy here instead".to_owned()),
        "{findings:?}"
    );
    assert!(
        findings.contains(&"modules/elsewhere:1:1: this is a link out of the folder; put a copy here instead".to_owned()),
        "{findings:?}"
    );
    assert!(findings.iter().any(|f| f.contains("folders lie at most 4 deep")), "a link to its own parent ends: {findings:?}");
}

#[cfg(unix)]
#[test]
fn a_name_that_would_clear_the_screen_is_shown_and_not_obeyed() {
    let dir = folder(&[]);
    fs::write(dir.path().join("procedures/\u{1b}[2Jopen\ning.yaml"), "title: [\u{7}\n").unwrap();
    let findings: Vec<String> = check(dir.path()).unwrap_err().iter().map(ToString::to_string).collect();
    assert!(findings.iter().any(|f| f.starts_with("procedures/\\u{1b}[2Jopen\\ning.yaml:")), "{findings:?}");
    assert!(findings.iter().all(|f| !f.contains(char::is_control)), "{findings:?}");
}

#[test]
fn files_that_are_too_large_or_no_text_are_named_and_what_they_hold_is_not_doubted() {
    let dir = folder(&[]);
    fs::write(dir.path().join("surveys/desk.yaml"), vec![b' '; limits::FILE_BYTES as usize + 1]).unwrap();
    fs::write(dir.path().join("people.csv"), b"slug,name,language,role,site\nana,An\xffa,en,staff,quay\n").unwrap();
    fs::write(dir.path().join(".hidden"), [0xff; 10]).unwrap();
    let findings: Vec<String> = check(dir.path()).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        findings,
        [
            "people.csv:2:7: this is not UTF-8 text; save the file as UTF-8".to_owned(),
            format!("surveys/desk.yaml:1:1: a file has at most {} bytes; this one has {}", limits::FILE_BYTES, limits::FILE_BYTES + 1),
        ]
    );
}

#[test]
fn a_form_of_more_items_than_its_limit_is_refused_and_one_within_it_is_not() {
    let form = |items: usize| {
        let items: String = (0..items).map(|i| format!("      - {{ slug: item-{i}, kind: pass-fail, label: Check {i} }}\n")).collect();
        format!("title: Large\nsections:\n  - slug: all\n    label: All\n    items:\n{items}")
    };
    assert_eq!(found(&[("procedures/opening.yaml", &form(2_000))]), Vec::<String>::new());
    let want = "procedures/opening.yaml:6:7: ‘items’ has at most 2000 entries; this one has 2001";
    assert_eq!(found(&[("procedures/opening.yaml", &form(2_001))]), [want]);
}

#[test]
fn a_file_of_fifty_thousand_people_is_read_in_one_pass() {
    let mut people = String::from("slug,name,language,role,site\n");
    (0..50_000).for_each(|i| people += &format!("person-{i},Person {i},en,staff,quay\n"));
    people += "last,Last,en,staff,key\n";
    assert_eq!(found(&[("people.csv", &people)]), ["people.csv:50002:20: there is no site ‘key’"]);
}

#[test]
fn whatever_is_broken_in_the_sample_the_reader_answers_in_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    let sample = frontline_content::folder::read(&root, &Notes::default());
    let mut seed: u64 = 7;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let scraps = ["", "\n", "---\n", ": ", "- ", "\"", "{", "[flip]\n", ",", "\u{202e}", "\0", "&a ", "~", "99999999999999999999", "\t"];
    let (mut broken, mut good, rounds) = (0, 0, 400);
    for _ in 0..rounds {
        let mut files = sample.files.clone();
        let name = files.keys().nth(next(files.len())).unwrap().clone();
        let text = &files[&name];
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let (at, c) = chars[next(chars.len())];
        let cut = text[at + c.len_utf8() * next(2)..].to_owned();
        let changed = format!("{}{}{cut}", &text[..at], scraps[next(scraps.len())]);
        files.insert(name, changed);
        let notes = Notes::default();
        let bundle = frontline_content::check::read(&Folder { files, ..Folder::default() }, &notes);
        match (bundle, notes.into_sorted()) {
            (Some(bundle), findings) if findings.is_empty() => {
                good += 1;
                assert_eq!(bundle.verify(), Ok(()));
            }
            (_, findings) => {
                broken += 1;
                assert!(!findings.is_empty(), "what can't be used has a finding");
                assert!(findings.iter().all(|f| f.line >= 1 && f.column >= 1 && !f.message.is_empty()));
            }
        }
    }
    println!("seed 7: {rounds} broken samples, {broken} with findings, {good} still good");
}
