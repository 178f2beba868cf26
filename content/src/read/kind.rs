//! The kinds of items, and the keys that each takes: numbers in [`numbers`], listed answers in [`lists`].

mod lists;
mod numbers;

use frontline_domain::form::item::{Audio, Evidence, FileRule, Location};
use frontline_domain::form::{ItemKind, limits};

use super::fields::Fields;
use super::page::Page;
use crate::yaml::Node;
use frontline_domain::near::{did_you_mean, shown};

/// Reads the keys that belong to a kind.
type Reader = fn(&Fields<'_, '_>) -> Option<ItemKind>;

/// The kinds that can be published.
const KINDS: &[(&str, Reader)] = &[
    ("note", |_| Some(ItemKind::Note)),
    ("text", |_| Some(ItemKind::Text)),
    ("long-text", |_| Some(ItemKind::LongText)),
    ("number", |fields| numbers::number(fields).map(ItemKind::Number)),
    ("temperature", |fields| numbers::temperature(fields).map(ItemKind::Temperature)),
    ("currency", |fields| numbers::currency(fields).map(ItemKind::Currency)),
    ("percent", |fields| numbers::percent(fields).map(ItemKind::Percent)),
    ("slider", |fields| numbers::slider(fields).map(ItemKind::Slider)),
    ("counter", |fields| numbers::counter(fields).map(ItemKind::Counter)),
    ("boolean", |_| Some(ItemKind::Boolean)),
    ("pass-fail", |_| Some(ItemKind::PassFail)),
    ("acknowledge", |_| Some(ItemKind::Acknowledge)),
    ("choice", |fields| lists::choice(fields).map(ItemKind::Choice)),
    ("multi-choice", |fields| lists::several(fields).map(ItemKind::MultiChoice)),
    ("lookup", |fields| lists::lookup(fields).map(ItemKind::Lookup)),
    ("rank", |fields| lists::rank(fields).map(ItemKind::Rank)),
    ("order", |fields| lists::order(fields).map(ItemKind::Order)),
    ("likert", |fields| lists::likert(fields).map(ItemKind::Likert)),
    ("match", |fields| lists::pairs(fields).map(ItemKind::Match)),
    ("fill-in", |fields| lists::fill_in(fields).map(ItemKind::FillIn)),
    ("rating", |fields| numbers::rating(fields).map(ItemKind::Rating)),
    ("csat", |_| Some(ItemKind::Csat)),
    ("csat4", |_| Some(ItemKind::Csat4)),
    ("nps", |_| Some(ItemKind::Nps)),
    ("ces", |_| Some(ItemKind::Ces)),
    ("date", |_| Some(ItemKind::Date)),
    ("month", |_| Some(ItemKind::Month)),
    ("time", |_| Some(ItemKind::Time)),
    ("date-time", |_| Some(ItemKind::DateTime)),
    ("duration", |_| Some(ItemKind::Duration)),
    ("photo", |fields| photos(fields, 1).map(ItemKind::Photo)),
    ("audio", |fields| recordings(fields).map(ItemKind::Audio)),
    ("signature", |_| Some(ItemKind::Signature)),
    ("sketch", |_| Some(ItemKind::Sketch)),
    ("barcode", |_| Some(ItemKind::Barcode)),
    ("location", |fields| location(fields).map(ItemKind::Location)),
    ("person", |_| Some(ItemKind::Person)),
    ("site", |_| Some(ItemKind::Site)),
    ("asset", |_| Some(ItemKind::Asset)),
    ("calculated", |_| Some(ItemKind::Calculated)),
];
/// Kinds of the model that phones can't take answers to yet: they keep no film and no file of any kind, and show no picture of
/// the content's.
const LATER: [&str; 3] = ["hotspot", "video", "file"];
/// Keys that belong to some kinds only.
const OWN: [(&str, &str); 19] = [
    ("unit", "a number or a temperature"),
    ("currency", "an amount of money, kind ‘currency’"),
    ("min", "a number, a counter, a photo or a recording"),
    ("max", "a number, a counter, a rating, a photo or a recording"),
    ("step", "a slider"),
    ("live_camera_only", "a photo"),
    ("decimals", "a number"),
    ("target", "a number"),
    ("choices", "a choice, a multi-choice, a rank or an order"),
    ("list", "a lookup"),
    ("where", "a lookup"),
    ("rows", "a likert"),
    ("columns", "a likert"),
    ("left", "a match"),
    ("right", "a match"),
    ("gaps", "a fill-in"),
    ("within", "a location"),
    ("accuracy", "nothing; how exact a location has to be is its ‘within’, in metres"),
    ("options", "nothing; the answers to choose from are its ‘choices’"),
];

