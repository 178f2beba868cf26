//! The stores that acts begin on: made once, by a phone that speaks with a real server over the simulator's network.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontline_device::net::Transport;
use frontline_device::store::FILE;
use frontline_domain::form::Form;
use frontline_protocol::base64;
use serde_json::{Value, json};

use super::acts::{Act, Kind, Props, lines};
use super::replay::{Recorder, Tape};
use crate::demo::answers::answer;
use crate::fuzz::copy_files;
use crate::fuzz::net::Net;
use crate::fuzz::template::{Template, room};
use crate::phone::Phone;
use crate::picture::png;
use crate::time::{Seeded, StoryClock, StoryTime};
use crate::verbs::Handset;
use crate::world::World;

const SEED: u64 = 11;
/// Every phone that meets a fault draws from this.
const CHANCE: u64 = 0x00d1_5c0f;
/// Frames of a log that is moved into the file with the next commit or two: SQLite does so from 256 on.
const LONG_LOG: u64 = 250;
const FRAME: u64 = 4_096 + 24;
const UNSENT: &str = "unsent";
/// The schema that the oldest store is of.
const OLD: u32 = 3;

/// What every point begins with.
pub struct Ground {
    pub acts: Vec<Act>,
    now_ms: i64,
    /// A store with work of many kinds that was not sent.
    pub unsent: PathBuf,
    pub touchpoint: String,
    /// One that can be read, to see whether the phone goes on.
    pub lesson: String,
    _folder: tempfile::TempDir,
}

/// A phone at a point: its clock stands still, and its chance is the same each time.
pub fn hand(now_ms: i64) -> (Arc<StoryClock>, Arc<Seeded>) {
    (StoryClock::new(StoryTime::starting(now_ms), 5), Seeded::new(CHANCE))
}

async fn done(phone: &mut Phone, line: Value) -> Result<Value, String> {
    let said = phone.call(line.clone()).await;
    if said["ok"] == json!(true) { Ok(said) } else { Err(format!("the stage: {line}: {}", said["message"])) }
}
fn id(said: &Value) -> String {
    said["id"].as_str().unwrap_or_default().to_owned()
}
fn words(e: std::io::Error) -> String {
    e.to_string()
}

struct Stage<'a> {
    template: &'a Template,
    world: World,
    net: Arc<Net>,
    dir: PathBuf,
    chance: Arc<Seeded>,
}

impl Ground {
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    pub async fn make(content: &Path) -> Result<Ground, String> {
        let template = Template::make(content).await?;
        let folder = room().map_err(words)?;
        let time = StoryTime::starting(template.now_ms);
        let chance = Seeded::new(SEED);
        let net = Net::new(time.clone(), chance.clone(), Default::default());
        let world = template.copy_to(&folder.path().join("world"), time.clone(), SEED, net.clone()).await?;
        let mut stage = Stage { template: &template, world, net, dir: folder.path().to_owned(), chance };
        let (acts, touchpoint) = stage.acts().await?;
        stage.world.stop().await;
        let lesson = template.company.lessons.first().map(|(_, lesson, _)| lesson.clone()).ok_or("no lesson")?;
        let unsent = folder.path().join(UNSENT);
        Ok(Ground { acts, now_ms: time.now_ms(), unsent, touchpoint, lesson, _folder: folder })
    }
}

