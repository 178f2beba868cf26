//! What a screen of a run is told. Fields that JSON does not carry are for shells, which draw them.

use frontline_domain::document::RunState;
use frontline_domain::form::NaRule;
use frontline_domain::form::item::{Control, FileRule};
use frontline_domain::form::screen::{FormNow, SectionNow};
use serde::Serialize;

use super::demands::DemandSummary;
use super::history::HistoryWhat;
use super::reference::ReferenceDetail;
use super::withdrawn::Withdrawn;
use crate::people::Words;
use crate::services::shown::{Answered, CaptureState};

/// A run, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunDetail {
    pub id: String,
    pub procedure: String,
    pub title: Words,
    pub site: String,
    /// What the site is called.
    #[serde(skip)]
    pub place: Words,
    pub status: RunState,
    /// What the last word about it was: handed in, signed off, or given back.
    pub said: Option<SaidDetail>,
    /// Whose signatures it takes, where it takes several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<SignatureDetail>,
    pub sections: Vec<SectionDetail>,
    /// What its rules ask for, and whom they tell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<DemandSummary>,
    /// Where to go on, what it is worth, and whether it ended.
    pub form: FormNow,
    /// Items that somebody answered.
    pub answered: u32,
    pub missing: Vec<String>,
    /// Items whose answer does not keep what it has to.
    pub wrong: Vec<String>,
    pub clashes: Vec<String>,
    /// What this screen shows: to be given back with each answer.
    pub seen: String,
    pub can: Can,
    #[serde(flatten)]
    pub state: Option<CaptureState>,
    /// The asset that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// What that is called.
    #[serde(skip)]
    pub asset_label: Option<Words>,
    /// Open runs of its version were withdrawn: it is one of them, or was handed in after that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// The buttons of the screen that work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Can {
    pub answer: bool,
    pub submit: bool,
    pub sign_off: bool,
    pub give_back: bool,
    /// Why handing in, signing off and giving back do not work; none where they do.
    #[serde(skip)]
    pub why_not: Hindrances,
}

/// Somebody handed a run in, signed it off, or gave it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidDetail {
    pub what: HistoryWhat,
    pub by: String,
    pub at_ms: i64,
    /// Of a return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Items whose answer is another one than the one that was handed in or signed off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed_since: Vec<String>,
}

/// A signature that a run takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureDetail {
    /// As whom somebody signs.
    pub role: &'static str,
    /// Whoever did, over the answers as they are; none: it is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<i64>,
}

/// A section, once for each of its instances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionDetail {
    pub slug: String,
    pub instance: u16,
    /// How often it may be there.
    pub repeat: u16,
    pub label: Words,
    pub help: Option<Words>,
    /// The role of the signers that answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_of: Option<&'static str>,
    pub items: Vec<ItemDetail>,
    /// Of all its instances together.
    #[serde(skip)]
    pub now: SectionNow,
    /// Nobody has begun it: it is there to be filled.
    #[serde(skip)]
    pub empty: bool,
}

