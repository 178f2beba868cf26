//! What changes of a screen while a form is filled.

use serde::Serialize;

use super::View;
use crate::form::Value;
use crate::form::expr;
use crate::form::response::{At, Given, Trouble};
use crate::form::speech::{self, Phrase};

/// An item as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemNow {
    pub visible: bool,
    /// It is not there, and was answered while it was: the answer is kept, and counts for nothing until it is there again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// Whether somebody may answer it.
    pub enabled: bool,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// What is to be answered before there is something to choose from, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    pub required: bool,
    /// What stands, unless people answered differently.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The same in words; of a calculated item what it comes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reads: Option<String>,
    /// People answered differently; one has to be picked.
    pub clash: bool,
    /// What is offered before somebody answers: no answer until they take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Value>,
    /// Allowed, and outside of what is hoped for.
    pub out_of_band: bool,
    /// Pictures that its answer needs beside it.
    pub photos_min: u8,
    /// Why it is not done, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// A section as it stands, all its instances together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionNow {
    pub slug: String,
    pub visible: bool,
    pub instances: u16,
    /// Whether there can be one more.
    pub can_grow: bool,
    /// Items that ask for an answer, and those that have one.
    pub asked: u32,
    pub answered: u32,
    /// Items that are in the way of handing it in.
    pub troubles: u32,
}

/// A form as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormNow {
    pub asked: u32,
    pub answered: u32,
    pub troubles: u32,
    /// The item to go on with: what is next in the way after where the person is, from the top again at the end; where
    /// nothing is in the way, the next without an answer below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Nothing is in the way of handing it in.
    pub complete: bool,
    /// Why nothing is asked any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<super::Read>,
    /// Where it has points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreNow>,
}

/// What it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ScoreNow {
    pub points: u64,
    pub possible: u64,
    /// Of these, not answered yet.
    pub open: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
}

impl View<'_> {
    pub(crate) fn item_now(&self, at: At) -> ItemNow {
        let none = ItemNow {
            visible: false,
            kept: false,
            enabled: false,
            why_not: None,
            first: None,
            required: false,
            value: None,
            reads: None,
            clash: false,
            offered: None,
            out_of_band: false,
            photos_min: 0,
            problem: None,
        };
        let (Some(slot), Some(item)) = (self.response.slot(at), self.response.plan().item(at.item)) else { return none };
        let (answers, value) = (item.kind.answers(), slot.given.value().filter(|value| !value.is_empty()));
        let kept = !slot.visible && (value.is_some() || slot.given == Given::Several);
        let why_not = match (self.locked, item.calculate.is_some()) {
            (_, true) => Some(self.speech.say(&Phrase::WorkedOut)),
            _ if kept => Some(self.speech.say(&Phrase::Kept)),
            (Some(why), _) => Some(why.to_owned()),
            (None, _) => None,
        };
        // A hint, no lock: “does not apply” is an answer all the same.
        let first = slot.waits.then(|| self.first(at)).filter(|_| why_not.is_none());
        ItemNow {
            visible: slot.visible,
            kept,
            enabled: why_not.is_none() && answers.asks(),
            first,
            why_not,
            required: item.required,
            value: value.cloned(),
            reads: match value {
                Some(value) => Some(item.report(value, self.speech)),
                None if item.calculate.is_some() => self.worked_out(at, &slot.value),
                None => None,
            },
            clash: slot.given == Given::Several,
            offered: item.default.as_ref().filter(|_| slot.given == Given::Nothing).cloned(),
            out_of_band: value.is_some_and(|value| answers.is_out_of_band(value)),
            photos_min: self.response.photos_needed(at, item),
            problem: self.response.trouble(at).map(|trouble| self.problem(at, trouble)),
        }
    }

    fn worked_out(&self, at: At, value: &expr::Value) -> Option<String> {
        Some(match value {
            expr::Value::Number(n) => match self.response.plan().comes_to(at.item) {
                Some(expr::Kind::Number(Some(unit))) => format!("{} {unit}", speech::number(*n)),
                _ => speech::number(*n),
            },
            expr::Value::Bool(yes) => self.speech.say(if *yes { &Phrase::Yes } else { &Phrase::No }),
            expr::Value::Text(text) => text.clone(),
            expr::Value::Choice(slug) => slug.to_string(),
            expr::Value::Choices(slugs) => slugs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            expr::Value::Date(date) => date.to_string(),
            expr::Value::Time(time) => time.format("%H:%M").to_string(),
            expr::Value::Instant(ms) => self.speech.moment(*ms),
            expr::Value::Files(n) => self.speech.say(&Phrase::Files(*n)),
            expr::Value::Unknown | expr::Value::Thing => return None,
        })
    }

    /// What is to be answered before there is something to choose from.
    fn first(&self, at: At) -> String {
        let item = self.response.waits_for(at).and_then(|item| self.response.plan().item(item));
        self.speech.say(&Phrase::First(&item.map(|item| self.speech.text(&item.label)).unwrap_or_default()))
    }

    fn problem(&self, at: At, trouble: Trouble) -> String {
        match trouble {
            Trouble::Missing => self.speech.say(&Phrase::Missing),
            Trouble::Clash => self.speech.say(&Phrase::Clash),
            Trouble::Note => self.speech.say(&Phrase::NoteNeeded),
            Trouble::Unfit => self.speech.say(&Phrase::Unfit),
            Trouble::Evidence { needs, has } => self.speech.say(&Phrase::Evidence { needs: needs.into(), has: has.into() }),
            Trouble::Broken => {
                let message = self.response.plan().item(at.item).and_then(|item| item.constraint.as_ref()).map(|(_, text)| text);
                message.map(|text| self.speech.text(text)).unwrap_or_default()
            }
        }
    }

    pub(super) fn section_now(&self, n: u16) -> SectionNow {
        let (plan, tally) = (self.response.plan(), self.response.tally(n));
        let instances = self.response.instances(n);
        SectionNow {
            slug: plan.section(n).map(|s| s.slug.to_string()).unwrap_or_default(),
            visible: self.response.is_open(n),
            instances,
            can_grow: instances < plan.repeats(n),
            asked: tally.asked,
            answered: tally.answered,
            troubles: tally.troubles,
        }
    }

    pub(super) fn form_now(&self, here: Option<At>) -> FormNow {
        let response = self.response;
        let total = response.total();
        let score = response.score();
        FormNow {
            asked: total.asked,
            answered: total.answered,
            troubles: total.troubles,
            next: response.next(here).map(|at| self.id(at)),
            complete: total.troubles == 0,
            ended: response.ended().map(|(_, why)| self.read(why)),
            score: (score.possible > 0 || score.passed.is_some()).then_some(ScoreNow {
                points: score.points,
                possible: score.possible,
                open: score.open,
                passed: score.passed,
            }),
        }
    }
}
