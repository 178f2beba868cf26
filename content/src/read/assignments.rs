//! assignments.yaml: who does what by when.

use std::collections::BTreeMap;

use frontline_domain::Slug;

use super::fields::Fields;
use super::page::Page;
use crate::bundle::due::Written;
use crate::bundle::{Assignee, Assignment, Due, Part, Person, Site};
use crate::finding::At;
use crate::limits;
use crate::yaml::Node;
use frontline_domain::near::shown;

/// What assignments refer to, as far as it could be read: zones of sites, and of the people whom they are for.
pub struct Known<'a> {
    sites: BTreeMap<&'a Slug, &'a str>,
    people: BTreeMap<&'a Slug, Option<&'a str>>,
}

impl<'a> Known<'a> {
    pub fn of(sites: &'a [Site], people: &'a [Person]) -> Self {
        let first = sites.first().map(|s| s.zone.as_str());
        let sites: BTreeMap<_, _> = sites.iter().map(|s| (&s.slug, s.zone.as_str())).collect();
        let zone = |person: &Person| match person.grants.iter().find_map(|g| g.site.as_ref()) {
            Some(site) => sites.get(site).copied(),
            None => first,
        };
        let people = people.iter().map(|p| (&p.slug, zone(p))).collect();
        Self { sites, people }
    }
    fn zone(&self, to: &Assignee) -> Option<&'a str> {
        match to {
            Assignee::Site(slug) => self.sites.get(slug).copied(),
            Assignee::Person(slug) => self.people.get(slug).copied().flatten(),
        }
    }
}

/// Reads assignments.yaml.
pub fn assignments(page: Page<'_>, file: &str, known: &Known<'_>) -> Option<Vec<Assignment>> {
    let node = page.yaml(file, 1)?;
    let list = page.list(&node, "assignments.yaml", limits::SITES)?;
    let mut seen: BTreeMap<String, At> = BTreeMap::new();
    let mut read = Vec::new();
    for node in list {
        let Some(task) = assignment(page, node, known) else { continue };
        match seen.get(&task.key()) {
            Some(first) => page.say(node.at, format!("the same is assigned to the same at line {}; keep one of the two", first.line)),
            None => {
                seen.insert(task.key(), node.at);
                read.push(task);
            }
        }
    }
    Some(read)
}

fn assignment(page: Page<'_>, node: &Node, known: &Known<'_>) -> Option<Assignment> {
    let fields = Fields::of(page, node, "an assignment")?;
    let what = one_of(&fields, node.at, [("module", Part::Module), ("procedure", Part::Procedure)]);
    let to = one_of(&fields, node.at, [("site", Part::Site), ("person", Part::Person)]);
    let due = fields.need_word("due").and_then(|(at, due)| match due.parse::<Written>() {
        Ok(written) => Some((at, written)),
        Err(_) => {
            let how = "write a day and a time of the site, such as 2026-03-31 18:00, or +2d 18:00 for two days after the push";
            page.nothing(at, format!("{} is no due date: {how}", shown(due)))
        }
    });
    fields.later(&["grace", "repeat"]);
    fields.end();
    let ((kind, slug), (_, to)) = (what?, to?);
    let to = match to {
        (Part::Site, slug) => Assignee::Site(slug),
        (_, slug) => Assignee::Person(slug),
    };
    let (at, written) = due?;
    let due = in_calendar(page, at, written, known.zone(&to))?;
    Some(Assignment { kind: kind.to_owned(), slug: slug.1, to, due })
}

type Named = (&'static str, (Part, Slug));

/// Exactly one of two keys, each naming a part.
fn one_of(fields: &Fields<'_, '_>, at: At, keys: [(&'static str, Part); 2]) -> Option<Named> {
    let page = fields.page;
    let [first, second] = keys.map(|(key, part)| (key, part, fields.get(key).is_some()));
    match (first.2, second.2) {
        (true, true) | (false, false) => page.nothing(at, format!("an assignment names either a ‘{}’ or a ‘{}’", first.0, second.0)),
        (is_first, _) => {
            let (key, part, _) = if is_first { first } else { second };
            let (at, slug) = fields.slug(key)?;
            page.names.refer(page, at, part, &slug);
            Some((key, (part, slug)))
        }
    }
}

/// Without a zone there is a finding already, where the site or person is at fault.
fn in_calendar(page: Page<'_>, at: At, written: Written, zone: Option<&str>) -> Option<Due> {
    match written.in_zone(zone?) {
        Ok(due) => Some(due),
        Err(e) => page.nothing(at, e.to_string()),
    }
}
