//! The procedure that five people fill at once: 40 items of many kinds, some of them there only with certain answers, a
//! section that repeats, photos beside answers.

use std::fmt::Write as _;

/// Items that decide whether others are there: the one, and those behind it.
const GATED: usize = 4;
/// How often the last section may be there, and its items.
pub const REPEATS: u16 = 4;

/// As an author writes it.
pub fn procedure() -> String {
    let mut out = String::from("title: Evening round\npass_mark: 70\nsign_off: supervisor\nsections:\n");
    for section in 0..3 {
        let _ = write!(out, "  - slug: part-{section}\n    label: Part {section}\n    items:\n");
        for n in section * 10..section * 10 + 10 {
            item(&mut out, n);
        }
    }
    let _ = write!(out, "  - slug: rooms\n    label: Room\n    repeat: {REPEATS}\n    items:\n");
    (30..40).for_each(|n| item(&mut out, n));
    out
}

fn item(out: &mut String, n: usize) {
    // Every fifth opens or shuts the next four of its section.
    let gate = n - n % (GATED + 1);
    let shown = if n == gate { String::new() } else { format!("\n        visible_if: i{gate} or not answered(i{gate})") };
    let kind = match n % (GATED + 1) {
        0 => "pass-fail\n        weight: 3",
        1 => "number\n        min: 0\n        max: 9\n        target: [2, 7]\n        weight: 2\n        na: yes",
        2 => "pass-fail\n        weight: 2\n        evidence: { min: 0, max: 6 }",
        3 => {
            "choice\n        choices:\n          - { slug: low, label: Low, points: 0 }\n          - { slug: high, label: High, points: 3 }\n        weight: 3"
        }
        _ => "text",
    };
    let _ = write!(out, "      - slug: i{n}\n        kind: {kind}{shown}\n        label: What is asked here, number {n}\n");
}

/// The item whose answer decides whether this one is there; none for those that are always there.
pub fn gate_of(item: &str) -> Option<String> {
    let n: usize = item.strip_prefix('i')?.parse().ok()?;
    let gate = n - n % (GATED + 1);
    (gate != n).then(|| format!("i{gate}"))
}

/// An answer to the item of this name: of few, so that people give the same one now and then. `draw` decides.
pub fn raw(item: &str, draw: u64) -> frontline_domain::form::Raw {
    use frontline_domain::form::Raw;
    let n: usize = item.strip_prefix('i').and_then(|n| n.parse().ok()).unwrap_or(0);
    match n % (GATED + 1) {
        // A gate is mostly open, or hardly anything would be there.
        0 => Raw::Bool(!draw.is_multiple_of(5)),
        1 if draw.is_multiple_of(9) => Raw::Na(None),
        1 => Raw::Number((draw % 4).to_string()),
        2 => Raw::Bool(draw.is_multiple_of(2)),
        3 => Raw::Text(if draw.is_multiple_of(2) { "low" } else { "high" }.to_owned()),
        _ => Raw::Text(["all in order", "looked twice", "to be mended"][usize::try_from(draw % 3).unwrap_or(0)].to_owned()),
    }
}
