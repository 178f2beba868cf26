//! Procedures and their runs: begun, answered by several people, handed in, signed off, given back.

use std::sync::Arc;

use frontline_device::Core;
use frontline_device::services::procedures::answer as device;
use frontline_device::services::procedures::choices::ChoicesAsked as Asked;
use frontline_device::services::procedures::evidence::{EvidenceDraft as Evidence, NoteDraft, SoundBesideDraft};
use frontline_device::services::procedures::search::RunsAsked as Sought;

use crate::FrontlineError;
use crate::answer::Given;
use crate::page::PageAsked;
use crate::root::Shared;

mod asset;
mod item;
mod lists;
mod probe;
mod run;
pub use asset::{AssetDetail, Reference};
pub use item::{
    Control, EvidenceDetail, FileRule, ItemDetail, NotApplicable, NoteAsked, NoteDetail, NumberRange, PhotoRule, PictureLimit,
    StandingAnswer, control,
};
pub use lists::{
    ChoicePage, ChoiceRow, DemandPage, DemandSummary, Doubt, HistoryLine, HistoryPage, HistoryWhat, ProcedurePage, ProcedureSummary,
    RunPage, RunStatus, RunSummary, RunsAsked,
};
pub use probe::{MeasureDraft, Probe, Reading};
pub use run::{RunButton, RunDetail, RunSaid, RunScore, SectionDetail, Signature, WhyNot, Withdrawn};

/// Checklists.
#[derive(uniffi::Object)]
pub struct Procedures {
    pub(crate) shared: Arc<Shared>,
}

/// An answer to one item.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AnswerDraft {
    pub run: String,
    /// As the run's detail names it: `fridge-temp`, `fridge-temp/2`.
    pub item: String,
    pub value: Given,
    /// `seen` of the detail that the person looked at; none: what this device holds now.
    #[uniffi(default = None)]
    pub seen: Option<String>,
}

/// A photo, a note or a recording added beside an answer, or taken back.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EvidenceDraft {
    pub run: String,
    pub item: String,
    pub change: EvidenceChange,
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum EvidenceChange {
    /// `photo`: what adding the picture gave.
    Add { photo: String },
    /// Words, where the item asks for a note.
    Note { text: String },
    /// `id`: of the photo, the note or the recording. It stays in the history.
    TakeBack { id: String },
    /// A recording beside any answer; `sound`: what adding it gave.
    Sound { sound: String },
}

/// What is said about a run as a whole.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Seal {
    HandIn,
    /// With the PIN of whoever signs, where they have one. `seen`: [`RunDetail::seen`] of the screen that they looked at; where an
    /// answer changed since then it is refused (`seen`, `changed`), for nobody signs what they did not see.
    SignOff {
        pin: Option<String>,
        seen: Option<String>,
    },
    GiveBack {
        reason: String,
    },
}

/// What can be chosen for an item that takes a row of a list, a person, a site or an asset.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChoicesAsked {
    pub run: String,
    pub item: String,
    /// What somebody typed, in any script; empty: all.
    #[uniffi(default = "")]
    pub words: String,
    pub page: PageAsked,
}

impl Procedures {
    /// Does it, and gives the screen as it is then.
    fn then(&self, run: String, f: impl FnOnce(&Core, &str) -> Result<(), FrontlineError>) -> Result<RunDetail, FrontlineError> {
        self.shared.with(|core| {
            f(core, &run)?;
            Ok(core.procedures().screen(&run)?.into())
        })
    }
}

#[uniffi::export]
impl Procedures {
    /// What can be started: first what is assigned, by due time, then the rest by name.
    pub fn available(&self, page: PageAsked) -> Result<ProcedurePage, FrontlineError> {
        self.shared.with(|core| {
            let (items, next) = page.of(core.procedures().available()?, |p| &p.id)?;
            Ok(ProcedurePage { items: items.into_iter().map(Into::into).collect(), next })
        })
    }

    /// The runs that this device holds, or those of them that somebody looks for, latest changed first.
    pub fn runs(&self, asked: RunsAsked) -> Result<RunPage, FrontlineError> {
        let piece = asked.page.piece();
        let sought = Sought::from(asked);
        self.shared.with(|core| {
            let procedures = core.procedures();
            let found = if sought == Sought::default() { procedures.list(&piece) } else { procedures.search(&sought, &piece) }?;
            Ok(RunPage { items: found.list.into_iter().map(Into::into).collect(), next: found.next })
        })
    }

