//! Releases: published, immutable, named by the BLAKE3 of their bytes. Whatever refers to one refers to it
//! by hash, for ever: a run shows exactly what the person saw.
//!
//! Start at [`Release`]. Which release of a slug is current is not part of it: the record
//! [`crate::record::Publication`] says so.

pub mod list;
pub mod module;
pub mod reasons;
pub mod signers;

use serde::{Deserialize, Serialize};

pub use list::{List, Rows};
pub use module::{Card, Lesson, Module, MoveOn};
pub use reasons::{Named, ReasonTree};
pub use signers::Signers;

use crate::cbor::{self, CborError};
use crate::form::{Form, Item};
use crate::media::Media;
use crate::{Lang, ReleaseHash, Slug, Text};

/// The kind of a procedure that is tried, of its release and of the record that says which one somebody tries.
pub const DRAFT: &str = "draft";

/// Bytes of one release at most; a procedure of 2,000 items in two languages stays below a third of it.
pub const MAX_BYTES: usize = 1_000_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    pub slug: Slug,
    pub title: Text,
    /// The release that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<ReleaseHash>,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    Module(Module),
    Procedure(Procedure),
    Survey(Survey),
    Announcement(Announcement),
    Article(Article),
    Reasons(ReasonTree),
    List(List),
    /// A part of a list: named by it, never published by itself.
    Rows(Rows),
    /// A procedure that is not published, for those who try it (ADR 27). Its runs are tries: whatever asks for a procedure
    /// finds none here, so that they are in no figure by nobody having thought of them.
    Draft(Procedure),
}

impl Content {
    /// What a run is filled with: a procedure, or one that is tried.
    pub fn fills_runs(&self) -> Option<&Procedure> {
        match self {
            Self::Procedure(procedure) | Self::Draft(procedure) => Some(procedure),
            _ => None,
        }
    }
    /// The same, to keep; and whether it is tried.
    pub fn into_filling(self) -> Option<(Procedure, bool)> {
        match self {
            Self::Procedure(procedure) => Some((procedure, false)),
            Self::Draft(procedure) => Some((procedure, true)),
            _ => None,
        }
    }
}

/// A form with what is done once it is filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub form: Form,
    /// Who signs off; nobody: submitting is the end.
    #[serde(default, skip_serializing_if = "Signers::is_nobody")]
    pub sign_off: Signers,
    /// Minutes it usually takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
}

/// A form of few questions at a touchpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    pub form: Form,
    pub metric: Metric,
    /// Seconds of silence after which a kiosk begins anew.
    pub idle_reset_s: u16,
    pub thank_you: Text,
    /// What a person may tap as the reason of a score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Named>,
}

/// The published metrics of `metrics.md`. Ready for all; capture of `csat` comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    Csat,
    Csat4,
    Nps,
    Ces2,
    Experience,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Markdown.
    pub body: Text,
    /// Whether people must acknowledge it, or having seen it is enough.
    pub acknowledge: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Markdown.
    pub body: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Slug>,
}

impl Release {
    /// A procedure as those who try it have it: its name says that it is a draft. None of anything else.
    pub fn to_try(&self) -> Option<Self> {
        let Content::Procedure(procedure) = &self.content else { return None };
        let marked = |(lang, title): (&Lang, &str)| {
            let mark = if lang.base().as_str() == "ar" { "مسودة" } else { "Draft" };
            (lang.clone(), format!("{mark}: {title}"))
        };
        let title = Text::translated(self.title.source.clone(), self.title.by.iter().map(marked).collect());
        Some(Self { slug: self.slug.clone(), title, predecessor: None, content: Content::Draft(procedure.clone()) })
    }
    /// Its form, where it has one.
    pub fn form(&self) -> Option<&Form> {
        match &self.content {
            Content::Procedure(procedure) | Content::Draft(procedure) => Some(&procedure.form),
            Content::Survey(survey) => Some(&survey.form),
            Content::Module(module) => module.quiz.as_ref().map(|quiz| &quiz.form),
            Content::Announcement(_) | Content::Article(_) | Content::Reasons(_) | Content::List(_) | Content::Rows(_) => None,
        }
    }
    /// The pictures and videos that it names, each once, in the order in which it shows them.
    pub fn media(&self) -> Vec<Media> {
        let mut out: Vec<Media> = Vec::new();
        if let Content::Module(module) = &self.content {
            out.extend(module.lessons.iter().flat_map(|lesson| &lesson.cards).filter_map(|card| card.media()));
        }
        let items = self.form().into_iter().flat_map(Form::items);
        out.extend(items.filter_map(|item: &Item| item.reference.as_ref()?.media()));
        let mut seen = std::collections::BTreeSet::new();
        out.retain(|one| seen.insert(one.blob()));
        out
    }
    /// The bytes that its hash covers.
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }
    pub fn decode(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::decode("a release", bytes)
    }
    /// Its name.
    pub fn hash_of(bytes: &[u8]) -> ReleaseHash {
        ReleaseHash::from_bytes(*blake3::hash(bytes).as_bytes())
    }
    /// The word for its kind: `module`, `procedure`, …
    pub fn kind(&self) -> &'static str {
        match self.content {
            Content::Module(_) => "module",
            Content::Procedure(_) => "procedure",
            Content::Survey(_) => "survey",
            Content::Announcement(_) => "announcement",
            Content::Article(_) => "article",
            Content::Reasons(_) => "reasons",
            Content::List(_) => "list",
            Content::Rows(_) => "rows",
            Content::Draft(_) => DRAFT,
        }
    }
}
