//! What each who says something about a run answers for.

use super::answer::answers_hash;
use super::{Run, Seal, Standing};
use crate::AnswersHash;
use crate::form::Form;
use crate::permission::Role;
use crate::release::Signers;

/// The hashes of a run's answers: of what whoever fills it answers, and, by place, of what each signer answers for: that,
/// and the sections that are asked of them or of a signer before them. So the second to sign may answer what is asked of
/// them, and the first's signature still covers what it covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covers {
    handed_in: AnswersHash,
    signed: Vec<AnswersHash>,
}

impl Covers {
    /// Of the answers that stand now.
    pub fn of(run: &Run, form: &Form, signers: &Signers) -> Self {
        if form.sections.iter().all(|section| section.asked_of.is_none()) {
            let all = run.answers_hash();
            return Self { handed_in: all, signed: vec![all; signers.roles().len()] };
        }
        let (standings, evidence) = (run.standings(), run.evidence());
        let of = |asked: &[Role]| {
            let counts =
                |s: &&Standing| form.section_of(&s.key.item).and_then(|section| section.asked_of).is_none_or(|r| asked.contains(&r));
            let some = |all: &[Standing]| all.iter().filter(counts).cloned().collect::<Vec<_>>();
            answers_hash(&some(&standings), &some(&evidence))
        };
        Self { handed_in: of(&[]), signed: (0..signers.roles().len()).map(|place| of(signers.up_to(place))).collect() }
    }
    /// The same hash for everybody: of a form that asks nothing of its signers.
    pub fn all(answers: AnswersHash) -> Self {
        Self { handed_in: answers, signed: Vec::new() }
    }
    /// Whether a seal covers the answers as they are; a return covers none.
    pub fn are_of(&self, seal: &Seal, signers: &Signers) -> bool {
        match seal {
            Seal::Submitted(answers) => *answers == self.handed_in,
            Seal::SignedOff(s) => s.answers == self.signed(signers.signed_at(s.role).unwrap_or(0)),
            Seal::Returned => true,
        }
    }
    /// Whose sections a seal covers, beside everybody's.
    pub fn asked_by<'a>(seal: &Seal, signers: &'a Signers) -> &'a [Role] {
        match seal {
            Seal::SignedOff(s) => signers.signed_at(s.role).map_or(&[], |place| signers.up_to(place)),
            Seal::Submitted(_) | Seal::Returned => &[],
        }
    }
    /// What a submission covers.
    pub fn handed_in(&self) -> AnswersHash {
        self.handed_in
    }
    /// What a signature covers, by its signer's place.
    pub fn signed(&self, place: usize) -> AnswersHash {
        self.signed.get(place).copied().unwrap_or(self.handed_in)
    }
}
