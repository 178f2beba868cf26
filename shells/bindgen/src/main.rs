//! Reads a built core and writes what Kotlin and Swift call.

fn main() {
    uniffi::uniffi_bindgen_main()
}
