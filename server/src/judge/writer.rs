//! The one task that writes what devices offer: it gathers pushes, judges them in one transaction, and
//! answers after the commit (`sync.md` 5). A commit costs a disk flush; forty devices share it.
//!
//! Organisations take turns ([`super::queue`]), and what one push brings is judged in parts of bounded cost, a
//! commit each: whoever sends work that is costly to judge is waited for one part long.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use frontline_domain::Clock;
use frontline_protocol::sync::{Judged, Stretch};
use tokio::runtime::RuntimeFlavor;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::entry::Offer;
use super::push::{Push, part};
use super::queue::Queue;
use super::runs::Runs;
use super::{Bench, Later, body, stretch};
use crate::contacts::Contacts;
use crate::feed::Feeds;
use crate::pen::Pen;
use crate::store::{Result, Store, StoreError, WriteTx};
use crate::system::timer_now;

/// How long a push waits for others to share its commit, where there are others.
const GATHER: Duration = Duration::from_millis(5);
/// Pushes of one commit at most.
const BATCH: usize = 64;
/// Cost of the offers of one commit, more or less, and of one push in it. A fact that goes the short way costs 1.
const COST: usize = 32_768;
const PART: usize = 16_384;
/// Of another fact; of a change of a document: of the longest run, some 20 ms (measured, a debug build).
const FACT: usize = 8;
const CHANGE: usize = 256;
/// Pushes that may wait; beyond, devices are told to come back.
const QUEUE: usize = 1_024;
/// After so long a push that is judged in part is answered with what it has, and one that is not is told to come
/// back: a device waits half a minute for the first byte of an answer, and then all was for nothing.
const SHOW: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(20);

/// What a device is told once it is durable.
#[derive(Default)]
pub struct Outcome {
    pub verdicts: Vec<Judged>,
    pub stretches: Vec<Stretch>,
    pub epoch_closed: bool,
    /// How many of the offers were judged.
    pub done: usize,
}

struct Waiting {
    push: Push,
    /// Of its offers so many are judged, with these verdicts.
    done: usize,
    outcome: Outcome,
    since: Instant,
    answer: oneshot::Sender<std::result::Result<Outcome, Unwritten>>,
}

impl Waiting {
    /// The offers that are judged next, and their cost.
    fn part(&self) -> (Range<usize>, usize) {
        let (mut cost, mut end) = (1, self.done);
        for offer in &self.push.offers[self.done..] {
            let one = cost_of(offer);
            if cost + one > PART && end > self.done {
                break;
            }
            (cost, end) = (cost + one, end + 1);
        }
        (self.done..end, cost)
    }
}

fn cost_of(offer: &Offer) -> usize {
    let is_change = offer.read.as_ref().is_ok_and(|entry| body::is_change(entry.header.entry_type));
    match offer.plain {
        Some(_) => 1,
        None if is_change => CHANGE,
        None => FACT,
    }
}

/// Nothing was taken; the same request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    #[error("too many pushes wait")]
    Busy,
    #[error("the store failed")]
    Failed,
}

/// The door to the writing task. When the last one is dropped, the task ends after what it has.
#[derive(Clone)]
pub struct Writer(Arc<Door>);

struct Door(Arc<Queue<Waiting>>);

impl Drop for Door {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Writer {
    /// Starts the task on a thread of its own: the flush of a commit blocks it. Where there is one thread for
    /// everything it is a task of that thread, so that nothing happens in another order the next time.
    pub fn start(store: Arc<dyn Store>, clock: Arc<dyn Clock>, contacts: Arc<Contacts>) -> Self {
        let queue = Arc::new(Queue::of(QUEUE));
        let runtime = tokio::runtime::Handle::current();
        let taken = queue.clone();
        let task = async move { run(&taken, store, clock, contacts).await };
        match runtime.runtime_flavor() {
            RuntimeFlavor::CurrentThread => drop(runtime.spawn(task)),
            _ => drop(std::thread::spawn(move || runtime.block_on(task))),
        }
        Self(Arc::new(Door(queue)))
    }

