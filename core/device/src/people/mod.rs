//! Who writes: the people who enrolled on this device, one of them at a time. [`pin`] sets and asks for their
//! PINs, [`session`] knows who gave theirs.

mod me;
pub mod pin;
pub(crate) mod session;

use frontline_domain::record::{Organisation, Person, Site};
use frontline_domain::{Dir, Lang, PersonId, Scope, Text};
use serde::Serialize;

pub use me::Me;

use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::services::shown;
use crate::store::enrolled::{self, Enrolled};
use crate::store::{Db, StoreError, meta, records};

/// A person who may write here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonSummary {
    pub id: String,
    /// Empty until the person's record has arrived.
    pub slug: String,
    pub name: String,
    /// The slug of the site that they were enrolled at; empty until its record has arrived.
    pub site: String,
    /// What that site is called.
    #[serde(skip)]
    pub place: Words,
    /// Whoever writes now.
    pub current: bool,
    /// They set a PIN on this device.
    pub pin: bool,
    /// It was given wrong too often: somebody has to unlock it.
    pub locked: bool,
    /// So many wrong PINs more, and it is locked.
    #[serde(skip)]
    pub tries_left: u32,
    /// How long it takes until the next try counts, ms; 0: it does now.
    #[serde(skip)]
    pub wait_ms: u64,
}

/// The people of this device.
pub struct People<'a>(pub(crate) &'a Inner);

impl Core {
    /// Who writes on this device.
    pub fn people(&self) -> People<'_> {
        People(&self.inner)
    }
}

impl People<'_> {
    /// Everybody enrolled here, first enrolled first.
    pub fn list(&self) -> Result<Vec<PersonSummary>, Error> {
        self.0.read(|db| {
            let current = current(db).ok().map(|e| e.person);
            let (all, reader) = (enrolled::all(db)?, Reader::of(self.0, db)?);
            all.into_iter()
                .map(|one| {
                    let tries = self.0.tries(db, one.person)?;
                    let record: Option<Person> = records::get(db, one.person.as_bytes())?;
                    let site: Option<Site> = records::get(db, one.site.as_bytes())?;
                    Ok(PersonSummary {
                        id: one.person.to_string(),
                        slug: record.as_ref().map(|r| r.slug.to_string()).unwrap_or_default(),
                        name: record.map_or(one.name, |r| r.name),
                        site: site.map(|s| s.slug.to_string()).unwrap_or_default(),
                        current: current == Some(one.person),
                        pin: self.0.store.has_pin(one.person)?,
                        place: shown::place(db, &reader, Scope::Site(one.site))?,
                        locked: tries.locked,
                        tries_left: tries.left,
                        wait_ms: tries.wait_ms,
                    })
                })
                .collect()
        })
    }

    /// From now on this person, who has no PIN, writes; named by slug or id.
    pub fn use_person(&self, name: &str) -> Result<(), Error> {
        self.switch(name, None)
    }
}

/// Somebody who was enrolled here, by slug or id.
pub(crate) fn named(db: &Db<'_>, name: &str) -> Result<Enrolled, Fault> {
    pin::find(db, name)?.ok_or_else(|| Fault::not_found("person of that name enrolled on this device"))
}

/// Who writes: the one who was chosen, else the first who was enrolled.
pub(crate) fn current(db: &Db<'_>) -> Result<Enrolled, StoreError> {
    db.recall("current person", &[], || {
        let chosen = meta::chosen_person(db)?;
        let mut all = enrolled::all(db)?;
        let at = all.iter().position(|e| Some(e.person) == chosen).unwrap_or(0);
        if all.is_empty() { Err(StoreError::NotEnrolled) } else { Ok(all.swap_remove(at)) }
    })
}

/// A person's name, or a word for somebody whose record is not here.
pub(crate) fn name(db: &Db<'_>, id: PersonId) -> Result<String, StoreError> {
    let record: Option<Person> = records::get(db, id.as_bytes())?;
    if let Some(person) = record {
        return Ok(person.name);
    }
    let enrolled = enrolled::all(db)?.into_iter().find(|e| e.person == id);
    Ok(enrolled.map_or_else(|| "?".to_owned(), |e| e.name))
}

/// A text as the current person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    pub text: String,
    pub dir: Dir,
    /// The tag of the language that it is in.
    pub lang: String,
}

/// Resolves texts for the current person.
pub(crate) struct Reader {
    person: Lang,
    organisation: Vec<Lang>,
}

impl Reader {
    pub(crate) fn of(inner: &Inner, db: &Db<'_>) -> Result<Self, StoreError> {
        let me = current(db)?;
        let record: Option<Person> = records::get(db, me.person.as_bytes())?;
        let organisation: Option<Organisation> = records::all(db)?.pop();
        let chosen = me::chosen_language(db, me.person)?;
        Ok(Self {
            person: chosen.or(record.map(|r| r.language)).unwrap_or_else(|| inner.language.clone()),
            organisation: organisation.map(|o| o.languages).unwrap_or_default(),
        })
    }
    pub(crate) fn language(&self) -> &Lang {
        &self.person
    }
    /// The organisation's languages.
    pub(crate) fn languages(&self) -> &[Lang] {
        &self.organisation
    }
    /// No words, in their language.
    pub(crate) fn nothing(&self) -> Words {
        Words { text: String::new(), dir: self.person.dir(), lang: self.person.to_string() }
    }
    pub(crate) fn words(&self, text: &Text) -> Words {
        let shown = text.resolve(&self.person, &self.organisation);
        Words { text: shown.text.to_owned(), dir: shown.dir, lang: shown.lang.to_string() }
    }
}
