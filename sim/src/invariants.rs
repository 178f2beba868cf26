//! What must hold after any story, any demo, any seed: one function for all of them.
//!
//! 1. Every acknowledged capture is stored once at the server, or held, or quarantined with a reason, or still
//!    unsent on its phone; none is both stored and stored again under another name.
//! 2. Receipts are true: what a phone calls stored at number N is at number N of that feed.
//! 3. All replicas that hold a run agree on its answers with the server.
//! 4. Each phone's file is sound, and its lists equal a rebuild from what was captured.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::phone::Phone;
use crate::world::World;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// In words; empty: everything holds.
    pub problems: Vec<String>,
    /// Captures that are nowhere.
    pub lost: u64,
    pub replicas_agree: bool,
    /// Captures that were looked at.
    pub captures: u64,
    /// Runs that were compared, each on each phone that holds it.
    pub runs: u64,
}

/// Checks everything.
pub async fn check(world: &mut World, phones: &mut [(&str, &mut Phone)]) -> Result<Found, String> {
    let stored = world.stored_by_hash().await?;
    let truth = world.heads_by_run().await?;
    let mut found = Found { replicas_agree: true, ..Found::default() };
    for (name, phone) in phones.iter_mut() {
        let said = phone.call(json!({"do": "device.check"})).await;
        if said["ok"] != json!(true) {
            found.problems.push(format!("{name}: the check could not run: {}", said["message"]));
        }
        for problem in said["problems"].as_array().into_iter().flatten() {
            found.problems.push(format!("{name}: {}", problem.as_str().unwrap_or_default()));
        }
        let captures = phone.call(json!({"do": "device.list", "topic": "sync"})).await;
        for one in captures["list"].as_array().ok_or_else(|| format!("{name}: gives no list of what it captured: {captures}"))? {
            found.captures += 1;
            capture(name, one, &stored, &mut found);
        }
        let runs = phone.call(json!({"do": "device.list", "topic": "runs"})).await;
        let status = phone.call(json!({"do": "device.status"})).await;
        let on_its_way = status["unsent"].as_u64().unwrap_or(0) + status["held"].as_u64().unwrap_or(0);
        for run in runs["list"].as_array().into_iter().flatten() {
            let id = run["id"].as_str().unwrap_or_default();
            let shown = phone.call(json!({"do": "device.show", "id": id})).await;
            let here = shown["heads"].as_str().unwrap_or_default();
            // Begun and not answered yet, a run is on its phone alone: no heads here, none there.
            let there = truth.get(id).map_or("", String::as_str);
            found.runs += 1;
            // With work on its way a phone rightly shows more than the server has.
            if on_its_way == 0 && there != here {
                found.replicas_agree = false;
                found.problems.push(format!("{name}: run {id} stands elsewhere than at the server"));
            }
        }
    }
    Ok(found)
}

fn capture(name: &str, one: &Value, stored: &BTreeMap<String, (String, u64)>, found: &mut Found) {
    let (hash, state) = (one["id"].as_str().unwrap_or_default(), one["state"].as_str().unwrap_or_default());
    let there = stored.get(hash);
    match state {
        "stored" => match there {
            None => {
                found.lost += 1;
                found.problems.push(format!("{name}: holds a receipt for {hash}, which the server does not have"));
            }
            Some((scope, number)) if one["number"].as_u64() != Some(*number) || one["scope"].as_str() != Some(scope) => {
                found.problems.push(format!(
                    "{name}: says that {hash} is number {} of {}, and it is number {number} of {scope}",
                    one["number"], one["scope"]
                ));
            }
            Some(_) => {}
        },
        "quarantined" | "held" if one["reason"].as_str().unwrap_or_default().is_empty() => {
            found.problems.push(format!("{name}: {hash} is {state} without a reason"));
        }
        "reissued" | "replaced" => {
            let successor = one["successor"].as_str().unwrap_or_default();
            if there.is_some() && stored.contains_key(successor) {
                found.problems.push(format!("{name}: {hash} and what was issued in its stead are both stored"));
            }
        }
        "captured" | "quarantined" | "held" => {}
        other => found.problems.push(format!("{name}: {hash} is in no known state (‘{other}’)")),
    }
}
