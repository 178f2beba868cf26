//! Runs that nobody is to finish (ADR 32): a manager withdrew the open ones of their version.

use frontline_domain::document::{RunState, Seal};
use frontline_domain::record::RunsWithdrawn;
use serde::Serialize;

use super::{Opened, Said};
use crate::error::Fault;
use crate::project;
use crate::services::shown;
use crate::store::{Db, records};

/// What is told of a run whose version's open runs were withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    pub by: String,
    /// Server time, ms.
    pub at_ms: i64,
    pub reason: Option<String>,
    /// The procedure that can be begun anew, about the same asset at the same site.
    pub instead: Option<String>,
}

/// What is told of this run; nothing of one that is not withdrawn, and was handed in before others were.
pub(super) fn of(db: &Db<'_>, opened: &Opened, said: &Said) -> Result<Option<Withdrawn>, Fault> {
    let all: Vec<RunsWithdrawn> = records::all(db)?;
    let handed_in = said.seals.iter().zip(&said.told).rev().find(|(seal, _)| matches!(seal, Seal::Submitted(_)));
    let at_ms = handed_in.map(|(_, (held, _))| held.entry.header.moment.server_estimate());
    let Some(one) = RunsWithdrawn::told_of(&all, &opened.release, said.status(), at_ms) else { return Ok(None) };
    let current = shown::publication(db, "procedure", &one.procedure)?;
    Ok(Some(Withdrawn {
        by: one.by_name.clone(),
        at_ms: one.at_ms,
        reason: (!one.reason.is_empty()).then(|| one.reason.clone()),
        instead: current.filter(|release| !one.covers(release)).map(|_| one.procedure.to_string()),
    }))
}

/// Refuses what nobody is to do any more. `status`: how the run stands, before it is asked whether it was withdrawn.
pub(super) fn refuse(db: &Db<'_>, opened: &Opened, status: RunState) -> Result<(), Fault> {
    if !matches!(status, RunState::Open | RunState::Withdrawn) {
        return Ok(());
    }
    let Some(one) = project::withdrawn(db, &opened.release)? else { return Ok(()) };
    let why = if one.reason.is_empty() { String::new() } else { format!(": {}", one.reason) };
    let message = format!("{} withdrew this run{why}; what was answered is kept, begin the procedure anew", one.by_name);
    Err(Fault::invalid("run", "withdrawn", message))
}
