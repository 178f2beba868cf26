//! What the rules of a run ask for and whom they tell, as it stands.

use frontline_domain::document::{Asked, Run, RunState, asked};
use frontline_domain::form::response::Demand;

use super::run_items::Shown;
use crate::console::strings::fill;
use crate::console::view::DemandView;

/// Why nothing is asked any more, where a rule ended the run; then what is asked for, in the order of the form.
pub fn demands(shown: &Shown<'_>, run: &Run, status: RunState, started_ms: i64, now_ms: i64) -> Vec<DemandView> {
    let (names, t) = (shown.names, &shown.names.t.run);
    let view = |one: Asked<'_>| {
        let at = one.demanded.at;
        let item = shown.filled.plan().item(at.item)?;
        let late = one.due_ms.is_some_and(|due| due < now_ms);
        let (says, about) = match (one.demanded.demand, one.due_ms) {
            (Demand::Notify(notice), _) => (&notice.message, fill(t.told, &[("role", names.t.roles.of(notice.role))])),
            (Demand::Action(action), None) => (&action.title, t.to_mend.to_owned()),
            (Demand::Action(action), Some(due)) => {
                (&action.title, fill(if late { t.mend_late } else { t.mend_by }, &[("time", &shown.zone.text(due))]))
            }
        };
        Some(DemandView {
            says: names.words(says),
            about,
            tone: if late { "broken" } else { "seal" },
            at: Some(shown.zone.stamp(one.since_ms)),
            href: format!("#{}-{}", item.slug, at.instance),
            label: shown.named(item, at.instance),
        })
    };
    let ended = shown.filled.ended().and_then(|(at, why)| {
        let item = shown.filled.plan().item(at.item)?;
        let label = shown.named(item, at.instance);
        Some(DemandView {
            says: names.words(why),
            about: fill(t.ended_at, &[("item", &label.text)]),
            tone: "seal",
            at: None,
            href: format!("#{}-{}", item.slug, at.instance),
            label,
        })
    });
    ended.into_iter().chain(asked(shown.filled, run, status, started_ms).into_iter().filter_map(view)).collect()
}
