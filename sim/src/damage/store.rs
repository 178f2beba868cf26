//! One phone's store with unsent work, as it lies on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use frontline_device::store::FILE;
use frontline_device::store::places::{Places, of_unsent};
use serde_json::json;

use crate::faults::{Ground, hand};
use crate::fuzz::copy_files;
use crate::time::Seeded;
use crate::verbs::{Handset, store_key};

/// The log's name.
pub fn log() -> String {
    format!("{FILE}-wal")
}

/// Files by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A store and what is in it.
pub struct Made {
    /// The database and its log.
    pub files: Files,
    pub unsent: Vec<Places>,
}

/// Makes one in `dir/phone`: a few captures more than its template, of any length; closed, or killed with its log.
pub async fn make(ground: &Ground, dir: &Path, is_killed: bool, chance: &Seeded) -> Result<Made, String> {
    let (words, there) = (|e: std::io::Error| e.to_string(), dir.join("phone"));
    copy_files(&ground.unsent, &there).map_err(words)?;
    let (clock, random) = hand(ground.now_ms());
    let mut phone = Handset::open(&there, clock, random).map_err(|e| e.to_string())?;
    for n in 0..8 + chance.below(50) {
        let length = if chance.chance(20) { 3_000 } else { 200 };
        let comment = format!("{n} {}", "and so on ".repeat(usize::try_from(chance.below(length) / 10).unwrap_or(0)));
        let line = json!({"do": "feedback.give", "touchpoint": ground.touchpoint, "score": 1 + chance.below(5), "comment": comment});
        let said = phone.call(&line).await;
        if said["ok"] != json!(true) {
            return Err(format!("a store could not be made: {said}"));
        }
    }
    let left = dir.join("left");
    if is_killed {
        // What lies there is copied under its hands.
        copy_files(&there, &left).map_err(words)?;
        drop(phone);
    } else {
        drop(phone);
        copy_files(&there, &left).map_err(words)?;
    }
    fs::remove_dir_all(&there).and_then(|()| fs::rename(&left, &there)).map_err(words)?;
    let mut files = Files::new();
    for name in [FILE.to_owned(), log()] {
        if let Ok(bytes) = fs::read(there.join(&name)) {
            files.insert(name, bytes);
        }
    }
    // On a copy: whoever opens it alone moves its log.
    copy_files(&there, &left).map_err(words)?;
    let random = Seeded::new(1);
    let key = store_key(&left, random.as_ref()).map_err(words)?;
    let unsent = of_unsent(&left, &key).map_err(|e| e.to_string())?;
    // Whatever is told of it once it is spoiled comes from that.
    let (clock, random) = hand(ground.now_ms());
    let mut phone = Handset::open(&left, clock, random).map_err(|e| e.to_string())?;
    let said = phone.call(&json!({"do": "device.check"})).await;
    if said["problems"] != json!([]) {
        return Err(format!("a store is not sound before it was spoiled: {said}"));
    }
    drop(phone);
    fs::remove_dir_all(&left).map_err(words)?;
    Ok(Made { files, unsent })
}
