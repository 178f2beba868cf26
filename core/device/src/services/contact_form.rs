//! What a contact can be about, how it can end, and over which channel it came: the choices of its screens.

use frontline_domain::record::Touchpoint;

use super::interactions::{Interactions, tree};
use super::touchpoints::NamedDetail;
use crate::error::{Error, Fault};
use crate::people::{Reader, Words};
use crate::store::records;

/// The choices of a contact, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactForm {
    pub reasons: Vec<ReasonFamily>,
    pub outcomes: Vec<NamedDetail>,
    pub channels: Vec<NamedDetail>,
    pub touchpoints: Vec<NamedDetail>,
}

/// Reasons that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonFamily {
    pub id: String,
    pub label: Words,
    pub reasons: Vec<NamedDetail>,
}

impl Interactions<'_> {
    /// What there is to choose from. Empty before the list of reasons has come.
    pub fn form(&self) -> Result<ContactForm, Error> {
        self.0.show(|db| {
            let reader = Reader::of(self.0, db)?;
            let points: Vec<Touchpoint> = records::all(db)?;
            let touchpoints = points.iter().filter(|t| !t.withdrawn);
            let touchpoints = touchpoints.map(|t| NamedDetail { id: t.slug.to_string(), label: reader.words(&t.name) }).collect();
            let tree = match tree(db) {
                Ok((_, tree)) => tree,
                Err(Fault::NotFound(_)) => return Ok(ContactForm { touchpoints, ..ContactForm::default() }),
                Err(e) => return Err(e),
            };
            let named = |all: &[frontline_domain::release::Named]| all.iter().map(|n| NamedDetail::of(&reader, n)).collect();
            let family = |f: &frontline_domain::release::reasons::Family| ReasonFamily {
                id: f.slug.to_string(),
                label: reader.words(&f.label),
                reasons: named(&f.reasons),
            };
            let outcome =
                |o: &frontline_domain::release::reasons::Outcome| NamedDetail { id: o.slug.to_string(), label: reader.words(&o.label) };
            Ok(ContactForm {
                reasons: tree.reasons.iter().map(family).collect(),
                outcomes: tree.outcomes.iter().map(outcome).collect(),
                channels: named(&tree.channels),
                touchpoints,
            })
        })
    }
}

impl ContactForm {
    /// How a name of one of these reads; the name itself where the list no longer has it.
    pub fn reads<'a>(&'a self, of: Choices, name: &'a str) -> &'a str {
        let listed: Vec<&NamedDetail> = match of {
            Choices::Reasons => self.reasons.iter().flat_map(|f| &f.reasons).collect(),
            Choices::Outcomes => self.outcomes.iter().collect(),
            Choices::Channels => self.channels.iter().collect(),
            Choices::Touchpoints => self.touchpoints.iter().collect(),
        };
        listed.into_iter().find(|n| n.id == name).map_or(name, |n| n.label.text.as_str())
    }
}

/// Which of the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choices {
    Reasons,
    Outcomes,
    Channels,
    Touchpoints,
}
