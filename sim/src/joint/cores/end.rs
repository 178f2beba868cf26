//! The end of a story: everything was delivered, and everything is looked at.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::permission::Role;
use serde_json::{Value, json};

use super::{ROUNDS, Story, standing};
use crate::fuzz::{Odds, replicas};
use crate::invariants;
use crate::joint::form;
use crate::joint::template::{CAST, heard};
use crate::phone::Phone;

impl Story<'_> {
    /// The network is whole, and everybody syncs until nothing moves; then everything is looked at.
    pub(super) async fn rest(&mut self) -> Result<Vec<String>, String> {
        let mut out = std::mem::take(&mut self.wrong);
        self.net.set_odds(Odds::CALM);
        CAST.iter().for_each(|(name, _)| self.net.switch(name, true));
        while self.net.arrive_late().await {}
        for round in 1..=ROUNDS {
            self.world.time.advance(61_000);
            let mut moved = false;
            for (name, _) in CAST {
                let said = self.say(name, json!({"do": "sync.now"})).await;
                moved |= said["ended"] != json!("complete") || ["sent", "received"].iter().any(|what| said[*what] != json!(0));
            }
            if !moved {
                break;
            }
            if round == ROUNDS {
                out.push(format!("after {ROUNDS} rounds something still moves"));
            }
        }
        out.extend(self.compares().await?);
        out.extend(self.finishes().await?);
        out.truncate(8);
        Ok(out)
    }

    /// Every phone shows the same run, and it is the server's.
    async fn compares(&mut self) -> Result<Vec<String>, String> {
        let mut out = Vec::new();
        let mut truth: Option<(String, Value)> = None;
        for (name, _) in CAST {
            let mut shown = heard(self.say(name, json!({"do": "device.show", "id": self.run, "history": true})).await)?;
            self.looks(name, &shown, &mut out);
            // What is another matter on each phone: who may do what, and what became of what was captured here.
            for own in ["can", "state"] {
                shown.as_object_mut().map(|map| map.shift_remove(own));
            }
            let all = shown.to_string();
            match &truth {
                Some((first, _)) if *first != all => out.push(format!("{name}: shows the run otherwise than ana, byte by byte")),
                Some(_) => {}
                None => truth = Some((all, shown)),
            }
        }
        if let Some((_, shown)) = truth {
            self.count(&shown);
        }
        let mut phones: Vec<(&str, &mut Phone)> = self.phones.iter_mut().map(|(name, phone)| (name.as_str(), phone)).collect();
        // With it: that every phone stands where the server does, that nothing acknowledged is gone, lists and files.
        out.extend(invariants::check(&mut self.world, &mut phones).await?.problems);
        for (name, _) in CAST {
            out.extend(replicas::differences(&self.world, self.world.app()?, name).await?);
        }
        let totals = self.world.totals().await?;
        if totals.quarantined + totals.held > 0 {
            out.push(format!("the server: {} refused and {} waiting", totals.quarantined, totals.held));
        }
        let edits: BTreeSet<String> =
            self.world.runs().await?.iter().flat_map(|run| run.history()).map(|line| line.answer.intent.to_string()).collect();
        out.extend(self.given.keys().filter(|edit| !edits.contains(*edit)).map(|edit| format!("the server: the answer {edit} vanished")));
        Ok(out)
    }

    /// Whatever came before, it can be brought to its end: the manager ends the clashes, it is handed in, and both sign.
    async fn finishes(&mut self) -> Result<Vec<String>, String> {
        let shown = self.shows("grace").await?;
        if shown["status"] != json!("open") {
            self.does("grace", json!({"do": "procedures.return", "run": self.run, "reason": "once more"})).await?;
            self.figures.returned += 1;
        }
        // Ending one opens items behind it that differ as well.
        for _ in 0..self.template.items.len() {
            let shown = self.shows("grace").await?;
            let clash = |item: &&Value| item["clash"] == json!(true) && form::asked_of(slug(item)).is_none();
            let Some(item) = shown["items"].as_array().into_iter().flatten().find(clash).cloned() else { break };
            self.does(
                "grace",
                json!({"do": "procedures.settle", "run": self.run, "item": item["item"], "pick": item["answers"][0]["pick"]}),
            )
            .await?;
            self.figures.settled += 1;
        }
        // Whatever failed has its note, or it is not handed in: in each room that is there.
        let shown = self.shows("grace").await?;
        let noted = |item: &&Value| form::NOTED.contains(&slug(item)) && item["visible"] != json!(false);
        for item in shown["items"].as_array().into_iter().flatten().filter(noted) {
            let line = json!({"do": "procedures.attach", "run": self.run, "item": item["item"], "note": "the hinge is loose"});
            self.does("grace", line).await?;
        }
        self.does("grace", json!({"do": "procedures.submit", "run": self.run})).await?;
        for (name, role) in [("ben", Role::Supervisor), ("grace", Role::Manager)] {
            self.everybody_syncs().await?;
            let shown = self.shows(name).await?;
            let clash = |item: &&Value| item["clash"] == json!(true) && form::asked_of(slug(item)) == Some(role);
            for item in shown["items"].as_array().into_iter().flatten().filter(clash).cloned().collect::<Vec<_>>() {
                self.does(
                    name,
                    json!({"do": "procedures.settle", "run": self.run, "item": item["item"], "pick": item["answers"][0]["pick"]}),
                )
                .await?;
            }
            self.does(name, json!({"do": "procedures.sign_off", "run": self.run})).await?;
            self.figures.signed_off += 1;
        }
        self.everybody_syncs().await?;
        let mut out = Vec::new();
        for (name, _) in CAST {
            let shown = self.shows(name).await?;
            if shown["status"] != json!("signed-off") {
                out.push(format!("{name}: shows a run that both have signed as {}", shown["status"]));
            }
        }
        self.figures.signed_by_all += u64::from(out.is_empty());
        let totals = self.world.totals().await?;
        if totals.quarantined + totals.held > 0 {
            out.push(format!("the server: {} refused and {} waiting after the last signature", totals.quarantined, totals.held));
        }
        Ok(out)
    }

    async fn does(&mut self, name: &str, line: Value) -> Result<(), String> {
        self.world.time.advance(1_000);
        heard(self.say(name, line.clone()).await).map(drop).map_err(|why| format!("{name} could not bring it to its end: {line}: {why}"))
    }

    async fn shows(&mut self, name: &str) -> Result<Value, String> {
        heard(self.say(name, json!({"do": "device.show", "id": self.run})).await)
    }

    /// Twice: what the first of them sends is what the last has, and the other way round.
    async fn everybody_syncs(&mut self) -> Result<(), String> {
        for (name, _) in CAST.iter().chain(&CAST) {
            self.does(name, json!({"do": "sync.now"})).await?;
        }
        Ok(())
    }

    fn looks(&self, name: &str, shown: &Value, out: &mut Vec<String>) {
        let mut lines: BTreeMap<(String, String), i64> = BTreeMap::new();
        for line in shown["history"].as_array().into_iter().flatten() {
            if matches!(line["what"].as_str(), Some("answered" | "settled")) {
                *lines.entry((line["item"].as_str().unwrap_or_default().to_owned(), line["value"].to_string())).or_default() += 1;
            }
        }
        let replaced: BTreeSet<&String> = self.given.values().flat_map(|one| &one.replaced).collect();
        let mut must: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (edit, one) in &self.given {
            *lines.entry((one.item.clone(), one.value.to_string())).or_default() -= 1;
            let there = must.entry(&one.item).or_default();
            if !replaced.contains(edit) {
                there.insert(edit.clone());
            }
        }
        out.extend(
            lines.iter().filter(|(_, n)| **n != 0).map(|((item, value), n)| format!("{name}: {n} lines of history of {item} {value}")),
        );
        let there = standing(shown);
        for (item, edits) in must {
            let stands = there.get(item).cloned().unwrap_or_default();
            if stands != edits {
                out.push(format!("{name}: {} answers stand at {item} and {} must", stands.len(), edits.len()));
            }
        }
        let items = shown["items"].as_array().into_iter().flatten();
        let photos: BTreeSet<String> = items
            .flat_map(|i| i["evidence"].as_array().into_iter().flatten())
            .filter_map(|e| Some(e["photo"].as_str()?.to_owned()))
            .collect();
        let all: BTreeSet<String> = self.photos.0.difference(&self.photos.1).cloned().collect();
        if photos != all {
            out.push(format!("{name}: shows {} photos of {}", photos.len(), all.len()));
        }
        let all: BTreeSet<&String> = self.notes.0.difference(&self.notes.1).collect();
        match self.notes_at(name) {
            Ok(notes) if notes.keys().collect::<BTreeSet<_>>() == all => {}
            Ok(notes) => out.push(format!("{name}: shows {} notes of {}", notes.len(), all.len())),
            Err(why) => out.push(format!("{name}: {why}")),
        }
    }

    fn count(&mut self, shown: &Value) {
        for item in shown["items"].as_array().into_iter().flatten() {
            let answers = item["answers"].as_array().map_or(0, Vec::len) as u64;
            if item["clash"] == json!(true) {
                self.figures.clashes += 1;
                self.figures.clash_values += answers;
            }
            self.figures.hidden += u64::from(item["visible"] == json!(false) && answers > 0);
        }
        self.figures.lapsed += u64::from(shown["status"] == json!("lapsed"));
    }
}

/// The name of an item, whichever of its instances it is.
fn slug(item: &Value) -> &str {
    let name = item["item"].as_str().unwrap_or_default();
    name.split('/').next().unwrap_or(name)
}
