//! A store of every schema that was released, as the app of that day left it: this build opens each and finds in it
//! what was there.
//!
//! `tests/fixtures/stores/device-NNNN` is one: its files, its key (it guards nothing), and `kept.json`, which says what
//! was in it. With a new schema one more is written and none is ever changed:
//! `cargo test --workspace --test old_stores -- --ignored`. All of them hold the same story, whose time, chance and keys
//! are given: played anew by this build into a fresh store, it leaves the same rows in every table.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use frontline_device::store::{SCHEMA, Store, dump, kept_as_of};
use frontline_domain::TypeSet;
use frontline_sim::time::{Seeded, StoryClock, StoryTime};
use frontline_sim::verbs::{Handset, store_key};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a fixture says of itself.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    schema: u32,
    tables: BTreeMap<String, Table>,
    /// What was captured, by its names.
    captured: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Table {
    columns: Vec<String>,
    rows: usize,
    /// Of all cells.
    hash: String,
}

const FILES: &[&str] = &["store.db", "keys", "keys.copy", "identity", "key"];
/// The nonce that a server drew, how many bytes travelled, and what was said last by a digest (an app that never said so
/// has none, and says it whole once): with another server, or another encoding of a message, they are others in the
/// same story.
const NOT_THE_STORYS: &[&str] = &["nonce", "stance", "synced", PROJECTION];
/// Which build filled the tables that a rebuild makes. Migrations take it away (to the schemas 15, 16 and 19), so that the app
/// fills them anew with what an older one did not know of.
const PROJECTION: &str = "projection";
/// The first whose story this build can tell again: before it, ids of captures were drawn otherwise (ADR 17).
const COMPARABLE: &str = "device-0011";
/// An hour after the stories of fixtures.
const NOW_MS: i64 = 1_772_445_600_000;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stores")
}

fn all() -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = fs::read_dir(fixtures()).expect("the fixtures").map(|e| e.expect("one").path()).collect();
    out.sort();
    out
}

fn open(dir: &Path) -> Store {
    let random = Seeded::new(1);
    Store::open(dir, &store_key(dir, random.as_ref()).expect("a key"), random.as_ref()).expect("it opens")
}

fn copy(from: &Path) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for name in FILES {
        fs::copy(from.join(name), dir.path().join(name)).expect("a file of a store");
    }
    dir
}

/// What a store holds, after this build opened it: told in the layout of this schema, of these tables and columns; of
/// today's, and all of them, where none are named.
fn kept(dir: &Path, of: Option<&Kept>) -> BTreeMap<String, Table> {
    drop(open(dir));
    let key = store_key(dir, Seeded::new(1).as_ref()).expect("a key");
    let tables = kept_as_of(dir, &key, of.map_or(SCHEMA, |of| of.schema)).expect("it reads");
    let mut out = BTreeMap::new();
    for (name, mut rows) in tables {
        if name == "meta" && rows.iter().all(|row| row["key"] != PROJECTION) {
            let was = of.map_or("", |of| filled_by(of.schema));
            let cells = [("key", PROJECTION), ("value", was)].map(|(column, cell)| (column.to_owned(), cell.to_owned()));
            rows.push(BTreeMap::from(cells));
        }
        let every = || rows.first().map(|row| row.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
        let known = of.map(|of| of.tables.get(&name).map(|table| table.columns.clone()));
        let Some(columns) = known.unwrap_or_else(|| Some(every())) else { continue };
        let mut lines: Vec<String> = rows.iter().map(|row| columns.iter().map(|c| format!("{}|", row[c])).collect()).collect();
        lines.sort();
        let hash = blake3::hash(lines.join("\n").as_bytes()).to_hex()[..32].to_owned();
        out.insert(name, Table { columns, rows: rows.len(), hash });
    }
    out
}

/// Which build filled the tables of a store of this schema, as it stood there, in CBOR.
fn filled_by(schema: u32) -> &'static str {
    match schema {
        0..=15 => "05",
        16..=19 => "06",
        _ => "08",
    }
}

/// Every row of every table, those that a rebuild makes too, in order: each cell under its column's name, or in its
/// place. Left out are the saved bytes of documents, which may say the same otherwise (their heads are compared), and
/// the rows that follow the server and its messages, or the build, not the story: [`NOT_THE_STORYS`].
fn dumped(dir: &Path) -> BTreeMap<String, Vec<String>> {
    let store = open(dir);
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, mut rows) in store.read(dump::kept).expect("it reads") {
        rows.retain(|row| name != "meta" || !NOT_THE_STORYS.contains(&row["key"].as_str()));
        // What was asked for under fewer types is asked for anew: which there were follows the build.
        rows.iter_mut().filter_map(|row| row.get_mut("types")).for_each(|types| *types = of_first(types));
        out.insert(name, rows.iter().map(|row| format!("{row:?}")).collect());
    }
    out.extend(store.read(dump::projections).expect("it reads").into_iter().map(|(name, rows)| (name.to_owned(), rows)));
    out
}

