//! One run: every item with who answered what and when.

use askama::Template;

use super::parts::*;
use super::picture::PictureView;

#[derive(Template)]
#[template(path = "run.html")]
pub struct RunPage {
    pub frame: Frame,
    pub title: Words,
    /// Where another is chosen to compare it with.
    pub compare: String,
    pub site_id: String,
    pub site: Words,
    /// What it is about.
    pub asset: Option<Words>,
    pub zone: String,
    pub chips: Vec<Chip>,
    pub started: Stamp,
    pub started_by: String,
    pub due: Option<Stamp>,
    pub people: String,
    pub progress: String,
    /// What it is worth, in words.
    pub score: Option<String>,
    pub bar: Bar,
    pub sign_off: SignOff,
    pub clash_link: Option<(String, String)>,
    /// What about its answers is hard to believe, in sentences.
    pub doubts: Vec<String>,
    pub sections: Vec<SectionView>,
    pub demands: Vec<DemandView>,
    pub actions: Vec<RunActionRow>,
    /// Where all of them are, where there are more.
    pub more_actions: Option<(String, String)>,
    pub history: Vec<HistoryRow>,
    /// What is folded away, and what is said of it.
    pub earlier: Vec<HistoryRow>,
    pub earlier_words: String,
}

/// How the run stands with its sign-off.
pub struct SignOff {
    pub tone: &'static str,
    pub sentences: Vec<String>,
    /// The answers that made it lapse.
    pub because: Vec<String>,
    pub also: Vec<String>,
}

/// Something that a rule asks for or tells.
pub struct DemandView {
    pub says: Words,
    /// Who is told, or by when it is to be put right.
    pub about: String,
    /// As of a line of the history.
    pub tone: &'static str,
    /// Since when it is so; of what ended the run the history says it.
    pub at: Option<Stamp>,
    /// The item that it follows from.
    pub href: String,
    pub label: Words,
}

/// A corrective action that came from an answer of the run.
pub struct RunActionRow {
    pub href: String,
    pub title: Words,
    pub chips: Vec<Chip>,
    /// Whose it is, and by when.
    pub about: String,
    /// The item that it came from.
    pub item: String,
    pub label: Words,
}

pub struct SectionView {
    pub label: Words,
    pub items: Vec<ItemView>,
}

pub struct ItemView {
    /// For links to it.
    pub anchor: String,
    pub label: Words,
    pub required: bool,
    pub state: ItemState,
    /// What is said where it was answered while it applied, and does not any more.
    pub kept: Option<&'static str>,
    /// Photos beside the answer.
    pub evidence: Vec<PictureView>,
    /// How many of its photos were chosen from the phone, in words.
    pub not_live: Option<String>,
    pub notes: Vec<NoteView>,
}

/// A note beside an answer.
pub struct NoteView {
    pub text: String,
    pub by: String,
    pub at: Stamp,
}

/// What stands for an item.
pub enum ItemState {
    /// A note: takes no answer.
    Reading,
    Missing,
    /// Nobody answers it: what it comes to, where that is known.
    WorkedOut(Option<String>),
    Answered(AnswerView),
    Clash {
        sentence: String,
        answers: Vec<AnswerView>,
    },
}

pub struct AnswerView {
    pub value: String,
    pub by: String,
    pub at: Stamp,
    pub settled: bool,
    /// An instrument gave it.
    pub measured: bool,
    /// A number outside of its target; a place that was made up.
    pub odd: Option<String>,
    /// Photos that are the answer.
    pub pictures: Vec<PictureView>,
}

pub struct HistoryRow {
    pub at: Stamp,
    pub text: String,
    /// `seal`, `broken` or empty.
    pub tone: &'static str,
    /// Photos that were added by it.
    pub pictures: Vec<PictureView>,
    /// How long it took, in words.
    pub took: Option<String>,
    /// What is hard to believe about it, in words.
    pub doubts: Vec<&'static str>,
}
