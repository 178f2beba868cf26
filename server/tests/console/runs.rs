//! Runs as a list, as files, beside each other and as figures.

use std::fs;
use std::path::Path;

use axum::http::StatusCode;
use frontline_domain::document::RunState;
use frontline_domain::fact::{Fact, RunSealed};
use frontline_domain::form::{Decimal, Value};
use frontline_domain::{Clock, DocId, PersonId, ReleaseHash, SiteId};
use frontline_server::admin;
use frontline_server::lists::runs::{self, Failing, RunRow};
use frontline_server::store::List;
use frontline_server::system::SystemClock;

use crate::support::browser::{Browser, Page};
use crate::support::{ADMIN, MANAGER, Phone, Town, tell};
use crate::{DAY, NOW, town};

const ROUND: &str = "title: Night round
pass_mark: 80
sections:
  - slug: all
    label: All
    items:
      - { slug: door, kind: pass-fail, label: Is the door locked?, weight: 4, required: true }
      - { slug: lamp, kind: pass-fail, label: Is the lamp on?, weight: 1, na: true }
      - { slug: temp, kind: number, label: How cold is it?, target: [-20, -15], min: -40, max: 40 }
      - { slug: words, kind: long-text, label: Anything else? }
";

/// The sample's content with a procedure of its own.
pub async fn publishes(town: &Town, dir: &Path, procedure: &str) {
    let copy = dir.join("content");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    if !copy.exists() {
        assert!(std::process::Command::new("cp").arg("-r").arg(sample).arg(&copy).status().expect("cp").success());
    }
    fs::write(copy.join("procedures/night-round.yaml"), procedure).expect("written");
    let bundle = frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]));
    admin::content::apply(&town.app, town.org, &bundle, false, true).await.expect("published");
}

fn cold(degrees: i64) -> Value {
    Value::Number(Decimal::new(degrees, 0).expect("a number"))
}

