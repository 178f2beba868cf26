//! Photos beside answers: each edit adds one of its own, anybody takes one back, nobody replaces one.

use super::super::people::*;
use super::super::*;
use crate::form::item::Evidence;
use crate::form::{Form, Value};
use crate::{BlobHash, CaptureId};

fn with_photos() -> Form {
    let mut form = form();
    form.sections[0].items[0].evidence = Some(Evidence { photos_min: 0, photos_max: 2, live_camera_only: false });
    form
}
fn photo(n: u8) -> Value {
    Value::Photos(vec![BlobHash::from_bytes([n; 32])])
}

/// Puts this value under the evidence that `edit` added; none: a piece of its own.
fn adds(who: &mut At, edit: Option<CaptureId>, value: Value) -> (AnswerKey, Made) {
    let (answer, heads) = (who.an_answer(value), who.run.heads());
    let key = AnswerKey { evidence: Some(edit.unwrap_or(answer.intent)), ..key("door") };
    let made = who.run.answer(who.actor(), &heads, &key, &answer).expect("an answer");
    (key, made)
}
fn shown(run: &Run) -> Vec<Value> {
    run.evidence().into_iter().flat_map(|piece| piece.answers).map(|a| a.value).collect()
}

#[test]
fn two_people_who_add_a_photo_at_once_both_did_and_what_one_takes_back_is_gone() {
    let form = with_photos();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let (hers, added) = adds(&mut ana, None, photo(1));
    let (_, his) = adds(&mut ben, None, photo(2));
    ana.takes(&his, ben.author(&form));
    ben.takes(&added, ana.author(&form));
    assert_eq!(shown(&ana.run), [photo(1), photo(2)]);
    assert_eq!(shown(&ben.run), shown(&ana.run));
    assert!(ana.run.standings().is_empty(), "a photo is no answer");
    let with_both = ana.run.answers_hash();

    let (_, back) = adds(&mut ben, hers.evidence, Value::Photos(Vec::new()));
    // Whoever says at the same time that it stays does not bring it back.
    let (_, again) = adds(&mut ana, hers.evidence, photo(1));
    ana.takes(&back, ben.author(&form));
    assert_eq!(shown(&ana.run), [photo(2)]);
    assert_ne!(ana.run.answers_hash(), with_both, "what is signed covers the photos that are shown");
    assert!(ben.run.check(&again.change, &ana.author(&form)).is_err(), "it puts a photo in the place of an edit that was another");
}

#[test]
fn nobody_puts_a_photo_in_the_place_of_another_edits_and_anybody_takes_it_back() {
    let form = with_photos();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let (hers, added) = adds(&mut ana, None, photo(1));
    assert!(Run::new(RUN).check(&added.change, &ana.author(&form)).is_ok(), "her own edit");
    ben.takes(&added, ana.author(&form));
    let before = ben.run.save();
    let (_, other) = adds(&mut ben, hers.evidence, photo(3));
    assert!(matches!(ana.run.check(&other.change, &ben.author(&form)), Err(Refusal::Unsound(_))));
    ben.run = Run::load(RUN, &before).expect("a run");
    let (_, back) = adds(&mut ben, hers.evidence, Value::Photos(Vec::new()));
    ana.takes(&back, ben.author(&form));
    assert!(shown(&ana.run).is_empty());
}

#[test]
fn a_recording_stands_beside_an_answer_that_asks_for_nothing_and_is_taken_back_as_one() {
    let form = form();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let sound = |n| Value::Files(vec![BlobHash::from_bytes([n; 32])]);
    let without = ana.run.answers_hash();
    let (hers, added) = adds(&mut ana, None, sound(1));
    assert_ne!(ana.run.answers_hash(), without, "what is signed covers it");
    ben.takes(&added, ana.author(&form));
    assert_eq!(shown(&ben.run), [sound(1)]);
    // The item asks for no photo, and pieces come one at a time.
    for refused in [photo(2), Value::Files(vec![BlobHash::from_bytes([3; 32]), BlobHash::from_bytes([4; 32])])] {
        let mut cleo = At::new(3);
        let (_, made) = adds(&mut cleo, None, refused);
        assert!(ana.run.check(&made.change, &cleo.author(&form)).is_err());
    }
    let (_, back) = adds(&mut ben, hers.evidence, Value::Files(Vec::new()));
    ana.takes(&back, ben.author(&form));
    assert!(shown(&ana.run).is_empty());
    assert_eq!(ana.run.answers_hash(), without);
}
