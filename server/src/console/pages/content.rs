//! `/content`: what is published, by kind and name.

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::Slug;
use frontline_domain::permission::Act;

use crate::console::errors::Failure;
use crate::console::list::{List, Reading, RowOf, Texts, filters};
use crate::console::look::published::Published;
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Cell, Chip, Field, Line, Notice, Place, Row, Stamp, Words};
use crate::console::zone::Zone;
use crate::lists::walk::Under;
use crate::lists::{ANY, PUBLISHED, WITHDRAWN, heading};
use crate::store::{List as Lists, Within};

/// The kinds of release, as addresses and the store spell them.
pub const KINDS: [&str; 7] = ["module", "procedure", "survey", "announcement", "article", "list", "reasons"];

/// The filter; and what was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Content {
    kind: String,
    state: String,
    q: String,
    done: String,
}

/// A name with what stands under it.
pub struct Item {
    published: Published,
    title: Words,
    version: u64,
    since: Stamp,
}

/// A kind of release in a word.
pub fn kind_words(t: &Strings, kind: &str) -> String {
    let c = &t.content;
    let known = match kind {
        "module" => c.k_module,
        "procedure" => c.k_procedure,
        "survey" => c.k_survey,
        "announcement" => c.k_announcement,
        "article" => c.k_article,
        "list" => c.k_list,
        "reasons" => c.k_reasons,
        other => other,
    };
    known.to_owned()
}

/// Whether content is theirs to look at: who oversees a site works with it, who publishes answers for it.
pub fn is_for(me: &Me) -> bool {
    me.may_anywhere(Act::Oversee) || me.may_anywhere(Act::Publish)
}

/// Whether a name is published.
pub fn chip(t: &Strings, withdrawn: bool) -> Chip {
    if withdrawn { Chip::new("", t.content.withdrawn) } else { Chip::new("good", t.content.published) }
}

/// In whose time the organisation's content is told.
pub fn zone(reading: &Reading) -> Zone {
    reading.names.zone_of([])
}

#[async_trait]
impl List for Content {
    const PATH: &'static str = "/content";
    const PLACE: Place = Place::Content;
    const ACT: Act = Act::Oversee;
    type Source = Under;
    type Item = Item;

    fn is_for(me: &Me) -> bool {
        is_for(me)
    }

    fn texts(t: &'static Strings) -> Texts {
        let c = &t.content;
        Texts { title: c.title, lead: c.lead, empty: c.empty, empty_text: c.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[("kind", &self.kind), ("state", &self.state), ("q", &self.q)])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let t = reading.me.t;
        let words: Vec<String> = KINDS.iter().map(|kind| kind_words(t, kind)).collect();
        let kinds: Vec<(&str, &str)> = KINDS.iter().zip(&words).map(|(kind, words)| (*kind, words.as_str())).collect();
        let states = [(PUBLISHED, t.content.published), (WITHDRAWN, t.content.withdrawn)];
        Ok(vec![
            filters::begins(reading, &self.q),
            filters::choice("kind", t.content.kind, t.lists.all, &kinds, &self.kind),
            filters::choice("state", t.lists.state, t.lists.all, &states, &self.state),
        ])
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Under>, Failure> {
        let kind = filters::one_of(&self.kind, &KINDS)?;
        filters::typed(&self.q)?;
        let facet = match filters::one_of(&self.state, &[PUBLISHED, WITHDRAWN])? {
            "" => ANY,
            state => state,
        };
        // Rows are ordered by kind and slug.
        let within = match kind {
            "" => Within::default(),
            kind => Within { least: format!("{kind}/").into_bytes(), below: Some(format!("{kind}0").into_bytes()) },
        };
        Ok(vec![Under { org: reading.me.org, list: Lists::Content, heading: heading(None, facet), within }])
    }

    async fn item(&self, reading: &mut Reading, (spot, ()): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let parts = spot.key.split_once('/').and_then(|(kind, slug)| Some((kind, slug.parse::<Slug>().ok()?)));
        let Some((kind, slug)) = parts else { return Ok(None) };
        let Some(published) = Published::read(&mut *reading.tx, &reading.me, kind, &slug).await? else { return Ok(None) };
        let release = reading.console.library.get(&mut *reading.tx, reading.me.org, published.publication.release).await?;
        let title = release.map_or_else(|| reading.names.plain(slug.as_str()), |r| reading.names.words(&r.title));
        let wanted = self.q.trim().to_lowercase();
        if !title.text.to_lowercase().starts_with(&wanted) && !slug.as_str().starts_with(&wanted) {
            return Ok(None);
        }
        let (version, since) = (published.number(published.publication.release), zone(reading).stamp(published.since_ms));
        Ok(Some(Item { published, title, version, since }))
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        vec![t.content.name, t.content.kind, t.content.version, t.content.since, t.lists.state]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, one) = (reading.me.t, &item.published.publication);
        let version = fill(t.content.version_n, &[("n", &item.version.to_string())]);
        Row {
            cells: vec![
                Cell::new(vec![
                    Line::Link { href: format!("/content/{}/{}", one.kind, one.slug), words: item.title.clone() },
                    Line::Quiet(one.slug.to_string()),
                ]),
                Cell::text(kind_words(t, &one.kind)),
                Cell::text(version),
                Cell::new(vec![Line::Time(item.since.clone())]),
                Cell::new(vec![Line::Chips(vec![chip(t, one.withdrawn)])]),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let c = &t.content;
        vec![c.name, c.slug, c.kind, c.version, c.since, t.lists.state, c.hash, c.predecessor]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, one) = (reading.me.t, &item.published.publication);
        let before = item.version.checked_sub(1).filter(|n| *n > 0).map_or_else(String::new, |n| n.to_string());
        vec![
            item.title.text.clone(),
            one.slug.to_string(),
            kind_words(t, &one.kind),
            item.version.to_string(),
            item.since.iso.clone(),
            chip(t, one.withdrawn).text,
            one.release.to_string(),
            before,
        ]
    }

    fn ways(&self, reading: &Reading) -> Vec<(String, String)> {
        let drafts = || ("/drafts".to_owned(), reading.me.t.drafts.title.to_owned());
        reading.me.may(Act::Publish, frontline_domain::Scope::Org).then(drafts).into_iter().collect()
    }

    fn notice(&self, reading: &Reading) -> Option<Notice> {
        let said = || Notice { tone: "good", text: reading.me.t.content.said_withdrawn.to_owned(), link: None };
        (self.done == "withdrawn").then(said)
    }
}
