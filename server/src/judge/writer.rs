//! The one task that writes what devices offer: it gathers pushes, judges them in one transaction, and
//! answers after the commit (`sync.md` 5). A commit costs a disk flush; forty devices share it.

use std::sync::Arc;
use std::time::Duration;

use frontline_domain::Clock;
use frontline_protocol::sync::Judged;
use tokio::sync::{mpsc, oneshot};

use super::push::{Push, push};
use super::runs::Runs;
use super::{Bench, Later};
use crate::contacts::Contacts;
use crate::feed::Feeds;
use crate::pen::Pen;
use crate::store::{Result, Store, StoreError, WriteTx};

/// How long a push waits for others to share its commit, where there are others.
const GATHER: Duration = Duration::from_millis(5);
/// Pushes of one commit at most.
const BATCH: usize = 64;
/// Pushes that may wait; beyond, devices are told to come back.
const QUEUE: usize = 512;

/// What a device is told once it is durable.
pub struct Outcome {
    pub verdicts: Vec<Judged>,
    pub epoch_closed: bool,
}

struct Waiting {
    push: Push,
    answer: oneshot::Sender<std::result::Result<Outcome, Unwritten>>,
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
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
}

impl Writer {
    /// Starts the task on a thread of its own: the flush of a commit blocks it.
    pub fn start(store: Arc<dyn Store>, clock: Arc<dyn Clock>, contacts: Arc<Contacts>) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let runtime = tokio::runtime::Handle::current();
        std::thread::spawn(move || runtime.block_on(run(waiting, store, clock, contacts)));
        Self { queue }
    }

    /// Judges and stores; returns when it is durable.
    pub async fn push(&self, push: Push) -> std::result::Result<Outcome, Unwritten> {
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Waiting { push, answer }).map_err(|_| Unwritten::Busy)?;
        answered.await.map_err(|_| Unwritten::Failed)?
    }
}

async fn run(mut queue: mpsc::Receiver<Waiting>, store: Arc<dyn Store>, clock: Arc<dyn Clock>, contacts: Arc<Contacts>) {
    let mut runs = Runs::default();
    while let Some(first) = queue.recv().await {
        let mut batch = vec![first];
        gather(&mut queue, &mut batch).await;
        let pushes: Vec<&Push> = batch.iter().map(|waiting| &waiting.push).collect();
        let outcome = write(&*store, &*clock, &contacts, &mut runs, &pushes).await;
        match outcome {
            Ok(outcomes) => {
                for (waiting, outcome) in batch.into_iter().zip(outcomes) {
                    let _ = waiting.answer.send(Ok(outcome));
                }
            }
            Err(error) => {
                tracing::error!(%error, pushes = batch.len(), "a batch was not written; its devices will send it again");
                runs.clear();
                for waiting in batch {
                    let _ = waiting.answer.send(Err(Unwritten::Failed));
                }
            }
        }
    }
}

/// Takes what is there already, and, where that is more than one, what comes within some ms: a device alone
/// does not wait.
async fn gather(queue: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>) {
    while batch.len() < BATCH
        && let Ok(next) = queue.try_recv()
    {
        batch.push(next);
    }
    let until = tokio::time::sleep(GATHER);
    tokio::pin!(until);
    while batch.len() > 1 && batch.len() < BATCH {
        tokio::select! {
            () = &mut until => return,
            next = queue.recv() => match next {
                Some(next) => batch.push(next),
                None => return,
            },
        }
    }
}

async fn write(store: &dyn Store, clock: &dyn Clock, contacts: &Contacts, runs: &mut Runs, pushes: &[&Push]) -> Result<Vec<Outcome>> {
    let mut tx = store.write().await?;
    let mut feeds = Feeds::new(clock.now().wall_ms);
    let incarnation = tx.incarnation().await?;
    let mut done = Vec::with_capacity(pushes.len());
    let mut bench = Bench { tx: &mut *tx, feeds: &mut feeds, runs, incarnation, later: Vec::new() };
    for one in pushes {
        done.push((one.org, push(&mut bench, one).await?));
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
    let outcome = |(org, pushed): (_, super::push::Pushed)| Outcome {
        verdicts: pushed.decided.into_iter().map(|d| d.marked(org, &feeds)).collect(),
        epoch_closed: pushed.epoch_closed,
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
