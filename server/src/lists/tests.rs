//! Lists as they are walked, over the store's one implementation; what they are made from is made by hand.

use frontline_domain::permission::Role;
use frontline_domain::*;

use super::walk::{Docs, FactAt, Facts, Moment, Rows, Source, Under, merge};
use super::*;
use crate::store::{Between, DocRow, List, Spot, SqliteStore, Store, Stored, Walk, Within};
use crate::system::SystemRandom;

const ORG: OrgId = OrgId::from_bytes([1; 16]);

fn site(n: u8) -> Scope {
    Scope::Site(SiteId::from_bytes([n; 16]))
}

fn store() -> (SqliteStore, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (SqliteStore::open(&dir.path().join("server.db"), &SystemRandom, 1).unwrap(), dir)
}

/// All places in order, walked forward and then back in steps of `most`; both must be the same.
async fn walked<S: Source>(store: &SqliteStore, sources: &[S], most: usize) -> Vec<S::At>
where
    S::At: std::fmt::Debug,
{
    let mut tx = store.read().await.unwrap();
    let mut both = [Vec::new(), Vec::new()];
    for (back, all) in [false, true].into_iter().zip(&mut both) {
        let mut from = None;
        loop {
            let rows = merge(&mut *tx, sources, &Walk { from: from.clone(), back, most }).await.unwrap();
            let Some((last, _)) = rows.last() else { break };
            from = Some(last.clone());
            all.extend(rows.into_iter().map(|(at, _)| at));
        }
    }
    let [forward, mut back] = both;
    back.reverse();
    assert_eq!(forward, back, "the way back is the same in steps of {most}");
    assert!(forward.is_sorted_by(|a, b| a < b), "each once and in order: {forward:?}");
    forward
}

#[tokio::test]
async fn several_headings_are_walked_as_one_list_each_row_once() {
    let (store, _dir) = store();
    let mut tx = store.write().await.unwrap();
    for n in 0..60u8 {
        // Every third at both sites; equal names are told apart by their keys.
        let places: Vec<_> = [(1, n % 3 != 1), (2, n % 3 != 2)].into_iter().filter(|(_, at)| *at).collect();
        let rows: Vec<_> =
            places.iter().map(|(at, _)| (heading(Some(site(*at)), ANY), sort::name(&format!("harbour-{}", n / 2)))).collect();
        tx.set_listed(ORG, List::Devices, &format!("key-{n}"), &rows).await.unwrap();
    }
    tx.commit().await.unwrap();
    let under = |n| Under { org: ORG, list: List::Devices, heading: heading(Some(site(n)), ANY), within: Within::default() };
    for most in [1, 2, 7, 59, 200] {
        let keys: Vec<String> = walked(&store, &[under(1), under(2)], most).await.into_iter().map(|spot: Spot| spot.key).collect();
        assert_eq!(keys.len(), 60, "in steps of {most}");
        assert_eq!((&*keys[0], &*keys[59]), ("key-0", "key-59"));
    }
    assert_eq!(walked(&store, &[under(1)], 7).await.len(), 40);
}

