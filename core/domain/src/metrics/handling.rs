//! Average handling time: `active time / contacts handled`, with the median and the 90th percentile. Contacts
//! have one kind of pause so far, which stands still; a pause for the customer's sake counts once it is
//! told apart.

use super::interaction::{Contact, ContactState};
use super::share::rounded;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandlingTime {
    /// Contacts closed with an outcome that counts as handled.
    pub handled: u64,
    /// Of those, left out of the times: the timer ran past the cap, or the beginning is not here.
    pub left_out: u64,
    /// Milliseconds of those that count.
    pub total_ms: u64,
    pub mean_ms: Option<u64>,
    pub median_ms: Option<u64>,
    /// The smallest time that at least nine in ten do not exceed.
    pub p90_ms: Option<u64>,
}

/// Folds contacts. Abandoned and voided ones are not handled.
pub fn handling_time<'a>(contacts: impl IntoIterator<Item = &'a Contact>) -> HandlingTime {
    let mut times = Vec::new();
    let mut handled = 0;
    for contact in contacts {
        if contact.handled && contact.state == ContactState::Closed {
            handled += 1;
            times.extend(contact.counts().then_some(contact.active_ms));
        }
    }
    times.sort_unstable();
    let n = times.len();
    let total_ms = times.iter().sum();
    let over = |sum: u64, n: usize| rounded(i128::from(sum), n as u64).and_then(|ms| u64::try_from(ms).ok());
    let median_ms = match n {
        0 => None,
        _ if n % 2 == 1 => Some(times[n / 2]),
        _ => over(times[n / 2 - 1] + times[n / 2], 2),
    };
    let p90_ms = (9 * n).div_ceil(10).checked_sub(1).map(|i| times[i]);
    HandlingTime { handled, left_out: handled - n as u64, total_ms, mean_ms: over(total_ms, n), median_ms, p90_ms }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(seconds: u64) -> Contact {
        let at = crate::Moment { wall_ms: 0, offset_min: 0, mono_ms: 0, boot: 1, server_offset_ms: None };
        let mut contact = super::super::contact([]);
        contact.state = ContactState::Closed;
        contact.opened = Some(at);
        contact.handled = true;
        contact.active_ms = seconds * 1_000;
        contact
    }

    #[test]
    fn a_hundred_and_two_hundred_and_one_between_take_150_on_average() {
        let all = [100, 150, 200].map(took);
        let time = handling_time(&all);
        assert_eq!((time.handled, time.mean_ms, time.median_ms, time.p90_ms), (3, Some(150_000), Some(150_000), Some(200_000)));
        assert_eq!(handling_time(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(took)).p90_ms, Some(9_000));
        assert_eq!(handling_time(&[1, 2].map(took)).median_ms, Some(1_500));
    }

    #[test]
    fn nothing_handled_is_no_data() {
        assert_eq!(handling_time([]), HandlingTime::default());
        let abandoned = Contact { handled: false, ..took(10) };
        assert_eq!(handling_time([&abandoned]).mean_ms, None);
    }

    #[test]
    fn a_timer_left_running_is_counted_as_handled_but_not_in_the_times() {
        let all_night = Contact { over_cap: true, ..took(20_000) };
        let time = handling_time([&all_night, &took(100)]);
        assert_eq!((time.handled, time.left_out, time.mean_ms), (2, 1, Some(100_000)));
    }
}
