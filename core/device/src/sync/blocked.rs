//! Whether the server turned this device away as a whole, and why. Kept in the store, so that everybody who
//! asks is told the reason, after a restart too, until the server speaks with the device normally again.
//! Nothing is held up by it: capturing goes on, and each sync asks anew.

use frontline_domain::record::Device;
use frontline_protocol::Code;
use serde::Serialize;

use crate::error::Fault;
use crate::net::Failure;
use crate::store::{Db, StoreError, Tx, meta, records};

/// Why the server turns this device away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// The code's name, such as `DEVICE_REVOKED`.
    pub code: &'static str,
    /// The same in words, with what to do.
    pub reason: &'static str,
    /// Since when, as far as this device knows; server time, ms.
    pub since_ms: i64,
    #[serde(skip)]
    pub number: Code,
}

/// What is known of it.
pub(crate) fn current(db: &Db<'_>) -> Result<Option<Blocked>, StoreError> {
    let known: Option<(Code, i64)> = meta::get(db, meta::key::BLOCKED)?;
    Ok(known.map(|(number, since_ms)| Blocked { code: number.name(), reason: number.text(), since_ms, number }))
}

/// The code of a failure that is about the whole device, and that asking again does not mend: revoked, not
/// known, too old an app.
pub(super) fn code_of(failure: &Failure) -> Option<Code> {
    match failure {
        Failure::Refused(refused) => Some(refused.code),
        _ => None,
    }
}

/// Notes that the server turned the device away; whether that is news.
pub(super) fn note(tx: &Tx<'_>, code: Code, now_ms: i64) -> Result<bool, StoreError> {
    let known: Option<(Code, i64)> = meta::get(tx, meta::key::BLOCKED)?;
    if known.is_some_and(|(before, _)| before == code) {
        return Ok(false);
    }
    meta::put(tx, meta::key::BLOCKED, &(code, now_ms))?;
    Ok(true)
}

/// The server answered: the device is not turned away, unless its own record says that it was revoked. (What
/// a revoked device offers is answered, with refusals.)
pub(super) fn after_an_answer(tx: &Tx<'_>, now_ms: i64) -> Result<(), Fault> {
    let own: Option<Device> = records::get(tx, meta::identity(tx)?.device.as_bytes())?;
    if own.is_some_and(|device| device.revoked) {
        note(tx, Code::DEVICE_REVOKED, now_ms)?;
    } else {
        meta::clear(tx, meta::key::BLOCKED)?;
    }
    Ok(())
}
