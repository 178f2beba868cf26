//! Plays a story: one step after the other, each with what it expects, and at the end the invariants.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::expect::differences;
use super::phone_steps;
use super::rename::Renamer;
use super::script::{Script, duration_ms};
use super::server_verbs;
use crate::invariants;
use crate::phone::Phone;
use crate::time::StoryTime;
use crate::world::World;

/// How a story ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Each as `step N (who what): …`; empty: the story holds.
    pub failures: Vec<String>,
    /// Why this machine can't play the story, where it can't.
    pub left_out: Option<String>,
    /// The final state of every phone and of the server, ids renamed by first appearance.
    pub state: Value,
}

/// A story being played.
pub struct Stage<'a> {
    pub world: World,
    pub phones: BTreeMap<String, Phone>,
    /// Why this machine can't play the story.
    pub left_out: Option<String>,
    pub script: &'a Script,
    /// Where its content lies, if it has any of its own.
    pub content: PathBuf,
    names: BTreeMap<String, Value>,
}

/// How often a line is said: `times` at most, until it fails as `ends` says.
struct Repeat {
    times: Option<Value>,
    ends: Option<Value>,
}

/// Plays a story with the content of `content`; `driver` is a command that plays the phones.
pub async fn play(script: &Script, content: &Path, driver: Option<&str>) -> Outcome {
    match Stage::set(script, content, driver).await {
        Ok((mut stage, _folder)) => {
            let mut failures = Vec::new();
            for (i, step) in script.steps.iter().enumerate() {
                if let Err(why) = stage.steps(step).await {
                    failures.push(format!("step {} ({}): {why}", i + 1, describe(step)));
                    // What follows builds on it: one true failure says more than ten that come of it.
                    break;
                }
            }
            let left_out = stage.left_out.take();
            if left_out.is_some() {
                stage.world.stop().await;
                return Outcome { left_out, ..Outcome::default() };
            }
            if failures.is_empty() {
                failures = stage.settle().await;
            }
            let state = stage.state().await;
            stage.world.stop().await;
            Outcome { failures, left_out, state }
        }
        Err(why) => Outcome { failures: vec![format!("the stage could not be set: {why}")], ..Outcome::default() },
    }
}

fn describe(step: &Map<String, Value>) -> String {
    let (who, what) = step.iter().next().map_or(("", &Value::Null), |(k, v)| (k.as_str(), v));
    format!("{who} {}", what.as_str().unwrap_or_default()).trim().to_owned()
}

/// A phone on which everybody is enrolled, and that has synced once.
async fn begun(world: &mut World, script: &Script, name: &str, users: &[String]) -> Result<Phone, String> {
    let mut phone = world.enrol(name, &users[0], &script.people[&users[0]].site).await?;
    for more in &users[1..] {
        world.enrol_on(name, &mut phone, more, &script.people[more].site).await?;
    }
    for line in [json!({"do": "sync.now"}), json!({"do": "people.use", "person": users[0]})] {
        let said = phone.call(line).await;
        if said["ok"] != json!(true) {
            return Err(format!("{name}: {}", said["message"].as_str().unwrap_or("no answer")));
        }
    }
    Ok(phone)
}

impl<'a> Stage<'a> {
    async fn set(script: &'a Script, content: &Path, driver: Option<&str>) -> Result<(Self, tempfile::TempDir), String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let time = StoryTime::starting(script.start_ms().map_err(|e| e.to_string())?);
        let own = folder.path().join("content");
        let bundle = super::content::of(script, content, &own)?;
        let mut world = World::open(&folder.path().join("world"), Arc::clone(&time), 7, &bundle).await?;
        world.driver = driver.map(str::to_owned);
        for (slug, person) in &script.people {
            world.add_person(slug, &person.role, &person.site).await?;
        }
        let mut phones = BTreeMap::new();
        for (name, users) in &script.phones {
            phones.insert(name.clone(), begun(&mut world, script, name, users.names()).await?);
        }
        Ok((Stage { world, phones, left_out: None, script, content: own, names: BTreeMap::new() }, folder))
    }

    /// A phone that is enrolled in mid-story.
    pub(super) async fn new_phone(&mut self, name: &str, person: &str) -> Result<(), String> {
        if self.phones.contains_key(name) || !self.script.people.contains_key(person) {
            return Err("enrol: say with `of` a new name for the phone, and with `person` somebody of the story".to_owned());
        }
        let phone = begun(&mut self.world, self.script, name, &[person.to_owned()]).await?;
        self.phones.insert(name.to_owned(), phone);
        Ok(())
    }

