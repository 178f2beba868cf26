//! Damaged stores: phones with unsent work whose files somebody or something spoiled, each in its own way out of a
//! seed. What must be noticed is noticed, nothing is deleted, and what was not touched goes on.
//!
//! Where to start: [`run`]. [`store`] makes a store, [`harm`] spoils its files, [`whole`] says what should still be
//! there (from SQLite's own map of its pages, without the code that salvages), [`look`] opens it and counts;
//! [`figures`] adds up.

mod figures;
mod harm;
mod look;
mod store;
mod whole;

use std::path::PathBuf;

use crate::faults::{Ground, runtime};
use crate::fuzz::template::room;
use crate::time::Seeded;
pub use figures::Report;
use harm::Harm;
pub use look::Found;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    pub count: u64,
    pub seed: u64,
    /// The folder of content.
    pub content: PathBuf,
}

/// Makes, damages and opens the stores one after another, and tells `each` of every one.
pub fn run(options: &Options, each: impl Fn(&Found)) -> Result<Report, String> {
    let runtime = runtime()?;
    runtime.block_on(async {
        let ground = Ground::make(&options.content).await?;
        let mut report = Report::default();
        for n in 0..options.count {
            let seed = options.seed.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let folder = room().map_err(|e| e.to_string())?;
            let chance = Seeded::new(seed);
            // Every way as often as the others.
            let harm = Harm::ALL[usize::try_from(n).unwrap_or(0) % Harm::ALL.len()];
            let is_killed = harm.needs_log() || chance.chance(50);
            let made = store::make(&ground, folder.path(), is_killed, &chance).await?;
            let damaged = harm::done(harm, &made.files, &chance);
            let whole = whole::of(&made, &damaged);
            let mut found = look::at(&ground, folder.path(), &made, harm, &damaged, &whole).await?;
            found.name = format!("store {n}, {} (seed {})", harm.name(), options.seed);
            each(&found);
            report.add(&found);
        }
        Ok(report)
    })
}
