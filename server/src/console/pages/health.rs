//! `/sync-health`: devices in use that are silent, failing or old, why, and what to do.

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::DeviceId;
use frontline_domain::permission::Act;
use frontline_protocol::sync::AppVersion;

use super::devices::{Item as Device, scope};
use crate::console::errors::Failure;
use crate::console::list::{List, Reading, RowOf, Texts, filters};
use crate::console::look::health::{Kind, Known, RECENT_DAYS, Why};
use crate::console::strings::{Strings, fill};
use crate::console::view::{Cell, Chip, Field, Line, Place, Row, Words};
use crate::console::zone::{Zone, duration};
use crate::lists::walk::Under;
use crate::lists::{IN_USE, heading};
use crate::store::{List as Lists, Within};

const EVERY: &str = "every";
const SILENT: &str = "silent";
const FAILING: &str = "failing";
const OLD: &str = "old";
const WAITING: &str = "waiting";

/// The filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Health {
    site: String,
    /// Empty: all that need somebody.
    state: String,
}

/// A device with its reasons.
pub struct Item {
    device: Device,
    reasons: Vec<Why>,
    zone: Zone,
}

/// The version of this server, which the app is measured by.
fn server() -> AppVersion {
    env!("CARGO_PKG_VERSION").parse().unwrap_or(AppVersion(0, 0, 0))
}

impl Health {
    /// Whether a device with these reasons is asked for.
    fn wants(&self, reasons: &[Why]) -> bool {
        let any = |kind: Kind| reasons.iter().any(|why| why.kind() == kind);
        match self.state.as_str() {
            EVERY => true,
            SILENT => any(Kind::Silent),
            FAILING => any(Kind::Failing),
            OLD => any(Kind::Old),
            WAITING => any(Kind::Waiting),
            _ => reasons.iter().any(|why| why.kind() != Kind::Waiting),
        }
    }
}

#[async_trait]
impl List for Health {
    const PATH: &'static str = "/sync-health";
    const PLACE: Place = Place::Health;
    const ACT: Act = Act::Oversee;
    type Source = Under;
    type Item = Item;

