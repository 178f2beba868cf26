//! A run as a screen shows it: every item with what stands, every decision taken.

use frontline_domain::EntryType;
use frontline_domain::document::{RunState, Standing};
use frontline_domain::fact::Fact;
use frontline_domain::form::item::Choice;
use frontline_domain::form::response::At;
use frontline_domain::form::screen::{FormNow, View};
use frontline_domain::form::{Form, Item, ItemKind, NaRule, Section};
use serde::Serialize;

use super::demands::{self, DemandSummary};
use super::spoken::Spoken;
use super::{Opened, Procedures, open, show_heads};
use crate::capture::Rights;
use crate::error::{Error, Fault};
use crate::people::{self, Reader, Words};
use crate::project::{self, Tally};
use crate::services::shown::{self, Answered, CaptureState};
use crate::store::{Db, outbox};

/// A run, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunDetail {
    pub id: String,
    pub procedure: String,
    pub title: Words,
    pub site: String,
    /// `open`, `submitted`, `signed-off` or `lapsed`.
    pub status: &'static str,
    /// What the last word about it was: handed in, signed off, or given back.
    pub said: Option<SaidDetail>,
    pub sections: Vec<SectionDetail>,
    /// What its rules ask for, and whom they tell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<DemandSummary>,
    /// Where to go on, what it is worth, and whether it ended.
    pub form: FormNow,
    /// Items that somebody answered.
    pub answered: u32,
    pub missing: Vec<String>,
    /// Items whose answer does not keep what it has to.
    pub wrong: Vec<String>,
    pub clashes: Vec<String>,
    /// What this screen shows: to be given back with each answer.
    pub seen: String,
    pub can: Can,
    #[serde(flatten)]
    pub state: Option<CaptureState>,
}

/// The buttons of the screen that work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Can {
    pub answer: bool,
    pub submit: bool,
    pub sign_off: bool,
    pub give_back: bool,
}

/// Somebody handed a run in, signed it off, or gave it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidDetail {
    /// `submitted`, `signed-off` or `returned`.
    pub what: &'static str,
    pub by: String,
    pub at_ms: i64,
    /// Of a return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Items whose answer is another one than the one that was handed in or signed off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed_since: Vec<String>,
}

/// A section, once for each of its instances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionDetail {
    pub slug: String,
    pub instance: u16,
    /// How often it may be there.
    pub repeat: u16,
    pub label: Words,
    pub help: Option<Words>,
    pub items: Vec<ItemDetail>,
}

/// An item with what stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemDetail {
    /// What an answer names it by: `fridge-temp` or `fridge-temp/2`.
    pub item: String,
    pub kind: &'static str,
    pub label: Words,
    pub help: Option<Words>,
    pub required: bool,
    /// `no`, `yes` or `with-reason`.
    pub na: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceDetail>,
    /// Of a grid: what each row is about; `choices` are its columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<ChoiceDetail>,
    /// What stands, unless people answered differently.
    pub value: Option<Answered>,
    pub clash: bool,
    /// The number is allowed, and outside of its target.
    pub out_of_band: bool,
    /// Whether it is there: what its form makes of the other answers. What was answered while it was counts for nothing.
    pub visible: bool,
    /// What a calculated item comes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comes_to: Option<String>,
    /// What is offered before somebody answers: no answer until they give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Answered>,
    /// What stands, as it reads: what a row of a list, a person or a site is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reads: Option<String>,
    /// What is to be answered before there is something to choose from, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Why it is not done, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Every value that nobody replaced, with who gave it: one, or the values of a clash.
    pub answers: Vec<AnswerDetail>,
    /// What it asks for in photos, as its answer or beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks: Option<AskedDetail>,
    /// The photos beside its answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<PieceDetail>,
}

/// How many photos an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AskedDetail {
    pub min: u8,
    pub max: u8,
    pub live_camera_only: bool,
}

/// A photo beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PieceDetail {
    /// What taking it back names it by.
    pub id: String,
    pub photo: String,
    pub by: String,
    pub at_ms: i64,
}

/// A choice of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceDetail {
    pub slug: String,
    pub label: Words,
}

/// One answer that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerDetail {
    /// What settling picks it by.
    pub id: String,
    pub value: Answered,
    pub by: String,
    pub at_ms: i64,
    /// It settled a clash.
    pub settles: bool,
}

