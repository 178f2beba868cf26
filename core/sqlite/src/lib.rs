//! The one SQLite of the workspace: SQLite3 Multiple Ciphers (ChaCha20-Poly1305), linked statically.
//!
//! rusqlite's feature `in_gecko` makes `libsqlite3-sys` link nothing, so the amalgamation that this crate
//! compiles is the only SQLite in any program of ours: one set of compile-time options, no environment
//! variable, no fork. Start at [`key`]. Behind the feature `fault-vfs`, never in a shell: `fault`, a disk that fails
//! on purpose. With `bindings`, this is the only crate that may say `unsafe`.
#![allow(unsafe_code)]

#[cfg(feature = "fault-vfs")]
pub mod fault;

use std::ffi::{CStr, c_char, c_int, c_void};

/// An open `sqlite3*`, as rusqlite's `Connection::handle` gives it.
pub type Handle = *mut c_void;

unsafe extern "C" {
    fn sqlite3_key(db: Handle, key: *const c_void, n: c_int) -> c_int;
    fn sqlite3_rekey(db: Handle, key: *const c_void, n: c_int) -> c_int;
    fn sqlite3mc_version() -> *const c_char;
}

/// A raw 32-byte key, in the form that says "no passphrase derivation": an unlock must cost
/// microseconds, because a background sync opens the store often.
fn raw(key: &[u8; 32]) -> [u8; 36] {
    let mut bytes = [0u8; 36];
    bytes[..4].copy_from_slice(b"raw:");
    bytes[4..].copy_from_slice(key);
    bytes
}

/// Gives the connection its key; must come before the first statement. Returns SQLite's result code.
/// A wrong key is noticed only by the first read, as `SQLITE_NOTADB`.
///
/// # Safety
/// `db` must be a live `sqlite3*` that no other thread uses during the call.
pub unsafe fn key(db: Handle, key: &[u8; 32]) -> i32 {
    let mut bytes = raw(key);
    // SAFETY: the caller vouches for `db`; the key outlives the call, which copies it.
    let code = unsafe { sqlite3_key(db, bytes.as_ptr().cast(), 36) };
    bytes.fill(0);
    code
}

/// Encrypts the file anew under another key. Needs a journal that is not WAL. Returns SQLite's result code.
///
/// # Safety
/// As [`key`].
pub unsafe fn rekey(db: Handle, key: &[u8; 32]) -> i32 {
    let mut bytes = raw(key);
    // SAFETY: as above.
    let code = unsafe { sqlite3_rekey(db, bytes.as_ptr().cast(), 36) };
    bytes.fill(0);
    code
}

/// The version of the cipher layer, for support.
pub fn version() -> &'static str {
    // SAFETY: a static, NUL-terminated string of the library.
    unsafe { CStr::from_ptr(sqlite3mc_version()) }.to_str().unwrap_or("?")
}
