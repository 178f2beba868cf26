//! Opens a damaged store as a shell does, and counts what is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use frontline_device::store::{FILE, aside};
use frontline_device::system::SystemRandom;
use frontline_domain::EntryHash;
use frontline_protocol::Entry;
use serde_json::{Value, json};

use super::harm::{Harm, is_in_file};
use super::store::{Files, Made, log};
use crate::faults::{Ground, hand, ids};
use crate::fuzz::template::room;
use crate::verbs::{Handset, store_key};

/// How the damage came to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Noticed {
    Opening,
    Check,
    /// It is taken for what a loss of power leaves: the last commit of a log is cut in two. Or it lies where nobody
    /// reads: behind the log, or under a page that the log has.
    None,
}

/// What became of one store.
#[derive(Debug)]
pub struct Found {
    pub name: String,
    pub harm: Harm,
    pub noticed: Noticed,
    pub unsent: u64,
    /// Of these, those that were not touched, and how many of each are there.
    pub whole: u64,
    pub whole_back: u64,
    pub back: u64,
    /// Captures that the store said it could not read.
    pub missing: u64,
    /// Empty: everything held.
    pub problems: Vec<String>,
}

async fn said(phone: &mut Handset, line: Value) -> Result<Value, String> {
    let said = phone.call(&line).await;
    if said["ok"] == json!(true) { Ok(said) } else { Err(format!("{line} was answered so: {said}")) }
}

/// Writes the damaged files into `dir/phone` and lets the app live with them.
pub async fn at(
    ground: &Ground,
    dir: &Path,
    made: &Made,
    harm: Harm,
    damaged: &Files,
    whole: &BTreeSet<EntryHash>,
) -> Result<Found, String> {
    let dir = dir.join("phone");
    for (name, bytes) in damaged {
        fs::write(dir.join(name), bytes).map_err(|e| e.to_string())?;
    }
    let mut problems = Vec::new();
    let open = || {
        let (clock, random) = hand(ground.now_ms());
        Handset::open(&dir, clock, random).map_err(|e| format!("the app does not open: {e}"))
    };
    let mut phone = open()?;
    let mut noticed = Noticed::Opening;
    // What an opening found is said first.
    let mut first = phone.call(&json!({"do": "device.check"})).await;
    if first["error"] != json!("storage-corrupt") {
        noticed = Noticed::None;
        if first["problems"] != json!([]) {
            noticed = Noticed::Check;
            drop(phone);
            phone = open()?;
            first = phone.call(&json!({"do": "device.status"})).await;
        }
    }
    match (noticed, first["kept_at"].as_str()) {
        (Noticed::None, _) if is_in_file(&made.files, damaged) => {
            problems.push("pages of the file were damaged, and nobody noticed".to_owned())
        }
        (Noticed::None, _) => {}
        (_, None) => problems.push(format!("it is not said where the damaged store is kept: {first}")),
        (_, Some(kept_at)) => problems.extend(not_kept(Path::new(kept_at), damaged, noticed)),
    }
    let captured = said(&mut phone, json!({"do": "device.list", "topic": "sync"})).await?;
    let there = ids(&captured["list"]);
    let salvaged = captured["list"].as_array().into_iter().flatten().filter(|one| one["salvaged"] == json!(true)).count() as u64;
    let status = said(&mut phone, json!({"do": "device.status"})).await?;
    let aside = &status["set_aside"][0];
    if noticed != Noticed::None && aside["found"].as_u64() != Some(salvaged) {
        problems.push(format!("{salvaged} things were taken over, and the store counts {}", aside["found"]));
    }
    // Content comes with the next sync: a contact needs none.
    let line = json!({"do": "interactions.open"});
    problems.extend(said(&mut phone, line).await.err());
    let check = said(&mut phone, json!({"do": "device.check"})).await?;
    if check["problems"] != json!([]) {
        problems.push(format!("the new store is not sound: {}", check["problems"]));
    }
    let is_there = |hash: &EntryHash| there.contains(&hash.to_string());
    let count = |n: usize| n as u64;
    Ok(Found {
        name: String::new(),
        harm,
        noticed,
        unsent: count(made.unsent.len()),
        whole: count(whole.len()),
        whole_back: count(whole.iter().filter(|hash| is_there(hash)).count()),
        back: count(made.unsent.iter().filter(|one| is_there(&one.hash)).count()),
        missing: aside["missing"].as_u64().unwrap_or(0),
        problems,
    })
}

/// Files that are not kept as they were. A store that opened before somebody noticed has taken its log in; one that was
/// killed amid taps that nobody had looked at settles them at its opening, before it comes to what is damaged: then all
/// that could be read of its files can still be read of what is kept.
fn not_kept(kept_at: &Path, damaged: &Files, noticed: Noticed) -> Vec<String> {
    let has_log = damaged.get(&log()).is_some_and(|log| !log.is_empty());
    let same = |name: &String, bytes: &Vec<u8>| fs::read(kept_at.join(name)).is_ok_and(|kept| kept == *bytes);
    let exact = damaged.iter().filter(|(name, bytes)| !same(name, bytes)).map(|(name, _)| format!("{name} was not kept as it was"));
    match noticed {
        Noticed::Opening if has_log => {
            let exact: Vec<String> = exact.collect();
            if exact.is_empty() || tells_as_much(kept_at, damaged).unwrap_or(false) { Vec::new() } else { exact }
        }
        Noticed::Opening => exact.collect(),
        _ if has_log => (!kept_at.join(FILE).exists()).then(|| "the file was not kept".to_owned()).into_iter().collect(),
        _ => exact.filter(|line| line.starts_with(&format!("{FILE} "))).collect(),
    }
}

/// Whether whatever its device captured, as far as it could be read of the files as they were damaged, can be read of
/// those that are kept.
fn tells_as_much(kept_at: &Path, damaged: &Files) -> Result<bool, String> {
    let words = |e: std::io::Error| e.to_string();
    let before = room().map_err(words)?;
    for (name, bytes) in damaged {
        fs::write(before.path().join(name), bytes).map_err(words)?;
    }
    let beside = kept_at.parent().ok_or("no folder")?;
    let key = store_key(beside, &SystemRandom).map_err(words)?;
    let told = |dir: &Path| {
        let held = aside::read(dir, &key).map_err(|e| e.to_string())?;
        let all = held.found.device().map(|device| held.found.captured_by(device)).unwrap_or_default();
        Ok::<BTreeSet<EntryHash>, String>(all.into_iter().map(Entry::hash).collect())
    };
    for name in ["keys", "keys.copy"] {
        if !before.path().join(name).exists() {
            fs::copy(kept_at.join(name), before.path().join(name)).map_err(words)?;
        }
    }
    Ok(told(kept_at)?.is_superset(&told(before.path())?))
}
