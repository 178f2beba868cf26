//! The course of one sync, as a state machine that neither waits, reads nor writes: `step(now, input)` says
//! what to do next, and whoever drives it comes back with what became of it. So a story can cut it anywhere,
//! and a seed replays it.
//!
//! One round is: send what the store has to offer and its cursors; apply the answer piece by piece, each
//! piece in a transaction of its own (verdicts, with a new epoch if the server closed this one; then rights,
//! then pages, then what the answer said of time and place); send again while something is left.

use std::collections::{BTreeSet, VecDeque};

use frontline_domain::{Epoch, Scope, TypeSet};
use frontline_protocol::limits;
use frontline_protocol::sync::{Answer, Cursor};

use super::backoff;
use super::report::{Ended, Report, Tally};
pub use super::work::{Ask, Finish, Work};
use crate::net::Failure;

/// What a sync may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How often the same message is tried within one sync, where trying again makes sense.
    pub tries: u32,
    /// The first wait, and the longest one, ms.
    pub base_ms: u64,
    pub cap_ms: u64,
    /// A wait longer than this ends the sync; the shell's scheduler comes back.
    pub patience_ms: u64,
    /// Bytes of a page at most, and of an offer.
    pub page_bytes: u32,
    pub offer_bytes: usize,
    pub offer_entries: usize,
}
impl Default for Settings {
    fn default() -> Self {
        Self {
            tries: 3,
            base_ms: 500,
            cap_ms: 300_000,
            patience_ms: 10_000,
            page_bytes: limits::ROUND as u32,
            offer_bytes: limits::ROUND,
            offer_entries: limits::ROUND_ENTRIES,
        }
    }
}

/// What happened.
#[derive(Debug)]
pub enum Input {
    /// Begin. A deadline of the monotonic clock, ms, for time that the system lent.
    Start { deadline_ms: Option<u64> },
    /// The server answered the message that was sent last.
    Answered { answer: Box<Answer>, sent: Sent },
    /// It was not answered. `jitter` is any random number.
    Failed { failure: Failure, jitter: u64 },
    /// The piece of work that was handed out last is done and on the disk.
    Applied(Applied),
    /// The disk had no room for it. So many own entries wait to be offered.
    NoRoom { unsent: u64 },
    /// The time that was waited for has come.
    Tick,
}

/// What a message held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    pub cursors: Vec<Cursor>,
    /// There are more cursors than a message takes: of the scopes of the others nothing is heard.
    pub cut: bool,
    /// The series and its next number, as the message stated them.
    pub stated: Option<(Epoch, u64)>,
    /// The wall clock when the answer came, ms.
    pub wall_ms: i64,
    pub offers: u64,
    /// The digest of where the device stands, which the server remembers: it told nothing new.
    pub stance: Option<[u8; 16]>,
    pub bytes_up: u64,
    pub bytes_down: u64,
}

/// What a piece of work did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    pub tally: Tally,
    /// How many own entries wait to be offered now.
    pub unsent: u64,
}

/// What to do next. There is always exactly one, except that nothing follows [`Output::Done`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Gather from the store, sign and send.
    Send(Ask),
    /// Apply in one transaction.
    Apply(Work),
    /// Come back with [`Input::Tick`] at this time of the monotonic clock.
    Wait {
        until_ms: u64,
    },
    Done(Report),
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Idle,
    Sending,
    Waiting,
    Applying,
}

/// One sync after another; keeps in between only how often it failed in a row.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    state: State,
    deadline_ms: Option<u64>,
    report: Report,
    work: VecDeque<Work>,
    older: BTreeSet<Scope>,
    /// The answer being applied said that more waits, or that scopes disagree.
    again: bool,
    /// The answer was about a part of the cursors.
    cut: bool,
    /// Something moved since the last answer.
    progress: bool,
    rounds_without: u32,
    /// New series that were taken in this sync.
    renewals: u32,
    tries: u32,
    /// The message was signed anew once; and: the nonce for that is being kept.
    nonce_renewed: bool,
    keeping_nonce: bool,
    /// There was no room for something: what others did has to wait, and own work is offered so much at a time.
    no_room: Option<usize>,
    /// In a row, over all syncs of this engine.
    failures: u32,
    /// How many quarters of a round are asked for: what breaks off costs all of it.
    smaller: u32,
}

/// After so many answers in a row that bring nothing, asking on is pointless. Not one: an answer may
/// honestly say only "ask with older marks", and a capture may come in between.
const STUCK_AFTER: u32 = 3;
/// New series within one sync. One is a clone that was noticed, two a clone that was used meanwhile.
const RENEWALS: u32 = 3;
/// Entries that are offered at once where there was no room for the receipts of more.
const FEW: usize = 64;

