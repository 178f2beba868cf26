//! `/`: the sites that a person oversees, with four numbers each and what needs somebody.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use frontline_domain::Scope;
use frontline_domain::permission::Act;
use frontline_domain::record::Site;

use super::frame;
use super::site::{Around, around};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::freshen;
use crate::console::look::assigned::given;
use crate::console::look::devices::Fleet;
use crate::console::look::names::Names;
use crate::console::period::Period;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Place, SiteRow, SitesPage};
use crate::lists::{ANY, CLASH, actions, heading};
use crate::store::{List, ReadTx, Walk, Within};

/// Actions of one kind that are counted at most.
const MOST: usize = 1_000;

/// What the address may say of the period.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    pub period: Period,
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Query(chosen): Query<Chosen>) -> Result<Response, Failure> {
    // Actions are rows of a list.
    freshen(&console, &me).await?;
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, &me).await?;
    let sites = names.sites_for(&me, Act::Oversee);
    let fleet = Fleet::read(tx, me.org).await?;
    let given = given(tx, me.org).await?;
    let frame = frame(tx, &me, Some(Place::Sites), sites.first().map(|s| names.zone(s)).as_ref()).await?;
    let (mut rows, mut attention) = (Vec::new(), Vec::new());
    for site in &sites {
        let found = around(tx, &console, &me, &names, &fleet, site, chosen.period, &given).await?;
        let actions = Pressing::read(tx, &me, site).await?;
        attention.extend(needs(&me, &names, site, &found));
        attention.extend(actions.needs(&me, &names, site));
        rows.push(row(&names, site, found, &actions));
    }
    if frame.quarantined > 0 {
        attention.push(("/quarantine".to_owned(), me.t.counted(me.t.sites.quarantined, frame.quarantined)));
    }
    let lead = me.t.counted(me.t.sites.lead, sites.len() as u64);
    Ok(page(&SitesPage { lead, tabs: chosen.period.tabs("/", me.t), attention, sites: rows, frame }))
}

/// What has to be settled or finished at a site.
fn needs(me: &Me, names: &Names, site: &Site, found: &Around) -> Vec<(String, String)> {
    let name = names.words(&site.name).text;
    let t = &me.t.sites;
    let counts = [(t.clashes, found.clashes, "runs"), (t.past_due, found.past_due, "runs"), (t.not_begun, found.not_begun, "assignments")];
    let open = counts.into_iter().filter(|(_, n, _)| *n > 0);
    open.map(|(text, n, part)| (format!("/sites/{}#{part}", site.id), fill(&me.t.counted(text, n), &[("site", &name)]))).collect()
}

/// Actions of a site that press.
struct Pressing {
    to_do: u64,
    late: u64,
    differ: u64,
}

impl Pressing {
    /// Up to [`MOST`] of each are counted.
    async fn read(tx: &mut dyn ReadTx, me: &Me, site: &Site) -> Result<Self, Failure> {
        let mut counts = [0; 3];
        // What differs is asked of whatever is not over.
        let not_over = Within { below: Some(actions::over().least), ..Within::default() };
        let asked = [(ANY, actions::to_do()), (ANY, actions::overdue(me.now_ms)), (CLASH, not_over)];
        for (count, (facet, within)) in counts.iter_mut().zip(asked) {
            let under = heading(Some(Scope::Site(site.id)), facet);
            *count = tx.listed(me.org, List::Actions, &under, &within, &Walk::first(MOST)).await?.len() as u64;
        }
        let [to_do, late, differ] = counts;
        Ok(Self { to_do, late, differ })
    }
    fn needs(&self, me: &Me, names: &Names, site: &Site) -> Vec<(String, String)> {
        let (t, name) = (&me.t.sites, names.words(&site.name).text);
        let counts = [(t.actions_late, self.late, "late=overdue"), (t.actions_differ, self.differ, "status=clash")];
        let open = counts.into_iter().filter(|(_, n, _)| *n > 0);
        open.map(|(text, n, asked)| (format!("/actions?site={}&{asked}", site.id), fill(&me.t.counted(text, n), &[("site", &name)])))
            .collect()
    }
    /// What is to be done, and where it is looked at.
    fn link(&self, names: &Names, site: &Site) -> Option<(String, String)> {
        let words = names.t.counted(names.t.sites.actions_open, self.to_do);
        (self.to_do > 0).then(|| (format!("/actions?site={}&status=to-do", site.id), words))
    }
}

fn row(names: &Names, site: &Site, found: Around, actions: &Pressing) -> SiteRow {
    let zone = names.zone(site);
    SiteRow {
        id: site.id.to_string(),
        name: names.words(&site.name),
        local: fill(names.t.sites.local, &[("time", &zone.time(names.now_ms))]),
        zone: zone.name().to_owned(),
        figures: found.figures,
        actions: actions.link(names, site),
    }
}
