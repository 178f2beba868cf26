//! assets.yaml: the things that work is about, and what their labels say.

use std::collections::BTreeMap;

use frontline_domain::asset::{CODE, CODES, PROCEDURES, compared};
use frontline_domain::near::shown;

use super::fields::Fields;
use super::page::Page;
use crate::bundle::{Asset, Part};
use crate::finding::At;
use crate::limits;
use crate::yaml::Node;

/// Reads assets.yaml.
pub fn assets(page: Page<'_>, file: &str) -> Option<Vec<Asset>> {
    let node = page.yaml(file, 1)?;
    let list = page.list(&node, "assets.yaml", limits::ASSETS)?;
    let mut labels = Labels::default();
    let found: Vec<Asset> = list.iter().filter_map(|node| asset(page, node, &mut labels)).collect();
    labels.join(page);
    Some(found)
}

fn asset(page: Page<'_>, node: &Node, labels: &mut Labels) -> Option<Asset> {
    let fields = Fields::of(page, node, "an asset")?;
    let slug = fields.need_slug("slug");
    let free = slug.as_ref().is_some_and(|(at, slug)| page.names.declare(page, *at, Part::Asset, slug));
    let site = fields.need_slug("site");
    let name = fields.label("name");
    let kind = if fields.get("kind").is_some() { fields.slug("kind").map(|(_, kind)| Some(kind)) } else { Some(None) };
    let codes: Vec<String> = fields.list("codes", CODES).unwrap_or_default().iter().filter_map(|node| code(page, node, labels)).collect();
    let procedures = fields.slugs_at("procedures", PROCEDURES);
    let tags = fields.slugs("tags");
    if let Some((at, slug)) = &site {
        page.names.refer(page, *at, Part::Site, slug);
    }
    for (at, slug) in &procedures {
        page.names.refer(page, *at, Part::Procedure, slug);
    }
    if let Some((at, slug)) = slug.as_ref().filter(|_| free) {
        labels.names.push((*at, slug.to_string()));
    }
    fields.end();
    let procedures = procedures.into_iter().map(|(_, slug)| slug).collect();
    free.then_some(Asset { slug: slug?.1, site: site?.1, name: name?, kind: kind?, codes, procedures, tags })
}

/// A code as it is written; said where another label reads alike.
fn code(page: Page<'_>, node: &Node, labels: &mut Labels) -> Option<String> {
    let text = page.scalar(node, "a code")?.trim();
    if text.is_empty() || text.len() > CODE || text.contains(|c: char| c.is_control() && !c.is_whitespace()) {
        let message = format!("a code is what the label says: 1 to {CODE} bytes of text, not {}", shown(text));
        return page.nothing(node.at, message);
    }
    let reads = compared(text);
    if let Some(first) = labels.codes.get(&reads) {
        return page.nothing(node.at, format!("{} reads as the code at line {} does; each label is on one asset", shown(text), first.line));
    }
    labels.codes.insert(reads, node.at);
    Some(text.to_owned())
}

/// What is looked up by one search: codes and names.
#[derive(Default)]
struct Labels {
    codes: BTreeMap<String, At>,
    names: Vec<(At, String)>,
}

impl Labels {
    /// Says which codes are the name of an asset: whoever scans one would not know which is meant.
    fn join(&self, page: Page<'_>) {
        for (at, name) in &self.names {
            if let Some(code) = self.codes.get(name) {
                let message = format!("‘{name}’ names the asset at line {}; a code is something else than a name", at.line);
                page.say(*code, message);
            }
        }
    }
}
