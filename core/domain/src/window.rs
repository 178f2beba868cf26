//! What may leave a device (`sync.md` 7 and 24): one rule, asked of everything that is old.

use crate::Incarnation;
use crate::record::Policy;

const DAY_MS: i64 = 86_400_000;

/// How long a run that was fetched again stays, days.
pub const FETCHED_DAYS: i64 = 7;

/// What a device knows of its server when it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Safety {
    /// Server time, ms.
    pub now_ms: i64,
    /// The server's present life.
    pub incarnation: Incarnation,
    /// What it announced last: all that was committed until then is in its oldest backup still kept.
    pub backed_up: Option<(Incarnation, i64)>,
    pub keep_days: u16,
    pub window_days: u16,
}

impl Safety {
    pub fn new(now_ms: i64, incarnation: Incarnation, backed_up: Option<(Incarnation, i64)>, policy: &Policy) -> Self {
        Self { now_ms, incarnation, backed_up, keep_days: policy.keep_days, window_days: policy.window_days }
    }

    /// Whether the server would still have, after a loss, what it committed then: it is in the oldest backup still
    /// kept; or, without backups, it was stored for the policy's days. What was announced in another life of the
    /// server says nothing about this one.
    pub fn is_safe(&self, committed_ms: i64) -> bool {
        match self.backed_up {
            Some((incarnation, until_ms)) => incarnation == self.incarnation && committed_ms <= until_ms,
            None => committed_ms.saturating_add(i64::from(self.keep_days) * DAY_MS) <= self.now_ms,
        }
    }

    /// Whether what was touched last at this time is past the window.
    pub fn is_past(&self, touched_ms: i64) -> bool {
        touched_ms.saturating_add(i64::from(self.window_days) * DAY_MS) <= self.now_ms
    }

    /// Whether something that was fetched again at this time may leave again.
    pub fn is_past_fetching(&self, fetched_ms: i64) -> bool {
        fetched_ms.saturating_add(FETCHED_DAYS * DAY_MS) <= self.now_ms
    }

    /// The latest time at which something may have been touched that is past the window.
    pub fn edge_ms(&self) -> i64 {
        self.now_ms.saturating_sub(i64::from(self.window_days) * DAY_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFE: Incarnation = Incarnation(7);
    const NOW: i64 = 400 * DAY_MS;

    fn safety(backed_up: Option<(Incarnation, i64)>) -> Safety {
        Safety::new(NOW, LIFE, backed_up, &Policy { keep_days: 30, window_days: 90, ..Policy::default() })
    }

    #[test]
    fn with_backups_only_what_the_oldest_one_holds_is_safe_however_old_the_rest_is() {
        let one = safety(Some((LIFE, NOW - 60 * DAY_MS)));
        assert!(one.is_safe(NOW - 60 * DAY_MS));
        assert!(!one.is_safe(NOW - 60 * DAY_MS + 1));
        assert!(!safety(Some((Incarnation(8), NOW))).is_safe(0), "another life of the server announced it");
    }

    #[test]
    fn without_backups_the_policys_days_after_the_commit_count() {
        assert!(safety(None).is_safe(NOW - 30 * DAY_MS));
        assert!(!safety(None).is_safe(NOW - 30 * DAY_MS + 1));
    }

    #[test]
    fn the_window_is_counted_from_the_last_touch() {
        assert!(safety(None).is_past(NOW - 90 * DAY_MS) && !safety(None).is_past(NOW - 90 * DAY_MS + 1));
        assert_eq!(safety(None).edge_ms(), NOW - 90 * DAY_MS);
        assert!(!safety(None).is_past_fetching(NOW - 6 * DAY_MS) && safety(None).is_past_fetching(NOW - 7 * DAY_MS));
    }
}
