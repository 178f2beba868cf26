//! The story: the company is set up, days pass, everybody comes back online, figures are counted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontline_content::Bundle;
use frontline_content::words::{self, count_of};
use frontline_domain::release::Content;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use tokio::task::JoinSet;

use super::figures::{self, Figures};
use super::mishaps::Mishaps;
use super::rounds::{OUTAGE, Round};
use super::shift::{Company, Task, Worker};
use crate::time::{Seeded, StoryTime};
use crate::world::World;

/// What the demo is asked for.
pub struct Options {
    pub devices: u16,
    pub days: u16,
    pub seed: u64,
    /// An empty or new folder.
    pub data: PathBuf,
    /// The folder of content.
    pub content: PathBuf,
    /// Where progress goes; none: nowhere.
    pub progress: bool,
    /// This very program: phones that are killed are processes of it. None: they are dropped where they stand.
    pub program: Option<PathBuf>,
}

/// Quarters of an hour that a day of work has: 06:00 to 22:00 UTC.
const SLOTS: usize = 64;
/// 2 March 2026, a Monday, 06:00 UTC.
const START_MS: i64 = 1_772_431_200_000;
const SLOT_MS: i64 = 15 * 60_000;

/// Lives the story. Gives back the figures and the world, whose server still runs.
pub async fn run(options: &Options) -> Result<(Figures, World), String> {
    let bundle = frontline_content::check(&options.content)
        .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let chance = Seeded::new(options.seed);
    let time = StoryTime::starting(START_MS);
    let mut world = World::open(&options.data, Arc::clone(&time), options.seed, &bundle).await?;
    let company = Arc::new(Company::of(&bundle));

    say(&format!(
        "{}: {}, {}, {} of content, pushed as files.",
        bundle.organisation.name,
        count_of(bundle.sites.len(), "site", "sites"),
        count_of(bundle.people.len(), "person", "people"),
        count_of(bundle.releases.len(), "release", "releases")
    ));
    let bar = progress(options, "phones are enrolled", u64::from(options.devices));
    let mut workers = enrol(options, &mut world, &bundle, &bar).await?;
    bar.finish_and_clear();
    say(&format!("{} enrolled, each with a one-time code and a key of its own.", count_of(workers.len(), "phone", "phones")));
    workers = each(workers, &company, |_| vec![Task::Sync], &ProgressBar::hidden()).await;

    let mut mishaps = Mishaps::plan(options.days, &Seeded::new(options.seed ^ 0x6d69_7368), &company, options.program.clone());
    for day in 0..options.days {
        let before = mishaps.kills;
        let bar = progress(options, &format!("day {} of {}", day + 1, options.days), SLOTS as u64);
        let mut rounds = plan_rounds(&bundle, &workers, &chance);
        for slot in 0..SLOTS {
            set_network(&world, &workers, &rounds, slot).await?;
            workers = quarter(workers, &mut rounds, slot, &chance, &company).await;
            workers = mishaps.happen((day, slot), &mut world, workers, &chance).await?;
            // Contacts end within the quarter, some minutes after they began.
            for minutes in [4, 5] {
                time.advance(minutes * 60_000);
                let close = |w: &Worker| if w.contact.is_some() && chance.chance(45) { vec![Task::CloseContact] } else { Vec::new() };
                workers = each(workers, &company, close, &ProgressBar::hidden()).await;
            }
            time.advance(6 * 60_000);
            bar.inc(1);
        }
        time.advance(86_400_000 - SLOT_MS * SLOTS as i64);
        bar.finish_and_clear();
        let down = rounds.iter().filter(|r| r.run.is_some()).count();
        say(&format!(
            "Day {}: {}, each filled by several phones with their site's network down for an hour; {} killed amid a sync.",
            day + 1,
            count_of(down, "shared checklist", "shared checklists"),
            words::count(mishaps.kills - before, "phone was", "phones were")
        ));
    }

    if mishaps.restores + mishaps.moved > 0 {
        say("The server's disk was lost, and a backup of the first day was put in its place: the phones offered again what it lacked.");
        say("One phone was lost, too, and came back from a backup of its first morning; one person went to work at another site.");
    }
    world.switch_all(true).await?;
    let bar = progress(options, "everybody is back online", workers.len() as u64 * 3);
    for _ in 0..3 {
        workers = each(workers, &company, |_| vec![Task::Sync], &bar).await;
    }
    bar.finish_and_clear();
    say("Everybody is back online; what was captured has joined at the server.");

    let surprises: Vec<String> = workers.iter().flat_map(|w| w.surprises.iter().cloned()).collect();
    for line in surprises.iter().take(5) {
        say(&format!("unexpected: {line}"));
    }
    let figures = figures::count(options, &bundle, &mut world, &mut workers, &mishaps).await?;
    world.keep(workers.into_iter().map(|w| (w.name, w.phone)));
    Ok((figures, world))
}

