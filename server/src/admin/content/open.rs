//! Work under way: runs that nobody handed in, modules that somebody is half-way through or has an open
//! attempt at.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::fact::Fact;
use frontline_domain::record::Site;
use frontline_domain::release::{Content, Release};
use frontline_domain::{DocId, EntryType, OrgId, PersonId, ReleaseHash, Scope, Slug, TypeSet};
use frontline_protocol::{Entry, limits};

use crate::admin::Result;
use crate::records;
use crate::store::{ReadTx, Scan};
use crate::withdrawn::Withdrawals;

/// Per (part, slug), how much is under way.
pub(super) async fn count(tx: &mut dyn ReadTx, org: OrgId) -> Result<BTreeMap<(&'static str, String), u64>> {
    let mut open = BTreeMap::new();
    let mut progress: BTreeMap<(PersonId, ReleaseHash), BTreeSet<Slug>> = BTreeMap::new();
    let withdrawals = Withdrawals::read(tx, org).await?;
    for site in records::all::<Site>(tx, org).await? {
        let scope = Scope::Site(site.id);
        let mut handed_in: BTreeMap<DocId, bool> = BTreeMap::new();
        for (person, fact) in facts(tx, org, scope).await? {
            match fact {
                Fact::RunSubmitted(seal) => drop(handed_in.insert(seal.run, true)),
                Fact::SignedOff(seal) => drop(handed_in.insert(seal.run, true)),
                Fact::Returned(returned) => drop(handed_in.insert(returned.run, false)),
                Fact::LessonProgressed(l) => {
                    let done = progress.entry((person, l.module)).or_default();
                    if l.card == l.of {
                        done.insert(l.lesson);
                    }
                }
                _ => {}
            }
        }
        for doc in tx.docs(org, scope).await? {
            if !handed_in.get(&doc.doc).copied().unwrap_or(false)
                && withdrawals.of(&doc.release).is_none()
                && let Some(release) = tx.release(org, doc.release).await?
                && release.kind == "procedure"
            {
                *open.entry(("procedure", release.slug)).or_default() += 1;
            }
        }
    }
    let attempts: BTreeSet<(PersonId, ReleaseHash)> = tx.open_attempts(org).await?.into_iter().collect();
    for begun in &attempts {
        progress.entry(*begun).or_default();
    }
    for (begun, done) in progress {
        let Some(row) = tx.release(org, begun.1).await? else { continue };
        if let Ok(Release { content: Content::Module(module), slug, .. }) = Release::decode(&row.bytes)
            && (attempts.contains(&begun) || module.lessons.iter().any(|lesson| !done.contains(&lesson.slug)))
        {
            *open.entry(("module", slug.to_string())).or_default() += 1;
        }
    }
    Ok(open)
}

const TYPES: TypeSet = TypeSet::of(&[EntryType::RUN_SUBMITTED, EntryType::SIGNED_OFF, EntryType::RETURNED, EntryType::LESSON_PROGRESSED]);

async fn facts(tx: &mut dyn ReadTx, org: OrgId, scope: Scope) -> Result<Vec<(PersonId, Fact)>> {
    let to = tx.head(org, scope).await?.mark.number;
    let (mut after, mut facts) = (0, Vec::new());
    while after < to {
        let scan = Scan { scope, types: TYPES, after, to, skip: None, max_rows: 2_000, max_bytes: limits::PAGE };
        let (rows, complete) = tx.scan(org, &scan).await?;
        after = complete;
        for row in rows {
            let Ok(entry) = Entry::read(&row.bytes, limits::ENTRY) else { continue };
            if let Some(Ok(fact)) = Fact::decode(row.entry_type, &entry.body) {
                facts.push((row.person, fact));
            }
        }
    }
    Ok(facts)
}
