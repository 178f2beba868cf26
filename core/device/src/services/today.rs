//! What is to be done, in order, each with why: the first screen of the day.
//!
//! The order is one for all shells: what is overdue, the longest first; what needs a person before anything goes on
//! (people answered differently, a sign-off lapsed, given back, refused by the server); what is due, the soonest
//! first; what was begun; what waits for a sign-off; what is to be put right and known.

use frontline_domain::document::RunState;
use frontline_domain::fact::Fact;
use frontline_domain::record::Assignment;
use frontline_domain::release::Signers;
use frontline_domain::{EntryType, Scope};

use super::actions::{TodayActions, of_today};
use super::piece::Piece;
use super::procedures::TRY;
use super::procedures::demands::DemandKind;
use super::training::ModuleState;
use super::{procedures, shown, sync_centre};
use crate::capture::Rights;
use crate::core::Core;
use crate::error::{Error, Fault};
use crate::people::{self, Reader, Words};
use crate::project;
use crate::store::runs::{self, RunRow};
use crate::store::{Db, records};

/// Open runs that are looked at, the latest changed first.
const RUNS: u32 = 100;

/// The first screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// Server time as this device estimates it, ms: what “overdue” was judged by.
    pub now_ms: i64,
    pub items: Vec<TodayItem>,
    /// What there is to do; and of that, what is overdue: badges.
    pub count: u32,
    pub overdue: u32,
    pub status: sync_centre::Status,
    /// Corrective actions, beside the list: they have one of their own.
    pub actions: TodayActions,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayItem {
    pub what: What,
    /// What opens it: a module's or a procedure's name, a run's id.
    pub id: String,
    pub title: Words,
    pub why: Why,
    /// Server time, ms.
    pub due_ms: Option<i64>,
    /// How far it is; 0 of 0 where that says nothing.
    pub done: u32,
    pub of: u32,
}

/// What kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Module,
    Procedure,
    Run,
    /// A captured thing that the server refused: the sync centre says which.
    Refused,
}

/// Why it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Overdue,
    /// People answered so many items differently.
    Clashes(u32),
    Lapsed,
    GivenBack {
        by: String,
        reason: String,
    },
    Refused {
        count: u32,
    },
    Due,
    /// Somebody began it; so many answers are missing.
    Begun {
        by: String,
        missing: u32,
    },
    ToSignOff,
    /// Something is to be put right (what, in words), by a time where one was set.
    PutRight {
        says: Words,
        overdue: bool,
    },
    /// A role of theirs is told something.
    Told {
        says: Words,
    },
}

impl TodayItem {
    /// Where it stands: a group, and within it the soonest first.
    fn rank(&self) -> (u8, i64) {
        let due = self.due_ms.unwrap_or(i64::MAX);
        match &self.why {
            Why::Overdue | Why::PutRight { overdue: true, .. } => (0, due),
            Why::Refused { .. } => (1, 0),
            Why::Clashes(_) | Why::Lapsed | Why::GivenBack { .. } => (1, 1),
            Why::Due => (2, due),
            Why::Begun { .. } => (3, due),
            Why::ToSignOff => (4, due),
            Why::PutRight { overdue: false, .. } => (5, due),
            Why::Told { .. } => (6, due),
        }
    }
    fn is_overdue(&self) -> bool {
        self.rank().0 == 0
    }
}

impl Core {
    /// What is to be done by whoever is at the phone.
    pub fn today(&self) -> Result<Today, Error> {
        let status = self.status().now()?;
        let now_ms = self.inner.read(|db| Ok(self.inner.now(db)?.server_estimate()))?;
        let mut items = self.learning()?;
        let runs = self.inner.show(|db| open_runs(self, db, now_ms))?;
        items.extend(self.assigned(&runs, now_ms)?);
        items.extend(runs.into_iter().filter_map(|run| run.item));
        items.extend(self.asked_for()?);
        if status.quarantined > 0 {
            let count = u32::try_from(status.quarantined).unwrap_or(u32::MAX);
            items.push(TodayItem {
                what: What::Refused,
                id: String::new(),
                title: nothing(),
                why: Why::Refused { count },
                due_ms: None,
                done: 0,
                of: 0,
            });
        }
        // Of the same rank in the order that their own lists give.
        items.sort_by_key(TodayItem::rank);
        let overdue = items.iter().filter(|i| i.is_overdue()).count();
        let count = items.iter().filter(|i| !matches!(i.why, Why::Told { .. })).count();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let actions = self.inner.show(|db| of_today::of(&self.inner, db))?;
        Ok(Today { now_ms, count: number(count), overdue: number(overdue), items, status, actions })
    }

