//! An item: one thing to read, answer or measure. What each kind of item is stands in a file of its own, as an
//! [`Answers`]; what all share is here.

pub mod acknowledge;
pub mod asset;
pub mod audio;
pub mod barcode;
pub mod boolean;
pub mod calculated;
pub mod ces;
pub mod choice;
pub mod counter;
pub mod csat;
pub mod csat4;
pub mod currency;
pub mod date;
pub mod date_time;
pub mod duration;
pub mod file;
pub mod fill_in;
pub mod hotspot;
pub mod likert;
pub mod location;
pub mod long_text;
pub mod lookup;
pub mod matching;
pub mod media;
pub mod month;
pub mod multi_choice;
pub mod note;
pub mod nps;
pub mod number;
pub mod order;
pub mod pass_fail;
pub mod percent;
pub mod person;
pub mod photo;
pub mod rank;
pub mod rating;
pub mod scale;
pub mod signature;
pub mod site;
pub mod sketch;
pub mod slider;
pub mod temperature;
pub mod text;
pub mod time;
pub mod video;

use serde::{Deserialize, Serialize};

pub use audio::Audio;
pub use choice::{Choice, One};
pub use counter::Counter;
pub use currency::Currency;
pub use file::File;
pub use fill_in::FillIn;
pub use hotspot::Hotspot;
pub use likert::Likert;
pub use location::Location;
pub use lookup::{Filter, Lookup};
pub use matching::Match;
pub use media::FileRule;
pub use multi_choice::Several;
pub use number::NumberRule;
pub use order::Order;
pub use percent::Percent;
pub use rank::Rank;
pub use rating::Rating;
pub use slider::Slider;
pub use temperature::Temperature;
pub use video::Video;

use super::speech::{Phrase, Speech};
use super::validate::{Problem, length, problem};
use super::{Expr, Key, Raw, Reference, Rule, Value, expr};
use crate::{BlobHash, Slug, Text};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub slug: Slug,
    pub kind: ItemKind,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub na: NaRule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Expr>,
    /// What has to hold of an answer, and what is said where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<(Expr, Text)>,
    /// What is offered before somebody answers: no answer until somebody takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculate: Option<Expr>,
    /// Points possible.
    #[serde(default)]
    pub weight: u32,
    /// Failing it fails the whole.
    #[serde(default)]
    pub critical: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// What is right, of a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_key: Option<Key>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What to look at while answering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
}

/// What kind of answer an item takes. Each kind is in its own file here, as an [`Answers`]; `CONTRIBUTING.md` says what
/// a new one touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    Note,
    Text,
    LongText,
    Number(NumberRule),
    Temperature(Temperature),
    Currency(Currency),
    Percent(Percent),
    Slider(Slider),
    Counter(Counter),
    Boolean,
    PassFail,
    Acknowledge,
    Choice(One),
    MultiChoice(Several),
    Lookup(Lookup),
    Rank(Rank),
    Order(Order),
    Likert(Likert),
    Match(Match),
    FillIn(FillIn),
    Hotspot(Hotspot),
    Rating(Rating),
    Csat,
    Csat4,
    Nps,
    Ces,
    Date,
    Month,
    Time,
    DateTime,
    Duration,
    Photo(Evidence),
    Video(Video),
    Audio(Audio),
    File(File),
    Signature,
    Sketch,
    Barcode,
    Location(Location),
    Person,
    Site,
    Asset,
    Calculated,
}

impl ItemKind {
    /// What this kind is.
    pub fn answers(&self) -> &dyn Answers {
        match self {
            Self::Note => &note::Note,
            Self::Text => &text::Line,
            Self::LongText => &long_text::LongText,
            Self::Number(rule) => rule,
            Self::Temperature(rule) => rule,
            Self::Currency(rule) => rule,
            Self::Percent(rule) => rule,
            Self::Slider(rule) => rule,
            Self::Counter(rule) => rule,
            Self::Boolean => &boolean::Boolean,
            Self::PassFail => &pass_fail::PassFail,
            Self::Acknowledge => &acknowledge::Acknowledge,
            Self::Choice(rule) => rule,
            Self::MultiChoice(rule) => rule,
            Self::Lookup(rule) => rule,
            Self::Rank(rule) => rule,
            Self::Order(rule) => rule,
            Self::Likert(rule) => rule,
            Self::Match(rule) => rule,
            Self::FillIn(rule) => rule,
            Self::Hotspot(rule) => rule,
            Self::Rating(rule) => rule,
            Self::Csat => &csat::Csat,
            Self::Csat4 => &csat4::Csat4,
            Self::Nps => &nps::Nps,
            Self::Ces => &ces::Ces,
            Self::Date => &date::Date,
            Self::Month => &month::Month,
            Self::Time => &time::Time,
            Self::DateTime => &date_time::DateTime,
            Self::Duration => &duration::Duration,
            Self::Photo(rule) => rule,
            Self::Video(rule) => rule,
            Self::Audio(rule) => rule,
            Self::File(rule) => rule,
            Self::Signature => &signature::Signature,
            Self::Sketch => &sketch::Sketch,
            Self::Barcode => &barcode::Barcode,
            Self::Location(rule) => rule,
            Self::Person => &person::Person,
            Self::Site => &site::Site,
            Self::Asset => &asset::Asset,
            Self::Calculated => &calculated::Calculated,
        }
    }

