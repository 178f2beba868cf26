//! The judge by itself: what it says of what a phone offers, in one commit, without HTTP. The world and the phones are
//! those of `tests/it`.

mod assets;
mod content;
mod documents;
mod panics;
mod replays;
mod rights;
mod series;
mod signers;
mod times;
mod withdrawn;

use frontline_domain::fact::{ClockJumped, Fact, Noticed};
use frontline_domain::{CaptureId, EntryType, Scope};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, Header};

use super::Bench;
use super::entry::Offer;
use super::push::Push;
use super::runs::Runs;
use super::writer::Outcome;
use crate::feed::Feeds;
use crate::phone::{Phone, feedback};
use crate::world::World;

const REFUSED: fn(Code) -> Verdict = Verdict::Quarantined;

/// What becomes of these, offered at once.
async fn pushed(world: &World, phone: &Phone, offers: &[Entry]) -> Outcome {
    let push = Push {
        org: phone.enrolled.org,
        device: phone.enrolled.device,
        epoch: phone.epoch,
        next_seq: Some(phone.next),
        contact: phone.contact,
        arrived_ms: world.now_ms(),
        app: None,
        offers: offers.iter().map(|entry| Offer::read(entry.bytes().to_vec())).collect(),
        customers: Vec::new(),
    };
    world.app.writer().push(push).await.unwrap()
}

/// The verdicts on them, in their order.
async fn judged(world: &World, phone: &Phone, offers: &[Entry]) -> Vec<Verdict> {
    pushed(world, phone, offers).await.verdicts.into_iter().map(|one| one.verdict).collect()
}
async fn one(world: &World, phone: &Phone, offer: &Entry) -> Verdict {
    judged(world, phone, std::slice::from_ref(offer)).await.remove(0)
}
fn is_stored(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Stored(_))
}
/// The time that counts, of what was stored.
fn effective(verdict: &Verdict) -> i64 {
    match verdict {
        Verdict::Stored(receipt) => receipt.effective_ms,
        other => panic!("not stored: {other:?}"),
    }
}
fn number(verdict: &Verdict) -> u64 {
    match verdict {
        Verdict::Stored(receipt) => receipt.number,
        other => panic!("not stored: {other:?}"),
    }
}

/// Both ways through the judge: feedback goes the short one, a clock that jumped the long one.
#[derive(Debug, Clone, Copy)]
enum Way {
    Short,
    Long,
}
const WAYS: [Way; 2] = [Way::Short, Way::Long];

impl Way {
    /// Something that everybody may write at their site, with this done to its header.
    async fn entry(self, world: &World, phone: &mut Phone, change: impl FnOnce(&mut Header)) -> Entry {
        let fact = match self {
            Way::Short => feedback(world, phone.enrolled.org, 4).await,
            Way::Long => {
                let id = CaptureId::from_bytes(world.app.random.id());
                Fact::ClockJumped(ClockJumped { id, by_ms: 90_000, noticed: Noticed::Running })
            }
        };
        let mut header = phone.header(world, fact.entry_type());
        change(&mut header);
        phone.make(header, fact.encode())
    }
}

fn says(world: &World, phone: &mut Phone, fact: &Fact) -> Entry {
    let header = phone.header(world, fact.entry_type());
    phone.make(header, fact.encode())
}

/// Works with a bench of its own, and commits.
async fn at_bench<T>(world: &World, work: impl AsyncFnOnce(&mut Bench<'_>) -> T) -> T {
    let mut tx = world.app.store.write().await.unwrap();
    let mut feeds = Feeds::begin(&mut *tx, world.now_ms()).await.unwrap();
    let (incarnation, mut runs) = (tx.incarnation().await.unwrap(), Runs::default());
    let mut bench = Bench { tx: &mut *tx, feeds: &mut feeds, runs: &mut runs, incarnation, later: Vec::new(), dear: 0 };
    let out = work(&mut bench).await;
    let later = bench.later;
    super::writer::finish(&mut *tx, &mut feeds, later).await.unwrap();
    tx.commit().await.unwrap();
    out
}

async fn harbour(world: &World) -> (Phone, Scope) {
    let ana = Phone::enrol(world, "harbour", "ana").await;
    let scope = Scope::Site(ana.enrolled.site);
    (ana, scope)
}

fn of_type(phone: &Phone, world: &World, entry_type: EntryType) -> Header {
    phone.header(world, entry_type)
}
