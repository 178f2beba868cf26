//! `training.*`

use frontline_device::Core;
use frontline_device::services::training::attempts::QuizAnswerDraft;
use serde_json::json;

use super::words::Words;
use super::{Answer, done, list, made};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "list" => words.end().and_then(|()| list(core.training().list()?)),
        "open" => open(core, words),
        "progress" => progress(core, words),
        "quiz_start" => quiz_start(core, words),
        "quiz_answer" => quiz_answer(core, words),
        "quiz_submit" => quiz_submit(core, words),
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

fn quiz_start(core: &Core, words: &mut Words<'_>) -> Answer {
    let module = words.text("module")?;
    words.end()?;
    made(core.training().quiz_start(&module)?)
}

fn quiz_answer(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = QuizAnswerDraft { attempt: words.text("attempt")?, item: words.text("item")?, value: words.answer()? };
    words.end()?;
    core.training().quiz_answer(draft)?;
    done()
}

fn quiz_submit(core: &Core, words: &mut Words<'_>) -> Answer {
    let attempt = words.text("attempt")?;
    words.end()?;
    Ok(json!(core.training().quiz_submit(&attempt)?))
}
