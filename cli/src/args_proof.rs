//! What the commands that try and measure the product can be asked.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Scenario {
    /// Play the stories of these files against the real device core and a real server
    Run {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// A program that plays the phones, speaking the JSON lines of `device do`
        #[arg(long)]
        driver: Option<String>,
        /// Write the final states here
        #[arg(long)]
        json: Option<PathBuf>,
    },
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
pub struct Bench {
    /// capture, push, pull, idle, open, pin; all of these where none is named. storm, only where it is named: phones that come back to a network all at once
    pub names: Vec<String>,
    #[command(flatten)]
    pub storm: crate::storm::Storm,
    /// Write one flat JSON object here
    #[arg(long)]
    pub json: Option<PathBuf>,
}
