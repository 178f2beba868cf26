//! Taking away what a folder no longer has: gone from lists, while what refers to it still reads.

use frontline_content::bundle::{Assignee, Part};
use frontline_domain::record;
use frontline_domain::{Scope, Slug};

use crate::admin::{AdminError, Desk, Result};
use crate::records::{self, publication_key};

impl Desk<'_> {
    pub(super) async fn withdraw_part(&mut self, part: Part, key: &str) -> Result<()> {
        match part {
            // There is no push without one.
            Part::Organisation => return Ok(()),
            Part::Site => self.withdraw_site(key).await?,
            Part::Person => self.withdraw_person(key).await?,
            Part::Touchpoint => self.withdraw_touchpoint(key).await?,
            Part::Assignment => self.withdraw_assignment(key).await?,
            Part::Reasons | Part::Survey | Part::Module | Part::Procedure | Part::Announcement | Part::Article => {
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
            let sites = self.sites_of(person.id).await?;
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
        let found: Option<record::Publication> = records::one(self.tx.as_read(), self.pen.org.id, &publication_key(kind, &slug)).await?;
        if let Some(mut publication) = found {
            publication.withdrawn = true;
            self.record(&[Scope::Org], &publication).await?;
        }
        Ok(())
    }
}
