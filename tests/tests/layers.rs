//! The rule of the house: which crate may depend on which, and who may import what. Reads `cargo metadata`
//! and the `use` lines, and names each breach.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crate, and the workspace crates that it may depend on. `core/sqlite` is linked by both stores.
const MAY_DEPEND: &[(&str, &[&str])] = &[
    ("frontline-domain", &[]),
    ("frontline-protocol", &["frontline-domain"]),
    ("frontline-sqlite", &[]),
    ("frontline-device", &["frontline-domain", "frontline-protocol", "frontline-sqlite"]),
    ("frontline-ffi", &["frontline-domain", "frontline-device"]),
    ("frontline-content", &["frontline-domain"]),
    ("frontline-server", &["frontline-domain", "frontline-protocol", "frontline-content", "frontline-sqlite"]),
    (
        "frontline-sim",
        &[
            "frontline-domain",
            "frontline-protocol",
            "frontline-sqlite",
            "frontline-device",
            "frontline-server",
            "frontline-content",
            // Its bench alone: what a shell's call costs beside the core's.
            "frontline-ffi",
        ],
    ),
    (
        "frontline-cli",
        &["frontline-domain", "frontline-protocol", "frontline-device", "frontline-server", "frontline-content", "frontline-sim"],
    ),
    (
        "frontline-tests",
        &[
            "frontline-domain",
            "frontline-protocol",
            "frontline-device",
            "frontline-server",
            "frontline-content",
            "frontline-sim",
            "frontline-cli",
            "frontline-ffi",
        ],
    ),
];

/// A library, and the only places whose sources may name it. `bench` may, because a yardstick is by nature
/// the bare library.
const ONE_IMPORTER: &[(&str, &[&str])] = &[
    ("automerge", &["core/domain/src/document/"]),
    ("rusqlite", &["core/device/src/store/", "server/src/store/", "sim/src/bench/"]),
    ("reqwest", &["core/device/src/net/", "cli/src/client.rs", "tests/"]),
    ("uniffi", &["bindings/", "shells/bindgen/"]),
    // One set of zones, for phones, the server and content.
    ("jiff", &["core/domain/src/zone.rs"]),
    ("axum", &["server/src/", "server/tests/"]),
    ("askama", &["server/src/console/"]),
    // Decoders of pictures that strangers made.
    (
        "image",
        &[
            "core/device/src/blobs/picture.rs",
            "core/device/src/blobs/drawing.rs",
            "core/device/src/blobs/clean/tests.rs",
            "core/device/src/services/tests/",
        ],
    ),
];

/// Crates that must not be anywhere in the lock file, with the reason.
const BANNED: &[&str] = &["serde_yaml", "bincode", "serde_cbor", "paste", "im", "openssl-sys", "native-tls", "aws-lc-sys", "aws-lc-rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_path_buf()
}

fn metadata() -> serde_json::Value {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("cargo metadata prints JSON")
}

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | ".git" | "node_modules" | "out") {
                rust_files(&path, out);
            }
        } else if name.ends_with(".rs") {
            out.push(path);
        }
    }
}

fn sources() -> BTreeMap<String, String> {
    let root = root();
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    files
        .into_iter()
        .map(|f| {
            let name = f.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&f).expect("readable source"))
        })
        .collect()
}

/// Whether a line of code (comments left out) names the crate.
fn names_crate(line: &str, krate: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let path = format!("{krate}::");
    let mut from = 0;
    while let Some(at) = code[from..].find(&path) {
        let before = code[..from + at].chars().last();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            return true;
        }
        from += at + path.len();
    }
    let trimmed = code.trim_start().trim_start_matches("pub ");
    trimmed == format!("use {krate};") || trimmed.starts_with(&format!("use {krate} as"))
}

#[test]
fn crates_depend_only_on_the_layers_below_them() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, &[&str]> = MAY_DEPEND.iter().copied().collect();
    let mut breaches = Vec::new();
    let packages = metadata["packages"].as_array().expect("packages");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let Some(may) = allowed.get(name) else {
            breaches.push(format!("{name} has no row in MAY_DEPEND"));
            continue;
        };
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let on = dependency["name"].as_str().expect("a name");
            let is_test_only = dependency["kind"].as_str() == Some("dev");
            if on.starts_with("frontline-") && !may.contains(&on) && !is_test_only {
                breaches.push(format!("{name} depends on {on}"));
            }
        }
    }
    assert_eq!(packages.len(), MAY_DEPEND.len(), "a crate without a row, or a row without a crate");
    assert!(breaches.is_empty(), "layers broken:\n{}", breaches.join("\n"));
    println!("{} crates keep their layers", packages.len());
}

