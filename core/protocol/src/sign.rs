//! What a device signs, and how it says so (`sync.md` 11).
//!
//! One header: `authorization: Frontline org=…,device=…,epoch=…,next=…,nonce=…,signature=…`. The nonce comes
//! from an earlier answer: the server keeps nothing for it.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use frontline_domain::ids::*;

/// What a request claims, under its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub org: OrgId,
    pub device: DeviceId,
    pub epoch: Epoch,
    /// The number that the device would give next.
    pub next_seq: u64,
    /// As the server gave it, in hexadecimal; empty at the first request.
    pub nonce: String,
}

/// Not an authorization of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the authorization header is not a device's signature")]
pub struct SignError;

impl Claim {
    fn signed_bytes(&self, method: &str, path: &str, body: &blake3::Hash) -> Vec<u8> {
        format!(
            "frontline v1\n{method}\n{path}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.org,
            self.device,
            self.epoch,
            self.next_seq,
            self.nonce,
            body.to_hex()
        )
        .into_bytes()
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
            self.nonce,
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
            nonce: take("nonce")?.to_owned(),
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
