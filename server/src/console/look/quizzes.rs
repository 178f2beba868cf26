//! How people stand in the quiz of a module.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use frontline_domain::quiz::{Attempt, Quiz, Standing, standing};
use frontline_domain::release::{Content, Release};
use frontline_domain::{OrgId, PersonId, ReleaseHash, Scope, Slug};

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
        if let Entry::Vacant(version) = allowed.entry(row.attempt.module) {
            let release = library.get(tx, org, row.attempt.module).await?;
            version.insert(release.as_deref().and_then(quiz).and_then(|q| q.attempts));
        }
        by_person.entry(row.person).or_default().push(row.attempt);
    }
    let of = |person: &PersonId| learned(*person, by_person.get(person).map_or(&[][..], Vec::as_slice), &allowed);
    Ok(people.iter().map(of).collect())
}

/// How one person stands in the quizzes of the modules that they tried, by the modules' slugs; of attempts that
/// began where `seen` says.
pub async fn of_person(
    tx: &mut dyn ReadTx,
    library: &Library,
    org: OrgId,
    person: PersonId,
    seen: impl Fn(Scope) -> bool,
) -> Result<BTreeMap<Slug, Learned>> {
    let mut by_module: BTreeMap<Slug, Vec<Attempt>> = BTreeMap::new();
    let mut allowed: BTreeMap<ReleaseHash, Option<u8>> = BTreeMap::new();
    for row in tx.attempts_of(org, person).await?.into_iter().filter(|row| seen(row.scope)) {
        let Some(release) = library.get(tx, org, row.attempt.module).await? else { continue };
        allowed.insert(row.attempt.module, quiz(&release).and_then(|q| q.attempts));
        by_module.entry(release.slug.clone()).or_default().push(row.attempt);
    }
    Ok(by_module.into_iter().map(|(slug, attempts)| (slug, learned(person, &attempts, &allowed))).collect())
}

fn learned(person: PersonId, attempts: &[Attempt], allowed: &BTreeMap<ReleaseHash, Option<u8>>) -> Learned {
    let standing = standing(attempts, |version| allowed.get(version).copied().flatten());
    let passed = attempts.iter().filter_map(|a| a.outcome).filter(|o| o.passed).map(|o| o.at_ms).min();
    let open = attempts.iter().any(|a| a.outcome.is_none());
    Learned { person, standing, passed_ms: passed.filter(|_| standing.passed), open }
}
