//! How far somebody read, over all versions of a module: a lesson that says the same in a new version is not to be
//! read again, and one goes on at the card where one stopped.

use std::collections::BTreeMap;

use frontline_domain::release::{Content, Lesson, Module};
use frontline_domain::{PersonId, ReleaseHash, Slug};

use super::cards_of;
use crate::error::Fault;
use crate::store::progress::{self, ProgressRow};
use crate::store::{Db, releases};

/// One person's reading.
pub(super) struct Reading {
    rows: Vec<ProgressRow>,
    /// The versions that it was done in.
    versions: BTreeMap<ReleaseHash, (Slug, Module)>,
}

impl Reading {
    pub(super) fn of(db: &Db<'_>, person: PersonId) -> Result<Self, Fault> {
        let rows = progress::of(db, person)?;
        let mut versions = BTreeMap::new();
        for row in &rows {
            if !versions.contains_key(&row.module)
                && let Some(release) = releases::get(db, &row.module)?
                && let Content::Module(module) = release.content
            {
                versions.insert(row.module, (release.slug, module));
            }
        }
        Ok(Self { rows, versions })
    }

    /// Where the person is in a lesson of this version, at most at its last card; none where they never began it.
    pub(super) fn at(&self, version: &ReleaseHash, slug: &Slug, lesson: &Lesson) -> Option<ProgressRow> {
        let mut rows: Vec<&ProgressRow> =
            self.rows.iter().filter(|r| r.lesson == lesson.slug && self.reads_as(r, version, slug, lesson)).collect();
        rows.sort_by_key(|r| (r.at_ms, r.module));
        let last = *rows.last()?;
        let furthest = rows.iter().map(|r| r.furthest).max().unwrap_or(last.furthest);
        let of = cards_of(lesson);
        Some(ProgressRow { card: last.card.min(of), furthest: furthest.min(of), cards: of, ..last.clone() })
    }

    fn reads_as(&self, row: &ProgressRow, version: &ReleaseHash, slug: &Slug, lesson: &Lesson) -> bool {
        row.module == *version
            || self.versions.get(&row.module).is_some_and(|(of, module)| of == slug && module.lessons.iter().any(|l| lesson.reads_as(l)))
    }
}
