//! The parts of a bundle, each with a fingerprint: what changes when, and only when, the part does.

use std::fmt;
use std::str::FromStr;

use frontline_domain::cbor;
use frontline_domain::release::Release;
use serde::{Deserialize, Serialize};

use super::{Assignee, Assignment, Bundle};

/// 32 bytes of BLAKE3 over a part as this crate encodes it.
pub type Fingerprint = serde_bytes::ByteArray<32>;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Organisation,
    Site,
    Person,
    List,
    Reasons,
    Survey,
    Touchpoint,
    Module,
    Procedure,
    Asset,
    Announcement,
    Article,
    Assignment,
}

/// One part: named by `part` and `key`, a slug; of an assignment `procedure opening-checks to site harbour`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    pub part: Part,
    pub key: String,
    pub fingerprint: Fingerprint,
}

/// The fingerprint of any part but a release.
pub fn fingerprint<T: Serialize>(part: &T) -> Fingerprint {
    (*blake3::hash(&cbor::encode(part)).as_bytes()).into()
}

/// The fingerprint of a release: what it says, whatever it replaces.
pub fn release_fingerprint(release: &Release) -> Fingerprint {
    match release.predecessor {
        None => fingerprint(release),
        Some(_) => fingerprint(&Release { predecessor: None, ..release.clone() }),
    }
}

impl Part {
    /// All of them, in the order in which they can be applied.
    pub const ALL: [Part; 13] = [
        Self::Organisation,
        Self::Site,
        Self::Person,
        Self::List,
        Self::Reasons,
        Self::Survey,
        Self::Touchpoint,
        Self::Module,
        Self::Procedure,
        Self::Asset,
        Self::Announcement,
        Self::Article,
        Self::Assignment,
    ];
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Site => "site",
            Self::Person => "person",
            Self::List => "list",
            Self::Reasons => "reasons",
            Self::Survey => "survey",
            Self::Touchpoint => "touchpoint",
            Self::Module => "module",
            Self::Procedure => "procedure",
            Self::Asset => "asset",
            Self::Announcement => "announcement",
            Self::Article => "article",
            Self::Assignment => "assignment",
        }
    }
    /// Whether it is published as a release.
    pub fn is_release(self) -> bool {
        use Part::*;
        matches!(self, List | Reasons | Survey | Module | Procedure | Announcement | Article)
    }
}
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
impl FromStr for Part {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|p| p.name() == text).ok_or_else(|| "there is no such part of content".to_owned())
    }
}

impl Assignment {
    /// What names it: one thing is assigned to one site or person once.
    pub fn key(&self) -> String {
        match &self.to {
            Assignee::Site(slug) => format!("{} {} to site {slug}", self.kind, self.slug),
            Assignee::Person(slug) => format!("{} {} to person {slug}", self.kind, self.slug),
        }
    }
}

impl Bundle {
    /// Every part with its fingerprint, in the order in which they can be applied.
    pub fn items(&self) -> Vec<Item> {
        let mut items = vec![item(Part::Organisation, "organisation", fingerprint(&self.organisation))];
        items.extend(self.sites.iter().map(|s| item(Part::Site, &s.slug, fingerprint(s))));
        items.extend(self.people.iter().map(|p| item(Part::Person, &p.slug, fingerprint(p))));
        items.extend(self.assets.iter().map(|a| item(Part::Asset, &a.slug, fingerprint(a))));
        items.extend(self.touchpoints.iter().map(|t| item(Part::Touchpoint, &t.slug, fingerprint(t))));
        items.extend(self.releases.iter().map(|r| item(r.kind().parse().unwrap_or(Part::Article), &r.slug, release_fingerprint(r))));
        items.extend(self.assignments.iter().map(|a| item(Part::Assignment, a.key(), fingerprint(a))));
        items.sort_by_key(|item| item.part);
        items
    }
}

fn item(part: Part, key: impl ToString, fingerprint: Fingerprint) -> Item {
    Item { part, key: key.to_string(), fingerprint }
}
