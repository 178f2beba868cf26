//! `/drafts`: new versions that nobody has yet; `/content/{kind}/{slug}/draft`: one with what it changes, and what
//! publishing it does, before it is done.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use frontline_domain::form::change::{What, between};
use frontline_domain::permission::Act;
use frontline_domain::release::{Content, Procedure, Release, Signers};
use frontline_domain::{PersonId, ReleaseHash, Scope, Slug};

use super::content::zone;
use super::release::Found;
use super::{deeds, frame, release_runs};
use crate::admin::content::drafts;
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::{Reading, filters};
use crate::console::look::names::Names;
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{
    ChangeGroup, ChangedItem, Chip, DraftPage, DraftRowView, DraftsPage, Field, FieldKind, Notice, Place, TesterView,
};
use crate::store::DraftRow;

/// Items that one way of change names at most.
const MOST: usize = 100;

/// What was done a moment ago.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

fn notice(t: &crate::console::strings::Strings, done: &str) -> Option<Notice> {
    let (tone, text) = match done {
        "lent" => ("good", t.drafts.said_lent),
        "taken" => ("good", t.drafts.said_taken),
        "dropped" => ("good", t.drafts.said_dropped),
        "gone" => ("bad", t.drafts.said_gone),
        "lists" => ("bad", t.drafts.said_lists),
        "reason" => ("bad", t.withdrawn.no_reason),
        _ => return None,
    };
    Some(Notice { tone, text: text.to_owned(), link: None })
}

/// Drafts are for those who publish.
fn is_for(me: &Me) -> Result<(), Failure> {
    if me.may(Act::Publish, Scope::Org) { Ok(()) } else { Err(Failure::Forbidden) }
}

pub async fn list(State(console): State<Arc<Console>>, me: Me, Query(done): Query<Done>) -> Result<Response, Failure> {
    is_for(&me)?;
    let mut reading = Reading::begin(console, me).await?;
    let (t, zone) = (reading.me.t, zone(&reading));
    let mut rows = Vec::new();
    for row in reading.tx.drafts(reading.me.org).await? {
        let (_, release) = drafts::read(&row)?;
        let is_new = !reading.names.publications.iter().any(|p| p.kind == row.kind && p.slug == release.slug);
        rows.push(DraftRowView {
            href: path(&row.kind, &release.slug),
            title: reading.names.words(&release.title),
            slug: row.slug,
            since: zone.stamp(row.at_ms),
            chip: if is_new { Chip::new("info", t.drafts.new) } else { Chip::new("open", t.drafts.of_current) },
        });
    }
    let notice = notice(t, &done.done);
    let frame = frame(&mut *reading.tx, &reading.me, Some(Place::Content), Some(&zone)).await?;
    Ok(page(&DraftsPage { rows, notice, frame }))
}

/// Where a draft is looked at.
pub fn path(kind: &str, slug: &Slug) -> String {
    format!("/content/{kind}/{slug}/draft")
}

/// What a page showed: the draft, and what stood under its name when it was compared with that.
fn seen(draft: ReleaseHash, over: Option<ReleaseHash>) -> String {
    format!("{draft}.{}", over.map(|hash| hash.to_string()).unwrap_or_default())
}

/// A draft, and what stands under its name.
struct Kept {
    row: DraftRow,
    hash: ReleaseHash,
    release: Release,
    found: Option<Found>,
}

async fn find(reading: &mut Reading, kind: &str, slug: &str) -> Result<Kept, Failure> {
    is_for(&reading.me)?;
    let row = reading.tx.draft(reading.me.org, kind, slug).await?.ok_or(Failure::Missing)?;
    let (hash, release) = drafts::read(&row)?;
    let found = match Found::read(reading, kind, slug).await {
        Ok(found) => Some(found),
        Err(Failure::Missing) => None,
        Err(other) => return Err(other),
    };
    Ok(Kept { row, hash, release, found })
}

