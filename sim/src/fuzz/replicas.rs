//! Whether a phone that is at rest holds exactly what the server has for it, entry by entry: of every scope that it
//! may read, all of the types that it may read, under the same numbers, and nothing else. And whether what it takes for
//! held waits there: or it would wait for a word that nobody is going to say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use frontline_device::store::{Store, StoreError, cursors, entries, outbox};
use frontline_domain::{EntryHash, EntryType, Scope, TypeSet};
use frontline_server::App;
use frontline_server::store::Stored;

use crate::time::Seeded;
use crate::verbs::store_key;
use crate::world::World;
use crate::world::totals::all_of;

/// What a phone holds, read from its files.
struct Holding {
    reads: Vec<(Scope, TypeSet)>,
    /// How far each scope was read, by the cursor that is furthest behind.
    read_to: BTreeMap<Scope, u64>,
    /// Of everything with a place in a feed: scope, number, whether it was written here, whether it counts.
    held: BTreeMap<EntryHash, (Scope, Option<u64>, bool, bool)>,
    types: BTreeMap<EntryHash, EntryType>,
    /// What the server said that it waits with.
    waits: Vec<EntryHash>,
    /// Nothing of its own is on its way: what such work builds on stays, whatever the rights.
    at_rest: bool,
}

fn holding(dir: &Path) -> Result<Holding, String> {
    let random = Seeded::new(1);
    let key = store_key(dir, random.as_ref()).map_err(|e| e.to_string())?;
    let store = Store::open(dir, &key, random.as_ref()).map_err(|e| e.to_string())?;
    let read = store.read(|db| {
        let mut read_to = BTreeMap::new();
        for cursor in cursors::all(db)? {
            let least = read_to.entry(cursor.scope).or_insert(cursor.at.number);
            *least = (*least).min(cursor.at.number);
        }
        let (mut held, mut types) = (BTreeMap::new(), BTreeMap::new());
        for one in entries::after(db, 0, u32::MAX)? {
            let number = one.place.map(|place| place.number);
            types.insert(one.entry.hash(), one.entry.header.entry_type);
            held.insert(one.entry.hash(), (one.entry.header.scope, number, one.own, one.confirmed));
        }
        let [unsent, waiting, ..] = outbox::counts(db)?;
        let waits = outbox::in_state(db, outbox::State::Held)?.into_iter().map(|item| item.hash).collect();
        Ok::<_, StoreError>(Holding { reads: cursors::reads(db)?, read_to, held, types, waits, at_rest: unsent + waiting == 0 })
    });
    read.map_err(|e| e.to_string())
}

/// What is wrong with this phone's copy, in words.
pub async fn differences(world: &World, app: &App, name: &str) -> Result<Vec<String>, String> {
    let said = |e: &dyn std::fmt::Display| format!("{name}: {e}");
    let phone = holding(&world.folder_of(name)).map_err(|e| said(&e))?;
    let mut tx = app.store.read().await.map_err(|e| said(&e))?;
    let mut out = Vec::new();
    let mut there: BTreeMap<EntryHash, Stored> = BTreeMap::new();
    for &(scope, types) in &phone.reads {
        let head = tx.head(world.org(), scope).await.map_err(|e| said(&e))?.mark.number;
        let read_to = phone.read_to.get(&scope).copied().unwrap_or(0);
        if read_to != head {
            out.push(format!("{name}: has read {scope} up to {read_to}, and it ends at {head}"));
        }
        for row in all_of(tx.as_mut(), world.org(), scope, types).await.map_err(|e| said(&e))? {
            match phone.held.get(&row.hash) {
                None => out.push(format!("{name}: lacks {} number {} of {scope}", row.entry_type, row.number)),
                Some((_, Some(number), ..)) if *number != row.number => {
                    out.push(format!("{name}: has {} as number {number} of {scope}, and it is number {}", row.entry_type, row.number));
                }
                Some((_, _, _, false)) => out.push(format!("{name}: doubts {} number {} of {scope}", row.entry_type, row.number)),
                Some(_) => {}
            }
            there.insert(row.hash, row);
        }
    }
    let waiting: BTreeSet<EntryHash> = tx.all_held(world.org()).await.map_err(|e| said(&e))?.into_iter().map(|held| held.hash).collect();
    // Who may read nothing was turned away, and hears of nothing any more.
    for hash in phone.waits.iter().filter(|hash| !phone.reads.is_empty() && !waiting.contains(hash)) {
        out.push(format!("{name}: takes {} {hash} for held, and it does not wait at the server", phone.types[hash]));
    }
    for (hash, (scope, number, own, confirmed)) in phone.held.iter().filter(|_| phone.at_rest) {
        // Procedures stay with their runs, whatever the rights.
        let what = phone.types[hash];
        if !own && *confirmed && !there.contains_key(hash) && what != EntryType::RELEASE {
            out.push(format!("{name}: shows {what} {hash} as number {number:?} of {scope}, which the server has not for it"));
        }
    }
    out.truncate(6);
    Ok(out)
}