/// An item with what stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemDetail {
    /// What an answer names it by: `fridge-temp` or `fridge-temp/2`.
    pub item: String,
    pub kind: &'static str,
    /// What a shell draws for it.
    #[serde(skip)]
    pub control: Control,
    /// Whether somebody may answer it, and why not, in words.
    #[serde(skip)]
    pub enabled: bool,
    #[serde(skip)]
    pub why_not: Option<String>,
    /// What a screen reader says of its control, after the label.
    #[serde(skip)]
    pub spoken: String,
    /// Digits behind the point at most.
    #[serde(skip)]
    pub decimals: Option<u8>,
    pub label: Words,
    pub help: Option<Words>,
    pub required: bool,
    pub na: NaRule,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// What the number is to lie between.
    #[serde(skip)]
    pub target: Option<(String, String)>,
    /// Of a slider: how far apart its numbers lie.
    #[serde(skip)]
    pub step: Option<String>,
    /// Of a sentence with gaps: how many it has.
    #[serde(skip)]
    pub gaps: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceDetail>,
    /// Of a grid: what each row is about; `choices` are its columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<ChoiceDetail>,
    /// What stands, unless people answered differently.
    pub value: Option<Answered>,
    pub clash: bool,
    /// The number is allowed, and outside of its target.
    pub out_of_band: bool,
    /// Whether it is there: what its form makes of the other answers. What was answered while it was counts for nothing.
    pub visible: bool,
    /// It is not there, and was answered while it was.
    #[serde(skip)]
    pub kept: bool,
    /// What a calculated item comes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comes_to: Option<String>,
    /// What is offered before somebody answers: no answer until they give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Answered>,
    /// The same in words.
    #[serde(skip)]
    pub offered_says: Option<String>,
    /// What stands, as it reads: what a row of a list, a person or a site is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reads: Option<String>,
    /// What stands in words, of any kind.
    #[serde(skip)]
    pub says: Option<String>,
    /// What is to be answered before there is something to choose from, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Why it is not done, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Every value that nobody replaced, with who gave it: one, or the values of a clash.
    pub answers: Vec<AnswerDetail>,
    /// What it asks for in photos, as its answer or beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks: Option<AskedDetail>,
    /// The photos and recordings beside its answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<PieceDetail>,
    /// Photos of its answer, or beside it, that the camera did not take at that moment: they were chosen from what was saved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_live: Vec<String>,
    /// Whether a note goes beside its answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<NoteAsked>,
    /// The notes beside its answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteDetail>,
    /// How many recordings its answer takes, of an item that takes them.
    #[serde(skip)]
    pub files: Option<FileRule>,
    /// What a picture may be, of an item that takes one.
    #[serde(skip)]
    pub picture: Option<PictureLimit>,
    /// What to look at while answering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<ReferenceDetail>,
}

/// Whether an item asks for a note beside its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteAsked {
    /// One may be written.
    Welcome,
    /// With what was answered it is not done without one.
    Needed,
}

/// A note beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteDetail {
    /// What taking it back names it by.
    pub id: String,
    pub text: String,
    pub by: String,
    pub at_ms: i64,
}

/// What a picture may be: a shell makes it smaller before it hands it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureLimit {
    /// Pixels of its longer side at most.
    pub side: u32,
    pub bytes: u64,
}

/// How many photos an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AskedDetail {
    pub min: u8,
    pub max: u8,
    pub live_camera_only: bool,
}

/// A photo or a recording beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PieceDetail {
    /// What taking it back names it by.
    pub id: String,
    /// The id of the photo, or of the recording.
    pub photo: String,
    pub by: String,
    pub at_ms: i64,
    /// It is a recording.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_sound: bool,
}

/// A choice of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceDetail {
    pub slug: String,
    pub label: Words,
}

/// One answer that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerDetail {
    /// What settling picks it by.
    pub id: String,
    pub value: Answered,
    /// The same in words.
    #[serde(skip)]
    pub reads: String,
    pub by: String,
    pub at_ms: i64,
    /// It settled a clash.
    pub settles: bool,
    /// An instrument gave it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub measured: bool,
}

/// What is in the way of each button of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hindrances {
    pub submit: Option<WhyNot>,
    pub sign_off: Option<WhyNot>,
    pub give_back: Option<WhyNot>,
}

/// Why a button does not work; a shell has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    NoRight,
    /// It is signed off: whoever may can give it back.
    SignedOff,
    /// So many items need an answer, or photos beside it.
    Missing(u32),
    /// People answered so many items differently.
    Clashes(u32),
    /// So many answers are to be put right.
    Wrong(u32),
    /// It has to be handed in first.
    NotHandedIn,
    /// Nobody signs this procedure off.
    NoSignOff,
    /// Nobody is to finish it.
    Withdrawn,
}
