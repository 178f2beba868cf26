//! The lists of procedures: what can be started, runs, what rules ask for, history, rows to choose from.

use frontline_device::services::procedures as device;
use frontline_device::services::procedures::{choices, demands, history, search};
use frontline_domain::document::RunState;

use crate::answer::Answer;
use crate::page::PageAsked;
use crate::sync::CaptureState;
use crate::words::{Named, Words};

/// A procedure that can be started.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProcedureSummary {
    pub id: String,
    pub title: Words,
    pub items: u32,
    pub minutes: Option<u16>,
    /// The earliest due time where it is assigned, server time, ms.
    pub due_ms: Option<i64>,
}

/// A page of procedures.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProcedurePage {
    pub items: Vec<ProcedureSummary>,
    pub next: Option<String>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum RunStatus {
    Open,
    HandedIn,
    SignedOff,
    /// An answer changed after the sign-off.
    Lapsed,
    /// A manager withdrew open runs of its version: nothing more is answered, what was captured is kept.
    Withdrawn,
}

/// A run, as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RunSummary {
    pub id: String,
    pub procedure: String,
    pub title: Words,
    pub site: Named,
    pub status: RunStatus,
    /// Nobody has to do anything more.
    pub done: bool,
    pub answered: u32,
    pub required: u32,
    pub missing: u32,
    pub clashes: u32,
    /// It is old and has left this device: fetching brings it back to be opened.
    pub away: bool,
    /// It is away, and something came about it since.
    pub changed: bool,
    pub started_by: String,
    pub started_ms: i64,
    pub updated_ms: i64,
    /// None where all of it came from others.
    pub state: Option<CaptureState>,
    /// The asset that it is about.
    #[uniffi(default = None)]
    pub asset: Option<Named>,
}

/// Which runs. What is left out asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct RunsAsked {
    /// What somebody typed, in any script: each word of it begins a word of the title, of the asset's name, of the site's
    /// name or of the name of whoever began the run.
    #[uniffi(default = "")]
    pub words: String,
    #[uniffi(default = None)]
    pub status: Option<RunStatus>,
    /// A site's id, as [`RunSummary::site`] has it.
    #[uniffi(default = None)]
    pub site: Option<String>,
    /// A procedure, in all its versions, as [`RunSummary::procedure`] has it.
    #[uniffi(default = None)]
    pub procedure: Option<String>,
    pub page: PageAsked,
}

/// A page of runs.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RunPage {
    pub items: Vec<RunSummary>,
    pub next: Option<String>,
}

/// Something to put right, or to know.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DemandSummary {
    pub id: String,
    /// Somebody has to put it right; else people of a role are told.
    pub is_action: bool,
    pub says: Words,
    pub run: String,
    pub title: Words,
    pub site: Named,
    /// The item that it follows from.
    pub item: String,
    pub label: Words,
    /// Whom a notice is for.
    pub role: Option<String>,
    pub since_ms: i64,
    pub due_ms: Option<i64>,
    pub overdue: bool,
    /// The action that somebody took it up with.
    #[uniffi(default = None)]
    pub action: Option<String>,
}

/// A page of them, newest first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DemandPage {
    pub items: Vec<DemandSummary>,
    pub next: Option<String>,
}

/// One line of a run's history.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct HistoryLine {
    pub at_ms: i64,
    pub by: String,
    pub what: HistoryWhat,
    pub item: Option<String>,
    pub answer: Option<Answer>,
    /// The same in words; none where it was taken back.
    pub says: Option<String>,
    /// Of an answer: nobody has replaced it.
    pub stands: Option<bool>,
    /// Of a return.
    pub reason: Option<String>,
    /// Of an answer: milliseconds since the same person's answer before, on the same device.
    pub took_ms: Option<u64>,
    /// Of an answer: what about it is hard to believe. Nothing was refused for it.
    pub doubts: Vec<Doubt>,
    /// Of an answer: an instrument gave it.
    pub measured: bool,
    /// It was done after open runs of its version were withdrawn, by somebody who had not heard of it; `says` says so.
    #[uniffi(default = false)]
    pub after_withdrawal: bool,
}

/// What is hard to believe about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Doubt {
    /// It is among several items that were answered faster than somebody looks at them.
    TooFast,
    /// The device's clock was set since its author's answer before.
    ClockSet,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum HistoryWhat {
    /// A note beside an answer, too: `says` says that it is one.
    Answered,
    Settled,
    Attached,
    Detached,
    HandedIn,
    SignedOff,
    GivenBack,
}

/// A page of a run's history, oldest first.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct HistoryPage {
    pub items: Vec<HistoryLine>,
    pub next: Option<String>,
}

