//! An item of a run as its screen shows it.

use frontline_device::services::procedures::detail as device;
use frontline_domain::form::NaRule;
use frontline_domain::form::item::Control as Core;

use super::asset::Reference;
use crate::answer::Answer;
use crate::words::{Named, Words};

/// What is drawn for an item. The names are the core's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Control {
    /// To be read, not answered.
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
    Day,
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
    /// Worked out from other answers.
    Computed,
}

/// Whether “does not apply” is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NotApplicable {
    No,
    Yes,
    WithReason,
}

/// An item with what stands.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ItemDetail {
    /// What an answer names it by: `fridge-temp` or `fridge-temp/2`.
    pub id: String,
    /// The kind that its author gave it, such as `temperature`.
    pub kind: String,
    pub control: Control,
    pub label: Words,
    pub help: Option<Words>,
    /// What a screen reader says of its control, after the label.
    pub spoken: String,
    pub required: bool,
    pub not_applicable: NotApplicable,
    pub unit: Option<String>,
    /// Digits with a point.
    pub min: Option<String>,
    pub max: Option<String>,
    /// What the number is to lie between, its ends included.
    pub target: Option<NumberRange>,
    /// Of a slider: how far apart its numbers lie.
    pub step: Option<String>,
    /// Of a sentence with gaps: how many it has.
    pub gaps: u8,
    /// Digits behind the point at most.
    pub decimals: Option<u8>,
    pub choices: Vec<Named>,
    /// Of a grid: what each row is about; `choices` are its columns.
    pub rows: Vec<Named>,
    /// Whether it is there: what its form makes of the other answers.
    pub visible: bool,
    /// It no longer applies, and was answered while it did: it is shown with `why_not`, and its answer counts for nothing.
    pub kept: bool,
    /// Whether it takes an answer, and why not, in words.
    pub enabled: bool,
    pub why_not: Option<String>,
    /// What stands, unless people answered differently, or it was taken back; and the same in words.
    pub answer: Option<Answer>,
    pub says: Option<String>,
    /// What is offered before somebody answers: no answer until they take it.
    pub offered: Option<Answer>,
    /// The same in words.
    pub offered_says: Option<String>,
    pub clash: bool,
    /// The number is allowed, and outside of its target.
    pub out_of_band: bool,
    /// What is to be answered before there is something to choose from, in words.
    pub first: Option<String>,
    /// Why it is not done, in words.
    pub problem: Option<String>,
    /// Every value that nobody replaced, with who gave it: one, or the values of a clash.
    pub answers: Vec<StandingAnswer>,
    /// What it asks for in photos, as its answer or beside it.
    pub photos: Option<PhotoRule>,
    /// The photos and recordings beside its answer.
    pub evidence: Vec<EvidenceDetail>,
    /// Of its photos those that the camera did not take at that moment: they were chosen from what was saved.
    #[uniffi(default = [])]
    pub not_live: Vec<String>,
    /// Whether a note goes beside its answer.
    #[uniffi(default = None)]
    pub note: Option<NoteAsked>,
    /// The notes beside its answer.
    #[uniffi(default = [])]
    pub notes: Vec<NoteDetail>,
    /// What a picture may be, of an item that takes one: it is made so before it is handed over.
    #[uniffi(default = None)]
    pub picture: Option<PictureLimit>,
    /// What to look at while answering.
    #[uniffi(default = None)]
    pub reference: Option<Reference>,
    /// How many recordings its answer takes.
    #[uniffi(default = None)]
    pub files: Option<FileRule>,
}

/// Whether an item asks for a note beside its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NoteAsked {
    /// One may be written.
    Welcome,
    /// With what was answered it is not done without one.
    Needed,
}

/// A note beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NoteDetail {
    /// What taking it back names it by.
    pub id: String,
    pub text: String,
    pub by: String,
    pub at_ms: i64,
}

/// What a picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct PictureLimit {
    /// Pixels of its longer side at most.
    pub side: u32,
    pub bytes: u64,
}

/// Two numbers as digits with a point.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NumberRange {
    pub min: String,
    pub max: String,
}

/// How many photos an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct PhotoRule {
    pub min: u8,
    pub max: u8,
    pub live_camera_only: bool,
}

/// One answer that stands.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingAnswer {
    /// What picking it names it by.
    pub id: String,
    pub answer: Answer,
    /// The same in words.
    pub says: String,
    pub by: String,
    pub at_ms: i64,
    /// It settled a clash.
    pub settles: bool,
    /// An instrument gave it.
    pub measured: bool,
}

