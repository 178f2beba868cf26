//! Unsent work that was carried out of a device by hand: a file that `device export` wrote.

use frontline_domain::OrgId;
use frontline_protocol::parcel::Parcel;
use frontline_protocol::sync::Verdict;

use super::{AdminError, Desk, Result};
use crate::app::App;
use crate::judge::Bench;
use crate::judge::entry::Offer;
use crate::judge::push::{Push, push};
use crate::judge::runs::Runs;

/// What became of a file's entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub stored: usize,
    pub held: usize,
    pub quarantined: usize,
    /// Others were stored in their stead.
    pub replaced: usize,
}

/// Takes a file in, judged as if its device had sent it; taken in twice, it changes nothing.
pub async fn import(app: &App, org: OrgId, file: &[u8]) -> Result<Imported> {
    let parcel = Parcel::open(file).map_err(|e| AdminError::Invalid(e.to_string()))?;
    let mut desk = Desk::open(app, org).await?;
    let known = desk.tx.device(org, parcel.device).await?.filter(|_| parcel.org == org);
    let known = known.ok_or_else(|| AdminError::Invalid("the file is of a device that this organisation does not know".into()))?;
    if known.key != parcel.key.into_array() {
        return Err(AdminError::Invalid("the file is not signed with the key that its device enrolled with".into()));
    }
    let offers = parcel.entries.into_iter().map(|bytes| Offer::read(bytes.into_vec())).collect();
    let arrived_ms = desk.now_ms;
    let one = Push {
        org,
        device: parcel.device,
        epoch: parcel.epoch,
        next_seq: None,
        contact: None,
        arrived_ms,
        app: None,
        offers,
        customers: Vec::new(),
    };
    let mut runs = Runs::default();
    let incarnation = desk.pen.incarnation;
    let mut bench = Bench { tx: &mut *desk.tx, feeds: &mut desk.feeds, runs: &mut runs, incarnation, later: Vec::new() };
    let done = push(&mut bench, &one).await?;
    let later = bench.later;
    desk.later.extend(later);
    let mut out = Imported::default();
    for decided in done.decided {
        match decided.marked(org, &desk.feeds).verdict {
            Verdict::Stored(_) => out.stored += 1,
            Verdict::Held(_) => out.held += 1,
            Verdict::Quarantined(_) => out.quarantined += 1,
            Verdict::Replaced | Verdict::Remake => out.replaced += 1,
        }
    }
    desk.close().await?;
    Ok(out)
}
