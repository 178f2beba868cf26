//! Forms: one answer to what changes of the screen, against working all of it out and drawing it anew; opening; publishing.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use frontline_domain::Lang;
use frontline_domain::form::response::{Around, At, Given, Response};
use frontline_domain::form::screen::View;
use frontline_domain::form::speech::English;
use frontline_domain::form::{Form, Plan, Value};
use frontline_domain::release::{Content, Release};
use serde_json::{Map, Value as Json, json};

use super::{figure, median, memory};

const ITEMS: usize = 500;
const CONDITIONS: usize = 200;
const MOST: usize = 2_000;
const ANSWERS: usize = 2_000;
const OPENED: usize = 40;
const PUBLISHED: usize = 7;

/// A procedure of so many items in sections of 25, of which so many have a condition on one of the ten before.
pub(super) fn procedure(items: usize, conditions: usize) -> String {
    let mut out = String::from("title: Round\npass_mark: 80\nsections:\n");
    for n in 0..items {
        if n % 25 == 0 {
            let _ = write!(out, "  - slug: section-{n}\n    label: Section {n}\n    items:\n");
        }
        let of = n.saturating_sub(1 + n % 10);
        let shown = match (n > 0 && n * conditions / items != (n - 1) * conditions / items, of % 2) {
            (true, 0) => format!("\n        visible_if: i{of} > 3 or not answered(i{of})"),
            (true, _) => format!("\n        visible_if: i{of} or na(i{of})"),
            (false, _) => String::new(),
        };
        let kind = if n % 2 == 0 { "number\n        min: 0\n        max: 9\n        target: [2, 7]" } else { "pass-fail" };
        let _ = write!(
            out,
            "      - slug: i{n}\n        kind: {kind}\n        required: true\n        na: yes\n        weight: 2{shown}\n        label: What is asked here, number {n} of them\n"
        );
    }
    out
}

/// The sample company's folder with this procedure in it.
pub(super) fn folder(content: &Path, to: &Path, procedure: &str) -> Result<(), String> {
    let words = |e: std::io::Error| e.to_string();
    fs::create_dir_all(to).map_err(words)?;
    for entry in fs::read_dir(content).map_err(words)? {
        let entry = entry.map_err(words)?;
        let into = to.join(entry.file_name());
        if entry.file_type().map_err(words)?.is_dir() {
            folder(&entry.path(), &into, "")?;
        } else {
            fs::copy(entry.path(), into).map_err(words)?;
        }
    }
    if procedure.is_empty() { Ok(()) } else { fs::write(to.join("procedures/round.yaml"), procedure).map_err(words) }
}

fn checked(content: &Path, procedure: &str) -> Result<(Release, f64), String> {
    let place = tempfile::tempdir().map_err(|e| e.to_string())?;
    let to = place.path().join("content");
    folder(content, &to, procedure)?;
    let start = Instant::now();
    let bundle = frontline_content::check(&to).map_err(|found| found.first().map(ToString::to_string).unwrap_or_default())?;
    let ms = start.elapsed().as_secs_f64() * 1e3;
    let release = bundle.releases.into_iter().find(|r| r.slug.as_str() == "round").ok_or("the procedure is in the bundle")?;
    Ok((release, ms))
}

fn opened(bytes: &[u8]) -> Result<Response, String> {
    let release = Release::decode(bytes).map_err(|e| e.to_string())?;
    let Content::Procedure(procedure) = release.content else { return Err("it is a procedure".to_owned()) };
    let form: Form = procedure.form;
    let plan = Plan::of(form).map_err(|flaws| flaws.first().map(ToString::to_string).unwrap_or_default())?;
    Ok(Response::open(Arc::new(plan), Around::at(0, "UTC"), []))
}

fn view<'a>(response: &'a Response, language: &'a Lang) -> View<'a> {
    View { response, speech: &English, language, languages: &[], locked: None }
}

pub fn run(content: &Path, out: &mut Map<String, Json>) -> Result<(), String> {
    let language: Lang = "en".parse().map_err(|_| "a language".to_owned())?;
    let (release, _) = checked(content, &procedure(ITEMS, CONDITIONS))?;
    let bytes = release.encode();

    let mut opens = Vec::with_capacity(OPENED);
    for _ in 0..OPENED {
        let start = Instant::now();
        let screen = view(&opened(&bytes)?, &language).screen();
        opens.push(start.elapsed().as_secs_f64() * 1e3);
        drop(screen);
    }
    let before = memory::rss_kib();
    let held: Vec<Response> = (0..OPENED).map(|_| opened(&bytes)).collect::<Result<_, _>>()?;
    let heap = memory::rss_kib().saturating_sub(before) as f64 / OPENED as f64;
    drop(held);

    let mut response = opened(&bytes)?;
    let (mut answers, mut all, mut changed) = (Vec::with_capacity(ANSWERS), Vec::new(), 0);
    for n in 0..ANSWERS {
        let item = u32::try_from((n * 7_919) % ITEMS).unwrap_or(0);
        // Another answer than the last time that this item had its turn.
        let turn = n / ITEMS;
        let value = if item % 2 == 0 {
            Value::Number(u8::try_from((n + 3 * turn) % 10).unwrap_or(0).into())
        } else {
            Value::Bool(turn.is_multiple_of(2))
        };
        let at = At { item, instance: 0 };
        let start = Instant::now();
        let changes = response.answer(at, Given::One(value)).map_err(|e| e.to_string())?;
        let patch = view(&response, &language).patch(&changes, Some(at));
        answers.push(start.elapsed().as_secs_f64() * 1e3);
        changed += patch.items.len();
        if n % 100 == 0 {
            let start = Instant::now();
            let known: Vec<_> = response
                .all()
                .filter_map(|at| response.slot(at).map(|slot| (at, slot)))
                .map(|(at, slot)| frontline_domain::form::response::Known {
                    at,
                    given: slot.given.clone(),
                    photos: slot.photos,
                    notes: slot.notes,
                })
                .collect();
            let anew = Response::open(response.plan().clone(), response.around().clone(), known);
            let screen = view(&anew, &language).screen();
            all.push(start.elapsed().as_secs_f64() * 1e3);
            drop(screen);
        }
    }
    let mut published = Vec::with_capacity(PUBLISHED);
    for _ in 0..PUBLISHED {
        published.push(checked(content, &procedure(MOST, MOST * 2 / 5))?.1);
    }
    let (answer, whole) = (median(&mut answers), median(&mut all));
    out.insert("form_answer_ms".to_owned(), json!((answer * 1e4).round() / 1e4));
    out.insert("form_anew_ms".to_owned(), figure(whole));
    out.insert("form_answer_ratio".to_owned(), json!((answer / whole * 1e4).round() / 1e4));
    out.insert("form_patch_items".to_owned(), figure(changed as f64 / ANSWERS as f64));
    out.insert("form_open_ms".to_owned(), figure(median(&mut opens)));
    out.insert("form_heap_kib".to_owned(), figure(heap));
    out.insert("publish_2000_ms".to_owned(), figure(median(&mut published)));
    Ok(())
}
