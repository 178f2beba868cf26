//! What the program can be asked. Help texts are for the person who types, not for who wrote it.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use crate::args_content::{Content, OpenRuns, Remote};
pub use crate::args_proof::{Bench, Damage, Evidence, Faults, Fuzz, Kills, Scenario};

/// Frontline: work captured on phones without a network, joined at a server by itself.
#[derive(Debug, Parser)]
#[command(name = "frontline", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show it all: a company, its phones, two days of work with outages, and the manager's console
    Demo(Demo),
    /// Run the server: phones sync with it, managers use it in a browser
    Serve(Serve),
    /// Look after a server's data: organisations, people, devices, quarantine
    #[command(subcommand)]
    Admin(Admin),
    /// Check and publish a folder of content
    #[command(subcommand)]
    Content(Content),
    /// A phone in a terminal: for trying, for support and for tests. Its store key lies in DIR/key (mode 0600), which is good for this use only
    #[command(subcommand)]
    Device(Device),
    /// Play scenarios
    #[command(subcommand)]
    Scenario(Scenario),
    /// Kill phones and the server at random moments, and count what is lost: nothing
    Kills(Kills),
    /// Let the disk under a phone's store fail at every operation, in every way, and look at what is left
    Faults(Faults),
    /// Spoil the files of phones' stores, and look at what is noticed, kept and found again
    Damage(Damage),
    /// Measure, each figure against a yardstick in the same run
    Bench(Bench),
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Phones in the company
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u16).range(2..=500))]
    pub devices: u16,
    /// Days of work
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=30))]
    pub days: u16,
    /// The same seed tells the same story
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Where the console answers
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Keep everything here (a new folder); a temporary one is used and removed otherwise
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// End after the figures instead of leaving the console running
    #[arg(long)]
    pub exit: bool,
    /// Write the figures here
    #[arg(long)]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// The server's folder, as `admin init` made it
    #[arg(long)]
    pub data: PathBuf,
    /// Address and port
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Certificate chain (PEM); without it, put a proxy with TLS in front: phones refuse plain HTTP except to this machine
    #[arg(long, requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key (PEM)
    #[arg(long, requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Where people and phones reach this server, such as https://frontline.example: for enrolment codes. Without it, the address that the manager's browser used
    #[arg(long, value_name = "URL")]
    pub public_url: Option<frontline_server::PublicUrl>,
    /// A proxy in front, by its address or network, whose X-Forwarded-For says who a client is; may be given several times
    #[arg(long, value_name = "ADDRESS[/BITS]")]
    pub trusted_proxy: Vec<frontline_server::Network>,
    #[command(flatten)]
    pub rates: crate::rates::Rates,
    /// Connections at once, fewer where the system gives fewer files; beyond, new ones wait
    #[arg(long, value_name = "N", default_value_t = connections().0)]
    pub connections: NonZeroUsize,
    /// Connections at once from one address (of IPv6: from one /64) that is no named proxy and not this machine; beyond, new ones are told to come back
    #[arg(long, value_name = "N", default_value_t = connections().1)]
    pub address_connections: NonZeroUsize,
}

/// As a server has them that is told nothing: in all, and from one address.
fn connections() -> (NonZeroUsize, NonZeroUsize) {
    let usual = frontline_server::Limits::default();
    let some = |n| NonZeroUsize::new(n).unwrap_or(NonZeroUsize::MIN);
    (some(usual.connections), some(usual.per_address))
}

