//! The real network, with a stopwatch and a tally; it leads to wherever the server is by now.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use frontline_device::net::{Failure, Http, HttpError, Post, Reply, ServerUrl, Timeouts, Transport};
use frontline_protocol::frame;
use frontline_protocol::sync::{Answer, Verdict};

/// Carries what one phone says, over connections of its own; all of them share the tally.
pub struct Meter {
    http: Http,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    target: Option<ServerUrl>,
    since: Option<Instant>,
    tally: Tally,
}

/// What was measured since the target was set.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// How long each answer took, ms.
    pub took_ms: Vec<f64>,
    /// Answers by status.
    pub statuses: BTreeMap<u16, u64>,
    /// Receipts, and when the last one came, s.
    pub receipts: u64,
    pub last_receipt_s: f64,
    /// Exchanges without an answer, by what broke them off.
    pub broken: BTreeMap<String, u64>,
    /// How often a phone waited within a sync before it said the same again.
    pub retries: u64,
    pub bytes_up: u64,
    pub bytes_down: u64,
}

impl Tally {
    /// Exchanges without an answer.
    pub fn unanswered(&self) -> u64 {
        self.broken.values().sum()
    }
}

impl Meter {
    pub fn new() -> Result<Self, HttpError> {
        Ok(Self { http: Http::new(Timeouts::default(), None)?, state: Arc::default() })
    }
    /// Another phone's, with the same tally.
    pub fn beside(&self) -> Result<Self, HttpError> {
        Ok(Self { http: Http::new(Timeouts::default(), None)?, state: self.state.clone() })
    }
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// From now on everything goes there, and counts.
    pub fn lead_to(&self, target: ServerUrl) {
        *self.state() = State { target: Some(target), since: Some(Instant::now()), tally: Tally::default() };
    }
    /// What was measured.
    pub fn tally(&self) -> Tally {
        self.state().tally.clone()
    }
}

fn receipts(reply: &Reply) -> u64 {
    let answer = frame::unpack::<Answer>("an answer", &reply.body);
    answer.map_or(0, |answer| {
        let stretched: u64 = answer.stretches.iter().map(|stretch| u64::from(stretch.count)).sum();
        stretched + answer.verdicts.iter().filter(|judged| matches!(judged.verdict, Verdict::Stored(_))).count() as u64
    })
}

#[async_trait]
impl Transport for Meter {
    async fn post(&self, server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        let server = self.state().target.clone().unwrap_or_else(|| server.clone());
        let (up, start) = (post.body.len() as u64, Instant::now());
        let answered = self.http.post(&server, post).await;
        let took_ms = start.elapsed().as_secs_f64() * 1e3;
        let receipts = answered.as_ref().map_or(0, receipts);
        let mut state = self.state();
        let since = state.since.map_or(0.0, |since| since.elapsed().as_secs_f64());
        let tally = &mut state.tally;
        tally.bytes_up += up;
        if receipts > 0 {
            tally.receipts += receipts;
            tally.last_receipt_s = since;
        }
        match &answered {
            Ok(reply) => {
                tally.took_ms.push(took_ms);
                tally.bytes_down += reply.body.len() as u64;
                *tally.statuses.entry(reply.status).or_default() += 1;
            }
            Err(failure) => *tally.broken.entry(failure.to_string()).or_default() += 1,
        }
        answered
    }

    async fn wait(&self, time: Duration) {
        self.state().tally.retries += 1;
        self.http.wait(time).await;
    }
}
