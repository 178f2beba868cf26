//! Whatever is stored, in pieces, in rows or not yet packed, is found as in a plain list.

use frontline_domain::*;

use crate::store::{Between, Scan, Skip, SqliteStore, Store, Stored, Walk, WriteTx};
use crate::system::SystemRandom;

const ORG: OrgId = OrgId::from_bytes([1; 16]);
const TYPES: [EntryType; 5] = [
    EntryType::FEEDBACK_GIVEN,
    EntryType::INTERACTION_OPENED,
    EntryType::INTERACTION_CLOSED,
    EntryType::LESSON_PROGRESSED,
    EntryType::RUN_SUBMITTED,
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
    fn types(&mut self) -> TypeSet {
        TYPES.into_iter().filter(|_| self.below(2) == 0).collect()
    }
}

fn scope(n: u64) -> Scope {
    Scope::Site(SiteId::from_bytes([n as u8; 16]))
}

/// What is stored, and what comes next of each feed and series.
#[derive(Clone, Default)]
struct Model {
    all: Vec<Stored>,
    now_ms: i64,
}

impl Model {
    fn next(&mut self, dice: &mut Dice, committed_ms: i64) -> Stored {
        let (scope, device, epoch) = (scope(dice.below(2)), DeviceId::from_bytes([dice.below(2) as u8; 16]), Epoch(dice.below(2)));
        let number = 1 + self.all.iter().filter(|e| e.scope == scope).count() as u64;
        let seq = 1 + self.all.iter().filter(|e| e.id.device == device && e.id.epoch == epoch).map(|e| e.id.seq).max().unwrap_or(0);
        let seq = seq + dice.below(8) / 7;
        self.now_ms += [0, 1, 7_000, -3_000, 100_000_000, -90_000_000][dice.below(6) as usize];
        let entry_type = TYPES[dice.below(5) as usize];
        let bytes = vec![number as u8; [3, 200, 9_000][(dice.below(16) / 7) as usize]];
        let entry = Stored {
            scope,
            number,
            entry_type,
            id: EntryId { device, epoch, seq },
            person: PersonId::from_bytes([dice.below(3) as u8; 16]),
            hash: EntryHash::from_bytes(*blake3::hash(&bytes).as_bytes()),
            effective_ms: self.now_ms,
            committed_ms,
            doc: (entry_type == EntryType::RUN_SUBMITTED).then_some(DocId::from_bytes([8; 16])),
            bytes,
        };
        self.all.push(entry.clone());
        entry
    }

    fn scan(&self, scan: &Scan) -> (Vec<Stored>, u64) {
        let mut wanted: Vec<&Stored> = self.all.iter().filter(|e| e.scope == scan.scope && scan.types.contains(e.entry_type)).collect();
        wanted.retain(|e| e.number > scan.after && e.number <= scan.to);
        wanted.retain(|e| !scan.skip.is_some_and(|s| (e.id.device, e.id.epoch) == (s.device, s.epoch) && e.id.seq < s.below));
        wanted.sort_by_key(|e| e.number);
        let (mut rows, mut size) = (Vec::new(), 0);
        for e in wanted {
            if rows.len() >= scan.max_rows || !rows.is_empty() && size + e.bytes.len() > scan.max_bytes {
                return (rows, e.number - 1);
            }
            size += e.bytes.len();
            rows.push(e.clone());
        }
        (rows, scan.to)
    }

    fn by_time(&self, of: Scope, entry_type: EntryType, between: Between, walk: &Walk<(i64, u64)>) -> Vec<Stored> {
        let mut all: Vec<Stored> = self.all.iter().filter(|e| e.scope == of && e.entry_type == entry_type).cloned().collect();
        all.retain(|e| e.effective_ms >= between.from_ms && e.effective_ms < between.until_ms);
        let at = |e: &Stored| (e.effective_ms, e.number);
        all.retain(|e| walk.from.is_none_or(|from| if walk.back { at(e) > from } else { at(e) < from }));
        all.sort_by_key(at);
        if !walk.back {
            all.reverse();
        }
        all.truncate(walk.most);
        all
    }
}

