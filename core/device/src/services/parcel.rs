//! Carrying unsent work out of a device in a file, for `admin import`: out of its store, or out of one that is not
//! opened any more. Nothing is taken away here: what arrives twice is one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use frontline_domain::env::Random;
use frontline_domain::fact::{BlobCaptured, Fact};
use frontline_domain::{BlobHash, DeviceId, EntryType, OrgId, SubjectId};
use frontline_protocol::Entry;
use frontline_protocol::customers::Place;
use frontline_protocol::hpke::Secret;
use frontline_protocol::parcel::seal::Head;
use frontline_protocol::parcel::stream::Writing;
use frontline_protocol::parcel::{self, Part};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_bytes::ByteArray;

use super::media;
use crate::blobs::files::{Files, READ};
use crate::core::{Core, signing_key};
use crate::customers::{self, drawn};
use crate::error::{Error, Fault};
use crate::salvage::dig::Found;
use crate::store::{BLOBS, aside, blobs, meta, outbox, pending};

/// What was carried out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    pub entries: u64,
    /// Photos and signatures, small ones included.
    pub pictures: u64,
    /// Pictures that are unsent and in no file: their own is damaged or gone.
    pub left_out: u64,
    pub bytes: u64,
    /// Whether it opens for the organisation alone. Else this device knows of no recovery key, and anybody reads it.
    pub sealed: bool,
}

impl Core {
    /// Writes what has no receipt, and pictures that are not at the server, into a new file. Nothing is taken out of
    /// the queue.
    pub fn export(&self, file: &Path) -> Result<Exported, Error> {
        let inner = &self.inner;
        let random = inner.random.as_ref();
        if file.symlink_metadata().is_ok() {
            return Err(Fault::invalid("file", "new", "this file exists; name a new one").into());
        }
        // A full phone reads on without what it could not settle; a file without it must not be taken for all.
        if inner.read(|db| Ok(pending::is_any(db)?))? {
            inner.store.write_at_last(|_| Ok::<_, Fault>(()))?;
        }
        // At one instant, however long the writing takes.
        inner.read(|db| {
            let (identity, (epoch, next_seq)) = (meta::identity(db)?, meta::series(db)?);
            let whose = (identity.org, identity.device);
            let key = signing_key(db)?;
            let to = meta::get(db, meta::key::RECOVERY_AT)?;
            let keys_to = to.or(meta::get(db, meta::key::CUSTOMERS_AT)?);
            let made_ms = inner.now(db)?.server_estimate();
            let mut out = Carrying::begin(file, whose, to, random)?;
            let mut after = i64::MIN;
            loop {
                let some = outbox::unsent_after(db, after, parcel::ENTRIES, parcel::BYTES, true)?;
                let Some((last, _)) = some.last() else { break };
                after = last.row;
                let entries: Vec<Vec<u8>> = some.into_iter().map(|(_, bytes)| bytes).collect();
                let key_of = |subject, device| Ok(crate::store::customers::key(db, subject, device)?);
                let keys =
                    keys_to.map_or(Ok(None), |to| customers::told_to(&to, random, whose, entries.iter().map(Vec::as_slice), key_of))?;
                let (org, device) = whose;
                let entries = entries.into_iter().map(Into::into).collect();
                let public = key.verifying_key().to_bytes().into();
                out.part(&Part { org, device, key: public, epoch, next_seq, made_ms, entries, keys }, &key)?;
            }
            let files = Files::of(&inner.store);
            for (blob, bytes) in blobs::unsent(db, media::server(db)?)? {
                out.picture(&files, &blob, bytes)?;
            }
            out.end()
        })
    }
}

/// Carries what a store that is not opened still holds of captured work into a file, signed by the key of the device
/// that it was: a damaged one that was set aside at `kept_at`, or one that a newer version of the app wrote. It is
/// only read. What was sent before is in the file, too, and one all the same.
pub fn salvage(kept_at: &Path, key: &[u8; 32], file: &Path, random: &dyn Random) -> Result<Exported, Error> {
    Ok(carry_out(kept_at, key, file, random)?)
}

fn carry_out(kept_at: &Path, key: &[u8; 32], file: &Path, random: &dyn Random) -> Result<Exported, Fault> {
    let held = aside::read(kept_at, key)?;
    let found = &held.found;
    let entries = found.device().map(|device| found.captured_by(device)).unwrap_or_default();
    let (Some(kept), Some(first)) = (&held.kept, entries.first()) else {
        return Err(Fault::invalid("kept_at", "salvage", "nothing of this store can be read any more; keep it, an expert may still"));
    };
    let signing = SigningKey::from_bytes(&kept.seed);
    let (org, device, epoch) = (first.header.org, first.header.device, first.header.epoch);
    let of_series = entries.iter().filter(|e| e.header.epoch == epoch);
    let next_seq = of_series.map(|e| e.header.seq).max().unwrap_or_default() + 1;
    let made_ms = entries.iter().map(|e| e.header.moment.server_estimate()).max().unwrap_or_default();
    let keys_to = kept.recovery_at.or(kept.customers_at);
    let mut out = Carrying::begin(file, (org, device), kept.recovery_at, random)?;
    for some in portions(&entries) {
        let bytes: Vec<Vec<u8>> = some.iter().map(|entry| entry.bytes().to_vec()).collect();
        let key_of = |subject, author| Ok(proven(found, some, subject, author));
        let keys =
            keys_to.map_or(Ok(None), |to| customers::told_to(&to, random, (org, device), bytes.iter().map(Vec::as_slice), key_of))?;
        let entries = bytes.into_iter().map(Into::into).collect();
        let public = signing.verifying_key().to_bytes().into();
        out.part(&Part { org, device, key: public, epoch, next_seq, made_ms, entries, keys }, &signing)?;
    }
    // Those of a store that was set aside stayed where they were.
    let beside = kept_at.parent().filter(|_| !kept_at.join(BLOBS).exists()).unwrap_or(kept_at);
    let files = Files::at(beside, held.pictures);
    let is_sent = |blob: &BlobHash| kept.contact.is_some_and(|(server, _)| found.is_sent(blob, server));
    for (blob, bytes) in named(&entries).into_iter().filter(|(blob, _)| !is_sent(blob)) {
        out.picture(&files, &blob, bytes)?;
    }
    out.end()
}

