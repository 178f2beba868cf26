//! What a phone says and hears at once fits into a message, whatever was written down: sealed words do not get shorter on
//! their way. Found by phones with thousands of comments that synced for ever and sent nothing.

use std::path::Path;

use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

/// A little less than a comment may have.
const WORDS: usize = 3_900;
const COMMENTS: usize = 1_100;

async fn world(dir: &Path) -> World {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let bundle = frontline_content::check(&root.join("samples/harbour")).expect("the sample is clean");
    World::open(dir, StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world")
}

async fn synced(phone: &mut Phone) -> Value {
    let said = phone.call(json!({"do": "sync.now"})).await;
    assert_eq!((&said["ok"], &said["ended"]), (&json!(true), &json!("complete")), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn more_words_than_fit_into_a_round_leave_a_phone_and_reach_a_new_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut world = world(dir.path()).await;
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    synced(&mut ana).await;
    for n in 0..COMMENTS {
        let comment = format!("{n} {}", "so on and on ".repeat(WORDS / 13));
        let said = ana.call(json!({"do": "feedback.give", "touchpoint": "harbour-front-desk", "score": 4, "comment": comment})).await;
        assert_eq!(said["ok"], json!(true), "{said}");
    }
    let sent = synced(&mut ana).await;
    assert_eq!((&sent["unsent"], &sent["stored"]), (&json!(0), &json!(COMMENTS)), "{sent}");
    // More than a message may have travels, in both directions.
    let up = sent["bytes_up"].as_u64().unwrap_or(0);
    assert!(up > frontline_protocol::limits::MESSAGE as u64, "{up} bytes");
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    let heard = synced(&mut ben).await;
    assert!(heard["received"].as_u64().is_some_and(|n| n >= COMMENTS as u64) || listed(&mut ben).await >= COMMENTS, "{heard}");
    world.stop().await;
}

async fn listed(phone: &mut Phone) -> usize {
    let said = phone.call(json!({"do": "device.list", "topic": "feedback", "count": COMMENTS})).await;
    said["list"].as_array().map_or(0, Vec::len)
}