/// A set of types without those that came after these stores were written; releases and publications came into people's own
/// feeds then.
fn of_first(types: &str) -> String {
    use frontline_domain::EntryType as T;
    let later = TypeSet::of(&[
        T::ACTION_OPENED,
        T::ACTION_CHANGED,
        T::ACTION_COMMENTED,
        T::ACTION_REVIEWED,
        T::ASSET,
        T::RUNS_WITHDRAWN,
        T::RELEASE,
        T::PUBLICATION,
    ]);
    u128::from_str_radix(types, 16)
        .map_or_else(|_| types.to_owned(), |bits| format!("{:032x}", bits & !u128::from_be_bytes(later.to_bytes())))
}

/// Plays the story of the fixtures into the new folder `to`.
fn play(to: &Path) {
    let (content, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour"), to.to_owned());
    std::thread::spawn(move || frontline_sim::faults::write_store(&content, &to)).join().expect("a thread").expect("a store");
}

/// Opens the app on it: its own check, and what it has of what was captured.
async fn captured(dir: &Path) -> Vec<String> {
    let clock = StoryClock::new(StoryTime::starting(NOW_MS), 1);
    let mut phone = Handset::open(dir, clock, Seeded::new(2)).expect("the app opens");
    let check = phone.call(&json!({"do": "device.check"})).await;
    assert_eq!((&check["ok"], &check["problems"]), (&json!(true), &json!([])), "{check}");
    let list = phone.call(&json!({"do": "device.list", "topic": "sync"})).await;
    let mut ids: Vec<String> =
        list["list"].as_array().expect("a list").iter().map(|c| c["id"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_store_of_every_released_schema_holds_what_it_held() {
    let fresh = tempfile::tempdir().expect("a folder");
    let schema = |dir: &Path| open(dir).read(dump::schema).expect("it reads");
    let mut schemas = Vec::new();
    for fixture in all() {
        let said: Kept = serde_json::from_str(&fs::read_to_string(fixture.join("kept.json")).expect("kept.json")).expect("it reads");
        let store = copy(&fixture);
        assert_eq!(kept(store.path(), Some(&said)), said.tables, "{}", fixture.display());
        assert_eq!(schema(store.path()), schema(fresh.path()), "{}", fixture.display());
        assert_eq!(captured(store.path()).await, said.captured, "{}", fixture.display());
        schemas.push(said.schema);
    }
    assert_eq!(schemas.last(), Some(&SCHEMA), "this schema has no fixture yet: see the head of this file");
    println!("stores of the schemas {schemas:?}");
}

#[tokio::test]
async fn a_store_of_every_released_schema_holds_what_a_fresh_one_holds_after_the_same_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let played = folder.path().join("store");
    play(&played);
    let as_played = dumped(&played);
    let listed = captured(&played).await;
    let as_opened = dumped(&played);
    assert!(as_played.values().map(Vec::len).sum::<usize>() > 200, "the story is a long one");
    for fixture in all().into_iter().filter(|fixture| fixture.file_name().is_some_and(|name| name >= COMPARABLE)) {
        let store = copy(&fixture);
        same(&dumped(store.path()), &as_played, &fixture);
        assert_eq!(captured(store.path()).await, listed, "{}", fixture.display());
        // And once the app has looked at it.
        same(&dumped(store.path()), &as_opened, &fixture);
    }
}

/// Compares table by table, so that what differs can be read.
fn same(old: &BTreeMap<String, Vec<String>>, fresh: &BTreeMap<String, Vec<String>>, fixture: &Path) {
    assert_eq!(old.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>(), "{}: its tables", fixture.display());
    for (table, rows) in old {
        let missing: Vec<_> = rows.iter().filter(|row| !fresh[table].contains(row)).collect();
        assert!(rows == &fresh[table], "{}: {table} holds {missing:?} and a fresh one {:?}", fixture.display(), fresh[table]);
    }
}

#[tokio::test]
async fn the_newest_store_laid_out_as_every_older_app_would_comes_back_by_migration() {
    let newest = all().pop().expect("a fixture");
    let said: Kept = serde_json::from_str(&fs::read_to_string(newest.join("kept.json")).expect("kept.json")).expect("it reads");
    for version in 1..SCHEMA {
        let store = copy(&newest);
        Handset::write_as_of(store.path(), version).expect("it is written");
        let held: Vec<String> = captured(store.path()).await;
        assert_eq!(held, said.captured, "schema {version}");
    }
}

/// Writes the fixture of today's schema; refuses to change one that is there.
#[tokio::test]
#[ignore = "it is a command: it writes a fixture"]
async fn write_the_fixture_of_this_schema() {
    let to = fixtures().join(format!("device-{SCHEMA:04}"));
    assert!(!to.exists(), "{} is there: a released store is never changed", to.display());
    let folder = tempfile::tempdir().expect("a folder");
    let from = folder.path().join("store");
    play(&from);
    fs::create_dir_all(&to).expect("a folder");
    for name in FILES {
        fs::copy(from.join(name), to.join(name)).expect("a file of a store");
    }
    let store = copy(&to);
    let tables = kept(store.path(), None);
    let kept = Kept { schema: SCHEMA, tables, captured: captured(store.path()).await };
    fs::write(to.join("kept.json"), format!("{}\n", serde_json::to_string_pretty(&kept).expect("JSON"))).expect("written");
}
