//! What somebody is to do, and what they have learned.

use std::collections::BTreeMap;

use frontline_domain::permission::Act;
use frontline_domain::record::Assignment;
use frontline_domain::{PersonId, Scope, Slug};

use super::person::Seen;
use crate::console::errors::Failure;
use crate::console::list::Reading;
use crate::console::look::quizzes::{self, Learned};
use crate::console::look::training::{Read, module};
use crate::console::strings::fill;
use crate::console::view::{Bar, Chip, OwnAssignment, TrainingRow};
use crate::console::zone::Zone;
use crate::lists::walk::{Under, merge};
use crate::lists::{OWN, STANDING, heading};
use crate::records;
use crate::store::{List, Walk, Within};

/// Assignments that are shown at most.
pub const MOST: usize = 20;
/// Assignments of their sites that are looked through at most: those to colleagues stand there too.
const LOOK: usize = 200;
/// Steps of training that are read at most.
const STEPS: usize = 2_000;

/// What the devices of one person reported of their training, where the one who asks oversees.
pub struct Learning {
    read: Read,
    quizzes: BTreeMap<Slug, Learned>,
}

impl Learning {
    pub async fn of(reading: &mut Reading, person: PersonId) -> Result<Self, Failure> {
        let (me, library) = (&reading.me, &reading.console.library);
        let see = |scope| me.may(Act::Oversee, scope);
        let read = Read::by(&mut *reading.tx, library, me.org, person, see, STEPS).await?;
        Ok(Self { read, quizzes: quizzes::of_person(&mut *reading.tx, library, me.org, person, see).await? })
    }
}

/// What is assigned to somebody, alone or with their site, the latest due first; and whether there is more.
pub async fn assigned(reading: &mut Reading, seen: &Seen, zone: &Zone, learning: &Learning) -> Result<(Vec<OwnAssignment>, bool), Failure> {
    let (org, person) = (reading.me.org, seen.person.id);
    let sites: Vec<Scope> = seen.held().map(|g| g.scope).filter(|s| matches!(s, Scope::Site(_))).collect();
    let own = heading(Some(Scope::Person(person)), OWN);
    let headings = std::iter::once(own).chain(sites.iter().map(|site| heading(Some(*site), STANDING)));
    let sources: Vec<Under> = headings.map(|heading| Under { org, list: List::Assignments, heading, within: Within::default() }).collect();
    let mut rows = Vec::new();
    for (spot, ()) in merge(&mut *reading.tx, &sources, &Walk::first(LOOK)).await? {
        let Some(one) = records::one::<Assignment>(&mut *reading.tx, org, &spot.key).await? else { continue };
        if one.withdrawn || !(one.to == Scope::Person(person) || sites.contains(&one.to)) {
            continue;
        }
        if rows.len() == MOST {
            return Ok((rows, true));
        }
        rows.push(row(reading, seen, zone, &one, learning).await?);
    }
    Ok((rows, false))
}

async fn row(reading: &mut Reading, seen: &Seen, zone: &Zone, one: &Assignment, learning: &Learning) -> Result<OwnAssignment, Failure> {
    let (t, org, person) = (reading.me.t, reading.me.org, seen.person.id);
    let current = reading.names.publications.iter().find(|p| p.kind == one.kind && p.slug == one.slug).cloned();
    let release = match &current {
        Some(publication) => reading.console.library.get(&mut *reading.tx, org, publication.release).await?,
        None => None,
    };
    let mut done = None;
    if let (Some(publication), Some(module)) = (&current, release.as_deref().and_then(module)) {
        let read = learning.read.reading(person, publication.release, &one.slug, module);
        let passed = learning.quizzes.get(&one.slug).is_some_and(|l| l.standing.passed);
        done = Some(module.move_on.is_done(read.done_ms.is_some(), passed));
    }
    Ok(OwnAssignment {
        what: release.as_deref().map_or_else(|| reading.names.plain(one.slug.as_str()), |r| reading.names.words(&r.title)),
        href: format!("/assignments/{}", one.id),
        kind: if one.kind == "module" { t.site.module } else { t.site.procedure },
        to: match one.to {
            Scope::Person(_) => reading.names.plain(t.person.personally),
            place => reading.names.place(place),
        },
        due: zone.stamp(one.due_ms),
        chip: match done {
            Some(true) => Some(Chip::new("good", t.site.done)),
            Some(false) if one.due_ms < reading.me.now_ms => Some(Chip::new("bad", t.site.overdue)),
            Some(false) | None => None,
        },
    })
}

/// How far somebody is with the modules that they began, the latest read first.
pub async fn training(reading: &mut Reading, person: PersonId, zone: &Zone, learning: &Learning) -> Result<Vec<TrainingRow>, Failure> {
    let t = reading.me.t;
    let Learning { read, quizzes } = learning;
    // Each module once: in the version that is current, else in the one that they read.
    let mut modules = BTreeMap::new();
    for version in read.versions(person) {
        let Some(release) = reading.console.library.get(&mut *reading.tx, reading.me.org, version).await? else { continue };
        let current = reading.names.publications.iter().find(|p| p.kind == "module" && p.slug == release.slug);
        modules.insert(release.slug.clone(), current.map_or(version, |p| p.release));
    }
    let mut rows = Vec::new();
    for version in modules.into_values() {
        let Some(release) = reading.console.library.get(&mut *reading.tx, reading.me.org, version).await? else { continue };
        let Some(module) = module(&release) else { continue };
        let (done, last_ms) = read.lessons(person, version, &release.slug, module);
        let total = module.lessons.len() as u64;
        let learned = quizzes.get(&release.slug);
        let last = last_ms.map(|ms| fill(t.people.last_read, &[("time", &zone.text(ms))]));
        let lessons = fill(&t.counted(t.people.lessons, done), &[("total", &total.to_string())]);
        let title = reading.names.words(&release.title);
        let (quiz, points) = (learned.map(|l| quiz(reading, l)), learned.and_then(|l| points(reading, l)));
        rows.push((last_ms, TrainingRow { title, lessons, bar: Bar::of(done, total), last, quiz, points }));
    }
    rows.sort_by_key(|(last_ms, _)| std::cmp::Reverse(*last_ms));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn quiz(reading: &Reading, learned: &Learned) -> Chip {
    let t = &reading.me.t.quiz;
    match (learned.standing.passed, learned.open) {
        (true, _) => Chip::new("good", t.passed),
        (false, true) => Chip::new("open", t.open),
        (false, false) => Chip::new("warn", t.failed),
    }
}

fn points(reading: &Reading, learned: &Learned) -> Option<String> {
    let (points, of) = learned.standing.best?;
    Some(fill(reading.me.t.quiz.points, &[("n", &points.to_string()), ("total", &of.to_string())]))
}
