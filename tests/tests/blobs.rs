//! Photos on their way to a real server over real HTTP: cut at any byte, brought by two phones, known before they
//! arrive.

use std::path::Path;

use frontline_sim::phone::Phone;
use frontline_sim::picture::png;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

async fn world(folder: &Path) -> World {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let bundle = frontline_content::check(&root.join("samples/harbour")).expect("the sample is clean");
    World::open(folder, StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world")
}

async fn ok(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line).await;
    assert_eq!(said["ok"], json!(true), "{said}");
    said
}

/// A run with a photo of these pixels as an answer; the text is sent, the photo is not.
async fn photo(phone: &mut Phone, (width, height): (u32, u32), seed: u64) -> String {
    let text = frontline_protocol::base64::encode(&png(width, height, seed));
    let id = ok(phone, json!({"do": "media.add", "base64": text})).await["id"].as_str().expect("an id").to_owned();
    let run = ok(phone, json!({"do": "procedures.start", "procedure": "opening-checks"})).await["id"].clone();
    ok(phone, json!({"do": "procedures.answer", "run": run, "item": "counter-photo", "value": id})).await;
    let said = ok(phone, json!({"do": "sync.now", "network": "none"})).await;
    assert_eq!((&said["unsent"], &said["pictures"]["held_back"]), (&json!(0), &json!("no-network")), "{said}");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_cut_anywhere_goes_on_and_arrives_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut world = world(folder.path()).await;
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    ok(&mut ana, json!({"do": "sync.now"})).await;
    // Some 450 KB in two pieces, and a small one: a cut in every request and between them, at odd places.
    let mut bytes_up = 0;
    let cuts = [0, 1, 40, 300, 700, 1_500, 5_000, 20_000, 100_001, 262_144, 300_000, 400_000, 440_000];
    for (n, cut) in cuts.into_iter().enumerate() {
        photo(&mut ana, (420, 350), n as u64).await;
        if n % 2 == 0 {
            world.cut_up("ana", cut)
        } else {
            world.cut("ana", cut / 300)
        }
        let said = ok(&mut ana, json!({"do": "sync.now"})).await;
        let pictures = &said["pictures"];
        assert_eq!((&pictures["sent"], &pictures["waiting"]), (&json!(2), &json!(0)), "cut at {cut}: {said}");
        bytes_up += pictures["bytes_up"].as_u64().expect("bytes");
        let totals = world.totals().await.expect("totals");
        assert_eq!((totals.pictures, totals.blobs), (n as u64 + 1, n as u64 + 1));
    }
    let whole = cuts.len() as u64 * png(420, 350, 0).len() as u64;
    println!("{} photos of {whole} bytes together, each cut once, took {bytes_up} bytes", cuts.len());
    // Had each begun anew after its cut, it would be twice as much.
    assert!(bytes_up < whole * 3 / 2, "{bytes_up} for {whole}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_has_is_not_sent_again_whoever_brings_it_and_a_restart_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut world = world(folder.path()).await;
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    for phone in [&mut ana, &mut ben] {
        ok(phone, json!({"do": "sync.now"})).await;
    }
    let of_ana = photo(&mut ana, (420, 350), 1).await;
    let said = ok(&mut ana, json!({"do": "sync.now"})).await;
    assert_eq!((&said["pictures"]["sent"], &said["pictures"]["had"]), (&json!(2), &json!(0)));
    let of_ben = photo(&mut ben, (420, 350), 1).await;
    assert_eq!(of_ana, of_ben, "the same bytes have the same name");
    let said = ok(&mut ben, json!({"do": "sync.now"})).await;
    assert_eq!((&said["pictures"]["sent"], &said["pictures"]["had"], &said["pictures"]["bytes_up"]), (&json!(2), &json!(2), &json!(0)));
    // Half of one, a server that stops and comes again, and the other half.
    photo(&mut ana, (420, 350), 2).await;
    for _ in 0..6 {
        world.cut_up("ana", 290_000);
        world.restart().await.expect("again");
        let said = ok(&mut ana, json!({"do": "sync.now"})).await;
        if said["pictures"]["waiting"] == json!(0) || said.get("pictures").is_none() {
            break;
        }
    }
    let totals = world.totals().await.expect("totals");
    assert_eq!((totals.pictures, totals.blobs), (2, 2));
    world.stop().await;
}
