//! A run as whoever works on it, or looks at it, needs it: with what was appended of it, where they ask for that
//! ([`Db::is_ahead`]).

use std::sync::Arc;

use frontline_domain::document::{Covers, Decided, Heads, Run, RunState, Seal, filled};
use frontline_domain::fact::Fact;
use frontline_domain::form::Plan;
use frontline_domain::form::response::Response;
use frontline_domain::permission::Role;
use frontline_domain::release::Signers;
use frontline_domain::{DocId, EntryType, PersonId, ReleaseHash, Scope, Slug};

use crate::capture::Rights;
use crate::error::Fault;
use crate::people;
use crate::project;
use crate::project::ahead;
use crate::project::around::around;
use crate::project::plans::{self, Prepared};
use crate::services::shown;
use crate::store::entries::Held;
use crate::store::runs::Place;
use crate::store::{Db, Tx, docs, pending, runs, stubs};

/// A run with everything that deciding about it takes.
pub(in crate::services) struct Opened {
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

/// The same without the run, and where that stands: what the next answer finds as this one left it.
#[derive(Clone)]
struct Cover {
    scope: Scope,
    release: ReleaseHash,
    nonce: [u8; 16],
    rebuild: u32,
    heads: Heads,
    asset: Option<Slug>,
    procedure: Arc<Prepared>,
    plan: Arc<Plan>,
}

impl Opened {
    /// Leaves the run as it is now, to be found by the next who opens it; to a next answer that is appended, where it stands.
    pub(in crate::services) fn changed(self, tx: &Tx<'_>) {
        docs::keep(tx, &self.run);
        let Self { scope, release, nonce, rebuild, asset, procedure, plan, .. } = self;
        let cover = Cover { scope, release, nonce, rebuild, heads: self.run.heads(), asset, procedure, plan };
        tx.remember(cover_of(tx), self.id.as_bytes(), cover);
    }
    /// What was said about it, and what that comes to.
    pub(in crate::services) fn said(&self, db: &Db<'_>) -> Result<Said, Fault> {
        let told = project::seals(db, self.id)?;
        let (seals, signers) = (project::said(&told), &self.procedure.sign_off);
        let covers = Covers::of(&self.run, self.plan.form(), signers);
        let mut decided = RunState::of(&seals, signers, &covers);
        decided.state = decided.state.where_withdrawn(project::withdrawn(db, &self.release)?.is_some());
        Ok(Said { decided, told, seals, covers })
    }
    /// Whether a section of it is asked of a signer.
    pub(in crate::services) fn asks_signers(&self) -> bool {
        self.plan.form().sections.iter().any(|section| section.asked_of.is_some())
    }
    /// As [`Opened::filled`], with what is asked now.
    pub(in crate::services) fn as_it_stands(&self, db: &Db<'_>, now_ms: i64) -> Result<Response, Fault> {
        let asked = if self.asks_signers() { self.procedure.asked(self.said(db)?.status()) } else { Vec::new() };
        self.filled(db, now_ms, &asked)
    }
    /// The form as it is filled, for whoever is at the phone now; with the sections that are asked of these.
    pub(in crate::services) fn filled(&self, db: &Db<'_>, now_ms: i64, asked: &[Role]) -> Result<Response, Fault> {
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
pub(in crate::services) struct Said {
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
pub(in crate::services) fn open(db: &Db<'_>, id: &str) -> Result<Opened, Fault> {
    open_as(db, id, false)
}

/// The same to be changed, by whoever has it alone then and says with [`Opened::changed`] where it stands.
pub(in crate::services) fn open_to_change(tx: &Tx<'_>, id: &str) -> Result<Opened, Fault> {
    open_as(tx, id, true)
}

fn open_as(db: &Db<'_>, id: &str, to_change: bool) -> Result<Opened, Fault> {
    let id: DocId = shown::id("run", id)?;
    let Cover { scope, release, nonce, rebuild, heads, asset, procedure, plan } =
        db.recall(cover_of(db), id.as_bytes(), || cover(db, id))?;
    let run = ahead::run(db, id, &heads, procedure.form(), to_change)?;
    Ok(Opened { id, scope, release, nonce, rebuild, run, procedure, plan, asset })
}

/// What is recalled: with what was appended it is another one.
fn cover_of(db: &Db<'_>) -> &'static str {
    if db.is_ahead() { "run ahead" } else { "run" }
}

fn cover(db: &Db<'_>, id: DocId) -> Result<Cover, Fault> {
    let missing = || Fault::not_found("run with this id");
    if stubs::away(db, id)?.is_some() {
        return Err(Fault::Left);
    }
    let (scope, release, nonce, rebuild, heads, asset) = match docs::head(db, id)? {
        // Without saved bytes it waits for its procedure, or is about to be made anew.
        Some(doc) if !doc.is_saved => return Err(missing()),
        Some(doc) => (doc.scope, doc.release, doc.nonce, doc.rebuild, doc.heads, doc.asset),
        None => {
            let begun = runs::started(db, id)?.ok_or_else(missing)?;
            (begun.scope, begun.release, begun.nonce, 0, Heads::default(), begun.asset)
        }
    };
    let heads = ahead::heads_with(&heads, &pending::of_run(db, id)?);
    let procedure = plans::prepared(db, &release)?.ok_or_else(missing)?;
    let newer = || Fault::invalid("run", "newer", "this procedure asks for something that this app does not know yet; update the app");
    let plan = procedure.plan().ok_or_else(newer)?.clone();
    Ok(Cover { scope, release, nonce, rebuild, heads, asset, procedure, plan })
}
