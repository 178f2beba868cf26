//! How people stand in the quiz of a module.

use std::collections::BTreeMap;

use frontline_domain::quiz::{Attempt, Quiz, Standing, standing};
use frontline_domain::release::{Content, Release};
use frontline_domain::{OrgId, PersonId, ReleaseHash, Slug};

use super::library::Library;
use crate::store::{ReadTx, Result};

/// Somebody who is to learn, with what became of it.
pub struct Learned {
    pub person: PersonId,
    pub standing: Standing,
    /// When the attempt that passed first was handed in.
    pub passed_ms: Option<i64>,
    /// An attempt is not handed in yet.
    pub open: bool,
}

/// The quiz that a release has.
pub fn quiz(release: &Release) -> Option<&Quiz> {
    match &release.content {
        Content::Module(module) => module.quiz.as_ref(),
        _ => None,
    }
}

/// How each of these people stands, in their order.
pub async fn results(tx: &mut dyn ReadTx, library: &Library, org: OrgId, module: &Slug, people: &[PersonId]) -> Result<Vec<Learned>> {
    let mut by_person: BTreeMap<PersonId, Vec<Attempt>> = BTreeMap::new();
    let mut allowed: BTreeMap<ReleaseHash, Option<u8>> = BTreeMap::new();
    for row in tx.attempts(org, module.as_str()).await? {
        if let std::collections::btree_map::Entry::Vacant(version) = allowed.entry(row.attempt.module) {
            let release = library.get(tx, org, row.attempt.module).await?;
            version.insert(release.as_deref().and_then(quiz).and_then(|q| q.attempts));
        }
        by_person.entry(row.person).or_default().push(row.attempt);
    }
    let learned = |person: &PersonId| {
        let attempts = by_person.get(person).map_or(&[][..], Vec::as_slice);
        let standing = standing(attempts, |version| allowed.get(version).copied().flatten());
        let passed = attempts.iter().filter_map(|a| a.outcome).filter(|o| o.passed).map(|o| o.at_ms).min();
        let open = attempts.iter().any(|a| a.outcome.is_none());
        Learned { person: *person, standing, passed_ms: passed.filter(|_| standing.passed), open }
    };
    Ok(people.iter().map(learned).collect())
}
