//! How much a bundle holds, for people to read.

use std::collections::BTreeMap;
use std::fmt;

use frontline_domain::release::Content;

use super::{Bundle, Part};
use crate::words::count_of;

/// How many of each part, and how many items and lessons they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub parts: BTreeMap<Part, usize>,
    /// Items of all procedures.
    pub items: usize,
    /// Rows of all lists.
    pub rows: usize,
    /// Lessons of all modules.
    pub lessons: usize,
    /// Bytes of the encoded bundle.
    pub bytes: usize,
}

impl Bundle {
    /// Counts what it holds.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { parts: BTreeMap::new(), items: 0, rows: 0, lessons: 0, bytes: self.encode().len() };
        for item in self.items() {
            *counts.parts.entry(item.part).or_default() += 1;
        }
        for release in &self.releases {
            match &release.content {
                Content::Procedure(p) => counts.items += p.form.items().count(),
                Content::List(list) => counts.rows += list.rows as usize,
                Content::Module(m) => counts.lessons += m.lessons.len(),
                _ => {}
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    /// `3 sites, 32 people, 4 procedures (items: 82), …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |part: Part| self.parts.get(&part).copied().unwrap_or(0);
        let mut words = Vec::new();
        for (part, one, more) in [
            (Part::Site, "site", "sites"),
            (Part::Person, "person", "people"),
            (Part::Touchpoint, "touchpoint", "touchpoints"),
            (Part::Asset, "asset", "assets"),
            (Part::Procedure, "procedure", "procedures"),
            (Part::Survey, "survey", "surveys"),
            (Part::Module, "module", "modules"),
            (Part::Announcement, "announcement", "announcements"),
            (Part::Article, "article", "articles"),
            (Part::List, "list", "lists"),
            (Part::Reasons, "tree of reasons", "trees of reasons"),
            (Part::Assignment, "assignment", "assignments"),
        ] {
            let count = many(part);
            if matches!(part, Part::List | Part::Asset) && count == 0 {
                continue;
            }
            let counted = count_of(count, one, more);
            words.push(match part {
                Part::Procedure => format!("{counted} (items: {})", self.items),
                Part::List => format!("{counted} (rows: {})", self.rows),
                Part::Module => format!("{counted} (lessons: {})", self.lessons),
                _ => counted,
            });
        }
        write!(f, "{}; {}", words.join(", "), count_of(self.bytes, "byte", "bytes"))
    }
}
