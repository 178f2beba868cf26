//! Bytes that nobody's honest build writes: whatever they are, the judge answers, and what it lets through
//! leaves a run that saves, opens and reads the same.

use automerge::Change;
use proptest::prelude::*;

use super::people::*;
use super::*;
use crate::form::Form;

/// A run with a clash in it, and Ben's next three changes.
fn scene(form: &Form) -> (Run, At, Vec<Made>) {
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let first = ana.answers("till", "100");
    let other = ben.answers("till", "110");
    ben.takes(&first, ana.author(form));
    let mut here = ben.run.clone();
    let screen = ben.run.heads();
    let made = vec![ben.answers("till", "120"), ben.answers("till", &"long ".repeat(40)), ben.answers_having_seen(&screen, "till", "121")];
    assert!(here.has(&other.hash));
    for one in &made[..1] {
        let checked = here.check(&one.change, &ben.author(form)).expect("sound");
        here.apply(checked).expect("applied");
    }
    (here, ben, made)
}

/// Bytes of which automerge reads no change without a panic, or reads for ever, end at the outline: the guard
/// around it is the second net, and nothing falls into it here.
fn falls_into_the_second_net(bytes: &[u8]) -> bool {
    outline::outline(bytes).is_ok() && guard(|| Change::from_bytes(bytes.to_vec()).map(|c| Change::from(c.decode()).hash())).is_err()
}

/// Gives tampered bytes the checksum that they would need; automerge tells their hash without asking for it.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    // Only where the outline is right: else this test would hang where the judge does not.
    if outline::outline(&bytes).is_ok()
        && let Ok(Ok(change)) = guard(|| Change::from_bytes(bytes.clone()))
    {
        bytes[4..8].copy_from_slice(&change.hash().0[..4]);
    }
    bytes
}

fn lets_through_only_what_is_sound(here: &Run, bytes: &[u8], author: &Author<'_>, originals: &[Made]) -> Result<bool, TestCaseError> {
    let Ok(checked) = here.check(bytes, author) else { return Ok(false) };
    let (key, answer, known, hash) = (checked.key().clone(), checked.answer().clone(), checked.is_known(), checked.hash());
    let original = originals.iter().any(|m| m.change == bytes);
    prop_assert_eq!(original, originals.iter().any(|m| m.hash == hash));
    prop_assert_eq!(answer.by, author.person);
    let stood = here.standings_at(&Heads::new(checked.deps()));
    let seen: Vec<Answer> = stood.into_iter().filter(|s| s.key == key).flat_map(|s| s.answers).collect();
    let mut run = here.clone();
    run.apply(checked).expect("what was let through is applied");
    prop_assert_eq!(run.change_count(), here.change_count() + usize::from(!known));
    let now = run.standing(&key).answers;
    prop_assert!(known || now.contains(&answer));
    for lost in here.standing(&key).answers.iter().filter(|a| !now.contains(a)) {
        prop_assert!(seen.contains(lost), "a value disappeared unseen");
    }
    let again = Run::load(RUN, &run.save()).expect("it opens again");
    prop_assert_eq!((again.heads(), again.history()), (run.heads(), run.history()));
    Ok(true)
}

proptest! {
    #[test]
    fn any_bytes_at_all_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let form = form();
        let (here, ben, _) = scene(&form);
        prop_assert!(here.check(&bytes, &ben.author(&form)).is_err());
        prop_assert!(here.missing(&bytes).is_err());
        prop_assert!(Run::load(RUN, &bytes).is_err() || bytes.is_empty());
    }

    #[test]
    fn tampered_bytes_without_their_checksum_are_never_taken(
        which in 0..3usize, at in any::<prop::sample::Index>(), to in any::<u8>(),
    ) {
        let form = form();
        let (here, ben, made) = scene(&form);
        let mut bytes = made[which].change.clone();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        prop_assert!(here.check(&bytes, &ben.author(&form)).is_err());
    }

    #[test]
    fn tampered_bytes_with_their_checksum_are_taken_only_if_they_are_sound(
        which in 0..3usize,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), Just(0), Just(1), Just(0x7f), Just(0xff)], 0..3u8), 1..4),
    ) {
        let form = form();
        let (here, ben, made) = scene(&form);
        let mut bytes = made[which].change.clone();
        for (at, to, how) in edits {
            // Behind the header, so that the length still fits when bytes are swapped, and not when they are not.
            let at = 10 + at.index(bytes.len() - 10);
            match how {
                0 => bytes[at] = to,
                1 => bytes[at] ^= 1 << (to % 8),
                _ => { let other = 10 + usize::from(to) % (bytes.len() - 10); bytes.swap(at, other); }
            }
        }
        prop_assert!(!falls_into_the_second_net(&bytes));
        let bytes = with_checksum(bytes);
        lets_through_only_what_is_sound(&here, &bytes, &ben.author(&form), &made)?;
    }

    #[test]
    fn a_saved_run_that_was_damaged_opens_as_something_or_not_at_all(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let form = form();
        let (here, ..) = scene(&form);
        let mut saved = here.save();
        let at = at.index(saved.len());
        saved[at] = to;
        if let Ok(run) = Run::load(RUN, &saved) {
            let _ = (run.standings(), run.history(), run.answers_hash());
        }
    }
}

#[test]
fn the_tampering_reaches_past_the_encoding() {
    // A tampering that keeps the encoding sound is taken: the tests above do not pass for want of trying.
    let form = form();
    let (here, ben, made) = scene(&form);
    let mut bytes = made[1].change.clone();
    let at = bytes.windows(4).rposition(|w| w == b"long").expect("the words");
    bytes[at] = b'L';
    let bytes = with_checksum(bytes);
    assert!(lets_through_only_what_is_sound(&here, &bytes, &ben.author(&form), &made).expect("holds"));
}
