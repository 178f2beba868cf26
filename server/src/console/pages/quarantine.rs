//! `/quarantine`: what the server could not take, with reasons in words.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::{DeviceId, EntryHash, EntryType, Scope};
use frontline_protocol::{Code, Entry, limits};

use super::MOST_COUNTED;
use crate::console::calm::calm;
use crate::console::errors::Failure;
use crate::console::list::{List, Reading, RowOf, Texts, filters};
use crate::console::session::Me;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Cell, Chip, Field, FieldKind, Line, Notice, Place, Row, Words};
use crate::console::zone::Zone;
use crate::lists::walk::Under;
use crate::lists::{OPEN, RESOLVED, by_code, by_device, heading, place_of};
use crate::store::{List as Lists, Quarantined, ReadTx, Resolution, Within};

/// Where a quarantined entry belongs: what names no site is the whole organisation's, so that only those
/// with a say there see it.
pub fn place(one: &Quarantined) -> Scope {
    match one.scope {
        Some(scope @ Scope::Site(_)) => scope,
        _ => Scope::Org,
    }
}

/// How many wait where the person may let something in, counted up to [`MOST_COUNTED`].
pub async fn waiting(tx: &mut dyn ReadTx, me: &Me) -> Result<u64, Failure> {
    let places: BTreeSet<Option<Scope>> =
        if me.may(Act::LetIn, Scope::Org) { BTreeSet::from([None]) } else { me.scopes(Act::LetIn).into_iter().map(Some).collect() };
    let mut n = 0;
    for one in places {
        n += tx.count_listed(me.org, Lists::Quarantine, &heading(one, OPEN), &Within::default(), MOST_COUNTED).await?;
    }
    Ok(n)
}

/// The filter; and what became of an entry that was let in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Quarantine {
    site: String,
    /// Empty: those that wait.
    state: String,
    reason: String,
    device: String,
    outcome: String,
    code: String,
}

impl Quarantine {
    fn reason(&self) -> Result<Option<Code>, Failure> {
        if self.reason.is_empty() { Ok(None) } else { self.reason.parse().map(|n| Some(Code(n))).map_err(|_| Failure::Wrong) }
    }
    fn device(&self) -> Result<Option<DeviceId>, Failure> {
        if self.device.is_empty() { Ok(None) } else { self.device.parse().map(Some).map_err(|_| Failure::Missing) }
    }
}

/// An entry with its device's name.
pub struct Item {
    pub entry: Quarantined,
    pub device: String,
}

impl Item {
    pub async fn of(reading: &mut Reading, entry: Quarantined) -> Result<Self, Failure> {
        let device = reading.tx.device(reading.me.org, entry.offered_by).await?;
        reading.names.meet(&mut *reading.tx, entry.person.as_slice()).await?;
        Ok(Self { device: device.map_or_else(|| reading.me.t.quarantine.unknown.to_owned(), |d| calm(d.name)), entry })
    }
    /// What the author's clocks said, where the entry can be read at all.
    pub fn captured_ms(&self) -> i64 {
        let header = Entry::read(&self.entry.bytes, limits::ENTRY).ok().map(|e| e.header);
        header.map_or(self.entry.effective_ms, |h| h.moment.server_estimate())
    }
    pub fn zone(&self, reading: &Reading) -> Zone {
        match self.entry.scope {
            Some(Scope::Site(id)) => reading.names.zone_at(id),
            _ => Zone::new("UTC", reading.me.now_ms, reading.me.t),
        }
    }
    pub fn site(&self, reading: &Reading) -> Words {
        match self.entry.scope {
            Some(Scope::Site(id)) => reading.names.site(id),
            _ => reading.names.plain(reading.me.t.quarantine.unknown),
        }
    }
    pub fn who(&self, reading: &Reading) -> String {
        self.entry.person.map_or_else(|| reading.me.t.quarantine.unknown.to_owned(), |p| reading.names.person(p))
    }
    pub fn kind(&self, t: &Strings) -> String {
        self.entry.entry_type.map_or_else(|| t.quarantine.unknown.to_owned(), |kind| kind_words(t, kind))
    }
    /// What became of it, in a word.
    pub fn state(&self, t: &Strings) -> Chip {
        match self.entry.resolved {
            None => Chip::new("warn", t.quarantine.s_open),
            Some((Resolution::LetIn, _)) => Chip::new("good", t.quarantine.let_in_on),
            Some((Resolution::Remake, _)) => Chip::new("info", t.quarantine.remade_on),
            Some((Resolution::Replaced, _)) => Chip::new("", t.quarantine.replaced_on),
        }
    }
}

#[async_trait]
impl List for Quarantine {
    const PATH: &'static str = "/quarantine";
    const PLACE: Place = Place::Quarantine;
    const ACT: Act = Act::LetIn;
    type Source = Under;
    type Item = Item;

