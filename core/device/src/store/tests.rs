use frontline_domain::env::Random;

use super::*;
use crate::system::SystemRandom;

/// Random bytes that are the same each time.
struct Counting(std::sync::atomic::AtomicU8);
impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    }
}

#[test]
fn what_was_written_is_read_back_and_the_file_is_ciphertext() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[7; 32], &SystemRandom).unwrap();
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"secretmarker")).unwrap();
    assert_eq!(store.read(|db| meta::get::<String>(db, meta::key::PERSON)).unwrap().as_deref(), Some("secretmarker"));
    drop(store);
    for name in [FILE, "keys"] {
        let bytes = std::fs::read(dir.path().join(name)).unwrap();
        assert!(!bytes.windows(12).any(|w| w == b"secretmarker") && !bytes.windows(6).any(|w| w == b"SQLite"), "{name}");
    }
    let again = Store::open(dir.path(), &[7; 32], &SystemRandom).unwrap();
    assert_eq!(again.read(|db| meta::get::<String>(db, meta::key::PERSON)).unwrap().as_deref(), Some("secretmarker"));
}

#[test]
fn the_disk_is_asked_to_keep_every_commit() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[7; 32], &SystemRandom).unwrap();
    store
        .write(|tx| {
            let text = |name| tx.conn.pragma_query_value(None, name, |r| r.get::<_, String>(0));
            let number = |name| tx.conn.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
            assert_eq!(text("journal_mode")?, "wal");
            assert_eq!((number("synchronous")?, number("foreign_keys")?), (2, 1));
            assert_eq!((number("fullfsync")?, number("checkpoint_fullfsync")?), (1, 1));
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_wrong_key_is_said_to_be_wrong_and_nothing_is_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap());
    assert!(matches!(Store::open(dir.path(), &[2; 32], &SystemRandom), Err(StoreError::WrongKey)));
    assert!(Store::open(dir.path(), &[1; 32], &SystemRandom).is_ok());
}

#[test]
fn a_damaged_file_is_set_aside_whole_and_a_new_store_begins() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap());
    let path = dir.path().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..140].fill(0x55);
    std::fs::write(&path, &bytes).unwrap();
    let Err(StoreError::Corrupt { kept_at }) = Store::open(dir.path(), &[1; 32], &SystemRandom) else {
        panic!("a damaged file was opened");
    };
    assert_eq!(std::fs::read(kept_at.join(FILE)).unwrap(), bytes);
    assert!(kept_at.join("keys").exists());
    assert!(Store::open(dir.path(), &[1; 32], &SystemRandom).is_ok());
}

#[test]
fn one_damaged_key_header_is_not_the_end() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap());
    std::fs::write(dir.path().join("keys"), b"not a header").unwrap();
    assert!(Store::open(dir.path(), &[1; 32], &SystemRandom).is_ok());
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    store.write(|tx| Ok::<_, StoreError>(tx.conn.pragma_update(None, "user_version", 99)?)).unwrap();
    drop(store);
    assert!(matches!(Store::open(dir.path(), &[1; 32], &SystemRandom), Err(StoreError::Newer { file: 99, build: migrations::BUILD })));
    assert!(dir.path().join(FILE).exists());
}

