//! The facts of one site, from an instant on.

use frontline_domain::fact::Fact;
use frontline_domain::{EntryType, OrgId, PersonId, Scope, TypeSet};
use frontline_protocol::{Entry, Header, limits};

use crate::store::{ReadTx, Result, Scan, Stored};

/// A fact with its place and its author.
pub struct Found {
    pub number: u64,
    pub header: Header,
    /// The time that counts (`sync.md` 19), server ms.
    pub effective_ms: i64,
    pub fact: Fact,
}

impl Found {
    pub fn person(&self) -> PersonId {
        self.header.person
    }
}

const ROWS: usize = 2_000;
const BYTES: usize = 4 << 20;

/// The number below which nothing was committed at or after `ms`: where a reader of that time begins.
/// Commit times only grow with the numbers, and no effective time is later than its commit.
pub async fn number_at(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, ms: i64) -> Result<u64> {
    let (mut low, mut high) = (0, tx.head(org, scope).await?.mark.number);
    while low < high {
        let middle = low.midpoint(high);
        let one = Scan { scope, types: TypeSet::all(), after: middle, to: high, skip: None, max_rows: 1, max_bytes: 1 };
        match tx.scan(org, &one).await?.0.first() {
            Some(row) if row.committed_ms < ms => low = row.number,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// All facts of these types above a number, in order. What this build can't read is left out: it is in no
/// figure until the server is updated.
pub async fn since(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, types: &[EntryType], after: u64) -> Result<Vec<Found>> {
    let to = tx.head(org, scope).await?.mark.number;
    let mut scan = Scan { scope, types: TypeSet::of(types), after, to, skip: None, max_rows: ROWS, max_bytes: BYTES };
    let mut all = Vec::new();
    while scan.after < to {
        let (rows, scanned) = tx.scan(org, &scan).await?;
        all.extend(rows.iter().filter_map(read));
        if scanned <= scan.after {
            break;
        }
        scan.after = scanned;
    }
    Ok(all)
}

/// The first fact of a type above a number.
pub async fn one(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, one: EntryType, after: u64) -> Result<Option<Found>> {
    let to = tx.head(org, scope).await?.mark.number;
    let scan = Scan { scope, types: TypeSet::of(&[one]), after, to, skip: None, max_rows: 1, max_bytes: BYTES };
    Ok(tx.scan(org, &scan).await?.0.first().and_then(read))
}

/// A stored fact, if this build can read it.
pub fn read(row: &Stored) -> Option<Found> {
    let entry = Entry::read(&row.bytes, limits::ENTRY).ok()?;
    let fact = Fact::decode(entry.header.entry_type, &entry.body)?.ok()?;
    Some(Found { number: row.number, header: entry.header, effective_ms: row.effective_ms, fact })
}
