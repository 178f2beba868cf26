//! Taking away what a folder no longer has: gone from lists, while what refers to it still reads.

use std::collections::BTreeSet;

use frontline_content::bundle::{Assignee, Part};
use frontline_domain::form::Item;
use frontline_domain::record;
use frontline_domain::release::{Content, Release};
use frontline_domain::{ReleaseHash, Scope, Slug};

use crate::admin::{AdminError, Desk, Result};
use crate::records::{self, publication_key};

impl Desk<'_> {
    /// Withdraws content by hand, until the next push of its folder puts it back. Whether it stood.
    pub async fn withdraw_content(&mut self, kind: &str, slug: &Slug) -> Result<bool> {
        let part = part(kind)?;
        let standing = self.publication(kind, slug).await?.is_some_and(|p| !p.withdrawn);
        if standing {
            if part == Part::List {
                self.refuse_where_asked(slug).await?;
            }
            self.withdraw_part(part, slug.as_str()).await?;
        }
        Ok(standing)
    }

    /// A list stays as long as a procedure that is published takes rows of it.
    async fn refuse_where_asked(&mut self, list: &Slug) -> Result<()> {
        let org = self.pen.org.id;
        for one in records::all::<record::Publication>(self.tx.as_read(), org).await? {
            if one.withdrawn || one.kind != "procedure" {
                continue;
            }
            let release = self.tx.release(org, one.release).await?.and_then(|row| Release::decode(&row.bytes).ok());
            let Some(Content::Procedure(procedure)) = release.map(|release| release.content) else { continue };
            if procedure.form.items().filter_map(Item::lookup).any(|lookup| lookup.list == *list) {
                return Err(AdminError::Invalid(format!("the procedure {} takes rows of it; withdraw that first", one.slug)));
            }
        }
        Ok(())
    }

    /// Makes an earlier version current again, or what was withdrawn, until the next push of its folder.
    pub async fn publish_version(&mut self, kind: &str, slug: &Slug, version: ReleaseHash) -> Result<()> {
        let (part, org) = (part(kind)?, self.pen.org.id);
        let row = self.tx.release(org, version).await?;
        if !row.is_some_and(|row| row.kind == kind && row.slug == slug.as_str()) {
            return Err(AdminError::Invalid(format!("{kind} {slug} has no such version")));
        }
        let publication = record::Publication { kind: kind.to_owned(), slug: slug.clone(), release: version, withdrawn: false };
        self.record(&[Scope::Org], &publication).await?;
        self.can_be_begun(version).await?;
        Ok(self.tx.remove_published(org, part.name(), slug.as_str()).await?)
    }

    async fn publication(&mut self, kind: &str, slug: &Slug) -> Result<Option<record::Publication>> {
        Ok(records::one(self.tx.as_read(), self.pen.org.id, &publication_key(kind, slug)).await?)
    }

    pub(super) async fn withdraw_part(&mut self, part: Part, key: &str) -> Result<()> {
        match part {
            // There is no push without one.
            Part::Organisation => return Ok(()),
            Part::Site => self.withdraw_site(key).await?,
            Part::Person => self.withdraw_person(key).await?,
            Part::Touchpoint => self.withdraw_touchpoint(key).await?,
            Part::Asset => self.withdraw_asset(key).await?,
            Part::Assignment => self.withdraw_assignment(key).await?,
            Part::List | Part::Reasons | Part::Survey | Part::Module | Part::Procedure | Part::Announcement | Part::Article => {
                self.withdraw_release(part.name(), key).await?;
            }
        }
        Ok(self.tx.remove_published(self.pen.org.id, part.name(), key).await?)
    }

    async fn withdraw_site(&mut self, slug: &str) -> Result<()> {
        let all: Vec<record::Site> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        for mut site in all.into_iter().filter(|s| s.slug.as_str() == slug) {
            site.withdrawn = true;
            self.record(&[Scope::Org], &site).await?;
        }
        Ok(())
    }

    async fn withdraw_person(&mut self, slug: &str) -> Result<()> {
        let all: Vec<record::Person> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        for mut person in all.into_iter().filter(|p| p.slug.as_str() == slug) {
            // Also where they worked before: whoever knows them there has to hear it.
            let worked: Vec<Scope> = self.tx.grants(self.pen.org.id, person.id).await?.iter().map(|grant| grant.scope).collect();
            let sites: BTreeSet<Scope> = self.sites_of(person.id).await?.into_iter().chain(worked).filter(|s| *s != Scope::Org).collect();
            let sites: Vec<Scope> = sites.into_iter().collect();
            for grant in self.held(person.id).await? {
                self.withdraw(person.id, grant.role, grant.scope).await?;
            }
            person.withdrawn = true;
            self.record(&sites, &person).await?;
        }
        Ok(())
    }

    async fn withdraw_touchpoint(&mut self, slug: &str) -> Result<()> {
        let found: Option<record::Touchpoint> = records::one(self.tx.as_read(), self.pen.org.id, slug).await?;
        if let Some(mut point) = found {
            point.withdrawn = true;
            self.record(&[Scope::Site(point.site)], &point).await?;
        }
        Ok(())
    }

    async fn withdraw_asset(&mut self, slug: &str) -> Result<()> {
        let found: Option<record::Asset> = records::one(self.tx.as_read(), self.pen.org.id, slug).await?;
        if let Some(mut asset) = found {
            asset.withdrawn = true;
            self.record(&[Scope::Site(asset.site)], &asset).await?;
        }
        Ok(())
    }

    /// `procedure opening-checks to site harbour`, as the bundle names it.
    async fn withdraw_assignment(&mut self, key: &str) -> Result<()> {
        let unread = || AdminError::Invalid(format!("an assignment is not named ‘{key}’"));
        let words: Vec<&str> = key.split(' ').collect();
        let [kind, slug, "to", whom, who] = words.as_slice() else { return Err(unread()) };
        let (slug, who): (Slug, Slug) = (slug.parse().map_err(|_| unread())?, who.parse().map_err(|_| unread())?);
        let to = if *whom == "site" { Assignee::Site(who) } else { Assignee::Person(who) };
        let to = self.assignee(&to).await?;
        self.unassign(kind, &slug, to).await?;
        Ok(())
    }

    async fn withdraw_release(&mut self, kind: &str, slug: &str) -> Result<()> {
        let slug: Slug = slug.parse().map_err(|_| AdminError::Invalid("a release has no name".into()))?;
        if let Some(mut publication) = self.publication(kind, &slug).await? {
            publication.withdrawn = true;
            self.record(&[Scope::Org], &publication).await?;
        }
        Ok(())
    }
}

/// The part of a folder that a kind of release is.
fn part(kind: &str) -> Result<Part> {
    let unknown =
        || AdminError::Invalid("content is a module, a procedure, a survey, an announcement, an article, a list or reasons".into());
    let part: Part = kind.parse().map_err(|_| unknown())?;
    if part.is_release() { Ok(part) } else { Err(unknown()) }
}
