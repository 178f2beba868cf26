//! modules/SLUG/: module.yaml, a lesson for each `NN-slug.md` with its translations `NN-slug.LANG.md`, and
//! quiz.yaml where there is one.

use std::collections::BTreeMap;

use frontline_domain::media::Media;
use frontline_domain::release::{self, Content, Lesson, Module, MoveOn, Release};
use frontline_domain::{Lang, Slug, Text};

use super::cards::{self, Card, Face};
use super::fields::Fields;
use super::markdown::{name_and_language, parts};
use super::names::Seen;
use super::page::Page;
use super::quiz::quiz;
use super::text::{language, string};
use crate::finding::At;
use crate::limits::{LABEL, LIST};
use frontline_domain::near::{did_you_mean, shown};

const MOVE_ON: [&str; 5] = ["completed", "passed", "completed-and-passed", "completed-or-passed", "not-applicable"];

/// Reads one module from its files, named as within its folder.
pub fn module(page: Page<'_>, slug: Slug, files: &BTreeMap<&str, (&str, &str)>) -> Option<Release> {
    let mut lessons: BTreeMap<&str, BTreeMap<Option<&str>, (&str, &str)>> = BTreeMap::new();
    let (mut about, mut about_file, mut quiz_file) = (None, page.file, None);
    for (name, (path, text)) in files {
        let own = page.of(path);
        match (*name, name_and_language(name)) {
            ("module.yaml", _) => (about, about_file) = (Some(head(own, text)), path),
            ("quiz.yaml", _) => quiz_file = Some((own, *text)),
            (media, _) if media.starts_with("media/") => {
                own.say(At::START, "pictures and videos lie in media/ at the top of the folder; move this file there")
            }
            (_, Some((stem, tag))) if !name.contains('/') => {
                lessons.entry(stem).or_default().insert(tag, (path, text));
            }
            _ => own.say(
                At::START,
                "a module holds module.yaml, lessons such as 01-welcome.md and 01-welcome.ar.md, and quiz.yaml, nothing else",
            ),
        }
    }
    let place = files.values().next().map_or(page.file, |f| f.0);
    if about.is_none() {
        page.of(place).say(At::START, "this module has no module.yaml, which holds its title");
    }
    if lessons.is_empty() {
        return page.of(place).nothing(At::START, "a module has at least one lesson, such as 01-welcome.md");
    }
    let lessons = self::lessons(page, &lessons);
    let has_quiz = quiz_file.is_some();
    // Where the module's title can't be read the quiz is read all the same, for its own findings.
    let title = about.as_ref().and_then(|a| a.as_ref()).map(|a| a.title.clone()).or_else(|| placeholder(page));
    let quiz = match quiz_file {
        Some((own, text)) => Some(quiz(own, text, title)?),
        None => None,
    };
    let Head { title, move_on: (at, move_on), minutes } = about??;
    if move_on.asks_to_pass() && !has_quiz {
        return page
            .of(about_file)
            .nothing(at, "to pass a module it needs a quiz: write quiz.yaml beside this file, or move on by completed");
    }
    let module = Module { lessons: lessons?, quiz, move_on, minutes, valid_months: None };
    Some(Release { slug, title, predecessor: None, content: Content::Module(module) })
}

/// Stands in for a title that can't be read; the module is not published without it.
fn placeholder(page: Page<'_>) -> Option<Text> {
    page.languages.first().map(|source| Text::plain(source.clone(), ""))
}

/// What module.yaml says.
struct Head {
    title: Text,
    move_on: (At, MoveOn),
    minutes: Option<u16>,
}

