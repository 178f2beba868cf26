//! A [`Disk`], and the part of a VFS that is about names.

use std::ffi::{CStr, CString, c_char, c_int};
use std::io;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use libsqlite3_sys as ffi;

use super::file;
use super::image::Change;
use super::plan::{Fault, Op, Plan, Verdict};
use super::state::{State, Watcher};

unsafe extern "C" {
    fn sqlite3mc_vfs_create(real: *const c_char, is_default: c_int) -> c_int;
}

/// A disk that fails as it is told to. SQLite never lets go of a VFS that somebody may have open: one lives as long
/// as the program, so that a thread that tries many points makes one and arms it again and again.
pub struct Disk {
    name: String,
    real: *mut ffi::sqlite3_vfs,
    state: Mutex<State>,
}

// SAFETY: the VFS below is SQLite's own, which any thread may use; the rest is behind the lock.
unsafe impl Send for Disk {}
// SAFETY: as above.
unsafe impl Sync for Disk {}

impl Disk {
    /// Makes a disk over the machine's own, and the cipher over it.
    pub fn make() -> io::Result<&'static Disk> {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let below = CString::new(format!("frontline-fault-{}", COUNT.fetch_add(1, Ordering::Relaxed)))?;
        let said = |code: c_int| if code == ffi::SQLITE_OK { Ok(()) } else { Err(io::Error::other(format!("SQLite says {code}"))) };
        // SAFETY: looking up by name and the first use of the library, which begins it, may happen on any thread.
        let real = unsafe {
            said(ffi::sqlite3_initialize())?;
            ffi::sqlite3_vfs_find(c"unix".as_ptr())
        };
        if real.is_null() {
            return Err(io::Error::other("this SQLite has no VFS of the name ‘unix’"));
        }
        let name = format!("multipleciphers-{}", below.to_string_lossy());
        let disk: &'static Disk = Box::leak(Box::new(Disk { name, real, state: Mutex::default() }));
        // SAFETY: `real` is SQLite's own and lives for ever.
        let (size, longest) = unsafe { ((*real).szOsFile, (*real).mxPathname) };
        let vfs = ffi::sqlite3_vfs {
            iVersion: 1,
            szOsFile: file::ROOM + size,
            mxPathname: longest,
            pNext: ptr::null_mut(),
            zName: below.into_raw(),
            pAppData: ptr::from_ref(disk).cast_mut().cast(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_name),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(time),
            xGetLastError: Some(last_error),
            xCurrentTimeInt64: None,
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        };
        let vfs = Box::into_raw(Box::new(vfs));
        // SAFETY: `vfs`, its name and its disk were leaked above: they outlive every use.
        unsafe {
            said(ffi::sqlite3_vfs_register(vfs, 0))?;
            said(sqlite3mc_vfs_create((*vfs).zName, 0))?;
        }
        Ok(disk)
    }

    /// What a connection is to be opened with.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A new machine: what lies on the disk is durable, and nothing goes wrong. `seed` says which parts will be torn.
    /// Nobody may have a file of it open.
    pub fn begin(&self, seed: u64) {
        self.state().begin(seed);
    }
    /// From now on this goes wrong.
    pub fn arm(&self, plan: Plan) {
        self.state().arm(plan);
    }
    /// This folder may grow by so many bytes from what it holds now, and no more: for any disk, begun or not.
    pub fn limit(&self, folder: &Path, spare: u64) -> io::Result<()> {
        self.state().rooms.limit(folder, spare)
    }
    /// It may grow again.
    pub fn lift(&self, folder: &Path) {
        self.state().rooms.lift(folder);
    }
    /// Tells `watcher` of every flush that was done, until the disk begins anew.
    pub fn watch(&self, watcher: Watcher) {
        self.state().watch(watcher);
    }
    /// All that is open on it is dead from now on.
    pub fn end(&self) {
        self.state().course().end();
    }
    /// How many operations could have met the fault since the disk was armed.
    pub fn met(&self) -> u64 {
        self.state().course().met()
    }
    pub fn has_struck(&self) -> bool {
        self.state().course().has_struck()
    }
    /// Whether all that is open on it is dead.
    pub fn has_ended(&self) -> bool {
        self.state().course().has_ended()
    }
    /// Nothing goes wrong any more with those who are still there.
    pub fn heal(&self) {
        self.state().course().heal();
    }
    /// The power goes: leaves the files as the disk keeps them after this fault. Nobody may have one open.
    pub fn lose_power(&self, fault: Fault) -> io::Result<()> {
        self.state().lose_power(fault)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The disk of a VFS that [`Disk::make`] registered.
///
/// # Safety
/// `vfs` must be such a one.
unsafe fn disk(vfs: *mut ffi::sqlite3_vfs) -> &'static Disk {
    // SAFETY: its `pAppData` is a disk that was leaked.
    unsafe { &*(*vfs).pAppData.cast::<Disk>() }
}