/// The names of the kinds that can be published.
pub fn names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(name, _)| *name)
}

/// Reads an item's kind with the keys that belong to it.
pub fn kind(fields: &Fields<'_, '_>) -> Option<ItemKind> {
    let page = fields.page;
    let (at, name) = fields.need_word("kind")?;
    let reader = KINDS.iter().find(|(known, _)| *known == name);
    let kind = match reader {
        Some((_, read)) => read(fields),
        None if LATER.contains(&name) => {
            page.nothing(at, format!("the kind ‘{name}’ comes with a later version: phones take no answer to it yet"))
        }
        None => {
            let near = did_you_mean(name, names());
            // Thirty names help whoever is far off; a slip of the finger needs one.
            let all = if near.is_empty() { format!("; one of {} fits", names().collect::<Vec<_>>().join(", ")) } else { String::new() };
            page.nothing(at, format!("{} is no kind of item{near}{all}", shown(name)))
        }
    };
    // Of a kind that is not known, nobody can say which keys are its own.
    for (key, belongs) in OWN {
        match reader {
            Some(_) => fields.misplaced(key, belongs),
            None => fields.let_pass(key),
        }
    }
    kind
}

fn location(fields: &Fields<'_, '_>) -> Option<Location> {
    let within_m = if fields.get("within").is_some() { Some(fields.number("within", 1..=100_000)?) } else { None };
    Some(Location { within_m })
}

/// Reads which pictures are asked for; `usual` of them where nothing is said.
fn photos(fields: &Fields<'_, '_>, usual: u8) -> Option<Evidence> {
    let count = how_many(fields, usual, limits::PHOTOS);
    let live = if fields.get("live_camera_only").is_some() { fields.flag("live_camera_only") } else { Some(false) };
    let (min, max) = count?;
    Some(Evidence { photos_min: min, photos_max: max, live_camera_only: live? })
}

/// Reads how many recordings are asked for; one where nothing is said.
fn recordings(fields: &Fields<'_, '_>) -> Option<Audio> {
    let (min, max) = how_many(fields, 1, limits::SOUNDS)?;
    Some(Audio(FileRule { min, max }))
}

/// Reads how few and how many are asked for: `usual` where nothing is said, and never more than `most`.
fn how_many(fields: &Fields<'_, '_>, usual: u8, most: u8) -> Option<(u8, u8)> {
    let most = i64::from(most);
    let min = if fields.get("min").is_some() { fields.number("min", i64::from(usual)..=most) } else { Some(usual) };
    let max = if fields.get("max").is_some() { fields.number("max", 1..=most) } else { min.map(|min: u8| min.max(1)) };
    let (min, max) = (min?, max?);
    if max < min {
        let at = fields.get("max").map_or(fields.at, |node| node.at);
        return fields.page.nothing(at, format!("‘max’ is at least ‘min’, {min}"));
    }
    Some((min, max))
}

/// Reads what pictures belong to an answer, and with `note` what is said of a note.
pub fn evidence<T>(page: Page<'_>, node: &Node, note: impl FnOnce(&Fields<'_, '_>) -> Option<T>) -> Option<(Evidence, T)> {
    let fields = Fields::of(page, node, "the evidence")?;
    let (read, note) = (photos(&fields, 0), note(&fields));
    fields.end();
    read.zip(note)
}
