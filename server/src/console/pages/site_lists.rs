//! The lists of a site's page.

use std::collections::BTreeMap;

use frontline_domain::document::RunState;
use frontline_domain::record::{Assignment, Site};
use frontline_domain::{AssignmentId, PersonId, Scope, SiteId, Slug, Text};

use crate::console::calm::calm;
use crate::console::errors::Failure;
use crate::console::look::assigned::{Given, Standing};
use crate::console::look::devices::Fleet;
use crate::console::look::figures::{Contacts, Feedback};
use crate::console::look::library::{Library, reasons as tree_of};
use crate::console::look::names::{Names, people_of};
use crate::console::look::quizzes;
use crate::console::look::runs::RunLine;
use crate::console::look::training::{Read, Reading, learners, module};
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::*;
use crate::console::zone::Zone;
use crate::customers;
use crate::customers::read::Opened;
use crate::keys::Keys;
use crate::store::ReadTx;

/// Comments shown at most.
const MOST_COMMENTS: usize = 5;
/// Assignments that were due this long ago are no longer listed.
const OLD_MS: i64 = 28 * 86_400_000;

/// A run's states in words.
pub fn chips(names: &Names, line: &RunLine) -> Vec<Chip> {
    let t = &names.t.run;
    let state = match line.state {
        RunState::Open => Chip::new("open", t.open),
        RunState::Submitted => Chip::new(if line.done { "good" } else { "info" }, t.submitted),
        RunState::SignedOff => Chip::new("good", t.signed_off),
        RunState::Lapsed => Chip::new("warn", t.lapsed),
        RunState::Withdrawn => Chip::new("open", t.withdrawn),
    };
    let mut chips = vec![state];
    if line.clashes() > 0 {
        chips.push(Chip::new("warn", names.t.counted(t.clashes, line.summary.clashes)));
    }
    if line.past_due {
        chips.push(Chip::new("bad", t.past_due));
    }
    chips
}

pub fn run(names: &Names, zone: &Zone, line: &RunLine) -> RunRow {
    let summary = &line.summary;
    let numbers = [("n", &*summary.answered.to_string()), ("total", &summary.total.to_string())];
    let people: Vec<String> = summary.people.iter().map(|p| names.person(*p)).collect();
    RunRow {
        id: summary.doc.to_string(),
        title: names.words(&line.release.title),
        chips: chips(names, line),
        due: line.due_ms.filter(|_| !line.done).map(|due| zone.stamp(due)),
        started: zone.stamp(summary.started_ms),
        started_by: names.several(people, 2),
        changed: zone.stamp(summary.changed_ms),
        progress: fill(names.t.site.of, &numbers),
        bar: Some(Bar::of(summary.answered, summary.total)),
    }
}

pub fn devices(names: &Names, zone: &Zone, fleet: &Fleet, site: SiteId, period: (i64, i64)) -> Vec<DeviceRow> {
    let t = &names.t.site;
    let all = fleet.completeness(site, period, names);
    let row = |d: &crate::store::DeviceRow| {
        let chip = if d.revoked_ms.is_some() {
            Chip::new("bad", t.revoked)
        } else if d.last_contact_ms.is_none() {
            Chip::new("", t.is_new)
        } else if all.silent.contains(&d.id) {
            Chip::new("", t.is_silent)
        } else if all.waiting.contains(&d.id) {
            Chip::new("warn", t.behind)
        } else {
            Chip::new("good", t.up_to_date)
        };
        let at = |text: &str, ms: i64| fill(text, &[("time", &zone.text(ms))]);
        let count = |map: &BTreeMap<_, u64>| map.get(&d.id).copied().unwrap_or(0);
        let problems = [(t.held, count(&fleet.held), "info"), (t.quarantined, count(&fleet.quarantined), "warn")];
        let problems = problems.into_iter().filter(|(_, n, _)| *n > 0);
        DeviceRow {
            name: d.name.clone(),
            model: d.model.clone(),
            chip,
            people: names.several(fleet.people(d.id).iter().map(|p| names.person(*p)).collect(), 3),
            contact: d.last_contact_ms.map_or_else(|| t.never.to_owned(), |ms| at(t.last_contact, ms)),
            reported: d.reported_through_ms.map_or_else(|| t.not_reported.to_owned(), |ms| at(t.reported_through, ms)),
            problems: problems.map(|(text, n, tone)| Chip::new(tone, names.t.counted(text, n))).collect(),
        }
    };
    fleet.of(site).into_iter().map(row).collect()
}