#[derive(Debug, Args)]
pub struct ServerData {
    /// The server's folder
    #[arg(long)]
    pub data: PathBuf,
    /// The organisation's id; needed only where the server has several
    #[arg(long)]
    pub org: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make an organisation and its first administrator; prints JSON {org, token, password}
    Init {
        #[arg(long)]
        data: PathBuf,
        /// The organisation's name
        #[arg(long)]
        org: String,
        /// The administrator's e-mail address, to sign in with
        #[arg(long)]
        email: String,
    },
    /// Print a one-time enrolment code (15 minutes)
    Code {
        #[command(flatten)]
        at: ServerData,
        /// Slug of the site
        #[arg(long)]
        site: String,
        /// Slug of the person
        #[arg(long)]
        person: String,
    },
    /// Add a person with a role at a site
    Person {
        #[command(flatten)]
        at: ServerData,
        /// A short name such as ana-silva
        #[arg(long)]
        slug: String,
        #[arg(long)]
        name: String,
        /// staff, technician, supervisor, manager, author, admin or integrator
        #[arg(long)]
        role: String,
        /// Slug of the site, or `org`
        #[arg(long)]
        site: String,
        /// The language they read, such as en or ar
        #[arg(long, default_value = "en")]
        language: String,
        /// Lets them sign in to the console with this address; prints their password
        #[arg(long)]
        email: Option<String>,
    },
    /// Give a role at a site
    Grant {
        #[command(flatten)]
        at: ServerData,
        #[arg(long)]
        person: String,
        #[arg(long)]
        role: String,
        #[arg(long)]
        site: String,
    },
    /// Take a role at a site
    Withdraw {
        #[command(flatten)]
        at: ServerData,
        #[arg(long)]
        person: String,
        #[arg(long)]
        role: String,
        #[arg(long)]
        site: String,
        /// Since when it does not hold any more: 2026-03-02, or 2026-03-02 14:30 of this machine's zone. Left out: now. What was done after it and arrives from now on is refused
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
    },
    /// Revoke a device: it reads and sends nothing any more; what it has unsent stays on it
    Revoke {
        #[command(flatten)]
        at: ServerData,
        /// The device's id or name
        #[arg(long)]
        device: String,
    },
    /// Let somebody try their PIN again on a device, from its next sync on
    Unlock {
        #[command(flatten)]
        at: ServerData,
        /// The device's id or name
        #[arg(long)]
        device: String,
        /// Slug of the person
        #[arg(long)]
        person: String,
    },
    /// Move a person's roles from one site to another
    Move {
        #[command(flatten)]
        at: ServerData,
        #[arg(long)]
        person: String,
        #[arg(long)]
        from: String,
        #[arg(long)]
        to: String,
    },
    /// Forget a customer: every key of what is known about them is destroyed here, and on every phone at its next sync. Counts stay. Prints JSON {forgotten}
    Forget(crate::admin_customers::Forget),
    /// Customers that were found to be one
    #[command(subcommand)]
    Subject(crate::admin_customers::Subject),
    /// A new password for somebody who signs in to the console; all their sessions end. Prints JSON {email, password}
    Password {
        /// The server's folder
        #[arg(long)]
        data: PathBuf,
        /// The address that they sign in with
        #[arg(long, value_name = "MAIL")]
        email: String,
    },
    /// A new token for programs, such as `content push`. Prints JSON {name, role, token, withdrawn}
    Token {
        #[command(flatten)]
        at: ServerData,
        /// What it is for
        #[arg(long, default_value = "admin token")]
        name: String,
        /// What it may do: author publishes content, admin also says who works where
        #[arg(long, default_value = "admin")]
        role: String,
        /// Withdraw every other token of the organisation
        #[arg(long)]
        withdraw_others: bool,
    },
    /// List what was refused and why; with --let-in, take one entry in
    Quarantine {
        #[command(flatten)]
        at: ServerData,
        /// The id of an entry, as the list shows it
        #[arg(long)]
        let_in: Option<String>,
    },
    /// Write a backup, also while the server runs; it is looked through before it counts
    Backup(crate::admin_backups::Backup),
    /// List the backups that are kept, the oldest first, and which file is gone
    Backups(crate::admin_backups::Backups),
    /// Put a backup in the place of the database. Stop the server first. What was there is set aside, not deleted
    Restore(crate::admin_backups::Restore),
    /// List what phones gave back after a restore and was not taken, because the server has something else in its place by now
    GivenBack {
        #[command(flatten)]
        at: ServerData,
    },
    /// Take in a file that `device export` wrote
    Import(crate::admin_recovery::Import),
    /// Make the organisation's recovery key, where there is none; with --take, move its private half to where you keep it. Prints JSON {org, public, private}
    Recovery(crate::admin_recovery::Recovery),
}

#[derive(Debug, Args)]
pub struct DeviceData {
    /// The phone's folder
    #[arg(long)]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct ByCode {
    #[command(flatten)]
    pub at: DeviceData,
    #[arg(long)]
    pub server: String,
    #[arg(long)]
    pub code: String,
}

#[derive(Debug, Subcommand)]
pub enum Device {
    /// Enrol with a one-time code; makes the folder where it is new
    Enrol(ByCode),
    /// Open a store that lost its phone's key, or came from another phone, by a one-time code of somebody of it; then go on as that device
    Recover(ByCode),
    /// Sync, and say what went up, came down, was held or refused and why
    Sync {
        #[command(flatten)]
        at: DeviceData,
        /// What kind of network there is: unmetered, metered (photos wait once the day's share is used) or none (photos wait)
        #[arg(long, default_value = "unmetered")]
        network: String,
        #[arg(long)]
        json: bool,
    },
    /// What the phone says of itself
    Status {
        #[command(flatten)]
        at: DeviceData,
        #[arg(long)]
        json: bool,
    },
    /// List a topic: training, procedures, runs, demands, actions, feedback, interactions, quarantine, sync or people
    List {
        topic: String,
        #[command(flatten)]
        at: DeviceData,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        runs: crate::args_runs::Runs,
    },
    /// Show one thing whole
    Show {
        id: String,
        #[command(flatten)]
        at: DeviceData,
        #[arg(long)]
        json: bool,
        /// Of a run: who changed what when, answer by answer
        #[arg(long)]
        history: bool,
    },
    /// Start a run of a procedure; says its id
    Start(crate::args_runs::Start),
    /// Show an asset by what its label says, or by its slug: what is done about it, and its open runs
    Asset(crate::args_runs::Asset),
    /// Read JSON lines, answer each with one JSON line, flushed only after the result is durable (docs/cli.md)
    Do {
        #[command(flatten)]
        at: DeviceData,
        /// Act as this enrolled person (slug)
        #[arg(long)]
        person: Option<String>,
        /// Time and chance come from the lines: for scenarios only
        #[arg(long, hide = true)]
        story: bool,
    },
    /// Build the lists anew from what was captured
    Rebuild {
        #[command(flatten)]
        at: DeviceData,
    },
    /// Write what is unsent to a file, for `admin import`
    Export {
        #[command(flatten)]
        at: DeviceData,
        /// The file; must not exist
        #[arg(long)]
        out: PathBuf,
    },
    /// Examine the store
    Check {
        #[command(flatten)]
        at: DeviceData,
    },
}
