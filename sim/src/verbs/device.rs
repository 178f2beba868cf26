//! `device.*` and `sync.*`: the phone itself.

use std::path::{Component, Path, PathBuf};

use frontline_device::Error;
use frontline_device::blobs::budget::Network;
use frontline_device::blobs::send::Sent;
use frontline_device::services::leave;
use frontline_device::sync::Ended;
use serde_json::{Value, json};

use super::words::Words;
use super::{Answer, Handset, done, invalid, list, people, pieces, procedures};

/// The topics of `device.list`.
pub const TOPICS: &[&str] =
    &["training", "procedures", "runs", "demands", "actions", "feedback", "interactions", "quarantine", "sync", "people"];

pub async fn call(phone: &mut Handset, family: &str, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match (family, method) {
        ("device", "enrol") => enrol(phone, words).await,
        ("device", "status") => words.end().and_then(|()| status(phone)),
        ("device", "list") => topic(phone, words),
        ("device", "show") => show(phone, words),
        ("device", "check") => words.end().and_then(|()| Ok(json!(phone.core().check()?))),
        ("device", "rebuild") => words.end().and_then(|()| phone.core().rebuild().and_then(|()| done())),
        ("device", "export") => export(phone, words),
        ("device", "reset") => reset(phone, words),
        ("people", method) => return people::call(phone.core(), method, words),
        ("procedures", "fetch") => match words.text("run").and_then(|run| words.end().map(|()| run)) {
            Ok(run) => phone.core().fetch_run(&run).await.and_then(|()| done()),
            Err(e) => Err(e),
        },
        ("sync", "now") => match network(words).and_then(|network| words.end().map(|()| network)) {
            Ok(network) => sync(phone, network).await,
            Err(e) => Err(e),
        },
        _ => return None,
    })
}

async fn enrol(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (server, code) = (words.text("server")?, words.text("code")?);
    words.end()?;
    enrolled(phone, &server, &code).await
}

/// Enrols, and says as who.
pub async fn enrolled(phone: &Handset, server: &str, code: &str) -> Answer {
    let known = phone.core().enrol(server, code, "terminal").await?;
    Ok(json!({"device": known.device, "name": known.device_name, "person": known.person_name, "organisation": known.org_name}))
}

fn status(phone: &Handset) -> Answer {
    let mut out = json!(phone.core().status().now()?);
    let captured = phone.core().status().captured(None, u32::MAX)?;
    // What was issued again is the same work under another name: counted once.
    let own = captured.iter().filter(|c| c.successor.is_none());
    let (changes, facts): (Vec<_>, Vec<_>) = own.partition(|c| c.what == "run-changed");
    out["captured_facts"] = json!(facts.len());
    out["captured_changes"] = json!(changes.len());
    Ok(out)
}

fn topic(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let topic = words.text("topic")?;
    let core = phone.core();
    match topic.as_str() {
        "runs" => return procedures::runs(core, words),
        "demands" => return pieces(words, |piece| core.procedures().demands(piece)),
        "actions" => return pieces(words, |piece| core.actions().list(Default::default(), piece)),
        "feedback" => return pieces(words, |piece| core.feedback().list(piece)),
        "interactions" => return pieces(words, |piece| core.interactions().list(piece)),
        _ => words.end()?,
    }
    match topic.as_str() {
        "training" => list(core.training().list()?),
        "procedures" => list(core.procedures().available()?),
        "quarantine" => list(core.status().quarantine()?),
        "sync" => list(core.status().captured(None, u32::MAX)?),
        "people" => list(core.people().list()?),
        _ => Err(invalid(
            "topic",
            "choice",
            format!("there is no topic ‘{}’; there are {}", topic.chars().take(40).collect::<String>(), TOPICS.join(", ")),
        )),
    }
}

