#[path = "evidence_tests.rs"]
mod evidence;

use std::collections::BTreeSet;

use super::people::*;
use super::*;
use crate::form::Value;

#[test]
fn an_answer_given_on_two_phones_keeps_both_values_until_somebody_picks() {
    let form = form();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let (from_ana, from_ben) = (ana.author(&form), ben.author(&form));
    let a = ana.answers("till", "100");
    let b = ben.answers("till", "120");
    ana.takes(&b, from_ben);
    ben.takes(&a, from_ana);
    assert_eq!(values(&ana.run.standing(&key("till"))), ["100", "120"]);
    assert!(ana.run.standing(&key("till")).is_clash());
    assert_eq!(ana.run.answers_hash(), ben.run.answers_hash());

    let heads = ben.run.heads();
    let pick = Answer { settles: true, ..ben.an_answer(Value::Text("120".into())) };
    let settled = ben.run.answer(ben.actor(), &heads, &key("till"), &pick).expect("settled");
    ana.takes(&settled, from_ben);
    assert_eq!(values(&ana.run.standing(&key("till"))), ["120"]);
    let history = ana.run.history();
    assert_eq!(history.len(), 3);
    assert_eq!(history.iter().map(|l| l.stands).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(history[2].replaced.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&a.hash, &b.hash]));
}

#[test]
fn a_value_that_arrived_unseen_is_not_overwritten() {
    let form = form();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let (from_ana, from_ben) = (ana.author(&form), ben.author(&form));
    let first = ana.answers("till", "100");
    ben.takes(&first, from_ana);
    let screen = ana.run.heads();
    let b = ben.answers("till", "120");
    ana.takes(&b, from_ben);
    let again = ana.answers_having_seen(&screen, "till", "101");
    assert_eq!(values(&ana.run.standing(&key("till"))), ["101", "120"]);
    ben.takes(&again, from_ana);
    assert_eq!(ana.run.standings(), ben.run.standings());
    assert_eq!(values(&ana.run.standings_at(&screen)[0]), ["100"]);
    // Twice more from the old screen: each derives one more actor at most, and all are taken.
    for value in ["102", "103"] {
        let more = ana.answers_having_seen(&screen, "till", value);
        ben.takes(&more, from_ana);
    }
    assert_eq!(ana.run.answers_hash(), ben.run.answers_hash());
}

#[test]
fn a_saved_run_opens_as_it_was() {
    let mut ana = At::new(1);
    for n in 0..20 {
        ana.answers(if n % 2 == 0 { "till" } else { "door" }, &n.to_string());
    }
    let again = Run::load(RUN, &ana.run.save()).expect("a run");
    assert_eq!((again.heads(), again.standings(), again.history()), (ana.run.heads(), ana.run.standings(), ana.run.history()));
    assert_eq!(again.change_count(), 20);
    assert!(Run::load(RUN, b"not a run").is_err());
}

#[test]
fn the_same_answer_given_again_is_the_change_that_gave_it() {
    let mut ana = At::new(1);
    let answer = ana.an_answer(Value::Text("100".into()));
    let nothing = Heads::default();
    let once = ana.run.answer(ana.actor(), &nothing, &key("till"), &answer).expect("an answer");
    let twice = ana.run.answer(ana.actor(), &nothing, &key("till"), &answer).expect("an answer");
    assert_eq!(once, twice);
    assert_eq!(ana.run.change_count(), 1);
}

#[test]
fn the_body_of_a_change_reads_back_as_it_was_written_and_to_the_byte() {
    let body = RunChanged {
        run: RUN,
        nonce: [5; 16].into(),
        procedure: crate::ReleaseHash::from_bytes([6; 32]),
        intent: crate::CaptureId::from_bytes([7; 16]),
        change: vec![1, 2, 3].into(),
        asset: None,
    };
    let bytes = body.encode();
    assert_eq!(RunChanged::decode(&bytes), Ok(body.clone()));
    let about = RunChanged { asset: Some("milk-fridge".parse().expect("a slug")), ..body };
    assert_eq!(RunChanged::decode(&about.encode()), Ok(about));
    assert!(!bytes.windows(5).any(|w| w == b"asset"), "of no asset it has the bytes that it had before there were any");
    assert!(RunChanged::decode(&bytes[..bytes.len() - 1]).is_err());
    assert!(RunChanged::decode(&[&bytes[..], &[0]].concat()).is_err(), "nothing may follow it");
}

#[test]
fn an_empty_text_takes_an_answer_back_and_what_nobody_said_is_no_answer() {
    let mut ana = At::new(1);
    assert!(!ana.run.standing(&key("till")).is_answered(), "nobody said anything");
    ana.answers("till", "100");
    assert!(ana.run.standing(&key("till")).is_answered());
    ana.answers("till", "");
    let standing = ana.run.standing(&key("till"));
    assert!(!standing.is_answered() && standing.answers.len() == 1, "it was taken back, and that is known");
}

#[test]
fn a_run_that_is_saved_by_what_each_answer_adds_opens_as_it_is() {
    let mut ana = At::new(1);
    let (mut saved, mut heads, mut whole, mut old) = (Vec::new(), Heads::default(), 0, Heads::default());
    for n in 0..100 {
        // Now and then on a screen of before: two heads, and an actor more.
        if n % 7 == 3 {
            ana.answers_having_seen(&old.clone(), "till", &n.to_string());
            old = ana.run.heads();
        } else {
            ana.answers(if n % 2 == 0 { "till" } else { "door" }, &n.to_string());
        }
        let now = ana.run.save_after(&saved, &heads);
        whole += usize::from(!now.starts_with(&saved) || saved.is_empty());
        (saved, heads) = (now, ana.run.heads());
        let read = Run::load(RUN, &saved).expect("it opens");
        assert_eq!((read.heads(), read.standings(), read.change_count()), (heads.clone(), ana.run.standings(), n + 1), "after {n}");
    }
    assert_eq!(whole, 7, "the first, and each sixteenth");
    // However many come at once.
    let mut whole = 0;
    for batch in 0..20 {
        (0..5).for_each(|n| drop(ana.answers("till", &format!("{batch} {n}"))));
        let now = ana.run.save_after(&saved, &heads);
        whole += usize::from(!now.starts_with(&saved));
        (saved, heads) = (now, ana.run.heads());
        assert_eq!(Run::load(RUN, &saved).expect("it opens").heads(), heads);
    }
    assert_eq!(whole, 6, "of a hundred more");
    assert!(Run::load(RUN, &saved[..saved.len() - 1]).is_err(), "what is cut off is noticed");
    // From what this run does not come from it is written whole.
    let other = Heads::new([[9; 32]]);
    assert_eq!(ana.run.save_after(b"something else", &other), ana.run.save());
}
