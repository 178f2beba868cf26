//! One kill of each kind.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::look;
use super::process::Talking;
use super::stage::Stage;

/// What one kill showed.
#[derive(Debug, Default)]
pub struct Round {
    pub amid_a_sync: bool,
    pub problems: Vec<String>,
}

/// More lines than a phone can do before it is killed.
const PLENTY: usize = 1_500;
/// A phone captures for at most so long, ms.
const CAPTURING_MS: u64 = 120;

/// Kills a phone while it captures.
pub async fn capturing(stage: &mut Stage) -> Result<Round, String> {
    let mut round = Round::default();
    let name = stage.any_phone();
    let phone = look::at_phone(stage, &name, &mut round.problems).await?;
    let lines = stage.work.lines(&name, PLENTY);
    let delay = Duration::from_micros(stage.work.chance.below(CAPTURING_MS * 1_000));
    let heard = phone.killed_after(lines.clone(), delay).await;
    // Answers come in the order of the lines.
    for (line, answer) in lines.iter().zip(&heard) {
        remember(stage, &name, line, answer);
    }
    look::at_phone(stage, &name, &mut round.problems).await?.close().await;
    Ok(round)
}

/// Captures some, then kills the phone while it syncs.
pub async fn syncing(stage: &mut Stage) -> Result<Round, String> {
    let mut round = Round::default();
    let name = stage.any_phone();
    let mut phone = look::at_phone(stage, &name, &mut round.problems).await?;
    let some = 10 + stage.work.chance.below(50) as usize;
    capture(stage, &name, &mut phone, some).await?;
    let delay = within(stage, stage.sync_time);
    let heard = phone.killed_after(vec![json!({"do": "sync.now"})], delay).await;
    round.amid_a_sync = heard.is_empty();
    // So that the kills of this machine go on falling within a sync, not before and not after.
    stage.sync_time = if round.amid_a_sync { stage.sync_time * 21 / 20 } else { stage.sync_time * 4 / 5 };
    look::at_phone(stage, &name, &mut round.problems).await?.close().await;
    Ok(round)
}

/// Lets all phones capture and push at once, kills the server amid it, and starts it again: the phones' syncs
/// go on by themselves.
pub async fn server(stage: &mut Stage) -> Result<Round, String> {
    let mut round = Round::default();
    let mut phones = Vec::new();
    for name in stage.phones.clone() {
        let mut phone = look::at_phone(stage, &name, &mut round.problems).await?;
        let some = 10 + stage.work.chance.below(30) as usize;
        capture(stage, &name, &mut phone, some).await?;
        phones.push((name, phone));
    }
    let delay = within(stage, stage.sync_time);
    let mut syncs = JoinSet::new();
    for (name, mut phone) in phones {
        syncs.spawn(async move {
            let said = phone.call(&json!({"do": "sync.now"})).await;
            (name, phone, said)
        });
    }
    tokio::time::sleep(delay).await;
    if let Some(serving) = stage.serving.take() {
        serving.kill().await;
    }
    let mut done = Vec::new();
    while let Some(one) = syncs.try_join_next() {
        done.push(one.map_err(|e| e.to_string())?);
    }
    round.amid_a_sync = !syncs.is_empty();
    stage.sync_time = if round.amid_a_sync { stage.sync_time * 21 / 20 } else { stage.sync_time * 4 / 5 };
    stage.serve().await?;
    done.extend(syncs.join_all().await);
    let mut lists = Vec::new();
    for (name, mut phone, said) in done {
        match said {
            Ok(said) if said["ok"] == json!(true) || matches!(said["error"].as_str(), Some("offline" | "busy")) => {}
            Ok(said) => round.problems.push(format!("{name}: a sync that met the kill ended as no network does: {said}")),
            Err(why) => round.problems.push(format!("{name}: {why}")),
        }
        let list = look::captures(stage, &name, &mut phone, &mut round.problems).await?;
        lists.push((name, list));
        phone.close().await;
    }
    look::at_server(stage, &lists, &mut round.problems).await?;
    Ok(round)
}

/// Captures so many things, each acknowledged.
async fn capture(stage: &mut Stage, name: &str, phone: &mut Talking, count: usize) -> Result<(), String> {
    for line in stage.work.lines(name, count) {
        let answer = phone.call(&line).await?;
        remember(stage, name, &line, &answer);
    }
    Ok(())
}

fn remember(stage: &mut Stage, name: &str, line: &Value, answer: &Value) {
    stage.world.acknowledged(name).hear(answer);
    stage.work.heard(name, line, answer);
}

/// A random part of about so long, and a little more: some kills come just after the end.
fn within(stage: &Stage, about: Duration) -> Duration {
    let micros = u64::try_from(about.as_micros()).unwrap_or(u64::MAX).max(1_000);
    Duration::from_micros(stage.work.chance.below(micros + micros / 4))
}
