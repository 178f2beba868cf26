//! Sealing to a public key: HPKE (RFC 9180), base mode, one message a key: DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20-Poly1305. What comes out is the ephemeral public key (32 bytes), then the sealed
//! bytes. `info` says what it is for and about whom: under another one nothing opens.

use curve25519_dalek::MontgomeryPoint;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use zeroize::Zeroizing;

/// 32 bytes that open something; wiped when dropped.
pub type Secret = Zeroizing<[u8; 32]>;

/// The bytes that a sealed message has more than what is in it.
pub const OVERHEAD: usize = 32 + 16;

const KEM: &[u8] = b"KEM\x00\x20";
const SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x03";

/// The X25519 public key of a secret, which may be any 32 random bytes.
pub fn public_key(secret: &[u8; 32]) -> [u8; 32] {
    MontgomeryPoint::mul_base_clamped(*secret).0
}

/// Seals `plain` to the holder of `to`. `ephemeral` is 32 fresh random bytes, for this one message. None: `to`
/// is no sound public key.
pub fn seal(to: &[u8; 32], ephemeral: &Secret, info: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    seal_with(to, ephemeral, info, b"", plain)
}

/// What was sealed to the public key of `secret` with the same `info`; none where it was not, or was changed.
pub fn open(secret: &Secret, info: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (enc, rest) = sealed.split_first_chunk::<32>()?;
    let shared = shared(secret, enc, enc, &public_key(secret))?;
    let mut bytes = Zeroizing::new(rest.to_vec());
    let (key, nonce) = schedule(&shared, info);
    let length = key.open_in_place(nonce, Aad::empty(), &mut bytes).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

fn seal_with(to: &[u8; 32], ephemeral: &Secret, info: &[u8], aad: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let enc = public_key(ephemeral);
    let shared = shared(ephemeral, to, &enc, to)?;
    let (key, nonce) = schedule(&shared, info);
    let mut out = enc.to_vec();
    out.extend_from_slice(plain);
    let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut out[32..]).ok()?;
    out.extend_from_slice(tag.as_ref());
    Some(out)
}

/// DHKEM: what both sides know after one exchange (RFC 9180, 4.1).
fn shared(own: &Secret, other: &[u8; 32], enc: &[u8; 32], receiver: &[u8; 32]) -> Option<Secret> {
    let dh = Zeroizing::new(MontgomeryPoint(*other).mul_clamped(**own).0);
    // A point of low order would make a secret that anybody knows.
    if dh.iter().fold(0, |all, byte| all | byte) == 0 {
        return None;
    }
    let prk = extract(KEM, b"", b"eae_prk", dh.as_slice());
    Some(expand::<32>(KEM, &prk, b"shared_secret", &[enc.as_slice(), receiver].concat()))
}

/// The key and nonce of the first message (RFC 9180, 5.1).
fn schedule(shared: &Secret, info: &[u8]) -> (LessSafeKey, Nonce) {
    let (psk_id, info) = (extract(SUITE, b"", b"psk_id_hash", b""), extract(SUITE, b"", b"info_hash", info));
    let context = [&[0], psk_id.as_slice(), info.as_slice()].concat();
    let secret = extract(SUITE, shared.as_slice(), b"secret", b"");
    let key = expand::<32>(SUITE, &secret, b"key", &context);
    let nonce = *expand::<12>(SUITE, &secret, b"base_nonce", &context);
    let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key");
    (LessSafeKey::new(key), Nonce::assume_unique_for_key(nonce))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Secret {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    let mut out = Secret::default();
    out.copy_from_slice(context.sign().as_ref());
    out
}

fn extract(suite: &[u8], salt: &[u8], label: &[u8], ikm: &[u8]) -> Secret {
    mac(salt, &[b"HPKE-v1", suite, label, ikm])
}

/// HKDF's expansion of at most one block.
fn expand<const N: usize>(suite: &[u8], prk: &Secret, label: &[u8], info: &[u8]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 32) };
    let block = mac(prk.as_slice(), &[&[0, N as u8], b"HPKE-v1", suite, label, info, &[1]]);
    let mut out = Zeroizing::new([0; N]);
    out.copy_from_slice(&block[..N]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::unhex;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        unhex(text).unwrap().try_into().unwrap()
    }

    /// RFC 9180, appendix A.2.1, the first message.
    #[test]
    fn it_seals_as_the_rfc_says() {
        let ephemeral = Secret::new(bytes("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600"));
        let receiver = Secret::new(bytes("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"));
        let to = public_key(&receiver);
        assert_eq!(to, bytes("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
        let info = unhex("4f6465206f6e2061204772656369616e2055726e").unwrap();
        let plain = unhex("4265617574792069732074727574682c20747275746820626561757479").unwrap();
        let sealed = seal_with(&to, &ephemeral, &info, &unhex("436f756e742d30").unwrap(), &plain).unwrap();
        let expected = concat!(
            "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
        );
        assert_eq!(sealed, unhex(expected).unwrap());
        let enc = bytes(&expected[..64]);
        assert_eq!(*shared(&ephemeral, &to, &enc, &to).unwrap(), bytes("0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7"));
    }

    #[test]
    fn what_is_sealed_opens_for_its_receiver_and_purpose_only_and_not_when_a_bit_changed() {
        let (receiver, other) = (Secret::new([1; 32]), Secret::new([2; 32]));
        let sealed = seal(&public_key(&receiver), &Secret::new([3; 32]), b"a store key", b"32 bytes").unwrap();
        assert_eq!(sealed.len(), 8 + OVERHEAD);
        assert_eq!(open(&receiver, b"a store key", &sealed).unwrap().as_slice(), b"32 bytes");
        assert!(open(&other, b"a store key", &sealed).is_none() && open(&receiver, b"a parcel", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&receiver, b"a store key", &changed).is_none(), "byte {at}");
        }
        for length in 0..sealed.len() {
            assert!(open(&receiver, b"a store key", &sealed[..length]).is_none());
        }
    }

    #[test]
    fn nothing_is_sealed_to_a_key_of_low_order() {
        for low in [[0; 32], {
            let mut one = [0; 32];
            one[0] = 1;
            one
        }] {
            assert!(seal(&low, &Secret::new([3; 32]), b"", b"x").is_none());
        }
    }
}