#[tokio::test]
async fn facts_of_several_sites_are_one_list_by_time_even_at_the_same_instant() {
    let (store, _dir) = store();
    let mut tx = store.write().await.unwrap();
    for at in [1u8, 2, 3] {
        for n in 1..=20u64 {
            let stored = Stored {
                scope: site(at),
                number: n,
                entry_type: if n % 5 == 0 { EntryType::INTERACTION_OPENED } else { EntryType::FEEDBACK_GIVEN },
                id: EntryId { device: DeviceId::from_bytes([at; 16]), epoch: Epoch(1), seq: n },
                person: PersonId::from_bytes([7; 16]),
                hash: EntryHash::from_bytes([n as u8; 32]),
                // Captured out of order, and many at once.
                effective_ms: (n as i64 * 7 % 5) * 100,
                committed_ms: n as i64,
                doc: None,
                bytes: vec![1],
            };
            tx.put_entry(ORG, &stored).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let of = |between| [1, 2, 3].map(|n| Facts { org: ORG, scope: site(n), entry_type: EntryType::FEEDBACK_GIVEN, between });
    for most in [1, 3, 10, 100] {
        assert_eq!(walked(&store, &of(Between::ALWAYS), most).await.len(), 48);
        let some: Vec<FactAt> = walked(&store, &of(Between { from_ms: 100, until_ms: 300 }), most).await;
        assert!(!some.is_empty() && some.iter().all(|at| (100..300).contains(&at.ms)));
    }
}

#[tokio::test]
async fn documents_of_several_sites_are_one_list_by_their_last_change() {
    let (store, _dir) = store();
    let mut tx = store.write().await.unwrap();
    for n in 0..30u8 {
        let row = DocRow {
            doc: DocId::from_bytes([n; 16]),
            scope: site(n % 3),
            entry_type: EntryType::RUN_CHANGED,
            release: ReleaseHash::from_bytes([4; 32]),
            changes: 1,
            first_number: 1,
            last_number: 1,
            changed_ms: i64::from(n / 4),
            asset: None,
        };
        tx.put_doc(ORG, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let of = [0, 1, 2].map(|n| Docs { org: ORG, scope: site(n), between: Between::ALWAYS });
    for most in [1, 4, 100] {
        let all: Vec<Moment<DocId>> = walked(&store, &of, most).await;
        assert_eq!(all.len(), 30);
        assert_eq!(all[0].ms, 7);
    }
    let release = ReleaseHash::from_bytes([4; 32]);
    assert_eq!(store.read().await.unwrap().docs_of_release(ORG, release, 12).await.unwrap().len(), 12);
}

#[tokio::test]
async fn a_row_that_is_said_to_be_stale_while_it_is_worked_out_stays_stale() {
    let (store, _dir) = store();
    let mut tx = store.write().await.unwrap();
    tx.put_stale(ORG, List::Runs, "one").await.unwrap();
    let stale = tx.stale(ORG, 9).await.unwrap();
    tx.put_stale(ORG, List::Runs, "one").await.unwrap();
    tx.remove_stale(ORG, &stale[0]).await.unwrap();
    assert_eq!(tx.stale(ORG, 9).await.unwrap().len(), 1, "it was said again");
    let again = tx.stale(ORG, 9).await.unwrap();
    tx.remove_stale(ORG, &again[0]).await.unwrap();
    assert!(tx.stale(ORG, 9).await.unwrap().is_empty());
    assert!(tx.stale(OrgId::from_bytes([2; 16]), 9).await.unwrap().is_empty());
    // What names nothing that is there is worked off all the same, and leaves no row.
    tx.put_stale(ORG, List::Runs, "none").await.unwrap();
    tx.put_stale(ORG, List::Actions, "none").await.unwrap();
    tx.put_listed_row(ORG, List::Actions, "none", Some(&[1])).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(work_off(&store, ORG, 9, || false).await.unwrap(), 2);
    let mut tx = store.read().await.unwrap();
    assert!(tx.stale(ORG, 9).await.unwrap().is_empty());
    assert_eq!(tx.listed_row(ORG, List::Actions, "none").await.unwrap(), None);
}

#[tokio::test]
async fn rows_are_walked_with_what_they_show_within_a_stretch_and_of_one_organisation() {
    let (store, _dir) = store();
    let mut tx = store.write().await.unwrap();
    for n in 0..40i64 {
        let (key, at) = (format!("run-{n}"), vec![(heading(Some(site(1)), ANY), sort::latest(n / 2))]);
        tx.set_listed(ORG, List::Runs, &key, &at).await.unwrap();
        tx.put_listed_row(ORG, List::Runs, &key, Some(&[n as u8])).await.unwrap();
    }
    tx.commit().await.unwrap();
    let rows = |org, between| Rows { org, list: List::Runs, heading: heading(Some(site(1)), ANY), within: runs::begun(between) };
    for most in [1, 3, 100] {
        assert_eq!(walked(&store, &[rows(ORG, Between::ALWAYS)], most).await.len(), 40);
        let some = walked(&store, &[rows(ORG, Between { from_ms: 5, until_ms: 7 })], most).await;
        let keys: Vec<&str> = some.iter().map(|spot| spot.key.as_str()).collect();
        assert_eq!(keys, ["run-12", "run-13", "run-10", "run-11"], "from 5 until before 7, the latest first");
        assert!(walked(&store, &[rows(OrgId::from_bytes([2; 16]), Between::ALWAYS)], most).await.is_empty());
    }
    let mut tx = store.read().await.unwrap();
    let read = rows(ORG, Between::ALWAYS).read(&mut *tx, &Walk::first(1)).await.unwrap();
    assert_eq!((read[0].0.key.as_str(), read[0].1.as_slice()), ("run-38", &[38][..]));
}

#[tokio::test]
async fn a_row_leaves_the_headings_that_it_no_longer_is_under() {
    let (store, _dir) = store();
    let mut tx = store.write().await.unwrap();
    let under = |facets: &[&str]| facets.iter().map(|f| (heading(None, *f), sort::name("ana"))).collect::<Vec<_>>();
    tx.set_listed(ORG, List::People, "ana", &under(&[ANY, ROLELESS])).await.unwrap();
    tx.set_listed(ORG, List::People, "ana", &under(&[ANY, &role_facet(Role::Staff)])).await.unwrap();
    let facets: Vec<String> = tx.headings(ORG, List::People, "ana").await.unwrap().into_iter().map(|(h, _)| h.facet).collect();
    assert_eq!(facets, ["any", "role-staff"]);
    let renamed: Vec<_> = under(&[ANY]).into_iter().map(|(h, _)| (h, sort::name("zoe"))).collect();
    tx.set_listed(ORG, List::People, "ana", &renamed).await.unwrap();
    let any = heading(None, ANY);
    let all = tx.listed(ORG, List::People, &any, &Within::default(), &Walk::first(9)).await.unwrap();
    assert_eq!(all, [Spot { sort: sort::name("zoe"), key: "ana".into() }]);
    assert_eq!(tx.count_listed(ORG, List::People, &any, &Within::default(), 9).await.unwrap(), 1);
    assert!(tx.listed(OrgId::from_bytes([2; 16]), List::People, &any, &Within::default(), &Walk::first(9)).await.unwrap().is_empty());
}
