//! English.

use super::{Phrase, Speech, bounds};
use crate::form::Value;
use crate::{Lang, Text};

/// Without the names of people and sites, and in UTC: whoever has those says them.
#[derive(Debug, Clone, Copy)]
pub struct English;

impl Speech for English {
    fn say(&self, phrase: &Phrase<'_>) -> String {
        said(phrase)
    }
    fn text(&self, text: &Text) -> String {
        "en".parse::<Lang>().map_or_else(|_| String::new(), |en| text.resolve(&en, &[]).text.to_owned())
    }
    fn moment(&self, ms: i64) -> String {
        chrono::DateTime::from_timestamp_millis(ms).map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
    }
    fn named(&self, _: &Value) -> Option<String> {
        None
    }
}

fn many(n: usize, one: &str, several: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {several}") }
}

/// What a phrase is in English.
pub fn said(phrase: &Phrase<'_>) -> String {
    match *phrase {
        Phrase::Words(words) => words.en.into(),
        Phrase::Yes => "Yes".into(),
        Phrase::No => "No".into(),
        Phrase::Pass => "Pass".into(),
        Phrase::Fail => "Fail".into(),
        Phrase::Confirmed => "Confirmed".into(),
        Phrase::Na => "Does not apply".into(),
        Phrase::NaBecause(reason) => format!("Does not apply: {reason}"),
        Phrase::OutOf { n, of } => format!("{n} of {of}"),
        Phrase::Photos(n) => many(n, "photo", "photos"),
        Phrase::Files(n) => many(n, "file", "files"),
        Phrase::Recordings(n) => many(n, "recording", "recordings"),
        Phrase::Signed => "Signed".into(),
        Phrase::Within { metres } => format!("within {metres} m"),
        Phrase::MadeUp { metres } => format!("within {metres} m, made up by an app on the device"),
        Phrase::NoteNeeded => "Write a note beside the answer".into(),
        Phrase::Noted(text) => format!("Note: {text}"),
        Phrase::Span { hours: 0, minutes: 0, seconds } => format!("{seconds} s"),
        Phrase::Span { hours: 0, minutes, seconds: 0 } => format!("{minutes} min"),
        Phrase::Span { hours: 0, minutes, seconds } => format!("{minutes} min {seconds} s"),
        Phrase::Span { hours, minutes: 0, seconds: 0 } => format!("{hours} h"),
        Phrase::Span { hours, minutes, seconds: 0 } => format!("{hours} h {minutes} min"),
        Phrase::Span { hours, minutes, seconds } => format!("{hours} h {minutes} min {seconds} s"),
        Phrase::Number { unit, from, to } => {
            let unit = unit.map(|unit| format!(" in {unit}")).unwrap_or_default();
            format!("Number{unit}{}", bounds(from, to, (", from {a} to {b}", ", at least {a}", ", at most {b}")))
        }
        Phrase::Scale { from, to } => format!("Scale from {from} to {to}"),
        Phrase::OneOf(n) => format!("One of {n}"),
        Phrase::AnyOf(n) => format!("Any of {n}"),
        Phrase::Rank(n) => format!("Put {n} into order"),
        Phrase::Grid { rows, columns } => format!("{} with {} each", many(rows, "row", "rows"), many(columns, "choice", "choices")),
        Phrase::Pairs { rows, columns } => format!("Join {rows} with {columns}"),
        Phrase::Gaps(n) => format!("Fill in {}", many(n, "gap", "gaps")),
        Phrase::TakePhotos { least, most } if least == most => format!("Take {}", many(most, "photo", "photos")),
        Phrase::TakePhotos { least, most } => format!("Take {least} to {most} photos"),
        Phrase::Missing => "This needs an answer".into(),
        Phrase::Clash => "People answered differently: choose which one stands".into(),
        Phrase::Evidence { needs, has: 0 } => format!("Add {}", many(needs, "photo", "photos")),
        Phrase::Evidence { needs, has } => format!("Add {}: {has} of {needs} are there", many(needs - has.min(needs), "photo", "photos")),
        Phrase::First("") => "There is nothing to choose from here".into(),
        Phrase::First(label) => format!("Answer ‘{label}’ first"),
        Phrase::Unfit => "This does not go with what was answered before: choose again".into(),
        Phrase::Kept => "Answered while it applied; it is kept and does not count".into(),
        Phrase::SignedOff => "This is signed off; whoever may sign it off can give it back".into(),
        Phrase::Withdrawn => "This was withdrawn: its answers are kept, and it takes no more".into(),
        Phrase::AfterWithdrawal(says) => format!("{says} (after it was withdrawn)"),
        Phrase::MayNotAnswer => "You can read this, and not answer it".into(),
        Phrase::OfSigners => "Whoever signs this off answers it".into(),
        Phrase::WorkedOut => "This is worked out from other answers".into(),
    }
}