/// A row to choose.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChoiceRow {
    /// What an answer names it by.
    pub id: String,
    pub label: Words,
    /// What its columns say, in the list's order.
    pub says: Vec<String>,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChoicePage {
    pub items: Vec<ChoiceRow>,
    pub next: Option<String>,
    /// Why there is nothing to choose from, in words: another item comes first.
    pub why_not: Option<String>,
    /// The list has not come yet: it does with the next sync.
    pub to_come: bool,
}

impl From<RunStatus> for RunState {
    fn from(status: RunStatus) -> Self {
        match status {
            RunStatus::Open => Self::Open,
            RunStatus::HandedIn => Self::Submitted,
            RunStatus::SignedOff => Self::SignedOff,
            RunStatus::Lapsed => Self::Lapsed,
            RunStatus::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<RunsAsked> for search::RunsAsked {
    fn from(asked: RunsAsked) -> Self {
        let status = asked.status.map(|status| RunState::from(status).name().to_owned());
        Self { text: asked.words, status, site: asked.site, procedure: asked.procedure }
    }
}

impl From<RunState> for RunStatus {
    fn from(state: RunState) -> Self {
        match state {
            RunState::Open => Self::Open,
            RunState::Submitted => Self::HandedIn,
            RunState::SignedOff => Self::SignedOff,
            RunState::Lapsed => Self::Lapsed,
            RunState::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<history::HistoryWhat> for HistoryWhat {
    fn from(what: history::HistoryWhat) -> Self {
        use history::HistoryWhat as Told;
        match what {
            // Both shells tell what was said in words behind the name of the item: “Note: …”.
            Told::Answered | Told::Noted => Self::Answered,
            Told::Settled => Self::Settled,
            Told::Attached => Self::Attached,
            Told::Detached => Self::Detached,
            Told::Submitted => Self::HandedIn,
            Told::SignedOff => Self::SignedOff,
            Told::Returned => Self::GivenBack,
        }
    }
}

impl From<device::ProcedureSummary> for ProcedureSummary {
    fn from(p: device::ProcedureSummary) -> Self {
        Self { id: p.id, title: p.title.into(), items: p.items, minutes: p.minutes, due_ms: p.due_ms }
    }
}

impl From<device::RunSummary> for RunSummary {
    fn from(r: device::RunSummary) -> Self {
        Self {
            id: r.id,
            procedure: r.procedure,
            title: r.title.into(),
            site: Named { id: r.site, label: r.place.into() },
            status: r.status.into(),
            done: r.done,
            answered: r.answered,
            required: r.required,
            missing: r.missing,
            clashes: r.clashes,
            away: r.away,
            changed: r.changed,
            started_by: r.started_by,
            started_ms: r.started_ms,
            updated_ms: r.updated_ms,
            state: r.state.map(Into::into),
            asset: Named::of(r.asset, r.asset_label),
        }
    }
}

impl From<demands::DemandSummary> for DemandSummary {
    fn from(d: demands::DemandSummary) -> Self {
        Self {
            id: d.id,
            is_action: d.what == demands::DemandKind::Action,
            says: d.says.into(),
            run: d.run,
            title: d.title.into(),
            site: Named { id: d.site, label: d.place.into() },
            item: d.item,
            label: d.label.into(),
            role: d.role.map(str::to_owned),
            since_ms: d.since_ms,
            due_ms: d.due_ms,
            overdue: d.overdue,
            action: d.action,
        }
    }
}

impl From<history::Doubt> for Doubt {
    fn from(doubt: history::Doubt) -> Self {
        match doubt {
            history::Doubt::TooFast => Self::TooFast,
            history::Doubt::ClockSet => Self::ClockSet,
        }
    }
}

impl From<history::HistoryLine> for HistoryLine {
    fn from(l: history::HistoryLine) -> Self {
        Self {
            at_ms: l.at_ms,
            by: l.by,
            what: l.what.into(),
            item: l.item,
            answer: l.value.map(Into::into),
            says: l.says,
            stands: l.stands,
            reason: l.reason,
            took_ms: l.took_ms,
            doubts: l.doubts.into_iter().map(Into::into).collect(),
            measured: l.measured,
            after_withdrawal: l.after_withdrawal,
        }
    }
}

impl From<choices::ChoicePage> for ChoicePage {
    fn from(p: choices::ChoicePage) -> Self {
        let row = |r: choices::RowSummary| ChoiceRow { id: r.id, label: r.label.into(), says: r.says };
        Self { items: p.rows.into_iter().map(row).collect(), next: p.next, why_not: p.why_not, to_come: p.to_come }
    }
}
