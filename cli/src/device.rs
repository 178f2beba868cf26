//! `device`: a phone in a terminal. Its lines are those of `device do`; the other commands say them for you.

use std::path::Path;
use std::sync::Arc;

use frontline_device::system::{SystemClock, SystemRandom};
use frontline_sim::verbs::Handset;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::args::Device;
use crate::failure::{Done, Failure, print};
use crate::story_phone;

pub async fn run(it: Device) -> Done {
    match it {
        Device::Enrol { at, server, code } => {
            let said = ask(&at.data, true, json!({"do": "device.enrol", "server": server, "code": code})).await?;
            // The first sync brings names and content, so that the phone is of use before it is asked again.
            let synced = ask(&at.data, false, json!({"do": "sync.now"})).await?;
            print(&json!({"device": said["device"], "name": said["name"], "person": said["person"], "organisation": said["organisation"], "received": synced["received"]}).to_string());
        }
        Device::Sync { at, json } => sync(&at.data, json).await?,
        Device::Status { at, json } => {
            let said = ask(&at.data, false, json!({"do": "device.status"})).await?;
            show(&said, json);
        }
        Device::List { topic, at, json } => {
            let said = ask(&at.data, false, json!({"do": "device.list", "topic": topic})).await?;
            let rows = said["list"].as_array().cloned().unwrap_or_default();
            if rows.is_empty() && !json {
                print("nothing here yet");
            }
            rows.iter().for_each(|row| print(&if json { row.to_string() } else { line_of(row) }));
        }
        Device::Show { id, at, json, history } => {
            let said = ask(&at.data, false, json!({"do": "device.show", "id": id, "history": history})).await?;
            if json { print(&said.to_string()) } else { print(&serde_json::to_string_pretty(&said)?) }
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
                // What is no text is no JSON either, and gets its answer like any wrong line.
                let text = String::from_utf8_lossy(&line);
                if !text.trim().is_empty() {
                    answer(&phone.call_line(text.trim_end()).await);
                }
                line.clear();
            }
        }
        Device::Rebuild { at } => {
            ask(&at.data, false, json!({"do": "device.rebuild"})).await?;
            let said = ask(&at.data, false, json!({"do": "device.check"})).await?;
            problems(&said)?;
            print(&format!("rebuilt; {} rows equal what was captured", said["compared"]));
        }
        Device::Export { at, out } => {
            let file = std::path::absolute(&out)?;
            let said = ask(&at.data, false, json!({"do": "device.export", "file": file})).await?;
            print(&format!("{} unsent entries, {} bytes, in {}", said["entries"], said["bytes"], out.display()));
        }
        Device::Check { at } => {
            let said = ask(&at.data, false, json!({"do": "device.check"})).await?;
            problems(&said)?;
            print(&format!("sound; {} rows of lists equal a rebuild", said["compared"]));
        }
    }
    Ok(())
}

/// Writes one answer and flushes it: what was said is durable by then.
pub fn answer(said: &Value) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{said}").and_then(|()| out.flush());
}

fn open(dir: &Path, may_make: bool) -> Result<Handset, Failure> {
    if !may_make && !dir.join("store.db").exists() {
        return Err(Failure::failed(format!(
            "{} holds no phone; make one with: frontline device enrol --data {} --server URL --code CODE",
            dir.display(),
            dir.display()
        )));
    }
    Ok(Handset::open(dir, Arc::new(SystemClock), Arc::new(SystemRandom))?)
}

async fn ask(dir: &Path, may_make: bool, line: Value) -> Result<Value, Failure> {
    checked(open(dir, may_make)?.call(&line).await)
}

fn checked(said: Value) -> Result<Value, Failure> {
    if said["ok"] == json!(true) { Ok(said) } else { Err(Failure::failed(said["message"].as_str().unwrap_or("it failed"))) }
}

fn problems(said: &Value) -> Done {
    let list = said["problems"].as_array().cloned().unwrap_or_default();
    list.iter().filter_map(Value::as_str).for_each(print);
    if list.is_empty() { Ok(()) } else { Err(Failure::failed(format!("{} problems", list.len()))) }
}

async fn sync(dir: &Path, json: bool) -> Done {
    let said = ask(dir, false, json!({"do": "sync.now"})).await?;
    if json {
        print(&said.to_string());
        return Ok(());
    }
    print(&format!(
        "up {} entries in {} bytes, down {} in {} bytes, {} round trips",
        said["sent"], said["bytes_up"], said["received"], said["bytes_down"], said["round_trips"]
    ));
    print(&format!("stored {}, held {}, refused {}, unsent {}", said["stored"], said["held"], said["quarantined"], said["unsent"]));
    for one in said["refused"].as_array().into_iter().flatten() {
        print(&format!("refused {}: {}", one["count"], one["reason"].as_str().unwrap_or_default()));
    }
    Ok(())
}

fn show(said: &Value, json: bool) {
    let mut said = said.clone();
    if let Some(map) = said.as_object_mut() {
        map.shift_remove("ok");
    }
    if json {
        print(&said.to_string());
        return;
    }
    for (name, value) in said.as_object().into_iter().flatten() {
        print(&format!("{name:18} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    }
}

/// A row for a person: its id, its state, and what is short enough to read.
fn line_of(row: &Value) -> String {
    let short = |v: &Value| match v {
        Value::String(s) if s.len() <= 40 => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    };
    let fields = row.as_object().into_iter().flatten().filter(|(k, _)| *k != "id");
    let rest: Vec<String> = fields.filter_map(|(k, v)| Some(format!("{k} {}", short(v)?))).collect();
    format!("{}  {}", row["id"].as_str().unwrap_or_default(), rest.join(", "))
}
