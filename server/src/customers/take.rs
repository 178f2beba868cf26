//! What a device tells of customers with its offers: the keys that its payloads are under, and by what the
//! customers are found again. Telling it twice changes nothing.

use std::collections::BTreeSet;

use frontline_domain::customer::{Handle, group};
use frontline_domain::fact::Fact;
use frontline_domain::record::{SubjectForgotten, SubjectMerged};
use frontline_domain::{DeviceId, OrgId, Random, Scope, SubjectId};
use frontline_protocol::customers::{HANDLES, KEYS, Post, Told, address, wrap};
use frontline_protocol::hpke::{Secret, public_key};
use frontline_protocol::{Entry, Header};

use super::{is_forgotten, root, row};
use crate::judge::Bench;
use crate::judge::entry::Offer;
use crate::keys::Keys;
use crate::pen::Pen;
use crate::records;
use crate::store::Result;

/// A key as it is kept, and what the customer's phone number and e-mail address were made to.
pub struct Taken {
    subject: SubjectId,
    wrapped: Vec<u8>,
    macs: Vec<[u8; 32]>,
}

/// Why a list of keys says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It is addressed to another key: the server's key file is a new one. Sealed to this one it would open.
    Elsewhere,
    /// It was not sealed to this organisation's key by this device, or says more than it may.
    Unreadable,
}

/// Opens what a device told; outside of any transaction, since it takes a while.
pub fn open(keys: &Keys, random: &dyn Random, org: OrgId, device: DeviceId, told: &[u8]) -> std::result::Result<Vec<Taken>, Closed> {
    let (is_here, sealed) = address(&keys.customers_public(org), told).filter(|_| told.len() <= KEYS).ok_or(Closed::Unreadable)?;
    if !is_here {
        return Err(Closed::Elsewhere);
    }
    read(keys, random, (org, device), sealed, &keys.customers(org))
}

/// The same, sealed to the public key of `secret`.
pub fn open_with(
    keys: &Keys,
    random: &dyn Random,
    org: OrgId,
    device: DeviceId,
    told: &[u8],
    secret: &Secret,
) -> std::result::Result<Vec<Taken>, Closed> {
    let (is_here, sealed) = address(&public_key(secret), told).filter(|_| told.len() <= KEYS).ok_or(Closed::Unreadable)?;
    if is_here { read(keys, random, (org, device), sealed, secret) } else { Err(Closed::Elsewhere) }
}

fn read(
    keys: &Keys,
    random: &dyn Random,
    (org, device): (OrgId, DeviceId),
    sealed: &[u8],
    secret: &Secret,
) -> std::result::Result<Vec<Taken>, Closed> {
    let told: Vec<Told> = Post::Told(org, device).open(secret, sealed).ok_or(Closed::Unreadable)?;
    let taken = |one: Told| {
        let mut nonce = [0; 12];
        random.fill(&mut nonce);
        let wrapped = wrap(&keys.customer_rows(org), nonce, &row(org, one.subject, device), &one.key);
        let handles = one.handles.iter().take(HANDLES).filter_map(|text| Handle::from_tagged(text));
        Taken { subject: one.subject, wrapped, macs: handles.map(|h| keys.customer_mac(org, &h)).collect() }
    };
    Ok(told.into_iter().map(taken).collect())
}

/// About whom an entry says something.
pub fn subject_of(entry: &Entry) -> Option<SubjectId> {
    if !frontline_domain::fact::ABOUT_CUSTOMERS.contains(entry.header.entry_type) {
        return None;
    }
    let fact = Fact::decode(entry.header.entry_type, &entry.body)?.ok()?;
    fact.about_customer().map(|(_, sealed)| sealed.subject)
}

/// Keeps what was told about the customers of these offers, whatever the verdicts on them: what is held or
/// refused may be let in. Of a customer who was forgotten nothing is kept.
pub async fn take(bench: &mut Bench<'_>, org: OrgId, device: DeviceId, offers: &[Offer], taken: &[Taken]) -> Result<()> {
    if taken.is_empty() {
        return Ok(());
    }
    let offered = offers.iter().filter_map(|offer| offer.read.as_ref().ok()).filter(|entry| entry.header.device == device);
    let about: BTreeSet<SubjectId> = offered.filter_map(subject_of).collect();
    for one in taken.iter().filter(|one| about.contains(&one.subject)) {
        if is_forgotten(bench.tx.as_read(), org, one.subject).await? {
            continue;
        }
        bench.tx.put_customer_key(org, one.subject, device, &one.wrapped).await?;
        for mac in &one.macs {
            bench.tx.put_customer_index(org, mac, one.subject).await?;
            if let Some(first) = bench.tx.customers_with(org, mac).await?.into_iter().find(|s| *s != one.subject) {
                merge(bench, org, one.subject, first).await?;
            }
        }
    }
    Ok(())
}

/// Makes one customer of two subjects, unless they are that already or an administrator said that they are not.
async fn merge(bench: &mut Bench<'_>, org: OrgId, one: SubjectId, other: SubjectId) -> Result<()> {
    let (from, _) = root(bench.tx.as_read(), org, one).await?;
    let (into, _) = root(bench.tx.as_read(), org, other).await?;
    if from == into || is_undone(bench, org, from, into).await? || is_undone(bench, org, into, from).await? {
        return Ok(());
    }
    let merged = SubjectMerged { from, into, withdrawn: false };
    let mut all: Vec<SubjectMerged> = records::all(bench.tx.as_read(), org).await?;
    all.retain(|m| m.from != from);
    all.push(merged.clone());
    let mut scopes: BTreeSet<Scope> = BTreeSet::new();
    for subject in group(&all, into) {
        scopes.extend(bench.tx.customer_scopes(org, subject).await?);
    }
    let scopes: Vec<Scope> = scopes.into_iter().filter(|s| !is_device(s)).collect();
    let pen = Pen::of(bench.tx, org).await?;
    pen.record(bench.tx, bench.feeds, &scopes, &merged).await?;
    Ok(())
}

async fn is_undone(bench: &mut Bench<'_>, org: OrgId, from: SubjectId, into: SubjectId) -> Result<bool> {
    let known = records::one::<SubjectMerged>(bench.tx.as_read(), org, &from.to_string()).await?;
    Ok(known.is_some_and(|m| m.withdrawn && m.into == into))
}

/// An entry about this customer is stored: its feed is told what is known of them by now, and so is its author's
/// device. That one has a key of its own, and may have lost the right to read the feed that an order to forget
/// goes to.
pub async fn met(bench: &mut Bench<'_>, org: OrgId, subject: SubjectId, author: &Header) -> Result<()> {
    for scope in [author.scope, Scope::Device(author.device)] {
        if !bench.tx.put_customer_scope(org, subject, scope).await? {
            continue;
        }
        let (_, merges) = root(bench.tx.as_read(), org, subject).await?;
        let forgotten = records::one::<SubjectForgotten>(bench.tx.as_read(), org, &subject.to_string()).await?;
        let pen = Pen::of(bench.tx, org).await?;
        for merge in merges.iter().filter(|_| !is_device(&scope)) {
            pen.record(bench.tx, bench.feeds, &[scope], merge).await?;
        }
        if let Some(forgotten) = forgotten {
            pen.record(bench.tx, bench.feeds, &[scope], &forgotten).await?;
        }
    }
    Ok(())
}

/// The feed of a device is told whom to forget, and nothing else about customers.
pub fn is_device(scope: &Scope) -> bool {
    matches!(scope, Scope::Device(_))
}