/// How many rows a list has.
fn count(page: &Page) -> usize {
    page.body.matches(r#"role="rowheader" scope="row">"#).count()
}

pub fn lines(page: &Page) -> Vec<String> {
    page.body.trim_start_matches('\u{feff}').split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A run with these answers, handed in.
async fn done(phone: &mut Phone<'_>, answers: &[(&str, Value)]) -> DocId {
    let mut sheet = phone.begins("night-round").await;
    for (item, value) in answers {
        phone.town.clock.set(phone.town.clock.ms() + 1_000);
        phone.answers(&mut sheet, item, value.clone());
    }
    phone.says(Fact::RunSubmitted(RunSealed { run: sheet.run.id(), answers: sheet.run.answers_hash() }));
    phone.syncs().await;
    sheet.run.id()
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_are_found_by_what_they_are_and_by_nobody_elses_manager() {
    let (town, _data) = town().await;
    let told = tell(&town, NOW).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let all = helen.get("/runs").await;
    assert!(count(&all) >= 8, "{}", all.text());
    let mut of_states = 0;
    for state in [RunState::Open, RunState::Submitted, RunState::SignedOff, RunState::Lapsed] {
        of_states += count(&helen.get(&format!("/runs?state={}", state.name())).await);
    }
    assert_eq!(of_states, count(&all), "each run is in one state");
    let lapsed = helen.get("/runs?state=lapsed").await;
    assert!(count(&lapsed) == 1 && lapsed.body.contains(&told.lapsed.to_string()));
    let clashed = helen.get("/runs?only=clash").await;
    assert!(count(&clashed) == 1 && clashed.body.contains(&told.clashed.to_string()), "{}", clashed.text());
    assert!(count(&helen.get("/runs?only=missing&procedure=fridge-log").await) >= 1);
    let ana = town.person("ana-pereira").await.id;
    let hers = helen.get(&format!("/runs?by={ana}&procedure=fridge-log")).await;
    assert!(count(&hers) == 1 && hers.body.contains(&told.clashed.to_string()));
    assert!(count(&helen.get("/runs?q=room+hand").await) >= 1);
    assert!(count(&helen.get("/runs?q=yusuf").await) >= 1);
    assert_eq!(count(&helen.get("/runs?q=nobody+at+all").await), 0);
    // NOW is Tuesday 12 May; whole days, the last one within.
    let (before, day, after) = (
        helen.get("/runs?until=2026-05-11").await,
        helen.get("/runs?from=2026-05-12&until=2026-05-12").await,
        helen.get("/runs?from=2026-05-13").await,
    );
    assert_eq!((count(&before) + count(&day), count(&after)), (count(&all), 0));
    for wrong in [
        "state=asleep",
        "only=best",
        "by=ana",
        "from=yesterday",
        "from=%2B262142-12-31",
        "until=-262143-01-01",
        "procedure=No+Slug",
        "item=No+Slug",
    ] {
        assert_eq!(helen.get(&format!("/runs?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let csv = lines(&helen.get("/runs.csv").await);
    assert_eq!(csv.len(), count(&all) + 1);

    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let own = grace.get("/runs").await;
    assert!(count(&own) > 0 && count(&own) < count(&all));
    own.is_silent_about(&told.signed.to_string());
    assert_eq!(lines(&grace.get("/runs.csv").await).len(), count(&own) + 1);
    let hers = lines(&grace.get("/runs/answers.csv").await);
    assert!(hers.len() > 1 && hers.iter().all(|line| !line.contains("Marina")), "{} lines", hers.len());
    for pair in [(told.signed, None), (told.clashed, Some(told.signed))] {
        let path = format!("/compare?a={}{}", pair.0, pair.1.map_or_else(String::new, |b| format!("&b={b}")));
        assert_eq!(grace.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let hers = grace.get("/weeks").await;
    hers.says("Harbour");
    hers.is_silent_about("Marina");
    helen.get("/weeks").await.says("Marina");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_a_line_and_nothing_that_was_typed_runs() {
    let (town, data) = town().await;
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut priya = Phone::enrolled(&town, "two", "Pixel", "priya-nair", "harbour").await;
    let hostile = ["=1+1", "+1", "-1", "@sum(a1)", "＝1", "＋1", "－1", "＠1", "=cmd|' /C calc'!A0"];
    let mut sheet = ana.begins("night-round").await;
    ana.answers(&mut sheet, "door", Value::Bool(false));
    ana.answers(&mut sheet, "lamp", Value::Na(None));
    ana.answers(&mut sheet, "temp", cold(-18));
    ana.answers(&mut sheet, "words", Value::Text("=first".into()));
    ana.syncs().await;
    let mut other = sheet.clone();
    ana.answers(&mut sheet, "words", Value::Text("=one".into()));
    priya.answers(&mut other, "words", Value::Text("+two".into()));
    ana.syncs().await;
    priya.syncs().await;
    for words in hostile {
        done(&mut ana, &[("words", Value::Text(words.into()))]).await;
    }
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let csv = lines(&helen.get("/runs/answers.csv?procedure=night-round").await);
    assert_eq!(csv.len(), 1 + 5 + hostile.len(), "{csv:#?}");
    assert_eq!(
        csv[0],
        "Run,Procedure,Version,Site,Item,Repeat,Label,Answer,Raw value,By,At,Stands,Settled a clash,Not applicable,Points,Possible points,About"
    );
    let of = |run: DocId, item: &str| {
        let begins = format!("{run},night-round,1,\"Harbour House, London\",{item},1,");
        csv.iter().filter(|line| line.starts_with(&begins)).cloned().collect::<Vec<_>>()
    };
    let run = sheet.run.id();
    assert!(of(run, "door")[0].contains("Is the door locked?,Fail,false,Ana Pereira,"), "{:?}", of(run, "door"));
    assert!(of(run, "door")[0].ends_with(",Stands,No,No,0,4,"));
    assert!(of(run, "lamp")[0].ends_with(",Stands,No,Yes,,,"));
    assert!(of(run, "temp")[0].contains(",-18,Ana Pereira,"), "a number stays one: {:?}", of(run, "temp"));
    let clash = of(run, "words");
    assert!(clash.len() == 2 && clash.iter().all(|line| line.contains(",Clash,")) && clash[0].contains("\"'=one\",\"'=one\""), "{clash:?}");
    for words in hostile {
        let cell = format!("\"'{words}\",\"'{words}\"");
        assert!(csv.iter().any(|line| line.contains(&cell)), "{words}: {csv:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_stand_beside_each_other_also_of_two_versions() {
    let (town, data) = town().await;
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let first = done(&mut ana, &[("door", Value::Bool(true)), ("lamp", Value::Bool(true)), ("temp", cold(-16))]).await;
    publishes(&town, data.path(), &ROUND.replace("Is the lamp on?", "Is the lamp lit?").replace("words, kind", "more, kind")).await;
    let second =
        done(&mut ana, &[("door", Value::Bool(false)), ("lamp", Value::Bool(true)), ("more", Value::Text("<i>dark</i>".into()))]).await;
    let other = ana.begins("fridge-log").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let choose = grace.get(&format!("/compare?a={first}")).await;
    assert!(choose.body.contains(&format!(r#"<option value="{second}""#)), "{}", choose.text());
    let page = grace.get(&format!("/compare?a={first}&b={second}")).await;
    for words in ["3 items differ", "of two versions", "Is the door locked? Pass", "Not answered", "<i>dark</i>", "Not in this version"] {
        page.says(words);
    }
    page.is_silent_about("lamp");
    page.is_silent_about("<i>dark");
    let all = grace.get(&format!("/compare?a={first}&b={second}&show=all")).await;
    all.says("Is the lamp lit?");
    let same = grace.get(&format!("/compare?a={first}&b={first}")).await;
    same.says("The two say the same");
    for (path, status) in [
        (format!("/compare?a={first}&b={}", other.run.id()), StatusCode::NOT_FOUND),
        (format!("/compare?a={first}&b=zz"), StatusCode::NOT_FOUND),
        (format!("/compare?a={first}&b={second}&show=some"), StatusCode::BAD_REQUEST),
        ("/compare".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(grace.get(&path).await.status, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_belongs_to_the_clocks_of_its_site_over_the_end_of_the_year() {
    let (town, data) = town().await;
    // Sunday 3 January 2027, 21:30 in London and Monday 01:30 in Dubai.
    town.clock.set(1_799_011_800_000);
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut yusuf = Phone::enrolled(&town, "two", "Pixel", "yusuf-darwish", "marina").await;
    done(&mut ana, &[("door", Value::Bool(true)), ("lamp", Value::Bool(false))]).await;
    done(&mut yusuf, &[("door", Value::Bool(true)), ("lamp", Value::Bool(true))]).await;
    let mut sheet = yusuf.begins("night-round").await;
    yusuf.answers(&mut sheet, "door", Value::Bool(false));
    yusuf.syncs().await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get("/weeks?procedure=night-round&weeks=4").await;
    page.says("Site Week 1 Mon 4 Jan Week 53 28 Dec 2026 Week 52 21 Dec 2026 Week 51 14 Dec 2026");
    page.says("Harbour House, London · 1 of 1 80 % of points · ·");
    page.says("Marina Hotel, Dubai 1 of 2 100 % of points · · ·");
    page.says("All sites 1 of 2 100 % of points 1 of 1 80 % of points");
    // The cell leads to its runs and to no others.
    let at = page.body.find("from=2027-01-04").expect("a link");
    let href = &page.body[page.body[..at].rfind("href=\"").expect("an address") + 6..];
    let href = href.split('"').next().expect("its end").replace("&#38;", "&");
    assert_eq!(count(&helen.get(&href).await), 2, "{href}");
    helen.get("/weeks?procedure=closing-cash").await.says("No runs were begun in these weeks");
    for wrong in ["weeks=5", "weeks=x", "procedure=No+Slug"] {
        assert_eq!(helen.get(&format!("/weeks?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_most_is_told_by_how_often_it_was_answered() {
    let (town, data) = town().await;
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let (yes, no) = (|| Value::Bool(true), || Value::Bool(false));
    done(&mut ana, &[("door", no()), ("lamp", no()), ("temp", cold(-3))]).await;
    done(&mut ana, &[("door", no()), ("lamp", Value::Na(None)), ("temp", cold(-18))]).await;
    let good = done(&mut ana, &[("door", yes()), ("lamp", yes()), ("temp", cold(-18))]).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get("/failures?procedure=night-round").await;
    page.says("3 runs were looked at");
    page.says("Is the door locked? door 2 3 67 % Runs in which it failed Is the lamp on? lamp 1 2 50 % Runs in which it failed How cold is it? temp 1 3 33 %");
    page.is_silent_about("Anything else?");
    let runs = helen.get("/runs?procedure=night-round&item=door").await;
    assert_eq!(count(&runs), 2);
    runs.is_silent_about(&good.to_string());
    assert_eq!(count(&helen.get("/runs?procedure=night-round&only=failed").await), 2);
    assert_eq!(count(&helen.get("/runs?procedure=night-round&only=missing").await), 0);
    helen.get("/failures?procedure=night-round&until=2026-05-01").await.says("Nothing that can fail was answered");
    assert_eq!(helen.get("/failures?procedure=night-round&from=x").await.status, StatusCode::BAD_REQUEST);
}

/// So many runs at a site, past phones and the judge.
async fn many(town: &Town, site: SiteId, from: usize, until: usize, release: ReleaseHash) {
    let mut tx = town.app.store.write().await.expect("a transaction");
    for n in from..until {
        let doc = DocId::from_bytes((n as u128).to_be_bytes());
        let row = RunRow {
            doc,
            site,
            release,
            procedure: if n.is_multiple_of(2) { "fridge-log" } else { "opening-checks" }.parse().expect("a slug"),
            state: ["open", "submitted", "signed-off", "lapsed"][n % 4].to_owned(),
            done: n % 4 == 2,
            began_by: PersonId::from_bytes([(n % 50) as u8; 16]),
            began_ms: NOW - (n as i64 % 50_000) * DAY / 400,
            changed_ms: NOW,
            submitted_ms: None,
            people: vec![PersonId::from_bytes([(n % 50) as u8; 16])],
            asked: 12,
            answered: 10,
            missing: u32::from(n.is_multiple_of(3)),
            clashes: u32::from(n.is_multiple_of(100)),
            points: 8,
            possible: 10,
            passed: Some(!n.is_multiple_of(5)),
            took_ms: 90_000,
            doubts: 0,
            items: (0..8)
                .map(|item| Failing {
                    item: format!("item-{item}").parse().expect("a slug"),
                    answered: 1,
                    failed: u16::from(n % 8 == item),
                })
                .collect(),
            asset: None,
            withdrawn: false,
        };
        let key = runs::key(doc);
        tx.put_listed_row(town.org, List::Runs, &key, Some(&frontline_domain::cbor::encode(&row))).await.expect("kept");
        tx.set_listed(town.org, List::Runs, &key, &row.headings()).await.expect("listed");
    }
    tx.commit().await.expect("written");
}

/// `FRONTLINE_ROWS=100000` tries as many, and says how long each page takes.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_many_runs_costs_what_a_page_of_few_does_and_each_is_there_once() {
    let (town, _data) = town().await;
    let release = town.publication("procedure", "fridge-log").await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    let most: usize = std::env::var("FRONTLINE_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let mut costs: Vec<Vec<u64>> = Vec::new();
    let mut have = 0;
    for count_of in [1_000, most] {
        many(&town, harbour, have, have + (count_of - have) / 2, release).await;
        many(&town, marina, have + (count_of - have) / 2, count_of, release).await;
        have = count_of;
        let mut cost = Vec::new();
        for path in
            ["/runs", "/runs?state=lapsed", "/runs?procedure=fridge-log&state=open", "/runs?only=failed&q=fridge", "/runs?from=2026-01-01"]
        {
            let (before, begun) = (town.app.store.work(), SystemClock.now().wall_ms);
            let page = helen.get(path).await;
            assert_eq!(count(&page), 50, "{path}");
            cost.push(town.app.store.work() - before);
            println!("{path} of {count_of}: {} ms", SystemClock.now().wall_ms - begun);
        }
        for path in ["/weeks?weeks=26", "/failures?procedure=fridge-log&from=2020-01-01"] {
            let begun = SystemClock.now().wall_ms;
            assert_eq!(helen.get(path).await.status, StatusCode::OK);
            println!("{path} of {count_of}: {} ms", SystemClock.now().wall_ms - begun);
        }
        costs.push(cost);
    }
    for (few, many) in costs[0].iter().zip(&costs[1]) {
        assert!(*many < few * 3, "of a thousand {few} steps, of {most} {many}");
    }
    // Walked by its own links, each once.
    let mut page = helen.get("/runs?only=clash").await;
    let mut found = count(&page);
    while let Some(at) = page.body.find(r#"" rel="next""#) {
        let before = &page.body[..at];
        let next = before[before.rfind("href=\"").expect("an address") + 6..].replace("&#38;", "&");
        page = helen.get(&next).await;
        found += count(&page);
    }
    assert_eq!(found, most / 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_about_an_asset_says_so_on_its_page_in_the_list_and_in_the_files() {
    let (town, data) = town().await;
    publishes(&town, data.path(), ROUND).await;
    let assets = "- slug: milk\n  site: harbour\n  name: { en: Milk <fridge>, ar: ثلاجة الحليب }\n  procedures: [night-round]\n";
    fs::write(data.path().join("content/assets.yaml"), assets).expect("written");
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("night-round").await;
    sheet.asset = Some("milk".parse().expect("a slug"));
    ana.answers(&mut sheet, "door", Value::Bool(true));
    let mut other = ana.begins("night-round").await;
    ana.answers(&mut other, "door", Value::Bool(true));
    ana.syncs().await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&format!("/runs/{}", sheet.run.id())).await;
    page.says("Milk <fridge>");
    grace.get(&format!("/runs/{}", other.run.id())).await.is_silent_about("Milk");
    grace.get("/runs").await.says("Milk <fridge>");
    assert_eq!(count(&grace.get("/runs?q=milk").await), 1, "it is found by what it is about");
    let csv = lines(&grace.get("/runs.csv?procedure=night-round").await);
    assert!(csv[0].ends_with("About,Name of what it is about"), "{}", csv[0]);
    assert_eq!(csv[1..].iter().filter(|line| line.ends_with(",Milk <fridge>,milk")).count(), 1, "{csv:?}");
    assert_eq!(csv[1..].iter().filter(|line| line.ends_with(",,")).count(), 1, "{csv:?}");
    let answers = lines(&grace.get("/runs/answers.csv?procedure=night-round").await);
    assert_eq!(answers.iter().filter(|line| line.ends_with(",Milk <fridge>")).count(), 1, "{answers:?}");
}
