//! The short way of most of what phones send: a new fact, of the device that offers it, that stands for nothing
//! else and is about no document and no customer. The questions are those of [`super::entry`], asked without a
//! savepoint and once for many: what they depend on is the same for a whole page. Whatever is not plainly good
//! goes the long way, which finds the reason.

use frontline_domain::fact::Fact;
use frontline_domain::{CaptureId, EntryType, Epoch, PersonId, Scope};
use frontline_protocol::sync::{Receipt, Verdict};
use frontline_protocol::{Entry, Mark};

use super::entry::{Offer, author, is_numbered, might_write};
use super::push::Series;
use super::{Bench, Decided, body, decided, taken};
use crate::lists;
use crate::store::Result;

/// What a plain fact says, read outside of any transaction.
pub struct Plain {
    fact: Fact,
    /// The id that it makes, and what it is said of.
    made: Option<CaptureId>,
    about: Option<[u8; 16]>,
}

/// The fact of an entry, if it is one that can go the short way.
pub fn plain(entry: &Entry) -> Option<Plain> {
    let is_plain = matches!(
        entry.header.entry_type,
        EntryType::FEEDBACK_GIVEN
            | EntryType::INTERACTION_OPENED
            | EntryType::INTERACTION_PAUSED
            | EntryType::INTERACTION_RESUMED
            | EntryType::INTERACTION_CLOSED
            | EntryType::LESSON_PROGRESSED
    );
    if !is_plain || entry.header.replaces.is_some() {
        return None;
    }
    let fact = Fact::decode(entry.header.entry_type, &entry.body)?.ok()?;
    if fact.about_customer().is_some() || fact.encode() != entry.body {
        return None;
    }
    Some(Plain { made: taken::made_by(&fact), about: lists::about_what(&fact, entry.header.scope), fact })
}

/// What permission depends on: the author, what and where, and since when they can have made it.
type Asked = (PersonId, EntryType, Scope, Epoch, Option<i64>);

/// Answers that hold for many entries of one push.
#[derive(Default)]
pub struct Known {
    /// The last question about permission, and from when to when the entry can have been made; none: refused.
    permitted: Option<(Asked, Option<(i64, i64)>)>,
    /// Numbers of a series from the first to below the second, and the latest contact that was stated below them.
    stated: Option<(Epoch, (u64, u64), Option<i64>)>,
    /// Whether something stands for a number of this series from there on, before it came.
    replaced: Option<(Epoch, u64, bool)>,
}

impl Known {
    /// What stands for what is to be asked anew.
    pub fn forget_replaced(&mut self) {
        self.replaced = None;
    }
}

/// When an offer can have been made, if it is plainly good; it is stored by [`store`] then. Nothing was written.
pub(super) async fn ask(bench: &mut Bench<'_>, series: &mut Series, offer: &Offer) -> Result<Option<(i64, i64)>> {
    let (Some(plain), Ok(entry)) = (&offer.plain, &offer.read) else { return Ok(None) };
    let (header, id) = (&entry.header, entry.id());
    if header.org != series.org || id.device != series.device.id || !is_numbered(id) || series.device.revoked_ms.is_some() {
        return Ok(None);
    }
    let row = series.epoch(bench, id.epoch).await?;
    if id.seq <= row.highest_seq || row.closed_ms.is_some() || replaced(bench, series, id.epoch, id.seq).await? {
        return Ok(None);
    }
    let Some(span) = permitted(bench, series, entry).await? else { return Ok(None) };
    Ok(body::of_a_fact(bench, series.org, header.scope, &plain.fact).await?.is_none().then_some(span))
}

/// Stores an offer that [`ask`] found plainly good, unless its capture's id is taken: then nothing is written, and the
/// long way finds out by what. An error here is the batch's: a part of it may be written.
pub(super) async fn store(bench: &mut Bench<'_>, offer: &Offer, (from_ms, to_ms): (i64, i64)) -> Result<Option<Decided>> {
    let (Some(plain), Ok(entry)) = (&offer.plain, &offer.read) else { return Ok(None) };
    let (header, id) = (&entry.header, entry.id());
    if let Some(made) = plain.made
        && !bench.tx.put_captured(header.org, made, id).await?
    {
        return Ok(None);
    }
    let said_ms = header.moment.server_estimate();
    let effective_ms = said_ms.clamp(from_ms, to_ms);
    let number = bench.feeds.give_number(bench.tx, entry, effective_ms, None).await?;
    if let Some(about) = &plain.about {
        bench.tx.put_about(header.org, about, header.scope, header.entry_type, number).await?;
    }
    let receipt =
        Receipt { incarnation: bench.incarnation, number, mark: Mark::default(), committed_ms: bench.feeds.now_ms(), effective_ms };
    let mut decided = decided(id, &entry.hash(), Verdict::Stored(receipt));
    decided.unmarked = Some(header.scope);
    decided.as_said = effective_ms == said_ms;
    Ok(Some(decided))
}

/// When it can have been made, where its author might do it: as [`super::entry`] asks.
async fn permitted(bench: &mut Bench<'_>, series: &mut Series, entry: &Entry) -> Result<Option<(i64, i64)>> {
    let header = &entry.header;
    let contact_ms = header.contact.map(|(_, ms)| ms);
    if stated(bench, series, header.epoch, header.seq).await?.is_some_and(|stated| contact_ms.is_none_or(|ms| ms < stated)) {
        return Ok(None);
    }
    let asked = (header.person, header.entry_type, header.scope, header.epoch, contact_ms);
    if let Some((known, answer)) = &series.known.permitted
        && *known == asked
    {
        return Ok(*answer);
    }
    let answer = match author(bench, series, header).await? {
        Ok(certified) => might_write(bench, series, header, &certified).await?,
        Err(_) => None,
    };
    series.known.permitted = Some((asked, answer));
    Ok(answer)
}

/// The latest contact that was stated before this number was given.
async fn stated(bench: &mut Bench<'_>, series: &mut Series, epoch: Epoch, seq: u64) -> Result<Option<i64>> {
    if let Some((of, (from, below), stated)) = series.known.stated
        && of == epoch
        && (from..below).contains(&seq)
    {
        return Ok(stated);
    }
    let (stated, below) = bench.tx.contact_stated_until(series.org, series.device.id, epoch, seq).await?;
    series.known.stated = Some((epoch, (seq, below.unwrap_or(u64::MAX)), stated));
    Ok(stated)
}

async fn replaced(bench: &mut Bench<'_>, series: &mut Series, epoch: Epoch, seq: u64) -> Result<bool> {
    if let Some((of, from, any)) = series.known.replaced
        && of == epoch
        && seq >= from
    {
        return Ok(any);
    }
    let any = bench.tx.is_any_replaced(series.org, series.device.id, epoch, seq).await?;
    series.known.replaced = Some((epoch, seq, any));
    Ok(any)
}
