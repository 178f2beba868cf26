//! What several services show, and what they look up by name.

use std::str::FromStr;
use std::sync::Arc;

use frontline_domain::form::Value;
use frontline_domain::form::item::date_time;
use frontline_domain::record::{Publication, Site, Touchpoint};
use frontline_domain::release::{DRAFT, Release, Signers};
use frontline_domain::{EntryHash, PersonId, ReleaseHash, Scope, Slug, Text};
use serde::{Serialize, Serializer};

use crate::error::Fault;
use crate::people::{Reader, Words};
use crate::project::Subject;
use crate::store::outbox::{Item, State};
use crate::store::{Db, StoreError, outbox, pending, records, releases};

/// What became of something captured here. Nothing about it is guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptureState {
    pub state: State,
    /// Its number in its scope's feed, where it is stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// The code's name, where it is held or quarantined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

impl CaptureState {
    pub(crate) fn of(item: &Item) -> Self {
        Self {
            state: item.state,
            number: item.receipt.as_ref().map(|r| r.number),
            code: item.code.map(|c| c.name()),
            reason: item.code.map(|c| c.text()),
        }
    }
    /// Of the entry with this hash, or of the one that it was issued again as; none for what was received.
    pub(crate) fn of_entry(db: &Db<'_>, hash: &EntryHash) -> Result<Option<Self>, StoreError> {
        let mut found = outbox::by_hash(db, hash)?;
        // As often as an entry can have been issued again; a bound, should the chain ever be a circle.
        for _ in 0..64 {
            match &found {
                Some(Item { state: State::Reissued | State::Replaced, successor: Some(next), .. }) => {
                    found = outbox::by_hash(db, next)?;
                }
                _ => break,
            }
        }
        Ok(found.as_ref().map(Self::of))
    }
    /// Of everything captured here about one thing; none where all of it came from others.
    pub(crate) fn about(db: &Db<'_>, subject: &Subject) -> Result<Option<Self>, StoreError> {
        let told = outbox::telling(db, &subject.encode())?.as_ref().map(Self::of);
        let is_appended = if let Subject::Run(run) = subject { !pending::of_run(db, *run)?.is_empty() } else { false };
        Ok(match told {
            // What needs a person comes first, then what is on this device alone: what is appended is, too.
            Some(Self { state: State::Quarantined | State::Captured, .. }) => told,
            _ if is_appended => Some(Self { state: State::Captured, number: None, code: None, reason: None }),
            _ => told,
        })
    }
}

/// A value as JSON shows it: a number as a number, a choice as its name, "does not apply" as `{"na": reason}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered(pub Value);

impl Serialize for Answered {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Na<'a> {
            na: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Place {
            lat: f64,
            lon: f64,
            within: u32,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            mock: bool,
        }
        match &self.0 {
            Value::Na(reason) => Na { na: reason.as_deref() }.serialize(to),
            Value::Text(t) | Value::Date(t) | Value::Time(t) => to.serialize_str(t),
            Value::Moment(ms) => to.serialize_str(&date_time::written(*ms)),
            Value::Duration(seconds) => to.serialize_u32(*seconds),
            // At most 15 digits: an f64 gives them all back.
            Value::Number(n) => {
                let text = n.to_string();
                match (text.parse::<i64>(), text.parse::<f64>()) {
                    (Ok(whole), _) => to.serialize_i64(whole),
                    (_, Ok(real)) => to.serialize_f64(real),
                    _ => to.serialize_str(&text),
                }
            }
            Value::Bool(b) => to.serialize_bool(*b),
            Value::Choice(slug) | Value::Asset(slug) => to.serialize_str(slug.as_str()),
            Value::Row(row) => to.serialize_str(row.slug.as_str()),
            Value::Choices(slugs) | Value::Ranked(slugs) => to.collect_seq(slugs.iter().map(Slug::as_str)),
            Value::Cells(cells) => to.collect_map(cells.iter().map(|(row, cell)| (row.as_str(), cell.as_str()))),
            Value::Texts(texts) => to.collect_seq(texts),
            Value::Spot { x, y } => to.collect_map([("x", x), ("y", y)]),
            Value::Place { lat, lon, within_m, mock } => {
                Place { lat: degrees(*lat), lon: degrees(*lon), within: *within_m, mock: *mock }.serialize(to)
            }
            Value::Photos(list) | Value::Files(list) => to.collect_seq(list.iter().map(ToString::to_string)),
            Value::Signature(one) => to.collect_str(one),
            Value::Person(id) => to.collect_str(id),
            Value::Site(id) => to.collect_str(id),
        }
    }
}

/// Millionths of degrees, as a number with at most 9 digits: an f64 gives them all back.
fn degrees(micro: i32) -> f64 {
    f64::from(micro) / 1e6
}

/// A name that an author typed.
pub(crate) fn slug(field: &str, text: &str) -> Result<Slug, Fault> {
    text.parse().map_err(|e: frontline_domain::slug::SlugError| Fault::invalid(field, "name", e.to_string()))
}

