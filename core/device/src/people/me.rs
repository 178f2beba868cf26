//! Who is at the phone: what they are called, where they work, what they may do and in which language they read.

use frontline_domain::record::{Organisation, Person};
use frontline_domain::{Dir, EntryType, Lang, PersonId, Scope};

use super::{People, Reader, Words, current};
use crate::capture::Rights;
use crate::error::{Error, Fault};
use crate::observe::{Origin, Topic};
use crate::services::shown;
use crate::store::{Db, StoreError, meta, records};

/// Whoever writes now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    pub id: String,
    pub name: String,
    pub organisation: String,
    /// The site that they were enrolled at.
    pub site: Words,
    /// What they are there now, each once: `staff`, `supervisor`, …
    pub roles: Vec<String>,
    /// The language that they read in here.
    pub language: String,
    pub dir: Dir,
    /// The organisation's languages, in its order.
    pub languages: Vec<String>,
    pub has_pin: bool,
    /// They may write now; else they give their PIN first.
    pub signed_in: bool,
    /// The organisation wants a PIN and they have none yet.
    pub needs_pin: bool,
    /// What they may write at that site.
    pub may_answer_runs: bool,
    pub may_sign_off: bool,
    pub may_take_feedback: bool,
    pub may_take_contacts: bool,
}

impl People<'_> {
    /// Whoever writes now. It is told also where the services are locked.
    pub fn me(&self) -> Result<Me, Error> {
        let inner = self.0;
        inner.read(|db| {
            let me = current(db)?;
            let record: Option<Person> = records::get(db, me.person.as_bytes())?;
            let organisation: Option<Organisation> = records::all(db)?.pop();
            let (reader, scope) = (Reader::of(inner, db)?, Scope::Site(me.site));
            let rights = Rights::of(db, inner.now(db)?.server_estimate())?;
            let (language, languages) = (reader.language().clone(), reader.languages());
            let has_pin = inner.store.has_pin(me.person)?;
            let signed_in = match inner.demand_signed_in(db, me.person) {
                Ok(()) => true,
                Err(Fault::Locked(_) | Fault::Invalid { .. }) => false,
                Err(e) => return Err(e),
            };
            let mut roles = rights.roles(scope);
            roles.sort_unstable();
            roles.dedup();
            Ok(Me {
                id: me.person.to_string(),
                name: record.map_or(me.name, |r| r.name),
                organisation: organisation.as_ref().map(|o| o.name.clone()).unwrap_or_default(),
                site: shown::place(db, &reader, scope)?,
                roles,
                dir: language.dir(),
                language: language.to_string(),
                languages: languages.iter().map(ToString::to_string).collect(),
                signed_in,
                needs_pin: !has_pin && organisation.is_some_and(|o| o.policy.pin_required),
                has_pin,
                may_answer_runs: rights.may_write(EntryType::RUN_CHANGED, scope),
                may_sign_off: rights.may_write(EntryType::SIGNED_OFF, scope),
                may_take_feedback: rights.may_write(EntryType::FEEDBACK_GIVEN, scope),
                may_take_contacts: rights.may_write(EntryType::INTERACTION_OPENED, scope),
            })
        })
    }

    /// From now on whoever writes now reads in this language here; none: in the one of their record.
    pub fn read_in(&self, language: Option<&str>) -> Result<(), Error> {
        let chosen: Option<Lang> = language
            .map(|tag| tag.parse().map_err(|e: frontline_domain::text::LangError| Fault::invalid("language", "tag", e.to_string())))
            .transpose()?;
        self.0.write(Origin::Local, |tx, touched| {
            let me = current(tx)?.person;
            let mut all = languages(tx)?;
            all.retain(|(person, _)| *person != me);
            all.extend(chosen.map(|language| (me, language)));
            meta::put(tx, meta::key::LANGUAGES, &all)?;
            for topic in [Topic::People, Topic::Content] {
                touched.topic(topic);
            }
            Ok(())
        })
    }
}

fn languages(db: &Db<'_>) -> Result<Vec<(PersonId, Lang)>, StoreError> {
    Ok(meta::recall(db, meta::key::LANGUAGES)?.unwrap_or_default())
}

/// The language that somebody chose on this device.
pub(super) fn chosen_language(db: &Db<'_>, person: PersonId) -> Result<Option<Lang>, StoreError> {
    Ok(languages(db)?.into_iter().find(|(one, _)| *one == person).map(|(_, language)| language))
}
