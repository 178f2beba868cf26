//! One-time enrolment codes.

use frontline_domain::record::{Person, Site};
use frontline_domain::{PersonId, SiteId};
use frontline_protocol::limits::CODE_MINUTES;

use super::{AdminError, Desk, Result, secrets};
use crate::records;
use crate::store::Code;

/// A code to show once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// Ten symbols in two groups: `ACD34-EFG67`.
    pub code: String,
    pub expires_ms: i64,
}

impl Desk<'_> {
    /// A code with which this person enrols a device at this site within 15 minutes, once.
    pub async fn enrolment_code(&mut self, site: SiteId, person: PersonId) -> Result<NewCode> {
        let org = self.org();
        let known = records::one::<Site>(self.tx.as_read(), org, &site.to_string()).await?.is_some_and(|s| !s.withdrawn);
        let person_known = records::one::<Person>(self.tx.as_read(), org, &person.to_string()).await?.is_some_and(|p| !p.withdrawn);
        if !known || !person_known {
            return Err(AdminError::Invalid("there is no such site or person".into()));
        }
        let scope = frontline_domain::Scope::Site(site);
        if !self.sites_of(person).await?.contains(&scope) {
            return Err(AdminError::Invalid("this person has no role at that site; grant one first".into()));
        }
        let code = secrets::readable(&*self.app.random, 10);
        let hash = self.app.keys.hash_secret("code", &secrets::normal(&code));
        let expires_ms = self.now_ms + CODE_MINUTES * 60_000;
        self.tx.put_code(&Code { hash, org, site, person, made_ms: self.now_ms, expires_ms, used_by: None }).await?;
        Ok(NewCode { code, expires_ms })
    }
}
