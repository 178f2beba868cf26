//! Choices from a long list: published as a release of its own, chosen and searched on a phone without a network, changed
//! under what was chosen, and read the same by everybody.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use frontline_content::Bundle;
use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

const ROWS: usize = 4_000;
const PROCEDURE: &str = r#"title: Waste
sections:
  - slug: all
    label: What was thrown away
    repeat: 3
    items:
      - { slug: group, kind: choice, required: true, label: Group, choices: [{ slug: dairy, label: Dairy }, { slug: bread, label: Bread }, { slug: tea, label: Tea }] }
      - slug: article
        kind: lookup
        list: articles
        where:
          group: group
          site: site.slug
        required: true
        label: Article
      - { slug: many, kind: counter, visible_if: answered(article), label: How many? }
"#;

/// Every third article is of a group; those with a 7 have another name in Arabic; all are sold at the harbour.
fn articles(rows: usize, change: impl Fn(usize) -> Option<String>) -> String {
    let mut out = String::from("slug,label,label.ar,group,site,ean\n");
    for n in 0..rows {
        let label = format!("Crème {n} of the {}", ["house", "farm", "sea"][n % 7 % 3]);
        let Some(label) = change(n).map(|word| if word.is_empty() { label } else { word }) else { continue };
        let arabic = if n % 10 == 7 { format!("قهوة {n}") } else { String::new() };
        let _ = writeln!(out, "a-{n},{label},{arabic},{},harbour,56012345{n:05}", ["dairy", "bread", "tea"][n % 3]);
    }
    out
}

fn content(dir: &Path, name: &str, list: &str) -> Bundle {
    let copy = dir.join(name);
    let status = std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp");
    assert!(status.success());
    fs::create_dir(copy.join("lists")).expect("a folder");
    fs::write(copy.join("lists/articles.csv"), list).expect("written");
    fs::write(copy.join("procedures/waste.yaml"), PROCEDURE).expect("written");
    frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]))
}

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

