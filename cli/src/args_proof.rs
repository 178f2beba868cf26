//! What the commands that try and measure the product can be asked.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Scenario {
    /// Play the stories of these files against the real device core and a real server
    Run {
        /// Files, or folders of them
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// A program that plays the phones, speaking the JSON lines of `device do`
        #[arg(long)]
        driver: Option<String>,
        /// Write the final states here
        #[arg(long)]
        json: Option<PathBuf>,
        /// Do not fail where this machine can't play a story
        #[arg(long)]
        leave_out: bool,
    },
    /// Live random stories, each out of one seed: a whole company in one thread, on a virtual network and clock
    Fuzz(Fuzz),
    /// Five people fill one run of 40 items at once, offline and parted, again and again, each story out of a seed
    Joint(Joint),
    /// Say what was tried as a table, from the figures that `tests/run` left
    Evidence(Evidence),
}

#[derive(Debug, Args)]
pub struct Evidence {
    /// The folder of the figures
    #[arg(long, default_value = "tests/out")]
    pub from: PathBuf,
    /// What they are of
    #[arg(long)]
    pub commit: String,
    /// Write it into this page, in the place of the last one
    #[arg(long)]
    pub into: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Fuzz {
    /// The first seed; the same one does the same
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How much happens in each
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub steps: u64,
    /// How many seeds, from that one on
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub seeds: u64,
    /// Seeds that are lived at once; as many as the machine has cores where it is not said
    #[arg(long)]
    pub jobs: Option<usize>,
    /// Write what happens in each seed here, a line each
    #[arg(long)]
    pub log: Option<PathBuf>,
    /// Write the figures here
    #[arg(long)]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Joint {
    /// Runs of documents: real ones, and the server's questions of every change
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(0..=10_000_000))]
    pub runs: u64,
    /// Runs of whole phones with their stores, and a whole server
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    pub cores: u64,
    /// The first seed; the same one does the same
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Runs that are lived at once; as many as the machine has cores where it is not said
    #[arg(long)]
    pub jobs: Option<usize>,
    /// Write the figures here
    #[arg(long)]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Kills {
    /// How many; two of three are a phone's, every third the server's
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub count: u32,
    /// The same seed gives the same plan
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Write the figures here
    #[arg(long)]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Faults {
    /// How many: each is one act of a phone with one fault at one operation of its disk
    #[arg(long, default_value_t = 3_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000).map(|n| n as usize))]
    pub points: usize,
    /// Which of them, and in what order; the same one tries the same
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Only the acts whose names begin so
    #[arg(long, value_name = "ACT")]
    pub only: Option<String>,
    /// How many are tried at once; as many as the machine has cores where it is not said
    #[arg(long)]
    pub jobs: Option<usize>,
    /// Write the figures here
    #[arg(long)]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Damage {
    /// How many stores
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub count: u64,
    /// What they hold and what happens to them; the same one does the same
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Write the figures here
    #[arg(long)]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Bench {
    /// capture, wire, growth, ingest, held, open, runs, procedures, pin, forms, ffi; all of these where none is named, some minutes. storm, only where it is named: phones that come back to a network all at once
    pub names: Vec<String>,
    #[command(flatten)]
    pub storm: crate::storm::Storm,
    /// Write one flat JSON object here
    #[arg(long)]
    pub json: Option<PathBuf>,
}
