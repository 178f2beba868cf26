//! What it costs, printed and not judged: `cargo test -p frontline-domain figures -- --nocapture`.

use std::time::{Duration, Instant};

use super::people::*;
use super::*;

#[allow(clippy::disallowed_methods, reason = "a measurement of the code itself; nothing is decided by it")]
fn took<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let out = run();
    (start.elapsed(), out)
}

#[test]
fn figures_of_a_run_with_200_changes() {
    let form = form();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let mut made = Vec::new();
    for n in 0..100 {
        made.push((true, ana.answers(if n % 2 == 0 { "till" } else { "door" }, &n.to_string())));
        ben.takes(&made.last().expect("made").1, ana.author(&form));
        made.push((false, ben.answers("till", &n.to_string())));
        ana.takes(&made.last().expect("made").1, ben.author(&form));
    }
    let (load, _) = took(|| Run::load(RUN, &ana.run.save()).expect("opens"));
    let (save, saved) = took(|| ana.run.save());
    let mut here = Run::new(RUN);
    let (mut check, mut apply) = (Duration::ZERO, Duration::ZERO);
    for (anas, one) in &made {
        let author = if *anas { ana.author(&form) } else { ben.author(&form) };
        let (one_check, checked) = took(|| here.check(&one.change, &author).expect("sound"));
        let (one_apply, ()) = took(|| here.apply(checked).expect("applied"));
        (check, apply) = (check + one_check, apply + one_apply);
    }
    let (last_check, _) = took(|| here.check(&made[199].1.change, &ben.author(&form)).expect("sound"));
    let (copy, _) = took(|| ana.run.clone());
    let (standings, _) = took(|| ana.run.standings());
    let (history, _) = took(|| ana.run.history());
    let screen = ana.run.heads();
    let (answer, _) = took(|| ana.answers("till", "now"));
    let (old_heads, _) = took(|| ana.answers_having_seen(&screen, "till", "at old heads"));
    let bytes: usize = made.iter().map(|(_, m)| m.change.len()).sum();
    println!("a run with 200 changes ({} bytes a change, {} saved):", bytes / 200, saved.len());
    println!("  answer {answer:?}, at old heads {old_heads:?}; load and save {load:?}, save {save:?}; copy {copy:?}");
    println!("  check {:?} each, a known one {last_check:?}; apply {:?} each", check / 200, apply / 200);
    println!("  standings {standings:?}, history {history:?}");
}

/// What a change costs where so many came before it: judged and taken in place, and the parts of it.
#[test]
fn figures_of_a_run_that_grows() {
    let form = form();
    let count: usize = std::env::var("CHANGES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let (mut ana, mut here) = (At::new(1), Run::new(RUN));
    for n in 0..count {
        let (answer, one) = took(|| ana.answers(if n % 2 == 0 { "till" } else { "door" }, &n.to_string()));
        let (check, checked) = took(|| here.check(&one.change, &ana.author(&form)).expect("sound"));
        let (apply, after) = took(|| here.taking(checked).expect("taken"));
        here = after;
        if n % (count / 4).max(1) == count / 4 - 1 {
            let (copy, _) = took(|| here.clone());
            let (save, saved) = took(|| here.save());
            let (load, _) = took(|| Run::load(RUN, &saved).expect("opens"));
            println!(
                "after {}: answer {answer:?}, check {check:?}, apply {apply:?}; copy {copy:?}, save {save:?} ({} B), load {load:?}",
                n + 1,
                saved.len()
            );
        }
    }
}
