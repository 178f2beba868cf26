//! Pictures and videos of content (ADR 31): offered by whoever publishes, brought before what names them, and read by
//! devices that carry a release which does.
//!
//! That bytes are here tells an author nothing: only those that an author brought, or that a release names already, may be
//! named by a new one. Else whoever knows the hash of a photo could publish it, and read it.

use std::fs::{self, File};
use std::io::Write;

use frontline_content::bundle;
use frontline_domain::media::VIDEO_BYTES;
use frontline_domain::release::Release;
use frontline_domain::{BlobHash, EntryType, OrgId, ReleaseHash, Scope};

use super::read::blocking;
use super::upload::NotTaken;
use super::{Blobs, limits};
use crate::app::App;
use crate::store::media::{NamedMedia, Offered};
use crate::store::{ReadTx, Result, StoreError, WriteTx};
use crate::sync::reads::Reads;

/// How many are offered at once.
pub const AT_ONCE: usize = 1_000;

/// Notes what a release or a draft that was just stored names.
pub async fn name(tx: &mut dyn WriteTx, org: OrgId, hash: ReleaseHash, release: &Release, draft: bool) -> Result<()> {
    for one in release.media() {
        let (blob, bytes, media) = (one.blob(), one.bytes(), one.media_type().to_owned());
        tx.put_media_named(org, &NamedMedia { blob, release: hash, draft, bytes, media }).await?;
        tx.remove_offer(org, &blob).await?;
    }
    Ok(())
}

/// A draft lies here no more: what nothing else names is kept for a while, so that it can be pushed again.
pub async fn forget_draft(tx: &mut dyn WriteTx, org: OrgId, draft: ReleaseHash, now_ms: i64) -> Result<()> {
    for gone in tx.remove_media_of_draft(org, draft).await? {
        if tx.media_named(org, &gone.blob).await?.is_empty() {
            tx.put_offer(org, &Offered { blob: gone.blob, bytes: gone.bytes, brought: true, until_ms: now_ms + limits::WAY_MS }).await?;
        }
    }
    Ok(())
}

/// Whether an author brought it, or a release names it already.
pub(super) async fn is_contents(tx: &mut dyn ReadTx, org: OrgId, blob: &BlobHash) -> Result<bool> {
    Ok(tx.media_offered(org, blob).await?.is_some_and(|offer| offer.brought) || !tx.media_named(org, blob).await?.is_empty())
}

/// What of a release can't be shown, since its bytes are not here.
pub async fn lacking(app: &App, tx: &mut dyn ReadTx, org: OrgId, release: &Release) -> Result<Vec<BlobHash>> {
    let mut out = Vec::new();
    for one in release.media() {
        let here = app.blobs.length(org, one.blob()).await.map_err(|e| StoreError::Failed(e.to_string()))? == Some(one.bytes());
        if !here || !is_contents(tx, org, &one.blob()).await? {
            out.push(one.blob());
        }
    }
    Ok(out)
}

/// By what a device may read it: a published release, or one that somebody on it tries.
pub async fn readable(tx: &mut dyn ReadTx, org: OrgId, reads: &Reads, blob: &BlobHash) -> Result<Option<NamedMedia>> {
    for named in tx.media_named(org, blob).await?.into_iter().filter(|named| !named.draft) {
        let Some(row) = tx.release(org, named.release).await? else { continue };
        for (scope, _) in reads.scopes.iter().filter(|(_, types)| types.contains(EntryType::RELEASE)) {
            // Releases are in the feed of all; those that are tried, in the feeds of those who try them alone.
            let is_fed = match scope {
                Scope::Org => row.kind != frontline_domain::release::DRAFT,
                scope => tx.fed(org, EntryType::RELEASE, &named.release.to_string(), *scope).await?.is_some(),
            };
            if is_fed {
                return Ok(Some(named));
            }
        }
    }
    Ok(None)
}