/// A photo or a recording beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EvidenceDetail {
    /// What taking it back names it by.
    pub id: String,
    /// The id of the photo, or of the recording.
    pub photo: String,
    pub by: String,
    pub at_ms: i64,
    /// It is a recording.
    #[uniffi(default = false)]
    pub is_sound: bool,
}

/// How many recordings an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct FileRule {
    pub min: u8,
    pub max: u8,
}

impl From<device::ItemDetail> for ItemDetail {
    fn from(i: device::ItemDetail) -> Self {
        let named = |all: Vec<device::ChoiceDetail>| all.into_iter().map(|c| Named { id: c.slug, label: c.label.into() }).collect();
        Self {
            id: i.item,
            kind: i.kind.to_owned(),
            control: control(i.control),
            label: i.label.into(),
            help: i.help.map(Into::into),
            spoken: i.spoken,
            required: i.required,
            not_applicable: match i.na {
                NaRule::Yes => NotApplicable::Yes,
                NaRule::WithReason => NotApplicable::WithReason,
                NaRule::No => NotApplicable::No,
            },
            unit: i.unit,
            min: i.min,
            max: i.max,
            target: i.target.map(|(min, max)| NumberRange { min, max }),
            step: i.step,
            gaps: i.gaps,
            decimals: i.decimals,
            choices: named(i.choices),
            rows: named(i.rows),
            visible: i.visible || i.kept,
            kept: i.kept,
            enabled: i.enabled,
            why_not: i.why_not,
            // An empty text is how an answer is taken back: nothing stands.
            answer: i.value.filter(|value| !value.0.is_empty()).map(Into::into),
            says: i.says,
            offered: i.offered.map(Into::into),
            offered_says: i.offered_says,
            clash: i.clash,
            out_of_band: i.out_of_band,
            first: i.first,
            problem: i.problem,
            answers: i.answers.into_iter().map(Into::into).collect(),
            photos: i.asks.map(|a| PhotoRule { min: a.min, max: a.max, live_camera_only: a.live_camera_only }),
            not_live: i.not_live,
            note: i.note.map(|asked| match asked {
                device::NoteAsked::Welcome => NoteAsked::Welcome,
                device::NoteAsked::Needed => NoteAsked::Needed,
            }),
            notes: i.notes.into_iter().map(|n| NoteDetail { id: n.id, text: n.text, by: n.by, at_ms: n.at_ms }).collect(),
            picture: i.picture.map(|p| PictureLimit { side: p.side, bytes: p.bytes }),
            reference: i.reference.map(Into::into),
            evidence: i.evidence.into_iter().map(Into::into).collect(),
            files: i.files.map(|rule| FileRule { min: rule.min, max: rule.max }),
        }
    }
}

impl From<device::PieceDetail> for EvidenceDetail {
    fn from(p: device::PieceDetail) -> Self {
        Self { id: p.id, photo: p.photo, by: p.by, at_ms: p.at_ms, is_sound: p.is_sound }
    }
}

impl From<device::AnswerDetail> for StandingAnswer {
    fn from(a: device::AnswerDetail) -> Self {
        Self { id: a.id, answer: a.value.into(), says: a.reads, by: a.by, at_ms: a.at_ms, settles: a.settles, measured: a.measured }
    }
}

/// The control of the core's name.
pub fn control(control: Core) -> Control {
    match control {
        Core::Reading => Control::Reading,
        Core::Line => Control::Line,
        Core::Lines => Control::Lines,
        Core::Number => Control::Number,
        Core::Slider => Control::Slider,
        Core::Counter => Control::Counter,
        Core::YesNo => Control::YesNo,
        Core::PassFail => Control::PassFail,
        Core::Acknowledge => Control::Acknowledge,
        Core::One => Control::One,
        Core::Several => Control::Several,
        Core::Lookup => Control::Lookup,
        Core::Ranking => Control::Ranking,
        Core::Grid => Control::Grid,
        Core::Pairs => Control::Pairs,
        Core::Gaps => Control::Gaps,
        Core::Spot => Control::Spot,
        Core::Stars => Control::Stars,
        Core::Smileys => Control::Smileys,
        Core::Scale => Control::Scale,
        Core::Date => Control::Day,
        Core::Month => Control::Month,
        Core::Time => Control::Time,
        Core::DateTime => Control::DateTime,
        Core::Duration => Control::Duration,
        Core::Camera => Control::Camera,
        Core::Video => Control::Video,
        Core::Microphone => Control::Microphone,
        Core::File => Control::File,
        Core::Signature => Control::Signature,
        Core::Sketch => Control::Sketch,
        Core::Scanner => Control::Scanner,
        Core::Place => Control::Place,
        Core::Person => Control::Person,
        Core::Site => Control::Site,
        Core::Asset => Control::Asset,
        Core::Result => Control::Computed,
    }
}
