//! Where somebody was, as the device knew it.

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Decimal, Raw, Value, expr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Location {
    /// Not further off than so many metres; any where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_m: Option<u32>,
}

/// Degrees in Decimal's units of a millionth: WGS 84.
const MICRO: i64 = 1_000_000;

const SPOKEN: Words = Words { en: "Say where you are", ar: "حدّد مكانك" };

impl Answers for Location {
    fn name(&self) -> &'static str {
        "location"
    }
    fn takes(&self) -> &'static str {
        "`lat` and `lon` in degrees, `within` in metres, and `mock` where the device says that an app made it up"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Map(map) = raw else { return None };
        let said = |name: &str| map.iter().find(|(key, _)| key == name).and_then(|(_, text)| text.parse::<Decimal>().ok());
        let degrees = |name: &str, most: i64| {
            let micro = i64::try_from(said(name)?.at_max_scale()).ok()?;
            (micro.abs() <= most * MICRO).then_some(micro).and_then(|micro| i32::try_from(micro).ok())
        };
        let within = said("within").and_then(Decimal::ceil).and_then(Decimal::as_whole).and_then(|n| u32::try_from(n).ok());
        let mock = match map.iter().find(|(key, _)| key == "mock").map(|(_, text)| text.as_str()) {
            None => Some((false, 3)),
            Some("true") => Some((true, 4)),
            Some("false") => Some((false, 4)),
            Some(_) => None,
        };
        Some(match (degrees("lat", 90), degrees("lon", 180), within, mock) {
            (Some(lat), Some(lon), Some(within_m), Some((mock, names))) if map.len() == names => {
                Ok(Value::Place { lat, lon, within_m, mock })
            }
            _ => problem(
                "location",
                "a place is `lat` from -90 to 90, `lon` from -180 to 180, `within` in metres, and, if it is known, `mock`, true or false",
            ),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Place { lat, lon, within_m, .. } = value else { return None };
        let is_on_earth = i64::from(*lat).abs() <= 90 * MICRO && i64::from(*lon).abs() <= 180 * MICRO;
        Some(match self.within_m {
            _ if !is_on_earth => problem("location", "there is no such place"),
            Some(most) if *within_m > most => problem("within", format!("not exact enough: within {most} m, this is within {within_m} m")),
            _ => Ok(()),
        })
    }
    /// One that an app made up is an answer, and shown as none that is hoped for: whoever reads it judges.
    fn is_out_of_band(&self, value: &Value) -> bool {
        matches!(value, Value::Place { mock: true, .. })
    }
    fn control(&self) -> Control {
        Control::Place
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