    /// Starts a run; gives its id. Until the first answer it is on this device alone. `asset`: what it is about, by what its
    /// label says or by its id; then it is at the asset's site, else at the person's.
    #[uniffi::method(default(asset = None))]
    pub fn start(&self, procedure: String, asset: Option<String>) -> Result<String, FrontlineError> {
        self.shared.with(|core| Ok(core.procedures().start_about(&procedure, asset.as_deref())?))
    }

    /// The asset whose label says this, or whose id it is, at the places where the person works.
    pub fn asset(&self, code: String) -> Result<AssetDetail, FrontlineError> {
        self.shared.with(|core| Ok(core.procedures().asset(&code)?.into()))
    }

    /// A run, whole. One that has left this device is [`FrontlineError::Offline`] until it was fetched.
    pub fn run(&self, id: String) -> Result<RunDetail, FrontlineError> {
        self.shared.with(|core| Ok(core.procedures().screen(&id)?.into()))
    }

    /// Answers an item, or settles a clash; durable when this returns. Gives the screen as it is then.
    pub fn answer(&self, draft: AnswerDraft) -> Result<RunDetail, FrontlineError> {
        let AnswerDraft { run, item, value, seen } = draft;
        self.then(run.clone(), |core, _| match value {
            Given::Pick { id } => Ok(core.procedures().settle(device::SettleDraft { run, item, pick: id }).map(drop)?),
            value => Ok(core.procedures().answer(device::AnswerDraft { run, item, value: value.raw()?, seen }).map(drop)?),
        })
    }

    pub fn evidence(&self, draft: EvidenceDraft) -> Result<RunDetail, FrontlineError> {
        let EvidenceDraft { run, item, change } = draft;
        self.then(run.clone(), |core, _| match change {
            EvidenceChange::Add { photo } => Ok(core.procedures().attach(Evidence { run, item, photo }).map(drop)?),
            EvidenceChange::Note { text } => Ok(core.procedures().note(NoteDraft { run, item, text }).map(drop)?),
            EvidenceChange::Sound { sound } => Ok(core.procedures().attach_sound(SoundBesideDraft { run, item, sound }).map(drop)?),
            EvidenceChange::TakeBack { id } => Ok(core.procedures().detach(&run, &item, &id)?),
        })
    }

    pub fn choices(&self, asked: ChoicesAsked) -> Result<ChoicePage, FrontlineError> {
        let ChoicesAsked { run, item, words, page } = asked;
        let count = u16::try_from(page.count()).unwrap_or(u16::MAX);
        let asked = Asked { run, item, words, after: page.after, count };
        self.shared.with(|core| Ok(core.procedures().choices(&asked)?.into()))
    }

    /// Hands a run in, signs it off, or gives it back.
    pub fn seal(&self, run: String, seal: Seal) -> Result<RunDetail, FrontlineError> {
        self.then(run, |core, run| match seal {
            Seal::HandIn => Ok(core.procedures().submit(run)?),
            Seal::SignOff { pin, seen } => Ok(core.procedures().sign_off(run, pin.as_deref(), seen.as_deref())?),
            Seal::GiveBack { reason } => Ok(core.procedures().return_(run, &reason)?),
        })
    }

    /// Everything that happened to a run, in order of time as its authors knew it.
    pub fn history(&self, run: String, page: PageAsked) -> Result<HistoryPage, FrontlineError> {
        self.shared.with(|core| {
            let lines = core.procedures().history(&run)?.into_iter().enumerate();
            let (items, next) = page.of(lines.map(|(n, line)| (n.to_string(), line)).collect(), |(n, _)| n)?;
            Ok(HistoryPage { items: items.into_iter().map(|(_, line)| line.into()).collect(), next })
        })
    }

    /// What is to be put right, and what the person's roles are told, newest first.
    pub fn demands(&self, page: PageAsked) -> Result<DemandPage, FrontlineError> {
        self.shared.with(|core| {
            let found = core.procedures().demands(&page.piece())?;
            Ok(DemandPage { items: found.list.into_iter().map(Into::into).collect(), next: found.next })
        })
    }

    /// Brings a run back that has left this device. May be cancelled.
    pub async fn fetch(&self, run: String) -> Result<RunDetail, FrontlineError> {
        let fetch = async move |core: Core| {
            core.fetch_run(&run).await?;
            Ok(core.procedures().screen(&run)?.into())
        };
        self.shared.away(fetch).await
    }
}
