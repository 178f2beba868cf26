//! Sections and items, as procedures and surveys have them.

use frontline_domain::form::item::{Item, ItemKind, NaRule};
use frontline_domain::form::{Raw, Section, Value, limits};
use frontline_domain::release::Signers;
use frontline_domain::{Slug, Text};

use super::expressions::Expressions;
use super::fields::Fields;
use super::kind::{evidence, kind};
use super::names::Seen;
use super::page::Page;
use super::procedures::asked_of;
use super::reasons::every;
use super::references::reference;
use crate::limits::BODY;
use crate::yaml::{Node, Value as Written};
use frontline_domain::near::shown;

/// Reads the sections of a form. Items are unique in the whole form: answers are known by their item.
pub fn sections(page: Page<'_>, list: &[Node], expressions: &Expressions, signers: Option<&Signers>) -> Option<Vec<Section>> {
    let (mut names, mut items) = (Seen::default(), Seen::default());
    let mut count = 0;
    let read = every(Some(list), |node| {
        let fields = Fields::of(page, node, "a section")?;
        let slug = fields.need_slug("slug");
        let label = fields.label("label");
        let help = fields.text("help", BODY);
        let list = fields.need_list("items", limits::ITEMS);
        let before = count;
        count += list.map_or(0, <[_]>::len);
        if before <= limits::ITEMS && count > limits::ITEMS {
            page.say(node.at, format!("a form has at most {} items, all sections together; this section goes beyond", limits::ITEMS));
        }
        let mut there = Vec::new();
        if list.is_none() {
            expressions.is_lost(None);
        }
        let own = every(list, |node| {
            let (item, is_whole) = read_item(page, node, &mut items, Some(expressions));
            there.extend(item.clone());
            item.filter(|_| is_whole)
        });
        let visible_if = expressions.section(&fields, slug.as_ref().map(|(_, slug)| slug));
        let repeat = match fields.get("repeat") {
            Some(_) => fields.number("repeat", 2..=i64::from(limits::REPEATS)).map(Some),
            None => Some(None),
        };
        let weight = if fields.get("weight").is_some() { fields.number("weight", 1..=i64::from(limits::WEIGHT)) } else { Some(1) };
        let asked_of = asked_of(page, &fields, signers);
        fields.end();
        // One whose number does not read repeats all the same, as far as expressions go.
        expressions.is_there(slug.as_ref().map(|(_, slug)| slug), visible_if.clone().flatten(), repeat.unwrap_or(Some(2)), there);
        let (at, slug) = slug?;
        let (visible_if, weight, repeat, asked_of) = (visible_if?, weight?, repeat?, asked_of?);
        names.take(page, at, &slug, "a section").then_some(Section {
            asked_of,
            slug,
            label: label?,
            help,
            visible_if,
            weight,
            repeat,
            items: own?,
        })
    });
    read.filter(|_| count <= limits::ITEMS)
}

/// Reads one item of a form that nothing is worked out in.
pub fn item(page: Page<'_>, node: &Node, seen: &mut Seen) -> Option<Item> {
    let (item, is_whole) = read_item(page, node, seen, None);
    item.filter(|_| is_whole)
}

