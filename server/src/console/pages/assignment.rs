//! `/assignments/{id}`: one assignment, and how people stand with it; who passed the quiz of a module, with what
//! result, after how many attempts.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use frontline_domain::permission::Act;
use frontline_domain::quiz::Quiz;
use frontline_domain::record::{Assignment, Site};
use frontline_domain::release::Release;
use frontline_domain::{AssignmentId, PersonId, ReleaseHash, Scope};

use super::{deeds, frame};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::look::names::{Names, people_of};
use crate::console::look::quizzes::{Learned, quiz, results as results_of};
use crate::console::look::training::{Read, Reading, learners, module};
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{AssignmentPage, Bar, Chip, Place, ResultRow, Results, WithdrawPage, Words};
use crate::console::zone::Zone;
use crate::records;
use crate::store::ReadTx;

/// An assignment with what it asks for, and where it is looked at.
struct Found {
    names: Names,
    one: Assignment,
    release: Option<(ReleaseHash, Arc<Release>)>,
    /// None: it is of somebody without a role anywhere, whom only the whole organisation's overseers see.
    site: Option<Site>,
    people: Vec<PersonId>,
}

impl Found {
    async fn read(tx: &mut dyn ReadTx, console: &Console, me: &Me, act: Act, id: &str) -> Result<Self, Failure> {
        let id: AssignmentId = id.parse().map_err(|_| Failure::Missing)?;
        let one: Assignment = records::one(tx, me.org, &id.to_string()).await?.ok_or(Failure::Missing)?;
        let names = Names::read(tx, me).await?;
        let Some((site, people)) = meant(tx, me, act, &names, &one).await? else {
            let seen = meant(tx, me, Act::Oversee, &names, &one).await?.is_some();
            return Err(if seen { Failure::Forbidden } else { Failure::Missing });
        };
        let current = names.publications.iter().find(|p| p.kind == one.kind && p.slug == one.slug).map(|p| p.release);
        let release = match current {
            Some(hash) => console.library.get(tx, me.org, hash).await?.map(|release| (hash, release)),
            None => None,
        };
        Ok(Self { names, one, release, site, people })
    }
    fn title(&self) -> Words {
        self.release.as_ref().map_or_else(|| self.names.plain(self.one.slug.as_str()), |(_, r)| self.names.words(&r.title))
    }
    fn zone(&self) -> Zone {
        self.names.zone_of(self.site.iter().map(|s| Scope::Site(s.id)))
    }
    fn to(&self) -> Words {
        match self.one.to {
            Scope::Person(person) => self.names.plain(self.names.person(person)),
            place => self.names.place(place),
        }
    }
    /// The place that decides who may withdraw it.
    fn place(&self) -> Scope {
        self.site.as_ref().map_or(Scope::Org, |s| Scope::Site(s.id))
    }
}

/// What kind of release is assigned, in a word.
pub fn kind(t: &Strings, one: &Assignment) -> &'static str {
    if one.kind == "module" { t.site.module } else { t.site.procedure }
}

/// How an assignment stands against the calendar.
pub fn state(t: &Strings, one: &Assignment, now_ms: i64) -> Chip {
    match (one.withdrawn, one.due_ms < now_ms) {
        (true, _) => Chip::new("", t.assignments.withdrawn),
        (false, true) => Chip::new("warn", t.assignments.late),
        (false, false) => Chip::new("info", t.assignments.upcoming),
    }
}

/// Whom an assignment means, and the site where the person who asks may do this about it; none where there is
/// none.
async fn meant(
    tx: &mut dyn ReadTx,
    me: &Me,
    act: Act,
    names: &Names,
    assignment: &Assignment,
) -> Result<Option<(Option<Site>, Vec<PersonId>)>, Failure> {
    match assignment.to {
        Scope::Site(site) => match names.site_for(me, act, site) {
            Some(site) => Ok(Some((Some(site.clone()), learners(tx, me.org, names, site.id).await?))),
            None => Ok(None),
        },
        Scope::Person(person) => {
            if let Some(site) = home(tx, me, act, names, person).await? {
                return Ok(Some((Some(site), vec![person])));
            }
            for site in names.sites_for(me, act) {
                if people_of(tx, me.org, names, site.id).await?.contains(&person) {
                    return Ok(Some((Some(site.clone()), vec![person])));
                }
            }
            Ok(me.may(act, Scope::Org).then(|| (None, vec![person])))
        }
        Scope::Org | Scope::Device(_) => Ok(None),
    }
}

/// Where somebody works, among the sites where whoever asks may do this: where they have a role of the site, else where
/// they were enrolled last. A role in the whole organisation alone says nothing about it.
async fn home(tx: &mut dyn ReadTx, me: &Me, act: Act, names: &Names, person: PersonId) -> Result<Option<Site>, Failure> {
    let held = tx.grants(me.org, person).await?;
    let held = |id| held.iter().any(|g| g.scope == Scope::Site(id) && g.held_between(me.now_ms, me.now_ms));
    let sites = names.sites_for(me, act);
    if let Some(site) = sites.iter().find(|site| held(site.id)) {
        return Ok(Some((*site).clone()));
    }
    let last = tx.certified_person(me.org, person).await?.into_iter().max_by_key(|c| (c.at_ms, c.site));
    Ok(last.and_then(|c| sites.into_iter().find(|site| site.id == c.site).cloned()))
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let found = Found::read(tx, &console, &me, Act::Oversee, &id).await?;
    let (zone, one) = (found.zone(), &found.one);
    let results = results(tx, &console, &me, &found, &zone).await?;
    let site = found.site.as_ref().map_or_else(|| "/".to_owned(), |s| format!("/sites/{}", s.id));
    let frame = frame(tx, &me, Some(Place::Assignments), Some(&zone)).await?;
    Ok(page(&AssignmentPage {
        id: one.id.to_string(),
        title: found.title(),
        kind: kind(me.t, one),
        to: found.to(),
        to_href: if let Scope::Person(person) = one.to { format!("/people/{person}") } else { site.clone() },
        zone: zone.sentence(),
        due: zone.stamp(one.due_ms),
        chip: state(me.t, one, me.now_ms),
        may_withdraw: !one.withdrawn && me.may(Act::Assign, found.place()),
        results,
        runs: format!("{site}#runs"),
        frame,
    }))
}

