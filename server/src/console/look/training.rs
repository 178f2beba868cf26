//! How far people have read a module, from the facts that their phones sent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use frontline_domain::fact::{Fact, LessonProgressed};
use frontline_domain::permission::Grant;
use frontline_domain::release::{self, Content, Module, Release};
use frontline_domain::{EntryType as T, OrgId, PersonId, ReleaseHash, Scope, SiteId, Slug};

use super::facts::{self, Found};
use super::library::Library;
use super::names::Names;
use crate::store::{ReadTx, Result};

/// How far one person is in one lesson.
#[derive(Debug, Clone, Copy, Default)]
struct Lesson {
    furthest: u16,
    /// When its last card was read first.
    done_ms: Option<i64>,
    /// When any of it was read last.
    last_ms: i64,
}

impl Lesson {
    fn takes(&mut self, p: &LessonProgressed, at_ms: i64) {
        self.furthest = self.furthest.max(p.card);
        self.last_ms = self.last_ms.max(at_ms);
        if p.card >= p.of {
            self.done_ms = Some(self.done_ms.map_or(at_ms, |ms| ms.min(at_ms)));
        }
    }
}

/// All that was read at a site, or by one person.
#[derive(Debug, Default)]
pub struct Read {
    furthest: BTreeMap<(PersonId, ReleaseHash, Slug), Lesson>,
    /// The versions that it was read in.
    versions: BTreeMap<ReleaseHash, Arc<Release>>,
}

/// How far one person is in a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub cards: u64,
    pub of: u64,
    /// When the last card was read; none while one is left.
    pub done_ms: Option<i64>,
}

impl Read {
    pub async fn at(tx: &mut dyn ReadTx, library: &Library, org: OrgId, site: SiteId) -> Result<Self> {
        let all = facts::since(tx, org, Scope::Site(site), &[T::LESSON_PROGRESSED], 0).await?;
        Self::of(tx, library, org, all).await
    }

    /// What one person read, wherever `seen` says that it may be looked at; the latest `most` steps of it.
    pub async fn by(
        tx: &mut dyn ReadTx,
        library: &Library,
        org: OrgId,
        person: PersonId,
        seen: impl Fn(Scope) -> bool,
        most: usize,
    ) -> Result<Self> {
        let rows = tx.training_of(org, person, most).await?;
        let all = rows.iter().filter(|row| seen(row.scope)).filter_map(facts::read).collect();
        Self::of(tx, library, org, all).await
    }

    async fn of(tx: &mut dyn ReadTx, library: &Library, org: OrgId, all: Vec<Found>) -> Result<Self> {
        let (mut furthest, mut versions) = (BTreeMap::<_, Lesson>::new(), BTreeMap::new());
        for found in all {
            let Fact::LessonProgressed(p) = &found.fact else { continue };
            if !versions.contains_key(&p.module)
                && let Some(release) = library.get(tx, org, p.module).await?
            {
                versions.insert(p.module, release);
            }
            let lesson = furthest.entry((found.person(), p.module, p.lesson.clone())).or_default();
            lesson.takes(p, found.effective_ms);
        }
        Ok(Self { furthest, versions })
    }

    /// The versions of modules that a person has begun to read.
    pub fn versions(&self, person: PersonId) -> BTreeSet<ReleaseHash> {
        self.furthest.keys().filter(|(who, ..)| *who == person).map(|(_, version, _)| *version).collect()
    }

    /// How many lessons of a module somebody read to the end, and when they read in it last.
    pub fn lessons(&self, person: PersonId, version: ReleaseHash, slug: &Slug, module: &Module) -> (u64, Option<i64>) {
        let known = module.lessons.iter().map(|lesson| self.lesson(person, version, slug, lesson)).filter(|known| known.furthest > 0);
        known.fold((0, None), |(done, last), lesson| (done + u64::from(lesson.done_ms.is_some()), last.max(Some(lesson.last_ms))))
    }

    /// As the person's own phone counts it: the furthest card of each lesson, in this version or in one in which the
    /// lesson says the same.
    pub fn reading(&self, person: PersonId, version: ReleaseHash, slug: &Slug, module: &Module) -> Reading {
        let (mut cards, mut of, mut ends) = (0, 0, Vec::new());
        for lesson in &module.lessons {
            let known = self.lesson(person, version, slug, lesson);
            let all = lesson.cards.len() as u64;
            cards += u64::from(known.furthest).min(all);
            of += all;
            ends.push(known.done_ms);
        }
        let done_ms = ends.into_iter().max().flatten().filter(|_| of > 0 && cards == of);
        Reading { cards, of, done_ms }
    }

    fn lesson(&self, person: PersonId, version: ReleaseHash, slug: &Slug, lesson: &release::Lesson) -> Lesson {
        let is_same = |release: &Release| {
            release.slug == *slug && self::module(release).is_some_and(|m| m.lessons.iter().any(|one| lesson.reads_as(one)))
        };
        let mut out = Lesson::default();
        for hash in self.versions.iter().filter(|(hash, release)| **hash == version || is_same(release)).map(|(hash, _)| *hash) {
            let Some(known) = self.furthest.get(&(person, hash, lesson.slug.clone())) else { continue };
            out.furthest = out.furthest.max(known.furthest);
            out.last_ms = out.last_ms.max(known.last_ms);
            out.done_ms = [out.done_ms, known.done_ms].into_iter().flatten().min();
        }
        out
    }
}

/// The module that a release is.
pub fn module(release: &Release) -> Option<&Module> {
    match &release.content {
        Content::Module(module) => Some(module),
        _ => None,
    }
}

/// Who learns at a site: those with a role there now under which training is kept, by name.
pub async fn learners(tx: &mut dyn ReadTx, org: OrgId, names: &Names, site: SiteId) -> Result<Vec<PersonId>> {
    let learns = |g: &Grant| g.scope == Scope::Site(site) && g.role.writes().contains(T::LESSON_PROGRESSED);
    let held = |g: &Grant| g.held_between(names.now_ms, names.now_ms);
    let grants = tx.all_grants(org).await?;
    let mut people: Vec<PersonId> = grants.iter().filter(|g| learns(g) && held(g)).map(|g| g.person).collect();
    people.retain(|id| names.people.get(id).is_some_and(|p| !p.withdrawn));
    people.sort_by_key(|id| (names.person(*id), *id));
    people.dedup();
    Ok(people)
}
