//! reasons.yaml: why customers come, by which channel, and how it ended.

use frontline_domain::release::reasons::{Family, Outcome};
use frontline_domain::release::{Content, Named, ReasonTree, Release};

use super::fields::Fields;
use super::names::Seen;
use super::page::Page;
use crate::bundle::Part;
use crate::finding::At;
use crate::limits;
use crate::yaml::Node;

/// Reads reasons.yaml; its release is called `reasons`.
pub fn reasons(page: Page<'_>, file: &str) -> Option<Release> {
    let slug = page.slug(At::START, "reasons")?;
    page.names.declare(page, At::START, Part::Reasons, &slug);
    let node = page.yaml(file, 1)?;
    let fields = Fields::of(page, &node, "the tree of reasons")?;
    let title = fields.label("title");
    let (mut families, mut leaves) = (Seen::default(), Seen::default());
    let reasons = every(fields.need_list("families", limits::LIST), |node| family(page, node, &mut families, &mut leaves));
    let mut seen = Seen::default();
    let outcomes = every(fields.need_list("outcomes", limits::LIST), |node| outcome(page, node, &mut seen));
    let channels = fields.need_list("channels", limits::LIST).and_then(|list| named(page, list, "a channel", &mut Seen::default()));
    fields.end();
    Some(Release {
        slug,
        title: title?,
        predecessor: None,
        content: Content::Reasons(ReasonTree { reasons: reasons?, outcomes: outcomes?, channels: channels? }),
    })
}

/// Reads every entry of a list; nothing, if one of them can't be used.
pub fn every<N, T>(list: Option<&[N]>, read: impl FnMut(&N) -> Option<T>) -> Option<Vec<T>> {
    let list = list?;
    // All are read before any is missed: each says what is wrong with it.
    let read: Vec<Option<T>> = list.iter().map(read).collect();
    read.into_iter().collect()
}

/// A list of things with a slug and a label.
pub fn named(page: Page<'_>, list: &[Node], what: &str, seen: &mut Seen) -> Option<Vec<Named>> {
    every(Some(list), |node| {
        let fields = Fields::of(page, node, what)?;
        let slug = fields.need_slug("slug");
        let label = fields.label("label");
        fields.end();
        let (at, slug) = slug?;
        seen.take(page, at, &slug, what).then_some(Named { slug, label: label? })
    })
}

fn family(page: Page<'_>, node: &Node, families: &mut Seen, leaves: &mut Seen) -> Option<Family> {
    let fields = Fields::of(page, node, "a family of reasons")?;
    let slug = fields.need_slug("slug");
    let label = fields.label("label");
    let reasons = fields.need_list("reasons", limits::LIST).and_then(|list| named(page, list, "a reason", leaves));
    fields.end();
    let (at, slug) = slug?;
    families.take(page, at, &slug, "a family").then_some(Family { slug, label: label?, reasons: reasons? })
}

fn outcome(page: Page<'_>, node: &Node, seen: &mut Seen) -> Option<Outcome> {
    let fields = Fields::of(page, node, "an outcome")?;
    let slug = fields.need_slug("slug");
    let label = fields.label("label");
    let resolved = fields.need("resolved").and_then(|_| fields.flag("resolved"));
    let handled = if fields.get("handled").is_some() { fields.flag("handled") } else { Some(true) };
    if let (Some(true), Some(false)) = (resolved, handled) {
        page.say(node.at, "an outcome that is resolved is handled as well");
    }
    fields.end();
    let (at, slug) = slug?;
    seen.take(page, at, &slug, "an outcome").then_some(Outcome { slug, label: label?, resolved: resolved?, handled: handled? })
}
