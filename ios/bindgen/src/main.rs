//! The generator of Swift bindings; `ios/build` runs it.

fn main() {
    bindgen::uniffi_bindgen_swift();
}
