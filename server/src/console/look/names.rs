//! What things of an organisation are called, in the language of who reads.

use std::collections::BTreeMap;

use frontline_domain::permission::{Act, Grant};
use frontline_domain::record::{Asset, Organisation, Person, Policy, Publication, Site, Touchpoint};
use frontline_domain::{Lang, OrgId, PersonId, Scope, SiteId, Slug, Text};

use crate::console::calm::calm;
use crate::console::session::Me;
use crate::console::strings::{Strings, dir};
use crate::console::view::Words;
use crate::console::zone::Zone;
use crate::records;
use crate::store::{ReadTx, Result};

/// The records of one organisation that pages name things by.
pub struct Names {
    pub t: &'static Strings,
    pub now_ms: i64,
    pub org: OrgId,
    pub policy: Policy,
    pub sites: BTreeMap<SiteId, Site>,
    pub people: BTreeMap<PersonId, Person>,
    pub touchpoints: BTreeMap<Slug, Touchpoint>,
    pub assets: BTreeMap<Slug, Asset>,
    pub publications: Vec<Publication>,
    languages: Vec<Lang>,
}

impl Names {
    /// All of them, with everybody's name.
    pub async fn read(tx: &mut dyn ReadTx, me: &Me) -> Result<Self> {
        let people = records::all::<Person>(tx, me.org).await?.into_iter().map(|p| (p.id, p)).collect();
        Ok(Self { people, ..Self::without_people(tx, me).await? })
    }

    /// For pages that [`Self::meet`] the few whom they name: an organisation may have thousands.
    pub async fn without_people(tx: &mut dyn ReadTx, me: &Me) -> Result<Self> {
        let org = me.org;
        let organisation: Option<Organisation> = records::one(tx, org, &org.to_string()).await?;
        let (languages, policy) = organisation.map_or((Vec::new(), Policy::default()), |o| (o.languages, o.policy));
        let sites = records::all::<Site>(tx, org).await?.into_iter().map(|s| (s.id, s)).collect();
        let touchpoints = records::all::<Touchpoint>(tx, org).await?.into_iter().map(|t| (t.slug.clone(), t)).collect();
        let assets = records::all::<Asset>(tx, org).await?.into_iter().map(|a| (a.slug.clone(), a)).collect();
        let publications = records::all(tx, org).await?;
        let people = BTreeMap::new();
        Ok(Self { t: me.t, now_ms: me.now_ms, org, policy, sites, people, touchpoints, assets, publications, languages })
    }

    /// Reads the names of these people, so that they can be said.
    pub async fn meet(&mut self, tx: &mut dyn ReadTx, people: &[PersonId]) -> Result<()> {
        for id in people {
            if !self.people.contains_key(id)
                && let Some(person) = records::one::<Person>(tx, self.org, &id.to_string()).await?
            {
                self.people.insert(*id, person);
            }
        }
        Ok(())
    }

    /// The sites in use where the person may do this, by name.
    pub fn sites_for(&self, me: &Me, act: Act) -> Vec<&Site> {
        let mut sites: Vec<&Site> = self.sites.values().filter(|s| !s.withdrawn && me.may(act, Scope::Site(s.id))).collect();
        sites.sort_by_key(|s| (self.words(&s.name).text, s.id));
        sites
    }
    /// The languages of the organisation, the preferred first.
    pub fn languages(&self) -> &[Lang] {
        &self.languages
    }
    /// Where a role is held, in words.
    pub fn place(&self, scope: Scope) -> Words {
        match scope {
            Scope::Site(id) => self.site(id),
            _ => self.plain(self.t.people.everywhere),
        }
    }
    /// The zone of the first site among these places; of any site where there is none.
    pub fn zone_of(&self, places: impl IntoIterator<Item = Scope>) -> Zone {
        let sites = places.into_iter().filter_map(|place| if let Scope::Site(id) = place { self.sites.get(&id) } else { None });
        let site = sites.into_iter().next().or_else(|| self.sites.values().find(|s| !s.withdrawn));
        site.map_or_else(|| Zone::new("UTC", self.now_ms, self.t), |s| self.zone(s))
    }
    /// The site, if the person may do this there; a site of another organisation is not in these names.
    pub fn site_for(&self, me: &Me, act: Act, site: SiteId) -> Option<&Site> {
        self.sites.get(&site).filter(|s| me.may(act, Scope::Site(s.id)))
    }
    pub fn zone(&self, site: &Site) -> Zone {
        Zone::new(&site.zone, self.now_ms, self.t)
    }
    /// A text of the organisation.
    pub fn words(&self, text: &Text) -> Words {
        let found = text.resolve(&self.t.tag(), &self.languages);
        Words { text: calm(found.text.to_owned()), lang: found.lang.as_str().to_owned(), dir: dir(found.dir) }
    }
    /// A word that has no translation: a slug, where what it named is gone.
    pub fn plain(&self, text: impl Into<String>) -> Words {
        Words::plain(self.t, text)
    }
    pub fn person(&self, id: PersonId) -> String {
        self.people.get(&id).map_or_else(|| self.t.site.unknown_person.to_owned(), |p| calm(p.name.clone()))
    }
    pub fn touchpoint(&self, slug: &Slug) -> Words {
        self.touchpoints.get(slug).map_or_else(|| self.plain(slug.as_str()), |t| self.words(&t.name))
    }
    pub fn asset(&self, slug: &Slug) -> Words {
        self.assets.get(slug).map_or_else(|| self.plain(slug.as_str()), |a| self.words(&a.name))
    }
    /// The site's name, in use or not.
    pub fn site(&self, id: SiteId) -> Words {
        self.sites.get(&id).map_or_else(|| self.plain(self.t.quarantine.unknown), |s| self.words(&s.name))
    }
    /// The zone of a site; UTC where it is not known.
    pub fn zone_at(&self, id: SiteId) -> Zone {
        self.sites.get(&id).map_or_else(|| Zone::new("UTC", self.now_ms, self.t), |s| self.zone(s))
    }
    /// Names in a row, the rest counted.
    pub fn several(&self, mut names: Vec<String>, most: usize) -> String {
        names.sort();
        let rest = names.len().saturating_sub(most);
        names.truncate(most);
        let list = self.t.list(&names);
        if rest == 0 {
            return list;
        }
        let text = self.t.counted(self.t.numbers.waiting_more, rest as u64);
        crate::console::strings::fill(&text, &[("names", &list)])
    }
}

/// Who has a role at this site now, or everywhere.
pub async fn people_of(tx: &mut dyn ReadTx, org: OrgId, names: &Names, site: SiteId) -> Result<Vec<PersonId>> {
    let here = |g: &Grant| g.scope == Scope::Site(site) || g.scope == Scope::Org;
    let held = |g: &Grant| g.held_between(names.now_ms, names.now_ms);
    let grants = tx.all_grants(org).await?;
    let mut people: Vec<PersonId> = grants.iter().filter(|g| here(g) && held(g)).map(|g| g.person).collect();
    people.retain(|id| names.people.get(id).is_some_and(|p| !p.withdrawn));
    people.sort_by_key(|id| (names.person(*id), *id));
    people.dedup();
    Ok(people)
}
