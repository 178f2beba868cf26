//! The ground of the kills: a company, some phones of one site, and the server as a process.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use frontline_content::Bundle;
use frontline_device::system::SystemClock;
use frontline_domain::Clock;
use frontline_server::App;
use frontline_server::system::SystemRandom;
use serde_json::json;

use super::process::Serving;
use super::work::Work;
use super::{Figures, Options};
use crate::demo::shift::Company;
use crate::invariants;
use crate::phone::Phone;
use crate::time::{Seeded, StoryTime};
use crate::world::World;

/// Phones that are killed in turn.
const PHONES: usize = 5;
/// Runs that all of them fill at once.
const RUNS: usize = 2;

/// Everything that the rounds work with.
pub struct Stage {
    pub world: World,
    pub phones: Vec<String>,
    pub program: PathBuf,
    /// The server's folder.
    pub data: PathBuf,
    /// The server, while it lives.
    pub serving: Option<Serving>,
    pub work: Work,
    /// How long a sync took that nobody killed: kills fall within about as long.
    pub sync_time: Duration,
    folder: tempfile::TempDir,
}

impl Stage {
    /// A company with its phones enrolled and some shared runs begun; then the server becomes a process.
    pub async fn set(options: &Options) -> Result<Stage, String> {
        let bundle = frontline_content::check(&options.content).map_err(|f| format!("the content has {} problems", f.len()))?;
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let mut world = World::open(folder.path(), StoryTime::starting(SystemClock.now().wall_ms), options.seed, &bundle).await?;
        let (site, people) = crew(&bundle).ok_or("the content names no site with people who work there")?;
        let mut work = Work::new(Seeded::new(options.seed), Company::of(&bundle), &site);
        let mut phones = Vec::new();
        for n in 0..PHONES {
            let name = format!("phone-{}", n + 1);
            let mut phone = world.enrol(&name, &people[n % people.len()], &site).await?;
            phone.call(json!({"do": "sync.now"})).await;
            if n == 0 {
                begin_runs(&mut phone, &mut work).await?;
            }
            phone.close().await;
            phones.push(name);
        }
        let data = world.hand_over().await;
        let mut stage = Stage {
            world,
            phones,
            program: options.program.clone(),
            data,
            serving: None,
            work,
            sync_time: Duration::from_millis(60),
            folder,
        };
        stage.serve().await?;
        Ok(stage)
    }

    /// Starts the server's process; the phones' lines follow it.
    pub async fn serve(&mut self) -> Result<(), String> {
        let serving = Serving::start(&self.program, &self.data).await?;
        self.world.answers_at(serving.addr);
        self.serving = Some(serving);
        Ok(())
    }

    /// One of the phones.
    pub fn any_phone(&self) -> String {
        self.work.chance.pick(&self.phones).clone()
    }

    /// The server's store, opened beside the server that runs on it, as an administrator's command does.
    pub async fn books(&self) -> Result<Arc<App>, String> {
        App::open(&self.data, Arc::new(SystemClock), Arc::new(SystemRandom))
            .await
            .map_err(|e| format!("the server's store does not open: {e}"))
    }

    /// Everybody syncs until nothing is left; then everything is compared.
    pub async fn end(mut self, figures: &mut Figures) -> Result<(), String> {
        if let Some(serving) = self.serving.take() {
            serving.kill().await;
        }
        self.world.time.advance(SystemClock.now().wall_ms - self.world.time.now_ms());
        self.world.take_back().await?;
        let mut open = Vec::new();
        for name in &self.phones {
            open.push((name.clone(), self.world.reopen(name)?));
        }
        for turn in 0..3 {
            for (name, phone) in &mut open {
                let said = phone.call(json!({"do": "sync.now"})).await;
                if said["ok"] != json!(true) {
                    figures.problems.push(format!("at the end {name} does not sync (turn {}): {}", turn + 1, said["message"]));
                }
            }
        }
        let mut phones: Vec<(&str, &mut Phone)> = open.iter_mut().map(|(n, p)| (n.as_str(), p)).collect();
        let found = invariants::check(&mut self.world, &mut phones).await?;
        for (name, phone) in &mut phones {
            let status = phone.call(json!({"do": "device.status"})).await;
            if status["unsent"] != json!(0) {
                figures.problems.push(format!("at the end {name} has {} unsent", status["unsent"]));
            }
        }
        let totals = self.world.totals().await?;
        (figures.stored, figures.held, figures.quarantined) = (totals.stored, totals.held, totals.quarantined);
        (figures.acknowledged, figures.lost, figures.replicas_agree) = (found.acknowledged, found.lost, found.replicas_agree);
        figures.problems.extend(found.problems.into_iter().map(|p| format!("at the end {p}")));
        drop(open);
        self.world.stop().await;
        self.folder.close().map_err(|e| e.to_string())
    }
}

/// A site where at least two people work, and those who do.
fn crew(bundle: &Bundle) -> Option<(String, Vec<String>)> {
    bundle.sites.iter().find_map(|site| {
        let works = |p: &&frontline_content::Person| {
            p.grants.iter().any(|g| g.site.as_ref() == Some(&site.slug) && matches!(json!(g.role).as_str(), Some("staff" | "supervisor")))
        };
        let people: Vec<String> = bundle.people.iter().filter(works).map(|p| p.slug.to_string()).collect();
        (people.len() >= 2).then(|| (site.slug.to_string(), people))
    })
}

async fn begin_runs(phone: &mut Phone, work: &mut Work) -> Result<(), String> {
    for procedure in work.procedures().into_iter().take(RUNS) {
        let begun = phone.call(json!({"do": "procedures.start", "procedure": procedure})).await;
        let run = begun["id"].as_str().ok_or_else(|| format!("{procedure} can't be begun: {}", begun["message"]))?.to_owned();
        if let Some(first) = work.share(run, &procedure) {
            phone.call(first).await;
        }
    }
    let synced = phone.call(json!({"do": "sync.now"})).await;
    if synced["ok"] == json!(true) { Ok(()) } else { Err(format!("the first phone does not sync: {}", synced["message"])) }
}
