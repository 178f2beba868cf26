//! Protocol 1 as bytes, which today's code reads and writes again the same: whoever changes what travels sees it here.

use std::fs;

use frontline_domain::cbor;
use frontline_protocol::sync::{Answer, Page, Request};
use frontline_protocol::{Entry, Refused, document, enrol, give_back, limits, recover};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{bodies, files, root, sample};

const FOLDER: &str = "tests/fixtures/protocol-1";

/// What it is, by the first word of its file's name.
fn again(name: &str, bytes: &[u8]) -> Vec<u8> {
    fn message<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Vec<u8> {
        cbor::encode(&cbor::decode::<T>("a fixture", bytes).unwrap())
    }
    match name.split(['-', '.']).next().unwrap() {
        "request" => message::<Request>(bytes),
        "answer" => message::<Answer>(bytes),
        "page" => message::<Page>(bytes),
        "enrol" => message::<enrol::Enrol>(bytes),
        "enrolled" => message::<enrol::Enrolled>(bytes),
        "shown" => message::<enrol::Shown>(bytes),
        "recover" => message::<recover::Recover>(bytes),
        "refused" => message::<Refused>(bytes),
        "document" => message::<document::Ask>(bytes),
        "given" => message::<give_back::Given>(bytes),
        "taken" => message::<give_back::Taken>(bytes),
        "entry" => {
            let entry = Entry::read(bytes, limits::ENTRY).unwrap();
            Entry::make(entry.header.clone(), bodies::body_again(&entry)).bytes().to_vec()
        }
        other => panic!("{other} is nothing that travels"),
    }
}

#[test]
fn frames_of_protocol_1_are_read_and_written_again_the_same() {
    let fixtures = files(FOLDER);
    for (name, bytes) in &fixtures {
        assert_eq!(&again(name, bytes), bytes, "{name}");
    }
    let expected: Vec<String> = sample::messages().into_iter().map(|(name, _)| name).collect();
    for name in &expected {
        assert!(fixtures.iter().any(|(file, _)| file == name), "{name} has no fixture");
    }
    println!("protocol 1: {} fixtures", fixtures.len());
}

#[test]
fn what_is_written_today_is_what_was_written() {
    for (name, bytes) in sample::messages() {
        assert_eq!(fs::read(root().join(FOLDER).join(&name)).ok(), Some(bytes), "{name}");
    }
}

/// Writes those that are not there; one that is there is never written again by this.
pub fn write() {
    let folder = root().join(FOLDER);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in sample::messages() {
        if !folder.join(&name).exists() {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}
