//! procedures/SLUG.yaml.

use frontline_domain::Slug;
use frontline_domain::form::{Form, limits};
use frontline_domain::permission::Role;
use frontline_domain::release::{Content, Procedure, Release, Signers};

use super::expressions::Expressions;
use super::fields::Fields;
use super::form::sections;
use super::page::Page;
use super::people;
use super::reasons::every;
use crate::finding::At;
use crate::yaml::{Node, Value as Written};
use frontline_domain::near::{did_you_mean, shown};

/// Reads one procedure.
pub fn procedure(page: Page<'_>, slug: Slug, file: &str) -> Option<Release> {
    let node = page.yaml(file, 1)?;
    let fields = Fields::of(page, &node, "a procedure")?;
    let title = fields.label("title");
    let minutes = if fields.get("minutes").is_some() { fields.number("minutes", 1..=1_440).map(Some) } else { Some(None) };
    let sign_off = match fields.get("sign_off") {
        Some(node) => signers(page, node),
        None => Some(Signers::default()),
    };
    let expressions = Expressions::default();
    let sections = fields.need_list("sections", limits::ITEMS).and_then(|list| sections(page, list, &expressions, sign_off.as_ref()));
    let pass_mark = if fields.get("pass_mark").is_some() { fields.number("pass_mark", 1..=100).map(Some) } else { Some(None) };
    fields.later(&["approval", "actions", "schedule"]);
    fields.misplaced("rules", "an item");
    let pass_mark_at = fields.get("pass_mark").map(|node| node.at);
    fields.end();
    if sections.is_none() {
        expressions.check_what_is_there(page);
    }
    let form = Form { pass_mark: pass_mark?, sections: sections? };
    let everybodys = form.sections.iter().filter(|section| section.asked_of.is_none()).flat_map(|section| &section.items);
    if !everybodys.into_iter().any(|item| item.kind.answers().asks()) {
        return page.nothing(node.at, "a procedure has at least one item that takes an answer of whoever fills it in");
    }
    if let Some(at) = pass_mark_at.filter(|_| form.items().all(|item| item.weight == 0)) {
        return page.nothing(at, "‘pass_mark’ is per cent of the points, and no item has a ‘weight’");
    }
    let sound = expressions.check(page, &form);
    if !expressions.check_turns(page, &form, sign_off.as_ref()?) || !sound {
        return None;
    }
    let content = Content::Procedure(Procedure { form, sign_off: sign_off?, minutes: minutes? });
    Some(Release { slug, title: title?, predecessor: None, content })
}

/// One role, or a list of them in the order that they are asked.
fn signers(page: Page<'_>, node: &Node) -> Option<Signers> {
    if !matches!(node.value, Written::List(_)) {
        return signer(page, node.at, page.scalar(node, "‘sign_off’")?.trim()).map(Signers::from);
    }
    let list = page.list(node, "‘sign_off’", Signers::MOST)?;
    let roles: Vec<Role> = every(Some(list), |one| signer(page, one.at, page.scalar(one, "a role")?.trim()))?;
    let is_apart = |(n, role): (usize, &Role)| roles[..n].contains(role) && roles[n - 1] != *role;
    if let Some((n, role)) = roles.iter().enumerate().find(|one| is_apart(*one)) {
        let message =
            format!("‘sign_off’ has {} twice with another role between; a role that signs twice stands twice in a row", role.name());
        return page.nothing(list[n].at, message);
    }
    match Signers::new(roles) {
        Some(signers) if signers.are_asked() => Some(signers),
        _ => page.nothing(node.at, "‘sign_off’ needs at least one role; leave it out where handing in is the end"),
    }
}

/// The role of a section that signers answer.
pub(super) fn asked_of(page: Page<'_>, fields: &Fields<'_, '_>, signers: Option<&Signers>) -> Option<Option<Role>> {
    let Some((at, name)) = fields.word("asked_of") else { return Some(None) };
    let role = signer(page, at, name)?;
    if signers.is_some_and(|signers| signers.place(role).is_none()) {
        return page.nothing(at, format!("‘asked_of’ is one of those who sign off, and ‘sign_off’ does not name {name}"));
    }
    Some(Some(role))
}

fn signer(page: Page<'_>, at: At, name: &str) -> Option<Role> {
    const SIGN: [Role; 3] = [Role::Supervisor, Role::Manager, Role::Admin];
    if let Some(role) = SIGN.into_iter().find(|role| role.name() == name) {
        return Some(role);
    }
    if people::is_role(name) {
        return page.nothing(at, "‘sign_off’ is by a supervisor, a manager or an admin; no other role may sign off");
    }
    let near = did_you_mean(name, SIGN.map(Role::name));
    page.nothing(at, format!("{} is no role{near}; one of supervisor, manager, admin signs off", shown(name)))
}
