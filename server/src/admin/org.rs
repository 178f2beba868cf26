//! Making an organisation with its first administrator.

use frontline_domain::permission::{Grant, Role};
use frontline_domain::record::{GrantRecord, Organisation, Person, Policy};
use frontline_domain::{DeviceId, GrantId, OrgId, PersonId, Scope};

use super::access::email_of;
use super::{AdminError, Desk, Result, is_name, secrets};
use crate::app::App;
use crate::ledger::Order;
use crate::pen::Pen;
use crate::store::{OrgRow, Token, User};

/// What is shown once.
#[derive(Clone)]
pub struct Init {
    pub org: OrgId,
    pub person: PersonId,
    /// For the HTTP API, as an administrator.
    pub token: String,
    /// For the console, with the e-mail address.
    pub password: String,
}

/// Makes an organisation, an administrator who signs in with this e-mail address, and a token for the API.
pub async fn init(app: &App, name: &str, email: &str) -> Result<Init> {
    let name = name.trim();
    if !is_name(name, 200) {
        return Err(AdminError::Invalid("an organisation's name has 1 to 200 bytes and no control characters".into()));
    }
    let email = email_of(email)?;
    let now_ms = app.now_ms();
    let id = || app.random.uuid_v7(now_ms);
    let (org, person) = (OrgId::from_bytes(id()), PersonId::from_bytes(id()));
    let (password, token) = (secrets::readable(&*app.random, 20), secrets::token(&*app.random));
    let hashed = secrets::hash_password(&*app.random, &password);

    let mut tx = app.store.write().await?;
    if tx.orgs().await?.iter().any(|o| o.name == name) {
        return Err(AdminError::Invalid("there is an organisation of that name already".into()));
    }
    if tx.user_by_email(&email).await?.is_some() {
        return Err(AdminError::Invalid("that e-mail address already signs in on this server; use another".into()));
    }
    tx.put_org(&OrgRow { id: org, name: name.to_owned(), pen: DeviceId::from_bytes(id()), created_ms: now_ms }).await?;
    let pen = Pen::of(&mut *tx, org).await?;
    let mut desk = Desk::with(app, tx, pen).await?;
    let english = "en".parse().map_err(|_| AdminError::Invalid("no language".into()))?;
    let recovery = Some(app.recovery.make(org, &*app.random)?.into());
    let record = Organisation { id: org, name: name.to_owned(), languages: vec![english], policy: Policy::default(), recovery };
    let language = record.languages[0].clone();
    desk.record(&[Scope::Org], &record).await?;
    let slug = "admin".parse().map_err(|_| AdminError::Invalid("no name".into()))?;
    desk.record(&[], &Person { id: person, slug, name: "Administrator".into(), language, withdrawn: false }).await?;
    let grant = Grant { id: GrantId::from_bytes(id()), person, role: Role::Admin, scope: Scope::Org, from_ms: now_ms, until_ms: None };
    desk.write_grant(&grant).await?;
    desk.tx.put_user(&User { org, person, email, password: hashed, failures: 0, locked_until_ms: 0 }).await?;
    desk.put_token(&token, "admin init", Role::Admin).await?;
    desk.close().await?;
    Ok(Init { org, person, token, password })
}

impl Desk<'_> {
    /// Makes the organisation's recovery key where there is none, and tells its devices the public half, which this
    /// gives.
    pub async fn recovery_key(&mut self) -> Result<[u8; 32]> {
        let public = self.app.recovery.make(self.org(), &*self.app.random)?;
        self.tell_recovery_key(public).await
    }

    /// Makes another one in its place. Devices seal to it from their next sync on.
    pub async fn renew_recovery_key(&mut self) -> Result<[u8; 32]> {
        let public = self.app.recovery.renew(self.org(), &*self.app.random)?;
        self.tell_recovery_key(public).await
    }

    async fn tell_recovery_key(&mut self, public: [u8; 32]) -> Result<[u8; 32]> {
        let record = Organisation { recovery: Some(public.into()), ..self.organisation().await? };
        self.record(&[Scope::Org], &record).await?;
        Ok(public)
    }

    /// Lets programs that know `token` act with this role.
    pub async fn put_token(&mut self, token: &str, name: &str, role: Role) -> Result<()> {
        let hash = self.app.keys.hash_secret("token", token);
        let row = Token { hash, org: self.org(), name: name.to_owned(), role, created_ms: self.now_ms, withdrawn: false };
        Ok(self.tx.put_token(&row).await?)
    }

    pub(super) async fn write_grant(&mut self, grant: &Grant) -> Result<()> {
        let Grant { id, person, role, scope, from_ms, until_ms } = grant.clone();
        let org = self.org();
        self.tx.put_grant(org, grant).await?;
        if until_ms.is_some() {
            self.orders.push(Order::Withdrawn { org, grant: grant.clone() });
        }
        self.record(&[Scope::Person(person)], &GrantRecord { id, person, role, scope, from_ms, until_ms }).await?;
        Ok(())
    }
}
