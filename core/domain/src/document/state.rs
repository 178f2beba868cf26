//! How far a run is, from what was said about it: one rule for the device's lists and the server's.

use super::Covers;
use crate::fact::Fact;
use crate::permission::Role;
use crate::release::Signers;
use crate::{AnswersHash, DocId, PersonId};

/// What somebody said about a run, beside answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    Submitted(AnswersHash),
    SignedOff(Signature),
    Returned,
}

/// A sign-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// What its author saw, of what they answer for ([`Covers`]).
    pub answers: AnswersHash,
    pub by: PersonId,
    /// As whom they signed; none: their app knew of one signer only.
    pub role: Option<Role>,
}

impl Seal {
    /// The run that a fact says something about, and what, where it is a seal. `by`: its author.
    pub fn of(fact: &Fact, by: PersonId) -> Option<(DocId, Self)> {
        match fact {
            Fact::RunSubmitted(f) => Some((f.run, Self::Submitted(f.answers))),
            Fact::SignedOff(f) => Some((f.run, Self::SignedOff(Signature { answers: f.answers, by, role: f.role }))),
            Fact::Returned(f) => Some((f.run, Self::Returned)),
            _ => None,
        }
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    Open,
    /// Handed in; where several sign off, some of them may have signed.
    Submitted,
    SignedOff,
    /// It was signed off, and its answers are no longer those that were signed.
    Lapsed,
    /// Nobody handed it in, and open runs of its version were withdrawn ([`super::withdrawn`]).
    Withdrawn,
}

/// A state with what decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub state: RunState,
    /// The seal that decided it, by its place among those given.
    pub by: Option<usize>,
    /// By the signer's place, the signature that holds, by its place among the seals; none: it is waited for. One place
    /// where the procedure names no signer.
    pub signed: Vec<Option<usize>>,
}

impl RunState {
    /// Each of them.
    pub const ALL: [Self; 5] = [Self::Open, Self::Submitted, Self::SignedOff, Self::Lapsed, Self::Withdrawn];
    /// As JSON names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::SignedOff => "signed-off",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// Whether nobody has to do anything more: it was done, or nobody is to do it.
    pub fn is_over(self, sign_off: bool) -> bool {
        self.is_done(sign_off) || self == Self::Withdrawn
    }
    /// Whether it was done, where the procedure asks for a sign-off or doesn't.
    pub fn is_done(self, sign_off: bool) -> bool {
        self == Self::SignedOff || self == Self::Submitted && !sign_off
    }
    /// The state of a run whose answers come to `now`, from its seals in the order of the feed.
    ///
    /// What came before the last return counts no more. A signature over exactly these answers holds, even where a later
    /// one covered others; the run is signed off once one holds for each signer, every one by another person. One that
    /// was given, and of which none holds, has lapsed. Submitting seals nothing: a later answer leaves a submission
    /// standing.
    pub fn of(seals: &[Seal], signers: &Signers, now: &Covers) -> Decided {
        let start = since_return(seals);
        let given = || (start..).zip(&seals[start..]).filter_map(|(at, seal)| Some((at, signature(seal)?)));
        let places = signers.roles().len().max(1);
        let fits = |place: usize, s: &Signature| signers.roles().get(place).is_none_or(|role| Some(*role) == signers.signs_as(s.role));
        let mut holds: Vec<Option<(usize, PersonId)>> = vec![None; places];
        for place in 0..places {
            let of = |place: usize| {
                let valid = given().filter(move |(_, s)| fits(place, s) && s.answers == now.signed(place));
                // The last of each person.
                valid.map(|(at, s)| (at, s.by)).collect::<Vec<_>>().into_iter().rev()
            };
            seat(place, &of, &mut holds, &mut vec![false; places]);
        }
        let signed: Vec<Option<usize>> = holds.iter().map(|one| one.map(|(at, _)| at)).collect();
        // Whoever holds a place has signed; what they signed before does not count for another.
        let sits = |who: PersonId| holds.iter().flatten().any(|(_, by)| *by == who);
        let lapsed = given()
            .filter(|(_, s)| !sits(s.by))
            .filter(|(_, s)| (0..places).any(|place| signed[place].is_none() && fits(place, s) && s.answers != now.signed(place)));
        let submitted = (start..).zip(&seals[start..]).filter(|(_, seal)| matches!(seal, Seal::Submitted(_)));
        let (state, by) = if signed.iter().all(Option::is_some) {
            (Self::SignedOff, signed.iter().flatten().max().copied())
        } else if let Some((at, _)) = lapsed.last() {
            (Self::Lapsed, Some(at))
        } else if let Some(at) = submitted.map(|(at, _)| at).chain(signed.iter().flatten().copied()).max() {
            (Self::Submitted, Some(at))
        } else {
            (Self::Open, start.checked_sub(1))
        };
        Decided { state, by, signed }
    }

    /// Whether somebody signed for an item of a section that is asked of `asked_of` (of everybody: none), and nobody gave
    /// the run back since: then it takes no answer of whoever knows that (`sync.md` 17).
    pub fn is_locked(seals: &[Seal], signers: &Signers, asked_of: Option<Role>) -> bool {
        let from = asked_of.and_then(|role| signers.place(role)).unwrap_or(0);
        // Whoever signed as nobody that was asked for signed nothing.
        let place = |s: &Signature| if signers.are_asked() { signers.signed_at(s.role) } else { Some(0) };
        seals[since_return(seals)..].iter().filter_map(signature).any(|s| place(&s).is_some_and(|place| place >= from))
    }
}

/// Where those begin that were said since the run was given back last.
pub(super) fn since_return(seals: &[Seal]) -> usize {
    seals.iter().rposition(|s| *s == Seal::Returned).map_or(0, |at| at + 1)
}

fn signature(seal: &Seal) -> Option<Signature> {
    if let Seal::SignedOff(signature) = seal { Some(*signature) } else { None }
}

/// Finds somebody for a place, moving who sits elsewhere where they can sign there as well: the places are as full as they
/// can be with each person in one, whatever order they signed in.
fn seat<I: Iterator<Item = (usize, PersonId)>>(
    place: usize,
    of: &impl Fn(usize) -> I,
    holds: &mut Vec<Option<(usize, PersonId)>>,
    tried: &mut Vec<bool>,
) -> bool {
    if std::mem::replace(&mut tried[place], true) {
        return false;
    }
    for (at, who) in of(place) {
        let elsewhere = holds.iter().position(|one| one.is_some_and(|(_, sits)| sits == who));
        if elsewhere.is_none_or(|elsewhere| seat(elsewhere, of, holds, tried)) {
            holds[place] = Some((at, who));
            return true;
        }
    }
    false
}
