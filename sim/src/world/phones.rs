//! Phones of a story: enrolled, opened, copied, each with a line of its own.

use std::path::Path;
use std::sync::atomic::Ordering;

use frontline_domain::DeviceId;
use frontline_server::system::SystemRandom;
use serde_json::json;

use super::desk::scope;
use super::{World, words};
use crate::phone::{Phone, folder};
use crate::proxy::Line;
use crate::verbs::Handset;

impl World {
    /// A new phone with a line of its own, enrolled for this person at this site.
    pub async fn enrol(&mut self, name: &str, person: &str, site: &str) -> Result<Phone, String> {
        if self.net.is_none() {
            let line = Line::open(self.server()?.addr()?).await.map_err(words)?;
            self.lines.insert(name.to_owned(), line);
        }
        let mut phone = self.reopen(name)?;
        self.enrol_on(name, &mut phone, person, site).await?;
        Ok(phone)
    }

    /// One more person on a phone.
    pub async fn enrol_on(&mut self, name: &str, phone: &mut Phone, person: &str, site: &str) -> Result<(), String> {
        self.by_code("device.enrol", name, phone, person, site).await
    }

    /// A phone that lost its store's key gets it back, by a code of this person.
    pub async fn recover_on(&mut self, name: &str, phone: &mut Phone, person: &str, site: &str) -> Result<(), String> {
        self.by_code("device.recover", name, phone, person, site).await
    }

    async fn by_code(&mut self, verb: &str, name: &str, phone: &mut Phone, person: &str, site: &str) -> Result<(), String> {
        let code = self.code(person, site).await?;
        let line = self.copies.get(name).map_or(name, String::as_str);
        let url = match &self.net {
            Some(_) => "https://frontline.example".to_owned(),
            None => self.lines.get(line).ok_or("the phone has no line")?.url(),
        };
        let said = phone.call(json!({"do": verb, "server": url, "code": code})).await;
        if said["ok"] == json!(true) {
            Ok(())
        } else {
            Err(format!("{name} could not be enrolled: {}", said["message"].as_str().unwrap_or("no answer")))
        }
    }

    /// A code to enrol this person with at this site.
    pub async fn code(&self, person: &str, site: &str) -> Result<String, String> {
        let mut desk = self.desk().await?;
        let id = desk.person(person).await.map_err(words)?.id;
        let frontline_domain::Scope::Site(site) = scope(&mut desk, site).await? else {
            return Err("a phone is enrolled at a site".to_owned());
        };
        let code = desk.enrolment_code(site, id).await.map_err(words)?.code;
        desk.close().await.map_err(words)?;
        Ok(code)
    }

    /// Opens the app of a phone whose files are there, or begins new ones.
    pub fn reopen(&self, name: &str) -> Result<Phone, String> {
        let dir = folder(&self.dir, name);
        std::fs::create_dir_all(&dir).map_err(words)?;
        // The same chance for either kind of phone: their final states can be compared. Another one for each
        // opening, or a phone that was just restarted would draw its ids a second time.
        let seed = name.bytes().fold(self.seed, |s, b| s.wrapping_mul(0x0100_0000_01b3) ^ u64::from(b));
        let seed = seed ^ self.time.now_ms().unsigned_abs() ^ self.openings.fetch_add(1, Ordering::SeqCst) << 48;
        match &self.driver {
            Some(command) => Phone::start(command, &dir, &self.time, seed, self.acknowledged.of(name)),
            None => {
                let phone = Phone::open(&dir, &self.disk, &self.time, seed, self.acknowledged.of(name))?;
                if let Some(net) = &self.net
                    && let Some(core) = phone.core()
                {
                    core.use_transport(net.line(name, &dir));
                }
                Ok(phone)
            }
        }
    }

    /// A later version of the app has written the store of a phone, which must be closed; or the app was updated, too.
    pub fn is_newer(&mut self, name: &str, is_newer: bool) -> Result<(), String> {
        const LATER: u32 = 999;
        let was = self.versions.remove(name);
        let version = if is_newer { LATER } else { was.ok_or("updated: the store of this phone is not newer than its app")? };
        let before = Handset::pretend_version(&self.phone_folder(name), &SystemRandom, version)?;
        if is_newer {
            self.versions.insert(name.to_owned(), before);
        }
        Ok(())
    }