pub fn touchpoints(names: &Names, feedback: &Feedback<'_>) -> Vec<TouchpointRow> {
    let rows = feedback.by_touchpoint(names).into_iter();
    rows.map(|(slug, share)| TouchpointRow { name: names.touchpoint(slug), share }).collect()
}

/// What customers said, as far as its keys are there; of those who were forgotten that they were.
pub async fn comments(
    tx: &mut dyn ReadTx,
    keys: &Keys,
    names: &Names,
    zone: &Zone,
    feedback: &Feedback<'_>,
) -> Result<Vec<CommentRow>, Failure> {
    let mut rows = Vec::new();
    for (found, given) in feedback.comments(MOST_COMMENTS) {
        let Some(sealed) = &given.comment else { continue };
        let (text, said) = match customers::read::open::<String>(tx, keys, &found.header, given.id, sealed).await? {
            Opened::Known(words) => (calm(words), true),
            Opened::Forgotten => (names.t.site.forgotten.to_owned(), false),
            Opened::Closed => (names.t.site.closed.to_owned(), false),
        };
        rows.push(CommentRow {
            text,
            said,
            score_words: fill(names.t.site.score_of_five, &[("n", &given.score.to_string())]),
            place: names.touchpoint(&given.touchpoint),
            at: zone.stamp(found.effective_ms),
        });
    }
    Ok(rows)
}

/// Reasons by the labels of the tree that is current.
pub async fn reasons(
    tx: &mut dyn ReadTx,
    library: &Library,
    me: &Me,
    names: &Names,
    contacts: &Contacts,
) -> Result<Vec<ReasonRow>, Failure> {
    let mut labels: Vec<(Slug, Text)> = Vec::new();
    for publication in names.publications.iter().filter(|p| p.kind == "reasons") {
        if let Some(release) = library.get(tx, me.org, publication.release).await?
            && let Some(tree) = tree_of(&release)
        {
            labels.extend(tree.reasons.iter().flat_map(|f| &f.reasons).map(|r| (r.slug.clone(), r.label.clone())));
        }
    }
    let name =
        |slug: &Slug| labels.iter().find(|(s, _)| s == slug).map_or_else(|| names.plain(slug.as_str()), |(_, label)| names.words(label));
    let rows = contacts.by_reason(me.t).into_iter();
    Ok(rows.map(|(slug, handled, median)| ReasonRow { name: name(&slug), handled, median }).collect())
}