/// An id that was given out before.
pub(crate) fn id<T: FromStr<Err = frontline_domain::IdError>>(field: &str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|e| Fault::id(field, e))
}

/// A touchpoint that is in use.
pub(crate) fn touchpoint(db: &Db<'_>, name: &str) -> Result<Touchpoint, Fault> {
    let slug = slug("touchpoint", name)?;
    let found: Option<Touchpoint> = records::get(db, slug.as_str().as_bytes())?;
    found.filter(|t| !t.withdrawn).ok_or_else(|| Fault::not_found(format!("touchpoint named {slug}")))
}

/// What is published now under a kind and a name.
pub(crate) fn publication(db: &Db<'_>, kind: &str, slug: &Slug) -> Result<Option<ReleaseHash>, StoreError> {
    let found: Option<Publication> = records::get(db, format!("{kind}/{slug}").as_bytes())?;
    Ok(found.filter(|p| !p.withdrawn).map(|p| p.release))
}

/// The current release of a kind and a name.
pub(crate) fn published(db: &Db<'_>, kind: &str, slug: &Slug) -> Result<(ReleaseHash, Release), Fault> {
    let missing = || Fault::not_found(format!("{kind} named {slug}"));
    let hash = publication(db, kind, slug)?.ok_or_else(missing)?;
    Ok((hash, releases::get(db, &hash)?.ok_or_else(missing)?))
}

/// Everything of a kind that is published now and has arrived, in order of its name.
pub(crate) fn all_published(db: &Db<'_>, kind: &str) -> Result<Vec<(ReleaseHash, Release)>, Fault> {
    let mut out = Vec::new();
    let publications: Vec<Publication> = records::all(db)?;
    for one in publications.into_iter().filter(|p| p.kind == kind && !p.withdrawn) {
        if let Some(release) = releases::get(db, &one.release)? {
            out.push((one.release, release));
        }
    }
    Ok(out)
}

/// A procedure, as a row of a list tells it.
#[derive(Debug)]
pub(crate) struct Heading {
    pub slug: Slug,
    pub title: Text,
    pub questions: u32,
    pub minutes: Option<u16>,
    /// Who signs off; nobody: handing in is the end.
    pub sign_off: Signers,
    /// It is not published, and tried.
    pub is_try: bool,
}

impl Heading {
    /// Whether a run of it that `began` began is shown in lists of `me`: what tries a draft is its tester's own.
    pub fn shows(&self, began: PersonId, me: PersonId) -> bool {
        !self.is_try || began == me
    }
}

/// The heading of a procedure that has arrived. Its form is the most of a release, and no row shows it: decoded once for
/// a list, and not for each row of it.
pub(crate) fn heading(db: &Db<'_>, hash: &ReleaseHash) -> Result<Option<Arc<Heading>>, StoreError> {
    db.recall("heading", hash.as_bytes(), || {
        let Some(release) = releases::get(db, hash)? else { return Ok(None) };
        let Some((procedure, is_try)) = release.content.into_filling() else { return Ok(None) };
        Ok(Some(Arc::new(Heading {
            slug: release.slug,
            title: release.title,
            questions: u32::try_from(procedure.form.questions().count()).unwrap_or(u32::MAX),
            minutes: procedure.minutes,
            sign_off: procedure.sign_off,
            is_try,
        })))
    })
}

/// The headings of all procedures that are published now and have arrived, in order of their names.
pub(crate) fn all_headings(db: &Db<'_>) -> Result<Vec<Arc<Heading>>, StoreError> {
    let publications: Vec<Publication> = records::all(db)?;
    let hashes = publications.into_iter().filter(|p| p.kind == "procedure" && !p.withdrawn).map(|p| p.release);
    hashes.filter_map(|hash| heading(db, &hash).transpose()).collect()
}

/// The drafts that somebody tries and that have arrived, each by its release, in order of their names.
pub(crate) fn tried(db: &Db<'_>, person: PersonId) -> Result<Vec<(ReleaseHash, Arc<Heading>)>, StoreError> {
    let given: Vec<Publication> = records::of(db, Scope::Person(person))?;
    let hashes = given.into_iter().filter(|p| p.kind == DRAFT && !p.withdrawn).map(|p| p.release);
    hashes.filter_map(|hash| Some(heading(db, &hash).transpose()?.map(|heading| (hash, heading)))).collect()
}

/// What the site that a scope is is called, as somebody reads it.
pub(crate) fn place(db: &Db<'_>, reader: &Reader, scope: Scope) -> Result<Words, StoreError> {
    let site: Option<Site> = if let Scope::Site(id) = scope { records::get(db, id.as_bytes())? } else { None };
    Ok(site.map_or_else(|| reader.nothing(), |site| reader.words(&site.name)))
}

/// The name of the site that a scope is.
pub(crate) fn site_name(db: &Db<'_>, scope: Scope) -> Result<String, StoreError> {
    let Scope::Site(id) = scope else { return Ok(String::new()) };
    let record: Option<Site> = records::get(db, id.as_bytes())?;
    Ok(record.map_or_else(|| id.to_string(), |s| s.slug.to_string()))
}
