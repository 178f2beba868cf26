//! Records as their types, over the rows of the store.

use frontline_domain::record::{
    Asset, Assignment, Certificate, Device, GrantRecord, Organisation, Person, PinUnlocked, Publication, Record, RunsWithdrawn, Site,
    SubjectForgotten, SubjectMerged, Touchpoint,
};
use frontline_domain::{EntryType, OrgId, Slug};

use crate::store::{ReadTx, Result, StoreError};

/// A record with the key that tells it from others of its type.
pub trait Keyed: Record {
    fn key(&self) -> String;
}

macro_rules! keyed {
    ($($record:ty, |$r:ident| $key:expr;)*) => {
        $(impl Keyed for $record { fn key(&self) -> String { let $r = self; $key.to_string() } })*
    };
}
keyed! {
    Organisation, |r| r.id;
    Site, |r| r.id;
    Person, |r| r.id;
    GrantRecord, |r| r.id;
    Device, |r| r.id;
    Assignment, |r| r.id;
    Touchpoint, |r| r.slug;
    Asset, |r| r.slug;
    RunsWithdrawn, |r| r.id;
    Certificate, |r| format!("{}/{}", r.device, r.person);
    PinUnlocked, |r| format!("{}/{}", r.device, r.person);
    Publication, |r| publication_key(&r.kind, &r.slug);
    SubjectMerged, |r| r.from;
    SubjectForgotten, |r| r.subject;
}

/// The key of a record of this type with this body; none for a type or a body that this build does not know.
pub fn key_of(entry_type: EntryType, body: &[u8]) -> Option<String> {
    fn of<R: Keyed>(body: &[u8]) -> Option<String> {
        R::decode(body).ok().map(|record| record.key())
    }
    match entry_type {
        EntryType::ORGANISATION => of::<Organisation>(body),
        EntryType::SITE => of::<Site>(body),
        EntryType::PERSON => of::<Person>(body),
        EntryType::GRANT => of::<GrantRecord>(body),
        EntryType::DEVICE => of::<Device>(body),
        EntryType::ASSIGNMENT => of::<Assignment>(body),
        EntryType::TOUCHPOINT => of::<Touchpoint>(body),
        EntryType::ASSET => of::<Asset>(body),
        EntryType::RUNS_WITHDRAWN => of::<RunsWithdrawn>(body),
        EntryType::CERTIFICATE => of::<Certificate>(body),
        EntryType::PUBLICATION => of::<Publication>(body),
        EntryType::SUBJECT_MERGED => of::<SubjectMerged>(body),
        EntryType::SUBJECT_FORGOTTEN => of::<SubjectForgotten>(body),
        _ => None,
    }
}

/// The key of a publication.
pub fn publication_key(kind: &str, slug: &Slug) -> String {
    format!("{kind}/{slug}")
}

/// All records of a type as they stand, withdrawn ones too.
pub async fn all<R: Record>(tx: &mut dyn ReadTx, org: OrgId) -> Result<Vec<R>> {
    tx.records(org, R::TYPE).await?.iter().map(|row| read(&row.body)).collect()
}

/// The record with this key.
pub async fn one<R: Record>(tx: &mut dyn ReadTx, org: OrgId, key: &str) -> Result<Option<R>> {
    tx.record(org, R::TYPE, key).await?.map(|row| read(&row.body)).transpose()
}

fn read<R: Record>(body: &[u8]) -> Result<R> {
    R::decode(body).map_err(|e| StoreError::Corrupt(e.to_string()))
}
