//! A phone driven by JSON: one object in, one object out, after the result is durable. The verbs are the
//! services and methods of the shells' surface, by the same names; `docs/cli.md` lists each with an example.
//!
//! [`Handset`] is the phone; [`words`] reads the arguments; a file for each service knows its verbs.

mod actions;
mod device;
mod drafts;
mod feedback;
mod heard;
mod interactions;
mod key;
mod media;
mod people;
mod procedures;
mod training;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontline_device::observe::Subscription;
use frontline_device::services::piece::{MOST, Piece, Pieced};
use frontline_device::services::{Exported, leave, salvage};
use frontline_device::store::Disk;
use frontline_device::sync::recover::recover;
use frontline_device::{Core, Error, Lock, Options};
use frontline_domain::{Clock, Random};
use serde::Serialize;
use serde_json::{Map, Value, json};

use heard::Heard;
pub use key::read_or_make as store_key;
use words::Words;

/// A phone in a terminal: the core with a store whose key lies beside it. It does with a damaged store what a
/// shell does: it says so once, and goes on with what was taken over.
pub struct Handset {
    open: Option<Open>,
    /// What its next line is answered with.
    news: Option<Error>,
    dir: PathBuf,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    disk: Disk,
    heard: Arc<Heard>,
}

struct Open {
    core: Core,
    _subscription: Subscription,
}

type Answer = Result<Value, Error>;

/// The `ok` of a verb that gives back nothing but that it was done.
fn done() -> Answer {
    Ok(json!({}))
}
fn made(id: String) -> Answer {
    Ok(json!({"id": id}))
}
fn list<T: Serialize>(rows: Vec<T>) -> Answer {
    Ok(json!({"list": json!(rows)}))
}
fn is_newer(e: &Error) -> bool {
    matches!(e, Error::Invalid { field, rule, .. } if field == "store" && rule == "newer")
}
fn is_new(file: &Path) -> Result<(), Error> {
    if file.symlink_metadata().is_ok() { Err(invalid("file", "new", "this file exists; name a new one")) } else { Ok(()) }
}
/// A list that is read in pieces: one of them where the line says `count`, else all, one after another.
fn pieces<T: Serialize>(words: &mut Words<'_>, read: impl Fn(&Piece) -> Result<Pieced<T>, Error>) -> Answer {
    let count = words.maybe_whole("count")?;
    let mut piece = Piece { after: words.maybe("after")?, count: None };
    words.end()?;
    if let Some(count) = count {
        let wrong = || invalid("count", "range", format!("`count` is a number of rows from 1 to {MOST}"));
        piece.count = Some(u32::try_from(count).ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(wrong)?);
        return Ok(json!(read(&piece)?));
    }
    let mut all = Vec::new();
    loop {
        let pieced = read(&piece)?;
        all.extend(pieced.list);
        match pieced.next {
            Some(next) => piece.after = Some(next),
            None => return list(all),
        }
    }
}
fn invalid(field: &str, rule: &str, message: impl Into<String>) -> Error {
    Error::Invalid { field: field.to_owned(), rule: rule.to_owned(), message: message.into() }
}