impl Procedures<'_> {
    /// One run, ready to be shown.
    pub fn detail(&self, run: &str) -> Result<RunDetail, Error> {
        self.0.show(|db| {
            let opened = open(db, run)?;
            let screen = Screen { db, reader: Reader::of(self.0, db)?, standings: opened.run.standings(), evidence: opened.run.evidence() };
            let status = opened.status(db)?;
            let now_ms = self.0.now(db)?.server_estimate();
            let filled = opened.filled(db, now_ms)?;
            let counted = Tally::of(&filled);
            let rights = Rights::of(db, now_ms)?;
            let whole = counted.missing.is_empty() && counted.clashes.is_empty() && counted.wrong.is_empty();
            let locked = opened.is_locked(db)?;
            let spoken = Spoken { db, reader: &screen.reader };
            let (language, languages) = (screen.reader.language(), screen.reader.languages());
            let view = View { response: &filled, speech: &spoken, language, languages, locked: None };
            let signs = opened.procedure.sign_off.is_some_and(|role| rights.may_write_as(EntryType::SIGNED_OFF, opened.scope, role));
            Ok(RunDetail {
                id: opened.id.to_string(),
                procedure: opened.procedure.name.to_string(),
                title: screen.reader.words(&opened.procedure.title),
                site: shown::site_name(db, opened.scope)?,
                status: status.name(),
                said: said(db, &opened)?,
                sections: screen.sections(opened.plan.form(), &view)?,
                demands: demands::of_run(db, &screen.reader, opened.id, now_ms)?,
                form: view.form(),
                seen: show_heads(&opened.run.heads()),
                can: Can {
                    answer: !locked && rights.may_write(EntryType::RUN_CHANGED, opened.scope),
                    submit: !locked && whole && rights.may_write(EntryType::RUN_SUBMITTED, opened.scope),
                    sign_off: signs && matches!(status, RunState::Submitted | RunState::Lapsed) && whole,
                    give_back: status != RunState::Open && rights.may_write(EntryType::RETURNED, opened.scope),
                },
                answered: counted.answered,
                missing: counted.missing,
                wrong: counted.wrong,
                clashes: counted.clashes,
                state: CaptureState::of_all(&outbox::about(db, &project::Subject::Run(opened.id).encode())?),
            })
        })
    }
}

/// The last word about a run.
fn said(db: &Db<'_>, opened: &Opened) -> Result<Option<SaidDetail>, Fault> {
    let Some((held, fact)) = project::seals(db, opened.id)?.pop() else { return Ok(None) };
    let (what, reason) = match &fact {
        Fact::RunSubmitted(_) => ("submitted", None),
        Fact::SignedOff(_) => ("signed-off", None),
        Fact::Returned(r) => ("returned", Some(r.reason.clone())),
        _ => return Ok(None),
    };
    let sealed = match &fact {
        Fact::RunSubmitted(s) | Fact::SignedOff(s) => Some(s.answers),
        _ => None,
    };
    let at_ms = held.entry.header.moment.server_estimate();
    let changed_since = match sealed.filter(|hash| *hash != opened.run.answers_hash()) {
        Some(_) => changed_after(opened, at_ms),
        None => Vec::new(),
    };
    Ok(Some(SaidDetail { what, by: people::name(db, held.entry.header.person)?, at_ms, reason, changed_since }))
}

/// The items that somebody answered after a time, by their own word: why a sign-off lapsed. Where clocks
/// disagree and none is later, the latest one.
fn changed_after(opened: &Opened, at_ms: i64) -> Vec<String> {
    let standings = opened.run.standings();
    let latest = |s: &Standing| s.answers.iter().map(|a| a.at_ms).max();
    let later: Vec<&Standing> = standings.iter().filter(|s| latest(s) > Some(at_ms)).collect();
    let shown = if later.is_empty() { standings.iter().max_by_key(|s| latest(s)).into_iter().collect() } else { later };
    shown.iter().map(|s| name(&s.key.item, s.key.instance)).collect()
}

fn name(item: &frontline_domain::Slug, instance: u16) -> String {
    if instance == 0 { item.to_string() } else { format!("{item}/{instance}") }
}

struct Screen<'a> {
    db: &'a Db<'a>,
    reader: Reader,
    standings: Vec<Standing>,
    evidence: Vec<Standing>,
}

