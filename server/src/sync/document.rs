//! A document for a device that it has left: its changes and what was said about it, as they stand in its scope's
//! feed. Whoever may not read that feed learns not even that there is such a document.

use frontline_domain::TypeSet;
use frontline_protocol::document::{Ask, Given};
use frontline_protocol::sync::Row;
use frontline_protocol::{Code, limits};

use super::auth::Caller;
use super::{Refusal, common, reads};
use crate::app::App;

/// A piece of a document that the device may read.
pub async fn document(app: &App, caller: &Caller, ask: Ask) -> Result<Given, Refusal> {
    let time_ms = app.now_ms();
    let version = common(ask.versions).ok_or_else(|| Refusal::new(426, Code::VERSION, time_ms))?;
    let (org, mut tx) = (caller.claim.org, app.store.read().await?);
    // As for a page: the grants are read in the transaction that reads the rows.
    let reads = reads::of(&mut *tx, org, caller.claim.device, time_ms).await?;
    let row = tx.doc(org, ask.doc).await?;
    let types = |scope| reads.scopes.iter().find(|(s, _)| *s == scope).map_or(TypeSet::EMPTY, |(_, types)| *types);
    let readable = row.map(|row| (row.scope, types(row.scope), row.entry_type)).filter(|(_, types, one)| types.contains(*one));
    let Some((scope, types, _)) = readable else { return Err(Refusal::new(404, Code::NOT_THERE, time_ms)) };
    let budget = (ask.page_bytes as usize).clamp(16 << 10, limits::PAGE);
    let found = tx.doc_entries(org, ask.doc, ask.after, limits::PAGE_ENTRIES + 1).await?;
    let (mut rows, mut bytes, mut looked, mut next) = (Vec::new(), 0, 0, None);
    for stored in found {
        bytes += stored.bytes.len();
        if looked >= limits::PAGE_ENTRIES || bytes > budget && looked > 0 {
            next = Some(stored.number - 1);
            break;
        }
        looked += 1;
        // What somebody elsewhere claims about it is not of this feed, and its number neither.
        if stored.scope == scope && types.contains(stored.entry_type) {
            rows.push(Row { number: stored.number, effective_ms: stored.effective_ms, bytes: stored.bytes.into() });
        }
    }
    let incarnation = tx.incarnation().await?;
    let nonce = caller.nonce(app, time_ms).into();
    Ok(Given { version, incarnation, time_ms, nonce, scope, rows, next })
}
