//! Answers that are appended as one row each: what a screen shows of them, and what is made of them when somebody looks.

use std::collections::BTreeMap;

use frontline_domain::DocId;
use frontline_domain::form::{Expr, Raw, Rule, Then, expr};
use frontline_domain::release::Content;

use super::appended::{after_a_kill, frames, numbers};
use super::is_invalid;
use super::world::{ANA, BEN, Phone, World, procedure};
use crate::services::procedures::answer::{AnswerDraft, SettleDraft};
use crate::services::procedures::detail::RunDetail;
use crate::services::procedures::evidence::NoteDraft;
use crate::store::{dump, intents};

fn start(phone: &Phone) -> String {
    phone.core.procedures().start("opening-checks").unwrap()
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) {
    answer_seen(phone, run, item, value, None);
}
fn answer_seen(phone: &Phone, run: &str, item: &str, value: Raw, seen: Option<String>) {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value, seen }).unwrap();
}
fn temperature(phone: &Phone, run: &str, n: usize) {
    answer(phone, run, "fridge-temp", Raw::Number((n % 9).to_string()));
}
fn screen(phone: &Phone, run: &str) -> RunDetail {
    phone.core.procedures().screen(run).unwrap()
}
fn appended(phone: &Phone) -> usize {
    phone.core.inner.store.appended()
}
fn is_sound(phone: &Phone) {
    let check = phone.core.check().unwrap();
    assert!(check.problems.is_empty(), "{:?}", check.problems);
}
/// All that a store holds, as a rebuild leaves it and beside that.
fn held(phone: &Phone) -> (BTreeMap<&'static str, Vec<String>>, BTreeMap<String, dump::Rows>) {
    let mut held = phone.core.inner.read(|db| Ok((dump::projections(db)?, dump::kept(db)?))).unwrap();
    // Keys that a store draws for itself alone.
    held.1.remove("meta");
    held
}

#[test]
fn an_answer_writes_a_page_its_screen_has_it_at_once_and_lists_once_somebody_looks() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    temperature(&ana, &run, 0);
    let before = frames(&ana);
    for n in 1..=20 {
        temperature(&ana, &run, n);
        let shown = screen(&ana, &run);
        assert_eq!((shown.answered, shown.sections[1].items[0].answers.len()), (1, 1));
        assert_eq!(shown.sections[1].items[0].says.as_deref(), Some(format!("{} °C", n % 9).as_str()));
    }
    let written = frames(&ana) - before;
    assert!((20..=45).contains(&written), "{written} pages for 20 answers");
    assert_eq!(appended(&ana), 21, "a screen settles nothing");
    let row = ana.core.procedures().list(&Default::default()).unwrap().list.remove(0);
    assert_eq!((appended(&ana), row.answered, row.missing), (0, 1, 1));
    assert_eq!(numbers(&ana), (1..=21).collect::<Vec<_>>());
    assert_eq!(ana.core.procedures().history(&run).unwrap().len(), 21);
    is_sound(&ana);
}

/// The same story twice, on a phone that appends and on one that writes all at once: screens never differ, and what is in
/// the stores in the end does not either. Chance and time are the same on both.
#[test]
fn what_is_appended_comes_to_what_is_written_at_once() {
    let world = World::new();
    let mut noted = procedure();
    let Content::Procedure(checks) = &mut noted.content else { panic!("a procedure") };
    let when = Expr(expr::parse("fridge-temp > 4").unwrap().node);
    checks.form.sections[1].items[0].rules.push(Rule { when, then: vec![Then::Note] });
    world.publish(&noted);
    let (one, other) = (world.phone(10, &[ANA, BEN]), world.phone(10, &[ANA, BEN]));
    other.core.inner.store.append_nothing();
    let both = [&one, &other];
    let each = |f: &dyn Fn(&Phone) -> String| {
        let [a, b] = both.map(f);
        assert_eq!(a, b);
        a
    };
    let same = |run: &str| {
        let [a, b] = both.map(|phone| screen(phone, run));
        assert_eq!(a, b);
        a
    };
    let (first, second) = (each(&start), each(&start));
    world.wait(60_000);
    let empty = same(&first);
    let mut most = 0;
    for n in 0..40 {
        // Above 4 degrees something is to be put right, from then on until it is lower again.
        world.wait(1_000);
        let run = if n % 3 == 0 { &second } else { &first };
        each(&|phone| {
            temperature(phone, run, n);
            if n % 5 == 0 {
                phone
                    .core
                    .procedures()
                    .note(NoteDraft { run: run.clone(), item: "fridge-temp".into(), text: format!("note {n}") })
                    .unwrap();
            }
            if n % 7 == 0 {
                answer(phone, run, &format!("fridge-temp/{}", n % 3), Raw::Number("5".into()));
            }
            String::new()
        });
        assert_eq!(same(run).demands.is_empty(), screen(&other, run).demands.is_empty());
        same(&first);
        same(&second);
        most = most.max(appended(&one));
        if n == 20 {
            assert_eq!(held(&one), held(&other));
        }
    }
    assert!(most > 20, "{most}: it was appended");
    assert_eq!(appended(&other), 0);
    assert!(!same(&first).demands.is_empty() || !same(&second).demands.is_empty(), "something is to be put right");
    // Evidence taken back builds on what added it; what somebody answered who saw less is written at once.
    let note = same(&second).sections[1].items[0].notes[0].id.clone();
    each(&|phone| {
        phone.core.procedures().detach(&second, "fridge-temp", &note).unwrap();
        temperature(phone, &first, 3);
        answer_seen(phone, &first, "fridge-temp", Raw::Number("8".into()), Some(empty.seen.clone()));
        temperature(phone, &second, 3);
        String::new()
    });
    let clash = same(&first);
    assert_eq!(clash.clashes, ["fridge-temp"]);
    let pick = clash.sections[1].items[0].answers[0].id.clone();
    each(&|phone| {
        phone.core.procedures().settle(SettleDraft { run: first.clone(), item: "fridge-temp".into(), pick: pick.clone() }).unwrap()
    });
    each(&|phone| {
        phone.core.people().use_person("ben").unwrap();
        temperature(phone, &first, 2);
        format!("{}", phone.core.procedures().submit(&first).is_ok())
    });
    assert!(same(&first).clashes.is_empty());
    assert_eq!(held(&one), held(&other));
    both.iter().for_each(|one| is_sound(one));
}