#[test]
fn a_transaction_that_failed_or_panicked_leaves_nothing_and_the_store_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[1; 32], &Counting(0.into())).unwrap();
    let failed: Result<(), StoreError> = store.write(|tx| {
        meta::put(tx, meta::key::PERSON, &"Ana")?;
        Err(StoreError::NotEnrolled)
    });
    assert!(failed.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write(|tx| -> Result<(), StoreError> {
            meta::put(tx, meta::key::PERSON, &"Ben")?;
            panic!("in the middle")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(store.read(|db| meta::get::<String>(db, meta::key::PERSON)).unwrap(), None);
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ana")).unwrap();
}

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    store
        .write(|tx| {
            meta::put(tx, meta::key::PERSON, &"Ana")?;
            let seen = store.read(|db| meta::get::<String>(db, meta::key::PERSON))?;
            assert_eq!(seen, None, "a reader saw what was not committed");
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[cfg(unix)]
#[test]
fn a_key_header_that_may_not_be_read_is_no_reason_to_set_a_good_store_aside() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap());
    // A folder in the file's place: even the superuser reads no bytes from it.
    for name in ["keys", "keys.copy"] {
        std::fs::rename(dir.path().join(name), dir.path().join(format!("{name}.real"))).unwrap();
        std::fs::create_dir(dir.path().join(name)).unwrap();
    }
    assert!(matches!(Store::open(dir.path(), &[1; 32], &SystemRandom), Err(StoreError::Io(_))));
    for name in ["keys", "keys.copy"] {
        std::fs::remove_dir(dir.path().join(name)).unwrap();
        std::fs::rename(dir.path().join(format!("{name}.real")), dir.path().join(name)).unwrap();
    }
    assert!(Store::open(dir.path(), &[1; 32], &SystemRandom).is_ok());
}

fn entry(seq: u64) -> frontline_protocol::Entry {
    use frontline_domain::{DeviceId, EntryType, Epoch, Moment, OrgId, PersonId, Scope};
    let moment = Moment { wall_ms: 5, offset_min: 0, mono_ms: 5, boot: 1, server_offset_ms: None };
    let header = frontline_protocol::Header {
        org: OrgId::from_bytes([1; 16]),
        scope: Scope::Org,
        entry_type: EntryType::FEEDBACK_GIVEN,
        person: PersonId::from_bytes([2; 16]),
        device: DeviceId::from_bytes([3; 16]),
        epoch: Epoch(4),
        seq,
        moment,
        contact: None,
        seen: None,
        rebuild: 0,
        replaces: None,
    };
    frontline_protocol::Entry::make(header, vec![7; 50])
}

#[test]
fn a_frame_that_does_not_read_does_not_stop_the_queue() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    let offered = store
        .write(|tx| {
            for seq in 1..=3 {
                let (row, _) = entries::put(tx, &entry(seq), None, true, None)?;
                outbox::push(tx, row, &entry(seq))?;
            }
            tx.conn.execute("UPDATE frame SET row = x'00ff' WHERE id = (SELECT id FROM outbox WHERE seq = 2)", [])?;
            outbox::unsent_after(tx, i64::MIN, 10, 1 << 20, false)
        })
        .unwrap();
    assert_eq!(offered.into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>(), [1, 2, 3].map(|seq| entry(seq).bytes().to_vec()));
}

#[test]
fn what_the_disk_refused_to_keep_does_not_come_back_and_what_is_kept_after_it_stays() {
    use frontline_sqlite::fault::{Disk as Failing, Fault, Plan};
    let failing = Failing::make().unwrap();
    let mut refused = 0;
    for at in 1.. {
        let dir = tempfile::tempdir().unwrap();
        failing.begin(at);
        let store = Store::open_on(dir.path(), &Disk::of_vfs(failing.name()), &[1; 32], &SystemRandom).unwrap();
        failing.arm(Plan { fault: Fault::Refused, at });
        let said = store.write(|tx| meta::put(tx, meta::key::PERSON, &"x".repeat(9_000)));
        if !failing.has_struck() {
            break;
        }
        refused += u32::from(said.is_err());
        let person = |store: &Store| store.read(|db| meta::get::<String>(db, meta::key::PERSON)).unwrap().map(|p| p.len());
        let copy = tempfile::tempdir().unwrap();
        for name in [FILE, "store.db-wal", "keys"] {
            let _ = std::fs::copy(dir.path().join(name), copy.path().join(name));
        }
        let killed = Store::open(copy.path(), &[1; 32], &SystemRandom).unwrap();
        assert_eq!(person(&killed), said.is_ok().then_some(9_000), "operation {at}, killed after it");
        store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ben")).unwrap();
        failing.end();
        drop(store);
        failing.lose_power(Fault::Dropped).unwrap();
        let after = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
        assert_eq!(person(&after), Some(3), "operation {at}, without power after what followed");
    }
    assert!(refused >= 4, "{refused}");
}

/// Found by a disk that refused two flushes: each left the end of a commit behind the log, and two of them looked like
/// damage, out of which came what had been told as failed.
#[test]
fn two_commits_that_the_disk_refused_leave_a_sound_log() {
    use frontline_sqlite::fault::{Disk as Failing, Fault, Plan};
    let failing = Failing::make().unwrap();
    let (mut both, key) = (0, meta::key::PERSON);
    for (first, second) in (14..30).flat_map(|first| (5..15).map(move |second| (first, second))) {
        let dir = tempfile::tempdir().unwrap();
        failing.begin(first);
        let store = Store::open_on(dir.path(), &Disk::of_vfs(failing.name()), &[1; 32], &SystemRandom).unwrap();
        store.write(|tx| meta::put(tx, key, &"Ana")).unwrap();
        let (mut refused, mut kept) = (0, 3);
        for (length, at) in [(30_000, first), (9_000, second)] {
            failing.arm(Plan { fault: Fault::Refused, at });
            match store.write(|tx| meta::put(tx, key, &"x".repeat(length))) {
                Ok(()) => kept = length,
                Err(_) => refused += 1,
            }
        }
        both += u32::from(refused == 2);
        let copy = tempfile::tempdir().unwrap();
        for name in [FILE, "store.db-wal", "keys"] {
            std::fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
        }
        let killed = Store::open(copy.path(), &[1; 32], &SystemRandom).unwrap_or_else(|e| panic!("operations {first} and {second}: {e}"));
        let there = killed.read(|db| meta::get::<String>(db, key)).unwrap().map(|p| p.len());
        assert_eq!(there, Some(kept), "operations {first} and {second}");
        failing.end();
    }
    assert!(both >= 20, "{both}");
}

#[test]
fn a_migration_that_the_disk_refused_is_made_again_and_what_is_kept_after_it_stays() {
    use frontline_sqlite::fault::{Disk as Failing, Fault, Plan};
    let failing = Failing::make().unwrap();
    let disk = Disk::of_vfs(failing.name());
    for at in 1.. {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
        store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ana")).unwrap();
        drop(store);
        write_as_of(dir.path(), &[1; 32], 3).unwrap();
        failing.begin(at);
        failing.arm(Plan { fault: Fault::Refused, at });
        drop(Store::open_on(dir.path(), &disk, &[1; 32], &SystemRandom));
        if !failing.has_struck() {
            break;
        }
        failing.heal();
        let store = Store::open_on(dir.path(), &disk, &[1; 32], &SystemRandom).unwrap();
        store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ben")).unwrap();
        failing.end();
        drop(store);
        failing.lose_power(Fault::Dropped).unwrap();
        let after = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
        let person = after.read(|db| meta::get::<String>(db, meta::key::PERSON)).unwrap();
        assert_eq!(person.as_deref(), Some("Ben"), "operation {at}");
        assert_eq!(after.read(dump::unsound).unwrap(), [] as [String; 0]);
    }
}

#[test]
fn a_store_that_was_just_made_keeps_what_was_written_when_the_power_goes() {
    use frontline_sqlite::fault::{Disk as Failing, Fault};
    let (failing, dir) = (Failing::make().unwrap(), tempfile::tempdir().unwrap());
    failing.begin(1);
    let store = Store::open_on(dir.path(), &Disk::of_vfs(failing.name()), &[1; 32], &SystemRandom).unwrap();
    store.write(|tx| meta::put(tx, meta::key::PERSON, &"Ana")).unwrap();
    failing.end();
    drop(store);
    failing.lose_power(Fault::Dropped).unwrap();
    let after = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    assert_eq!(after.read(|db| meta::get::<String>(db, meta::key::PERSON)).unwrap().as_deref(), Some("Ana"));
}

#[test]
fn what_is_asked_at_every_sync_goes_by_an_index_of_little() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    let plans = store
        .read(|db| {
            let asked = [
                format!("SELECT count(*) FROM outbox WHERE {}", outbox::UNSENT),
                format!("SELECT min(id) FROM outbox WHERE {}", outbox::UNSENT),
                format!("SELECT hash FROM outbox o LEFT JOIN frame f ON f.id = o.id WHERE {} ORDER BY o.id LIMIT 5", outbox::UNSENT),
                "SELECT hash FROM outbox o WHERE o.state IN (0, 1) AND o.state <> 2 AND o.id > 5 ORDER BY o.id LIMIT 5".to_owned(),
            ];
            let mut asked = asked.map(|sql| (sql, "outbox_open")).to_vec();
            asked.push(("SELECT EXISTS (SELECT 1 FROM entry WHERE confirmed = 0)".to_owned(), "entry_unsure"));
            let mut plans = Vec::new();
            for (sql, index) in asked {
                let mut plan = db.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let steps: Vec<String> = plan.query_map([], |r| r.get(3))?.collect::<Result<_, _>>()?;
                plans.push((sql, index, steps));
            }
            Ok::<_, StoreError>(plans)
        })
        .unwrap();
    for (sql, index, steps) in plans {
        assert!(steps.iter().any(|step| step.contains(index)), "{sql}: {steps:#?}");
    }
}

