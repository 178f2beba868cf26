//! Rules that ask for something and tell somebody: each phone makes that of the answers that it has, without a network, and
//! phones with the same answers ask for the same.

use std::fs;
use std::path::Path;

use frontline_sim::demo::sample_content;
use frontline_sim::phone::Phone;
use frontline_sim::time::StoryTime;
use frontline_sim::world::World;
use serde_json::{Value, json};

const PROCEDURE: &str = r#"title: Fridge round
sections:
  - slug: fridges
    label: Fridges
    repeat: 3
    items:
      - slug: temp
        kind: temperature
        required: true
        label: How warm is it?
        rules:
          - when: temp > 5 °C
            action: { title: { en: Mend the fridge, ar: أصلح الثلاجة }, within_hours: 4 }
            notify: { role: supervisor, message: { en: A fridge is too warm, ar: ثلاجة دافئة جدًا } }
          - when: temp > 8 °C
            notify: { role: manager, when: submission, message: { en: Food was thrown away, ar: أُتلف طعام } }
"#;

async fn done(phone: &mut Phone, line: Value) -> Value {
    let said = phone.call(line.clone()).await;
    assert_eq!(said["ok"], json!(true), "{line}: {said}");
    said
}

/// What a phone is asked for and told: `what item: words`, sorted.
async fn asked(phone: &mut Phone) -> Vec<String> {
    let said = done(phone, json!({"do": "procedures.demands"})).await;
    let line = |d: &Value| format!("{} {}: {}", d["what"], d["item"], d["says"]["text"]).replace('"', "");
    let mut all: Vec<String> = said["list"].as_array().expect("a list").iter().map(line).collect();
    all.sort();
    all
}

