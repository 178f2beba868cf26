//! What a shell draws of a form: decided here, once for all shells.
//!
//! A screen is drawn whole once ([`View::screen`]); after each answer only what changed of it is sent ([`View::patch`]).
//! What never changes (labels, choices, which control) is in the records of [`fixed`], what does in those of [`now`].

pub mod fixed;
pub mod now;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub use fixed::{ChoiceScreen, FormScreen, ItemScreen, Read, SectionScreen};
pub use now::{FormNow, ItemNow, ScoreNow, SectionNow};

use super::response::{At, Changes, Response};
use super::speech::Speech;
use crate::{Lang, Text};

/// Who looks at a form, and whether they may answer.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub response: &'a Response,
    pub speech: &'a dyn Speech,
    pub language: &'a Lang,
    /// The organisation's, for texts that are not in theirs.
    pub languages: &'a [Lang],
    /// Why nothing can be answered, in words; none where it can.
    pub locked: Option<&'a str>,
}

/// What an answer changed of a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormPatch {
    /// By the item's id.
    pub items: Vec<(String, ItemNow)>,
    pub sections: Vec<SectionNow>,
    /// Instances that are there from now on, whole.
    pub grown: Vec<SectionScreen>,
    pub form: FormNow,
}

impl View<'_> {
    /// All of it.
    pub fn screen(&self) -> FormScreen {
        let plan = self.response.plan();
        let sections = (0u16..)
            .zip(&plan.form().sections)
            .flat_map(|(n, _)| (0..self.response.instances(n)).map(move |instance| (n, instance)))
            .map(|(n, instance)| self.section(n, instance))
            .collect();
        FormScreen { sections, form: self.form_now(None) }
    }

    /// What changed, and where to go on after `here`.
    pub fn patch(&self, changes: &Changes, here: Option<At>) -> FormPatch {
        let section_of = |at: &At| self.response.plan().section_of(at.item);
        let is_new = |at: &At| changes.grown.get(&section_of(at)).is_some_and(|first| at.instance >= *first);
        let items = changes.items.iter().filter(|at| !is_new(at)).map(|at| (self.id(*at), self.item_now(*at))).collect();
        let new = changes.grown.iter().flat_map(|(n, first)| (*first..self.response.instances(*n)).map(|instance| (*n, instance)));
        let grown = new.map(|(n, instance)| self.section(n, instance)).collect();
        FormPatch { items, grown, sections: changes.sections.iter().map(|n| self.section_now(*n)).collect(), form: self.form_now(here) }
    }

    /// One item as it stands.
    pub fn item(&self, at: At) -> ItemNow {
        self.item_now(at)
    }

    /// A section as it stands, all its instances together; by its place in the form.
    pub fn section_state(&self, n: u16) -> SectionNow {
        self.section_now(n)
    }

    /// The form as it stands.
    pub fn form(&self) -> FormNow {
        self.form_now(None)
    }

    /// What answers name an item by: `fridge-temp`, `fridge-temp/2`.
    pub fn id(&self, at: At) -> String {
        let slug = self.response.plan().item(at.item).map_or("", |item| item.slug.as_str());
        if at.instance == 0 { slug.to_owned() } else { format!("{slug}/{}", at.instance) }
    }

    fn read(&self, text: &Text) -> Read {
        let resolved = text.resolve(self.language, self.languages);
        Read { text: resolved.text.to_owned(), lang: resolved.lang.to_string(), dir: resolved.dir }
    }
}
