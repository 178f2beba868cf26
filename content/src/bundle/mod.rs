//! What a folder of content says, whole: what `content push` sends and the server applies all or nothing.
//!
//! Start at [`Bundle`]. [`due`] turns what an author wrote for a date into an instant; [`item`] gives every
//! part a fingerprint, by which [`crate::diff`] knows what changed; [`verify`] is for a reader that did not
//! make the bundle itself.

pub mod counts;
pub mod due;
pub mod item;
pub mod verify;

use std::sync::Arc;

use frontline_domain::cbor::{self, CborError};
use frontline_domain::permission::Role;
use frontline_domain::record::Policy;
use frontline_domain::release::Release;
use frontline_domain::{BlobHash, Lang, Slug, Text};
use serde::{Deserialize, Serialize};

pub use counts::Counts;
pub use due::{Due, DueError};
pub use item::{Fingerprint, Item, Part, fingerprint, release_fingerprint};

/// Bytes of an encoded bundle at most.
pub const MAX_BYTES: usize = 32 << 20;

/// One organisation's content. Slugs are unique: of sites, people, touchpoints and assets in the organisation, of
/// releases per kind; every reference is to something in the same bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    pub organisation: Organisation,
    pub sites: Vec<Site>,
    pub people: Vec<Person>,
    pub touchpoints: Vec<Touchpoint>,
    /// Without predecessors: the server adds the release that each replaces when it publishes.
    pub releases: Vec<Release>,
    pub assignments: Vec<Assignment>,
    /// The parts of the lists among the releases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Release>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<Asset>,
    /// The pictures and videos that the releases name, by the author's names of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<File>,
}

/// A picture or video of a folder. Its bytes travel by themselves, before the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// As it is called in `media/`.
    pub name: String,
    pub blob: BlobHash,
    pub bytes: u64,
    /// Empty in a bundle that travelled.
    #[serde(skip)]
    pub content: Arc<[u8]>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: String,
    /// In order of preference; the first is the source language of content.
    pub languages: Vec<Lang>,
    pub policy: Policy,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    pub slug: Slug,
    pub name: Text,
    /// IANA zone, a known one.
    pub zone: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Slug>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub slug: Slug,
    pub name: String,
    pub language: Lang,
    /// At least one.
    pub grants: Vec<Grant>,
}

/// A role at a site, or everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    /// None: the whole organisation.
    pub site: Option<Slug>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touchpoint {
    pub slug: Slug,
    pub site: Slug,
    pub name: Text,
    /// The journey stage: arrival, stay, …
    pub stage: Slug,
    /// A survey of the bundle.
    pub survey: Slug,
    /// Seconds; taps closer than this are kept, not counted.
    pub interval_s: u16,
}

/// A thing that work is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    pub slug: Slug,
    pub site: Slug,
    pub name: Text,
    /// What it is: `fridge`, `lift`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Slug>,
    /// What its label says; no two assets have one that reads alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Of the bundle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<Slug>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Slug>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// `module` or `procedure`.
    pub kind: String,
    pub slug: Slug,
    pub to: Assignee,
    pub due: Due,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assignee {
    /// Everybody there.
    Site(Slug),
    Person(Slug),
}

impl Bundle {
    /// The bytes that travel.
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }
    /// Reads what [`encode`](Self::encode) wrote. Whether it holds together is [`verify`](Self::verify)'s to say.
    pub fn decode(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::decode("a bundle of content", bytes)
    }
    /// The site with this slug.
    pub fn site(&self, slug: &Slug) -> Option<&Site> {
        self.sites.iter().find(|s| s.slug == *slug)
    }
    /// The person with this slug.
    pub fn person(&self, slug: &Slug) -> Option<&Person> {
        self.people.iter().find(|p| p.slug == *slug)
    }
    /// The release of this kind (`procedure`, `survey`, …) and slug.
    pub fn release(&self, kind: &str, slug: &Slug) -> Option<&Release> {
        self.releases.iter().find(|r| r.kind() == kind && r.slug == *slug)
    }
    /// What the author calls a picture or video.
    pub fn media_name(&self, blob: &BlobHash) -> Option<&str> {
        self.media.iter().find(|file| file.blob == *blob).map(|file| file.name.as_str())
    }
    /// The calendar that an assignment's due date is read in: the site's; a person's is that of their first
    /// site, and of the organisation's first site for those who work everywhere.
    pub fn zone_of(&self, to: &Assignee) -> Option<&str> {
        let site = match to {
            Assignee::Site(slug) => self.site(slug)?,
            Assignee::Person(slug) => match self.person(slug)?.grants.iter().find_map(|g| g.site.as_ref()) {
                Some(site) => self.site(site)?,
                None => self.sites.first()?,
            },
        };
        Some(&site.zone)
    }
}
