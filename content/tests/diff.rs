//! What a push would do is said before it is done, and pushing the same again does nothing.

mod kit;

use frontline_content::bundle::release_fingerprint;
use frontline_content::{Assignee, Bundle, Due, Part, Plan, Published, Stage, What, diff, lines, procedure_lines};
use frontline_domain::ReleaseHash;
use frontline_domain::form::{Expr, Form, Rule, Then, expr, limits};
use frontline_domain::release::Content;
use kit::bundle;

const OPENING: &str = "procedures/opening.yaml";
const CHANGED: &str = "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: All lights\n";

fn published(bundle: &Bundle, open: impl Fn(Part) -> u64) -> Vec<Published> {
    bundle.items().into_iter().map(|i| Published { open: open(i.part), part: i.part, key: i.key, fingerprint: i.fingerprint }).collect()
}

#[test]
fn a_first_push_adds_everything_and_the_same_again_changes_nothing() {
    let one = bundle(&[]);
    let plan = diff(&[], &one);
    assert_eq!((plan.count(What::Added), plan.changes.len()), (9, 9));
    assert_eq!(plan.changes[0].part, Part::Organisation);
    assert_eq!(plan.changes.last().map(|c| c.part), Some(Part::Assignment), "what refers comes after what it refers to");
    let again = diff(&published(&one, |_| 3), &bundle(&[]));
    assert!(again.is_empty() && again.changes.iter().all(|c| c.effect.is_empty()));
    assert_eq!(again.to_string(), "nothing to publish: 0 added, 0 changed, 0 withdrawn, 9 unchanged");
}

#[test]
fn a_changed_procedure_says_what_becomes_of_its_open_runs() {
    let line = |open| {
        let plan = diff(&published(&bundle(&[]), |_| open), &bundle(&[(OPENING, CHANGED)]));
        assert_eq!(plan.to_do().count(), 1);
        plan.to_string().lines().next().unwrap().to_owned()
    };
    assert_eq!(line(0), "~ procedure opening: no run is open; new runs use this one");
    assert_eq!(line(1), "~ procedure opening: 1 open run stays on the version it began with; new runs use this one");
    assert_eq!(line(3), "~ procedure opening: 3 open runs stay on the version they began with; new runs use this one");
}

#[test]
fn what_the_folder_no_longer_has_is_withdrawn_after_what_refers_to_it() {
    let before = bundle(&[]);
    let after = bundle(&[
        ("modules/tea/module.yaml", ""),
        ("modules/tea/01-leaves.md", ""),
        ("touchpoints.yaml", ""),
        ("surveys/desk.yaml", ""),
        ("assignments.yaml", ""),
    ]);
    let plan = diff(&published(&before, |part| u64::from(part == Part::Module) * 2), &after);
    assert_eq!(
        plan.to_string(),
        "- assignment procedure opening to site quay: no longer asked for; what was done stays\n\
         - module tea: 2 people have begun it: open attempts stay on the version they began with; nobody new can open it\n\
         - touchpoint desk: asks no more; its responses stay in the figures\n\
         - survey desk: gone from lists; what refers to it still reads\n\
         would publish: 0 added, 0 changed, 4 withdrawn, 5 unchanged"
    );
    let done = Plan { stage: Stage::Published, ..plan };
    assert!(done.to_string().ends_with("\npublished: 0 added, 0 changed, 4 withdrawn, 5 unchanged"), "{done}");
}

#[test]
fn a_release_is_the_same_whatever_it_replaced() {
    let mut release = bundle(&[]).releases.remove(0);
    let before = release_fingerprint(&release);
    release.predecessor = Some(ReleaseHash::from_bytes([7; 32]));
    assert_eq!(release_fingerprint(&release), before);
}

#[test]
fn a_bundle_that_does_not_hold_together_is_refused_in_words() {
    let good = bundle(&[]);
    assert_eq!(good.verify(), Ok(()));
    let mut bad = good.clone();
    bad.touchpoints[0].survey = "nothing".parse().unwrap();
    bad.assignments[0].to = Assignee::Person("nobody".parse().unwrap());
    bad.people[0].grants.clear();
    bad.sites[0].zone = "Mars/Base".into();
    let twice = bad.sites[0].clone();
    bad.sites.push(twice);
    let reasons = bad.verify().unwrap_err();
    assert_eq!(
        reasons,
        [
            "site quay is there twice",
            "site quay has no known zone",
            "site quay has no known zone",
            "person ana has no role",
            "touchpoint desk asks an unknown survey",
            "the assignment of opening is to nobody known",
        ]
    );
}