impl Stage<'_> {
    async fn acts(&mut self) -> Result<(Vec<Act>, String), String> {
        let mut acts = Vec::new();
        let say = |name, on: &Path, line: Value| Act { name, on: Some(on.to_owned()), kind: Kind::Say(line, None), commits: 1 };
        let company = &self.template.company;
        let (procedure, form) = company.forms.first().cloned().ok_or("the sample has no procedure")?;
        let (mut ana, mut ben) = (self.world.reopen("ana")?, self.world.reopen("ben")?);
        let submitted = self.run(&mut ana, &procedure, &form).await?.0;
        done(&mut ana, json!({"do": "procedures.submit", "run": submitted})).await?;
        let complete = self.run(&mut ana, &procedure, &form).await?.0;
        self.sync(&mut ana).await?;
        self.sync(&mut ben).await?;
        drop(ben);
        let of_ben = self.keep("ben", "supervisor")?;
        acts.push(say("run signed off", &of_ben, json!({"do": "procedures.sign_off", "run": submitted})));
        acts.push(say("run given back", &of_ben, json!({"do": "procedures.return", "run": submitted, "reason": "one is missing"})));

        // A colleague's work waits at the server, and nothing here.
        let mut ben = self.world.reopen("ben")?;
        for _ in 0..3 {
            self.run(&mut ben, &procedure, &form).await?;
        }
        self.sync(&mut ben).await?;
        drop((ana, ben));
        let waiting = self.keep("ana", "waiting")?;
        let tape = self.record("ana", &json!({"do": "sync.now"})).await?;
        acts.push(Act { name: "page received", on: Some(waiting), kind: Kind::Say(json!({"do": "sync.now"}), Some(tape)), commits: 12 });

        // Work of many kinds is here and nowhere else.
        let mut ana = self.world.reopen("ana")?;
        let props = self.props(&mut ana, complete, &procedure, &form).await?;
        drop(ana);
        let unsent = self.keep("ana", UNSENT)?;
        acts.extend(lines(&props).into_iter().map(|(name, line)| say(name, &unsent, line)));
        let leaving = json!({"do": "people.sign_out", "person": "ana-pereira", "drop_drafts": true});
        acts.push(Act { commits: 3, ..say("signed out", &unsent, leaving) });
        let long = self.long_log(&unsent).await?;
        let feedback = json!({"do": "feedback.give", "touchpoint": props.touchpoint, "score": 5, "comment": "And thanks. ".repeat(330)});
        acts.push(say("log moved into the file", &long, feedback));
        acts.push(Act { name: "closed", on: Some(long.clone()), kind: Kind::Close, commits: 0 });
        acts.push(Act { name: "opened after a kill", on: Some(long), kind: Kind::Open, commits: 2 });
        let appended = self.appended(&unsent, &props.touchpoint).await?;
        acts.push(Act { name: "appended captures settled", on: Some(appended), kind: Kind::Open, commits: 3 });
        acts.push(Act { name: "opened the first time", on: None, kind: Kind::Open, commits: 3 });
        let old = self.dir.join("old");
        copy_files(&unsent, &old).map_err(words)?;
        Handset::write_as_of(&old, OLD)?;
        acts.push(Act { name: "old schema migrated", on: Some(old), kind: Kind::Open, commits: 3 });
        let tape = self.record("ana", &json!({"do": "sync.now"})).await?;
        acts.push(Act { name: "receipts received", on: Some(unsent), kind: Kind::Say(json!({"do": "sync.now"}), Some(tape)), commits: 12 });
        let code = self.world.code("priya-nair", "harbour").await?;
        let line = json!({"do": "device.enrol", "server": "https://frontline.example", "code": code});
        let tape = self.record("nina", &line).await?;
        acts.push(Act { name: "enrolled", on: None, kind: Kind::Say(line, Some(tape)), commits: 4 });
        Ok((acts, props.touchpoint))
    }

    /// Opens a phone in this folder once, as a point does.
    fn hand_in(&self, dir: &Path) -> Result<Handset, String> {
        std::fs::create_dir_all(dir).map_err(words)?;
        let (clock, random) = hand(self.world.time.now_ms());
        Handset::open(dir, clock, random).map_err(|e| e.to_string())
    }

    /// Begins a run and gives every answer; the run, and the line of the last answer.
    async fn run(&self, phone: &mut Phone, procedure: &str, form: &Form) -> Result<(String, Value), String> {
        let run = id(&done(phone, json!({"do": "procedures.start", "procedure": procedure})).await?);
        let mut last = Value::Null;
        for item in form.items() {
            let Some(value) = answer(item, &self.chance, false) else { continue };
            last = json!({"do": "procedures.answer", "run": run, "item": item.slug.as_str(), "value": value});
            done(phone, last.clone()).await?;
            self.world.time.advance(900);
        }
        Ok((run, last))
    }

    async fn sync(&self, phone: &mut Phone) -> Result<(), String> {
        let said = done(phone, json!({"do": "sync.now"})).await?;
        self.world.time.advance(2_000);
        if said["ended"] == json!("complete") { Ok(()) } else { Err(format!("the stage: a sync ended so: {said}")) }
    }

    async fn props(&self, ana: &mut Phone, complete: String, procedure: &str, form: &Form) -> Result<Props, String> {
        let company = &self.template.company;
        let touchpoint =
            company.touchpoints.iter().find(|(site, _)| site == "harbour").map(|(_, slug)| slug.clone()).ok_or("no touchpoint")?;
        let (reason, channel) = (company.reasons[0].clone(), company.channels[0].clone());
        for n in 0..6 {
            let comment = format!("Number {n}. {}", "It took a while. ".repeat(n * 5));
            done(ana, json!({"do": "feedback.give", "touchpoint": touchpoint, "score": 3, "comment": comment})).await?;
            self.world.time.advance(5_000);
        }
        let customer = json!({"name": "Rui", "phone": "+351913000111"});
        let opened = json!({"do": "interactions.open", "reason": reason, "channel": channel, "customer": customer});
        let contact = id(&done(ana, opened).await?);
        let (_, answer) = self.run(ana, procedure, form).await?;
        let (module, quiz) = company.quizzes.first().cloned().ok_or("no quiz")?;
        let attempt = id(&done(ana, json!({"do": "training.quiz_start", "module": module})).await?);
        let mut quiz_answer = Value::Null;
        for item in quiz.form.items() {
            let Some(value) = crate::demo::answers::answer(item, &self.chance, false) else { continue };
            quiz_answer = json!({"do": "training.quiz_answer", "attempt": attempt, "item": item.slug.as_str(), "value": value});
            done(ana, quiz_answer.clone()).await?;
        }
        let lesson = company.lessons.iter().find(|(of, ..)| *of == module).map(|(_, lesson, _)| lesson.clone()).ok_or("no lesson")?;
        done(ana, json!({"do": "drafts.keep", "about": "contact/new", "text": "Somebody said"})).await?;
        let (outcome, picture) = (company.outcomes[0].clone(), base64::encode(&png(96, 64, SEED)));
        Ok(Props {
            touchpoint,
            reason,
            outcome,
            channel,
            contact,
            complete,
            answer,
            procedure: procedure.to_owned(),
            module,
            lesson,
            attempt,
            quiz_answer,
            picture,
        })
    }

    /// Copies the folder of a phone that is closed.
    fn keep(&self, phone: &str, to: &str) -> Result<PathBuf, String> {
        let there = self.dir.join(to);
        copy_files(&self.world.folder_of(phone), &there).map_err(words)?;
        Ok(there)
    }

    /// Says a line to a phone as every point will, and takes down what the server says.
    async fn record(&self, phone: &str, line: &Value) -> Result<Arc<Tape>, String> {
        let dir = self.world.folder_of(phone);
        let mut handset = self.hand_in(&dir)?;
        let tape = Arc::<Tape>::default();
        let recorder: Arc<dyn Transport> = Arc::new(Recorder { line: self.net.line(phone, &dir), tape: tape.clone() });
        handset.core().use_transport(recorder);
        let said = handset.call(line).await;
        if said["ok"] != json!(true) || tape.is_empty() {
            return Err(format!("the stage: {line}: {said}"));
        }
        Ok(tape)
    }

    /// The files of an app that was killed when somebody had tapped a few times and looked at nothing.
    async fn appended(&self, of: &Path, touchpoint: &str) -> Result<PathBuf, String> {
        let (open, left) = (self.dir.join("tapped"), self.dir.join("appended"));
        copy_files(of, &open).map_err(words)?;
        let mut handset = self.hand_in(&open)?;
        for score in 1..=5 {
            let said = handset.call(&json!({"do": "feedback.give", "touchpoint": touchpoint, "score": score})).await;
            if said["ok"] != json!(true) {
                return Err(format!("the stage: {said}"));
            }
        }
        copy_files(&open, &left).map_err(words)?;
        Ok(left)
    }

    /// The files of an app that was killed with a long log.
    async fn long_log(&self, of: &Path) -> Result<PathBuf, String> {
        let (open, left) = (self.dir.join("open"), self.dir.join("long-log"));
        copy_files(of, &open).map_err(words)?;
        let mut handset = self.hand_in(&open)?;
        let log = open.join(format!("{FILE}-wal"));
        for n in 0..400 {
            if std::fs::metadata(&log).map_or(0, |m| m.len()) / FRAME >= LONG_LOG {
                copy_files(&open, &left).map_err(words)?;
                return Ok(left);
            }
            let said = handset.call(&json!({"do": "training.progress", "module": "coffee-basics", "lesson": self.template.company.lessons[0].1, "card": 1 + n % 2})).await;
            if said["ok"] != json!(true) {
                return Err(format!("the stage: {said}"));
            }
        }
        Err("the stage: the log stayed short".to_owned())
    }
}
