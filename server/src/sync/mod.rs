//! The exchange with devices: `POST /v1/sync` and `POST /v1/enrol`.
//!
//! Start at [`exchange`]: who asks ([`auth`]), what they offer (the judge), what they may carry ([`reads`]),
//! what is new for them ([`pages`]). [`document`] gives one back that has left a device. [`enrol`] comes before the
//! first exchange, [`recover`] before that where a phone lost its store's key, [`again`] before the first with a
//! restored server, which takes back by [`give_back`] what it lost. [`stances`] are what need
//! not be said again. [`refusal`] is an answer that is no success.

pub mod again;
pub mod auth;
pub mod document;
pub mod enrol;
pub mod give_back;
pub mod pages;
pub mod reads;
pub mod recover;
pub mod refusal;
pub mod stances;
#[cfg(test)]
mod tests;

use frontline_domain::Incarnation;
use frontline_protocol::stance::Stance;
use frontline_protocol::sync::{Answer, AppVersion, Cursor, Request};
use frontline_protocol::{Code, VERSIONS, limits};

use crate::app::App;
use crate::customers::lend::lend;
use crate::customers::take::{self, Closed, Taken};
use crate::judge::entry::Offer;
use crate::judge::push::Push;
use crate::judge::writer::{Outcome, Unwritten};
use crate::store::{Contact, Skip};
use auth::Caller;
pub use refusal::Refusal;

/// One exchange of a device that was recognised.
pub async fn exchange(app: &App, caller: &Caller, request: Request) -> Result<Answer, Refusal> {
    let arrived_ms = app.now_ms();
    limited(&request, arrived_ms)?;
    let version = common(request.versions).ok_or_else(|| Refusal::new(426, Code::VERSION, arrived_ms))?;
    let Request { contact, cursors, offers, page_bytes, stance, app: version_of_app, reader, keys, .. } = request;
    let (org, device) = (caller.claim.org, caller.claim.device);
    let stands = match &stance {
        Some(digest) => Some(app.stances.of(org, device, &**digest).ok_or_else(|| Refusal::new(409, Code::SAY_IT_WHOLE, arrived_ms))?),
        None => None,
    };
    let (cursors, version_of_app, reader, held) = match stands {
        Some(Stance { cursors, reads, app, reader }) => (cursors, app, reader, Some(reads)),
        None => (cursors, version_of_app, reader, None),
    };
    let mut offers: Vec<Offer> = offers.into_iter().map(|bytes| Offer::read(bytes.into_vec())).collect();
    let (customers, elsewhere) = told(app, caller, keys.as_deref().map(Vec::as_slice), &mut offers);
    let outcome = judged(app, caller, (contact, version_of_app), offers, customers, arrived_ms).await?;

    // The time is read before the transaction begins: a device must never claim a contact later than what
    // it was told about its grants.
    let time_ms = app.now_ms();
    let mut tx = app.store.read().await?;
    let reads = reads::of(&mut *tx, caller.claim.org, caller.claim.device, time_ms).await?;
    if reads.revoked && outcome.verdicts.is_empty() && outcome.stretches.is_empty() && pages::is_current(&mut *tx, caller, &cursors).await?
    {
        return Err(Refusal::new(403, Code::DEVICE_REVOKED, time_ms));
    }
    let budget = limits::room_for_pages(page_bytes as usize, outcome.verdicts.len());
    let incarnation = tx.incarnation().await?;
    let skip = skipped(caller, &cursors, outcome.epoch_closed, incarnation);
    let of = pages::Of { org: caller.claim.org, incarnation, keys: &app.keys };
    let mut fed = pages::read(&mut *tx, of, &reads.scopes, &cursors, skip, budget).await?;
    lend(app, &mut *tx, caller, reader.as_deref(), &mut fed.pages).await?;
    let mut answer = Answer {
        version,
        incarnation,
        time_ms,
        nonce: caller.nonce(app, time_ms).into(),
        epoch_closed: outcome.epoch_closed,
        verdicts: outcome.verdicts,
        stretches: outcome.stretches,
        reads: reads.scopes,
        reads_stand: false,
        pages: fed.pages,
        disagrees: fed.disagrees,
        more: fed.more,
        backed_up: app.backed_up.now(),
        customers: elsewhere.then(|| app.keys.customers_public(caller.claim.org).into()),
        segments: Vec::new(),
    };
    if held.is_some_and(|held| held == answer.reads) {
        (answer.reads, answer.reads_stand) = (Vec::new(), true);
    } else if answer.is_still() {
        app.stances.keep(org, device, Stance { cursors, reads: answer.reads.clone(), app: version_of_app, reader });
    }
    Ok(answer)
}

