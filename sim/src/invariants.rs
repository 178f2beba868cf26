//! What must hold after any story, any demo, any seed: one function for all of them.
//!
//! 1. Every acknowledged capture, by the list that was kept outside of the phone, is still on its phone or
//!    stored at the server. On the phone it is stored, held or quarantined with a reason, or unsent; none is both
//!    stored and stored again under another name.
//! 2. Receipts are true: what a phone calls stored at number N is at number N of that feed.
//! 3. All replicas that hold a run agree on its answers with the server: those whose phone may still read its scope.
//! 4. Where no phone has pictures waiting, the server has every one that a stored entry names (by their count; each is kept under the
//!    hash of its bytes).
//! 5. Each phone's file is sound, and its lists equal a rebuild from what was captured.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::{EntryType, Scope};
use serde_json::{Value, json};

use crate::phone::Phone;
use crate::world::World;
use crate::world::offer;
use crate::world::truth::Fed;

type Stored = BTreeMap<String, (String, u64)>;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// In words; empty: everything holds.
    pub problems: Vec<String>,
    /// Captures that are nowhere.
    pub lost: u64,
    pub replicas_agree: bool,
    /// Captures that were looked at, and those of them that somebody was promised.
    pub captures: u64,
    pub acknowledged: u64,
    /// Of these, those that are at the server and not on their phone: it was set back to a backup.
    pub at_server_alone: u64,
    /// Runs that were compared, each on each phone that holds it.
    pub runs: u64,
}

/// Checks everything.
pub async fn check(world: &mut World, phones: &mut [(&str, &mut Phone)]) -> Result<Found, String> {
    let mut found = Found { replicas_agree: true, ..Found::default() };
    let stored = once(world.feed_of_devices().await?, &mut found.problems);
    let truth = world.heads_by_run().await?;
    let life = world.app()?.store.read().await.map_err(|e| e.to_string())?.incarnation().await.map_err(|e| e.to_string())?;
    let mut waiting = 0;
    for (name, phone) in phones.iter_mut() {
        let said = phone.call(json!({"do": "device.check"})).await;
        if said["ok"] != json!(true) {
            found.problems.push(format!("{name}: the check could not run: {}", said["message"]));
        }
        for problem in said["problems"].as_array().into_iter().flatten() {
            found.problems.push(format!("{name}: {}", problem.as_str().unwrap_or_default()));
        }
        let captures = phone.call(json!({"do": "device.list", "topic": "sync"})).await;
        let captures = captures["list"].as_array().ok_or_else(|| format!("{name}: gives no list of what it captured: {captures}"))?;
        let status = phone.call(json!({"do": "device.status"})).await;
        let replica = offer::replica(&world.folder_of(name))?;
        // Of a phone that is turned away, too, everything has to be there. Its numbers are those of the life that it heard of
        // last: whoever lost every right before the first answer of a restored server is told of no other.
        for one in captures {
            found.captures += 1;
            capture(name, one, &stored, replica.life == Some(life), &mut found);
        }
        let here: BTreeSet<&str> = captures.iter().filter_map(|one| one["id"].as_str()).collect();
        let promised = phone.acknowledged().all();
        found.acknowledged += promised.len() as u64;
        found.at_server_alone += promised.iter().filter(|hash| !here.contains(hash.as_str()) && stored.contains_key(*hash)).count() as u64;
        for hash in vanished(&promised, &here, &stored) {
            found.lost += 1;
            found.problems.push(format!("{name}: acknowledged {hash}, which is neither on it nor at the server"));
        }
        let runs = phone.call(json!({"do": "device.list", "topic": "runs"})).await;
        // A scope that is no longer fed here is no replica: what was written here stays, and stands still.
        let is_held = |scope: &Scope| replica.reads.get(scope).is_some_and(|types| types.contains(EntryType::RUN_CHANGED));
        waiting += status["pictures_waiting"].as_u64().unwrap_or(0);
        for run in runs["list"].as_array().into_iter().flatten() {
            let id = run["id"].as_str().unwrap_or_default();
            // What has left is not missed: the server must have it, and that is all.
            if run["away"] == json!(true) {
                found.runs += 1;
                if !truth.contains_key(id) {
                    found.lost += 1;
                    found.problems.push(format!("{name}: run {id} has left the phone and is not at the server"));
                }
                continue;
            }
            let shown = phone.call(json!({"do": "device.show", "id": id})).await;
            let here = shown["heads"].as_str().unwrap_or_default();
            // Begun and not answered yet, a run is on its phone alone: no heads here, none there.
            let (held, there) = truth.get(id).map_or((true, ""), |(scope, heads)| (is_held(scope), heads.as_str()));
            found.runs += 1;
            let stands_alone = id.parse().is_ok_and(|id| replica.stand_alone.contains(&id));
            if held && !stands_alone && there != here {
                found.replicas_agree = false;
                found.problems.push(format!("{name}: run {id} stands elsewhere than at the server"));
            }
        }
    }
    if found.captures > 0 && found.acknowledged == 0 {
        found.problems.push("no phone names what it captures (`captured` in its answers): a loss could not be seen".to_owned());
    }
    let totals = world.totals().await?;
    if waiting == 0 && totals.blobs < totals.pictures {
        found.problems.push(format!("the server: has {} of {} pictures, and no phone has one waiting", totals.blobs, totals.pictures));
    }
    Ok(found)
}

