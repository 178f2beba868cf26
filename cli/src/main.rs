//! One program for everything: see [`args`] for what it can be asked, and a file for each family below.
//!
//! Exit codes: 0 done, 1 the thing asked for failed (in words on standard error), 2 wrong use.

mod admin;
mod admin_backups;
mod admin_customers;
mod admin_recovery;
mod admin_roles;
mod args;
mod args_content;
mod args_proof;
mod args_runs;
mod client;
mod content;
mod damage;
mod demo;
mod device;
mod enrol;
mod evidence;
mod failure;
mod faults;
mod fuzz;
mod history;
mod joint;
mod rates;
mod scenario;
mod serve;
mod shown;
mod storm;
mod story_phone;
mod when;

use std::process::ExitCode;

use clap::Parser;
use frontline_content::words::shown;

use args::{Cli, Command};
use failure::Failure;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            crate::failure::say!("frontline: the system gives no threads: {e}");
            return ExitCode::from(1);
        }
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Demo(it) => demo::run(it).await,
            Command::Serve(it) => serve::run(it).await,
            Command::Admin(it) => admin::run(it).await,
            Command::Content(it) => content::run(it).await,
            Command::Device(it) => device::run(it).await,
            Command::Scenario(it) => scenario::run(it).await,
            Command::Kills(it) => scenario::kills(it).await,
            Command::Faults(it) => faults::run(it),
            Command::Damage(it) => damage::run(it),
            Command::Bench(it) => scenario::bench(it).await,
        }
    });
    // Background work of the runtime (a listener, a proxy) must not keep the program alive.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { message, code }) => {
            if !message.is_empty() {
                // It may repeat a path, or what a server said.
                let lines: Vec<_> = message.lines().map(shown).collect();
                crate::failure::say!("frontline: {}", lines.join("\n"));
            }
            ExitCode::from(code)
        }
    }
}
