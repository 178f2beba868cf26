//! The suite that any implementation of [`super::Store`] has to pass. A new one adds a line to [`each`].

use std::sync::Arc;

use frontline_domain::permission::{Grant, Role};
use frontline_domain::quiz::{Attempt, Outcome};
use frontline_domain::*;
use frontline_protocol::sync::AppVersion;
use frontline_protocol::{Code as Why, Mark, Replaces, Tag};

use super::*;
use crate::system::SystemRandom;

const A: OrgId = OrgId::from_bytes([1; 16]);
const B: OrgId = OrgId::from_bytes([2; 16]);
const SITE: Scope = Scope::Site(SiteId::from_bytes([5; 16]));
const DEVICE: DeviceId = DeviceId::from_bytes([6; 16]);

/// Every implementation, empty; what must live as long as it.
fn each() -> Vec<(Arc<dyn Store>, tempfile::TempDir)> {
    let dir = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::open(&dir.path().join("server.db"), &SystemRandom, 7).unwrap();
    vec![(Arc::new(sqlite), dir)]
}

fn stored(number: u64, entry_type: EntryType) -> Stored {
    Stored {
        scope: SITE,
        number,
        entry_type,
        id: EntryId { device: DEVICE, epoch: Epoch(u64::MAX - 1), seq: number },
        person: PersonId::from_bytes([7; 16]),
        hash: EntryHash::from_bytes([number as u8; 32]),
        effective_ms: -5,
        committed_ms: 9,
        doc: number.is_multiple_of(2).then_some(DocId::from_bytes([8; 16])),
        bytes: vec![number as u8; 100],
    }
}

fn scan(types: TypeSet, after: u64, to: u64) -> Scan {
    Scan { scope: SITE, types, after, to, skip: None, max_rows: 100, max_bytes: 10_000 }
}

