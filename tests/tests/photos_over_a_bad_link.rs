//! A hundred photos over a link that breaks off every thirty seconds: what is sent again, and what arrives first.

use std::path::Path;
use std::time::Duration;

use frontline_sim::phone::Phone;
use frontline_sim::picture::png;
use frontline_sim::time::StoryTime;
use frontline_sim::world::{Totals, World};
use serde_json::{Value, json};

/// Some 240 KB each.
const SIZE: (u32, u32) = (300, 270);
const PHOTOS: u64 = 100;
/// Sent over a whole link first, to know what a photo takes beside its own bytes: requests, signatures, a small picture.
const BEFORE: u64 = 9;
/// What a quarter of a megabit a second brings up in thirty seconds.
const THIRTY_SECONDS: i64 = 32_000 * 30;

async fn ok(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line).await;
    assert_eq!(said["ok"], json!(true), "{said}");
    said
}

/// Runs with up to three photos each and some answers, all of it written without a network. Gives how many entries that is.
async fn shift(phone: &mut Phone, seeds: std::ops::Range<u64>) -> u64 {
    let all: Vec<u64> = seeds.collect();
    for three in all.chunks(3) {
        let run = ok(phone, json!({"do": "procedures.start", "procedure": "opening-checks"})).await["id"].clone();
        let mut photos = Vec::new();
        for seed in three {
            let text = frontline_protocol::base64::encode(&png(SIZE.0, SIZE.1, *seed));
            photos.push(ok(phone, json!({"do": "media.add", "base64": text, "live": true})).await["id"].clone());
        }
        for (item, value) in [("counter-photo", json!(photos)), ("entrance-clean", json!(true)), ("till-float", json!(150))] {
            ok(phone, json!({"do": "procedures.answer", "run": run, "item": item, "value": value})).await;
        }
    }
    ok(phone, json!({"do": "device.status"})).await["unsent"].as_u64().expect("a number")
}

/// Syncs until nothing waits; what the server held when it first had more whole photos than `had`.
async fn send(phone: &mut Phone, world: &World, had: u64) -> Totals {
    let mut first: Option<Totals> = None;
    for _ in 0..100 {
        let call = phone.call(json!({"do": "sync.now"}));
        tokio::pin!(call);
        let said = loop {
            tokio::select! {
                said = &mut call => break said,
                () = tokio::time::sleep(Duration::from_millis(20)), if first.is_none() => {
                    first = world.totals().await.ok().filter(|totals| totals.blobs > had);
                }
            }
        };
        if said["unsent"] == json!(0) && said["pictures"]["waiting"].as_u64().unwrap_or(0) == 0 {
            return first.expect("a photo came");
        }
    }
    panic!("a hundred syncs did not send them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_photos_over_a_link_that_is_cut_send_little_again_and_all_text_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let bundle = frontline_content::check(&root.join("samples/harbour")).expect("the sample is clean");
    let mut world = World::open(folder.path(), StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    ok(&mut ana, json!({"do": "sync.now"})).await;
    let photo = png(SIZE.0, SIZE.1, 0).len() as u64;
    shift(&mut ana, 0..BEFORE).await;
    ok(&mut ana, json!({"do": "sync.now", "network": "none"})).await;
    let (start, _) = world.taken("ana");
    send(&mut ana, &world, 0).await;
    let beside = (world.taken("ana").0 - start) / BEFORE - photo;

    let unsent = shift(&mut ana, BEFORE..BEFORE + PHOTOS).await;
    let stored = world.totals().await.expect("totals").stored;
    let (start, _) = world.taken("ana");
    world.cut_up_every("ana", THIRTY_SECONDS);
    let first = send(&mut ana, &world, BEFORE).await;
    let (taken, cuts) = (world.taken("ana").0 - start, world.taken("ana").1);
    let needed = PHOTOS * (photo + beside);
    let again = taken.saturating_sub(needed);
    println!(
        "{PHOTOS} photos need {needed} bytes, {beside} each beside its own {photo}; a link that was cut {cuts} times took {taken} with the \
         text: {again} more, {:.2} %; with the first whole photo the server held {} of {unsent} entries of text",
        again as f64 * 100.0 / needed as f64,
        first.stored - stored,
    );
    let totals = world.totals().await.expect("totals");
    assert_eq!((totals.pictures, totals.blobs), (BEFORE + PHOTOS, BEFORE + PHOTOS));
    assert!(cuts >= 20, "{cuts}");
    assert!(again * 50 < needed, "{again} of {needed}");
    assert_eq!((first.stored - stored, first.pictures), (unsent, BEFORE + PHOTOS), "text first");
    world.stop().await;
}
