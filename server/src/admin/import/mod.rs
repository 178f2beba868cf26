//! Unsent work that was carried out of a device by hand: a file that `device export` wrote.
//!
//! A file is read twice: first all of it is examined, and one that was changed or cut is refused whole; then it is
//! taken in, part by part. So nothing but one part and one piece is ever in memory, however large the file is, and
//! where this dies half-way the same file goes on with it.

mod pictures;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use frontline_domain::OrgId;
use frontline_protocol::hpke::{Secret, public_key};
use frontline_protocol::parcel::seal::Head;
use frontline_protocol::parcel::stream::{Contents, Frame, Reading, examine};
use frontline_protocol::parcel::{ParcelError, Part};
use frontline_protocol::sync::Verdict;

use super::{AdminError, Desk, Result};
use crate::app::App;
use crate::customers::take::{self, Closed, Taken};
use crate::judge::Bench;
use crate::judge::entry::Offer;
use crate::judge::push::{Push, push};
use crate::judge::runs::Runs;
use crate::recovery::RecoveryError;
pub use pictures::Pictures;

/// What became of what is in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub stored: usize,
    pub held: usize,
    pub quarantined: usize,
    /// Others were stored in their stead.
    pub replaced: usize,
    /// Words about customers whose keys are sealed to a key that this server does not have. They were left in the
    /// file: taken in without their keys they would be lost in silence.
    pub closed: usize,
    pub pictures: Pictures,
}

/// Where the file is, and what opens it.
struct Opened {
    head: Head,
    key: Secret,
    /// The recovery key, where the file is sealed to it.
    secret: Option<Secret>,
}

impl Opened {
    fn reading(&self, file: &Path) -> std::result::Result<Reading<BufReader<File>>, ParcelError> {
        let mut from = BufReader::new(File::open(file)?);
        Head::read(&mut from)?;
        Reading::begin(from, &self.head, &self.key)
    }
}

fn refused(why: impl std::fmt::Display) -> AdminError {
    AdminError::Invalid(why.to_string())
}

/// Takes a file in, judged as if its device had sent it; taken in twice, it changes nothing. `private`: the private
/// half of the recovery key, where an operator keeps it elsewhere.
pub async fn import(app: &App, org: OrgId, file: &Path, private: Option<&Path>) -> Result<Imported> {
    let opened = open(app, org, file, private)?;
    let (found, opened) = {
        let file = file.to_owned();
        let looked = move || -> std::result::Result<(Contents, Opened), ParcelError> { Ok((examine(opened.reading(&file)?)?, opened)) };
        let looked = tokio::task::spawn_blocking(looked).await.map_err(|_| refused("reading the file was given up"))?;
        looked.map_err(refused)?
    };
    let device = opened.head.device;
    let known = app.store.read().await?.device(org, device).await?;
    let known = known.ok_or_else(|| refused("the file is of a device that this organisation does not know"))?;
    if found.key.is_some_and(|key| key != known.key) {
        return Err(refused("the file is not signed with the key that its device enrolled with"));
    }
    let mut out = Imported::default();
    let mut reading = opened.reading(file).map_err(refused)?;
    while let Some(frame) = reading.frame().map_err(refused)? {
        match frame {
            // Somebody may have put another file in the place of the one that was examined.
            Frame::Part(part) if part.key.into_array() != known.key => {
                return Err(refused("the file is not signed with the key that its device enrolled with"));
            }
            Frame::Part(part) => take_part(app, org, *part, opened.secret.as_ref(), &mut out).await?,
            Frame::Picture { blob, bytes } => pictures::take(app, (org, device), (blob, bytes), &mut reading, &mut out.pictures).await?,
        }
    }
    Ok(out)
}

/// Reads whose file it is, and finds what opens it.
fn open(app: &App, org: OrgId, file: &Path, private: Option<&Path>) -> Result<Opened> {
    let mut from = BufReader::new(File::open(file).map_err(|e| refused(format!("{}: {e}", file.display())))?);
    let head = Head::read(&mut from).map_err(refused)?;
    if head.org != org {
        return Err(refused("the file is of a device that this organisation does not know"));
    }
    let secret = if head.is_sealed() { Some(holder(app, org, &head, private).map_err(refused)?) } else { None };
    let key = head.open(secret.as_ref()).ok_or_else(|| refused(ParcelError::Changed))?;
    Ok(Opened { head, key, secret })
}

/// Why there is nothing that opens the file.
#[derive(Debug, thiserror::Error)]
enum NotOpened {
    #[error("the private half of the recovery key is not here; name its file with --recovery-key")]
    NotHere,
    #[error("the file is sealed to another recovery key than this one; name its file with --recovery-key")]
    Another,
    #[error(transparent)]
    Key(#[from] RecoveryError),
}

fn holder(app: &App, org: OrgId, head: &Head, private: Option<&Path>) -> std::result::Result<Secret, NotOpened> {
    let all = match private {
        Some(path) => vec![app.recovery.private_in(path)?],
        None => app.recovery.privates(org)?,
    };
    let missing = if all.is_empty() { NotOpened::NotHere } else { NotOpened::Another };
    all.into_iter().find(|secret| head.is_sealed_to(&public_key(secret))).ok_or(missing)
}

/// The keys of customers in a part. Where they are for another server than this, what they are for is left out.
fn customers(app: &App, part: &Part, secret: Option<&Secret>, offers: &mut Vec<Offer>, out: &mut Imported) -> Vec<Taken> {
    let Some(sealed) = &part.keys else { return Vec::new() };
    let opened = match secret {
        Some(secret) => take::open_with(&app.keys, &*app.random, part.org, part.device, sealed, secret),
        None => take::open(&app.keys, &*app.random, part.org, part.device, sealed),
    };
    match opened {
        Ok(taken) => taken,
        Err(Closed::Elsewhere) => {
            let all = offers.len();
            offers.retain(|offer| offer.subject().is_none());
            out.closed += all - offers.len();
            Vec::new()
        }
        Err(Closed::Unreadable) => {
            offers.iter_mut().for_each(|offer| offer.is_keyless = true);
            Vec::new()
        }
    }
}

async fn take_part(app: &App, org: OrgId, mut part: Part, secret: Option<&Secret>, out: &mut Imported) -> Result<()> {
    let mut offers = std::mem::take(&mut part.entries).into_iter().map(|bytes| Offer::read(bytes.into_vec())).collect();
    let customers = customers(app, &part, secret, &mut offers, out);
    let mut desk = Desk::open(app, org).await?;
    let arrived_ms = desk.now_ms;
    let Part { device, epoch, .. } = part;
    let one = Push { org, device, epoch, next_seq: None, contact: None, arrived_ms, app: None, offers, customers };
    let mut runs = Runs::default();
    let incarnation = desk.pen.incarnation;
    let mut bench = Bench { tx: &mut *desk.tx, feeds: &mut desk.feeds, runs: &mut runs, incarnation, later: Vec::new(), dear: 0 };
    let done = push(&mut bench, &one).await?;
    let later = bench.later;
    desk.later.extend(later);
    for decided in done.decided {
        match decided.marked(org, &desk.feeds).verdict {
            Verdict::Stored(_) => out.stored += 1,
            Verdict::Held(_) => out.held += 1,
            Verdict::Quarantined(_) => out.quarantined += 1,
            Verdict::Replaced | Verdict::Remake => out.replaced += 1,
        }
    }
    desk.close().await
}