impl Handset {
    /// Opens the store in `dir`, or makes it; its key is `dir/key`.
    pub fn open(dir: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Handset, Error> {
        Self::open_on(dir, &Disk::default(), clock, random)
    }

    /// As [`Handset::open`], on another file system of SQLite's than the machine's.
    pub fn open_on(dir: &Path, disk: &Disk, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Handset, Error> {
        let mut phone =
            Handset { open: None, news: None, dir: dir.to_path_buf(), clock, random, disk: disk.clone(), heard: Arc::default() };
        match phone.wake() {
            Err(told @ Error::StorageCorrupt { .. }) => {
                phone.wake()?;
                phone.news = Some(told);
            }
            // It says so at each line, until it is recovered, or the app is updated.
            Err(Error::Locked(_)) => {}
            Err(e) if is_newer(&e) => {}
            woken => woken?,
        }
        Ok(phone)
    }

    /// How many captured things the server refused; they are in no file. None are known of a store that is not
    /// opened.
    pub fn quarantined(&self) -> Result<u64, Error> {
        self.open.as_ref().map_or(Ok(0), |open| Ok(open.core.status().now()?.quarantined))
    }

    /// Makes the phone new: its store goes, and its key with it. What is unsent is written into `file` before.
    pub fn reset(&mut self, leaving: leave::Leaving<'_>) -> Result<Exported, Error> {
        self.news()?;
        if let Some(file) = leaving.file {
            is_new(file)?;
        }
        self.open = None;
        let carried = leave::reset(self.options()?, leaving)?;
        std::fs::remove_file(self.dir.join("key")).map_err(|e| invalid("data", "key", format!("the key stayed: {e}")))?;
        Ok(carried)
    }

    /// Lets a new key open the store that has lost its own, by way of the server; then the device goes on.
    async fn recover(&mut self, words: &Map<String, Value>) -> Answer {
        let mut words = Words::new(words);
        let (_, server, code) = (words.text("do")?, words.text("server")?, words.text("code")?);
        words.end()?;
        if self.open.is_none() {
            let io = |e: std::io::Error| invalid("data", "key", e.to_string());
            let key = key::next(&self.dir, self.random.as_ref()).map_err(io)?;
            let language = "en".parse().map_err(|_| invalid("language", "tag", "no language"))?;
            let options = Options { dir: self.dir.clone(), key, clock: self.clock.clone(), random: self.random.clone(), language };
            recover(&options, None, &server, &code).await?;
            key::use_next(&self.dir).map_err(io)?;
        }
        self.news()?;
        device::enrolled(self, &server, &code).await
    }

    /// Makes the store one that this version of the app wrote, as if a later one was put on this phone, or taken away.
    /// Gives the version that it was of.
    pub fn pretend_version(dir: &Path, random: &dyn Random, version: u32) -> Result<u32, String> {
        let key = store_key(dir, random).map_err(|e| e.to_string())?;
        frontline_device::store::pretend_version(dir, &key, version).map_err(|e| e.to_string())
    }

    /// Writes the store, which nobody may have open, into the layout of an older version of the app.
    pub fn write_as_of(dir: &Path, version: u32) -> Result<(), String> {
        let key = store_key(dir, &frontline_device::system::SystemRandom).map_err(|e| e.to_string())?;
        frontline_device::store::write_as_of(dir, &key, version).map_err(|e| e.to_string())
    }

    /// Opens the store, unless it is open.
    fn wake(&mut self) -> Result<(), Error> {
        if self.open.is_some() {
            return Ok(());
        }
        let core = Core::open_on(self.options()?, &self.disk)?;
        let subscription = core.subscribe(self.heard.clone());
        self.open = Some(Open { core, _subscription: subscription });
        Ok(())
    }

    fn options(&self) -> Result<Options, Error> {
        let dir = self.dir.clone();
        if key::is_lost(&dir) {
            return Err(Error::Locked(Lock::Key));
        }
        let key =
            store_key(&dir, self.random.as_ref()).map_err(|e| invalid("data", "key", format!("{}: {e}", dir.join("key").display())))?;
        let language = "en".parse().map_err(|_| invalid("language", "tag", "no language"))?;
        Ok(Options { dir, key, clock: self.clock.clone(), random: self.random.clone(), language })
    }

    /// What is to be said before anything else.
    fn news(&mut self) -> Result<(), Error> {
        self.wake()?;
        self.news.take().map_or(Ok(()), Err)
    }

    /// Another hand on the same app.
    pub fn beside(&self) -> Handset {
        let heard: Arc<Heard> = Arc::default();
        let open = self.open.as_ref().map(|open| {
            let core = open.core.clone();
            let subscription = core.subscribe(heard.clone());
            Open { core, _subscription: subscription }
        });
        let (dir, clock, random, disk) = (self.dir.clone(), self.clock.clone(), self.random.clone(), self.disk.clone());
        Handset { open, news: None, dir, clock, random, disk, heard }
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The core.
    pub fn core(&self) -> &Core {
        &self.open.as_ref().expect("it is woken before it is asked").core
    }

    /// The core; says why there is none of a store that does not open.
    pub fn woken(&mut self) -> Result<&Core, Error> {
        self.news()?;
        Ok(self.core())
    }

    /// Writes what is unsent into a new file, wherever it is to lie.
    pub fn export(&mut self, file: &Path) -> Result<Exported, Error> {
        is_new(file)?;
        match self.news() {
            // A store of a newer app is read and not opened: what was sent before is in the file, too.
            Err(e) if is_newer(&e) => {
                let Options { dir, key, random, .. } = self.options()?;
                return salvage(&dir, &key, file, random.as_ref());
            }
            news => news?,
        }
        self.core().export(file)
    }

    /// Does what one line says. What it captured stands in the answer as `captured`: by these names it can be
    /// asked for ever after what became of it.
    pub async fn call(&mut self, line: &Value) -> Value {
        self.heard.take();
        let answer = match line.as_object() {
            Some(words) if words.get("do").is_some_and(|verb| verb == "device.recover") => self.recover(words).await,
            Some(words) => match self.news() {
                Err(e) if !(is_newer(&e) && words.get("do").is_some_and(|verb| verb == "device.export")) => Err(e),
                _ => self.dispatch(words).await,
            },
            None => Err(invalid("line", "json", "a line is a JSON object such as {\"do\":\"device.status\"}")),
        };
        let answer = match answer {
            // Damage that was met just now: the store is closed, so that opening it anew can set it aside.
            Err(e) if e.is_damage_of_an_open_file() => {
                self.open = None;
                self.wake().and(Err(e))
            }
            answer => answer,
        };
        match answer {
            Ok(Value::Object(mut fields)) => {
                fields.shift_insert(0, "ok".to_owned(), json!(true));
                let captured = self.heard.take();
                if !captured.is_empty() {
                    fields.insert("captured".to_owned(), json!(captured));
                }
                Value::Object(fields)
            }
            Ok(other) => json!({"ok": true, "value": other}),
            Err(e) => refusal(&e),
        }
    }

    /// Reads a line and does what it says.
    pub async fn call_line(&mut self, line: &str) -> Value {
        match serde_json::from_str(line) {
            Ok(value) => self.call(&value).await,
            Err(e) => refusal(&invalid("line", "json", format!("this line is not JSON: {e}"))),
        }
    }

    async fn dispatch(&mut self, words: &Map<String, Value>) -> Answer {
        let mut words = Words::new(words);
        let verb = words.text("do")?;
        let (family, method) = verb.split_once('.').unwrap_or((verb.as_str(), ""));
        let answer = match family {
            "drafts" => drafts::call(self.core(), method, &mut words),
            "feedback" => feedback::call(self.core(), method, &mut words),
            "actions" => actions::call(self.core(), method, &mut words),
            "interactions" => interactions::call(self.core(), method, &mut words),
            "media" => media::call(self, method, &mut words).await,
            "procedures" if method == "fetch" => device::call(self, family, method, &mut words).await,
            "procedures" => procedures::call(self.core(), method, &mut words),
            "training" => training::call(self.core(), method, &mut words),
            "people" | "device" | "sync" => device::call(self, family, method, &mut words).await,
            _ => None,
        };
        answer.unwrap_or_else(|| {
            Err(invalid("do", "verb", format!("there is no verb ‘{}’; docs/cli.md lists them", verb.chars().take(60).collect::<String>())))
        })
    }
}

/// An error as a line.
fn refusal(e: &Error) -> Value {
    let mut out = json!({"ok": false, "error": e.kind(), "message": e.to_string()});
    if let Error::Invalid { field, rule, .. } = e {
        out["field"] = json!(field);
        out["rule"] = json!(rule);
    }
    if let Error::StorageCorrupt { kept_at } = e {
        out["kept_at"] = json!(kept_at);
    }
    if let Error::Locked(lock) = e {
        out["lock"] = json!(lock.name());
    }
    // Not the person but the whole device was turned away.
    if let Error::Unauthorized { device: Some(code) } = e {
        out["code"] = json!(code.name());
    }
    out
}
