//! What is known of customers, and its keys (`sync.md` 27). Payloads travel in entries, sealed; their keys travel
//! beside the entries, outside every hash and MAC, so that a server can give them to whoever may read, and
//! destroy them.
//!
//! A key belongs to (subject, author's device). With its offers a device sends the keys that they are under
//! ([`Told`]), sealed to the server's X25519 key; with a page the server sends those of its rows ([`Lent`]),
//! sealed to the reading device's.

use frontline_domain::cbor;
use frontline_domain::customer::Sealed;
use frontline_domain::ids::*;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};
use zeroize::Zeroizing;

use crate::hpke::{self, Secret};

/// Phone numbers and e-mail addresses that one subject is told with at most.
pub const HANDLES: usize = 16;
/// Bytes of the keys of one message at most.
pub const KEYS: usize = 1 << 20;

/// A key as its author's device tells it to the server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(SubjectId, ByteArray<32>, Vec<String>)", from = "(SubjectId, ByteArray<32>, Vec<String>)")]
pub struct Told {
    pub subject: SubjectId,
    pub key: ByteArray<32>,
    /// [`frontline_domain::customer::Handle::tagged`]: by what the server finds that two subjects are one.
    pub handles: Vec<String>,
}
impl From<Told> for (SubjectId, ByteArray<32>, Vec<String>) {
    fn from(t: Told) -> Self {
        (t.subject, t.key, t.handles)
    }
}
impl From<(SubjectId, ByteArray<32>, Vec<String>)> for Told {
    fn from((subject, key, handles): (SubjectId, ByteArray<32>, Vec<String>)) -> Self {
        Self { subject, key, handles }
    }
}

/// A key as the server lends it to a device that may read what it opens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(SubjectId, DeviceId, ByteArray<32>)", from = "(SubjectId, DeviceId, ByteArray<32>)")]
pub struct Lent {
    pub subject: SubjectId,
    /// The author's.
    pub device: DeviceId,
    pub key: ByteArray<32>,
}
impl From<Lent> for (SubjectId, DeviceId, ByteArray<32>) {
    fn from(l: Lent) -> Self {
        (l.subject, l.device, l.key)
    }
}
impl From<(SubjectId, DeviceId, ByteArray<32>)> for Lent {
    fn from((subject, device, key): (SubjectId, DeviceId, ByteArray<32>)) -> Self {
        Self { subject, device, key }
    }
}

/// Bytes of a public key that say whose it is.
const NAME: usize = 8;

/// A sealed list with whom it is sealed to written on it: a server that has another key by now can say so.
pub fn addressed(to: &[u8; 32], sealed: &[u8]) -> ByteBuf {
    [&to[..NAME], sealed].concat().into()
}

/// The sealed list, and whether it is addressed to this public key.
pub fn address<'a>(own: &[u8; 32], addressed: &'a [u8]) -> Option<(bool, &'a [u8])> {
    let (to, sealed) = addressed.split_at_checked(NAME)?;
    Some((to == &own[..NAME], sealed))
}

/// What a list of keys is sealed for: one never opens as the other, nor another organisation's or device's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// From this device to its server.
    Told(OrgId, DeviceId),
    /// To this device.
    Lent(OrgId, DeviceId),
}

impl Post {
    fn info(self) -> Vec<u8> {
        match self {
            Self::Told(org, device) => cbor::encode(&("frontline 1 customer keys told", org, device)),
            Self::Lent(org, device) => cbor::encode(&("frontline 1 customer keys lent", org, device)),
        }
    }
    /// Seals a list to a public key; `ephemeral` is 32 fresh random bytes. None: it is no sound public key.
    pub fn seal<T: Serialize>(self, to: &[u8; 32], ephemeral: &Secret, list: &[T]) -> Option<ByteBuf> {
        let plain = Zeroizing::new(cbor::encode(&list));
        Some(hpke::seal(to, ephemeral, &self.info(), &plain)?.into())
    }
    /// The list, where it was sealed for this.
    pub fn open<T: DeserializeOwned>(self, secret: &Secret, sealed: &[u8]) -> Option<Vec<T>> {
        let plain = hpke::open(secret, &self.info(), sealed)?;
        cbor::decode("the keys of customers", &plain).ok()
    }
}

fn aead(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).expect("32 bytes are a key"))
}

/// To what a payload belongs: it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub org: OrgId,
    /// The author's device.
    pub device: DeviceId,
    /// The contact or the feedback.
    pub about: CaptureId,
}

impl Place {
    fn aad(&self, subject: SubjectId) -> Vec<u8> {
        cbor::encode(&("frontline 1 customer", self.org, self.device, subject, self.about))
    }

