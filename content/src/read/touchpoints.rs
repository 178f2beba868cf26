//! touchpoints.yaml: where feedback is asked for.

use super::fields::Fields;
use super::page::Page;
use crate::bundle::{Part, Touchpoint};
use crate::limits;
use crate::yaml::Node;

/// Seconds between taps that count, where the author gives none.
const INTERVAL_S: u16 = 5;

/// Reads touchpoints.yaml.
pub fn touchpoints(page: Page<'_>, file: &str) -> Option<Vec<Touchpoint>> {
    let node = page.yaml(file, 1)?;
    let list = page.list(&node, "touchpoints.yaml", limits::SITES)?;
    Some(list.iter().filter_map(|node| touchpoint(page, node)).collect())
}

fn touchpoint(page: Page<'_>, node: &Node) -> Option<Touchpoint> {
    let fields = Fields::of(page, node, "a touchpoint")?;
    let slug = fields.need_slug("slug");
    let free = slug.as_ref().is_some_and(|(at, slug)| page.names.declare(page, *at, Part::Touchpoint, slug));
    let site = fields.need_slug("site");
    let name = fields.label("name");
    let stage = fields.need_slug("stage");
    let survey = fields.need_slug("survey");
    let interval_s = if fields.get("interval").is_some() { fields.number("interval", 0..=3_600) } else { Some(INTERVAL_S) };
    if let Some((at, slug)) = &site {
        page.names.refer(page, *at, Part::Site, slug);
    }
    if let Some((at, slug)) = &survey {
        page.names.refer(page, *at, Part::Survey, slug);
    }
    fields.end();
    free.then_some(Touchpoint { slug: slug?.1, site: site?.1, name: name?, stage: stage?.1, survey: survey?.1, interval_s: interval_s? })
}