fn say(line: &str) {
    use std::io::Write;
    // Nobody may be reading.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn progress(options: &Options, what: &str, len: u64) -> ProgressBar {
    let bar = ProgressBar::new(len);
    if !options.progress {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{msg:28} {bar:32} {pos}/{len}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// Gives each phone to a person, going round the sites so that each has its share; those who lead first.
async fn enrol(options: &Options, world: &mut World, bundle: &Bundle, bar: &ProgressBar) -> Result<Vec<Worker>, String> {
    let mut by_site: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for site in &bundle.sites {
        let mut people: Vec<(String, String)> = bundle
            .people
            .iter()
            .filter_map(|p| {
                let grant = p.grants.iter().find(|g| g.site.as_ref() == Some(&site.slug))?;
                let role = json!(grant.role).as_str().unwrap_or_default().to_owned();
                matches!(role.as_str(), "staff" | "technician" | "supervisor").then(|| (p.slug.to_string(), role))
            })
            .collect();
        people.sort_by_key(|(slug, role)| (role != "supervisor", slug.clone()));
        by_site.push((site.slug.to_string(), people));
    }
    let mut workers = Vec::new();
    for i in 0..usize::from(options.devices) {
        let (site, people) = &by_site[i % by_site.len()];
        if people.is_empty() {
            return Err(format!("nobody works at {site}; the demo needs staff at each site"));
        }
        let (person, role) = &people[(i / by_site.len()) % people.len()];
        let name = format!("phone-{:02}", i + 1);
        let phone = world.enrol(&name, person, site).await?;
        workers.push(Worker {
            name,
            person: person.clone(),
            site: site.clone(),
            role: role.clone(),
            phone,
            chance: Seeded::new(options.seed.wrapping_mul(1_000).wrapping_add(i as u64)),
            contact: None,
            started: None,
            sync_ms: Vec::new(),
            syncs_failed: 0,
            surprises: Vec::new(),
        });
        bar.inc(1);
    }
    Ok(workers)
}

/// Two shared checklists a site and day: one in the morning, one in the afternoon.
fn plan_rounds(bundle: &Bundle, workers: &[Worker], chance: &Seeded) -> Vec<Round> {
    let procedures: Vec<(&str, bool)> = bundle
        .releases
        .iter()
        .filter_map(|r| match &r.content {
            Content::Procedure(p) => Some((r.slug.as_str(), p.sign_off.are_asked())),
            _ => None,
        })
        .collect();
    let mut rounds = Vec::new();
    for site in &bundle.sites {
        let here: Vec<&Worker> = workers.iter().filter(|w| w.site == site.slug.as_str()).collect();
        let Some(leader) = here.iter().find(|w| w.role == "supervisor").or(here.first()) else { continue };
        let crew: Vec<String> = here.iter().filter(|w| w.name != leader.name).take(4).map(|w| w.name.clone()).collect();
        for begins in [4, 34] {
            if crew.is_empty() || procedures.is_empty() {
                continue;
            }
            let (procedure, signs) = *chance.pick(&procedures);
            rounds.push(Round {
                site: site.slug.to_string(),
                procedure: procedure.to_owned(),
                signs,
                begins,
                crew: crew.clone(),
                leader: leader.name.clone(),
                late: chance.chance(25),
                run: None,
            });
        }
    }
    rounds
}

async fn set_network(world: &World, workers: &[Worker], rounds: &[Round], slot: usize) -> Result<(), String> {
    for worker in workers {
        let down = rounds.iter().any(|r| {
            let step = slot.wrapping_sub(r.begins);
            // Who will answer late missed the sign-off: their own network stays down for its quarter.
            let missed = r.late && r.crew.last() == Some(&worker.name) && step == 9;
            r.site == worker.site && (OUTAGE.contains(&step) || missed)
        });
        world.switch(&worker.name, !down).await?;
    }
    Ok(())
}

async fn quarter(workers: Vec<Worker>, rounds: &mut [Round], slot: usize, chance: &Seeded, company: &Arc<Company>) -> Vec<Worker> {
    let plans: Vec<_> = rounds.iter().map(|r| r.tasks(slot)).collect();
    let tasks = |worker: &Worker| {
        let mut list = Vec::new();
        if chance.chance(35) {
            list.push(Task::Feedback);
        }
        match chance.below(100) {
            0..25 if worker.contact.is_none() => list.push(Task::OpenContact),
            0..70 if worker.contact.is_some() => list.push(Task::CloseContact),
            88..93 => list.push(Task::Read),
            93..97 => list.push(Task::Quiz),
            _ => {}
        }
        plans.iter().filter_map(|p| p.get(&worker.name)).for_each(|t| list.extend(t.iter().cloned()));
        if slot % 4 == 3 && !list.iter().any(|t| matches!(t, Task::Sync)) {
            list.push(Task::Sync);
        }
        list
    };
    let workers = each(workers, company, tasks, &ProgressBar::hidden()).await;
    rounds.iter_mut().for_each(|r| r.learn(slot, &workers));
    workers
}

/// Lets every phone do its tasks, side by side.
async fn each(workers: Vec<Worker>, company: &Arc<Company>, mut tasks: impl FnMut(&Worker) -> Vec<Task>, bar: &ProgressBar) -> Vec<Worker> {
    let mut set = JoinSet::new();
    for mut worker in workers {
        let list = tasks(&worker);
        let (company, bar) = (Arc::clone(company), bar.clone());
        set.spawn(async move {
            for task in &list {
                worker.perform(task, &company).await;
            }
            bar.inc(1);
            worker
        });
    }
    let mut back = set.join_all().await;
    back.sort_by(|a, b| a.name.cmp(&b.name));
    back
}

/// The folder of the sample company: below the current folder, else where this program was built.
pub fn sample_content() -> PathBuf {
    let here = Path::new("samples/harbour");
    if here.is_dir() { here.to_path_buf() } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour") }
}
