//! A run as its screen shows it.

use frontline_device::services::procedures::detail as device;

use super::item::ItemDetail;
use super::lists::{DemandSummary, HistoryWhat, RunStatus};
use crate::sync::CaptureState;
use crate::words::{Named, Words};

/// A run, whole, every decision taken.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct RunDetail {
    pub id: String,
    pub procedure: String,
    pub title: Words,
    pub site: Named,
    pub status: RunStatus,
    /// What the last word about it was.
    pub said: Option<RunSaid>,
    /// Whose signatures it takes, where it takes several.
    pub signatures: Vec<Signature>,
    pub sections: Vec<SectionDetail>,
    /// What its rules ask for, and whom they tell.
    pub demands: Vec<DemandSummary>,
    /// Items that ask for an answer, those that have one, and those that are in the way of handing it in.
    pub asked: u32,
    pub answered: u32,
    pub troubles: u32,
    /// Items that somebody answered, whether they are asked for or not.
    pub given: u32,
    /// The item to go on with.
    pub next: Option<String>,
    /// Why nothing is asked any more.
    pub ended: Option<Words>,
    /// Where it has points.
    pub score: Option<RunScore>,
    pub missing: Vec<String>,
    pub wrong: Vec<String>,
    pub clashes: Vec<String>,
    /// What this screen shows: to be given back with each answer.
    pub seen: String,
    pub can_answer: bool,
    pub hand_in: RunButton,
    pub sign_off: RunButton,
    pub give_back: RunButton,
    pub state: Option<CaptureState>,
    /// The asset that it is about.
    #[uniffi(default = None)]
    pub asset: Option<Named>,
    /// Open runs of its version were withdrawn: it is one of them (`RunStatus.Withdrawn`), or was handed in after that, by
    /// somebody who had not heard of it, and stands.
    #[uniffi(default = None)]
    pub withdrawn: Option<Withdrawn>,
}

/// Who withdrew the open runs of a version, when and why.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Withdrawn {
    pub by: String,
    pub at_ms: i64,
    pub reason: Option<String>,
    /// The procedure that can be begun anew, about the same asset.
    pub instead: Option<String>,
}

/// A button, and why it does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct RunButton {
    pub enabled: bool,
    pub why_not: Option<WhyNot>,
}

/// The first thing that is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WhyNot {
    NoRight,
    SignedOff,
    Missing {
        count: u32,
    },
    Clashes {
        count: u32,
    },
    Wrong {
        count: u32,
    },
    NotHandedIn,
    /// Nobody signs this procedure off: the button is not shown.
    NoSignOff,
}

/// Somebody handed a run in, signed it off, or gave it back.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RunSaid {
    pub what: HistoryWhat,
    pub by: String,
    pub at_ms: i64,
    /// Of a return.
    pub reason: Option<String>,
    /// Items whose answer is another one than the one that was handed in or signed off.
    pub changed_since: Vec<String>,
}

/// A signature that a run takes.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Signature {
    /// As whom somebody signs: `supervisor`, `manager` or `admin`.
    pub role: String,
    /// Whoever did, over the answers as they are; none: it is waited for.
    pub by: Option<String>,
    pub at_ms: Option<i64>,
}

impl From<device::SignatureDetail> for Signature {
    fn from(s: device::SignatureDetail) -> Self {
        Self { role: s.role.to_owned(), by: s.by, at_ms: s.at_ms }
    }
}

/// What it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct RunScore {
    pub points: u64,
    pub possible: u64,
    /// Of these, not answered yet.
    pub open: u64,
    pub passed: Option<bool>,
}

/// A section, once for each of its instances.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SectionDetail {
    pub slug: String,
    /// Counted from 0.
    pub instance: u16,
    /// It can be there more than once.
    pub repeats: bool,
    /// Nobody has begun it: it is there to be filled.
    pub empty: bool,
    pub label: Words,
    pub help: Option<Words>,
    /// The role of the signers that answer it, once the run was handed in; none: whoever fills it.
    pub asked_of: Option<String>,
    pub visible: bool,
    /// Of all its instances together.
    pub asked: u32,
    pub answered: u32,
    pub troubles: u32,
    pub items: Vec<ItemDetail>,
}

impl From<device::RunDetail> for RunDetail {
    fn from(r: device::RunDetail) -> Self {
        let button = |enabled, why: Option<device::WhyNot>| RunButton { enabled, why_not: why.and_then(shown) };
        Self {
            id: r.id,
            procedure: r.procedure,
            title: r.title.into(),
            site: Named { id: r.site, label: r.place.into() },
            status: r.status.into(),
            said: r.said.map(Into::into),
            signatures: r.signatures.into_iter().map(Into::into).collect(),
            sections: r.sections.into_iter().map(Into::into).collect(),
            demands: r.demands.into_iter().map(Into::into).collect(),
            asked: r.form.asked,
            answered: r.form.answered,
            troubles: r.form.troubles,
            given: r.answered,
            next: r.form.next,
            ended: r.form.ended.map(Into::into),
            score: r.form.score.map(|s| RunScore { points: s.points, possible: s.possible, open: s.open, passed: s.passed }),
            missing: r.missing,
            wrong: r.wrong,
            clashes: r.clashes,
            seen: r.seen,
            can_answer: r.can.answer,
            hand_in: button(r.can.submit, r.can.why_not.submit),
            sign_off: button(r.can.sign_off, r.can.why_not.sign_off),
            give_back: button(r.can.give_back, r.can.why_not.give_back),
            state: r.state.map(Into::into),
            asset: Named::of(r.asset, r.asset_label),
            withdrawn: r.withdrawn.map(Into::into),
        }
    }
}

impl From<frontline_device::services::procedures::withdrawn::Withdrawn> for Withdrawn {
    fn from(one: frontline_device::services::procedures::withdrawn::Withdrawn) -> Self {
        Self { by: one.by, at_ms: one.at_ms, reason: one.reason, instead: one.instead }
    }
}

/// Why a button does not work; of a run that was withdrawn the screen says it once, for all of them.
fn shown(why: device::WhyNot) -> Option<WhyNot> {
    Some(match why {
        device::WhyNot::NoRight => WhyNot::NoRight,
        device::WhyNot::SignedOff => WhyNot::SignedOff,
        device::WhyNot::Missing(count) => WhyNot::Missing { count },
        device::WhyNot::Clashes(count) => WhyNot::Clashes { count },
        device::WhyNot::Wrong(count) => WhyNot::Wrong { count },
        device::WhyNot::NotHandedIn => WhyNot::NotHandedIn,
        device::WhyNot::NoSignOff => WhyNot::NoSignOff,
        device::WhyNot::Withdrawn => return None,
    })
}

impl From<device::SaidDetail> for RunSaid {
    fn from(s: device::SaidDetail) -> Self {
        Self { what: s.what.into(), by: s.by, at_ms: s.at_ms, reason: s.reason, changed_since: s.changed_since }
    }
}

impl From<device::SectionDetail> for SectionDetail {
    fn from(s: device::SectionDetail) -> Self {
        Self {
            slug: s.slug,
            instance: s.instance,
            repeats: s.repeat > 1,
            empty: s.empty,
            label: s.label.into(),
            help: s.help.map(Into::into),
            asked_of: s.asked_of.map(str::to_owned),
            visible: s.now.visible || s.items.iter().any(|item| item.kept),
            asked: s.now.asked,
            answered: s.now.answered,
            troubles: s.now.troubles,
            items: s.items.into_iter().map(Into::into).collect(),
        }
    }
}
