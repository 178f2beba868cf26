//! What a store looks like afterwards. Every look is by the machine's own disk: what is seen is what was kept.

use std::collections::BTreeSet;
use std::path::Path;

use frontline_device::store::{Store, StoreError, dump};
use serde_json::{Value, json};

use super::ground::hand;
use crate::time::Seeded;
use crate::verbs::{Handset, store_key};

/// A hash over every cell of every table; says so where the file is not sound.
pub fn state(dir: &Path) -> Result<String, String> {
    let random = Seeded::new(1);
    let words = |e: StoreError| format!("the store does not open: {e}");
    let key = store_key(dir, random.as_ref()).map_err(|e| e.to_string())?;
    let store = Store::open(dir, &key, random.as_ref()).map_err(words)?;
    let (unsound, everything) = store.read(|db| Ok::<_, StoreError>((dump::unsound(db)?, dump::everything(db)?))).map_err(words)?;
    match unsound.first() {
        Some(line) => Err(format!("the file is not sound: {line}")),
        None => Ok(blake3::hash(everything.as_bytes()).to_hex()[..16].to_owned()),
    }
}

/// Opens the app on it and lets it look itself; gives what it has of what was captured.
pub async fn captured(dir: &Path, now_ms: i64) -> Result<BTreeSet<String>, String> {
    let (clock, random) = hand(now_ms);
    let mut phone = Handset::open(dir, clock, random).map_err(|e| format!("the app does not open: {e}"))?;
    let check = phone.call(&json!({"do": "device.check"})).await;
    if check["ok"] != json!(true) || check["problems"] != json!([]) {
        return Err(format!("the check says: {check}"));
    }
    let said = phone.call(&json!({"do": "device.list", "topic": "sync"})).await;
    if said["ok"] != json!(true) {
        return Err(format!("the app does not list what it has: {said}"));
    }
    Ok(ids(&said["list"]))
}

/// The names of what a list or an answer holds.
pub fn ids(list: &Value) -> BTreeSet<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|one| one.as_str().or_else(|| one["id"].as_str())).map(str::to_owned).collect()
}
