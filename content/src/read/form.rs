//! Sections and items, as procedures and surveys have them.

use frontline_domain::form::item::{Item, ItemKind, NaRule};
use frontline_domain::form::{Section, limits};

use super::fields::Fields;
use super::kind::{evidence, kind};
use super::names::Seen;
use super::page::Page;
use super::reasons::every;
use crate::limits::BODY;
use crate::yaml::Node;
use frontline_domain::near::shown;

/// Reads the sections of a form. Items are unique in the whole form: answers are known by their item.
pub fn sections(page: Page<'_>, list: &[Node]) -> Option<Vec<Section>> {
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
        let own = every(list, |node| item(page, node, &mut items));
        fields.later(&["repeat", "visible_if"]);
        fields.end();
        let (at, slug) = slug?;
        names.take(page, at, &slug, "a section").then_some(Section { slug, label: label?, help, repeat: None, items: own? })
    });
    read.filter(|_| count <= limits::ITEMS)
}

/// Reads one item.
pub fn item(page: Page<'_>, node: &Node, seen: &mut Seen) -> Option<Item> {
    let fields = Fields::of(page, node, "an item")?;
    let slug = fields.need_slug("slug");
    let free = slug.as_ref().is_some_and(|(at, slug)| seen.take(page, *at, slug, "an item"));
    let kind = kind(&fields);
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
    fields.later(&["visible_if", "constraint", "calculate", "rules", "default", "weight", "critical", "media"]);
    let photos = match (&kind, fields.get("evidence")) {
        (_, None) => Some(None),
        (Some(kind), Some(node)) if !kind.answers().asks() || kind.is_of_files() => page
            .nothing(node.at, "‘evidence’ is photos beside an answer; a note has none, and of a photo or a signature they are the answer"),
        (_, Some(node)) => evidence(page, node).map(Some),
    };
    fields.end();
    free.then_some(Item {
        slug: slug?.1,
        kind: kind?,
        label: label?,
        help,
        required: required?,
        na: na?,
        visible_if: None,
        constraint: None,
        default: None,
        calculate: None,
        weight: 0,
        critical: false,
        evidence: photos?,
        answer_key: None,
        rules: Vec::new(),
    })
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
