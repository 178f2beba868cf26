//! The procedure that five people fill at once: 40 items of many kinds, some of them there only with certain answers, a
//! section that repeats, photos and notes beside answers; two that sign, each asked something of their own.

use std::fmt::Write as _;

use frontline_domain::permission::Role;

/// Items that decide whether others are there: the one, and those behind it.
const GATED: usize = 4;
/// How often the last section may be there, and its items.
pub const REPEATS: u16 = 4;
/// Where the items begin that are asked of one signer, of the other, and of everybody again.
const OF_SUPERVISORS: usize = 20;
const OF_MANAGERS: usize = 25;
const OF_ALL_AGAIN: usize = 30;

/// Items that take a note.
pub const NOTED: [&str; 2] = ["i7", "i37"];

/// As an author writes it.
pub fn procedure() -> String {
    let mut out = String::from("title: Evening round\npass_mark: 70\nsign_off: [supervisor, manager]\nsections:\n");
    for section in 0..4 {
        let first = [0, 10, OF_SUPERVISORS, OF_MANAGERS][section];
        let asked = asked_of(&format!("i{first}")).map(|role| format!("    asked_of: {}\n", role.name())).unwrap_or_default();
        let _ = write!(out, "  - slug: part-{section}\n    label: Part {section}\n{asked}    items:\n");
        (first..[10, OF_SUPERVISORS, OF_MANAGERS, OF_ALL_AGAIN][section]).for_each(|n| item(&mut out, n));
    }
    let _ = write!(out, "  - slug: rooms\n    label: Room\n    repeat: {REPEATS}\n    items:\n");
    (OF_ALL_AGAIN..40).for_each(|n| item(&mut out, n));
    out
}

fn item(out: &mut String, n: usize) {
    // Every fifth opens or shuts the next four of its section.
    let gate = n - n % (GATED + 1);
    let shown = if n == gate { String::new() } else { format!("\n        visible_if: i{gate} or not answered(i{gate})") };
    let kind = match n % (GATED + 1) {
        0 => "pass-fail\n        weight: 3",
        1 => "number\n        min: 0\n        max: 9\n        target: [2, 7]\n        weight: 2\n        na: yes",
        // One of everybody's and one that repeats ask for a note where they failed: it has to be there before that is handed in.
        2 if NOTED.contains(&format!("i{n}").as_str()) => {
            &format!("pass-fail\n        weight: 2\n        evidence: {{ min: 0, max: 6, note: required if not i{n} }}")
        }
        2 => "pass-fail\n        weight: 2\n        evidence: { min: 0, max: 6 }",
        3 => {
            "choice\n        choices:\n          - { slug: low, label: Low, points: 0 }\n          - { slug: high, label: High, points: 3 }\n        weight: 3"
        }
        _ => "text",
    };
    let _ = write!(out, "      - slug: i{n}\n        kind: {kind}{shown}\n        label: What is asked here, number {n}\n");
}

/// Whom an item is asked of; none: everybody.
pub fn asked_of(item: &str) -> Option<Role> {
    let n: usize = item.strip_prefix('i')?.parse().ok()?;
    match n {
        OF_SUPERVISORS..OF_MANAGERS => Some(Role::Supervisor),
        OF_MANAGERS..OF_ALL_AGAIN => Some(Role::Manager),
        _ => None,
    }
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
