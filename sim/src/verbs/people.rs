//! `people.*`: who writes on the phone.

use frontline_device::Core;
use frontline_device::people::pin::PinDraft;

use serde_json::json;

use super::words::Words;
use super::{Answer, done};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "use" => used(core, words),
        "switch" => switch(core, words),
        "set_pin" => set_pin(core, words),
        "sign_out" => sign_out(core, words),
        "unlock" => unlock(core, words),
        "lock" => words.end().and_then(|()| {
            core.people().lock();
            done()
        }),
        _ => return None,
    })
}

fn used(core: &Core, words: &mut Words<'_>) -> Answer {
    let person = words.text("person")?;
    words.end()?;
    core.people().use_person(&person)?;
    done()
}

fn switch(core: &Core, words: &mut Words<'_>) -> Answer {
    let (person, pin) = (words.text("person")?, words.maybe("pin")?);
    words.end()?;
    core.people().switch(&person, pin.as_deref())?;
    done()
}

fn set_pin(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = PinDraft { person: words.maybe("person")?, pin: words.text("pin")?, old: words.maybe("old")? };
    words.end()?;
    core.people().set_pin(&draft)?;
    done()
}

fn unlock(core: &Core, words: &mut Words<'_>) -> Answer {
    let (person, by, pin) = (words.text("person")?, words.text("by")?, words.text("pin")?);
    words.end()?;
    core.people().unlock(&person, &by, &pin)?;
    done()
}

fn sign_out(core: &Core, words: &mut Words<'_>) -> Answer {
    let (person, drop_drafts) = (words.text("person")?, words.flag("drop_drafts")?);
    words.end()?;
    Ok(json!(core.people().sign_out(&person, drop_drafts)?))
}