/// The stored entries by hash; says what is stored twice, under one name or two.
pub fn once(fed: Vec<Fed>, problems: &mut Vec<String>) -> Stored {
    let (mut by_hash, mut work) = (Stored::new(), BTreeMap::new());
    for one in fed {
        if let Some(other) = one.work.and_then(|id| work.insert(id, one.hash.clone())).filter(|other| *other != one.hash) {
            problems.push(format!("the server: {other} and {} are the same work, stored twice", one.hash));
        }
        if by_hash.insert(one.hash.clone(), (one.scope, one.number)).is_some() {
            problems.push(format!("the server: {} is stored twice", one.hash));
        }
    }
    by_hash
}

/// Of what was promised, what is in no list of the phone's and not stored either.
pub fn vanished<'a>(promised: &'a BTreeSet<String>, here: &'a BTreeSet<&str>, stored: &'a Stored) -> impl Iterator<Item = &'a String> {
    promised.iter().filter(|hash| !here.contains(hash.as_str()) && !stored.contains_key(*hash))
}

/// `is_up_to_date`: the phone has heard of the server as it is.
fn capture(name: &str, one: &Value, stored: &Stored, is_up_to_date: bool, found: &mut Found) {
    let (hash, state) = (one["id"].as_str().unwrap_or_default(), one["state"].as_str().unwrap_or_default());
    let there = stored.get(hash);
    match state {
        "stored" => match there {
            None => {
                found.lost += 1;
                found.problems.push(format!("{name}: holds a receipt for {hash}, which the server does not have"));
            }
            Some((scope, number)) if is_up_to_date && one["number"].as_u64() != Some(*number) || one["scope"].as_str() != Some(scope) => {
                found.problems.push(format!(
                    "{name}: says that {hash} is number {} of {}, and it is number {number} of {scope}",
                    one["number"], one["scope"]
                ));
            }
            Some(_) => {}
        },
        "quarantined" | "held" if one["reason"].as_str().unwrap_or_default().is_empty() => {
            found.problems.push(format!("{name}: {hash} is {state} without a reason"));
        }
        "reissued" | "replaced" => {
            let successor = one["successor"].as_str().unwrap_or_default();
            if there.is_some() && stored.contains_key(successor) {
                found.problems.push(format!("{name}: {hash} and what was issued in its stead are both stored"));
            }
        }
        "captured" | "quarantined" | "held" => {}
        other => found.problems.push(format!("{name}: {hash} is in no known state (‘{other}’)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_domain::CaptureId;

    fn fed(hash: &str, number: u64, work: Option<u8>) -> Fed {
        Fed { hash: hash.into(), scope: "site/1".into(), number, work: work.map(|w| CaptureId::from_bytes([w; 16])) }
    }

    #[test]
    fn what_was_promised_and_is_nowhere_is_missed() {
        let promised = BTreeSet::from(["a".to_owned(), "b".to_owned(), "c".to_owned()]);
        let stored = once(vec![fed("b", 1, None)], &mut Vec::new());
        let here = BTreeSet::from(["a"]);
        let lost: Vec<_> = vanished(&promised, &here, &stored).collect();
        assert_eq!(lost, ["c"]);
    }

    #[test]
    fn the_same_work_under_two_names_and_one_name_twice_are_both_seen() {
        let mut problems = Vec::new();
        once(vec![fed("a", 1, Some(1)), fed("b", 2, Some(2)), fed("c", 3, Some(1)), fed("b", 4, Some(2))], &mut problems);
        assert_eq!(problems, ["the server: a and c are the same work, stored twice", "the server: b is stored twice"]);
    }
}
