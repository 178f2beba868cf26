//! Android loads libraries on pages of 16 KiB since version 15: a segment that is aligned to less does not load there.
//! Linkers align to 4 KiB on some targets unless they are told.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if os == "linux" || os == "android" {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,max-page-size=16384");
    }
}
