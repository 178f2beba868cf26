//! procedures/SLUG.yaml.

use frontline_domain::Slug;
use frontline_domain::form::{Form, limits};
use frontline_domain::release::{Content, Procedure, Release};

use super::expressions::Expressions;
use super::fields::Fields;
use super::form::sections;
use super::page::Page;
use super::people;

/// Reads one procedure.
pub fn procedure(page: Page<'_>, slug: Slug, file: &str) -> Option<Release> {
    let node = page.yaml(file, 1)?;
    let fields = Fields::of(page, &node, "a procedure")?;
    let title = fields.label("title");
    let minutes = if fields.get("minutes").is_some() { fields.number("minutes", 1..=1_440).map(Some) } else { Some(None) };
    let sign_off = match fields.word("sign_off") {
        Some((at, name)) => signer(page, at, name).map(Some),
        None => Some(None),
    };
    let expressions = Expressions::default();
    let sections = fields.need_list("sections", limits::ITEMS).and_then(|list| sections(page, list, &expressions));
    let pass_mark = if fields.get("pass_mark").is_some() { fields.number("pass_mark", 1..=100).map(Some) } else { Some(None) };
    fields.later(&["approval", "actions", "schedule"]);
    fields.misplaced("rules", "an item");
    let pass_mark_at = fields.get("pass_mark").map(|node| node.at);
    fields.end();
    if sections.is_none() {
        expressions.check_what_is_there(page);
    }
    let form = Form { pass_mark: pass_mark?, sections: sections? };
    if !form.items().any(|item| item.kind.answers().asks()) {
        return page.nothing(node.at, "a procedure has at least one item that takes an answer");
    }
    if let Some(at) = pass_mark_at.filter(|_| form.items().all(|item| item.weight == 0)) {
        return page.nothing(at, "‘pass_mark’ is per cent of the points, and no item has a ‘weight’");
    }
    if !expressions.check(page, &form) {
        return None;
    }
    let content = Content::Procedure(Procedure { form, sign_off: sign_off?, minutes: minutes? });
    Some(Release { slug, title: title?, predecessor: None, content })
}

fn signer(page: Page<'_>, at: crate::finding::At, name: &str) -> Option<frontline_domain::permission::Role> {
    use frontline_domain::permission::Role;
    let role = people::role(page, at, name)?;
    match role {
        Role::Supervisor | Role::Manager | Role::Admin => Some(role),
        _ => page.nothing(at, "‘sign_off’ is by a supervisor, a manager or an admin; no other role may sign off"),
    }
}
