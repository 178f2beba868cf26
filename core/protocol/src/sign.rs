//! What a device signs, and how it says so (`sync.md` 11): in bytes before a message ([`Claim::seal`]), since every
//! exchange carries it; in a header beside a picture, whose bytes are a body of their own ([`Claim::sign`]). The nonce
//! comes from an earlier answer: the server keeps nothing for it.

use ed25519_dalek::{SIGNATURE_LENGTH, Signature, Signer, SigningKey, VerifyingKey};

use frontline_domain::ids::*;

/// What a request claims, under its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub org: OrgId,
    pub device: DeviceId,
    pub epoch: Epoch,
    /// The number that the device would give next.
    pub next_seq: u64,
    /// As the server gave it; empty at the first request.
    pub nonce: Vec<u8>,
}

/// Not an authorization of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not a device's signature")]
pub struct SignError;

/// Bytes of a nonce at most.
pub const NONCE: usize = 64;
/// Bytes of a claim and its signature at most, before a message.
pub const CLAIM: usize = 16 + 16 + 8 + 10 + 1 + NONCE + SIGNATURE_LENGTH;

impl Claim {
    fn signed_bytes(&self, method: &str, path: &str, body: &blake3::Hash) -> Vec<u8> {
        format!(
            "frontline v1\n{method}\n{path}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.org,
            self.device,
            self.epoch,
            self.next_seq,
            hex(&self.nonce),
            body.to_hex()
        )
        .into_bytes()
    }

    /// The message behind its claim: org, device, epoch (16, 16 and 8 bytes), the next number (LEB128), the nonce behind
    /// a byte that says its length, the signature, and then the message, whose hash it covers. A nonce that is longer than
    /// [`NONCE`] is as good as none.
    pub fn seal(&self, key: &SigningKey, path: &str, message: &[u8]) -> Vec<u8> {
        if self.nonce.len() > NONCE {
            return Self { nonce: Vec::new(), ..self.clone() }.seal(key, path, message);
        }
        let signature = key.sign(&self.signed_bytes("POST", path, &blake3::hash(message)));
        let mut bytes = Vec::with_capacity(CLAIM + message.len());
        bytes.extend_from_slice(self.org.as_bytes());
        bytes.extend_from_slice(self.device.as_bytes());
        bytes.extend_from_slice(&self.epoch.0.to_be_bytes());
        let mut rest = self.next_seq;
        while rest >= 0x80 {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
        bytes.push(self.nonce.len() as u8);
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&signature.to_bytes());
        bytes.extend_from_slice(message);
        bytes
    }

    /// Reads the claim before a message, and how many bytes it has; none where more are wanted. Says nothing yet about
    /// whether it is true.
    pub fn open(bytes: &[u8]) -> Result<Option<(Claim, Signature, usize)>, SignError> {
        let mut rest = bytes;
        let claim = (|| {
            let org = OrgId::from_bytes(array(&mut rest)?);
            let device = DeviceId::from_bytes(array(&mut rest)?);
            let epoch = Epoch(u64::from_be_bytes(array(&mut rest)?));
            let next_seq = number(&mut rest)?;
            let [length] = array(&mut rest)?;
            let nonce = rest.split_off(..usize::from(length))?.to_vec();
            Some((Claim { org, device, epoch, next_seq: next_seq.ok()?, nonce }, Signature::from_bytes(&array(&mut rest)?)))
        })();
        match claim {
            Some((claim, signature)) if claim.nonce.len() <= NONCE => Ok(Some((claim, signature, bytes.len() - rest.len()))),
            None if bytes.len() < CLAIM => Ok(None),
            _ => Err(SignError),
        }
    }

    /// The value of the `authorization` header.
    pub fn sign(&self, key: &SigningKey, method: &str, path: &str, body: &[u8]) -> String {
        let signature = key.sign(&self.signed_bytes(method, path, &blake3::hash(body)));
        format!(
            "Frontline org={},device={},epoch={},next={},nonce={},signature={}",
            self.org,
            self.device,
            self.epoch,
            self.next_seq,
            hex(&self.nonce),
            hex(&signature.to_bytes())
        )
    }