#[test]
fn receipts_of_one_commit_share_a_row_until_the_last_of_them_leaves() {
    use frontline_domain::Incarnation;
    use frontline_protocol::Mark;
    use frontline_protocol::sync::Receipt;
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &[1; 32], &SystemRandom).unwrap();
    let receipt = |number, mark| Receipt {
        incarnation: Incarnation(9),
        number,
        mark: Mark { number: mark, tag: Mark::default().tag },
        committed_ms: 7,
        effective_ms: 4 + i64::try_from(number).unwrap(),
    };
    let rows = |tx: &Tx<'_>| tx.conn.query_row("SELECT count(*) FROM receipt", [], |r| r.get::<_, i64>(0));
    let told = store
        .write(|tx| {
            let mut told = Vec::new();
            for (seq, mark) in [(1, 3), (2, 3), (3, 5)] {
                let (row, _) = entries::put(tx, &entry(seq), Some(&[u8::try_from(mark).unwrap()]), true, None)?;
                outbox::push(tx, row, &entry(seq))?;
                let item = outbox::find(tx, entry(seq).header.epoch, seq)?.unwrap();
                outbox::set_stored(tx, &item, &receipt(seq, mark))?;
                let item = outbox::find(tx, entry(seq).header.epoch, seq)?.unwrap();
                assert_eq!(item.receipt, Some(receipt(seq, mark)));
                let place = entries::by_hash(tx, &entry(seq).hash())?.unwrap().place.unwrap();
                assert_eq!((place.incarnation, place.number, place.effective_ms), (Incarnation(9), seq, receipt(seq, mark).effective_ms));
            }
            told.push((outbox::sweep_receipts(tx)?, rows(tx)?));
            stubs::take_away(tx, &[3])?;
            told.push((outbox::sweep_receipts(tx)?, rows(tx)?));
            let item = outbox::find(tx, entry(3).header.epoch, 3)?.unwrap();
            outbox::set_captured(tx, &item)?;
            assert_eq!(entries::by_hash(tx, &entry(3).hash())?.unwrap().place, None);
            told.push((outbox::sweep_receipts(tx)?, rows(tx)?));
            Ok::<_, StoreError>(told)
        })
        .unwrap();
    assert_eq!(told, [(0, 2), (1, 1), (1, 0)]);
}
