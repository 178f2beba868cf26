//! `/actions`: what is to be put right, what is still to do first.

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::action::{Escalation, Priority, Status};
use frontline_domain::permission::Act;
use frontline_domain::{CaptureId, DocId, PersonId, Scope};

use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::Failure;
use crate::console::list::{LOOK_IN_ROWS, List, Reading, RowOf, Texts, filters, freshen};
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Cell, Chip, Field, Line, Place, Row};
use crate::console::zone::Zone;
use crate::lists::actions::{self, ActionRow};
use crate::lists::walk::Rows;
use crate::lists::{ANY, CLASH, heading};
use crate::store::{List as Lists, Within};

const TO_DO: &str = "to-do";
const TO_REVIEW: &str = "to-review";
const OVERDUE: &str = "overdue";
const LONG: &str = "long";
const NOBODY: &str = "nobody";

/// The filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Actions {
    site: String,
    status: String,
    priority: String,
    late: String,
    owner: String,
    /// The run that they came from.
    run: String,
    q: String,
}

/// An action with who is named in it.
pub struct Item {
    id: CaptureId,
    row: ActionRow,
    zone: Zone,
}

#[async_trait]
impl List for Actions {
    const PATH: &'static str = "/actions";
    const PLACE: Place = Place::Actions;
    const ACT: Act = Act::Oversee;
    const LOOK: usize = LOOK_IN_ROWS;
    type Source = Rows;
    type Item = Item;

    async fn prepare(console: &Console, me: &Me) -> Result<bool, Failure> {
        freshen(console, me).await
    }

