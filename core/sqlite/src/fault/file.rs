//! One open file: every operation is judged, done below, and noted.
//!
//! SQLite gives the room for a file: first ours, then the one of the VFS below.

use std::ffi::{c_int, c_void};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::ptr;
use std::slice;

use libsqlite3_sys as ffi;

use super::image::Change;
use super::plan::{Op, Verdict};
use super::vfs::Disk;

#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    disk: &'static Disk,
    /// None of a file that has no name: nobody opens it again.
    path: Option<PathBuf>,
}

/// Bytes before the file below: as many as ours takes, so that the next one is aligned like any allocation.
pub(super) const ROOM: c_int = (mem::size_of::<File>().div_ceil(16) * 16) as c_int;

/// The methods of version 2: those of a log's index, and none that map the file itself into memory, where a write
/// would go past us.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(map),
    xShmLock: Some(lock_index),
    xShmBarrier: Some(barrier),
    xShmUnmap: Some(unmap),
    xFetch: None,
    xUnfetch: None,
};

/// The file of the VFS below, within the room of ours.
///
/// # Safety
/// `file` must be room of at least [`ROOM`] bytes.
pub(super) unsafe fn below(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: the caller vouches for the room.
    unsafe { file.cast::<u8>().add(ROOM as usize).cast() }
}

/// The file below is open: ours is, too.
///
/// # Safety
/// As [`below`]; nothing may be in the room yet.
pub(super) unsafe fn begin(file: *mut ffi::sqlite3_file, disk: &'static Disk, path: Option<PathBuf>) {
    // SAFETY: the caller vouches for the room.
    unsafe { ptr::write(file.cast::<File>(), File { base: ffi::sqlite3_file { pMethods: &METHODS }, disk, path }) }
}

/// Calls a method of the file below.
macro_rules! pass {
    ($file:expr, $method:ident, $missing:expr $(, $arg:expr)*) => {{
        let below = below($file);
        (*(*below).pMethods).$method.map_or($missing, |f| f(below $(, $arg)*))
    }};
}

/// # Safety
/// `file` must be one that [`begin`] began and [`close`] did not end.
unsafe fn of<'a>(file: *mut ffi::sqlite3_file) -> &'a File {
    // SAFETY: the caller vouches for it.
    unsafe { &*file.cast::<File>() }
}

// SAFETY of all below: SQLite calls these with a file that `begin` began, with room as the arguments say, on one
// thread at a time for one file.

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: as said above; nothing uses the file after this.
    unsafe {
        let code = pass!(file, xClose, ffi::SQLITE_OK);
        ptr::drop_in_place(file.cast::<File>());
        code
    }
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, length: c_int, at: i64) -> c_int {
    // SAFETY: as said above.
    unsafe {
        if of(file).disk.state().judge(Op::Read) != Verdict::Done {
            return ffi::SQLITE_IOERR_READ;
        }
        pass!(file, xRead, ffi::SQLITE_IOERR_READ, to, length, at)
    }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, length: c_int, at: i64) -> c_int {
    // SAFETY: as said above.
    unsafe {
        let File { disk, path, .. } = of(file);
        let Some(path) = path else { return pass!(file, xWrite, ffi::SQLITE_IOERR_WRITE, from, length, at) };
        let mut is = 0;
        let known = pass!(file, xFileSize, ffi::SQLITE_IOERR_FSTAT, &raw mut is);
        if known != ffi::SQLITE_OK {
            return known;
        }
        let more = u64::try_from(at + i64::from(length) - is).unwrap_or(0);
        let grows = more > 0;
        let mut state = disk.state();
        let verdict = state.judge(Op::Write { grows });
        let whole = usize::try_from(length).unwrap_or(0);
        let bytes = slice::from_raw_parts(from.cast::<u8>(), whole);
        let lacks = if grows { state.rooms.lacks(path, more) } else { 0 };
        let (part, code) = match verdict {
            Verdict::Done if lacks == 0 => (whole, ffi::SQLITE_OK),
            // What there is room for is written, as a system does it.
            Verdict::Done => (whole.saturating_sub(usize::try_from(lacks).unwrap_or(whole)), ffi::SQLITE_FULL),
            _ if state.course().has_ended() && verdict != (Verdict::Ends { torn: true }) => (0, ffi::SQLITE_IOERR_WRITE),
            // A system that refuses a write may have done a part of it.
            _ => (state.part(whole), if state.course().is_full() { ffi::SQLITE_FULL } else { ffi::SQLITE_IOERR_WRITE }),
        };
        if part == 0 {
            return code;
        }
        let done = pass!(file, xWrite, ffi::SQLITE_IOERR_WRITE, from, part as c_int, at);
        state.changed(path, || Change::Write { at: usize::try_from(at).unwrap_or(0), bytes: bytes[..part].to_vec() });
        if done == ffi::SQLITE_OK { code } else { done }
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    // SAFETY: as said above.
    unsafe {
        let File { disk, path, .. } = of(file);
        let mut state = disk.state();
        if state.judge(Op::Truncate) != Verdict::Done {
            return ffi::SQLITE_IOERR_TRUNCATE;
        }
        if let Some(path) = path {
            state.changed(path, || Change::Length(usize::try_from(length).unwrap_or(0)));
        }
        pass!(file, xTruncate, ffi::SQLITE_IOERR_TRUNCATE, length)
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _how: c_int) -> c_int {
    // SAFETY: as said above.
    unsafe {
        let File { disk, path, .. } = of(file);
        let Some(path) = path else { return ffi::SQLITE_OK };
        let mut state = disk.state();
        match state.judge(Op::Sync) {
            // What is asked of the disk below is that it keeps up with a program; the power goes in memory alone.
            Verdict::Done => state.flushed(path),
            Verdict::Fails if !state.course().has_ended() => {
                state.not_flushed(path);
                return ffi::SQLITE_IOERR_FSYNC;
            }
            Verdict::Fails | Verdict::Ends { .. } => return ffi::SQLITE_IOERR_FSYNC,
        }
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xFileSize, ffi::SQLITE_IOERR_FSTAT, out) }
}
unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xLock, ffi::SQLITE_IOERR_LOCK, level) }
}
unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xUnlock, ffi::SQLITE_IOERR_UNLOCK, level) }
}
unsafe extern "C" fn is_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xCheckReservedLock, ffi::SQLITE_IOERR, out) }
}

unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, op: c_int, what: *mut c_void) -> c_int {
    // SAFETY: as said above.
    unsafe {
        // Hints about the size would let the file grow past us.
        if matches!(op, ffi::SQLITE_FCNTL_SIZE_HINT | ffi::SQLITE_FCNTL_CHUNK_SIZE) {
            return ffi::SQLITE_OK;
        }
        pass!(file, xFileControl, ffi::SQLITE_NOTFOUND, op, what)
    }
}
unsafe extern "C" fn sector(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xSectorSize, 512) }
}
unsafe extern "C" fn characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xDeviceCharacteristics, 0) }
}

unsafe extern "C" fn map(file: *mut ffi::sqlite3_file, region: c_int, size: c_int, grows: c_int, out: *mut *mut c_void) -> c_int {
    // SAFETY: as said above.
    unsafe {
        let File { disk, path, .. } = of(file);
        let mut state = disk.state();
        if grows != 0
            && let Some(path) = path
        {
            let mut index = path.clone().into_os_string();
            index.push("-shm");
            let is = fs::metadata(&index).map_or(0, |m| m.len());
            let more = u64::try_from((i64::from(region) + 1) * i64::from(size)).unwrap_or(0).saturating_sub(is);
            if more > 0 && state.rooms.lacks(Path::new(&index), more) > 0 {
                return ffi::SQLITE_IOERR_SHMSIZE;
            }
        }
        if grows != 0 && state.judge(Op::Map) != Verdict::Done {
            return if state.course().is_full() { ffi::SQLITE_IOERR_SHMSIZE } else { ffi::SQLITE_IOERR_SHMMAP };
        }
        drop(state);
        pass!(file, xShmMap, ffi::SQLITE_IOERR_SHMMAP, region, size, grows, out)
    }
}
unsafe extern "C" fn lock_index(file: *mut ffi::sqlite3_file, from: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: as said above.
    unsafe { pass!(file, xShmLock, ffi::SQLITE_IOERR_SHMLOCK, from, count, flags) }
}
unsafe extern "C" fn barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: as said above.
    unsafe { pass!(file, xShmBarrier, ()) }
}
unsafe extern "C" fn unmap(file: *mut ffi::sqlite3_file, goes: c_int) -> c_int {
    // SAFETY: as said above. Whoever is dead takes nothing away.
    unsafe {
        let goes = if of(file).disk.has_ended() { 0 } else { goes };
        pass!(file, xShmUnmap, ffi::SQLITE_OK, goes)
    }
}
