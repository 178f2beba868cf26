//! One act with one fault, and what became of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use frontline_device::Error;
use frontline_device::store::Disk as Place;
use frontline_sqlite::fault::{Disk, Fault, Plan};
use serde_json::{Value, json};

use super::acts::{Act, Kind};
use super::examine::{captured, ids, state};
use super::ground::{Ground, hand};
use super::replay::{Player, Tape};
use super::{Ended, Point, place, runtime};
use crate::fuzz::copy_files;
use crate::verbs::Handset;

/// How often each fault can strike in an act.
pub type Limits = BTreeMap<Fault, u64>;

/// What an act does when nothing fails.
pub struct Known {
    /// The states that the store stands at; the first and the last of them.
    states: BTreeSet<String>,
    before: String,
    after: String,
    /// What was promised before.
    promised: BTreeSet<String>,
    pub limits: Limits,
}

/// What became of the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    Whole,
    Absent,
    /// Some of its commits: of a sync, of an opening.
    Between,
}

/// A folder, a disk and a thread of one's own.
pub struct Bench<'a> {
    ground: &'a Ground,
    folder: tempfile::TempDir,
    disk: &'static Disk,
    runtime: tokio::runtime::Runtime,
}

/// How an act was answered.
enum Answer {
    Done(Value),
    Failed { kind: &'static str, words: String },
}

impl<'a> Bench<'a> {
    pub fn set_up(ground: &'a Ground) -> Result<Self, String> {
        let (folder, disk) = place()?;
        Ok(Self { ground, folder, disk, runtime: runtime()? })
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("phone")
    }

    /// The store that the act begins on, on a disk that is new.
    fn begin(&self, act: &Act, seed: u64) -> Result<(), String> {
        let words = |e: std::io::Error| e.to_string();
        let dir = self.dir();
        if dir.exists() {
            fs::remove_dir_all(&dir).map_err(words)?;
        }
        match &act.on {
            Some(from) => copy_files(from, &dir).map_err(words)?,
            None => fs::create_dir_all(&dir).map_err(words)?,
        }
        self.disk.begin(seed);
        Ok(())
    }

    fn open(&self, tape: Option<Arc<Tape>>) -> Result<Handset, Error> {
        let (clock, random) = hand(self.ground.now_ms());
        let phone = Handset::open_on(&self.dir(), &Place::of_vfs(self.disk.name()), clock, random)?;
        if phone.is_open() {
            phone.core().use_transport(Arc::new(Player { tape }));
        }
        Ok(phone)
    }

    /// The phone before the act, where it has to be open for it.
    fn before(&self, act: &Act) -> Result<Option<Handset>, String> {
        let tape = match &act.kind {
            Kind::Open => return Ok(None),
            Kind::Close => None,
            Kind::Say(_, tape) => tape.clone(),
        };
        self.open(tape).map(Some).map_err(|e| format!("{}: the phone does not open: {e}", act.name))
    }

    fn perform(&self, act: &Act, phone: &mut Option<Handset>) -> Answer {
        match &act.kind {
            Kind::Open => match self.open(None) {
                Ok(opened) => {
                    *phone = Some(opened);
                    Answer::Done(Value::Null)
                }
                Err(e) => Answer::Failed { kind: e.kind(), words: e.to_string() },
            },
            Kind::Close => {
                *phone = None;
                Answer::Done(Value::Null)
            }
            Kind::Say(line, _) => phone.as_mut().map_or(Answer::Done(Value::Null), |phone| self.say(phone, line)),
        }
    }

    fn say(&self, phone: &mut Handset, line: &Value) -> Answer {
        let said = self.runtime.block_on(phone.call(line));
        if said["ok"] == json!(true) {
            return Answer::Done(said);
        }
        let kind = KINDS.iter().find(|kind| said["error"] == json!(kind)).copied().unwrap_or("?");
        Answer::Failed { kind, words: said["message"].as_str().unwrap_or_default().to_owned() }
    }

