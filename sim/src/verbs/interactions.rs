//! `interactions.*`

use frontline_device::Core;
use frontline_device::services::interactions::{CloseDraft, OpenDraft};

use super::words::Words;
use super::{Answer, done, list, made};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    let log = core.interactions();
    Some(match method {
        "open" => open(core, words),
        "close" => close(core, words),
        "pause" => id(words).and_then(|id| log.pause(&id).and_then(|()| done())),
        "resume" => id(words).and_then(|id| log.resume(&id).and_then(|()| done())),
        "void" => id(words).and_then(|id| log.void(&id).and_then(|()| done())),
        "list" => words.end().and_then(|()| list(log.list()?)),
        _ => return None,
    })
}

fn id(words: &mut Words<'_>) -> Result<String, frontline_device::Error> {
    let id = words.text("id")?;
    words.end()?;
    Ok(id)
}

fn open(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = OpenDraft { reason: words.maybe("reason")?, channel: words.maybe("channel")?, touchpoint: words.maybe("touchpoint")? };
    words.end()?;
    made(core.interactions().open(draft)?)
}

fn close(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = CloseDraft {
        id: words.text("id")?,
        reason: words.text("reason")?,
        outcome: words.text("outcome")?,
        channel: words.maybe("channel")?,
    };
    words.end()?;
    core.interactions().close(draft)?;
    done()
}
