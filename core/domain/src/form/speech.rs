//! How answers and controls are said: in the words of whoever reads. The kinds say *what* there is to say, as
//! [`Phrase`]s; a [`Speech`] has the words of one language.

mod ar;
mod en;

use super::{Decimal, Value};
use crate::Text;

pub use ar::Arabic;
pub use en::English;

/// Something to say. Numbers come as they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase<'a> {
    /// What one kind alone says.
    Words(&'a Words),
    Yes,
    No,
    Pass,
    Fail,
    Confirmed,
    Na,
    NaBecause(&'a str),
    OutOf {
        n: &'a str,
        of: &'a str,
    },
    Photos(usize),
    Files(usize),
    Recordings(usize),
    Signed,
    Within {
        metres: u32,
    },
    /// The same of a place that an app made up.
    MadeUp {
        metres: u32,
    },
    Span {
        hours: u32,
        minutes: u32,
        seconds: u32,
    },
    // What a screen reader says of a control.
    Number {
        unit: Option<&'a str>,
        from: Option<Decimal>,
        to: Option<Decimal>,
    },
    Scale {
        from: u8,
        to: u8,
    },
    OneOf(usize),
    AnyOf(usize),
    Rank(usize),
    Grid {
        rows: usize,
        columns: usize,
    },
    Pairs {
        rows: usize,
        columns: usize,
    },
    Gaps(usize),
    TakePhotos {
        least: usize,
        most: usize,
    },
    // What stands in the way of an item.
    Missing,
    Clash,
    /// Its answer needs so many pictures beside it.
    Evidence {
        needs: usize,
        has: usize,
    },
    /// Its answer needs a note beside it.
    NoteNeeded,
    /// A note beside an answer.
    Noted(&'a str),
    /// What was answered after its run was withdrawn.
    AfterWithdrawal(&'a str),
    WorkedOut,
    /// Another item comes first.
    First(&'a str),
    /// It was answered while it was there.
    Kept,
    /// What it is chosen by was answered anew.
    Unfit,
    // Why a whole form takes no answer.
    SignedOff,
    /// Open runs of its version were withdrawn.
    Withdrawn,
    MayNotAnswer,
    /// Nor a section of it: whoever signs it off does.
    OfSigners,
}

/// What one kind of item says, in every language: kept in its file.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub en: &'static str,
    pub ar: &'static str,
}

/// The words of one language, and of one reader.
pub trait Speech {
    fn say(&self, phrase: &Phrase<'_>) -> String;
    /// A text as this reader reads it.
    fn text(&self, text: &Text) -> String;
    /// A moment by the clocks that count here, milliseconds since 1970 UTC.
    fn moment(&self, ms: i64) -> String;
    /// Somebody, or a site, by an id.
    fn named(&self, value: &Value) -> Option<String>;

    /// A value whose item says nothing about it.
    fn plain(&self, value: &Value) -> String {
        match value {
            Value::Na(None) => self.say(&Phrase::Na),
            Value::Na(Some(reason)) => self.say(&Phrase::NaBecause(reason)),
            Value::Text(text) | Value::Date(text) | Value::Time(text) => text.clone(),
            Value::Number(n) => number(*n),
            Value::Bool(yes) => self.say(if *yes { &Phrase::Yes } else { &Phrase::No }),
            Value::Choice(slug) | Value::Asset(slug) => self.named(value).unwrap_or_else(|| slug.to_string()),
            Value::Row(row) => self.text(&row.label),
            Value::Choices(slugs) | Value::Ranked(slugs) => slugs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Value::Cells(cells) => cells.iter().map(|(row, to)| format!("{row}: {to}")).collect::<Vec<_>>().join("; "),
            Value::Texts(texts) => texts.join("; "),
            Value::Photos(list) => self.say(&Phrase::Photos(list.len())),
            Value::Files(list) => self.say(&Phrase::Files(list.len())),
            Value::Signature(_) => self.say(&Phrase::Signed),
            Value::Spot { x, y } => format!("{} %, {} %", tenths(*x), tenths(*y)),
            Value::Moment(ms) => self.moment(*ms),
            Value::Duration(s) => self.say(&Phrase::Span { hours: s / 3_600, minutes: s / 60 % 60, seconds: s % 60 }),
            Value::Place { lat, lon, within_m, mock } => {
                let said = self.say(&if *mock { Phrase::MadeUp { metres: *within_m } } else { Phrase::Within { metres: *within_m } });
                format!("{}, {} ({said})", degrees(*lat), degrees(*lon))
            }
            Value::Person(_) | Value::Site(_) => self.named(value).unwrap_or_else(|| "?".to_owned()),
        }
    }
}

/// What a phrase is in a language: Arabic where it is that, else English.
pub fn said(in_language: &str, phrase: &Phrase<'_>) -> String {
    if in_language.split('-').next() == Some("ar") { ar::said(phrase) } else { en::said(phrase) }
}

/// A number with the sign that typesetters use.
pub fn number(n: Decimal) -> String {
    n.to_string().replace('-', "\u{2212}")
}

/// The same with so many digits behind the point at least.
pub fn fixed(n: Decimal, places: u8) -> String {
    let text = number(n);
    let has = text.split_once('.').map_or(0, |(_, behind)| behind.len());
    let point = if has == 0 && places > 0 { "." } else { "" };
    format!("{text}{point}{}", "0".repeat(usize::from(places).saturating_sub(has)))
}

fn tenths(thousandths: u16) -> String {
    Decimal::new(i64::from(thousandths), 1).map(number).unwrap_or_default()
}

fn degrees(micro: i32) -> String {
    Decimal::new(i64::from(micro), 6).map(number).unwrap_or_default()
}

/// What stands between numbers that bound: “from 1 to 5”, “at least 1”, nothing.
fn bounds(from: Option<Decimal>, to: Option<Decimal>, words: (&str, &str, &str)) -> String {
    let (between, least, most) = words;
    match (from, to) {
        (Some(a), Some(b)) => between.replace("{a}", &number(a)).replace("{b}", &number(b)),
        (Some(a), None) => least.replace("{a}", &number(a)),
        (None, Some(b)) => most.replace("{b}", &number(b)),
        (None, None) => String::new(),
    }
}