    /// A second phone from the files of the first, as a restored backup or a cloned store. The first one must
    /// be closed. It speaks over the first one's line, because its store says so. Without its key, where that is
    /// said: another phone's key store does not have it.
    pub async fn copy(&mut self, of: &str, to: &str, with_key: bool) -> Result<Phone, String> {
        let there = folder(&self.dir, to);
        copy_folder(&folder(&self.dir, of), &there).map_err(words)?;
        if !with_key {
            std::fs::remove_file(there.join("key")).map_err(words)?;
        }
        self.acknowledged.copy(of, to);
        let line = self.copies.get(of).cloned().unwrap_or_else(|| of.to_owned());
        self.copies.insert(to.to_owned(), line);
        self.reopen(to)
    }

    /// Copies the files of a phone, which must be closed, to where [`World::restore_phone`] takes them from.
    pub fn back_up_phone(&self, name: &str) -> Result<(), String> {
        copy_folder(&self.phone_folder(name), &self.dir.join("backups").join(name)).map_err(words)
    }
    /// The phone, which must be closed, is lost, and its backup is put in its place.
    pub fn restore_phone(&self, name: &str) -> Result<(), String> {
        std::fs::remove_dir_all(self.phone_folder(name)).map_err(words)?;
        copy_folder(&self.dir.join("backups").join(name), &self.phone_folder(name)).map_err(words)
    }

    /// Closes nothing: keeps phones open until the world ends.
    pub fn keep(&mut self, phones: impl IntoIterator<Item = (String, Phone)>) {
        self.kept.extend(phones);
    }

    /// Switches a phone's network on or off.
    pub async fn switch(&self, phone: &str, on: bool) -> Result<(), String> {
        match self.lines.get(phone) {
            Some(line) => line.switch(on).await.map_err(words),
            None => Ok(()),
        }
    }
    pub async fn switch_all(&self, on: bool) -> Result<(), String> {
        for name in self.lines.keys() {
            self.switch(name, on).await?;
        }
        Ok(())
    }
    /// Cuts the next answer to this phone after so many bytes.
    pub fn cut(&self, phone: &str, after: i64) {
        if let Some(line) = self.lines.get(phone) {
            line.cut_after(after);
        }
    }
    /// Cuts the next request of this phone after so many bytes.
    pub fn cut_up(&self, phone: &str, after: i64) {
        if let Some(line) = self.lines.get(phone) {
            line.cut_up_after(after);
        }
    }
    /// Cuts this phone's line whenever so many bytes of its requests went through.
    pub fn cut_up_every(&self, phone: &str, bytes: i64) {
        if let Some(line) = self.lines.get(phone) {
            line.cut_up_every(bytes);
        }
    }
    /// Bytes of this phone's requests that its line took, and how often it was cut amid them.
    pub fn taken(&self, phone: &str) -> (u64, u64) {
        self.lines.get(phone).map_or((0, 0), Line::taken)
    }
    /// Puts a picture into the folder of a phone, as a camera does.
    pub fn take_picture(&self, phone: &str, file: &str, (width, height): (u32, u32)) -> Result<(), String> {
        let seed = file.bytes().fold(self.seed, |s, b| s.wrapping_mul(31) ^ u64::from(b));
        std::fs::write(self.phone_folder(phone).join(file), crate::picture::png(width, height, seed)).map_err(words)
    }

    /// Puts a recording into a phone's folder, as its recorder does.
    pub fn record_sound(&self, phone: &str, file: &str, seconds: u32) -> Result<(), String> {
        let seed = file.bytes().fold(self.seed, |s, b| s.wrapping_mul(31) ^ u64::from(b));
        std::fs::write(self.phone_folder(phone).join(file), crate::sound::m4a(seconds, seed)).map_err(words)
    }

    /// Says a line on a phone whose answers are held back from so many bytes on, and kills it there. True where
    /// it was killed before it had its answer.
    pub async fn kill_amid(&self, name: &str, phone: Phone, said: serde_json::Value, after: i64) -> Result<bool, String> {
        let line = self.lines.get(name).ok_or("the phone has no line of its own")?;
        line.hold_after(after);
        let answer = phone.killed_amid(said, line.held()).await;
        line.let_go();
        Ok(answer.is_none())
    }

    pub(super) fn phone_folder(&self, name: &str) -> std::path::PathBuf {
        folder(&self.dir, name)
    }

    pub(super) fn device_of(&self, name: &str) -> Result<DeviceId, String> {
        super::offer::identity(&self.phone_folder(name)).map(|i| i.device)
    }
}

pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && entry.file_name() == frontline_device::store::BLOBS {
            copy_folder(&entry.path(), &to.join(entry.file_name()))?;
        }
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
