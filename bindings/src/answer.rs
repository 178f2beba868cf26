//! Answers: as a person gives them, and as they stand. Numbers are decimals in digits, days and times ISO 8601: the
//! platform writes them as its reader is used to.

use frontline_device::services::shown::Answered;
use frontline_domain::form::{Raw, Value};

use crate::FrontlineError;

/// An answer as it was tapped or typed; the item's own rules read it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Given {
    /// A text; the name of a choice, a row, a person or a site; a day `YYYY-MM-DD`, a time `HH:MM`, a month `YYYY-MM`,
    /// a day and time; what a code said; the id of a signature's picture.
    Text {
        text: String,
    },
    /// Digits with a point, such as `-18.5`; seconds of a duration.
    Number {
        digits: String,
    },
    Yes {
        yes: bool,
    },
    /// Names of choices, in the order given; ids of pictures; a text for each gap. None of them takes the answer back.
    Many {
        list: Vec<String>,
    },
    /// Rows of a grid or of pairs with their column; `lat`, `lon` and `within` of a place, and `mock`, `true`
    /// where the system says that an app made it up.
    Pairs {
        pairs: Vec<Pair>,
    },
    /// It does not apply, with the reason where the item asks for one.
    NotApplicable {
        reason: Option<String>,
    },
    /// Takes the answer back.
    Nothing,
    /// Settles a clash with one of its values, by the `id` of a standing answer; the others stay in the history.
    Pick {
        id: String,
    },
}

/// A name with what it is given.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Pair {
    pub name: String,
    pub value: String,
}

/// An answer that stands.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Answer {
    NotApplicable {
        reason: Option<String>,
    },
    Text {
        text: String,
    },
    /// Digits with a point.
    Number {
        digits: String,
    },
    Yes {
        yes: bool,
    },
    /// The name of a choice, or of a row of a list.
    Choice {
        id: String,
    },
    Choices {
        ids: Vec<String>,
    },
    /// In the order that somebody put them in.
    Ranked {
        ids: Vec<String>,
    },
    Pairs {
        pairs: Vec<Pair>,
    },
    Texts {
        texts: Vec<String>,
    },
    /// `YYYY-MM-DD`, a day of the site's calendar; `YYYY-MM` of a month.
    Day {
        iso: String,
    },
    /// `HH:MM`, the site's local time.
    Time {
        iso: String,
    },
    /// Milliseconds since 1970 UTC.
    Moment {
        ms: i64,
    },
    Duration {
        seconds: u32,
    },
    Photos {
        ids: Vec<String>,
    },
    Files {
        ids: Vec<String>,
    },
    Signature {
        id: String,
    },
    Person {
        id: String,
    },
    Site {
        id: String,
    },
    /// Degrees (WGS 84), and how far off it may be, metres.
    Place {
        lat: f64,
        lon: f64,
        within_m: u32,
    },
    /// Thousandths of a picture's width and height, from its top left corner.
    Spot {
        x: u16,
        y: u16,
    },
}

impl Given {
    /// As the core reads it; nothing is settled where there is no clash to pick from.
    pub(crate) fn raw(self) -> Result<Raw, FrontlineError> {
        Ok(match self {
            Self::Text { text } => Raw::Text(text),
            Self::Number { digits } => Raw::Number(digits),
            Self::Yes { yes } => Raw::Bool(yes),
            Self::Many { list } => Raw::List(list),
            Self::Pairs { pairs } => Raw::Map(pairs.into_iter().map(|p| (p.name, p.value)).collect()),
            Self::NotApplicable { reason } => Raw::Na(reason),
            Self::Nothing => Raw::Text(String::new()),
            Self::Pick { .. } => return Err(FrontlineError::invalid("value", "clash", "there is nothing to pick from here")),
        })
    }
}

impl From<Answered> for Answer {
    fn from(answered: Answered) -> Self {
        let names = |slugs: Vec<frontline_domain::Slug>| slugs.iter().map(ToString::to_string).collect();
        let ids = |blobs: Vec<frontline_domain::BlobHash>| blobs.iter().map(ToString::to_string).collect();
        match answered.0 {
            Value::Na(reason) => Self::NotApplicable { reason },
            Value::Text(text) => Self::Text { text },
            Value::Number(n) => Self::Number { digits: n.to_string() },
            Value::Bool(yes) => Self::Yes { yes },
            Value::Choice(slug) | Value::Asset(slug) => Self::Choice { id: slug.to_string() },
            Value::Row(row) => Self::Choice { id: row.slug.to_string() },
            Value::Choices(slugs) => Self::Choices { ids: names(slugs) },
            Value::Ranked(slugs) => Self::Ranked { ids: names(slugs) },
            Value::Cells(cells) => {
                let pair =
                    |(row, cell): (frontline_domain::Slug, frontline_domain::Slug)| Pair { name: row.to_string(), value: cell.to_string() };
                Self::Pairs { pairs: cells.into_iter().map(pair).collect() }
            }
            Value::Texts(texts) => Self::Texts { texts },
            Value::Date(iso) => Self::Day { iso },
            Value::Time(iso) => Self::Time { iso },
            Value::Moment(ms) => Self::Moment { ms },
            Value::Duration(seconds) => Self::Duration { seconds },
            Value::Photos(list) => Self::Photos { ids: ids(list) },
            Value::Files(list) => Self::Files { ids: ids(list) },
            Value::Signature(one) => Self::Signature { id: one.to_string() },
            Value::Person(id) => Self::Person { id: id.to_string() },
            Value::Site(id) => Self::Site { id: id.to_string() },
            // Whether an app made it up is in the words beside it, and in `out_of_band`.
            Value::Place { lat, lon, within_m, .. } => Self::Place { lat: f64::from(lat) / 1e6, lon: f64::from(lon) / 1e6, within_m },
            Value::Spot { x, y } => Self::Spot { x, y },
        }
    }
}
