//! What a device may carry, and the pages that bring it: asked of the store itself, without HTTP.

use frontline_domain::permission::Role;
use frontline_domain::record::Site;
use frontline_domain::{DeviceId, EntryType, Scope, TypeSet};
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::{Cursor, Page};
use frontline_protocol::{Entry, Mark, Tag};

use super::auth::Caller;
use super::pages::{self, Fed, Of};
use super::reads;
use crate::feed::Feeds;
use crate::phone::Phone;
use crate::store::Skip;
use crate::world::World;

const NOW: TypeSet = TypeSet::of(&[EntryType::FEEDBACK_GIVEN]);
const MUCH: usize = 1 << 20;

/// Commits feedback of so many bytes each, as the judge stores it; nobody is asked whether they might.
async fn commit(world: &World, phone: &mut Phone, scope: Scope, sizes: &[usize]) {
    let mut tx = world.app.store.write().await.unwrap();
    let mut feeds = Feeds::begin(&mut *tx, world.now_ms()).await.unwrap();
    for size in sizes {
        let mut header = phone.header(world, EntryType::FEEDBACK_GIVEN);
        header.scope = scope;
        let entry = phone.make(header, vec![b'x'; *size]);
        feeds.give_number(&mut *tx, &entry, world.now_ms(), None).await.unwrap();
    }
    feeds.seal(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn fed(world: &World, reads: &[(Scope, TypeSet)], cursors: &[Cursor], skip: Option<Skip>, budget: usize) -> Fed {
    let mut tx = world.app.store.read().await.unwrap();
    let of = Of { org: world.org(), incarnation: tx.incarnation().await.unwrap(), keys: &world.app.keys };
    pages::read(&mut *tx, of, reads, cursors, skip, budget).await.unwrap()
}
async fn head(world: &World, scope: Scope) -> Mark {
    world.app.store.read().await.unwrap().head(world.org(), scope).await.unwrap().mark
}
fn cursor(scope: Scope, types: TypeSet, at: Mark) -> Cursor {
    Cursor { scope, types, incarnation: frontline_domain::Incarnation(1), at, older: Vec::new() }
}
fn numbers(page: &Page) -> Vec<u64> {
    page.rows.iter().map(|row| row.number).collect()
}

/// A phone, and a feed of its own with nothing else in it.
async fn scene(world: &World) -> (Phone, Scope, Scope) {
    let ana = Phone::enrol(world, "harbour", "ana").await;
    let feed = |n| Scope::Site(frontline_domain::SiteId::from_bytes([n; 16]));
    (ana, feed(1), feed(2))
}

#[tokio::test]
async fn a_page_brings_what_is_behind_the_cursor_up_to_a_mark_and_nothing_is_said_of_what_is_known() {
    let world = World::begin().await;
    let (mut ana, scope, empty) = scene(&world).await;
    let reads = [(scope, NOW), (empty, NOW)];
    commit(&world, &mut ana, scope, &[10, 10, 10]).await;
    let first = fed(&world, &reads, &[], None, MUCH).await;
    assert_eq!(first.pages.len(), 1, "of an empty feed nothing is said");
    let page = &first.pages[0];
    assert_eq!((numbers(page), page.from, page.to, first.more), (vec![1, 2, 3], Mark::START, head(&world, scope).await, false));
    assert!(page.mac.is_some(), "what can be given back is vouched for");
    let here = cursor(scope, NOW, page.to);
    assert!(fed(&world, &reads, std::slice::from_ref(&here), None, MUCH).await.pages.is_empty(), "nothing is new");
    commit(&world, &mut ana, scope, &[10, 10]).await;
    let next = fed(&world, &reads, std::slice::from_ref(&here), None, MUCH).await;
    assert_eq!((numbers(&next.pages[0]), next.pages[0].from), (vec![4, 5], here.at));
    let skip = Skip { device: ana.enrolled.device, epoch: ana.epoch, below: 5 };
    let own = fed(&world, &reads, std::slice::from_ref(&here), Some(skip), MUCH).await;
    assert_eq!(numbers(&own.pages[0]), [5], "its own entries it has");
}

#[tokio::test]
async fn a_cursor_with_other_types_than_may_be_read_is_told_where_it_stands_with_those() {
    let world = World::begin().await;
    let (mut ana, scope, _) = scene(&world).await;
    commit(&world, &mut ana, scope, &[10]).await;
    let (reads, at) = ([(scope, NOW)], head(&world, scope).await);
    let wide = cursor(scope, NOW.union(TypeSet::of(&[EntryType::SIGNED_OFF])), at);
    let told = fed(&world, &reads, &[wide], None, MUCH).await;
    let [page] = &told.pages[..] else { panic!("{told:?}") };
    assert_eq!((page.types, page.from, page.to, page.rows.len()), (NOW, at, at, 0));
    assert!(page.mac.is_none(), "there is nothing that could be given back");
    assert!(!told.more);
    // More types than before: those from the beginning, the others from the cursor.
    let reads = [(scope, NOW.union(TypeSet::of(&[EntryType::SIGNED_OFF])))];
    let told = fed(&world, &reads, &[cursor(scope, NOW, at)], None, MUCH).await;
    let [page] = &told.pages[..] else { panic!("{told:?}") };
    assert_eq!((page.types, page.from), (TypeSet::of(&[EntryType::SIGNED_OFF]), Mark::START));
    // What may not be read any more is not read from its cursor.
    let told = fed(&world, &[(scope, NOW)], &[cursor(scope, TypeSet::of(&[EntryType::SIGNED_OFF]), at)], None, MUCH).await;
    assert_eq!(told.pages.iter().map(|page| (page.types, page.from)).collect::<Vec<_>>(), [(NOW, Mark::START)]);
}

#[tokio::test]
async fn a_place_that_this_feed_never_had_is_answered_by_an_older_one_that_both_know() {
    let world = World::begin().await;
    let (mut ana, scope, _) = scene(&world).await;
    commit(&world, &mut ana, scope, &[10, 10]).await;
    let known = head(&world, scope).await;
    commit(&world, &mut ana, scope, &[10]).await;
    let lost = Mark { number: 3, tag: Tag::from_bytes([9; 16]) };
    let unknown = cursor(scope, NOW, lost);
    let two = [unknown.clone(), cursor(scope, TypeSet::of(&[EntryType::SIGNED_OFF]), lost)];
    let reads = [(scope, NOW.union(TypeSet::of(&[EntryType::SIGNED_OFF])))];
    let told = fed(&world, &reads, &two, None, MUCH).await;
    assert_eq!((told.disagrees, told.pages.len()), (vec![scope], 0), "it is asked for older ones, once");
    let reads = [(scope, NOW)];
    let older = Cursor { older: vec![Mark { number: 3, tag: Tag::from_bytes([8; 16]) }, known], ..unknown.clone() };
    let told = fed(&world, &reads, &[older], None, MUCH).await;
    assert_eq!((told.disagrees.len(), told.pages[0].from, numbers(&told.pages[0])), (0, known, vec![3]));
    let none = Cursor { older: vec![lost], ..unknown };
    let told = fed(&world, &reads, &[none], None, MUCH).await;
    assert_eq!((told.pages[0].from, numbers(&told.pages[0])), (Mark::START, vec![1, 2, 3]), "else from the beginning");
}

#[tokio::test]
async fn an_answer_keeps_to_its_budget_but_for_the_first_step_which_comes_whatever_its_size() {
    let world = World::begin().await;
    let (mut ana, scope, other) = scene(&world).await;
    // Of three bytes of budget nobody gets past a large entry, if it did not come all the same.
    commit(&world, &mut ana, scope, &[9_000]).await;
    commit(&world, &mut ana, scope, &[9_000]).await;
    let reads = [(scope, NOW)];
    let mut at = Mark::START;
    for n in 1..=2 {
        let told = fed(&world, &reads, &[cursor(scope, NOW, at)], None, 3).await;
        assert_eq!((numbers(&told.pages[0]), told.more), (vec![n], n == 1));
        at = told.pages[0].to;
    }
    // A step of several entries is one step.
    commit(&world, &mut ana, scope, &[9_000, 9_000, 9_000]).await;
    let told = fed(&world, &reads, &[cursor(scope, NOW, at)], None, 12_000).await;
    assert_eq!((numbers(&told.pages[0]), told.more), (vec![3, 4, 5], false));

    // A second page that does not fit waits for the next answer, be its next step one entry or more.
    for (n, sizes) in [(2, vec![9_000]), (3, vec![9_000, 10]), (4, vec![10, 9_000])] {
        let (small, large) = (scope_of(20 + n), scope_of(30 + n));
        commit(&world, &mut ana, small, &[100]).await;
        commit(&world, &mut ana, large, &sizes).await;
        let reads = [(small, NOW), (large, NOW)];
        let told = fed(&world, &reads, &[], None, 2_000).await;
        assert_eq!(told.pages.iter().map(|page| page.scope).collect::<Vec<_>>(), [small], "{sizes:?}");
        assert!(told.more, "{sizes:?}");
        let told = fed(&world, &reads, &[], None, MUCH).await;
        assert_eq!((told.pages.len(), told.more), (2, false));
    }
    // What fits to the byte fits.
    commit(&world, &mut ana, other, &[100]).await;
    let row = fed(&world, &[(other, NOW)], &[], None, MUCH).await.pages[0].rows[0].bytes.len();
    let next = scope_of(40);
    commit(&world, &mut ana, next, &[100]).await;
    let reads = [(other, NOW), (next, NOW)];
    let all = fed(&world, &reads, &[], None, 3 * row).await;
    let size: usize = all.pages.iter().flat_map(|page| &page.rows).map(|row| row.bytes.len()).sum();
    assert_eq!(fed(&world, &reads, &[], None, size).await.pages.len(), 2);
    assert_eq!(fed(&world, &reads, &[], None, size - 1).await.pages.len(), 1);
}

fn scope_of(n: u8) -> Scope {
    Scope::Site(frontline_domain::SiteId::from_bytes([n; 16]))
}

#[tokio::test]
async fn a_devices_own_feed_comes_before_every_other() {
    let world = World::begin().await;
    let (mut ana, scope, _) = scene(&world).await;
    let own = Scope::Device(ana.enrolled.device);
    let person = Scope::Person(ana.enrolled.person);
    for scope in [scope, Scope::Org, person, own] {
        commit(&world, &mut ana, scope, &[10]).await;
    }
    let reads = [(scope, NOW), (person, NOW), (Scope::Org, NOW), (own, NOW)];
    let told = fed(&world, &reads, &[], None, MUCH).await;
    assert_eq!(told.pages.iter().map(|page| page.scope).collect::<Vec<_>>(), [own, Scope::Org, person, scope]);
}

#[tokio::test]
async fn a_device_has_read_its_own_feed_when_its_cursor_there_stands_at_the_end() {
    let world = World::begin().await;
    let (ana, scope, _) = scene(&world).await;
    let (org, device) = (world.org(), ana.enrolled.device);
    let claim = Claim { org, device, epoch: ana.epoch, next_seq: 1, nonce: Vec::new() };
    let caller = Caller { claim, nonce_age_ms: 0 };
    let own = Scope::Device(device);
    let end = head(&world, own).await;
    assert!(end.number > 0, "it was told who it is");
    let mut tx = world.app.store.read().await.unwrap();
    for (cursors, is_current) in [
        (vec![], false),
        (vec![cursor(own, NOW, end)], true),
        (vec![cursor(own, NOW, Mark::START)], false),
        (vec![cursor(scope, NOW, end)], false),
        (vec![cursor(own, NOW, Mark::START), cursor(scope, NOW, end)], false),
        (vec![cursor(scope, NOW, Mark::START), cursor(own, NOW, end)], true),
    ] {
        assert_eq!(pages::is_current(&mut *tx, &caller, &cursors).await.unwrap(), is_current, "{cursors:?}");
    }
}

/// What a device may read, without the types.
async fn scopes(world: &World, device: DeviceId) -> (Vec<Scope>, bool) {
    let mut tx = world.app.store.read().await.unwrap();
    let reads = reads::of(&mut *tx, world.org(), device, world.now_ms()).await.unwrap();
    assert!(reads.scopes.iter().all(|(_, types)| !types.is_empty()), "nothing of a scope is no scope");
    (reads.scopes.into_iter().map(|(scope, _)| scope).collect(), reads.revoked)
}

#[tokio::test]
async fn a_device_carries_what_its_people_may_read_now_and_once_it_is_revoked_its_own_feed_alone() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let (device, person) = (ana.enrolled.device, Scope::Person(ana.enrolled.person));
    let (own, harbour, marina) = (Scope::Device(device), world.scope("harbour").await, world.scope("marina").await);
    let sorted = |mut scopes: Vec<Scope>| {
        scopes.sort_unstable();
        scopes
    };
    assert_eq!(scopes(&world, device).await, (sorted(vec![own, Scope::Org, person, harbour]), false));

    // For the organisation: every site that was not withdrawn.
    let mut desk = world.desk().await;
    let gone = desk.site("marina").await.unwrap();
    desk.grant(ana.enrolled.person, Role::Supervisor, Scope::Org).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(scopes(&world, device).await.0, sorted(vec![own, Scope::Org, person, harbour, marina]));
    let mut desk = world.desk().await;
    desk.record(&[Scope::Org], &Site { withdrawn: true, ..gone }).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(scopes(&world, device).await.0, sorted(vec![own, Scope::Org, person, harbour]));

    // Also where that is their only role.
    world.wait(1_000);
    let mut desk = world.desk().await;
    desk.withdraw(ana.enrolled.person, Role::Staff, harbour).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(scopes(&world, device).await.0, sorted(vec![own, Scope::Org, person, harbour]));

    // Both roles ended; who has none reads nothing, not even the organisation's content.
    let mut desk = world.desk().await;
    desk.withdraw(ana.enrolled.person, Role::Supervisor, Scope::Org).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(scopes(&world, device).await, (vec![own], false));

    let mut desk = world.desk().await;
    desk.grant(ana.enrolled.person, Role::Staff, marina).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(scopes(&world, device).await.0, sorted(vec![own, Scope::Org, person, marina]));
    let mut desk = world.desk().await;
    desk.revoke(device).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(scopes(&world, device).await, (vec![own], true));
    let nobody = DeviceId::from_bytes([7; 16]);
    assert_eq!(scopes(&world, nobody).await, (vec![Scope::Device(nobody)], true), "one that never was");
}

#[tokio::test]
async fn whoever_signed_out_of_a_device_brings_it_nothing_any_more() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let code = world.code_of(world.org(), "harbour", "ben").await;
    let ben = Phone::ask_to_enrol(&world, &ana.key, &code, Some(ana.enrolled.device)).await.unwrap();
    let (device, his) = (ana.enrolled.device, Scope::Person(ben.person));
    assert!(scopes(&world, device).await.0.contains(&his));
    world.wait(1_000);
    let mut tx = world.app.store.write().await.unwrap();
    tx.set_signed_out(world.org(), device, ben.person, world.now_ms()).await.unwrap();
    tx.commit().await.unwrap();
    let left = scopes(&world, device).await.0;
    assert!(!left.contains(&his) && left.contains(&Scope::Person(ana.enrolled.person)), "{left:?}");
}

/// An entry reads back as it was put.
#[tokio::test]
async fn rows_are_the_authors_exact_bytes() {
    let world = World::begin().await;
    let (mut ana, scope, _) = scene(&world).await;
    commit(&world, &mut ana, scope, &[10]).await;
    let told = fed(&world, &[(scope, NOW)], &[], None, MUCH).await;
    let entry = Entry::read(&told.pages[0].rows[0].bytes, MUCH).unwrap();
    assert_eq!((entry.header.scope, entry.header.device, entry.body.len()), (scope, ana.enrolled.device, 10));
}
