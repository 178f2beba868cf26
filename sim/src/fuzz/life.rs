//! One seed: a world, its phones, and what happens to them step by step.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use frontline_device::store::FILE;
use serde_json::{Value, json};

use super::net::Net;
use super::snapshot;
use super::template::{CAST, Template};
use crate::phone::Phone;
use crate::time::Seeded;
use crate::world::World;

/// Somebody's phone.
pub struct Handy {
    /// None while it is in other hands: it syncs, or is being killed.
    pub phone: Option<Phone>,
    pub role: &'static str,
    /// Where its person works now.
    pub site: String,
    pub person: &'static str,
    /// Contacts that were begun on it.
    pub contacts: Vec<String>,
    pub attempt: Option<String>,
    /// Screens that were looked at and not closed: a run, with the heads it showed.
    pub screens: BTreeMap<String, String>,
    pub is_revoked: bool,
    /// Copies of it that were put aside, with what was promised by then.
    pub backups: Vec<(PathBuf, BTreeSet<String>)>,
}

/// A seed being lived.
pub struct Life<'a> {
    pub world: World,
    pub net: Arc<Net>,
    pub chance: Arc<Seeded>,
    pub template: &'a Template,
    pub phones: BTreeMap<String, Handy>,
    pub dir: PathBuf,
    /// The server's backups, by name.
    pub backups: Vec<String>,
    /// Promised on a phone that was set back since, and so at the server alone: a server that is set back, too,
    /// may honestly have lost it.
    pub fragile: BTreeMap<String, BTreeSet<String>>,
    /// Phones that have no room left.
    pub full: BTreeSet<String>,
    pub made: u64,
}

impl Life<'_> {
    pub async fn begin(template: &Template, dir: PathBuf, net: Arc<Net>, world: World, chance: Arc<Seeded>) -> Result<Life<'_>, String> {
        let mut phones = BTreeMap::new();
        for (name, person, role, site) in CAST {
            let handy = Handy {
                phone: Some(world.reopen(name)?),
                role,
                site: site.to_owned(),
                person,
                contacts: Vec::new(),
                attempt: None,
                screens: BTreeMap::new(),
                is_revoked: false,
                backups: Vec::new(),
            };
            phones.insert(name.to_owned(), handy);
        }
        Ok(Life {
            world,
            net,
            chance,
            template,
            phones,
            dir,
            backups: Vec::new(),
            fragile: BTreeMap::new(),
            full: BTreeSet::new(),
            made: 0,
        })
    }

    /// Any phone.
    pub fn any(&self) -> String {
        let names: Vec<&String> = self.phones.keys().collect();
        (*self.chance.pick(&names)).clone()
    }

    /// The files of a phone.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.world.folder_of(name)
    }

    pub fn handy(&mut self, name: &str) -> &mut Handy {
        self.phones.get_mut(name).expect("it is one of the phones")
    }

    /// Says a line on a phone, and hears the answer.
    pub async fn say(&mut self, name: &str, line: Value) -> Value {
        let Some(mut phone) = self.handy(name).phone.take() else { return json!({"ok": false}) };
        let answer = phone.call(line.clone()).await;
        self.handy(name).phone = Some(phone);
        self.heard(name, &line, &answer);
        answer
    }

    /// What was heard is promised, and some answers may never be given.
    pub fn heard(&mut self, name: &str, line: &Value, answer: &Value) {
        self.net.was_heard(name);
        let verb = line["do"].as_str().unwrap_or_default();
        let what = answer["error"].as_str().map_or_else(|| answer["captured"].to_string(), str::to_owned);
        self.net.line_of_trace(&format!("{name} {verb} {what}"));
        if answer["error"] == json!("storage-full") {
            self.net.count(|f| f.no_room += 1);
            if !self.full.contains(name) {
                self.net.problem(format!("{name}: {line} found no room where there is some"));
            }
        }
        let misled = self.net.was_misled(name);
        if let Some(kind @ ("internal" | "storage-corrupt")) = answer["error"].as_str().filter(|_| !misled) {
            self.net.problem(format!("{name}: {line} was answered with {kind}: {}", answer["message"]));
        }
    }

    /// Ends a phone's app without warning, as it stands: `held` is all that has hold of it. `torn`: its log is cut
    /// within what was written since it last spoke with anybody.
    pub fn kill(&mut self, name: &str, held: impl Sized, torn: bool) -> Result<(), String> {
        let (folder, left) = (self.folder(name), self.folder(name).with_extension("dead"));
        let torn = torn.then(|| (self.net.spoke(name), self.chance.below(u64::MAX)));
        let cut = snapshot::take(&folder, &left, FILE, torn).map_err(|e| format!("{name}: {e}"))?;
        drop(held);
        self.handy(name).phone = None;
        std::fs::remove_dir_all(&folder).and_then(|()| std::fs::rename(&left, &folder)).map_err(|e| format!("{name}: {e}"))?;
        self.net.count(|f| {
            f.phones_killed += 1;
            f.torn += u64::from(cut);
        });
        self.net.line_of_trace(&format!("{name} is killed, its log cut: {cut}"));
        self.open(name)
    }

    /// Opens the app of a phone. On one that is full not even the room that it set aside may do.
    pub fn open(&mut self, name: &str) -> Result<(), String> {
        let phone = match self.world.reopen(name) {
            Err(why) if self.is_out_of_room(name, &why) => {
                self.net.count(|f| f.no_room += 1);
                self.make_room(name)?;
                self.world.reopen(name)?
            }
            opened => opened?,
        };
        let handy = self.handy(name);
        handy.phone = Some(phone);
        handy.screens.clear();
        Ok(())
    }

    /// A server that died is started again.
    pub async fn look_at_server(&mut self) -> Result<(), String> {
        if self.net.has_crashed() {
            self.net.line_of_trace("the server is started again");
            self.world.bring_back().await?;
        }
        Ok(())
    }

    /// What a phone promised so far.
    pub fn promised(&self, name: &str) -> BTreeSet<String> {
        self.world.acknowledged(name).all()
    }
}
