//! What the server alone takes in: pages of a thousand facts, made and packed beforehand, each signed as it is
//! sent, from several devices at once over connections of their own; every commit flushed.

use std::time::Instant;

use ed25519_dalek::SigningKey;
use frontline_device::net::{Http, Post, ServerUrl, Timeouts, Transport};
use frontline_device::system::{SystemClock, SystemRandom};
use frontline_domain::fact::{Fact, InteractionOpened};
use frontline_domain::{CaptureId, Clock, EntryType, Moment, PersonId, Random, Scope, SiteId};
use frontline_protocol::sync::{Answer, PATH, Verdict};
use frontline_protocol::{Entry, Header, frame};
use serde_bytes::ByteBuf;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::{Given, Stage, words};
use crate::phone::folder;
use crate::world::offer::Voice;

const DEVICES: usize = 8;
const PAGES: usize = 15;
const PAGE: usize = 1_000;

/// A device's pages, packed; of its claim the next number and the nonce change.
struct Packed {
    voice: Voice,
    pages: Vec<(u64, Vec<u8>)>,
}

pub(crate) async fn run(given: &Given<'_>, out: &mut Map<String, Value>) -> Result<(), String> {
    let mut stage = Stage::set(given.content).await?;
    let mut devices = Vec::with_capacity(DEVICES);
    for n in 0..DEVICES {
        let name = format!("device-{n}");
        let phone = stage.phone(&name, "ana-pereira", "harbour").await?;
        drop(phone);
        let voice = Voice::of(&folder(stage.folder.path(), &name), 0)?;
        let person = voice.person.as_ref().ok_or("nobody is enrolled")?;
        let (person, site) = (person.person, person.site);
        devices.push(packed(voice, person, site));
    }
    let serving = stage.apart(given.program).await?;
    let server: ServerUrl = format!("http://{}", serving.addr).parse().map_err(words)?;
    let start = Instant::now();
    let mut pushing = JoinSet::new();
    for device in devices {
        pushing.spawn(pushed(device, server.clone()));
    }
    let mut stored = 0;
    for one in pushing.join_all().await {
        stored += one?;
    }
    let took = start.elapsed().as_secs_f64();
    out.insert("ingest_facts".to_owned(), json!(stored));
    out.insert("ingest_per_s".to_owned(), json!((stored as f64 / took).round()));
    out.insert("ingest_server_peak_mib".to_owned(), json!(serving.pid().map_or(0, crate::bench::memory::peak_of) / 1_024));
    serving.kill().await;
    stage.world.stop().await;
    if stored == DEVICES * PAGES * PAGE { Ok(()) } else { Err(format!("{stored} of {} facts were stored", DEVICES * PAGES * PAGE)) }
}

fn now() -> Moment {
    let read = SystemClock.now();
    Moment { wall_ms: read.wall_ms, offset_min: 0, mono_ms: read.mono_ms, boot: 1, server_offset_ms: Some(0) }
}

fn packed(voice: Voice, person: PersonId, site: SiteId) -> Packed {
    let (random, first) = (SystemRandom, voice.claim.next_seq);
    let fact = |seq: u64| {
        let opened = InteractionOpened {
            // As phones make them.
            id: CaptureId::from_bytes(random.uuid_v7(now().wall_ms)),
            reason: "refund".parse().ok(),
            channel: "in-person".parse().ok(),
            touchpoint: None,
        };
        let header = Header {
            org: voice.claim.org,
            scope: Scope::Site(site),
            entry_type: EntryType::INTERACTION_OPENED,
            person,
            device: voice.claim.device,
            epoch: voice.claim.epoch,
            seq,
            moment: now(),
            contact: voice.request.contact,
            seen: None,
            rebuild: 0,
            replaces: None,
        };
        ByteBuf::from(Entry::make(header, Fact::InteractionOpened(opened).encode()).bytes().to_vec())
    };
    let pages = (0..PAGES).map(|page| {
        let from = first + (page * PAGE) as u64;
        let next = from + PAGE as u64;
        let request = frontline_protocol::sync::Request { offers: (from..next).map(fact).collect(), ..voice.request.clone() };
        (next, frame::pack(&request))
    });
    Packed { pages: pages.collect(), voice }
}

async fn pushed(device: Packed, server: ServerUrl) -> Result<usize, String> {
    let http = Http::new(Timeouts::default(), None).map_err(words)?;
    let (key, mut claim, mut stored) = (SigningKey::from_bytes(&device.voice.seed), device.voice.claim, 0);
    for (next, body) in device.pages {
        claim.next_seq = next;
        let reply = http.post(&server, Post { path: PATH, body: claim.seal(&key, PATH, &body) }).await.map_err(words)?;
        if reply.status != 200 {
            return Err(format!("the server answered {}", reply.status));
        }
        let answer: Answer = frame::unpack("an answer", &reply.body).map_err(words)?;
        if !answer.nonce.is_empty() {
            claim.nonce = answer.nonce.into_vec();
        }
        stored += answer.stretches.iter().map(|stretch| stretch.count as usize).sum::<usize>();
        stored += answer.verdicts.iter().filter(|judged| matches!(judged.verdict, Verdict::Stored(_))).count();
    }
    Ok(stored)
}
