//! The checker of the stories checked: it must see what was lost.

use std::path::{Path, PathBuf};

use frontline_sim::invariants;
use frontline_sim::phone::{Phone, folder};
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::json;

async fn world(dir: &Path) -> World {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let bundle = frontline_content::check(&root.join("samples/harbour")).expect("the sample is clean");
    World::open(dir, StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world")
}

async fn give(phone: &mut Phone) {
    let said = phone.call(json!({"do": "feedback.give", "touchpoint": "harbour-front-desk", "score": 4})).await;
    assert_eq!((said["ok"].as_bool(), said["captured"].as_array().map(Vec::len)), (Some(true), Some(1)), "{said}");
}

fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let all = std::fs::read_dir(dir).expect("the phone's folder").map(|e| e.expect("a file").path());
    all.filter(|p| p.is_file()).map(|p| (p.clone(), std::fs::read(&p).expect("its bytes"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_capture_that_is_gone_from_store_and_queue_alike_is_missed() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut world = world(dir.path()).await;
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    ana.call(json!({"do": "sync.now"})).await;
    give(&mut ana).await;
    ana.close().await;
    let at = folder(dir.path(), "ana");
    let before = files(&at);
    let mut ana = world.reopen("ana").expect("opened");
    give(&mut ana).await;
    give(&mut ana).await;
    let sound = invariants::check(&mut world, &mut [("ana", &mut ana)]).await.expect("checked");
    assert_eq!((sound.lost, sound.acknowledged, sound.problems.len()), (0, 3, 0), "{:?}", sound.problems);

    // The files as they were before the last two: sound in themselves, and without what was promised.
    ana.close().await;
    files(&at).iter().for_each(|(path, _)| std::fs::remove_file(path).expect("removed"));
    before.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("put back"));
    let mut ana = world.reopen("ana").expect("opened");
    let found = invariants::check(&mut world, &mut [("ana", &mut ana)]).await.expect("checked");
    assert_eq!(found.lost, 2, "{:?}", found.problems);
    world.stop().await;
}
