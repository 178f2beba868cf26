//! Quick feedback of customers.

use std::sync::Arc;

use frontline_device::services::feedback as device;
use frontline_device::services::touchpoints;
use frontline_domain::release::Metric;

use crate::FrontlineError;
use crate::page::PageAsked;
use crate::root::Shared;
use crate::sync::CaptureState;
use crate::words::{Named, Words};

/// Where feedback is asked for, and what was given.
#[derive(uniffi::Object)]
pub struct Feedback {
    pub(crate) shared: Arc<Shared>,
}

/// A point of a customer's journey with its survey: the screen of a capture and of a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TouchpointDetail {
    pub id: String,
    pub name: Words,
    pub question: Words,
    pub scale: FeedbackScale,
    pub reasons: Vec<Named>,
    pub thank_you: Words,
    /// Seconds of silence after which a kiosk begins anew.
    pub idle_reset_s: u16,
    /// It is at the site where whoever is at the phone works.
    pub here: bool,
    pub may_capture: bool,
}

/// Which faces or numbers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FeedbackScale {
    /// Five faces, 1 to 5.
    Csat,
    Csat4,
    Nps,
    Ces,
    Experience,
}

/// A response, as it was tapped.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FeedbackDraft {
    pub touchpoint: String,
    /// 1 to 5.
    pub score: i64,
    #[uniffi(default = None)]
    pub reason: Option<String>,
    #[uniffi(default = None)]
    pub comment: Option<String>,
}

/// A row of the list, and all that there is to show.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FeedbackSummary {
    pub id: String,
    pub touchpoint: Named,
    pub score: u8,
    pub reason: Option<Named>,
    /// None where nothing was said, and where it can't be read here.
    pub comment: Option<String>,
    /// Who said it, as far as anything was said: a random id, by which it can be forgotten.
    pub customer: Option<String>,
    /// There was a comment, and its customer was forgotten.
    pub forgotten: bool,
    pub person: String,
    pub at_ms: i64,
    /// None for what another device captured.
    pub state: Option<CaptureState>,
}

/// A page of responses, newest first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FeedbackPage {
    pub items: Vec<FeedbackSummary>,
    pub next: Option<String>,
}

/// A page of touchpoints: those of the person's own site first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TouchpointPage {
    pub items: Vec<TouchpointDetail>,
    pub next: Option<String>,
}

#[uniffi::export]
impl Feedback {
    pub fn touchpoints(&self, page: PageAsked) -> Result<TouchpointPage, FrontlineError> {
        self.shared.with(|core| {
            let (items, next) = page.of(core.feedback().touchpoints()?, |t| &t.id)?;
            Ok(TouchpointPage { items: items.into_iter().map(Into::into).collect(), next })
        })
    }

    /// Captures a response; it is durable when this returns. Gives its id.
    pub fn give(&self, draft: FeedbackDraft) -> Result<String, FrontlineError> {
        let FeedbackDraft { touchpoint, score, reason, comment } = draft;
        self.shared.with(|core| Ok(core.feedback().give(device::FeedbackDraft { touchpoint, score, reason, comment })?))
    }

    pub fn list(&self, page: PageAsked) -> Result<FeedbackPage, FrontlineError> {
        self.shared.with(|core| {
            let (found, points) = (core.feedback().list(&page.piece())?, core.feedback().touchpoints()?);
            Ok(FeedbackPage { items: found.list.into_iter().map(|row| summary(row, &points)).collect(), next: found.next })
        })
    }
}

/// With names as they read; a name alone where its touchpoint or reason is gone.
fn summary(row: device::FeedbackSummary, points: &[touchpoints::TouchpointDetail]) -> FeedbackSummary {
    let point = points.iter().find(|p| p.id == row.touchpoint);
    let bare = |id: String| Named { label: Words { text: id.clone(), lang: String::new(), dir: crate::words::Direction::Ltr }, id };
    let reason = row.reason.map(|id| {
        let listed = point.and_then(|p| p.reasons.iter().find(|r| r.id == id)).cloned();
        listed.map_or_else(|| bare(id), Named::from)
    });
    let touchpoint = point.map(|p| Named { id: p.id.clone(), label: p.name.clone().into() });
    FeedbackSummary {
        id: row.id,
        touchpoint: touchpoint.unwrap_or_else(|| bare(row.touchpoint)),
        score: row.score,
        reason,
        comment: row.comment,
        customer: row.customer,
        forgotten: row.forgotten,
        person: row.person,
        at_ms: row.at_ms,
        state: row.state.map(Into::into),
    }
}

impl From<touchpoints::TouchpointDetail> for TouchpointDetail {
    fn from(t: touchpoints::TouchpointDetail) -> Self {
        Self {
            id: t.id,
            name: t.name.into(),
            question: t.question.into(),
            scale: match t.metric {
                Metric::Csat => FeedbackScale::Csat,
                Metric::Csat4 => FeedbackScale::Csat4,
                Metric::Nps => FeedbackScale::Nps,
                Metric::Ces2 => FeedbackScale::Ces,
                Metric::Experience => FeedbackScale::Experience,
            },
            reasons: t.reasons.into_iter().map(Into::into).collect(),
            thank_you: t.thank_you.into(),
            idle_reset_s: t.idle_reset_s,
            here: t.here,
            may_capture: t.may_capture,
        }
    }
}
