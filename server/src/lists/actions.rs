//! Corrective actions: what is to do first, the earliest due first; then what waits for one who leads; then what is done,
//! the latest changed first. So what is overdue is a stretch of that order, whenever it is asked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use frontline_domain::action::{Action, Escalation, Held, Priority, Status, escalated, fold};
use frontline_domain::fact::Fact;
use frontline_domain::fact::action::Origin;
use frontline_domain::{CaptureId, DocId, OrgId, PersonId, Scope, cbor};
use frontline_protocol::{Entry, limits};

use super::{ANY, CLASH, heading, sort};
use crate::store::{Heading, ReadTx, Result, StoreError, Stored, Within};

/// What a page shows of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRow {
    pub scope: Scope,
    pub title: String,
    pub status: Status,
    pub priority: Priority,
    pub owner: Option<PersonId>,
    pub due_ms: Option<i64>,
    pub opened_by: PersonId,
    pub opened_ms: i64,
    pub changed_ms: i64,
    pub clashes: u32,
    pub comments: u32,
    pub origin: Option<Origin>,
}

impl ActionRow {
    /// Of an action at a place.
    pub fn of(scope: Scope, action: &Action) -> Self {
        Self {
            scope,
            title: action.title().to_owned(),
            status: action.status(),
            priority: action.priority(),
            owner: action.owner(),
            due_ms: action.due_ms(),
            opened_by: action.opened_by,
            opened_ms: action.opened_ms,
            changed_ms: action.changed_ms,
            clashes: action.clashes(),
            comments: u32::try_from(action.comments).unwrap_or(u32::MAX),
            origin: action.origin.clone(),
        }
    }
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        cbor::decode("a row of an action", bytes).map_err(|e| StoreError::Corrupt(e.to_string()))
    }
    /// Whom it has come to, by the rule that phones ask too.
    pub fn escalation(&self, now_ms: i64) -> Option<Escalation> {
        escalated(self.status, self.priority, self.due_ms, now_ms)
    }
    fn sort(&self) -> Vec<u8> {
        let (group, within) = if self.status.is_to_do() {
            (TO_DO, sort::earliest(self.due_ms.unwrap_or(i64::MAX)))
        } else if self.status.is_to_review() {
            (TO_REVIEW, sort::latest(self.changed_ms))
        } else {
            (OVER, sort::latest(self.changed_ms))
        };
        [&[group], within.as_slice()].concat()
    }
    /// Where it is found.
    pub fn headings(&self) -> Vec<(Heading, Vec<u8>)> {
        let owner = self.owner.map_or_else(|| NOBODY.to_owned(), by_owner);
        let mut facets = vec![ANY.to_owned(), by_status(self.status), by_priority(self.priority), owner];
        facets.extend((self.clashes > 0).then(|| CLASH.to_owned()));
        let order = self.sort();
        let mut all: Vec<_> = facets.into_iter().map(|facet| (heading(Some(self.scope), facet), order.clone())).collect();
        all.extend(self.origin.as_ref().map(|origin| (heading(Some(self.scope), by_failure(origin)), sort::latest(self.opened_ms))));
        all.extend(self.origin.as_ref().map(|origin| (heading(Some(self.scope), by_run(origin.run)), order)));
        all
    }
}

const TO_DO: u8 = 0;
const TO_REVIEW: u8 = 1;
const OVER: u8 = 2;

/// Actions that nobody has.
pub const NOBODY: &str = "owner-none";

/// The facet of a status.
pub fn by_status(status: Status) -> String {
    format!("status-{}", status.name())
}
/// The facet of a priority.
pub fn by_priority(priority: Priority) -> String {
    format!("priority-{}", priority.name())
}
/// The facet of whose it is.
pub fn by_owner(person: PersonId) -> String {
    format!("owner-{person}")
}
/// The facet of what failed, whatever version of the procedure it was of; its rows come by when they were opened.
pub fn by_failure(origin: &Origin) -> String {
    format!("failed-{}/{}/{}", origin.procedure, origin.item, origin.instance)
}

/// The facet of the run that it came from.
pub fn by_run(run: DocId) -> String {
    format!("run-{run}")
}

/// What is to be done still.
pub fn to_do() -> Within {
    Within { least: vec![TO_DO], below: Some(vec![TO_REVIEW]) }
}
/// What should have been done before now.
pub fn overdue(now_ms: i64) -> Within {
    Within { least: vec![TO_DO], below: Some([&[TO_DO], sort::earliest(now_ms).as_slice()].concat()) }
}
/// What one who leads has to look at.
pub fn to_review() -> Within {
    Within { least: vec![TO_REVIEW], below: Some(vec![OVER]) }
}
/// What nobody has to do anything about any more.
pub fn over() -> Within {
    Within { least: vec![OVER], below: None }
}

/// Under which an action stands in the list: its id, and the place that it is of.
pub fn key(scope: Scope, action: [u8; 16]) -> String {
    format!("{}@{scope}", CaptureId::from_bytes(action))
}

/// The id and the place of a key.
pub fn of_key(key: &str) -> Option<(CaptureId, Scope)> {
    let (id, scope) = key.split_once('@')?;
    Some((id.parse().ok()?, scope.parse().ok()?))
}

/// A fact about an action, with the time that counts.
pub struct Said {
    pub fact: Fact,
    pub by: PersonId,
    pub at_ms: i64,
}

/// What was written about an action at its place: what is written elsewhere under its id is no part of it.
pub async fn said(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, action: CaptureId) -> Result<Vec<Said>> {
    Ok(read(&tx.said_about(org, action.as_bytes(), usize::MAX).await?, scope))
}

fn read(stored: &[Stored], scope: Scope) -> Vec<Said> {
    let read = |row: &Stored| {
        let entry = Entry::read(&row.bytes, limits::SERVER_ENTRY).ok()?;
        let fact = Fact::decode(entry.header.entry_type, &entry.body)?.ok()?;
        fact.about_action().is_some().then_some(Said { fact, by: entry.header.person, at_ms: row.effective_ms })
    };
    stored.iter().filter(|row| row.scope == scope).filter_map(read).collect()
}

/// The place of the action with this id, and what was written about it there; none where nobody opened one.
pub async fn find(tx: &mut dyn ReadTx, org: OrgId, action: CaptureId) -> Result<Option<(Scope, Vec<Said>)>> {
    let stored = tx.said_about(org, action.as_bytes(), usize::MAX).await?;
    let scopes: BTreeSet<Scope> = stored.iter().map(|row| row.scope).collect();
    for scope in scopes {
        let here = read(&stored, scope);
        if folded(&here).is_some() {
            return Ok(Some((scope, here)));
        }
    }
    Ok(None)
}

/// The action that was written about; none without an opening of it.
pub fn folded(said: &[Said]) -> Option<Action> {
    fold(said.iter().filter_map(|one| Some(Held { what: one.fact.about_action()?, by: one.by, at_ms: one.at_ms })))
}

/// What the row of a key shows, and where it is found.
pub(super) async fn worked_out(tx: &mut dyn ReadTx, org: OrgId, key: &str) -> Result<Option<super::stale::Worked>> {
    let Some((id, scope)) = of_key(key) else { return Ok(None) };
    let Some(action) = folded(&said(tx, org, scope, id).await?) else { return Ok(None) };
    let row = ActionRow::of(scope, &action);
    Ok(Some(super::stale::Worked { headings: row.headings(), body: cbor::encode(&row) }))
}
