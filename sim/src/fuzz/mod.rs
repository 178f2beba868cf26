//! The simulator: a small company with real device cores, real encrypted stores and the real server, all in one
//! thread, on a virtual network and a virtual clock. One seed decides everything that happens, and the same seed
//! makes it happen again.
//!
//! Where to start: [`run`] lives many seeds; [`live`] one of them. [`life`] is its world, [`work`] what people do in
//! it, [`syncs`] how phones sync at once, [`mischief`] what goes wrong, [`room`] phones that are full. [`net`] carries every message to its
//! [`fate`]; [`snapshot`] is what a killed process leaves. [`heal`] brings everything to rest and checks it by
//! [`crate::invariants`] and entry by entry ([`replicas`]). [`template`] is where all seeds begin; [`trace`] and [`figures`] tell what happened.

mod fate;
mod figures;
mod heal;
mod life;
mod mischief;
pub mod net;
pub(crate) mod replicas;
pub mod room;
mod snapshot;
mod syncs;
pub mod template;
mod trace;
mod work;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::time::{Seeded, StoryTime};
pub(crate) use fate::Odds;
pub use figures::Figures;
use life::Life;
use net::Net;
pub use snapshot::copy as copy_files;
use template::Template;
pub(crate) use trace::Trace;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    pub seed: u64,
    /// How many, from that one on.
    pub seeds: u64,
    pub steps: u64,
    /// Threads.
    pub jobs: usize,
    /// The folder of content.
    pub content: PathBuf,
    /// Keep the lines of the trace.
    pub lines: bool,
}

/// How one seed ended.
#[derive(Debug, Default)]
pub struct Lived {
    pub seed: u64,
    pub figures: Figures,
    /// Empty: everything held.
    pub problems: Vec<String>,
    /// A hash over all that happened.
    pub trace: String,
    pub lines: Vec<String>,
}

/// How all of them ended.
#[derive(Debug, Default)]
pub struct Report {
    pub lived: Vec<Lived>,
    pub figures: Figures,
}

impl Report {
    pub fn failed(&self) -> impl Iterator<Item = &Lived> {
        self.lived.iter().filter(|one| !one.problems.is_empty())
    }
    /// One hash over the traces of all seeds.
    pub fn trace(&self) -> String {
        let mut all = Trace::default();
        self.lived.iter().for_each(|one| all.line(&one.trace));
        all.digest()
    }
    /// As one flat object.
    pub fn json(&self) -> Value {
        let mut out = self.figures.json();
        let first = self.lived.first().map_or(0, |one| one.seed);
        let failed: Vec<u64> = self.failed().map(|one| one.seed).collect();
        out["first_seed"] = json!(first);
        out["seeds"] = json!(self.lived.len());
        out["failed"] = json!(failed);
        out["trace"] = json!(self.trace());
        out
    }
}

/// Seeds that ended, in any order; told of in the order of their numbers, whatever thread was faster.
#[derive(Default)]
struct Ended {
    early: BTreeMap<u64, Lived>,
    told: Vec<Lived>,
}

impl Ended {
    fn add(&mut self, nth: u64, one: Lived, each: &impl Fn(&Lived)) {
        self.early.insert(nth, one);
        while let Some(one) = self.early.remove(&(self.told.len() as u64)) {
            each(&one);
            self.told.push(one);
        }
    }
}

/// Lives all seeds, several at a time, and tells `each` of every one that ended, in their order.
pub fn run(options: &Options, each: impl Fn(&Lived) + Sync) -> Result<Report, String> {
    let template = runtime()?.block_on(Template::make(&options.content))?;
    let (next, ended) = (AtomicU64::new(0), Mutex::new(Ended::default()));
    std::thread::scope(|threads| {
        for _ in 0..options.jobs.max(1) {
            threads.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= options.seeds {
                        return;
                    }
                    let one = live(&template, options.seed.wrapping_add(n), options.steps, options.lines);
                    ended.lock().unwrap_or_else(PoisonError::into_inner).add(n, one, &each);
                }
            });
        }
    });
    let lived = ended.into_inner().unwrap_or_else(PoisonError::into_inner).told;
    let mut figures = Figures::default();
    lived.iter().for_each(|one| figures.add(&one.figures));
    Ok(Report { lived, figures })
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())
}

/// Lives one seed.
pub fn live(template: &Template, seed: u64, steps: u64, lines: bool) -> Lived {
    let time = StoryTime::starting(template.now_ms);
    // Far apart for seeds that are neighbours.
    let chance = Seeded::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6672_6f6e_746c_696e);
    let net = Net::new(time.clone(), chance.clone(), if lines { Trace::kept() } else { Trace::default() });
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let folder = template::room().map_err(|e| e.to_string())?;
        runtime()?.block_on(async {
            let world = template.copy_to(&folder.path().join("world"), time, seed, net.clone()).await?;
            let mut life = Life::begin(template, folder.path().join("world"), net.clone(), world, chance).await?;
            let done = course(&mut life, steps).await;
            life.phones.clear();
            life.world.stop().await;
            done
        })
    }));
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(why)) => net.problem(format!("the story could not go on: {why}")),
        Err(_) => net.problem("something panicked".to_owned()),
    }
    let (figures, problems, trace, lines) = net.told();
    Lived { seed, figures, problems, trace, lines }
}

async fn course(life: &mut Life<'_>, steps: u64) -> Result<(), String> {
    life.net.set_odds(Odds::ROUGH);
    for n in 0..steps {
        life.net.line_of_trace(&format!("step {n}"));
        life.net.count(|f| f.steps += 1);
        step(life).await?;
        if n % 128 == 127 {
            life.look().await?;
        }
    }
    life.heal().await
}

/// One thing happens.
async fn step(life: &mut Life<'_>) -> Result<(), String> {
    let (draw, name) = (life.chance.below(1_000), life.any());
    if life.chance.chance(30) {
        life.look_at_server().await?;
    }
    match draw {
        0..620 => work::one(life, &name).await,
        620..640 => life.dies_amid(&name).await?,
        640..652 => life.dies(&name)?,
        652..850 => {
            let mut names = vec![name];
            while names.len() < 3 && life.chance.chance(35) {
                let other = life.any();
                if !names.contains(&other) {
                    names.push(other);
                }
            }
            syncs::together(life, &names).await?;
        }
        850..880 => {
            let most = if life.chance.chance(12) { 20 * 3_600_000 } else { 90 * 60_000 };
            life.world.time.advance(i64::try_from(life.chance.below(most)).unwrap_or(0));
        }
        880..890 => life.room_changes(&name)?,
        890..902 => {
            let is_off = life.net.is_off(&name);
            life.net.switch(&name, is_off);
        }
        902..915 => {
            life.net.arrive_late().await;
        }
        915..924 => life.set_clock(&name),
        924..931 => life.back_up_phone(&name)?,
        931..937 => life.restore_phone(&name).await?,
        937..942 => life.clone_phone(&name)?,
        942..948 => {
            life.look_at_server().await?;
            life.world.restart().await?;
            life.net.line_of_trace("the server is restarted");
        }
        948..954 => life.net.kill_server(),
        954..961 => life.back_up_server().await?,
        961..967 => life.restore_server().await?,
        967..980 => life.change_rights().await?,
        980..982 => life.revoke().await?,
        982..992 => life.let_in().await?,
        992..996 => life.forget().await?,
        _ => {
            life.say(&name, json!({"do": "device.rebuild"})).await;
        }
    }
    Ok(())
}

/// The template on its own, for whoever lives single seeds.
pub fn template(content: &Path) -> Result<Template, String> {
    runtime()?.block_on(Template::make(content))
}
