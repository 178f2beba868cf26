//! Who signs in to the console, and which programs may speak to the API. Secrets are kept as hashes.

use async_trait::async_trait;

use frontline_domain::permission::Role;
use frontline_domain::{OrgId, PersonId};

use super::Result;

/// A person who can sign in to the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub org: OrgId,
    pub person: PersonId,
    /// In lower case; one user on the whole server.
    pub email: String,
    /// An argon2id hash in PHC form.
    pub password: String,
    /// Wrong passwords since the last right one.
    pub failures: u32,
    /// Until then no password is tried.
    pub locked_until_ms: i64,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// BLAKE3 of the token.
    pub hash: [u8; 32],
    pub org: OrgId,
    pub person: PersonId,
    pub csrf: [u8; 32],
    pub created_ms: i64,
    pub last_ms: i64,
    pub expires_ms: i64,
}

/// A program's token for the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub hash: [u8; 32],
    pub org: OrgId,
    pub name: String,
    pub role: Role,
    pub created_ms: i64,
    pub withdrawn: bool,
}

#[async_trait]
pub trait AccessRead {
    async fn user_by_email(&mut self, email: &str) -> Result<Option<User>>;
    async fn user(&mut self, org: OrgId, person: PersonId) -> Result<Option<User>>;
    async fn session(&mut self, hash: &[u8; 32]) -> Result<Option<Session>>;
    async fn token(&mut self, hash: &[u8; 32]) -> Result<Option<Token>>;
    /// All tokens of an organisation, withdrawn ones too, oldest first.
    async fn tokens(&mut self, org: OrgId) -> Result<Vec<Token>>;
}

#[async_trait]
pub trait AccessWrite {
    async fn put_user(&mut self, user: &User) -> Result<()>;
    async fn put_session(&mut self, session: &Session) -> Result<()>;
    async fn remove_session(&mut self, hash: &[u8; 32]) -> Result<()>;
    /// Ends all sessions of a person, as after a change of password.
    async fn remove_sessions_of(&mut self, org: OrgId, person: PersonId) -> Result<()>;
    async fn remove_expired_sessions(&mut self, now_ms: i64) -> Result<()>;
    /// Ends every session and every enrolment code that was not used: in a store that was set back they may have
    /// been ended, or used, already.
    async fn remove_passes(&mut self) -> Result<()>;
    async fn put_token(&mut self, token: &Token) -> Result<()>;
}