impl Screen<'_> {
    fn sections(&self, form: &Form, view: &View<'_>) -> Result<Vec<SectionDetail>, Fault> {
        let mut out = Vec::new();
        for section in &form.sections {
            let of_section = |s: &&Standing| section.items.iter().any(|i| i.slug == s.key.item);
            let last = self.standings.iter().filter(of_section).map(|s| s.key.instance).max().unwrap_or(0);
            for instance in 0..=last {
                out.push(self.section(section, instance, view)?);
            }
        }
        Ok(out)
    }

    fn section(&self, section: &Section, instance: u16, view: &View<'_>) -> Result<SectionDetail, Fault> {
        Ok(SectionDetail {
            slug: section.slug.to_string(),
            instance,
            repeat: section.repeat.unwrap_or(1),
            label: self.reader.words(&section.label),
            help: section.help.as_ref().map(|h| self.reader.words(h)),
            items: section.items.iter().map(|item| self.item(item, instance, view)).collect::<Result<_, _>>()?,
        })
    }

    fn item(&self, item: &Item, instance: u16, view: &View<'_>) -> Result<ItemDetail, Fault> {
        let standing = self.standings.iter().find(|s| s.key.item == item.slug && s.key.instance == instance);
        let value = standing.and_then(|s| s.value().cloned());
        let at = view.response.plan().number(&item.slug).map(|item| At { item, instance });
        let now = at.map(|at| view.item(at));
        let answers_of = item.kind.answers();
        let number = answers_of.numbers();
        let mut answers = Vec::new();
        for a in standing.into_iter().flat_map(|s| &s.answers) {
            answers.push(AnswerDetail {
                id: a.intent.to_string(),
                value: Answered(a.value.clone()),
                by: people::name(self.db, a.by)?,
                at_ms: a.at_ms,
                settles: a.settles,
            });
        }
        let mut evidence = Vec::new();
        for piece in self.evidence.iter().filter(|s| s.key.item == item.slug && s.key.instance == instance) {
            let (Some(id), Some(a)) = (piece.key.evidence, piece.answers.first()) else { continue };
            let Some(photo) = a.value.blobs().first() else { continue };
            evidence.push(PieceDetail { id: id.to_string(), photo: photo.to_string(), by: people::name(self.db, a.by)?, at_ms: a.at_ms });
        }
        // Its value is an id, which says nothing to anybody.
        let is_named = matches!(item.kind, ItemKind::Lookup(_) | ItemKind::Person | ItemKind::Site);
        let rule = if let ItemKind::Photo(rule) = &item.kind { Some(*rule) } else { item.photos_beside() };
        // What rules ask for only counts while they hold.
        let needs = at.map_or(0, |at| view.response.photos_needed(at, item));
        Ok(ItemDetail {
            asks: rule.map(|r| AskedDetail { min: r.photos_min.max(needs), max: r.photos_max, live_camera_only: r.live_camera_only }),
            evidence,
            item: name(&item.slug, instance),
            kind: item.kind.name(),
            label: self.reader.words(&item.label),
            help: item.help.as_ref().map(|h| self.reader.words(h)),
            required: item.required,
            na: match item.na {
                NaRule::No => "no",
                NaRule::Yes => "yes",
                NaRule::WithReason => "with-reason",
            },
            unit: number.and_then(|n| n.unit.clone()),
            min: number.and_then(|n| n.min).map(|n| n.to_string()),
            max: match &item.kind {
                ItemKind::Rating(rating) => Some(rating.max.to_string()),
                _ => number.and_then(|n| n.max).map(|n| n.to_string()),
            },
            choices: answers_of.choices().iter().map(|c| self.choice(c)).collect(),
            rows: answers_of.rows().iter().map(|c| self.choice(c)).collect(),
            out_of_band: value.as_ref().is_some_and(|value| answers_of.is_out_of_band(value)),
            value: value.map(Answered),
            clash: standing.is_some_and(Standing::is_clash),
            visible: now.as_ref().is_none_or(|now| now.visible),
            comes_to: now.as_ref().filter(|_| item.calculate.is_some()).and_then(|now| now.reads.clone()),
            offered: now.as_ref().and_then(|now| now.offered.clone()).map(Answered),
            reads: now.as_ref().filter(|_| is_named).and_then(|now| now.reads.clone()),
            first: now.as_ref().and_then(|now| now.first.clone()),
            problem: now.and_then(|now| now.problem),
            answers,
        })
    }

    fn choice(&self, choice: &Choice) -> ChoiceDetail {
        ChoiceDetail { slug: choice.slug.to_string(), label: self.reader.words(&choice.label) }
    }
}
