//! Reads a built core and writes what Kotlin, Swift and Python call; and, with `surface`, what the surface is: a page for
//! people and a list for reviewers, in which every change of it shows.
//!
//! `frontline-bindgen surface LIBRARY --page docs/ffi.md --list bindings/surface.txt [--check]`

mod page;
mod rules;
mod surface;

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_none_or(|word| word != "surface") {
        uniffi::uniffi_bindgen_main();
        return Ok(());
    }
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
