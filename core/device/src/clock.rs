//! Notices that somebody set the wall clock: by the monotonic clock, by a restart that lies before what came
//! before it, by the server's time. Forward, the monotonic clock is no witness: some systems stop it while the
//! device sleeps; then the next contact tells.
//!
//! What is known of the server's time follows a clock that was set back: rights, leases and what is due go by
//! that estimate (`model.md`), and a phone whose clock is wrong must not refuse work for it.

use frontline_domain::env::Reading;
use frontline_domain::fact::{ClockJumped, Fact, Noticed};
use frontline_domain::{EntryType, Moment};
use serde::{Deserialize, Serialize};

use crate::capture::Pen;
use crate::error::Fault;
use crate::store::{Db, StoreError, Tx, meta, pending};

/// Less is drift, or a network that corrects the clock: half a year of a second a day is three minutes.
const JUMP_MS: i64 = 5 * 60_000;

/// The clocks as they were read last.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Last {
    wall_ms: i64,
    mono_ms: u64,
    boot: u64,
    /// What the last contact brought to light, not written down yet.
    owed_ms: i64,
}

impl Last {
    fn read_at(at: &Moment, owed_ms: i64) -> Self {
        Self { wall_ms: at.wall_ms, mono_ms: at.mono_ms, boot: at.boot, owed_ms }
    }
}

fn last(db: &Db<'_>) -> Result<Option<Last>, StoreError> {
    let known: Option<Last> = meta::recall(db, meta::key::CLOCK)?;
    let Some(appended) = pending::last(db)? else { return Ok(known) };
    Ok(known.map(|known| Last::read_at(&appended.moment, known.owed_ms)))
}

/// What was appended is settled; the clocks were read last for this moment.
pub(crate) fn settled(tx: &Tx<'_>, at: &Moment) -> Result<(), StoreError> {
    let owed_ms = meta::get::<Last>(tx, meta::key::CLOCK)?.map_or(0, |known| known.owed_ms);
    meta::put(tx, meta::key::CLOCK, &Last::read_at(at, owed_ms))
}

/// By how much the wall clock was set back at least.
fn set_back(last: &Last, now: &Moment) -> Option<(i64, Noticed)> {
    let went = now.wall_ms - last.wall_ms;
    let (by_ms, noticed) = if last.boot == now.boot {
        (went - i64::try_from(now.mono_ms.saturating_sub(last.mono_ms)).unwrap_or(i64::MAX), Noticed::Running)
    } else {
        (went, Noticed::Restart)
    };
    (by_ms <= -JUMP_MS).then_some((by_ms, noticed))
}

/// A reading of the clocks, with what is known of the server's time as far as a clock that was set back since
/// the last one changes it.
pub(crate) fn corrected(db: &Db<'_>, mut now: Moment) -> Result<Moment, StoreError> {
    if let Some((by_ms, _)) = last(db)?.and_then(|last| set_back(&last, &now)) {
        now.server_offset_ms = now.server_offset_ms.map(|offset| offset - by_ms);
    }
    Ok(now)
}

/// At the enrolment: a clock that is set back before the first capture is noticed by it.
pub(crate) fn begin(tx: &Tx<'_>, now: &Reading) -> Result<(), StoreError> {
    let first = Last { wall_ms: now.wall_ms, mono_ms: now.mono_ms, boot: now.boot, owed_ms: 0 };
    if last(tx)?.is_none() { meta::put(tx, meta::key::CLOCK, &first) } else { Ok(()) }
}

/// Before something is captured: writes down what the clocks tell. The moment is [`corrected`].
pub(crate) fn notice(pen: &mut Pen<'_>) -> Result<(), Fault> {
    let before = last(pen.tx)?;
    let seen = Last::read_at(&pen.now, 0);
    if let Some(before) = before {
        let owed = (before.owed_ms != 0).then_some((before.owed_ms, Noticed::Contact));
        let back = set_back(&before, &pen.now);
        if let Some(offset) = pen.now.server_offset_ms.filter(|_| back.is_some()) {
            meta::put(pen.tx, meta::key::SERVER_OFFSET, &offset)?;
        }
        for (by_ms, noticed) in owed.into_iter().chain(back) {
            // Who may not write it anywhere captures all the same.
            let Ok(scope) = pen.site(EntryType::CLOCK_JUMPED) else { continue };
            let id = pen.id();
            pen.fact(scope, &Fact::ClockJumped(ClockJumped { id, by_ms, noticed }))?;
        }
    }
    // What is appended says itself when that was.
    if pen.tx.appends() && before.is_some_and(|before| before.owed_ms == 0) {
        Ok(())
    } else {
        Ok(meta::put(pen.tx, meta::key::CLOCK, &seen)?)
    }
}

/// At a contact: the server's time minus the wall clock was `before`, and is `now`.
pub(crate) fn contact(tx: &Tx<'_>, before: Option<i64>, now: i64) -> Result<(), StoreError> {
    let (Some(mut last), Some(before)) = (last(tx)?, before) else { return Ok(()) };
    let unexplained = before - now;
    if unexplained.abs() >= JUMP_MS {
        last.owed_ms += unexplained;
    }
    meta::put(tx, meta::key::CLOCK, &last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(wall_ms: i64, mono_ms: u64, boot: u64) -> Moment {
        Moment { wall_ms, offset_min: 0, mono_ms, boot, server_offset_ms: None }
    }

    #[test]
    fn set_back_is_told_by_the_monotonic_clock_and_over_a_restart_and_sleep_is_neither() {
        let last = Last { wall_ms: 1_000_000, mono_ms: 50_000, boot: 1, owed_ms: 0 };
        assert_eq!(set_back(&last, &moment(1_060_000, 110_000, 1)), None);
        assert_eq!(set_back(&last, &moment(700_000, 60_000, 1)), Some((-310_000, Noticed::Running)));
        assert_eq!(set_back(&last, &moment(600_000, 10, 2)), Some((-400_000, Noticed::Restart)));
        // Asleep for an hour, with a monotonic clock that stood still.
        assert_eq!(set_back(&last, &moment(4_600_000, 50_100, 1)), None);
        assert_eq!(set_back(&last, &moment(900_000, 50_000, 1)), None, "within what drifts");
    }
}
