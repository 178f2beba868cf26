//! Pieces of pages: everything is words and numbers by now, every decision is taken.

use crate::console::calm::calm;
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

impl Words {
    /// A word that has no translation: a name, a slug.
    pub fn plain(t: &Strings, text: impl Into<String>) -> Self {
        Self { text: calm(text.into()), lang: t.lang.to_owned(), dir: "auto" }
    }
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
    Runs,
    Actions,
    People,
    Devices,
    Assignments,
    Content,
    Feedback,
    Interactions,
    Health,
    Quarantine,
}

/// An entry of the menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    pub href: &'static str,
    pub label: &'static str,
    pub current: bool,
    /// A number, and what it counts.
    pub badge: Option<(String, String)>,
}

/// A language to choose.
#[derive(Debug, Clone)]
pub struct Spoken {
    pub lang: &'static str,
    pub name: &'static str,
    pub dir: &'static str,
    pub current: bool,
}

/// What stands around a page: built once per request from the session.
#[derive(Debug, Clone)]
pub struct Frame {
    pub t: &'static Strings,
    pub org: String,
    pub person: String,
    /// What waits in quarantine where the person may let it in.
    pub quarantined: u64,
    /// What the person may see.
    pub menu: Vec<MenuEntry>,
    pub languages: Vec<Spoken>,
    /// This page, to come back to it; the sites where it is the answer to a form.
    pub here: String,
    pub csrf: String,
    pub read_at: String,
}
impl Frame {
    /// The number of the menu's badge.
    pub fn badge(&self) -> &str {
        self.menu.iter().find_map(|m| m.badge.as_ref()).map_or("", |(n, _)| n)
    }
    /// What the badge counts.
    pub fn waiting(&self) -> &str {
        self.menu.iter().find_map(|m| m.badge.as_ref()).map_or("", |(_, words)| words)
    }
    /// The page's name in the browser's tab.
    pub fn title(&self, page: &str) -> String {
        super::super::strings::fill(self.t.frame.title, &[("page", page), ("product", self.t.frame.product)])
    }
    pub fn signed_in_as(&self) -> String {
        super::super::strings::fill(self.t.frame.signed_in_as, &[("name", &self.person)])
    }
}
