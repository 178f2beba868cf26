//! `device do --story`: a phone whose time and chance come from the story that drives it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use frontline_domain::{Clock, Reading};
use frontline_sim::time::Seeded;
use frontline_sim::verbs::Handset;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::device::answer;
use crate::failure::Done;

#[derive(Default)]
struct Told {
    wall_ms: AtomicI64,
    mono_ms: AtomicI64,
    boot: u64,
}

impl Clock for Told {
    fn now(&self) -> Reading {
        Reading {
            wall_ms: self.wall_ms.load(Ordering::SeqCst),
            offset_min: 0,
            mono_ms: u64::try_from(self.mono_ms.load(Ordering::SeqCst)).unwrap_or(0),
            boot: self.boot,
        }
    }
}

/// Opens the phone at the first `clock.set` and answers every line until the input ends.
pub async fn run(dir: &Path) -> Done {
    let mut phone: Option<(Handset, Arc<Told>)> = None;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let said: Value = serde_json::from_str(&line).unwrap_or(Value::Null);
        if said["do"] == json!("clock.set") {
            let (wall, mono) = (said["wall_ms"].as_i64().unwrap_or(0), said["mono_ms"].as_i64().unwrap_or(0));
            let (_, clock) = match &mut phone {
                Some(open) => open,
                None => {
                    let seed = said["seed"].as_u64().unwrap_or(7);
                    let clock = Arc::new(Told { boot: seed, ..Told::default() });
                    clock.wall_ms.store(wall, Ordering::SeqCst);
                    let opened = Handset::open(dir, clock.clone(), Seeded::new(seed))?;
                    phone.insert((opened, clock))
                }
            };
            clock.wall_ms.store(wall, Ordering::SeqCst);
            clock.mono_ms.store(mono, Ordering::SeqCst);
            answer(&json!({"ok": true}));
        } else if let Some((handset, _)) = &mut phone {
            answer(&handset.call_line(&line).await);
        } else {
            answer(&json!({"ok": false, "error": "invalid", "field": "do", "rule": "clock", "message": "a story says clock.set first"}));
        }
    }
    Ok(())
}
