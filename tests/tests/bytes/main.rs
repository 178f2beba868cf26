//! Everything that travels, as bytes: any of them at all (`fuzz/src/targets.rs`, over a corpus and what is made of it
//! here, and with coverage in `fuzz/`), and those of protocol 1, which stay what they are.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

mod bodies;
mod corpus;
mod mutate;
mod protocol_1;
mod sample;

#[path = "../../../fuzz/src/targets.rs"]
mod targets;

use std::path::PathBuf;

fn root() -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The files of a folder, in order.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}
