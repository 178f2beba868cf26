//! Processes killed without warning: phones while they capture and while they sync, the server while it takes
//! in what several phones push. Every process is the real program, killed by the system (SIGKILL) at a random
//! moment; what it had acknowledged by then is written down here, outside of it.
//!
//! [`run`] sets the stage, goes through the rounds and judges. [`process`] starts, talks to and kills programs;
//! [`work`] is what the phones are told to do; [`rounds`] is one kill of each kind; [`look`] is what must hold
//! after each. A seed gives the same plan again; at which instruction a kill falls is the machine's chance.
//!
//! SIGKILL leaves what was written to the system's cache: a power cut is another matter (`docs/reliability.md`).

mod look;
pub mod process;
mod rounds;
mod stage;
pub(crate) mod work;

use std::path::PathBuf;

use frontline_device::system::SystemClock;
use frontline_domain::Clock;
use serde::Serialize;
use serde_json::Value;

use stage::Stage;

/// What is asked for.
pub struct Options {
    /// How many kills: two of three are a phone's, every third the server's.
    pub count: u32,
    pub seed: u64,
    /// The program to kill.
    pub program: PathBuf,
    /// The folder of content.
    pub content: PathBuf,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Figures {
    pub seed: u64,
    pub kills: u32,
    pub phones_capturing: u32,
    pub phones_syncing: u32,
    pub servers: u32,
    /// Kills that fell on a sync that had no answer yet.
    pub amid_a_sync: u32,
    /// Captures that a phone had answered for.
    pub acknowledged: u64,
    pub stored: u64,
    pub held: u64,
    pub quarantined: u64,
    /// Of the acknowledged: neither on their phone nor at the server.
    pub lost: u64,
    pub replicas_agree: bool,
    pub seconds: f64,
    /// In words, each with the kill after which it was found; empty.
    pub problems: Vec<String>,
}

/// What a kill falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Capturing,
    Syncing,
    Server,
}

/// Every third kill is the server's; of the phones' five of eight fall on captures.
fn target(n: u32) -> Target {
    match n % 12 {
        2 | 5 | 8 | 11 => Target::Server,
        1 | 4 | 7 => Target::Syncing,
        _ => Target::Capturing,
    }
}

/// Kills, looks, kills again; at the end everybody syncs, and everything is compared.
pub async fn run(options: &Options) -> Result<Figures, String> {
    let began_ms = SystemClock.now().mono_ms;
    let mut stage = Stage::set(options).await?;
    let mut figures = Figures { seed: options.seed, ..Figures::default() };
    for n in 0..options.count {
        let target = target(n);
        let killed = match target {
            Target::Capturing => rounds::capturing(&mut stage).await,
            Target::Syncing => rounds::syncing(&mut stage).await,
            Target::Server => rounds::server(&mut stage).await,
        };
        let round = killed.map_err(|why| format!("kill {} of seed {} ({target:?}): {why}", n + 1, options.seed))?;
        figures.kills += 1;
        figures.amid_a_sync += u32::from(round.amid_a_sync);
        match target {
            Target::Capturing => figures.phones_capturing += 1,
            Target::Syncing => figures.phones_syncing += 1,
            Target::Server => figures.servers += 1,
        }
        figures.problems.extend(round.problems.into_iter().map(|p| format!("after kill {} ({target:?}): {p}", n + 1)));
    }
    stage.end(&mut figures).await?;
    figures.seconds = (SystemClock.now().mono_ms - began_ms) as f64 / 1_000.0;
    Ok(figures)
}

impl Figures {
    /// Whether nothing was lost, doubled or left in disagreement.
    pub fn holds(&self) -> bool {
        self.lost == 0 && self.replicas_agree && self.problems.is_empty() && self.acknowledged > 0
    }

    /// The figures for a person.
    pub fn story(&self) -> String {
        format!(
            "{} kills, {} acknowledged (what was on the disk when its phone died unheard comes on top), {} lost\n  phones killed   {} while capturing, {} while syncing\n  servers killed  {} while phones pushed\n  \
             in mid-sync     {}\n  in the end      {} stored, {} held, {} in quarantine; {}\n  seed {}, {} s",
            self.kills,
            self.acknowledged,
            self.lost,
            self.phones_capturing,
            self.phones_syncing,
            self.servers,
            self.amid_a_sync,
            self.stored,
            self.held,
            self.quarantined,
            if self.replicas_agree { "all phones and the server agree" } else { "phones and server DISAGREE" },
            self.seed,
            self.seconds,
        )
    }

    /// The figures for a program.
    pub fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_sixty_kills_forty_are_phones_and_twenty_the_servers() {
        let count = |one| (0..60).filter(|n| target(*n) == one).count();
        assert_eq!((count(Target::Capturing), count(Target::Syncing), count(Target::Server)), (25, 15, 20));
    }

    #[test]
    fn figures_without_a_single_acknowledgement_prove_nothing() {
        let none = Figures { replicas_agree: true, ..Figures::default() };
        assert!(!none.holds());
        let some = Figures { acknowledged: 1, ..none };
        assert!(some.holds());
        assert!(!Figures { lost: 1, ..some }.holds());
    }
}
