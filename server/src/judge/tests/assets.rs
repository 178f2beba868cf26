//! What a run is about: known at its place, said by its first change, and the same for ever.

use frontline_content::{Asset, Bundle};
use frontline_domain::document::{Heads, RunChanged};
use frontline_domain::form::Value;
use frontline_domain::record::{self, Record};
use frontline_domain::{EntryType, Scope};
use frontline_protocol::{Code, Entry};

use super::{REFUSED, harbour, is_stored, one};
use crate::phone::Phone;
use crate::world::{World, bundle, slug, text};

const NONCE: [u8; 16] = [4; 16];

fn asset(name: &str, site: &str) -> Asset {
    let (slug, site, name) = (slug(name), slug(site), text(name));
    Asset { slug, site, name, kind: None, codes: vec![], procedures: vec![crate::world::slug("opening")], tags: vec![] }
}
fn with(assets: Vec<Asset>) -> Bundle {
    Bundle { assets, ..bundle() }
}
fn about(entry: &Entry, asset: Option<&str>) -> Entry {
    let body = RunChanged { asset: asset.map(slug), ..RunChanged::decode(&entry.body).unwrap() };
    Entry::make(entry.header.clone(), body.encode())
}
async fn begun(world: &World, phone: &mut Phone, nonce: [u8; 16], asset: Option<&str>) -> Entry {
    let entry = phone.answer(world, &mut phone.run(nonce), nonce, "doors", Value::Bool(true), &Heads::default()).await;
    about(&entry, asset)
}
async fn stored(world: &World, run: [u8; 16], phone: &Phone) -> Option<frontline_domain::Slug> {
    let mut tx = world.app.store.read().await.unwrap();
    tx.doc(world.org(), phone.run(run).id()).await.unwrap().unwrap().asset
}

#[tokio::test]
async fn a_run_is_about_an_asset_of_its_organisation_that_stands_at_its_site_or_stood_there() {
    let world = World::begin().await;
    world.push(&with(vec![asset("milk", "harbour"), asset("bar", "marina")])).await;
    let (mut ana, _) = harbour(&world).await;
    for (n, name, code) in [(1, "milk", None), (2, "bar", Some(Code::UNKNOWN_ASSET)), (3, "roof", Some(Code::UNKNOWN_ASSET))] {
        let entry = begun(&world, &mut ana, [n; 16], Some(name)).await;
        let verdict = one(&world, &ana, &entry).await;
        assert!(code.map_or(is_stored(&verdict), |code| verdict == REFUSED(code)), "{name}: {verdict:?}");
    }
    assert_eq!(stored(&world, [1; 16], &ana).await, Some(slug("milk")));
    // It moves: what a phone began that had not heard of it is taken, at the new site too, and nowhere else.
    world.push(&with(vec![asset("milk", "marina"), asset("bar", "marina")])).await;
    let late = begun(&world, &mut ana, [5; 16], Some("milk")).await;
    assert!(is_stored(&one(&world, &ana, &late).await));
    let mut cy = Phone::enrol(&world, "marina", "cy").await;
    let there = begun(&world, &mut cy, [6; 16], Some("milk")).await;
    assert!(is_stored(&one(&world, &cy, &there).await));
    // It is taken out of the folder: what was begun about it all the same is taken.
    world.push(&with(vec![])).await;
    let last = begun(&world, &mut cy, [7; 16], Some("milk")).await;
    assert!(is_stored(&one(&world, &cy, &last).await));
}

#[tokio::test]
async fn the_first_change_says_what_a_run_is_about_and_no_later_one_says_anything_else() {
    let world = World::begin().await;
    world.push(&with(vec![asset("milk", "harbour"), asset("cake", "harbour")])).await;
    let (mut ana, _) = harbour(&world).await;
    for (nonce, first) in [([1; 16], Some("milk")), ([2; 16], None)] {
        let mut run = ana.run(nonce);
        let entry = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(true), &Heads::default()).await;
        assert!(is_stored(&one(&world, &ana, &about(&entry, first)).await));
        let heads = run.heads();
        for other in ["cake", "milk", "roof"].into_iter().filter(|other| Some(*other) != first) {
            let mut forked = run.clone();
            let entry = ana.answer(&world, &mut forked, nonce, "doors", Value::Bool(false), &heads).await;
            assert_eq!(one(&world, &ana, &about(&entry, Some(other))).await, REFUSED(Code::WRONG_DOCUMENT), "{other} after {first:?}");
        }
        assert_eq!(stored(&world, nonce, &ana).await, first.map(slug));
    }
    // An app that knows no assets answers in the same run: it says nothing of it, and the run stays what it is.
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let mut run = ben.run([3; 16]);
    let first = ben.answer(&world, &mut run, [3; 16], "doors", Value::Bool(true), &Heads::default()).await;
    assert!(is_stored(&one(&world, &ben, &about(&first, Some("milk"))).await));
    let heads = run.heads();
    let second = ben.answer(&world, &mut run, [3; 16], "doors", Value::Bool(false), &heads).await;
    assert!(is_stored(&one(&world, &ben, &second).await));
    assert_eq!(stored(&world, [3; 16], &ben).await, Some(slug("milk")));
}

#[tokio::test]
async fn an_asset_is_told_to_the_phones_of_its_site_alone_and_one_that_moved_is_gone_from_the_other() {
    let world = World::begin().await;
    world.push(&with(vec![asset("milk", "harbour")])).await;
    let (mut ana, here) = harbour(&world).await;
    let mut cy = Phone::enrol(&world, "marina", "cy").await;
    let there = Scope::Site(cy.enrolled.site);
    ana.sync_all(&world).await;
    cy.sync_all(&world).await;
    let told = |phone: &Phone| -> Vec<(Scope, bool)> {
        let rows = phone.rows.iter().filter(|(_, _, entry)| entry.header.entry_type == EntryType::ASSET);
        rows.map(|(scope, _, entry)| (*scope, record::Asset::decode(&entry.body).unwrap().withdrawn)).collect()
    };
    assert_eq!((told(&ana), told(&cy)), (vec![(here, false)], vec![]));
    world.push(&with(vec![asset("milk", "marina")])).await;
    ana.sync_all(&world).await;
    cy.sync_all(&world).await;
    assert_eq!((told(&ana), told(&cy)), (vec![(here, false), (here, true)], vec![(there, false)]));
}

#[tokio::test]
async fn nobody_writes_an_asset_but_the_server() {
    let world = World::begin().await;
    world.push(&with(vec![asset("milk", "harbour")])).await;
    let (mut ana, _) = harbour(&world).await;
    let mut forged = {
        let mut tx = world.app.store.read().await.unwrap();
        crate::records::one::<record::Asset>(tx.as_mut(), world.org(), "milk").await.unwrap().unwrap()
    };
    forged.withdrawn = true;
    let entry = ana.make(ana.header(&world, EntryType::ASSET), forged.encode());
    assert_eq!(one(&world, &ana, &entry).await, REFUSED(Code::FROM_SERVER_ONLY));
    assert!(is_stored(&{
        let entry = begun(&world, &mut ana, NONCE, Some("milk")).await;
        one(&world, &ana, &entry).await
    }));
}
