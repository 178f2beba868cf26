//! Why customers come, by which channel, and how it ended.

use serde::{Deserialize, Serialize};

use crate::{Slug, Text};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub slug: Slug,
    pub label: Text,
}

/// The contact reasons of an organisation. `reasons` is a tree of two levels: families and their reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonTree {
    pub reasons: Vec<Family>,
    pub outcomes: Vec<Outcome>,
    pub channels: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    pub slug: Slug,
    pub label: Text,
    pub reasons: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub slug: Slug,
    pub label: Text,
    /// Whether the customer's issue was resolved.
    pub resolved: bool,
    /// Whether the contact was handled at all; an abandoned one is not, and stays out of handling time.
    pub handled: bool,
}

impl ReasonTree {
    pub fn has_reason(&self, slug: &Slug) -> bool {
        self.reasons.iter().flat_map(|f| &f.reasons).any(|r| r.slug == *slug)
    }
    pub fn outcome(&self, slug: &Slug) -> Option<&Outcome> {
        self.outcomes.iter().find(|o| o.slug == *slug)
    }
    pub fn has_channel(&self, slug: &Slug) -> bool {
        self.channels.iter().any(|c| c.slug == *slug)
    }
}
