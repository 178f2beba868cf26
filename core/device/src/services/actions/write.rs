//! Opening, changing and speaking about an action.

use frontline_domain::action::{Priority, Status, Written, fold};
use frontline_domain::fact::action::{MAX_PHOTOS, MAX_SAW, MAX_TITLE, Origin, Sets};
use frontline_domain::fact::{ActionChanged, ActionCommented, ActionOpened, BlobOf, Fact, MAX_COMMENT};
use frontline_domain::form::{Evidence, Value};
use frontline_domain::{BlobHash, CaptureId, DemandId, EntryType, Scope};

use super::{Actions, find, owner};
use crate::blobs::attach::attach;
use crate::capture::{Pen, Rights};
use crate::error::{Error, Fault};
use crate::project::{facts_of_action, said_of_action};
use crate::services::procedures::answer::key;
use crate::services::{procedures, shown};
use crate::store::actions;
use crate::store::demands::{self, DemandRow};

/// An action that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionDraft {
    pub title: String,
    pub priority: Priority,
    /// The id of somebody who works there.
    pub owner: Option<String>,
    /// Server time, ms.
    pub due_ms: Option<i64>,
    /// The answer that it comes from.
    pub from: Option<From>,
}

/// An answer of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    pub run: String,
    /// As an answer names it: `fridge-temp`, `fridge-temp/2`.
    pub item: String,
    /// What its rule asks for, as the list of that names it: then it is one action on every phone that takes it up.
    pub demand: Option<String>,
}

/// One thing becomes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Title(String),
    Priority(Priority),
    Owner(Option<String>),
    Due(Option<i64>),
    Status { to: Status, reason: Option<String> },
}

/// A change as it was tapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDraft {
    pub action: String,
    pub change: Change,
    /// `seen` of that part of the screen; none: what this device holds now.
    pub seen: Option<Vec<String>>,
}

