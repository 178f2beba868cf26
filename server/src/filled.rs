//! A run's form as it is filled, as the phones work it out too. Of whoever answered, and of what was answered before,
//! nothing is known here: a run has many authors.

use std::sync::Arc;

use frontline_domain::document::{Run, filled};
use frontline_domain::form::Plan;
use frontline_domain::form::response::Response;
use frontline_domain::form::response::around::{About, Around};
use frontline_domain::permission::Role;
use frontline_domain::record::{Asset, Site};

/// What a run is of: its site, and the asset that it is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Records<'a> {
    pub site: Option<&'a Site>,
    pub asset: Option<&'a Asset>,
}

/// `now_ms` is the time that the form is read at: of a run that is done the time of its last answer. `asked`: the signers
/// whose sections are there, which are those of a run that was handed in.
pub fn of_run(run: &Run, plan: &Arc<Plan>, about: Records<'_>, now_ms: i64, asked: &[Role]) -> Response {
    let mut around = Around::at(now_ms, about.site.map_or("UTC", |s| s.zone.as_str()));
    if let Some(site) = about.site {
        around.site = About::site(site);
    }
    if let Some(asset) = about.asset {
        around.asset = About::asset(asset);
    }
    around.asked = asked.to_vec();
    filled(plan, around, run)
}
