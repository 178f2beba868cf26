//! A phone that is spoken to in JSON lines: in this process, or any program that speaks as `frontline device
//! do --story` does. That is how Kotlin, Swift and Python play the same stories through the bindings.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use frontline_device::Core;
use frontline_device::store::Disk;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::acknowledged::Acknowledged;
use crate::time::{Seeded, StoryClock, StoryTime};
use crate::verbs::Handset;

/// A phone of either kind, and what it acknowledged.
pub struct Phone {
    kind: Kind,
    acknowledged: Acknowledged,
}

enum Kind {
    InProcess { handset: Box<Handset>, clock: Arc<StoryClock> },
    Program(Box<Program>),
}

/// Another program as the phone.
pub struct Program {
    child: Child,
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
    time: Arc<StoryTime>,
    start_ms: i64,
    skew_ms: i64,
    seed: u64,
}

impl Phone {
    /// Opens a phone in this process, with its store on this disk.
    pub fn open(dir: &Path, disk: &Disk, time: &Arc<StoryTime>, seed: u64, acknowledged: Acknowledged) -> Result<Phone, String> {
        let clock = StoryClock::new(Arc::clone(time), seed);
        let handset = Handset::open_on(dir, disk, clock.clone(), Seeded::new(seed)).map_err(|e| e.to_string())?;
        Ok(Phone { kind: Kind::InProcess { handset: Box::new(handset), clock }, acknowledged })
    }

    /// Starts `command` (words split at spaces) with `--data DIR` behind it.
    pub fn start(command: &str, dir: &Path, time: &Arc<StoryTime>, seed: u64, acknowledged: Acknowledged) -> Result<Phone, String> {
        let mut words = command.split_whitespace();
        let program = words.next().ok_or("the driver's command is empty")?;
        let mut child = Command::new(program)
            .args(words)
            .arg("--data")
            .arg(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| format!("the driver ‘{program}’ did not start: {e}"))?;
        let (to, from) = match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => (to, BufReader::new(from).lines()),
            _ => return Err("the driver has no standard input and output".to_owned()),
        };
        let (time, start_ms) = (Arc::clone(time), time.now_ms());
        let program = Program { child, to, from, time, start_ms, skew_ms: 0, seed };
        Ok(Phone { kind: Kind::Program(Box::new(program)), acknowledged })
    }

    /// Says one line, hears one line.
    pub async fn call(&mut self, line: Value) -> Value {
        let answer = self.unheard(line).await;
        self.acknowledged.hear(&answer);
        answer
    }

    /// Says one line that nobody hears the answer of: the phone dies before it can give it.
    pub async fn unheard(&mut self, line: Value) -> Value {
        match &mut self.kind {
            Kind::InProcess { handset, .. } => handset.call(&line).await,
            Kind::Program(program) => match program.call(line).await {
                Ok(value) => value,
                Err(e) => json!({"ok": false, "error": "internal", "message": format!("the driver failed: {e}")}),
            },
        }
    }

    /// A second hand on the same app, where the phone is in this process: what a person does while it syncs.
    pub fn beside(&self) -> Option<Phone> {
        match &self.kind {
            Kind::InProcess { handset, clock } => {
                let kind = Kind::InProcess { handset: Box::new(handset.beside()), clock: Arc::clone(clock) };
                Some(Phone { kind, acknowledged: self.acknowledged.clone() })
            }
            Kind::Program(_) => None,
        }
    }

    /// What it acknowledged so far, over all its lives.
    pub fn acknowledged(&self) -> &Acknowledged {
        &self.acknowledged
    }

    /// The core within, where the phone is in this process.
    pub fn core(&self) -> Option<&Core> {
        match &self.kind {
            Kind::InProcess { handset, .. } => Some(handset.core()),
            Kind::Program(_) => None,
        }
    }

    /// Sets the wall clock wrong.
    pub fn set_skew(&mut self, ms: i64) {
        match &mut self.kind {
            Kind::InProcess { clock, .. } => clock.set_skew(ms),
            Kind::Program(program) => program.skew_ms = ms,
        }
    }

    /// Says a line and kills the phone at `moment`, if it has not answered by then; gives the answer if it has.
    pub async fn killed_amid(mut self, line: Value, moment: impl Future<Output = ()>) -> Option<Value> {
        let answer = tokio::select! {
            answer = self.call(line) => Some(answer),
            () = moment => None,
        };
        self.kill().await;
        answer
    }

    /// Ends it with no warning (SIGKILL), as a system does that wants the memory. A phone in this process is
    /// dropped where it stands: nothing is flushed or told.
    pub async fn kill(self) {
        if let Kind::Program(mut program) = self.kind {
            let _ = program.child.kill().await;
        }
    }

    /// Ends it, as if the app had been closed.
    pub async fn close(self) {
        if let Kind::Program(mut program) = self.kind {
            drop(program.to);
            let _ = program.child.wait().await;
        }
    }
}

impl Program {
    async fn call(&mut self, line: Value) -> std::io::Result<Value> {
        let now = self.time.now_ms();
        let clock = json!({"do": "clock.set", "wall_ms": now + self.skew_ms, "mono_ms": now - self.start_ms, "seed": self.seed});
        self.say(clock).await?;
        self.say(line).await
    }
    async fn say(&mut self, line: Value) -> std::io::Result<Value> {
        self.to.write_all(format!("{line}\n").as_bytes()).await?;
        self.to.flush().await?;
        let answer = self.from.next_line().await?.ok_or_else(|| std::io::Error::other("it ended"))?;
        serde_json::from_str(&answer).map_err(std::io::Error::other)
    }
}

/// The folder of one phone below the story's.
pub fn folder(base: &Path, phone: &str) -> PathBuf {
    base.join("phones").join(phone)
}
