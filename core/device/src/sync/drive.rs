//! Drives the state machine: gathers and applies at the store, sends over the network, waits.
//!
//! Dropping the future at any await is safe. Nothing is held over an await but the turn, which is given back
//! by the drop; each piece of an answer is a transaction that was committed or was not; an answer that was
//! cut is asked for again, and what was offered twice is one entry.

use std::sync::{Arc, OnceLock};

use frontline_domain::env::{Clock, Random};
use frontline_protocol::sync::Answer;
use frontline_protocol::{Code, frame, limits};

use super::apply;
use super::blocked;
use super::engine::{Applied, Ask, Engine, Input, Output, Sent, Work};
use super::enrol;
use super::gather;
use super::give;
use super::report::{Ended, Report};
use crate::error::Fault;
use crate::leave;
use crate::net::{Failure, Http, Timeouts, Transport, classify};
use crate::observe::{Observers, Origin, Topic, Touched};
use crate::project::lists;
use crate::store::{Cause, Store, StoreError, Tx, meta, sync_rows};

/// What syncs, one at a time.
#[derive(Default)]
pub(crate) struct Syncer {
    /// Set once: by whoever brings a network, or at the first use, the real one.
    transport: OnceLock<Arc<dyn Transport>>,
    engine: tokio::sync::Mutex<Engine>,
}

/// What a sync works with.
pub(crate) struct Around<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub random: &'a dyn Random,
    pub observers: &'a Observers,
}

impl Syncer {
    /// Uses another network than the real one; false where one is in use already.
    pub(crate) fn use_transport(&self, transport: Arc<dyn Transport>) -> bool {
        self.transport.set(transport).is_ok()
    }

    /// The network.
    pub(crate) fn transport(&self) -> Result<Arc<dyn Transport>, Fault> {
        if let Some(transport) = self.transport.get() {
            return Ok(transport.clone());
        }
        let made: Arc<dyn Transport> = Arc::new(Http::new(Timeouts::default(), None)?);
        Ok(self.transport.get_or_init(|| made).clone())
    }

    /// One sync, until nothing is left, `deadline_ms` of the monotonic clock has come, or it failed. A second
    /// one that is asked for meanwhile waits for its turn: what was captured last must go out.
    pub(crate) async fn run(&self, around: &Around<'_>, deadline_ms: Option<u64>) -> Result<Report, Fault> {
        let transport = self.transport()?;
        let out_of_time = || Ok(Report { ended: Ended::OutOfTime, ..Report::default() });
        // Another one may be waiting for a server that says nothing.
        let Some(mut engine) = within(transport.as_ref(), around, deadline_ms, self.engine.lock()).await else { return out_of_time() };
        let mut input = Input::Start { deadline_ms };
        // The deadline has come, whatever the clock says of the last millisecond.
        let mut at_least_ms = 0;
        loop {
            let now_ms = around.clock.now().mono_ms.max(at_least_ms);
            input = match engine.step(now_ms, input).pop() {
                Some(Output::Send(ask)) => {
                    let said = within(transport.as_ref(), around, deadline_ms, known(transport.as_ref(), around, &ask)).await;
                    // A server that says nothing must not use up more than was lent.
                    at_least_ms = if said.is_none() { deadline_ms.unwrap_or_default() } else { at_least_ms };
                    match said.unwrap_or(Ok(Err(Failure::Timeout)))? {
                        Ok((answer, sent)) => Input::Answered { answer: Box::new(answer), sent },
                        Err(failure) => {
                            turned_away(around, &failure)?;
                            Input::Failed { failure, jitter: around.random.next_u64() }
                        }
                    }
                }
                Some(Output::Apply(work)) => match apply_one(around, &work) {
                    Ok(applied) => {
                        around.observers.tell(&applied.tally.touched, Origin::Remote);
                        Input::Applied(applied)
                    }
                    Err(fault) if fault.store_error().is_some_and(StoreError::is_full) => {
                        Input::NoRoom { unsent: around.store.read(sync_rows::unsent)? }
                    }
                    Err(fault) => return Err(fault),
                },
                Some(Output::Wait { until_ms }) => {
                    let wait = until_ms.saturating_sub(around.clock.now().mono_ms);
                    transport.wait(std::time::Duration::from_millis(wait)).await;
                    Input::Tick
                }
                Some(Output::Done(mut report)) => {
                    tend_lists(around);
                    if report.ended == Ended::Complete {
                        let given = within(transport.as_ref(), around, deadline_ms, give::give_back(transport.as_ref(), around)).await;
                        given.transpose()?;
                        report.left = let_leave(around)?;
                    }
                    around.store.keep_reserve();
                    around.store.shrink();
                    report.blocked = around.store.read(blocked::current)?;
                    return Ok(report);
                }
                // The state machine always says what comes next; if it ever does not, nothing is lost.
                None => return Ok(Report { ended: Ended::Stuck, ..Report::default() }),
            };
        }
    }
}

