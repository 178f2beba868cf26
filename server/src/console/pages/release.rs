//! `/content/{kind}/{slug}`: the versions of one name, what uses them, and what became of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::{EntryType, ReleaseHash, Scope, Slug};

use super::content::{KINDS, chip, is_for, kind_words, zone};
use super::frame;
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::list::Reading;
use crate::console::look::published::{Event, Published, committed, history};
use crate::console::look::uses::{self, Asked, Work};
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Notice, Place, PublishedRow, ReleasePage, VersionRow, Words};

/// Versions that a page shows at most, the newest.
const MOST: usize = 20;

/// What was done a moment ago.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// A name of content, and what refers to it.
pub struct Found {
    pub kind: String,
    pub slug: Slug,
    pub published: Published,
    pub title: Words,
    pub asked: Asked,
    /// What was begun with each version that a page shows.
    pub work: BTreeMap<ReleaseHash, Work>,
}

impl Found {
    /// The content of an address.
    pub async fn read(reading: &mut Reading, kind: &str, slug: &str) -> Result<Self, Failure> {
        if !is_for(&reading.me) {
            return Err(Failure::Forbidden);
        }
        let kind = KINDS.into_iter().find(|known| *known == kind).ok_or(Failure::Missing)?;
        let slug: Slug = slug.parse().map_err(|_| Failure::Missing)?;
        let tx = &mut *reading.tx;
        let published = Published::read(tx, &reading.me, kind, &slug).await?.ok_or(Failure::Missing)?;
        let release = reading.console.library.get(tx, reading.me.org, published.publication.release).await?;
        let title = release.map_or_else(|| reading.names.plain(slug.as_str()), |r| reading.names.words(&r.title));
        let asked = uses::asked(tx, &reading.me, kind, &slug).await?;
        let mut work = BTreeMap::new();
        match kind {
            "procedure" => {
                for version in published.versions.iter().take(MOST) {
                    work.insert(version.hash, uses::runs(tx, &reading.me, version.hash).await?);
                }
            }
            "module" => work.extend(uses::attempts(tx, &reading.me, &slug).await?),
            _ => {}
        }
        Ok(Self { kind: kind.to_owned(), slug, published, title, asked, work })
    }
    pub fn path(&self) -> String {
        format!("{}/{}", self.kind, self.slug)
    }
    /// What is under way on all versions together.
    pub fn open(&self) -> u64 {
        self.work.values().map(|w| w.open).sum()
    }
}

/// A version by its number, in words.
pub fn version(t: &Strings, n: u64) -> String {
    fill(t.content.version_n, &[("n", &n.to_string())])
}

pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path((kind, slug)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut reading = Reading::begin(console, me).await?;
    let found = Found::read(&mut reading, &kind, &slug).await?;
    let may_publish = reading.me.may(Act::Publish, Scope::Org);
    let (t, zone, one) = (reading.me.t, zone(&reading), &found.published.publication);
    let mut versions = Vec::new();
    for v in found.published.versions.iter().take(MOST) {
        let n = found.published.number(v.hash);
        let current = v.hash == one.release && !one.withdrawn;
        versions.push(VersionRow {
            name: version(t, n),
            current,
            since: zone.stamp(committed(&mut *reading.tx, &reading.me, EntryType::RELEASE, v.number).await?),
            work: work(t, &found.kind, found.work.get(&v.hash).copied().unwrap_or_default()),
            publish: (may_publish && !current).then(|| format!("/content/{}/publish?version={}", found.path(), v.hash)),
        });
    }
    let drafted = may_publish && reading.tx.draft(reading.me.org, &found.kind, found.slug.as_str()).await?.is_some();
    let draft = drafted.then(|| super::draft::path(&found.kind, &found.slug));
    let events = history(&mut *reading.tx, &reading.me, &found.kind, &found.slug).await?;
    let current = reading.console.library.get(&mut *reading.tx, reading.me.org, one.release).await?;
    let notice = match done.done.as_str() {
        "runs-withdrawn" => Some(("good", t.withdrawn.said_done)),
        "withdrawn" => Some(("good", t.content.said_withdrawn)),
        "published" => Some(("good", t.content.said_published)),
        "drafted" => Some(("good", t.drafts.said_published)),
        "gone" => Some(("bad", t.content.said_gone)),
        _ => None,
    };
    let shown = ReleasePage {
        title: found.title.clone(),
        kind: kind_words(t, &found.kind),
        zone: zone.sentence(),
        path: found.path(),
        slug: found.slug.to_string(),
        chip: chip(t, one.withdrawn),
        version: version(t, found.published.number(one.release)),
        since: zone.stamp(found.published.since_ms),
        hash: one.release.to_string(),
        uses: used(t, &found.asked),
        versions,
        history: events
            .iter()
            .enumerate()
            .map(|(n, event)| PublishedRow {
                at: zone.stamp(event.at_ms),
                text: told(t, &found.published, event, events.get(n + 1)),
                tone: if event.withdrawn { "broken" } else { "seal" },
            })
            .collect(),
        runs: (may_publish && found.kind == "procedure").then(|| format!("/content/{}/runs", found.path())),
        withdraw: may_publish && !one.withdrawn,
        draft,
        media: current.map(|release| super::media::shown(&reading.names, &release)).unwrap_or_default(),
        notice: notice.map(|(tone, text)| Notice { tone, text: text.to_owned(), link: None }),
        frame: frame(&mut *reading.tx, &reading.me, Some(Place::Content), Some(&zone)).await?,
    };
    Ok(page(&shown))
}

/// What was begun with a version.
fn work(t: &Strings, kind: &str, work: Work) -> Vec<String> {
    if work.begun == 0 {
        return Vec::new();
    }
    let c = &t.content;
    let (begun, open) = if kind == "module" { (c.attempts, c.attempts_open) } else { (c.runs, c.runs_open) };
    let mut lines = vec![t.counted(begun, work.begun)];
    if work.more {
        lines[0] = fill(c.or_more, &[("n", &lines[0])]);
    }
    if work.open > 0 {
        lines.push(t.counted(open, work.open));
    }
    lines
}

/// What refers to the name.
fn used(t: &Strings, asked: &Asked) -> Vec<String> {
    let counts = [(t.content.assignments, asked.assignments), (t.content.touchpoints, asked.touchpoints)];
    counts.into_iter().filter(|(_, n)| *n > 0).map(|(text, n)| t.counted(text, n)).collect()
}

/// What happened, after what stood before.
fn told(t: &Strings, published: &Published, event: &Event, before: Option<&Event>) -> String {
    let c = &t.content;
    let n = published.number(event.release).to_string();
    match before {
        _ if event.withdrawn => fill(c.h_withdrawn, &[("n", &n)]),
        None => fill(c.h_first, &[("n", &n)]),
        Some(before) if before.withdrawn => fill(c.h_again, &[("n", &n)]),
        Some(before) => fill(c.h_replaced, &[("n", &n), ("before", &published.number(before.release).to_string())]),
    }
}