async fn found(phone: &mut Phone, run: &Value, words: &str) -> Vec<String> {
    let said = done(phone, json!({"do": "procedures.choices", "run": run, "item": "article", "words": words, "count": 200})).await;
    said["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

async fn answer(phone: &mut Phone, run: &Value, item: &str, value: &str) {
    done(phone, json!({"do": "procedures.answer", "run": run, "item": item, "value": value})).await;
}

async fn item(phone: &mut Phone, run: &Value, name: &str) -> Value {
    let said = done(phone, json!({"do": "device.show", "id": run})).await;
    said["items"].as_array().expect("items").iter().find(|i| i["item"] == name).expect("the item").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_long_list_are_chosen_searched_and_kept_without_a_network() {
    let dir = tempfile::tempdir().expect("a folder");
    let first = content(dir.path(), "first", &articles(ROWS, |_| Some(String::new())));
    let parts = first.rows.len();
    assert!(parts > 4, "{parts} parts");
    let mut world = World::open(&dir.path().join("world"), StoryTime::starting(1_772_431_200_000), 7, &first).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    done(&mut ana, json!({"do": "sync.now"})).await;

    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "waste"})).await["id"].clone();
    let page = done(&mut ana, json!({"do": "procedures.choices", "run": run, "item": "article"})).await;
    assert_eq!((&page["rows"], &page["first"]["text"]), (&json!([]), &json!("Group")), "the group comes first: {page}");
    assert_eq!(item(&mut ana, &run, "article").await["first"], json!("Answer ‘Group’ first"));
    let early = ana.call(json!({"do": "procedures.answer", "run": run, "item": "article", "value": "a-3"})).await;
    assert_eq!((&early["error"], &early["rule"]), (&json!("invalid"), &json!("first")), "{early}");

    answer(&mut ana, &run, "group", "dairy").await;
    // All pages, one after another, are the list's own rows in its order.
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = done(&mut ana, json!({"do": "procedures.choices", "run": run, "item": "article", "after": after, "count": 97})).await;
        all.extend(page["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_str().expect("an id").to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    let wanted: Vec<String> = (0..ROWS).step_by(3).map(|n| format!("a-{n}")).collect();
    assert_eq!(all, wanted);

    assert_eq!(found(&mut ana, &run, "creme 3 farm").await, articles_with(&wanted, |n| n.to_string().starts_with('3') && n % 7 % 3 == 1));
    assert_eq!(found(&mut ana, &run, "قهوه ١٧").await, articles_with(&wanted, |n| n % 10 == 7 && n.to_string().starts_with("17")));
    assert_eq!(found(&mut ana, &run, "5601234500009").await, ["a-9"], "by a code in a column");
    assert_eq!(found(&mut ana, &run, "nothing").await, [] as [&str; 0]);

    let wrong = ana.call(json!({"do": "procedures.answer", "run": run, "item": "article", "value": "a-1"})).await;
    assert_eq!((&wrong["error"], &wrong["rule"]), (&json!("invalid"), &json!("row")), "bread is no dairy: {wrong}");
    answer(&mut ana, &run, "article", "a-27").await;
    let shown = item(&mut ana, &run, "article").await;
    assert_eq!((&shown["value"], &shown["reads"], &shown["problem"]), (&json!("a-27"), &json!("Crème 27 of the house"), &Value::Null));
    // Another group, and what was chosen does not go with it any more: it stays, and is said to be in the way.
    answer(&mut ana, &run, "group", "tea").await;
    assert!(item(&mut ana, &run, "article").await["problem"].as_str().is_some_and(|p| p.contains("choose again")));
    let early = ana.call(json!({"do": "procedures.submit", "run": run})).await;
    assert_eq!(early["ok"], json!(false), "{early}");
    answer(&mut ana, &run, "group", "dairy").await;
    assert_eq!(item(&mut ana, &run, "article").await["problem"], Value::Null);

    // The list goes on without the row, with another word for one, and with one more.
    let next = content(
        dir.path(),
        "next",
        &(articles(ROWS, |n| match n {
            27 => None,
            30 => Some("Cream of the moon".to_owned()),
            _ => Some(String::new()),
        }) + "new-one,Fresh cheese,,dairy,harbour,1\n"),
    );
    let new = next.rows.iter().filter(|part| !first.rows.contains(part)).count();
    assert!((1..=3).contains(&new), "{new} of {parts} parts are new");
    let old = done(&mut ana, json!({"do": "procedures.choices", "run": run, "item": "article"})).await["next"].clone();
    world.publish(next).await.expect("published");
    let before = found(&mut ana, &run, "moon").await;
    done(&mut ana, json!({"do": "sync.now"})).await;
    assert_eq!((before.len(), found(&mut ana, &run, "moon").await), (0, vec!["a-30".to_owned()]));
    assert_eq!(found(&mut ana, &run, "fresh chee").await, ["new-one"]);
    let next = done(&mut ana, json!({"do": "procedures.choices", "run": run, "item": "article"})).await["next"].clone();
    let nowhere = format!("{}:999999", next.as_str().and_then(|next| next.split(':').next()).expect("a version"));
    for after in [old, json!(nowhere)] {
        let stale = ana.call(json!({"do": "procedures.choices", "run": run, "item": "article", "after": after})).await;
        assert_eq!(stale["rule"], json!("changed"), "{stale}");
    }
    assert_eq!(found(&mut ana, &run, "creme 27").await, articles_with(&wanted, |n| n != 27 && n.to_string().starts_with("27")));
    let all = articles_with(&wanted, |n| n != 27 && n < 620);
    assert_eq!(found(&mut ana, &run, "").await[..150], all[..150], "in the order of the file, whenever a part came");
    let gone = ana.call(json!({"do": "procedures.answer", "run": run, "item": "article", "value": "a-27"})).await;
    assert_eq!(gone["rule"], json!("row"), "{gone}");
    assert_eq!(item(&mut ana, &run, "article").await["reads"], json!("Crème 27 of the house"), "what was chosen reads as it did");

    done(&mut ana, json!({"do": "procedures.submit", "run": run})).await;
    done(&mut ana, json!({"do": "sync.now"})).await;
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    done(&mut ben, json!({"do": "sync.now"})).await;
    let shown = item(&mut ben, &run, "article").await;
    assert_eq!((&shown["value"], &shown["reads"]), (&json!("a-27"), &json!("Crème 27 of the house")), "and to a colleague");
    let check = done(&mut ana, json!({"do": "device.check"})).await;
    assert_eq!(check["problems"], json!([]), "{check}");
    done(&mut ana, json!({"do": "device.rebuild"})).await;
    assert_eq!(found(&mut ana, &run, "fresh").await, ["new-one"]);
    println!("{ROWS} rows in {parts} parts; a change made {new} of them anew");
    world.stop().await;
}

fn articles_with(of: &[String], is: impl Fn(usize) -> bool) -> Vec<String> {
    of.iter().filter(|slug| slug[2..].parse().is_ok_and(&is)).cloned().collect()
}

const HANDOVER: &str = r#"title: Handover
sections:
  - slug: all
    label: Handover
    items:
      - { slug: to, kind: person, required: true, label: Who takes over? }
      - { slug: from, kind: site, label: Where is the key? }
      - { slug: told, kind: text, visible_if: answered(to), label: What did you tell them? }
"#;

#[tokio::test(flavor = "multi_thread")]
async fn people_of_the_site_and_sites_are_chosen_by_their_names() {
    let dir = tempfile::tempdir().expect("a folder");
    let copy = dir.path().join("content");
    assert!(std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp").success());
    fs::write(copy.join("procedures/handover.yaml"), HANDOVER).expect("written");
    let bundle = frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]));
    let mut world = World::open(&dir.path().join("world"), StoryTime::starting(1_772_431_200_000), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    done(&mut ana, json!({"do": "sync.now"})).await;
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "handover"})).await["id"].clone();
    let page = async |phone: &mut Phone, item: &str, words: &str, after: &Value, count: u16| {
        let asked = json!({"do": "procedures.choices", "run": run, "item": item, "words": words, "after": after, "count": count});
        let said = done(phone, asked).await;
        let rows = said["rows"].as_array().expect("rows").clone();
        (rows, said["next"].clone())
    };
    let names = |rows: &[Value]| rows.iter().map(|row| row["label"]["text"].as_str().expect("a name").to_owned()).collect::<Vec<_>>();

    // Everybody of this site by name, a page at a time, and nobody of another.
    let (whole, none) = page(&mut ana, "to", "", &Value::Null, 200).await;
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let (rows, next) = page(&mut ana, "to", "", &after, 3).await;
        all.extend(rows);
        after = next;
        if after.is_null() {
            break;
        }
    }
    assert_eq!((&all, none), (&whole, Value::Null));
    let here = names(&all);
    assert!(here.len() > 5 && here.contains(&"Ben Okafor".to_owned()) && here.is_sorted(), "{here:?}");
    assert!(!here.contains(&"Layla Mansour".to_owned()), "of the marina: {here:?}");
    // As it is typed on any keyboard.
    let (found, _) = page(&mut ana, "to", "zielinska ew", &Value::Null, 50).await;
    assert_eq!((names(&found), &found[0]["says"]), (vec!["Ewa Zielińska".to_owned()], &json!(["ewa-zielinska"])));
    let (found, _) = page(&mut ana, "to", "nobody", &Value::Null, 50).await;
    assert_eq!(found, [] as [Value; 0]);
    let (sites, _) = page(&mut ana, "from", "lis", &Value::Null, 50).await;
    assert_eq!(names(&sites), ["Casa Ribeira, Lisbon"]);

    let ewa = whole.iter().find(|row| row["label"]["text"] == "Ewa Zielińska").expect("her")["id"].clone();
    for (at, value) in [("to", &sites[0]["id"]), ("from", &ewa)] {
        let wrong = ana.call(json!({"do": "procedures.answer", "run": run, "item": at, "value": value})).await;
        assert_eq!((&wrong["error"], &wrong["field"]), (&json!("invalid"), &json!(at)), "{wrong}");
    }
    for (at, value) in [("to", &ewa), ("from", &sites[0]["id"]), ("told", &json!("All of it"))] {
        done(&mut ana, json!({"do": "procedures.answer", "run": run, "item": at, "value": value})).await;
    }
    let shown = item(&mut ana, &run, "to").await;
    assert_eq!((&shown["value"], &shown["reads"]), (&ewa, &json!("Ewa Zielińska")));
    done(&mut ana, json!({"do": "procedures.submit", "run": run})).await;
    done(&mut ana, json!({"do": "sync.now"})).await;
    // Who reads Arabic sees the site's name in it.
    let mut omar = world.enrol("omar", "omar-haddad", "harbour").await.expect("a phone");
    done(&mut omar, json!({"do": "sync.now"})).await;
    assert_eq!(item(&mut omar, &run, "from").await["reads"], json!("كازا ريبيرا، لشبونة"));
    assert_eq!(item(&mut omar, &run, "to").await["reads"], json!("Ewa Zielińska"));
    world.stop().await;
}
