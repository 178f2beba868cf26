//! What does not change of a screen while a form is filled.

use serde::Serialize;

use super::View;
use super::now::{FormNow, ItemNow, SectionNow};
use crate::form::item::{Choice, Control};
use crate::form::response::At;
use crate::form::{Item, ItemKind, NaRule};
use crate::text::Dir;

/// A text as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Read {
    pub text: String,
    pub lang: String,
    pub dir: Dir,
}

/// A form, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormScreen {
    pub sections: Vec<SectionScreen>,
    pub form: FormNow,
}

/// A section, once for each of its instances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionScreen {
    pub slug: String,
    pub instance: u16,
    /// How often it may be there.
    pub repeat: u16,
    pub label: Read,
    pub help: Option<Read>,
    pub items: Vec<ItemScreen>,
    /// Of all its instances together.
    pub now: SectionNow,
}

/// An item of one instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemScreen {
    /// What an answer names it by: `fridge-temp`, `fridge-temp/2`.
    pub id: String,
    pub kind: &'static str,
    pub control: Control,
    pub label: Read,
    pub help: Option<Read>,
    /// `no`, `yes` or `with-reason`.
    pub na: NaRule,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Digits behind the point at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceScreen>,
    /// Of a grid: what each row is about; `choices` are its columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<ChoiceScreen>,
    /// How many pictures it takes at most, as its answer or beside it; 0: none.
    pub photos_max: u8,
    /// They are taken at that moment, not from an album.
    pub live_camera_only: bool,
    /// What a screen reader says of its control, after the label.
    pub spoken: String,
    pub now: ItemNow,
}

/// A listed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceScreen {
    pub slug: String,
    pub label: Read,
}

impl View<'_> {
    pub(super) fn section(&self, n: u16, instance: u16) -> SectionScreen {
        let plan = self.response.plan();
        let first = plan.sections.get(usize::from(n)).map_or(0, |s| s.first);
        let of = plan.section(n);
        SectionScreen {
            slug: of.map(|s| s.slug.to_string()).unwrap_or_default(),
            instance,
            repeat: plan.repeats(n),
            label: of.map(|s| self.read(&s.label)).unwrap_or_else(|| self.nothing()),
            help: of.and_then(|s| s.help.as_ref()).map(|help| self.read(help)),
            items: (first..)
                .zip(of.into_iter().flat_map(|s| &s.items))
                .map(|(item, of)| self.item_screen(At { item, instance }, of))
                .collect(),
            now: self.section_now(n),
        }
    }

    fn nothing(&self) -> Read {
        Read { text: String::new(), lang: self.language.to_string(), dir: self.language.dir() }
    }

    fn item_screen(&self, at: At, item: &Item) -> ItemScreen {
        let answers = item.kind.answers();
        let number = answers.numbers();
        let photos = if let ItemKind::Photo(rule) = &item.kind { Some(rule) } else { item.evidence.as_ref() };
        let choices = |all: &[Choice]| all.iter().map(|c| ChoiceScreen { slug: c.slug.to_string(), label: self.read(&c.label) }).collect();
        ItemScreen {
            id: self.id(at),
            kind: answers.name(),
            control: answers.control(),
            label: self.read(&item.label),
            help: item.help.as_ref().map(|help| self.read(help)),
            na: item.na,
            unit: number.and_then(|n| n.unit.clone()),
            min: number.and_then(|n| n.min).map(|n| n.to_string()),
            max: match &item.kind {
                ItemKind::Rating(rating) => Some(rating.max.to_string()),
                _ => number.and_then(|n| n.max).map(|n| n.to_string()),
            },
            decimals: number.map(|n| n.decimals),
            choices: choices(answers.choices()),
            rows: choices(answers.rows()),
            photos_max: photos.map_or(0, |rule| rule.photos_max),
            live_camera_only: photos.is_some_and(|rule| rule.live_camera_only),
            spoken: answers.spoken(self.speech),
            now: self.item_now(at),
        }
    }
}
