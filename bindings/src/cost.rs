//! What crossing the border costs on this side of it, for `frontline bench ffi`: a record becomes the bytes that the
//! other side reads. What the other side then makes of them is measured there.

use std::sync::Arc;

use frontline_device::Core;
use uniffi::Lower;

use crate::platform::Platform;
use crate::procedures::{RunDetail, RunPage};
use crate::root::Frontline;
use crate::today::TodayDetail;
use crate::{FrontlineError, UniFfiTag};

fn bytes<T: Lower<UniFfiTag>>(record: T) -> usize {
    let mut out = Vec::new();
    T::write(record, &mut out);
    out.len()
}

/// The surface over a core that is open.
pub fn over(core: Core, platform: Arc<dyn Platform>) -> Result<Arc<Frontline>, FrontlineError> {
    Frontline::over(core, platform)
}

/// Bytes of a page of runs on the other side of the border.
pub fn of_page(page: RunPage) -> usize {
    bytes(page)
}

/// Bytes of a run's screen.
pub fn of_run(run: RunDetail) -> usize {
    bytes(run)
}

/// Bytes of the first screen.
pub fn of_today(today: TodayDetail) -> usize {
    bytes(today)
}
