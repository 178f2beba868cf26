//! Which runs `device list runs` lists, and what `device start` and `device asset` ask for.

use clap::Args;
use serde_json::{Value, json};

use crate::args::DeviceData;
use crate::failure::Failure;

/// All of them where nothing is said.
#[derive(Debug, Args)]
pub struct Runs {
    /// Of runs: words of the title, of the asset's name, of the site's name or of the name of whoever began it, each by its beginning
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Of runs: open, submitted, signed-off or lapsed
    #[arg(long)]
    status: Option<String>,
    /// Of runs: those of this site, by its slug
    #[arg(long)]
    site: Option<String>,
    /// Of runs: those of this procedure, by its slug, whichever version of it
    #[arg(long)]
    procedure: Option<String>,
    /// Of runs: so many at most; where to go on is said behind them
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=200))]
    count: Option<u32>,
    /// Of runs: go on behind them, as it was said there
    #[arg(long, requires = "count")]
    after: Option<String>,
}

impl Runs {
    /// The line that asks for a topic.
    pub fn line(self, topic: &str) -> Result<Value, Failure> {
        let mut line = json!({"do": "device.list", "topic": topic});
        let said = [
            ("search", self.search.map(Value::from)),
            ("status", self.status.map(Value::from)),
            ("site", self.site.map(Value::from)),
            ("procedure", self.procedure.map(Value::from)),
            ("count", self.count.map(Value::from)),
            ("after", self.after.map(Value::from)),
        ];
        for (name, value) in said.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            if topic != "runs" {
                return Err(Failure::wrong_use(format!("--{name} is for the list of runs, not for {topic}")));
            }
            line[name] = value;
        }
        Ok(line)
    }
}

/// What is begun, and about what.
#[derive(Debug, Args)]
pub struct Start {
    pub procedure: String,
    /// What it is about: what the label of an asset says, or its slug
    #[arg(long, value_name = "CODE")]
    pub asset: Option<String>,
    #[command(flatten)]
    pub at: DeviceData,
}

/// Which asset is shown.
#[derive(Debug, Args)]
pub struct Asset {
    pub code: String,
    #[command(flatten)]
    pub at: DeviceData,
    #[arg(long)]
    pub json: bool,
}