    fn learning(&self) -> Result<Vec<TodayItem>, Error> {
        let due = self.training().list()?.into_iter().filter(|m| m.assigned && m.status != ModuleState::Done);
        Ok(due
            .map(|m| TodayItem {
                what: What::Module,
                id: m.id,
                why: if m.overdue { Why::Overdue } else { Why::Due },
                title: m.title,
                due_ms: m.due_ms,
                done: m.read,
                of: m.cards,
            })
            .collect())
    }

    /// What is assigned, unless somebody began it (then its run is the thing to do) or did it since.
    fn assigned(&self, runs: &[OpenRun], now_ms: i64) -> Result<Vec<TodayItem>, Error> {
        let due: Vec<_> = self.procedures().available()?.into_iter().filter(|p| p.due_ms.is_some()).collect();
        let mut out = Vec::new();
        for one in due {
            let due_ms = one.due_ms.unwrap_or(i64::MAX);
            if runs.iter().any(|run| run.procedure == one.id) || self.inner.show(|db| was_done(db, &one.id))? {
                continue;
            }
            let why = if due_ms < now_ms { Why::Overdue } else { Why::Due };
            out.push(TodayItem { what: What::Procedure, id: one.id, title: one.title, why, due_ms: one.due_ms, done: 0, of: one.items });
        }
        Ok(out)
    }

    fn asked_for(&self) -> Result<Vec<TodayItem>, Error> {
        let item = |d: super::procedures::demands::DemandSummary| TodayItem {
            what: What::Run,
            id: d.run,
            title: d.title,
            why: if d.what == DemandKind::Action { Why::PutRight { says: d.says, overdue: d.overdue } } else { Why::Told { says: d.says } },
            due_ms: d.due_ms,
            done: 0,
            of: 0,
        };
        let (mut out, mut piece) = (Vec::new(), Piece { after: None, count: Some(RUNS) });
        loop {
            let demands = self.procedures().demands(&piece)?;
            // What was taken up is done as an action, and takes no other's room.
            out.extend(demands.list.into_iter().filter(|one| one.action.is_none()).map(item));
            match demands.next {
                Some(next) if out.len() < RUNS as usize => piece.after = Some(next),
                _ => return Ok(out),
            }
        }
    }
}

fn nothing() -> Words {
    Words { text: String::new(), dir: frontline_domain::Dir::Ltr, lang: String::new() }
}

/// A run that somebody has to do something about.
struct OpenRun {
    procedure: String,
    /// None where it is for somebody else: handed in, and this person may not sign it off.
    item: Option<TodayItem>,
}

fn open_runs(core: &Core, db: &Db<'_>, now_ms: i64) -> Result<Vec<OpenRun>, Fault> {
    let (reader, rights) = (Reader::of(&core.inner, db)?, Rights::of(db, now_ms)?);
    let me = people::current(db)?.person;
    let tried: Vec<_> = shown::tried(db, me)?.into_iter().map(|(release, _)| release).collect();
    let mut out = Vec::new();
    for row in not_done(db)? {
        let Some(procedure) = shown::heading(db, &row.release)? else { continue };
        // A try is its tester's own, keeps nothing that is published from being done, and is over with its draft.
        if procedure.is_try && !tried.contains(&row.release) {
            continue;
        }
        if !rights.may_write(EntryType::RUN_CHANGED, row.scope) || !procedure.shows(row.started_by, me) {
            continue;
        }
        let why = why(db, &row, signer(db, &row, &procedure.sign_off, &rights)?)?;
        let item = why.map(|why| TodayItem {
            what: What::Run,
            id: row.id.to_string(),
            title: reader.words(&procedure.title),
            why,
            due_ms: None,
            done: row.answered,
            of: row.answered + row.missing,
        });
        let procedure = if procedure.is_try { format!("{TRY}{}", procedure.slug) } else { procedure.slug.to_string() };
        out.push(OpenRun { procedure, item });
    }
    Ok(out)
}

