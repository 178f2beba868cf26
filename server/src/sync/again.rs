//! A device that this server does not know shows its certificates (`sync.md` 14 and 25): the server was restored
//! from a backup that is older than the device. It is taken back as what it was; what it has unsent, and what was
//! lost of its work, it offers next.

use frontline_domain::Scope;
use frontline_domain::record::Device;
use frontline_protocol::enrol::{Recognised, Shown};
use frontline_protocol::{Code, limits};

use super::{Refusal, enrol};
use crate::app::App;
use crate::feed::Feeds;
use crate::judge::writer::finish;
use crate::lists;
use crate::pen::Pen;
use crate::store::{Certified, DeviceRow};

/// Takes a device back that shows what this server gave it. A device that is known keeps what it has; one that was
/// revoked since stays so, because the ledger knows it.
pub async fn again(app: &App, shown: Shown) -> Result<Recognised, Refusal> {
    let now_ms = app.now_ms();
    let version = super::common(shown.versions).ok_or_else(|| Refusal::new(426, Code::VERSION, now_ms))?;
    let refused = || Refusal::new(403, Code::BAD_CERTIFICATE, now_ms);
    if shown.certificates.len() > limits::CERTIFICATES {
        let said = format!("the device shows {} certificates; at most {} are taken", shown.certificates.len(), limits::CERTIFICATES);
        return Err(Refusal::new(413, Code::LIMIT, now_ms).with(said));
    }
    let (org, id, key) = (shown.org, shown.device, shown.key.into_array());
    let is_ours = |one| app.keys.is_certificate(org, &key, one);
    let sound = shown.certificates.iter().all(|one| one.device == id && is_ours(one));
    let first = shown.certificates.first().filter(|_| sound).ok_or_else(refused)?;

    let mut tx = app.store.write().await?;
    if tx.org(org).await?.is_none() {
        return Err(refused());
    }
    let known = tx.device(org, id).await?;
    if known.as_ref().is_some_and(|row| row.key != key) {
        return Err(refused());
    }
    if known.as_ref().is_some_and(|row| row.revoked_ms.is_some()) {
        return Err(Refusal::new(403, Code::DEVICE_REVOKED, now_ms));
    }
    let pen = Pen::of(&mut *tx, org).await?;
    if known.is_none() {
        let row = DeviceRow {
            id,
            name: enrol::name(&mut *tx, org, first.site).await?,
            model: String::new(),
            site: first.site,
            key,
            enrolled_ms: first.at_ms,
            revoked_ms: None,
            lost: false,
            reason: None,
            app: None,
            last_contact_ms: None,
            reported_through_ms: None,
        };
        let mut feeds = Feeds::begin(&mut *tx, now_ms).await?;
        tx.put_device(org, &row).await?;
        let own = [Scope::Device(id)];
        pen.record(&mut *tx, &mut feeds, &own, &Device { id, name: row.name.clone(), revoked: false }).await?;
        for one in &shown.certificates {
            let (person, site, at_ms) = (one.person, one.site, one.at_ms);
            let certified = Certified { device: id, person, site, at_ms, since_ms: at_ms, signed_out_ms: None };
            tx.put_certified(org, &certified).await?;
            pen.record(&mut *tx, &mut feeds, &own, one).await?;
        }
        lists::device(&mut *tx, org, id).await?;
        finish(&mut *tx, &mut feeds, Vec::new()).await?;
        tx.commit().await?;
        tracing::info!(%org, device = %id, "taken back by its certificate");
    }
    let nonce = app.keys.nonce(org, id, now_ms).into();
    Ok(Recognised { version, incarnation: pen.incarnation, time_ms: now_ms, nonce })
}
