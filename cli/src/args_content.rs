//! What is done with a folder of content.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub enum Content {
    /// Report every problem of the folder at once, as file:line:column: message
    Check { dir: PathBuf },
    /// Publish what changed, all or nothing, and say what each change does
    Push {
        dir: PathBuf,
        /// Keep the procedures that changed as drafts at the server: no phone has them until somebody publishes them in the console
        #[arg(long)]
        draft: bool,
        /// Keep these procedures alone, by their slugs
        #[arg(long, requires = "draft", value_delimiter = ',')]
        only: Vec<String>,
        /// What becomes of open runs of procedures that change or go
        #[arg(long, value_enum, default_value_t, conflicts_with = "draft")]
        open_runs: OpenRuns,
        /// What whoever began one reads, where open runs are withdrawn
        #[arg(long, required_if_eq("open_runs", "withdraw"))]
        reason: Option<String>,
        #[command(flatten)]
        to: Remote,
    },
    /// Say what a push would do
    Diff {
        dir: PathBuf,
        #[command(flatten)]
        to: Remote,
    },
}

/// What becomes of open runs of the version before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OpenRuns {
    /// They are finished on the version that they began with
    #[default]
    Finish,
    /// Nobody finishes them; what was answered is kept
    Withdraw,
}

#[derive(Debug, Args)]
pub struct Remote {
    /// The server's address, such as https://frontline.example
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// The token that `admin init` printed
    #[arg(long, env = "FRONTLINE_TOKEN", hide_env_values = true)]
    pub token: String,
}
