//! What a push would change, and what that does to work that is under way: said before it is done.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use frontline_domain::BlobHash;
use frontline_domain::form::Form;
use frontline_domain::form::change::{What as ItemChange, between};

use frontline_domain::release::{Content, Release, Signers};

use crate::bundle::{Bundle, Fingerprint, Part};

/// A part that an earlier push put there, and that has not been withdrawn since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub part: Part,
    /// As [`crate::bundle::Item::key`].
    pub key: String,
    pub fingerprint: Fingerprint,
    /// Work under way on it: open runs of a procedure, open attempts of a module; 0 of anything else.
    pub open: u64,
}

/// What becomes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    Added,
    Changed,
    Unchanged,
    /// An earlier push put it there, and the folder no longer has it.
    Withdrawn,
}

/// What becomes of one part, and what follows for those who work with it, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub part: Part,
    pub key: String,
    pub what: What,
    /// Empty where nothing changes.
    pub effect: String,
    /// Of a form that changed: its items and sections that are not as they were, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
}

/// Whether a plan is still one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing was done.
    #[default]
    Proposed,
    /// It is what the server did.
    Published,
    /// It is what the server keeps as drafts.
    Kept,
}

/// All of a push, in the order in which it can be applied; what is withdrawn comes last, in reverse.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    pub changes: Vec<Change>,
    #[serde(default)]
    pub stage: Stage,
}

/// Compares what is published with what a folder says.
pub fn diff(current: &[Published], bundle: &Bundle) -> Plan {
    let mut before: BTreeMap<(Part, &str), &Published> = current.iter().map(|p| ((p.part, p.key.as_str()), p)).collect();
    let mut changes = Vec::new();
    let items = bundle.items();
    for item in &items {
        let (what, open) = match before.remove(&(item.part, item.key.as_str())) {
            None => (What::Added, 0),
            Some(old) if old.fingerprint == item.fingerprint => (What::Unchanged, old.open),
            Some(old) => (What::Changed, old.open),
        };
        changes.push(Change { effect: effect(item.part, what, open), part: item.part, key: item.key.clone(), what, items: Vec::new() });
    }
    for ((part, key), old) in before.into_iter().rev() {
        changes.push(Change {
            part,
            key: key.to_owned(),
            what: What::Withdrawn,
            effect: effect(part, What::Withdrawn, old.open),
            items: Vec::new(),
        });
    }
    Plan { changes, stage: Stage::Proposed }
}

/// Of a module: whoever read a part of it, or has an attempt open.
fn begun(open: u64) -> String {
    if open == 1 {
        "1 person has begun it: an open attempt stays on the version it began with".into()
    } else {
        format!("{open} people have begun it: open attempts stay on the version they began with")
    }
}

fn effect(part: Part, what: What, open: u64) -> String {
    let s = if open == 1 { ("", "s", "it") } else { ("s", "", "they") };
    let goes_on = |noun: &str| format!("{open} open {noun}{} stay{} on the version {} began with", s.0, s.1, s.2);
    match (what, part) {
        (What::Unchanged, _) => String::new(),
        (What::Added, Part::Procedure) => "can be started at once".into(),
        (What::Added, Part::Person) => "can be enrolled on a device".into(),
        (What::Added | What::Changed, Part::Asset) => "phones of its site show it after their next sync".into(),
        (What::Added, _) => "new".into(),
        (What::Changed, Part::Procedure) if open == 0 => "no run is open; new runs use this one".into(),
        (What::Changed, Part::Procedure) => format!("{}; new runs use this one", goes_on("run")),
        (What::Changed, Part::Module) if open == 0 => "nobody is half-way through; new attempts use this one".into(),
        (What::Changed, Part::Module) => format!("{}; lessons that say the same stay read; new attempts use this one", begun(open)),
        (What::Changed, Part::Survey) => "responses already given stay with the version that was answered".into(),
        (What::Changed, Part::List) => "phones fetch the rows that changed; what was chosen stays as it read".into(),
        (What::Changed, Part::Reasons) => "contacts already closed keep the reason they were closed with".into(),
        (What::Changed, Part::Announcement) => "people are shown the new text; who saw the old one stays recorded for it".into(),
        (What::Changed, Part::Person) => {
            "roles that were added hold from now; roles that were taken away end now, and work done before stays".into()
        }
        (What::Changed, Part::Assignment) => "the new due date replaces the old one".into(),
        (What::Changed, _) => "devices show the change after their next sync".into(),
        (What::Withdrawn, Part::Procedure) if open > 0 => format!("{}; no new run can be started", goes_on("run")),
        (What::Withdrawn, Part::Procedure) => "no new run can be started".into(),
        (What::Withdrawn, Part::Module) if open > 0 => format!("{}; nobody new can open it", begun(open)),
        (What::Withdrawn, Part::Module) => "nobody new can open it".into(),
        (What::Withdrawn, Part::Person) => "their roles end now; what they captured stays and still arrives".into(),
        (What::Withdrawn, Part::Assignment) => "no longer asked for; what was done stays".into(),
        (What::Withdrawn, Part::Asset) => "no new run is begun about it; its runs stay".into(),
        (What::Withdrawn, Part::Touchpoint) => "asks no more; its responses stay in the figures".into(),
        (What::Withdrawn, _) => "gone from lists; what refers to it still reads".into(),
    }
}

