//! What was published under a name, and when: its versions, and each time that one became current or it was
//! withdrawn.

use frontline_domain::record::{Publication, Record};
use frontline_domain::{EntryType as T, ReleaseHash, Scope, Slug, TypeSet};
use frontline_protocol::{Entry, limits};

use crate::console::session::Me;
use crate::records::{Keyed, publication_key};
use crate::store::{ReadTx, Result, Scan, StoreError, Version};

/// Versions of one name that are told apart at most.
pub const MOST: usize = 200;
/// Publications of all names that the history looks through at most, the latest.
const LOOK: u64 = 50_000;

/// A name of content as it stands.
pub struct Published {
    pub publication: Publication,
    /// Since when it stands so.
    pub since_ms: i64,
    /// The newest first.
    pub versions: Vec<Version>,
}

/// That it was set: which version became current, or that it was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at_ms: i64,
    pub release: ReleaseHash,
    pub withdrawn: bool,
}

impl Published {
    /// As it stands; none where nothing was ever published under this name.
    pub async fn read(tx: &mut dyn ReadTx, me: &Me, kind: &str, slug: &Slug) -> Result<Option<Self>> {
        let Some(row) = tx.record(me.org, T::PUBLICATION, &publication_key(kind, slug)).await? else { return Ok(None) };
        let publication = Publication::decode(&row.body).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let since_ms = committed(tx, me, T::PUBLICATION, row.number).await?;
        Ok(Some(Self { publication, since_ms, versions: tx.versions(me.org, kind, slug.as_str(), MOST).await? }))
    }
    /// Which version that is: the first is 1.
    pub fn number(&self, release: ReleaseHash) -> u64 {
        let at = self.versions.iter().position(|v| v.hash == release);
        at.map_or(0, |at| (self.versions.len() - at) as u64)
    }
}

/// When an entry of the organisation's own feed was written.
pub async fn committed(tx: &mut dyn ReadTx, me: &Me, entry_type: T, number: u64) -> Result<i64> {
    let types = TypeSet::of(&[entry_type]);
    let scan =
        Scan { scope: Scope::Org, types, after: number.saturating_sub(1), to: number, skip: None, max_rows: 1, max_bytes: limits::ENTRY };
    Ok(tx.scan(me.org, &scan).await?.0.first().map_or(0, |entry| entry.committed_ms))
}

/// Each time that a name was set, the latest first.
pub async fn history(tx: &mut dyn ReadTx, me: &Me, kind: &str, slug: &Slug) -> Result<Vec<Event>> {
    let key = publication_key(kind, slug);
    let to = tx.head(me.org, Scope::Org).await?.mark.number;
    let types = TypeSet::of(&[T::PUBLICATION]);
    let mut scan = Scan { scope: Scope::Org, types, after: to.saturating_sub(LOOK), to, skip: None, max_rows: 2_000, max_bytes: 4 << 20 };
    let mut events = Vec::new();
    while scan.after < to {
        let (rows, scanned) = tx.scan(me.org, &scan).await?;
        for row in &rows {
            let Ok(entry) = Entry::read(&row.bytes, limits::ENTRY) else { continue };
            let Ok(one) = Publication::decode(&entry.body) else { continue };
            if one.key() == key {
                events.push(Event { at_ms: row.committed_ms, release: one.release, withdrawn: one.withdrawn });
            }
        }
        if scanned <= scan.after {
            break;
        }
        scan.after = scanned;
    }
    events.reverse();
    Ok(events)
}
