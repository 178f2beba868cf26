//! Customers on this device (`sync.md` 27): sealing what is said about them, opening what may be read, finding
//! one again without a network, and forgetting.
//!
//! Two keys of the device serve them, derived from one secret that never leaves the store: one that the server
//! lends keys to, and one for the MACs of phone numbers and addresses.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::customer::{Customer, Handle, Sealed, group};
use frontline_domain::env::Random;
use frontline_domain::fact::{ABOUT_CUSTOMERS, Fact};
use frontline_domain::record::{SubjectForgotten, SubjectMerged};
use frontline_domain::{CaptureId, DeviceId, OrgId, SubjectId};
use frontline_protocol::customers::{Lent, Place, Post, Told, addressed};
use frontline_protocol::hpke::{self, Secret};
use frontline_protocol::{Entry, limits};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_bytes::{ByteArray, ByteBuf};

use crate::capture::Pen;
use crate::error::Fault;
use crate::store::meta::{self, Identity};
use crate::store::{Db, Tx, customers, records};

/// Draws the device's secret for customers, once.
pub(crate) fn prepare(tx: &Tx<'_>, random: &dyn Random) -> Result<(), Fault> {
    if meta::get::<ByteArray<32>>(tx, meta::key::CUSTOMERS)?.is_none() {
        meta::put(tx, meta::key::CUSTOMERS, &ByteArray::new(*drawn(random)))?;
    }
    Ok(())
}

pub(crate) fn drawn(random: &dyn Random) -> Secret {
    let mut secret = Secret::default();
    random.fill(secret.as_mut_slice());
    secret
}

fn derived(db: &Db<'_>, what: &str) -> Result<Secret, Fault> {
    let secret: ByteArray<32> =
        meta::get(db, meta::key::CUSTOMERS)?.ok_or(crate::store::StoreError::BadColumn { column: "meta.customers" })?;
    Ok(Secret::new(blake3::derive_key(what, secret.as_slice())))
}

fn reading(db: &Db<'_>) -> Result<Secret, Fault> {
    derived(db, "frontline 2026 device customers reading")
}

/// The public key that the server lends keys to.
pub(crate) fn reader(db: &Db<'_>) -> Result<[u8; 32], Fault> {
    let secret = reading(db)?;
    Ok(hpke::public_key(&secret))
}

fn macs(db: &Db<'_>, handles: &[Handle]) -> Result<Vec<[u8; 32]>, Fault> {
    let key = derived(db, "frontline 2026 device customers finding")?;
    Ok(handles.iter().map(|h| *blake3::keyed_hash(&key, h.tagged().as_bytes()).as_bytes()).collect())
}

impl Pen<'_> {
    /// Seals what is said with `about` of a customer who is not known further: a comment.
    pub(crate) fn seal_words(&self, about: CaptureId, words: &str) -> Result<Sealed, Fault> {
        let subject = SubjectId::from_bytes(self.inner.random.id());
        self.seal(about, subject, &words)
    }

    /// Seals who a contact is with: the customer who is known here by the same phone number or address, else a
    /// new one.
    pub(crate) fn seal_customer(&self, about: CaptureId, customer: &Customer) -> Result<Sealed, Fault> {
        let macs = macs(self.tx, &customer.handles())?;
        let mut known = None;
        for mac in &macs {
            known = known.or(customers::with(self.tx, mac)?.first().copied());
        }
        let subject = known.unwrap_or_else(|| SubjectId::from_bytes(self.inner.random.id()));
        for mac in &macs {
            customers::put_index(self.tx, mac, subject)?;
        }
        self.seal(about, subject, customer)
    }

    fn seal<T: Serialize>(&self, about: CaptureId, subject: SubjectId, plain: &T) -> Result<Sealed, Fault> {
        let Identity { org, device, .. } = self.identity;
        if meta::get::<ByteArray<32>>(self.tx, meta::key::CUSTOMERS_AT)?.is_none() {
            let message = "this device was enrolled before words about customers were sealed; enrol it again with a new code";
            return Err(Fault::invalid("device", "enrolled", message));
        }
        let key = match customers::key(self.tx, subject, device)? {
            Some(key) => key,
            None => {
                let key = drawn(self.inner.random.as_ref());
                customers::put_key(self.tx, subject, device, &key)?;
                key
            }
        };
        let mut nonce = [0; 12];
        self.inner.random.fill(&mut nonce);
        Ok(Place { org, device, about }.seal(&key, nonce, subject, plain))
    }
}

/// What this device can say of something sealed.
pub(crate) enum Opened<T> {
    Known(T),
    Forgotten,
    /// Its key is not here: not told yet, or not for this device.
    Closed,
}

/// Opens what was said with `about`; none where nothing was.
pub(crate) fn open<T: DeserializeOwned>(db: &Db<'_>, org: OrgId, about: CaptureId) -> Result<Option<(SubjectId, Opened<T>)>, Fault> {
    let Some(row) = customers::get(db, about)? else { return Ok(None) };
    let subject = row.sealed.subject;
    let key = customers::key(db, subject, row.device)?;
    let opened = key.and_then(|key| Place { org, device: row.device, about }.open(&key, &row.sealed));
    let closed = || Ok::<_, Fault>(if is_forgotten(db, subject)? { Opened::Forgotten } else { Opened::Closed });
    Ok(Some((subject, opened.map_or_else(closed, |known| Ok(Opened::Known(known)))?)))
}

