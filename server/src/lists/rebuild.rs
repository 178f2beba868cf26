//! Everything listed anew, from what it is about.

use frontline_domain::record::{Assignment, Person, Publication, Site};
use frontline_domain::release::DRAFT;
use frontline_domain::{OrgId, Scope, TypeSet};
use frontline_protocol::{Entry, limits};

use super::{about, assignments, content, devices, people, quarantine, runs};
use crate::records;
use crate::store::{List, Result, Scan, Store, WriteTx};

/// Changes when a row's headings or their order do.
const VERSION: u32 = 3;

const TYPES: TypeSet = TypeSet::of(about::SAID);

/// Brings a store up to this build's rules, where an older one wrote it: once, before anybody is served.
pub async fn catch_up(store: &dyn Store) -> Result<()> {
    if store.read().await?.lists_version().await? == VERSION {
        return Ok(());
    }
    let mut tx = store.write().await?;
    for org in tx.orgs().await? {
        rebuild(&mut *tx, org.id).await?;
    }
    tx.set_lists_version(VERSION).await?;
    tx.commit().await
}

/// Lists everything of one organisation anew.
pub async fn rebuild(tx: &mut dyn WriteTx, org: OrgId) -> Result<()> {
    for person in records::all::<Person>(tx.as_read(), org).await? {
        people::list(tx, org, &person).await?;
    }
    for device in tx.devices(org).await? {
        devices::list(tx, org, device.id).await?;
    }
    for assignment in records::all::<Assignment>(tx.as_read(), org).await? {
        assignments::list(tx, org, &assignment).await?;
    }
    for publication in records::all::<Publication>(tx.as_read(), org).await?.into_iter().filter(|one| one.kind != DRAFT) {
        content::list(tx, org, &publication).await?;
    }
    for one in tx.all_quarantined(org, false, usize::MAX).await? {
        quarantine::list(tx, org, &one).await?;
    }
    for site in records::all::<Site>(tx.as_read(), org).await? {
        facts(tx, org, Scope::Site(site.id)).await?;
        for row in tx.docs(org, Scope::Site(site.id)).await? {
            tx.put_stale(org, List::Runs, &runs::key(row.doc)).await?;
        }
    }
    Ok(())
}

async fn facts(tx: &mut dyn WriteTx, org: OrgId, scope: Scope) -> Result<()> {
    let to = tx.head(org, scope).await?.mark.number;
    let mut after = 0;
    while after < to {
        let scan = Scan { scope, types: TYPES, after, to, skip: None, max_rows: 2_000, max_bytes: limits::PAGE };
        let (rows, complete) = tx.scan(org, &scan).await?;
        for row in &rows {
            if let Ok(entry) = Entry::read(&row.bytes, limits::ENTRY) {
                about::note(tx, org, &entry, row.number, row.doc).await?;
            }
        }
        after = complete.max(after + 1);
    }
    Ok(())
}
