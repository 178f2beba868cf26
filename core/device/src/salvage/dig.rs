//! What a damaged store still holds: the captured work of its device, and who the device is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use frontline_domain::record::Certificate;
use frontline_domain::{BlobHash, DeviceId, EntryHash, Epoch, Incarnation, PersonId, SiteId, SubjectId, cbor};
use frontline_protocol::hpke::Secret;
use frontline_protocol::{Entry, limits};
use serde::de::DeserializeOwned;

use super::pages::Pages;
use super::records::{self, Cell};
use super::{cipher, frame};
use crate::store::enrolled::Enrolled;
use crate::store::meta::{Identity, key};
use crate::store::outbox::State;

/// The state of a row of the queue that has its receipt.
const STORED: i64 = State::Stored as i64;

/// An entry, and which of the pages it was seen in last.
#[derive(Debug)]
struct Sighted {
    page: u64,
    entry: Entry,
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// By its hash, so that nothing is there twice: what the device captured, sent or not, each whole.
    entries: BTreeMap<EntryHash, Sighted>,
    /// Of them, those that lay in a frame: unsent when they were written there.
    framed: BTreeSet<EntryHash>,
    /// Numbers that the store had a receipt for.
    stored: BTreeSet<(Epoch, u64)>,
    /// The single values of the store, as far as they could be read, each with whether its page was whole.
    values: BTreeMap<String, (bool, Vec<u8>)>,
    /// Who may write, each with whether the page was whole, and their place.
    people: BTreeMap<PersonId, (bool, i64, Enrolled)>,
    /// What may be keys of customers, of each (subject, author's device). A key proves itself by what it opens.
    keys: BTreeMap<(SubjectId, DeviceId), Vec<Secret>>,
    /// Pictures that a life of the server said it has.
    sent: BTreeSet<(BlobHash, Incarnation)>,
    /// Pages that were read, and those of them whose seal is broken.
    pub pages: u64,
    pub broken: u64,
}

impl Found {
    /// A single value of the store, as far as it could be read.
    pub fn value<T: DeserializeOwned>(&self, key: &'static str) -> Option<T> {
        cbor::decode(key, &self.values.get(key)?.1).ok()
    }
    /// A single value from a page that is whole.
    pub fn sound_value<T: DeserializeOwned>(&self, key: &'static str) -> Option<T> {
        self.values.get(key).filter(|(whole, _)| *whole).and_then(|(_, bytes)| cbor::decode(key, bytes).ok())
    }

    /// What may be the keys of what this device said about this customer.
    pub fn keys(&self, subject: SubjectId, device: DeviceId) -> &[Secret] {
        self.keys.get(&(subject, device)).map_or(&[], Vec::as_slice)
    }

    /// Whether this life of the server said that it has the picture.
    pub fn is_sent(&self, blob: &BlobHash, server: Incarnation) -> bool {
        self.sent.contains(&(*blob, server))
    }

    /// Who may write, in the order that they were enrolled in.
    pub fn people(&self) -> Vec<Enrolled> {
        let mut all: Vec<_> = self.people.values().collect();
        all.sort_by_key(|(_, place, one)| (*place, one.person));
        all.into_iter().map(|(_, _, one)| one.clone()).collect()
    }

    /// Whose store it was: as it says itself, else the device that most of the frames are of.
    pub fn device(&self) -> Option<DeviceId> {
        let said = self.value::<Identity>(key::IDENTITY).map(|own| own.device);
        let mut count: BTreeMap<DeviceId, usize> = BTreeMap::new();
        for hash in &self.framed {
            *count.entry(self.entries[hash].entry.header.device).or_default() += 1;
        }
        said.or_else(|| count.into_iter().max_by_key(|(_, n)| *n).map(|(device, _)| device))
    }

    /// The work of `device`, in the order that it was done in. Of two under one number the one that was written
    /// last: the other is a commit that the power cut in two, and that nobody was promised.
    pub fn captured_by(&self, device: DeviceId) -> Vec<&Entry> {
        let mut by_number: BTreeMap<(Epoch, u64), &Sighted> = BTreeMap::new();
        for one in self.entries.values().filter(|s| s.entry.header.device == device) {
            let kept = by_number.entry((one.entry.header.epoch, one.entry.header.seq)).or_insert(one);
            if kept.page < one.page {
                *kept = one;
            }
        }
        let mut own: Vec<&Entry> = by_number.into_values().map(|s| &s.entry).collect();
        own.sort_by_key(|e| (e.header.moment.server_estimate(), e.header.epoch, e.header.seq));
        own
    }

