//! Open runs of a version that are not to be finished (ADR 32): one rule for the device, the judge and the console.
//!
//! A withdrawal names versions, not runs: so it covers runs that the server has not heard of yet. Of a run of such a
//! version it says one thing: while it is open it is withdrawn. Whoever handed one in did so before they heard of it, or
//! it would not have been taken: what was handed in stands, and is only marked where that came later.

use super::{RunState, Seal};
use crate::ReleaseHash;
use crate::record::RunsWithdrawn;

impl RunsWithdrawn {
    /// Versions that one withdrawal names at most: a record stays below what a feed takes.
    pub const VERSIONS: usize = 256;

    /// Whether open runs of this version are withdrawn by it.
    pub fn covers(&self, release: &ReleaseHash) -> bool {
        !self.undone && self.releases.contains(release)
    }
    /// Whether something that was done at this time came after it.
    pub fn is_before(&self, at_ms: i64) -> bool {
        at_ms > self.at_ms
    }
    /// The one by which open runs of this version are withdrawn: the first, where several name it.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Self>, release: &ReleaseHash) -> Option<&'a Self> {
        all.into_iter().filter(|one| one.covers(release)).min_by_key(|one| (one.at_ms, one.id))
    }
    /// The one that is to be told of a run of this version: it is withdrawn by it, or was handed in after it.
    pub fn told_of<'a>(
        all: impl IntoIterator<Item = &'a Self>,
        release: &ReleaseHash,
        state: RunState,
        handed_in_ms: Option<i64>,
    ) -> Option<&'a Self> {
        Self::of(all, release).filter(|one| state == RunState::Withdrawn || handed_in_ms.is_some_and(|at_ms| one.is_before(at_ms)))
    }
}

impl RunState {
    /// The state where open runs of its version are withdrawn, or are not.
    #[must_use]
    pub fn where_withdrawn(self, withdrawn: bool) -> Self {
        if withdrawn && self == Self::Open { Self::Withdrawn } else { self }
    }
    /// Whether nobody handed the run in, or signed it, since it was given back: all that the judge asks of what an author
    /// knew, without the answers.
    pub fn is_open(seals: &[Seal]) -> bool {
        seals.len() == super::state::since_return(seals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnswersHash, PersonId, WithdrawalId};

    const V1: ReleaseHash = ReleaseHash::from_bytes([1; 32]);
    const V2: ReleaseHash = ReleaseHash::from_bytes([2; 32]);
    const SAID: Seal = Seal::Submitted(AnswersHash::from_bytes([1; 32]));

    fn withdrawal(n: u8, at_ms: i64, undone: bool) -> RunsWithdrawn {
        RunsWithdrawn {
            id: WithdrawalId::from_bytes([n; 16]),
            procedure: "fridge-log".parse().unwrap(),
            releases: vec![V1],
            reason: "The limits were wrong.".into(),
            by: PersonId::from_bytes([7; 16]),
            by_name: "Helen".into(),
            at_ms,
            undone,
        }
    }

    #[test]
    fn of_the_states_a_run_has_only_open_becomes_withdrawn() {
        for state in RunState::ALL {
            let expected = if state == RunState::Open { RunState::Withdrawn } else { state };
            assert_eq!(state.where_withdrawn(true), expected);
            assert_eq!(state.where_withdrawn(false), state);
        }
        assert!(!RunState::Withdrawn.is_done(false) && !RunState::Withdrawn.is_done(true), "nobody did it");
        assert!(RunState::Withdrawn.is_over(true), "and nobody has to");
    }

    #[test]
    fn a_withdrawal_covers_the_versions_that_it_names_until_it_is_taken_back() {
        let (first, again, undone) = (withdrawal(1, 10, false), withdrawal(2, 20, false), withdrawal(3, 5, true));
        let id = |all: &[&RunsWithdrawn], of| RunsWithdrawn::of(all.iter().copied(), of).map(|one| one.id);
        assert_eq!(id(&[&again, &undone, &first], &V1), Some(first.id));
        assert_eq!(id(&[&again, &undone, &first], &V2), None);
        assert_eq!(id(&[&undone], &V1), None);
    }

    #[test]
    fn of_a_run_that_was_handed_in_it_is_told_where_that_came_after_it() {
        let one = withdrawal(1, 10, false);
        let told = |state, at| RunsWithdrawn::told_of([&one], &V1, state, at).is_some();
        assert!(told(RunState::Withdrawn, None) && told(RunState::Withdrawn, Some(5)));
        assert!(!told(RunState::Submitted, Some(10)) && told(RunState::Submitted, Some(11)) && told(RunState::SignedOff, Some(11)));
        assert!(!told(RunState::Open, None));
    }

    #[test]
    fn a_run_is_open_until_somebody_hands_it_in_and_again_once_it_is_given_back() {
        assert!(RunState::is_open(&[]) && RunState::is_open(&[SAID, Seal::Returned]));
        assert!(!RunState::is_open(&[SAID]) && !RunState::is_open(&[SAID, Seal::Returned, SAID]));
    }
}