    fn texts(t: &'static Strings) -> Texts {
        let h = &t.health;
        Texts { title: h.title, lead: h.lead, empty: h.all_well, empty_text: h.all_well_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[("site", &self.site), ("state", &self.state)])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let t = reading.me.t;
        let h = &t.health;
        let states = [(SILENT, h.silent), (FAILING, h.failing), (OLD, h.old), (WAITING, h.waiting), (EVERY, h.every)];
        let mut fields: Vec<Field> = filters::site(reading, Act::Oversee, &self.site).into_iter().collect();
        fields.push(filters::choice("state", t.lists.state, h.needs, &states, &self.state));
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Under>, Failure> {
        filters::one_of(&self.state, &[SILENT, FAILING, OLD, WAITING, EVERY])?;
        let under = |place| Under { org: reading.me.org, list: Lists::Devices, heading: heading(place, IN_USE), within: Within::default() };
        Ok(filters::places(reading, Act::Oversee, &self.site)?.into_iter().map(under).collect())
    }

    async fn item(&self, reading: &mut Reading, (spot, ()): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let Ok(id) = spot.key.parse::<DeviceId>() else { return Ok(None) };
        let Some(row) = reading.tx.device(reading.me.org, id).await? else { return Ok(None) };
        let device = Device::of(reading, row).await?;
        let first = reading.tx.held_of(reading.me.org, id, 1).await?.into_iter().next();
        let held = first.map(|held| (device.held, held.code));
        let known = Known::of(&mut *reading.tx, reading.me.org, &device.row, held, device.quarantined).await?;
        let zone = reading.names.zone_at(device.site);
        let silent_days = reading.names.policy.silent_days;
        let reasons = known.reasons(&device.row, zone.full_hour(), reading.me.now_ms, silent_days, server());
        Ok(self.wants(&reasons).then_some(Item { device, reasons, zone }))
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        vec![t.devices.name, t.lists.state, t.health.why, t.health.todo]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let (t, row) = (reading.me.t, &item.device.row);
        let words = Words::plain(t, row.name.clone());
        let people = item.device.people.iter().map(|id| reading.names.person(*id)).collect();
        let first = vec![
            Line::Link { href: format!("/devices/{}", row.id), words },
            Line::Words(reading.names.site(item.device.site)),
            Line::Quiet(reading.names.several(people, 2)),
        ];
        let may_look = reading.me.may(Act::LetIn, scope(&item.device));
        let todo = |why: &Why| {
            let text = advice(t, *why);
            if may_look && matches!(why, Why::Quarantined { .. }) {
                Line::Link { href: format!("/quarantine?device={}", row.id), words: Words::plain(t, text) }
            } else {
                Line::Text(text.to_owned())
            }
        };
        let todos: Vec<Line> =
            if item.reasons.is_empty() { vec![Line::Quiet(t.health.do_nothing.into())] } else { item.reasons.iter().map(todo).collect() };
        Row {
            cells: vec![
                Cell::new(first),
                Cell::new(vec![Line::Chips(chips(t, &item.reasons))]),
                Cell::new(whys(t, item).into_iter().map(Line::Text).collect()),
                Cell::new(todos),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        vec![
            t.devices.name,
            t.lists.site,
            t.devices.people,
            t.lists.state,
            t.health.why,
            t.health.todo,
            t.devices.contact,
            t.devices.reported,
            t.devices.app,
        ]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let (t, row) = (reading.me.t, &item.device.row);
        let people: Vec<String> = item.device.people.iter().map(|id| reading.names.person(*id)).collect();
        let states: Vec<String> = chips(t, &item.reasons).into_iter().map(|chip| chip.text).collect();
        let todo: Vec<&str> = item.reasons.iter().map(|why| advice(t, *why)).collect();
        let time = |ms: Option<i64>| ms.map_or_else(String::new, |ms| item.zone.stamp(ms).iso);
        vec![
            row.name.clone(),
            reading.names.site(item.device.site).text,
            t.list(&people),
            t.list(&states),
            whys(t, item).join(" "),
            todo.join(" "),
            time(row.last_contact_ms),
            time(row.reported_through_ms),
            row.app.map_or_else(String::new, |app| app.to_string()),
        ]
    }

    fn rules(reading: &Reading) -> Option<(&'static str, Vec<String>)> {
        let h = &reading.me.t.health;
        let days = |text: &str, n: i64| fill(text, &[("days", &n.to_string())]);
        let silent = i64::from(reading.names.policy.silent_days);
        let all = vec![
            h.rule_reported.to_owned(),
            days(h.rule_waiting, silent),
            days(h.rule_silent, silent),
            h.rule_failing.to_owned(),
            h.rule_old.to_owned(),
            days(h.rule_recent, RECENT_DAYS),
        ];
        Some((h.rules, all))
    }
}

/// The kinds of the reasons, each once.
fn chips(t: &Strings, reasons: &[Why]) -> Vec<Chip> {
    let mut kinds: Vec<Kind> = reasons.iter().map(|why| why.kind()).collect();
    kinds.sort();
    kinds.dedup();
    if kinds.is_empty() {
        return vec![Chip::new("good", t.health.reported)];
    }
    let chip = |kind: Kind| match kind {
        Kind::Silent => Chip::new("bad", t.health.silent),
        Kind::Failing => Chip::new("warn", t.health.failing),
        Kind::Old => Chip::new("info", t.health.old),
        Kind::Waiting => Chip::new("open", t.health.waiting),
    };
    kinds.into_iter().map(chip).collect()
}

/// The reasons in sentences, in the time of the device's site.
fn whys(t: &Strings, item: &Item) -> Vec<String> {
    let (h, zone) = (&t.health, item.zone.clone());
    let at = |text: &str, name: &str, ms: i64| fill(text, &[(name, &zone.text(ms))]);
    if item.reasons.is_empty() {
        return vec![at(h.w_well, "time", zone.full_hour())];
    }
    let words = |why: &Why| match *why {
        Why::Never => at(h.w_never, "time", item.device.row.enrolled_ms),
        Why::Silent { since_ms } => at(h.w_silent, "contact", since_ms),
        Why::Storage { at_ms, found, missing } => {
            let numbers = [("found", &*found.to_string()), ("missing", &missing.to_string()), ("time", &zone.text(at_ms))];
            fill(h.w_storage, &numbers)
        }
        Why::Quarantined { n } => t.counted(h.w_quarantined, n),
        Why::Held { n, code } => fill(&t.counted(h.w_held, n), &[("reason", t.reasons.of(code))]),
        Why::Copied { at_ms } => at(h.w_copied, "time", at_ms),
        Why::NeverAll { contact_ms } => at(h.w_never_all, "contact", contact_ms),
        Why::Cut { through_ms, contact_ms } => fill(h.w_cut, &[("through", &zone.text(through_ms)), ("contact", &zone.text(contact_ms))]),
        Why::Clock { at_ms, by_ms } => {
            let text = if by_ms < 0 { h.w_back } else { h.w_forward };
            fill(text, &[("by", &duration(by_ms.unsigned_abs() / 1_000, &t.calendar)), ("time", &zone.text(at_ms))])
        }
        Why::Old { app } => fill(h.w_old, &[("app", &app.to_string()), ("server", &server().to_string())]),
        Why::Contact { contact_ms } => at(h.w_contact, "contact", contact_ms),
    };
    item.reasons.iter().map(words).collect()
}

/// What to do about a reason.
fn advice(t: &Strings, why: Why) -> &'static str {
    let h = &t.health;
    match why {
        Why::Never | Why::Silent { .. } => h.do_silent,
        Why::Storage { .. } => h.do_storage,
        Why::Quarantined { .. } => h.do_quarantined,
        Why::Held { .. } => h.do_held,
        Why::Copied { .. } => h.do_copied,
        Why::NeverAll { .. } | Why::Cut { .. } => h.do_cut,
        Why::Clock { .. } => h.do_clock,
        Why::Old { .. } => h.do_old,
        Why::Contact { .. } => h.do_wait,
    }
}