async fn with_entries(store: &dyn Store) {
    let mut tx = store.write().await.unwrap();
    for number in 1..=20 {
        let one = if number % 3 == 0 { EntryType::COMMENTED } else { EntryType::SEEN };
        tx.put_entry(A, &stored(number, one)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_written_is_read_back_after_the_commit_and_not_before() {
    for (store, _dir) in each() {
        let mut writer = store.write().await.unwrap();
        writer.put_entry(A, &stored(1, EntryType::SEEN)).await.unwrap();
        assert_eq!(writer.entry(A, stored(1, EntryType::SEEN).id).await.unwrap(), Some(stored(1, EntryType::SEEN)));
        let mut before = store.read().await.unwrap();
        assert_eq!(before.entry(A, stored(1, EntryType::SEEN).id).await.unwrap(), None);
        writer.commit().await.unwrap();
        assert_eq!(before.entry(A, stored(1, EntryType::SEEN).id).await.unwrap(), None, "a read is of one instant");
        let mut after = store.read().await.unwrap();
        assert!(after.entry(A, stored(1, EntryType::SEEN).id).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_transaction_that_is_dropped_or_taken_back_to_its_savepoint_leaves_nothing() {
    for (store, _dir) in each() {
        let mut dropped = store.write().await.unwrap();
        dropped.put_entry(A, &stored(1, EntryType::SEEN)).await.unwrap();
        drop(dropped);
        let mut tx = store.write().await.unwrap();
        tx.put_entry(A, &stored(2, EntryType::SEEN)).await.unwrap();
        for keep in [false, true] {
            tx.savepoint().await.unwrap();
            tx.put_entry(A, &stored(3, EntryType::SEEN)).await.unwrap();
            if keep { tx.release_savepoint().await.unwrap() } else { tx.rollback_to_savepoint().await.unwrap() }
        }
        tx.commit().await.unwrap();
        let (rows, _) = store.read().await.unwrap().scan(A, &scan(TypeSet::all(), 0, 99)).await.unwrap();
        assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [2, 3]);
    }
}

#[tokio::test]
async fn a_number_or_an_id_is_taken_once() {
    for (store, _dir) in each() {
        with_entries(&*store).await;
        let mut tx = store.write().await.unwrap();
        let mut same_id = stored(1, EntryType::SEEN);
        same_id.number = 99;
        assert!(tx.put_entry(A, &same_id).await.is_err());
        let mut same_number = stored(1, EntryType::SEEN);
        same_number.id.seq = 99;
        assert!(tx.put_entry(A, &same_number).await.is_err());
        assert!(tx.put_entry(B, &stored(1, EntryType::SEEN)).await.is_ok(), "another organisation's is another");
    }
}

#[tokio::test]
async fn a_scan_gives_each_type_in_one_order_within_its_limits() {
    for (store, _dir) in each() {
        with_entries(&*store).await;
        let mut tx = store.read().await.unwrap();
        let numbers = |rows: &[Stored]| rows.iter().map(|r| r.number).collect::<Vec<_>>();
        let (rows, complete) = tx.scan(A, &scan(TypeSet::all(), 2, 8)).await.unwrap();
        assert_eq!((numbers(&rows), complete), (vec![3, 4, 5, 6, 7, 8], 8));
        let (rows, complete) = tx.scan(A, &scan(TypeSet::of(&[EntryType::COMMENTED]), 0, 20)).await.unwrap();
        assert_eq!((numbers(&rows), complete), (vec![3, 6, 9, 12, 15, 18], 20));
        let few = Scan { max_rows: 3, ..scan(TypeSet::all(), 0, 20) };
        assert_eq!(tx.scan(A, &few).await.map(|(r, c)| (numbers(&r), c)).unwrap(), (vec![1, 2, 3], 3));
        let small = Scan { max_bytes: 250, ..scan(TypeSet::of(&[EntryType::COMMENTED]), 0, 20) };
        assert_eq!(tx.scan(A, &small).await.map(|(r, c)| (numbers(&r), c)).unwrap(), (vec![3, 6], 8));
        let tiny = Scan { max_bytes: 1, ..scan(TypeSet::all(), 0, 20) };
        assert_eq!(numbers(&tx.scan(A, &tiny).await.unwrap().0), [1], "one goes out whatever its size");
        let skip = Some(Skip { device: DEVICE, epoch: Epoch(u64::MAX - 1), below: 18 });
        let (rows, complete) = tx.scan(A, &Scan { skip, ..scan(TypeSet::all(), 0, 20) }).await.unwrap();
        assert_eq!((numbers(&rows), complete), (vec![18, 19, 20], 20));
        assert!(tx.scan(B, &scan(TypeSet::all(), 0, 20)).await.unwrap().0.is_empty());
        assert_eq!(numbers(&tx.doc_entries(A, DocId::from_bytes([8; 16]), 0, 100).await.unwrap()).len(), 10);
    }
}

#[tokio::test]
async fn a_saved_document_takes_the_place_of_the_one_before_and_is_its_organisations_own() {
    for (store, _dir) in each() {
        let doc = DocId::from_bytes([8; 16]);
        let mut tx = store.write().await.unwrap();
        assert_eq!(tx.saved_changes(A, doc).await.unwrap(), 0);
        for changes in [32, 64] {
            let saved = SavedDoc { changes, number: changes + 7, bytes: vec![changes as u8; 40] };
            tx.put_saved_doc(A, doc, &saved).await.unwrap();
            assert_eq!(tx.saved_doc(A, doc).await.unwrap(), Some(saved));
            assert_eq!(tx.saved_changes(A, doc).await.unwrap(), changes);
        }
        assert_eq!(tx.saved_doc(B, doc).await.unwrap(), None);
    }
}

#[tokio::test]
async fn marks_are_found_at_below_and_above_a_number() {
    for (store, _dir) in each() {
        let mark = |number: u64| Mark { number, tag: Tag::from_bytes([number as u8; 16]) };
        let mut tx = store.write().await.unwrap();
        for number in [4, 9] {
            tx.put_mark(A, SITE, mark(number)).await.unwrap();
        }
        assert_eq!(tx.tag_at(A, SITE, 4).await.unwrap(), Some(mark(4).tag));
        assert_eq!(tx.tag_at(A, SITE, 5).await.unwrap(), None);
        assert_eq!(tx.tag_at(A, SITE, 0).await.unwrap(), Some(Mark::START.tag));
        assert_eq!(tx.tag_at(B, SITE, 4).await.unwrap(), None);
        assert_eq!(tx.mark_below(A, SITE, 8).await.unwrap(), mark(4));
        assert_eq!(tx.mark_below(A, SITE, 3).await.unwrap(), Mark::START);
        assert_eq!(tx.mark_above(A, SITE, 5).await.unwrap(), Some(mark(9)));
        assert_eq!(tx.mark_above(A, SITE, 10).await.unwrap(), None);
        let head = Head { mark: mark(9), unmarked_entries: 1, unmarked_bytes: 2 };
        tx.set_head(A, SITE, &head).await.unwrap();
        assert_eq!((tx.head(A, SITE).await.unwrap(), tx.head(B, SITE).await.unwrap()), (head, Head::default()));
    }
}

#[tokio::test]
async fn contacts_go_forward_only_and_statements_are_found_by_number() {
    for (store, _dir) in each() {
        let mut tx = store.write().await.unwrap();
        let device = DeviceRow {
            id: DEVICE,
            name: "harbour-1".into(),
            model: "Test".into(),
            site: SiteId::from_bytes([5; 16]),
            key: [3; 32],
            enrolled_ms: 1,
            revoked_ms: None,
            lost: false,
            reason: None,
            app: None,
            last_contact_ms: None,
            reported_through_ms: None,
        };
        tx.put_device(A, &device).await.unwrap();
        let epoch = Epoch(1 << 63);
        let contact =
            |at_ms, reported, next, ms| Contact { org: A, device: DEVICE, at_ms, reported, stated: Some((epoch, next, ms)), app: None };
        for one in [contact(50, true, 3, 40), contact(40, true, 3, 30), contact(60, false, 6, 55)] {
            tx.touch(&one).await.unwrap();
        }
        let row = tx.device(A, DEVICE).await.unwrap().unwrap();
        assert_eq!((row.last_contact_ms, row.reported_through_ms), (Some(60), Some(50)));
        assert_eq!(tx.contact_stated(A, DEVICE, epoch, 2).await.unwrap(), None);
        assert_eq!(tx.contact_stated(A, DEVICE, epoch, 6).await.unwrap(), Some(55));
        assert_eq!(tx.contact_stated_until(A, DEVICE, epoch, 5).await.unwrap(), (Some(40), Some(6)));
        assert_eq!(tx.device(B, DEVICE).await.unwrap(), None);
        let ended = |at_ms, lost, reason: &str| Ended { at_ms, lost, reason: reason.into() };
        tx.set_ended(A, DEVICE, Some(&ended(70, true, "Left in a taxi"))).await.unwrap();
        tx.set_ended(A, DEVICE, Some(&ended(90, false, "Stolen"))).await.unwrap();
        tx.touch(&Contact { app: Some(AppVersion(1, 20, 3)), ..contact(60, false, 6, 55) }).await.unwrap();
        tx.touch(&contact(60, false, 6, 55)).await.unwrap();
        let row = tx.device(A, DEVICE).await.unwrap().unwrap();
        assert_eq!(
            (row.revoked_ms, row.lost, row.reason.as_deref(), row.app),
            (Some(70), false, Some("Stolen"), Some(AppVersion(1, 20, 3)))
        );
        tx.set_ended(A, DEVICE, None).await.unwrap();
        assert_eq!(tx.device(A, DEVICE).await.unwrap().unwrap().revoked_ms, None);
        let row = EpochRow { device: DEVICE, epoch, highest_seq: 3, highest_next: 4, judged_to: 2, closed_ms: Some(1) };
        tx.put_epoch(A, &row).await.unwrap();
        assert_eq!((tx.epoch(A, DEVICE, epoch).await.unwrap(), tx.epoch(B, DEVICE, epoch).await.unwrap()), (Some(row.clone()), None));
        tx.put_epoch(A, &EpochRow { epoch: Epoch(1), closed_ms: Some(9), ..row.clone() }).await.unwrap();
        tx.put_epoch(A, &EpochRow { epoch: Epoch(2), closed_ms: None, ..row }).await.unwrap();
        assert_eq!((tx.copied(A, DEVICE).await.unwrap(), tx.copied(B, DEVICE).await.unwrap()), (Some(9), None));
    }
}

#[tokio::test]
async fn what_a_device_says_of_itself_is_found_the_latest_first() {
    for (store, _dir) in each() {
        let mut tx = store.write().await.unwrap();
        let (clock, aside) = (EntryType::CLOCK_JUMPED, EntryType::STORAGE_SET_ASIDE);
        for (number, one, effective_ms) in [(1, clock, 50), (2, clock, 40), (3, aside, 90), (4, EntryType::SEEN, 95)] {
            tx.put_entry(A, &Stored { effective_ms, ..stored(number, one) }).await.unwrap();
        }
        assert_eq!(tx.said_of_itself(A, DEVICE, clock).await.unwrap().map(|s| (s.number, s.effective_ms)), Some((1, 50)));
        assert_eq!(tx.said_of_itself(A, DEVICE, aside).await.unwrap().map(|s| s.number), Some(3));
        assert_eq!(tx.said_of_itself(A, DeviceId::from_bytes([9; 16]), clock).await.unwrap(), None);
        assert_eq!(tx.said_of_itself(B, DEVICE, clock).await.unwrap(), None);
    }
}

#[tokio::test]
async fn each_kind_of_verdict_is_kept_by_number_and_hash() {
    for (store, _dir) in each() {
        let mut tx = store.write().await.unwrap();
        let id = |seq| EntryId { device: DEVICE, epoch: Epoch(1), seq };
        let (hash, doc, change) = (EntryHash::from_bytes([1; 32]), DocId::from_bytes([2; 16]), [3; 32]);
        let held = Held {
            id: id(1),
            hash,
            scope: SITE,
            entry_type: EntryType::RUN_CHANGED,
            person: PersonId::from_bytes([7; 16]),
            code: Why::WAITS_FOR_DEPENDENCY,
            doc: Some(doc),
            change: Some([4; 32]),
            waits_on: Some(change),
            arrived_ms: 5,
            effective_ms: 6,
            bytes: vec![1],
        };
        tx.put_held(A, &held).await.unwrap();
        assert_eq!(tx.held(A, id(1), &hash).await.unwrap(), Some(held.clone()));
        assert_eq!(tx.held_on(A, doc, &change).await.unwrap(), std::slice::from_ref(&held));
        assert_eq!(tx.held_change(A, doc, &[4; 32]).await.unwrap(), Some(held.clone()));
        assert!(tx.held_on(A, doc, &[9; 32]).await.unwrap().is_empty() && tx.all_held(B).await.unwrap().is_empty());
        let mut refused = Quarantined {
            offered_by: DEVICE,
            hash,
            id: Some(id(2)),
            scope: Some(SITE),
            entry_type: Some(EntryType(500)),
            person: None,
            code: Why::LOCKED,
            doc: Some(doc),
            change: Some(change),
            arrived_ms: 5,
            effective_ms: 6,
            superseded: false,
            resolved: None,
            bytes: vec![1],
        };
        tx.put_quarantined(A, &refused).await.unwrap();
        assert_eq!(tx.quarantined(A, DEVICE, &hash).await.unwrap(), Some(refused.clone()));
        assert_eq!(tx.quarantined_change(A, doc, &change).await.unwrap(), Some(refused.clone()));
        assert_eq!(tx.quarantined_hash(B, &hash).await.unwrap(), None);
        refused.resolved = Some((Resolution::Remake, 9));
        tx.put_quarantined(A, &refused).await.unwrap();
        assert!(tx.all_quarantined(A, true, 9).await.unwrap().is_empty());
        assert_eq!(tx.all_quarantined(A, false, 9).await.unwrap(), [refused]);
        let original = Replaces { id: id(3), hash };
        let capture = frontline_domain::CaptureId::from_bytes([7; 16]);
        assert!(tx.put_captured(A, capture, id(4)).await.unwrap());
        assert!(!tx.put_captured(A, capture, id(5)).await.unwrap());
        assert_eq!(tx.captured(A, capture).await.unwrap(), Some(id(4)), "the first one stands");
        assert_eq!(tx.captured(B, capture).await.unwrap(), None);
        tx.put_replaced(A, &original, id(4)).await.unwrap();
        assert_eq!(tx.replaced_by(A, &original).await.unwrap(), Some(id(4)));
        assert!(tx.is_any_replaced(A, id(3).device, id(3).epoch, 3).await.unwrap());
        assert_eq!(tx.replaced_by(A, &Replaces { id: id(3), hash: EntryHash::from_bytes([8; 32]) }).await.unwrap(), None);
        for (seq, has) in [(1, true), (2, true), (3, true), (4, false)] {
            assert_eq!(tx.has_verdict(A, id(seq)).await.unwrap(), has, "{seq}");
            assert!(!tx.has_verdict(B, id(seq)).await.unwrap());
        }
        tx.remove_held(A, id(1), &hash).await.unwrap();
        assert!(!tx.has_verdict(A, id(1)).await.unwrap());
    }
}

#[tokio::test]
async fn records_grants_and_content_stand_as_last_written_each_in_its_organisation() {
    for (store, _dir) in each() {
        let mut tx = store.write().await.unwrap();
        let org = |id, name: &str| OrgRow { id, name: name.into(), pen: DEVICE, created_ms: 1 };
        tx.put_org(&org(A, "Harbour")).await.unwrap();
        tx.put_org(&org(B, "Marina")).await.unwrap();
        assert_eq!((tx.next_pen_seq(A).await.unwrap(), tx.next_pen_seq(A).await.unwrap(), tx.next_pen_seq(B).await.unwrap()), (1, 2, 1));
        let mut record = RecordRow { entry_type: EntryType::SITE, key: "x".into(), scope: Scope::Org, number: 1, body: vec![1] };
        tx.put_record(A, &record).await.unwrap();
        (record.number, record.body) = (2, vec![2]);
        tx.put_record(A, &record).await.unwrap();
        assert_eq!(tx.records(A, EntryType::SITE).await.unwrap(), [record]);
        assert!(tx.records(B, EntryType::SITE).await.unwrap().is_empty());
        let person = PersonId::from_bytes([7; 16]);
        let mut grant = Grant { id: GrantId::from_bytes([9; 16]), person, role: Role::Manager, scope: SITE, from_ms: 1, until_ms: None };
        tx.put_grant(A, &grant).await.unwrap();
        grant.until_ms = Some(5);
        tx.put_grant(A, &grant).await.unwrap();
        assert_eq!(tx.grants(A, person).await.unwrap(), [grant]);
        assert!(tx.grants(B, person).await.unwrap().is_empty());
        let row = PublishedRow { part: "site".into(), key: "harbour".into(), fingerprint: [1; 32] };
        tx.put_published(A, &row).await.unwrap();
        assert_eq!(tx.published(A).await.unwrap(), [row]);
        tx.remove_published(A, "site", "harbour").await.unwrap();
        assert!(tx.published(A).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_attempt_stands_as_it_was_last_kept_and_is_found_by_its_module() {
    for (store, _dir) in each() {
        let mut tx = store.write().await.unwrap();
        let module = |n: u8| ReleaseHash::from_bytes([n; 32]);
        for (n, slug) in [(1, "coffee"), (2, "coffee"), (3, "tea")] {
            let row = ReleaseRow { hash: module(n), kind: "module".into(), slug: slug.into(), number: n.into(), bytes: vec![n] };
            tx.put_release(A, &row).await.unwrap();
        }
        let row = |n: u8, started_ms| AttemptRow {
            person: PersonId::from_bytes([7; 16]),
            scope: SITE,
            attempt: Attempt {
                id: CaptureId::from_bytes([n; 16]),
                module: module(n),
                started_ms,
                answers: Default::default(),
                outcome: None,
            },
        };
        let (mut first, second, tea) = (row(1, 20), row(2, 10), row(3, 30));
        for one in [&first, &second, &tea] {
            tx.put_attempt(A, one).await.unwrap();
        }
        first.attempt.outcome = Some(Outcome { at_ms: 40, points: 3, of: 4, passed: true });
        tx.put_attempt(A, &first).await.unwrap();
        assert_eq!(tx.attempt(A, first.person, first.attempt.id).await.unwrap(), Some(first.clone()));
        assert_eq!(tx.attempts(A, "coffee").await.unwrap(), [second.clone(), first.clone()]);
        assert_eq!(tx.attempts_of(A, first.person).await.unwrap(), [second.clone(), first.clone(), tea.clone()]);
        assert!(tx.attempts_of(A, PersonId::from_bytes([8; 16])).await.unwrap().is_empty());
        assert_eq!(tx.open_attempts(A).await.unwrap(), [(tea.person, module(2)), (tea.person, module(3))]);
        assert_eq!(tx.attempt(B, first.person, first.attempt.id).await.unwrap(), None);
        assert!(tx.attempts_of(B, first.person).await.unwrap().is_empty());
        assert!(tx.attempts(B, "coffee").await.unwrap().is_empty() && tx.open_attempts(B).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn two_writers_take_turns() {
    for (store, _dir) in each() {
        with_entries(&*store).await;
        let turns = (21..=40).map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                tx.put_entry(A, &stored(number, EntryType::SEEN)).await.unwrap();
                tx.commit().await.unwrap();
            })
        });
        for turn in turns.collect::<Vec<_>>() {
            turn.await.unwrap();
        }
        let counts = store.read().await.unwrap().counts(A).await.unwrap();
        assert_eq!(counts.stored.iter().map(|(_, n)| n).sum::<u64>(), 40);
    }
}

#[tokio::test]
async fn the_tokens_of_an_organisation_are_listed_oldest_first_and_no_others() {
    for (store, _dir) in each() {
        let token =
            |n: u8, org, created_ms| Token { hash: [n; 32], org, name: "push".into(), role: Role::Author, created_ms, withdrawn: false };
        let mut tx = store.write().await.unwrap();
        for one in [token(1, A, 9), token(2, B, 5), token(3, A, 5)] {
            tx.put_token(&one).await.unwrap();
        }
        let withdrawn = Token { withdrawn: true, ..token(1, A, 9) };
        tx.put_token(&withdrawn).await.unwrap();
        assert_eq!(tx.tokens(A).await.unwrap(), [token(3, A, 5), withdrawn]);
        tx.commit().await.unwrap();
    }
}