fn head(page: Page<'_>, text: &str) -> Option<Head> {
    let node = page.yaml(text, 1)?;
    let fields = Fields::of(page, &node, "a module")?;
    let title = fields.label("title");
    let minutes = if fields.get("minutes").is_some() { fields.number("minutes", 1..=1_440).map(Some) } else { Some(None) };
    let move_on = match fields.word("move_on") {
        None => Some((node.at, MoveOn::Completed)),
        Some((at, "completed")) => Some((at, MoveOn::Completed)),
        Some((at, "passed")) => Some((at, MoveOn::Passed)),
        Some((at, "completed-and-passed")) => Some((at, MoveOn::CompletedAndPassed)),
        Some((at, "completed-or-passed")) => Some((at, MoveOn::CompletedOrPassed)),
        Some((at, "not-applicable")) => Some((at, MoveOn::NotApplicable)),
        Some((at, other)) => page.nothing(
            at,
            format!("{} is no rule to move on by{}; one of {} fits", shown(other), did_you_mean(other, MOVE_ON), MOVE_ON.join(", ")),
        ),
    };
    fields.misplaced("mastery_score", "the quiz, in quiz.yaml");
    fields.misplaced("quiz", "a file of its own, quiz.yaml");
    fields.later(&["valid_months", "recertification"]);
    fields.end();
    Some(Head { title: title?, move_on: move_on?, minutes: minutes? })
}

type Files<'a> = BTreeMap<&'a str, BTreeMap<Option<&'a str>, (&'a str, &'a str)>>;

fn lessons(page: Page<'_>, files: &Files<'_>) -> Option<Vec<Lesson>> {
    let (mut seen, mut numbers) = (Seen::default(), BTreeMap::new());
    let mut lessons: Vec<Option<(u32, Lesson)>> = Vec::new();
    for (stem, languages) in files.iter().take(LIST) {
        let first = languages.values().next().map_or(page.file, |f| f.0);
        let own = page.of(first);
        let split = stem.split_once('-').and_then(|(number, slug)| Some((number.parse::<u32>().ok()?, slug)));
        let Some((number, slug)) = split else {
            lessons.push(own.nothing(At::START, "a lesson's file begins with its number, such as 01-welcome.md"));
            continue;
        };
        if let Some(other) = numbers.insert(number, *stem) {
            own.say(At::START, format!("lesson {number} is there already, {other}.md; give each its own number"));
        }
        let slug = own.slug(At::START, slug).filter(|slug| seen.take(own, At::START, slug, "a lesson"));
        let lesson = lesson(page, languages);
        lessons.push(slug.zip(lesson).map(|(slug, (title, cards))| (number, Lesson { slug, title, cards })));
    }
    let mut lessons: Vec<(u32, Lesson)> = lessons.into_iter().collect::<Option<_>>()?;
    lessons.sort_by_key(|(number, _)| *number);
    Some(lessons.into_iter().map(|(_, lesson)| lesson).collect())
}

/// One lesson from its file in each language.
fn lesson(page: Page<'_>, files: &BTreeMap<Option<&str>, (&str, &str)>) -> Option<(Text, Vec<release::Card>)> {
    let mut titles = BTreeMap::new();
    let mut by: BTreeMap<Lang, (&str, Vec<Card>)> = BTreeMap::new();
    let mut good = true;
    for (tag, (path, text)) in files {
        let own = page.of(path);
        let read = match tag {
            None => own.languages.first().cloned(),
            Some(tag) => translation(own, tag),
        };
        let whole = one_language(own, text);
        match (read, whole) {
            (Some(lang), Some((title, cards))) => {
                titles.insert(lang.clone(), title);
                by.insert(lang, (*path, cards));
            }
            _ => good = false,
        }
    }
    let source = page.languages.first()?;
    let Some((file, cards)) = by.get(source) else {
        if let (true, Some((path, _))) = (good, files.values().next()) {
            page.of(path).say(At::START, format!("this lesson is missing in {source}: its file without a language in its name"));
        }
        return None;
    };
    for (lang, (path, others)) in by.iter().filter(|(lang, _)| *lang != source) {
        good &= matches(page.of(path), lang, others, file, cards);
    }
    let cards = good.then(|| (0..cards.len()).map(|i| joined(source, &by, i)).collect::<Option<Vec<_>>>())??;
    Some((Text::translated(source.clone(), titles), cards))
}

