//! A shared checklist of one site and one day: who does what in which quarter of an hour.

use std::collections::BTreeMap;

use super::shift::{Task, Worker};

/// One run that several people fill.
pub struct Round {
    pub site: String,
    pub procedure: String,
    /// The quarter of an hour of the day at which it begins.
    pub begins: usize,
    /// Names of the phones that fill it; the first one starts it.
    pub crew: Vec<String>,
    /// The phone of whoever signs off.
    pub leader: String,
    /// Whether the procedure is signed off at all.
    pub signs: bool,
    /// Somebody answers once more without having heard of the sign-off.
    pub late: bool,
    pub run: Option<String>,
}

/// When the site's network is down, in quarters after the round began.
pub const OUTAGE: std::ops::Range<usize> = 2..6;

impl Round {
    /// What this round asks of each phone in quarter `slot` of the day.
    pub fn tasks(&self, slot: usize) -> BTreeMap<String, Vec<Task>> {
        let mut out: BTreeMap<String, Vec<Task>> = BTreeMap::new();
        let Some(step) = slot.checked_sub(self.begins) else { return out };
        let mut give = |who: &str, tasks: Vec<Task>| out.entry(who.to_owned()).or_default().extend(tasks);
        let everybody = || self.crew.iter().map(String::as_str).chain([self.leader.as_str()]);
        match (step, &self.run) {
            (0, _) => give(&self.crew[0], vec![Task::Start(self.procedure.clone()), Task::Begin, Task::Sync]),
            (1, Some(_)) => everybody().for_each(|who| give(who, vec![Task::Sync])),
            (2, Some(run)) => {
                let of = self.crew.len();
                for (part, who) in self.crew.iter().enumerate() {
                    give(who, vec![Task::Share { run: run.clone(), part, of }, Task::Sync]);
                }
            }
            (6 | 7, Some(_)) => everybody().for_each(|who| give(who, vec![Task::Sync])),
            (8, Some(run)) => give(&self.leader, vec![Task::Settle(run.clone()), Task::Sync]),
            (9, Some(run)) => {
                let signed = self.signs.then(|| Task::SignOff(run.clone()));
                give(&self.leader, [Task::Submit(run.clone())].into_iter().chain(signed).chain([Task::Sync]).collect());
            }
            (10, Some(run)) if self.late => {
                let who = self.crew.last().unwrap_or(&self.leader);
                give(who, vec![Task::Late(run.clone()), Task::Sync]);
            }
            _ => {}
        }
        out
    }

    /// Takes over the run's id once its starter has it.
    pub fn learn(&mut self, slot: usize, workers: &[Worker]) {
        if slot == self.begins && self.run.is_none() {
            self.run = workers.iter().find(|w| w.name == self.crew[0]).and_then(|w| w.started.clone());
        }
    }
}