/// What is assigned to the site and to the people who work there, the next due first.
pub async fn assignments(
    tx: &mut dyn ReadTx,
    library: &Library,
    me: &Me,
    names: &Names,
    site: &Site,
    all: &[Given],
    standings: &BTreeMap<AssignmentId, Standing>,
) -> Result<Vec<AssignmentRow>, Failure> {
    let people = people_of(tx, me.org, names, site.id).await?;
    let zone = names.zone(site);
    let t = &names.t.site;
    let here = |a: &&Assignment| match a.to {
        Scope::Site(to) => to == site.id,
        Scope::Person(person) => people.contains(&person),
        Scope::Org | Scope::Device(_) => false,
    };
    let all = all.iter().map(|g| &g.assignment);
    let mut list: Vec<&Assignment> = all.filter(|a| a.due_ms > me.now_ms - OLD_MS).filter(here).collect();
    list.sort_by_key(|a| (a.due_ms < me.now_ms, (a.due_ms - me.now_ms).abs(), a.id));
    let read = Read::at(tx, library, me.org, site.id).await?;
    let learners = learners(tx, me.org, names, site.id).await?;
    let mut rows = Vec::new();
    for a in list {
        let current = names.publications.iter().find(|p| p.kind == a.kind && p.slug == a.slug);
        let release = match current {
            Some(publication) => library.get(tx, me.org, publication.release).await?,
            None => None,
        };
        let reading = match (current, release.as_deref().and_then(module)) {
            (Some(publication), Some(module)) => {
                let whom: Vec<_> = match a.to {
                    Scope::Person(person) => vec![person],
                    _ => learners.clone(),
                };
                whom.into_iter().map(|person| (person, read.reading(person, publication.release, &a.slug, module))).collect()
            }
            _ => Vec::new(),
        };
        let quiz = release.as_deref().and_then(quizzes::quiz).is_some();
        let people: Vec<PersonId> = reading.iter().map(|(person, _)| *person).collect();
        let learned = if quiz { quizzes::results(tx, library, me.org, &a.slug, &people).await? } else { Vec::new() };
        let passed = |person: &PersonId| learned.iter().any(|l| l.person == *person && l.standing.passed);
        let move_on = release.as_deref().and_then(module).map(|m| m.move_on).unwrap_or_default();
        let is_done = |(person, r): &(PersonId, Reading)| move_on.is_done(r.done_ms.is_some(), passed(person));
        let all_done = !reading.is_empty() && reading.iter().all(is_done);
        rows.push(AssignmentRow {
            what: release.as_deref().map_or_else(|| names.plain(a.slug.as_str()), |r| names.words(&r.title)),
            kind: if a.kind == "module" { t.module } else { t.procedure },
            who: match a.to {
                Scope::Person(person) => names.person(person),
                _ => t.everybody.to_owned(),
            },
            due: zone.stamp(a.due_ms),
            chip: standings.get(&a.id).and_then(|standing| match standing {
                Standing::Fine if all_done => Some(Chip::new("good", t.done)),
                Standing::Fine if a.kind == "module" && a.due_ms < me.now_ms => Some(Chip::new("bad", t.overdue)),
                Standing::Fine => None,
                Standing::Done => Some(Chip::new("good", t.done)),
                Standing::Late => Some(Chip::new("bad", t.overdue)),
                Standing::NotBegun => Some(Chip::new("bad", t.not_begun)),
            }),
            reading: (a.kind == "module").then(|| self::reading(names, &zone, &reading)),
            quiz: quiz.then(|| (format!("/assignments/{}", a.id), passed_of(names, &learned))),
        });
    }
    Ok(rows)
}

/// How many passed of those who are to.
fn passed_of(names: &Names, learned: &[quizzes::Learned]) -> String {
    let passed = learned.iter().filter(|l| l.standing.passed).count() as u64;
    let text = names.t.counted(names.t.quiz.passed_of, passed);
    fill(&text, &[("total", &learned.len().to_string())])
}

/// How far each of these is with a module, those who have most left first.
fn reading(names: &Names, zone: &Zone, people: &[(PersonId, Reading)]) -> ReadingView {
    let t = &names.t.site;
    let done = people.iter().filter(|(_, r)| r.done_ms.is_some()).count();
    let sentence = match people.len() as u64 {
        0 => t.read_by_nobody.to_owned(),
        n => fill(&names.t.counted(t.read_by, n), &[("done", &done.to_string())]),
    };
    let mut rows: Vec<&(PersonId, Reading)> = people.iter().collect();
    rows.sort_by_key(|(person, r)| (r.done_ms.is_some(), r.cards, names.person(*person)));
    let row = |(person, r): &(PersonId, Reading)| LearnerRow {
        name: names.person(*person),
        cards: fill(&names.t.counted(t.cards, r.of), &[("read", &r.cards.to_string())]),
        bar: Bar::of(r.cards, r.of),
        done: r.done_ms.map(|ms| zone.stamp(ms)),
    };
    ReadingView { sentence, people: rows.into_iter().map(row).collect() }
}
