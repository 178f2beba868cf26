//! The key header: a small file beside the database that holds the data key, wrapped.
//!
//! The data key is random and never changes hands; what opens it can be added or changed without encrypting
//! the database anew: the shell's key today, the organisation's recovery key (`sync.md` 13) in a further slot.
//! Beside them lies a key per person, opened by their PIN ([`super::pins`]): what they have not captured yet is
//! under it. Each slot is authenticated, so that a wrong key is told from a damaged file.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use frontline_domain::cbor;
use frontline_domain::env::Random;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};
use zeroize::Zeroizing;

use super::StoreError;

/// 32 bytes that open something; wiped when dropped.
pub type Key = Zeroizing<[u8; 32]>;

const VERSION: u8 = 1;

#[derive(Serialize, Deserialize)]
struct Header {
    version: u8,
    slots: Vec<Slot>,
}

/// How a PIN is made into a key: Argon2id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kdf {
    pub salt: ByteArray<16>,
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// Who a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holder {
    /// The platform's key store, through the shell.
    Shell,
    /// A person's own key, opened by their PIN.
    Person,
    /// The organisation's recovery key.
    Recovery,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Slot {
    holder: Holder,
    /// The person's id, or empty.
    #[serde(default)]
    id: ByteBuf,
    nonce: ByteArray<12>,
    /// The data key (a person's: their own) under the holder's, ChaCha20-Poly1305.
    sealed: ByteBuf,
    /// Of a person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kdf: Option<Kdf>,
}

fn aead(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).expect("32 bytes are a key"))
}

impl Slot {
    /// `what` under the holder's key.
    pub fn seal(holder: Holder, id: &[u8], under: &[u8; 32], what: &Key, random: &dyn Random) -> Self {
        let mut nonce = [0u8; 12];
        random.fill(&mut nonce);
        let mut sealed = what.to_vec();
        aead(under)
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context(holder, id)), &mut sealed)
            .expect("sealing 32 bytes does not fail");
        Self { holder, id: id.to_vec().into(), nonce: nonce.into(), sealed: sealed.into(), kdf: None }
    }

    /// What is in it, if `under` is its holder's key.
    pub fn open(&self, under: &[u8; 32]) -> Option<Key> {
        let mut sealed = Zeroizing::new(self.sealed.to_vec());
        let nonce = Nonce::assume_unique_for_key(self.nonce.into_array());
        let plain = aead(under).open_in_place(nonce, Aad::from(context(self.holder, &self.id)), &mut sealed).ok()?;
        <[u8; 32]>::try_from(&*plain).ok().map(Zeroizing::new)
    }
}

impl Slot {
    /// The store's key, sealed by HPKE to an organisation's recovery key.
    pub fn of_recovery(id: Vec<u8>, sealed: Vec<u8>) -> Self {
        Self { holder: Holder::Recovery, id: id.into(), nonce: [0; 12].into(), sealed: sealed.into(), kdf: None }
    }
    pub fn id(&self) -> &[u8] {
        &self.id
    }
    pub fn sealed(&self) -> &[u8] {
        &self.sealed
    }
}

/// A slot that is put in another's place does not open.
fn context(holder: Holder, id: &[u8]) -> Vec<u8> {
    let name: &[u8] = match holder {
        Holder::Shell => b"frontline key 1",
        Holder::Person => b"frontline person 1",
        Holder::Recovery => b"frontline recovery 1",
    };
    [name, id].concat()
}

/// Makes a data key and writes its header. If the power goes before the rename, there is no header and no
/// database yet either.
pub(super) fn create(path: &Path, shell: &[u8; 32], random: &dyn Random) -> Result<Key, StoreError> {
    let mut data = Key::default();
    random.fill(data.as_mut_slice());
    let slot = Slot::seal(Holder::Shell, &[], shell, &data, random);
    write(path, &Header { version: VERSION, slots: vec![slot] })?;
    Ok(data)
}

