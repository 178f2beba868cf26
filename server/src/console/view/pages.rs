//! The pages but for the run's.

use askama::Template;

use super::parts::*;
use crate::console::strings::Strings;

#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub t: &'static Strings,
    /// The others, each with its address.
    pub languages: Vec<(&'static Strings, String)>,
    pub csrf: String,
    pub email: String,
    pub next: String,
    pub wrong: Option<String>,
    pub said: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub t: &'static Strings,
    pub title: &'static str,
    pub text: String,
    pub reference: Option<String>,
}

#[derive(Template)]
#[template(path = "sites.html")]
pub struct SitesPage {
    pub frame: Frame,
    pub lead: String,
    pub tabs: Vec<Tab>,
    /// What needs somebody: a link and its words.
    pub attention: Vec<(String, String)>,
    pub sites: Vec<SiteRow>,
}

pub struct SiteRow {
    pub id: String,
    pub name: Words,
    pub local: String,
    pub zone: String,
    pub figures: Figures,
    /// What is to be put right there, in words, and where it is looked at.
    pub actions: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "site.html")]
pub struct SitePage {
    pub frame: Frame,
    pub id: String,
    pub name: Words,
    pub local: String,
    pub zone: String,
    pub tabs: Vec<Tab>,
    pub figures: Figures,
    pub runs: Vec<RunRow>,
    pub more_runs: Option<String>,
    pub devices: Vec<DeviceRow>,
    pub touchpoints: Vec<TouchpointRow>,
    pub comments: Vec<CommentRow>,
    pub reasons: Vec<ReasonRow>,
    pub assignments: Vec<AssignmentRow>,
    pub may_enrol: bool,
    pub may_assign: bool,
}

pub struct RunRow {
    pub id: String,
    pub title: Words,
    pub chips: Vec<Chip>,
    pub due: Option<Stamp>,
    pub started: Stamp,
    pub started_by: String,
    pub changed: Stamp,
    pub progress: String,
    pub bar: Option<Bar>,
}

pub struct DeviceRow {
    pub name: String,
    pub model: String,
    pub chip: Chip,
    pub people: String,
    pub contact: String,
    pub reported: String,
    pub problems: Vec<Chip>,
}

pub struct TouchpointRow {
    pub name: Words,
    pub share: Share,
}

pub struct CommentRow {
    pub text: String,
    /// The text is what the customer said, not why it is not there.
    pub said: bool,
    pub score_words: String,
    pub place: Words,
    pub at: Stamp,
}

pub struct ReasonRow {
    pub name: Words,
    pub handled: u64,
    pub median: String,
}

pub struct AssignmentRow {
    pub what: Words,
    pub kind: &'static str,
    pub who: String,
    pub due: Stamp,
    pub chip: Option<Chip>,
    pub reading: Option<ReadingView>,
    /// Where the results of its quiz are shown, and how many passed.
    pub quiz: Option<(String, String)>,
}

/// How far people are with a module.
pub struct ReadingView {
    pub sentence: String,
    pub people: Vec<LearnerRow>,
}

pub struct LearnerRow {
    pub name: String,
    pub cards: String,
    pub bar: Bar,
    pub done: Option<Stamp>,
}

#[derive(Template)]
#[template(path = "assign.html")]
pub struct AssignPage {
    pub frame: Frame,
    pub modules: Vec<Choice>,
    pub procedures: Vec<Choice>,
    pub sites: Vec<Choice>,
    pub people: Vec<Choice>,
    pub date: String,
    pub time: String,
    pub wrong: AssignWrong,
    pub notice: Option<Notice>,
}

/// What was wrong with each field of the form.
#[derive(Debug, Default)]
pub struct AssignWrong {
    pub what: Option<String>,
    pub to: Option<String>,
    pub date: Option<String>,
    pub time: Option<String>,
}
impl AssignWrong {
    pub fn any(&self) -> bool {
        self.what.is_some() || self.to.is_some() || self.date.is_some() || self.time.is_some()
    }
}

#[derive(Template)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    pub frame: Frame,
    pub site_id: String,
    pub site: Words,
    pub people: Vec<Choice>,
    pub wrong: Option<&'static str>,
    pub made: Option<EnrolCode>,
}

/// A code that was just made.
pub struct EnrolCode {
    pub heading: String,
    pub code: String,
    /// An SVG of ours, made of a rectangle and a path: the one piece of markup that no template wrote.
    pub qr: String,
    pub server: String,
    pub expires: String,
    /// That it is good for.
    pub seconds: i64,
    pub ready: String,
}

#[derive(Template)]
#[template(path = "quarantined.html")]
pub struct QuarantinedPage {
    pub frame: Frame,
    /// The entry's hash.
    pub id: String,
    pub kind: String,
    pub reason: &'static str,
    pub who: String,
    pub site: Words,
    pub zone: String,
    pub captured: Stamp,
    pub arrived: Stamp,
    pub device_id: String,
    pub device: String,
    pub size: String,
    /// What became of it, and when.
    pub resolved: Option<(Chip, Stamp)>,
}