fn show(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (id, history) = (words.text("id")?, words.flag("history")?);
    words.end()?;
    let core = phone.core();
    // Ids of runs have 32 digits without hyphens; what is neither a run nor a UUID is a module's name.
    if id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return procedures::show(core, &id, history);
    }
    let found: [Result<Value, Error>; 5] = [
        core.actions().detail(&id).map(|d| json!(d)),
        core.interactions().detail(&id).map(|d| json!(d)),
        core.feedback().detail(&id).map(|d| json!(d)),
        core.training().attempt(&id).map(|d| json!(d)),
        core.training().open(&id).map(|d| json!(d)),
    ];
    found
        .into_iter()
        .find_map(Result::ok)
        .ok_or(Error::NotFound { what: "run, action, contact, feedback, attempt or module with this id".to_owned() })
}

/// A file of unsent work in the phone's folder.
fn carried(phone: &Handset, file: &str) -> Result<PathBuf, Error> {
    // Lines may come from a story that somebody else wrote: they name a file of the phone's folder that cannot
    // be one of the store's, and nothing else.
    let is_name = matches!(Path::new(&file).components().collect::<Vec<_>>()[..], [Component::Normal(_)]) && !file.contains(['/', '\\']);
    if !is_name || !file.ends_with(".frontline") {
        return Err(invalid("file", "name", "write the name of a new file in the phone's folder, such as unsent.frontline, and no path"));
    }
    Ok(phone.dir.join(file))
}

fn reset(phone: &mut Handset, words: &mut Words<'_>) -> Answer {
    let (file, drop_pictures) = (words.maybe("file")?, words.flag("drop_pictures")?);
    words.end()?;
    let file = file.map(|name| carried(phone, &name)).transpose()?;
    Ok(json!(phone.reset(leave::Leaving { file: file.as_deref(), drop_pictures })?))
}

fn export(phone: &mut Handset, words: &mut Words<'_>) -> Answer {
    let file = words.text("file")?;
    words.end()?;
    let path = carried(phone, &file)?;
    let exported = phone.export(&path)?;
    let mut said = json!(exported);
    said["quarantined"] = json!(phone.quarantined()?);
    Ok(said)
}

/// What kind of network there is; without a word, one that costs nothing.
pub fn network(words: &mut Words<'_>) -> Result<Network, Error> {
    let Some(name) = words.maybe("network")? else { return Ok(Network::default()) };
    Network::by_name(&name).ok_or_else(|| invalid("network", "choice", "a network is unmetered, metered or none"))
}

async fn sync(phone: &mut Handset, network: Network) -> Answer {
    let report = phone.core().sync_now().await?;
    if report.ended == Ended::NoRoom && report.unsent > 0 {
        return Err(Error::StorageFull);
    }
    // Text first: of a sync that did not end well pictures are not begun with.
    let pictures = match report.ended {
        Ended::Complete => Some(phone.core().media().send(network).await?),
        Ended::OutOfTime | Ended::Failed(_) | Ended::NoRoom | Ended::Stuck => None,
    };
    let refused: Vec<Value> =
        report.done.quarantined.iter().map(|(code, n)| json!({"code": code.name(), "count": n, "reason": code.text()})).collect();
    let mut said = json!({
        "sent": report.sent, "stored": report.done.stored, "held": report.done.held,
        "quarantined": report.done.quarantined.values().sum::<u64>(), "refused": refused, "received": report.done.received,
        "unsent": report.unsent, "round_trips": report.round_trips, "bytes_up": report.bytes_up, "bytes_down": report.bytes_down,
        "reissued": report.done.reissued, "left": report.left, "epoch_renewed": report.done.epoch_renewed,
        "ended": report.ended.name(), "blocked": report.blocked,
    });
    // What content shows is seen beside its steps.
    if let Some(p) = pictures.map(|p| Sent { content: Default::default(), ..p }).filter(|p| *p != Sent::default()) {
        said["pictures"] = json!({
            "sent": p.pictures, "had": p.had, "bytes_up": p.bytes_up, "waiting": p.waiting.count, "waiting_bytes": p.waiting.bytes,
            "held_back": p.held_back, "passed_over": p.passed_over, "broke_off": p.broke_off.map(|why| why.to_string()),
        });
    }
    Ok(said)
}
