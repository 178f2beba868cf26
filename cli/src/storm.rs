//! `bench storm`: a reconnect storm against this very program as the server.

use clap::Args;
use serde_json::{Map, Value};

use frontline_sim::bench::storm;
use frontline_sim::demo::sample_content;

use crate::failure::{Failure, print};

/// What a storm is asked for.
#[derive(Debug, Args)]
pub struct Storm {
    /// storm: phones that come back at once
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=2_000))]
    pub devices: u16,
    /// storm: things that each of them has captured by then
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=2_000))]
    pub entries: u16,
    /// storm: what else the server is told, such as -- --org-requests 100
    #[arg(last = true, value_name = "SERVE")]
    pub server: Vec<String>,
}

/// Raises it, and says what should not have been.
pub async fn run(it: Storm) -> Result<(Map<String, Value>, bool), Failure> {
    let options = storm::Options {
        devices: it.devices,
        entries: it.entries,
        program: std::env::current_exe()?,
        server: it.server,
        content: sample_content(),
    };
    let outcome = storm::run(&options).await.map_err(Failure::failed)?;
    outcome.problems.iter().take(20).for_each(|problem| print(&format!("FAILED  {problem}")));
    Ok((outcome.rows, outcome.problems.is_empty()))
}
