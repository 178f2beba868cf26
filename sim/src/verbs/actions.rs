//! `actions.*`

use frontline_device::Core;
use frontline_device::services::actions::{ActionDraft, Asked, Change, ChangeDraft, From};
use frontline_device::services::procedures::choices::RowSummary;
use frontline_domain::action::{Priority, Status};
use serde_json::json;

use super::words::Words;
use super::{Answer, done, invalid, list, made, pieces};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "list" => which(words).and_then(|which| pieces(words, |piece| core.actions().list(which, piece))),
        "show" => words.text("id").and_then(|id| words.end().and_then(|()| Ok(json!(core.actions().detail(&id)?)))),
        "today" => words.end().and_then(|()| Ok(json!(core.today()?.actions))),
        "owners" => {
            let owner = |one: RowSummary| json!({"id": one.id, "label": one.label});
            let owners = |id: Option<String>| list(core.actions().owners(id.as_deref())?.into_iter().map(owner).collect());
            words.maybe("id").and_then(|id| words.end().and_then(|()| owners(id)))
        }
        "open" => open(core, words),
        "comment" => comment(core, words),
        "title" | "priority" | "owner" | "due" | "status" => change(core, method, words),
        _ => return None,
    })
}

/// `standing` (the others are verified), `mine` of these, or `all`.
fn which(words: &mut Words<'_>) -> Result<Asked, frontline_device::Error> {
    match words.maybe("which")?.as_deref() {
        None | Some("standing") => Ok(Asked::Standing),
        Some("mine") => Ok(Asked::Mine),
        Some("all") => Ok(Asked::All),
        Some(_) => Err(invalid("which", "choice", "say standing, mine or all")),
    }
}

fn priority(name: &str) -> Result<Priority, frontline_device::Error> {
    Priority::by_name(name).ok_or_else(|| invalid("priority", "choice", "say low, normal, high or urgent"))
}

fn open(core: &Core, words: &mut Words<'_>) -> Answer {
    let given = words.maybe("priority")?;
    let from = match words.maybe("run")? {
        Some(run) => Some(From { run, item: words.text("item")?, demand: words.maybe("demand")? }),
        None => None,
    };
    let draft = ActionDraft {
        title: words.text("title")?,
        priority: given.as_deref().map_or(Ok(Priority::Normal), priority)?,
        owner: words.maybe("owner")?,
        due_ms: words.maybe_whole("due_ms")?,
        from,
    };
    words.end()?;
    made(core.actions().open(draft)?)
}

fn comment(core: &Core, words: &mut Words<'_>) -> Answer {
    let (id, text, photos) = (words.text("id")?, words.maybe("text")?, words.maybe_texts("photos")?);
    words.end()?;
    core.actions().comment(&id, &text.unwrap_or_default(), &photos.unwrap_or_default())?;
    done()
}

fn change(core: &Core, method: &str, words: &mut Words<'_>) -> Answer {
    let action = words.text("id")?;
    let change = match method {
        "title" => Change::Title(words.text("text")?),
        "priority" => Change::Priority(priority(&words.text("to")?)?),
        "owner" => Change::Owner(words.maybe("to")?),
        "due" => Change::Due(words.maybe_whole("to")?),
        _ => {
            let to = Status::by_name(&words.text("to")?);
            let wrong = || invalid("to", "choice", "say open, in-progress, done, verified, rejected or cannot-do");
            Change::Status { to: to.ok_or_else(wrong)?, reason: words.maybe("reason")? }
        }
    };
    let seen = words.maybe_texts("seen")?;
    words.end()?;
    core.actions().change(ChangeDraft { action, change, seen })?;
    done()
}
