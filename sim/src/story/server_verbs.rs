//! What a story does at the server: the same functions that the program's `admin` commands call.

use serde_json::{Map, Value, json};

use super::play::Stage;
use super::script::duration_ms;

/// Does one thing at the server.
pub async fn call(stage: &mut Stage<'_>, verb: &str, words: &Map<String, Value>) -> Result<Value, String> {
    let word = |name: &str| words.get(name).and_then(Value::as_str).ok_or_else(|| format!("server {verb}: say `{name}`"));
    let takes: &[&str] = match verb {
        "grant" => &["person", "role", "site"],
        "withdraw" => &["person", "role", "site", "since"],
        "move" => &["person", "from", "to"],
        "revoke" => &["phone"],
        "let-in" => &["id"],
        "stored" => &["type"],
        "forget" => &["phone", "email", "subject"],
        "unmerge" => &["subject"],
        "publish" | "attempts" => &["module"],
        _ => &[],
    };
    if let Some(stray) = words.keys().find(|k| !takes.contains(&k.as_str())) {
        return Err(format!("server {verb}: ‘{stray}’ is not asked for here; there are: {}", takes.join(", ")));
    }
    let world = &mut stage.world;
    match verb {
        "grant" => world.grant(word("person")?, word("role")?, word("site")?).await?,
        "withdraw" => {
            let since = words.get("since").and_then(Value::as_str).map(duration_ms).transpose().map_err(|e| e.to_string())?.unwrap_or(0);
            world.withdraw(word("person")?, word("role")?, word("site")?, since).await?;
        }
        "move" => world.move_person(word("person")?, word("from")?, word("to")?).await?,
        "revoke" => world.revoke(word("phone")?).await?,
        "restart" => world.restart().await?,
        "let-in" => world.let_in(word("id")?).await?,
        "quarantine" => {
            let list = world.quarantine().await?;
            let id = list.first().map(|q| q["id"].clone()).unwrap_or(Value::Null);
            return Ok(json!({"ok": true, "id": id, "list": list}));
        }
        "publish" => world.publish_next(word("module")?).await?,
        "attempts" => return Ok(json!({"ok": true, "list": world.attempts(word("module")?).await?})),
        "forget" => world.forget(words).await?,
        "unmerge" => world.unmerge(word("subject")?).await?,
        "customers" => {
            let list = world.merges().await?;
            let id = list.first().map(|m| m["from"].clone()).unwrap_or(Value::Null);
            return Ok(json!({"ok": true, "id": id, "list": list}));
        }
        "held" => return Ok(json!({"ok": true, "list": world.held().await?})),
        "stored" => {
            let list = world.stored(words.get("type").and_then(Value::as_str)).await?;
            return Ok(json!({"ok": true, "list": list}));
        }
        "pictures" => {
            let totals = world.totals().await?;
            return Ok(json!({"ok": true, "named": totals.pictures, "here": totals.blobs}));
        }
        _ => {
            return Err(format!(
                "there is no server step ‘{verb}’; there are grant, withdraw, move, revoke, restart, publish, let-in, quarantine, held, stored, pictures and attempts"
            ));
        }
    }
    Ok(json!({"ok": true}))
}
