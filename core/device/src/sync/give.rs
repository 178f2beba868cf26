//! Giving back what a restored server lost and this device had read (`sync.md` 25): before anything is offered,
//! since what people did refers to what was published and to who may do what.

use frontline_domain::DeviceId;
use frontline_protocol::give_back::{Given, GivenPage, PATH, Taken};
use frontline_protocol::{Code, VERSIONS, frame, limits};
use serde_bytes::ByteBuf;

use super::drive::Around;
use super::gather::signed;
use crate::error::Fault;
use crate::net::{Failure, Transport, classify};
use crate::store::vouched::{self, Lost};
use crate::store::{Db, StoreError, entries, meta};

/// Bytes of entries of one message, and messages of one turn at most; the rest goes with the next sync.
const BYTES: usize = limits::PAGE / 2;
const MESSAGES: u32 = 64;

/// One message: the pages, and for each where it goes on.
#[derive(Default)]
struct Batch {
    pages: Vec<GivenPage>,
    next: Vec<(i64, Option<u64>)>,
    /// Pages of which nothing is left here to be given.
    empty: Vec<i64>,
}

/// Gives back what there is to give. A failure is no failure of the sync: it is tried again with the next one.
pub(super) async fn give_back(transport: &dyn Transport, around: &Around<'_>) -> Result<(), Fault> {
    for _ in 0..MESSAGES {
        let batch = around.store.read(batch)?;
        if batch.next.is_empty() && batch.empty.is_empty() {
            return Ok(());
        }
        if batch.next.is_empty() {
            around.store.write_at_last(|tx| batch.empty.iter().try_for_each(|id| vouched::given(tx, *id, None)))?;
            continue;
        }
        let Some(taken) = say(transport, around, &batch.pages).await? else { return Ok(()) };
        around.store.write_at_last(|tx| {
            for ((id, next), became) in batch.next.iter().zip(&taken.pages) {
                if let Some(code) = became.refused {
                    tracing::warn!(code = code.name(), "the server does not take a page back that it had sent");
                }
                vouched::given(tx, *id, next.filter(|_| became.refused.is_none()))?;
            }
            batch.empty.iter().try_for_each(|id| vouched::given(tx, *id, None))?;
            meta::heard_nonce(tx, &taken.nonce)
        })?;
    }
    Ok(())
}

/// Sends it; none where it was not taken, which the sync that follows will say better.
async fn say(transport: &dyn Transport, around: &Around<'_>, pages: &[GivenPage]) -> Result<Option<Taken>, Fault> {
    let body = frame::pack(&Given { versions: VERSIONS, pages: pages.to_vec() });
    // The second time with the nonce that the first answer gave.
    for _ in 0..2 {
        let (server, post) = around.store.read(|db| signed(db, PATH, &body))?;
        let server = server.parse().map_err(|_| StoreError::BadColumn { column: "meta.identity" })?;
        match transport.post(&server, post).await.and_then(classify::classify) {
            Ok(body) => {
                let taken = frame::unpack::<Taken>("what was taken back", &body).ok();
                return Ok(taken.filter(|taken| taken.pages.len() == pages.len()));
            }
            Err(Failure::NewNonce { nonce }) => {
                around.store.write_at_last(|tx| meta::heard_nonce(tx, &nonce))?;
            }
            // What a revoked device has is taken from it, like all that it may not read any more.
            Err(Failure::Refused(refused)) if refused.code == Code::DEVICE_REVOKED => {
                around.store.write_at_last(vouched::keep_nothing_lost)?;
                return Ok(None);
            }
            Err(_) => return Ok(None),
        }
    }
    Ok(None)
}

/// As many pages as a message takes.
fn batch(db: &Db<'_>) -> Result<Batch, Fault> {
    let own = meta::identity(db)?.device;
    let (mut batch, mut bytes, mut rows) = (Batch::default(), 0, 0);
    for lost in vouched::lost(db, limits::GIVEN_PAGES)? {
        rows += lost.page.rows.len();
        if !batch.pages.is_empty() && (bytes >= BYTES || rows > limits::PAGE_ENTRIES) {
            break;
        }
        let (entries, next) = of_page(db, own, &lost, &mut bytes)?;
        if entries.is_empty() {
            batch.empty.push(lost.id);
        } else {
            batch.pages.push(GivenPage { page: lost.page, entries });
            batch.next.push((lost.id, next));
        }
    }
    Ok(batch)
}

/// What is here of a page that others wrote, and where the rest begins. Own work is offered, not given back.
fn of_page(db: &Db<'_>, own: DeviceId, lost: &Lost, bytes: &mut usize) -> Result<(Vec<ByteBuf>, Option<u64>), Fault> {
    let mut entries = Vec::new();
    for row in lost.page.rows.iter().filter(|row| row.number >= lost.from && row.id.device != own) {
        let Some(held) = entries::by_hash(db, &row.hash)? else { continue };
        if *bytes >= BYTES && !entries.is_empty() {
            return Ok((entries, Some(row.number)));
        }
        *bytes += held.entry.bytes().len();
        entries.push(ByteBuf::from(held.entry.bytes().to_vec()));
    }
    Ok((entries, None))
}
