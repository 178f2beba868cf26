//! How long each answer of a run took, and what about the answers is hard to believe. Nothing of it refuses anything:
//! whoever reads a run sees it (`model.md`, anti-fabrication).

use std::collections::BTreeMap;

use super::{AnswerKey, HistoryLine};
use crate::clock::Moment;
use crate::{CaptureId, DeviceId, PersonId};

/// So many different items, one after another …
pub const STREAK: usize = 5;
/// … within so many milliseconds are more than somebody reads, looks at and taps. Chosen, not measured: a list that is
/// ticked without looking up goes at two to three items a second.
pub const STREAK_MS: u64 = 2_500;
/// The wall clock may differ by so much from the monotonic one, between two answers of one boot, before it was set.
pub const JUMP_MS: u64 = 120_000;
/// A break longer than this is no time that an item took.
pub const BREAK_MS: u64 = 3_600_000;

/// An answer, with who gave it where, in the order of the history.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    pub key: &'a AnswerKey,
    pub by: PersonId,
    pub device: DeviceId,
    pub moment: Moment,
}

/// What is hard to believe about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It is among [`STREAK`] items that were answered within [`STREAK_MS`].
    TooFast,
    /// The device's clock was set since its author's answer before.
    ClockSet,
}

/// What is known of one answer's time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// Milliseconds since the same person's answer before, on the same device, by its monotonic clock; none for the first,
    /// and after a break.
    pub took_ms: Option<u64>,
    pub doubts: Vec<Doubt>,
}

/// The pace of each, in the same order.
pub fn pace(given: &[Given<'_>]) -> Vec<Pace> {
    let mut out = vec![Pace::default(); given.len()];
    let mut hands: BTreeMap<(PersonId, DeviceId), Vec<usize>> = BTreeMap::new();
    for (n, one) in given.iter().enumerate() {
        hands.entry((one.by, one.device)).or_default().push(n);
    }
    for own in hands.into_values() {
        for pair in own.windows(2) {
            let (before, now) = (&given[pair[0]].moment, &given[pair[1]].moment);
            let took = now.since(before);
            out[pair[1]].took_ms = (took <= BREAK_MS).then_some(took);
            if before.boot == now.boot
                && now.wall_ms.saturating_sub(before.wall_ms).saturating_sub(by_monotonic(before, now)).unsigned_abs() > JUMP_MS
            {
                out[pair[1]].doubts.push(Doubt::ClockSet);
            }
        }
        for streak in own.windows(STREAK) {
            let (first, last) = (&given[streak[0]], &given[streak[STREAK - 1]]);
            // Several photos chosen for one item are one tap.
            let item = |n: usize| (&given[n].key.item, given[n].key.instance);
            let different = |n: &usize| streak.iter().filter(|m| item(**m) == item(*n)).count() == 1;
            if last.moment.since(&first.moment) <= STREAK_MS && streak.iter().all(different) {
                for n in streak {
                    if !out[*n].doubts.contains(&Doubt::TooFast) {
                        out[*n].doubts.insert(0, Doubt::TooFast);
                    }
                }
            }
        }
    }
    out
}

/// Which device made each edit, and when: what the headers of a run's entries say.
pub type Clocks = BTreeMap<CaptureId, (DeviceId, Moment)>;

/// The pace of each line of a history, in its order. An edit that `made` does not know (its entry has left the phone, and
/// the document alone has it) has no time and no doubts.
pub fn of_history(history: &[HistoryLine], made: &Clocks) -> Vec<Pace> {
    let known = |line: &HistoryLine| made.get(&line.answer.intent).copied();
    let given = history.iter().filter_map(|line| {
        let (device, moment) = known(line)?;
        Some(Given { key: &line.key, by: line.answer.by, device, moment })
    });
    let mut paces = pace(&given.collect::<Vec<_>>()).into_iter();
    history.iter().map(|line| known(line).and_then(|_| paces.next()).unwrap_or_default()).collect()
}

/// What the paces of a run come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// How long people answered, all together, without the time before each one's first answer and without breaks.
    pub took_ms: u64,
    /// Answers that were given faster than somebody looks.
    pub too_fast: u32,
    /// Answers before which a clock was set.
    pub clock_set: u32,
    /// Answers of which either is so.
    pub doubted: u32,
}

impl Sum {
    /// Of these.
    pub fn of(paces: &[Pace]) -> Self {
        let count = |is: &dyn Fn(&Pace) -> bool| u32::try_from(paces.iter().filter(|one| is(one)).count()).unwrap_or(u32::MAX);
        Self {
            took_ms: paces.iter().filter_map(|one| one.took_ms).fold(0, u64::saturating_add),
            too_fast: count(&|one| one.doubts.contains(&Doubt::TooFast)),
            clock_set: count(&|one| one.doubts.contains(&Doubt::ClockSet)),
            doubted: count(&|one| !one.doubts.is_empty()),
        }
    }
}

