//! Photos and notes beside an answer: each a register of its own, so that two people who add one at once both do.

use frontline_domain::CaptureId;
use frontline_domain::document::AnswerKey;
use frontline_domain::form::Value;

use super::Procedures;
use super::answer::{How, demand, key, writable, write};
use crate::blobs::attach::attach;
use crate::error::{Error, Fault};
use crate::services::shown;

/// A photo for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceDraft {
    pub run: String,
    /// As an answer names it.
    pub item: String,
    /// What adding it gave.
    pub photo: String,
}

/// Words beside an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteDraft {
    pub run: String,
    /// As an answer names it.
    pub item: String,
    pub text: String,
}

/// Notes that one answer may have beside it.
const NOTES: usize = 20;

impl Procedures<'_> {
    /// Writes a note beside an answer, or before there is one; gives the id that taking it back names it by.
    pub fn note(&self, draft: NoteDraft) -> Result<String, Error> {
        self.0.capture(|pen| {
            let opened = writable(pen, &draft.run)?;
            let (answer, item) = key(&opened, &draft.item)?;
            demand(pen, &opened, item)?;
            let value = Value::Text(draft.text.trim().to_owned());
            item.check_evidence(&value).map_err(|p| Fault::answer(&draft.item, p))?;
            if value.is_empty() {
                return Err(Fault::invalid("text", "empty", "a note says something; to be rid of one, take it back"));
            }
            let there = opened.run.evidence();
            if there.iter().filter(|s| s.key.item == answer.item && s.key.instance == answer.instance && s.is_note()).count() >= NOTES {
                return Err(Fault::invalid(
                    "text",
                    "notes-max",
                    format!("at most {NOTES} notes stand beside an answer; take one back first"),
                ));
            }
            let intent = pen.id();
            let seen = opened.run.heads();
            write(pen, opened, AnswerKey { evidence: Some(intent), ..answer }, intent, value, How::Given, seen)
        })
    }

    /// Adds a photo to an answer, or before there is one; gives the id that taking it back names it by.
    pub fn attach(&self, draft: EvidenceDraft) -> Result<String, Error> {
        self.0.capture(|pen| {
            let opened = writable(pen, &draft.run)?;
            let (answer, item) = key(&opened, &draft.item)?;
            demand(pen, &opened, item)?;
            let value = Value::Photos(vec![shown::id("photo", &draft.photo)?]);
            item.check_evidence(&value).map_err(|p| Fault::answer(&draft.item, p))?;
            let there = opened.run.evidence();
            let beside = there.iter().filter(|s| s.key.item == answer.item && s.key.instance == answer.instance);
            let mut photos: Vec<_> = beside.filter_map(|s| s.answers.first()?.value.blobs().first().copied()).collect();
            photos.extend_from_slice(value.blobs());
            let rule = item.photos_beside();
            if let Some(rule) = &rule {
                rule.check(&photos).map_err(|p| Fault::answer(&draft.item, p))?;
            }
            attach(pen, (opened.id, opened.scope), &answer, value.blobs(), rule.as_ref(), "photo")?;
            let intent = pen.id();
            let seen = opened.run.heads();
            write(pen, opened, AnswerKey { evidence: Some(intent), ..answer }, intent, value, How::Given, seen)
        })
    }

    /// Takes a photo or a note back from an answer; it stays in the history.
    pub fn detach(&self, run: &str, item: &str, id: &str) -> Result<(), Error> {
        self.0.capture(|pen| {
            let opened = writable(pen, run)?;
            let (answer, item) = key(&opened, item)?;
            demand(pen, &opened, item)?;
            let id: CaptureId = shown::id("id", id)?;
            let key = AnswerKey { evidence: Some(id), ..answer };
            let there = opened.run.evidence();
            let Some(piece) = there.iter().find(|s| s.key == key) else {
                return Err(Fault::not_found("photo or note with this id beside this answer"));
            };
            let nothing = if piece.is_note() { Value::nothing() } else { Value::Photos(Vec::new()) };
            let intent = pen.id();
            let seen = opened.run.heads();
            write(pen, opened, key, intent, nothing, How::Given, seen).map(drop)
        })
    }
}
