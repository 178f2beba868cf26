//! Users, sessions and tokens in SQLite.

use async_trait::async_trait;
use rusqlite::Row;

use frontline_domain::{OrgId, PersonId};

use super::columns::{bytes, org, role};
use super::tx::SqliteTx;
use crate::store::{AccessRead, AccessWrite, Result, Session, Token, User};

const USER: &str = "SELECT org, person, email, password, failures, locked_until_ms FROM user";

fn user_row(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        org: OrgId::from_bytes(bytes(row, "org")?),
        person: PersonId::from_bytes(bytes(row, "person")?),
        email: row.get("email")?,
        password: row.get("password")?,
        failures: row.get("failures")?,
        locked_until_ms: row.get("locked_until_ms")?,
    })
}

const TOKEN: &str = "SELECT hash, org, name, role, created_ms, withdrawn FROM token";

fn token_row(row: &Row<'_>) -> rusqlite::Result<Token> {
    Ok(Token {
        hash: bytes(row, "hash")?,
        org: OrgId::from_bytes(bytes(row, "org")?),
        name: row.get("name")?,
        role: role(row, "role")?,
        created_ms: row.get("created_ms")?,
        withdrawn: row.get("withdrawn")?,
    })
}

#[async_trait]
impl AccessRead for SqliteTx {
    async fn user_by_email(&mut self, email: &str) -> Result<Option<User>> {
        self.row(&format!("{USER} WHERE email = ?1"), [email], user_row)
    }
    async fn user(&mut self, o: OrgId, person: PersonId) -> Result<Option<User>> {
        self.row(&format!("{USER} WHERE org = ?1 AND person = ?2"), (org(&o), person.as_bytes()), user_row)
    }
    async fn session(&mut self, hash: &[u8; 32]) -> Result<Option<Session>> {
        let sql = "SELECT hash, org, person, csrf, created_ms, last_ms, expires_ms FROM session WHERE hash = ?1";
        self.row(sql, [&hash[..]], |row| {
            Ok(Session {
                hash: bytes(row, "hash")?,
                org: OrgId::from_bytes(bytes(row, "org")?),
                person: PersonId::from_bytes(bytes(row, "person")?),
                csrf: bytes(row, "csrf")?,
                created_ms: row.get("created_ms")?,
                last_ms: row.get("last_ms")?,
                expires_ms: row.get("expires_ms")?,
            })
        })
    }
    async fn token(&mut self, hash: &[u8; 32]) -> Result<Option<Token>> {
        self.row(&format!("{TOKEN} WHERE hash = ?1"), [&hash[..]], token_row)
    }
    async fn tokens(&mut self, o: OrgId) -> Result<Vec<Token>> {
        self.rows(&format!("{TOKEN} WHERE org = ?1 ORDER BY created_ms, hash"), [org(&o)], token_row)
    }
}

#[async_trait]
impl AccessWrite for SqliteTx {
    async fn put_user(&mut self, u: &User) -> Result<()> {
        let sql = "INSERT INTO user (org, person, email, password, failures, locked_until_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (org, person) DO UPDATE SET email = excluded.email, password = excluded.password,
                   failures = excluded.failures, locked_until_ms = excluded.locked_until_ms";
        self.run(sql, (org(&u.org), u.person.as_bytes(), &u.email, &u.password, u.failures, u.locked_until_ms))
    }
    async fn put_session(&mut self, s: &Session) -> Result<()> {
        let sql =
            "INSERT OR REPLACE INTO session (hash, org, person, csrf, created_ms, last_ms, expires_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.run(sql, (&s.hash[..], org(&s.org), s.person.as_bytes(), &s.csrf[..], s.created_ms, s.last_ms, s.expires_ms))
    }
    async fn remove_session(&mut self, hash: &[u8; 32]) -> Result<()> {
        self.run("DELETE FROM session WHERE hash = ?1", [&hash[..]])
    }
    async fn remove_sessions_of(&mut self, o: OrgId, person: PersonId) -> Result<()> {
        self.run("DELETE FROM session WHERE org = ?1 AND person = ?2", (org(&o), person.as_bytes()))
    }
    async fn remove_expired_sessions(&mut self, now_ms: i64) -> Result<()> {
        self.run("DELETE FROM session WHERE expires_ms <= ?1", [now_ms])
    }
    async fn remove_passes(&mut self) -> Result<()> {
        self.run("DELETE FROM session", [])?;
        self.run("DELETE FROM code WHERE used_by IS NULL", [])
    }
    async fn put_token(&mut self, t: &Token) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO token (hash, org, name, role, created_ms, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(sql, (&t.hash[..], org(&t.org), &t.name, t.role.name(), t.created_ms, t.withdrawn))
    }
}