/// What the device is not fed, since it wrote it. Not of a series that two copies of the device share; and not where a
/// cursor still stands in another life of this server: the receipts of that life are offered again only after these
/// pages, so that nobody knows yet whether a copy's work is stored under their numbers now. The cursor would pass it
/// for ever.
fn skipped(caller: &Caller, cursors: &[Cursor], epoch_closed: bool, now: Incarnation) -> Option<Skip> {
    let is_of_this_life = cursors.iter().all(|cursor| cursor.incarnation == now);
    let own = Skip { device: caller.claim.device, epoch: caller.claim.epoch, below: caller.claim.next_seq };
    (!epoch_closed && is_of_this_life).then_some(own)
}

/// What the device tells of customers. Stored without their keys, words would be lost in silence: where the list
/// is sealed to a key that this server does not have, the offers about customers are left for another time (true),
/// and where it can't be opened at all they are refused. Either way the other offers are judged.
fn told(app: &App, caller: &Caller, sealed: Option<&[u8]>, offers: &mut Vec<Offer>) -> (Vec<Taken>, bool) {
    let Some(sealed) = sealed else { return (Vec::new(), false) };
    let (org, device) = (caller.claim.org, caller.claim.device);
    match take::open(&app.keys, &*app.random, org, device, sealed) {
        Ok(taken) => (taken, false),
        Err(Closed::Elsewhere) => {
            tracing::warn!(%org, %device, "keys of customers are sealed to another key than this server's; the device is told the new one");
            offers.retain(|offer| offer.subject().is_none());
            (Vec::new(), true)
        }
        Err(Closed::Unreadable) => {
            tracing::warn!(%org, %device, "keys of customers can't be opened; what is said about them is set aside");
            offers.iter_mut().for_each(|offer| offer.is_keyless = true);
            (Vec::new(), false)
        }
    }
}

/// Verdicts on the offers. A device that has nothing to offer, and whose series is as it should be, costs no
/// commit.
async fn judged(
    app: &App,
    caller: &Caller,
    (contact, said): (Option<(Incarnation, i64)>, Option<AppVersion>),
    offers: Vec<Offer>,
    customers: Vec<Taken>,
    arrived_ms: i64,
) -> Result<Outcome, Refusal> {
    let claim = &caller.claim;
    if offers.is_empty() {
        let mut tx = app.store.read().await?;
        let row = tx.epoch(claim.org, claim.device, claim.epoch).await?;
        if let Some(row) = row.filter(|row| row.closed_ms.is_some() || claim.next_seq > row.highest_seq) {
            let epoch_closed = row.closed_ms.is_some();
            let reported = !epoch_closed && row.judged_to + 1 >= claim.next_seq;
            let stated = contact.map(|(_, ms)| (claim.epoch, claim.next_seq, ms));
            app.contacts.add(Contact { org: claim.org, device: claim.device, at_ms: arrived_ms, reported, stated, app: said });
            return Ok(Outcome { epoch_closed, ..Outcome::default() });
        }
    }
    let push = Push {
        org: claim.org,
        device: claim.device,
        epoch: claim.epoch,
        next_seq: Some(claim.next_seq),
        contact,
        arrived_ms,
        app: said,
        offers,
        customers,
    };
    app.writer().push(push).await.map_err(|unwritten| match unwritten {
        Unwritten::Busy => {
            app.metrics.turned_away();
            Refusal::new(503, Code::BUSY, arrived_ms)
        }
        Unwritten::Failed => Refusal::new(503, Code::INTERNAL, arrived_ms),
    })
}

fn common((low, high): (u8, u8)) -> Option<u8> {
    let highest = high.min(VERSIONS.1);
    (highest >= low.max(VERSIONS.0)).then_some(highest)
}

/// Limits on everything that a request may count up.
fn limited(request: &Request, now_ms: i64) -> Result<(), Refusal> {
    let over = |what: &str, has: usize, max: usize| {
        Err(Refusal::new(413, Code::LIMIT, now_ms).with(format!("the request has {has} {what}; at most {max} are taken")))
    };
    if request.offers.len() > limits::ROUND_ENTRIES {
        return over("offers", request.offers.len(), limits::ROUND_ENTRIES);
    }
    let bytes: usize = request.offers.iter().map(|offer| offer.len()).sum();
    if bytes > limits::ROUND + limits::ENTRY {
        return over("bytes of offers", bytes, limits::ROUND + limits::ENTRY);
    }
    if request.cursors.len() > limits::CURSORS {
        return over("cursors", request.cursors.len(), limits::CURSORS);
    }
    let older = request.cursors.iter().map(|c| c.older.len()).max().unwrap_or(0);
    if older > limits::OLDER_MARKS {
        return over("older marks of one cursor", older, limits::OLDER_MARKS);
    }
    Ok(())
}
