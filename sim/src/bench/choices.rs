//! Choosing from a list of a hundred thousand rows: one keystroke to its page, on a phone, in a form of 500 items, the rows
//! chosen by an answer before. The yardstick is to look through all labels in memory, as apps do that hold the list whole.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use frontline_device::services::procedures::choices::ChoicesAsked;
use serde_json::{Map, Value, json};

use super::forms::{folder, procedure};
use super::{figure, median, memory};
use crate::time::StoryTime;
use crate::world::World;

const ROWS: usize = 100_000;
const GROUPS: [&str; 8] = ["dairy", "bread", "tea", "coffee", "fruit", "meat", "fish", "house"];
const WORDS: [&str; 16] = [
    "cream", "milk", "crate", "cold", "fresh", "farm", "smoked", "salted", "dark", "light", "long", "whole", "filter", "paper", "green",
    "mint",
];
/// What is typed, a keystroke at a time.
const TYPED: [&str; 8] = ["cream fresh", "milk 77", "dark salted 1", "قهوة ١٢", "zzz", "filter paper", "56012345", "c"];
const SCANS: usize = 9;

fn label(n: usize) -> String {
    let word = |k: usize| WORDS[(n / k + n * k) % WORDS.len()];
    format!("{} {} {n}", word(1), word(7))
}

fn list() -> String {
    let mut out = String::with_capacity(ROWS * 70);
    out.push_str("slug,label,label.ar,group,ean\n");
    for n in 0..ROWS {
        let arabic = if n % 9 == 0 { format!("قهوة {n}") } else { String::new() };
        let _ = writeln!(out, "a-{n},{},{arabic},{},56012345{n:05}", label(n), GROUPS[n % GROUPS.len()]);
    }
    out
}

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let words = |e: std::io::Error| e.to_string();
    let place = tempfile::tempdir().map_err(words)?;
    let to = place.path().join("content");
    let choices: Vec<String> = GROUPS.iter().map(|g| format!("{{ slug: {g}, label: {g} }}")).collect();
    let looked_up = format!(
        "      - {{ slug: group, kind: choice, label: Group, choices: [{}] }}\n      - slug: article\n        kind: lookup\n        \
         list: articles\n        where:\n          group: group\n        label: Article\n",
        choices.join(", ")
    );
    folder(content, &to, &(procedure(498, 200) + &looked_up))?;
    fs::create_dir(to.join("lists")).map_err(words)?;
    fs::write(to.join("lists/articles.csv"), list()).map_err(words)?;
    let start = Instant::now();
    let bundle = frontline_content::check(&to).map_err(|found| found.first().map(ToString::to_string).unwrap_or_default())?;
    let check_s = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let mut world = World::open(&place.path().join("world"), StoryTime::starting(1_772_431_200_000), 7, &bundle).await?;
    let publish_s = start.elapsed().as_secs_f64();
    drop(bundle);
    let mut phone = world.enrol("phone", "ana-pereira", "harbour").await?;
    let start = Instant::now();
    let synced = phone.call(json!({"do": "sync.now"})).await;
    let sync_s = start.elapsed().as_secs_f64();
    let run = phone.call(json!({"do": "procedures.start", "procedure": "round"})).await["id"].clone();
    phone.call(json!({"do": "procedures.answer", "run": run, "item": "group", "value": "dairy"})).await;
    let core = phone.core().ok_or("the phone is in this process")?;
    let run = run.as_str().ok_or_else(|| format!("a run: {synced}"))?.to_owned();

    let before = memory::rss_kib();
    let (mut pages, mut found) = (Vec::new(), 0);
    for text in TYPED {
        for (end, c) in text.char_indices() {
            let asked = ChoicesAsked {
                run: run.clone(),
                item: "article".to_owned(),
                words: text[..end + c.len_utf8()].to_owned(),
                ..ChoicesAsked::default()
            };
            let start = Instant::now();
            let page = core.procedures().choices(&asked).map_err(|e| e.to_string())?;
            pages.push(start.elapsed().as_secs_f64() * 1e3);
            found += page.rows.len();
        }
    }
    let growth = memory::rss_kib().saturating_sub(before);
    if found < pages.len() {
        return Err(format!("{} keystrokes found {found} rows", pages.len()));
    }
    let labels: Vec<Arc<str>> = (0..ROWS).map(|n| label(n).into()).collect();
    let mut scans = Vec::with_capacity(SCANS);
    for n in 0..SCANS {
        let typed = format!("cream {n}");
        let start = Instant::now();
        black_box(labels.iter().filter(|label| label.to_lowercase().contains(&typed)).count());
        scans.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let (page, scan) = (median(&mut pages), median(&mut scans));
    out.insert("choice_ms".to_owned(), figure(page));
    out.insert("choice_most_ms".to_owned(), figure(pages.iter().copied().fold(0.0, f64::max)));
    out.insert("choice_scan_ms".to_owned(), figure(scan));
    out.insert("choice_ratio".to_owned(), figure(page / scan));
    out.insert("choice_rss_growth_kib".to_owned(), json!(growth));
    out.insert("list_check_s".to_owned(), figure(check_s));
    out.insert("list_publish_s".to_owned(), figure(publish_s));
    out.insert("list_sync_s".to_owned(), figure(sync_s));
    world.stop().await;
    Ok(())
}
