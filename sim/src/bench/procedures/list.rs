//! A tablet that several people share, with ten thousand runs of six procedures: the first page of the list, and the
//! first page of what a search finds, a keystroke at a time.

use std::path::Path;
use std::time::Instant;

use frontline_device::services::piece::Piece;
use frontline_device::services::procedures::search::RunsAsked;
use serde_json::{Map, Value, json};

use super::super::{figure, memory};
use super::{Floor, put};

const RUNS: usize = 10_000;
const PAGE: u32 = 20;
const TIMES: usize = 41;
const PEOPLE: [&str; 4] = ["ana-pereira", "priya-nair", "callum-reid", "ben-okafor"];
/// A procedure, and the item of it that gets an answer.
const PROCEDURES: [(&str, &str, &str); 4] =
    [("fridge-log", "milk-fridge", "4"), ("closing-cash", "", ""), ("round", "i0", "4"), ("large", "i0", "4")];
/// What is typed: a procedure, a person, both, a rare one, nothing that is there.
const TYPED: [&str; 6] = ["fridge", "priya nair", "round callum", "large round harbour ben", "سجل", "zzz"];

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut floor = Floor::new(content).await?;
    let mut phone = floor.world.enrol("tablet", PEOPLE[0], "harbour").await?;
    for person in &PEOPLE[1..] {
        floor.world.enrol_on("tablet", &mut phone, person, "harbour").await?;
    }
    phone.call(json!({"do": "sync.now"})).await;
    for n in 0..RUNS {
        if n % (RUNS / 40) == 0 {
            phone.call(json!({"do": "people.use", "person": PEOPLE[n / (RUNS / 40) % PEOPLE.len()]})).await;
        }
        let (procedure, item, value) = PROCEDURES[n % PROCEDURES.len()];
        let begun = phone.call(json!({"do": "procedures.start", "procedure": procedure})).await;
        if !item.is_empty() {
            phone
                .call(json!({"do": "procedures.answer", "run": begun["id"], "item": item, "value": value.parse::<i64>().unwrap_or(0)}))
                .await;
        }
        floor.world.time.advance(1_000);
    }
    let core = phone.core().ok_or("the phone is in this process")?;
    let words = |e: frontline_device::Error| e.to_string();
    let piece = Piece { after: None, count: Some(PAGE) };
    let before = memory::rss_kib();
    let (mut pages, mut cold) = (Vec::new(), Vec::new());
    for n in 0..TIMES {
        let start = Instant::now();
        let page = core.procedures().list(&piece).map_err(words)?;
        pages.push(start.elapsed().as_secs_f64() * 1e3);
        if page.list.len() != PAGE as usize || page.next.is_none() {
            return Err("the first page is not whole".to_owned());
        }
        // What was remembered is forgotten with the next commit.
        if n % 4 == 0 {
            core.procedures().start("round").map_err(words)?;
            let start = Instant::now();
            core.procedures().list(&piece).map_err(words)?;
            cold.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let (mut searches, mut found) = (Vec::new(), 0);
    for text in TYPED {
        for (at, c) in text.char_indices() {
            let asked = RunsAsked { text: text[..at + c.len_utf8()].to_owned(), ..RunsAsked::default() };
            let start = Instant::now();
            let page = core.procedures().search(&asked, &piece).map_err(words)?;
            searches.push(start.elapsed().as_secs_f64() * 1e3);
            found += page.list.len();
        }
    }
    if found < searches.len() {
        return Err(format!("{} keystrokes found {found} runs", searches.len()));
    }
    put(out, "runs_page_ms", &mut pages);
    put(out, "runs_page_after_commit_ms", &mut cold);
    put(out, "runs_search_ms", &mut searches);
    out.insert("runs_search_most_ms".to_owned(), figure(searches.iter().copied().fold(0.0, f64::max)));
    out.insert("runs_search_rss_growth_kib".to_owned(), json!(memory::rss_kib().saturating_sub(before)));
    floor.world.stop().await;
    Ok(())
}
