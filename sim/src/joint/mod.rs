//! Five people fill one run of 40 items at once, offline and parted, in a story out of a seed: they answer, change, take
//! back, add repeats and photos, settle clashes, hand in, give back and sign off, each where they see it. In the end
//! everything was delivered, and everything is looked at.
//!
//! | file | what |
//! |---|---|
//! | [`documents`] | real documents and the judge's questions of every change, over a network of messages: thousands of runs |
//! | [`cores`] | real device cores with their encrypted stores, the real server, its store and its routes: a hundred |
//! | [`people`] | one of the five, of the first kind, and what they do |
//! | [`book`] | what everybody did, kept outside of all documents: by it the end is judged |
//! | [`form`] | what they fill |

pub mod book;
pub mod cores;
pub mod documents;
mod figures;
mod form;
mod people;
mod template;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use frontline_content::Bundle;
use frontline_domain::form::Plan;
use frontline_domain::release::{Content, Signers};

pub use figures::Figures;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    pub seed: u64,
    /// Runs of documents alone, from that seed on.
    pub runs: u64,
    /// Runs of whole phones and a whole server.
    pub cores: u64,
    /// Threads.
    pub jobs: usize,
    /// The folder of content.
    pub content: PathBuf,
}

/// How one seed ended.
#[derive(Debug, Default)]
pub struct Lived {
    pub seed: u64,
    pub figures: Figures,
    /// Empty: everything held.
    pub problems: Vec<String>,
}

/// How all of one kind ended, in order of their seeds.
#[derive(Debug, Default)]
pub struct Report {
    pub lived: Vec<Lived>,
    pub figures: Figures,
}

impl Report {
    pub fn failed(&self) -> impl Iterator<Item = &Lived> {
        self.lived.iter().filter(|one| !one.problems.is_empty())
    }
}

/// The sample company's content with the procedure that they fill.
fn content(of: &Path) -> Result<Bundle, String> {
    let place = tempfile::tempdir().map_err(|e| e.to_string())?;
    let to = place.path().join("content");
    crate::bench::with_procedure(of, &to, &form::procedure())?;
    let said = |f: Vec<_>| f.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    frontline_content::check(&to).map_err(said)
}

/// What they fill, and who signs it.
fn plan(bundle: &Bundle) -> Result<(Arc<Plan>, Signers), String> {
    let release = bundle.releases.iter().find(|r| r.slug.as_str() == "round").ok_or("the procedure is in the bundle")?;
    let Content::Procedure(procedure) = &release.content else { return Err("it is a procedure".to_owned()) };
    let plan = Plan::of(procedure.form.clone()).map_err(|flaws| flaws.iter().map(ToString::to_string).collect::<String>())?;
    Ok((Arc::new(plan), procedure.sign_off.clone()))
}

/// Runs of documents: real ones, the judge's questions, a network of messages.
pub fn documents(options: &Options) -> Result<Report, String> {
    let (plan, signers) = plan(&content(&options.content)?)?;
    Ok(all(options, options.runs, |seed| documents::live(&plan, &signers, seed)))
}

/// Runs of phones: real cores over real stores, the real server.
pub fn cores(options: &Options) -> Result<Report, String> {
    if options.cores == 0 {
        return Ok(Report::default());
    }
    let template = template::Template::make(content(&options.content)?)?;
    Ok(all(options, options.cores, |seed| cores::live(&template, seed)))
}

fn all(options: &Options, many: u64, live: impl Fn(u64) -> Lived + Sync) -> Report {
    let (next, ended) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..options.jobs.max(1) {
            threads.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= many {
                        return;
                    }
                    let seed = options.seed.wrapping_add(n);
                    let panicked = |_| Lived { seed, problems: vec!["something panicked".to_owned()], ..Lived::default() };
                    let one = catch_unwind(AssertUnwindSafe(|| live(seed))).unwrap_or_else(panicked);
                    ended.lock().unwrap_or_else(PoisonError::into_inner).push(one);
                }
            });
        }
    });
    let mut lived = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    lived.sort_by_key(|one| one.seed.wrapping_sub(options.seed));
    let mut figures = Figures::default();
    lived.iter().for_each(|one| figures.add(&one.figures));
    Report { lived, figures }
}