    /// Does the act with nothing going wrong, and notes every state that the store was flushed at.
    pub fn reference(&self, act: &Act) -> Result<Known, String> {
        self.begin(act, 0)?;
        let promised = self.runtime.block_on(captured(&self.dir(), self.ground.now_ms()))?;
        self.begin(act, 0)?;
        let mut phone = self.before(act)?;
        let (dir, stills) = (self.dir(), self.folder.path().join("stills"));
        let still = {
            let (stills, mut count) = (stills.clone(), 0);
            move || {
                count += 1;
                // A still that can't be taken is missed below.
                let _ = copy_files(&dir, &stills.join(count.to_string()));
            }
        };
        let mut first = still.clone();
        first();
        self.disk.watch(Box::new(first));
        let answer = self.perform(act, &mut phone);
        if let Answer::Failed { words, .. } = answer {
            return Err(format!("{}: failed with nothing wrong: {words}", act.name));
        }
        self.disk.begin(0);
        let last = stills.join("last");
        copy_files(&self.dir(), &last).map_err(|e| e.to_string())?;
        drop(phone);
        let mut states = BTreeSet::new();
        for one in fs::read_dir(&stills).map_err(|e| e.to_string())? {
            states.insert(state(&one.map_err(|e| e.to_string())?.path())?);
        }
        let (before, after) = (state(&stills.join("1"))?, state(&last)?);
        fs::remove_dir_all(&stills).map_err(|e| e.to_string())?;
        if states.len() > act.commits + 1 {
            return Err(format!("{}: the store stood at {} states, and {} are known", act.name, states.len(), act.commits + 1));
        }
        Ok(Known { states, before, after, promised, limits: self.limits(act)? })
    }

    /// How often each fault could strike.
    fn limits(&self, act: &Act) -> Result<Limits, String> {
        let mut out = Limits::new();
        for fault in Fault::ALL {
            self.begin(act, 0)?;
            let mut phone = self.before(act)?;
            self.disk.arm(Plan { fault, at: u64::MAX });
            self.perform(act, &mut phone);
            out.insert(fault, self.disk.met());
        }
        Ok(out)
    }

    pub fn try_point(&self, act: &Act, known: &Known, point: &Point) -> Result<Ended, String> {
        let Plan { fault, at } = point.plan;
        let name = format!("{}, {} at operation {at}, seed {}", act.name, fault.name(), point.seed);
        self.begin(act, point.seed)?;
        let mut phone = self.before(act)?;
        self.disk.arm(point.plan);
        let answer = self.perform(act, &mut phone);
        let mut problems = Vec::new();
        if !self.disk.has_struck() {
            problems.push("the fault found nothing to strike".to_owned());
        }
        let mut promised = known.promised.clone();
        if let Answer::Done(said) = &answer {
            promised.extend(ids(&said["captured"]));
        }
        let mut stood = None;
        if fault.is_the_end() {
            drop(phone);
            if fault != Fault::Kill {
                self.disk.lose_power(fault).map_err(|e| e.to_string())?;
            }
        } else {
            problems.extend(wrong_kind(act, fault, &answer));
            self.disk.heal();
            stood = Some(self.stands()?);
            promised.extend(self.go_on(act, phone, &mut problems));
            self.disk.end();
            self.disk.lose_power(Fault::Dropped).map_err(|e| e.to_string())?;
        }
        let found = stood.unwrap_or_else(|| state(&self.dir()));
        let course = match &found {
            Err(why) => {
                problems.push(why.clone());
                Course::Between
            }
            Ok(found) if *found == known.after => {
                let has_failed = matches!(answer, Answer::Failed { .. }) && !fault.is_the_end();
                if has_failed && known.states.len() == 2 && matches!(act.kind, Kind::Say(..)) {
                    problems.push("it was told as failed, and it has happened".to_owned());
                }
                Course::Whole
            }
            // What is tried again within the act draws its keys a second time: another state, and no worse.
            Ok(_) if matches!(act.kind, Kind::Open) && act.on.is_none() && matches!(answer, Answer::Done(_)) && !fault.is_the_end() => {
                Course::Whole
            }
            Ok(found) if known.states.contains(found) && matches!(answer, Answer::Failed { .. }) => {
                if *found == known.before {
                    Course::Absent
                } else {
                    Course::Between
                }
            }
            Ok(found) if known.states.contains(found) => {
                if matches!(act.kind, Kind::Say(_, None) | Kind::Close) {
                    problems.push("it was acknowledged, and is not there".to_owned());
                }
                Course::Between
            }
            Ok(_) => {
                problems.push("the store stands at a state that it never had: neither whole nor absent".to_owned());
                Course::Between
            }
        };
        match self.runtime.block_on(captured(&self.dir(), self.ground.now_ms())) {
            Ok(there) => problems.extend(promised.difference(&there).map(|hash| format!("acknowledged and lost: {hash}"))),
            Err(why) => problems.push(why),
        }
        Ok(Ended { act: act.name, fault, course, problems, name })
    }

