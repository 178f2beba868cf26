//! How far a run is, from what was said about it: one rule for the device's lists and the server's.

use crate::AnswersHash;

/// What somebody said about a run, beside answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    Submitted(AnswersHash),
    SignedOff(AnswersHash),
    Returned,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    Open,
    Submitted,
    SignedOff,
    /// It was signed off, and its answers are no longer those that were signed.
    Lapsed,
}

/// A state with the place of the seal that decided it among those given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    pub state: RunState,
    pub by: Option<usize>,
}

impl RunState {
    /// As JSON names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::SignedOff => "signed-off",
            Self::Lapsed => "lapsed",
        }
    }
    /// Whether nobody has to do anything more, where the procedure asks for a sign-off or doesn't.
    pub fn is_done(self, sign_off: bool) -> bool {
        self == Self::SignedOff || self == Self::Submitted && !sign_off
    }
    /// The state of a run whose answers are `now`, from its seals in the order of the feed.
    ///
    /// What came before the last return counts no more. A sign-off over exactly these answers holds, even
    /// where a later one covered others; without one that holds, the last lapsed. Submitting seals nothing:
    /// a later answer leaves a submission standing.
    pub fn of(seals: &[Seal], now: AnswersHash) -> Decided {
        let start = seals.iter().rposition(|s| *s == Seal::Returned).map_or(0, |at| at + 1);
        let last = |is: &dyn Fn(&Seal) -> bool| seals[start..].iter().rposition(is).map(|at| start + at);
        let signed = |s: &Seal| matches!(s, Seal::SignedOff(_));
        let (state, by) = if let Some(at) = last(&|s| *s == Seal::SignedOff(now)) {
            (Self::SignedOff, Some(at))
        } else if let Some(at) = last(&signed) {
            (Self::Lapsed, Some(at))
        } else if let Some(at) = last(&|s| matches!(s, Seal::Submitted(_))) {
            (Self::Submitted, Some(at))
        } else {
            (Self::Open, start.checked_sub(1))
        };
        Decided { state, by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: AnswersHash = AnswersHash::from_bytes([1; 32]);
    const B: AnswersHash = AnswersHash::from_bytes([2; 32]);

    fn state(seals: &[Seal], now: AnswersHash) -> (RunState, Option<usize>) {
        let decided = RunState::of(seals, now);
        (decided.state, decided.by)
    }

    #[test]
    fn a_sign_off_lapses_with_another_answer_and_holds_again_once_it_is_given_back() {
        let seals = [Seal::Submitted(A), Seal::SignedOff(A)];
        assert_eq!(state(&seals, A), (RunState::SignedOff, Some(1)));
        assert_eq!(state(&seals, B), (RunState::Lapsed, Some(1)));
    }

    #[test]
    fn a_return_opens_the_run_and_a_submission_after_it_counts_anew() {
        let seals = [Seal::Submitted(A), Seal::SignedOff(A), Seal::Returned];
        assert_eq!(state(&seals, A), (RunState::Open, Some(2)));
        assert_eq!(state(&[&seals[..], &[Seal::Submitted(B)]].concat(), A), (RunState::Submitted, Some(3)));
        assert_eq!(state(&[], A), (RunState::Open, None));
    }

    #[test]
    fn of_two_sign_offs_the_one_that_covers_the_answers_holds() {
        assert_eq!(state(&[Seal::SignedOff(A), Seal::SignedOff(B)], A), (RunState::SignedOff, Some(0)));
    }

    #[test]
    fn a_submission_is_the_end_only_where_no_sign_off_is_asked_for() {
        assert!(RunState::Submitted.is_done(false) && !RunState::Submitted.is_done(true));
        assert!(RunState::SignedOff.is_done(true) && !RunState::Lapsed.is_done(true));
    }
}
