//! Quick feedback: one tap, durable in the time of one disk commit.

use frontline_domain::fact::{Fact, FeedbackGiven, MAX_COMMENT};
use frontline_domain::release::Content;
use frontline_domain::{CaptureId, ReleaseHash, Scope, SiteId, Slug};
use serde::Serialize;

use super::piece::{Piece, Pieced, Spot};
use super::shown::{self, CaptureState};
use crate::core::{Core, Inner};
use crate::customers::{self, Opened};
use crate::error::{Error, Fault};
use crate::people;
use crate::store::feedback::{self, FeedbackRow};
use crate::store::{Db, meta, releases};

/// A response, as it was tapped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedbackDraft {
    pub touchpoint: String,
    /// 1 to 5.
    pub score: i64,
    pub reason: Option<String>,
    pub comment: Option<String>,
}

/// A row of the list, and all that there is to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedbackSummary {
    pub id: String,
    pub touchpoint: String,
    pub score: u8,
    /// The survey's reason that was chosen. (`reason` is why the server holds or refuses it.)
    #[serde(rename = "feedback_reason")]
    pub reason: Option<String>,
    /// None where nothing was said, and where it can't be read here.
    pub comment: Option<String>,
    /// Who said it, as far as anything was said: a random id, by which it can be forgotten.
    pub customer: Option<String>,
    /// There was a comment, and its customer was forgotten.
    pub forgotten: bool,
    pub person: String,
    pub at_ms: i64,
    /// None for what another device captured.
    #[serde(flatten)]
    pub state: Option<CaptureState>,
}

/// Feedback.
pub struct Feedback<'a>(pub(super) &'a Inner);

impl Core {
    /// Responses of customers.
    pub fn feedback(&self) -> Feedback<'_> {
        Feedback(&self.inner)
    }
}

impl Feedback<'_> {
    /// Captures a response; gives its id.
    pub fn give(&self, draft: FeedbackDraft) -> Result<String, Error> {
        self.0.append(|pen| {
            let score = u8::try_from(draft.score).ok().filter(|s| (1..=5).contains(s));
            let score = score.ok_or_else(|| Fault::invalid("score", "range", "a score is a whole number from 1 to 5"))?;
            let (touchpoint, site, survey) =
                pen.tx.recall("survey at", draft.touchpoint.as_bytes(), || survey_at(pen.tx, &draft.touchpoint))?;
            let reason = draft.reason.as_deref().map(|r| shown::slug("reason", r)).transpose()?;
            if let Some(reason) = &reason {
                let release = releases::get(pen.tx, &survey)?;
                let listed = release.is_some_and(|r| match r.content {
                    Content::Survey(s) => s.reasons.iter().any(|n| n.slug == *reason),
                    _ => false,
                });
                if !listed {
                    return Err(Fault::invalid("reason", "choice", "choose one of the survey's reasons, or none"));
                }
            }
            let comment = draft.comment.map(|c| c.trim().to_owned()).filter(|c| !c.is_empty());
            if let Some(comment) = comment.as_ref().filter(|c| c.len() > MAX_COMMENT) {
                let message = format!("a comment has at most {MAX_COMMENT} bytes; this has {}", comment.len());
                return Err(Fault::invalid("comment", "length", message));
            }
            let id = pen.id();
            let comment = comment.map(|words| pen.seal_words(id, &words)).transpose()?;
            let given = FeedbackGiven { id, touchpoint, survey, score, reason, comment, kiosk: false, test: false };
            pen.fact(Scope::Site(site), &Fact::FeedbackGiven(given))?;
            pen.hand_in(&format!("feedback/{}", draft.touchpoint))?;
            Ok(id.to_string())
        })
    }

    /// What this device holds, newest first, a piece at a time.
    pub fn list(&self, piece: &Piece) -> Result<Pieced<FeedbackSummary>, Error> {
        self.0.show(|db| {
            let rows = |from: &Spot, count| Ok(feedback::behind(db, from.at_ms, &from.id, count)?);
            piece.of(rows, |row| Spot { at_ms: row.at_ms, id: *row.id.as_bytes() }, |row| summary(db, row))
        })
    }

    /// One response.
    pub fn detail(&self, id: &str) -> Result<FeedbackSummary, Error> {
        self.0.show(|db| {
            let id: CaptureId = shown::id("id", id)?;
            let row = feedback::get(db, id)?.ok_or_else(|| Fault::not_found("feedback with this id"))?;
            summary(db, row)
        })
    }
}

/// The touchpoint of this name, its site, and the survey that is asked there now.
fn survey_at(db: &Db<'_>, name: &str) -> Result<(Slug, SiteId, ReleaseHash), Fault> {
    let point = shown::touchpoint(db, name)?;
    let survey = shown::publication(db, "survey", &point.survey)?;
    let survey = survey.ok_or_else(|| Fault::not_found(format!("survey of the touchpoint {}", point.slug)))?;
    Ok((point.slug, point.site, survey))
}

fn summary(db: &Db<'_>, row: FeedbackRow) -> Result<FeedbackSummary, Fault> {
    let said = customers::open::<String>(db, meta::identity(db)?.org, row.id)?;
    let customer = said.as_ref().map(|(subject, _)| subject.to_string());
    let (comment, forgotten) = match said {
        Some((_, Opened::Known(words))) => (Some(words), false),
        Some((_, Opened::Forgotten)) => (None, true),
        Some((_, Opened::Closed)) | None => (None, false),
    };
    Ok(FeedbackSummary {
        id: row.id.to_string(),
        touchpoint: row.touchpoint.to_string(),
        score: row.score,
        reason: row.reason.map(|r| r.to_string()),
        comment,
        customer,
        forgotten,
        person: people::name(db, row.person)?,
        at_ms: row.at_ms,
        state: CaptureState::of_entry(db, &row.entry)?,
    })
}
