//! A one-time code becomes a device that the server knows (`sync.md` 14).

use frontline_domain::record::{Device, Organisation, Person, Site};
use frontline_domain::{DeviceId, OrgId, Scope, SiteId};
use frontline_protocol::enrol::{Enrol, Enrolled};
use frontline_protocol::{Code as Why, VERSIONS};

use super::Refusal;
use crate::admin::secrets::normal;
use crate::app::App;
use crate::feed::Feeds;
use crate::judge::writer::finish;
use crate::pen::Pen;
use crate::records;
use crate::store::{Certified, Code, DeviceRow, StoreError, WriteTx};

/// Bytes of a device's model at most; the rest is cut off.
const MODEL: usize = 80;

/// Enrols a device, or a further person on one. The same request again gives the same answer: the first
/// answer may have been lost on its way.
pub async fn enrol(app: &App, request: Enrol) -> Result<Enrolled, Refusal> {
    let now_ms = app.now_ms();
    if request.versions.1 < VERSIONS.0 || request.versions.0 > VERSIONS.1 {
        return Err(Refusal::new(426, Why::VERSION, now_ms));
    }
    // Under a weak key one signature fits any message: anybody could sign as this device.
    if !ed25519_dalek::VerifyingKey::from_bytes(&request.key).is_ok_and(|key| !key.is_weak()) {
        return Err(Refusal::new(400, Why::BAD_REQUEST, now_ms).with("the key is not a sound Ed25519 public key"));
    }
    let hash = app.keys.hash_secret("code", &normal(&request.code));
    // Wrong codes are tried against readers, so that guessing never waits for, or blocks, those who write.
    let bad_code = || Refusal::new(403, Why::BAD_CODE, now_ms);
    app.store.read().await?.code(&hash).await?.ok_or_else(bad_code)?;

    let mut tx = app.store.write().await?;
    let code = tx.code(&hash).await?.filter(|code| code.expires_ms > now_ms).ok_or_else(bad_code)?;
    let device = the_device(&mut *tx, app, &code, &request, now_ms).await?;
    if device.revoked_ms.is_some() {
        return Err(Refusal::new(403, Why::DEVICE_REVOKED, now_ms));
    }
    let site: Option<Site> = records::one(tx.as_read(), code.org, &code.site.to_string()).await?;
    let person: Option<Person> = records::one(tx.as_read(), code.org, &code.person.to_string()).await?;
    let organisation: Option<Organisation> = records::one(tx.as_read(), code.org, &code.org.to_string()).await?;
    let (Some(_), Some(person), Some(organisation)) = (site, person, organisation) else { return Err(bad_code()) };

    let pen = Pen::of(&mut *tx, code.org).await?;
    let mut feeds = Feeds::begin(&mut *tx, now_ms).await?;
    tx.put_device(code.org, &device).await?;
    let certified =
        Certified { device: device.id, person: code.person, site: code.site, at_ms: now_ms, since_ms: now_ms, signed_out_ms: None };
    tx.put_certified(code.org, &certified).await?;
    tx.use_code(&hash, device.id).await?;
    let certificate = app.keys.certify(code.org, (device.id, &device.key), code.person, code.site, now_ms);
    let own = [Scope::Device(device.id)];
    let record = Device { id: device.id, name: device.name.clone(), revoked: false };
    pen.record(&mut *tx, &mut feeds, &own, &record).await?;
    pen.record(&mut *tx, &mut feeds, &own, &certificate).await?;
    finish(&mut *tx, &mut feeds, Vec::new()).await?;
    tx.commit().await?;
    tracing::info!(org = %code.org, device = %device.id, person = %code.person, site = %code.site, "enrolled");
    Ok(Enrolled {
        version: VERSIONS.1.min(request.versions.1),
        org: code.org,
        org_name: organisation.name,
        device: device.id,
        device_name: device.name,
        person: code.person,
        person_name: person.name,
        site: code.site,
        certificate,
        incarnation: pen.incarnation,
        time_ms: now_ms,
        nonce: app.keys.nonce(code.org, device.id, now_ms).into(),
        customers: app.keys.customers_public(code.org).into(),
        recovery: recovery(app, code.org),
    })
}

/// The public recovery key. That its file can't be read keeps nobody from enrolling.
fn recovery(app: &App, org: OrgId) -> Option<serde_bytes::ByteArray<32>> {
    app.recovery
        .public(org)
        .unwrap_or_else(|e| {
            tracing::error!(cause = %e, "the recovery key");
            None
        })
        .map(Into::into)
}

/// The device that the code is used for: the one that used it already, the one it says it is, or a new one.
async fn the_device(tx: &mut dyn WriteTx, app: &App, code: &Code, request: &Enrol, now_ms: i64) -> Result<DeviceRow, Refusal> {
    let key = request.key.into_array();
    let bad_code = || Refusal::new(403, Why::BAD_CODE, now_ms);
    if let Some(used_by) = code.used_by {
        let known = tx.device(code.org, used_by).await?;
        return known.filter(|device| device.key == key).ok_or_else(bad_code);
    }
    let mut id = DeviceId::from_bytes(app.random.uuid_v7(now_ms));
    if let Some(again) = request.again {
        match tx.device(code.org, again).await? {
            Some(known) if known.key == key => return Ok(known),
            // Another key under a known id is somebody else: they get an id of their own.
            Some(_) => {}
            // A server restored from an older backup: the device goes on, and its unsent work with it.
            None => id = again,
        }
    }
    Ok(DeviceRow {
        id,
        name: name(tx, code.org, code.site).await?,
        model: request.model.chars().take(MODEL).collect(),
        site: code.site,
        key,
        enrolled_ms: now_ms,
        revoked_ms: None,
        lost: false,
        reason: None,
        app: None,
        last_contact_ms: None,
        reported_through_ms: None,
    })
}

/// The site's slug and the next number there.
pub(super) async fn name(tx: &mut dyn WriteTx, org: OrgId, site: SiteId) -> Result<String, StoreError> {
    let known: Option<Site> = records::one(tx.as_read(), org, &site.to_string()).await?;
    let slug = known.map_or_else(|| "device".to_owned(), |s| s.slug.to_string());
    let devices = tx.devices(org).await?;
    let taken = |name: &str| devices.iter().any(|d| d.name == name);
    let start = devices.iter().filter(|d| d.site == site).count() + 1;
    Ok((start..).map(|n| format!("{slug}-{n}")).find(|name| !taken(name)).unwrap_or(slug))
}
