//! `device`: a phone in a terminal. Its lines are those of `device do`; the other commands say them for you.

use std::path::Path;
use std::sync::Arc;

use frontline_content::words::{count, count_of};
use frontline_device::Error;
use frontline_device::system::{SystemClock, SystemRandom};
use frontline_sim::verbs::Handset;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::args::{ByCode, Device};
use crate::args_runs::{Asset, Start};
use crate::failure::{Done, Failure, print};
use crate::{enrol, history, shown, story_phone, when};

pub async fn run(it: Device) -> Done {
    match it {
        Device::Enrol(ByCode { at, server, code }) => enrol::run(&at.data, &server, &code).await?,
        Device::Recover(ByCode { at, server, code }) => {
            let mut phone = open(&at.data, false)?;
            let said = checked(phone.call(&json!({"do": "device.recover", "server": server, "code": code})).await)?;
            print(&without_ok(said).to_string());
        }
        Device::Sync { at, json, network } => sync(&at.data, json, &network).await?,
        Device::Status { at, json } => {
            let said = ask(&at.data, json!({"do": "device.status"})).await?;
            if json {
                print(&without_ok(said).to_string())
            } else {
                shown::status(&said, when::now_ms()).iter().for_each(|line| print(line))
            }
        }
        Device::List { topic, at, json, runs } => {
            let said = ask(&at.data, runs.line(&topic)?).await?;
            let rows = said["list"].as_array().cloned().unwrap_or_default();
            if rows.is_empty() && !json {
                print("nothing here yet");
            }
            let now_ms = when::now_ms();
            rows.iter().for_each(|row| print(&if json { row.to_string() } else { shown::row(row, now_ms) }));
            if let Some(next) = said["next"].as_str() {
                crate::failure::say!("there are more: --after {next}");
            }
        }
        Device::Show { id, at, json, history } => {
            let said = ask(&at.data, json!({"do": "device.show", "id": id, "history": history})).await?;
            if json { print(&said.to_string()) } else { people_read(said).iter().for_each(|line| print(line)) }
        }
        Device::Start(Start { procedure, asset, at }) => {
            let mut line = json!({"do": "procedures.start", "procedure": procedure});
            if let Some(code) = asset {
                line["asset"] = json!(code);
            }
            print(ask(&at.data, line).await?["id"].as_str().unwrap_or_default());
        }
        Device::Asset(Asset { code, at, json }) => {
            let said = without_ok(ask(&at.data, json!({"do": "procedures.asset", "code": code})).await?);
            if json { print(&said.to_string()) } else { shown::whole(&said, when::now_ms()).iter().for_each(|line| print(line)) }
        }
        Device::Do { at, person, story } => {
            if story {
                return story_phone::run(&at.data).await;
            }
            let mut phone = open(&at.data, false)?;
            if let Some(person) = person {
                checked(phone.call(&json!({"do": "people.use", "person": person})).await)?;
            }
            let (mut input, mut line) = (BufReader::new(tokio::io::stdin()), Vec::new());
            while input.read_until(b'\n', &mut line).await? > 0 {
                match std::str::from_utf8(&line) {
                    Ok(text) if text.trim().is_empty() => {}
                    Ok(text) => answer(&phone.call_line(text.trim_end()).await),
                    // Read with another sign in its place it would be kept as somebody's words.
                    Err(e) => answer(&json!({"ok": false, "error": "invalid", "field": "line", "rule": "utf-8", "message":
                        format!("a line is JSON in UTF-8; byte {} of this one is no part of a letter", e.valid_up_to() + 1)})),
                }
                line.clear();
            }
        }
        Device::Rebuild { at } => {
            ask(&at.data, json!({"do": "device.rebuild"})).await?;
            let said = ask(&at.data, json!({"do": "device.check"})).await?;
            problems(&said)?;
            print(&format!("rebuilt; {} what was captured", rows(&said, "equals", "equal")));
        }
        Device::Export { at, out } => export(&at.data, &out)?,
        Device::Check { at } => {
            let said = ask(&at.data, json!({"do": "device.check"})).await?;
            problems(&said)?;
            print(&format!("sound; {} a rebuild", rows(&said, "of lists equals", "of lists equal")));
            shown::set_aside(&said, when::now_ms()).iter().for_each(|line| print(line));
        }
    }
    Ok(())
}

/// One thing whole, its history behind it, answer by answer.
fn people_read(mut said: Value) -> Vec<String> {
    let now_ms = when::now_ms();
    let history = said.as_object_mut().and_then(|map| map.shift_remove("history"));
    let mut lines = shown::whole(&said, now_ms);
    lines.extend(history.iter().flat_map(|history| history::lines(&said, history, now_ms)));
    lines
}

/// The rows of projections that a check compared.
fn rows(said: &Value, one: &str, many: &str) -> String {
    counted(said, "compared", &format!("row {one}"), &format!("rows {many}"))
}

fn counted(said: &Value, field: &str, one: &str, many: &str) -> String {
    count(said[field].as_u64().unwrap_or(0), one, many)
}

