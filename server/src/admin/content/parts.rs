//! Putting one part of a bundle in place.

use std::collections::BTreeMap;

use frontline_content::bundle::{Assignee, Part};
use frontline_content::{Asset, Assignment, Bundle, Change, Person, Site, Touchpoint, What};
use frontline_domain::permission::Role;
use frontline_domain::record;
use frontline_domain::release::{Content, List, Release};
use frontline_domain::{EntryType, PersonId, ReleaseHash, Scope, SiteId, Slug};

use crate::admin::{AdminError, Desk, Result};
use crate::blobs::content;
use crate::records::{self, publication_key};
use crate::store::{ReleaseRow, StoreError};

impl Desk<'_> {
    pub(super) async fn put_part(&mut self, bundle: &Bundle, change: &Change) -> Result<()> {
        let key = change.key.as_str();
        let named = |slug: &Slug| slug.as_str() == key;
        let gone = || AdminError::Invalid(format!("{} {key} is not in the bundle", change.part));
        match change.part {
            Part::Organisation => self.put_organisation(bundle).await,
            Part::Site => self.put_site(bundle.sites.iter().find(|s| named(&s.slug)).ok_or_else(gone)?).await,
            Part::Person => {
                let person = bundle.people.iter().find(|p| named(&p.slug)).ok_or_else(gone)?;
                self.put_person(person, change.what == What::Changed).await
            }
            Part::Touchpoint => self.put_touchpoint(bundle.touchpoints.iter().find(|t| named(&t.slug)).ok_or_else(gone)?).await,
            Part::Asset => self.put_asset(bundle.assets.iter().find(|a| named(&a.slug)).ok_or_else(gone)?).await,
            Part::Assignment => {
                let assignment = bundle.assignments.iter().find(|a| a.key() == key).ok_or_else(gone)?;
                self.put_assignment(bundle, assignment).await
            }
            Part::List | Part::Reasons | Part::Survey | Part::Module | Part::Procedure | Part::Announcement | Part::Article => {
                let release = bundle.releases.iter().find(|r| r.kind() == change.part.name() && named(&r.slug)).ok_or_else(gone)?;
                if let Content::List(list) = &release.content {
                    self.write_rows(bundle, list).await?;
                }
                self.publish(release).await
            }
        }
    }

    async fn put_organisation(&mut self, bundle: &Bundle) -> Result<()> {
        let organisation = &bundle.organisation;
        let (name, languages, policy) = (organisation.name.clone(), organisation.languages.clone(), organisation.policy.clone());
        let mut row = self.pen.org.clone();
        row.name.clone_from(&name);
        self.tx.put_org(&row).await?;
        let recovery = self.organisation().await?.recovery;
        self.record(&[Scope::Org], &record::Organisation { id: row.id, name, languages, policy, recovery }).await?;
        Ok(())
    }

    async fn put_site(&mut self, site: &Site) -> Result<()> {
        let id = self.known_site(&site.slug).await?.unwrap_or_else(|| SiteId::from_bytes(self.app.random.uuid_v7(self.now_ms)));
        let (slug, name, zone, tags) = (site.slug.clone(), site.name.clone(), site.zone.clone(), site.tags.clone());
        self.record(&[Scope::Org], &record::Site { id, slug, name, zone, tags, withdrawn: false }).await?;
        Ok(())
    }

    /// `ours`: an earlier push put this person there, so that roles which are no longer written end. Somebody
    /// added by hand only gains.
    async fn put_person(&mut self, person: &Person, ours: bool) -> Result<()> {
        let known = self.known_person(&person.slug).await?;
        let id = known.unwrap_or_else(|| PersonId::from_bytes(self.app.random.uuid_v7(self.now_ms)));
        let mut wanted: Vec<(Role, Scope)> = Vec::new();
        for grant in &person.grants {
            let scope = match &grant.site {
                Some(slug) => Scope::Site(self.site_id(slug).await?),
                None => Scope::Org,
            };
            wanted.push((grant.role, scope));
        }
        let (slug, name, language) = (person.slug.clone(), person.name.clone(), person.language.clone());
        self.record(&[], &record::Person { id, slug, name, language, withdrawn: false }).await?;
        for grant in self.held(id).await?.into_iter().filter(|g| ours && !wanted.contains(&(g.role, g.scope))) {
            self.withdraw(id, grant.role, grant.scope).await?;
        }
        for (role, scope) in wanted {
            self.grant(id, role, scope).await?;
        }
        Ok(())
    }

    async fn put_touchpoint(&mut self, point: &Touchpoint) -> Result<()> {
        let site = self.site_id(&point.site).await?;
        let before: Option<record::Touchpoint> = records::one(self.tx.as_read(), self.pen.org.id, point.slug.as_str()).await?;
        // At the site that it left it asks no more.
        if let Some(mut old) = before.filter(|old| old.site != site) {
            old.withdrawn = true;
            self.record(&[Scope::Site(old.site)], &old).await?;
        }
        let (slug, name, stage, survey) = (point.slug.clone(), point.name.clone(), point.stage.clone(), point.survey.clone());
        let touchpoint = record::Touchpoint { slug, site, name, stage, survey, interval_s: point.interval_s, withdrawn: false };
        self.record(&[Scope::Site(site)], &touchpoint).await?;
        Ok(())
    }

    /// An asset that moved is gone from the site that it left; runs that were begun there meanwhile are taken all the same.
    async fn put_asset(&mut self, asset: &Asset) -> Result<()> {
        let site = self.site_id(&asset.site).await?;
        let before: Option<record::Asset> = records::one(self.tx.as_read(), self.pen.org.id, asset.slug.as_str()).await?;
        let mut earlier = before.as_ref().map_or_else(Vec::new, |old| old.earlier.clone());
        if let Some(old) = before.filter(|old| old.site != site) {
            earlier.retain(|known| *known != old.site);
            earlier.push(old.site);
            self.record(&[Scope::Site(old.site)], &record::Asset { withdrawn: true, ..old }).await?;
        }
        earlier.retain(|known| *known != site);
        let Asset { slug, name, kind, codes, procedures, tags, .. } = asset.clone();
        let asset = record::Asset { slug, site, name, kind, codes, procedures, tags, earlier, withdrawn: false };
        self.record(&[Scope::Site(site)], &asset).await?;
        Ok(())
    }

    async fn put_assignment(&mut self, bundle: &Bundle, assignment: &Assignment) -> Result<()> {
        let zone = bundle.zone_of(&assignment.to).ok_or_else(|| AdminError::Invalid("an assignment has no calendar".into()))?;
        let due_ms = assignment.due.resolve(self.now_ms, zone).map_err(|e| AdminError::Invalid(e.to_string()))?;
        let to = self.assignee(&assignment.to).await?;
        self.assign(&assignment.kind, &assignment.slug, to, due_ms).await?;
        Ok(())
    }

    /// Publishes a release as the successor of what stands under its slug; what was withdrawn unchanged comes
    /// back under the hash that it had.
    pub(super) async fn publish(&mut self, release: &Release) -> Result<()> {
        let (org, kind) = (self.org(), release.kind());
        let before: Option<record::Publication> = records::one(self.tx.as_read(), org, &publication_key(kind, &release.slug)).await?;
        let predecessor = before.as_ref().map(|p| p.release);
        let mut hash = None;
        if let Some(old) = predecessor
            && let Some(row) = self.tx.release(org, old).await?
        {
            let old_release = Release::decode(&row.bytes).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            hash = (Release { predecessor: None, ..old_release } == *release).then_some(old);
        }
        let hash = match hash {
            Some(hash) => hash,
            None => self.write_release(&Release { predecessor, ..release.clone() }).await?,
        };
        let publication = record::Publication { kind: kind.to_owned(), slug: release.slug.clone(), release: hash, withdrawn: false };
        self.record(&[Scope::Org], &publication).await?;
        self.can_be_begun(hash).await
    }

    /// The parts of a list that are not here yet, before the list that names them.
    async fn write_rows(&mut self, bundle: &Bundle, list: &List) -> Result<()> {
        let parts: BTreeMap<ReleaseHash, &Release> = bundle.rows.iter().map(|part| (Release::hash_of(&part.encode()), part)).collect();
        for hash in &list.parts {
            let part = parts.get(hash).ok_or_else(|| AdminError::Invalid("a list lacks one of its parts".into()))?;
            if self.tx.release(self.org(), *hash).await?.is_none() {
                self.write_release(part).await?;
            }
        }
        Ok(())
    }

    async fn write_release(&mut self, release: &Release) -> Result<ReleaseHash> {
        let bytes = release.encode();
        let hash = Release::hash_of(&bytes);
        let number = self.pen.write(&mut *self.tx, &mut self.feeds, Scope::Org, EntryType::RELEASE, bytes.clone()).await?;
        let row = ReleaseRow { hash, kind: release.kind().to_owned(), slug: release.slug.to_string(), number, bytes };
        let org = self.pen.org.id;
        self.tx.put_release(org, &row).await?;
        content::name(&mut *self.tx, org, hash, release, false).await?;
        Ok(hash)
    }

    /// The scope that an assignee is.
    pub(super) async fn assignee(&mut self, to: &Assignee) -> Result<Scope> {
        match to {
            Assignee::Site(slug) => Ok(Scope::Site(self.site_id(slug).await?)),
            Assignee::Person(slug) => {
                let id = self.known_person(slug).await?;
                Ok(Scope::Person(id.ok_or_else(|| AdminError::Invalid(format!("there is no person ‘{slug}’")))?))
            }
        }
    }
    async fn site_id(&mut self, slug: &Slug) -> Result<SiteId> {
        self.known_site(slug).await?.ok_or_else(|| AdminError::Invalid(format!("there is no site ‘{slug}’")))
    }
    /// Its id, even where it was withdrawn: who comes back is the same.
    pub(super) async fn known_site(&mut self, slug: &Slug) -> Result<Option<SiteId>> {
        let all: Vec<record::Site> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        Ok(all.iter().find(|s| s.slug == *slug).map(|s| s.id))
    }
    pub(super) async fn known_person(&mut self, slug: &Slug) -> Result<Option<PersonId>> {
        let all: Vec<record::Person> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        Ok(all.iter().find(|p| p.slug == *slug).map(|p| p.id))
    }
}
