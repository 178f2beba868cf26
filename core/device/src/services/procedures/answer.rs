//! Answers: each an edit at the heads that its author saw (`sync.md` 20).

use std::sync::Arc;

use frontline_domain::document::{Answer, AnswerKey, Heads, RunState, Standing, base_actor};
use frontline_domain::fact::BlobOf;
use frontline_domain::form::{Item, ItemKind, Plan, Raw, Value, limits};
use frontline_domain::{CaptureId, EntryType, Slug};

use super::choices::chosen;
use super::{Opened, Procedures, open_to_change, read_heads, records, withdrawn};
use crate::blobs::attach::attach;
use crate::capture::{Edit, Pen};
use crate::error::{Error, Fault};
use crate::project;
use crate::services::shown;
use crate::store::{intents, meta};

/// An answer to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerDraft {
    pub run: String,
    /// The item's name; `fridge-temp/2` is its instance 2 where its section repeats, counted from 0.
    pub item: String,
    pub value: Raw,
    /// As the run's detail gave it. None: what this device holds now.
    pub seen: Option<String>,
}

/// Which of the values of a clash stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettleDraft {
    pub run: String,
    pub item: String,
    /// The `id` of one of the item's answers, or its place among them, counted from 1.
    pub pick: String,
}

impl Procedures<'_> {
    /// Answers an item; gives the id of the edit.
    pub fn answer(&self, draft: AnswerDraft) -> Result<String, Error> {
        self.0.append(|pen| {
            let mut opened = writable(pen, &draft.run)?;
            let plan = opened.plan.clone();
            let (key, item) = key(&plan, &draft.item)?;
            demand(pen, &opened, item)?;
            let value = match item.read(draft.value).map_err(|p| Fault::answer(&draft.item, p))? {
                Value::Row(row) => chosen(pen.tx, &opened, pen.now_ms(), &draft.item, &row.slug)?,
                value => value,
            };
            records::check(pen.tx, opened.scope, &draft.item, &value)?;
            if !value.blobs().is_empty() {
                // What is said of a picture goes by what was said of it.
                opened = written(pen, opened)?;
            }
            let rule = if let ItemKind::Photo(rule) = &item.kind { Some(rule) } else { None };
            attach(pen, (&of(&opened, &key), opened.scope), &value, rule, &draft.item)?;
            let seen = match &draft.seen {
                Some(text) => read_heads(text)?,
                None => opened.run.heads(),
            };
            pen.hand_in(&format!("answer/{}/{}", opened.id, draft.item))?;
            let intent = pen.id();
            write(pen, opened, key, intent, value, How::Given, seen)
        })
    }

    /// Settles a clash with one of its values; the others stay in the history.
    pub fn settle(&self, draft: SettleDraft) -> Result<String, Error> {
        self.0.append(|pen| {
            let opened = writable(pen, &draft.run)?;
            let (key, item) = key(&opened.plan, &draft.item)?;
            demand(pen, &opened, item)?;
            let standing = opened.run.standing(&key);
            if !standing.is_clash() {
                return Err(Fault::invalid("item", "clash", "there is nothing to settle: the answers to this item do not differ"));
            }
            let picked = pick(&standing, &draft.pick)?;
            records::check(pen.tx, opened.scope, &draft.item, &picked)?;
            let seen = opened.run.heads();
            let intent = pen.id();
            write(pen, opened, key, intent, picked, How::Settled, seen)
        })
    }
}

/// What belongs to an answer of a run.
pub(super) fn of(opened: &Opened, key: &AnswerKey) -> BlobOf {
    BlobOf::Answer { run: opened.id, item: key.item.clone(), instance: key.instance }
}

/// How somebody came by an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Given,
    /// It ends a clash.
    Settled,
    /// By an instrument.
    Measured,
}

/// The run, if the person may answer in it at all.
pub(in crate::services) fn writable(pen: &Pen<'_>, run: &str) -> Result<Opened, Fault> {
    let opened = open_to_change(pen.tx, run)?;
    pen.demand_answer(opened.scope)?;
    Ok(opened)
}

/// The same run once what was appended is settled: its answer is written with all that follows from it.
fn written(pen: &mut Pen<'_>, opened: Opened) -> Result<Opened, Fault> {
    if !pen.appends() {
        return Ok(opened);
    }
    let id = opened.id;
    opened.changed(pen.tx);
    pen.write_from_here()?;
    writable(pen, &id.to_string())
}

