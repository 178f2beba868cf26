//! The world that every seed begins in, made once: a small company with everybody enrolled and up to date. Keys
//! and enrolments are slow to make, and no seed differs in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontline_content::Bundle;
use frontline_domain::release::Content;
use serde_json::json;

use super::net::Net;
use super::snapshot;
use super::trace::Trace;
use crate::demo::shift::Company;
use crate::time::{Seeded, StoryTime};
use crate::world::{Who, World};

/// 2 March 2026, a Monday, 08:00 UTC.
const START_MS: i64 = 1_772_438_400_000;

/// Who has a phone, what their role is, and where they work.
pub const CAST: [(&str, &str, &str, &str); 6] = [
    ("ana", "ana-pereira", "staff", "harbour"),
    ("ben", "ben-okafor", "supervisor", "harbour"),
    ("callum", "callum-reid", "staff", "harbour"),
    ("khalid", "khalid-saeed", "supervisor", "marina"),
    ("priya", "priya-nair", "staff", "harbour"),
    ("yusuf", "yusuf-darwish", "staff", "marina"),
];

/// A world at rest, to be copied.
pub struct Template {
    dir: PathBuf,
    _folder: tempfile::TempDir,
    pub bundle: Bundle,
    pub company: Company,
    pub who: Who,
    pub now_ms: i64,
}

/// Where worlds are kept: in memory, if this machine has a folder for that.
pub fn room() -> std::io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::Builder::new().prefix("frontline").tempdir_in(memory) } else { tempfile::tempdir() }
}

/// Of the sample company what matters here: one module with a quiz, two short procedures, the people with phones.
fn small(content: &Path) -> Result<Bundle, String> {
    let said = |f: Vec<_>| f.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let mut bundle = frontline_content::check(content).map_err(said)?;
    let kept = ["coffee-basics", "closing-cash", "fridge-log"];
    bundle.releases.retain(|r| match &r.content {
        Content::Module(_) | Content::Procedure(_) => kept.contains(&r.slug.as_str()),
        Content::Announcement(_) | Content::Article(_) => false,
        _ => true,
    });
    for release in &mut bundle.releases {
        if let Content::Procedure(procedure) = &mut release.content {
            procedure.form.sections.truncate(1);
            let items = &mut procedure.form.sections[0].items;
            items.retain(|i| i.kind.answers().asks() && !i.kind.is_of_files());
            items.truncate(4);
        }
    }
    bundle.assignments.retain(|a| kept.contains(&a.slug.as_str()));
    let cast = |slug: &str| CAST.iter().any(|(_, person, ..)| *person == slug);
    bundle.people.retain(|p| cast(p.slug.as_str()));
    Ok(bundle)
}

impl Template {
    /// Makes it, out of the sample company in this folder.
    pub async fn make(content: &Path) -> Result<Template, String> {
        let bundle = small(content)?;
        let folder = room().map_err(|e| e.to_string())?;
        let dir = folder.path().join("template");
        let time = StoryTime::starting(START_MS);
        let net = Net::new(Arc::clone(&time), Seeded::new(7), Trace::default());
        let mut world = World::open_on(&dir, Arc::clone(&time), 7, &bundle, net).await?;
        let mut phones = Vec::new();
        for (name, person, _, site) in CAST {
            phones.push(world.enrol(name, person, site).await?);
            time.advance(1_000);
        }
        for phone in &mut phones {
            let said = phone.call(json!({"do": "sync.now"})).await;
            if said["ok"] != json!(true) {
                return Err(format!("the template: {}", said["message"]));
            }
        }
        phones.clear();
        let who = world.who();
        world.stop().await;
        Ok(Template { dir, _folder: folder, company: Company::of(&bundle), bundle, who, now_ms: time.now_ms() + 60_000 })
    }

    /// A world of its own for one seed, in the new folder `dir`.
    pub async fn copy_to(&self, dir: &Path, time: Arc<StoryTime>, seed: u64, net: Arc<Net>) -> Result<World, String> {
        snapshot::copy(&self.dir, dir).map_err(|e| e.to_string())?;
        World::go_on(dir, time, seed, &self.bundle, self.who, net).await
    }
}
