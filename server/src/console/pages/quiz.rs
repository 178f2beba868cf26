//! `/assignments/{id}`: who passed the quiz of an assigned module, with what result, after how many attempts.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use frontline_domain::permission::Act;
use frontline_domain::record::{Assignment, Site};
use frontline_domain::{AssignmentId, PersonId, Scope};

use super::frame;
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::look::names::{Names, people_of};
use crate::console::look::quizzes::{Learned, quiz, results};
use crate::console::look::training::learners;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Bar, Chip, Place, QuizPage, ResultRow};
use crate::console::zone::Zone;
use crate::records;
use crate::store::ReadTx;

pub async fn show(State(console): State<Arc<Console>>, me: Me, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: AssignmentId = id.parse().map_err(|_| Failure::Missing)?;
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let assignment: Assignment = records::one(tx, me.org, &id.to_string()).await?.ok_or(Failure::Missing)?;
    let names = Names::read(tx, &me).await?;
    let (site, people) = meant(tx, &me, &names, &assignment).await?.ok_or(Failure::Missing)?;
    let current = names.publications.iter().find(|p| p.kind == "module" && assignment.kind == "module" && p.slug == assignment.slug);
    let release = match current {
        Some(publication) => console.library.get(tx, me.org, publication.release).await?,
        None => None,
    };
    let release = release.ok_or(Failure::Missing)?;
    let quiz = quiz(&release).ok_or(Failure::Missing)?;
    let results = results(tx, &console.library, me.org, &assignment.slug, &people).await?;
    let passed = results.iter().filter(|l| l.standing.passed).count() as u64;
    let (zone, t) = (names.zone(site), &me.t.quiz);
    let numbers = [("n", &*passed.to_string()), ("total", &results.len().to_string())];
    let rows = results.iter().map(|l| row(&names, &zone, quiz.attempts, l)).collect();
    let frame = frame(tx, &me, Some(Place::Sites), Some(&zone)).await?;
    Ok(page(&QuizPage {
        title: names.words(&release.title),
        site_id: site.id.to_string(),
        site: names.words(&site.name),
        zone: zone.sentence(),
        lead: fill(t.lead, &[("score", &quiz.mastery_score.to_string())]),
        due: zone.stamp(assignment.due_ms),
        passed: fill(&me.t.counted(t.passed_of, passed), &numbers),
        bar: Bar::of(passed, results.len() as u64),
        rows,
        frame,
    }))
}

/// Whom an assignment means, and the site where that is looked at; none where the person who asks may see none
/// of it.
async fn meant<'n>(
    tx: &mut dyn ReadTx,
    me: &Me,
    names: &'n Names,
    assignment: &Assignment,
) -> Result<Option<(&'n Site, Vec<PersonId>)>, Failure> {
    match assignment.to {
        Scope::Site(site) => match names.site_for(me, Act::Oversee, site) {
            Some(site) => Ok(Some((site, learners(tx, me.org, names, site.id).await?))),
            None => Ok(None),
        },
        Scope::Person(person) => {
            for site in names.sites_for(me, Act::Oversee) {
                if people_of(tx, me.org, names, site.id).await?.contains(&person) {
                    return Ok(Some((site, vec![person])));
                }
            }
            Ok(None)
        }
        Scope::Org | Scope::Device(_) => Ok(None),
    }
}

fn row(names: &Names, zone: &Zone, allowed: Option<u8>, result: &Learned) -> ResultRow {
    let (t, standing) = (&names.t.quiz, &result.standing);
    let two = |text: &str, n: u64, total: u64| fill(text, &[("n", &n.to_string()), ("total", &total.to_string())]);
    let chip = match (standing.passed, result.open, standing.best) {
        (true, _, _) => Chip::new("good", t.passed),
        (false, true, _) => Chip::new("open", t.open),
        (false, false, Some(_)) => Chip::new("warn", t.failed),
        (false, false, None) => Chip::new("", t.not_begun),
    };
    ResultRow {
        name: names.person(result.person),
        chip,
        best: standing.best.map_or_else(|| t.no_result.to_owned(), |(points, of)| two(t.points, points.into(), of.into())),
        bar: standing.best.map(|(points, of)| Bar::of(points.into(), of.into())),
        attempts: match allowed {
            Some(allowed) => two(t.of_allowed, standing.attempts.into(), allowed.into()),
            None => standing.attempts.to_string(),
        },
        beyond: (standing.beyond > 0).then(|| names.t.counted(t.beyond, standing.beyond.into())),
        passed: result.passed_ms.map(|ms| zone.stamp(ms)),
    }
}
