//! People and their roles.

use std::collections::BTreeSet;

use frontline_domain::permission::{Grant, Role};
use frontline_domain::record::{Person, Site};
use frontline_domain::{GrantId, Lang, PersonId, Scope, Slug};

use super::access::email_of;
use super::{AdminError, Desk, Result, is_name};
use crate::records;
use crate::store::User;

/// Bytes of a person's name at most.
pub const MAX_NAME: usize = 200;

impl Desk<'_> {
    /// Adds a person, who has no role yet.
    pub async fn add_person(&mut self, slug: &str, name: &str, language: Option<&str>) -> Result<Person> {
        let slug: Slug = slug.parse().map_err(|e: frontline_domain::slug::SlugError| AdminError::Invalid(e.to_string()))?;
        let all: Vec<Person> = records::all(self.tx.as_read(), self.pen.org.id).await?;
        if all.iter().any(|p| p.slug == slug) {
            let left = all.iter().any(|p| p.slug == slug && p.withdrawn);
            let how = if left { "; they left: push content with their line in people.csv to take them back" } else { "" };
            return Err(AdminError::Invalid(format!("there is a person ‘{slug}’ already{how}")));
        }
        if !is_name(name, MAX_NAME) {
            return Err(AdminError::Invalid(format!("a person's name has 1 to {MAX_NAME} bytes and no control characters")));
        }
        let language = match language {
            Some(tag) => tag.parse::<Lang>().map_err(|e| AdminError::Invalid(e.to_string()))?,
            None => self
                .organisation()
                .await?
                .languages
                .first()
                .cloned()
                .ok_or(AdminError::Invalid("the organisation has no language".into()))?,
        };
        let id = PersonId::from_bytes(self.app.random.uuid_v7(self.now_ms));
        let person = Person { id, slug, name: name.trim().to_owned(), language, withdrawn: false };
        self.record(&[], &person).await?;
        Ok(person)
    }

    /// Grants a role in a scope from now on; the same role there twice is one grant.
    pub async fn grant(&mut self, person: PersonId, role: Role, scope: Scope) -> Result<Grant> {
        if let Some(held) = self.held(person).await?.into_iter().find(|g| g.role == role && g.scope == scope) {
            return Ok(held);
        }
        if !matches!(scope, Scope::Org | Scope::Site(_)) {
            return Err(AdminError::Invalid("a role is held at a site or in the whole organisation".into()));
        }
        let id = GrantId::from_bytes(self.app.random.uuid_v7(self.now_ms));
        let grant = Grant { id, person, role, scope, from_ms: self.now_ms, until_ms: None };
        self.write_grant(&grant).await?;
        self.feed_person(person).await?;
        Ok(grant)
    }

    /// Ends a role now. Work done before stays; what arrives later is judged by when it was done.
    pub async fn withdraw(&mut self, person: PersonId, role: Role, scope: Scope) -> Result<bool> {
        self.withdraw_since(person, role, scope, self.now_ms).await
    }

    /// Ends a role at `since_ms`, which may lie in the past: what was done after it and arrives from now on is
    /// refused.
    pub async fn withdraw_since(&mut self, person: PersonId, role: Role, scope: Scope, since_ms: i64) -> Result<bool> {
        let mut any = false;
        for mut grant in self.held(person).await?.into_iter().filter(|g| g.role == role && g.scope == scope) {
            grant.until_ms = Some(since_ms.max(grant.from_ms));
            self.write_grant(&grant).await?;
            any = true;
        }
        Ok(any)
    }

    /// Moves a person's roles from one site to another.
    pub async fn move_person(&mut self, person: PersonId, from: Scope, to: Scope) -> Result<usize> {
        let roles: Vec<Role> = self.held(person).await?.into_iter().filter(|g| g.scope == from).map(|g| g.role).collect();
        for role in &roles {
            self.withdraw(person, *role, from).await?;
            self.grant(person, *role, to).await?;
        }
        Ok(roles.len())
    }

    /// Lets a person sign in to the console; an earlier password of theirs ends, and so do their sessions.
    pub async fn set_password(&mut self, person: PersonId, email: &str, hashed: String) -> Result<()> {
        let org = self.org();
        let email = email_of(email)?;
        if self.tx.user_by_email(&email).await?.is_some_and(|u| (u.org, u.person) != (org, person)) {
            return Err(AdminError::Invalid("that e-mail address already signs in on this server; use another".into()));
        }
        self.tx.remove_sessions_of(org, person).await?;
        Ok(self.tx.put_user(&User { org, person, email, password: hashed, failures: 0, locked_until_ms: 0 }).await?)
    }

    /// The grants that a person holds now.
    pub async fn held(&mut self, person: PersonId) -> Result<Vec<Grant>> {
        let mut grants = self.tx.grants(self.pen.org.id, person).await?;
        grants.retain(|g| g.until_ms.is_none());
        Ok(grants)
    }

    /// Sends a person's name to the feeds of the sites where they hold a role (`sync.md` 10).
    pub(crate) async fn feed_person(&mut self, person: PersonId) -> Result<bool> {
        let found: Option<Person> = records::one(self.tx.as_read(), self.pen.org.id, &person.to_string()).await?;
        let Some(found) = found else { return Ok(false) };
        let scopes = self.sites_of(person).await?;
        self.record(&scopes, &found).await
    }

    /// The sites where a person holds a role; all, where it is held in the whole organisation.
    pub(crate) async fn sites_of(&mut self, person: PersonId) -> Result<Vec<Scope>> {
        let held = self.held(person).await?;
        if held.iter().any(|g| g.scope == Scope::Org) {
            let sites: Vec<Site> = records::all(self.tx.as_read(), self.pen.org.id).await?;
            return Ok(sites.iter().filter(|s| !s.withdrawn).map(|s| Scope::Site(s.id)).collect());
        }
        Ok(held.iter().map(|g| g.scope).collect::<BTreeSet<_>>().into_iter().collect())
    }
}