/// How those who are meant stand with the module that is current.
async fn results(tx: &mut dyn ReadTx, console: &Console, me: &Me, found: &Found, zone: &Zone) -> Result<Option<Results>, Failure> {
    let Some((hash, release)) = found.release.as_ref().filter(|(_, release)| module(release).is_some()) else { return Ok(None) };
    let Some(module) = module(release) else { return Ok(None) };
    let read = match &found.site {
        Some(site) => Read::at(tx, &console.library, me.org, site.id).await?,
        None => Read::default(),
    };
    let (names, quiz, t) = (&found.names, quiz(release), &me.t.quiz);
    let learned = results_of(tx, &console.library, me.org, &found.one.slug, &found.people).await?;
    let mut done = 0;
    let mut rows = Vec::new();
    for one in &learned {
        let reading = read.reading(one.person, *hash, &release.slug, module);
        let is_done = if quiz.is_some() { one.standing.passed } else { reading.done_ms.is_some() };
        done += u64::from(is_done);
        rows.push(row(names, zone, quiz, one, reading));
    }
    let total = learned.len().to_string();
    let counted = match quiz {
        Some(_) => fill(&me.t.counted(t.passed_of, done), &[("total", &total)]),
        None => fill(&me.t.counted(t.read_of, done), &[("total", &total)]),
    };
    let lead = quiz.map(|quiz| fill(t.lead, &[("score", &quiz.mastery_score.to_string())]));
    Ok(Some(Results { lead, done: counted, bar: Bar::of(done, learned.len() as u64), rows }))
}

fn row(names: &Names, zone: &Zone, quiz: Option<&Quiz>, result: &Learned, reading: Reading) -> ResultRow {
    let (t, standing) = (&names.t.quiz, &result.standing);
    let two = |text: &str, n: u64, total: u64| fill(text, &[("n", &n.to_string()), ("total", &total.to_string())]);
    let chip = match (quiz.is_some(), standing.passed, result.open, standing.best) {
        (false, ..) if reading.done_ms.is_some() => Chip::new("good", names.t.site.done),
        (false, ..) if reading.cards > 0 => Chip::new("open", t.open),
        (false, ..) => Chip::new("", t.not_begun),
        (true, true, _, _) => Chip::new("good", t.passed),
        (true, false, true, _) => Chip::new("open", t.open),
        (true, false, false, Some(_)) => Chip::new("warn", t.failed),
        (true, false, false, None) => Chip::new("", t.not_begun),
    };
    let when = if quiz.is_some() { result.passed_ms } else { reading.done_ms };
    ResultRow {
        id: result.person.to_string(),
        name: names.person(result.person),
        chip,
        cards: fill(&names.t.counted(names.t.site.cards, reading.of), &[("read", &reading.cards.to_string())]),
        read: Bar::of(reading.cards, reading.of),
        best: standing.best.map_or_else(|| t.no_result.to_owned(), |(points, of)| two(t.points, points.into(), of.into())),
        bar: standing.best.map(|(points, of)| Bar::of(points.into(), of.into())),
        attempts: match quiz.and_then(|q| q.attempts) {
            Some(allowed) => two(t.of_allowed, standing.attempts.into(), allowed.into()),
            None => standing.attempts.to_string(),
        },
        beyond: (standing.beyond > 0).then(|| names.t.counted(t.beyond, standing.beyond.into())),
        when: when.map(|ms| zone.stamp(ms)),
    }
}

/// `GET /assignments/{id}/withdraw`.
pub async fn ask(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let found = Found::read(tx, &console, &me, Act::Assign, &id).await?;
    if found.one.withdrawn {
        return Ok(Redirect::to(&format!("/assignments/{}", found.one.id)).into_response());
    }
    let zone = found.zone();
    Ok(page(&WithdrawPage {
        id: found.one.id.to_string(),
        title: found.title(),
        kind: kind(me.t, &found.one),
        to: found.to(),
        zone: zone.sentence(),
        due: zone.stamp(found.one.due_ms),
        frame: frame(tx, &me, Some(Place::Assignments), Some(&zone)).await?,
    }))
}

/// `POST /assignments/{id}/withdraw`.
pub async fn withdraw(State(console): State<Arc<Console>>, Path(id): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let mut tx = console.store.read().await?;
    let found = Found::read(tx.as_mut(), &console, &sent.me, Act::Assign, &id).await?;
    drop(tx);
    deeds::withdraw_assignment(&console, &sent.me, found.place(), &found.one).await?;
    Ok(Redirect::to("/assignments?done=withdrawn").into_response())
}
