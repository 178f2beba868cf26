//! What refers to a release: work under way on a version, what is assigned, what asks it. Of the sites that the
//! reader oversees.

use std::collections::BTreeMap;

use frontline_domain::fact::Fact;
use frontline_domain::permission::Act;
use frontline_domain::record::{Assignment, Touchpoint};
use frontline_domain::{OrgId, ReleaseHash, Scope, Slug};

use super::facts;
use crate::console::session::Me;
use crate::records;
use crate::store::{ReadTx, Result};
use crate::withdrawn::Withdrawals;

/// Runs of one version that are looked at; beyond, it is said that there are more.
const MOST_RUNS: usize = 500;

/// Runs or attempts that were begun with one version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    pub begun: u64,
    /// Not handed in.
    pub open: u64,
    /// There are more than were looked at.
    pub more: bool,
}

/// What refers to a name, whichever version is current.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Standing ones.
    pub assignments: u64,
    pub touchpoints: u64,
}

/// Whether the figures of a place are theirs to see: content is the whole organisation's, so who publishes sees
/// all of them.
pub fn sees(me: &Me, place: Scope) -> bool {
    me.may(Act::Publish, Scope::Org) || me.may(Act::Oversee, place)
}

/// The runs of a procedure that were begun with this version.
pub async fn runs(tx: &mut dyn ReadTx, me: &Me, version: ReleaseHash) -> Result<Work> {
    let (begun, more) = begun_with(tx, me, version).await?;
    let open = begun.iter().filter(|(_, is_open)| *is_open).count() as u64;
    Ok(Work { begun: begun.len() as u64, open, more })
}

/// Open runs of these versions, by the place where they were begun.
pub async fn open_by_site(tx: &mut dyn ReadTx, me: &Me, versions: &[ReleaseHash]) -> Result<BTreeMap<Scope, u64>> {
    let mut all = BTreeMap::new();
    for version in versions {
        for (place, _) in begun_with(tx, me, *version).await?.0.into_iter().filter(|(_, is_open)| *is_open) {
            *all.entry(place).or_default() += 1;
        }
    }
    Ok(all)
}

/// Where runs of a version were begun, and whether each is open; and whether there are more than are looked at.
async fn begun_with(tx: &mut dyn ReadTx, me: &Me, version: ReleaseHash) -> Result<(Vec<(Scope, bool)>, bool)> {
    let rows = tx.docs_of_release(me.org, version, MOST_RUNS + 1).await?;
    let is_withdrawn = Withdrawals::read(tx, me.org).await?.of(&version).is_some();
    let mut all = Vec::new();
    for row in rows.iter().take(MOST_RUNS).filter(|row| sees(me, row.scope)) {
        let said = tx.said_about(me.org, row.doc.as_bytes(), usize::MAX).await?;
        let handed_in = said.iter().filter_map(facts::read).fold(false, |before, found| match found.fact {
            Fact::RunSubmitted(_) | Fact::SignedOff(_) => true,
            Fact::Returned(_) => false,
            _ => before,
        });
        all.push((row.scope, !handed_in && !is_withdrawn));
    }
    Ok((all, rows.len() > MOST_RUNS))
}

/// The attempts at a module's quiz, by the version that they were begun with.
pub async fn attempts(tx: &mut dyn ReadTx, me: &Me, slug: &Slug) -> Result<Vec<(ReleaseHash, Work)>> {
    let mut all: Vec<(ReleaseHash, Work)> = Vec::new();
    for row in tx.attempts(me.org, slug.as_str()).await?.into_iter().filter(|row| sees(me, row.scope)) {
        let at = all.iter().position(|(version, _)| *version == row.attempt.module).unwrap_or_else(|| {
            all.push((row.attempt.module, Work::default()));
            all.len() - 1
        });
        all[at].1.begun += 1;
        all[at].1.open += u64::from(row.attempt.outcome.is_none());
    }
    Ok(all)
}

/// Who is asked for it.
pub async fn asked(tx: &mut dyn ReadTx, me: &Me, kind: &str, slug: &Slug) -> Result<Asked> {
    let mut asked = Asked::default();
    for one in records::all::<Assignment>(tx, me.org).await? {
        if !one.withdrawn && one.kind == kind && one.slug == *slug && seen_to(tx, me, me.org, one.to).await? {
            asked.assignments += 1;
        }
    }
    if kind == "survey" {
        let points: Vec<Touchpoint> = records::all(tx, me.org).await?;
        asked.touchpoints = points.iter().filter(|p| !p.withdrawn && p.survey == *slug && sees(me, Scope::Site(p.site))).count() as u64;
    }
    Ok(asked)
}

/// Whether what is assigned to this place, or to this person, is theirs to see.
async fn seen_to(tx: &mut dyn ReadTx, me: &Me, org: OrgId, to: Scope) -> Result<bool> {
    match to {
        Scope::Person(person) => {
            let held = tx.grants(org, person).await?;
            Ok(sees(me, Scope::Org) || held.iter().any(|g| g.until_ms.is_none() && sees(me, g.scope)))
        }
        place => Ok(sees(me, place)),
    }
}
