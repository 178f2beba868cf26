//! What a new version of a form changes, item by item: a run or an attempt may be open on the old one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Form, Item, ItemKind, Section};
use crate::form::item::Choice;
use crate::{Slug, Text};

/// What became of one item or section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Added,
    Gone,
    /// It means another thing: what answers it takes, when it is there, what follows from it, what it is worth.
    Meaning,
    /// It stands elsewhere in the form.
    Moved,
    /// It says the same in other words.
    Wording,
}

/// One item or section that is not as it was. Of one that changed in more than one way, the first of [`What`]'s order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub slug: Slug,
    /// Else it is an item.
    pub is_section: bool,
    pub what: What,
}

/// All that changed from `old` to `new`, in the order of the new form; what is gone comes last, in that of the old one.
pub fn between(old: &Form, new: &Form) -> Vec<Change> {
    let mut out = Vec::new();
    let (old_items, new_items) = (by_slug(old), by_slug(new));
    let moved = moved(old, new);
    for section in &new.sections {
        let before = old.sections.iter().find(|s| s.slug == section.slug);
        out.extend(before.map_or(Some(What::Added), |before| of_section(before, section)).map(|what| change(&section.slug, true, what)));
        for item in &section.items {
            let what = match old_items.get(&item.slug) {
                None => Some(What::Added),
                Some(before) if meaning(before) != meaning(item) => Some(What::Meaning),
                Some(_) if moved.contains(&item.slug) => Some(What::Moved),
                Some(before) if *before != item => Some(What::Wording),
                Some(_) => None,
            };
            out.extend(what.map(|what| change(&item.slug, false, what)));
        }
    }
    for section in &old.sections {
        if !new.sections.iter().any(|s| s.slug == section.slug) {
            out.push(change(&section.slug, true, What::Gone));
        }
        out.extend(
            section.items.iter().filter(|item| !new_items.contains_key(&item.slug)).map(|item| change(&item.slug, false, What::Gone)),
        );
    }
    out
}

fn change(slug: &Slug, is_section: bool, what: What) -> Change {
    Change { slug: slug.clone(), is_section, what }
}

fn by_slug(form: &Form) -> BTreeMap<&Slug, &Item> {
    form.items().map(|item| (&item.slug, item)).collect()
}

/// The items that stand elsewhere: in another section, or not in the longest run of those that kept their order. What was
/// put between two moves neither of them.
fn moved<'a>(old: &'a Form, new: &'a Form) -> BTreeSet<&'a Slug> {
    let places: BTreeMap<&Slug, (usize, &Slug)> =
        old.sections.iter().flat_map(|s| s.items.iter().map(|i| (&i.slug, &s.slug))).enumerate().map(|(n, (i, s))| (i, (n, s))).collect();
    let (mut out, mut kept) = (BTreeSet::new(), Vec::new());
    for (section, item) in new.sections.iter().flat_map(|s| s.items.iter().map(|i| (&s.slug, &i.slug))) {
        match places.get(item) {
            Some((n, before)) if *before == section => kept.push((*n, item)),
            Some(_) => drop(out.insert(item)),
            None => {}
        }
    }
    let stay = longest(&kept.iter().map(|(n, _)| *n).collect::<Vec<_>>());
    out.extend(kept.iter().zip(stay).filter(|(_, stays)| !stays).map(|((_, item), _)| *item));
    out
}

/// Which of these belong to a longest ascending run of them (patience sorting).
fn longest(of: &[usize]) -> Vec<bool> {
    // The last of the best run of each length so far, and before whom each stands in its own.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, n) in of.iter().enumerate() {
        let length = ends.partition_point(|end| of[*end] < *n);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let (mut out, mut at) = (vec![false; of.len()], ends.last().copied());
    while let Some(one) = at {
        out[one] = true;
        at = before[one];
    }
    out
}

fn of_section(old: &Section, new: &Section) -> Option<What> {
    if (&old.visible_if, old.asked_of, old.weight, old.repeat) != (&new.visible_if, new.asked_of, new.weight, new.repeat) {
        return Some(What::Meaning);
    }
    ((&old.label, &old.help) != (&new.label, &new.help)).then_some(What::Wording)
}

