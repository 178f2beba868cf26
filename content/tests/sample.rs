//! The sample company is what the demo, the stories and newcomers stand on: it must always check clean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use frontline_content::{Bundle, Part, check};
use frontline_domain::form::NaRule;
use frontline_domain::release::{Card, Content, Release};
use frontline_domain::{Lang, Text};

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
    println!("{}", bundle.counts());
    assert_eq!(bundle.verify(), Ok(()));
    let count = |part| bundle.items().iter().filter(|i| i.part == part).count();
    assert_eq!(bundle.sites.len(), 3);
    assert!((28..=36).contains(&bundle.people.len()));
    assert_eq!((count(Part::Procedure), count(Part::Survey), count(Part::Module), count(Part::Reasons)), (4, 2, 2, 1));
    assert!(count(Part::Announcement) >= 1 && count(Part::Article) >= 1 && count(Part::Assignment) >= 6);
    for site in &bundle.sites {
        assert!(bundle.touchpoints.iter().filter(|t| t.site == site.slug).count() >= 2, "{}", site.slug);
        let zone = bundle.zone_of(&frontline_content::Assignee::Site(site.slug.clone()));
        assert_eq!(zone, Some(site.zone.as_str()));
    }
    assert!(bundle.touchpoints.iter().any(|t| t.slug.as_str() == "harbour-front-desk"));
}

#[test]
fn its_procedures_show_every_kind_of_item_and_every_rule_of_not_applicable() {
    let bundle = harbour();
    let (mut kinds, mut rules, mut sizes) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    for release in &bundle.releases {
        let Content::Procedure(procedure) = &release.content else { continue };
        sizes.push(procedure.form.items().count());
        for item in procedure.form.items() {
            *kinds.entry(item.kind.name()).or_insert(0) += 1;
            rules.insert(match item.na {
                NaRule::No => "no",
                NaRule::Yes => "yes",
                NaRule::WithReason => "with-reason",
            });
        }
    }
    println!("items by kind: {kinds:?}, procedures of {sizes:?} items");
    let want = ["note", "text", "long-text", "number", "boolean", "pass-fail", "choice", "multi-choice", "rating", "date", "time"];
    assert!(want.iter().all(|kind| kinds.contains_key(kind)), "{kinds:?}");
    assert_eq!(rules.len(), 3);
    assert!(sizes.iter().all(|n| (8..=40).contains(n)) && sizes.contains(&8) && sizes.contains(&40), "{sizes:?}");
}

#[test]
fn everything_that_people_read_is_there_in_english_and_arabic() {
    let bundle = harbour();
    let ar: Lang = "ar".parse().unwrap();
    let mut count = 0;
    let mut both = |text: &Text| {
        count += 1;
        let arabic = text.by.get(&ar).unwrap_or_else(|| panic!("no Arabic: {:?}", text.by));
        assert!(arabic.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{arabic}");
        assert!(!text.resolve(&ar, &[]).stale);
    };
    bundle.sites.iter().for_each(|s| both(&s.name));
    bundle.touchpoints.iter().for_each(|t| both(&t.name));
    bundle.releases.iter().for_each(|r| texts(r, &mut both));
    println!("{count} texts in both languages");
    assert!(count > 200);
}

#[test]
fn its_quizzes_ask_in_every_way_and_their_own_answers_pass_them() {
    let bundle = harbour();
    let (mut kinds, mut quizzes) = (BTreeSet::new(), 0);
    for release in &bundle.releases {
        let Content::Module(module) = &release.content else { continue };
        let quiz = module.quiz.as_ref().expect("each module has a quiz");
        kinds.extend(quiz.form.items().map(|i| i.kind.name()));
        let right = quiz.questions().filter_map(|i| Some((i.slug.clone(), i.answer_key.as_ref()?.value.clone()))).collect();
        let graded = frontline_domain::quiz::grade(quiz, &right);
        assert!(graded.passed && graded.points == graded.of && graded.of > 0);
        quizzes += 1;
    }
    assert_eq!(quizzes, 2);
    assert_eq!(kinds, BTreeSet::from(["boolean", "choice", "multi-choice", "note", "number"]));
}

fn texts(release: &Release, both: &mut impl FnMut(&Text)) {
    // A list is called by its name, in one language.
    if release.kind() != "list" {
        both(&release.title);
    }
    let form = match &release.content {
        Content::Procedure(p) => Some(&p.form),
        Content::Survey(s) => {
            both(&s.thank_you);
            s.reasons.iter().for_each(|r| both(&r.label));
            Some(&s.form)
        }
        Content::Announcement(a) => {
            both(&a.body);
            None
        }
        Content::Article(a) => {
            both(&a.body);
            None
        }
        Content::List(_) | Content::Rows(_) | Content::Draft(_) => None,
        Content::Reasons(tree) => {
            tree.reasons.iter().for_each(|f| {
                both(&f.label);
                f.reasons.iter().for_each(|r| both(&r.label));
            });
            tree.outcomes.iter().for_each(|o| both(&o.label));
            tree.channels.iter().for_each(|c| both(&c.label));
            None
        }
        Content::Module(module) => {
            for lesson in &module.lessons {
                both(&lesson.title);
                for card in &lesson.cards {
                    match card {
                        Card::Text(text) => both(text),
                        Card::Takeaways(list) => list.iter().for_each(&mut *both),
                        Card::Flip { front, back } => {
                            both(front);
                            both(back);
                        }
                        Card::Image { alt, .. } | Card::Video { alt, .. } => both(alt),
                    }
                }
            }
            module.quiz.as_ref().map(|q| &q.form)
        }
    };
    for section in form.into_iter().flat_map(|f| &f.sections) {
        both(&section.label);
        for item in &section.items {
            both(&item.label);
            item.help.iter().for_each(&mut *both);
            item.kind.answers().choices().iter().chain(item.kind.answers().rows()).for_each(|c| both(&c.label));
            item.answer_key.iter().filter_map(|key| key.why.as_ref()).for_each(&mut *both);
        }
    }
}

#[test]
fn bytes_out_equal_bytes_in_and_reading_twice_gives_the_same_hashes() {
    let bundle = harbour();
    let bytes = bundle.encode();
    let again = Bundle::decode(&bytes).unwrap();
    assert_eq!(again, bundle);
    assert_eq!(again.encode(), bytes);
    assert_eq!(harbour().items(), bundle.items());
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(Bundle::decode(&longer).is_err());
    for cut in (0..bytes.len()).step_by(97) {
        assert!(Bundle::decode(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for release in &bundle.releases {
        assert_eq!(Release::decode(&release.encode()).as_ref(), Ok(release));
    }
}