/// What a new version of a procedure changes beside its items.
pub fn procedure_lines(old: &Release, new: &Release) -> Vec<String> {
    let (Content::Procedure(before), Content::Procedure(after)) = (&old.content, &new.content) else { return Vec::new() };
    let signers = |of: &Signers| match of.roles() {
        [] => "nobody".to_owned(),
        roles => roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" and "),
    };
    let number = |n: Option<u16>, unit: &str| n.map_or("none".to_owned(), |n| format!("{n} {unit}"));
    let mut out = Vec::new();
    let mut told = |what: &str, before: String, after: String| {
        if before != after {
            out.push(format!("{what}: {after}, before {before}"));
        }
    };
    told("signed off by", signers(&before.sign_off), signers(&after.sign_off));
    told("pass mark", number(before.form.pass_mark.map(u16::from), "%"), number(after.form.pass_mark.map(u16::from), "%"));
    told("takes", number(before.minutes, "minutes"), number(after.minutes, "minutes"));
    if old.title != new.title {
        out.push("worded anew: its title".to_owned());
    }
    out
}

/// Where a new version shows another picture or video, or one where there was none.
pub fn media_lines(old: &Release, new: &Release) -> Vec<String> {
    let shown = |release: &Release| -> BTreeMap<String, BlobHash> {
        let items = release.form().into_iter().flat_map(Form::items);
        let beside = items.filter_map(|item| Some((format!("beside {}", item.slug), item.reference.as_ref()?.media()?.blob())));
        let lessons = match &release.content {
            Content::Module(module) => module.lessons.as_slice(),
            _ => &[],
        };
        let on = lessons.iter().flat_map(|lesson| {
            let cards = lesson.cards.iter().enumerate();
            cards.filter_map(|(n, card)| Some((format!("on card {} of {}", n + 1, lesson.slug), card.media()?.blob())))
        });
        beside.chain(on).collect()
    };
    let (before, after) = (shown(old), shown(new));
    let mut out = Vec::new();
    let mut told = |way: &str, places: Vec<&String>| {
        if let Some((first, rest)) = places.split_at_checked(places.len().min(MOST)).filter(|(first, _)| !first.is_empty()) {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            out.push(format!("{way}: {}{more}", first.iter().map(|place| place.as_str()).collect::<Vec<_>>().join(", ")));
        }
    };
    told(
        "another picture or video",
        after.iter().filter(|(at, blob)| before.get(*at).is_some_and(|b| b != *blob)).map(|(at, _)| at).collect(),
    );
    told("a new picture or video", after.keys().filter(|at| !before.contains_key(*at)).collect());
    told("no picture or video any more", before.keys().filter(|at| !after.contains_key(*at)).collect());
    out
}

/// What a new version of a form changes, in lines that belong together: each way with the items that it happened to.
pub fn lines(old: &Form, new: &Form) -> Vec<String> {
    let changes = between(old, new);
    let ways = [ItemChange::Meaning, ItemChange::Added, ItemChange::Gone, ItemChange::Moved, ItemChange::Wording];
    let mut out = Vec::new();
    for way in ways {
        let slugs: Vec<String> = changes
            .iter()
            .filter(|c| c.what == way)
            .map(|c| if c.is_section { format!("section {}", c.slug) } else { c.slug.to_string() })
            .collect();
        if let Some((shown, rest)) = slugs.split_at_checked(slugs.len().min(MOST)).filter(|(shown, _)| !shown.is_empty()) {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            out.push(format!("{}: {}{more}", way.words(), shown.join(", ")));
        }
    }
    out
}

/// Items that a line names.
const MOST: usize = 40;

impl Plan {
    /// Says of the procedures that change, or go, that their open runs are withdrawn.
    pub fn withdraw_runs(&mut self, current: &[Published]) {
        for change in self.changes.iter_mut().filter(|c| c.part == Part::Procedure) {
            let new = match change.what {
                What::Changed => "new runs use this one",
                What::Withdrawn => "no new run can be started",
                What::Added | What::Unchanged => continue,
            };
            let open = current.iter().find(|p| p.part == change.part && p.key == change.key).map_or(0, |p| p.open);
            let are = if open == 1 { "run is" } else { "runs are" };
            change.effect =
                format!("{open} open {are} withdrawn, with what was answered kept, and any that a phone has not sent yet; {new}");
        }
    }
    /// How many parts become so.
    pub fn count(&self, what: What) -> usize {
        self.changes.iter().filter(|c| c.what == what).count()
    }
    /// Whether a push would do nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(|c| c.what == What::Unchanged)
    }
    /// What the server has to do, in order.
    pub fn to_do(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|c| c.what != What::Unchanged)
    }
}

impl fmt::Display for Plan {
    /// One line for each part that changes, and one with the counts, which says whether it was done.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in self.to_do() {
            let sign = match change.what {
                What::Added => '+',
                What::Changed => '~',
                What::Unchanged => '=',
                What::Withdrawn => '-',
            };
            match change.part {
                Part::Organisation => writeln!(f, "{sign} organisation: {}", change.effect)?,
                part => writeln!(f, "{sign} {part} {}: {}", change.key, change.effect)?,
            }
            for item in &change.items {
                writeln!(f, "    {item}")?;
            }
        }
        let count = |what| self.count(what);
        let (added, changed) = (count(What::Added), count(What::Changed));
        let (withdrawn, unchanged) = (count(What::Withdrawn), count(What::Unchanged));
        f.write_str(match self.stage {
            Stage::Kept if self.is_empty() => "nothing to keep as a draft: ",
            _ if self.is_empty() => "nothing to publish: ",
            Stage::Kept => "kept as drafts: ",
            Stage::Proposed => "would publish: ",
            Stage::Published => "published: ",
        })?;
        write!(f, "{added} added, {changed} changed, {withdrawn} withdrawn, {unchanged} unchanged")
    }
}
