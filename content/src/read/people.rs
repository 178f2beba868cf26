//! people.csv: one row for each role that a person holds.

use std::collections::BTreeMap;

use frontline_domain::permission::Role;
use frontline_domain::{Lang, Slug};

use super::csv_rows::{Row, fault, rows};
use super::page::Page;
use super::text;
use crate::bundle::{Grant, Part, Person};
use crate::finding::At;
use crate::limits;
use frontline_domain::near::{did_you_mean, shown};

const COLUMNS: [&str; 5] = ["slug", "name", "language", "role", "site"];
/// The roles that people hold; an integrator is a program.
pub const ROLES: [(&str, Role); 6] = [
    ("staff", Role::Staff),
    ("technician", Role::Technician),
    ("supervisor", Role::Supervisor),
    ("manager", Role::Manager),
    ("author", Role::Author),
    ("admin", Role::Admin),
];

/// Reads people.csv.
pub fn people(page: Page<'_>, file: &str) -> Option<Vec<Person>> {
    if let Some((at, why)) = fault(file) {
        page.names.unreadable(Part::Person);
        return page.nothing(at, why);
    }
    let rows = rows(file);
    let columns = header(page, rows.first())?;
    if rows.len() > limits::PEOPLE {
        return page.nothing(At::START, format!("at most {} rows; this file has {}", limits::PEOPLE, rows.len()));
    }
    let mut order: Vec<Slug> = Vec::new();
    let mut people: BTreeMap<Slug, (Person, bool)> = BTreeMap::new();
    for row in &rows[1..] {
        if row.cells.len() != columns.len() {
            let message = format!("a row has {} cells, as the header; this one has {}", columns.len(), row.cells.len());
            page.say(row.at, message);
            page.names.unreadable(Part::Person);
            continue;
        }
        let cell = |name: &str| columns.iter().position(|c| *c == name).and_then(|i| row.cells.get(i)).map(|(at, t)| (*at, t.as_str()));
        let cell = |name: &str| cell(name).unwrap_or((row.at, ""));
        let (at, slug) = cell("slug");
        let slug = page.slug(at, slug);
        let grant = grant(page, cell("role"), cell("site"));
        match slug.as_ref().and_then(|slug| people.get_mut(slug)) {
            Some((person, whole)) => {
                same(page, cell("name"), &person.name, "name");
                same(page, cell("language"), person.language.as_str(), "language");
                match grant {
                    Some(grant) if person.grants.contains(&grant) => page.say(row.at, "this row is there already"),
                    Some(grant) => person.grants.push(grant),
                    None => *whole = false,
                }
            }
            None => {
                let name = name(page, cell("name"));
                let (at, tag) = cell("language");
                let language = text::language(page, at, tag);
                let Some(slug) = slug else {
                    page.names.unreadable(Part::Person);
                    continue;
                };
                page.names.declare(page, row.at, Part::Person, &slug);
                let whole = name.is_some() && language.is_some() && grant.is_some();
                // Kept even if it is not whole, so that a later row of the same person is compared with it.
                let language = language.or_else(|| page.languages.first().cloned()).or_else(fallback)?;
                let person = Person { slug: slug.clone(), name: name.unwrap_or_default(), language, grants: grant.into_iter().collect() };
                people.insert(slug.clone(), (person, whole));
                order.push(slug);
            }
        }
    }
    Some(order.iter().filter_map(|slug| people.remove(slug)).filter(|(_, whole)| *whole).map(|(person, _)| person).collect())
}

fn fallback() -> Option<Lang> {
    "en".parse().ok()
}

fn header<'r>(page: Page<'_>, row: Option<&'r Row>) -> Option<Vec<&'r str>> {
    let wanted = COLUMNS.join(",");
    let Some(row) = row else {
        return page.nothing(At::START, format!("the first line names the columns: {wanted}"));
    };
    let mut good = true;
    let mut names: Vec<&str> = Vec::new();
    for (at, name) in &row.cells {
        if !COLUMNS.contains(&name.as_str()) {
            good = page
                .nothing(*at, format!("people.csv has no column {}{}; it has {wanted}", shown(name), did_you_mean(name, COLUMNS)))
                .unwrap_or(false);
        } else if names.contains(&name.as_str()) {
            good = page.nothing(*at, format!("the column ‘{name}’ is there already")).unwrap_or(false);
        }
        names.push(name);
    }
    for missing in COLUMNS.iter().filter(|c| !names.contains(c)) {
        good = page.nothing(row.at, format!("the column ‘{missing}’ is missing; the first line is {wanted}")).unwrap_or(false);
    }
    good.then_some(names)
}

fn name(page: Page<'_>, (at, name): (At, &str)) -> Option<String> {
    if name.contains('\n') {
        return page.nothing(at, "a name is one line; a quote is perhaps not closed");
    }
    text::string(page, at, name, "a person's name", 200)
}

fn same(page: Page<'_>, (at, typed): (At, &str), first: &str, what: &str) {
    if !typed.is_empty() && typed != first {
        page.say(at, format!("the {what} differs from that of this person's first row; leave it empty or write it the same"));
    }
}

fn grant(page: Page<'_>, (role_at, role): (At, &str), (site_at, site): (At, &str)) -> Option<Grant> {
    let role = self::role(page, role_at, role);
    let site = match site {
        "org" => Some(None),
        "" => page.nothing(site_at, "a role is held at a site: write its slug, or org for the whole organisation"),
        text => page.slug(site_at, text).map(|slug| {
            page.names.refer(page, site_at, Part::Site, &slug);
            Some(slug)
        }),
    };
    Some(Grant { role: role?, site: site? })
}

/// Whether a role has this name.
pub fn is_role(typed: &str) -> bool {
    ROLES.iter().any(|(name, _)| *name == typed)
}

/// A role's name.
pub fn role(page: Page<'_>, at: At, typed: &str) -> Option<Role> {
    if let Some((_, role)) = ROLES.iter().find(|(name, _)| *name == typed) {
        return Some(*role);
    }
    let names: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
    page.nothing(at, format!("{} is no role{}; one of {} fits", shown(typed), did_you_mean(typed, names.iter().copied()), names.join(", ")))
}
