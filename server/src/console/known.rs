//! Browsers that an account was signed in to before. Each has wrong passwords of its own to count: somebody who
//! guesses at an account from elsewhere keeps nobody out who is at home there.
//!
//! The cookie names the account only to this server: a random number and a time, under a MAC that covers the account.
//! Whoever steals one may guess as slowly as everybody, and no faster.

use frontline_domain::{OrgId, PersonId, Random};
use frontline_protocol::sign::{hex, unhex};

use super::seconds;
use crate::keys::{Keys, equal};

/// The cookie's name.
pub const COOKIE: &str = "frontline-browser";
/// How long it is good for.
pub const LIFE_MS: i64 = seconds(180 * 86_400);

/// The value for a browser that this account was just signed in to.
pub fn make(keys: &Keys, random: &dyn Random, account: (OrgId, PersonId), now_ms: i64) -> String {
    let mut id = [0; 16];
    random.fill(&mut id);
    let mut value = id.to_vec();
    value.extend_from_slice(&now_ms.to_be_bytes());
    value.extend_from_slice(&keys.browser(account, &id, now_ms));
    hex(&value)
}

/// The number of the browser, if the value was given to it for this account.
pub fn number(keys: &Keys, value: &str, account: (OrgId, PersonId), now_ms: i64) -> Option<[u8; 16]> {
    let bytes = unhex(value).filter(|bytes| bytes.len() == 40)?;
    let (id, at_ms): ([u8; 16], [u8; 8]) = (bytes[..16].try_into().ok()?, bytes[16..24].try_into().ok()?);
    let at_ms = i64::from_be_bytes(at_ms);
    let is_ours = equal(&keys.browser(account, &id, at_ms), &bytes[24..]);
    (is_ours && now_ms.saturating_sub(at_ms) <= LIFE_MS).then_some(id)
}
