//! One contact with a customer, folded from its events: what state it is in, and how long it took by the
//! monotonic clock.

use crate::fact::{InteractionClosed, InteractionOpened};
use crate::{Moment, Slug};

/// A timer that ran longer than this was left running: flagged, and out of the mean.
pub const CAP_MS: u64 = 4 * 3_600_000;

/// What happened to the contact.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    Opened(&'a InteractionOpened),
    Paused,
    Resumed,
    Closed(&'a InteractionClosed),
    Voided,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactState {
    Open,
    Paused,
    Closed,
    /// Opened by mistake: in no count.
    Voided,
}
impl ContactState {
    /// As JSON and screens name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::Voided => "voided",
        }
    }
}

/// A contact as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub state: ContactState,
    /// When it was opened; none where that event is not here.
    pub opened: Option<Moment>,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// Milliseconds that the timer ran, up to the last event; for one that runs, see [`Contact::active_at`].
    pub active_ms: u64,
    /// Milliseconds that it stood still.
    pub paused_ms: u64,
    /// The timer was left running past the cap.
    pub over_cap: bool,
    pub reason: Option<Slug>,
    pub channel: Option<Slug>,
    pub outcome: Option<Slug>,
    pub touchpoint: Option<Slug>,
    /// Closed with an outcome that counts as handled; an abandoned contact is not.
    pub handled: bool,
    pub resolved: bool,
    pub(super) last: Option<Moment>,
}

impl Contact {
    /// Milliseconds that the timer has run at `now`.
    pub fn active_at(&self, now: &Moment) -> u64 {
        match (self.state, &self.last) {
            (ContactState::Open, Some(last)) => self.active_ms + now.since(last),
            _ => self.active_ms,
        }
    }
    /// Since when the timer runs, if it does: a row that keeps this and [`Contact::active_ms`] can tell the
    /// time without the events.
    pub fn running_since(&self) -> Option<Moment> {
        self.last.filter(|_| self.state == ContactState::Open)
    }
    /// Whether its time counts: handled, with a timer that somebody minded, and a beginning.
    pub fn counts(&self) -> bool {
        self.handled && self.state == ContactState::Closed && !self.over_cap && self.opened.is_some()
    }

    fn run_until(&mut self, at: Moment) {
        if let Some(last) = self.last.replace(at) {
            let ms = at.since(&last);
            match self.state {
                ContactState::Open => {
                    self.active_ms += ms;
                    self.over_cap = self.active_ms > CAP_MS;
                }
                ContactState::Paused => self.paused_ms += ms,
                ContactState::Closed | ContactState::Voided => {}
            }
        }
    }

    fn step(&mut self, step: Step<'_>, at: Moment) {
        use ContactState::{Closed, Open, Paused, Voided};
        match (self.state, step) {
            // A mistake is one whatever else was written, before or after.
            (_, Step::Voided) => self.state = Voided,
            (Voided | Closed, _) => {}
            (Open | Paused, Step::Opened(opened)) if self.opened.is_none() => {
                self.opened = Some(at);
                self.last = Some(at);
                self.reason = opened.reason.clone();
                self.channel = opened.channel.clone();
                self.touchpoint = opened.touchpoint.clone();
            }
            (_, Step::Opened(_)) | (Open, Step::Resumed) | (Paused, Step::Paused) => {}
            (Open, Step::Paused) => {
                self.run_until(at);
                self.state = Paused;
            }
            (Paused, Step::Resumed) => {
                self.run_until(at);
                self.state = Open;
            }
            (Open | Paused, Step::Closed(closed)) => {
                self.run_until(at);
                self.state = Closed;
                self.closed = Some(at);
                self.reason = Some(closed.reason.clone());
                self.outcome = Some(closed.outcome.clone());
                self.channel = closed.channel.clone().or(self.channel.take());
                (self.handled, self.resolved) = (closed.handled, closed.resolved);
            }
        }
    }
}