/// The data key, or [`StoreError::WrongKey`]; `None` where no copy of the header can be read.
pub(super) fn open(path: &Path, shell: &[u8; 32]) -> Result<Option<Key>, StoreError> {
    let Some(header) = read(path)? else { return Ok(None) };
    let mut of_shell = header.slots.iter().filter(|s| s.holder == Holder::Shell);
    of_shell.find_map(|slot| slot.open(shell)).map(Some).ok_or(StoreError::WrongKey)
}

/// The slot of one holder.
pub(super) fn slot(path: &Path, holder: Holder, id: &[u8]) -> Result<Option<Slot>, StoreError> {
    Ok(read(path)?.and_then(|header| header.slots.into_iter().find(|s| s.holder == holder && *s.id == *id)))
}

/// Whose slots there are, as they were when the file was read last.
#[derive(Default)]
pub(super) struct Known(Mutex<Option<(Stamp, Holders)>>);

type Holders = Vec<(Holder, Vec<u8>)>;

/// When the file was written, and how long it is.
type Stamp = (SystemTime, u64);

impl Known {
    /// Before the file is written here.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether there is a slot of this holder. The file is read only where it is another one than before.
    pub fn is_any(&self, path: &Path, holder: Holder, id: &[u8]) -> Result<bool, StoreError> {
        let of = |slots: &Holders| slots.iter().any(|(h, i)| *h == holder && i == id);
        let stamp = fs::metadata(path).and_then(|m| Ok((m.modified()?, m.len()))).ok();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(stamp), Some((was, slots))) = (stamp, &*known)
            && *was == stamp
        {
            return Ok(of(slots));
        }
        let slots: Holders = read(path)?.map(|h| h.slots).unwrap_or_default().into_iter().map(|s| (s.holder, s.id.into_vec())).collect();
        let is_any = of(&slots);
        *known = stamp.map(|stamp| (stamp, slots));
        Ok(is_any)
    }
}

/// Puts a slot in, in the place of the one that its holder had. Nobody else may be writing the header.
pub(super) fn put(path: &Path, slot: Slot) -> Result<(), StoreError> {
    let mut header = read(path)?.ok_or(StoreError::WrongKey)?;
    header.slots.retain(|s| s.holder != slot.holder || s.id != slot.id);
    header.slots.push(slot);
    write(path, &header)
}

/// All slots of a kind of holder.
pub(super) fn slots(path: &Path, holder: Holder) -> Result<Vec<Slot>, StoreError> {
    let header = read(path)?;
    Ok(header.map(|h| h.slots.into_iter().filter(|s| s.holder == holder).collect()).unwrap_or_default())
}

/// Puts a slot in as the only one of its kind.
pub(super) fn put_alone(path: &Path, slot: Slot) -> Result<(), StoreError> {
    let mut header = read(path)?.ok_or(StoreError::WrongKey)?;
    header.slots.retain(|s| s.holder != slot.holder);
    header.slots.push(slot);
    write(path, &header)
}

/// Takes a holder's slot out.
pub(super) fn take(path: &Path, holder: Holder, id: &[u8]) -> Result<(), StoreError> {
    let mut header = read(path)?.ok_or(StoreError::WrongKey)?;
    header.slots.retain(|s| s.holder != holder || *s.id != *id);
    write(path, &header)
}

/// The header, from the first copy that can be read.
fn read(path: &Path) -> Result<Option<Header>, StoreError> {
    for place in [path.to_owned(), copy(path)] {
        let bytes = match fs::read(place) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            // It is there and may not be read: nothing is wrong with the store.
            Err(e) => return Err(e.into()),
        };
        let Ok(header) = cbor::decode::<Header>("the key header", &bytes) else { continue };
        if header.version > VERSION {
            return Err(StoreError::Newer { file: u32::from(header.version), build: u32::from(VERSION) });
        }
        return Ok(Some(header));
    }
    Ok(None)
}

/// Two copies: without this file nothing of the store can be read.
fn write(path: &Path, header: &Header) -> Result<(), StoreError> {
    let bytes = cbor::encode(header);
    for place in [copy(path), path.to_owned()] {
        write_durably(&place, &bytes)?;
    }
    Ok(())
}

fn copy(path: &Path) -> PathBuf {
    path.with_extension("copy")
}

pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    if let Some(dir) = path.parent() {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}
