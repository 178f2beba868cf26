//! Every crate that is built in has a licence that `deny.toml` allows. `cargo deny check` says more (sources,
//! advisories) where it is installed; this runs everywhere, without a network.

use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace")
}

/// The strings of `deny.toml`'s `allow = [ … ]`.
fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let list = text.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).expect("a list of licences").0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with allowed licences. `OR` binds weaker than `AND`; `/` is an old
/// way to write `OR`.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let text = expression.replace('/', " OR ");
    let mut words = Vec::new();
    for word in text.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        words.push(word.to_owned());
    }
    let mut at = 0;
    let met = either(&words, &mut at, allowed);
    met && at == words.len()
}

fn either(words: &[String], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = both(words, at, allowed);
    while words.get(*at).is_some_and(|w| w == "OR") {
        *at += 1;
        met |= both(words, at, allowed);
    }
    met
}

fn both(words: &[String], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at).is_some_and(|w| w == "AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[String], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if word == "(" {
        let met = either(words, at, allowed);
        *at += 1;
        return met;
    }
    let mut name = word.clone();
    if words.get(*at).is_some_and(|w| w == "WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).map_or("", String::as_str));
        *at += 2;
    }
    allowed.contains(&name)
}

#[test]
fn an_expression_is_met_as_spdx_means_it() {
    let allowed = ["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
    for met in ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(GPL-3.0 OR MIT) AND MIT", "Apache-2.0 WITH LLVM-exception"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for not in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "", "GPL-3.0 OR (MIT AND ISC)", "MIT MIT"] {
        assert!(!is_met(not, &allowed), "{not}");
    }
}

#[test]
fn every_crate_that_is_built_in_has_an_allowed_licence() {
    let host = String::from_utf8(Command::new("rustc").arg("-vV").output().expect("rustc runs").stdout).expect("text");
    let host = host.lines().find_map(|l| l.strip_prefix("host: ")).expect("a host").to_owned();
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", &host])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let allowed = allowed();
    let breaches: Vec<String> = packages
        .iter()
        .filter(|p| !p["license"].as_str().is_some_and(|expression| is_met(expression, &allowed)))
        .map(|p| format!("{} {}: {}", p["name"], p["version"], p["license"]))
        .collect();
    assert!(packages.len() > 100, "only {} crates were looked at", packages.len());
    assert!(breaches.is_empty(), "licences that deny.toml does not allow:\n{}", breaches.join("\n"));
    println!("{} crates, each under an allowed licence", packages.len());
}
