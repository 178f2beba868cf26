//! A run's form as it is filled, as the phones work it out too. Of whoever answered, and of what was answered before,
//! nothing is known here: a run has many authors.

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::document::{Run, filled};
use frontline_domain::form::Plan;
use frontline_domain::form::response::Response;
use frontline_domain::form::response::around::{About, Around};
use frontline_domain::permission::Role;
use frontline_domain::record::Site;

/// `now_ms` is the time that the form is read at: of a run that is done the time of its last answer. `asked`: the signers
/// whose sections are there, which are those of a run that was handed in.
pub fn of_run(run: &Run, plan: &Arc<Plan>, site: Option<&Site>, now_ms: i64, asked: &[Role]) -> Response {
    let mut around = Around::at(now_ms, site.map_or("UTC", |s| s.zone.as_str()));
    if let Some(site) = site {
        around.site = About {
            attributes: BTreeMap::from([("slug".to_owned(), site.slug.to_string()), ("zone".to_owned(), site.zone.clone())]),
            tags: Some(site.tags.iter().map(ToString::to_string).collect()),
        };
    }
    around.asked = asked.to_vec();
    filled(plan, around, run)
}
