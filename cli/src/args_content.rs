//! What is done with a folder of content.

use std::path::PathBuf;

use clap::{Args, Subcommand};

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

#[derive(Debug, Args)]
pub struct Remote {
    /// The server's address, such as https://frontline.example
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// The token that `admin init` printed
    #[arg(long, env = "FRONTLINE_TOKEN", hide_env_values = true)]
    pub token: String,
}