#[test]
fn each_heavy_library_has_one_importer() {
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        for (library, places) in ONE_IMPORTER {
            if places.iter().any(|p| file.starts_with(p)) || file == "tests/tests/layers.rs" {
                continue;
            }
            for (number, line) in text.lines().enumerate().filter(|(_, l)| names_crate(l, library)) {
                breaches.push(format!("{file}:{}: names {library}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(breaches.is_empty(), "imports broken:\n{}", breaches.join("\n"));
}

#[test]
fn unsafe_code_stays_in_its_two_places() {
    let allowed = ["core/sqlite/", "bindings/"];
    let breaches: Vec<String> = sources()
        .into_iter()
        .filter(|(file, _)| !allowed.iter().any(|p| file.starts_with(p)) && file != "tests/tests/layers.rs")
        .filter(|(_, text)| text.contains("allow(unsafe_code)") || text.lines().any(|l| l.trim_start().starts_with("unsafe ")))
        .map(|(file, _)| file)
        .collect();
    assert!(breaches.is_empty(), "unsafe outside core/sqlite and bindings: {breaches:?}");
}

#[test]
fn time_and_randomness_are_asked_in_one_file_of_each_side() {
    let exempt = ["core/device/src/system.rs", "server/src/system.rs"];
    let words = ["SystemTime::now", "Instant::now", "Utc::now", "Local::now", "getrandom::", "thread_rng", "rand::rng"];
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        let measured = ["sim/src/bench/", "sim/src/demo/", "server/examples/", "tests/", "cli/src/"].iter().any(|p| file.starts_with(p));
        if exempt.contains(&file.as_str()) || measured || file.contains("/tests/") || file.ends_with("tests.rs") {
            continue;
        }
        let production = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in production.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|w| code.contains(w)) {
                breaches.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(breaches.is_empty(), "time or randomness asked of the system:\n{}", breaches.join("\n"));
}

#[test]
fn nothing_iterates_in_an_unordered_way_where_order_travels() {
    let places = ["core/domain/src/", "core/protocol/src/", "core/device/src/sync/"];
    let breaches: Vec<String> = sources()
        .into_iter()
        .filter(|(file, _)| places.iter().any(|p| file.starts_with(p)))
        .filter(|(_, text)| text.lines().any(|l| l.split("//").next().is_some_and(|c| c.contains("HashMap") || c.contains("HashSet"))))
        .map(|(file, _)| file)
        .collect();
    assert!(breaches.is_empty(), "use BTreeMap: the order of a HashMap differs from run to run: {breaches:?}");
}

#[test]
fn rooms_stay_small() {
    let lines = |text: &str| text.lines().take_while(|l| !l.starts_with("#[cfg(test)]")).count();
    let sizes: Vec<(usize, String)> = sources()
        .into_iter()
        .filter(|(f, _)| !f.starts_with("tests/") && !f.contains("/tests/") && !f.ends_with("tests.rs"))
        .map(|(f, t)| (lines(&t), f))
        .collect();
    let large: Vec<_> = sizes.iter().filter(|(n, _)| *n > 400).collect();
    assert!(large.is_empty(), "files over 400 lines: {large:?}");
    let mut counts: Vec<usize> = sizes.iter().map(|(n, _)| *n).collect();
    counts.sort_unstable();
    println!("{} files, median {} lines, largest {}", counts.len(), counts[counts.len() / 2], counts.last().unwrap_or(&0));
}

#[test]
fn what_is_banned_is_not_built_in() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    let found: Vec<_> = BANNED.iter().filter(|b| lock.contains(&format!("name = \"{b}\"\n"))).collect();
    assert!(found.is_empty(), "banned crates in Cargo.lock: {found:?}");
}

#[test]
fn what_breaks_the_product_on_purpose_is_not_in_the_shells() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "frontline-ffi", "--edges", "normal,build,features", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "cargo tree: {}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout);
    assert!(tree.lines().any(|line| line.starts_with("frontline-sqlite")), "the shells have a store");
    for feature in ["fault-vfs", "stories"] {
        let found: Vec<&str> = tree.lines().filter(|line| line.contains(&format!("feature \"{feature}\""))).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
