//! Phones that have no room left for a while. The stores of a world lie on a file system of SQLite's that counts what a
//! phone's folder holds: of a full one no file may grow, but by what the store itself gives up. What people do there
//! is then refused, in words, and a sync gets out what it can.

use std::cell::OnceCell;

use frontline_device::Error;
use frontline_device::store::Disk as Place;
use frontline_sqlite::fault::Disk;

use super::life::Life;

/// What a disk may have left that is called full: some captures more.
const SPARE: u64 = 48 << 10;

/// The disk of this thread, on which a seed is lived from its beginning to its end: SQLite never lets go of one, and a
/// thread lives many seeds.
fn disk() -> Result<&'static Disk, String> {
    thread_local! {
        static DISK: OnceCell<&'static Disk> = const { OnceCell::new() };
    }
    DISK.with(|made| match made.get() {
        Some(disk) => Ok(*disk),
        None => {
            let disk = Disk::make().map_err(|e| e.to_string())?;
            Ok(*made.get_or_init(|| disk))
        }
    })
}

/// Where the stores of phones lie that are lived on this thread.
pub fn place() -> Result<Place, String> {
    Ok(Place::of_vfs(disk()?.name()))
}

impl Life<'_> {
    /// A phone has no room left; or somebody makes some on one of those.
    pub fn room_changes(&mut self, name: &str) -> Result<(), String> {
        let full: Vec<String> = self.full.iter().cloned().collect();
        if !full.is_empty() && self.chance.chance(60) {
            return self.make_room(&self.chance.pick(&full).clone());
        }
        let spare = self.chance.below(SPARE);
        disk()?.limit(&self.folder(name), spare).map_err(|e| e.to_string())?;
        self.full.insert(name.to_owned());
        self.net.count(|f| f.full += 1);
        self.net.line_of_trace(&format!("{name} has no room left but {spare} bytes"));
        Ok(())
    }

    /// There is room again, if there was none.
    pub fn make_room(&mut self, name: &str) -> Result<(), String> {
        if self.full.remove(name) {
            disk()?.lift(&self.folder(name));
            self.net.line_of_trace(&format!("{name} has room again"));
        }
        Ok(())
    }

    /// Whether a phone may be out of room, and says so.
    pub fn is_out_of_room(&self, name: &str, why: &str) -> bool {
        self.full.contains(name) && why == Error::StorageFull.to_string()
    }
}
