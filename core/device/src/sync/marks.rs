//! Which of the places that a scope's feed was read at are kept, to find the last one that agrees with a
//! server whose store was set back (`sync.md` 6).

use frontline_protocol::{Mark, limits};

/// Thins `marks` (any order) to at most [`limits::OLDER_MARKS`], highest first: the newest eight, and before
/// them the newest and the oldest of each span that doubles in length. (The oldest alone passes on into the
/// next span as the feed grows: without it the far spans would run empty.) A server set back by an hour costs
/// minutes to go over again, one set back by a month costs weeks. The start of the feed is always among
/// them, since both sides agree there.
pub fn thin(marks: impl IntoIterator<Item = Mark>) -> Vec<Mark> {
    let mut all: Vec<Mark> = marks.into_iter().chain([Mark::START]).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    let newest = all[0].number;
    let span = |mark: &Mark| (newest - mark.number).checked_ilog2();
    let is_kept = |i: usize| i < 8 || i + 1 == all.len() || span(&all[i]) != span(&all[i - 1]) || span(&all[i]) != span(&all[i + 1]);
    let mut kept: Vec<Mark> = (0..all.len()).filter(|i| is_kept(*i)).map(|i| all[i]).collect();
    if kept.len() > limits::OLDER_MARKS {
        kept.truncate(limits::OLDER_MARKS - 1);
        kept.push(Mark::START);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_protocol::Tag;

    fn mark(number: u64) -> Mark {
        Mark { number, tag: Tag::from_bytes([number as u8; 16]) }
    }

    #[test]
    fn a_long_history_is_thinned_and_always_ends_at_the_start() {
        let kept = thin((1..100_000).map(mark));
        assert!(kept.len() <= limits::OLDER_MARKS, "{}", kept.len());
        assert_eq!(kept[0].number, 99_999);
        assert_eq!(kept.last(), Some(&Mark::START));
        assert!(kept.windows(2).all(|w| w[0].number > w[1].number));
        // Whatever the server was set back to, what is gone over again is at most twice what it lost.
        for back in [1u64, 10, 1_000, 50_000] {
            let agreed = kept.iter().find(|m| m.number <= 99_999 - back).expect("the start").number;
            assert!(99_999 - agreed <= 2 * back + 1, "set back by {back}: from {agreed}");
        }
    }

    #[test]
    fn thinning_as_the_feed_grows_keeps_it_bounded() {
        let mut kept = vec![];
        for n in (7..1_000_000).step_by(7) {
            kept.push(mark(n));
            kept = thin(kept);
            assert!(kept.len() <= limits::OLDER_MARKS);
        }
        for back in [100u64, 10_000, 300_000] {
            let agreed = kept.iter().find(|m| m.number <= kept[0].number - back).expect("the start").number;
            assert!(kept[0].number - agreed <= 4 * back, "set back by {back}: from {agreed}");
        }
        assert_eq!(thin([]), vec![Mark::START]);
    }

    #[test]
    fn of_places_over_every_span_there_is_the_oldest_go_and_the_start_stays() {
        // Two in each span that doubles: more than may be kept.
        let newest = 1 << 60;
        let places = (0..60).flat_map(|n| [newest - (1 << n), newest - (1 << n) - (1 << n) / 2]);
        let kept = thin(places.chain([newest]).map(mark));
        assert_eq!(kept.len(), limits::OLDER_MARKS);
        assert_eq!(kept.last(), Some(&Mark::START));
        assert!(kept.windows(2).all(|w| w[0].number > w[1].number), "the newest of them, in order");
        assert!(kept[limits::OLDER_MARKS - 2].number > newest / 2);
    }
}
