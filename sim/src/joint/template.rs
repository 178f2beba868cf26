//! The world that every seed of whole phones begins in, made once: five people of one site, enrolled and up to date.

use std::path::PathBuf;
use std::sync::Arc;

use frontline_content::Bundle;
use frontline_domain::permission::Role;
use frontline_domain::release::Content;
use serde_json::{Value, json};

use crate::fuzz::Trace;
use crate::fuzz::net::Net;
pub use crate::fuzz::template::room;
use crate::time::{Seeded, StoryTime};
use crate::world::{Who, World};

/// The phones, and whose they are: the second and the last lead a shift, the third manages the site.
pub const CAST: [(&str, &str); 5] =
    [("ana", "ana-pereira"), ("ben", "ben-okafor"), ("grace", "grace-whitfield"), ("priya", "priya-nair"), ("tom", "tom-hale")];

/// The highest role of somebody of the sample company.
pub fn role_of(person: &str) -> Role {
    match person {
        "grace-whitfield" => Role::Manager,
        "ben-okafor" | "tom-hale" => Role::Supervisor,
        _ => Role::Staff,
    }
}

/// A world at rest in which all seeds begin.
pub struct Template {
    pub dir: PathBuf,
    _folder: tempfile::TempDir,
    pub bundle: Bundle,
    pub who: Who,
    pub now_ms: i64,
    /// Items, how often their section may be there, and whether photos belong beside their answers.
    pub items: Vec<(String, u16, bool)>,
}

pub fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())
}

impl Template {
    pub fn make(mut bundle: Bundle) -> Result<Template, String> {
        bundle.releases.retain(|r| r.slug.as_str() == "round" || !matches!(r.content, Content::Module(_) | Content::Procedure(_)));
        bundle.releases.retain(|r| !matches!(r.content, Content::Announcement(_) | Content::Article(_)));
        bundle.assignments.clear();
        bundle.people.retain(|p| CAST.iter().any(|(_, slug)| *slug == p.slug.as_str()));
        let (plan, _) = super::plan(&bundle)?;
        let sections = plan.form().sections.iter();
        let items = sections.flat_map(|s| s.items.iter().map(|i| (i.slug.to_string(), s.repeat.unwrap_or(1), i.evidence.is_some())));
        let items = items.collect();
        let folder = room().map_err(|e| e.to_string())?;
        let dir = folder.path().join("template");
        let time = StoryTime::starting(1_772_438_400_000);
        let net = Net::new(Arc::clone(&time), Seeded::new(7), Trace::default());
        let who = runtime()?.block_on(async {
            let mut world = World::open_on(&dir, Arc::clone(&time), 7, &bundle, net).await?;
            let mut phones = Vec::new();
            for (name, person) in CAST {
                phones.push(world.enrol(name, person, "harbour").await?);
                time.advance(1_000);
            }
            for phone in &mut phones {
                heard(phone.call(json!({"do": "sync.now"})).await)?;
            }
            drop(phones);
            let who = world.who();
            world.stop().await;
            Ok::<_, String>(who)
        })?;
        Ok(Template { dir, _folder: folder, bundle, who, now_ms: time.now_ms() + 60_000, items })
    }
}

/// An answer that is no refusal.
pub fn heard(answer: Value) -> Result<Value, String> {
    if answer["ok"] == json!(true) { Ok(answer) } else { Err(format!("{answer}")) }
}
