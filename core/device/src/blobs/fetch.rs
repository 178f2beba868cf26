//! Fetching a colleague's picture, when somebody wants to see it: span by span, so that a connection that breaks off
//! costs one span. What comes is believed by its name only.

use frontline_domain::BlobHash;
use frontline_domain::fact::{BlobCaptured, pictures};

use super::budget::{self, Network};
use super::clean;
use super::content;
use super::files::Files;
use super::send::{Around, BASE_MS, CAP_MS, PIECE, TRIES};
use super::tus::Line;
use crate::error::Fault;
use crate::net::Failure;
use crate::services::media::server;
use crate::store::blobs::{self, FileRow};
use crate::store::{media, meta};
use crate::sync::backoff;

/// Different things said about one picture that are tried at most.
const NAMINGS: usize = 8;

/// Brings a picture here, whole or small, unless it is.
pub(crate) async fn fetch(around: &Around<'_>, blob: &BlobHash, small: bool) -> Result<(), Fault> {
    let (named, shown) = around.store.read(|db| Ok::<_, Fault>((blobs::named(db, blob)?, media::get(db, blob)?)))?;
    if let Some(shown) = shown {
        return content::fetch(around, &shown).await;
    }
    // Whoever else named it may have said something that is not so, of another length or with another small one: the next is
    // tried then. Each is tried once, whatever was said how often.
    let mut said: Vec<BlobCaptured> = Vec::new();
    for one in named.into_iter().map(|one| one.said) {
        if said.len() < NAMINGS && !said.iter().any(|known| (known.bytes, known.thumbnail) == (one.bytes, one.thumbnail)) {
            said.push(one);
        }
    }
    let mut last = Fault::not_found("picture with this hash");
    for one in said {
        match of(around, &one, small).await {
            Err(fault @ (Fault::NotFound(_) | Fault::Network(Failure::Unreadable(_)))) => last = fault,
            done => return done,
        }
    }
    Err(last)
}

/// The same as it was said to be.
async fn of(around: &Around<'_>, said: &BlobCaptured, small: bool) -> Result<(), Fault> {
    let whole = FileRow::whole(said, around.clock.now().wall_ms);
    let row = if small { whole.small().ok_or_else(|| Fault::not_found("small picture of a recording; fetch it whole"))? } else { whole };
    let (wanted, bytes) = (row.blob, row.bytes);
    let files = Files::of(around.store);
    if files.length(&wanted)? == Some(bytes) {
        return Ok(());
    }
    let plain = pull(around, &wanted, bytes).await?;
    if blake3::hash(&plain).as_bytes() != wanted.as_bytes() {
        return Err(Failure::Unreadable("the bytes are not those of the picture".to_owned()).into());
    }
    is_within(&row, &plain)?;
    around.store.write(|tx| {
        files.write(&wanted, &plain)?;
        blobs::put_file(tx, &row)?;
        Ok(blobs::set_sent(tx, &wanted, server(tx)?)?)
    })
}

/// A picture with more pixels than one may have, whatever was said of it, would fill the memory of whoever draws it.
fn is_within(row: &FileRow, plain: &[u8]) -> Result<(), Fault> {
    let size = match row.media.as_str() {
        "image/jpeg" => clean::jpeg_size(plain),
        "image/png" => clean::png_size(plain),
        _ => return Ok(()),
    };
    let within =
        |(width, height): (u32, u32)| u64::from(width) * u64::from(height) <= pictures::PIXELS && width.max(height) <= pictures::SIDE;
    match size {
        Ok(size) if within(size) => Ok(()),
        _ => Err(Failure::Unreadable("the picture is none, or larger than a picture may be".to_owned()).into()),
    }
}

/// This network takes no more of them now.
pub(super) fn no_budget() -> Fault {
    let message = "the network is paid for by use and today's share of it is used up, or pictures are to leave it alone";
    Fault::invalid("network", "budget", message)
}

async fn pull(around: &Around<'_>, blob: &BlobHash, bytes: u64) -> Result<Vec<u8>, Fault> {
    let mut line = Line::open(around.store, around.transport)?;
    let mut plain: Vec<u8> = Vec::new();
    let mut tries = 0;
    while (plain.len() as u64) < bytes {
        let (from, count) = (plain.len() as u64, PIECE.min(bytes - plain.len() as u64));
        around.store.write(|tx| {
            let now_ms = around.clock.now().wall_ms + meta::server_offset(tx)?.unwrap_or(0);
            if around.network == Network::None || budget::left(tx, around.network, now_ms)? < count {
                return Err(no_budget());
            }
            budget::spend(tx, around.network, now_ms, count)
        })?;
        match line.fetch(blob, from, count).await {
            Ok(Some(span)) if !span.is_empty() => {
                plain.extend_from_slice(&span);
                tries = 0;
            }
            Ok(_) => return Err(Fault::not_found("such picture at the server yet; it comes when its phone has a network for it")),
            Err(failure) => {
                tries += 1;
                if tries >= TRIES || !failure.is_passing() {
                    return Err(failure.into());
                }
                let wait = backoff::delay(tries, BASE_MS, CAP_MS, around.random.next_u64());
                around.transport.wait(std::time::Duration::from_millis(wait)).await;
            }
        }
    }
    Ok(plain)
}