fn is_forgotten(db: &Db<'_>, subject: SubjectId) -> Result<bool, Fault> {
    Ok(records::get::<SubjectForgotten>(db, subject.as_bytes())?.is_some())
}

/// The contacts and feedbacks of whoever has this phone number or address, merged ones included.
pub(crate) fn find(db: &Db<'_>, handle: &Handle) -> Result<BTreeSet<CaptureId>, Fault> {
    let merges: Vec<SubjectMerged> = records::all(db)?;
    let mut out = BTreeSet::new();
    for mac in macs(db, std::slice::from_ref(handle))? {
        for named in customers::with(db, &mac)? {
            for subject in group(&merges, named) {
                out.extend(customers::abouts(db, subject)?);
            }
        }
    }
    Ok(out)
}

/// What an entry says about a customer.
pub(crate) fn about_customer(entry: &Entry) -> Option<(CaptureId, Sealed)> {
    if !ABOUT_CUSTOMERS.contains(entry.header.entry_type) {
        return None;
    }
    let fact = Fact::decode(entry.header.entry_type, &entry.body)?.ok()?;
    fact.about_customer().map(|(about, sealed)| (about, sealed.clone()))
}

/// The keys of what these offers say about customers, and by what the server finds them again, sealed to it.
/// None where there is nothing to tell: a forgotten customer's keys are gone.
pub(crate) fn told<'a>(
    db: &Db<'_>,
    random: &dyn Random,
    own: &Identity,
    offers: impl Iterator<Item = &'a [u8]>,
) -> Result<Option<ByteBuf>, Fault> {
    let Some(to) = meta::get::<ByteArray<32>>(db, meta::key::CUSTOMERS_AT)? else { return Ok(None) };
    told_to(&to, random, (own.org, own.device), offers, |subject, device| Ok(customers::key(db, subject, device)?))
}

/// The same, of keys that come from elsewhere, sealed to this public key.
pub(crate) fn told_to<'a>(
    to: &[u8; 32],
    random: &dyn Random,
    (org, own): (OrgId, DeviceId),
    offers: impl Iterator<Item = &'a [u8]>,
    mut key_of: impl FnMut(SubjectId, DeviceId) -> Result<Option<Secret>, Fault>,
) -> Result<Option<ByteBuf>, Fault> {
    let mut told: BTreeMap<SubjectId, Told> = BTreeMap::new();
    for entry in offers.filter_map(|bytes| Entry::read(bytes, limits::ENTRY).ok()) {
        let Some((about, sealed)) = about_customer(&entry) else { continue };
        let (subject, device) = (sealed.subject, entry.header.device);
        let Some(key) = key_of(subject, device)? else { continue };
        let customer: Option<Customer> = Place { org, device, about }.open(&key, &sealed);
        let one = told.entry(subject).or_insert_with(|| Told { subject, key: (*key).into(), handles: Vec::new() });
        for handle in customer.map(|c| c.handles()).unwrap_or_default() {
            let tagged = handle.tagged();
            if !one.handles.contains(&tagged) {
                one.handles.push(tagged);
            }
        }
    }
    if told.is_empty() {
        return Ok(None);
    }
    let list: Vec<Told> = told.into_values().collect();
    Ok(Post::Told(org, own).seal(to, &drawn(random), &list).map(|sealed| addressed(to, &sealed)))
}

/// The server has another key than the one that its keys were sealed to; whether that is news.
pub(crate) fn server_has(tx: &Tx<'_>, key: &[u8; 32]) -> Result<bool, Fault> {
    let known: Option<ByteArray<32>> = meta::get(tx, meta::key::CUSTOMERS_AT)?;
    let is_news = known.is_none_or(|known| *known != *key);
    if is_news {
        meta::put(tx, meta::key::CUSTOMERS_AT, &ByteArray::new(*key))?;
    }
    Ok(is_news)
}

/// Takes over the keys that the server lent with a page.
pub(crate) fn lent(tx: &Tx<'_>, own: &Identity, sealed: &[u8]) -> Result<(), Fault> {
    let Some(list) = Post::Lent(own.org, own.device).open::<Lent>(&reading(tx)?, sealed) else {
        tracing::warn!("the keys of a page were not sealed to this device; what they open stays closed");
        return Ok(());
    };
    for one in list {
        if !is_forgotten(tx, one.subject)? {
            customers::put_key(tx, one.subject, one.device, &one.key)?;
        }
    }
    Ok(())
}

/// Notes by what the customer of an entry is found again, where its key is here.
pub(crate) fn learn(tx: &Tx<'_>, org: OrgId, entry: &Entry) -> Result<(), Fault> {
    let Some((about, sealed)) = about_customer(entry) else { return Ok(()) };
    let device: DeviceId = entry.header.device;
    let Some(key) = customers::key(tx, sealed.subject, device)? else { return Ok(()) };
    let customer: Option<Customer> = Place { org, device, about }.open(&key, &sealed);
    for mac in macs(tx, &customer.map(|c| c.handles()).unwrap_or_default())? {
        customers::put_index(tx, &mac, sealed.subject)?;
    }
    Ok(())
}
