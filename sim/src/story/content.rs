//! What a story's content has beside the sample company's: procedures, assets, pictures and videos, in a copy of its folder.

use std::collections::BTreeMap;
use std::path::Path;

use frontline_content::Bundle;
use frontline_domain::Slug;
use serde_json::{Map, Value};

use super::script::Script;
use crate::{film, picture};

/// The sample company, with the story's own where it has any: in a copy at `to`.
pub fn of(script: &Script, content: &Path, to: &Path) -> Result<Bundle, String> {
    if script.procedures.is_empty() && script.assets.is_null() && script.media.is_empty() {
        return check(content);
    }
    crate::bench::with_procedure(content, to, "")?;
    for name in script.procedures.keys() {
        if to.join(format!("procedures/{name}.yaml")).exists() {
            return Err(format!("procedures: ‘{name}’ is one of the sample company's; write another name"));
        }
    }
    if !script.assets.is_null() {
        std::fs::write(to.join("assets.yaml"), yaml(&script.assets)).map_err(|e| e.to_string())?;
    }
    put(to, &script.procedures, &script.media)?;
    check(to)
}

/// Puts other procedures, pictures and videos into the copy at `to`, and takes away those of `gone`.
pub fn change(to: &Path, words: &Map<String, Value>) -> Result<Bundle, String> {
    if !to.exists() {
        return Err("server content: only a story with procedures, assets or media of its own changes its content".to_owned());
    }
    let map = |name: &str| -> Result<BTreeMap<String, Value>, String> {
        match words.get(name) {
            None => Ok(BTreeMap::new()),
            Some(Value::Object(map)) => Ok(map.clone().into_iter().collect()),
            Some(_) => Err(format!("server content: `{name}` is written as lines of `name: …`")),
        }
    };
    for gone in words.get("gone").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        std::fs::remove_file(to.join("media").join(name(gone)?)).map_err(|_| format!("server content: there is no media/{gone}"))?;
    }
    put(to, &map("procedures")?, &map("media")?)?;
    check(to)
}

fn put(to: &Path, procedures: &BTreeMap<String, Value>, media: &BTreeMap<String, Value>) -> Result<(), String> {
    for (name, text) in procedures {
        if name.parse::<Slug>().is_err() {
            return Err(format!("procedures: ‘{name}’ is no name for a procedure"));
        }
        std::fs::write(to.join(format!("procedures/{name}.yaml")), yaml(text)).map_err(|e| e.to_string())?;
    }
    if !media.is_empty() {
        std::fs::create_dir_all(to.join("media")).map_err(|e| e.to_string())?;
    }
    for (file, said) in media {
        std::fs::write(to.join("media").join(name(file)?), bytes(file, said)?).map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// A file of the folder, and no path.
fn name(file: &str) -> Result<&str, String> {
    if file.contains(['/', '\\']) || file.starts_with('.') {
        Err(format!("media: ‘{file}’ is a name such as fridge.png"))
    } else {
        Ok(file)
    }
}

/// A picture of so many pixels, or a video of so many seconds and bytes; each differs with `seed`.
fn bytes(file: &str, said: &Value) -> Result<Vec<u8>, String> {
    let number = |name: &str| said.get(name).and_then(Value::as_u64);
    let small = |name: &str| number(name).and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=2_000).contains(n));
    let seed = number("seed").unwrap_or(0);
    match (small("width").zip(small("height")), number("seconds").zip(number("bytes"))) {
        (Some((width, height)), None) => Ok(picture::png(width, height, seed)),
        (None, Some((seconds, bytes))) if bytes <= 4 << 20 => Ok(film::mp4(seconds, bytes, seed)),
        _ => Err(format!("media: of {file} say `width` and `height`, 1 to 2000 pixels, or `seconds` and `bytes`, 4 MiB at most")),
    }
}

fn check(of: &Path) -> Result<Bundle, String> {
    frontline_content::check(of).map_err(|f| f.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// What an author writes, said in a story as a text or as what stands in it. JSON is YAML.
fn yaml(said: &Value) -> String {
    said.as_str().map_or_else(|| said.to_string(), str::to_owned)
}