    /// Judges and stores; returns when it is durable. Where that takes long the verdicts are those on the first of
    /// the offers. Whoever no longer waits for the answer may find nothing or a part of it judged.
    pub async fn push(&self, push: Push) -> std::result::Result<Outcome, Unwritten> {
        let (answer, answered) = oneshot::channel();
        let outcome = Outcome::default();
        let out = self.0.0.put(push.org, Waiting { push, done: 0, outcome, since: timer_now(), answer });
        if let Some(out) = out {
            let _ = out.answer.send(Err(Unwritten::Busy));
        }
        timeout(PATIENCE, answered).await.map_err(|_| Unwritten::Busy)?.map_err(|_| Unwritten::Failed)?
    }
}

async fn run(queue: &Queue<Waiting>, store: Arc<dyn Store>, clock: Arc<dyn Clock>, contacts: Arc<Contacts>) {
    let mut runs = Runs::default();
    while let Some(first) = queue.next().await {
        let batch = gather(queue, first).await;
        let parts: Vec<(&Push, Range<usize>)> = batch.iter().map(|(waiting, part)| (&waiting.push, part.clone())).collect();
        let written = write(&*store, &*clock, &contacts, &mut runs, &parts).await;
        match written {
            Ok(outcomes) => {
                for ((mut waiting, part), outcome) in batch.into_iter().zip(outcomes) {
                    waiting.done = part.start + outcome.done;
                    waiting.outcome.verdicts.extend(outcome.verdicts);
                    waiting.outcome.stretches.extend(outcome.stretches);
                    waiting.outcome.epoch_closed |= outcome.epoch_closed;
                    let is_nothing_done = waiting.done == 0 && !waiting.push.offers.is_empty();
                    if is_nothing_done || waiting.done < waiting.push.offers.len() && waiting.since.elapsed() < SHOW {
                        queue.put_back(waiting.push.org, waiting);
                    } else {
                        let _ = waiting.answer.send(Ok(waiting.outcome));
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, pushes = batch.len(), "a batch was not written; its devices will send it again");
                runs.clear();
                for (waiting, _) in batch {
                    let _ = waiting.answer.send(Err(Unwritten::Failed));
                }
            }
        }
    }
}

/// What one commit is made of: what is there already, and, where that is more than one push, what comes within
/// some ms: a device alone does not wait.
async fn gather(queue: &Queue<Waiting>, first: Waiting) -> Vec<(Waiting, Range<usize>)> {
    let (mut batch, mut cost) = (Vec::new(), 0);
    let mut add = |batch: &mut Vec<(Waiting, Range<usize>)>, one: Waiting| {
        // Its device went away: it sends the same again, and until then others come first.
        if !one.answer.is_closed() {
            let (part, its) = one.part();
            cost += its;
            batch.push((one, part));
        }
        batch.len() < BATCH && cost < COST
    };
    let mut room = add(&mut batch, first);
    while room && let Some(next) = queue.take() {
        room = add(&mut batch, next);
    }
    let until = tokio::time::sleep(GATHER);
    tokio::pin!(until);
    while room && batch.len() > 1 {
        tokio::select! {
            () = &mut until => break,
            next = queue.next() => match next {
                Some(next) => room = add(&mut batch, next),
                None => break,
            },
        }
    }
    batch
}

async fn write(
    store: &dyn Store,
    clock: &dyn Clock,
    contacts: &Contacts,
    runs: &mut Runs,
    parts: &[(&Push, Range<usize>)],
) -> Result<Vec<Outcome>> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = store.write().await?;
    let mut feeds = Feeds::begin(&mut *tx, clock.now().wall_ms).await?;
    let incarnation = tx.incarnation().await?;
    let mut done = Vec::with_capacity(parts.len());
    runs.begin();
    let mut bench = Bench { tx: &mut *tx, feeds: &mut feeds, runs, incarnation, later: Vec::new(), dear: 0 };
    for (one, range) in parts {
        done.push((one.org, part(&mut bench, one, range.clone()).await?));
    }
    let later = bench.later;
    finish(&mut *tx, &mut feeds, later).await?;
    let idle = contacts.take();
    for contact in &idle {
        tx.touch(contact).await?;
    }
    if let Err(error) = tx.commit().await {
        contacts.put_back(idle);
        return Err(error);
    }
    let outcome = |(org, pushed): (_, super::push::Pushed)| {
        let (stretches, verdicts) = stretch::told(org, &feeds, pushed.decided);
        Outcome { verdicts, stretches, epoch_closed: pushed.epoch_closed, done: pushed.done }
    };
    Ok(done.into_iter().map(outcome).collect())
}

/// Ends a transaction's feeds: marks first, for the receipts of the later verdicts, then those.
pub(crate) async fn finish(tx: &mut dyn WriteTx, feeds: &mut Feeds, later: Vec<Later>) -> Result<()> {
    feeds.seal(tx).await?;
    if later.is_empty() {
        return Ok(());
    }
    for one in later {
        let pen = Pen::of(tx, one.org).await?;
        let body = frontline_protocol::sync::LaterVerdict { judged: one.decided.marked(one.org, feeds) };
        let scope = frontline_domain::Scope::Device(one.device);
        let body = frontline_domain::cbor::encode(&body);
        pen.write(tx, feeds, scope, frontline_domain::EntryType::VERDICT, body).await?;
    }
    feeds.seal(tx).await
}

impl From<StoreError> for Unwritten {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::Newer { .. } | StoreError::Full | StoreError::ReadOnly | StoreError::Corrupt(_) | StoreError::Failed(_) => {
                Self::Failed
            }
        }
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