fn export(dir: &Path, out: &Path) -> Done {
    let mut phone = open(dir, false)?;
    let done = phone.export(&std::path::absolute(out)?)?;
    let entries = count(done.entries, "unsent entry", "unsent entries");
    let pictures = if done.pictures > 0 { format!(", {}", count(done.pictures, "picture", "pictures")) } else { String::new() };
    print(&format!("{entries}{pictures}, {}, in {}", count(done.bytes, "byte", "bytes"), out.display()));
    if done.left_out > 0 {
        crate::failure::say!("frontline: {} damaged on this phone and not in the file", count(done.left_out, "picture is", "pictures are"));
    }
    if !done.sealed {
        crate::failure::say!(
            "frontline: the file is not sealed: this phone knows of no recovery key of its organisation. Whoever has it can read it"
        );
    }
    let refused = phone.quarantined()?;
    if refused > 0 {
        crate::failure::say!(
            "frontline: {} not in the file: the server has {} already. Why: frontline device list quarantine; to let one in, at the server: frontline admin quarantine",
            count(refused, "refused entry is", "refused entries are"),
            if refused == 1 { "it" } else { "them" },
        );
    }
    Ok(())
}

/// Writes one answer and flushes it: what was said is durable by then.
pub fn answer(said: &Value) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{said}").and_then(|()| out.flush());
}

/// Opens a phone; `may_make` one where there is none.
pub fn open(dir: &Path, may_make: bool) -> Result<Handset, Failure> {
    // A store that is gone where its keys still are was lost, and the phone says so itself.
    if !may_make && !dir.join("store.db").exists() && !dir.join("keys").exists() {
        return Err(Failure::failed(format!(
            "{} holds no phone; make one with: frontline device enrol --data {} --server URL --code CODE",
            dir.display(),
            dir.display()
        )));
    }
    Handset::open(dir, Arc::new(SystemClock), Arc::new(SystemRandom)).map_err(|error| match &error {
        Error::Invalid { field, rule, .. } if field == "data" && rule == "writable" => {
            Failure::failed(format!("{}: {error}", dir.display()))
        }
        _ => error.into(),
    })
}

async fn ask(dir: &Path, line: Value) -> Result<Value, Failure> {
    checked(open(dir, false)?.call(&line).await)
}

/// The answer of a line, or what it failed with.
pub fn checked(said: Value) -> Result<Value, Failure> {
    if said["ok"] == json!(true) { Ok(said) } else { Err(Failure::failed(said["message"].as_str().unwrap_or("it failed"))) }
}

fn without_ok(mut said: Value) -> Value {
    if let Some(map) = said.as_object_mut() {
        map.shift_remove("ok");
    }
    said
}

fn problems(said: &Value) -> Done {
    let list = said["problems"].as_array().cloned().unwrap_or_default();
    list.iter().filter_map(Value::as_str).for_each(print);
    if list.is_empty() { Ok(()) } else { Err(Failure::failed(count_of(list.len(), "problem", "problems"))) }
}

/// What became of photos and signatures, where there were any.
fn pictures(said: &Value) -> Option<String> {
    let of = said.get("pictures")?;
    let number = |field: &str| of[field].as_u64().unwrap_or(0);
    let mut words = format!("pictures: {} sent", number("sent"));
    if number("waiting") > 0 {
        words.push_str(&format!(", {} waiting ({})", number("waiting"), shown::size(number("waiting_bytes"))));
    }
    words.push_str(match of["held_back"].as_str() {
        Some("metered") => "; the network is metered and today's share of it is used up",
        Some("no-network") => "; there is no network for them",
        Some("text-first") => "; what was written goes first",
        _ => "",
    });
    if let Some(why) = of["broke_off"].as_str() {
        words.push_str(&format!("; {why}"));
    }
    Some(words)
}

async fn sync(dir: &Path, json: bool, network: &str) -> Done {
    let said = ask(dir, json!({"do": "sync.now", "network": network})).await?;
    if json {
        print(&said.to_string());
    } else {
        print(&format!(
            "up {} in {}, down {} in {}, {}",
            counted(&said, "sent", "entry", "entries"),
            counted(&said, "bytes_up", "byte", "bytes"),
            counted(&said, "received", "entry", "entries"),
            counted(&said, "bytes_down", "byte", "bytes"),
            counted(&said, "round_trips", "round trip", "round trips"),
        ));
        print(&format!("stored {}, held {}, refused {}, unsent {}", said["stored"], said["held"], said["quarantined"], said["unsent"]));
        for one in said["refused"].as_array().into_iter().flatten() {
            print(&format!("refused {}: {}", one["count"], one["reason"].as_str().unwrap_or_default()));
        }
    }
    if let Some(words) = pictures(&said).filter(|_| !json) {
        print(&words);
    }
    // It went through, and there is something that a person has to do all the same.
    if let Some(reason) = said["blocked"]["reason"].as_str() {
        return Err(Failure::failed(reason));
    }
    match said["ended"].as_str() {
        Some("no-room") => {
            Err(Failure::failed("own work was sent; there is no room left here for what others did. Free some and sync again."))
        }
        Some("stuck") => Err(Failure::failed("the server's answers bring nothing on any more; is the app or the server too old?")),
        _ => Ok(()),
    }
}
