//! `drafts.*`: what somebody began to write.

use frontline_device::Core;
use serde_json::json;

use super::words::Words;
use super::{Answer, done, list};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "keep" => keep(core, words),
        "get" => about(words).and_then(|about| Ok(json!(core.drafts().get(&about)?))),
        "drop" => about(words).and_then(|about| core.drafts().drop(&about)).and_then(|()| done()),
        "list" => words.end().and_then(|()| list(core.drafts().list()?)),
        _ => return None,
    })
}

fn about(words: &mut Words<'_>) -> Result<String, frontline_device::Error> {
    let about = words.text("about")?;
    words.end()?;
    Ok(about)
}

fn keep(core: &Core, words: &mut Words<'_>) -> Answer {
    let (about, text) = (words.text("about")?, words.text("text")?);
    words.end()?;
    core.drafts().keep(&about, &text)?;
    done()
}
