//! Where an entry belongs, and so who is sent it: one feed per scope.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, IdError, PersonId, SiteId};

/// The part of an organisation that an entry belongs to. Nothing that phones write is scoped `Org`
/// (`sync.md` 5: one hot row would serialise everybody).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    #[serde(rename = "o")]
    Org,
    #[serde(rename = "s")]
    Site(SiteId),
    #[serde(rename = "p")]
    Person(PersonId),
    /// The server's word to one device: verdicts that come later than the answer (`sync.md` 10).
    #[serde(rename = "d")]
    Device(DeviceId),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Org => f.write_str("org"),
            Self::Site(id) => write!(f, "site/{id}"),
            Self::Person(id) => write!(f, "person/{id}"),
            Self::Device(id) => write!(f, "device/{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = IdError;
    /// Reads what `Display` writes, as database columns hold it.
    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once('/') {
            Some(("site", id)) => id.parse().map(Self::Site),
            Some(("person", id)) => id.parse().map(Self::Person),
            Some(("device", id)) => id.parse().map(Self::Device),
            _ if text == "org" => Ok(Self::Org),
            _ => text.parse::<SiteId>().map(Self::Site),
        }
    }
}
