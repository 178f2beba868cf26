//! Sending pictures: after all text, the small ones first, by a budget for the kind of network. A picture that the
//! server does not take is passed over: it holds no other one back.
//!
//! May be cut at any await. What the server has is asked for, never guessed: it goes on from the last byte there.

use frontline_domain::env::Clock;
use frontline_domain::{BlobHash, Incarnation};
use serde::Serialize;

use super::budget::{self, Network};
use super::content::{self, Brought};
use super::files::Files;
use super::tus::{Line, Said};
use crate::error::Fault;
use crate::net::{Failure, Transport, Unreached};
use crate::services::media::server;
use crate::store::{Store, blobs, meta, outbox};
use crate::sync::backoff;

/// Bytes of one piece: what a cut costs at most, and what a slow network moves well within a request's time.
pub(super) const PIECE: u64 = 256 << 10;
/// How often a connection may break off before this is given up for now.
pub(super) const TRIES: u32 = 4;
/// How long is waited after it broke off, at first and at most.
pub(super) const BASE_MS: u64 = 500;
pub(super) const CAP_MS: u64 = 5_000;

/// What keeps pictures from being sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldBack {
    /// What was written goes first.
    TextFirst,
    /// The network is metered, and today's share of it is used up.
    Metered,
    /// There is no network for pictures.
    NoNetwork,
}

/// What was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Pictures that the server has now, small ones included.
    pub pictures: u64,
    /// Those of them that it had before, from somebody else or from an earlier time.
    pub had: u64,
    pub bytes_up: u64,
    /// What still waits.
    pub waiting: blobs::Waiting,
    pub held_back: Option<HeldBack>,
    /// Pictures that the server did not take, or whose file here is damaged.
    pub passed_over: u64,
    /// Why it stopped, where the network did it.
    pub broke_off: Option<Unreached>,
    /// What became of those of content; nothing, where something captured here still waits.
    pub content: Brought,
}

/// What sending works with.
pub(crate) struct Around<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub random: &'a dyn frontline_domain::env::Random,
    pub transport: &'a dyn Transport,
    pub network: Network,
}

/// How one picture ended.
enum One {
    Done { had: bool },
    PassedOver,
    HeldBack,
}

/// Sends what waits.
pub(crate) async fn send(around: &Around<'_>) -> Result<Sent, Fault> {
    let mut sent = Sent::default();
    let (life, all, unsent) = around.store.read(|db| {
        let life = server(db)?;
        Ok::<_, Fault>((life, blobs::unsent(db, life)?, outbox::counts(db)?[0]))
    })?;
    if !all.is_empty() {
        sent.held_back = match (around.network, unsent) {
            (Network::None, _) => Some(HeldBack::NoNetwork),
            (_, 1..) => Some(HeldBack::TextFirst),
            (Network::Unmetered | Network::Metered, 0) => None,
        };
        if sent.held_back.is_none() {
            let mut line = Line::open(around.store, around.transport)?;
            run(around, &mut line, life, &all, &mut sent).await?;
            sent.bytes_up = line.up;
        }
    }
    sent.waiting = around.store.read(|db| blobs::waiting(db, life))?;
    if sent.waiting.count == 0 && unsent == 0 && sent.broke_off.is_none() {
        sent.content = content::bring(around).await?;
    }
    Ok(sent)
}

async fn run(around: &Around<'_>, line: &mut Line<'_>, life: Incarnation, all: &[(BlobHash, u64)], sent: &mut Sent) -> Result<(), Fault> {
    let mut tries = 0;
    let mut at = 0;
    while let Some((blob, bytes)) = all.get(at) {
        match one(around, line, blob, *bytes).await? {
            Ok(One::Done { had }) => {
                around.store.write_at_last(|tx| blobs::set_sent(tx, blob, life))?;
                sent.pictures += 1;
                sent.had += u64::from(had);
                (at, tries) = (at + 1, 0);
            }
            Ok(One::PassedOver) => {
                sent.passed_over += 1;
                (at, tries) = (at + 1, 0);
            }
            Ok(One::HeldBack) => {
                sent.held_back = Some(HeldBack::Metered);
                return Ok(());
            }
            Err(failure) => {
                tries += 1;
                if tries >= TRIES || !failure.is_passing() {
                    sent.broke_off = failure.unreached();
                    return if failure.is_passing() || failure.is_offline() { Ok(()) } else { Err(failure.into()) };
                }
                around
                    .transport
                    .wait(std::time::Duration::from_millis(backoff::delay(tries, BASE_MS, CAP_MS, around.random.next_u64())))
                    .await;
            }
        }
    }
    Ok(())
}

/// Sends one picture from where the server is.
async fn one(around: &Around<'_>, line: &mut Line<'_>, blob: &BlobHash, bytes: u64) -> Result<Result<One, Failure>, Fault> {
    let files = Files::of(around.store);
    let mut place = match line.ask(blob).await {
        Ok(Said::At(place)) => place,
        Ok(Said::Unknown) => match line.announce(blob, bytes).await {
            Ok(Said::At(place)) => place,
            Ok(Said::Unknown | Said::OtherBytes | Said::NotNow(_)) => return Ok(Ok(One::PassedOver)),
            Err(failure) => return Ok(Err(failure)),
        },
        Ok(Said::OtherBytes | Said::NotNow(_)) => return Ok(Ok(One::PassedOver)),
        Err(failure) => return Ok(Err(failure)),
    };
    if place >= bytes {
        return Ok(Ok(One::Done { had: true }));
    }
    while place < bytes {
        let piece = match files.read(blob, place, PIECE as usize) {
            Ok(piece) if !piece.is_empty() => piece,
            read => {
                tracing::error!(cause = ?read.err(), "a picture's file is damaged or gone; it stays, and is not sent");
                return Ok(Ok(One::PassedOver));
            }
        };
        let size = piece.len() as u64;
        let may = around.store.write(|tx| {
            let now_ms = around.clock.now().wall_ms + meta::server_offset(tx)?.unwrap_or(0);
            let may = budget::left(tx, around.network, now_ms)? >= size;
            if may {
                budget::spend(tx, around.network, now_ms, size)?;
            }
            Ok::<_, Fault>(may)
        })?;
        if !may {
            return Ok(Ok(One::HeldBack));
        }
        place = match line.send(blob, place, &piece).await {
            Ok(Said::At(next)) if next > place => next,
            // Somebody else's word about a place that moved: passed over now, gone on with at the next sync.
            Ok(Said::At(_) | Said::Unknown | Said::OtherBytes | Said::NotNow(_)) => return Ok(Ok(One::PassedOver)),
            Err(failure) => return Ok(Err(failure)),
        };
    }
    Ok(Ok(One::Done { had: false }))
}