fn content(dir: &Path) -> frontline_content::Bundle {
    let copy = dir.join("content");
    let status = std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp");
    assert!(status.success());
    fs::write(copy.join("procedures/fridge-round.yaml"), PROCEDURE).expect("written");
    frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_put_right_is_asked_of_everybody_and_notices_of_their_role_until_it_is_put_right() {
    let dir = tempfile::tempdir().expect("a folder");
    let bundle = content(dir.path());
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(&dir.path().join("world"), time.clone(), 7, &bundle).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let mut omar = world.enrol("omar", "omar-haddad", "harbour").await.expect("a phone");
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    let mut grace = world.enrol("grace", "grace-whitfield", "harbour").await.expect("a phone");
    for phone in [&mut ana, &mut omar, &mut ben, &mut grace] {
        done(phone, json!({"do": "sync.now"})).await;
        assert_eq!(asked(phone).await, [] as [&str; 0]);
    }
    let run = done(&mut ana, json!({"do": "procedures.start", "procedure": "fridge-round"})).await["id"].clone();
    let answer = |item: &str, value: f64| json!({"do": "procedures.answer", "run": run, "item": item, "value": value});
    for (item, value) in [("temp", 3.0), ("temp/1", 9.0), ("temp/2", 6.0)] {
        done(&mut ana, answer(item, value)).await;
    }
    // At once, without a network: what is to be done, and not what is for others.
    let mend = ["action temp/1: Mend the fridge", "action temp/2: Mend the fridge"];
    assert_eq!(asked(&mut ana).await, mend);
    let shown = done(&mut ana, json!({"do": "device.show", "id": run})).await;
    let told: Vec<&Value> = shown["demands"].as_array().expect("all of them").iter().filter(|d| d["what"] == "notice").collect();
    assert_eq!((told.len(), &told[0]["role"]), (2, &json!("supervisor")), "whoever fills it sees who is told: {shown}");

    for phone in [&mut ana, &mut omar, &mut ben, &mut grace] {
        done(phone, json!({"do": "sync.now"})).await;
    }
    assert_eq!(asked(&mut omar).await, ["action temp/1: أصلح الثلاجة", "action temp/2: أصلح الثلاجة"]);
    let warm = ["notice temp/1: A fridge is too warm", "notice temp/2: A fridge is too warm"];
    assert_eq!(asked(&mut ben).await, [mend, warm].concat());
    assert_eq!(asked(&mut grace).await, mend, "a manager is told once it is handed in");
    let mine = done(&mut ana, json!({"do": "procedures.demands"})).await["list"].clone();
    let his = done(&mut ben, json!({"do": "procedures.demands"})).await["list"].clone();
    for one in mine.as_array().expect("a list") {
        assert!(his.as_array().expect("a list").contains(one), "the same, to the letter: {one} in {his}");
    }
    let due = |list: &Value| list.as_array().expect("a list").iter().map(|d| d["overdue"].as_bool()).collect::<Vec<_>>();
    assert_eq!(due(&mine), [Some(false), Some(false)]);

    done(&mut ana, json!({"do": "procedures.submit", "run": run})).await;
    done(&mut ana, json!({"do": "sync.now"})).await;
    done(&mut grace, json!({"do": "sync.now"})).await;
    assert_eq!(asked(&mut grace).await, [&mend[..], &["notice temp/1: Food was thrown away"]].concat());

    // A colleague without a network puts one right; the other is late meanwhile.
    time.advance(5 * 3_600_000);
    done(&mut omar, answer("temp/1", 4.0)).await;
    for phone in [&mut omar, &mut ben, &mut grace, &mut ana] {
        done(phone, json!({"do": "sync.now"})).await;
    }
    assert_eq!(asked(&mut omar).await, ["action temp/2: أصلح الثلاجة"]);
    assert_eq!(asked(&mut ben).await, [mend[1], warm[1]]);
    assert_eq!(asked(&mut grace).await, [mend[1]]);
    assert_eq!(due(&done(&mut ana, json!({"do": "procedures.demands"})).await["list"]), [Some(true)]);

    // A piece at a time; and a rebuild makes the same.
    let first = done(&mut ben, json!({"do": "procedures.demands", "count": 1})).await;
    let second = done(&mut ben, json!({"do": "procedures.demands", "count": 1, "after": first["next"]})).await;
    assert!(first["list"] != second["list"] && second["next"].is_null(), "{first} {second}");
    for phone in [&mut ana, &mut ben] {
        let before = done(phone, json!({"do": "procedures.demands"})).await;
        let check = done(phone, json!({"do": "device.check"})).await;
        assert_eq!(check["problems"], json!([]), "{check}");
        done(phone, json!({"do": "device.rebuild"})).await;
        assert_eq!(done(phone, json!({"do": "procedures.demands"})).await, before);
    }
    world.stop().await;
}

const OVEN: &str = r#"title: Oven
sign_off: supervisor
sections:
  - slug: all
    label: Oven
    items:
      - slug: temp
        kind: temperature
        label: How warm is it?
        constraint: temp < 300 °C
        message: No oven is that warm
        rules:
          - when: temp > last(temp)
            notify: { role: supervisor, message: It rises }
          - when: temp > 100 °C and site.tag("cafe")
            action: { title: Let it cool }
      - { slug: many, kind: counter, label: How many trays? }
      - slug: most
        kind: calculated
        calculate: many * 2
        label: Rolls
        rules:
          - when: most > 10
            action: { title: Give some away, within_hours: 2 }
      - slug: window
        kind: boolean
        label: Is the window closed?
        rules:
          - when: not window
            evidence: 2
"#;

/// Of an item's demand of a kind since when it is, and by when.
async fn times(phone: &mut Phone, run: &Value, item: &str) -> Vec<(i64, Option<i64>)> {
    let said = done(phone, json!({"do": "device.show", "id": run})).await;
    let of = |d: &&Value| d["item"] == item && d["what"] == "action";
    let all = said["demands"].as_array().cloned().unwrap_or_default();
    all.iter().filter(of).map(|d| (d["since_ms"].as_i64().expect("a time"), d["due_ms"].as_i64())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_follows_the_run_before_the_site_and_the_answer_that_made_it_so_on_every_phone() {
    let dir = tempfile::tempdir().expect("a folder");
    let copy = dir.path().join("content");
    assert!(std::process::Command::new("cp").arg("-r").arg(sample_content()).arg(&copy).status().expect("cp").success());
    fs::write(copy.join("procedures/oven.yaml"), OVEN).expect("written");
    let checked = |copy: &Path| frontline_content::check(copy).unwrap_or_else(|found| panic!("{}", found[0]));
    let time = StoryTime::starting(1_772_431_200_000);
    let mut world = World::open(&dir.path().join("world"), time.clone(), 7, &checked(&copy)).await.expect("a world");
    let mut ana = world.enrol("ana", "ana-pereira", "harbour").await.expect("a phone");
    let mut ben = world.enrol("ben", "ben-okafor", "harbour").await.expect("a phone");
    for phone in [&mut ana, &mut ben] {
        done(phone, json!({"do": "sync.now"})).await;
    }
    // Each warmer than the one before; a phone that gets all of them at once is told of all but the first.
    let mut last = Value::Null;
    for degrees in [40, 50, 60, 110] {
        last = done(&mut ana, json!({"do": "procedures.start", "procedure": "oven"})).await["id"].clone();
        done(&mut ana, json!({"do": "procedures.answer", "run": last, "item": "temp", "value": degrees})).await;
        done(&mut ana, json!({"do": "procedures.submit", "run": last})).await;
        time.advance(60_000);
    }
    for phone in [&mut ana, &mut ben] {
        done(phone, json!({"do": "sync.now"})).await;
    }
    let rises = ["notice temp: It rises"; 3];
    assert_eq!(asked(&mut ben).await, [&["action temp: Let it cool"][..], &rises].concat());

    // The site is no café any more, and what is asked for there follows.
    let sites = fs::read_to_string(copy.join("sites.yaml")).expect("read");
    fs::write(copy.join("sites.yaml"), sites.replacen("tags: [hotel, shop, cafe]", "tags: [hotel, shop]", 1)).expect("written");
    world.publish(checked(&copy)).await.expect("published");
    for phone in [&mut ana, &mut ben] {
        done(phone, json!({"do": "sync.now"})).await;
        let check = done(phone, json!({"do": "device.check"})).await;
        assert_eq!(check["problems"], json!([]), "{check}");
    }
    assert_eq!((asked(&mut ana).await, asked(&mut ben).await), (Vec::new(), rises.map(str::to_owned).to_vec()));

    // Since the answer that made it so, also of what is worked out; the same again is not later.
    let answer = |item: &str, value: Value| json!({"do": "procedures.answer", "run": last, "item": item, "value": value});
    time.advance(3_600_000);
    done(&mut ana, answer("many", json!(9))).await;
    let first = times(&mut ana, &last, "most").await;
    let (since, due) = first[0];
    assert_eq!((first.len(), due), (1, Some(since + 7_200_000)));
    let began = done(&mut ana, json!({"do": "device.show", "id": last, "history": true})).await;
    assert!(began["history"].as_array().expect("a history").iter().all(|line| line["at_ms"].as_i64() <= Some(since)), "{began}");
    for value in [json!(9), json!(8)] {
        time.advance(600_000);
        done(&mut ana, answer("many", value)).await;
        assert_eq!(times(&mut ana, &last, "most").await, first, "it has not been right meanwhile");
    }
    done(&mut ana, answer("many", json!(1))).await;
    assert_eq!(times(&mut ana, &last, "most").await, []);
    time.advance(600_000);
    done(&mut ana, answer("many", json!(7))).await;
    assert!(times(&mut ana, &last, "most").await[0].0 > since);
    // Any answer can be taken back.
    done(&mut ana, answer("many", json!(""))).await;
    assert_eq!(times(&mut ana, &last, "most").await, []);

    // Photos that only a rule asks for can be given.
    done(&mut ana, answer("window", json!(false))).await;
    let early = ana.call(json!({"do": "procedures.submit", "run": last})).await;
    assert_eq!(
        (&early["rule"], early["message"].as_str().map(|m| m.contains("photos beside"))),
        (&json!("required"), Some(true)),
        "{early}"
    );
    let photo = |seed| frontline_protocol::base64::encode(&frontline_sim::picture::png(64, 48, seed));
    for seed in [1, 2] {
        let id = done(&mut ana, json!({"do": "media.add", "base64": photo(seed), "live": true})).await["id"].clone();
        done(&mut ana, json!({"do": "procedures.attach", "run": last, "item": "window", "photo": id})).await;
    }
    done(&mut ana, json!({"do": "procedures.submit", "run": last})).await;

    // Nobody signs off what could not be handed in.
    done(&mut ana, json!({"do": "sync.now"})).await;
    done(&mut ben, json!({"do": "sync.now"})).await;
    done(&mut ben, answer("temp", json!(600))).await;
    let shown = done(&mut ben, json!({"do": "device.show", "id": last})).await;
    assert_eq!(shown["can"]["sign_off"], json!(false), "{shown}");
    let refused = ben.call(json!({"do": "procedures.sign_off", "run": last})).await;
    assert_eq!(refused["rule"], json!("constraint"), "{refused}");
    done(&mut ben, answer("temp", json!(90))).await;
    done(&mut ben, json!({"do": "procedures.submit", "run": last})).await;
    done(&mut ben, json!({"do": "procedures.sign_off", "run": last})).await;
    world.stop().await;
}
