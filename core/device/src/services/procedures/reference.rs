//! What stands beside an item to be compared with.

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::document::Standing;
use frontline_domain::form::speech::Speech;
use frontline_domain::form::{Item, Reference};
use frontline_domain::release::{Card, Content, Release};
use frontline_domain::{Slug, Text};
use serde::Serialize;

use super::Opened;
use crate::error::Fault;
use crate::people::{self, Reader, Words};
use crate::project::{self, ahead};
use crate::services::shown;
use crate::store::runs::Place;
use crate::store::{Db, StoreError, media, releases, runs};

/// What to look at while answering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum ReferenceDetail {
    /// Markdown.
    Words { text: Words },
    /// A page of knowledge, in Markdown.
    Article { id: String, title: Words, text: Words },
    /// A card of a lesson, counted from 1, in Markdown.
    Card { module: String, lesson: String, card: u16, title: Words, text: Words },
    /// What stood there in the run before that was handed in.
    Last { says: String, by: String, at_ms: i64 },
    /// A picture; `here`: its bytes can be shown without a network.
    Picture { picture: String, alt: Words, width: u32, height: u32, here: bool },
    /// A video.
    Video { video: String, alt: Words, bytes: u64, length_ms: u64, here: bool },
}

/// What the items of a run refer to.
pub(super) struct References {
    /// Of the run before, by item and instance; read once for all of them, and not where no item asks for it.
    last: BTreeMap<(Slug, u16), Standing>,
}

impl References {
    pub(super) fn of(db: &Db<'_>, opened: &Opened) -> Result<Self, Fault> {
        let asks = opened.plan.form().items().any(|item| item.reference == Some(Reference::Last));
        Ok(Self { last: if asks { last(db, opened)? } else { BTreeMap::new() } })
    }

    /// None where there is nothing to show: no run before it is here, people differed in it, or what is named was taken away.
    pub(super) fn detail(
        &self,
        db: &Db<'_>,
        reader: &Reader,
        speech: &dyn Speech,
        item: &Item,
        instance: u16,
    ) -> Result<Option<ReferenceDetail>, Fault> {
        Ok(match &item.reference {
            None => None,
            Some(Reference::Words(text)) => Some(ReferenceDetail::Words { text: reader.words(text) }),
            Some(Reference::Article(slug)) => article(db, reader, slug)?,
            Some(Reference::Card { module, lesson, card }) => self::card(db, reader, module, lesson, *card)?,
            Some(Reference::Picture { picture, alt }) => Some(ReferenceDetail::Picture {
                picture: picture.blob.to_string(),
                alt: reader.words(alt),
                width: picture.width,
                height: picture.height,
                here: media::is_here(db, &picture.blob)?,
            }),
            Some(Reference::Video { video, alt }) => Some(ReferenceDetail::Video {
                video: video.blob.to_string(),
                alt: reader.words(alt),
                bytes: video.bytes,
                length_ms: video.length_ms,
                here: media::is_here(db, &video.blob)?,
            }),
            Some(Reference::Last) => {
                let Some(standing) = self.last.get(&(item.slug.clone(), instance)) else { return Ok(None) };
                let latest = standing.answers.iter().max_by_key(|answer| answer.at_ms);
                // Of another version its kind may be another, whose answer this one has no words for.
                let value = standing.value().filter(|value| item.check(value).is_ok());
                match value.zip(latest) {
                    Some((value, latest)) => {
                        let by = people::name(db, latest.by)?;
                        Some(ReferenceDetail::Last { says: item.report(value, speech), by, at_ms: latest.at_ms })
                    }
                    None => None,
                }
            }
        })
    }
}

/// What stood in the run before this one, of the same procedure at the same site and about the same asset.
fn last(db: &Db<'_>, opened: &Opened) -> Result<BTreeMap<(Slug, u16), Standing>, Fault> {
    // One that nobody saved yet was begun now: all others are before it.
    let appended = if db.is_ahead() { ahead::span(db, opened.id)?.from_ms } else { None };
    let started_ms = appended.or(runs::get(db, opened.id)?.map(|row| row.started_ms)).unwrap_or(i64::MAX);
    let (run, scope, release, asset) = (opened.id, opened.scope, opened.release, opened.asset.clone());
    let before = project::before(db, &Place { run, scope, release, started_ms, asset })?;
    let standings = before.map(|run| run.standings()).unwrap_or_default();
    Ok(standings.into_iter().filter(Standing::is_answered).map(|s| ((s.key.item.clone(), s.key.instance), s)).collect())
}

fn article(db: &Db<'_>, reader: &Reader, slug: &Slug) -> Result<Option<ReferenceDetail>, Fault> {
    let Some(release) = published(db, "article", slug)? else { return Ok(None) };
    let Content::Article(article) = &release.content else { return Ok(None) };
    let (title, text) = (reader.words(&release.title), reader.words(&article.body));
    Ok(Some(ReferenceDetail::Article { id: slug.to_string(), title, text }))
}

fn card(db: &Db<'_>, reader: &Reader, module: &Slug, lesson: &Slug, card: u16) -> Result<Option<ReferenceDetail>, Fault> {
    let Some(release) = published(db, "module", module)? else { return Ok(None) };
    let Content::Module(content) = &release.content else { return Ok(None) };
    let Some(found) = content.lessons.iter().find(|one| one.slug == *lesson) else { return Ok(None) };
    let Some(face) = usize::from(card).checked_sub(1).and_then(|at| found.cards.get(at)) else { return Ok(None) };
    let texts: Vec<&Text> = match face {
        Card::Text(text) => vec![text],
        Card::Image { alt, .. } | Card::Video { alt, .. } => vec![alt],
        Card::Takeaways(list) => list.iter().collect(),
        Card::Flip { front, back } => vec![front, back],
    };
    let is_list = matches!(face, Card::Takeaways(_));
    let words: Vec<Words> = texts.into_iter().map(|text| reader.words(text)).collect();
    let lines: Vec<String> = words.iter().map(|w| if is_list { format!("- {}", w.text) } else { w.text.clone() }).collect();
    let Some(first) = words.into_iter().next() else { return Ok(None) };
    let text = Words { text: lines.join(if is_list { "\n" } else { "\n\n" }), ..first };
    let (module, lesson, title) = (module.to_string(), lesson.to_string(), reader.words(&found.title));
    Ok(Some(ReferenceDetail::Card { module, lesson, card, title, text }))
}

/// What is published now under a name; decoded once for all items and screens.
fn published(db: &Db<'_>, kind: &str, slug: &Slug) -> Result<Option<Arc<Release>>, StoreError> {
    let Some(hash) = shown::publication(db, kind, slug)? else { return Ok(None) };
    db.recall("referred", hash.as_bytes(), || Ok(releases::get(db, &hash)?.map(Arc::new)))
}
