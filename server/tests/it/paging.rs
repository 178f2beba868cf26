//! Pages: every entry once, in order, of the types that may be read, ending on marks.

use std::collections::BTreeMap;

use frontline_domain::permission::Role;
use frontline_domain::*;
use frontline_protocol::{Mark, Tag};
use proptest::prelude::*;

use crate::phone::Phone;
use crate::world::World;

#[tokio::test]
async fn a_right_granted_later_brings_what_came_before_it() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut cy = Phone::enrol(&world, "marina", "cy").await;
    let mut offers = Vec::new();
    for score in 1..=5 {
        offers.push(ana.feedback(&world, score).await);
    }
    ana.sync(&world, &offers).await;
    cy.sync_all(&world).await;
    let scope = world.scope("harbour").await;
    let got = |cy: &Phone| cy.rows.iter().filter(|(s, _, e)| *s == scope && e.header.entry_type == EntryType::FEEDBACK_GIVEN).count();
    assert_eq!(got(&cy), 0);

    let person = world.person("cy").await;
    for role in [Role::Staff, Role::Supervisor] {
        world.wait(1_000);
        let mut desk = world.desk().await;
        desk.grant(person, role, scope).await.unwrap();
        desk.close().await.unwrap();
        cy.sync_all(&world).await;
        assert_eq!(got(&cy), if role == Role::Staff { 0 } else { 5 }, "staff do not carry the site's feedback");
    }
    assert_eq!(cy.cursors.iter().filter(|c| c.scope == scope).count(), 1, "the added types met the scope's cursor");
    let mut desk = world.desk().await;
    desk.withdraw(person, Role::Supervisor, scope).await.unwrap();
    desk.withdraw(person, Role::Staff, scope).await.unwrap();
    desk.close().await.unwrap();
    let answer = cy.sync(&world, &[]).await;
    assert!(!answer.reads.iter().any(|(s, _)| *s == scope), "what was withdrawn is to be dropped");
}

#[tokio::test]
async fn a_phone_that_was_ahead_of_a_restored_server_finds_the_last_place_both_know() {
    let world = World::begin().await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    ben.sync_all(&world).await;
    let scope = world.scope("harbour").await;
    let at = ben.cursors.iter().position(|c| c.scope == scope).unwrap();
    let known = ben.cursors[at].at;
    ben.cursors[at].at = Mark { number: known.number + 5, tag: Tag::from_bytes([9; 16]) };
    let answer = ben.try_sync(&world, &ben.ask(&[])).await.unwrap();
    assert_eq!(answer.disagrees, [scope]);
    assert!(!answer.pages.iter().any(|p| p.scope == scope));
    let mut mia = Phone::enrol(&world, "harbour", "ana").await;
    let entry = mia.feedback(&world, 3).await;
    mia.sync(&world, &[entry]).await;
    ben.cursors[at].older = vec![Mark { number: known.number + 2, tag: Tag::from_bytes([8; 16]) }, known, Mark::START];
    let answer = ben.try_sync(&world, &ben.ask(&[])).await.unwrap();
    assert!(answer.disagrees.is_empty());
    let page = answer.pages.iter().find(|p| p.scope == scope).unwrap();
    assert_eq!((page.from, page.rows.len()), (known, 1));
}

#[tokio::test]
async fn a_phone_is_not_sent_its_own_entries_of_its_present_series() {
    let world = World::begin().await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let entry = ben.feedback(&world, 3).await;
    ben.sync(&world, &[entry]).await;
    let own = |ben: &Phone| ben.rows.iter().filter(|(_, _, e)| e.header.entry_type == EntryType::FEEDBACK_GIVEN).count();
    assert_eq!(own(&ben), 0);
    let mut anew = Phone { epoch: Epoch(5), next: 1, cursors: vec![], ..ben.clone() };
    anew.sync_all(&world).await;
    assert_eq!(own(&anew), 1, "of another series it is: the phone may have lost it");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_commits_and_page_sizes_give_each_entry_once_and_in_order(
        commits in prop::collection::vec((1usize..40, any::<bool>()), 1..8),
        page_bytes in prop::collection::vec(1u32..40_000, 1..6),
        pulls in prop::collection::vec(any::<bool>(), 8),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(walk(commits, page_bytes, pulls));
    }
}

async fn walk(commits: Vec<(usize, bool)>, page_bytes: Vec<u32>, pulls: Vec<bool>) {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let scope = world.scope("harbour").await;
    let mut sizes = page_bytes.iter().cycle();
    for ((count, padded), pull) in commits.into_iter().zip(pulls.into_iter().cycle()) {
        let mut offers = Vec::new();
        for n in 0..count {
            let mut fact = crate::phone::feedback(&world, world.org(), 1 + (n % 5) as u8).await;
            if let frontline_domain::fact::Fact::FeedbackGiven(f) = &mut fact
                && padded
            {
                let subject = frontline_domain::SubjectId::from_bytes([7; 16]);
                f.comment = Some(frontline_domain::customer::Sealed { subject, nonce: [0; 12].into(), bytes: vec![b'x'; 3_000].into() });
            }
            let header = ana.header(&world, EntryType::FEEDBACK_GIVEN);
            offers.push(ana.make(header, fact.encode()));
        }
        ana.sync(&world, &offers).await;
        if pull {
            ben.page_bytes = *sizes.next().unwrap();
            pull_once(&world, &mut ben).await;
        }
    }
    while {
        ben.page_bytes = *sizes.next().unwrap();
        pull_once(&world, &mut ben).await
    } {}
    let numbers: Vec<u64> = ben.rows.iter().filter(|(s, _, _)| *s == scope).map(|(_, n, _)| *n).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "in order and once: {numbers:?}");
    let mut tx = world.app.store.read().await.unwrap();
    let stored: BTreeMap<_, _> = tx.counts(world.org()).await.unwrap().stored.into_iter().collect();
    let got = ben.rows.iter().filter(|(s, _, e)| *s == scope && e.header.entry_type == EntryType::FEEDBACK_GIVEN).count();
    assert_eq!(got as u64, stored[&EntryType::FEEDBACK_GIVEN]);
    let may: BTreeMap<Scope, TypeSet> = ben.try_sync(&world, &ben.ask(&[])).await.unwrap().reads.into_iter().collect();
    assert!(ben.rows.iter().all(|(s, _, e)| may[s].contains(e.header.entry_type)));
}

/// One exchange; each page must begin at a cursor and end on a mark that the server keeps.
async fn pull_once(world: &World, ben: &mut Phone) -> bool {
    let answer = ben.try_sync(world, &ben.ask(&[])).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    for page in &answer.pages {
        assert_eq!(tx.tag_at(world.org(), page.scope, page.to.number).await.unwrap(), Some(page.to.tag));
        assert!(page.rows.iter().all(|r| r.number > page.from.number && r.number <= page.to.number));
    }
    drop(tx);
    ben.apply(&answer);
    answer.more
}
