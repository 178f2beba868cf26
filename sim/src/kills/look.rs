//! What must hold after each kill.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::process::Talking;
use super::stage::Stage;
use crate::invariants::{once, vanished};
use crate::world::truth;

/// Opens the phone again, as a process, and looks at it: it opens, its check passes, and all that it ever
/// acknowledged is on it, each in a known state.
pub async fn at_phone(stage: &Stage, name: &str, problems: &mut Vec<String>) -> Result<Talking, String> {
    let mut phone = Talking::start(&stage.program, &stage.world.folder_of(name))?;
    let check = phone.call(&json!({"do": "device.check"})).await.map_err(|why| format!("{name} does not open: {why}"))?;
    if check["ok"] != json!(true) {
        problems.push(format!("{name}: the check could not run: {}", check["message"]));
    }
    problems.extend(check["problems"].as_array().into_iter().flatten().map(|p| format!("{name}: {p}")));
    captures(stage, name, &mut phone, problems).await?;
    Ok(phone)
}

/// The phone's list of what it captured, compared with what it promised.
pub async fn captures(stage: &Stage, name: &str, phone: &mut Talking, problems: &mut Vec<String>) -> Result<Vec<Value>, String> {
    let mut said = phone.call(&json!({"do": "device.list", "topic": "sync"})).await?;
    let Value::Array(list) = said["list"].take() else { return Err(format!("{name} gives no list of what it captured: {said}")) };
    let promised = stage.world.acknowledged(name).all();
    let here = list.iter().filter_map(|one| one["id"].as_str()).collect();
    for hash in vanished(&promised, &here, &BTreeMap::new()) {
        problems.push(format!("{name}: acknowledged {hash}, which is not on it any more"));
    }
    Ok(list)
}

/// Looks into the server's store beside the server that runs again: it opens, nothing is stored twice, and
/// every receipt that a phone holds is true.
pub async fn at_server(stage: &Stage, lists: &[(String, Vec<Value>)], problems: &mut Vec<String>) -> Result<(), String> {
    let books = stage.books().await?;
    let stored = once(truth::fed(&books, stage.world.org()).await?, problems);
    for (name, list) in lists {
        for one in list.iter().filter(|one| one["state"] == json!("stored")) {
            let (hash, number) = (one["id"].as_str().unwrap_or_default(), one["number"].as_u64());
            match stored.get(hash) {
                Some((_, at)) if number == Some(*at) => {}
                Some((_, at)) => problems.push(format!("{name}: has a receipt for {hash} as {number:?}, and it is number {at}")),
                None => problems.push(format!("{name}: has a receipt for {hash}, which the server does not have")),
            }
        }
    }
    Ok(())
}