#[test]
fn a_kill_takes_no_answer_and_the_next_one_builds_on_those_before_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    (0..5).for_each(|n| temperature(&ana, &run, n));
    let shown = screen(&ana, &run);
    assert_eq!(appended(&ana), 5, "somebody looked: this shows nothing");
    let (_kept, again) = after_a_kill(&ana);
    assert_eq!(screen(&again, &run), shown);
    temperature(&again, &run, 7);
    assert_eq!(numbers(&again), (1..=6).collect::<Vec<_>>());
    assert!(screen(&again, &run).clashes.is_empty());
    let lines = again.core.procedures().history(&run).unwrap();
    assert_eq!(lines.iter().filter(|line| line.stands == Some(true)).count(), 1);
    is_sound(&again);
}

/// Nothing of the other one's is in this one's memory: each answers what stands.
#[test]
fn two_programs_with_one_store_answer_one_run_and_see_each_other() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let other = Phone { core: ana.open_at(ana.dir.path()), dir: tempfile::tempdir().unwrap(), seed: 11, clock: ana.clock.clone() };
    let run = start(&ana);
    for n in 0..6 {
        temperature(&ana, &run, n);
        assert_eq!(screen(&other, &run), screen(&ana, &run));
        temperature(&other, &run, n + 1);
        assert_eq!(screen(&other, &run), screen(&ana, &run));
    }
    assert_eq!(appended(&ana), 12);
    assert_eq!(other.core.procedures().list(&Default::default()).unwrap().list[0].answered, 1);
    assert_eq!(appended(&ana), 0);
    assert!(screen(&ana, &run).clashes.is_empty());
    assert_eq!(numbers(&ana), (1..=12).collect::<Vec<_>>());
    is_sound(&ana);
}

#[test]
fn an_answer_that_is_refused_or_not_committed_leaves_the_run_as_it_was() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    (0..3).for_each(|n| temperature(&ana, &run, n));
    let shown = screen(&ana, &run);
    let wrong =
        |item: &str, value: Raw, seen| ana.core.procedures().answer(AnswerDraft { run: run.clone(), item: item.into(), value, seen });
    is_invalid(wrong("fridge-temp", Raw::Number("99".into()), None), "fridge-temp", "max");
    // It was settled on the way to finding that out, and is as it was.
    is_invalid(wrong("fridge-temp", Raw::Number("9".into()), Some("ab".repeat(32))), "seen", "known");
    assert_eq!((appended(&ana), screen(&ana, &run)), (3, shown));
    let thrown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ana.core.inner.append(|pen| -> Result<(), crate::error::Fault> {
            let opened = crate::services::procedures::answer::writable(pen, &run)?;
            drop(opened);
            panic!("amid it")
        })
    }));
    assert!(thrown.is_err());
    temperature(&ana, &run, 4);
    assert_eq!(numbers(&ana), (1..=4).collect::<Vec<_>>());
    assert!(screen(&ana, &run).clashes.is_empty());
    is_sound(&ana);
}

/// What is refused later takes with it what builds on it: which edits these are is known of appended ones, too.
#[test]
fn an_appended_edit_says_what_it_saw_and_builds_on() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    answer(&ana, &run, "door", Raw::Bool(true));
    temperature(&ana, &run, 1);
    temperature(&ana, &run, 2);
    let seen = screen(&ana, &run).seen;
    assert_eq!(appended(&ana), 3);
    let id: DocId = run.parse().unwrap();
    let edits = ana.core.inner.read(|db| Ok(intents::of(db, id)?)).unwrap();
    let builds_on: Vec<_> = edits.iter().map(|edit| edit.builds_on.clone()).collect();
    assert_eq!(builds_on, [vec![], vec![], vec![edits[1].id]]);
    assert!(edits[0].seen.is_empty());
    let changes: Vec<_> = edits.iter().map(|edit| edit.change).collect();
    assert_eq!(edits[1].seen.iter().collect::<Vec<_>>(), [changes[0]]);
    assert_eq!(edits[2].seen.iter().collect::<Vec<_>>(), [changes[1]]);
    assert_eq!(seen, frontline_protocol::sign::hex(&changes[2]));
}
