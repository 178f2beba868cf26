//! The screen of an action: what stands, what can become of it, what happened, and whether it was there before.

use frontline_domain::action::{Priority, Register, Status, Written, fold};
use frontline_domain::fact::action::Sets;
use frontline_domain::{CaptureId, EntryType, PersonId};
use serde::Serialize;

use super::write::{gives_up_a_review, has_to_choose};
use super::{ActionSummary, Actions, Show, find};
use crate::capture::Rights;
use crate::error::{Error, Fault};
use crate::people::{self, Words};
use crate::project::{facts_of_action, plans, said_of_action};
use crate::store::actions::{self, ActionRow};
use crate::store::{Db, runs};

/// Earlier actions about the same failure that a screen shows.
const AGAIN: u32 = 20;

/// A whole screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionDetail {
    #[serde(flatten)]
    pub summary: ActionSummary,
    pub titles: Stands<String>,
    pub priorities: Stands<Priority>,
    pub owners: Stands<Option<Whom>>,
    pub dues: Stands<Option<i64>>,
    pub states: Stands<Status>,
    /// What can become of it, in the order of the buttons.
    pub next: Vec<Next>,
    /// The person may change and comment it.
    pub may_change: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<FromDetail>,
    /// The same failure at the same place before this, the latest first.
    pub again: Vec<Again>,
    /// In order of time.
    pub history: Vec<Line>,
}

/// Somebody; JSON has the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Whom {
    pub id: String,
    pub name: String,
}

impl From<Whom> for String {
    fn from(whom: Whom) -> Self {
        whom.name
    }
}

/// What stands of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stands<T> {
    /// Newest first; more than one where nobody who saw all of them has chosen.
    pub values: Vec<Set<T>>,
    /// To be given back with a change of it.
    pub seen: Vec<String>,
    pub clash: bool,
}

/// A value, and who set it when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Set<T> {
    pub value: T,
    pub by: String,
    pub at_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A status that it can take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    pub to: Status,
    pub wants_reason: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
}

/// Why a button does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// It takes a role that the person has not.
    NoRight,
}

/// The answer that it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FromDetail {
    pub run: String,
    /// What the procedure is called; empty where it is not here.
    pub title: Words,
    pub item: String,
    pub label: Words,
}

/// An earlier action about the same failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Again {
    pub id: String,
    pub title: String,
    pub status: Status,
    pub opened_ms: i64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub at_ms: i64,
    pub by: String,
    #[serde(flatten)]
    pub what: Told,
    /// Of what sets something: nobody has replaced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands: Option<bool>,
}

/// What a line tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Told {
    Opened,
    Title {
        text: String,
    },
    Priority {
        priority: Priority,
    },
    /// By name; none: nobody.
    Owner {
        owner: Option<String>,
    },
    Due {
        due_ms: Option<i64>,
    },
    Status {
        from: Status,
        to: Status,
        reason: Option<String>,
    },
    Said {
        /// Empty: the photos say it.
        text: String,
        /// The ids of its photos.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        photos: Vec<String>,
    },
}

