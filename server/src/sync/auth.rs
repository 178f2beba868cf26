//! Who asks: a device's signature over the request, and a nonce that this server gave it (`sync.md` 11).

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use ed25519_dalek::VerifyingKey;

use frontline_protocol::Code;
use frontline_protocol::sign::Claim;

use super::Refusal;
use crate::app::App;

/// A device that proved who it is.
#[derive(Debug, Clone)]
pub struct Caller {
    pub claim: Claim,
}

/// Recognises the device. Another organisation's device, one that never was, and a wrong signature by either
/// read the same.
pub async fn recognise(app: &App, headers: &HeaderMap, path: &str, body: &[u8]) -> Result<Caller, Refusal> {
    let now_ms = app.now_ms();
    let refused = |code| Refusal::new(401, code, now_ms);
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(|| refused(Code::BAD_SIGNATURE))?;
    let (claim, signature) = Claim::read(header).map_err(|_| refused(Code::BAD_SIGNATURE))?;
    let device = app.store.read().await?.device(claim.org, claim.device).await?;
    let device = device.ok_or_else(|| refused(Code::UNKNOWN_DEVICE))?;
    let key = VerifyingKey::from_bytes(&device.key).map_err(|_| refused(Code::UNKNOWN_DEVICE))?;
    if !claim.is_signed(&signature, &key, "POST", path, body) {
        return Err(refused(Code::BAD_SIGNATURE));
    }
    if !app.keys.is_fresh(claim.org, claim.device, &claim.nonce, now_ms) {
        return Err(refused(Code::NEW_NONCE).with_nonce(app.keys.nonce(claim.org, claim.device, now_ms)));
    }
    Ok(Caller { claim })
}