#[test]
fn a_due_date_is_kept_as_written_until_the_push_and_read_in_the_calendar_of_whom_it_is_for() {
    let two_days = bundle(&[("assignments.yaml", "- module: tea\n  person: ben\n  due: +2d 18:00\n")]);
    let task = &two_days.assignments[0];
    assert_eq!(task.due, Due::InDays { days: 2, minute: 18 * 60 });
    assert_eq!(two_days.zone_of(&task.to), Some("Europe/London"), "those who work everywhere have the first site's calendar");
    let day = 24 * 3_600_000;
    let midsummer = 1_782_000_000_000 / day * day; // midnight in UTC, 01:00 in London
    assert_eq!(task.due.resolve(midsummer, "Europe/London"), Ok(midsummer + 2 * day + 17 * 3_600_000));
    assert!(diff(&published(&two_days, |_| 0), &two_days).is_empty(), "pushing again does not move it");
}

/// Changes the form of the one procedure.
fn with_form(change: fn(&mut Form)) -> Bundle {
    let mut one = bundle(&[]);
    for release in &mut one.releases {
        if let Content::Procedure(procedure) = &mut release.content {
            change(&mut procedure.form);
        }
    }
    one
}

#[test]
fn a_bundle_that_goes_beyond_the_limits_of_a_form_is_refused_whoever_made_it() {
    let beyond: [fn(&mut Form); 5] = [
        |form| form.sections[0].repeat = Some(limits::REPEATS + 1),
        |form| form.sections[0].weight = 0,
        |form| form.sections[0].items[0].weight = limits::POINTS + 1,
        |form| form.pass_mark = Some(101),
        |form| {
            let rule = Rule { when: Expr(expr::Node::True), then: vec![Then::FailSection] };
            form.sections[0].items[0].rules = vec![rule; limits::RULES + 1];
        },
    ];
    for change in beyond {
        let reasons = with_form(change).verify().unwrap_err();
        assert_eq!(reasons, ["procedure opening goes beyond the limits of a form: repeats, weights, points, pass mark or rules"]);
    }
    let reads_nothing = with_form(|form| form.sections[0].items[0].visible_if = Some(Expr(expr::parse("nowhere > 5").unwrap().node)));
    let reasons = reads_nothing.verify().unwrap_err();
    assert_eq!(
        reasons,
        [
            "procedure opening can't be filled: there is no item ‘nowhere’ in this form; a text or a choice stands in double quotes, \"nowhere\""
        ]
    );
}

#[test]
fn a_changed_procedure_is_told_beside_its_items() {
    let procedure = |b: &Bundle| b.releases.iter().find(|r| r.kind() == "procedure").unwrap().clone();
    let old = procedure(&bundle(&[]));
    assert_eq!(procedure_lines(&old, &old), [] as [String; 0]);
    let mut new = old.clone();
    new.title = frontline_domain::Text::plain("en".parse().unwrap(), "Another title");
    let Content::Procedure(changed) = &mut new.content else { panic!("a procedure") };
    changed.sign_off = frontline_domain::permission::Role::Admin.into();
    changed.form.pass_mark = Some(60);
    let told = procedure_lines(&old, &new);
    assert_eq!(told[1..], ["pass mark: 60 %, before none", "worded anew: its title"]);
    assert!(told[0].starts_with("signed off by: admin, before "), "{told:?}");
}

#[test]
fn a_changed_form_is_told_item_by_item() {
    let form = |b: &Bundle| {
        b.releases.iter().find_map(|r| if let Content::Procedure(p) = &r.content { Some(p.form.clone()) } else { None }).unwrap()
    };
    let (old, new) = (form(&bundle(&[])), form(&with_form(|form| form.sections[0].items[0].required = true)));
    let slug = &old.sections[0].items[0].slug;
    assert_eq!(lines(&old, &new), [format!("changed in meaning: {slug}")]);
    assert_eq!(lines(&old, &old), [] as [String; 0]);
}
