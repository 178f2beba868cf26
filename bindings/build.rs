//! How the library is linked that a phone loads.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let os = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if os != "linux" && os != "android" {
        return;
    }
    let mut args = vec![
        // Android loads libraries on pages of 16 KiB since version 15: a segment that is aligned to less does not load.
        "-Wl,-z,max-page-size=16384",
        // Functions that came out the same are kept once: a tenth of the code.
        "-Wl,--icf=all",
    ];
    // Tables of time zones are pointers, each with 24 bytes of its own to be moved by; packed they take a bit.
    args.push(if os == "android" { "-Wl,--pack-dyn-relocs=android+relr,--use-android-relr-tags" } else { "-Wl,-z,pack-relative-relocs" });
    args.iter().for_each(|arg| println!("cargo:rustc-cdylib-link-arg={arg}"));
}
