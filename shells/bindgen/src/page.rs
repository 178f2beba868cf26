//! `docs/ffi.md`: the surface for people who write a shell.

use std::fmt::Write as _;

use crate::surface::{Call, Surface, fields, shown};

const ABOUT: &str = "# The surface for the shells

Written by `shells/bindgen` out of the built library: change `bindings/src` and write it anew (`tests/surface --write`); the run fails where it is not of the code. `bindings/surface.txt` is the same as a list in which every change shows.

`Frontline` is opened with a folder and what only the platform has, and hands out one service for each capability. In goes a `Draft`, out comes a `Summary` (a row of a list) or a `Detail` (a whole screen, every decision taken). Lists come as pages: `next` of one is `after` of the one behind it. Local calls are synchronous and short, and belong on any thread but the one that draws; what waits for the network is async and may be cancelled at any moment. Times are milliseconds since 1970 UTC by the best estimate of the server's clock; numbers are digits with a point; the platform writes both as its reader is used to.

**Ordering of what changed.** `Observer.changed` is told after the commit, on one thread of the core, never on the caller's and never under a lock: it may call anything. What one call changed is told before what a later one did. A subscription that has ended is told nothing that begins after that. The shell asks again for what it shows.

**Errors.** `FrontlineError` has nine kinds, named for what the person can do next, and nothing personal in it. A panic inside is `Internal` with a reference that the log has, too; the write that it was in is not there, and the store goes on.
";

pub fn page(surface: &Surface) -> String {
    let mut out = format!("{ABOUT}\n{}.\n", surface.figures());
    let _ = writeln!(out, "\n## Functions\n");
    surface.functions.iter().for_each(|f| call(&mut out, f));
    for foreign in [false, true] {
        for (name, class) in surface.classes.iter().filter(|(_, c)| c.is_foreign == foreign) {
            let _ = writeln!(out, "\n## {name}{}\n\n{}\n", if foreign { " (a shell implements it)" } else { "" }, class.says.trim());
            class.calls.iter().for_each(|c| call(&mut out, c));
        }
    }
    let _ = writeln!(out, "\n## Records");
    for (name, record) in &surface.records {
        let _ = writeln!(out, "\n### {name}\n\n{}\n", flat(record.docstring.as_deref()));
        for f in &record.fields {
            let _ = writeln!(out, "- `{}: {}`{}", f.name, shown(&f.ty), because(f.docstring.as_deref()));
        }
    }
    let _ = writeln!(out, "\n## Enums and errors");
    for (name, one) in &surface.enums {
        let _ = writeln!(out, "\n### {name}\n\n{}\n", flat(one.docstring.as_deref()));
        for v in &one.variants {
            let _ = writeln!(out, "- `{}{}`{}", v.name, fields(&v.fields), because(v.docstring.as_deref()));
        }
    }
    out
}

fn call(out: &mut String, call: &Call) {
    let _ = writeln!(out, "- `{}`{}", call.signature, because(Some(&call.says)));
}

fn flat(says: Option<&str>) -> String {
    says.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn because(says: Option<&str>) -> String {
    match flat(says) {
        words if words.is_empty() => words,
        words => format!(": {words}"),
    }
}
