//! Taking pictures, piece by piece: each goes on from the last byte that is here, whoever was cut off when.
//!
//! A sender has a file of its own for each picture on its way, so that nobody's bytes get among another's. A
//! picture that is here for the organisation is here for everybody: it is not sent again. The last piece settles
//! whether the bytes are what their name says; else they are thrown away, and the sender begins anew.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

use frontline_domain::{BlobHash, DeviceId, OrgId};

use super::read::blocking;
use super::{Blobs, Turn, content, limits};
use crate::app::App;
use crate::store::blobs::{SenderId, Upload};
use crate::store::{ReadTx, StoreError};

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    pub org: OrgId,
    pub by: SenderId,
    /// None: a program with a token.
    pub device: Option<DeviceId>,
    /// What a program may bring; a device brings what its own entries name.
    pub brings: Brings,
}

/// What may be brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Brings {
    /// What stored entries name.
    #[default]
    Named,
    /// What was offered as a picture or video of content.
    Content,
    /// Both: an administrator's program.
    Both,
}

/// Why a picture, or a piece of it, is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// No stored entry of this sender's names it. Nothing more is told.
    #[error("no stored entry names this picture; send the entry first")]
    NotNamed,
    #[error("this picture is not on its way; announce it first")]
    NotBegun,
    #[error("the entry says that this picture has {0} bytes")]
    Length(u64),
    #[error("a picture or video of content has at most {} MiB", frontline_domain::media::VIDEO_BYTES >> 20)]
    TooLarge,
    #[error("this sender has {} pictures on their way; finish one first", limits::UNFINISHED)]
    TooMany,
    #[error("the organisation's pictures take {} GiB, which is all they may", limits::ORGANISATION >> 30)]
    NoRoom,
    #[error("somebody writes to this picture at this moment; ask again")]
    Busy,
    #[error("the bytes are not those that the name of the picture stands for; they were thrown away, send them anew")]
    OtherBytes,
    #[error("the disk of the server refused")]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How far a picture has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub offset: u64,
    pub length: u64,
    /// None: it is here whole.
    pub expires_ms: Option<i64>,
}

/// How many bytes the entries of this sender say that the picture has.
async fn named(tx: &mut dyn ReadTx, from: &Sender, blob: &BlobHash) -> Result<u64, NotTaken> {
    if from.brings != Brings::Named
        && let Some(offer) = tx.media_offered(from.org, blob).await?
    {
        return Ok(offer.bytes);
    }
    let all = if from.brings == Brings::Content { Vec::new() } else { tx.blob_named(from.org, blob).await? };
    let mine = all.iter().find(|n| from.device.is_none_or(|device| n.device == device));
    mine.map(|n| n.bytes).ok_or(NotTaken::NotNamed)
}

/// A file that is being written to.
pub struct Open {
    pub progress: Progress,
    file: Option<File>,
    path: PathBuf,
    _turn: Turn,
}

impl Blobs {
    /// Whether the bytes are here whole. Where the list and the disk disagree, the disk is right.
    async fn is_here(&self, app: &App, from: &Sender, blob: &BlobHash, bytes: u64) -> Result<bool, NotTaken> {
        let org = from.org;
        if from.brings == Brings::Content && !content::is_contents(&mut *app.store.read().await?, org, blob).await? {
            return Ok(false);
        }
        let listed = app.store.read().await?.blob_here(org, blob).await?;
        let length = self.length(org, *blob).await?;
        // What is here is as long as it was when its bytes were held against its name. Whoever says otherwise is wrong, and takes
        // nobody's picture away.
        if let Some(known) = listed
            && length == Some(known)
        {
            return if known == bytes { Ok(true) } else { Err(NotTaken::Length(known)) };
        }
        let here = length == Some(bytes);
        if listed.is_some() != here {
            let mut tx = app.store.write().await?;
            if here {
                tx.put_blob_here(org, blob, bytes, app.now_ms()).await?;
            } else {
                tx.remove_blob_here(org, blob).await?;
            }
            tx.commit().await?;
        }
        Ok(here)
    }

    /// How far this sender's picture has come.
    pub async fn progress(&self, app: &App, from: &Sender, blob: &BlobHash) -> Result<Progress, NotTaken> {
        let mut tx = app.store.read().await?;
        let length = named(&mut *tx, from, blob).await?;
        let begun = tx.uploads(from.org, &from.by).await?.into_iter().find(|u| u.blob == *blob);
        drop(tx);
        if self.is_here(app, from, blob, length).await? {
            return Ok(Progress { offset: length, length, expires_ms: None });
        }
        let begun = begun.filter(|u| u.expires_ms > app.now_ms()).ok_or(NotTaken::NotBegun)?;
        let path = self.part(from.org, &from.by, blob);
        let offset = match fs::metadata(&path) {
            Ok(found) => found.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
            Err(e) => return Err(e.into()),
        };
        Ok(Progress { offset, length, expires_ms: Some(begun.expires_ms) })
    }

