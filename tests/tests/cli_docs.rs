//! The examples of `docs/cli.md` do what the page says.

use std::path::Path;

use frontline_sim::story::expect::differences;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::Value;

/// Words in capitals are ids that a line gave; here they are replaced by what they stand for.
fn replaced(text: &str, ids: &[(String, String)]) -> String {
    ids.iter().fold(text.to_owned(), |t, (name, id)| t.replace(&format!("\"{name}\""), &format!("\"{id}\"")))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_of_the_page_answers_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let page = std::fs::read_to_string(root.join("docs/cli.md")).expect("the page");
    let bundle = frontline_content::check(&root.join("samples/harbour")).expect("the sample is clean");
    let folder = tempfile::tempdir().expect("a folder");
    let mut world = World::open(folder.path(), StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world");
    let mut phone = world.enrol("phone", "ben-okafor", "harbour").await.expect("a phone");
    phone.call(serde_json::json!({"do": "sync.now"})).await;

    let mut ids: Vec<(String, String)> = Vec::new();
    let (mut said, mut played) = (Value::Null, 0);
    for (number, line) in page.lines().enumerate() {
        if line.starts_with("{\"do\"") {
            let line: Value = serde_json::from_str(&replaced(line, &ids)).unwrap_or_else(|e| panic!("line {}: {e}", number + 1));
            // Lists are in the order of time, and of what happened at once in that of random ids.
            world.time.advance(1_000);
            said = phone.call(line).await;
        } else if let Some(expected) = line.strip_prefix("-> ") {
            let mut expected: Value =
                serde_json::from_str(&replaced(expected, &ids)).unwrap_or_else(|e| panic!("line {}: {e}", number + 1));
            let name = expected["id"].as_str().filter(|n| n.bytes().all(|b| b.is_ascii_uppercase())).map(str::to_owned);
            if let Some(name) = name {
                let id = said["id"].as_str().unwrap_or_else(|| panic!("line {}: gave no id: {said}", number + 1));
                ids.push((name, id.to_owned()));
                expected["id"] = said["id"].clone();
            }
            let wrong = differences(&expected, &said);
            assert!(wrong.is_empty(), "docs/cli.md line {}: {}\nsaid {said}", number + 1, wrong.join("; "));
            played += 1;
        }
    }
    assert!(played >= 35, "the page has only {played} examples");
    println!("{played} examples");
    world.stop().await;
}