impl Actions<'_> {
    /// Opens an action; gives its id.
    pub fn open(&self, draft: ActionDraft) -> Result<String, Error> {
        self.0.capture(|pen| {
            let id = pen.id();
            let (scope, origin, asked) = match &draft.from {
                Some(from) => origin(pen, from)?,
                None => (pen.site(EntryType::ACTION_OPENED)?, None, None),
            };
            let (demand, asked_by_ms) = asked.unzip();
            // By when a rule asks for it, unless whoever takes it up says another time.
            let due_ms = draft.due_ms.or(asked_by_ms.flatten());
            let owner = draft.owner.as_deref().map(|one| owner(pen.tx, scope, one)).transpose()?;
            let opened = ActionOpened { id, demand, origin, title: title(&draft.title)?, priority: draft.priority, owner, due_ms };
            let action = opened.action(scope);
            // What a rule asks for was taken up already, here or by a colleague.
            if actions::get(pen.tx, action)?.is_some() {
                return Ok(action.to_string());
            }
            pen.fact(scope, &Fact::ActionOpened(opened))?;
            pen.hand_in("action/new")?;
            Ok(action.to_string())
        })
    }

    /// Changes one thing, over what its author saw. What is so already is not written again.
    pub fn change(&self, draft: ChangeDraft) -> Result<(), Error> {
        self.0.capture(|pen| {
            let row = find(pen.tx, &draft.action)?;
            let facts = facts_of_action(pen.tx, row.id)?;
            let action = fold(said_of_action(&facts)).ok_or_else(|| Fault::not_found("action with this id"))?;
            let stands = match &draft.change {
                Change::Title(_) => action.title.seen(),
                Change::Priority(_) => action.priority.seen(),
                Change::Owner(_) => action.owner.seen(),
                Change::Due(_) => action.due.seen(),
                Change::Status { .. } => action.state.seen(),
            };
            let mut saw = match &draft.seen {
                None => stands,
                Some(ids) => ids.iter().map(|one| shown::id("seen", one)).collect::<Result<_, _>>()?,
            };
            let is_known = |one: &CaptureId| facts.iter().any(|(_, fact)| set_by(fact) == Some(*one));
            if saw.is_empty() || !saw.iter().all(is_known) {
                return Err(Fault::invalid("seen", "ids", "give back, as they were, the ids that came with the action"));
            }
            saw.truncate(MAX_SAW);
            let owned = match &draft.change {
                Change::Owner(Some(one)) => Some(owner(pen.tx, row.scope, one)?),
                _ => None,
            };
            let is_same = match &draft.change {
                Change::Title(text) => action.title.values.iter().all(|one| one.value == text.trim()),
                Change::Priority(to) => action.priority.values.iter().all(|one| one.value == *to),
                Change::Owner(_) => action.owner.values.iter().all(|one| one.value == owned),
                Change::Due(to) => action.due.values.iter().all(|one| one.value == *to),
                Change::Status { to, .. } => action.state.values.iter().all(|one| one.value == *to),
            };
            // A second tap of one button, whatever its screen showed.
            if is_same {
                return Ok(());
            }
            let states: Vec<Status> = {
                let seen = facts.iter().filter(|(_, fact)| set_by(fact).is_some_and(|id| saw.contains(&id)));
                seen.filter_map(|(_, fact)| status(fact)).collect()
            };
            if let Change::Status { to, .. } = &draft.change
                && has_to_choose(pen.rights(), row.scope, &states, *to)
            {
                let names: Vec<&str> = states.iter().map(|one| one.name()).collect();
                let message =
                    format!("people set this action to {} without seeing each other; choose one of these first", names.join(" and "));
                return Err(Fault::invalid("status", "choose", message));
            }
            let sets = match draft.change {
                Change::Title(text) => Sets::Title(title(&text)?),
                Change::Priority(to) => Sets::Priority(to),
                Change::Owner(_) => Sets::Owner(owned),
                Change::Due(to) => Sets::Due(to),
                Change::Status { to, reason } => step(&states, to, reason)?,
            };
            let is_review = match &sets {
                Sets::Status { from, to, .. } => from == to && gives_up_a_review(&states) || to.chosen().is_review,
                _ => false,
            };
            let changed = ActionChanged { id: pen.id(), action: row.id, sets, saw };
            pen.fact(row.scope, &if is_review { Fact::ActionReviewed(changed) } else { Fact::ActionChanged(changed) })?;
            Ok(())
        })
    }

    /// Says something beside it, in words, in photos that were added before, or both.
    pub fn comment(&self, action: &str, text: &str, photos: &[String]) -> Result<(), Error> {
        self.0.capture(|pen| {
            let row = find(pen.tx, action)?;
            let text = text.trim().to_owned();
            if text.is_empty() && photos.is_empty() {
                return Err(Fault::invalid("text", "required", "write what there is to say, or add a photo"));
            }
            if text.len() > MAX_COMMENT {
                return Err(Fault::invalid(
                    "text",
                    "length",
                    format!("a comment has at most {MAX_COMMENT} bytes; this has {}", text.len()),
                ));
            }
            let photos: Vec<BlobHash> = photos.iter().map(|one| shown::id("photos", one)).collect::<Result<_, _>>()?;
            let rule = Evidence { photos_min: 0, photos_max: MAX_PHOTOS as u8, live_camera_only: false };
            rule.check(&photos).map_err(|problem| Fault::answer("photos", problem))?;
            let value = Value::Photos(photos.clone());
            attach(pen, (&BlobOf::Action(row.id), row.scope), &value, None, "photos")?;
            let said = ActionCommented { id: pen.id(), action: row.id, text, photos };
            pen.fact(row.scope, &Fact::ActionCommented(said))?;
            pen.hand_in(&format!("action/{}", row.id))?;
            Ok(())
        })
    }
}

fn title(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::invalid("title", "required", "say in a few words what is to be done"));
    }
    if text.len() > MAX_TITLE {
        return Err(Fault::invalid("title", "length", format!("a title has at most {MAX_TITLE} bytes; this has {}", text.len())));
    }
    Ok(text.to_owned())
}

