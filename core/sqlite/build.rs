// Compiles the SQLite3MC amalgamation as *the* SQLite of the workspace.
// rusqlite's `in_gecko` feature makes libsqlite3-sys emit no link directive and use its bundled bindings.
fn main() {
    let dir = sqlite3mc_src::source_dir();
    let mut b = cc::Build::new();
    b.file(dir.join(sqlite3mc_src::SOURCE_FILE)).include(dir).warnings(false);
    for d in [
        // same set as libsqlite3-sys `bundled`, minus what we do not use
        "SQLITE_CORE",
        "SQLITE_ENABLE_API_ARMOR",
        "SQLITE_ENABLE_DBSTAT_VTAB",
        "SQLITE_ENABLE_FTS5",
        "SQLITE_USE_URI",
        "HAVE_ISNAN",
        "HAVE_LOCALTIME_R",
        "_POSIX_THREAD_SAFE_FUNCTIONS",
        "SQLITE_OMIT_LOAD_EXTENSION",
    ] {
        b.define(d, None);
    }
    for (k, v) in [
        ("SQLITE_DEFAULT_FOREIGN_KEYS", "1"),
        ("SQLITE_THREADSAFE", "1"),
        ("HAVE_USLEEP", "1"),
        ("SQLITE_DQS", "0"),
        ("SQLITE_TEMP_STORE", "3"),
        ("SQLITE_SECURE_DELETE", "1"),
        ("SQLITE_MAX_EXPR_DEPTH", "100"),
        // one cipher scheme only
        ("HAVE_CIPHER_AES_128_CBC", "0"),
        ("HAVE_CIPHER_AES_256_CBC", "0"),
        ("HAVE_CIPHER_SQLCIPHER", "0"),
        ("HAVE_CIPHER_RC4", "0"),
        ("HAVE_CIPHER_ASCON128", "0"),
        ("HAVE_CIPHER_AEGIS", if std::env::var_os("CARGO_FEATURE_AEGIS").is_some() { "1" } else { "0" }),
    ] {
        b.define(k, v);
    }
    // No panic passes through C: whatever calls back into Rust catches it first. Tables for that are a twentieth of it.
    b.flag_if_supported("-fno-asynchronous-unwind-tables").flag_if_supported("-fno-unwind-tables");
    b.compile("sqlite3mc");
    println!("cargo::rerun-if-changed=build.rs");
}