/// Entries in portions of what goes into one part.
fn portions<'a, 'b>(entries: &'b [&'a Entry]) -> Vec<&'b [&'a Entry]> {
    let (mut out, mut from, mut size) = (Vec::new(), 0, 0);
    for (at, entry) in entries.iter().enumerate() {
        let more = entry.bytes().len();
        if at > from && (at - from >= parcel::ENTRIES || size + more > parcel::BYTES) {
            out.push(&entries[from..at]);
            (from, size) = (at, 0);
        }
        size += more;
    }
    out.push(&entries[from..]);
    out
}

/// The key that opens what is said about this customer, of those that were found.
pub(crate) fn proven(found: &Found, said: &[&Entry], subject: SubjectId, author: DeviceId) -> Option<Secret> {
    let about = |entry: &&Entry| customers::about_customer(entry).filter(|(_, sealed)| sealed.subject == subject);
    let said: Vec<_> = said.iter().filter_map(|entry| Some((entry.header.org, about(entry)?))).collect();
    let opens = |key: &&Secret| {
        said.iter()
            .any(|(org, (about, sealed))| Place { org: *org, device: author, about: *about }.open::<IgnoredAny>(key, sealed).is_some())
    };
    found.keys(subject, author).iter().find(opens).cloned()
}

/// The pictures that entries name: the small ones, then the others, each once.
fn named(entries: &[&Entry]) -> Vec<(BlobHash, u64)> {
    let said = |entry: &&&Entry| match Fact::decode(entry.header.entry_type, &entry.body) {
        Some(Ok(Fact::BlobCaptured(said))) => Some(said),
        _ => None,
    };
    let of_pictures = entries.iter().filter(|entry| entry.header.entry_type == EntryType::BLOB_CAPTURED);
    let said: Vec<BlobCaptured> = of_pictures.filter_map(|entry| said(&entry)).collect();
    let mut seen = BTreeSet::new();
    let all = said.iter().filter_map(|s| s.thumbnail.map(|small| (small.blob, small.bytes))).chain(said.iter().map(|s| (s.blob, s.bytes)));
    all.filter(|(blob, _)| seen.insert(*blob)).collect()
}

/// A file that is not whole. It takes no room once nobody writes it any more.
struct Fresh(PathBuf);
impl Drop for Fresh {
    fn drop(&mut self) {
        // It has its name by now, or nobody wants it.
        let _ = fs::remove_file(&self.0);
    }
}

/// A file that is being written: whole or not at all, since one that was half written would be taken for all there
/// was.
struct Carrying {
    to: Writing<File>,
    fresh: Fresh,
    file: PathBuf,
    done: Exported,
}

impl Carrying {
    fn begin(file: &Path, whose: (OrgId, DeviceId), to: Option<ByteArray<32>>, random: &dyn Random) -> Result<Self, Fault> {
        let key = drawn(random);
        let unsound = || Fault::invalid("device", "recovery", "the organisation's recovery key is none; enrol this device again");
        let head = Head::new(whose, to.as_deref(), &key, &drawn(random)).ok_or_else(unsound)?;
        // A name of its own, whatever the file is called and whatever lies beside it.
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{:016x}.part", random.next_u64()));
        let fresh = Fresh(file.with_file_name(name));
        let done = Exported { sealed: head.is_sealed(), ..Exported::default() };
        Ok(Self { to: Writing::begin(File::create_new(&fresh.0)?, &head, &key)?, fresh, file: file.to_owned(), done })
    }

    fn part(&mut self, part: &Part, key: &SigningKey) -> Result<(), Fault> {
        self.to.part(part, key)?;
        self.done.entries += part.entries.len() as u64;
        Ok(())
    }

    /// Looked through before it is written: a picture that turns out damaged half-way would spoil the file.
    fn picture(&mut self, files: &Files, blob: &BlobHash, bytes: u64) -> Result<(), Fault> {
        if !files.is_whole(blob, bytes)? {
            tracing::error!("a picture's file is damaged or gone; it is not carried out");
            self.done.left_out += 1;
            return Ok(());
        }
        self.to.picture(blob, bytes, |at| files.read(blob, at, READ))?;
        self.done.pictures += 1;
        Ok(())
    }

    fn end(self) -> Result<Exported, Fault> {
        let out = self.to.end()?;
        out.sync_all()?;
        let bytes = out.metadata()?.len();
        fs::rename(&self.fresh.0, &self.file)?;
        // Whoever resets the phone now takes the keys away: the name must be on the disk, too.
        #[cfg(unix)]
        File::open(self.file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(Exported { bytes, ..self.done })
    }
}
