//! One device.

use askama::Template;

use super::parts::*;

#[derive(Template)]
#[template(path = "device.html")]
pub struct DevicePage {
    pub frame: Frame,
    pub id: String,
    pub name: String,
    pub site_id: String,
    pub site: Words,
    pub zone: String,
    pub chip: Chip,
    pub model: String,
    pub app: String,
    pub people: Vec<Person>,
    /// What was said last of people on it, and when.
    pub last_said: Option<(String, Stamp)>,
    pub enrolled: Stamp,
    pub contact: Option<Stamp>,
    pub reported: Option<Stamp>,
    pub revoked: Option<Stamp>,
    pub reason: String,
    pub is_lost: bool,
    pub held: Vec<HeldRow>,
    pub more_held: Option<String>,
    /// How many are in quarantine, in words.
    pub quarantined: Option<String>,
    pub may_change: bool,
    /// Whether whoever looks may let people try their PINs again.
    pub may_unlock: bool,
    /// What may still be on it.
    pub unsent: String,
    pub notice: Option<Notice>,
    pub wrong: DeviceWrong,
}

impl DevicePage {
    /// What the form for the name shows.
    pub fn name_typed(&self) -> &str {
        if self.wrong.name.is_some() { &self.wrong.typed_name } else { &self.name }
    }
}

/// Somebody with a page of their own.
pub struct Person {
    pub id: String,
    pub name: String,
}

/// An entry that waits.
pub struct HeldRow {
    pub kind: String,
    pub reason: &'static str,
    pub who: String,
    pub arrived: Stamp,
}

/// What was wrong with the form for the name, and what was typed.
#[derive(Debug, Default)]
pub struct DeviceWrong {
    pub name: Option<&'static str>,
    pub typed_name: String,
}

/// What it does to let somebody try their PIN again.
#[derive(Template)]
#[template(path = "device_unlock.html")]
pub struct DeviceUnlockPage {
    pub frame: Frame,
    pub id: String,
    pub name: String,
    pub person_id: String,
    pub person: String,
    pub zone: String,
    pub title: String,
    pub site: Words,
    pub contact: Option<Stamp>,
    pub effects: Vec<&'static str>,
}

/// What marking a device as lost, or revoking it, will do.
#[derive(Template)]
#[template(path = "device_end.html")]
pub struct DeviceEndPage {
    pub frame: Frame,
    pub id: String,
    pub name: String,
    pub zone: String,
    /// `lost` or `revoke`.
    pub deed: &'static str,
    pub title: String,
    pub submit: &'static str,
    pub site: Words,
    pub people: String,
    pub contact: Option<Stamp>,
    pub unsent: String,
    pub effects: Vec<&'static str>,
    pub wrong: Option<&'static str>,
    pub typed: String,
}
