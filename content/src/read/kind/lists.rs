//! Kinds of listed answers.

use frontline_domain::form::item::{Choice, FillIn, Likert, Lookup, Match, One, Order, Rank, Several};
use frontline_domain::form::limits;

use crate::bundle::Part;
use crate::read::fields::Fields;
use crate::read::names::Seen;
use crate::read::reasons::{every, named};

pub fn choice(fields: &Fields<'_, '_>) -> Option<One> {
    scored(fields).map(One)
}
pub fn several(fields: &Fields<'_, '_>) -> Option<Several> {
    scored(fields).map(Several)
}

/// Choices, each with its points where it has some.
fn scored(fields: &Fields<'_, '_>) -> Option<Vec<Choice>> {
    let (page, mut seen) = (fields.page, Seen::default());
    every(Some(fields.need_list("choices", limits::CHOICES)?), |node| {
        let fields = Fields::of(page, node, "a choice")?;
        let (slug, label) = (fields.need_slug("slug"), fields.label("label"));
        let points = match fields.get("points") {
            Some(_) => fields.number("points", 0..=i64::from(limits::POINTS)).map(Some),
            None => Some(None),
        };
        fields.end();
        let (at, slug) = slug?;
        seen.take(page, at, &slug, "a choice").then_some(Choice { slug, label: label?, points: points? })
    })
}
/// The list that its rows are of; what they are chosen by are expressions, which are read with the form's others.
pub fn lookup(fields: &Fields<'_, '_>) -> Option<Lookup> {
    // What it is called by is asked for here, so that it is not misplaced.
    let _ = fields.get("where");
    let (at, list) = fields.need_slug("list")?;
    fields.page.names.refer(fields.page, at, Part::List, &list);
    Some(Lookup { list, filters: Vec::new() })
}

pub fn rank(fields: &Fields<'_, '_>) -> Option<Rank> {
    some(fields, "choices").map(Rank)
}
pub fn order(fields: &Fields<'_, '_>) -> Option<Order> {
    some(fields, "choices").map(Order)
}

pub fn likert(fields: &Fields<'_, '_>) -> Option<Likert> {
    let (rows, columns) = (list(fields, "rows", "a row", limits::ROWS), list(fields, "columns", "a column", limits::COLUMNS));
    Some(Likert { rows: rows?, columns: columns? })
}

pub fn pairs(fields: &Fields<'_, '_>) -> Option<Match> {
    let (left, right) = (list(fields, "left", "an entry", limits::ROWS), list(fields, "right", "an entry", limits::ROWS));
    let (left, right) = (left?, right?);
    if right.len() < left.len() {
        let at = fields.get("right").map_or(fields.at, |node| node.at);
        let message = format!("each on the left has one on the right: {} are too few for {}", right.len(), left.len());
        return fields.page.nothing(at, message);
    }
    Some(Match { left, right })
}

pub fn fill_in(fields: &Fields<'_, '_>) -> Option<FillIn> {
    let gaps = if fields.get("gaps").is_some() { fields.number("gaps", 1..=20) } else { Some(1) };
    gaps.map(|gaps| FillIn { gaps })
}

/// At least two: one alone is in order as it is.
fn some(fields: &Fields<'_, '_>, key: &'static str) -> Option<Vec<Choice>> {
    let read = list(fields, key, "a choice", limits::ROWS)?;
    if read.len() < 2 {
        let at = fields.get(key).map_or(fields.at, |node| node.at);
        return fields.page.nothing(at, format!("‘{key}’ needs at least two to be put into an order"));
    }
    Some(read)
}

fn list(fields: &Fields<'_, '_>, key: &'static str, what: &str, most: usize) -> Option<Vec<Choice>> {
    let list = fields.need_list(key, most)?;
    let read = named(fields.page, list, what, &mut Seen::default())?;
    Some(read.into_iter().map(|n| Choice::new(n.slug, n.label)).collect())
}
