//! The end of a seed: the network is whole, the server is up, everybody syncs until nothing moves; then
//! everything is looked at.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fate::Odds;
use super::life::Life;
use crate::invariants;
use crate::phone::Phone;

/// After so many syncs of everybody nothing may move any more.
const ROUNDS: u64 = 12;

impl Life<'_> {
    /// Nothing that was promised has vanished, however far things have come.
    pub async fn look(&mut self) -> Result<(), String> {
        if self.net.has_crashed() {
            return Ok(());
        }
        let stored = self.stored().await?;
        let names: Vec<String> = self.phones.keys().cloned().collect();
        for name in names {
            let promised = self.promised(&name);
            let listed = self.say(&name, json!({"do": "device.list", "topic": "sync"})).await;
            let here: BTreeSet<&str> = listed["list"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str()).collect();
            for hash in promised.iter().filter(|hash| !here.contains(hash.as_str()) && !stored.contains(*hash)) {
                self.net.problem(format!("{name}: acknowledged {hash}, which is neither on it nor at the server, amid the story"));
            }
        }
        Ok(())
    }

    /// Brings everything to rest, and checks all of it.
    pub async fn heal(&mut self) -> Result<(), String> {
        self.net.set_odds(Odds::CALM);
        self.look_at_server().await?;
        let names: Vec<String> = self.phones.keys().cloned().collect();
        names.iter().for_each(|name| self.net.switch(name, true));
        names.iter().try_for_each(|name| self.make_room(name))?;
        while self.net.arrive_late().await {}
        let mut last = Vec::new();
        for round in 1..=ROUNDS {
            self.world.time.advance(61_000);
            last.clear();
            for name in &names {
                let said = self.say(name, json!({"do": "sync.now"})).await;
                if moved(&said) {
                    last.push(format!("{name}: {said}"));
                }
            }
            self.net.count(|f| f.rounds = f.rounds.max(round));
            if last.is_empty() {
                break;
            }
        }
        last.into_iter().for_each(|one| self.net.problem(format!("after {ROUNDS} rounds something still moves: {one}")));
        self.check(&names).await?;
        for name in &names {
            for problem in super::replicas::differences(&self.world, self.world.app()?, name).await? {
                self.net.problem(problem);
            }
        }
        Ok(())
    }

    async fn check(&mut self, names: &[String]) -> Result<(), String> {
        let mut phones: Vec<(String, Phone)> = Vec::new();
        for name in names {
            if let Some(phone) = self.handy(name).phone.take() {
                phones.push((name.clone(), phone));
            }
        }
        let mut lent: Vec<(&str, &mut Phone)> = phones.iter_mut().map(|(name, phone)| (name.as_str(), phone)).collect();
        let found = invariants::check(&mut self.world, &mut lent).await?;
        found.problems.into_iter().for_each(|problem| self.net.problem(problem));
        let totals = self.world.totals().await?;
        self.net.count(|f| {
            (f.captured, f.acknowledged) = (found.captures, found.acknowledged);
            (f.stored, f.quarantined, f.held) = (totals.stored, totals.quarantined, totals.held);
        });
        Ok(())
    }
}

/// Whether a sync brought anything on, or failed for a reason that passes. A device that was turned away is at rest.
fn moved(said: &Value) -> bool {
    if said["ok"] != json!(true) {
        return said["error"] != json!("unauthorized");
    }
    said["ended"] != json!("complete") || ["sent", "received", "reissued"].iter().any(|what| said[*what] != json!(0))
}
