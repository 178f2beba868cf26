//! Pictures and videos of content (ADR 31): brought after what was captured here has left, by the same budget, pictures by
//! themselves and videos where bytes cost nothing or somebody asks; kept as long as a release in use shows them, and the
//! first to go where there is no room.

use std::collections::BTreeSet;
use std::io;

use frontline_domain::document::RunState;
use frontline_domain::record::Publication;
use frontline_domain::{BlobHash, ReleaseHash};

use super::budget::{self, Network};
use super::files::Files;
use super::part::{PIECE, Part};
use super::send::{Around, BASE_MS, CAP_MS, HeldBack, TRIES};
use super::tus::Line;
use crate::error::Fault;
use crate::net::{Failure, Unreached};
use crate::services::shown;
use crate::store::media::{self, Named};
use crate::store::{Cause, Db, Store, StoreError, meta, records, runs};
use crate::sync::backoff;

/// What became of the pictures and videos of content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// Those that are here now and were not.
    pub brought: u64,
    pub bytes_down: u64,
    /// Those that nothing in use shows any more, and that went.
    pub let_go: u64,
    /// Pictures in use that are not here, and their bytes.
    pub waiting: u64,
    pub waiting_bytes: u64,
    pub held_back: Option<HeldBack>,
    /// There was no room for them.
    pub no_room: bool,
    /// Why it stopped, where the network did it.
    pub broke_off: Option<Unreached>,
}

/// The releases whose pictures are shown: what is published or tried, and what open runs were begun with.
fn in_use(db: &Db<'_>) -> Result<BTreeSet<ReleaseHash>, StoreError> {
    let published = records::everywhere::<Publication>(db)?.into_iter().map(|(_, one)| one);
    let mut out: BTreeSet<ReleaseHash> = published.filter(|one| !one.withdrawn).map(|one| one.release).collect();
    for state in [RunState::Open, RunState::Submitted, RunState::Lapsed] {
        for version in runs::versions_in_state(db, state)? {
            // Handed in is the end where nobody signs off.
            let is_over =
                state == RunState::Submitted && shown::heading(db, &version)?.is_some_and(|heading| !heading.sign_off.are_asked());
            if !is_over {
                out.insert(version);
            }
        }
    }
    Ok(out)
}

/// Lets go what nothing in use shows; gives how many went. A row goes before its file.
pub(crate) fn let_go(store: &Store) -> Result<u64, Fault> {
    let files = Files::of_content(store);
    let (shown, here) = store.read(|db| {
        let shown: BTreeSet<BlobHash> = media::of(db, &in_use(db)?)?.into_iter().map(|one| one.blob).collect();
        Ok::<_, Fault>((shown, media::here(db)?))
    })?;
    let gone: Vec<BlobHash> = here.into_iter().filter(|blob| !shown.contains(blob)).collect();
    if !gone.is_empty() {
        store.write_at_last(|tx| gone.iter().try_for_each(|blob| media::remove_file(tx, blob)))?;
    }
    // Also what a kill left: files whose rows are gone, and parts of what nobody shows any more.
    let kept: BTreeSet<String> = shown.iter().flat_map(|blob| [files.name(blob), format!("{}.part", files.name(blob))]).collect();
    for name in files.names()?.iter().filter(|name| !kept.contains(*name)) {
        files.remove(name)?;
    }
    Ok(gone.len() as u64)
}

