//! Reads a built core and writes what Kotlin, Swift and Python call; and, with `surface`, what the surface is: a page for
//! people and a list for reviewers, in which every change of it shows.
//!
//! `frontline-bindgen surface LIBRARY --page docs/ffi.md --list bindings/surface.txt [--check]`
//! `frontline-bindgen generate --language kotlin|swift|python --no-format --config FILE --out-dir DIR LIBRARY`

mod page;
mod rules;
mod surface;
mod swift;

use anyhow::{Context, bail};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage};

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("surface") => surface(&words),
        Some("generate") => generate(&words),
        _ => bail!("say: surface … or generate …"),
    }
}

/// `--no-format` is said by whoever calls it, for nothing is formatted: what a formatter made of Swift is not what is
/// looked for in it.
fn generate(words: &[String]) -> anyhow::Result<()> {
    let ["generate", "--language", language, "--no-format", "--config", config, "--out-dir", out, library] =
        words.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        bail!("say: generate --language kotlin|swift|python --no-format --config FILE --out-dir DIR LIBRARY");
    };
    let language = match language {
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        "python" => TargetLanguage::Python,
        other => bail!("‘{other}’ is not generated here: say kotlin, swift or python"),
    };
    uniffi_bindgen::bindings::generate(GenerateOptions {
        languages: vec![language.clone()],
        source: library.into(),
        out_dir: out.into(),
        config_override: Some(config.into()),
        ..GenerateOptions::default()
    })?;
    if matches!(language, TargetLanguage::Swift) { swift::mend(out.into()) } else { Ok(()) }
}

fn surface(words: &[String]) -> anyhow::Result<()> {
    let value = |name: &str| words.iter().position(|w| w == name).and_then(|at| words.get(at + 1));
    let (Some(library), Some(page), Some(list)) = (words.get(1), value("--page"), value("--list")) else {
        bail!("say: surface LIBRARY --page FILE --list FILE [--check]");
    };
    let surface = surface::Surface::read(library)?;
    let broken = rules::broken(&surface);
    let mut wrong = broken.len();
    broken.iter().for_each(|why| eprintln!("{why}"));
    for (path, now) in [(page, page::page(&surface)), (list, surface.list())] {
        if words.iter().any(|w| w == "--check") {
            let held = std::fs::read_to_string(path).unwrap_or_default();
            if held != now {
                wrong += 1;
                let line = held.lines().zip(now.lines()).position(|(a, b)| a != b).unwrap_or(held.lines().count().min(now.lines().count()));
                eprintln!(
                    "{path} is not of this surface, from line {} on; there: ‘{}’. Write it anew without --check and look at the change",
                    line + 1,
                    now.lines().nth(line).unwrap_or_default()
                );
            }
        } else {
            std::fs::write(path, now).with_context(|| path.clone())?;
        }
    }
    println!("{}", surface.figures());
    if wrong > 0 { bail!("{wrong} to be put right") } else { Ok(()) }
}
