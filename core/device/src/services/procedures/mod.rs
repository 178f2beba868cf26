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
pub(in crate::services) mod records;
pub mod reference;
mod run_detail;
pub mod seal;
pub mod search;
pub(in crate::services) mod spoken;
pub mod withdrawn;

use std::sync::Arc;

use frontline_domain::document::{Covers, Decided, Heads, Refusal, Run, RunState, Seal, doc_id, filled};
use frontline_domain::fact::Fact;
use frontline_domain::form::Plan;
use frontline_domain::form::response::Response;
use frontline_domain::permission::Role;
use frontline_domain::release::Signers;
use frontline_domain::{DocId, EntryType, PersonId, ReleaseHash, Scope, Slug};
use frontline_protocol::sign::{hex, unhex};
use serde::Serialize;

use super::piece::{Piece, Pieced, Spot};
use super::shown::{self, CaptureState, Heading};
use super::training::due;
use crate::capture::Rights;
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::observe::Topic;
use crate::people::{self, Reader, Words};
use crate::project::around::around;
use crate::project::plans::{self, Prepared};
use crate::project::{self, Subject};
use crate::store::docs::Doc;
use crate::store::entries::Held;
use crate::store::runs::{Away, Place, RunRow, Started};
use crate::store::{Db, docs, runs, stubs};

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

/// A run with everything that deciding about it takes.
pub(super) struct Opened {
    pub id: DocId,
    pub scope: Scope,
    pub release: ReleaseHash,
    pub nonce: [u8; 16],
    pub rebuild: u32,
    pub run: Arc<Run>,
    pub procedure: Arc<Prepared>,
    pub plan: Arc<Plan>,
    /// What it is about.
    pub asset: Option<Slug>,
}

impl Opened {
    /// What was said about it, and what that comes to.
    pub(super) fn said(&self, db: &Db<'_>) -> Result<Said, Fault> {
        let told = project::seals(db, self.id)?;
        let (seals, signers) = (project::said(&told), &self.procedure.sign_off);
        let covers = Covers::of(&self.run, self.plan.form(), signers);
        let mut decided = RunState::of(&seals, signers, &covers);
        decided.state = decided.state.where_withdrawn(project::withdrawn(db, &self.release)?.is_some());
        Ok(Said { decided, told, seals, covers })
    }
    /// Whether a section of it is asked of a signer.
    pub(super) fn asks_signers(&self) -> bool {
        self.plan.form().sections.iter().any(|section| section.asked_of.is_some())
    }
    /// As [`Opened::filled`], with what is asked now.
    pub(super) fn as_it_stands(&self, db: &Db<'_>, now_ms: i64) -> Result<Response, Fault> {
        let asked = if self.asks_signers() { self.procedure.asked(self.said(db)?.status()) } else { Vec::new() };
        self.filled(db, now_ms, &asked)
    }
    /// The form as it is filled, for whoever is at the phone now; with the sections that are asked of these.
    pub(super) fn filled(&self, db: &Db<'_>, now_ms: i64, asked: &[Role]) -> Result<Response, Fault> {
        let me = people::current(db)?.person;
        let roles = Rights::of(db, now_ms)?.roles(self.scope);
        // Asked for by what looks back alone; a run that nobody saved yet begins now.
        let row = if self.plan.asks_for_history() { runs::get(db, self.id)? } else { None };
        let started_ms = row.map_or(now_ms, |row| row.started_ms);
        let place = Place { run: self.id, scope: self.scope, release: self.release, started_ms, asset: self.asset.clone() };
        let mut around = around(db, &self.plan, &place, Some((me, roles)), now_ms)?;
        around.asked = asked.to_vec();
        Ok(filled(&self.plan, around, &self.run))
    }
}

/// What was said about a run beside answering.
pub(super) struct Said {
    /// The entries, in the order of the feed.
    pub told: Vec<(Held, Fact)>,
    /// The same as the domain sees them, one for each.
    pub seals: Vec<Seal>,
    pub decided: Decided,
    pub covers: Covers,
}

impl Said {
    pub fn status(&self) -> RunState {
        self.decided.state
    }
    /// Whether somebody signed for the items of a section ([`RunState::is_locked`]).
    pub fn locks(&self, signers: &Signers, asked_of: Option<Role>) -> bool {
        RunState::is_locked(&self.seals, signers, asked_of)
    }
    /// Whether this person's signature is among those that hold.
    fn has_signed(&self, person: PersonId) -> bool {
        let signed = self.decided.signed.iter().flatten().filter_map(|at| self.seals.get(*at));
        signed.into_iter().any(|seal| matches!(seal, Seal::SignedOff(s) if s.by == person))
    }
    /// The place at which whoever has these rights signs next: of those that are waited for the one of the highest role
    /// that is theirs. A manager who has not heard of the shift lead's signature signs as the manager all the same.
    pub fn next(&self, signers: &Signers, rights: &Rights, scope: Scope, me: PersonId) -> Option<usize> {
        let waits = |place: &usize| self.decided.signed.get(*place).is_some_and(Option::is_none);
        let may = |role: &Role| rights.may_write_as(EntryType::SIGNED_OFF, scope, *role);
        let of = |place: &usize| signers.roles().get(*place).is_some_and(may);
        let theirs = (0..signers.roles().len()).rev().filter(waits).filter(of);
        theirs.max_by_key(|place| signers.roles().get(*place).copied()).filter(|_| !self.has_signed(me))
    }
}

/// Reads a run that this device holds or began.
pub(super) fn open(db: &Db<'_>, id: &str) -> Result<Opened, Fault> {
    open_as(db, id, docs::run)
}

/// `read` gives the document of a run.
pub(super) fn open_as(db: &Db<'_>, id: &str, read: impl FnOnce(&Db<'_>, &Doc) -> Result<Arc<Run>, Refusal>) -> Result<Opened, Fault> {
    let id: DocId = shown::id("run", id)?;
    let missing = || Fault::not_found("run with this id");
    if stubs::away(db, id)?.is_some() {
        return Err(Fault::Left);
    }
    let (scope, release, nonce, rebuild, run, asset) = match docs::get(db, id)? {
        // Without saved bytes it waits for its procedure, or is about to be made anew.
        Some(doc) if doc.saved.is_empty() => return Err(missing()),
        Some(doc) => (doc.scope, doc.release, doc.nonce, doc.rebuild, read(db, &doc)?, doc.asset),
        None => {
            let begun = runs::started(db, id)?.ok_or_else(missing)?;
            (begun.scope, begun.release, begun.nonce, 0, Arc::new(Run::new(id)), begun.asset)
        }
    };
    let procedure = plans::prepared(db, &release)?.ok_or_else(missing)?;
    let newer = || Fault::invalid("run", "newer", "this procedure asks for something that this app does not know yet; update the app");
    let plan = procedure.plan().ok_or_else(newer)?.clone();
    Ok(Opened { id, scope, release, nonce, rebuild, run, procedure, plan, asset })
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
