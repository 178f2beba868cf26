//! announcements/SLUG.md and knowledge/SLUG.md, with their translations SLUG.LANG.md.

use std::collections::BTreeMap;

use frontline_domain::release::{Announcement, Article, Content, Release};
use frontline_domain::{Lang, Slug, Text};

use super::fields::Fields;
use super::markdown::{joined, parts, plain};
use super::modules::translation;
use super::page::Page;
use super::text::string;
use crate::bundle::Part;
use crate::finding::At;
use crate::limits::{LABEL, PAGE};

/// What stands above the text, in the source.
enum Head {
    Announcement { acknowledge: bool },
    Article { tags: Vec<Slug> },
}

/// Reads one announcement or article from its file in each language.
pub fn notice(page: Page<'_>, part: Part, slug: Slug, files: &BTreeMap<Option<&str>, (&str, &str)>) -> Option<Release> {
    let (mut titles, mut bodies, mut head) = (BTreeMap::new(), BTreeMap::new(), None);
    let mut good = true;
    for (tag, (path, text)) in files {
        let own = page.of(path);
        let lang: Option<Lang> = match tag {
            None => own.languages.first().cloned(),
            Some(tag) => translation(own, tag),
        };
        let read = one_language(own, part, tag.is_none(), text);
        match (lang, read) {
            (Some(lang), Some((title, body, own_head))) => {
                titles.insert(lang.clone(), title);
                bodies.insert(lang, body);
                head = head.or(own_head);
            }
            _ => good = false,
        }
    }
    if let (false, Some((path, _))) = (files.contains_key(&None), files.values().next()) {
        let name = page.languages.first().map_or("the source language", Lang::as_str);
        return page.of(path).nothing(At::START, format!("this is missing in {name}: its file without a language in its name"));
    }
    let source = page.languages.first()?.clone();
    let body = Text::translated(source.clone(), bodies);
    let content = match head.filter(|_| good)? {
        Head::Announcement { acknowledge } => Content::Announcement(Announcement { body, acknowledge }),
        Head::Article { tags } => Content::Article(Article { body, tags }),
    };
    Some(Release { slug, title: Text::translated(source, titles), predecessor: None, content })
}

fn one_language(page: Page<'_>, part: Part, is_source: bool, text: &str) -> Option<(String, String, Option<Head>)> {
    let parts = parts(page, text)?;
    let what = if part == Part::Article { "an article" } else { "an announcement" };
    let what = if is_source { what } else { "a translation" };
    let fields = Fields::of(page, &parts.head, what)?;
    let title = fields.need_word("title").and_then(|(at, title)| string(page, at, title, "‘title’", LABEL));
    let head = match part {
        _ if !is_source => Some(None),
        Part::Article => Some(Some(Head::Article { tags: fields.slugs("tags") })),
        _ => {
            let acknowledge = if fields.get("acknowledge").is_some() { fields.flag("acknowledge") } else { Some(false) };
            acknowledge.map(|acknowledge| Some(Head::Announcement { acknowledge }))
        }
    };
    if is_source {
        fields.later(&["audience", "from", "until", "media"]);
    }
    fields.end();
    let good = plain(page, &parts.lines);
    let (at, body) = joined(&parts.lines);
    let body = string(page, at, &body, "the text", PAGE);
    good.then_some((title?, body?, head?))
}