impl Actions<'_> {
    /// One action.
    pub fn detail(&self, id: &str) -> Result<ActionDetail, Error> {
        self.0.show(|db| {
            let (show, row) = (Show::of(self.0, db)?, find(db, id)?);
            let facts = facts_of_action(db, row.id)?;
            let action = fold(said_of_action(&facts)).ok_or_else(|| Fault::not_found("action with this id"))?;
            let rights = Rights::of(db, show.now_ms)?;
            let may_change = rights.may_write(EntryType::ACTION_CHANGED, row.scope);
            let may_review = rights.may_write(EntryType::ACTION_REVIEWED, row.scope);
            // From whatever stands; and of several that do, each can be kept.
            let states = &action.state;
            let standing_states: Vec<Status> = states.values.iter().map(|one| one.value).collect();
            let step = |to: Status| {
                let step = states.values.iter().find_map(|one| one.value.step(to));
                let is_choice = states.is_clash() && states.values.iter().any(|one| one.value == to);
                step.map(|step| step.is_review).or_else(|| is_choice.then(|| gives_up_a_review(&standing_states)))
            };
            let next = Status::ALL.into_iter().filter(|to| !has_to_choose(&rights, row.scope, &standing_states, *to)).filter_map(|to| {
                let may = if step(to)? { may_review } else { may_change };
                Some(Next { to, wants_reason: to.wants_reason(), why_not: (!may).then_some(WhyNot::NoRight) })
            });
            let name = |one: &Option<PersonId>| one.map(|id| people::name(db, id)).transpose();
            let standing: Vec<CaptureId> =
                [&action.title.seen(), &action.priority.seen(), &action.owner.seen(), &action.due.seen(), &action.state.seen()]
                    .into_iter()
                    .flatten()
                    .copied()
                    .collect();
            let mut history = Vec::new();
            for said in said_of_action(&facts) {
                let (what, id, key) = match said.what {
                    Written::Opened(one) => (Told::Opened, Some(one.id), (false, one.id)),
                    Written::Changed(one) | Written::Reviewed(one) => (told(&one.sets, &name)?, Some(one.id), (true, one.id)),
                    Written::Commented(one) => {
                        let photos = one.photos.iter().map(ToString::to_string).collect();
                        (Told::Said { text: one.text.clone(), photos }, None, (true, one.id))
                    }
                };
                let line = Line { at_ms: said.at_ms, by: people::name(db, said.by)?, what, stands: id.map(|id| standing.contains(&id)) };
                history.push(((said.at_ms, key), line));
            }
            // The same on every phone, also where two wrote in one instant.
            history.sort_by_key(|(key, _)| *key);
            Ok(ActionDetail {
                titles: stands(db, &action.title, |one| Ok(one.clone()))?,
                priorities: stands(db, &action.priority, |one| Ok(*one))?,
                owners: stands(db, &action.owner, |one| {
                    Ok(one.map(|id| people::name(db, id).map(|name| Whom { id: id.to_string(), name })).transpose()?)
                })?,
                dues: stands(db, &action.due, |one| Ok(*one))?,
                states: stands(db, &action.state, |one| Ok(*one))?,
                next: next.collect(),
                may_change,
                from: from(db, &show, &row)?,
                again: again(db, &row)?,
                history: history.into_iter().map(|(_, line)| line).collect(),
                summary: show.row(&row)?,
            })
        })
    }
}

fn told(sets: &Sets, name: &impl Fn(&Option<PersonId>) -> Result<Option<String>, crate::store::StoreError>) -> Result<Told, Fault> {
    Ok(match sets {
        Sets::Title(text) => Told::Title { text: text.clone() },
        Sets::Priority(priority) => Told::Priority { priority: *priority },
        Sets::Owner(one) => Told::Owner { owner: name(one)? },
        Sets::Due(due_ms) => Told::Due { due_ms: *due_ms },
        Sets::Status { from, to, reason } => Told::Status { from: *from, to: *to, reason: reason.clone() },
    })
}

fn stands<T: Clone + PartialEq, S>(db: &Db<'_>, register: &Register<T>, show: impl Fn(&T) -> Result<S, Fault>) -> Result<Stands<S>, Fault> {
    let mut values = Vec::new();
    for one in &register.values {
        values.push(Set { value: show(&one.value)?, by: people::name(db, one.by)?, at_ms: one.at_ms, reason: one.reason.clone() });
    }
    Ok(Stands { values, seen: register.seen().iter().map(ToString::to_string).collect(), clash: register.is_clash() })
}

fn from(db: &Db<'_>, show: &Show<'_>, row: &ActionRow) -> Result<Option<FromDetail>, Fault> {
    let Some(origin) = &row.origin else { return Ok(None) };
    let release = runs::get(db, origin.run)?.map(|run| run.release);
    let procedure = release.map(|hash| plans::prepared(db, &hash)).transpose()?.flatten();
    let item = procedure.as_ref().and_then(|one| one.plan()).and_then(|plan| plan.item(plan.number(&origin.item)?));
    Ok(Some(FromDetail {
        run: origin.run.to_string(),
        title: procedure.as_ref().map_or_else(|| show.reader.nothing(), |one| show.reader.words(&one.title)),
        item: if origin.instance == 0 { origin.item.to_string() } else { format!("{}/{}", origin.item, origin.instance) },
        label: item.map_or_else(|| show.reader.nothing(), |item| show.reader.words(&item.label)),
    }))
}

fn again(db: &Db<'_>, row: &ActionRow) -> Result<Vec<Again>, Fault> {
    let before = actions::same_failure(db, row, AGAIN)?;
    let shown = |one: ActionRow| Again { id: one.id.to_string(), title: one.title, status: one.status, opened_ms: one.opened_ms };
    Ok(before.into_iter().map(shown).collect())
}
