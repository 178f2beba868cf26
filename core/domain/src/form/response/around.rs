//! What is around a form: whatever its expressions read that nobody answers in it.

use std::collections::BTreeMap;

use crate::form::expr;
use crate::permission::Role;
use crate::record::{Asset, Site};
use crate::zone::Zone;

/// The site, the person, the asset, the time, and what was answered before.
#[derive(Debug, Clone)]
pub struct Around {
    /// Milliseconds since 1970, as well as the device knows.
    pub now_ms: i64,
    /// The zone of the site.
    pub zone: Zone,
    pub site: About,
    pub person: About,
    pub asset: About,
    /// By the item's number: what was answered to it the last time, here or at this asset, and when.
    pub last: BTreeMap<u32, (expr::Value, i64)>,
    /// Those who are asked now: the sections that are asked of others are not there. Nobody before the form was handed in.
    pub asked: Vec<Role>,
}

/// What is known of a site, a person or an asset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// By name: `slug`, `zone`, `language`, `kind`.
    pub attributes: BTreeMap<String, String>,
    /// The tags of a site or an asset, the roles of a person here; none where there is no such thing.
    pub tags: Option<Vec<String>>,
}

impl About {
    /// What expressions read of a site.
    pub fn site(site: &Site) -> Self {
        Self {
            attributes: BTreeMap::from([("slug".to_owned(), site.slug.to_string()), ("zone".to_owned(), site.zone.clone())]),
            tags: Some(site.tags.iter().map(ToString::to_string).collect()),
        }
    }
    /// And of an asset.
    pub fn asset(asset: &Asset) -> Self {
        let kind = asset.kind.as_ref().map(|kind| ("kind".to_owned(), kind.to_string()));
        Self {
            attributes: kind.into_iter().chain([("slug".to_owned(), asset.slug.to_string())]).collect(),
            tags: Some(asset.tags.iter().map(ToString::to_string).collect()),
        }
    }
}

impl Around {
    /// Nothing but a time and a zone.
    pub fn nothing(now_ms: i64, zone: Zone) -> Self {
        Self {
            now_ms,
            zone,
            site: About::default(),
            person: About::default(),
            asset: About::default(),
            last: BTreeMap::new(),
            asked: Vec::new(),
        }
    }
    /// The same, of a zone by its IANA name; one that this build does not know is read as UTC.
    pub fn at(now_ms: i64, zone: &str) -> Self {
        Self::nothing(now_ms, Zone::find(zone).unwrap_or(Zone::UTC))
    }
    pub(super) fn about(&self, whose: expr::Whose) -> &About {
        match whose {
            expr::Whose::Site => &self.site,
            expr::Whose::Person => &self.person,
            expr::Whose::Asset => &self.asset,
        }
    }
}