/// # Safety
/// `name` must be a string that ends with a zero.
unsafe fn path(name: *const c_char) -> PathBuf {
    // SAFETY: the caller vouches for it.
    PathBuf::from(unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned())
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    to: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls this with the VFS that was registered, a name that is null or ends with a zero, and room
    // for a file of `szOsFile` bytes; what is open below is closed by `file::close` alone.
    unsafe {
        let disk = disk(vfs);
        (*to).pMethods = ptr::null();
        let at = (!name.is_null()).then(|| path(name));
        if let Some(at) = &at {
            let mut state = disk.state();
            if state.judge(Op::Open) != Verdict::Done {
                return ffi::SQLITE_CANTOPEN;
            }
            let was = at.exists();
            state.opened(at);
            if !was && flags & ffi::SQLITE_OPEN_CREATE != 0 {
                state.changed(at, || Change::Made);
            }
        }
        let below = file::below(to);
        ptr::write_bytes(below.cast::<u8>(), 0, usize::try_from((*disk.real).szOsFile).unwrap_or(0));
        let code = (*disk.real).xOpen.map_or(ffi::SQLITE_ERROR, |f| f(disk.real, name, below, flags, out));
        if code == ffi::SQLITE_OK {
            file::begin(to, disk, at);
        }
        code
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, flush: c_int) -> c_int {
    // SAFETY: as in `open`.
    unsafe {
        let (disk, at) = (disk(vfs), path(name));
        let mut state = disk.state();
        if state.judge(Op::Delete) != Verdict::Done {
            return ffi::SQLITE_IOERR_DELETE;
        }
        state.changed(&at, || Change::Gone);
        let code = (*disk.real).xDelete.map_or(ffi::SQLITE_ERROR, |f| f(disk.real, name, flush));
        if code == ffi::SQLITE_OK && flush != 0 {
            state.flushed(&at);
        }
        code
    }
}

unsafe extern "C" fn access(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, flags: c_int, out: *mut c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = disk(vfs).real;
        (*real).xAccess.map_or(ffi::SQLITE_ERROR, |f| f(real, name, flags, out))
    }
}
unsafe extern "C" fn full_name(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, room: c_int, out: *mut c_char) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = disk(vfs).real;
        (*real).xFullPathname.map_or(ffi::SQLITE_ERROR, |f| f(real, name, room, out))
    }
}
unsafe extern "C" fn randomness(vfs: *mut ffi::sqlite3_vfs, room: c_int, out: *mut c_char) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = disk(vfs).real;
        (*real).xRandomness.map_or(0, |f| f(real, room, out))
    }
}
unsafe extern "C" fn sleep(vfs: *mut ffi::sqlite3_vfs, us: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = disk(vfs).real;
        (*real).xSleep.map_or(0, |f| f(real, us))
    }
}
unsafe extern "C" fn time(vfs: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = disk(vfs).real;
        (*real).xCurrentTime.map_or(ffi::SQLITE_ERROR, |f| f(real, out))
    }
}
unsafe extern "C" fn last_error(vfs: *mut ffi::sqlite3_vfs, room: c_int, out: *mut c_char) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = disk(vfs).real;
        (*real).xGetLastError.map_or(0, |f| f(real, room, out))
    }
}
