//! Instruments: a thermometer, a scale. The shell speaks to it, over whatever it is connected by; what a reading comes to as
//! an answer is the core's.

use std::sync::Arc;

use frontline_device::services::procedures::measure as device;

use super::{Procedures, RunDetail};
use crate::FrontlineError;
use crate::guard::guard;
use crate::platform::PlatformError;

/// An instrument.
#[uniffi::export(foreign)]
pub trait Probe: Send + Sync {
    /// What it shows now. It may take as long as the instrument needs to settle, and ends with an error where somebody gave
    /// that up or it is out of reach.
    fn read(&self) -> Result<Reading, PlatformError>;
}

/// What an instrument shows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reading {
    /// Digits, with a point: `4.25`.
    pub number: String,
    /// `°C`, `°F`, `kg`: as content writes units.
    pub unit: String,
}

/// An item that an instrument answers.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MeasureDraft {
    pub run: String,
    /// As the run's detail names it.
    pub item: String,
    /// `seen` of the detail that the person looked at; none: what this device holds now.
    #[uniffi(default = None)]
    pub seen: Option<String>,
}

#[uniffi::export]
impl Procedures {
    /// Reads an instrument and answers an item with that, in the item's own unit and digits; the answer says that it was
    /// measured. Takes as long as the instrument does. Gives the screen as it is then.
    pub fn measure(&self, draft: MeasureDraft, probe: Arc<dyn Probe>) -> Result<RunDetail, FrontlineError> {
        // Before anything is held: it may take seconds.
        let reading = guard(|| Ok(probe.read()?)).map_err(|_| {
            FrontlineError::invalid(
                "probe",
                "reading",
                "the instrument gave no reading; look whether it is on and near, or type the number",
            )
        })?;
        let MeasureDraft { run, item, seen } = draft;
        self.then(run.clone(), |core, _| {
            let draft = device::MeasureDraft { run, item, number: reading.number, unit: reading.unit, seen };
            Ok(core.procedures().measure(draft).map(drop)?)
        })
    }
}
