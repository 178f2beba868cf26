//! What stands beside an item to be compared with.

use frontline_domain::form::{ItemKind, Reference};
use frontline_domain::media::{ALT, Media};
use frontline_domain::near::{did_you_mean, shown};

use super::fields::Fields;
use super::media::{self, Want};
use super::text;
use crate::bundle::Part;
use crate::limits::BODY;
use crate::yaml::Value;

/// Reads `reference`: the word `last`, or words, a picture, a video, an article or a card of a lesson in lines of their own.
pub fn reference(fields: &Fields<'_, '_>, kind: Option<&ItemKind>) -> Option<Option<Reference>> {
    let Some(node) = fields.get("reference") else { return Some(None) };
    let page = fields.page;
    if let Value::Scalar(word) = &node.value {
        return match word.trim() {
            "last" if kind.is_some_and(|kind| !kind.answers().asks()) => {
                page.nothing(node.at, "nobody answers this item, so that it has no last answer to be compared with")
            }
            "last" => Some(Some(Reference::Last)),
            other => {
                let message = format!(
                    "‘reference’ is the word last, or `words`, `picture`, `video`, `article` or `module` in a line below it; not {}",
                    shown(other)
                );
                page.nothing(node.at, message)
            }
        };
    }
    let own = Fields::of(page, node, "a reference")?;
    let which: Vec<&str> = ["words", "picture", "video", "article", "module"].into_iter().filter(|key| own.get(key).is_some()).collect();
    let read = match which.as_slice() {
        ["words"] => text::read(page, own.need("words")?, "‘words’", BODY).map(Reference::Words),
        ["article"] => own.need_slug("article").map(|(at, slug)| {
            page.names.refer(page, at, Part::Article, &slug);
            Reference::Article(slug)
        }),
        ["picture"] => shows(&own, "picture", Want::Picture),
        ["video"] => shows(&own, "video", Want::Video),
        ["module"] => card(&own),
        _ => page.nothing(node.at, "a reference is one of `words`, `picture`, `video`, `article` and `module`"),
    };
    own.end();
    read.map(Some)
}

/// A picture or video, with the words that stand for it.
fn shows(fields: &Fields<'_, '_>, key: &'static str, want: Want) -> Option<Reference> {
    let named = fields.need_word(key).and_then(|(at, name)| media::named(fields.page, at, name, want));
    let alt = fields.need_text("alt", ALT);
    Some(match (named?, alt?) {
        (Media::Picture(picture), alt) => Reference::Picture { picture, alt },
        (Media::Video(video), alt) => Reference::Video { video, alt },
    })
}

/// A card of a lesson; the first where none is said.
fn card(fields: &Fields<'_, '_>) -> Option<Reference> {
    let page = fields.page;
    let (module, lesson) = (fields.need_slug("module"), fields.need_slug("lesson"));
    let card = if fields.get("card").is_some() { fields.number::<u16>("card", 1..=500) } else { Some(1) };
    let ((module_at, module), (lesson_at, lesson)) = (module?, lesson?);
    page.names.refer(page, module_at, Part::Module, &module);
    let card = card?;
    // Of a module that is not there, or that does not read, nobody can say which lessons it has.
    if let Some(lessons) = page.names.lessons(&module) {
        let Some(cards) = lessons.get(&lesson) else {
            let near = did_you_mean(lesson.as_str(), lessons.keys().map(|slug| slug.as_str()));
            return page.nothing(lesson_at, format!("the module ‘{module}’ has no lesson ‘{lesson}’{near}"));
        };
        if usize::from(card) > *cards {
            let at = fields.get("card").map_or(lesson_at, |node| node.at);
            return page.nothing(at, format!("the lesson ‘{lesson}’ has {cards} cards; there is no card {card}"));
        }
    }
    Some(Reference::Card { module, lesson, card })
}
