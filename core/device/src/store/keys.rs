//! The key header: a small file beside the database that holds the data key, wrapped.
//!
//! The data key is random and never changes hands; what opens it can be added or changed without encrypting
//! the database anew: the shell's key today, a key per person and the organisation's recovery key
//! (`sync.md` 13) in further slots. Each slot is authenticated, so that a wrong key is told from a damaged
//! file.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

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

/// Who a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Holder {
    /// The platform's key store, through the shell.
    Shell,
    /// Room for one slot per person, opened by their PIN.
    Person,
    /// Room for the organisation's recovery key.
    Recovery,
}

#[derive(Serialize, Deserialize)]
struct Slot {
    holder: Holder,
    /// The person's id, or empty.
    #[serde(default)]
    id: ByteBuf,
    nonce: ByteArray<12>,
    /// The data key under the holder's, ChaCha20-Poly1305.
    sealed: ByteBuf,
}

fn aead(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).expect("32 bytes are a key"))
}

/// Makes a data key and writes its header. If the power goes before the rename, there is no header and no
/// database yet either.
pub(super) fn create(path: &Path, shell: &[u8; 32], random: &dyn Random) -> Result<Key, StoreError> {
    let mut data = Key::default();
    random.fill(data.as_mut_slice());
    let mut nonce = [0u8; 12];
    random.fill(&mut nonce);
    let mut sealed = data.to_vec();
    aead(shell)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(b"frontline key 1"), &mut sealed)
        .expect("sealing 32 bytes does not fail");
    let slot = Slot { holder: Holder::Shell, id: ByteBuf::new(), nonce: nonce.into(), sealed: sealed.into() };
    let bytes = cbor::encode(&Header { version: VERSION, slots: vec![slot] });
    // Two copies: without this file nothing of the store can be read.
    for place in [copy(path), path.to_owned()] {
        write_durably(&place, &bytes)?;
    }
    Ok(data)
}

/// The data key, or [`StoreError::WrongKey`]; `None` where no copy of the header can be read.
pub(super) fn open(path: &Path, shell: &[u8; 32]) -> Result<Option<Key>, StoreError> {
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
        for slot in header.slots.iter().filter(|s| s.holder == Holder::Shell) {
            let mut sealed = Zeroizing::new(slot.sealed.to_vec());
            let nonce = Nonce::assume_unique_for_key(slot.nonce.into_array());
            let Ok(plain) = aead(shell).open_in_place(nonce, Aad::from(b"frontline key 1"), &mut sealed) else { continue };
            if let Ok(key) = <[u8; 32]>::try_from(&*plain) {
                return Ok(Some(Zeroizing::new(key)));
            }
        }
        return Err(StoreError::WrongKey);
    }
    Ok(None)
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
