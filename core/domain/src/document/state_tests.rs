use super::state::Decided;
use super::{Covers, RunState, Seal, Signature};
use crate::permission::Role;
use crate::release::Signers;
use crate::{AnswersHash, PersonId};

const A: AnswersHash = AnswersHash::from_bytes([1; 32]);
const B: AnswersHash = AnswersHash::from_bytes([2; 32]);
const BEN: PersonId = PersonId::from_bytes([1; 16]);
const GRACE: PersonId = PersonId::from_bytes([2; 16]);

fn signed(answers: AnswersHash) -> Seal {
    by(BEN, Role::Supervisor, answers)
}

fn by(by: PersonId, role: Role, answers: AnswersHash) -> Seal {
    Seal::SignedOff(Signature { answers, by, role: Some(role) })
}

fn decided(seals: &[Seal], signers: &Signers, now: AnswersHash) -> Decided {
    RunState::of(seals, signers, &Covers::all(now))
}

fn state(seals: &[Seal], now: AnswersHash) -> (RunState, Option<usize>) {
    let decided = decided(seals, &Role::Supervisor.into(), now);
    (decided.state, decided.by)
}

fn both() -> Signers {
    Signers::new(vec![Role::Supervisor, Role::Manager]).unwrap()
}

#[test]
fn a_sign_off_lapses_with_another_answer_and_holds_again_once_it_is_given_back() {
    let seals = [Seal::Submitted(A), signed(A)];
    assert_eq!(state(&seals, A), (RunState::SignedOff, Some(1)));
    assert_eq!(state(&seals, B), (RunState::Lapsed, Some(1)));
}

#[test]
fn a_return_opens_the_run_and_a_submission_after_it_counts_anew() {
    let seals = [Seal::Submitted(A), signed(A), Seal::Returned];
    assert_eq!(state(&seals, A), (RunState::Open, Some(2)));
    assert_eq!(state(&[&seals[..], &[Seal::Submitted(B)]].concat(), A), (RunState::Submitted, Some(3)));
    assert_eq!(state(&[], A), (RunState::Open, None));
}

#[test]
fn of_two_sign_offs_the_one_that_covers_the_answers_holds() {
    assert_eq!(state(&[signed(A), signed(B)], A), (RunState::SignedOff, Some(0)));
}

#[test]
fn a_submission_is_the_end_only_where_no_sign_off_is_asked_for() {
    assert!(RunState::Submitted.is_done(false) && !RunState::Submitted.is_done(true));
    assert!(RunState::SignedOff.is_done(true) && !RunState::Lapsed.is_done(true));
}

#[test]
fn where_two_sign_it_is_signed_off_once_both_have_in_whatever_order() {
    let (first, second) = (signed(A), by(GRACE, Role::Manager, A));
    assert_eq!(decided(&[Seal::Submitted(A), first], &both(), A).state, RunState::Submitted);
    assert_eq!(decided(&[Seal::Submitted(A), first], &both(), A).signed, [Some(1), None]);
    for seals in [[Seal::Submitted(A), first, second], [Seal::Submitted(A), second, first]] {
        assert_eq!(decided(&seals, &both(), A).state, RunState::SignedOff);
    }
    // The first saw other answers than the second: it lapses, and the second's holds on.
    let crossed = decided(&[Seal::Submitted(A), signed(A), by(GRACE, Role::Manager, B)], &both(), B);
    assert_eq!((crossed.state, crossed.signed), (RunState::Lapsed, vec![None, Some(2)]));
}

#[test]
fn nobody_signs_for_two_and_who_signed_twice_sits_where_nobody_else_can() {
    let twice = [by(GRACE, Role::Supervisor, A), by(GRACE, Role::Manager, A)];
    assert_eq!(decided(&twice, &both(), A).state, RunState::Submitted, "one person in both places");
    for seals in [[&twice[..], &[signed(A)]].concat(), [&[signed(A)], &twice[..]].concat()] {
        assert_eq!(decided(&seals, &both(), A).state, RunState::SignedOff, "Ben signs as the first, Grace as the second");
    }
    let two_of_a_kind = Signers::new(vec![Role::Supervisor, Role::Supervisor]).unwrap();
    assert_eq!(decided(&[signed(A), signed(A)], &two_of_a_kind, A).state, RunState::Submitted);
    assert_eq!(decided(&[signed(A), by(GRACE, Role::Supervisor, A)], &two_of_a_kind, A).state, RunState::SignedOff);
}

#[test]
fn who_signs_in_a_role_that_nobody_asked_for_signs_nothing() {
    assert_eq!(state(&[Seal::Submitted(A), by(GRACE, Role::Manager, A)], A), (RunState::Submitted, Some(0)));
    assert_eq!(decided(&[signed(A)], &Role::Manager.into(), A).state, RunState::Open, "a shift lead signs for no manager");
}

#[test]
fn a_section_that_is_asked_of_a_signer_is_locked_by_them_and_those_behind_them() {
    let locked = |seals: &[Seal], of| RunState::is_locked(seals, &both(), of);
    let first = [Seal::Submitted(A), signed(A)];
    assert!(locked(&first, None) && locked(&first, Some(Role::Supervisor)));
    assert!(!locked(&first, Some(Role::Manager)), "the manager still answers what is asked of them");
    assert!(locked(&[first[0], first[1], by(GRACE, Role::Manager, A)], Some(Role::Manager)));
    assert!(!locked(&[first[0], first[1], Seal::Returned], None));
}

#[test]
fn a_signature_of_an_app_that_knew_of_one_signer_stands_for_that_one_whoever_it_was() {
    let old = Seal::SignedOff(Signature { answers: A, by: GRACE, role: None });
    for role in [Role::Supervisor, Role::Manager, Role::Admin] {
        assert_eq!(decided(&[Seal::Submitted(A), old], &role.into(), A).state, RunState::SignedOff, "{role:?}");
        assert_eq!(decided(&[Seal::Submitted(A), old], &role.into(), B).state, RunState::Lapsed, "{role:?}");
    }
    assert_eq!(decided(&[old], &both(), A).signed, [Some(0), None], "of several it is the shift lead's");
}

#[test]
fn what_somebody_signed_before_does_not_lapse_beside_what_they_signed_after() {
    let two = Signers::new(vec![Role::Supervisor, Role::Supervisor]).unwrap();
    let again = decided(&[Seal::Submitted(A), signed(A), signed(B)], &two, B);
    assert_eq!((again.state, again.signed), (RunState::Submitted, vec![Some(2), None]), "it waits for the second");
}

#[test]
fn whoever_signs_as_nobody_that_was_asked_for_locks_nothing() {
    let stranger = by(GRACE, Role::Technician, A);
    assert!(!RunState::is_locked(&[stranger], &both(), None) && RunState::is_locked(&[stranger, signed(A)], &both(), None));
}