async fn agree(model: &Model, tx: &mut dyn crate::store::ReadTx, dice: &mut Dice) {
    let to = model.all.len() as u64 + 1;
    let skip = Skip { device: DeviceId::from_bytes([dice.below(2) as u8; 16]), epoch: Epoch(dice.below(2)), below: dice.below(to + 1) };
    let scan = Scan {
        scope: scope(dice.below(2)),
        types: dice.types(),
        after: dice.below(to),
        to: dice.below(to + 20),
        skip: (dice.below(2) == 0).then_some(skip),
        max_rows: [1, 5, 10_000][dice.below(3) as usize],
        max_bytes: [1, 2_000, 1 << 30][dice.below(3) as usize],
    };
    assert_eq!(tx.scan(ORG, &scan).await.unwrap(), model.scan(&scan), "{scan:?}");
    for _ in 0..3 {
        let Some(one) = model.all.get(dice.below(to) as usize) else { continue };
        assert_eq!(tx.entry(ORG, one.id).await.unwrap().as_ref(), Some(one));
        assert!(tx.has_verdict(ORG, one.id).await.unwrap());
        let gap = EntryId { seq: one.id.seq + 1, ..one.id };
        assert_eq!(tx.entry(ORG, gap).await.unwrap().as_ref(), model.all.iter().find(|e| e.id == gap));
        let between =
            Between { from_ms: one.effective_ms - dice.below(1 << 28) as i64, until_ms: one.effective_ms + dice.below(1 << 28) as i64 };
        let between = if dice.below(2) == 0 { Between::ALWAYS } else { between };
        let from = (dice.below(2) == 0).then_some((one.effective_ms, one.number));
        let walk = Walk { from, back: dice.below(2) == 0, most: [1, 4, 1_000][dice.below(3) as usize] };
        let listed = [EntryType::FEEDBACK_GIVEN, EntryType::INTERACTION_OPENED][dice.below(2) as usize];
        let found = tx.facts_by_time(ORG, one.scope, listed, between, &walk).await.unwrap();
        assert_eq!(found, model.by_time(one.scope, listed, between, &walk), "{between:?} {walk:?}");
        if one.entry_type != EntryType::RUN_SUBMITTED {
            assert!(tx.said_about(ORG, &[one.number as u8; 16], 10_000).await.unwrap().contains(one));
        }
    }
    let mut counted: Vec<(EntryType, u64)> = TYPES.map(|t| (t, model.all.iter().filter(|e| e.entry_type == t).count() as u64)).to_vec();
    counted.retain(|(_, n)| *n > 0);
    counted.sort_unstable();
    assert_eq!(tx.counts(ORG).await.unwrap().stored, counted);
}

async fn put(tx: &mut dyn WriteTx, one: &Stored) {
    tx.put_entry(ORG, one).await.unwrap();
    tx.put_about(ORG, &[one.number as u8; 16], one.scope, one.entry_type, one.number).await.unwrap();
}

async fn played(seed: u64) {
    let (dir, mut dice, mut model) = (tempfile::tempdir().unwrap(), Dice(seed), Model::default());
    let store = SqliteStore::open(&dir.path().join("server.db"), &SystemRandom, 7).unwrap();
    for commit in 0..25 {
        let (before, mut tx) = (model.clone(), store.write().await.unwrap());
        for _ in 0..[1, 1, 3, 60][dice.below(4) as usize] {
            let way = dice.below(6);
            let kept = model.clone();
            if way < 2 {
                tx.savepoint().await.unwrap();
            }
            put(&mut *tx, &model.next(&mut dice, commit)).await;
            if dice.below(10) == 0 {
                agree(&model, tx.as_read(), &mut dice).await;
            }
            match way {
                0 => {
                    tx.rollback_to_savepoint().await.unwrap();
                    model = Model { now_ms: model.now_ms, ..kept };
                }
                1 => tx.release_savepoint().await.unwrap(),
                _ => {}
            }
        }
        if dice.below(5) == 0 {
            drop(tx);
            model = before;
        } else {
            tx.commit().await.unwrap();
        }
        let mut reader = store.read().await.unwrap();
        for _ in 0..5 {
            agree(&model, &mut *reader, &mut dice).await;
        }
    }
}

#[tokio::test]
async fn whatever_is_stored_is_found_as_in_a_plain_list() {
    for seed in 0..12 {
        played(seed).await;
    }
}

#[tokio::test]
async fn a_number_or_an_id_of_a_fact_is_taken_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("server.db"), &SystemRandom, 7).unwrap();
    let (mut model, mut dice) = (Model::default(), Dice(1));
    let first = Stored { entry_type: EntryType::FEEDBACK_GIVEN, doc: None, ..model.next(&mut dice, 1) };
    for is_packed in [false, true] {
        let mut tx = store.write().await.unwrap();
        if !is_packed {
            tx.put_entry(ORG, &first).await.unwrap();
        }
        assert!(tx.put_entry(ORG, &Stored { number: 99, ..first.clone() }).await.is_err(), "the id");
        let other = EntryId { seq: 99, ..first.id };
        assert!(tx.put_entry(ORG, &Stored { id: other, ..first.clone() }).await.is_err(), "the number");
        let another = OrgId::from_bytes([2 + u8::from(is_packed); 16]);
        assert!(tx.put_entry(another, &first).await.is_ok(), "another organisation's is another");
        tx.commit().await.unwrap();
    }
}