    /// The state of the store if the app was killed now: on a copy, since it goes on.
    fn stands(&self) -> Result<Result<String, String>, String> {
        let copy = self.folder.path().join("copy");
        copy_files(&self.dir(), &copy).map_err(|e| e.to_string())?;
        let stood = state(&copy);
        fs::remove_dir_all(&copy).map_err(|e| e.to_string())?;
        Ok(stood)
    }

    /// What failed was said, and somebody made room, or the disk does again what it is asked. The app goes on without
    /// being started anew; then the power goes. Gives what was promised meanwhile.
    fn go_on(&self, act: &Act, phone: Option<Handset>, problems: &mut Vec<String>) -> BTreeSet<String> {
        let mut phone = match phone.map_or_else(|| self.open(None), Ok) {
            Ok(phone) => phone,
            Err(e) => {
                problems.push(format!("afterwards the app does not open: {e}"));
                return BTreeSet::new();
            }
        };
        // Who is enrolled can capture.
        let line = json!({"do": "training.progress", "module": "coffee-basics", "lesson": self.ground.lesson, "card": 2});
        let is_enrolled = act.on.as_ref().is_some_and(|on| on.join("identity").exists()) && act.name != "signed out";
        let mut promised = BTreeSet::new();
        if is_enrolled {
            let mut said = self.say(&mut phone, &line);
            if matches!(said, Answer::Failed { kind: "locked", .. }) {
                // The PIN is set first, and signed in with after that.
                self.say(&mut phone, &json!({"do": "people.switch", "person": "ana-pereira", "pin": super::acts::PIN}));
                said = self.say(&mut phone, &line);
            }
            match said {
                Answer::Done(said) => promised.extend(ids(&said["captured"])),
                Answer::Failed { words, .. } => problems.push(format!("afterwards nothing can be captured: {words}")),
            }
        }
        self.disk.end();
        drop(phone);
        promised
    }
}

const KINDS: &[&str] =
    &["invalid", "not-found", "locked", "offline", "unauthorized", "busy", "storage-full", "storage-corrupt", "internal"];

/// What a person is told: that there is no room where there is none, and never that the store is damaged.
fn wrong_kind(act: &Act, fault: Fault, answer: &Answer) -> Option<String> {
    let Answer::Failed { kind, words } = answer else { return None };
    let right = match fault {
        // What is asked in another way of a phone that is full is not on the tape.
        _ if *kind == "offline" => matches!(act.kind, Kind::Say(_, Some(_))),
        Fault::Full | Fault::FullOnce => *kind == "storage-full",
        _ => matches!(*kind, "internal" | "busy"),
    };
    (!right).then(|| format!("it was told as ‘{kind}’: {words}"))
}
