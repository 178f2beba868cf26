//! What a shell's call costs beside the core's own: a page of a list, a tap, the first screen of a day. Both ways in one
//! run, alternating; the surface's with the record already as the bytes that the other side reads. And [`first`], which
//! the large phone is asked for. What the other side makes of it is measured there, over the stores that are left behind
//! (`tests/drivers/run kotlin … speed`).

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
use frontline_ffi::procedures::RunsAsked;
use frontline_ffi::root::OpenDraft;
use frontline_ffi::{Frontline, NetworkKind, Platform, PlatformError, cost};
use serde_json::{Map, Value, json};

use super::wire::{Given as Ground, Stage, ask};
use super::{figure, leave, median};
use crate::phone::folder;

const RUNS: usize = 200;
const PAGE: u32 = 50;
const TIMES: usize = 41;

/// A platform that has the store's key, where it is asked for one, and nothing else.
struct Bare(Option<Vec<u8>>);
impl Platform for Bare {
    fn secret(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError> {
        Ok(self.0.clone().filter(|_| name == "store"))
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

pub(super) async fn run(ground: &Ground<'_>, out: &mut Map<String, Value>) -> Result<(), String> {
    let stage = Stage::set(ground.content).await?;
    let mut ana = stage.phone("ana", "ana-pereira", "harbour").await?;
    for _ in 0..RUNS {
        let run = ask(&mut ana, json!({"do": "procedures.start", "procedure": "opening-checks"})).await?;
        ask(&mut ana, json!({"do": "procedures.answer", "run": run["id"], "item": "entrance-clean", "value": true})).await?;
    }
    let core = ana.core().clone();
    let app = cost::over(core.clone(), Arc::new(Bare(None))).map_err(|e| e.to_string())?;
    pages(&core, &app, out)?;
    taps(&core, &app, out)?;
    app.shut();
    drop((app, core, ana));
    leave(&folder(stage.folder.path(), "ana"), "runs")?;
    stage.world.stop().await;
    Ok(())
}

/// From a store that is not open to what the first screen shows: opened, who is there and how the phone stands, and the
/// day. A phone of a terminal, whose key lies beside its store.
pub(super) fn first(dir: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let key = std::fs::read(dir.join("key")).map_err(|e| e.to_string())?;
    let platform = Arc::new(Bare(Some(key)));
    let (mut all, mut opens, mut days) = (vec![], vec![], vec![]);
    for _ in 0..TIMES {
        let draft = OpenDraft { data_dir: dir.display().to_string(), language: "en".to_owned() };
        let app = timed(&mut all, || {
            let app = timed(&mut opens, || Frontline::open(draft, platform.clone()))?;
            app.sync().status().map_err(|e| e.to_string())?;
            app.people().me().map_err(|e| e.to_string())?;
            app.people().list(PageAsked { after: None, count: Some(200) }).map_err(|e| e.to_string())?;
            timed(&mut days, || app.today().map(cost::of_today))?;
            Ok::<_, String>(app)
        })?;
        app.shut();
    }
    out.insert("ffi_first_ms".to_owned(), figure(median(&mut all)));
    out.insert("ffi_first_open_ms".to_owned(), figure(median(&mut opens)));
    out.insert("ffi_first_today_ms".to_owned(), figure(median(&mut days)));
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
        let asked = RunsAsked { page: PageAsked { after: None, count: Some(PAGE) }, ..RunsAsked::default() };
        bytes = timed(&mut theirs, || procedures.runs(asked).map(cost::of_page))?;
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
