//! What goes wrong, and what people with a say change meanwhile.

use serde_json::json;

use super::life::{Handy, Life};
use super::snapshot;
use super::work::NUMBERS;

/// Phones of one world at most, copies among them.
const PHONES: usize = 9;

impl Life<'_> {
    /// Somebody does something and the phone dies before it can say that it is done.
    pub async fn dies_amid(&mut self, name: &str) -> Result<(), String> {
        let Some(mut phone) = self.handy(name).phone.take() else { return Ok(()) };
        self.net.was_heard(name);
        let line = super::work::quick(self, name);
        phone.unheard(line).await;
        self.kill(name, phone, true)
    }

    pub fn dies(&mut self, name: &str) -> Result<(), String> {
        let phone = self.handy(name).phone.take();
        self.kill(name, phone, false)
    }

    /// Somebody sets the clock.
    pub fn set_clock(&mut self, name: &str) {
        let hours = [-72, -5, -1, 0, 1, 7, 60];
        let ms = self.chance.pick(&hours) * 3_600_000 + i64::try_from(self.chance.below(60_000)).unwrap_or(0);
        if let Some(phone) = &mut self.handy(name).phone {
            phone.set_skew(ms);
        }
        self.net.count(|f| f.clock_jumps += 1);
        self.net.line_of_trace(&format!("{name} has its clock set by {ms} ms"));
    }

    /// A phone's files are copied aside.
    pub fn back_up_phone(&mut self, name: &str) -> Result<(), String> {
        self.made += 1;
        let to = self.dir.join("backups").join(format!("{name}-{}", self.made));
        snapshot::copy(&self.folder(name), &to).map_err(|e| e.to_string())?;
        let promised = self.promised(name);
        self.handy(name).backups.push((to, promised));
        self.net.line_of_trace(&format!("{name} is backed up"));
        Ok(())
    }

    /// The phone is lost, and one of its backups put in its place: what it had not sent since is gone with it.
    pub async fn restore_phone(&mut self, name: &str) -> Result<(), String> {
        if self.phones[name].backups.is_empty() {
            return Ok(());
        }
        self.look_at_server().await?;
        let (from, by_then) = self.chance.pick(&self.phones[name].backups).clone();
        let stored = self.stored().await?;
        let (folder, promised) = (self.folder(name), self.promised(name));
        self.handy(name).phone = None;
        // It is another phone.
        self.make_room(name)?;
        std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
        snapshot::copy(&from, &folder).map_err(|e| e.to_string())?;
        let at_server: std::collections::BTreeSet<String> =
            promised.iter().filter(|hash| !by_then.contains(*hash) && stored.contains(*hash)).cloned().collect();
        let lost = self.world.acknowledged(name).forgive(|hash| !by_then.contains(hash) && !at_server.contains(hash));
        self.net.count(|f| f.went_with_phones += lost);
        self.fragile.entry(name.to_owned()).or_default().extend(at_server);
        self.handy(name).attempt = None;
        self.net.count(|f| f.phones_restored += 1);
        self.net.line_of_trace(&format!("{name} is restored"));
        self.open(name)
    }

    /// Somebody sets up a second phone from the files of the first.
    pub fn clone_phone(&mut self, name: &str) -> Result<(), String> {
        if self.phones.len() >= PHONES {
            return Ok(());
        }
        self.made += 1;
        let to = format!("{name}-{}", self.made);
        self.world.twin(name, &to)?;
        let of = &self.phones[name];
        let copy = Handy {
            phone: None,
            role: of.role,
            site: of.site.clone(),
            person: of.person,
            contacts: of.contacts.clone(),
            attempt: of.attempt.clone(),
            screens: std::collections::BTreeMap::new(),
            is_revoked: of.is_revoked,
            backups: Vec::new(),
        };
        self.phones.insert(to.clone(), copy);
        if let Some(fragile) = self.fragile.get(name).cloned() {
            self.fragile.insert(to.clone(), fragile);
        }
        self.net.count(|f| f.clones += 1);
        self.net.line_of_trace(&format!("{name} is cloned"));
        self.open(&to)
    }

    /// Everything of devices that the server has stored.
    pub async fn stored(&self) -> Result<std::collections::BTreeSet<String>, String> {
        Ok(self.world.feed_of_devices().await?.into_iter().map(|fed| fed.hash).collect())
    }

    pub async fn back_up_server(&mut self) -> Result<(), String> {
        self.look_at_server().await?;
        if self.backups.len() >= 4 {
            return Ok(());
        }
        self.made += 1;
        let name = format!("b{}", self.made);
        self.world.backup(&name).await?;
        self.backups.push(name);
        self.net.count(|f| f.backups += 1);
        self.net.line_of_trace("the server is backed up");
        Ok(())
    }

    /// The server is set back, to any of its backups, as often as the seed wants.
    pub async fn restore_server(&mut self) -> Result<(), String> {
        if self.backups.is_empty() {
            return Ok(());
        }
        self.look_at_server().await?;
        let name = self.chance.pick(&self.backups).clone();
        let by_hand = self.chance.chance(35);
        if by_hand {
            self.world.copy_back_by_hand(&name).await?
        } else {
            self.world.restore(&name, false).await.map(drop)?
        }
        self.net.count(|f| f.servers_restored += 1);
        self.net.line_of_trace(&format!("the server is restored, by hand: {by_hand}"));
        // What only the server had, since its phone had been lost, may be gone now. It is not forgiven twice.
        let stored = self.stored().await?;
        for (phone, alone) in &mut self.fragile {
            let gone: std::collections::BTreeSet<String> = alone.iter().filter(|hash| !stored.contains(*hash)).cloned().collect();
            let lost = self.world.acknowledged(phone).forgive(|hash| gone.contains(hash));
            self.net.count(|f| f.went_with_phones += lost);
            alone.retain(|hash| !gone.contains(hash));
        }
        Ok(())
    }

    /// A manager changes who may do what.
    pub async fn change_rights(&mut self) -> Result<(), String> {
        self.look_at_server().await?;
        let name = self.any();
        let (person, role, site) = (self.phones[&name].person, self.phones[&name].role, self.phones[&name].site.clone());
        let other = if site == "harbour" { "marina" } else { "harbour" };
        let draw = self.chance.below(10);
        let done = match draw {
            0..4 => self.world.move_person(person, &site, other).await,
            // Somebody steps in for their supervisor, and steps back.
            4 => self.world.grant(person, "supervisor", &site).await,
            5 if role != "supervisor" => self.world.withdraw(person, "supervisor", &site, 0).await,
            5..7 => self.world.withdraw(person, role, &site, -3_600_000 * i64::try_from(self.chance.below(3)).unwrap_or(0)).await,
            _ => self.world.grant(person, role, &site).await,
        };
        if done.is_ok() && draw < 4 {
            for handy in self.phones.values_mut().filter(|handy| handy.person == person) {
                handy.site = other.to_owned();
            }
        }
        self.net.count(|f| f.rights += 1);
        self.net.line_of_trace(&format!("rights of {person}, {draw}: {}", done.is_ok()));
        Ok(())
    }

    /// A phone is reported as lost: one of a world.
    pub async fn revoke(&mut self) -> Result<(), String> {
        if self.phones.values().any(|handy| handy.is_revoked) {
            return Ok(());
        }
        self.look_at_server().await?;
        let name = self.any();
        let Some(core) = self.phones[&name].phone.as_ref().and_then(crate::phone::Phone::core) else { return Ok(()) };
        let device = core.status().now().map_err(|e| e.to_string())?.device.unwrap_or_default();
        self.world.revoke_device(device.parse().map_err(|_| "a device has an id")?).await?;
        let person = self.phones[&name].person;
        // Copies of it are the same device.
        self.phones.values_mut().filter(|handy| handy.person == person).for_each(|handy| handy.is_revoked = true);
        self.net.count(|f| f.rights += 1);
        self.net.line_of_trace(&format!("{name} is revoked"));
        Ok(())
    }

    /// Somebody looks through the quarantine and lets one in.
    pub async fn let_in(&mut self) -> Result<(), String> {
        self.look_at_server().await?;
        let waits = self.world.quarantine().await?;
        if waits.is_empty() {
            return Ok(());
        }
        let id = self.chance.pick(&waits)["id"].as_str().unwrap_or_default().to_owned();
        let done = self.world.let_in(&id).await;
        self.net.count(|f| f.let_in += u64::from(done.is_ok()));
        self.net.line_of_trace(&format!("{id} is let in: {}", done.is_ok()));
        Ok(())
    }

    /// A customer asks to be forgotten.
    pub async fn forget(&mut self) -> Result<(), String> {
        self.look_at_server().await?;
        let line = json!({"phone": self.chance.pick(&NUMBERS)});
        let done = self.world.forget(line.as_object().expect("an object")).await;
        self.net.count(|f| f.forgotten += u64::from(done.is_ok()));
        self.net.line_of_trace(&format!("a customer is forgotten: {}", done.is_ok()));
        Ok(())
    }
}
