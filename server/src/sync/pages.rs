//! What is new for a device: pages of feeds, each from a cursor to a mark (`sync.md` 6 and 8).

use frontline_domain::{Incarnation, OrgId, Scope, TypeSet};
use frontline_protocol::give_back::{Named, Vouched};
use frontline_protocol::sync::{Cursor, Page, Row};
use frontline_protocol::{Mark, limits};
use serde_bytes::ByteArray;

use super::auth::Caller;
use crate::keys::{Keys, PAGE_KEY};
use crate::store::{ReadTx, Result, Scan, Skip, StoreError, Stored};

/// The pages of one answer.
#[derive(Debug, Default)]
pub struct Fed {
    pub pages: Vec<Page>,
    pub disagrees: Vec<Scope>,
    pub more: bool,
}

/// Whose feeds are read, in which life of the store, and what vouches for their pages.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub org: OrgId,
    pub incarnation: Incarnation,
    pub keys: &'a Keys,
}

/// What of a scope is to be read from where.
struct Want {
    scope: Scope,
    types: TypeSet,
    from: Mark,
    /// The device has a cursor under exactly these types, so that a page without rows tells it nothing.
    named: bool,
}

/// Pages after the cursors, within `budget` bytes of rows. The device's own feed comes first: verdicts must
/// not wait behind a long history.
pub async fn read(
    tx: &mut dyn ReadTx,
    of: Of<'_>,
    reads: &[(Scope, TypeSet)],
    cursors: &[Cursor],
    skip: Option<Skip>,
    budget: usize,
) -> Result<Fed> {
    let org = of.org;
    let mut fed = Fed::default();
    let mut wants = Vec::new();
    for &(scope, types) in reads {
        wanted(tx, org, scope, types, cursors, &mut wants, &mut fed).await?;
    }
    wants.sort_by_key(|want| match want.scope {
        Scope::Device(_) => 0,
        Scope::Org => 1,
        Scope::Person(_) => 2,
        Scope::Site(_) => 3,
    });
    let (mut bytes, mut rows) = (budget, limits::ROUND_ENTRIES);
    for want in wants {
        let head = tx.head(org, want.scope).await?.mark;
        if head == want.from && want.named {
            continue;
        }
        if bytes == 0 || rows == 0 {
            fed.more = true;
            break;
        }
        let first = fed.pages.iter().all(|page| page.rows.is_empty());
        let Some(page) = page(tx, of, &want, head, skip, (rows, bytes), first).await? else {
            fed.more = true;
            break;
        };
        fed.more |= page.to.number < head.number;
        rows = rows.saturating_sub(page.rows.len());
        bytes = bytes.saturating_sub(page.rows.iter().map(|row| row.bytes.len()).sum());
        fed.pages.push(page);
    }
    Ok(fed)
}

/// From each cursor under the types that it and the device's rights share; and, for types that no cursor
/// names, from the beginning.
async fn wanted(
    tx: &mut dyn ReadTx,
    org: OrgId,
    scope: Scope,
    types: TypeSet,
    cursors: &[Cursor],
    wants: &mut Vec<Want>,
    fed: &mut Fed,
) -> Result<()> {
    let mut added = types;
    for cursor in cursors.iter().filter(|c| c.scope == scope) {
        let shared = cursor.types.intersection(types);
        if shared.is_empty() {
            continue;
        }
        added = added.minus(cursor.types);
        match agreed(tx, org, cursor).await? {
            Some(from) => wants.push(Want { scope, types: shared, from, named: shared == cursor.types && from == cursor.at }),
            None if fed.disagrees.contains(&scope) => {}
            None => fed.disagrees.push(scope),
        }
    }
    if !added.is_empty() && tx.head(org, scope).await?.mark.number > 0 {
        wants.push(Want { scope, types: added, from: Mark::START, named: false });
    }
    Ok(())
}

/// The highest place of the cursor that this feed has too; none if the device should name older ones.
async fn agreed(tx: &mut dyn ReadTx, org: OrgId, cursor: &Cursor) -> Result<Option<Mark>> {
    for mark in std::iter::once(&cursor.at).chain(&cursor.older) {
        if tx.tag_at(org, cursor.scope, mark.number).await? == Some(mark.tag) {
            return Ok(Some(*mark));
        }
    }
    Ok((!cursor.older.is_empty()).then_some(Mark::START))
}

/// One page, from `want.from` to the highest mark that fits; none if not even the next one does. The first
/// page of an answer takes one step between marks whatever its size, or nobody would get past it.
async fn page(
    tx: &mut dyn ReadTx,
    of: Of<'_>,
    want: &Want,
    head: Mark,
    skip: Option<Skip>,
    (max_rows, max_bytes): (usize, usize),
    first: bool,
) -> Result<Option<Page>> {
    let org = of.org;
    let scan = Scan { scope: want.scope, types: want.types, after: want.from.number, to: head.number, skip, max_rows, max_bytes };
    let (mut rows, complete) = tx.scan(org, &scan).await?;
    let size: usize = rows.iter().map(|row| row.bytes.len()).sum();
    let mut to = if complete >= head.number { head } else { tx.mark_below(org, want.scope, complete).await? };
    let stuck = to.number <= want.from.number && head.number > want.from.number;
    if !first && (stuck || size > max_bytes) {
        return Ok(None);
    }
    if stuck {
        let next = tx.mark_above(org, want.scope, want.from.number + 1).await?;
        to = next.ok_or_else(|| StoreError::Corrupt("a feed does not end on a mark".into()))?;
        let step = Scan { to: to.number, max_rows: usize::MAX - 1, max_bytes: usize::MAX, ..scan };
        rows = tx.scan(org, &step).await?.0;
    }
    rows.retain(|row| row.number <= to.number);
    let mac = (!rows.is_empty()).then(|| mac(of, want, to, &rows));
    let rows = rows.into_iter().map(row).collect();
    Ok(Some(Page { scope: want.scope, types: want.types, from: want.from, to, rows, mac, keys: None }))
}

/// Vouches for what a page brings. A page without entries has nothing that could be given back.
fn mac(of: Of<'_>, want: &Want, to: Mark, rows: &[Stored]) -> (u32, ByteArray<32>) {
    let named = |row: &Stored| Named { number: row.number, id: row.id, hash: row.hash, effective_ms: row.effective_ms };
    let rows = rows.iter().map(named).collect();
    let (scope, from, incarnation) = (want.scope, want.from.number, of.incarnation);
    let page = Vouched { key: PAGE_KEY, scope, incarnation, from, to, rows, mac: ByteArray::default() };
    (PAGE_KEY, of.keys.vouch(of.org, &page).into())
}

fn row(stored: Stored) -> Row {
    Row { number: stored.number, effective_ms: stored.effective_ms, bytes: stored.bytes.into() }
}

/// Whether the device has read all of its own feed: a revoked one is answered until then.
pub async fn is_current(tx: &mut dyn ReadTx, caller: &Caller, cursors: &[Cursor]) -> Result<bool> {
    let scope = Scope::Device(caller.claim.device);
    let head = tx.head(caller.claim.org, scope).await?.mark;
    Ok(cursors.iter().any(|cursor| cursor.scope == scope && cursor.at == head))
}
