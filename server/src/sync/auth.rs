//! Who asks: a device's signature over the request, and a nonce that this server gave it (`sync.md` 11).

use ed25519_dalek::{Signature, VerifyingKey};

use frontline_protocol::Code;
use frontline_protocol::limits::NEW_NONCE_DAYS;
use frontline_protocol::sign::Claim;

use super::Refusal;
use crate::app::App;

/// A device that proved who it is.
#[derive(Debug, Clone)]
pub struct Caller {
    pub claim: Claim,
    /// How old its nonce is, ms.
    pub nonce_age_ms: i64,
}

/// A device that says who it is, and may be right: its signature was not looked at.
#[derive(Debug)]
pub struct Claimed {
    claim: Claim,
    signature: Signature,
    key: VerifyingKey,
    nonce_age_ms: Option<i64>,
}

/// Who a request says it is from, before its body is read. Another organisation's device, one that never was,
/// and a wrong signature by either read the same.
pub async fn claimed(app: &App, said: Option<(Claim, Signature)>) -> Result<Claimed, Refusal> {
    let now_ms = app.now_ms();
    let refused = |code| Refusal::new(401, code, now_ms);
    let (claim, signature) = said.ok_or_else(|| refused(Code::BAD_SIGNATURE))?;
    let device = app.store.read().await?.device(claim.org, claim.device).await?;
    let device = device.ok_or_else(|| refused(Code::UNKNOWN_DEVICE))?;
    let key = VerifyingKey::from_bytes(&device.key).map_err(|_| refused(Code::UNKNOWN_DEVICE))?;
    let nonce_age_ms = app.keys.age_ms(claim.org, claim.device, &claim.nonce, now_ms);
    Ok(Claimed { claim, signature, key, nonce_age_ms })
}

impl Claimed {
    /// Its claim. Where it is fresh, this server told this device a secret that the request knows.
    pub fn fresh(&self) -> Option<&Claim> {
        self.nonce_age_ms.map(|_| &self.claim)
    }

    /// Recognises the device by its signature over the whole request.
    pub fn recognise(self, app: &App, method: &str, path: &str, body: &blake3::Hash) -> Result<Caller, Refusal> {
        let (Self { claim, signature, key, nonce_age_ms }, now_ms) = (self, app.now_ms());
        if !claim.is_signed_over(&signature, &key, method, path, body) {
            return Err(Refusal::new(401, Code::BAD_SIGNATURE, now_ms));
        }
        let Some(nonce_age_ms) = nonce_age_ms else {
            let nonce = app.keys.nonce(claim.org, claim.device, now_ms);
            return Err(Refusal::new(401, Code::NEW_NONCE, now_ms).with_nonce(nonce));
        };
        Ok(Caller { claim, nonce_age_ms })
    }
}

impl Caller {
    /// What it signs its next requests with; empty where its own is young yet.
    pub fn nonce(&self, app: &App, now_ms: i64) -> Vec<u8> {
        let is_young = self.nonce_age_ms < NEW_NONCE_DAYS * 86_400_000;
        if is_young { Vec::new() } else { app.keys.nonce(self.claim.org, self.claim.device, now_ms) }
    }
}