/// Whether the person may answer an item of it now.
pub(super) fn demand(pen: &Pen<'_>, opened: &Opened, item: &Item) -> Result<(), Fault> {
    let asked_of = opened.plan.form().section_of(&item.slug).and_then(|section| section.asked_of);
    // Of every tap: what a signature covers is not worked out for it.
    let seals = pen.tx.recall("seals", opened.id.as_bytes(), || Ok::<_, Fault>(project::said(&project::seals(pen.tx, opened.id)?)))?;
    if RunState::is_open(&seals) {
        withdrawn::refuse(pen.tx, opened, RunState::Open)?;
    }
    if RunState::is_locked(&seals, &opened.procedure.sign_off, asked_of) {
        let message = "this run is signed off; somebody who may sign it off can return it, then it takes answers again";
        return Err(Fault::invalid("run", "locked", message));
    }
    let Some(role) = asked_of else { return Ok(()) };
    if opened.said(pen.tx)?.status() == RunState::Open {
        let message = "whoever signs the run off answers this, once it was handed in";
        return Err(Fault::invalid("item", "submitted", message));
    }
    if pen.may_write_as(EntryType::SIGNED_OFF, opened.scope, role) {
        return Ok(());
    }
    Err(Fault::invalid("item", "asked-of", format!("a {} answers this before they sign; leave it to them", role.name())))
}

/// The register that `fridge-temp` or `fridge-temp/2` names, and its item.
pub(in crate::services) fn key<'a>(plan: &'a Plan, name: &str) -> Result<(AnswerKey, &'a Item), Fault> {
    let (slug, instance) = match name.split_once('/') {
        Some((slug, n)) => {
            (slug, n.parse::<u16>().map_err(|_| Fault::invalid("item", "instance", "an instance is a number, such as fridge-temp/2"))?)
        }
        None => (name, 0),
    };
    let slug: Slug = shown::slug("item", slug)?;
    let found = plan.number(&slug).and_then(|number| Some((plan.repeats(plan.section_of(number)), plan.item(number)?)));
    let (times, item) = found.ok_or_else(|| Fault::invalid("item", "exists", format!("the procedure has no item named {slug}")))?;
    let times = times.min(limits::REPEATS);
    if instance >= times {
        let message = format!("the section is there {times} times; instances are counted from 0 to {}", times - 1);
        return Err(Fault::invalid("item", "instance", message));
    }
    Ok((AnswerKey::of(slug, instance), item))
}

fn pick(standing: &Standing, pick: &str) -> Result<Value, Fault> {
    let wrong = || {
        let message = format!("pick one of the item's {} answers, by its id or its place from 1", standing.answers.len());
        Fault::invalid("pick", "choice", message)
    };
    let found = match pick.parse::<usize>() {
        Ok(place) => place.checked_sub(1).and_then(|at| standing.answers.get(at)),
        Err(_) => {
            let id: CaptureId = pick.parse().map_err(|_| wrong())?;
            standing.answers.iter().find(|a| a.intent == id)
        }
    };
    found.map(|a| a.value.clone()).ok_or_else(wrong)
}

pub(super) fn write(
    pen: &mut Pen<'_>,
    mut opened: Opened,
    key: AnswerKey,
    intent: CaptureId,
    value: Value,
    how: How,
    seen: Heads,
) -> Result<String, Fault> {
    // An appended answer is one that saw all that the run has: that much is known of it when it is settled. And whoever looks
    // back to this run is told when it is another one.
    if pen.appends() && (seen != opened.run.heads() || opened.plan.asks_for_history()) {
        opened = written(pen, opened)?;
    }
    let (settles, measured) = (how == How::Settled, how == How::Measured);
    let answer = Answer { value, by: pen.me.person, at_ms: pen.now_ms(), intent, settles, measured };
    let builds_on = match pen.appends() {
        true => Vec::new(),
        false => opened.run.builds_on(&key, &seen, intent, &intents::ids(pen.tx, opened.id)?),
    };

    let (epoch, _) = meta::series(pen.tx)?;
    let actor = base_actor(opened.id, pen.identity.device, epoch, opened.rebuild);
    let made = Arc::make_mut(&mut opened.run).answer(actor, &seen, &key, &answer)?;
    let edit = Edit { procedure: opened.release, nonce: opened.nonce, key, answer, seen, builds_on, asset: opened.asset.clone() };
    pen.change(opened.scope, &opened.run, opened.rebuild, made, edit)?;
    opened.changed(pen.tx);
    Ok(intent.to_string())
}