/// Reads one item; of a form that nothing is worked out in without `expressions`. One that is not whole, whose name and kind
/// are known, is what the expressions of others can be checked with.
fn read_item(page: Page<'_>, node: &Node, seen: &mut Seen, expressions: Option<&Expressions>) -> (Option<Item>, bool) {
    let lost = |slug: Option<&Slug>| {
        expressions.into_iter().for_each(|e| e.is_lost(slug));
        (None, false)
    };
    let Some(fields) = Fields::of(page, node, "an item") else { return lost(None) };
    let slug = fields.need_slug("slug");
    let free = slug.as_ref().is_some_and(|(at, slug)| seen.take(page, *at, slug, "an item"));
    let mut kind = kind(&fields);
    let label = fields.label("label");
    let help = fields.text("help", BODY);
    let required = if fields.get("required").is_some() { fields.flag("required") } else { Some(false) };
    let na = na(&fields);
    for key in ["required", "na"] {
        let fits = |kind: &ItemKind| if key == "na" { kind.answers().may_be_na() } else { kind.answers().asks() };
        let Some((kind, node)) = kind.as_ref().filter(|kind| !fits(kind)).zip(fields.get(key)) else { continue };
        let why = if kind.answers().asks() { "always applies" } else { "takes no answer" };
        page.say(node.at, format!("the kind ‘{}’ {why}, so it has no ‘{key}’", kind.name()));
    }
    for key in ["answer", "points", "tolerance", "why"] {
        fields.misplaced(key, "a question of a quiz");
    }
    let own = slug.as_ref().map(|(_, slug)| slug);
    let (visible_if, constraint, calculate, rules) = match expressions {
        Some(e) => (e.visible(&fields, own), e.constraint(&fields, own), e.calculate(&fields, own), e.rules(&fields, own)),
        None => {
            ["visible_if", "constraint", "message", "calculate", "rules", "weight", "critical"]
                .into_iter()
                .for_each(|key| fields.misplaced(key, "an item of a procedure"));
            (Some(None), Some(None), Some(None), Some(Vec::new()))
        }
    };
    let chosen = match (&mut kind, expressions) {
        (Some(ItemKind::Lookup(lookup)), Some(e)) => e.filters(&fields, own, &lookup.list).map(|filters| lookup.filters = filters),
        (Some(ItemKind::Lookup(_)), None) => page.nothing(node.at, "a lookup is an item of procedures; surveys and quizzes have none yet"),
        _ => Some(()),
    };
    let calculated = kind.as_ref().map(|kind| *kind == ItemKind::Calculated);
    let sound = match (calculated, fields.get("calculate")) {
        (Some(true), None) => {
            page.say(fields.get("kind").map_or(node.at, |n| n.at), "a calculated item needs ‘calculate’: what it comes to");
            false
        }
        (Some(false), Some(node)) => {
            page.say(node.at, "only an item of the kind calculated has ‘calculate’: what somebody answers is not worked out");
            false
        }
        _ => true,
    };
    let points = match expressions {
        Some(_) => points(&fields, kind.as_ref()),
        None => Some((0, false)),
    };
    let default = match (kind.as_ref(), expressions) {
        (Some(kind), Some(_)) => offered(&fields, kind),
        // Of a kind that is not known, nobody can say what it takes.
        (None, Some(_)) => {
            fields.let_pass("default");
            None
        }
        (_, None) => {
            fields.misplaced("default", "an item of a procedure");
            Some(None)
        }
    };
    let reference = match expressions {
        Some(_) => reference(&fields, kind.as_ref()),
        None => {
            fields.misplaced("reference", "an item of a procedure");
            Some(None)
        }
    };
    let at_of = |key| fields.get(key).map_or(node.at, |node| node.at);
    let (default_at, rules_at) = (at_of("default"), at_of("rules"));
    fields.later(&["media"]);
    let nth = rules.as_ref().map_or(0, Vec::len);
    let note = |fields: &Fields<'_, '_>| match expressions {
        Some(e) => e.note(fields, own, nth),
        None => {
            fields.misplaced("note", "an item of a procedure");
            Some(None)
        }
    };
    let beside_photos = match &kind {
        Some(ItemKind::Photo(_)) => note(&fields),
        // Of a kind that is not known, nobody can say where its note stands.
        None => {
            fields.let_pass("note");
            Some(None)
        }
        Some(_) => {
            fields.misplaced("note", "a photo, or the ‘evidence’ of another item");
            Some(None)
        }
    };
    let read = match (&kind, fields.get("evidence")) {
        (_, None) => Some(None),
        (Some(kind), Some(node)) if !kind.answers().asks() || kind.is_of_files() => page
            .nothing(node.at, "‘evidence’ is photos beside an answer; a note has none, and of a photo or a signature they are the answer"),
        (_, Some(node)) => evidence(page, node, note).map(Some),
    };
    let photos = read.as_ref().map(|read| read.as_ref().map(|(photos, _)| *photos));
    let is_noted = beside_photos.is_some();
    let note = read.flatten().and_then(|(_, note)| note).or(beside_photos.flatten());
    let rules = rules.map(|rules| rules.into_iter().chain(note).collect::<Vec<_>>());
    fields.end();
    let is_whole = free
        && sound
        && is_noted
        && chosen.is_some()
        && reference.is_some()
        && [label.is_some(), required.is_some(), na.is_some(), visible_if.is_some(), constraint.is_some()].iter().all(|read| *read)
        && [default.is_some(), calculate.is_some(), points.is_some(), photos.is_some(), rules.is_some()].iter().all(|read| *read);
    let Some((_, slug)) = slug else { return lost(None) };
    // Whatever names one of two could mean either; and of what a calculation comes to that does not read nothing is known.
    let comes_to_nothing = calculated == Some(true) && calculate.as_ref().is_none_or(Option::is_none);
    let Some(kind) = kind.filter(|_| free && !comes_to_nothing) else { return lost(Some(&slug)) };
    let (weight, critical) = points.unwrap_or_default();
    let item = Item {
        slug,
        kind,
        label: label.unwrap_or_else(Text::nothing),
        help,
        required: required.unwrap_or_default(),
        na: na.unwrap_or_default(),
        visible_if: visible_if.flatten(),
        constraint: constraint.flatten(),
        default: default.flatten(),
        calculate: calculate.flatten(),
        weight,
        critical,
        evidence: photos.flatten(),
        answer_key: None,
        rules: rules.unwrap_or_default(),
        reference: reference.flatten(),
    };
    let said = |at, message: String| -> bool {
        page.say(at, message);
        false
    };
    let offers = item.offers_soundly() || said(default_at, no_default(&item));
    let beside = item.evidence.is_some() || item.photos_beside().is_none() || item.asks_soundly();
    let beside =
        beside || said(rules_at, format!("‘evidence’ is photos beside an answer; an item of the kind ‘{}’ has none", item.kind.name()));
    let noted = !item.takes_note() || item.kind.answers().asks();
    let noted = noted || said(rules_at, format!("a note goes beside an answer; an item of the kind ‘{}’ takes none", item.kind.name()));
    (Some(item), is_whole && offers && beside && noted)
}

