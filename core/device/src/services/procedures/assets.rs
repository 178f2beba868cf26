//! Assets: found by what their labels say, at the places where whoever is at the phone works.

use frontline_domain::asset::compared;
use frontline_domain::record::Asset;
use frontline_domain::{EntryType, Scope, Slug, Text};
use serde::Serialize;

use super::{ProcedureSummary, Procedures, RunSummary, of_try, procedure, summary};
use crate::capture::{Pen, Rights};
use crate::error::{Error, Fault};
use crate::people::{self, Reader, Words};
use crate::services::shown;
use crate::services::training::due;
use crate::store::{Db, StoreError, records, runs};

/// Open runs that an asset's screen shows at most.
const RUNS: u32 = 50;
/// Characters of a code that an error repeats.
const SHOWN: usize = 40;

/// An asset, as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssetDetail {
    /// Its name in its organisation.
    pub id: String,
    pub label: Words,
    pub site: String,
    /// What the site is called.
    #[serde(skip)]
    pub place: Words,
    /// What is done about it, in the order of the content; of what has arrived.
    pub procedures: Vec<ProcedureSummary>,
    /// Its runs that are open here, the latest changed first.
    pub runs: Vec<RunSummary>,
}

impl Procedures<'_> {
    /// The asset whose label says this, or whose name it is, at the places where the person works.
    pub fn asset(&self, code: &str) -> Result<AssetDetail, Error> {
        self.0.show(|db| {
            let rights = Rights::of(db, self.0.now(db)?.server_estimate())?;
            let asset = find(db, code, |scope| rights.may_write(EntryType::RUN_CHANGED, scope))?;
            let (reader, scope) = (Reader::of(self.0, db)?, Scope::Site(asset.site));
            let me = people::current(db)?.person;
            let due = due(db, "procedure", me, scope)?;
            let (mut procedures, mut open) = (Vec::new(), Vec::new());
            for slug in &asset.procedures {
                let heading = shown::publication(db, "procedure", slug)?.map(|hash| shown::heading(db, &hash)).transpose()?.flatten();
                procedures.extend(heading.map(|one| procedure(&reader, &one, due.get(slug).copied())));
            }
            // A draft that the person tries is offered as what it may become.
            for (_, one) in shown::tried(db, me)?.iter().filter(|(_, one)| asset.takes(&one.slug)) {
                procedures.push(of_try(&reader, one));
            }
            for row in runs::open_about(db, &asset.slug, RUNS)? {
                let heading = shown::heading(db, &row.release)?;
                let heading = heading.filter(|one| one.shows(row.started_by, me));
                open.extend(heading.map(|heading| summary(db, &reader, &row, &heading)).transpose()?);
            }
            Ok(AssetDetail {
                id: asset.slug.to_string(),
                label: reader.words(&asset.name),
                site: shown::site_name(db, scope)?,
                place: shown::place(db, &reader, scope)?,
                procedures,
                runs: open,
            })
        })
    }
}

/// The assets that stand at a site.
pub(super) fn at(db: &Db<'_>, scope: Scope) -> Result<Vec<Asset>, StoreError> {
    let mut all: Vec<Asset> = records::of(db, scope)?;
    all.retain(|asset| !asset.withdrawn);
    Ok(all)
}

/// What an asset is called, also once it is gone; its name in its organisation where it never came here.
pub(super) fn label(db: &Db<'_>, reader: &Reader, slug: &Slug) -> Result<Words, StoreError> {
    let record: Option<Asset> = records::get(db, slug.as_str().as_bytes())?;
    Ok(record.map_or_else(|| reader.words(&Text::plain(reader.language().clone(), slug.to_string())), |asset| reader.words(&asset.name)))
}

/// The asset that a run of this procedure is begun about.
pub(super) fn to_start(pen: &Pen<'_>, code: &str, procedure: &Slug) -> Result<Asset, Fault> {
    let asset = find(pen.tx, code, |scope| pen.may_write(EntryType::RUN_CHANGED, scope))?;
    if asset.takes(procedure) {
        return Ok(asset);
    }
    let known = asset.procedures.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    let what = if known.is_empty() { "nothing is".to_owned() } else { format!("what is, is {known}") };
    Err(Fault::invalid("asset", "procedure", format!("{procedure} is not done about {}; {what}", asset.slug)))
}

/// Of a site that it left an asset is held as withdrawn, so that it stands in one scope at most.
fn find(db: &Db<'_>, code: &str, works_at: impl Fn(Scope) -> bool) -> Result<Asset, Fault> {
    let sought = compared(code);
    let all = records::everywhere::<Asset>(db)?.into_iter();
    let found = all.filter(|(scope, asset)| !asset.withdrawn && works_at(*scope)).map(|(_, asset)| asset);
    let unknown = || {
        let said: String = sought.chars().take(SHOWN).collect();
        Fault::not_found(format!("asset whose label or name says ‘{said}’ among those of the places where you work"))
    };
    found.into_iter().find(|asset| asset.is_called(&sought)).ok_or_else(unknown)
}