    /// Reads the header; says nothing yet about whether it is true.
    pub fn read(header: &str) -> Result<(Claim, Signature), SignError> {
        let fields = header.strip_prefix("Frontline ").filter(|_| header.len() < 1_024).ok_or(SignError)?;
        let mut parts = fields.split(',');
        let mut take = |name: &str| parts.next().and_then(|p| p.strip_prefix(name)).and_then(|p| p.strip_prefix('=')).ok_or(SignError);
        let claim = Claim {
            org: take("org")?.parse().map_err(|_| SignError)?,
            device: take("device")?.parse().map_err(|_| SignError)?,
            epoch: Epoch(u64::from_str_radix(take("epoch")?, 16).map_err(|_| SignError)?),
            next_seq: take("next")?.parse().map_err(|_| SignError)?,
            nonce: unhex(take("nonce")?).filter(|nonce| nonce.len() <= NONCE).ok_or(SignError)?,
        };
        let signature = unhex(take("signature")?).ok_or(SignError)?;
        Ok((claim, Signature::from_bytes(&signature.try_into().map_err(|_| SignError)?)))
    }

    /// Whether `key` signed this claim over this request. Strictly: under a weak key one signature fits any
    /// message.
    pub fn is_signed(&self, signature: &Signature, key: &VerifyingKey, method: &str, path: &str, body: &[u8]) -> bool {
        self.is_signed_over(signature, key, method, path, &blake3::hash(body))
    }

    /// The same where only the body's hash is known: who can't be answered anyway need not have it kept.
    pub fn is_signed_over(&self, signature: &Signature, key: &VerifyingKey, method: &str, path: &str, body: &blake3::Hash) -> bool {
        key.verify_strict(&self.signed_bytes(method, path, body), signature).is_ok()
    }
}

/// The next bytes of `rest`.
fn array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk()?;
    *rest = others;
    Some(*first)
}

/// The next number in LEB128, in its one form; an error where it is none.
fn number(rest: &mut &[u8]) -> Option<Result<u64, SignError>> {
    let mut value = 0u64;
    for place in 0..10 {
        let [byte] = array(rest)?;
        let bits = u64::from(byte & 0x7f);
        if (place == 9 && bits > 1) || (place > 0 && byte == 0) {
            return Some(Err(SignError));
        }
        value |= bits << (7 * place);
        if byte < 0x80 {
            return Some(Ok(value));
        }
    }
    Some(Err(SignError))
}

/// Lowercase hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// Reads hexadecimal.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(next_seq: u64, nonce: Vec<u8>) -> Claim {
        Claim { org: OrgId::from_bytes([1; 16]), device: DeviceId::from_bytes([2; 16]), epoch: Epoch(3), next_seq, nonce }
    }

    #[test]
    fn a_claim_before_a_message_is_read_back_and_wants_all_its_bytes() {
        let key = SigningKey::from_bytes(&[7; 32]);
        for (next_seq, nonce) in [(0, vec![]), (127, vec![9; 16]), (128, vec![9; NONCE]), (u64::MAX, vec![1])] {
            let said = claim(next_seq, nonce);
            let sealed = said.seal(&key, "/v1/sync", b"hello");
            let (read, signature, length) = Claim::open(&sealed).expect("a claim").expect("whole");
            assert_eq!((&read, &sealed[length..]), (&said, &b"hello"[..]));
            assert!(read.is_signed(&signature, &key.verifying_key(), "POST", "/v1/sync", b"hello"));
            assert!(!read.is_signed(&signature, &key.verifying_key(), "POST", "/v1/sync", b"hullo"));
            for cut in 0..length {
                assert_eq!(Claim::open(&sealed[..cut]), Ok(None), "{cut} of {length} bytes");
            }
        }
    }

    #[test]
    fn a_nonce_that_no_claim_has_room_for_is_as_good_as_none() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let sealed = claim(1, vec![9; 300]).seal(&key, "/v1/sync", b"hello");
        let (read, signature, _) = Claim::open(&sealed).expect("a claim").expect("whole");
        assert_eq!(read, claim(1, vec![]));
        assert!(read.is_signed(&signature, &key.verifying_key(), "POST", "/v1/sync", b"hello"));
    }

    #[test]
    fn what_is_no_claim_is_refused_however_long_it_goes_on() {
        // A number without an end, one with more than 64 bits, and a nonce that is too long.
        let mut endless = claim(0, vec![]).seal(&SigningKey::from_bytes(&[7; 32]), "/v1/sync", &[0; 512]);
        endless[40..60].fill(0xff);
        assert_eq!(Claim::open(&endless), Err(SignError));
        endless[40] = 0;
        assert_eq!(Claim::open(&endless), Err(SignError));
    }
}
