//! `feedback.*`

use frontline_device::Core;
use frontline_device::services::feedback::FeedbackDraft;

use super::words::Words;
use super::{Answer, made, pieces};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "give" => give(core, words),
        "list" => pieces(words, |piece| core.feedback().list(piece)),
        _ => return None,
    })
}

fn give(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = FeedbackDraft {
        touchpoint: words.text("touchpoint")?,
        score: words.whole("score")?,
        reason: words.maybe("reason")?,
        comment: words.maybe("comment")?,
    };
    words.end()?;
    made(core.feedback().give(draft)?)
}
