//! What an administrator does in a story: the functions that the program's `admin` commands call.

use frontline_domain::permission::Role;
use frontline_domain::{EntryHash, Scope};
use frontline_server::admin::{Desk, LetIn};
use serde_json::{Value, json};

use super::{World, words};

impl World {
    pub(super) async fn desk(&self) -> Result<Desk<'_>, String> {
        Desk::open(&self.server()?.app, self.org).await.map_err(words)
    }

    /// Adds a person with a role; nothing happens where the person exists with it.
    pub async fn add_person(&mut self, slug: &str, role: &str, site: &str) -> Result<(), String> {
        let mut desk = self.desk().await?;
        let person = desk.add_person(slug, slug, None).await.map_err(words)?;
        let scope = scope(&mut desk, site).await?;
        desk.grant(person.id, read_role(role)?, scope).await.map_err(words)?;
        desk.close().await.map_err(words)
    }

    pub async fn grant(&mut self, person: &str, role: &str, site: &str) -> Result<(), String> {
        let mut desk = self.desk().await?;
        let person = desk.person(person).await.map_err(words)?.id;
        let scope = scope(&mut desk, site).await?;
        desk.grant(person, read_role(role)?, scope).await.map_err(words)?;
        desk.close().await.map_err(words)
    }

    /// Takes a role, `since_ms` (not positive) from now.
    pub async fn withdraw(&mut self, person: &str, role: &str, site: &str, since_ms: i64) -> Result<(), String> {
        let since = self.time.now_ms() + since_ms;
        let mut desk = self.desk().await?;
        let id = desk.person(person).await.map_err(words)?.id;
        let scope = scope(&mut desk, site).await?;
        if !desk.withdraw_since(id, read_role(role)?, scope, since).await.map_err(words)? {
            return Err(format!("{person} is no {role} at {site}"));
        }
        desk.close().await.map_err(words)
    }

    pub async fn move_person(&mut self, person: &str, from: &str, to: &str) -> Result<(), String> {
        let mut desk = self.desk().await?;
        let id = desk.person(person).await.map_err(words)?.id;
        let (from, to) = (scope(&mut desk, from).await?, scope(&mut desk, to).await?);
        if desk.move_person(id, from, to).await.map_err(words)? == 0 {
            return Err(format!("{person} has no role there"));
        }
        desk.close().await.map_err(words)
    }

    /// Revokes the device of a phone of this story.
    pub async fn revoke(&mut self, phone: &str) -> Result<(), String> {
        let device = self.device_of(phone)?;
        let mut desk = self.desk().await?;
        desk.revoke(device).await.map_err(words)?;
        desk.close().await.map_err(words)
    }

    /// What waits for a person: id, type, reason.
    pub async fn quarantine(&mut self) -> Result<Vec<Value>, String> {
        let mut desk = self.desk().await?;
        let rows = desk.quarantine(true, 1_000).await.map_err(words)?;
        Ok(rows
            .iter()
            .map(|q| {
                let what = q.entry_type.map(|t| t.to_string());
                json!({"id": q.hash.to_string(), "type": what, "code": q.code.name(), "reason": q.code.text()})
            })
            .collect())
    }

    pub async fn let_in(&mut self, id: &str) -> Result<(), String> {
        let hash: EntryHash = id.parse().map_err(words)?;
        let mut desk = self.desk().await?;
        let done = desk.let_in(hash).await.map_err(words)?;
        if let LetIn::Impossible(code) = done {
            return Err(format!("it can't be let in: {code}"));
        }
        desk.close().await.map_err(words)
    }
}

pub(super) async fn scope(desk: &mut Desk<'_>, site: &str) -> Result<Scope, String> {
    if site == "org" { Ok(Scope::Org) } else { Ok(Scope::Site(desk.site(site).await.map_err(words)?.id)) }
}

/// Reads a role's name.
pub fn read_role(name: &str) -> Result<Role, String> {
    serde_json::from_value(json!(name))
        .map_err(|_| format!("‘{name}’ is no role; there are staff, technician, supervisor, manager, author, admin and integrator"))
}
