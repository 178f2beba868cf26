//! Every kind of item that can be published, as `docs/content.md` writes it: answered on a phone without a network, read
//! by a colleague's phone, the same values in the same words.

use std::fs;
use std::path::Path;

use frontline_domain::form::item::ItemKind;
use frontline_domain::form::{Form, Item};
use frontline_domain::release::Content;
use frontline_sim::demo::answers::answer;
use frontline_sim::phone::Phone;
use frontline_sim::picture::png;
use frontline_sim::sound::m4a;
use frontline_sim::time::{Seeded, StoryTime};
use frontline_sim::world::World;
use serde_json::{Value, json};

/// The examples of the authors' page, each in the file that its heading names.
fn examples(dir: &Path) {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/content.md")).expect("the page");
    for part in page.split("\n### ").skip(1) {
        let (name, rest) = part.split_once('\n').expect("a heading");
        let example = rest.trim_start_matches('\n').lines().take_while(|l| l.is_empty() || l.starts_with("    "));
        let text: String = example.map(|l| format!("{}\n", l.get(4..).unwrap_or(""))).collect();
        let file = dir.join(name.trim());
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        // What no text can be shown as.
        let bytes = if name.starts_with("media/") { png(64, 48, 1) } else { text.into_bytes() };
        fs::write(file, bytes).expect("written");
    }
}

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

async fn given(phone: &mut Phone, run: &Value, item: &Item, chance: &Seeded, other: bool) -> Option<Value> {
    if item.lookup().is_some() || matches!(item.kind, ItemKind::Person | ItemKind::Site | ItemKind::Asset) {
        let page = done(phone, json!({"do": "procedures.choices", "run": run, "item": item.slug.as_str()})).await;
        return Some(page["rows"][0]["id"].clone());
    }
    if !item.kind.is_of_files() {
        return answer(item, chance, other);
    }
    if matches!(item.kind, ItemKind::Audio(_)) {
        let sound = frontline_protocol::base64::encode(&m4a(if other { 1 } else { 2 }, 3));
        return Some(json!([done(phone, json!({"do": "media.add_sound", "base64": sound, "live": true})).await["id"]]));
    }
    let picture = frontline_protocol::base64::encode(&png(64, 48, if other { 1 } else { 2 }));
    let id = done(phone, json!({"do": "media.add", "base64": picture, "live": true})).await["id"].clone();
    Some(if item.kind == ItemKind::Signature { id } else { json!([id]) })
}

async fn shown(phone: &mut Phone, run: &Value) -> Value {
    done(phone, json!({"do": "device.show", "id": run})).await["values"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_answered_without_a_network_and_read_the_same_by_a_colleague() {
    let dir = tempfile::tempdir().expect("a folder");
    let content = dir.path().join("content");
    examples(&content);
    let bundle = frontline_content::check(&content).unwrap_or_else(|f| panic!("{}", f[0]));
    let form: Form = bundle
        .releases
        .iter()
        .find_map(|release| match &release.content {
            Content::Procedure(procedure) if release.slug.as_str() == "opening" => Some(procedure.form.clone()),
            _ => None,
        })
        .expect("a procedure");
    let mut world = World::open(&dir.path().join("world"), StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana", "quay").await.expect("a phone");
    done(&mut ana, json!({"do": "sync.now"})).await;
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "opening"})).await["id"].clone();
    let (chance, mut kinds) = (Seeded::new(3), Vec::new());
    for other in [true, false] {
        for item in form.items() {
            let Some(value) = given(&mut ana, &run, item, &chance, other).await else {
                assert!(!item.kind.answers().asks(), "nobody answers a {}", item.kind.name());
                continue;
            };
            done(&mut ana, json!({"do": "procedures.answer", "run": run, "item": item.slug.as_str(), "value": value})).await;
            let now = shown(&mut ana, &run).await[item.slug.as_str()].clone();
            let value = if item.kind == ItemKind::PassFail { json!(value == json!("pass")) } else { value };
            // Numbers as numbers, whichever way they were written.
            let plain = |v: &Value| v.as_f64().map_or_else(|| v.clone(), |n| json!(n));
            assert_eq!(plain(&now), plain(&value), "{}", item.kind.name());
            kinds.push(item.kind.name());
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    // All that can be published but what nobody answers.
    let mut wanted: Vec<&str> = frontline_content::kinds().filter(|kind| !["note", "calculated"].contains(kind)).collect();
    wanted.sort_unstable();
    assert_eq!(kinds, wanted);
    let here = shown(&mut ana, &run).await;
    done(&mut ana, json!({"do": "sync.now"})).await;
    let mut ben = world.enrol("ben", "ben", "quay").await.expect("a phone");
    done(&mut ben, json!({"do": "sync.now"})).await;
    assert_eq!(shown(&mut ben, &run).await, here);
    println!("{} kinds", kinds.len());
    world.stop().await;
}