    /// The name that authors type.
    pub fn name(&self) -> &'static str {
        self.answers().name()
    }
}

/// What one kind of item is: which answers it takes, and what they say.
pub trait Answers: std::fmt::Debug {
    /// The name that authors type.
    fn name(&self) -> &'static str;
    /// What a sentence says that it takes.
    fn takes(&self) -> &'static str;
    /// Whether somebody answers it.
    fn asks(&self) -> bool {
        true
    }
    /// Whether an author may allow that it does not apply.
    fn may_be_na(&self) -> bool {
        self.asks()
    }
    /// The type of its answers in expressions.
    fn kind(&self) -> expr::Kind;
    /// Reads what somebody typed; none where that is not of the shape that it takes. [`Answers::check`] says the rest.
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>>;
    /// Whether a value is an answer; none where it is one of another kind.
    fn check(&self, value: &Value) -> Option<Result<(), Problem>>;
    /// Whether its answers have points.
    fn scores(&self) -> bool {
        false
    }
    /// Of `weight` points that are possible how many an answer has; none where it does not score.
    fn points(&self, _value: &Value, _weight: u32) -> Option<u32> {
        None
    }
    /// Whether an answer is one that is not hoped for.
    fn is_out_of_band(&self, _value: &Value) -> bool {
        false
    }
    /// Which numbers it takes, of a kind of number.
    fn numbers(&self) -> Option<&NumberRule> {
        None
    }
    /// The answers that it lists.
    fn choices(&self) -> &[Choice] {
        &[]
    }
    /// Of a grid, what each row is about.
    fn rows(&self) -> &[Choice] {
        &[]
    }
    /// What a screen draws.
    fn control(&self) -> Control;
    /// How an answer reads in a report. N/A reads the same everywhere: [`Item::report`].
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        speech.plain(value)
    }
    /// What a screen reader says of its control, after its label.
    fn spoken(&self, speech: &dyn Speech) -> String;
    /// A plausible answer, for whoever shows or tries what a form does; `other`: another one than most would give.
    fn example(&self, _other: bool) -> Option<Raw> {
        None
    }
}

/// What a screen draws for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Control {
    Reading,
    Line,
    Lines,
    Number,
    Slider,
    Counter,
    YesNo,
    PassFail,
    Acknowledge,
    One,
    Several,
    /// A list to search in, a page at a time.
    Lookup,
    Ranking,
    Grid,
    Pairs,
    Gaps,
    Spot,
    Stars,
    Smileys,
    Scale,
    Date,
    Month,
    Time,
    DateTime,
    Duration,
    Camera,
    Video,
    Microphone,
    File,
    Signature,
    Sketch,
    Scanner,
    Place,
    Person,
    Site,
    Asset,
    Result,
}

impl ItemKind {
    /// Whether its answers are pictures or other files: nothing is asked for beside them.
    pub fn is_of_files(&self) -> bool {
        matches!(self, Self::Photo(_) | Self::Video(_) | Self::Audio(_) | Self::File(_) | Self::Signature | Self::Sketch)
    }
}

impl Item {
    /// One that asks for nothing but an answer of its kind.
    pub fn new(slug: Slug, kind: ItemKind, label: Text) -> Self {
        Self {
            slug,
            kind,
            label,
            help: None,
            required: false,
            na: NaRule::No,
            visible_if: None,
            constraint: None,
            default: None,
            calculate: None,
            weight: 0,
            critical: false,
            evidence: None,
            answer_key: None,
            reference: None,
            rules: Vec::new(),
        }
    }

    /// How an answer to it reads in a report.
    pub fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Na(None) => speech.say(&Phrase::Na),
            Value::Na(Some(reason)) => speech.say(&Phrase::NaBecause(reason)),
            answer => self.kind.answers().report(answer, speech),
        }
    }

    /// Of a row of a list: which.
    pub fn lookup(&self) -> Option<&Lookup> {
        if let ItemKind::Lookup(lookup) = &self.kind { Some(lookup) } else { None }
    }
}

/// Whether "not applicable" is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NaRule {
    #[default]
    No,
    Yes,
    WithReason,
}

/// Which pictures an item asks for: those that are its answer, or those that belong to its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Below it the item counts as missing; 0: they are welcome.
    pub photos_min: u8,
    pub photos_max: u8,
    /// Taken with the camera at that moment, not from the phone's album. The phone says which it was.
    pub live_camera_only: bool,
}

/// A file that was added before.
fn blob(text: &str) -> Result<BlobHash, Problem> {
    text.parse().or_else(|_| problem("photo", "a photo is known by the 64 hexadecimal digits that adding it gave"))
}

#[cfg(test)]
mod tests;
/// What kinds try of themselves, in their own files; the first ones stand in [`tests`].
#[cfg(test)]
const OWN: &[fn() -> tests::Row] = &[month::row];
