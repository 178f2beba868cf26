//! What pictures may take of which network.

use frontline_domain::record::Organisation;
use serde::{Deserialize, Serialize};

use crate::error::Fault;
use crate::store::{Db, Tx, meta, records};

/// What kind of network there is, as the platform says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    /// Bytes cost nothing.
    #[default]
    Unmetered,
    /// Somebody pays for them.
    Metered,
    /// There is none, or it is to be left alone.
    None,
}

impl Network {
    /// As JSON names it.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "unmetered" => Some(Self::Unmetered),
            "metered" => Some(Self::Metered),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// What was spent on a metered network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    /// Days since 1970, UTC.
    day: i64,
    bytes: u64,
}

fn spent(db: &Db<'_>, now_ms: i64) -> Result<Spent, Fault> {
    let day = now_ms.div_euclid(86_400_000);
    let kept: Spent = meta::get(db, meta::key::METERED)?.unwrap_or_default();
    // A clock that was set back gives no second budget for a day that was spent.
    Ok(if kept.day >= day { kept } else { Spent { day, bytes: 0 } })
}

/// Bytes of pictures that this network may still take today.
pub(crate) fn left(db: &Db<'_>, network: Network, now_ms: i64) -> Result<u64, Fault> {
    match network {
        Network::Unmetered => Ok(u64::MAX),
        Network::None => Ok(0),
        Network::Metered => {
            let policy = records::all::<Organisation>(db)?.pop().map(|o| o.policy).unwrap_or_default();
            Ok((u64::from(policy.metered_mib_per_day) << 20).saturating_sub(spent(db, now_ms)?.bytes))
        }
    }
}

/// Notes bytes before they are sent: what is cut was paid for all the same.
pub(crate) fn spend(tx: &Tx<'_>, network: Network, now_ms: i64, bytes: u64) -> Result<(), Fault> {
    if network == Network::Metered {
        let before = spent(tx, now_ms)?;
        meta::put(tx, meta::key::METERED, &Spent { bytes: before.bytes.saturating_add(bytes), ..before })?;
    }
    Ok(())
}