/// Gives up all of them for what somebody captures; whether there were any. They come back when there is room.
pub(crate) fn make_room(store: &Store) -> Result<bool, Fault> {
    let files = Files::of_content(store);
    let names = files.names()?;
    // The files first: it is their room that the rows can't be written without.
    for name in &names {
        files.remove(name)?;
    }
    if !names.is_empty() {
        store.write_at_last(|tx| {
            for blob in media::here(tx)? {
                media::remove_file(tx, &blob)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(!names.is_empty())
}

/// Brings what is shown and is not here.
pub(crate) async fn bring(around: &Around<'_>) -> Result<Brought, Fault> {
    let mut out = Brought { let_go: let_go(around.store)?, ..Brought::default() };
    let wanted = around.store.read(wanted)?;
    let may = |one: &&Named| !one.video || around.network == Network::Unmetered;
    let mut waiting: Vec<Named> = wanted.iter().filter(|one| !one.video).copied().collect();
    if !waiting.is_empty() && around.network == Network::None {
        out.held_back = Some(HeldBack::NoNetwork);
    } else if wanted.iter().any(|one| may(&one)) {
        let mut line = Line::open(around.store, around.transport)?;
        for one in wanted.iter().filter(may) {
            match pull(around, &mut line, one).await {
                Ok(One::Here) => {
                    out.brought += 1;
                    waiting.retain(|other| other.blob != one.blob);
                }
                Ok(One::NotThere) => {}
                Ok(One::HeldBack) => {
                    out.held_back = Some(HeldBack::Metered);
                    break;
                }
                Err(Stopped::Network(failure)) if failure.is_passing() || failure.is_offline() => {
                    out.broke_off = failure.unreached();
                    break;
                }
                Err(Stopped::Network(failure)) => return Err(failure.into()),
                Err(Stopped::Fault(fault)) if is_full(&fault) => {
                    out.no_room = true;
                    break;
                }
                Err(Stopped::Fault(fault)) => return Err(fault),
            }
        }
        out.bytes_down = line.down;
    }
    (out.waiting, out.waiting_bytes) = (waiting.len() as u64, waiting.iter().map(|one| one.bytes).sum());
    Ok(out)
}

/// What is shown and is not here.
fn wanted(db: &Db<'_>) -> Result<Vec<Named>, Fault> {
    let mut out = Vec::new();
    for one in media::of(db, &in_use(db)?)? {
        if !media::is_here(db, &one.blob)? {
            out.push(one);
        }
    }
    Ok(out)
}

/// Brings one that somebody wants to see now, unless it is here.
pub(super) async fn fetch(around: &Around<'_>, one: &Named) -> Result<(), Fault> {
    if around.store.read(|db| media::is_here(db, &one.blob))? && Files::of_content(around.store).length(&one.blob)? == Some(one.bytes) {
        return Ok(());
    }
    let mut line = Line::open(around.store, around.transport)?;
    match pull(around, &mut line, one).await {
        Ok(One::Here) => Ok(()),
        Ok(One::NotThere) => Err(Fault::not_found("such picture or video at the server")),
        Ok(One::HeldBack) => Err(super::fetch::no_budget()),
        Err(Stopped::Network(failure)) => Err(failure.into()),
        Err(Stopped::Fault(fault)) => Err(fault),
    }
}

/// How one ended.
enum One {
    Here,
    /// The server does not give it.
    NotThere,
    HeldBack,
}

/// Why nothing more is tried.
enum Stopped {
    Network(Failure),
    Fault(Fault),
}
impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
impl From<StoreError> for Stopped {
    fn from(e: StoreError) -> Self {
        Self::Fault(e.into())
    }
}
impl From<io::Error> for Stopped {
    fn from(e: io::Error) -> Self {
        Self::Fault(e.into())
    }
}

fn is_full(fault: &Fault) -> bool {
    let is_full = |e: &io::Error| matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    matches!(fault, Fault::File(e) if is_full(e)) || fault.store_error().is_some_and(StoreError::is_full)
}

/// Pulls one from where it stopped before, and keeps it once it is what its name says.
async fn pull(around: &Around<'_>, line: &mut Line<'_>, one: &Named) -> Result<One, Stopped> {
    let files = Files::of_content(around.store);
    let part = Part::open(&files, &one.blob, one.bytes, around.random)?;
    let mut tries = 0;
    let last = loop {
        let from = part.offset()?;
        let count = (one.bytes - from).min(PIECE as u64);
        if count == 0 {
            break Vec::new();
        }
        if around.network == Network::None || !spend(around, count)? {
            return Ok(One::HeldBack);
        }
        match line.fetch(&one.blob, from, count).await {
            Ok(Some(span)) if span.len() as u64 == count => {
                tries = 0;
                if span.len() < PIECE {
                    break span;
                }
                part.push(&span)?;
            }
            Ok(_) => return Ok(One::NotThere),
            Err(failure) => {
                tries += 1;
                if tries >= TRIES || !failure.is_passing() {
                    return Err(Stopped::Network(failure));
                }
                let wait = backoff::delay(tries, BASE_MS, CAP_MS, around.random.next_u64());
                around.transport.wait(std::time::Duration::from_millis(wait)).await;
            }
        }
    };
    let plain = match part.whole(&last) {
        // Damaged on this disk: it comes anew, with the next sync.
        Err(e) if e.kind() == io::ErrorKind::InvalidData => {
            part.remove()?;
            return Ok(One::NotThere);
        }
        whole => whole?,
    };
    if blake3::hash(&plain).as_bytes() != one.blob.as_bytes() {
        part.remove()?;
        return Err(Stopped::Network(Failure::Unreadable("the bytes are not those of the picture".to_owned())));
    }
    files.write(&one.blob, &plain)?;
    around.store.write(|tx| media::put_file(tx, &one.blob, one.bytes, around.clock.now().wall_ms))?;
    part.remove()?;
    Ok(One::Here)
}

/// Whether this network may take so many bytes now; they count before they come.
fn spend(around: &Around<'_>, count: u64) -> Result<bool, Fault> {
    around.store.write(|tx| {
        let now_ms = around.clock.now().wall_ms + meta::server_offset(tx)?.unwrap_or(0);
        let may = budget::left(tx, around.network, now_ms)? >= count;
        if may {
            budget::spend(tx, around.network, now_ms, count)?;
        }
        Ok(may)
    })
}
