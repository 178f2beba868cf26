//! Damaged stores: whatever happened to the file, it is noticed, set aside whole, and what is whole of the
//! captured work goes on under its old numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use frontline_domain::form::Raw;
use frontline_domain::{EntryHash, EntryType};

use super::world::{ANA, Phone, World};
use crate::Error;
use crate::salvage::cipher::{self, PAGE};
use crate::salvage::log;
use crate::services::feedback::FeedbackDraft;
use crate::services::procedures::answer::AnswerDraft;
use crate::store::outbox;

const DB: &str = "store.db";
const WAL: &str = "store.db-wal";

/// A file's bytes by its name.
type Files = BTreeMap<String, Vec<u8>>;

/// A store as it lay on the disk, and what was in it.
struct Base {
    files: Files,
    /// What had no receipt, each with its bytes.
    unsent: BTreeMap<EntryHash, Vec<u8>>,
    own: BTreeSet<String>,
    places: Places,
}

fn give(phone: &Phone, words: &str) {
    let comment = Some(words.to_owned()).filter(|c| !c.is_empty());
    phone.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 3, comment, ..Default::default() }).unwrap();
}

fn close(core: crate::Core) {
    let crate::Core { inner } = core;
    drop(std::sync::Arc::into_inner(inner).expect("nobody else holds it"));
}
fn reopened(core: crate::Core, open: impl FnOnce() -> crate::Core) -> crate::Core {
    close(core);
    open()
}

/// A phone with `sent` things at the server and `unsent` on it alone, long and short, among them a checklist.
/// `is_killed`: the app died, and the log lies beside the file.
fn base(world: &World, seed: u64, sent: usize, unsent: usize, is_killed: bool) -> Base {
    let mut ana = world.phone(seed, &[ANA]);
    ana.core.inner.keep_identity();
    for n in 0..sent {
        give(&ana, &"sent before ".repeat(n % 40));
    }
    world.push(&ana);
    // Closing moves the log into the file: what follows lies in a log of its own.
    let dir = ana.dir.path().to_owned();
    ana.core = reopened(ana.core, || world.open_at(seed, &dir).unwrap());
    let run = ana.core.procedures().start("opening-checks").unwrap();
    for n in 0..unsent {
        world.wait(700);
        match n % 7 {
            0 => {
                let value = Raw::Text(format!("remark {n}"));
                ana.core.procedures().answer(AnswerDraft { run: run.clone(), item: "remarks".into(), value, seen: None }).unwrap();
            }
            3 => give(&ana, &(0..900).map(|i| format!("{n}.{i} ")).collect::<String>()[..4_000]),
            _ => give(&ana, &format!("{n} {}", "word ".repeat(n % 60))),
        }
    }
    let read = || {
        let all = fs::read_dir(ana.dir.path()).unwrap().map(|e| e.unwrap());
        let name = |e: &fs::DirEntry| e.file_name().into_string().unwrap();
        all.filter(|e| e.path().is_file() && !name(e).ends_with("-shm")).map(|e| (name(&e), fs::read(e.path()).unwrap())).collect::<Files>()
    };
    // The log begins anew now and then; some transactions of now have to lie in it.
    while is_killed && log_of(&read()).iter().filter(|f| f.is_valid && f.commits()).count() < 8 {
        give(&ana, "one more");
    }
    let offered = ana.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 10_000, 1 << 30, true)?)).unwrap();
    let unsent: BTreeMap<EntryHash, Vec<u8>> = offered.into_iter().map(|(item, bytes)| (item.hash, bytes)).collect();
    let own = ana.core.status().captured(None, u32::MAX).unwrap().into_iter().map(|c| c.id).collect();
    let key = *crate::store::data_key(ana.dir.path(), &[7; 32]);
    let files = if is_killed {
        read()
    } else {
        close(ana.core);
        read()
    };
    assert_eq!(files.get(WAL).is_some_and(|w| !w.is_empty()), is_killed);
    let places = places(&files, &key, &unsent);
    Base { files, unsent, own, places }
}

