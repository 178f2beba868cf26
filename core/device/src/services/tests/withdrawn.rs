//! Open runs that a manager withdrew, on phones that hear of it sooner or later (ADR 32).

use frontline_domain::document::RunState;
use frontline_domain::form::Raw;
use frontline_domain::record::{Assignment, RunsWithdrawn};
use frontline_domain::release::{Content, Release};
use frontline_domain::{AssignmentId, ReleaseHash, Scope, WithdrawalId};

use super::is_invalid;
use super::world::*;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::detail::{RunDetail, WhyNot};
use crate::services::procedures::evidence::NoteDraft;
use crate::services::procedures::search::RunsAsked;
use crate::services::procedures::{ProcedureSummary, RunSummary};
use crate::services::today::Why;
use crate::store::outbox::{self, State};
use crate::store::{dump, runs};

const SITE: Scope = Scope::Site(HARBOUR);

fn begin(phone: &Phone) -> String {
    phone.core.procedures().start("opening-checks").unwrap()
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) {
    try_answer(phone, run, item, value).unwrap();
}
fn try_answer(phone: &Phone, run: &str, item: &str, value: Raw) -> Result<String, crate::Error> {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value, seen: None })
}
fn fill(phone: &Phone, run: &str) {
    answer(phone, run, "door", Raw::Bool(true));
    answer(phone, run, "fridge-temp", Raw::Number("4".into()));
}
fn detail(phone: &Phone, run: &str) -> RunDetail {
    phone.core.procedures().detail(run).unwrap()
}
fn row(phone: &Phone, run: &str) -> RunSummary {
    let all = phone.core.procedures().list(&Default::default()).unwrap().list;
    all.into_iter().find(|row| row.id == run).expect("the run is listed")
}
fn whys(phone: &Phone) -> Vec<Why> {
    phone.core.today().unwrap().items.into_iter().filter(|i| i.id != "coffee-basics").map(|i| i.why).collect()
}

/// Another version of the procedure is published; the version before.
fn next_version(world: &World) -> ReleaseHash {
    let first = Release::hash_of(&procedure().encode());
    let mut release = procedure();
    let Content::Procedure(procedure) = &mut release.content else { panic!("a procedure") };
    procedure.minutes = Some(17);
    world.publish(&Release { predecessor: Some(first), ..release });
    first
}

/// A manager withdraws open runs of a version, or takes that back.
fn withdraw(world: &World, releases: Vec<ReleaseHash>, undone: bool) {
    let at_ms = START + 10_000;
    let id = WithdrawalId::from_bytes([0x77; 16]);
    let (reason, by, by_name) = ("The limits were wrong.".into(), BEN, "Helen".into());
    world.record(SITE, &RunsWithdrawn { id, procedure: slug("opening-checks"), releases, reason, by, by_name, at_ms, undone });
}

#[test]
fn a_phone_that_hears_of_it_shows_the_run_as_withdrawn_and_takes_nothing_more() {
    let world = World::new();
    let due = |due_ms| Assignment {
        id: AssignmentId::from_bytes([6; 16]),
        kind: "procedure".into(),
        slug: slug("opening-checks"),
        to: SITE,
        due_ms,
        withdrawn: false,
    };
    world.record(SITE, &due(START + 9_000_000));
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = begin(&ana);
    fill(&ana, &run);
    world.join(&[&ana, &ben]);
    assert!(matches!(whys(&ana)[..], [Why::Begun { .. }]), "{:?}", whys(&ana));

    let first = next_version(&world);
    withdraw(&world, vec![first], false);
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let (shown, listed) = (detail(phone, &run), row(phone, &run));
        assert_eq!((shown.status, listed.status, listed.done, listed.missing), (RunState::Withdrawn, RunState::Withdrawn, true, 0));
        let told = shown.withdrawn.expect("who, when and why");
        assert_eq!((told.by.as_str(), told.at_ms, told.reason.as_deref()), ("Helen", START + 10_000, Some("The limits were wrong.")));
        assert_eq!(told.instead.as_deref(), Some("opening-checks"), "the new version can be begun");
        assert!(!shown.can.answer && !shown.can.submit && !shown.can.sign_off && !shown.can.give_back);
        assert_eq!(shown.can.why_not.submit, Some(WhyNot::Withdrawn));
        let item = shown.sections.iter().flat_map(|s| &s.items).find(|i| i.item == "door").unwrap();
        assert!(!item.enabled && item.why_not.is_some() && item.value.is_some(), "what was answered is kept and shown");
        assert_eq!(whys(phone), [Why::Due], "what was assigned is to be done anew");

        is_invalid(try_answer(phone, &run, "door", Raw::Bool(false)), "run", "withdrawn");
        is_invalid(phone.core.procedures().submit(&run), "run", "withdrawn");
        is_invalid(phone.core.procedures().return_(&run, "again"), "run", "withdrawn");
        let note = NoteDraft { run: run.clone(), item: "door".into(), text: "ajar".into() };
        is_invalid(phone.core.procedures().note(note), "run", "withdrawn");
        let asked = RunsAsked { status: Some("withdrawn".into()), ..RunsAsked::default() };
        assert_eq!(phone.core.procedures().search(&asked, &Default::default()).unwrap().list.len(), 1);
    }
    is_invalid(ben.core.procedures().sign_off(&run, None, None), "run", "withdrawn");
    let again = begin(&ana);
    assert_eq!((row(&ana, &again).status, detail(&ana, &again).withdrawn), (RunState::Open, None));
    let offered: Vec<ProcedureSummary> = ana.core.procedures().available().unwrap();
    assert!(offered.iter().any(|one| one.id == "opening-checks" && one.minutes == Some(17)));
}