impl Blobs {
    /// Notes what an author is about to bring, and says what of it is to be sent.
    pub async fn offer(&self, app: &App, org: OrgId, all: &[(BlobHash, u64)]) -> std::result::Result<Vec<BlobHash>, NotTaken> {
        self.forget_expired(app).await?;
        self.forget_unnamed(app).await?;
        let mut wanted = Vec::new();
        let mut tx = app.store.write().await?;
        for (blob, bytes) in all {
            if !(1..=VIDEO_BYTES).contains(bytes) {
                return Err(NotTaken::TooLarge);
            }
            let is_contents = is_contents(tx.as_read(), org, blob).await?;
            let is_here = is_contents && self.length(org, *blob).await? == Some(*bytes);
            if !is_here {
                wanted.push((*blob, *bytes));
            }
            if tx.media_named(org, blob).await?.is_empty() || !is_here {
                let until_ms = app.now_ms() + limits::WAY_MS;
                tx.put_offer(org, &Offered { blob: *blob, bytes: *bytes, brought: is_here, until_ms }).await?;
            }
        }
        let more: u64 = wanted.iter().map(|(_, bytes)| bytes).sum();
        if tx.blob_total(org).await?.1.saturating_add(more) > limits::ORGANISATION {
            return Err(NotTaken::NoRoom);
        }
        tx.commit().await?;
        Ok(wanted.into_iter().map(|(blob, _)| blob).collect())
    }

    /// Takes those of a folder on this machine.
    pub async fn take(&self, app: &App, org: OrgId, files: &[bundle::File]) -> std::result::Result<(), NotTaken> {
        let files: Vec<&bundle::File> = files.iter().filter(|file| !file.content.is_empty()).collect();
        let offered: Vec<(BlobHash, u64)> = files.iter().map(|file| (file.blob, file.bytes)).collect();
        let wanted = if offered.is_empty() { Vec::new() } else { self.offer(app, org, &offered).await? };
        for file in files.into_iter().filter(|file| wanted.contains(&file.blob)) {
            let (keep, part) = (self.keep.clone(), self.parts.join(format!("{org}-content-{}", file.blob)));
            let (blob, content, folder) = (file.blob, file.content.clone(), self.parts.clone());
            let put = blocking(move || {
                if blake3::hash(&content).as_bytes() != blob.as_bytes() {
                    return Ok(false);
                }
                fs::create_dir_all(&folder)?;
                let mut out = File::create(&part)?;
                out.write_all(&content)?;
                out.sync_all()?;
                keep.put(org, &blob, &part).map(|()| true)
            });
            if !put.await? {
                return Err(NotTaken::OtherBytes);
            }
            self.is_brought(app, org, &file.blob, file.bytes).await?;
        }
        Ok(())
    }

    /// An author brought it whole.
    pub(super) async fn is_brought(&self, app: &App, org: OrgId, blob: &BlobHash, bytes: u64) -> std::result::Result<(), NotTaken> {
        let mut tx = app.store.write().await?;
        if let Some(offer) = tx.media_offered(org, blob).await? {
            tx.put_offer(org, &Offered { brought: true, ..offer }).await?;
        }
        tx.put_blob_here(org, blob, bytes, app.now_ms()).await?;
        Ok(tx.commit().await?)
    }

    /// Throws away what an author offered, or a draft named, and nothing has named since. The row goes before the file: a
    /// backup that copies the row finds the file, or says that it lacks what nothing names.
    pub async fn forget_unnamed(&self, app: &App) -> std::result::Result<(), NotTaken> {
        if app.store.read().await?.ended_offers(app.now_ms()).await?.is_empty() {
            return Ok(());
        }
        let mut gone = Vec::new();
        let mut tx = app.store.write().await?;
        for (org, offer) in tx.ended_offers(app.now_ms()).await? {
            tx.remove_offer(org, &offer.blob).await?;
            let is_named = !tx.media_named(org, &offer.blob).await?.is_empty() || !tx.blob_named(org, &offer.blob).await?.is_empty();
            if !is_named && offer.brought {
                tx.remove_blob_here(org, &offer.blob).await?;
                gone.push((org, offer.blob));
            }
        }
        tx.commit().await?;
        for (org, blob) in gone {
            let keep = self.keep.clone();
            blocking(move || keep.remove(org, &blob)).await?;
        }
        Ok(())
    }
}
