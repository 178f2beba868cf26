//! Runs that somebody looks for: by status, site and procedure, and by words of the title, of the name of the asset that it
//! is about, of the site's name and of the name of whoever began it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use frontline_domain::document::RunState;
use frontline_domain::record::Site;
use frontline_domain::release::list::words::{Sought, sought, words};
use frontline_domain::{PersonId, ReleaseHash, Scope, Slug};

use super::{Procedures, RunSummary, assets, summary};
use crate::error::{Error, Fault};
use crate::people::{self, Reader};
use crate::services::piece::{Piece, Pieced, Spot};
use crate::services::shown::{self, Heading};
use crate::store::run_search::{Refers, behind};
use crate::store::{Db, StoreError, records};

/// Which runs. What is left out asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunsAsked {
    /// What somebody typed, in any script: each word of it begins a word of the title, of the asset's name, of the site's
    /// name or of the name of whoever began the run.
    pub text: String,
    /// `open`, `submitted`, `signed-off`, `lapsed` or `withdrawn`.
    pub status: Option<String>,
    /// The site's name in addresses, such as `harbour`.
    pub site: Option<String>,
    /// The procedure's name, such as `fridge-log`: all versions of it.
    pub procedure: Option<String>,
}

impl Procedures<'_> {
    /// The runs of the list that are looked for, in its order. Words are those that whoever is at the phone reads.
    pub fn search(&self, asked: &RunsAsked, piece: &Piece) -> Result<Pieced<RunSummary>, Error> {
        self.0.show(|db| {
            let reader = Reader::of(self.0, db)?;
            let mut search = Search::of(db, &reader, asked)?;
            let status = asked.status.as_deref().map(status).transpose()?;
            let rows = |from: &Spot, count| behind(db, (from.at_ms, &from.id), status, count, |run| search.wants(run));
            let shown = piece.of(
                rows,
                |row| Spot { at_ms: row.updated_ms, id: *row.id.as_bytes() },
                |row| shown::heading(db, &row.release)?.map(|heading| summary(db, &reader, &row, &heading)).transpose(),
            )?;
            Ok(Pieced { list: shown.list.into_iter().flatten().collect(), next: shown.next })
        })
    }
}

fn status(name: &str) -> Result<RunState, Fault> {
    let wrong = || Fault::invalid("status", "choice", "say open, submitted, signed-off, lapsed or withdrawn");
    RunState::ALL.into_iter().find(|state| state.name() == name).ok_or_else(wrong)
}

/// What is looked for, and what was found out about the titles, sites and people that runs refer to: each is read once.
struct Search<'a> {
    db: &'a Db<'a>,
    reader: &'a Reader,
    sought: Vec<Sought>,
    scope: Option<Scope>,
    procedure: Option<Slug>,
    me: PersonId,
    /// Which of the words sought each has, a bit for each.
    releases: BTreeMap<ReleaseHash, Option<(Arc<Heading>, u32)>>,
    scopes: BTreeMap<Scope, u32>,
    assets: BTreeMap<Slug, u32>,
    people: BTreeMap<PersonId, u32>,
}

impl<'a> Search<'a> {
    fn of(db: &'a Db<'a>, reader: &'a Reader, asked: &RunsAsked) -> Result<Self, Fault> {
        let site = |name: &str| {
            let slug = shown::slug("site", name)?;
            let found = records::all::<Site>(db)?.into_iter().find(|site| site.slug == slug);
            found.map(|site| Scope::Site(site.id)).ok_or_else(|| Fault::not_found(format!("site named {slug}")))
        };
        Ok(Self {
            db,
            reader,
            sought: sought(&asked.text),
            scope: asked.site.as_deref().map(site).transpose()?,
            procedure: asked.procedure.as_deref().map(|name| shown::slug("procedure", name)).transpose()?,
            me: people::current(db)?.person,
            releases: BTreeMap::new(),
            scopes: BTreeMap::new(),
            assets: BTreeMap::new(),
            people: BTreeMap::new(),
        })
    }

    fn wants(&mut self, run: &Refers) -> Result<bool, Fault> {
        if self.scope.is_some_and(|scope| scope != run.scope) {
            return Ok(false);
        }
        // Without its procedure a run has no title to be shown by.
        let Some((heading, title)) = self.title(&run.release)? else { return Ok(false) };
        if !heading.shows(run.started_by, self.me) {
            return Ok(false);
        }
        let all = (1_u32 << self.sought.len()) - 1;
        let title = title | run.asset.as_ref().map_or(Ok(0), |asset| self.asset(asset))?;
        // Asked in the order of what it costs: who began it is known of the most people.
        Ok(title == all || title | self.place(run.scope)? == all || title | self.place(run.scope)? | self.person(run.started_by)? == all)
    }

    /// None for a procedure that is not here, or not the one that is asked for.
    fn title(&mut self, release: &ReleaseHash) -> Result<Option<(Arc<Heading>, u32)>, StoreError> {
        if let Some(known) = self.releases.get(release) {
            return Ok(known.clone());
        }
        let heading = shown::heading(self.db, release)?.filter(|h| self.procedure.as_ref().is_none_or(|slug| *slug == h.slug));
        let has = heading.map(|heading| {
            let has = self.has(&self.reader.words(&heading.title).text);
            (heading, has)
        });
        self.releases.insert(*release, has.clone());
        Ok(has)
    }

    fn place(&mut self, scope: Scope) -> Result<u32, StoreError> {
        if let Some(known) = self.scopes.get(&scope) {
            return Ok(*known);
        }
        let has = self.has(&shown::place(self.db, self.reader, scope)?.text);
        self.scopes.insert(scope, has);
        Ok(has)
    }

    fn asset(&mut self, asset: &Slug) -> Result<u32, StoreError> {
        if let Some(known) = self.assets.get(asset) {
            return Ok(*known);
        }
        let has = self.has(&assets::label(self.db, self.reader, asset)?.text);
        self.assets.insert(asset.clone(), has);
        Ok(has)
    }

    fn person(&mut self, person: PersonId) -> Result<u32, StoreError> {
        if let Some(known) = self.people.get(&person) {
            return Ok(*known);
        }
        let has = self.has(&people::name(self.db, person)?);
        self.people.insert(person, has);
        Ok(has)
    }

    fn has(&self, text: &str) -> u32 {
        let there: BTreeSet<String> = words(text);
        let is_there = |one: &Sought| match one {
            Sought::Whole(word) => there.contains(word),
            Sought::Begin(begin) => there.range(begin.clone()..).next().is_some_and(|word| word.starts_with(begin.as_str())),
        };
        self.sought.iter().enumerate().filter(|(_, one)| is_there(one)).map(|(n, _)| 1 << n).sum()
    }
}