    /// Announces a picture of so many bytes. Doing so again goes on with what is there.
    pub async fn begin(&self, app: &App, from: &Sender, blob: &BlobHash, length: u64) -> Result<Progress, NotTaken> {
        let mut tx = app.store.read().await?;
        let said = named(&mut *tx, from, blob).await?;
        drop(tx);
        if said != length {
            return Err(NotTaken::Length(said));
        }
        if self.is_here(app, from, blob, length).await? {
            return Ok(Progress { offset: length, length, expires_ms: None });
        }
        self.forget_expired(app).await?;
        let mut tx = app.store.write().await?;
        let under_way = tx.uploads(from.org, &from.by).await?;
        if under_way.len() >= limits::UNFINISHED && !under_way.iter().any(|u| u.blob == *blob) {
            return Err(NotTaken::TooMany);
        }
        if tx.blob_total(from.org).await?.1.saturating_add(length) > limits::ORGANISATION {
            return Err(NotTaken::NoRoom);
        }
        let upload = Upload { by: from.by, blob: *blob, expires_ms: app.now_ms() + limits::WAY_MS };
        tx.put_upload(from.org, &upload).await?;
        tx.commit().await?;
        self.progress(app, from, blob).await
    }

    /// Opens a picture to be written on from its last byte.
    pub async fn open_part(&self, app: &App, from: &Sender, blob: &BlobHash) -> Result<Open, NotTaken> {
        let turn = self.turn((from.org, from.by, *blob)).ok_or(NotTaken::Busy)?;
        let progress = self.progress(app, from, blob).await?;
        let path = self.part(from.org, &from.by, blob);
        let file = match progress.expires_ms {
            None => None,
            Some(_) => {
                fs::create_dir_all(&self.parts)?;
                Some(OpenOptions::new().create(true).append(true).open(&path)?)
            }
        };
        Ok(Open { progress, file, path, _turn: turn })
    }

    /// Ends a piece: what was written is on the disk, and after the last one the picture is here.
    pub async fn close_part(&self, app: &App, from: &Sender, blob: &BlobHash, open: Open) -> Result<Progress, NotTaken> {
        let Open { progress, file, path, _turn } = open;
        let Some(file) = file else { return Ok(progress) };
        blocking(move || file.sync_all()).await?;
        if progress.offset < progress.length {
            return Ok(progress);
        }
        let (keep, org, blob, part) = (self.keep.clone(), from.org, *blob, path.clone());
        let good = blocking(move || {
            let mut hasher = blake3::Hasher::new();
            io::copy(&mut File::open(&part)?, &mut hasher)?;
            let good = hasher.finalize().as_bytes() == blob.as_bytes();
            if good {
                keep.put(org, &blob, &part)?
            } else {
                fs::remove_file(&part)?
            }
            Ok(good)
        });
        let good = good.await?;
        let mut tx = app.store.write().await?;
        tx.remove_upload(org, &from.by, &blob).await?;
        if good {
            tx.put_blob_here(org, &blob, progress.length, app.now_ms()).await?;
        }
        tx.commit().await?;
        if good && from.brings != Brings::Named {
            self.is_brought(app, org, &blob, progress.length).await?;
        }
        if good { Ok(Progress { expires_ms: None, ..progress }) } else { Err(NotTaken::OtherBytes) }
    }

    /// Throws away what has been on its way for too long.
    pub async fn forget_expired(&self, app: &App) -> Result<(), NotTaken> {
        if app.store.read().await?.expired_uploads(app.now_ms()).await?.is_empty() {
            return Ok(());
        }
        let mut tx = app.store.write().await?;
        for (org, upload) in tx.expired_uploads(app.now_ms()).await? {
            let Some(_turn) = self.turn((org, upload.by, upload.blob)) else { continue };
            match fs::remove_file(self.part(org, &upload.by, &upload.blob)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e.into()),
                _ => tx.remove_upload(org, &upload.by, &upload.blob).await?,
            }
        }
        Ok(tx.commit().await?)
    }
}

impl Open {
    /// Writes on. More than the picture has is not taken.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), NotTaken> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let offset = self.progress.offset + bytes.len() as u64;
        if offset > self.progress.length {
            return Err(NotTaken::Length(self.progress.length));
        }
        file.write_all(bytes)?;
        self.progress.offset = offset;
        Ok(())
    }

    /// Takes back what was written since `offset`: it was not from whom it said.
    pub fn take_back(&mut self, offset: u64) -> Result<(), NotTaken> {
        if let Some(file) = &self.file {
            file.set_len(offset)?;
            self.progress.offset = offset;
        }
        Ok(())
    }
}