fn no_default(item: &Item) -> String {
    let (name, takes) = (item.kind.name(), item.kind.answers().takes());
    match item.default.as_ref().map(|value| item.check(value)) {
        Some(Err(problem)) => format!("nobody could give ‘default’ as an answer: {}; a {name} item takes {takes}", problem.message),
        _ => format!("an item of the kind ‘{name}’ has no ‘default’: it is answered by whoever was there"),
    }
}

/// What is offered before somebody answers.
fn offered(fields: &Fields<'_, '_>, kind: &ItemKind) -> Option<Option<Value>> {
    let Some(node) = fields.get("default") else { return Some(None) };
    let page = fields.page;
    let raws = match &node.value {
        Written::List(list) => {
            let words = every(Some(list), |node| page.scalar(node, "an entry").map(|text| text.trim().to_owned()))?;
            vec![Raw::List(words)]
        }
        _ => {
            let text = page.scalar(node, "‘default’")?.trim();
            let flag = text.parse().ok().filter(|_| matches!(kind, ItemKind::Boolean | ItemKind::PassFail)).map(Raw::Bool);
            flag.into_iter().chain([Raw::Text(text.to_owned()), Raw::Number(text.to_owned())]).collect()
        }
    };
    // As somebody would type it: words first, then digits.
    let read = raws.iter().filter_map(|raw| kind.answers().read(raw)).next();
    match read {
        Some(Ok(value)) => Some(Some(value)),
        Some(Err(problem)) => page.nothing(node.at, format!("nobody could give ‘default’ as an answer: {}", problem.message)),
        None => page
            .nothing(node.at, format!("nobody could give ‘default’ as an answer: a {} item takes {}", kind.name(), kind.answers().takes())),
    }
}

/// How many points an item can have, and whether failing it fails the whole.
fn points(fields: &Fields<'_, '_>, kind: Option<&ItemKind>) -> Option<(u32, bool)> {
    let weight = if fields.get("weight").is_some() { fields.number("weight", 0..=i64::from(limits::POINTS)) } else { Some(0) };
    let critical = if fields.get("critical").is_some() { fields.flag("critical") } else { Some(false) };
    let (weight, critical) = (weight?, critical?);
    if let Some(choice) = kind.and_then(|kind| kind.answers().choices().iter().find(|c| c.points.is_some_and(|points| points > weight))) {
        let at = fields.get("choices").map_or(fields.at, |node| node.at);
        let why = match weight {
            0 if critical => return Some((weight, critical)),
            0 => "‘points’ count where the item has a ‘weight’: the points that its answer can have".to_owned(),
            _ => format!("the choice ‘{}’ has more ‘points’ than the item's ‘weight’, {weight}", choice.slug),
        };
        return fields.page.nothing(at, why);
    }
    let key = if weight > 0 { "weight" } else { "critical" };
    if weight == 0 && !critical || kind.is_none_or(|kind| kind.answers().scores()) {
        return Some((weight, critical));
    }
    let at = fields.get(key).map_or(fields.at, |node| node.at);
    let answers = kind?.answers();
    let message = if answers.numbers().is_some() {
        format!("‘{key}’ needs a ‘target’: a number has its points within it")
    } else if matches!(kind, Some(ItemKind::Choice(_) | ItemKind::MultiChoice(_))) {
        format!("‘{key}’ needs ‘points’ beside the choices")
    } else {
        format!("an answer of the kind ‘{}’ has no points, so it has no ‘{key}’", answers.name())
    };
    fields.page.nothing(at, message)
}

fn na(fields: &Fields<'_, '_>) -> Option<NaRule> {
    if fields.get("na").is_none() {
        return Some(NaRule::No);
    }
    match fields.word("na")? {
        (_, "no" | "false") => Some(NaRule::No),
        (_, "yes" | "true") => Some(NaRule::Yes),
        (_, "with-reason") => Some(NaRule::WithReason),
        (at, other) => fields.page.nothing(at, format!("‘na’ is no, yes or with-reason, not {}", shown(other))),
    }
}
