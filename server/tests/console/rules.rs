//! A run whose rules ask for something, with answers that are rows of lists and people, as its page shows it.

use std::fs;
use std::path::Path;

use frontline_domain::fact::{Fact, RunSealed};
use frontline_domain::form::Value;
use frontline_domain::form::value::Row;
use frontline_domain::{Lang, Text};
use frontline_server::admin;

use crate::support::browser::Browser;
use crate::support::{ADMIN, Phone, Town};
use crate::town;

const PROCEDURE: &str = "title: Fridge round
sections:
  - slug: all
    label: All
    items:
      - slug: closes
        kind: pass-fail
        label: Does the door close?
        rules:
          - when: not closes
            action: { title: Mend the door of the fridge, within_hours: 4 }
            notify: { role: supervisor, message: Its door does not close }
          - when: not closes
            notify: { role: manager, when: submission, message: The round found an open door }
      - { slug: article, kind: lookup, list: articles, label: What was in it? }
      - { slug: told, kind: person, label: Who was told? }
      - { slug: many, kind: counter, visible_if: 'article = \"milk\"', label: How many bottles? }
      - { slug: double, kind: calculated, calculate: many * 2, label: Glasses }
";

/// The sample's content with a procedure and a list of its own.
async fn publishes(town: &Town, dir: &Path) {
    let copy = dir.join("content");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    assert!(std::process::Command::new("cp").arg("-r").arg(sample).arg(&copy).status().expect("cp").success());
    fs::create_dir(copy.join("lists")).expect("a folder");
    fs::write(copy.join("lists/articles.csv"), "slug,label\nmilk,Whole milk\nbread,Bread\n").expect("written");
    fs::write(copy.join("procedures/round.yaml"), PROCEDURE).expect("written");
    let bundle = frontline_content::check(&copy).unwrap_or_else(|found| panic!("{}", found[0]));
    admin::content::apply(&town.app, town.org, &bundle, false, true).await.expect("published");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_says_what_its_rules_ask_for_and_reads_rows_and_people_by_their_names() {
    let (town, data) = town().await;
    publishes(&town, data.path()).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("round").await;
    let english: Lang = "en".parse().expect("a language");
    let row = |slug: &str, label: &str| {
        let label = Text::plain(english.clone(), label);
        Value::Row(Box::new(Row { slug: slug.parse().expect("a slug"), label, by: Vec::new() }))
    };
    ana.answers(&mut sheet, "closes", Value::Bool(false));
    ana.answers(&mut sheet, "article", row("milk", "Whole milk"));
    ana.answers(&mut sheet, "told", Value::Person(town.person("ben-okafor").await.id));
    ana.answers(&mut sheet, "many", Value::Number(3.into()));
    ana.syncs().await;
    let path = format!("/runs/{}", sheet.run.id());
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get(&path).await;
    for words in [
        "What was in it? Whole milk",
        "Who was told? Ben Okafor",
        "How many bottles? 3",
        "Glasses 6",
        "Asked for by its rules",
        "Mend the door of the fridge To be put right by",
        "Its door does not close Told to: Shift lead",
    ] {
        page.says(words);
    }
    page.is_silent_about("The round found an open door");

    let sealed = RunSealed { run: sheet.run.id(), answers: sheet.run.answers_hash() };
    ana.says(Fact::RunSubmitted(sealed));
    ana.syncs().await;
    helen.get(&path).await.says("The round found an open door Told to: Manager");
    town.clock.set(town.clock.ms() + 5 * 3_600_000);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    helen.get(&path).await.says("Mend the door of the fridge Was to be put right by");

    // Once it is another answer nothing is asked for; what hangs on a row goes with it.
    ana.answers(&mut sheet, "closes", Value::Bool(true));
    ana.answers(&mut sheet, "article", row("bread", "Bread"));
    ana.syncs().await;
    let page = helen.get(&path).await;
    page.says("What was in it? Bread");
    for words in ["Asked for by its rules", "Mend the door", "How many bottles? 3"] {
        page.is_silent_about(words);
    }
}