/// An item without its words: what of it an answer, a score or a rule depends on.
fn meaning(item: &Item) -> Item {
    let nothing = || Text { source: item.label.source.clone(), by: Default::default(), of: Default::default() };
    let mut out = item.clone();
    (out.label, out.help, out.reference) = (nothing(), None, None);
    let wordless = |choices: &mut Vec<Choice>| choices.iter_mut().for_each(|c| c.label = nothing());
    match &mut out.kind {
        ItemKind::Choice(one) => wordless(&mut one.0),
        ItemKind::MultiChoice(several) => wordless(&mut several.0),
        ItemKind::Rank(rank) => wordless(&mut rank.0),
        ItemKind::Order(order) => wordless(&mut order.0),
        ItemKind::Likert(grid) => {
            wordless(&mut grid.rows);
            wordless(&mut grid.columns);
        }
        ItemKind::Match(pairs) => {
            wordless(&mut pairs.left);
            wordless(&mut pairs.right);
        }
        _ => {}
    }
    if let Some((_, message)) = &mut out.constraint {
        *message = nothing();
    }
    if let Some(key) = &mut out.answer_key {
        key.why = None;
    }
    for then in out.rules.iter_mut().flat_map(|rule| &mut rule.then) {
        match then {
            super::Then::Action(action) => action.title = nothing(),
            super::Then::Notify(notice) => notice.message = nothing(),
            super::Then::EndRun(why) => *why = nothing(),
            _ => {}
        }
    }
    out
}

impl What {
    /// What stands before the items that it happened to.
    pub fn words(self) -> &'static str {
        match self {
            Self::Added => "new",
            Self::Gone => "gone",
            Self::Meaning => "changed in meaning",
            Self::Moved => "moved",
            Self::Wording => "worded anew",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::response::tests::{check, item, number, section, shown_if, text};

    fn found(old: Vec<Section>, new: Vec<Section>) -> Vec<(String, What)> {
        let form = |sections| Form { sections, pass_mark: None };
        between(&form(old), &form(new)).into_iter().map(|c| (c.slug.to_string(), c.what)).collect()
    }
    fn named(list: &[(&str, What)]) -> Vec<(String, What)> {
        list.iter().map(|(slug, what)| ((*slug).to_owned(), *what)).collect()
    }

    #[test]
    fn each_item_is_told_by_what_became_of_it() {
        let old = || vec![section("all", None, vec![number("a"), number("b"), check("c", 2), number("d"), item("e", ItemKind::Text)])];
        assert_eq!(found(old(), old()), []);
        let worded = Item { label: text("How warm?"), ..number("a") };
        let new =
            vec![section("all", None, vec![worded, item("b", ItemKind::Text), number("x"), check("c", 3), shown_if("a > 1", number("d"))])];
        let wanted =
            [("a", What::Wording), ("b", What::Meaning), ("x", What::Added), ("c", What::Meaning), ("d", What::Meaning), ("e", What::Gone)];
        assert_eq!(found(old(), new), named(&wanted));
    }

    #[test]
    fn what_was_put_between_two_moves_neither_and_another_section_does() {
        let old = || vec![section("one", None, vec![number("a"), number("b")]), section("two", None, vec![number("c")])];
        let between = vec![section("one", None, vec![number("a"), number("x"), number("b")]), section("two", None, vec![number("c")])];
        assert_eq!(found(old(), between), named(&[("x", What::Added)]));
        let moved = vec![section("one", None, vec![number("b")]), section("two", Some(3), vec![number("a"), number("c")])];
        assert_eq!(found(old(), moved), named(&[("two", What::Meaning), ("a", What::Moved)]));
        let order = |list: [&str; 5]| vec![section("one", None, list.map(number).to_vec())];
        assert_eq!(found(order(["a", "b", "c", "d", "e"]), order(["b", "c", "d", "a", "e"])), named(&[("a", What::Moved)]));
    }
}
