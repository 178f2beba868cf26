//! The offline lease: so many days after the last contact with the server (a policy) the device opens its services
//! no more before it has spoken with it again. What is unsent stays; syncing, carrying it out and looking at the
//! state go on.
//!
//! What counts is the best estimate of the server's time, and it never falls: the highest one seen is on the disk,
//! and while the app runs the monotonic clock carries it on. A clock set forward by mistake may end the lease too
//! early; the next contact says what is right.

use std::sync::{Mutex, PoisonError};

use frontline_domain::record::{Organisation, Policy};
use frontline_domain::{Incarnation, Moment};

use crate::core::Inner;
use crate::error::{Error, Fault, Lock};
use crate::store::{Db, StoreError, Tx, enrolled, meta, records};

const DAY_MS: i64 = 86_400_000;
/// So long before its end people are told that it comes: over a weekend there is a working day left.
const WARN_DAYS: i64 = 3;
/// The highest time seen is written anew when it moved by so much, ms: not with every capture.
const STEP_MS: i64 = 10 * 60_000;

/// How the lease stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lease {
    /// Server time, ms.
    pub until_ms: i64,
    pub is_over: bool,
    /// The time that counts.
    now_ms: i64,
}

impl Lease {
    /// Days until it is over, the last of them not whole, once people are to be told; none before and after.
    pub(crate) fn ends_in(&self) -> Option<u32> {
        let left = self.until_ms - self.now_ms;
        let days = (left + DAY_MS - 1).div_euclid(DAY_MS).max(1);
        (!self.is_over && days <= WARN_DAYS).then(|| u32::try_from(days).unwrap_or(1))
    }
}

/// The estimate when the app was opened, by which the monotonic clock carries it on.
#[derive(Default)]
pub(crate) struct Opened(Mutex<Option<Mark>>);

#[derive(Clone, Copy)]
struct Mark {
    estimate_ms: i64,
    mono_ms: u64,
    boot: u64,
    /// A contact since then says better.
    contact: Option<(Incarnation, i64)>,
}

impl Inner {
    /// The lease as it stands now; none on a device that is not enrolled.
    pub(crate) fn lease(&self, db: &Db<'_>) -> Result<Option<Lease>, StoreError> {
        let Some(until_ms) = db.recall("lease", &[], || until(db))? else { return Ok(None) };
        let contact = meta::contact(db)?;
        let now = self.now(db)?;
        let seen: Option<i64> = meta::recall(db, meta::key::LEASE_SEEN)?;
        let carried = self.opened.at(&now, contact);
        let now_ms = now.server_estimate().max(seen.unwrap_or(i64::MIN)).max(carried.unwrap_or(i64::MIN));
        Ok(Some(Lease { until_ms, is_over: now_ms > until_ms, now_ms }))
    }

    /// Refuses where the lease is over.
    pub(crate) fn demand_lease(&self, db: &Db<'_>) -> Result<(), Fault> {
        match self.lease(db)? {
            Some(lease) if lease.is_over => Err(Fault::Locked(Lock::Lease)),
            _ => Ok(()),
        }
    }

    /// As [`Inner::read`], for a screen: not after the lease.
    pub(crate) fn show<T>(&self, f: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        let shown = self.read(|db| {
            self.demand_lease(db)?;
            f(db)
        });
        self.once_over(shown)
    }

    /// The same of one run with what was appended of it, which stays so ([`crate::store::Store::read_ahead`]).
    pub(crate) fn show_ahead<T>(&self, f: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        let shown = self.store.read_ahead(|db| {
            self.demand_lease(db)?;
            f(db)
        });
        self.once_over(shown.map_err(Error::from))
    }

    /// What was over once stays over: the time that said so is on the disk before anybody hears of it.
    pub(crate) fn once_over<T>(&self, out: Result<T, Error>) -> Result<T, Error> {
        if matches!(out, Err(Error::Locked(Lock::Lease))) {
            self.store.write_at_last(|tx| match self.lease(tx)? {
                Some(lease) if lease.is_over => meta::put(tx, meta::key::LEASE_SEEN, &lease.now_ms),
                _ => Ok(()),
            })?;
        }
        out
    }

    /// At the opening: from here on the monotonic clock is a witness.
    pub(crate) fn lease_opened(&self) -> Result<(), Error> {
        self.store.write_at_last(|tx| {
            let now = self.now(tx)?;
            note(tx, &now)?;
            let mark = Mark { estimate_ms: now.server_estimate(), mono_ms: now.mono_ms, boot: now.boot, contact: meta::contact(tx)? };
            *self.opened.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(mark);
            Ok::<_, Fault>(())
        })?;
        Ok(())
    }
}

impl Opened {
    fn at(&self, now: &Moment, contact: Option<(Incarnation, i64)>) -> Option<i64> {
        let held = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = held.filter(|mark| mark.contact == contact && mark.boot == now.boot)?;
        Some(mark.estimate_ms.saturating_add(i64::try_from(now.mono_ms.saturating_sub(mark.mono_ms)).ok()?))
    }
}

/// When it ends, server time in ms; none on a device that is not enrolled.
fn until(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    if meta::recall::<meta::Identity>(db, meta::key::IDENTITY)?.is_none() {
        return Ok(None);
    }
    // Enrolling was a contact, too.
    let enrolled = enrolled::all(db)?.into_iter().map(|e| e.certificate.at_ms).max();
    let Some(from_ms) = meta::contact(db)?.map(|c| c.1).into_iter().chain(enrolled).max() else { return Ok(None) };
    let organisation: Option<Organisation> = records::all(db)?.pop();
    let days = organisation.map_or(Policy::default().lease_days, |o| o.policy.lease_days);
    Ok(Some(from_ms.saturating_add(i64::from(days) * DAY_MS)))
}

/// Notes the time, should it be the highest seen.
pub(crate) fn note(tx: &Tx<'_>, now: &Moment) -> Result<(), StoreError> {
    let (seen, now_ms) = (meta::recall::<i64>(tx, meta::key::LEASE_SEEN)?, now.server_estimate());
    if seen.is_none_or(|seen| now_ms >= seen.saturating_add(STEP_MS)) {
        meta::put(tx, meta::key::LEASE_SEEN, &now_ms)?;
    }
    Ok(())
}

/// At a contact: the server says what time it is.
pub(crate) fn contact(tx: &Tx<'_>, server_ms: i64) -> Result<(), StoreError> {
    meta::put(tx, meta::key::LEASE_SEEN, &server_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_of_the_end_for_its_last_three_days_the_last_of_them_not_whole() {
        let ends_in = |left: i64| Lease { until_ms: left, is_over: left < 0, now_ms: 0 }.ends_in();
        assert_eq!(
            [3 * DAY_MS + 1, 3 * DAY_MS, DAY_MS + 1, DAY_MS, 1, 0, -1].map(ends_in),
            [None, Some(3), Some(2), Some(1), Some(1), Some(1), None]
        );
    }
}
