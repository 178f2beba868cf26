//! What a shell's call costs beside the core's own: a page of a list, a tap, the first screen of a day. Both ways in one
//! run, alternating; the surface's with the record already as the bytes that the other side reads.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use frontline_device::Core;
use frontline_device::services::piece::Piece;
use frontline_device::services::procedures::answer::AnswerDraft as CoreDraft;
use frontline_domain::form::Raw;
use frontline_ffi::answer::Given;
use frontline_ffi::page::PageAsked;
use frontline_ffi::procedures::AnswerDraft;
use frontline_ffi::{Frontline, NetworkKind, Platform, PlatformError, cost};
use serde_json::{Map, Value, json};

use super::{Ground, figure, median};

const RUNS: usize = 200;
const PAGE: u32 = 50;
const TIMES: usize = 41;

/// A platform that is asked for nothing here.
struct Bare;
impl Platform for Bare {
    fn secret(&self, _: String) -> Result<Option<Vec<u8>>, PlatformError> {
        Ok(None)
    }
    fn keep_secret(&self, _: String, _: Vec<u8>) -> Result<(), PlatformError> {
        Ok(())
    }
    fn forget_secret(&self, _: String) -> Result<(), PlatformError> {
        Ok(())
    }
    fn device_model(&self) -> String {
        "bench".into()
    }
    fn storage_free(&self) -> Option<u64> {
        None
    }
    fn network(&self) -> NetworkKind {
        NetworkKind::None
    }
    fn log(&self, _: String) {}
}

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut ana = ground.world.enrol("ana", "ana-pereira", "harbour").await?;
    ana.call(json!({"do": "sync.now"})).await;
    for _ in 0..RUNS {
        let run = ana.call(json!({"do": "procedures.start", "procedure": "opening-checks"})).await;
        ana.call(json!({"do": "procedures.answer", "run": run["id"], "item": "entrance-clean", "value": true})).await;
    }
    let core = ana.core().ok_or("the phone is in this process")?.clone();
    let app = cost::over(core.clone(), Arc::new(Bare)).map_err(|e| e.to_string())?;
    pages(&core, &app, out)?;
    taps(&core, &app, out)?;
    ground.world.stop().await;
    Ok(())
}

fn timed<T, E: std::fmt::Display>(into: &mut Vec<f64>, f: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    let start = Instant::now();
    let done = f().map_err(|e| e.to_string())?;
    into.push(start.elapsed().as_secs_f64() * 1e3);
    Ok(done)
}

fn pages(core: &Core, app: &Frontline, out: &mut Map<String, Value>) -> Result<(), String> {
    let (mut own, mut theirs, mut days, mut bytes) = (vec![], vec![], vec![], 0);
    let procedures = app.procedures();
    for _ in 0..TIMES {
        timed(&mut own, || core.procedures().list(&Piece { after: None, count: Some(PAGE) }))?;
        bytes = timed(&mut theirs, || procedures.runs(PageAsked { after: None, count: Some(PAGE) }).map(cost::of_page))?;
        timed(&mut days, || app.today().map(cost::of_today))?;
    }
    let (own, theirs) = (median(&mut own), median(&mut theirs));
    out.insert("ffi_page_ms".to_owned(), figure(theirs));
    out.insert("ffi_page_ratio".to_owned(), figure(theirs / own));
    out.insert("ffi_page_b".to_owned(), json!(bytes));
    out.insert("ffi_today_ms".to_owned(), figure(median(&mut days)));
    Ok(())
}

fn taps(core: &Core, app: &Frontline, out: &mut Map<String, Value>) -> Result<(), String> {
    let (mut own, mut theirs, mut bytes) = (vec![], vec![], 0);
    let procedures = app.procedures();
    let run = core.procedures().start("opening-checks").map_err(|e| e.to_string())?;
    for n in 0..TIMES {
        let (item, yes) = ("entrance-clean".to_owned(), n % 2 == 0);
        timed(&mut own, || {
            core.procedures().answer(CoreDraft { run: run.clone(), item: item.clone(), value: Raw::Bool(yes), seen: None })?;
            core.procedures().screen(&run)
        })?;
        let draft = AnswerDraft { run: run.clone(), item, value: Given::Yes { yes: !yes }, seen: None };
        bytes = timed(&mut theirs, || procedures.answer(draft).map(cost::of_run))?;
    }
    let (own, theirs) = (median(&mut own), median(&mut theirs));
    out.insert("ffi_tap_ms".to_owned(), figure(theirs));
    out.insert("ffi_tap_ratio".to_owned(), figure(theirs / own));
    out.insert("ffi_tap_b".to_owned(), json!(bytes));
    Ok(())
}
