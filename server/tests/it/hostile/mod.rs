//! A device that is enrolled and malicious, and a stranger, against a real server on a real socket.
//!
//! Each attempt is a request in its exact bytes and what has to be answered. The tables are in [`claims`] (who speaks),
//! [`messages`] (what a request is), [`entries`] and [`bodies`] (what is offered), [`runs`] (changes of documents) and
//! [`others`] (every other route). After all of them the store has to hold what it held, nobody may have panicked, not
//! even where a net is spread for it, and the memory must not have grown: [`in_a_process_of_its_own`] sees to that where
//! no other test runs.

mod attempt;
mod bodies;
mod claims;
mod entries;
mod messages;
mod others;
mod runs;
mod scene;

use std::sync::atomic::{AtomicUsize, Ordering};

use frontline_server::Front;

use crate::wire;
use crate::world::counts;
use scene::Scene;

/// Memory that all attempts together may add, MiB: what the server may have on the way for one organisation (bodies,
/// messages, answers, runs in memory) and this test's own copies. A bomb of 100 MB that unfolds is above it.
const MORE_MIB: u64 = 96;

/// Panics of any thread, caught or not.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// A panic of another test, or its memory, would be counted here: this test runs alone, as a process.
#[test]
fn a_hostile_device_gets_nothing_in_and_takes_nothing_down() {
    let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
    let said = alone.args(["hostile::in_a_process_of_its_own", "--exact", "--ignored", "--nocapture"]).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    let figures = out.lines().chain(err.lines()).find(|line| line.starts_with("hostile: "));
    assert!(said.status.success() && figures.is_some(), "{:?}\n{out}\n{err}", said.status);
    println!("{}", figures.unwrap());
}

#[ignore = "run by the test above, as a process of its own"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_process_of_its_own() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        tell(panic);
    }));
    let mut scene = Scene::set().await;
    claims::add(&mut scene).await;
    messages::add(&mut scene).await;
    entries::add(&mut scene).await;
    bodies::add(&mut scene).await;
    runs::add(&mut scene).await;
    others::add(&mut scene).await;
    let attempts = std::mem::take(&mut scene.attempts);
    let running = wire::serve(&scene.world, Front::default()).await;
    scene.is_served(running.addr).await;

    let before = scene.standing().await;
    let memory = Memory::now();
    let mut wrong = Vec::new();
    for attempt in &attempts {
        let answer = attempt.send(running.addr).await;
        if let Err(why) = attempt.judge(answer) {
            wrong.push(format!("{}: {why}", attempt.name));
        }
    }
    let more = memory.zip(Memory::now()).map(|(before, now)| now.peak_kib.saturating_sub(before.now_kib) / 1024);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), attempts.len(), wrong.join("\n"));
    assert_eq!(scene.standing().await, before, "something was accepted");
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "panics");
    assert!(running.app.metrics.render().contains("\nfrontline_panics_total 0\n"));
    assert!(more.is_none_or(|more| more <= MORE_MIB), "{more:?} MiB more");

    // Who is honest is served as before, and only then something is stored.
    scene.is_served(running.addr).await;
    scene.sends_the_unsent(running.addr).await;
    let stored = |all: &std::collections::BTreeMap<String, u64>| all["feedback-given"];
    assert_eq!(stored(&counts(&scene.world, scene.world.org()).await), before.counts["feedback-given"] + 2);
    running.shutdown().await;
    // What was not measured is no zero.
    let more = more.map_or_else(|| "memory not measured".to_owned(), |more| format!("{more} MiB more"));
    println!("hostile: {} attempts, 0 accepted, 0 panics, {more}", attempts.len());
}

/// What the system says of this process; none where it says nothing.
struct Memory {
    now_kib: u64,
    peak_kib: u64,
}

impl Memory {
    fn now() -> Option<Memory> {
        let said = std::fs::read_to_string("/proc/self/status").ok()?;
        let of = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix("kB")?.trim().parse().ok());
        let memory = Memory { now_kib: of("VmRSS:")?, peak_kib: of("VmHWM:")? };
        // The peak from here on; where that is not allowed, the one before counts too and the test is stricter.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        Some(memory)
    }
}
