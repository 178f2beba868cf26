//! Corrective actions: taken up from an answer or freely, changed by several people offline, looked at by who leads.
//!
//! [`write`] opens, changes and comments; [`detail`] is the screen; [`of_today`] what the first screen of the day says of them.

mod detail;
pub(in crate::services) mod of_today;
mod write;

use frontline_domain::action::{Escalation, Priority, Status};
use frontline_domain::form::Value;
use frontline_domain::{CaptureId, PersonId, Scope};
use serde::Serialize;

pub use detail::{ActionDetail, Again, FromDetail, Line, Next, Set, Stands, Told, Whom, WhyNot};
pub use of_today::TodayActions;
pub use write::{ActionDraft, Change, ChangeDraft, From};

use super::piece::{Piece, Pieced, Spot};
use super::procedures::{self, choices::RowSummary};
use super::shown::{self, CaptureState};
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::people::{self, Reader, Words};
use crate::project::Subject;
use crate::store::Db;
use crate::store::actions::{self, ActionRow, Which};

/// An action, as a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionSummary {
    pub id: String,
    pub title: String,
    pub status: Status,
    pub priority: Priority,
    /// Whoever has it, by name; none: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// It is theirs who is at the phone.
    pub mine: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_ms: Option<i64>,
    /// Whom it has come to by being late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalated: Option<Escalation>,
    /// What people set differently without seeing each other.
    pub clashes: u32,
    pub comments: u32,
    pub site: String,
    /// What the site is called.
    #[serde(skip)]
    pub place: Words,
    pub opened_by: String,
    pub opened_ms: i64,
    pub changed_ms: i64,
    /// The run that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// Of what was captured here about it; none where all of it came from others.
    #[serde(flatten)]
    pub state: Option<CaptureState>,
}

/// Which actions of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// Somebody has to do something still, or to look at it.
    #[default]
    Standing,
    /// The same, of who is at the phone; and where people set something differently, which may be whose it is.
    Mine,
    All,
}

/// Corrective actions.
pub struct Actions<'a>(pub(super) &'a Inner);

impl Core {
    /// What is to be put right.
    pub fn actions(&self) -> Actions<'_> {
        Actions(&self.inner)
    }
}

impl Actions<'_> {
    /// What this device holds, the latest changed first, a piece at a time.
    pub fn list(&self, asked: Asked, piece: &Piece) -> Result<Pieced<ActionSummary>, Error> {
        self.0.show(|db| {
            let show = Show::of(self.0, db)?;
            let which = match asked {
                Asked::Standing => Which::Standing,
                Asked::Mine => Which::Of(people::current(db)?.person),
                Asked::All => Which::All,
            };
            let rows = |from: &Spot, count| Ok(actions::behind(db, which, from.at_ms, &from.id, count)?);
            piece.of(rows, |row| Spot { at_ms: row.changed_ms, id: *row.id.as_bytes() }, |row| show.row(&row))
        })
    }
}

impl Actions<'_> {
    /// Who can have an action: those who work where it is, by name; of none, at the person's own site.
    pub fn owners(&self, action: Option<&str>) -> Result<Vec<RowSummary>, Error> {
        self.0.show(|db| {
            let scope = match action {
                Some(id) => find(db, id)?.scope,
                None => Scope::Site(people::current(db)?.site),
            };
            procedures::records::of_people(db, &Reader::of(self.0, db)?, scope)
        })
    }
}

/// What each row of a list is shown with.
struct Show<'a> {
    db: &'a Db<'a>,
    reader: Reader,
    me: PersonId,
    now_ms: i64,
}

impl<'a> Show<'a> {
    fn of(inner: &Inner, db: &'a Db<'a>) -> Result<Self, Fault> {
        let (reader, me) = (Reader::of(inner, db)?, people::current(db)?.person);
        Ok(Self { db, reader, me, now_ms: inner.now(db)?.server_estimate() })
    }
    fn row(&self, row: &ActionRow) -> Result<ActionSummary, Fault> {
        let db = self.db;
        Ok(ActionSummary {
            id: row.id.to_string(),
            title: row.title.clone(),
            status: row.status,
            priority: row.priority,
            owner: row.owner.map(|one| people::name(db, one)).transpose()?,
            mine: row.owner == Some(self.me),
            due_ms: row.due_ms,
            escalated: frontline_domain::action::escalated(row.status, row.priority, row.due_ms, self.now_ms),
            clashes: row.clashes,
            comments: row.comments,
            site: shown::site_name(db, row.scope)?,
            place: shown::place(db, &self.reader, row.scope)?,
            opened_by: people::name(db, row.opened_by)?,
            opened_ms: row.opened_ms,
            changed_ms: row.changed_ms,
            run: row.origin.as_ref().map(|origin| origin.run.to_string()),
            state: CaptureState::about(db, &Subject::Action(row.id))?,
        })
    }
}

/// An action that is here.
fn find(db: &Db<'_>, id: &str) -> Result<ActionRow, Fault> {
    let id: CaptureId = shown::id("action", id)?;
    actions::get(db, id)?.ok_or_else(|| Fault::not_found("action with this id"))
}

/// Somebody who works at a place, as far as this device knows: by the rule of items that take a person.
fn owner(db: &Db<'_>, scope: Scope, id: &str) -> Result<PersonId, Fault> {
    let id: PersonId = shown::id("owner", id)?;
    procedures::records::check(db, scope, "owner", &Value::Person(id))?;
    Ok(id)
}
