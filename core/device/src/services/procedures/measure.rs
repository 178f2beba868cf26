//! A number that an instrument gives, such as a thermometer: the shell reads it, what follows from it is decided here.

use frontline_domain::form::{Decimal, Value};

use super::Procedures;
use super::answer::{How, demand, key, writable, write};
use super::read_heads;
use crate::error::{Error, Fault};

/// What an instrument told for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureDraft {
    pub run: String,
    pub item: String,
    /// As it told it: digits, with a point.
    pub number: String,
    /// In which unit: `°C`, `kg`.
    pub unit: String,
    /// As the run's detail gave it. None: what this device holds now.
    pub seen: Option<String>,
}

impl Procedures<'_> {
    /// Answers an item with a reading, in the item's own unit and digits; gives the id of the edit. That it was measured
    /// stays with the answer.
    pub fn measure(&self, draft: MeasureDraft) -> Result<String, Error> {
        self.0.append(|pen| {
            let opened = writable(pen, &draft.run)?;
            let (key, item) = key(&opened.plan, &draft.item)?;
            demand(pen, &opened, item)?;
            let rule = item.kind.answers().numbers().filter(|_| item.is_measurable());
            let Some(rule) = rule else {
                return Err(Fault::invalid("item", "measured", "no instrument answers this: it asks for no number in a unit"));
            };
            let wrong = |p| Fault::answer(&draft.item, p);
            let told = || Fault::invalid("number", "reading", "the instrument told no number; measure once more, or type it");
            let reading: Decimal = draft.number.trim().parse().map_err(|_| told())?;
            let value = Value::Number(rule.measured(reading, draft.unit.trim()).map_err(wrong)?);
            item.check(&value).map_err(wrong)?;
            let seen = match &draft.seen {
                Some(text) => read_heads(text)?,
                None => opened.run.heads(),
            };
            pen.hand_in(&format!("answer/{}/{}", opened.id, draft.item))?;
            let intent = pen.id();
            write(pen, opened, key, intent, value, How::Measured, seen)
        })
    }
}
