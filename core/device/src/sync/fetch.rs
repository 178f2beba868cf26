//! A run that has left this device comes back (`sync.md` 24): asked for by its id, piece by piece, taken in whole
//! or not at all.

use frontline_domain::DocId;
use frontline_protocol::document::{Ask, Given, PATH};
use frontline_protocol::sync::Row;
use frontline_protocol::{Code, Entry, VERSIONS, frame, limits};

use super::drive::{Around, Syncer};
use super::gather::signed;
use crate::error::Fault;
use crate::net::{Failure, classify};
use crate::observe::{Origin, Touched};
use crate::project::{self, Subject};
use crate::store::entries::{self, Place};
use crate::store::{Tx, meta, stubs};

/// Rows of one document at most: its changes, and what was said about it.
const MOST: usize = frontline_domain::document::judge::MAX_CHANGES + limits::PAGE_ENTRIES;

/// Fetches a run that is away; one that is here is left as it is.
pub(super) async fn fetch(syncer: &Syncer, around: &Around<'_>, run: DocId) -> Result<(), Fault> {
    let Some(stub) = around.store.read(|db| stubs::away(db, run))? else { return Ok(()) };
    let (mut rows, mut after) = (Vec::new(), 0);
    let last = loop {
        let given = ask(syncer, around, &Ask { versions: VERSIONS, doc: run, after, page_bytes: limits::PAGE as u32 }).await?;
        if given.scope != stub.scope || rows.len() + given.rows.len() > MOST {
            return Err(Failure::Unreadable("it is not the document that was asked for".to_owned()).into());
        }
        rows.extend(given.rows);
        match given.next {
            Some(next) if next > after => after = next,
            _ => break Given { rows: Vec::new(), ..given },
        }
    };
    let mut touched = Touched::default();
    around.store.write(|tx| take(tx, run, &last, &rows, &mut touched))?;
    around.observers.tell(&touched, Origin::Remote);
    Ok(())
}

async fn ask(syncer: &Syncer, around: &Around<'_>, ask: &Ask) -> Result<Given, Fault> {
    let transport = syncer.transport()?;
    let body = frame::pack(ask);
    for last in [false, true] {
        let (server, post) = around.store.read(|db| signed(db, PATH, &body))?;
        let server = server.parse().map_err(|_| crate::store::StoreError::BadColumn { column: "meta.identity" })?;
        match transport.post(&server, post).await.and_then(classify::classify) {
            Ok(body) => return frame::unpack("a document", &body).map_err(|e| Failure::Unreadable(e.to_string()).into()),
            Err(Failure::NewNonce { nonce }) if !last => {
                around.store.write_at_last(|tx| meta::heard_nonce(tx, &nonce))?;
            }
            Err(Failure::Refused(refused)) if refused.code == Code::NOT_THERE => return Err(Fault::not_found("run with this id")),
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(Failure::Busy { retry_after_ms: None }.into())
}

fn take(tx: &Tx<'_>, run: DocId, given: &Given, rows: &[Row], touched: &mut Touched) -> Result<(), Fault> {
    let own = meta::identity(tx)?;
    meta::heard_nonce(tx, &given.nonce)?;
    // Its numbers must be those of the feed that this device reads: after a restore the next sync comes first.
    if meta::contact(tx)?.is_none_or(|(incarnation, _)| incarnation != given.incarnation) {
        return Err(Failure::Busy { retry_after_ms: None }.into());
    }
    let about = Subject::Run(run);
    for row in rows {
        let entry = Entry::read(&row.bytes, limits::ENTRY)?;
        if entry.header.org != own.org || entry.header.scope != given.scope || project::subject(&entry).as_ref() != Some(&about) {
            tracing::warn!(entry_type = %entry.header.entry_type, "an entry of a fetched run was set aside: it belongs elsewhere");
            continue;
        }
        let place = Place { incarnation: given.incarnation, number: row.number, effective_ms: row.effective_ms };
        entries::put(tx, &entry, Some(&about.encode()), false, Some(place))?;
    }
    stubs::fetched(tx, run, given.time_ms)?;
    project::refresh(tx, &about, touched)
}