/// The language of a translation's file name.
pub fn translation(page: Page<'_>, tag: &str) -> Option<Lang> {
    let lang = language(page, At::START, tag)?;
    if page.languages.first() == Some(&lang) {
        return page.nothing(At::START, format!("{lang} is the source: its file has no language in its name"));
    }
    Some(lang)
}

fn one_language(page: Page<'_>, text: &str) -> Option<(String, Vec<Card>)> {
    let parts = parts(page, text)?;
    let fields = Fields::of(page, &parts.head, "a lesson")?;
    let title = fields.need_word("title").and_then(|(at, title)| string(page, at, title, "‘title’", LABEL));
    fields.end();
    let cards = cards::cards(page, &parts.lines);
    Some((title?, cards?))
}

/// Whether a translation has the same cards as its source.
fn matches(page: Page<'_>, lang: &Lang, cards: &[Card], source_file: &str, source: &[Card]) -> bool {
    let name = source_file.rsplit('/').next().unwrap_or(source_file);
    if cards.len() != source.len() {
        let at = cards.get(source.len()).or(cards.last()).map_or(At::START, |c| c.at);
        page.say(at, format!("{name} has {} cards and this has {}; they are joined with {lang} by their order", source.len(), cards.len()));
        return false;
    }
    let mut good = true;
    for (i, (card, from)) in cards.iter().zip(source).enumerate() {
        let message = match (&card.face, &from.face) {
            (Face::Takeaways(own), Face::Takeaways(from)) if own.len() != from.len() => {
                format!("card {} has {} takeaways, where {name} has {}", i + 1, own.len(), from.len())
            }
            (Face::Shows { media: own, .. }, Face::Shows { media: from, .. })
                if own.blob() != from.blob() && own.media_type() == from.media_type() =>
            {
                format!("card {} shows another file than {name} does; all languages show the same one", i + 1)
            }
            (own, from) if own.name() != from.name() => {
                format!("card {} is of kind {}, where {name} has {}", i + 1, own.name(), from.name())
            }
            _ => continue,
        };
        page.say(card.at, message);
        good = false;
    }
    good
}

/// Card `i` in all languages.
fn joined(source: &Lang, by: &BTreeMap<Lang, (&str, Vec<Card>)>, i: usize) -> Option<release::Card> {
    let pick = |pick: &dyn Fn(&Face) -> Option<String>| {
        let all = by.iter().filter_map(|(lang, (_, cards))| Some((lang.clone(), pick(&cards.get(i)?.face)?)));
        Text::translated(source.clone(), all.collect())
    };
    Some(match &by.get(source)?.1.get(i)?.face {
        Face::Text(_) => release::Card::Text(pick(&|face| match face {
            Face::Text(text) => Some(text.clone()),
            _ => None,
        })),
        Face::Shows { media, .. } => {
            let alt = pick(&|face| match face {
                Face::Shows { alt, .. } => Some(alt.clone()),
                _ => None,
            });
            match media.clone() {
                Media::Picture(picture) => release::Card::Image { picture, alt },
                Media::Video(video) => release::Card::Video { video, alt },
            }
        }
        Face::Takeaways(list) => {
            let nth = |n: usize| {
                pick(&|face| match face {
                    Face::Takeaways(list) => list.get(n).cloned(),
                    _ => None,
                })
            };
            release::Card::Takeaways((0..list.len()).map(nth).collect())
        }
        Face::Flip { .. } => {
            let side = |is_front: bool| {
                pick(&|face| match face {
                    Face::Flip { front, back } => Some(if is_front { front } else { back }.clone()),
                    _ => None,
                })
            };
            release::Card::Flip { front: side(true), back: side(false) }
        }
    })
}
