//! What an administrator does in a story: the functions that the program's `admin` commands call.

use frontline_content::Bundle;
use frontline_domain::permission::Role;
use frontline_domain::record::{Person, RunsWithdrawn};
use frontline_domain::release::{Content, Module};
use frontline_domain::{DeviceId, EntryHash, Scope};
use frontline_server::admin::content;
use frontline_server::admin::content::runs::{Because, OpenRuns};
use frontline_server::admin::{Desk, LetIn};
use frontline_server::pen::NOBODY;
use frontline_server::store::AttemptRow;
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
        self.revoke_device(self.device_of(phone)?).await
    }

    pub async fn revoke_device(&mut self, device: DeviceId) -> Result<(), String> {
        let mut desk = self.desk().await?;
        desk.revoke(device).await.map_err(words)?;
        desk.close().await.map_err(words)
    }

    /// Lets somebody try their PIN again on a phone of this story.
    pub async fn unlock(&mut self, phone: &str, person: &str) -> Result<(), String> {
        let device = self.device_of(phone)?;
        let mut desk = self.desk().await?;
        let person = desk.person(person).await.map_err(words)?.id;
        desk.unlock_pin(device, person).await.map_err(words)?;
        desk.close().await.map_err(words)
    }

    /// Takes in a file of unsent work that lies in a phone's folder.
    pub async fn import(&mut self, phone: &str, file: &str) -> Result<Value, String> {
        let file = self.phone_folder(phone).join(file);
        let done = frontline_server::admin::import::import(&self.server()?.app, self.org, &file, None).await.map_err(words)?;
        let pictures = done.pictures;
        Ok(json!({
            "ok": true, "stored": done.stored, "held": done.held, "quarantined": done.quarantined,
            "pictures": { "stored": pictures.stored, "known": pictures.known, "waiting": pictures.waiting },
        }))
    }

    /// Publishes the next version of a module: with another title, and without the first question of its quiz.
    pub async fn publish_next(&mut self, slug: &str) -> Result<(), String> {
        let mut next = self.bundle.clone();
        let found = next.releases.iter_mut().find(|r| r.kind() == "module" && r.slug.as_str() == slug);
        let release = found.ok_or_else(|| format!("there is no module {slug}"))?;
        release.title.by.values_mut().for_each(|title| title.push_str(" (2)"));
        if let Content::Module(Module { quiz: Some(quiz), .. }) = &mut release.content {
            quiz.form.sections[0].items.remove(0);
        }
        frontline_server::admin::content::apply(&self.server()?.app, self.org, &next, false, true).await.map_err(words)?;
        self.bundle = next;
        Ok(())
    }

    /// Publishes other content.
    pub async fn publish(&mut self, next: Bundle) -> Result<(), String> {
        frontline_server::admin::content::apply(&self.server()?.app, self.org, &next, false, true).await.map_err(words)?;
        self.bundle = next;
        Ok(())
    }

    /// Publishes the next version of a procedure: with another title. `withdraw`: the reason for which open runs of the
    /// versions before are withdrawn.
    pub async fn publish_next_procedure(&mut self, slug: &str, withdraw: Option<&str>) -> Result<(), String> {
        let mut next = self.bundle.clone();
        let found = next.releases.iter_mut().find(|r| r.kind() == "procedure" && r.slug.as_str() == slug);
        let release = found.ok_or_else(|| format!("there is no procedure {slug}"))?;
        release.title.by.values_mut().for_each(|title| title.push_str(" (2)"));
        self.publish_and(next, withdraw).await
    }

    /// Publishes other content, and says what becomes of open runs, in the name of whoever set the server up.
    async fn publish_and(&mut self, next: Bundle, withdraw: Option<&str>) -> Result<(), String> {
        let open = match withdraw {
            None => OpenRuns::Finish,
            Some(reason) => OpenRuns::Withdraw(Because::read(reason, NOBODY, "Helen".to_owned()).map_err(words)?),
        };
        content::apply_and(&self.server()?.app, self.org, &next, (false, true), &open).await.map_err(words)?;
        self.bundle = next;
        Ok(())
    }

    /// Opens the runs of a procedure again that were withdrawn.
    pub async fn undo_withdrawal(&mut self, slug: &str) -> Result<(), String> {
        let slug = slug.parse().map_err(words)?;
        let org = self.org;
        let mut desk = self.desk().await?;
        let all: Vec<RunsWithdrawn> = frontline_server::records::all(desk.tx.as_read(), org).await.map_err(words)?;
        for one in all.into_iter().filter(|one| one.procedure == slug) {
            desk.undo_withdrawal(&slug, one.id).await.map_err(words)?;
        }
        desk.close().await.map_err(words)
    }

    /// Publishes the content without a procedure and what was assigned of it; `withdraw` as of
    /// [`Self::publish_next_procedure`].
    pub async fn unpublish(&mut self, slug: &str, withdraw: Option<&str>) -> Result<(), String> {
        let mut next = self.bundle.clone();
        let before = next.releases.len();
        next.releases.retain(|r| r.kind() != "procedure" || r.slug.as_str() != slug);
        if next.releases.len() == before {
            return Err(format!("there is no procedure {slug}"));
        }
        next.assignments.retain(|a| a.kind != "procedure" || a.slug.as_str() != slug);
        self.publish_and(next, withdraw).await
    }

    /// Publishes the content with an asset at another site.
    pub async fn move_asset(&mut self, asset: &str, to: &str) -> Result<(), String> {
        let mut next = self.bundle.clone();
        let moved = next.assets.iter_mut().find(|a| a.slug.as_str() == asset).ok_or_else(|| format!("there is no asset {asset}"))?;
        moved.site = to.parse().map_err(words)?;
        frontline_server::admin::content::apply(&self.server()?.app, self.org, &next, false, true).await.map_err(words)?;
        self.bundle = next;
        Ok(())
    }

    /// Everybody's attempts at a module as the server graded them: who, how much, whether it passed.
    pub async fn attempts(&mut self, module: &str) -> Result<Vec<Value>, String> {
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        let people: Vec<Person> = frontline_server::records::all(tx.as_mut(), self.org).await.map_err(words)?;
        let mut rows = tx.attempts(self.org, module).await.map_err(words)?;
        rows.sort_by_key(|r| (r.attempt.started_ms, r.attempt.id));
        let name = |id| people.iter().find(|p| p.id == id).map_or("?", |p| p.slug.as_str());
        let row = |r: &AttemptRow| {
            let o = r.attempt.outcome;
            json!({"person": name(r.person), "points": o.map(|o| o.points), "of": o.map(|o| o.of), "passed": o.map(|o| o.passed)})
        };
        Ok(rows.iter().map(row).collect())
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
