//! The kinds of items, and the keys that each takes.

use frontline_domain::form::item::{Choice, Evidence, NumberRule};
use frontline_domain::form::{Decimal, ItemKind, limits};

use super::fields::{Fields, decimal};
use super::names::Seen;
use super::page::Page;
use super::reasons::named;
use crate::finding::At;
use crate::yaml::Node;
use frontline_domain::near::{did_you_mean, shown};

/// The kinds that can be published.
pub const KINDS: [&str; 14] = [
    "note",
    "text",
    "long-text",
    "number",
    "boolean",
    "pass-fail",
    "choice",
    "multi-choice",
    "rating",
    "date",
    "time",
    "csat",
    "photo",
    "signature",
];
/// The kinds of the model that come with the form engine.
const LATER: [&str; 28] = [
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
    "video",
    "audio",
    "file",
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
const OWN: [(&str, &str); 8] = [
    ("unit", "a number"),
    ("min", "a number or a photo"),
    ("max", "a number, a rating or a photo"),
    ("live_camera_only", "a photo"),
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
        "photo" => photos(fields, 1).map(ItemKind::Photo),
        "signature" => Some(ItemKind::Signature),
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

/// Reads which pictures are asked for; `usual` of them where nothing is said.
fn photos(fields: &Fields<'_, '_>, usual: u8) -> Option<Evidence> {
    let most = i64::from(limits::PHOTOS);
    let min = if fields.get("min").is_some() { fields.number("min", i64::from(usual)..=most) } else { Some(usual) };
    let max = if fields.get("max").is_some() { fields.number("max", 1..=most) } else { min.map(|min: u8| min.max(1)) };
    let live = if fields.get("live_camera_only").is_some() { fields.flag("live_camera_only") } else { Some(false) };
    let (min, max) = (min?, max?);
    if max < min {
        let at = fields.get("max").map_or(fields.at, |node| node.at);
        return fields.page.nothing(at, format!("‘max’ is at least ‘min’, {min}"));
    }
    Some(Evidence { photos_min: min, photos_max: max, live_camera_only: live? })
}

/// Reads what pictures belong to an answer.
pub fn evidence(page: Page<'_>, node: &Node) -> Option<Evidence> {
    let fields = Fields::of(page, node, "the evidence")?;
    let read = photos(&fields, 0);
    fields.end();
    read
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
