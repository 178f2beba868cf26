//! Pieces of pages: everything is words and numbers by now, every decision is taken.

use crate::console::strings::Strings;

/// An instant, in a zone that the page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// ISO 8601, for machines.
    pub iso: String,
    pub text: String,
}

/// A text of the organisation, with its language and direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub lang: String,
    pub dir: &'static str,
}

/// A state in a word. `tone` is one of the classes of `.chip`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    pub tone: &'static str,
    pub text: String,
}
impl Chip {
    pub fn new(tone: &'static str, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// A horizontal bar of 100 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub filled: u32,
}
impl Bar {
    /// `part` of `whole`, to the nearest unit; nothing of nothing is an empty bar.
    pub fn of(part: u64, whole: u64) -> Self {
        let filled = (part * 100 + whole / 2).checked_div(whole).unwrap_or(0).min(100);
        Self { filled: u32::try_from(filled).unwrap_or(100) }
    }
}

/// Which devices stand behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporting {
    pub sentence: String,
    pub chip: Option<Chip>,
    pub bar: Option<Bar>,
    /// Those that are waited for, and those that are silent for too long, in sentences.
    pub notes: Vec<String>,
}

/// One count of a tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub label: &'static str,
    pub n: u64,
    /// `zero`, `warn`, `bad` or empty.
    pub tone: &'static str,
}
impl Count {
    pub fn new(label: &'static str, n: u64, tone: &'static str) -> Self {
        Self { label, n, tone: if n == 0 { "zero" } else { tone } }
    }
}

/// A share of responses, or why none is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The per cent; none where the responses are too few.
    pub value: Option<String>,
    /// What stands in its place.
    pub missing: &'static str,
    pub sentence: String,
    pub bar: Option<Bar>,
}

/// Contacts with customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talks {
    pub handled: u64,
    pub median: String,
    pub notes: Vec<String>,
}

/// The four numbers of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub reporting: Reporting,
    pub runs: Vec<Count>,
    pub csat: Share,
    pub talks: Talks,
}

/// A choice of period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    pub href: String,
    pub label: &'static str,
    pub current: bool,
}

/// Something that is said once at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub tone: &'static str,
    pub text: String,
    /// Where to see it, and its words.
    pub link: Option<(String, String)>,
}

/// An option of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

/// Which entry of the menu the page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Sites,
    Assign,
    Quarantine,
}

/// What stands around a page: built once per request from the session.
#[derive(Debug, Clone)]
pub struct Frame {
    pub t: &'static Strings,
    pub org: String,
    pub person: String,
    /// None: not shown, the person may not see it.
    pub quarantined: Option<u64>,
    pub may_assign: bool,
    pub csrf: String,
    pub place: Option<Place>,
    pub read_at: String,
}
impl Frame {
    pub fn is_at(&self, place: Place) -> bool {
        self.place == Some(place)
    }
    pub fn sites(&self) -> bool {
        self.is_at(Place::Sites)
    }
    pub fn assign(&self) -> bool {
        self.is_at(Place::Assign)
    }
    pub fn quarantine(&self) -> bool {
        self.is_at(Place::Quarantine)
    }
    /// The page's name in the browser's tab.
    pub fn title(&self, page: &str) -> String {
        super::super::strings::fill(self.t.frame.title, &[("page", page), ("product", self.t.frame.product)])
    }
    pub fn signed_in_as(&self) -> String {
        super::super::strings::fill(self.t.frame.signed_in_as, &[("name", &self.person)])
    }
}
