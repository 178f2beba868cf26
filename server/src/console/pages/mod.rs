//! A handler per page: who asks, whether they may, what is there, shown.

pub mod action;
pub mod actions;
pub mod answers;
pub mod assign;
pub mod assignment;
pub mod assignments;
pub mod compare;
pub mod content;
mod deeds;
pub mod device;
pub mod device_end;
pub mod device_unlock;
pub mod devices;
pub mod draft;
pub mod enrol;
pub mod failures;
pub mod health;
pub mod media;
pub mod people;
mod people_deeds;
pub mod person;
pub mod person_new;
pub mod person_password;
pub mod person_roles;
mod person_work;
pub mod picture;
pub mod quarantine;
pub mod quarantined;
pub mod release;
pub mod release_change;
pub mod release_runs;
pub mod run;
mod run_actions;
mod run_demands;
pub mod run_figures;
mod run_history;
pub mod run_items;
pub mod runs;
pub mod site;
mod site_lists;
pub mod sites;
pub mod weeks;

use frontline_domain::permission::Act;
use frontline_domain::{Scope, SiteId};

use super::errors::Failure;
use super::session::Me;
use super::strings::{LANGUAGES, Strings, fill};
use super::view::{Frame, MenuEntry, Place, Spoken};
use super::zone::Zone;
use crate::store::ReadTx;

/// Quarantined entries that are counted for the badge at most.
const MOST_COUNTED: usize = 100;

/// What stands around a page.
pub async fn frame(tx: &mut dyn ReadTx, me: &Me, place: Option<Place>, zone: Option<&Zone>) -> Result<Frame, Failure> {
    let quarantined = if me.may_anywhere(Act::LetIn) { quarantine::waiting(tx, me).await? } else { 0 };
    let utc = Zone::new("UTC", me.now_ms, me.t);
    let zone = zone.unwrap_or(&utc);
    let time = format!("{} {}", zone.text(me.now_ms), zone.name());
    Ok(Frame {
        t: me.t,
        org: me.org_name.clone(),
        person: me.name.clone(),
        quarantined,
        menu: menu(me, place, quarantined),
        languages: LANGUAGES.iter().map(|l| Spoken { lang: l.lang, name: l.name, dir: l.dir, current: l.lang == me.t.lang }).collect(),
        here: me.here.clone(),
        csrf: me.csrf(),
        read_at: fill(me.t.frame.read_at, &[("time", &time)]),
    })
}

/// The pages of the menu that the person may see.
fn menu(me: &Me, place: Option<Place>, quarantined: u64) -> Vec<MenuEntry> {
    let t = &me.t.frame;
    let may = |act| me.may_anywhere(act);
    let all = [
        (Place::Sites, "/", t.sites, true),
        (Place::Runs, "/runs", t.runs, may(Act::Oversee)),
        (Place::Actions, "/actions", t.actions, may(Act::Oversee)),
        (Place::People, "/people", t.people, may(Act::Oversee)),
        (Place::Devices, "/devices", t.devices, may(Act::Oversee)),
        (Place::Assignments, "/assignments", t.assignments, may(Act::Oversee)),
        (Place::Content, "/content", t.content, content::is_for(me)),
        (Place::Health, "/sync-health", t.health, may(Act::Oversee)),
        (Place::Quarantine, "/quarantine", t.quarantine, may(Act::LetIn)),
    ];
    let shown = all.into_iter().filter(|(.., shown)| *shown);
    shown
        .map(|(of, href, label, _)| MenuEntry {
            href,
            label,
            current: place == Some(of),
            badge: (of == Place::Quarantine && quarantined > 0).then(|| (badge(me.t, quarantined), me.t.counted(t.waiting, quarantined))),
        })
        .collect()
}

/// A number that was counted up to [`MOST_COUNTED`].
fn badge(t: &Strings, n: u64) -> String {
    if n >= MOST_COUNTED as u64 { t.frame.many.to_owned() } else { n.to_string() }
}

/// The site of an address; what is no id is a site that does not exist.
fn site_id(text: &str) -> Result<SiteId, Failure> {
    text.parse().map_err(|_| Failure::Missing)
}

/// Refuses what the person may not do there: a place that they may not even see does not exist for them.
fn allowed(me: &Me, act: Act, scope: Scope) -> Result<(), Failure> {
    match (me.may(act, scope), me.may(Act::Oversee, scope)) {
        (true, _) => Ok(()),
        (false, true) => Err(Failure::Forbidden),
        (false, false) => Err(Failure::Missing),
    }
}
