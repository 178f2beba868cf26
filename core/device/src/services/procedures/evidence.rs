//! Photos, notes and recordings beside an answer: each a register of its own, so that two people who add one at once both do.

use frontline_domain::document::{AnswerKey, Standing};
use frontline_domain::form::{Value, limits};
use frontline_domain::{BlobHash, CaptureId};

use super::Procedures;
use super::answer::{How, demand, key, of, writable, write};
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

/// A recording for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundBesideDraft {
    pub run: String,
    /// As an answer names it.
    pub item: String,
    /// What adding it gave.
    pub sound: String,
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

/// The pieces beside one answer.
fn beside<'a>(there: &'a [Standing], answer: &AnswerKey) -> impl Iterator<Item = &'a Standing> {
    there.iter().filter(move |s| s.key.item == answer.item && s.key.instance == answer.instance)
}

/// The files that some of them name.
fn named<'a>(pieces: impl Iterator<Item = &'a Standing>) -> Vec<BlobHash> {
    pieces.filter_map(|s| s.answers.first()?.value.blobs().first().copied()).collect()
}

impl Procedures<'_> {
    /// Writes a note beside an answer, or before there is one; gives the id that taking it back names it by.
    pub fn note(&self, draft: NoteDraft) -> Result<String, Error> {
        self.0.append(|pen| {
            let opened = writable(pen, &draft.run)?;
            let (answer, item) = key(&opened.plan, &draft.item)?;
            demand(pen, &opened, item)?;
            let value = Value::Text(draft.text.trim().to_owned());
            item.check_evidence(&value).map_err(|p| Fault::answer(&draft.item, p))?;
            if value.is_empty() {
                return Err(Fault::invalid("text", "empty", "a note says something; to be rid of one, take it back"));
            }
            let there = opened.run.evidence();
            if beside(&there, &answer).filter(|s| s.is_note()).count() >= NOTES {
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
            let (answer, item) = key(&opened.plan, &draft.item)?;
            demand(pen, &opened, item)?;
            let value = Value::Photos(vec![shown::id("photo", &draft.photo)?]);
            item.check_evidence(&value).map_err(|p| Fault::answer(&draft.item, p))?;
            let there = opened.run.evidence();
            let mut photos = named(beside(&there, &answer).filter(|s| !s.is_sound()));
            photos.extend_from_slice(value.blobs());
            let rule = item.photos_beside();
            if let Some(rule) = &rule {
                rule.check(&photos).map_err(|p| Fault::answer(&draft.item, p))?;
            }
            attach(pen, (&of(&opened, &answer), opened.scope), &value, rule.as_ref(), "photo")?;
            let intent = pen.id();
            let seen = opened.run.heads();
            write(pen, opened, AnswerKey { evidence: Some(intent), ..answer }, intent, value, How::Given, seen)
        })
    }

    /// Adds a recording to an answer, or before there is one; gives the id that taking it back names it by.
    pub fn attach_sound(&self, draft: SoundBesideDraft) -> Result<String, Error> {
        self.0.capture(|pen| {
            let opened = writable(pen, &draft.run)?;
            let (answer, item) = key(&opened.plan, &draft.item)?;
            demand(pen, &opened, item)?;
            let value = Value::Files(vec![shown::id("sound", &draft.sound)?]);
            item.check_evidence(&value).map_err(|p| Fault::answer(&draft.item, p))?;
            let there = opened.run.evidence();
            let sounds = named(beside(&there, &answer).filter(|s| s.is_sound()));
            if sounds.len() >= usize::from(limits::SOUNDS) {
                let message = format!("at most {} recordings stand beside an answer; take one back first", limits::SOUNDS);
                return Err(Fault::invalid("sound", "sounds-max", message));
            }
            if value.blobs().iter().any(|one| sounds.contains(one)) {
                return Err(Fault::invalid("sound", "sounds-twice", "this recording stands beside the answer already"));
            }
            attach(pen, (&of(&opened, &answer), opened.scope), &value, None, "sound")?;
            let intent = pen.id();
            let seen = opened.run.heads();
            write(pen, opened, AnswerKey { evidence: Some(intent), ..answer }, intent, value, How::Given, seen)
        })
    }

    /// Takes a photo, a note or a recording back from an answer; it stays in the history.
    pub fn detach(&self, run: &str, item: &str, id: &str) -> Result<(), Error> {
        self.0.append(|pen| {
            let opened = writable(pen, run)?;
            let (answer, item) = key(&opened.plan, item)?;
            demand(pen, &opened, item)?;
            let id: CaptureId = shown::id("id", id)?;
            let key = AnswerKey { evidence: Some(id), ..answer };
            let there = opened.run.evidence();
            let Some(piece) = there.iter().find(|s| s.key == key) else {
                return Err(Fault::not_found("photo, note or recording with this id beside this answer"));
            };
            let nothing = match piece {
                note if note.is_note() => Value::nothing(),
                sound if sound.is_sound() => Value::Files(Vec::new()),
                _ => Value::Photos(Vec::new()),
            };
            let intent = pen.id();
            let seen = opened.run.heads();
            write(pen, opened, key, intent, nothing, How::Given, seen).map(drop)
        })
    }
}