/// `GET /content/{kind}/{slug}/draft`.
pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path((kind, slug)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let kept = find(&mut reading, &kind, &slug).await?;
    let (t, zone) = (reading.me.t, zone(&reading));
    let current = match &kept.found {
        Some(found) => reading.console.library.get(&mut *reading.tx, reading.me.org, found.published.publication.release).await?,
        None => None,
    };
    let (mut lines, groups) = match &current {
        Some(current) => changes(&reading.names, current, &kept.release),
        None => (vec![t.drafts.all_new.to_owned()], Vec::new()),
    };
    lines.retain(|line| !line.is_empty());
    let label = t.drafts.lend_to;
    let chosen = reading.me.person.to_string();
    let Field { kind: people, .. } = filters::person(&mut reading, ("person", label), Act::Oversee, "", &[], &chosen).await?;
    let mut people = if let FieldKind::Choice(people) = people { people } else { Vec::new() };
    people.retain(|one| !one.value.is_empty());
    let open_runs = match &kept.found {
        Some(found) => release_runs::choice(&mut reading, found, None).await?,
        None => None,
    };
    let (testers, others) = testers(&mut reading, &kept.row).await?;
    let shown = DraftPage {
        people,
        testers,
        others,
        title: reading.names.words(&kept.release.title),
        slug: kept.row.slug.clone(),
        since: zone.stamp(kept.row.at_ms),
        hash: seen(kept.hash, kept.found.as_ref().map(|found| found.published.publication.release)),
        action: path(&kind, &kept.release.slug),
        current: kept.found.as_ref().map(|found| format!("/content/{}", found.path())),
        lines,
        groups,
        media: super::media::shown(&reading.names, &kept.release),
        effects: effects(&reading, &kept),
        open_runs,
        notice: notice(t, &done.done),
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Content), Some(&zone)).await?,
    };
    Ok(page(&shown))
}

/// Who tries it, of those whom the reader oversees; and how many others do, in words.
async fn testers(reading: &mut Reading, row: &DraftRow) -> Result<(Vec<TesterView>, Option<String>), Failure> {
    let (org, me) = (reading.me.org, reading.me.person);
    let (mut shown, mut others) = (Vec::new(), 0);
    for person in reading.tx.testers(org, &row.kind, &row.slug).await? {
        let held = reading.tx.grants(org, person).await?;
        if person != me && !held.iter().any(|grant| reading.me.may(Act::Oversee, grant.scope)) {
            others += 1;
            continue;
        }
        reading.names.meet(&mut *reading.tx, &[person]).await?;
        shown.push(TesterView { id: person.to_string(), name: reading.names.person(person) });
    }
    Ok((shown, (others > 0).then(|| reading.me.t.counted(reading.me.t.drafts.others, others))))
}

/// What publishing it does.
fn effects(reading: &Reading, kept: &Kept) -> Vec<String> {
    let (t, c) = (reading.me.t, &reading.me.t.content);
    let Some(found) = &kept.found else { return vec![t.drafts.e_first.to_owned()] };
    let mut effects = vec![t.drafts.e_new.to_owned()];
    effects.extend(found.published.publication.withdrawn.then(|| t.drafts.e_back.to_owned()));
    effects.extend((found.open() > 0).then(|| t.counted(c.e_open_runs, found.open())));
    effects.extend((found.asked.assignments > 0).then(|| t.counted(c.e_assignments_use, found.asked.assignments)));
    effects
}

fn procedure(release: &Release) -> Option<&Procedure> {
    if let Content::Procedure(procedure) = &release.content { Some(procedure) } else { None }
}

