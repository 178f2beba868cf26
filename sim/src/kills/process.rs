//! The program as other processes: a phone that is told lines, and a server. Both can be killed at any moment.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Longer than anything here may take; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

fn words(e: impl std::fmt::Display) -> String {
    e.to_string()
}

/// `frontline device do`, in a process of its own.
pub struct Talking {
    child: Child,
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
}

impl Talking {
    /// Starts it on the phone in `dir`.
    pub fn start(program: &Path, dir: &Path) -> Result<Talking, String> {
        let mut child = command(program)
            .args(["device", "do", "--data"])
            .arg(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{} did not start: {e}", program.display()))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => Ok(Talking { child, to, from: BufReader::new(from).lines() }),
            _ => Err("the phone has no standard input and output".to_owned()),
        }
    }

    /// The system's number of the process.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Says a line without waiting for the answer.
    pub async fn say(&mut self, line: &Value) -> Result<(), String> {
        self.to.write_all(format!("{line}\n").as_bytes()).await.map_err(words)?;
        self.to.flush().await.map_err(words)
    }

    /// The next answer.
    pub async fn hear(&mut self) -> Result<Value, String> {
        let heard = tokio::time::timeout(PATIENCE, self.from.next_line()).await;
        let line = heard.map_err(|_| "the phone does not answer any more".to_owned())?.map_err(words)?;
        serde_json::from_str(&line.ok_or("the phone ended without being killed")?).map_err(words)
    }

    /// Says a line, hears its answer.
    pub async fn call(&mut self, line: &Value) -> Result<Value, String> {
        self.say(line).await?;
        self.hear().await
    }

    /// Says all these lines as fast as they are taken, kills the process after `delay`, and gives what it had
    /// answered until then: an answer that had left the process counts, a line that was cut does not.
    pub async fn killed_after(self, lines: Vec<Value>, delay: Duration) -> Vec<Value> {
        let Talking { mut child, mut to, mut from } = self;
        let feeding = tokio::spawn(async move {
            for line in lines {
                if to.write_all(format!("{line}\n").as_bytes()).await.is_err() {
                    return;
                }
            }
            // Held open: an end of the input would end the phone by itself.
            std::future::pending::<()>().await;
        });
        let mut heard = Vec::new();
        let alarm = tokio::time::sleep(delay);
        tokio::pin!(alarm);
        let mut is_alive = true;
        loop {
            tokio::select! {
                () = &mut alarm, if is_alive => {
                    let _ = child.start_kill();
                    is_alive = false;
                }
                line = from.next_line() => match line {
                    Ok(Some(line)) => heard.extend(serde_json::from_str::<Value>(&line)),
                    Ok(None) | Err(_) => break,
                },
            }
        }
        let _ = child.start_kill();
        let _ = child.wait().await;
        feeding.abort();
        heard
    }

    /// Ends it as a person does, by closing.
    pub async fn close(self) {
        let Talking { mut child, to, .. } = self;
        drop(to);
        let _ = tokio::time::timeout(PATIENCE, child.wait()).await;
    }
}

/// `frontline serve`, in a process of its own.
pub struct Serving {
    child: Child,
    pub addr: SocketAddr,
}

impl Serving {
    /// Starts it on the data in `dir`, on any free port of loopback, and waits until it listens.
    pub async fn start(program: &Path, dir: &Path) -> Result<Serving, String> {
        Self::start_with(program, dir, &[]).await
    }

    /// The same with more said to it.
    pub async fn start_with(program: &Path, dir: &Path, more: &[String]) -> Result<Serving, String> {
        let mut child = command(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{} did not start: {e}", program.display()))?;
        let from = child.stdout.take().ok_or("the server has no standard output")?;
        let mut lines = BufReader::new(from).lines();
        let first = tokio::time::timeout(PATIENCE, lines.next_line()).await.map_err(|_| "the server does not say that it listens")?;
        let first = first.map_err(words)?.ok_or("the server ended at once")?;
        let addr = first.trim().strip_prefix("listening on http://").and_then(|a| a.parse().ok());
        let addr = addr.ok_or_else(|| format!("the server said ‘{first}’ instead of where it listens"))?;
        Ok(Serving { child, addr })
    }

    /// The system's number of the process.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills it.
    pub async fn kill(mut self) {
        let _ = self.child.start_kill();
        let _ = self.child.wait().await;
    }
}

/// The program, quiet, and killed with whoever started it.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("FRONTLINE_LOG", "off").stderr(Stdio::null()).kill_on_drop(true);
    command
}
