//! Runs of procedures: started from nothing, answered by several people, submitted and signed off.
//!
//! [`answer`] writes answers, [`measure`] those of an instrument, [`choices`] shows the rows of lists (`records`: people and sites), [`seal`] submits, signs off and returns, [`detail`] is the screen, [`demands`] what rules ask for and tell,
//! [`assets`] what runs are about, [`history`] who answered what and when, [`withdrawn`] runs that nobody is to finish, and [`search`] finds runs by words and filters.

pub mod answer;
pub mod assets;
pub mod choices;
pub mod demands;
pub mod detail;
pub mod evidence;
pub mod history;
pub mod measure;
mod opened;
pub(in crate::services) mod records;
pub mod reference;
mod run_detail;
pub mod seal;
pub mod search;
pub(in crate::services) mod spoken;
pub mod withdrawn;

use frontline_domain::document::{Heads, RunState, doc_id};
use frontline_domain::{EntryType, Scope};
use frontline_protocol::sign::{hex, unhex};
use serde::Serialize;

pub(super) use self::opened::open;
use self::opened::{Opened, Said, open_to_change};
use super::piece::{Piece, Pieced, Spot};
use super::shown::{self, CaptureState, Heading};
use super::training::due;
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::observe::Topic;
use crate::people::{self, Reader, Words};
use crate::project::{self, Subject};
use crate::store::runs::{Away, RunRow, Started};
use crate::store::{Db, runs};

/// What the id of a draft that is tried begins with: no name of a procedure does.
pub(super) const TRY: &str = "draft/";

/// A procedure that can be started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureSummary {
    /// Its name; of a draft that is tried `draft/` and its name.
    pub id: String,
    pub title: Words,
    pub items: u32,
    pub minutes: Option<u16>,
    /// The earliest due time where it is assigned, server time.
    pub due_ms: Option<i64>,
}

/// A run, as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunSummary {
    pub id: String,
    pub procedure: String,
    pub title: Words,
    pub site: String,
    /// What the site is called.
    #[serde(skip)]
    pub place: Words,
    pub status: RunState,
    /// Nobody has to do anything more.
    pub done: bool,
    pub answered: u32,
    pub required: u32,
    pub missing: u32,
    pub clashes: u32,
    /// It is old and has left this device: `Core::fetch_run` brings it back to be opened.
    pub away: bool,
    /// It is away, and something came about it since: what stands here may no longer be so.
    pub changed: bool,
    pub started_by: String,
    pub started_ms: i64,
    pub updated_ms: i64,
    /// Of what was captured here about it; none where all of it came from others.
    #[serde(flatten)]
    pub state: Option<CaptureState>,
    /// The asset that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// What that is called.
    #[serde(skip)]
    pub asset_label: Option<Words>,
}

/// Procedures and their runs.
pub struct Procedures<'a>(pub(super) &'a Inner);

impl Core {
    /// Checklists.
    pub fn procedures(&self) -> Procedures<'_> {
        Procedures(&self.inner)
    }
}