/// What a rule asks for, and by when.
type AskedFor = (DemandId, Option<i64>);

/// The place of the run, the answer that the action comes from, and what a rule asks for there.
fn origin(pen: &Pen<'_>, from: &From) -> Result<(Scope, Option<Origin>, Option<AskedFor>), Fault> {
    let opened = procedures::open(pen.tx, &from.run)?;
    if opened.procedure.is_try {
        return Err(Fault::invalid("run", "draft", "this run tries a draft: nothing follows from its answers"));
    }
    let (key, _) = key(&opened.plan, &from.item)?;
    let number = opened.plan.number(&key.item);
    let origin = Origin { run: opened.id, procedure: opened.procedure.name.clone(), item: key.item.clone(), instance: key.instance };
    let Some(demand) = &from.demand else { return Ok((opened.scope, Some(origin), None)) };
    let demand: DemandId = shown::id("demand", demand)?;
    let missing = || Fault::not_found("thing of this id that a rule of the run asks for");
    let all = demands::of(pen.tx, opened.id)?;
    let is_of_it = |row: &DemandRow| Some(row.item) == number && row.instance == key.instance && row.role.is_none();
    let asked = all.iter().find(|one| one.row.id() == *demand.as_bytes() && is_of_it(&one.row)).ok_or_else(missing)?;
    Ok((opened.scope, Some(origin), Some((demand, asked.row.due_ms))))
}

/// What a fact that sets something is known by.
fn set_by(fact: &Fact) -> Option<CaptureId> {
    match fact.about_action()? {
        Written::Opened(one) => Some(one.id),
        Written::Changed(one) | Written::Reviewed(one) => Some(one.id),
        Written::Commented(_) => None,
    }
}

/// The status that a fact sets.
fn status(fact: &Fact) -> Option<Status> {
    match fact.about_action()? {
        Written::Opened(_) => Some(Status::Open),
        Written::Changed(one) | Written::Reviewed(one) => match &one.sets {
            Sets::Status { to, .. } => Some(*to),
            _ => None,
        },
        Written::Commented(_) => None,
    }
}

/// Whether a choice among these gives up what one who leads said: that is theirs.
pub(super) fn gives_up_a_review(states: &[Status]) -> bool {
    states.iter().any(|one| one.chosen().is_review)
}

/// Whether one of several that stand has to be chosen before the action can become `to`: from one of them no step leads there,
/// so that it would stand on beside it without a word. Who may not choose goes on: what one who leads said waits for who leads.
pub(super) fn has_to_choose(rights: &Rights, scope: Scope, stand: &[Status], to: Status) -> bool {
    let differ = stand.iter().any(|one| *one != stand[0]);
    let choice = if gives_up_a_review(stand) { EntryType::ACTION_REVIEWED } else { EntryType::ACTION_CHANGED };
    differ && !stand.contains(&to) && stand.iter().any(|one| one.step(to).is_none()) && rights.may_write(choice, scope)
}

/// The step to `to` from one of what its author saw.
fn step(saw: &[Status], to: Status, reason: Option<String>) -> Result<Sets, Fault> {
    let reason = reason.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    if to.wants_reason() && reason.is_none() {
        return Err(Fault::invalid("reason", "required", "say why it is so"));
    }
    if reason.as_ref().is_some_and(|words| words.len() > MAX_COMMENT) {
        return Err(Fault::invalid("reason", "length", format!("a reason has at most {MAX_COMMENT} bytes")));
    }
    let choice = saw.contains(&to) && saw.len() > 1;
    let from = if choice { Some(to) } else { saw.iter().copied().find(|from| from.step(to).is_some()) };
    let from = from.ok_or_else(|| {
        let names: Vec<&str> = saw.iter().map(|one| one.name()).collect();
        Fault::invalid("status", "step", format!("this action is {}; from there it cannot become {}", names.join(" and "), to.name()))
    })?;
    Ok(Sets::Status { from, to, reason })
}