impl Default for Engine {
    fn default() -> Self {
        Self::new(Settings::default())
    }
}

impl Engine {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            state: State::Idle,
            deadline_ms: None,
            report: Report::default(),
            work: VecDeque::new(),
            older: BTreeSet::new(),
            again: false,
            cut: false,
            progress: false,
            rounds_without: 0,
            renewals: 0,
            tries: 0,
            nonce_renewed: false,
            keeping_nonce: false,
            no_room: None,
            failures: 0,
            smaller: 0,
        }
    }

    /// What to do, now that `input` happened; `now_ms` is of the monotonic clock.
    pub fn step(&mut self, now_ms: u64, input: Input) -> Vec<Output> {
        let next = match (input, &self.state) {
            (Input::Start { deadline_ms }, _) => self.start(now_ms, deadline_ms),
            (Input::Answered { answer, sent }, State::Sending) => self.answered(now_ms, *answer, sent),
            (Input::Failed { failure, jitter }, State::Sending) => self.failed(now_ms, failure, jitter),
            (Input::Applied(applied), State::Applying) => self.applied(now_ms, applied),
            (Input::NoRoom { unsent }, State::Applying) => self.without_room(now_ms, unsent),
            (Input::Tick, State::Waiting) => self.send(now_ms),
            // Late news of a sync that ended or was begun anew: what it tells is in the store or lost.
            _ => return Vec::new(),
        };
        vec![next]
    }

    fn start(&mut self, now_ms: u64, deadline_ms: Option<u64>) -> Output {
        // Whatever a sync that was dropped halfway left: the store knows how far it came.
        *self = Self { failures: self.failures, smaller: self.smaller, deadline_ms, ..Self::new(self.settings) };
        self.send(now_ms)
    }

    fn is_over(&self, now_ms: u64) -> bool {
        self.deadline_ms.is_some_and(|deadline| now_ms >= deadline)
    }

    fn send(&mut self, now_ms: u64) -> Output {
        if self.is_over(now_ms) {
            return self.done(Ended::OutOfTime);
        }
        self.state = State::Sending;
        Output::Send(Ask {
            older: self.older.clone(),
            page_bytes: if self.no_room.is_some() { 0 } else { self.settings.page_bytes >> (2 * self.smaller) },
            offer_bytes: self.settings.offer_bytes >> (2 * self.smaller),
            offer_entries: self.no_room.unwrap_or(self.settings.offer_entries >> (2 * self.smaller)).max(1),
            whole: false,
        })
    }

    fn answered(&mut self, now_ms: u64, answer: Answer, sent: Sent) -> Output {
        (self.tries, self.failures, self.nonce_renewed) = (0, 0, false);
        self.smaller = self.smaller.saturating_sub(1);
        self.report.round_trips += 1;
        self.report.sent += sent.offers;
        self.report.bytes_up += sent.bytes_up;
        self.report.bytes_down += sent.bytes_down;
        let disagrees: BTreeSet<Scope> = answer.disagrees.iter().copied().collect();
        self.again = answer.more || !disagrees.is_empty();
        self.cut = sent.cut;
        // Asking with older marks where they were not asked for before brings something on.
        self.progress = !disagrees.is_subset(&self.older);
        self.older = disagrees.clone();

        let allowed = |scope: Scope| answer.reads.iter().find(|(s, _)| *s == scope).map_or(TypeSet::EMPTY, |(_, types)| *types);
        self.work.clear();
        if !answer.verdicts.is_empty() || !answer.stretches.is_empty() || answer.epoch_closed {
            let Answer { verdicts: judged, stretches, epoch_closed, .. } = answer;
            self.work.push_back(Work::Judge { judged, stretches, epoch_closed });
        }
        if self.no_room.is_some() {
            // Without its pages an answer is no contact, and what it says of rights belongs to them.
            return if self.work.is_empty() { self.done(Ended::NoRoom) } else { self.next_work(now_ms) };
        }
        self.work.push_back(Work::Rights(answer.reads.clone(), answer.incarnation));
        for page in answer.pages {
            let allowed = allowed(page.scope);
            let asked = sent.cursors.iter().filter(|c| c.scope == page.scope).cloned().collect();
            self.work.push_back(Work::Page { page, asked, allowed, incarnation: answer.incarnation, time_ms: answer.time_ms });
        }
        self.work.push_back(Work::Finish(Finish {
            incarnation: answer.incarnation,
            time_ms: answer.time_ms,
            wall_ms: sent.wall_ms,
            stated: sent.stated,
            nonce: answer.nonce.into_vec(),
            stated_cursors: sent.cursors,
            stance: sent.stance,
            reads: answer.reads,
            disagrees,
            more: answer.more,
            backed_up: answer.backed_up,
            customers: answer.customers.map(serde_bytes::ByteArray::into_array),
            is_first: self.report.round_trips == 1,
            bytes_up: sent.bytes_up,
            bytes_down: sent.bytes_down,
        }));
        self.next_work(now_ms)
    }

    fn next_work(&mut self, now_ms: u64) -> Output {
        match self.work.pop_front() {
            // Time is looked at between pages. Verdicts and a new epoch are not put off: they are short, and
            // a receipt that was not written down costs the whole offer again.
            Some(Work::Page { .. }) if self.is_over(now_ms) => self.done(Ended::OutOfTime),
            Some(work) => {
                self.state = State::Applying;
                Output::Apply(work)
            }
            None => self.send(now_ms),
        }
    }

    fn applied(&mut self, now_ms: u64, applied: Applied) -> Output {
        self.progress |= applied.tally.progress;
        self.renewals += u32::from(applied.tally.epoch_renewed);
        self.report.unsent = applied.unsent;
        self.report.done.add(applied.tally);
        if std::mem::take(&mut self.keeping_nonce) {
            return self.send(now_ms);
        }
        if !self.work.is_empty() {
            return self.next_work(now_ms);
        }
        if applied.unsent == 0 && (!self.again || self.no_room.is_some()) {
            return self.done(match self.no_room {
                Some(_) => Ended::NoRoom,
                None if self.cut => Ended::Stuck,
                None => Ended::Complete,
            });
        }
        self.rounds_without = if self.progress { 0 } else { self.rounds_without + 1 };
        if self.rounds_without >= STUCK_AFTER || self.renewals > RENEWALS { self.done(Ended::Stuck) } else { self.send(now_ms) }
    }

    /// Own work goes on leaving, in smaller and smaller steps, until there is no room for one receipt.
    fn without_room(&mut self, now_ms: u64, unsent: u64) -> Output {
        self.work.clear();
        self.keeping_nonce = false;
        self.report.unsent = unsent;
        let at_once = self.no_room.map_or(FEW.min(self.settings.offer_entries), |before| before / 4);
        if unsent == 0 || at_once == 0 {
            return self.done(Ended::NoRoom);
        }
        self.no_room = Some(at_once);
        self.send(now_ms)
    }

    fn failed(&mut self, now_ms: u64, failure: Failure, jitter: u64) -> Output {
        if let Failure::NewNonce { nonce } = &failure
            && !self.nonce_renewed
        {
            (self.nonce_renewed, self.keeping_nonce) = (true, true);
            self.state = State::Applying;
            return Output::Apply(Work::Nonce(nonce.clone()));
        }
        // Nobody was kept waiting, and the same message would not fare better: a smaller one, at once.
        if failure.is_size() && self.smaller < limits::SMALLER {
            self.smaller += 1;
            return self.send(now_ms);
        }
        self.tries += 1;
        self.failures = self.failures.saturating_add(1);
        if matches!(failure, Failure::Cut | Failure::Timeout) {
            self.smaller = (self.smaller + 1).min(limits::SMALLER);
        }
        let own = backoff::delay(self.failures, self.settings.base_ms, self.settings.cap_ms, jitter);
        let wait = match &failure {
            // The server knows best when it can; the spread is added, never taken away.
            Failure::Busy { retry_after_ms: Some(ms) } => ms.saturating_add(own / 4),
            _ => own,
        };
        let until_ms = now_ms.saturating_add(wait);
        if self.is_over(now_ms) && matches!(failure, Failure::Cut | Failure::Timeout) {
            // The time that was lent cut it off. The next message is smaller, and not sent at once: the line may be slow, or
            // the server say nothing.
            self.report.not_before_ms = Some(until_ms);
            return self.done(Ended::OutOfTime);
        }
        let in_time = self.deadline_ms.is_none_or(|deadline| until_ms < deadline);
        if failure.is_passing() && self.tries < self.settings.tries && wait <= self.settings.patience_ms && in_time {
            self.state = State::Waiting;
            return Output::Wait { until_ms };
        }
        self.report.not_before_ms = Some(until_ms);
        self.done(Ended::Failed(failure))
    }

    fn done(&mut self, ended: Ended) -> Output {
        self.state = State::Idle;
        self.work.clear();
        self.report.ended = ended;
        Output::Done(std::mem::take(&mut self.report))
    }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
