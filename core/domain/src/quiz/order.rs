//! The order in which an attempt shows its questions and choices: by a hash of the attempt's id, so that it is
//! the same after a restart, on another phone, in the console, and another one for the next attempt.

use super::{Quiz, Shuffle, is_question};
use crate::form::item::Choice;
use crate::form::{Item, ItemKind, Section};
use crate::{CaptureId, Slug};

impl Quiz {
    /// The items of a section in the order of this attempt. What is only to be read keeps its place.
    pub fn items_of<'q>(&self, attempt: CaptureId, section: &'q Section) -> Vec<&'q Item> {
        let mut items: Vec<&Item> = section.items.iter().collect();
        if matches!(self.shuffle, Shuffle::Questions | Shuffle::Both) {
            let mut questions: Vec<&Item> = items.iter().copied().filter(|i| is_question(i)).collect();
            questions.sort_by_key(|i| place(attempt, &[&i.slug]));
            let mut next = questions.into_iter();
            for item in items.iter_mut().filter(|i| is_question(i)) {
                *item = next.next().unwrap_or(item);
            }
        }
        items
    }

    /// The choices of a question in the order of this attempt; steps that are to be put into their order always in another.
    pub fn choices_of<'q>(&self, attempt: CaptureId, item: &'q Item) -> Vec<&'q Choice> {
        let mut choices: Vec<&Choice> = item.kind.answers().choices().iter().collect();
        let order = matches!(item.kind, ItemKind::Order(_));
        if order || matches!(self.shuffle, Shuffle::Choices | Shuffle::Both) {
            choices.sort_by_key(|c| place(attempt, &[&item.slug, &c.slug]));
        }
        // What is to be put into its order is never shown in it.
        if order && choices.iter().copied().eq(item.kind.answers().choices()) {
            choices.rotate_left(1);
        }
        choices
    }
}

/// Where something stands: as random as a hash, and the same for the same names.
fn place(attempt: CaptureId, names: &[&Slug]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("frontline 2026 quiz order");
    hasher.update(attempt.as_bytes());
    for name in names {
        hasher.update(name.as_str().as_bytes()).update(&[0]);
    }
    *hasher.finalize().as_bytes()
}
