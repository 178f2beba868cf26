//! A phone's store on a disk that fails at any operation: for every act of a phone, every fault and every operation
//! at which it can strike, the act is done up to there, the store is opened again from what the disk kept, and
//! looked at. Random stories ([`crate::fuzz`]) find what nobody thought of; this leaves no operation out.
//!
//! Where to start: [`run`]. [`ground`] makes the stores that acts begin on, once; [`acts`] is what is done;
//! [`point`] does one act with one fault and says what became of it, by the eyes of [`examine`]; [`replay`] is a
//! server whose answers were taken down before; [`figures`] counts. The disk itself is in `core/sqlite`.

mod acts;
mod examine;
mod figures;
mod ground;
mod point;
mod replay;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use frontline_sqlite::fault::{Disk, Fault, Plan};

use crate::fuzz::template::room;
use crate::time::Seeded;
use acts::Act;
pub(crate) use examine::ids;
pub use figures::Report;
pub(crate) use ground::{Ground, hand};
use point::{Bench, Course};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    pub points: usize,
    pub seed: u64,
    /// Threads.
    pub jobs: usize,
    /// The acts whose names begin so; all of them where it is empty.
    pub only: String,
    /// The folder of content.
    pub content: PathBuf,
}

/// One act, with one fault at one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    act: usize,
    plan: Plan,
    seed: u64,
}

/// How a point ended.
#[derive(Debug)]
pub struct Ended {
    pub act: &'static str,
    pub fault: Fault,
    pub course: Course,
    /// Empty: everything held.
    pub problems: Vec<String>,
    /// How it is told: the act, the fault, the operation, the seed.
    pub name: String,
}

/// Goes through the points, several at a time, and tells `each` of every one that ended.
pub fn run(options: &Options, each: impl Fn(&Ended) + Sync) -> Result<Report, String> {
    let ground = runtime()?.block_on(Ground::make(&options.content))?;
    let acts: Vec<Act> = ground.acts.iter().filter(|act| act.name.starts_with(&options.only)).cloned().collect();
    if acts.is_empty() {
        let names: Vec<&str> = ground.acts.iter().map(|act| act.name).collect();
        return Err(format!("no act begins with ‘{}’; there are {}", options.only, names.join(", ")));
    }
    let bench = Bench::set_up(&ground)?;
    let mut known = Vec::new();
    for act in &acts {
        known.push(bench.reference(act)?);
    }
    let limits: Vec<_> = known.iter().map(|k| &k.limits).collect();
    let points = chosen(options, &limits);
    let all = limits.iter().flat_map(|l| l.values()).sum();
    let (next, ended) = (AtomicUsize::new(0), Mutex::new(Report::of(all)));
    let failure = std::thread::scope(|threads| {
        let work = || {
            let bench = Bench::set_up(&ground)?;
            while let Some(point) = points.get(next.fetch_add(1, Ordering::SeqCst)) {
                let one = bench.try_point(&acts[point.act], &known[point.act], point)?;
                each(&one);
                ended.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(&one);
            }
            Ok(())
        };
        let hands: Vec<_> = (0..options.jobs.max(1)).map(|_| threads.spawn(work)).collect();
        hands.into_iter().find_map(|hand| hand.join().unwrap_or_else(|_| Err("a thread panicked".to_owned())).err())
    });
    match failure {
        Some(why) => Err(why),
        None => Ok(ended.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)),
    }
}

/// Writes the store that most acts begin on into the new folder `to`: work of many kinds by a phone that was enrolled at
/// a server, some of it unsent.
pub fn write_store(content: &std::path::Path, to: &std::path::Path) -> Result<(), String> {
    let ground = runtime()?.block_on(Ground::make(content))?;
    crate::fuzz::copy_files(&ground.unsent, to).map_err(|e| e.to_string())
}

/// As many points as were asked for: every one there is, in an order of the seed's, and those again with other seeds
/// where more are wanted.
fn chosen(options: &Options, limits: &[&point::Limits]) -> Vec<Point> {
    let chance = Seeded::new(options.seed);
    let mut every = Vec::new();
    for (act, limits) in limits.iter().enumerate() {
        for (fault, most) in *limits {
            every.extend((1..=*most).map(|at| (act, Plan { fault: *fault, at })));
        }
    }
    let mut out = Vec::new();
    while out.len() < options.points && !every.is_empty() {
        for n in (1..every.len()).rev() {
            every.swap(n, usize::try_from(chance.below(n as u64 + 1)).unwrap_or(0));
        }
        out.extend(every.iter().map(|(act, plan)| Point { act: *act, plan: *plan, seed: chance.below(u64::from(u32::MAX)) }));
    }
    out.truncate(options.points);
    out
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())
}

/// A folder of its own in memory, and a disk over it.
fn place() -> Result<(tempfile::TempDir, &'static Disk), String> {
    let words = |e: std::io::Error| e.to_string();
    Ok((room().map_err(words)?, Disk::make().map_err(words)?))
}
