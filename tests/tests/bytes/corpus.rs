//! The targets of the fuzzer over its corpus, and over a few thousand mutations of it: on every run, on a stable
//! compiler, the same each time.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::mutate::Mutations;
use crate::{files, root, sample, targets};

/// Of each target. A slow machine does fewer and says so: a run of all tests must not wait for it.
const MUTATIONS: usize = 20_000;
const AT_MOST: Duration = Duration::from_secs(5);
/// What a target may add to the peak of the process, MiB: a message of 4 MiB, read and written again, thrice.
const MORE_MIB: u64 = 64;

#[expect(clippy::disallowed_methods, reason = "how long a test may take is real time")]
fn holds(name: &str, target: fn(&[u8])) {
    let corpus = files(&format!("fuzz/corpus/{name}"));
    assert!(!corpus.is_empty());
    let tried = |what: &str, bytes: &[u8]| {
        if catch_unwind(AssertUnwindSafe(|| target(bytes))).is_err() {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            panic!("{name}: {what} breaks it; once mended, fuzz/corpus/{name} gets these bytes: {hex}");
        }
    };
    let before = peak_mib();
    for (file, bytes) in &corpus {
        tried(file, bytes);
    }
    let (begun, mut mutations, mut done) = (Instant::now(), Mutations::of(7), 0);
    while done < MUTATIONS && begun.elapsed() < AT_MOST {
        let (file, bytes) = &corpus[done % corpus.len()];
        let (_, other) = &corpus[(done / corpus.len()) % corpus.len()];
        tried(&format!("mutation {done} of {file}"), &mutations.one(bytes, other));
        done += 1;
    }
    let more = peak_mib().saturating_sub(before);
    println!("fuzz: {name}: {} of a corpus, {done} mutations, {more} MiB more", corpus.len());
    assert!(more <= MORE_MIB, "{more} MiB more");
}

/// The most memory that this process had so far; 0 where the system does not say.
fn peak_mib() -> u64 {
    let said = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = said.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    peak.unwrap_or(0) / 1024
}

#[test]
fn any_bytes_are_a_message_or_an_error() {
    holds("frame", targets::frame);
}

#[test]
fn any_bytes_are_a_page_or_an_error() {
    holds("page", targets::page);
}

#[test]
fn any_bytes_are_an_entry_or_an_error() {
    holds("entry", targets::entry);
}

#[test]
fn any_bytes_are_a_change_that_the_judge_takes_or_one_that_no_document_holds() {
    holds("change", targets::change);
}

#[test]
fn any_bytes_are_a_claim_in_its_one_spelling_or_an_error() {
    holds("claim", targets::claim);
}

#[test]
fn any_text_is_an_expression_that_comes_to_a_value_or_an_error_with_its_place() {
    holds("expr", targets::expr);
}

#[test]
fn any_bytes_are_a_form_that_follows_its_answers_or_one_that_is_refused() {
    holds("form", targets::form);
}

#[test]
fn the_corpus_holds_what_is_written_today() {
    for (target, name, bytes) in sample::corpus() {
        let file = root().join("fuzz/corpus").join(target).join(name);
        assert_eq!(fs::read(&file).ok(), Some(bytes), "{}: write it by the ignored test beside this one", file.display());
    }
}

#[ignore = "writes fuzz/corpus and tests/fixtures/protocol-1: cargo test --workspace --test bytes -- --ignored"]
#[test]
fn write_the_samples() {
    for (target, name, bytes) in sample::corpus() {
        let folder = root().join("fuzz/corpus").join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    }
    crate::protocol_1::write();
}
