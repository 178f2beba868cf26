//! What the rules of procedures ask for, and whom they tell: as the runs stand that this device holds.
//!
//! Nothing of it is sent: each phone makes it of the answers that it has (ADR 21), so that phones with the same answers ask
//! for the same, and what is put right is asked for no longer.

use frontline_domain::DemandId;
use frontline_domain::document::RunState;
use frontline_domain::fact::ActionOpened;
use frontline_domain::form::response::Demand;
use serde::Serialize;

use super::{Opened, Procedures};
use crate::capture::Rights;
use crate::error::{Error, Fault};
use crate::people::{Reader, Words};
use crate::project::{self, ahead, plans};
use crate::services::piece::{Piece, Pieced, Spot};
use crate::services::shown;
use crate::store::demands::{self, DemandRow, Demanded, Ear};
use crate::store::entries::Span;
use crate::store::runs::Place;
use crate::store::{Db, actions};

/// What a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandKind {
    /// Somebody has to put it right.
    Action,
    /// People of a role are told.
    Notice,
}

/// Something to put right, or to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemandSummary {
    /// The same on every device.
    pub id: String,
    pub what: DemandKind,
    pub says: Words,
    pub run: String,
    pub title: Words,
    pub site: String,
    /// What the site is called.
    #[serde(skip)]
    pub place: Words,
    /// The item that it follows from, as an answer names it.
    pub item: String,
    pub label: Words,
    /// Whom a notice is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Since when it is so, by the device that answered.
    pub since_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_ms: Option<i64>,
    pub overdue: bool,
    /// The action that somebody took it up with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

impl Procedures<'_> {
    /// What is to be put right at the places whose runs this device holds, and what the person's roles there are told,
    /// newest first, a piece at a time.
    pub fn demands(&self, piece: &Piece) -> Result<Pieced<DemandSummary>, Error> {
        self.0.show(|db| {
            let (reader, now_ms) = (Reader::of(self.0, db)?, self.0.now(db)?.server_estimate());
            let rights = Rights::of(db, now_ms)?;
            let mut ears = Vec::new();
            for scope in demands::scopes(db)? {
                ears.extend(rights.roles(scope).iter().map(|role| Ear::new(scope, role)));
            }
            let rows = |from: &Spot, count| Ok(demands::behind(db, from.at_ms, &from.id, count, &ears)?);
            let spot = |one: &Demanded| Spot { at_ms: one.row.since_ms, id: one.row.id() };
            let shown = piece.of(rows, spot, |one| summary(db, &reader, &one, now_ms))?;
            // Whose procedure was withdrawn from this device has no words.
            Ok(Pieced { list: shown.list.into_iter().flatten().collect(), next: shown.next })
        })
    }
}

/// What one run asks for and tells, in the order of its form, to whoever looks at it.
pub(super) fn of_run(db: &Db<'_>, reader: &Reader, opened: &Opened, status: RunState, now_ms: i64) -> Result<Vec<DemandSummary>, Fault> {
    let all = match ahead::span(db, opened.id)? {
        Span { from_ms: Some(started_ms), to_ms: Some(to_ms) } if db.is_ahead() && opened.plan.has_demands() => {
            let (run, scope, release, asset) = (opened.id, opened.scope, opened.release, opened.asset.clone());
            let place = Place { run, scope, release, started_ms, asset };
            let rows = project::demanded_ahead(db, &opened.procedure, &place, &opened.run, status, to_ms)?;
            rows.into_iter().map(|row| Demanded { row, release }).collect()
        }
        _ => demands::of(db, opened.id)?,
    };
    Ok(all.iter().map(|one| summary(db, reader, one, now_ms)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn summary(db: &Db<'_>, reader: &Reader, one: &Demanded, now_ms: i64) -> Result<Option<DemandSummary>, Fault> {
    let row = &one.row;
    let Some(procedure) = plans::prepared(db, &one.release)? else { return Ok(None) };
    let Some((plan, item)) = procedure.plan().and_then(|plan| Some((plan, plan.item(row.item)?))) else { return Ok(None) };
    let (what, says, role) = match plan.demand(row.item, row.rule, row.then) {
        Some(Demand::Action(action)) => (DemandKind::Action, &action.title, None),
        Some(Demand::Notify(notice)) => (DemandKind::Notice, &notice.message, Some(notice.role.name())),
        None => return Ok(None),
    };
    Ok(Some(DemandSummary {
        id: frontline_protocol::sign::hex(&row.id()),
        what,
        says: reader.words(says),
        run: row.run.to_string(),
        title: reader.words(&procedure.title),
        site: shown::site_name(db, row.scope)?,
        place: shown::place(db, reader, row.scope)?,
        item: if row.instance == 0 { item.slug.to_string() } else { format!("{}/{}", item.slug, row.instance) },
        label: reader.words(&item.label),
        role,
        since_ms: row.since_ms,
        due_ms: row.due_ms,
        overdue: row.due_ms.is_some_and(|due| due < now_ms),
        action: if what == DemandKind::Action { taken_up(db, row)? } else { None },
    }))
}

fn taken_up(db: &Db<'_>, row: &DemandRow) -> Result<Option<String>, Fault> {
    let action = ActionOpened::of_demand(row.scope, &DemandId::from_bytes(row.id()));
    Ok(actions::get(db, action)?.map(|one| one.id.to_string()))
}
