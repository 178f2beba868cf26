//! Enrolling: a one-time code becomes a device that the server knows, or one more person on it.

use frontline_domain::Epoch;
use frontline_domain::env::Reading;
use frontline_protocol::enrol::{AGAIN, Enrol, Enrolled, PATH, Recognised, Shown};
use frontline_protocol::{Code, VERSIONS, frame, limits};

use super::drive::{Around, Syncer};
use crate::clock;
use crate::core::signing_key;
use crate::error::Fault;
use crate::net::{Failure, Post, ServerUrl, Transport, classify};
use crate::observe::{Origin, Topic, Touched};
use crate::people;
use crate::store::meta::{self, Identity, key};
use crate::store::{StoreError, Tx, enrolled};

/// Enrols this device at `server`, or a further person on it: the same device goes on, and what it has
/// unsent with it.
pub(crate) async fn enrol(syncer: &Syncer, around: &Around<'_>, server: &str, code: &str, model: &str) -> Result<Enrolled, Fault> {
    let server: ServerUrl = server.parse().map_err(|e: crate::net::AddressError| Fault::invalid("server", "address", e.to_string()))?;
    // The key was on the disk before anybody hears of it: a code that was used is used, and an answer that
    // got lost must not leave the server with the key of nobody.
    let (public, known) = around.store.read(|db| {
        let known: Option<Identity> = meta::get(db, key::IDENTITY)?;
        Ok::<_, Fault>((signing_key(db)?.verifying_key().to_bytes(), known))
    })?;
    if known.as_ref().is_some_and(|own| own.server != server.to_string()) {
        let message = "This device belongs to another server. Its store must be emptied of unsent work and made anew first.";
        return Err(Fault::invalid("server", "same", message));
    }
    let request = Enrol {
        versions: VERSIONS,
        code: one_time(code)?,
        key: public.into(),
        model: model.chars().filter(|c| !c.is_control()).take(MODEL).collect(),
        again: known.as_ref().map(|own| own.device),
    };
    let post = Post { path: PATH, body: frame::pack(&request) };
    let answer = syncer.transport()?.post(&server, post).await.and_then(classify::classify);
    let answer = match answer {
        Ok(body) => frame::unpack::<Enrolled>("an enrolment", &body).map_err(|e| Fault::Network(Failure::Unreadable(e.to_string())))?,
        Err(Failure::Refused(refused)) if refused.code == Code::BAD_CODE => {
            return Err(Fault::invalid("code", "valid", Code::BAD_CODE.text()));
        }
        Err(Failure::Busy { retry_after_ms }) => {
            let minutes = retry_after_ms.unwrap_or(60_000).div_ceil(60_000);
            let message = format!(
                "The server takes no codes from here now: too many wrong ones were tried, or it has too much to do. The code was not used; try again in {minutes} min."
            );
            return Err(Fault::invalid("code", "wait", message));
        }
        Err(failure) => return Err(Fault::Network(failure)),
    };
    if known.as_ref().is_some_and(|own| own.org != answer.org || own.device != answer.device) {
        return Err(Fault::invalid("code", "same", "This code is of another organisation than the one that this device belongs to."));
    }
    let now = around.clock.now();
    around.store.write(|tx| keep(tx, &server, &answer, &now, Epoch(around.random.next_u64())))?;
    let mut touched = Touched::default();
    touched.add(Topic::People, answer.person.to_string());
    touched.topic(Topic::Sync);
    around.observers.tell(&touched, Origin::Remote);
    Ok(answer)
}

/// Characters of a maker's name for a device that anybody would read.
const MODEL: usize = 64;
/// No code that was ever given out is longer, however somebody spaces it.
const CODE: usize = 128;

/// A one-time code, unless it can be none.
pub(super) fn one_time(code: &str) -> Result<String, Fault> {
    if code.len() > CODE { Err(Fault::invalid("code", "valid", Code::BAD_CODE.text())) } else { Ok(code.to_owned()) }
}

/// Shows the certificates of this device to a server that does not know it: one that was restored from a backup
/// older than the device. Gives the failure where it is not taken back.
pub(super) async fn show(transport: &dyn Transport, around: &Around<'_>) -> Result<Result<(), Failure>, Fault> {
    let (own, key, certified) = around.store.read(|db| Ok::<_, Fault>((meta::identity(db)?, signing_key(db)?, enrolled::all(db)?)))?;
    let mut certificates: Vec<_> = certified.into_iter().map(|one| one.certificate).collect();
    certificates.truncate(limits::CERTIFICATES);
    let shown = Shown { versions: VERSIONS, org: own.org, device: own.device, key: key.verifying_key().to_bytes().into(), certificates };
    let server = own.server.parse().map_err(|_| StoreError::BadColumn { column: "meta.identity" })?;
    let post = Post { path: AGAIN, body: frame::pack(&shown) };
    let body = match transport.post(&server, post).await.and_then(classify::classify) {
        Ok(body) => body,
        Err(failure) => return Ok(Err(failure)),
    };
    match frame::unpack::<Recognised>("a recognition", &body) {
        Ok(known) => {
            around.store.write_at_last(|tx| meta::put(tx, key::NONCE, &known.nonce))?;
            Ok(Ok(()))
        }
        Err(error) => Ok(Err(Failure::Unreadable(error.to_string()))),
    }
}

fn keep(tx: &Tx<'_>, server: &ServerUrl, answer: &Enrolled, now: &Reading, epoch: Epoch) -> Result<(), Fault> {
    let own = Identity {
        org: answer.org,
        org_name: answer.org_name.clone(),
        device: answer.device,
        device_name: answer.device_name.clone(),
        server: server.to_string(),
    };
    meta::put(tx, key::IDENTITY, &own)?;
    if meta::get::<(Epoch, u64)>(tx, key::SERIES)?.is_none() {
        meta::put(tx, key::SERIES, &(epoch, 1u64))?;
    }
    meta::put(tx, key::NONCE, &answer.nonce)?;
    meta::put(tx, key::CUSTOMERS_AT, &answer.customers)?;
    if let Some(recovery) = &answer.recovery {
        meta::put(tx, key::RECOVERY_AT, recovery)?;
    }
    // It speaks with this device, whatever it said before.
    meta::clear(tx, key::BLOCKED)?;
    meta::put(tx, key::SERVER_OFFSET, &(answer.time_ms - now.wall_ms))?;
    clock::begin(tx, now)?;
    enrolled::put(
        tx,
        &enrolled::Enrolled {
            person: answer.person,
            site: answer.site,
            name: answer.person_name.clone(),
            certificate: answer.certificate.clone(),
        },
    )?;
    people::pin::code_used(tx, answer.person, answer.time_ms)?;
    Ok(())
}