/// Every version of every page: which file it lies in, where, its number.
fn versions(files: &Files) -> Vec<(&'static str, usize, u32)> {
    let pages = files[DB].len() / PAGE;
    let mut out: Vec<_> = (0..pages).map(|n| (DB, n * PAGE, n as u32 + 1)).collect();
    out.extend(log_of(files).iter().map(|f| (WAL, f.at as usize, f.page)));
    out
}

fn log_of(files: &Files) -> Vec<log::Frame> {
    let dir = tempfile::tempdir().unwrap();
    if let Some(wal) = files.get(WAL) {
        fs::write(dir.path().join(WAL), wal).unwrap();
    }
    log::frames(&dir.path().join(WAL)).unwrap()
}

/// Where the unsent rows lie: the page versions with all of a short one, and those with a part of a long one.
#[derive(Default)]
struct Places {
    short: BTreeMap<EntryHash, Vec<(&'static str, usize)>>,
    long: BTreeMap<EntryHash, Vec<(&'static str, usize)>>,
}

/// As long as what identifies a part of an entry.
const PROBE: usize = 24;

fn places(files: &Files, key: &[u8; 32], unsent: &BTreeMap<EntryHash, Vec<u8>>) -> Places {
    // Of each entry some parts that no other has: of a short one its middle, where its random id is.
    let mut probes: BTreeMap<&[u8], Vec<EntryHash>> = BTreeMap::new();
    for (hash, bytes) in unsent {
        let all = bytes.windows(PROBE).enumerate();
        let step = if bytes.len() < 1_000 { 7 } else { 90 };
        all.filter(|(i, _)| i % step == 0).for_each(|(_, probe)| probes.entry(probe).or_default().push(*hash));
    }
    probes.retain(|_, of| of.len() == 1);
    let mut out = Places::default();
    for (file, at, number) in versions(files) {
        let plain = cipher::open(key, number, &files[file][at..at + PAGE]).unwrap();
        assert!(plain.is_sealed, "the undamaged page {number} of {file}");
        let hashes: BTreeSet<EntryHash> = plain.bytes.windows(PROBE).filter_map(|w| Some(probes.get(w)?[0])).collect();
        for hash in hashes {
            let bytes = &unsent[&hash];
            if bytes.len() >= 1_000 {
                out.long.entry(hash).or_default().push((file, at));
            } else if plain.bytes.windows(bytes.len()).any(|w| w == bytes) {
                out.short.entry(hash).or_default().push((file, at));
            }
        }
    }
    assert_eq!(out.short.len() + out.long.len(), unsent.len(), "each has a place");
    out
}

/// The unsent rows that were not touched: a short one of which one copy was not, a long one of which no part was.
fn whole(base: &Base, damaged: &Files) -> BTreeSet<EntryHash> {
    let is_same = |(file, at): &(&'static str, usize)| {
        let now = damaged.get(*file).and_then(|f| f.get(*at..at + PAGE));
        now == base.files[*file].get(*at..at + PAGE)
    };
    let short = base.places.short.iter().filter(|(_, at)| at.iter().any(is_same));
    let long = base.places.long.iter().filter(|(_, at)| at.iter().all(is_same));
    short.chain(long).map(|(hash, _)| *hash).collect()
}

struct Dice(u64);
impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

const KINDS: &[&str] = &[
    "bits flipped",
    "pages zeroed",
    "tail cut",
    "magic gone",
    "header garbage",
    "span of garbage",
    "pages exchanged",
    "file empty",
    "file gone",
    "file of another key",
    "key header gone",
    "log: bits flipped",
    "log: header gone",
];

/// Without chance: once is enough.
const SAME_EACH_TIME: &[&str] = &["magic gone", "file empty", "file gone", "key header gone"];

/// Whether this can be done to the store and is damage there: a first page that lies in the log is written anew
/// from it.
fn is_damage(base: &Base, kind: &str) -> bool {
    let is_first_in_log = versions(&base.files).iter().any(|v| v.0 == WAL && v.2 == 1);
    match kind {
        "magic gone" | "header garbage" => !is_first_in_log,
        log if log.starts_with("log") => base.files.contains_key(WAL),
        _ => true,
    }
}

/// Damages the files; says whether what is left of the unsent rows is to be found under the key.
fn damage(kind: &str, files: &mut Files, dice: &mut Dice) -> bool {
    let pages = files[DB].len() / PAGE;
    let in_log: BTreeSet<usize> = versions(files).iter().filter(|v| v.0 == WAL).map(|v| v.2 as usize - 1).collect();
    // A page that the log has is written anew from there: what happens to it in the file is no damage.
    let only: Vec<usize> = (1..pages).filter(|n| !in_log.contains(n)).collect();
    let page = |dice: &mut Dice| only[dice.below(only.len())] * PAGE;
    let db = files.get_mut(DB).unwrap();
    match kind {
        "bits flipped" => (0..1 + dice.below(12)).for_each(|_| {
            let at = page(dice) + dice.below(PAGE);
            db[at] ^= 1 << dice.below(8);
        }),
        "pages zeroed" => (0..1 + dice.below(4)).for_each(|_| {
            let at = page(dice);
            db[at..at + PAGE].fill(0);
        }),
        "tail cut" => db.truncate(PAGE + dice.below(db.len() - 2 * PAGE)),
        "magic gone" => db[..16].fill(0),
        "header garbage" => db[..PAGE].iter_mut().for_each(|b| *b = dice.below(256) as u8),
        "span of garbage" => {
            let (at, length) = (page(dice), 1 + dice.below(5 * PAGE));
            let end = (at + length).min(db.len());
            db[at..end].iter_mut().for_each(|b| *b = dice.below(256) as u8);
        }
        "pages exchanged" => {
            let (a, b) = (page(dice), page(dice));
            let (a, b) = if a == b { (PAGE * only[0], PAGE * only[1]) } else { (a.min(b), a.max(b)) };
            let (left, right) = db.split_at_mut(b);
            left[a..a + PAGE].swap_with_slice(&mut right[..PAGE]);
        }
        "file empty" => db.clear(),
        "file gone" => drop(files.remove(DB)),
        "file of another key" => db.iter_mut().for_each(|b| *b = dice.below(256) as u8),
        "key header gone" => {
            files.insert("keys".into(), b"not a header".to_vec());
            files.remove("keys.copy");
            return false;
        }
        "log: bits flipped" => {
            // In what SQLite would take, with the ends of some transactions behind it.
            let frames = log_of(files);
            let commits: Vec<usize> = (0..frames.len()).filter(|i| frames[*i].is_valid && frames[*i].commits()).collect();
            let last = commits[commits.len() - 4];
            let wal = files.get_mut(WAL).unwrap();
            (0..1 + dice.below(6)).for_each(|_| {
                let at = frames[dice.below(last)].at as usize + dice.below(PAGE);
                wal[at] ^= 1 << dice.below(8);
            });
        }
        "log: header gone" => files.get_mut(WAL).unwrap()[..32].fill(0xaa),
        other => panic!("{other}"),
    }
    true
}

fn write(files: &Files, dir: &Path) {
    files.iter().for_each(|(name, bytes)| fs::write(dir.join(name), bytes).unwrap());
}

/// Opens a damaged store; gives where it was set aside. Damage that does not show at the opening shows at the
/// check, and then at the next opening.
fn noticed(world: &World, dir: &Path, kind: &str) -> String {
    match world.open_at(40, dir) {
        Err(Error::StorageCorrupt { kept_at }) => kept_at,
        Err(other) => panic!("{other:?}"),
        Ok(core) => {
            let said = core.check();
            match &said {
                Ok(report) => assert!(!report.problems.is_empty(), "{kind}: the check found nothing"),
                Err(e) => assert!(matches!(e, Error::StorageCorrupt { .. }), "{e:?}"),
            }
            drop(core);
            match world.open_at(40, dir) {
                Err(Error::StorageCorrupt { kept_at }) => kept_at,
                other => panic!("{kind}: {said:?}, then {:?}", other.err()),
            }
        }
    }
}

#[test]
fn whatever_damages_a_store_it_is_noticed_kept_and_what_is_whole_goes_on() {
    let world = World::new();
    let bases = [(21, 20, 60, false), (22, 0, 30, false), (23, 20, 25, true), (24, 5, 40, true)];
    let bases: Vec<Base> = bases.iter().map(|(seed, sent, unsent, killed)| base(&world, *seed, *sent, *unsent, *killed)).collect();
    let (mut stores, mut whole_rows, mut recovered, mut all_rows, mut all_recovered) = (0, 0, 0, 0, 0);
    let mut by_kind: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for seed in 0..2u64 {
        for base in &bases {
            for kind in KINDS.iter().filter(|kind| is_damage(base, kind) && (seed == 0 || !SAME_EACH_TIME.contains(kind))) {
                let mut files = base.files.clone();
                let can_be_read = damage(kind, &mut files, &mut Dice(seed * 1_000 + stores as u64));
                let dir = tempfile::tempdir().unwrap();
                write(&files, dir.path());
                let kept_at = noticed(&world, dir.path(), kind);
                for name in [DB, WAL].iter().filter(|n| files.contains_key(**n)) {
                    let kept = fs::read(Path::new(&kept_at).join(name)).unwrap_or_default();
                    // A store that opened first has taken its log in.
                    let is_kept = kept == files[*name] || base.files.contains_key(WAL) && !kind.starts_with("log");
                    assert!(is_kept, "seed {seed}, {kind}: {name} was not kept as it was");
                }
                let core = world.open_at(41, dir.path()).expect("the next opening goes on");
                let status = core.status().now().unwrap();
                assert_eq!((status.set_aside.len(), &status.set_aside[0].kept_at), (1, &kept_at), "{kind}");
                let there = core.status().captured(None, u32::MAX).unwrap();
                let invented: Vec<_> = there.iter().filter(|c| c.salvaged && !base.own.contains(&c.id)).collect();
                assert!(invented.is_empty(), "{kind}: {invented:?}");
                assert!(there.iter().all(|c| c.salvaged || c.what == "storage-set-aside"), "{kind}");
                let found: BTreeSet<String> = there.into_iter().map(|c| c.id).collect();
                let (mut whole, mut back) = (0, 0);
                if can_be_read {
                    let intact = self::whole(base, &files);
                    whole = intact.len();
                    back = intact.iter().filter(|hash| found.contains(&hash.to_string())).count();
                    let all = base.unsent.keys().filter(|hash| found.contains(&hash.to_string())).count();
                    (all_rows, all_recovered) = (all_rows + base.unsent.len(), all_recovered + all);
                    // The same device goes on, whatever became of its database.
                    assert!(status.device.is_some() && status.person.is_some(), "{kind}");
                    give_as(&core);
                }
                assert_eq!(core.check().unwrap().problems, [] as [&str; 0], "{kind}");
                let line = by_kind.entry(kind).or_default();
                *line = (line.0 + 1, line.1 + whole, line.2 + back);
                (stores, whole_rows, recovered) = (stores + 1, whole_rows + whole, recovered + back);
            }
        }
    }
    for (kind, (stores, whole, back)) in &by_kind {
        println!("{kind:20} {stores:3} stores, {back} of {whole} whole unsent rows");
    }
    println!(
        "{stores} damaged stores, all noticed; {recovered} of {whole_rows} whole unsent rows recovered, {all_recovered} of {all_rows} of all"
    );
    assert!(stores >= 60 && recovered * 100 >= whole_rows * 99 && whole_rows > 1_000);
}

fn give_as(core: &crate::Core) {
    // The touchpoint comes with the next sync; work on a run that is known can't either: what needs neither can.
    core.inner.capture(|pen| Ok(pen.id())).expect("the device can be written on");
    let told = core.status().captured(None, 1).unwrap();
    assert_eq!(told[0].what, EntryType::STORAGE_SET_ASIDE.to_string());
}
