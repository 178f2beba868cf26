//! A store's key is unwrapped for whoever holds a fresh enrolment code of somebody of its device (`sync.md` 13).

use frontline_protocol::recover::{Recover, Recovered, unwrapped, wrapped};
use frontline_protocol::{Code as Why, VERSIONS, hpke};

use super::Refusal;
use crate::admin::secrets::normal;
use crate::app::App;

/// Unwraps the key. The code stays good: the phone enrols with it next.
pub async fn recover(app: &App, request: Recover) -> Result<Recovered, Refusal> {
    let now_ms = app.now_ms();
    if request.versions.1 < VERSIONS.0 || request.versions.0 > VERSIONS.1 {
        return Err(Refusal::new(426, Why::VERSION, now_ms));
    }
    let bad_code = || Refusal::new(403, Why::BAD_CODE, now_ms);
    let mut tx = app.store.read().await?;
    let code = tx.code(&app.keys.hash_secret("code", &normal(&request.code))).await?;
    let code = code.filter(|c| c.expires_ms > now_ms && c.used_by.is_none() && c.org == request.org).ok_or_else(bad_code)?;
    // Only somebody who could write on that device before opens what it holds; of a device that is not known here,
    // or was never theirs, the answer is the same as for a wrong code.
    let device = tx.device(code.org, request.device).await?.ok_or_else(bad_code)?;
    if !tx.certified(code.org, device.id).await?.iter().any(|c| c.person == code.person) {
        return Err(bad_code());
    }
    if device.revoked_ms.is_some() {
        return Err(Refusal::new(403, Why::DEVICE_REVOKED, now_ms));
    }
    drop(tx);
    let elsewhere = |why: &str| Refusal::new(403, Why::NO_RECOVERY_KEY, now_ms).with(why);
    let secrets = app.recovery.privates(code.org).map_err(|e| {
        tracing::error!(cause = %e, "the recovery key");
        Refusal::new(503, Why::INTERNAL, now_ms)
    })?;
    if secrets.is_empty() {
        return Err(elsewhere(Why::NO_RECOVERY_KEY.text()));
    }
    let info = wrapped(code.org, device.id);
    let key = secrets.iter().find_map(|secret| hpke::open(secret, &info, &request.sealed));
    let key = key.ok_or_else(|| elsewhere("the store's key was not sealed to this organisation's recovery key"))?;
    let mut ephemeral = hpke::Secret::default();
    app.random.fill(ephemeral.as_mut_slice());
    let sealed = hpke::seal(&request.reader, &ephemeral, &unwrapped(code.org, device.id), &key);
    let sealed = sealed.ok_or_else(|| Refusal::new(400, Why::BAD_REQUEST, now_ms).with("the reader is no sound X25519 key"))?;
    tracing::info!(org = %code.org, device = %device.id, person = %code.person, "a store's key was recovered");
    Ok(Recovered { version: VERSIONS.1.min(request.versions.1), sealed: sealed.into() })
}
