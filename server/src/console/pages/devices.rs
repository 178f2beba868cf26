//! `/devices`: every device that the person oversees, by name.

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::{DeviceId, PersonId, Scope, SiteId};

use crate::console::errors::Failure;
use crate::console::list::{List, Reading, RowOf, Texts, filters};
use crate::console::look::devices::shown;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Cell, Chip, Field, Line, Place, Row, Words};
use crate::lists::walk::Under;
use crate::lists::{self, ANY, IN_USE, LOST, REVOKED, heading, sort};
use crate::store::{DeviceRow, List as Lists, Within};

/// Held entries of one device that are counted at most.
const MOST_HELD: usize = 100;

/// The filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Devices {
    site: String,
    state: String,
    q: String,
}

/// A device with what is shown of it.
pub struct Item {
    pub row: DeviceRow,
    pub site: SiteId,
    pub people: Vec<PersonId>,
    pub held: u64,
    pub quarantined: u64,
}

impl Item {
    /// Reads what is shown of a device beside its row.
    pub async fn of(reading: &mut Reading, row: DeviceRow) -> Result<Self, Failure> {
        let row = shown(row);
        let (org, tx) = (reading.me.org, &mut *reading.tx);
        let certified = tx.certified(org, row.id).await?;
        let site = lists::place_of(&certified, &row);
        let people: Vec<PersonId> = certified.iter().filter(|c| !c.has_left()).map(|c| c.person).collect();
        let held = tx.held_of(org, row.id, MOST_HELD).await?.len() as u64;
        let open = heading(None, lists::by_device(row.id));
        let quarantined = tx.count_listed(org, Lists::Quarantine, &open, &Within::default(), MOST_HELD).await?;
        reading.names.meet(tx, &people).await?;
        Ok(Self { row, site, people, held, quarantined })
    }
}

/// A device's state in a word.
pub fn chip(t: &Strings, row: &DeviceRow) -> Chip {
    match lists::device_facet(row) {
        LOST => Chip::new("warn", t.devices.lost),
        REVOKED => Chip::new("bad", t.devices.revoked),
        _ => Chip::new("good", t.devices.in_use),
    }
}

#[async_trait]
impl List for Devices {
    const PATH: &'static str = "/devices";
    const PLACE: Place = Place::Devices;
    const ACT: Act = Act::Oversee;
    type Source = Under;
    type Item = Item;

    fn texts(t: &'static Strings) -> Texts {
        let d = &t.devices;
        Texts { title: d.title, lead: d.lead, empty: d.empty, empty_text: d.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[("site", &self.site), ("state", &self.state), ("q", &self.q)])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let t = &reading.me.t;
        let states = [(IN_USE, t.devices.in_use), (LOST, t.devices.lost), (REVOKED, t.devices.revoked)];
        let mut fields = vec![filters::begins(reading, &self.q)];
        fields.extend(filters::site(reading, Act::Oversee, &self.site));
        fields.push(filters::choice("state", t.lists.state, t.lists.all, &states, &self.state));
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Under>, Failure> {
        let state = filters::one_of(&self.state, &[IN_USE, LOST, REVOKED])?;
        let facet = if state.is_empty() { ANY } else { state };
        let begins = sort::beginning(filters::typed(&self.q)?);
        let within = Within { below: sort::after(&begins), least: begins };
        let places = filters::places(reading, Act::Oversee, &self.site)?.into_iter();
        let under = |place| Under { org: reading.me.org, list: Lists::Devices, heading: heading(place, facet), within: within.clone() };
        Ok(places.map(under).collect())
    }

    async fn item(&self, reading: &mut Reading, (spot, ()): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let Ok(id) = spot.key.parse::<DeviceId>() else { return Ok(None) };
        let Some(row) = reading.tx.device(reading.me.org, id).await? else { return Ok(None) };
        if !row.name.to_lowercase().starts_with(&self.q.trim().to_lowercase()) {
            return Ok(None);
        }
        Item::of(reading, row).await.map(Some)
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        vec![t.devices.name, t.lists.state, t.devices.people, t.devices.contact, t.devices.app]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, names, row) = (reading.me.t, &reading.names, &item.row);
        let zone = names.zone_at(item.site);
        let words = Words::plain(t, row.name.clone());
        let mut chips = vec![chip(t, row)];
        if item.held > 0 {
            chips.push(Chip::new("warn", t.counted(t.site.held, item.held)));
        }
        if item.quarantined > 0 {
            chips.push(Chip::new("bad", t.counted(t.site.quarantined, item.quarantined)));
        }
        let contact = match row.last_contact_ms {
            Some(ms) => vec![Line::Time(zone.stamp(ms)), Line::Quiet(zone.name().to_owned())],
            None => vec![Line::Quiet(t.site.never.to_owned())],
        };
        let people = item.people.iter().map(|id| names.person(*id)).collect();
        let app = row.app.map(|app| app.to_string());
        let model = (!row.model.is_empty()).then(|| Line::Quiet(row.model.clone()));
        Row {
            cells: vec![
                Cell::new(vec![Line::Link { href: format!("/devices/{}", row.id), words }, Line::Words(names.site(item.site))]),
                Cell::new(vec![Line::Chips(chips)]),
                Cell::text(names.several(people, 3)),
                Cell::new(contact),
                Cell::new(app.map(Line::Text).into_iter().chain(model).collect()),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let d = &t.devices;
        vec![
            d.name,
            t.lists.site,
            t.lists.state,
            d.reason,
            d.people,
            d.model,
            d.app,
            d.enrolled,
            d.contact,
            d.reported,
            d.held,
            d.quarantined,
        ]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, names, row) = (reading.me.t, &reading.names, &item.row);
        let zone = names.zone_at(item.site);
        let time = |ms: Option<i64>| ms.map_or_else(String::new, |ms| zone.stamp(ms).iso);
        let people: Vec<String> = item.people.iter().map(|id| names.person(*id)).collect();
        vec![
            row.name.clone(),
            names.site(item.site).text,
            chip(t, row).text,
            row.reason.clone().unwrap_or_default(),
            t.list(&people),
            row.model.clone(),
            row.app.map_or_else(String::new, |app| app.to_string()),
            time(Some(row.enrolled_ms)),
            time(row.last_contact_ms),
            time(row.reported_through_ms),
            item.held.to_string(),
            item.quarantined.to_string(),
        ]
    }
}

/// The scope that a device belongs to, for the question who may do what with it.
pub fn scope(item: &Item) -> Scope {
    Scope::Site(item.site)
}

/// Words for what was captured and may still be on it.
pub fn unsent(reading: &Reading, item: &Item) -> String {
    let t = &reading.me.t.devices;
    match item.row.reported_through_ms {
        Some(ms) => {
            let zone = reading.names.zone_at(item.site);
            fill(t.unsent, &[("time", &format!("{} {}", zone.text(ms), zone.name()))])
        }
        None => t.unsent_never.to_owned(),
    }
}
