//! Runs that somebody looks for: by words in their script, by what stands beside them, a page at a time.

use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

/// What is found, as `procedure by whom`, in the order of the list.
async fn found(phone: &mut Phone, mut asked: Value) -> Vec<String> {
    asked["do"] = json!("procedures.runs");
    let said = done(phone, asked).await;
    let line = |run: &Value| format!("{} {}", run["procedure"], run["started_by"]).replace('"', "");
    said["list"].as_array().expect("a list").iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_are_found_by_words_of_what_they_are_of_where_and_by_whom_and_a_page_goes_on_where_the_last_ended() {
    let dir = tempfile::tempdir().expect("a folder");
    let bundle = frontline_content::check(&sample_content()).expect("the sample company");
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(dir.path(), time.clone(), 7, &bundle).await.expect("a world");
    let mut phone = world.enrol("tablet", "ana-pereira", "harbour").await.expect("a phone");
    for person in ["ewa-zielinska", "omar-haddad"] {
        world.enrol_on("tablet", &mut phone, person, "harbour").await.expect("a person");
    }
    done(&mut phone, json!({"do": "sync.now"})).await;
    for (person, procedure, item, value) in [
        ("ana-pereira", "fridge-log", "read-at", "07:10"),
        ("ewa-zielinska", "fridge-log", "read-at", "08:10"),
        ("ewa-zielinska", "opening-checks", "opened-at", "07:00"),
        ("ana-pereira", "room-handover", "room-number", "12"),
    ] {
        time.advance(1_000);
        done(&mut phone, json!({"do": "people.use", "person": person})).await;
        let run = done(&mut phone, json!({"do": "procedures.start", "procedure": procedure})).await["id"].clone();
        done(&mut phone, json!({"do": "procedures.answer", "run": run, "item": item, "value": value})).await;
    }
    let (ana, ewa) = ("fridge-log Ana Pereira", "fridge-log Ewa Zielińska");
    let (opening, room) = ("opening-checks Ewa Zielińska", "room-handover Ana Pereira");
    // By beginnings of words, in any order, without regard to accents and to capital letters.
    assert_eq!(found(&mut phone, json!({"search": "fridge"})).await, [ewa, ana]);
    assert_eq!(found(&mut phone, json!({"search": "ZIELINSKA"})).await, [opening, ewa]);
    assert_eq!(found(&mut phone, json!({"search": "zie fri"})).await, [ewa]);
    assert_eq!(found(&mut phone, json!({"search": "harbour"})).await, [room, opening, ewa, ana], "the site's name");
    assert_eq!(found(&mut phone, json!({"search": "harbour ana room"})).await, [room], "one word in each of the three");
    assert_eq!(found(&mut phone, json!({"search": "fridge marina"})).await, [] as [&str; 0]);
    assert_eq!(found(&mut phone, json!({"search": "idge"})).await, [] as [&str; 0], "words are found by their beginnings");
    // Whoever reads Arabic looks for what they read.
    done(&mut phone, json!({"do": "people.use", "person": "omar-haddad"})).await;
    assert_eq!(found(&mut phone, json!({"search": "سجل"})).await, [ewa, ana]);
    assert_eq!(found(&mut phone, json!({"search": "fridge"})).await, [] as [&str; 0]);
    done(&mut phone, json!({"do": "people.use", "person": "ana-pereira"})).await;

    // By what stands beside them, with words or without.
    assert_eq!(found(&mut phone, json!({"procedure": "fridge-log"})).await, [ewa, ana]);
    assert_eq!(found(&mut phone, json!({"procedure": "fridge-log", "search": "ana"})).await, [ana]);
    assert_eq!(found(&mut phone, json!({"status": "open", "site": "harbour"})).await.len(), 4);
    assert_eq!(found(&mut phone, json!({"status": "submitted"})).await, [] as [&str; 0]);
    assert_eq!(found(&mut phone, json!({"site": "marina"})).await, [] as [&str; 0]);
    for (wrong, why) in [
        (json!({"status": "ready"}), json!({"error": "invalid", "field": "status", "rule": "choice"})),
        (json!({"site": "nowhere"}), json!({"error": "not-found"})),
        (json!({"search": "a", "count": 0}), json!({"error": "invalid", "field": "count"})),
        (json!({"search": "a", "count": 2, "after": "x"}), json!({"error": "invalid", "field": "after", "rule": "cursor"})),
    ] {
        let mut line = wrong.clone();
        line["do"] = json!("procedures.runs");
        let said = phone.call(line).await;
        why.as_object().expect("fields").iter().for_each(|(field, value)| assert_eq!(&said[field], value, "{wrong}: {said}"));
    }

    // Page by page nothing is left out or told twice, also where something new comes between two pages.
    let mut line = json!({"do": "procedures.runs", "search": "harb", "count": 1});
    let mut pages = Vec::new();
    for n in 0..6 {
        let said = done(&mut phone, line.clone()).await;
        pages.extend(said["list"].as_array().expect("a page").iter().map(|run| run["procedure"].as_str().expect("a name").to_owned()));
        if n == 1 {
            time.advance(1_000);
            let run = done(&mut phone, json!({"do": "procedures.start", "procedure": "closing-cash"})).await["id"].clone();
            done(&mut phone, json!({"do": "procedures.answer", "run": run, "item": "closed-at", "value": "19:00"})).await;
        }
        match said["next"].as_str() {
            Some(next) => line["after"] = json!(next),
            None => break,
        }
    }
    assert_eq!(pages, ["room-handover", "opening-checks", "fridge-log", "fridge-log"]);
    world.stop().await;
}
