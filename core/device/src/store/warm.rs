//! The runs that somebody just worked on, in memory: an answer, and the screen behind it, do not read the saved run anew.
//! A run is what its heads say, whoever made it and wherever it was read from; so one that is here under the heads of its
//! row is that row's, and one whose commit failed is never asked for again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use frontline_domain::DocId;
use frontline_domain::document::{Heads, Run};

/// As many as somebody goes back and forth between.
const KEPT: usize = 4;
/// Of one run, by [`Run::weight`]: a larger one costs a phone more memory than time.
const WEIGHT: usize = 1 << 20;

/// The latest first.
#[derive(Default)]
pub(super) struct Warm(Mutex<VecDeque<(Heads, Arc<Run>)>>);

impl Warm {
    fn kept(&self) -> MutexGuard<'_, VecDeque<(Heads, Arc<Run>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The run as it stands at these heads.
    pub fn get(&self, id: DocId, heads: &Heads) -> Option<Arc<Run>> {
        self.kept().iter().find(|(at, run)| run.id() == id && at == heads).map(|(_, run)| run.clone())
    }

    /// The same for whoever is about to change it, who has it alone then: a run that is shared is copied whole.
    pub fn take(&self, id: DocId, heads: &Heads) -> Option<Arc<Run>> {
        let mut kept = self.kept();
        let at = kept.iter().position(|(at, run)| run.id() == id && at == heads)?;
        kept.remove(at).map(|(_, run)| run)
    }

    /// In place of what was kept of the same run.
    pub fn keep(&self, run: Arc<Run>) {
        let mut kept = self.kept();
        kept.retain(|(_, one)| one.id() != run.id());
        if run.weight() <= WEIGHT {
            kept.truncate(KEPT - 1);
            kept.push_front((run.heads(), run));
        }
    }
}

#[cfg(test)]
mod tests {
    use frontline_domain::document::{Answer, AnswerKey};
    use frontline_domain::form::Value;
    use frontline_domain::{CaptureId, PersonId};

    use super::*;

    /// The run of this number with so many answers of so many letters.
    fn run(number: u8, answers: u8, letters: usize) -> Arc<Run> {
        let mut run = Run::new(DocId::from_bytes([number; 16]));
        for n in 0..answers {
            let value = Value::Text("x".repeat(letters));
            let intent = CaptureId::from_bytes([n; 16]);
            let answer = Answer { value, by: PersonId::from_bytes([1; 16]), at_ms: 0, intent, settles: false, measured: false };
            let key = AnswerKey::of("note".parse().expect("a slug"), u16::from(n));
            let seen = run.heads();
            run.answer([7; 16], &seen, &key, &answer).expect("it takes it");
        }
        Arc::new(run)
    }

    #[test]
    fn a_run_is_given_at_its_own_heads_alone() {
        let warm = Warm::default();
        let (before, now) = (run(1, 1, 3), run(1, 2, 3));
        warm.keep(now.clone());
        assert!(warm.get(now.id(), &before.heads()).is_none(), "a row that was rolled back says other heads");
        assert!(warm.get(run(2, 2, 3).id(), &now.heads()).is_none());
        assert_eq!(warm.get(now.id(), &now.heads()).expect("it is here").heads(), now.heads());
        warm.keep(before.clone());
        assert!(warm.get(now.id(), &now.heads()).is_none(), "one state of each");
    }

    #[test]
    fn whoever_changes_a_run_has_it_alone() {
        let warm = Warm::default();
        let one = run(1, 1, 3);
        warm.keep(one.clone());
        let heads = one.heads();
        drop(one);
        let mut taken = warm.take(DocId::from_bytes([1; 16]), &heads).expect("it is here");
        assert!(Arc::get_mut(&mut taken).is_some(), "nothing is copied");
        assert!(warm.get(taken.id(), &heads).is_none());
    }

    #[test]
    fn the_last_few_are_kept_and_none_that_is_large() {
        let warm = Warm::default();
        for number in 0..=4 {
            warm.keep(run(number, 1, 3));
        }
        let here = |number| warm.get(DocId::from_bytes([number; 16]), &run(number, 1, 3).heads()).is_some();
        assert_eq!((0..=4).map(here).collect::<Vec<_>>(), [false, true, true, true, true]);
        let large = run(4, 20, 60_000);
        assert!(large.weight() > WEIGHT);
        warm.keep(large.clone());
        assert!(warm.get(large.id(), &large.heads()).is_none());
        assert!(!here(4), "nor what it was before");
    }
}