fn by_monotonic(before: &Moment, now: &Moment) -> i64 {
    i64::try_from(now.mono_ms).unwrap_or(i64::MAX).saturating_sub(i64::try_from(before.mono_ms).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CaptureId;

    fn key(n: usize) -> AnswerKey {
        AnswerKey::of(format!("item-{n}").parse().unwrap(), 0)
    }
    fn at(mono_ms: u64, wall_ms: i64) -> Moment {
        Moment { wall_ms, offset_min: 0, mono_ms, boot: 1, server_offset_ms: None }
    }
    fn of(keys: &[AnswerKey], times: &[(u8, u64, i64)]) -> Vec<Pace> {
        let device = DeviceId::from_bytes([9; 16]);
        let given = keys.iter().zip(times).map(|(key, (by, mono, wall))| {
            let by = PersonId::from_bytes([*by; 16]);
            Given { key, by, device, moment: at(*mono, *wall) }
        });
        pace(&given.collect::<Vec<_>>())
    }

    #[test]
    fn an_item_took_the_time_since_the_same_persons_answer_before() {
        let keys: Vec<AnswerKey> = (0..4).map(key).collect();
        let paces = of(&keys, &[(1, 0, 0), (2, 5_000, 5_000), (1, 20_000, 20_000), (1, 9_000_000, 9_000_000)]);
        assert_eq!(paces.iter().map(|p| p.took_ms).collect::<Vec<_>>(), [None, None, Some(20_000), None], "the last after a break");
        assert!(paces.iter().all(|p| p.doubts.is_empty()));
    }

    #[test]
    fn five_items_in_two_seconds_are_too_fast_and_one_that_is_answered_again_and_again_is_not() {
        let keys: Vec<AnswerKey> = (0..6).map(key).collect();
        let fast: Vec<(u8, u64, i64)> = (0..6).map(|n| (1, n * 500, i64::try_from(n * 500).unwrap())).collect();
        assert!(of(&keys, &fast).iter().all(|p| p.doubts == [Doubt::TooFast]));
        let calm: Vec<(u8, u64, i64)> = fast.iter().map(|(by, mono, wall)| (*by, mono * 3, wall * 3)).collect();
        assert!(of(&keys, &calm).iter().all(|p| p.doubts.is_empty()));
        let counter = vec![key(1); 6];
        assert!(of(&counter, &fast).iter().all(|p| p.doubts.is_empty()), "a counter that is tapped up");
        let photos: Vec<AnswerKey> = (0..6).map(|n| AnswerKey { evidence: Some(CaptureId::from_bytes([n; 16])), ..key(1) }).collect();
        assert!(of(&photos, &fast).iter().all(|p| p.doubts.is_empty()), "photos of one item, chosen at once");
        let two_people: Vec<(u8, u64, i64)> =
            fast.iter().map(|(_, mono, wall)| (u8::try_from(*mono % 1_000 / 500).unwrap(), *mono, *wall)).collect();
        assert!(of(&keys, &two_people).iter().all(|p| p.doubts.is_empty()), "two who work at once");
    }

    #[test]
    fn a_run_took_what_its_answers_took_and_each_doubted_answer_is_counted_once() {
        let doubts = [vec![], vec![Doubt::TooFast, Doubt::ClockSet], vec![Doubt::TooFast]];
        let took = [None, Some(700), Some(1_300)];
        let paces: Vec<Pace> = took.into_iter().zip(doubts).map(|(took_ms, doubts)| Pace { took_ms, doubts }).collect();
        assert_eq!(Sum::of(&paces), Sum { took_ms: 2_000, too_fast: 2, clock_set: 1, doubted: 2 });
        assert_eq!(Sum::of(&[]), Sum::default());
    }

    #[test]
    fn a_clock_that_was_set_between_two_answers_is_told_and_does_not_change_how_long_it_took() {
        let keys: Vec<AnswerKey> = (0..2).map(key).collect();
        for set_by in [-7_200_000, 7_200_000] {
            let paces = of(&keys, &[(1, 0, 50_000_000), (1, 30_000, 50_030_000 + set_by)]);
            let told = paces.iter().flat_map(|p| &p.doubts).filter(|d| **d == Doubt::ClockSet).count();
            assert_eq!(told, 1, "{set_by}: {paces:?}");
        }
    }
}
