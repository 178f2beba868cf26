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
        "unlock" | "enrol" | "recover" => &["phone", "person"],
        "let-in" => &["id"],
        "import" => &["phone", "file"],
        "stored" => &["type"],
        "forget" => &["phone", "email", "subject"],
        "unmerge" => &["subject"],
        "publish" => &["module", "procedure", "open-runs", "reason"],
        "attempts" => &["module"],
        "undo-withdrawal" => &["procedure"],
        "backup" | "copy-by-hand" => &["to"],
        "restore" => &["from", "machine"],
        "copy-back-by-hand" => &["from"],
        "let-go" => &["backup"],
        "unpublish" => &["procedure", "open-runs", "reason"],
        "content" => &["procedures", "media", "gone"],
        "move-asset" => &["asset", "to"],
        "limit" => &["device", "organisation"],
        _ => &[],
    };
    if let Some(stray) = words.keys().find(|k| !takes.contains(&k.as_str())) {
        return Err(format!("server {verb}: ‘{stray}’ is not asked for here; there are: {}", takes.join(", ")));
    }
    if matches!(verb, "enrol" | "recover") {
        return by_code(stage, verb, word("phone")?, word("person")?).await;
    }
    if verb == "content" {
        let next = super::content::change(&stage.content, words)?;
        stage.world.publish(next).await?;
        return Ok(json!({"ok": true}));
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
        "unlock" => world.unlock(word("phone")?, word("person")?).await?,
        "restart" => world.restart().await?,
        "backup" => {
            let made = world.backup(word("to")?).await?;
            return Ok(json!({"ok": true, "until": made.kept.until_ms, "entries": made.entries, "pictures": made.pictures}));
        }
        "restore" => {
            let on_new = match words.get("machine").map(Value::as_str) {
                None => false,
                Some(Some("new")) => true,
                Some(_) => return Err("server restore: `machine` is new, or is not said".to_owned()),
            };
            let done = world.restore(word("from")?, on_new).await?;
            let aside = done.set_aside.is_some();
            return Ok(json!({
                "ok": true, "until": done.until_ms, "set_aside": aside, "carried_out": done.carried_out, "pictures": done.pictures,
            }));
        }
        "let-go" => world.let_backup_go(word("backup")?).await?,
        "given-back" => return Ok(json!({"ok": true, "list": world.given_back().await?})),
        "copy-by-hand" => world.copy_by_hand(word("to")?).await?,
        "copy-back-by-hand" => world.copy_back_by_hand(word("from")?).await?,
        "limit" => {
            let rate = |name: &str, usual: u32| match words.get(name).and_then(Value::as_u64) {
                Some(n) => u32::try_from(n).map_err(|_| format!("server limit: `{name}` is too large")),
                None => Ok(usual),
            };
            world.limit(rate("device", 120)?, rate("organisation", 6_000)?)?;
        }
        "let-in" => world.let_in(word("id")?).await?,
        "import" => return world.import(word("phone")?, word("file")?).await,
        "quarantine" => {
            let list = world.quarantine().await?;
            let id = list.first().map(|q| q["id"].clone()).unwrap_or(Value::Null);
            return Ok(json!({"ok": true, "id": id, "list": list}));
        }
        "publish" | "unpublish" => {
            let open = match words.get("open-runs").map(Value::as_str) {
                None | Some(Some("finish")) => None,
                Some(Some("withdraw")) => Some(word("reason")?),
                Some(_) => return Err(format!("server {verb}: `open-runs` is finish or withdraw")),
            };
            match (verb, words.get("module").and_then(Value::as_str)) {
                ("publish", Some(module)) => world.publish_next(module).await?,
                ("publish", None) => world.publish_next_procedure(word("procedure")?, open).await?,
                _ => world.unpublish(word("procedure")?, open).await?,
            }
        }
        "undo-withdrawal" => world.undo_withdrawal(word("procedure")?).await?,
        "move-asset" => world.move_asset(word("asset")?, word("to")?).await?,
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
                "there is no server step ‘{verb}’; there are grant, withdraw, move, revoke, unlock, enrol, recover, import, restart, limit, backup, restore, given-back, let-go, copy-by-hand, copy-back-by-hand, publish, content, unpublish, undo-withdrawal, move-asset, attempts, forget, unmerge, customers, let-in, quarantine, held, pictures and stored"
            ));
        }
    }
    Ok(json!({"ok": true}))
}

/// Somebody uses an enrolment code of their own on a phone, new on it or not; or to open its store again.
async fn by_code(stage: &mut Stage<'_>, verb: &str, phone: &str, person: &str) -> Result<Value, String> {
    let site = stage.script.people.get(person).ok_or_else(|| format!("there is no person ‘{person}’"))?.site.clone();
    let handset = stage.phones.get_mut(phone).ok_or_else(|| format!("there is no phone ‘{phone}’"))?;
    let done = match verb {
        "recover" => stage.world.recover_on(phone, handset, person, &site).await,
        _ => stage.world.enrol_on(phone, handset, person, &site).await,
    };
    Ok(done.map_or_else(|why| json!({"ok": false, "message": why}), |()| json!({"ok": true})))
}