    fn texts(t: &'static Strings) -> Texts {
        let a = &t.actions;
        Texts { title: a.title, lead: a.lead, empty: a.empty, empty_text: a.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[
            ("site", &self.site),
            ("status", &self.status),
            ("priority", &self.priority),
            ("late", &self.late),
            ("owner", &self.owner),
            ("run", &self.run),
            ("q", &self.q),
        ])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let (t, a) = (reading.me.t, &reading.me.t.actions);
        let groups = [(TO_DO, a.to_do), (TO_REVIEW, a.to_review)];
        let each = Status::ALL.iter().map(|one| (one.name(), status(t, *one)));
        let states: Vec<(&str, &str)> = groups.into_iter().chain(each).chain([(CLASH, a.with_clash)]).collect();
        let priorities: Vec<(&str, &str)> = Priority::ALL.iter().rev().map(|one| (one.name(), priority(t, *one))).collect();
        let late = [(OVERDUE, a.overdue_all), (LONG, a.overdue_long)];
        let mut fields: Vec<Field> = filters::site(reading, Act::Oversee, &self.site).into_iter().collect();
        fields.push(filters::choice("status", a.status, t.lists.all, &states, &self.status));
        fields.push(filters::choice("priority", a.priority, t.lists.all, &priorities, &self.priority));
        fields.push(filters::choice("late", a.late, t.lists.all, &late, &self.late));
        fields.push(filters::person(reading, ("owner", a.owner), Act::Oversee, &self.site, &[(NOBODY, a.nobody)], &self.owner).await?);
        fields.push(filters::search(a.search, &self.q));
        if let Ok(run) = self.run.parse::<DocId>()
            && let Some(row) = reading.tx.doc(reading.me.org, run).await?
            && reading.me.may(Act::Oversee, row.scope)
        {
            fields.push(filters::choice("run", a.run, t.lists.all, &[(self.run.as_str(), a.of_one_run)], &self.run));
        }
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Rows>, Failure> {
        filters::typed(&self.q)?;
        let (within, facet) = (self.within(reading.me.now_ms)?, self.facet()?);
        let rows = |scope| Rows {
            org: reading.me.org,
            list: Lists::Actions,
            heading: heading(Some(scope), facet.clone()),
            within: within.clone(),
        };
        Ok(filters::scopes(reading, Act::Oversee, &self.site)?.into_iter().map(rows).collect())
    }

    async fn item(&self, reading: &mut Reading, (spot, body): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let Some((id, Scope::Site(site))) = actions::of_key(&spot.key) else { return Ok(None) };
        let row = ActionRow::decode(&body)?;
        if !self.keeps(&row, reading.me.now_ms) {
            return Ok(None);
        }
        let named: Vec<PersonId> = row.owner.into_iter().chain([row.opened_by]).collect();
        reading.names.meet(&mut *reading.tx, &named).await?;
        let people: Vec<String> = named.iter().map(|id| reading.names.person(*id)).collect();
        if !filters::contains(&self.q, people.iter().map(String::as_str).chain([row.title.as_str()])) {
            return Ok(None);
        }
        Ok(Some(Item { id, row, zone: reading.names.zone_at(site) }))
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        let a = &t.actions;
        vec![a.action, a.status, a.priority, a.owner, a.due]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, row) = (reading.me.t, &item.row);
        let opened = fill(t.actions.set_by, &[("name", &reading.names.person(row.opened_by)), ("time", &item.zone.text(row.opened_ms))]);
        Row {
            cells: vec![
                Cell::new(vec![
                    Line::Link { href: format!("/actions/{}", item.id), words: reading.names.plain(row.title.as_str()) },
                    Line::Words(reading.names.place(row.scope)),
                    Line::Quiet(opened),
                ]),
                Cell::new(vec![Line::Chips(chips(t, row, reading.me.now_ms))]),
                Cell::new(vec![Line::Chips(vec![priority_chip(t, row.priority)])]),
                Cell::text(row.owner.map_or_else(|| t.actions.nobody.to_owned(), |id| reading.names.person(id))),
                Cell::new(match row.due_ms {
                    Some(due) => vec![Line::Time(item.zone.stamp(due)), Line::Quiet(item.zone.name().to_owned())],
                    None => vec![Line::Quiet(t.actions.no_due.to_owned())],
                }),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let a = &t.actions;
        vec![
            a.action,
            t.lists.site,
            a.status,
            a.late,
            a.priority,
            a.owner,
            a.due,
            a.opened,
            a.opened_by,
            a.changed,
            a.clashes_head,
            a.comments_head,
            a.procedure,
            a.item,
            a.run,
        ]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, row, iso) = (reading.me.t, &item.row, |ms| item.zone.stamp(ms).iso);
        let origin = row.origin.as_ref();
        vec![
            calm(row.title.clone()),
            reading.names.place(row.scope).text,
            status(t, row.status).to_owned(),
            lateness(t, row, reading.me.now_ms).unwrap_or_default().to_owned(),
            priority(t, row.priority).to_owned(),
            row.owner.map_or_else(String::new, |id| reading.names.person(id)),
            row.due_ms.map_or_else(String::new, iso),
            iso(row.opened_ms),
            reading.names.person(row.opened_by),
            iso(row.changed_ms),
            row.clashes.to_string(),
            row.comments.to_string(),
            origin.map_or_else(String::new, |o| o.procedure.to_string()),
            origin.map_or_else(String::new, |o| o.item.to_string()),
            origin.map_or_else(String::new, |o| o.run.to_string()),
        ]
    }

    fn rules(reading: &Reading) -> Option<(&'static str, Vec<String>)> {
        let (t, a) = (reading.me.t, &reading.me.t.actions);
        let hours = |one: &Priority| {
            fill(a.rule_hours, &[("priority", priority(t, *one)), ("n", &frontline_domain::action::patience(*one).to_string())])
        };
        Some((a.rules, std::iter::once(a.rule_lead.to_owned()).chain(Priority::ALL.iter().rev().map(hours)).collect()))
    }
}

impl Actions {
    /// The stretch of the list's order that the filter means.
    fn within(&self, now_ms: i64) -> Result<Within, Failure> {
        let late = filters::one_of(&self.late, &[OVERDUE, LONG])?;
        Ok(match (self.status.as_str(), late) {
            (_, OVERDUE | LONG) => actions::overdue(now_ms),
            (TO_DO, _) => actions::to_do(),
            (TO_REVIEW, _) => actions::to_review(),
            _ => Within::default(),
        })
    }
    /// The heading that leaves the least to look through.
    fn facet(&self) -> Result<String, Failure> {
        let run = match self.run.as_str() {
            "" => None,
            id => Some(actions::by_run(id.parse().map_err(|_| Failure::Wrong)?)),
        };
        let owner = match self.owner.as_str() {
            "" => None,
            NOBODY => Some(actions::NOBODY.to_owned()),
            id => Some(actions::by_owner(id.parse().map_err(|_| Failure::Wrong)?)),
        };
        let status = match self.status.as_str() {
            "" | TO_DO | TO_REVIEW => None,
            CLASH => Some(CLASH.to_owned()),
            name => Some(actions::by_status(Status::by_name(name).ok_or(Failure::Wrong)?)),
        };
        let priority = match self.priority.as_str() {
            "" => None,
            name => Some(actions::by_priority(Priority::by_name(name).ok_or(Failure::Wrong)?)),
        };
        Ok(run.or(owner).or(status).or(priority).unwrap_or_else(|| ANY.to_owned()))
    }
    /// What the heading and the stretch do not say already.
    fn keeps(&self, row: &ActionRow, now_ms: i64) -> bool {
        let status = match self.status.as_str() {
            "" => true,
            TO_DO => row.status.is_to_do(),
            TO_REVIEW => row.status.is_to_review(),
            CLASH => row.clashes > 0,
            name => row.status.name() == name,
        };
        let owner = match self.owner.as_str() {
            "" => true,
            NOBODY => row.owner.is_none(),
            id => row.owner.is_some_and(|owner| owner.to_string() == id),
        };
        let late = self.late != LONG || row.escalation(now_ms) == Some(Escalation::Manager);
        status && owner && late && (self.priority.is_empty() || row.priority.name() == self.priority)
    }
}

/// A status in words.
pub fn status(t: &'static Strings, one: Status) -> &'static str {
    let a = &t.actions;
    match one {
        Status::Open => a.open,
        Status::InProgress => a.in_progress,
        Status::Done => a.done,
        Status::Rejected => a.rejected,
        Status::CannotDo => a.cannot_do,
        Status::Verified => a.verified,
    }
}

/// A priority in words.
pub fn priority(t: &'static Strings, one: Priority) -> &'static str {
    let a = &t.actions;
    match one {
        Priority::Low => a.low,
        Priority::Normal => a.normal,
        Priority::High => a.high,
        Priority::Urgent => a.urgent,
    }
}

/// A priority as a chip.
pub fn priority_chip(t: &'static Strings, one: Priority) -> Chip {
    let tone = match one {
        Priority::Low | Priority::Normal => "",
        Priority::High => "warn",
        Priority::Urgent => "bad",
    };
    Chip::new(tone, priority(t, one))
}

/// A status as a chip.
pub fn status_chip(t: &'static Strings, one: Status) -> Chip {
    let tone = match one {
        Status::Open => "open",
        Status::InProgress | Status::Done => "info",
        Status::Rejected | Status::CannotDo => "warn",
        Status::Verified => "good",
    };
    Chip::new(tone, status(t, one))
}

/// How late it is, in words.
fn lateness(t: &'static Strings, row: &ActionRow, now_ms: i64) -> Option<&'static str> {
    row.escalation(now_ms).map(|to| match to {
        Escalation::Supervisor => t.actions.overdue,
        Escalation::Manager => t.actions.with_manager,
    })
}

/// How an action stands, in words.
pub fn chips(t: &'static Strings, row: &ActionRow, now_ms: i64) -> Vec<Chip> {
    let mut chips = vec![status_chip(t, row.status)];
    chips.extend(lateness(t, row, now_ms).map(|words| Chip::new("bad", words)));
    chips.extend((row.clashes > 0).then(|| Chip::new("warn", t.counted(t.run.clashes, row.clashes.into()))));
    chips.extend((row.comments > 0).then(|| Chip::new("", t.counted(t.actions.comments, row.comments.into()))));
    chips
}
