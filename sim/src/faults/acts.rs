//! What a phone does while its disk fails.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::replay::Tape;

/// One act.
#[derive(Clone)]
pub struct Act {
    pub name: &'static str,
    /// The store that it begins on; none: an empty folder.
    pub on: Option<PathBuf>,
    pub kind: Kind,
    /// How many times it commits at most, so that in between the store may stand at as many states.
    pub commits: usize,
}

#[derive(Clone)]
pub enum Kind {
    /// The app is opened.
    Open,
    /// It is closed.
    Close,
    /// Somebody does this, and the server answers from the tape, where there is one.
    Say(Value, Option<Arc<Tape>>),
}

/// The PIN that is set.
pub const PIN: &str = "294817";

/// What the stage set up, for lines to name.
pub struct Props {
    pub touchpoint: String,
    pub reason: String,
    pub outcome: String,
    pub channel: String,
    pub contact: String,
    /// A run that has every answer, and a line that changes one of another.
    pub complete: String,
    pub answer: Value,
    pub procedure: String,
    pub module: String,
    pub lesson: String,
    pub attempt: String,
    pub quiz_answer: Value,
    pub picture: String,
}

/// What is done on the store of somebody with unsent work, each with what it is called and its line.
pub fn lines(p: &Props) -> Vec<(&'static str, Value)> {
    let long = "A long story of a long wait. ".repeat(135);
    let customer = json!({"name": "Chiara", "phone": "+351912345678", "note": "called twice"});
    vec![
        ("feedback", json!({"do": "feedback.give", "touchpoint": p.touchpoint, "score": 4, "comment": "Kind at the desk"})),
        ("feedback over several pages", json!({"do": "feedback.give", "touchpoint": p.touchpoint, "score": 2, "comment": long})),
        ("contact with a customer", json!({"do": "interactions.open", "reason": p.reason, "channel": p.channel, "customer": customer})),
        ("contact closed", json!({"do": "interactions.close", "id": p.contact, "reason": p.reason, "outcome": p.outcome})),
        ("run begun", json!({"do": "procedures.start", "procedure": p.procedure})),
        ("item answered", p.answer.clone()),
        ("run handed in", json!({"do": "procedures.submit", "run": p.complete})),
        ("lesson read", json!({"do": "training.progress", "module": p.module, "lesson": p.lesson, "card": 1})),
        ("quiz begun", json!({"do": "training.quiz_start", "module": p.module})),
        ("quiz answered", p.quiz_answer.clone()),
        ("quiz handed in", json!({"do": "training.quiz_submit", "attempt": p.attempt})),
        ("draft kept", json!({"do": "drafts.keep", "about": format!("feedback/{}", p.touchpoint), "text": "The fridge hums. ".repeat(20)})),
        ("PIN set", json!({"do": "people.set_pin", "pin": PIN})),
        ("photo taken", json!({"do": "media.add", "base64": p.picture, "live": true})),
        ("projections rebuilt", json!({"do": "device.rebuild"})),
    ]
}