    /// The numbers of `device` below the highest known one of each series of which nothing could be read.
    pub fn missing(&self, device: DeviceId) -> u64 {
        let mut highest: BTreeMap<Epoch, u64> = BTreeMap::new();
        let mut there: BTreeSet<(Epoch, u64)> = self.stored.clone();
        there.extend(self.captured_by(device).iter().map(|e| (e.header.epoch, e.header.seq)));
        for (epoch, seq) in there.iter().copied().chain(self.sound_value::<(Epoch, u64)>(key::SERIES).map(|(e, next)| (e, next - 1))) {
            let top = highest.entry(epoch).or_default();
            *top = seq.max(*top);
        }
        highest.values().sum::<u64>().saturating_sub(there.len() as u64)
    }

    fn take(&mut self, entry: Entry) {
        self.entries.insert(entry.hash(), Sighted { page: self.pages, entry });
    }

    /// A row of a page. Entries prove themselves by their hash; the rest is taken from a page whose seal is
    /// broken only where no whole one has it.
    fn row(&mut self, row: &[u8], is_sealed: bool) {
        self.frames_in(row);
        let Some(cells) = records::cells(row) else { return };
        match cells.as_slice() {
            [Cell::Text(key), Cell::Blob(value)] if key.len() < 64 => {
                if is_sealed || self.values.get(key).is_none_or(|(whole, _)| !whole) {
                    self.values.insert(key.clone(), (is_sealed, value.clone()));
                }
            }
            [Cell::Blob(person), Cell::Blob(site), Cell::Text(name), Cell::Blob(certificate), Cell::Whole(place), ..] => {
                if let Some(one) = enrolled(person, site, name, certificate)
                    && (is_sealed || self.people.get(&one.person).is_none_or(|(whole, ..)| !whole))
                {
                    self.people.insert(one.person, (is_sealed, *place, one));
                }
            }
            [Cell::Null, Cell::Whole(epoch), Cell::Whole(seq), Cell::Blob(_), Cell::Whole(_), Cell::Whole(_), Cell::Whole(STORED), ..]
            // As it lay until the eleventh layout.
            | [Cell::Null, Cell::Whole(epoch), Cell::Whole(seq), Cell::Blob(_), Cell::Text(_), Cell::Whole(STORED), ..]
                if is_sealed =>
            {
                self.stored.insert((Epoch(epoch.cast_unsigned()), seq.cast_unsigned()));
            }
            [Cell::Blob(subject), Cell::Blob(device), Cell::Blob(key)] => self.key(subject, device, key),
            [Cell::Blob(blob), Cell::Whole(_), Cell::Whole(_), Cell::Text(_), _, _, _, _, _, _, sent_to, ..] => {
                if let (Ok(blob), Cell::Whole(server), true) = (BlobHash::from_slice(blob), sent_to, is_sealed) {
                    self.sent.insert((blob, Incarnation(server.cast_unsigned())));
                }
            }
            _ => self.entry_among(&cells),
        }
    }

    fn key(&mut self, subject: &[u8], device: &[u8], key: &[u8]) {
        let (Ok(subject), Ok(device)) = (SubjectId::from_slice(subject), DeviceId::from_slice(device)) else { return };
        let Ok(key) = key.try_into().map(Secret::new) else { return };
        let known = self.keys.entry((subject, device)).or_default();
        if !known.contains(&key) {
            known.push(key);
        }
    }

    fn frames_in(&mut self, bytes: &[u8]) {
        for entry in frame::find(bytes) {
            self.framed.insert(entry.hash());
            self.take(entry);
        }
    }

    /// A row of the entries: its bytes have the hash that stands beside them.
    fn entry_among(&mut self, cells: &[Cell]) {
        let blobs: Vec<&[u8]> = cells.iter().filter_map(Cell::blob).collect();
        for bytes in blobs.iter().filter(|b| b.len() > 64) {
            let hash = blake3::hash(bytes);
            if blobs.iter().any(|b| *b == hash.as_bytes())
                && let Ok(entry) = Entry::read(bytes, limits::ENTRY)
            {
                self.take(entry);
            }
        }
    }
}

fn enrolled(person: &[u8], site: &[u8], name: &str, certificate: &[u8]) -> Option<Enrolled> {
    let (person, site) = (PersonId::from_slice(person).ok()?, SiteId::from_slice(site).ok()?);
    let certificate = cbor::decode::<Certificate>("a certificate", certificate).ok()?;
    (certificate.person == person).then(|| Enrolled { person, site, name: name.to_owned(), certificate })
}

/// Digs through the store in `dir`, which is only read.
pub fn dig(dir: &Path, key: &[u8; 32]) -> std::io::Result<Found> {
    let pages = Pages::of(dir, key)?;
    let mut found = Found::default();
    for page in pages.all() {
        found.pages += 1;
        found.broken += u64::from(!page.plain.is_sealed);
        // A leaf whose head is broken has no rows to follow; short ones are found by their frame alone.
        found.frames_in(&page.plain.bytes[..cipher::USABLE]);
        for row in records::rows(&page, &pages) {
            found.row(&row, page.plain.is_sealed);
        }
    }
    Ok(found)
}
