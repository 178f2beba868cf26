//! `training.*`

use frontline_device::Core;
use serde_json::json;

use super::words::Words;
use super::{Answer, done, list};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "list" => words.end().and_then(|()| list(core.training().list()?)),
        "open" => open(core, words),
        "progress" => progress(core, words),
        _ => return None,
    })
}

fn open(core: &Core, words: &mut Words<'_>) -> Answer {
    let module = words.text("module")?;
    words.end()?;
    Ok(json!(core.training().open(&module)?))
}

fn progress(core: &Core, words: &mut Words<'_>) -> Answer {
    let (module, lesson, card) = (words.text("module")?, words.text("lesson")?, words.whole("card")?);
    words.end()?;
    core.training().progress(&module, &lesson, card)?;
    done()
}
