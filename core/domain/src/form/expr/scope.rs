//! A form as its expressions see it: which names there are, and of what type their answers are.

use super::compile::{Declared, Scope};
use super::kind::Kind;
use crate::Slug;
use crate::form::{Form, Item};

/// A form, and in which of its sections an expression stands.
#[derive(Debug, Clone, Copy)]
pub struct InForm<'a> {
    form: &'a Form,
    section: Option<u16>,
}

impl<'a> InForm<'a> {
    /// For an expression of the item or section that stands in this section, by its place in the form; for one of the
    /// whole form without.
    pub fn of(form: &'a Form, section: Option<u16>) -> Self {
        Self { form, section }
    }

    fn items(&self) -> impl Iterator<Item = (u16, bool, &'a Item)> {
        (0u16..).zip(&self.form.sections).flat_map(|(n, section)| section.items.iter().map(move |item| (n, section.repeat.is_some(), item)))
    }
}

impl Scope for InForm<'_> {
    fn item(&self, slug: &Slug) -> Option<Declared> {
        let (index, (section, repeats, item)) = (0u32..).zip(self.items()).find(|(_, (_, _, item))| item.slug == *slug)?;
        Some(Declared { index, kind: kind(item), repeats: repeats.then_some(section) })
    }
    fn names(&self) -> Vec<String> {
        self.items().map(|(_, _, item)| item.slug.to_string()).collect()
    }
    fn within(&self) -> Option<u16> {
        let repeats = |n: &u16| self.form.sections.get(usize::from(*n)).is_some_and(|section| section.repeat.is_some());
        self.section.filter(repeats)
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
            rules: vec![],
        }
    }
    fn section(slug: &str, repeat: Option<u16>, items: Vec<Item>) -> Section {
        Section { slug: slug.parse().expect("a slug"), label: text(slug), help: None, repeat, items }
    }

    #[test]
    fn an_item_that_repeats_is_one_in_its_own_section_and_all_from_elsewhere() {
        let fridges =
            section("fridges", Some(9), vec![item("temp", ItemKind::Number(Default::default())), item("clean", ItemKind::Boolean)]);
        let form = Form { sections: vec![section("start", None, vec![item("door", ItemKind::Boolean)]), fridges] };
        let tried =
            |words: &str, section| compile(&parse(words).expect("an expression"), &InForm::of(&form, section), None).map(|p| p.reads());
        assert_eq!(tried("door and temp > 5", Some(1)).expect("it fits").items, [0, 1].into());
        let all = tried("door and any(temp > 5)", Some(0)).expect("it fits");
        assert_eq!((all.items, all.sections), ([0, 1].into(), [1].into()));
        assert_eq!(tried("door and temp > 5", Some(0)).expect_err("which of them").found, Found::Repeats);
        assert_eq!(tried("temp > 5", None).expect_err("which of them").found, Found::Repeats);
        let near = tried("dor", None).expect_err("no such item");
        assert!(near.message.contains("did you mean ‘door’"), "{near}");
    }
}