/// What a new version changes, in words: beside its items, and item by item.
fn changes(names: &Names, old: &Release, new: &Release) -> (Vec<String>, Vec<ChangeGroup>) {
    let t = &names.t.drafts;
    let (Some(before), Some(after)) = (procedure(old), procedure(new)) else { return (Vec::new(), Vec::new()) };
    let signers = |of: &Signers| match of.roles() {
        [] => t.nobody.to_owned(),
        roles => names.t.list(&roles.iter().map(|role| names.t.roles.of(*role).to_owned()).collect::<Vec<_>>()),
    };
    let number = |n: Option<u16>, unit: &str| n.map_or_else(|| t.none.to_owned(), |n| format!("{n}{unit}"));
    let pass = |of: &Procedure| number(of.form.pass_mark.map(u16::from), " %");
    let pairs = [
        (t.l_title, names.words(&old.title).text, names.words(&new.title).text),
        (t.l_signers, signers(&before.sign_off), signers(&after.sign_off)),
        (t.l_pass, pass(before), pass(after)),
        (t.l_minutes, number(before.minutes, ""), number(after.minutes, "")),
    ];
    let told = |(text, before, after): &(&str, String, String)| fill(text, &[("before", before), ("after", after)]);
    let lines = pairs.iter().filter(|(_, before, after)| before != after).map(told).collect();

    let all = between(&before.form, &after.form);
    let label = |slug: &Slug, is_section: bool| {
        let of = |form: &frontline_domain::form::Form| match is_section {
            true => form.sections.iter().find(|s| s.slug == *slug).map(|s| names.words(&s.label)),
            false => form.item(slug).map(|item| names.words(&item.label)),
        };
        of(&after.form).or_else(|| of(&before.form)).unwrap_or_else(|| names.plain(slug.as_str()))
    };
    let ways = [
        (What::Meaning, t.w_meaning),
        (What::Added, t.w_added),
        (What::Gone, t.w_gone),
        (What::Moved, t.w_moved),
        (What::Wording, t.w_wording),
    ];
    let group = |(what, way)| {
        let of: Vec<_> = all.iter().filter(|change| change.what == what).collect();
        let items = of.iter().take(MOST).map(|c| ChangedItem { label: label(&c.slug, c.is_section), slug: c.slug.to_string() });
        let more = of.len().saturating_sub(MOST) as u64;
        let more = (more > 0).then(|| names.t.counted(t.more, more));
        (!of.is_empty()).then(|| ChangeGroup { way, items: items.collect(), more })
    };
    (lines, ways.into_iter().filter_map(group).collect())
}

/// `POST /content/{kind}/{slug}/draft`: published, dropped, given to somebody to try, or taken back.
pub async fn decide(
    State(console): State<Arc<Console>>,
    Path((kind, slug)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console.clone(), sent.me.clone()).await?;
    is_for(&reading.me)?;
    // Whoever presses twice, or after a colleague, is told so; a name that nobody ever used is none.
    let slug: Slug = slug.parse().map_err(|_| Failure::Missing)?;
    if reading.tx.draft(reading.me.org, &kind, slug.as_str()).await?.is_none() {
        let known = reading.names.publications.iter().any(|p| p.kind == kind && p.slug == slug);
        return if known { Ok(Redirect::to("/drafts?done=gone").into_response()) } else { Err(Failure::Missing) };
    }
    drop(reading);
    let (seen, over) = sent.fields.get("draft").split_once('.').unwrap_or((sent.fields.get("draft"), ""));
    let seen: ReleaseHash = seen.parse().map_err(|_| Failure::Wrong)?;
    let over: Option<ReleaseHash> = if over.is_empty() { None } else { Some(over.parse().map_err(|_| Failure::Wrong)?) };
    let to = match sent.fields.get("what") {
        "publish" if sent.fields.get("open_runs") == "withdraw" && sent.fields.get("reason").is_empty() => {
            format!("{}?done=reason", path(&kind, &slug))
        }
        "publish" => {
            match deeds::publish_draft(&console, &sent.me, &kind, &slug, (seen, over), &release_runs::chosen(&sent.fields, &sent.me)?).await
            {
                Ok(true) if sent.fields.get("open_runs") == "withdraw" => format!("/content/{kind}/{slug}?done=runs-withdrawn"),
                Ok(true) => format!("/content/{kind}/{slug}?done=drafted"),
                Ok(false) => format!("{}?done=gone", path(&kind, &slug)),
                // What the folder would have brought along.
                Err(Failure::Wrong) => format!("{}?done=lists", path(&kind, &slug)),
                Err(other) => return Err(other),
            }
        }
        what @ ("lend" | "take") => {
            let person: PersonId = sent.fields.get("person").parse().map_err(|_| Failure::Wrong)?;
            let done = match what {
                "lend" => deeds::lend_draft(&console, &sent.me, &kind, &slug, seen, person).await,
                _ => deeds::take_draft_back(&console, &sent.me, &kind, &slug, person).await,
            };
            let said = match done {
                Ok(true) if what == "lend" => "lent",
                Ok(true) => "taken",
                Ok(false) => "gone",
                Err(Failure::Wrong) => "lists",
                Err(other) => return Err(other),
            };
            format!("{}?done={said}", path(&kind, &slug))
        }
        "drop" => match deeds::drop_draft(&console, &sent.me, &kind, &slug, seen).await? {
            true => "/drafts?done=dropped".to_owned(),
            false => format!("{}?done=gone", path(&kind, &slug)),
        },
        _ => return Err(Failure::Wrong),
    };
    Ok(Redirect::to(&to).into_response())
}
