//! What rules ask for and whom they tell: `action` and `notify`.

use frontline_domain::form::Then;
use frontline_domain::form::rule::{ActionRule, Notice, NotifyWhen};
use frontline_domain::near::{did_you_mean, shown};

use super::fields::Fields;
use super::people::role;
use crate::limits::LABEL;

/// Hours within which something can be asked for: a year.
const HOURS: i64 = 8_760;

/// What is to be put right: its title, and within how many hours.
pub fn action(fields: &Fields<'_, '_>) -> Option<Option<Then>> {
    let Some(node) = fields.get("action") else { return Some(None) };
    let own = Fields::of(fields.page, node, "an action")?;
    let title = own.need_text("title", LABEL);
    let within_hours = if own.get("within_hours").is_some() { own.number("within_hours", 1..=HOURS).map(Some) } else { Some(None) };
    own.end();
    Some(Some(Then::Action(ActionRule { title: title?, within_hours: within_hours? })))
}

/// Who is told what, with the answer or once the run is handed in.
pub fn notice(fields: &Fields<'_, '_>) -> Option<Option<Then>> {
    let Some(node) = fields.get("notify") else { return Some(None) };
    let own = Fields::of(fields.page, node, "a notice")?;
    let role = own.need_word("role").and_then(|(at, name)| role(own.page, at, name));
    let message = own.need_text("message", LABEL);
    let when = match own.word("when") {
        None => own.get("when").is_none().then_some(NotifyWhen::Now),
        Some((_, "now")) => Some(NotifyWhen::Now),
        Some((_, "submission")) => Some(NotifyWhen::Submission),
        Some((at, other)) => {
            let near = did_you_mean(other, ["now", "submission"]);
            own.page.nothing(at, format!("{} is no moment{near}; ‘now’ or ‘submission’ fits", shown(other)))
        }
    };
    own.end();
    Some(Some(Then::Notify(Notice { role: role?, when: when?, message: message? })))
}