#[test]
fn what_was_answered_before_a_phone_heard_of_it_is_sent_kept_and_told_apart() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = begin(&ana);
    answer(&ana, &run, "door", Raw::Bool(true));
    world.join(&[&ana, &ben]);
    let first = next_version(&world);
    withdraw(&world, vec![first], false);
    world.pull(&ben);
    world.set(60_000);
    answer(&ana, &run, "fridge-temp", Raw::Number("4".into()));
    assert_eq!(row(&ana, &run).status, RunState::Open, "she has not heard of it");

    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        assert_eq!(row(phone, &run).status, RunState::Withdrawn);
        let history = phone.core.procedures().history(&run).unwrap();
        let told: Vec<_> = history.iter().map(|line| (line.item.as_deref().unwrap(), line.after_withdrawal)).collect();
        assert_eq!(told, [("door", false), ("fridge-temp", true)]);
    }
    let says = ana.core.procedures().history(&run).unwrap().pop().unwrap().says.unwrap();
    assert!(says.ends_with("(after it was withdrawn)"), "{says}");
    assert!(ana.core.inner.read(|db| Ok(outbox::in_state(db, State::Quarantined)?)).unwrap().is_empty());
}

#[test]
fn a_run_that_was_handed_in_before_anybody_heard_of_it_stands_and_says_on_which_version() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let (run, earlier) = (begin(&ana), begin(&ana));
    fill(&ana, &earlier);
    ana.core.procedures().submit(&earlier).unwrap();
    fill(&ana, &run);
    world.join(&[&ana, &ben]);
    let first = next_version(&world);
    withdraw(&world, vec![first], false);
    world.pull(&ben);
    assert_eq!(row(&ben, &run).status, RunState::Withdrawn);
    world.set(60_000);
    ana.core.procedures().submit(&run).unwrap();

    world.join(&[&ana, &ben]);
    let shown = detail(&ben, &run);
    assert_eq!((shown.status, shown.can.sign_off), (RunState::Submitted, true), "work that was done is not thrown away");
    assert_eq!(shown.withdrawn.unwrap().by, "Helen");
    assert_eq!(detail(&ben, &earlier).withdrawn, None, "it was handed in before");
    ben.core.procedures().sign_off(&run, None, None).unwrap();
    assert_eq!(detail(&ben, &run).status, RunState::SignedOff);
    // Given back it is open, and so withdrawn.
    ben.core.procedures().return_(&run, "begin anew").unwrap();
    assert_eq!(detail(&ben, &run).status, RunState::Withdrawn);
}

#[test]
fn a_withdrawal_that_is_taken_back_leaves_the_runs_as_they_were() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = begin(&ana);
    fill(&ana, &run);
    world.join(&[&ana]);
    let first = next_version(&world);
    withdraw(&world, vec![first], false);
    world.pull(&ana);
    assert_eq!(row(&ana, &run).status, RunState::Withdrawn);
    // What nobody heard of yet is covered as well.
    let tables = ana.core.inner.read(|db| Ok(dump::values(db)?)).unwrap();
    assert!(tables.iter().any(|(table, _)| table == "record"));

    withdraw(&world, vec![first], true);
    world.pull(&ana);
    assert_eq!((row(&ana, &run).status, detail(&ana, &run).withdrawn), (RunState::Open, None));
    assert!(ana.core.procedures().history(&run).unwrap().iter().all(|line| !line.after_withdrawal));
    ana.core.procedures().submit(&run).unwrap();
    assert_eq!(row(&ana, &run).status, RunState::Submitted);
}

#[test]
fn a_run_that_a_phone_began_on_the_version_before_is_withdrawn_with_its_first_word_of_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let first = next_version(&world);
    withdraw(&world, vec![first], false);
    // Offline she has neither heard of the new version nor of the withdrawal; one run has no answer yet.
    let (run, empty) = (begin(&ana), begin(&ana));
    answer(&ana, &run, "door", Raw::Bool(true));
    world.join(&[&ana]);
    for one in [&run, &empty] {
        assert_eq!(row(&ana, one).status, RunState::Withdrawn);
        is_invalid(try_answer(&ana, one, "door", Raw::Bool(true)), "run", "withdrawn");
    }
    // The rows are those of a rebuild.
    let rows = |phone: &Phone| phone.core.inner.read(|db| Ok(runs::behind(db, i64::MAX, &[0; 16], 10)?)).unwrap();
    let before = rows(&ana);
    ana.core.inner.write(crate::observe::Origin::Local, |tx, _| crate::project::rebuild(tx)).unwrap();
    assert_eq!(rows(&ana), before);
}
