//! A form as its expressions see it: which names there are, and of what type their answers are.

use std::collections::BTreeMap;

use super::compile::{Declared, Scope};
use super::kind::Kind;
use crate::Slug;
use crate::form::{Form, Item};

/// The names of a form.
#[derive(Debug)]
pub struct Names<'a> {
    declared: BTreeMap<&'a Slug, Declared>,
    order: Vec<&'a Slug>,
    /// Of each section whether it repeats.
    repeats: Vec<bool>,
}

impl<'a> Names<'a> {
    pub fn of(form: &'a Form) -> Self {
        let repeats: Vec<bool> = form.sections.iter().map(|s| s.repeat.is_some()).collect();
        let (mut declared, mut order) = (BTreeMap::new(), Vec::new());
        for (section, of) in (0u16..).zip(&form.sections) {
            for item in &of.items {
                let index = u32::try_from(order.len()).unwrap_or(u32::MAX);
                // Of two with one name the first is meant: publishing refuses the second.
                declared.entry(&item.slug).or_insert(Declared { index, kind: kind(item), repeats: of.repeat.map(|_| section) });
                order.push(&item.slug);
            }
        }
        Self { declared, order, repeats }
    }

    /// What a calculated item comes to, once that is known.
    pub fn set_kind(&mut self, slug: &Slug, kind: Kind) {
        if let Some(one) = self.declared.get_mut(slug) {
            one.kind = kind;
        }
    }

    /// For an expression of the item or section that stands in this section, by its place in the form; for one of the
    /// whole form without.
    pub fn within(&self, section: Option<u16>) -> InForm<'_> {
        InForm { names: self, section: section.filter(|n| self.repeats.get(usize::from(*n)) == Some(&true)) }
    }

    /// The number of an item.
    pub fn number(&self, slug: &Slug) -> Option<u32> {
        self.declared.get(slug).map(|one| one.index)
    }
}

/// A form, and in which of its repeating sections an expression stands.
#[derive(Debug, Clone, Copy)]
pub struct InForm<'a> {
    names: &'a Names<'a>,
    section: Option<u16>,
}

impl Scope for InForm<'_> {
    fn item(&self, slug: &Slug) -> Option<Declared> {
        self.names.declared.get(slug).cloned()
    }
    fn names(&self) -> Vec<String> {
        self.names.order.iter().map(ToString::to_string).collect()
    }
    fn within(&self) -> Option<u16> {
        self.section
    }
}

/// The type of the answers to an item.
pub fn kind(item: &Item) -> Kind {
    item.kind.answers().kind()
}

#[cfg(test)]
mod tests {
    use super::super::{Found, compile, parse};
    use super::*;
    use crate::Text;
    use crate::form::{ItemKind, Section};

    fn text(words: &str) -> Text {
        Text::plain("en".parse().expect("a language"), words)
    }
    fn item(slug: &str, kind: ItemKind) -> Item {
        Item {
            slug: slug.parse().expect("a slug"),
            kind,
            label: text(slug),
            help: None,
            required: false,
            na: Default::default(),
            visible_if: None,
            constraint: None,
            default: None,
            calculate: None,
            weight: 0,
            critical: false,
            evidence: None,
            answer_key: None,
            reference: None,
            rules: vec![],
        }
    }
    fn section(slug: &str, repeat: Option<u16>, items: Vec<Item>) -> Section {
        Section {
            asked_of: None,
            slug: slug.parse().expect("a slug"),
            label: text(slug),
            help: None,
            visible_if: None,
            weight: 1,
            repeat,
            items,
        }
    }

    #[test]
    fn an_item_that_repeats_is_one_in_its_own_section_and_all_from_elsewhere() {
        let fridges =
            section("fridges", Some(9), vec![item("temp", ItemKind::Number(Default::default())), item("clean", ItemKind::Boolean)]);
        let form = Form { pass_mark: None, sections: vec![section("start", None, vec![item("door", ItemKind::Boolean)]), fridges] };
        let tried = |words: &str, section| {
            compile(&parse(words).expect("an expression"), &Names::of(&form).within(section), None).map(|p| p.reads())
        };
        assert_eq!(tried("door and temp > 5", Some(1)).expect("it fits").items, [0, 1].into());
        let all = tried("door and any(temp > 5)", Some(0)).expect("it fits");
        assert_eq!((all.items, all.sections), ([0, 1].into(), [1].into()));
        assert_eq!(tried("door and temp > 5", Some(0)).expect_err("which of them").found, Found::Repeats);
        assert_eq!(tried("temp > 5", None).expect_err("which of them").found, Found::Repeats);
        let near = tried("dor", None).expect_err("no such item");
        assert!(near.message.contains("did you mean ‘door’"), "{near}");
    }
}