/// Open and lapsed runs, and of those that were handed in the ones that a sign-off is asked for.
fn not_done(db: &Db<'_>) -> Result<Vec<RunRow>, Fault> {
    let mut rows = runs::in_state(db, RunState::Open, None, RUNS)?;
    rows.extend(runs::in_state(db, RunState::Lapsed, None, RUNS)?);
    for version in runs::versions_in_state(db, RunState::Submitted)? {
        if shown::heading(db, &version)?.is_some_and(|procedure| procedure.sign_off.are_asked()) {
            rows.extend(runs::in_state(db, RunState::Submitted, Some(version), RUNS)?);
        }
    }
    Ok(rows)
}

/// What a run's signing off has to do with whoever is at the phone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signer {
    /// They may not sign it.
    No,
    /// It waits for them.
    Next,
    /// They signed what is there now, or somebody did in their role: it waits for another.
    Done,
}

/// Where several sign, which of them have is asked of the run itself.
fn signer(db: &Db<'_>, row: &RunRow, signers: &Signers, rights: &Rights) -> Result<Signer, Fault> {
    if !signers.roles().iter().any(|role| rights.may_write_as(EntryType::SIGNED_OFF, row.scope, *role)) {
        return Ok(Signer::No);
    }
    if signers.roles().len() < 2 || !matches!(row.status, RunState::Submitted | RunState::Lapsed) {
        return Ok(Signer::Next);
    }
    // One that does not open here (it needs a newer app) must not take the day with it.
    let Ok(opened) = procedures::open(db, &row.id.to_string()) else { return Ok(Signer::Next) };
    let next = opened.said(db)?.next(signers, rights, row.scope, people::current(db)?.person);
    Ok(if next.is_some() { Signer::Next } else { Signer::Done })
}

fn why(db: &Db<'_>, row: &RunRow, signer: Signer) -> Result<Option<Why>, Fault> {
    if row.clashes > 0 {
        return Ok(Some(Why::Clashes(row.clashes)));
    }
    Ok(match row.status {
        RunState::Lapsed => (signer != Signer::Done).then_some(Why::Lapsed),
        RunState::Submitted => (signer == Signer::Next).then_some(Why::ToSignOff),
        RunState::SignedOff | RunState::Withdrawn => None,
        RunState::Open => Some(match project::seals(db, row.id)?.pop() {
            Some((held, Fact::Returned(returned))) => {
                Why::GivenBack { by: people::name(db, held.entry.header.person)?, reason: returned.reason }
            }
            _ => Why::Begun { by: people::name(db, row.started_by)?, missing: row.missing },
        }),
    })
}

/// Whether a run of this procedure at the person's site was handed in since it was assigned: one of before does not
/// count for what is assigned again.
fn was_done(db: &Db<'_>, procedure: &str) -> Result<bool, Fault> {
    let slug = shown::slug("procedure", procedure)?;
    let Some(release) = shown::publication(db, "procedure", &slug)? else { return Ok(false) };
    let me = people::current(db)?;
    let site = Scope::Site(me.site);
    let all = records::written::<Assignment>(db)?.into_iter();
    let of_it = all.filter(|(_, a)| a.kind == "procedure" && a.slug == slug && !a.withdrawn);
    let assigned = of_it.filter(|(_, a)| [site, Scope::Person(me.person)].contains(&a.to)).map(|(at_ms, _)| at_ms).max();
    let handed_in = runs::latest_handed_in(db, site, release)?;
    Ok(handed_in.is_some_and(|at_ms| at_ms > assigned.unwrap_or(i64::MIN)))
}