impl Procedures<'_> {
    /// What can be started: first what is assigned, by due time, then the rest by name, and drafts that the person tries.
    pub fn available(&self) -> Result<Vec<ProcedureSummary>, Error> {
        self.0.show(|db| {
            let (reader, me) = (Reader::of(self.0, db)?, people::current(db)?);
            let due = due(db, "procedure", me.person, Scope::Site(me.site))?;
            let mut out = Vec::new();
            for one in shown::all_headings(db)? {
                out.push(procedure(&reader, &one, due.get(&one.slug).copied()));
            }
            for (_, one) in shown::tried(db, me.person)? {
                out.push(of_try(&reader, &one));
            }
            out.sort_by(|a, b| (a.due_ms.is_none(), a.due_ms, &a.id).cmp(&(b.due_ms.is_none(), b.due_ms, &b.id)));
            Ok(out)
        })
    }

    /// Starts a run of the current release at the person's site; gives its id. Until the first answer it is
    /// on this device alone.
    pub fn start(&self, procedure: &str) -> Result<String, Error> {
        self.start_about(procedure, None)
    }

    /// The same about an asset, by its name or by what its label says, at the site where it stands.
    pub fn start_about(&self, procedure: &str, asset: Option<&str>) -> Result<String, Error> {
        self.0.capture(|pen| {
            let tried = procedure.strip_prefix(TRY);
            let slug = shown::slug("procedure", tried.unwrap_or(procedure))?;
            let asset = asset.map(|code| assets::to_start(pen, code, &slug)).transpose()?;
            let release = match tried {
                Some(_) => {
                    let found = shown::tried(pen.tx, pen.me.person)?.into_iter().find(|(_, one)| one.slug == slug);
                    found.ok_or_else(|| Fault::not_found(format!("draft of a procedure named {slug}")))?.0
                }
                None => shown::published(pen.tx, "procedure", &slug)?.0,
            };
            let scope = match &asset {
                Some(asset) => Scope::Site(asset.site),
                None => pen.site(EntryType::RUN_CHANGED)?,
            };
            let nonce = pen.inner.random.id();
            let run = doc_id(pen.identity.org, scope, EntryType::RUN_CHANGED, &nonce);
            let at_ms = pen.now_ms();
            runs::start(pen.tx, &Started { run, scope, release, nonce, person: pen.me.person, at_ms, asset: asset.map(|a| a.slug) })?;
            pen.refresh(&Subject::Run(run))?;
            Ok(run.to_string())
        })
    }

    /// The runs that this device holds, latest changed first, a piece at a time. Read from their rows: no
    /// document is loaded.
    pub fn list(&self, piece: &Piece) -> Result<Pieced<RunSummary>, Error> {
        self.0.show(|db| {
            let (reader, me) = (Reader::of(self.0, db)?, people::current(db)?.person);
            let rows = |from: &Spot, count| Ok(runs::behind(db, from.at_ms, &from.id, count)?);
            let heading = |row: &RunRow| Ok::<_, Fault>(shown::heading(db, &row.release)?.filter(|one| one.shows(row.started_by, me)));
            let shown = piece.of(
                rows,
                |row| Spot { at_ms: row.updated_ms, id: *row.id.as_bytes() },
                |row| heading(&row)?.map(|heading| summary(db, &reader, &row, &heading)).transpose(),
            )?;
            // Without its procedure, which was withdrawn from this device, a run has no title to be shown by.
            Ok(Pieced { list: shown.list.into_iter().flatten().collect(), next: shown.next })
        })
    }
}

fn procedure(reader: &Reader, one: &Heading, due_ms: Option<i64>) -> ProcedureSummary {
    let (items, minutes) = (one.questions, one.minutes);
    ProcedureSummary { id: one.slug.to_string(), title: reader.words(&one.title), items, minutes, due_ms }
}

/// A draft that somebody tries.
fn of_try(reader: &Reader, one: &Heading) -> ProcedureSummary {
    ProcedureSummary { id: format!("{TRY}{}", one.slug), ..procedure(reader, one, None) }
}

fn summary(db: &Db<'_>, reader: &Reader, row: &RunRow, heading: &Heading) -> Result<RunSummary, Fault> {
    Ok(RunSummary {
        id: row.id.to_string(),
        procedure: heading.slug.to_string(),
        title: reader.words(&heading.title),
        site: shown::site_name(db, row.scope)?,
        place: shown::place(db, reader, row.scope)?,
        status: row.status,
        done: row.status.is_over(heading.sign_off.are_asked()),
        answered: row.answered,
        required: row.required,
        missing: row.missing,
        clashes: row.clashes,
        away: row.away != Away::Here,
        changed: row.away == Away::Changed,
        started_by: people::name(db, row.started_by)?,
        started_ms: row.started_ms,
        updated_ms: row.updated_ms,
        state: CaptureState::about(db, &Subject::Run(row.id))?,
        asset: row.asset.as_ref().map(ToString::to_string),
        asset_label: row.asset.as_ref().map(|slug| assets::label(db, reader, slug)).transpose()?,
    })
}

/// Heads as a screen carries them: opaque to it.
pub(super) fn show_heads(heads: &Heads) -> String {
    heads.iter().map(|h| hex(&h)).collect::<Vec<_>>().join(",")
}

/// Reads [`show_heads`] back.
pub(super) fn read_heads(text: &str) -> Result<Heads, Fault> {
    let wrong = || Fault::invalid("seen", "heads", "give back, as they were, the heads that came with the run");
    let parts = text.split(',').filter(|p| !p.is_empty());
    let hashes: Option<Vec<[u8; 32]>> = parts.map(|p| unhex(p)?.try_into().ok()).collect();
    hashes.map(Heads::new).ok_or_else(wrong)
}

impl crate::capture::Pen<'_> {
    /// Makes the rows of a subject anew, and tells that they changed.
    pub(super) fn refresh(&mut self, about: &Subject) -> Result<(), Fault> {
        self.touch(Topic::Procedures);
        project::refresh(self.tx, about, self.touched())
    }
}