/// The events in the order in which they happened, however they arrived: the beginning first, the others of one
/// run of a phone by its monotonic clock. Those of another phone, or after a restart, stay where they are.
fn in_order<'a>(events: impl IntoIterator<Item = (Step<'a>, Moment)>) -> Vec<(Step<'a>, Moment)> {
    let mut placed: Vec<(Step<'a>, Moment)> = Vec::new();
    for (step, at) in events {
        let is_same = |other: &Moment| other.boot == at.boot;
        let place = if matches!(step, Step::Opened(_)) {
            placed.iter().take_while(|(step, _)| matches!(step, Step::Opened(_))).count()
        } else if let Some(before) = placed.iter().rposition(|(_, other)| is_same(other) && other.mono_ms <= at.mono_ms) {
            before + 1
        } else {
            placed.iter().position(|(step, other)| is_same(other) && !matches!(step, Step::Opened(_))).unwrap_or(placed.len())
        };
        placed.insert(place, (step, at));
    }
    placed
}

/// Folds the events of one contact, in whatever order they arrived. An event that does not fit (a second pause,
/// anything after the close but a void) changes nothing: two clones of a phone may both have written it.
pub fn contact<'a>(events: impl IntoIterator<Item = (Step<'a>, Moment)>) -> Contact {
    let mut contact = Contact {
        state: ContactState::Open,
        opened: None,
        closed: None,
        active_ms: 0,
        paused_ms: 0,
        over_cap: false,
        reason: None,
        channel: None,
        outcome: None,
        touchpoint: None,
        handled: false,
        resolved: false,
        last: None,
    };
    in_order(events).into_iter().for_each(|(step, at)| contact.step(step, at));
    contact
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CaptureId, ReleaseHash};

    fn at(second: u64) -> Moment {
        Moment { wall_ms: 1_000 * second as i64, offset_min: 0, mono_ms: 1_000 * second, boot: 1, server_offset_ms: None }
    }
    fn opened() -> InteractionOpened {
        InteractionOpened { id: CaptureId::from_bytes([1; 16]), reason: None, channel: "desk".parse().ok(), touchpoint: None }
    }
    fn closed(handled: bool) -> InteractionClosed {
        InteractionClosed {
            interaction: CaptureId::from_bytes([1; 16]),
            tree: ReleaseHash::from_bytes([2; 32]),
            reason: "refund".parse().expect("a slug"),
            outcome: "done".parse().expect("a slug"),
            channel: None,
            resolved: true,
            handled,
        }
    }

    #[test]
    fn pauses_stand_still_and_a_jump_of_the_wall_clock_changes_nothing() {
        let (o, c) = (opened(), closed(true));
        let jumped = Moment { wall_ms: at(150).wall_ms + 3_600_000, ..at(150) };
        let done = contact([(Step::Opened(&o), at(0)), (Step::Paused, at(40)), (Step::Resumed, at(90)), (Step::Closed(&c), jumped)]);
        assert_eq!((done.state, done.active_ms, done.paused_ms), (ContactState::Closed, 100_000, 50_000));
        assert!(done.counts() && done.resolved && !done.over_cap);
        assert_eq!((done.channel.expect("kept").as_str(), done.reason.expect("set").as_str()), ("desk", "refund"));
    }

    #[test]
    fn it_is_the_same_contact_in_whatever_order_its_events_arrive() {
        let (o, c) = (opened(), closed(true));
        let events = [(Step::Opened(&o), at(0)), (Step::Paused, at(40)), (Step::Resumed, at(90)), (Step::Closed(&c), at(150))];
        let in_order = contact(events);
        assert_eq!((in_order.active_ms, in_order.paused_ms), (100_000, 50_000));
        for first in 0..4 {
            for second in (0..4).filter(|n| *n != first) {
                let rest: Vec<usize> = (0..4).filter(|n| *n != first && *n != second).collect();
                for [third, fourth] in [[rest[0], rest[1]], [rest[1], rest[0]]] {
                    assert_eq!(contact([first, second, third, fourth].map(|n| events[n])), in_order, "{first}{second}{third}{fourth}");
                }
            }
        }
    }

    #[test]
    fn an_open_contact_runs_and_a_paused_one_does_not() {
        let o = opened();
        let open = contact([(Step::Opened(&o), at(10))]);
        assert_eq!((open.state, open.active_at(&at(25))), (ContactState::Open, 15_000));
        let paused = contact([(Step::Opened(&o), at(10)), (Step::Paused, at(20)), (Step::Paused, at(30))]);
        assert_eq!((paused.state, paused.active_at(&at(99))), (ContactState::Paused, 10_000));
    }

    #[test]
    fn a_timer_left_running_past_four_hours_is_flagged_and_does_not_count() {
        let (o, c) = (opened(), closed(true));
        let all_night = contact([(Step::Opened(&o), at(0)), (Step::Closed(&c), at(4 * 3_600 + 1))]);
        assert!(all_night.over_cap && all_night.handled && !all_night.counts());
        let to_the_cap = contact([(Step::Opened(&o), at(0)), (Step::Closed(&c), at(4 * 3_600))]);
        assert!(to_the_cap.counts());
    }

    #[test]
    fn a_void_wins_and_what_follows_a_close_changes_nothing() {
        let (o, c) = (opened(), closed(true));
        let twice = contact([
            (Step::Opened(&o), at(0)),
            (Step::Closed(&c), at(10)),
            (Step::Closed(&closed(false)), at(99)),
            (Step::Resumed, at(100)),
        ]);
        assert_eq!((twice.active_ms, twice.handled), (10_000, true));
        let voided = contact([(Step::Voided, at(0)), (Step::Opened(&o), at(0)), (Step::Closed(&c), at(10))]);
        assert!(voided.state == ContactState::Voided && !voided.counts());
        assert!(!contact([(Step::Opened(&o), at(0)), (Step::Closed(&closed(false)), at(10))]).counts());
    }
}