    /// Seals what is known. `nonce` is random.
    pub fn seal<T: Serialize>(&self, key: &Secret, nonce: [u8; 12], subject: SubjectId, plain: &T) -> Sealed {
        let mut bytes = cbor::encode(plain);
        let place = Aad::from(self.aad(subject));
        aead(key).seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place, &mut bytes).expect("a short text is sealed");
        Sealed { subject, nonce: nonce.into(), bytes: bytes.into() }
    }

    /// What was sealed; none under another key, in another place, or where it is of another shape.
    pub fn open<T: DeserializeOwned>(&self, key: &Secret, sealed: &Sealed) -> Option<T> {
        let mut bytes = Zeroizing::new(sealed.bytes.to_vec());
        let nonce = Nonce::assume_unique_for_key(sealed.nonce.into_array());
        let plain = aead(key).open_in_place(nonce, Aad::from(self.aad(sealed.subject)), &mut bytes).ok()?;
        cbor::decode("what is known of a customer", plain).ok()
    }
}

/// A key under another one, for a store: nonce, then the sealed 32 bytes. `about` binds it to its row.
pub fn wrap(under: &Secret, nonce: [u8; 12], about: &[u8], key: &[u8; 32]) -> Vec<u8> {
    let mut sealed = key.to_vec();
    aead(under).seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut sealed).expect("32 bytes are sealed");
    [nonce.as_slice(), &sealed].concat()
}

/// Back from [`wrap`].
pub fn unwrap(under: &Secret, about: &[u8], wrapped: &[u8]) -> Option<Secret> {
    let (nonce, sealed) = wrapped.split_first_chunk::<12>()?;
    let mut bytes = Zeroizing::new(sealed.to_vec());
    let plain = aead(under).open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(about), &mut bytes).ok()?;
    Some(Secret::new((&*plain).try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(n: u8) -> Place {
        Place { org: OrgId::from_bytes([n; 16]), device: DeviceId::from_bytes([2; 16]), about: CaptureId::from_bytes([3; 16]) }
    }

    #[test]
    fn what_is_known_opens_under_its_own_key_in_its_own_place_only() {
        let (key, subject) = (Secret::new([7; 32]), SubjectId::from_bytes([4; 16]));
        let sealed = place(1).seal(&key, [5; 12], subject, &"We waited a long time");
        assert_eq!(place(1).open::<String>(&key, &sealed).as_deref(), Some("We waited a long time"));
        assert_eq!(place(1).open::<String>(&Secret::new([8; 32]), &sealed), None);
        assert_eq!(place(9).open::<String>(&key, &sealed), None);
        let other = Place { about: CaptureId::from_bytes([9; 16]), ..place(1) };
        assert_eq!(other.open::<String>(&key, &sealed), None);
        let moved = Sealed { subject: SubjectId::from_bytes([9; 16]), ..sealed.clone() };
        assert_eq!(place(1).open::<String>(&key, &moved), None);
        assert!(!sealed.bytes.windows(6).any(|w| w == b"waited"));
    }

    #[test]
    fn keys_that_were_told_open_for_the_server_alone_and_lent_ones_for_the_one_device() {
        let (org, device) = (OrgId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
        let (secret, ephemeral) = (Secret::new([3; 32]), Secret::new([4; 32]));
        let told = [Told { subject: SubjectId::from_bytes([5; 16]), key: [6; 32].into(), handles: vec!["e:ana@harbour.example".into()] }];
        let sealed = Post::Told(org, device).seal(&hpke::public_key(&secret), &ephemeral, &told).unwrap();
        assert!(Post::Told(org, device).open::<Told>(&secret, &sealed).is_some_and(|list| list == told));
        assert!(Post::Lent(org, device).open::<Told>(&secret, &sealed).is_none());
        assert!(Post::Told(org, DeviceId::from_bytes([9; 16])).open::<Told>(&secret, &sealed).is_none());
        assert!(Post::Told(org, device).open::<Told>(&Secret::new([9; 32]), &sealed).is_none());
    }

    #[test]
    fn a_wrapped_key_opens_in_its_own_row_only() {
        let under = Secret::new([1; 32]);
        let wrapped = wrap(&under, [2; 12], b"a row", &[3; 32]);
        assert_eq!(*unwrap(&under, b"a row", &wrapped).unwrap(), [3; 32]);
        assert!(unwrap(&under, b"another", &wrapped).is_none() && unwrap(&Secret::new([9; 32]), b"a row", &wrapped).is_none());
        assert!(unwrap(&under, b"a row", &wrapped[..20]).is_none());
    }
}