    fn texts(t: &'static Strings) -> Texts {
        let q = &t.quarantine;
        Texts { title: q.title, lead: q.lead, empty: q.empty, empty_text: q.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[("site", &self.site), ("state", &self.state), ("reason", &self.reason), ("device", &self.device)])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let t = reading.me.t;
        let mut fields = Vec::new();
        fields.extend(filters::site(reading, Act::LetIn, &self.site));
        // Only reasons that something waits for, each found by one look at its heading.
        let places = filters::places(reading, Act::LetIn, &self.site)?;
        let mut reasons = Vec::new();
        for code in Code::ALL.iter().filter(|code| code.is_of_entry()) {
            for place in &places {
                let under = heading(*place, by_code(*code));
                if reading.tx.count_listed(reading.me.org, Lists::Quarantine, &under, &Within::default(), 1).await? > 0 {
                    reasons.push((code.0.to_string(), t.reasons.of(*code)));
                    break;
                }
            }
        }
        let options: Vec<(&str, &str)> = reasons.iter().map(|(value, label)| (value.as_str(), *label)).collect();
        fields.push(filters::choice("reason", t.quarantine.reason, t.quarantine.any_reason, &options, &self.reason));
        let states = [(RESOLVED, t.quarantine.s_resolved)];
        fields.push(filters::choice("state", t.lists.state, t.quarantine.s_open, &states, &self.state));
        if let Some(id) = self.device()? {
            // One that the person can't see does not exist, even where nothing of it waits.
            let row = reading.tx.device(reading.me.org, id).await?.ok_or(Failure::Missing)?;
            let site = place_of(&reading.tx.certified(reading.me.org, id).await?, &row);
            if !reading.me.may(Act::LetIn, Scope::Site(site)) {
                return Err(Failure::Missing);
            }
            fields.push(Field { name: "device", label: t.quarantine.device, kind: FieldKind::Hidden(self.device.clone()) });
        }
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Under>, Failure> {
        let state = filters::one_of(&self.state, &[RESOLVED])?;
        let facet = match (self.device()?, self.reason()?) {
            _ if !state.is_empty() => RESOLVED.to_owned(),
            (Some(device), _) => by_device(device),
            (None, Some(code)) => by_code(code),
            (None, None) => OPEN.to_owned(),
        };
        let under = |place| Under {
            org: reading.me.org,
            list: Lists::Quarantine,
            heading: heading(place, facet.clone()),
            within: Within::default(),
        };
        Ok(filters::places(reading, Act::LetIn, &self.site)?.into_iter().map(under).collect())
    }

    async fn item(&self, reading: &mut Reading, (spot, ()): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let parts = spot.key.split_once('/').and_then(|(hash, device)| Some((hash.parse::<EntryHash>().ok()?, device.parse().ok()?)));
        let Some((hash, device)) = parts else { return Ok(None) };
        let Some(entry) = reading.tx.quarantined(reading.me.org, device, &hash).await? else { return Ok(None) };
        let fits = self.reason()?.is_none_or(|code| code == entry.code) && self.device()?.is_none_or(|id| id == entry.offered_by);
        if fits { Item::of(reading, entry).await.map(Some) } else { Ok(None) }
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        let q = &t.quarantine;
        vec![q.entry, q.reason, q.device, q.captured_label]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, zone) = (reading.me.t, item.zone(reading));
        let words = Words::plain(t, item.kind(t));
        let mut first = vec![Line::Link { href: format!("/quarantine/{}", item.entry.hash), words }, Line::Quiet(item.who(reading))];
        if item.entry.resolved.is_some() {
            first.push(Line::Chips(vec![item.state(t)]));
        }
        Row {
            cells: vec![
                Cell::new(first),
                Cell::text(t.reasons.of(item.entry.code)),
                Cell::new(vec![Line::Text(item.device.clone()), Line::Words(item.site(reading))]),
                Cell::new(vec![Line::Time(zone.stamp(item.captured_ms())), Line::Quiet(zone.name().to_owned())]),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let q = &t.quarantine;
        vec![q.entry, q.reason, q.who, q.site, q.device, q.captured_label, q.arrived_label, q.state]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, zone) = (reading.me.t, item.zone(reading));
        vec![
            item.kind(t),
            t.reasons.of(item.entry.code).to_owned(),
            item.who(reading),
            item.site(reading).text,
            item.device.clone(),
            zone.stamp(item.captured_ms()).iso,
            zone.stamp(item.entry.arrived_ms).iso,
            item.state(t).text,
        ]
    }

    fn notice(&self, reading: &Reading) -> Option<Notice> {
        let t = reading.me.t;
        let (tone, text) = match self.outcome.as_str() {
            "stored" => ("good", t.quarantine.stored.to_owned()),
            "remake" => ("good", t.quarantine.remake.to_owned()),
            "gone" => ("", t.quarantine.gone.to_owned()),
            "refused" => {
                let reason = t.reasons.of(Code(self.code.parse().unwrap_or_default()));
                ("bad", fill(t.quarantine.refused, &[("reason", reason)]))
            }
            _ => return None,
        };
        Some(Notice { tone, text, link: None })
    }
}

/// What people call the types that phones write.
pub fn kind_words(t: &Strings, kind: EntryType) -> String {
    let q = &t.quarantine;
    let known = match kind {
        EntryType::RUN_CHANGED => q.k_run_changed,
        EntryType::RUN_SUBMITTED => q.k_run_submitted,
        EntryType::SIGNED_OFF => q.k_signed_off,
        EntryType::RETURNED => q.k_returned,
        EntryType::COMMENTED => q.k_commented,
        EntryType::FEEDBACK_GIVEN => q.k_feedback,
        EntryType::INTERACTION_OPENED
        | EntryType::INTERACTION_PAUSED
        | EntryType::INTERACTION_RESUMED
        | EntryType::INTERACTION_CLOSED
        | EntryType::INTERACTION_VOIDED => q.k_interaction,
        EntryType::LESSON_PROGRESSED => q.k_lesson,
        other => return fill(q.k_other, &[("name", &other.to_string())]),
    };
    known.to_owned()
}
