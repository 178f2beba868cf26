//! The store and the ledger compared, when a store is opened and before anybody is answered.

use frontline_domain::permission::Grant;
use frontline_domain::record::{Device, GrantRecord, SubjectForgotten};
use frontline_domain::{Incarnation, OrgId, Random, Scope};
use frontline_protocol::sign::{hex, unhex};
use serde::Serialize;

use super::{Ledger, Order, Said};
use crate::app::OpenError;
use crate::customers::is_forgotten;
use crate::feed::Feeds;
use crate::keys::Keys;
use crate::lists;
use crate::pen::Pen;
use crate::records;
use crate::store::{DeviceRow, Ended, Result, Standing, Store, WriteTx};

/// Orders of the ledger that a store which was set back did not know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CarriedOut {
    pub forgotten: u64,
    pub revoked: u64,
    pub found: u64,
    pub withdrawn: u64,
    pub tokens: u64,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub incarnation: Incarnation,
    /// The store had been set back, or was said to have been: it has a new incarnation.
    pub is_new_life: bool,
    pub carried_out: CarriedOut,
}

/// How a store and a ledger stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Same,
    /// A server that kept no ledger so far.
    Begins,
    /// The ledger has what the store lacks: an older file was put in the store's place, or the power went between
    /// the two; from here they look alike, and a new life too many costs each device one resend.
    StoreIsOlder,
    /// The store has what the ledger lacks.
    LedgerIsOlder,
}

fn compare(said: &Said, is: &Standing) -> Compared {
    if is.ledger > said.last {
        return Compared::LedgerIsOlder;
    }
    if said.last == 0 {
        return Compared::Begins;
    }
    let came_further = said.stands.is_some_and(|(incarnation, commits)| incarnation == is.incarnation && commits > is.commits);
    if said.life != Some(is.incarnation) || came_further || said.last_for_the_store > is.ledger {
        return Compared::StoreIsOlder;
    }
    Compared::Same
}

/// Makes the two agree. `is_restored`: an older store was put in place on purpose.
pub async fn settle(
    store: &dyn Store,
    (ledger, keys): (&Ledger, &Keys),
    random: &dyn Random,
    now_ms: i64,
    is_restored: bool,
) -> std::result::Result<Settled, OpenError> {
    // The ledger first: a line is never behind its commit, and what is read later can only have come further.
    let said = ledger.said()?;
    let is = store.read().await?.standing().await?;
    if is.key.is_some_and(|key| key != keys.proof()) {
        return Err(OpenError::OtherKey);
    }
    if compare(&said, &is) == Compared::Same && is.key.is_some() && !is_restored {
        return Ok(Settled { incarnation: is.incarnation, is_new_life: false, carried_out: CarriedOut::default() });
    }
    // Now nobody else commits: a line whose commit was on its way is a commit by now.
    let mut tx = store.write().await?;
    let (said, is) = (ledger.said()?, tx.standing().await?);
    let compared = if is_restored { Compared::StoreIsOlder } else { compare(&said, &is) };
    tx.set_key_proof(&keys.proof()).await?;
    let is_new_life = matches!(compared, Compared::StoreIsOlder | Compared::LedgerIsOlder);
    let incarnation = if is_new_life { Incarnation(random.next_u64()) } else { is.incarnation };
    let mut carried_out = CarriedOut::default();
    let mut feeds = Feeds::begin(&mut *tx, now_ms.max(said.latest_ms)).await?;
    if is_new_life {
        tx.set_incarnation(incarnation).await?;
        tx.remove_passes().await?;
    }
    match compared {
        Compared::Same => {}
        Compared::StoreIsOlder => {
            tracing::warn!(%incarnation, "the database is older than the ledger: it has a new incarnation, and every device offers again what it lacks");
            for (_, order) in said.orders.iter().filter(|(n, _)| *n > is.ledger) {
                carry_out(&mut *tx, &mut feeds, order, &mut carried_out).await?;
            }
            let last = ledger.append(&[Order::Life { incarnation, at_ms: feeds.now_ms() }])?;
            tx.set_ledger(last).await?;
        }
        Compared::Begins | Compared::LedgerIsOlder => {
            if compared == Compared::LedgerIsOlder {
                tracing::warn!("the ledger is older than the database, or was lost: it begins anew with what the database shows");
            }
            let mut orders = shown(&mut *tx).await?;
            orders.push(Order::Life { incarnation, at_ms: feeds.now_ms() });
            tx.set_ledger(ledger.append(&orders)?).await?;
        }
    }
    feeds.seal(&mut *tx).await?;
    tx.note_time(feeds.now_ms()).await?;
    tx.commit().await?;
    if carried_out.forgotten > 0 {
        store.scrub().await?;
    }
    Ok(Settled { incarnation, is_new_life, carried_out })
}

