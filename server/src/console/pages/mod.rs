//! A handler per page: who asks, whether they may, what is there, shown.

pub mod assign;
mod deeds;
pub mod enrol;
pub mod quarantine;
pub mod quiz;
pub mod run;
mod run_history;
mod run_items;
pub mod site;
mod site_lists;
pub mod sites;

use frontline_domain::permission::Act;
use frontline_domain::{Scope, SiteId};

use super::errors::Failure;
use super::session::Me;
use super::strings::fill;
use super::view::{Frame, Place};
use super::zone::Zone;
use crate::store::ReadTx;

/// Quarantined entries that are looked at for the badge and the list.
pub const MOST_QUARANTINED: usize = 500;

/// What stands around a page.
pub async fn frame(tx: &mut dyn ReadTx, me: &Me, place: Option<Place>, zone: Option<&Zone>) -> Result<Frame, Failure> {
    let quarantined = if me.may_anywhere(Act::LetIn) { Some(quarantine::waiting(tx, me).await?.len() as u64) } else { None };
    let utc = Zone::new("UTC", me.now_ms, me.t);
    let zone = zone.unwrap_or(&utc);
    let time = format!("{} {}", zone.text(me.now_ms), zone.name());
    Ok(Frame {
        t: me.t,
        org: me.org_name.clone(),
        person: me.name.clone(),
        quarantined,
        may_assign: me.may_anywhere(Act::Assign),
        csrf: me.csrf(),
        place,
        read_at: fill(me.t.frame.read_at, &[("time", &time)]),
    })
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
