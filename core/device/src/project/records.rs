//! Records and releases: what the server wrote.

use frontline_domain::record::{
    Asset, Assignment, Certificate, Device, GrantRecord, Organisation, Person, PinUnlocked, Publication, Record, RunsWithdrawn, Site,
    SubjectForgotten, SubjectMerged, Touchpoint,
};
use frontline_domain::release::{Content, Release};
use frontline_domain::{EntryType, ReleaseHash, Scope, SubjectId};

use super::{Subject, run};
use crate::error::Fault;
use crate::observe::{Topic, Touched};
use crate::store::{StoreError, Tx, customers, entries, records, releases, runs};

/// The id of the record in `body`; none where the type is no record of this build, or the body is none.
pub(super) fn id_of(one: EntryType, body: &[u8]) -> Option<Vec<u8>> {
    Some(match one {
        EntryType::ORGANISATION => Organisation::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::SITE => Site::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::PERSON => Person::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::GRANT => GrantRecord::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::DEVICE => Device::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::ASSIGNMENT => Assignment::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::TOUCHPOINT => Touchpoint::decode(body).ok()?.slug.as_str().as_bytes().to_vec(),
        EntryType::ASSET => Asset::decode(body).ok()?.slug.as_str().as_bytes().to_vec(),
        EntryType::RUNS_WITHDRAWN => RunsWithdrawn::decode(body).ok()?.id.as_bytes().to_vec(),
        EntryType::CERTIFICATE => {
            let one = Certificate::decode(body).ok()?;
            [one.device.as_bytes().as_slice(), one.person.as_bytes()].concat()
        }
        EntryType::PIN_UNLOCKED => {
            let one = PinUnlocked::decode(body).ok()?;
            [one.device.as_bytes().as_slice(), one.person.as_bytes()].concat()
        }
        EntryType::PUBLICATION => {
            let one = Publication::decode(body).ok()?;
            format!("{}/{}", one.kind, one.slug).into_bytes()
        }
        EntryType::SUBJECT_MERGED => SubjectMerged::decode(body).ok()?.from.as_bytes().to_vec(),
        EntryType::SUBJECT_FORGOTTEN => SubjectForgotten::decode(body).ok()?.subject.as_bytes().to_vec(),
        _ => return None,
    })
}

fn topic(one: EntryType) -> Topic {
    match one {
        EntryType::PERSON | EntryType::GRANT | EntryType::CERTIFICATE | EntryType::PIN_UNLOCKED => Topic::People,
        EntryType::ASSIGNMENT => Topic::Training,
        EntryType::DEVICE => Topic::Sync,
        EntryType::SUBJECT_MERGED | EntryType::SUBJECT_FORGOTTEN => Topic::Interactions,
        _ => Topic::Content,
    }
}

/// The record with the highest number stands, in each scope for itself.
pub(super) fn record(tx: &Tx<'_>, one: EntryType, id: &[u8], touched: &mut Touched) -> Result<(), Fault> {
    let subject = Subject::Record(one, id.to_vec().into());
    let mut held = entries::about(tx, &subject.encode())?;
    held.sort_by_key(|h| (h.entry.header.scope, h.place.map_or(0, |p| p.number)));
    let before: Option<Site> = if one == EntryType::SITE { records::get(tx, id)? } else { None };
    let withdrawn: Option<RunsWithdrawn> = if one == EntryType::RUNS_WITHDRAWN { records::get(tx, id)? } else { None };
    records::clear(tx, one, id)?;
    for (at, h) in held.iter().enumerate() {
        let last_of_scope = held.get(at + 1).is_none_or(|next| next.entry.header.scope != h.entry.header.scope);
        if last_of_scope {
            let number = h.place.map_or(0, |p| p.number);
            records::put(tx, one, id, h.entry.header.scope, number, h.entry.header.moment.wall_ms, &h.entry.body)?;
        }
    }
    if one == EntryType::SUBJECT_FORGOTTEN && !held.is_empty() {
        // The order: nothing opens what is known of this customer from here on.
        customers::forget(tx, SubjectId::from_slice(id).map_err(|_| StoreError::BadColumn { column: "record.id" })?)?;
        touched.topic(Topic::Feedback);
    }
    touched.topic(topic(one));
    let site: Option<Site> = if one == EntryType::SITE { records::get(tx, id)? } else { None };
    if let (Some(before), Some(site)) = (before, site)
        && (before.slug, before.zone, before.tags) != (site.slug, site.zone, site.tags)
    {
        run::refresh_at(tx, Scope::Site(site.id), touched)?;
    }
    if one == EntryType::ASSET
        && let Some(asset) = records::get::<Asset>(tx, id)?
    {
        run::refresh_about(tx, &asset.slug, touched)?;
    }
    if one == EntryType::RUNS_WITHDRAWN {
        // Of the one before as well: a version may be named no longer.
        let now: Option<RunsWithdrawn> = records::get(tx, id)?;
        // The same words come from each site that the phone reads: no row follows from them twice.
        if now != withdrawn {
            let releases = withdrawn.into_iter().chain(now).flat_map(|one| one.releases).collect();
            run::refresh_unfinished(tx, &releases, touched)?;
        }
    }
    Ok(())
}

/// Keeps the release, and lets go the runs that waited for it.
pub(super) fn release(tx: &Tx<'_>, hash: &ReleaseHash, touched: &mut Touched) -> Result<(), Fault> {
    touched.topic(Topic::Content);
    let Some(held) = entries::about(tx, &Subject::Release(*hash).encode())?.pop() else {
        return Ok(releases::clear(tx, hash)?);
    };
    match Release::decode(&held.entry.body) {
        // The rows of a list are in no table that is read whole: [`super::lists`].
        Ok(Release { content: Content::Rows(_), .. }) => return Ok(()),
        Ok(release) => releases::put(tx, hash, &release, &held.entry.body)?,
        // A kind of release of a later build: kept raw, projected after an update.
        Err(_) => return Ok(()),
    }
    for waiting in runs::waited(tx, hash)? {
        run::refresh(tx, waiting, None, touched)?;
    }
    Ok(())
}