/// Does what an order says, where it is not done.
async fn carry_out(tx: &mut dyn WriteTx, feeds: &mut Feeds, order: &Order, done: &mut CarriedOut) -> Result<()> {
    match order {
        Order::Forgotten { org, subject, at_ms } if knows(tx, *org).await? => {
            tx.remove_customer(*org, *subject).await?;
            if !is_forgotten(tx.as_read(), *org, *subject).await? {
                let scopes = tx.customer_scopes(*org, *subject).await?;
                let record = SubjectForgotten { subject: *subject, at_ms: *at_ms };
                Pen::of(tx, *org).await?.record(tx, feeds, &scopes, &record).await?;
                done.forgotten += 1;
            }
        }
        Order::Revoked { org, device, key, site, enrolled_ms, at_ms, lost } if knows(tx, *org).await? => {
            let known = tx.device(*org, *device).await?;
            if known.as_ref().is_some_and(|row| row.revoked_ms.is_some() && row.lost == *lost) {
                return Ok(());
            }
            let Some(key) = unhex(key).and_then(|key| key.try_into().ok()) else { return Ok(()) };
            let row = known.unwrap_or_else(|| DeviceRow {
                id: *device,
                name: format!("device {device}"),
                model: String::new(),
                site: *site,
                key,
                enrolled_ms: *enrolled_ms,
                revoked_ms: None,
                lost: false,
                reason: None,
                app: None,
                last_contact_ms: None,
                reported_through_ms: None,
            });
            tx.put_device(*org, &row).await?;
            let reason = "as the ledger says, after an older backup was restored".to_owned();
            tx.set_ended(*org, *device, Some(&Ended { at_ms: *at_ms, lost: *lost, reason })).await?;
            say(tx, feeds, *org, &row, true).await?;
            done.revoked += 1;
        }
        Order::Found { org, device } if knows(tx, *org).await? => {
            if let Some(row) = tx.device(*org, *device).await?.filter(|row| row.lost) {
                tx.set_ended(*org, *device, None).await?;
                say(tx, feeds, *org, &row, false).await?;
                done.found += 1;
            }
        }
        Order::Withdrawn { org, grant } if knows(tx, *org).await? => {
            let held = tx.grants(*org, grant.person).await?;
            if held.iter().find(|g| g.id == grant.id) != Some(grant) {
                tx.put_grant(*org, grant).await?;
                let Grant { id, person, role, scope, from_ms, until_ms } = grant.clone();
                let record = GrantRecord { id, person, role, scope, from_ms, until_ms };
                Pen::of(tx, *org).await?.record(tx, feeds, &[Scope::Person(grant.person)], &record).await?;
                done.withdrawn += 1;
            }
        }
        Order::TokenWithdrawn { org, hash } if knows(tx, *org).await? => {
            let tokens = tx.tokens(*org).await?;
            if let Some(token) = tokens.into_iter().find(|t| hex(&t.hash) == *hash && !t.withdrawn) {
                tx.put_token(&crate::store::Token { withdrawn: true, ..token }).await?;
                done.tokens += 1;
            }
        }
        // Of an organisation that this store never had, there is nothing here to keep it from.
        Order::Forgotten { .. } | Order::Revoked { .. } | Order::Found { .. } | Order::Withdrawn { .. } | Order::TokenWithdrawn { .. } => {}
        Order::Life { .. } | Order::Stands { .. } | Order::Backup(_) | Order::BackupGone { .. } => {}
    }
    Ok(())
}

async fn knows(tx: &mut dyn WriteTx, org: OrgId) -> Result<bool> {
    Ok(tx.org(org).await?.is_some())
}

async fn say(tx: &mut dyn WriteTx, feeds: &mut Feeds, org: OrgId, row: &DeviceRow, revoked: bool) -> Result<()> {
    let record = Device { id: row.id, name: row.name.clone(), revoked };
    Pen::of(tx, org).await?.record(tx, feeds, &[Scope::Device(row.id)], &record).await?;
    lists::device(tx, org, row.id).await
}

/// The orders that a store shows to have been carried out.
async fn shown(tx: &mut dyn WriteTx) -> Result<Vec<Order>> {
    let mut orders = Vec::new();
    for row in tx.orgs().await? {
        let org = row.id;
        for forgotten in records::all::<SubjectForgotten>(tx.as_read(), org).await? {
            orders.push(Order::Forgotten { org, subject: forgotten.subject, at_ms: forgotten.at_ms });
        }
        for device in tx.devices(org).await? {
            orders.extend(revoked(org, &device));
        }
        let ended = tx.all_grants(org).await?.into_iter().filter(|g| g.until_ms.is_some());
        orders.extend(ended.map(|grant| Order::Withdrawn { org, grant }));
        let withdrawn = tx.tokens(org).await?.into_iter().filter(|t| t.withdrawn);
        orders.extend(withdrawn.map(|token| Order::TokenWithdrawn { org, hash: hex(&token.hash) }));
    }
    Ok(orders)
}

/// That this device is revoked, if it is.
pub fn revoked(org: OrgId, row: &DeviceRow) -> Option<Order> {
    let at_ms = row.revoked_ms?;
    let key = hex(&row.key);
    Some(Order::Revoked { org, device: row.id, key, site: row.site, enrolled_ms: row.enrolled_ms, at_ms, lost: row.lost })
}