/// One piece of work in its transaction. What others did has to find room; the server's word on own work gets
/// through as long as there is any.
fn apply_one(around: &Around<'_>, work: &Work) -> Result<Applied, Fault> {
    let apply = |tx: &Tx<'_>| apply::apply(tx, around.random, work);
    if matches!(work, Work::Page { .. }) { around.store.write(apply) } else { around.store.write_at_last(apply) }
}

/// What is old and safe at the server leaves, once all that the server had to say is here.
fn let_leave(around: &Around<'_>) -> Result<u64, Fault> {
    let mut touched = Touched::default();
    let left = around.store.write(|tx| leave::leave(tx, &mut touched))?;
    around.observers.tell(&touched, Origin::Local);
    Ok(left)
}

/// What lists have that is new is made ready to be chosen from. That it can't be now, on a full disk, is no reason for a
/// sync to fail: the versions that were here stay, and the next sync tries again.
fn tend_lists(around: &Around<'_>) {
    let mut touched = Touched::default();
    if let Err(fault) = lists::tend(around.store, &mut touched) {
        tracing::warn!(cause = %fault, "what is new of the lists could not be taken in; it is tried again");
    }
    around.observers.tell(&touched, Origin::Remote);
}

/// Keeps the reason where the server turned the device away.
fn turned_away(around: &Around<'_>, failure: &Failure) -> Result<(), Fault> {
    let Some(code) = blocked::code_of(failure) else { return Ok(()) };
    let is_news = around.store.write_at_last(|tx| {
        let server_ms = around.clock.now().wall_ms + meta::server_offset(tx)?.unwrap_or(0);
        blocked::note(tx, code, server_ms)
    })?;
    if is_news {
        let mut touched = Touched::default();
        touched.topic(Topic::Sync);
        around.observers.tell(&touched, Origin::Remote);
    }
    Ok(())
}

/// Does it, unless the time that was lent is over before.
async fn within<T>(transport: &dyn Transport, around: &Around<'_>, deadline_ms: Option<u64>, work: impl Future<Output = T>) -> Option<T> {
    let Some(deadline_ms) = deadline_ms else { return Some(work.await) };
    let left = std::time::Duration::from_millis(deadline_ms.saturating_sub(around.clock.now().mono_ms));
    tokio::select! {
        biased;
        done = work => Some(done),
        () = transport.wait(left) => None,
    }
}

/// One exchange; with a server that does not know this device, after showing it the device's certificates, and with one
/// that does not remember where it stands (it was begun anew, or heard of many others since), said whole. A restored
/// server is both.
async fn known(transport: &dyn Transport, around: &Around<'_>, ask: &Ask) -> Result<Result<(Answer, Sent), Failure>, Fault> {
    give::give_back(transport, around).await?;
    let (mut ask, mut shown) = (ask.clone(), false);
    loop {
        let said = exchange(transport, around, &ask).await?;
        match &said {
            Err(Failure::Refused(refused)) if refused.code == Code::UNKNOWN_DEVICE && !shown => {
                match enrol::show(transport, around).await? {
                    Ok(()) => shown = true,
                    // That it is revoked says more than that it is not known.
                    Err(Failure::Refused(why)) if why.code == Code::DEVICE_REVOKED => return Ok(Err(Failure::Refused(why))),
                    Err(_) => return Ok(said),
                }
            }
            Err(Failure::Refused(refused)) if refused.code == Code::SAY_IT_WHOLE && !ask.whole => ask.whole = true,
            _ => return Ok(said),
        }
    }
}

async fn exchange(transport: &dyn Transport, around: &Around<'_>, ask: &Ask) -> Result<Result<(Answer, Sent), Failure>, Fault> {
    let gathered = around.store.read(|db| gather::gather(db, around.random, ask))?;
    let server = gathered.server.parse().map_err(|_| StoreError::BadColumn { column: "meta.identity" })?;
    let mut sent = gathered.sent;
    let body = match transport.post(&server, gathered.post).await.and_then(classify::classify) {
        Ok(body) => body,
        Err(failure) => return Ok(Err(failure)),
    };
    sent.bytes_down = body.len() as u64;
    sent.wall_ms = around.clock.now().wall_ms;
    match frame::unpack::<Answer>("an answer", &body) {
        Ok(answer) if answer.reads_stand && !gathered.is_known => Ok(Err(Failure::Unreadable("it answers what was not said".to_owned()))),
        Ok(mut answer) => {
            let mut stance = gathered.stance;
            if answer.reads_stand {
                answer.reads.clone_from(&stance.reads);
            }
            stance.reads.clone_from(&answer.reads);
            sent.stance = answer.is_still().then(|| stance.digest());
            Ok(Ok((answer, sent)))
        }
        Err(frame::FrameError::TooLarge { .. }) => Ok(Err(Failure::TooLarge { most: limits::MESSAGE })),
        Err(error) => Ok(Err(Failure::Unreadable(error.to_string()))),
    }
}
