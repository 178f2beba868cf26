//! Becoming another person by their PIN, without a network; the yardstick is one Argon2id of the same cost, as the
//! server takes for a password.

use std::path::Path;
use std::time::Instant;

use frontline_device::people::pin::PinDraft;
use frontline_server::admin::secrets;
use frontline_server::system::SystemRandom;
use serde_json::{Map, Value};

use super::{Ground, figure, median};

const TIMES: usize = 9;
const PIN: &str = "4071";

pub async fn run(content: &Path, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut ground = Ground::new(content).await?;
    let mut phone = ground.world.enrol("phone", "ana-pereira", "harbour").await?;
    phone.call(serde_json::json!({"do": "sync.now"})).await;
    let core = phone.core().ok_or("the phone is in this process")?;
    core.people().set_pin(&PinDraft { pin: PIN.to_owned(), ..PinDraft::default() }).map_err(|e| e.to_string())?;
    let (mut switches, mut hashes) = (Vec::with_capacity(TIMES), Vec::with_capacity(TIMES));
    for _ in 0..TIMES {
        let start = Instant::now();
        core.people().switch("ana-pereira", Some(PIN)).map_err(|e| e.to_string())?;
        switches.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        secrets::hash_password(&SystemRandom, PIN);
        hashes.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let (switch, hash) = (median(&mut switches), median(&mut hashes));
    out.insert("pin_switch_ms".to_owned(), figure(switch));
    out.insert("pin_raw_argon2_ms".to_owned(), figure(hash));
    out.insert("pin_ratio".to_owned(), figure(switch / hash));
    ground.world.stop().await;
    Ok(())
}
