//! The kinds of items, and the keys that each takes.

use frontline_domain::form::item::{Choice, NumberRule};
use frontline_domain::form::{Decimal, ItemKind, limits};

use super::fields::{Fields, decimal};
use super::names::Seen;
use super::reasons::named;
use crate::finding::At;
use crate::near::{did_you_mean, shown};
use crate::yaml::Node;

/// The kinds that can be published.
pub const KINDS: [&str; 12] =
    ["note", "text", "long-text", "number", "boolean", "pass-fail", "choice", "multi-choice", "rating", "date", "time", "csat"];
/// The kinds of the model that come with the form engine.
const LATER: [&str; 30] = [
    "temperature",
    "currency",
    "percent",
    "slider",
    "counter",
    "rank",
    "likert",
    "matrix",
    "match",
    "order",
    "fill-in",
    "hotspot",
    "date-time",
    "duration",
    "photo",
    "video",
    "audio",
    "file",
    "signature",
    "sketch",
    "barcode",
    "location",
    "person",
    "site",
    "asset",
    "acknowledge",
    "csat4",
    "nps",
    "ces",
    "calculated",
];
/// Keys that belong to some kinds only.
const OWN: [(&str, &str); 7] = [
    ("unit", "a number"),
    ("min", "a number"),
    ("max", "a number or a rating"),
    ("decimals", "a number"),
    ("target", "a number"),
    ("choices", "a choice or a multi-choice"),
    ("options", "nothing; the answers to choose from are its ‘choices’"),
];

/// Reads an item's kind with the keys that belong to it.
pub fn kind(fields: &Fields<'_, '_>) -> Option<ItemKind> {
    let page = fields.page;
    let (at, name) = fields.need_word("kind")?;
    let kind = match name {
        "note" => Some(ItemKind::Note),
        "text" => Some(ItemKind::Text),
        "long-text" => Some(ItemKind::LongText),
        "number" => number(fields).map(ItemKind::Number),
        "boolean" => Some(ItemKind::Boolean),
        "pass-fail" => Some(ItemKind::PassFail),
        "choice" => choices(fields).map(ItemKind::Choice),
        "multi-choice" => choices(fields).map(ItemKind::MultiChoice),
        "rating" => if fields.get("max").is_some() { fields.number("max", 2..=10) } else { Some(5) }.map(|max| ItemKind::Rating { max }),
        "date" => Some(ItemKind::Date),
        "time" => Some(ItemKind::Time),
        "csat" => Some(ItemKind::Csat),
        later if LATER.contains(&later) => {
            page.nothing(at, format!("the kind ‘{later}’ comes with a later version; now one of {} fits", KINDS.join(", ")))
        }
        other => {
            page.nothing(at, format!("{} is no kind of item{}; one of {} fits", shown(other), did_you_mean(other, KINDS), KINDS.join(", ")))
        }
    };
    // Of a kind that is not known, nobody can say which keys are its own.
    let known = KINDS.contains(&name);
    for (key, belongs) in OWN {
        if known {
            fields.misplaced(key, belongs);
        } else {
            fields.let_pass(key);
        }
    }
    kind
}

fn number(fields: &Fields<'_, '_>) -> Option<NumberRule> {
    let page = fields.page;
    let unit = match fields.word("unit") {
        Some((at, unit)) => Some(super::text::string(page, at, unit, "‘unit’", 20)?),
        None => None,
    };
    let (min, max) = (fields.decimal("min"), fields.decimal("max"));
    let decimals: Option<u8> = if fields.get("decimals").is_some() { fields.number("decimals", 0..=6) } else { Some(0) };
    let target = target(fields);
    if let (Some((_, min)), Some((at, max))) = (min, max)
        && max < min
    {
        page.say(at, format!("‘max’ is at least ‘min’, {min}"));
    }
    if let Some((at, (low, high))) = target {
        if high < low {
            page.say(at, "‘target’ goes from the lower number to the higher");
        } else if min.is_some_and(|(_, min)| low < min) || max.is_some_and(|(_, max)| high > max) {
            page.say(at, "‘target’ lies within ‘min’ and ‘max’: no answer outside of them can be given");
        }
    }
    let decimals = decimals?;
    for (key, bound) in [("min", min), ("max", max)] {
        if let Some((at, bound)) = bound
            && bound.scale() > decimals
        {
            page.say(at, format!("‘{key}’ has more digits behind the point than ‘decimals’, {decimals}"));
        }
    }
    Some(NumberRule { unit, min: min.map(|m| m.1), max: max.map(|m| m.1), decimals, target: target.map(|t| t.1) })
}

fn target(fields: &Fields<'_, '_>) -> Option<(At, (Decimal, Decimal))> {
    let page = fields.page;
    let node = fields.get("target")?;
    match page.list(node, "‘target’", 2)? {
        [low, high] => {
            let read = |node: &Node| decimal(page, node.at, page.scalar(node, "‘target’")?.trim(), "‘target’");
            Some((node.at, (read(low)?, read(high)?)))
        }
        _ => page.nothing(node.at, "‘target’ is two numbers, such as [1, 5]"),
    }
}

fn choices(fields: &Fields<'_, '_>) -> Option<Vec<Choice>> {
    let list = fields.need_list("choices", limits::CHOICES)?;
    let read = named(fields.page, list, "a choice", &mut Seen::default())?;
    Some(read.into_iter().map(|n| Choice { slug: n.slug, label: n.label }).collect())
}
