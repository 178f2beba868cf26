//! Wrong passwords. The first few are free, as everybody mistypes; then each makes the next wait longer, so
//! that guessing takes years, and nobody is locked out for good.
//!
//! What is counted: attempts per user, in the store, so that a restart forgives nothing; and in memory, under
//! the same rule, e-mails that are no user's, so that waiting does not tell which ones are, addresses, and browsers
//! that were signed in to before ([`super::known`]).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::seconds;
use crate::http::peer::Peer;

/// Wrong attempts that cost nothing.
pub const FREE: u32 = 5;
/// The same for an address: a whole back office may be behind one.
pub const FREE_PER_ADDRESS: u32 = 50;
const FIRST_WAIT_MS: i64 = seconds(60);
const LONGEST_WAIT_MS: i64 = seconds(15 * 60);
/// Keys that are remembered at most; the one that waited longest ago goes first.
const MAX_KEYS: usize = 10_000;

/// How long nobody may try after so many failures in a row.
pub fn wait_ms(failures: u32, free: u32) -> i64 {
    match failures.checked_sub(free) {
        None => 0,
        Some(beyond) => (FIRST_WAIT_MS << beyond.min(10)).min(LONGEST_WAIT_MS),
    }
}

/// The count with one more failure, where nobody had to wait after `until_ms`. One long after the last begins anew:
/// everywhere by this rule, or waiting would tell which e-mails are known.
pub fn after(failures: u32, until_ms: i64, now_ms: i64) -> u32 {
    if now_ms - until_ms > LONGEST_WAIT_MS { 1 } else { failures.saturating_add(1) }
}

/// What is counted under a key, which is hashed: no e-mail and no address is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 16], u32);

impl Key {
    pub fn email(email: &str) -> Self {
        Self(digest("email", email.as_bytes()), FREE)
    }
    /// A browser that was signed in to before, by its number.
    pub fn browser(number: &[u8; 16]) -> Self {
        Self(digest("browser", number), FREE)
    }
    /// None where the address is that of a proxy that nobody named: one guesser behind it would lock out
    /// everybody. The limit per e-mail holds all the same.
    pub fn peer(peer: Peer) -> Option<Self> {
        (!peer.anyone).then(|| Self(digest("address", peer.client.to_string().as_bytes()), FREE_PER_ADDRESS))
    }
}

fn digest(kind: &str, bytes: &[u8]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("frontline 2026 console attempts");
    hasher.update(kind.as_bytes()).update(&[0]).update(bytes);
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}

/// Failures by key: how many, and until when nobody may try.
#[derive(Debug, Default)]
pub struct Limit {
    failures: Mutex<BTreeMap<Key, (u32, i64)>>,
}

impl Limit {
    /// Begins an attempt under all of these keys, or says until when to wait. The attempt counts as failed
    /// from now on, before the password is looked at: a hundred guesses sent at once are a hundred attempts,
    /// not one. [`Limit::succeeded`] takes it back.
    pub fn begin(&self, keys: &[Key], now_ms: i64) -> Result<(), i64> {
        let mut map = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = keys.iter().filter_map(|key| map.get(key)).map(|(_, until)| *until).filter(|until| *until > now_ms);
        if let Some(until) = waits.max() {
            return Err(until);
        }
        for key in keys {
            let (count, until) = map.get(key).copied().unwrap_or((0, now_ms));
            let count = after(count, until, now_ms);
            map.insert(*key, (count, now_ms + wait_ms(count, key.1)));
        }
        while map.len() > MAX_KEYS
            && let Some(oldest) = map.iter().min_by_key(|(_, (_, until))| *until).map(|(key, _)| *key)
        {
            map.remove(&oldest);
        }
        Ok(())
    }
    /// Forgets a key: the password was right.
    pub fn succeeded(&self, key: Key) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_that_come_at_once_are_each_an_attempt() {
        let (limit, keys) = (Limit::default(), [Key::email("ana@harbour.example")]);
        let begun = (0..150).filter(|_| limit.begin(&keys, 1_000).is_ok()).count();
        assert_eq!(begun, FREE as usize);
        limit.succeeded(keys[0]);
        assert_eq!(limit.begin(&keys, 1_000), Ok(()));
    }

    #[test]
    fn mistyping_costs_nothing_and_guessing_costs_ever_more() {
        assert_eq!(wait_ms(FREE - 1, FREE), 0);
        assert_eq!(wait_ms(FREE, FREE), seconds(60));
        assert_eq!(wait_ms(FREE + 1, FREE), seconds(120));
        assert_eq!(wait_ms(u32::MAX, FREE), seconds(15 * 60));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let limit = Limit::default();
        for n in 0..MAX_KEYS + 10 {
            let _ = limit.begin(&[Key::email(&n.to_string())], n as i64);
        }
        assert_eq!(limit.failures.lock().expect("the map").len(), MAX_KEYS);
    }

    #[test]
    fn a_right_password_forgets_the_wrong_ones() {
        let (limit, key) = (Limit::default(), Key::email("ana@example.com"));
        (0..FREE).for_each(|_| assert_eq!(limit.begin(&[key], 0), Ok(())));
        assert!(limit.begin(&[key], 1).is_err());
        limit.succeeded(key);
        assert_eq!(limit.begin(&[key], 1), Ok(()));
    }
}