    /// The value with each `$name` in it replaced by what it stands for.
    fn resolve(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) if text.starts_with('$') => {
                self.names.get(&text[1..]).cloned().ok_or_else(|| format!("nothing was kept as ‘{}’ before this step", &text[1..]))?
            }
            Value::Array(list) => Value::Array(list.iter().map(|v| self.resolve(v)).collect::<Result<_, _>>()?),
            Value::Object(map) => Value::Object(map.iter().map(|(k, v)| Ok((k.clone(), self.resolve(v)?))).collect::<Result<_, String>>()?),
            other => other.clone(),
        })
    }

    /// A step, or several that are said again and again.
    async fn steps(&mut self, step: &Map<String, Value>) -> Result<(), String> {
        let Some(times) = step.get("repeat") else { return self.step(step).await };
        let (times, steps) = (times.as_u64(), step.get("steps").and_then(Value::as_array));
        let (Some(times), Some(steps), 2) = (times, steps, step.len()) else {
            return Err("repeat: say how often, and with `steps` what".to_owned());
        };
        for n in 1..=times {
            for (i, one) in steps.iter().enumerate() {
                let one = one.as_object().ok_or("repeat: each of the `steps` says who does what")?;
                self.step(one).await.map_err(|why| format!("the {n}th time, step {} ({}): {why}", i + 1, describe(one)))?;
            }
        }
        Ok(())
    }

    async fn step(&mut self, step: &Map<String, Value>) -> Result<(), String> {
        let mut words = self.resolve(&Value::Object(step.clone()))?.as_object().cloned().unwrap_or_default();
        let (expect, fails) = (words.shift_remove("expect"), words.shift_remove("fails"));
        let repeat = Repeat { times: words.shift_remove("times"), ends: words.shift_remove("ends") };
        let (kept_as, keep) = (words.shift_remove("as"), words.shift_remove("keep"));
        let Some((who, what)) = words.iter().next().map(|(k, v)| (k.clone(), v.clone())) else { return Ok(()) };
        words.shift_remove(&who);
        let answer = match who.as_str() {
            "network" => self.network(&what, &words).await?,
            "wait" => {
                self.world.time.advance(duration_ms(what.as_str().unwrap_or_default()).map_err(|e| e.to_string())?);
                json!({"ok": true})
            }
            "clock" => {
                let by = duration_ms(words.get("by").and_then(Value::as_str).unwrap_or_default()).map_err(|e| e.to_string())?;
                self.phone(&what)?.set_skew(by);
                json!({"ok": true})
            }
            "phone" => phone_steps::call(self, what.as_str().unwrap_or_default(), &words).await?,
            "server" => server_verbs::call(self, what.as_str().unwrap_or_default(), &words).await?,
            name if self.phones.contains_key(name) => self.again(name, &what, words, repeat).await?,
            name => {
                let known: Vec<_> = self.script.phones.keys().map(String::as_str).collect();
                return Err(format!(
                    "nobody here is called ‘{name}’; a step begins with {}, network, wait, clock, phone or server",
                    known.join(", ")
                ));
            }
        };
        self.compare(&answer, expect.as_ref(), fails.as_ref())?;
        if let Some(name) = kept_as.as_ref().and_then(Value::as_str) {
            self.names.insert(name.to_owned(), answer["id"].clone());
        }
        for (name, field) in keep.as_ref().and_then(Value::as_object).into_iter().flatten() {
            let field = field.as_str().unwrap_or_default();
            // Of a list its rows count from 0.
            let found = answer.get("list").unwrap_or(&answer).pointer(&format!("/{}", field.replace('.', "/")));
            let found = found.ok_or_else(|| format!("keep: the answer has no ‘{field}’"))?;
            self.names.insert(name.clone(), found.clone());
        }
        Ok(())
    }

    fn compare(&self, answer: &Value, expect: Option<&Value>, fails: Option<&Value>) -> Result<(), String> {
        let failed = answer["ok"] == json!(false);
        let message = || answer["message"].as_str().unwrap_or("no reason given").to_owned();
        let expected = match (failed, fails) {
            (true, Some(how)) => Some(how),
            (true, None) => return Err(message()),
            (false, Some(_)) => return Err("was to fail, and did not".to_owned()),
            (false, None) => expect,
        };
        let found = answer.get("list").filter(|_| !failed).unwrap_or(answer);
        let differences = expected.map(|e| differences(e, found)).unwrap_or_default();
        if differences.is_empty() { Ok(()) } else { Err(differences.join("; ")) }
    }

    fn phone(&mut self, name: &Value) -> Result<&mut Phone, String> {
        let name = name.as_str().unwrap_or_default();
        self.phones.get_mut(name).ok_or_else(|| format!("there is no phone ‘{name}’"))
    }

    async fn network(&mut self, what: &Value, words: &Map<String, Value>) -> Result<Value, String> {
        let named = words.get("phones").and_then(Value::as_array).cloned();
        let all = || self.phones.keys().map(|k| json!(k)).collect();
        for name in named.unwrap_or_else(all) {
            self.phone(&name)?;
            let name = name.as_str().unwrap_or_default();
            match what.as_str().or(what.as_bool().map(|on| if on { "on" } else { "off" })) {
                Some("on") => self.world.switch(name, true).await?,
                Some("off") => self.world.switch(name, false).await?,
                Some("cut") => self.world.cut(name, words.get("after").and_then(Value::as_i64).unwrap_or(0)),
                Some("cut-up") => self.world.cut_up(name, words.get("after").and_then(Value::as_i64).unwrap_or(0)),
                _ => return Err("network: write on, off, cut or cut-up".to_owned()),
            }
        }
        Ok(json!({"ok": true}))
    }

    /// Says a line, or says it again and again until it fails as expected.
    async fn again(&mut self, name: &str, what: &Value, words: Map<String, Value>, repeat: Repeat) -> Result<Value, String> {
        let Some(ends) = repeat.ends else {
            return match repeat.times {
                None => self.on_phone(name, what, words).await,
                Some(_) => Err("times: say with `ends` what it fails with in the end".to_owned()),
            };
        };
        let times = repeat.times.as_ref().and_then(Value::as_u64).ok_or("ends: say with `times` how often at most")?;
        for n in 0..times {
            let answer = self.on_phone(name, what, words.clone()).await?;
            if answer["ok"] == json!(false) {
                self.compare(&answer, None, Some(&ends)).map_err(|why| format!("the {n}th time: {why}"))?;
                return Ok(json!({"ok": true, "times": n}));
            }
        }
        Err(format!("was said {times} times, and did not end"))
    }

    async fn on_phone(&mut self, name: &str, what: &Value, words: Map<String, Value>) -> Result<Value, String> {
        let verb = match what.as_str().unwrap_or_default() {
            "status" => "device.status",
            "list" => "device.list",
            "show" => "device.show",
            "check" => "device.check",
            "offer" => {
                let newest = words.get("newest").and_then(Value::as_u64).unwrap_or(1);
                let is_broken = words.get("keys").is_some_and(|keys| keys == "broken");
                let phone = self.phones.remove(name).ok_or("no such phone")?;
                phone.close().await;
                let said = self.world.offer(name, usize::try_from(newest).unwrap_or(1), is_broken).await;
                self.phones.insert(name.to_owned(), self.world.reopen(name)?);
                return said;
            }
            "forge" => {
                let phone = self.phones.remove(name).ok_or("no such phone")?;
                phone.close().await;
                let said = self.world.forge(name).await;
                self.phones.insert(name.to_owned(), self.world.reopen(name)?);
                return said;
            }
            verb => verb,
        };
        let mut line = Map::from_iter([("do".to_owned(), json!(verb))]);
        line.extend(words);
        Ok(self.phone(&json!(name))?.call(Value::Object(line)).await)
    }

    /// Everybody comes back online and syncs until nothing is left; then the invariants.
    async fn settle(&mut self) -> Vec<String> {
        if let Err(why) = self.world.switch_all(true).await {
            return vec![format!("at the end: {why}")];
        }
        for _ in 0..4 {
            for phone in self.phones.values_mut() {
                phone.call(json!({"do": "sync.now"})).await;
            }
        }
        let mut phones: Vec<(&str, &mut Phone)> = self.phones.iter_mut().map(|(n, p)| (n.as_str(), p)).collect();
        match invariants::check(&mut self.world, &mut phones).await {
            Ok(found) => found.problems.iter().map(|p| format!("at the end: {p}")).collect(),
            Err(why) => vec![format!("at the end: the invariants could not be checked: {why}")],
        }
    }

    async fn state(&mut self) -> Value {
        let mut phones = Map::new();
        for (name, phone) in &mut self.phones {
            let mut status = phone.call(json!({"do": "device.status"})).await;
            // Where a damaged store is kept is an accident; that there is one is state.
            for one in status["set_aside"].as_array_mut().into_iter().flatten() {
                one.as_object_mut().map(|map| map.shift_remove("kept_at"));
            }
            // An address and what compression made of random bytes are no state.
            for field in ["server", "bytes_up", "bytes_down", "sync_sessions"] {
                status.as_object_mut().map(|map| map.shift_remove(field));
            }
            let mut topics = Map::from_iter([("status".to_owned(), status)]);
            for topic in ["runs", "feedback", "interactions", "training", "quarantine"] {
                let answer = phone.call(json!({"do": "device.list", "topic": topic})).await;
                topics.insert(topic.to_owned(), answer["list"].clone());
            }
            // Each whole: what people said about it, and what of that stands.
            let mut actions = phone.call(json!({"do": "actions.list", "which": "all"})).await["list"].take();
            for action in actions.as_array_mut().into_iter().flatten() {
                *action = phone.call(json!({"do": "actions.show", "id": action["id"]})).await;
            }
            topics.insert("actions".to_owned(), actions);
            phones.insert(name.clone(), Value::Object(topics));
        }
        let server = self.world.server_state().await.unwrap_or_else(|e| json!({"error": e}));
        Renamer::default().rename(&json!({"phones": phones, "server": server}))
    }
}
