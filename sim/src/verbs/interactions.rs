//! `interactions.*`

use frontline_device::Core;
use frontline_device::Error;
use frontline_device::services::interactions::{CloseDraft, CustomerDraft, OpenDraft};
use serde_json::Value;

use super::words::Words;
use super::{Answer, done, invalid, list, made, pieces};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    let log = core.interactions();
    Some(match method {
        "open" => open(core, words),
        "close" => close(core, words),
        "customer" => customer(core, words),
        "find" => find(core, words),
        "pause" => id(words).and_then(|id| log.pause(&id).and_then(|()| done())),
        "resume" => id(words).and_then(|id| log.resume(&id).and_then(|()| done())),
        "void" => id(words).and_then(|id| log.void(&id).and_then(|()| done())),
        "list" => pieces(words, |piece| log.list(piece)),
        _ => return None,
    })
}

fn id(words: &mut Words<'_>) -> Result<String, frontline_device::Error> {
    let id = words.text("id")?;
    words.end()?;
    Ok(id)
}

fn open(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = OpenDraft {
        reason: words.maybe("reason")?,
        channel: words.maybe("channel")?,
        touchpoint: words.maybe("touchpoint")?,
        customer: who(words)?,
    };
    words.end()?;
    made(core.interactions().open(draft)?)
}

/// `customer: {name, phone, email, note}`, each of them where it is known.
fn who(words: &mut Words<'_>) -> Result<Option<CustomerDraft>, Error> {
    let shape = || invalid("customer", "shape", "`customer` holds `name`, `phone`, `email` and `note`, each a text in double quotes");
    let Some(value) = words.maybe_any("customer") else { return Ok(None) };
    let mut draft = CustomerDraft::default();
    for (field, value) in value.as_object().ok_or_else(shape)? {
        let place = match field.as_str() {
            "name" => &mut draft.name,
            "phone" => &mut draft.phone,
            "email" => &mut draft.email,
            "note" => &mut draft.note,
            _ => return Err(shape()),
        };
        *place = match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            _ => return Err(shape()),
        };
    }
    Ok(Some(draft))
}

fn customer(core: &Core, words: &mut Words<'_>) -> Answer {
    let id = words.text("id")?;
    let draft = CustomerDraft {
        name: words.maybe("name")?,
        phone: words.maybe("phone")?,
        email: words.maybe("email")?,
        note: words.maybe("note")?,
    };
    words.end()?;
    core.interactions().customer(&id, draft)?;
    done()
}

fn find(core: &Core, words: &mut Words<'_>) -> Answer {
    let (phone, email) = (words.maybe("phone")?, words.maybe("email")?);
    words.end()?;
    list(core.interactions().of_customer(phone.as_deref(), email.as_deref())?)
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
