//! CSAT: `satisfied (4 or 5) / all valid` on 1 to 5. A 3 is not satisfied and stays in the denominator.

use std::collections::{BTreeMap, BTreeSet};

use super::Share;
use crate::{CaptureId, DeviceId, Moment, Slug};

/// One `feedback-given` with its touchpoint's interval.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    pub id: CaptureId,
    pub device: DeviceId,
    pub touchpoint: &'a Slug,
    /// 1 to 5; another is not counted.
    pub score: u8,
    pub at: Moment,
    pub test: bool,
    /// Seconds: a tap closer than this to the last counted one, on the same device at the same touchpoint,
    /// is kept and not counted.
    pub interval_s: u16,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Csat {
    /// Responses by score, 1 first.
    pub scores: [u64; 5],
    /// Kept and not counted: too close to the one before.
    pub too_close: u64,
}

impl Csat {
    /// Satisfied over answered.
    pub fn share(&self) -> Share {
        Share::new(self.scores[3] + self.scores[4], self.scores.iter().sum())
    }
    fn add(&mut self, score: u8) {
        if let Some(slot) = usize::from(score).checked_sub(1).and_then(|i| self.scores.get_mut(i)) {
            *slot += 1;
        }
    }
}
impl std::ops::Add for Csat {
    type Output = Csat;
    fn add(self, other: Csat) -> Csat {
        let mut scores = self.scores;
        scores.iter_mut().zip(other.scores).for_each(|(mine, theirs)| *mine += theirs);
        Csat { scores, too_close: self.too_close + other.too_close }
    }
}

/// Counts responses, given in any order and any number of times.
///
/// Closeness is measured by the monotonic clock within one boot: a wall clock that jumps neither hides nor
/// makes a tap, and a restart takes longer than any interval. It is measured from the last *counted* tap:
/// from the last tap of all, a busy counter would count one guest a day.
pub fn csat<'a>(responses: impl IntoIterator<Item = Response<'a>>) -> Csat {
    let valid = responses.into_iter().filter(|r| !r.test && (1..=5).contains(&r.score));
    let mut lines: BTreeMap<(DeviceId, &Slug, u64), Vec<Response<'_>>> = BTreeMap::new();
    for response in valid {
        lines.entry((response.device, response.touchpoint, response.at.boot)).or_default().push(response);
    }
    let (mut counted, mut ids) = (Csat::default(), BTreeSet::new());
    for line in lines.values_mut() {
        line.sort_by_key(|r| (r.at.mono_ms, r.id, r.score));
        let mut last: Option<u64> = None;
        for response in line.iter().filter(|r| ids.insert(r.id)) {
            let since = last.map(|at| response.at.mono_ms - at);
            if since.is_some_and(|ms| ms < u64::from(response.interval_s) * 1_000) {
                counted.too_close += 1;
            } else {
                counted.add(response.score);
                last = Some(response.at.mono_ms);
            }
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> Slug {
        "front-desk".parse().expect("a slug")
    }
    fn tap(desk: &Slug, n: u32, second: u64, score: u8) -> Response<'_> {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        let at = Moment { wall_ms: 0, offset_min: 0, mono_ms: second * 1_000, boot: 1, server_offset_ms: None };
        Response {
            id: CaptureId::from_bytes(id),
            device: DeviceId::from_bytes([1; 16]),
            touchpoint: desk,
            score,
            at,
            test: false,
            interval_s: 10,
        }
    }
    fn far_apart(desk: &Slug, scores: impl IntoIterator<Item = u8>) -> Vec<Response<'_>> {
        scores.into_iter().enumerate().map(|(n, score)| tap(desk, n as u32, 60 * n as u64, score)).collect()
    }

    #[test]
    fn seventy_four_of_a_hundred_and_seven_are_shown_as_69() {
        let desk = desk();
        let scores = [(5, 42), (4, 32), (3, 10), (2, 9), (1, 14)].into_iter().flat_map(|(score, n)| std::iter::repeat_n(score, n));
        let share = csat(far_apart(&desk, scores)).share();
        assert_eq!((share, share.percent()), (Share::new(74, 107), Some(69)));
    }

    #[test]
    fn no_response_is_no_data_and_two_threes_are_nothing_of_two() {
        let desk = desk();
        assert_eq!(csat([]).share().percent(), None);
        let share = csat(far_apart(&desk, [3, 3])).share();
        assert_eq!((share, share.percent()), (Share::new(0, 2), Some(0)));
    }

    #[test]
    fn repeated_and_test_responses_and_wrong_scores_do_not_count() {
        let desk = desk();
        let mut list = far_apart(&desk, [5, 1]);
        list.extend(list.clone());
        list.push(Response { test: true, ..tap(&desk, 9, 900, 5) });
        list.push(tap(&desk, 10, 1_000, 0));
        list.push(tap(&desk, 11, 1_100, 6));
        list.reverse();
        assert_eq!(csat(list), Csat { scores: [1, 0, 0, 0, 1], too_close: 0 });
    }

    #[test]
    fn taps_closer_than_the_interval_are_kept_and_not_counted() {
        let desk = desk();
        let other = "back-door".parse().expect("a slug");
        let list = [tap(&desk, 1, 100, 5), tap(&desk, 2, 101, 1), tap(&desk, 3, 109, 1), tap(&desk, 4, 110, 4), tap(&other, 5, 101, 2)];
        assert_eq!(csat(list), Csat { scores: [0, 1, 0, 1, 1], too_close: 2 });
        let elsewhere = Response { device: DeviceId::from_bytes([2; 16]), ..tap(&desk, 6, 101, 3) };
        assert_eq!(csat([list[0], elsewhere]).too_close, 0);
    }
}
