//! What happens to a phone in a story: it is copied, restarted, killed; its disk is damaged or full.

use serde_json::{Map, Value, json};

use super::play::Stage;
use crate::world::Damage;

const STEPS: &str = "enrol, copy, restart, kill, damage, newer, updated, full, room, gone, picture or sound";

/// Does one thing to the phone that is named by `of`, and opens it again.
pub async fn call(stage: &mut Stage<'_>, what: &str, words: &Map<String, Value>) -> Result<Value, String> {
    let word = |name: &str| words.get(name).and_then(Value::as_str);
    let takes: &[&str] = match what {
        "copy" => &["of", "to", "key"],
        "kill" => &["of", "amid", "after"],
        "damage" => &["of", "how"],
        "enrol" => &["of", "person"],
        "picture" => &["of", "file", "width", "height"],
        "sound" => &["of", "file", "seconds"],
        "restart" | "newer" | "updated" | "full" | "room" | "gone" => &["of"],
        _ => return Err(format!("phone: write {STEPS}")),
    };
    if let Some(stray) = words.keys().find(|k| !takes.contains(&k.as_str())) {
        return Err(format!("phone {what}: ‘{stray}’ is not asked for here; there are: {}", takes.join(", ")));
    }
    let of = word("of").unwrap_or_default().to_owned();
    if what == "enrol" {
        stage.new_phone(&of, word("person").unwrap_or_default()).await?;
        return Ok(json!({"ok": true}));
    }
    if what == "picture" {
        let pixels =
            |name: &str| words.get(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=2_000).contains(n));
        let size = pixels("width").zip(pixels("height")).ok_or("picture: `width` and `height` are pixels, 1 to 2000")?;
        let file =
            word("file").filter(|f| f.ends_with(".png") && !f.contains('/')).ok_or("picture: `file` is a name such as fridge.png")?;
        stage.world.take_picture(&of, file, size)?;
        return Ok(json!({"ok": true}));
    }
    if what == "sound" {
        let seconds = words.get("seconds").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=900).contains(n));
        let seconds = seconds.ok_or("sound: `seconds` is how long it is, 1 to 900")?;
        let file = word("file").filter(|f| f.ends_with(".m4a") && !f.contains('/')).ok_or("sound: `file` is a name such as note.m4a")?;
        stage.world.record_sound(&of, file, seconds)?;
        return Ok(json!({"ok": true}));
    }
    let phone = stage.phones.remove(&of).ok_or_else(|| format!("there is no phone ‘{of}’"))?;
    match what {
        "kill" => match word("amid") {
            Some(verb) => {
                let after = words.get("after").and_then(Value::as_i64).unwrap_or(0);
                if !stage.world.kill_amid(&of, phone, json!({"do": verb}), after).await? {
                    return Err(format!("{verb} was over before {after} bytes of an answer had come"));
                }
            }
            None => phone.kill().await,
        },
        _ => phone.close().await,
    }
    match what {
        "copy" => {
            let to = word("to").ok_or("copy: say with `to` what the copy is called")?;
            let with_key = words.get("key").and_then(Value::as_bool).unwrap_or(true);
            let copy = stage.world.copy(&of, to, with_key).await?;
            stage.phones.insert(to.to_owned(), copy);
        }
        "damage" => {
            let how = Damage::by_name(word("how").unwrap_or("header"));
            stage.world.damage(&of, how.ok_or("damage: `how` is header, bits, zeros, cut or empty")?)?;
        }
        // Nobody opens it any more.
        "gone" => return Ok(json!({"ok": true})),
        "newer" | "updated" => stage.world.is_newer(&of, what == "newer")?,
        "full" => {
            if let Err(why) = stage.world.fill_disk(&of) {
                stage.left_out = Some(why.clone());
                return Err(why);
            }
        }
        "room" => stage.world.make_room(&of)?,
        _ => {}
    }
    let again = stage.world.reopen(&of)?;
    stage.phones.insert(of, again);
    Ok(json!({"ok": true}))
}
