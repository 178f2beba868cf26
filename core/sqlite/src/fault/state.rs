//! The files of one disk and the plan that it was armed with, behind one lock.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::image::{Chance, Change, Image};
use super::plan::{Course, Fault, Op, Plan, Verdict};
use super::room::Rooms;

/// Is told of every flush that was done.
pub type Watcher = Box<dyn FnMut() + Send>;

#[derive(Default)]
pub(super) struct State {
    course: Course,
    files: BTreeMap<PathBuf, Image>,
    /// None until the disk is begun: nothing is kept beside the files until then.
    chance: Option<Chance>,
    pub rooms: Rooms,
    watcher: Option<Watcher>,
}

impl State {
    /// Begins anew, and nothing goes wrong. `seed` says which parts will be torn.
    pub fn begin(&mut self, seed: u64) {
        *self = Self { chance: Some(Chance(seed)), ..Self::default() };
    }
    pub fn arm(&mut self, plan: Plan) {
        self.course = Course::of(plan);
    }
    pub fn watch(&mut self, watcher: Watcher) {
        self.watcher = Some(watcher);
    }
    pub fn course(&mut self) -> &mut Course {
        &mut self.course
    }
    pub fn judge(&mut self, op: Op) -> Verdict {
        self.course.judge(op)
    }

    /// Some of `length` bytes, never all.
    pub fn part(&mut self, length: usize) -> usize {
        self.chance.as_mut().map_or(0, |c| c.below(length))
    }

    /// What is kept of the file beside it, from now on; none where nothing is.
    fn image(&mut self, path: &Path) -> Option<&mut Image> {
        self.chance.as_ref()?;
        Some(self.files.entry(path.to_owned()).or_insert_with(|| Image::of(fs::read(path).ok())))
    }
    /// Knows the file from now on, as it lies there.
    pub fn opened(&mut self, path: &Path) {
        let _ = self.image(path);
    }
    /// `change` is asked for where something is kept of it.
    pub fn changed(&mut self, path: &Path, change: impl FnOnce() -> Change) {
        if let Some(image) = self.image(path) {
            image.change(change());
        }
    }
    pub fn flushed(&mut self, path: &Path) {
        if let Some(image) = self.image(path) {
            image.flush();
        }
        if let Some(watcher) = &mut self.watcher {
            watcher();
        }
    }
    pub fn not_flushed(&mut self, path: &Path) {
        if let Some(image) = self.image(path) {
            image.forget();
        }
    }

    /// Leaves the files as the disk would have them after a loss of power.
    pub fn lose_power(&mut self, fault: Fault) -> io::Result<()> {
        let mut none = Chance(0);
        let chance = self.chance.as_mut().unwrap_or(&mut none);
        for (path, image) in &self.files {
            let left = match fault {
                Fault::Scattered => image.scattered(chance),
                Fault::Torn | Fault::Kill => image.as_asked(),
                Fault::Dropped | Fault::FullOnce | Fault::Full | Fault::Refused | Fault::Unread => image.flushed(),
            };
            match left {
                Some(bytes) => fs::write(path, bytes)?,
                None if path.exists() => fs::remove_file(path)?,
                None => {}
            }
        }
        self.files.clear();
        Ok(())
    }
}
