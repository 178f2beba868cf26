//! Runs, on one phone and on two.

use crate::store::outbox::State;
use frontline_domain::document::RunState;
use frontline_domain::form::Raw;

use super::is_invalid;
use super::world::{ANA, BEN, Phone, World};
use crate::Error;
use crate::services::piece::Piece;
use crate::services::procedures::answer::{AnswerDraft, SettleDraft};
use crate::services::procedures::detail::{ItemDetail, RunDetail};
use crate::services::procedures::history::Doubt;

fn start(phone: &Phone) -> String {
    phone.core.procedures().start("opening-checks").unwrap()
}
fn draft(run: &str, item: &str, value: Raw) -> AnswerDraft {
    AnswerDraft { run: run.into(), item: item.into(), value, seen: None }
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) {
    phone.core.procedures().answer(draft(run, item, value)).unwrap();
}
fn number(n: &str) -> Raw {
    Raw::Number(n.into())
}
fn detail(phone: &Phone, run: &str) -> RunDetail {
    phone.core.procedures().detail(run).unwrap()
}
fn item<'a>(detail: &'a RunDetail, name: &str) -> &'a ItemDetail {
    detail.sections.iter().flat_map(|s| &s.items).find(|i| i.item == name).unwrap()
}
fn fill(phone: &Phone, run: &str) {
    answer(phone, run, "door", Raw::Bool(true));
    answer(phone, run, "fridge-temp", number("4"));
}
fn settle(run: &str, item: &str, pick: &str) -> SettleDraft {
    SettleDraft { run: run.into(), item: item.into(), pick: pick.into() }
}

#[test]
fn a_run_is_started_from_nothing_answered_and_handed_in() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    let row = ana.core.procedures().list(&Default::default()).unwrap().list.remove(0);
    assert_eq!((row.status, row.answered, row.required, row.missing, row.state), (RunState::Open, 0, 2, 2, None));
    is_invalid(ana.core.procedures().submit(&run), "run", "required");
    fill(&ana, &run);
    answer(&ana, &run, "fridge-temp/1", number("7.5"));
    let shown = detail(&ana, &run);
    assert_eq!(shown.sections.len(), 3, "a section for each fridge");
    assert!(item(&shown, "fridge-temp/1").out_of_band && !item(&shown, "fridge-temp").out_of_band);
    assert_eq!((shown.can.submit, shown.can.sign_off), (true, false));
    ana.core.procedures().submit(&run).unwrap();
    let row = ana.core.procedures().list(&Default::default()).unwrap().list.remove(0);
    assert_eq!((row.status, row.done, row.answered, row.required, row.missing), (RunState::Submitted, false, 3, 3, 0));
    assert_eq!(row.state.unwrap().state, State::Captured);
    assert_eq!(detail(&ana, &run).said.unwrap().by, "Ana");
}

#[test]
fn a_wrong_answer_says_what_would_be_right_and_writes_nothing() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    let try_it = |item: &str, value: Raw| ana.core.procedures().answer(draft(&run, item, value));
    is_invalid(try_it("fridge-temp", number("31")), "fridge-temp", "max");
    is_invalid(try_it("fridge-temp", number("4.25")), "fridge-temp", "decimals");
    is_invalid(try_it("fridge-temp", Raw::Text("warm".into())), "fridge-temp", "number");
    is_invalid(try_it("fridge-temp", Raw::Na(None)), "fridge-temp", "na");
    is_invalid(try_it("fridge-temp/3", number("4")), "item", "instance");
    is_invalid(try_it("fridge-temp/x", number("4")), "item", "instance");
    is_invalid(try_it("door/1", Raw::Bool(true)), "item", "instance");
    is_invalid(try_it("door", Raw::Na(None)), "door", "na-reason");
    is_invalid(try_it("welcome", Raw::Text("hello".into())), "welcome", "note");
    is_invalid(try_it("window", Raw::Bool(true)), "item", "exists");
    is_invalid(try_it("bread", Raw::Text("white".into())), "bread", "choice");
    let nothing = AnswerDraft { seen: Some("nonsense".into()), ..draft(&run, "door", Raw::Bool(true)) };
    is_invalid(ana.core.procedures().answer(nothing), "seen", "heads");
    let elsewhere = AnswerDraft { seen: Some("ab".repeat(32)), ..draft(&run, "door", Raw::Bool(true)) };
    is_invalid(ana.core.procedures().answer(elsewhere), "seen", "known");
    assert!(matches!(ana.core.procedures().start("closing"), Err(Error::NotFound { .. })));
    assert!(matches!(ana.core.procedures().submit(&"0".repeat(32)), Err(Error::NotFound { .. })));
    assert_eq!(ana.core.status().now().unwrap().unsent, 0);
}

#[test]
fn answers_of_two_phones_join_and_different_ones_to_one_item_are_both_kept_until_somebody_picks() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = start(&ana);
    answer(&ana, &run, "remarks", Raw::Text("all well".into()));
    world.join(&[&ana, &ben]);
    answer(&ana, &run, "door", Raw::Bool(true));
    answer(&ben, &run, "door", Raw::Bool(false));
    answer(&ben, &run, "fridge-temp", number("3"));
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let shown = detail(phone, &run);
        let door = item(&shown, "door");
        assert!(door.clash && door.value.is_none());
        let mut by: Vec<&str> = door.answers.iter().map(|a| a.by.as_str()).collect();
        by.sort_unstable();
        assert_eq!(by, ["Ana", "Ben"]);
        assert_eq!(shown.clashes, ["door"]);
        assert!(!item(&shown, "fridge-temp").clash);
        assert_eq!(phone.core.status().now().unwrap().clashes, 1);
    }
    is_invalid(ana.core.procedures().submit(&run), "run", "clash");
    is_invalid(ana.core.procedures().settle(settle(&run, "fridge-temp", "1")), "item", "clash");
    is_invalid(ana.core.procedures().settle(settle(&run, "door", "3")), "pick", "choice");
    is_invalid(ana.core.procedures().settle(settle(&run, "door", "0")), "pick", "choice");
    let pick = item(&detail(&ana, &run), "door").answers.iter().find(|a| a.by == "Ben").unwrap().id.clone();
    ana.core.procedures().settle(settle(&run, "door", &pick)).unwrap();
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let shown = detail(phone, &run);
        assert!(!item(&shown, "door").clash && item(&shown, "door").answers[0].settles);
        assert_eq!(phone.core.procedures().list(&Default::default()).unwrap().list[0].clashes, 0);
    }
    let lines = ben.core.procedures().history(&run).unwrap();
    assert_eq!(lines.iter().filter(|l| l.item.as_deref() == Some("door")).count(), 3, "what was picked over is in the history");
}

#[test]
fn a_value_that_arrived_unseen_is_not_overwritten() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = start(&ana);
    answer(&ana, &run, "fridge-temp", number("4"));
    world.join(&[&ana, &ben]);
    let seen = detail(&ana, &run).seen;
    answer(&ben, &run, "fridge-temp", number("9"));
    world.join(&[&ana, &ben]);
    // Ana's screen still shows 4.
    ana.core.procedures().answer(AnswerDraft { seen: Some(seen), ..draft(&run, "fridge-temp", number("5")) }).unwrap();
    assert!(item(&detail(&ana, &run), "fridge-temp").clash);
}

#[test]
fn a_sign_off_locks_and_lapses_visibly_with_an_answer_that_came_from_elsewhere() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = start(&ana);
    fill(&ana, &run);
    world.join(&[&ana, &ben]);
    is_invalid(ben.core.procedures().sign_off(&run, None, None), "run", "submitted");
    ana.core.procedures().submit(&run).unwrap();
    assert_eq!(ana.core.procedures().sign_off(&run, None, None), Err(Error::Unauthorized { device: None }), "Ana is staff");
    world.join(&[&ana, &ben]);
    assert!(detail(&ben, &run).can.sign_off);
    ben.core.procedures().sign_off(&run, None, None).unwrap();
    assert_eq!(detail(&ben, &run).status, RunState::SignedOff);
    is_invalid(ben.core.procedures().answer(draft(&run, "door", Raw::Bool(false))), "run", "locked");
    is_invalid(ben.core.procedures().submit(&run), "run", "locked");
    is_invalid(ben.core.procedures().sign_off(&run, None, None), "run", "locked");

    // Ana's phone has not heard of it.
    world.wait(1_000);
    answer(&ana, &run, "door", Raw::Bool(false));
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let shown = detail(phone, &run);
        assert_eq!(shown.status, RunState::Lapsed);
        assert_eq!(shown.said.unwrap().changed_since, ["door"]);
        is_invalid(phone.core.procedures().answer(draft(&run, "door", Raw::Bool(true))), "run", "locked");
    }
    is_invalid(ben.core.procedures().return_(&run, "  "), "reason", "required");
    assert_eq!(ana.core.procedures().return_(&run, "check the door"), Err(Error::Unauthorized { device: None }));
    ben.core.procedures().return_(&run, "check the door").unwrap();
    let shown = detail(&ben, &run);
    assert_eq!((shown.status, shown.said.unwrap().reason.as_deref(), shown.can.answer), (RunState::Open, Some("check the door"), true));
    is_invalid(ben.core.procedures().return_(&run, "again"), "run", "submitted");
    answer(&ben, &run, "door", Raw::Bool(true));
    ben.core.procedures().submit(&run).unwrap();
    ben.core.procedures().sign_off(&run, None, None).unwrap();
    world.join(&[&ana, &ben]);
    assert!(ana.core.procedures().list(&Default::default()).unwrap().list[0].done);
}

#[test]
fn changes_that_came_before_their_procedure_are_shown_once_it_arrives() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = start(&ana);
    fill(&ana, &run);
    let late = World::new();
    let ben = late.phone(11, &[BEN]);
    // Ben's phone lost the procedure's release.
    ben.core
        .inner
        .write(crate::observe::Origin::Remote, |tx, touched| {
            for held in crate::store::entries::after(tx, 0, 1_000)? {
                if held.entry.header.entry_type == frontline_domain::EntryType::RELEASE {
                    crate::store::entries::drop_received(tx, &held.entry.hash())?;
                    crate::project::refresh(tx, &crate::project::subject(&held.entry).unwrap(), touched)?;
                }
            }
            Ok(())
        })
        .unwrap();
    let changes = world.offered(&ana);
    world.give(&ben, &changes);
    assert!(ben.core.procedures().list(&Default::default()).unwrap().list.is_empty());
    assert!(matches!(ben.core.procedures().detail(&run), Err(Error::NotFound { .. })));
    world.pull(&ben);
    assert_eq!(ben.core.procedures().list(&Default::default()).unwrap().list[0].answered, 2);
    assert!(ben.core.check().unwrap().problems.is_empty());
}

/// Two thousand runs of a colleague, each of one answer, and one more of two.
#[test]
fn a_phone_that_holds_two_thousand_runs_loads_only_the_one_that_is_open() {
    const RUNS: usize = 2_000;
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    for _ in 0..RUNS {
        let run = start(&ana);
        answer(&ana, &run, "door", Raw::Bool(true));
    }
    let open = start(&ana);
    fill(&ana, &open);
    world.join(&[&ana, &ben]);
    // Whatever else is loaded would fail: of every other run nothing is left that reads.
    ben.core
        .inner
        .write(crate::observe::Origin::Local, |tx, _| Ok(crate::store::docs::spoil_all_but(tx, open.parse().expect("a run"))?))
        .unwrap();
    let (mut listed, mut piece) = (0, Piece { after: None, count: Some(150) });
    loop {
        let read = ben.core.procedures().list(&piece).unwrap();
        assert!(read.list.len() <= 150);
        listed += read.list.len();
        piece.after = read.next;
        if piece.after.is_none() {
            break;
        }
    }
    assert_eq!(listed, RUNS + 1);
    assert_eq!(detail(&ben, &open).missing.len(), 0);
    let other = ben.core.procedures().list(&Piece::default()).unwrap().list.into_iter().find(|r| r.id != open).expect("another");
    assert!(ben.core.procedures().detail(&other.id).is_err(), "the others were not spoilt");
    // A page brings more of the open one.
    answer(&ana, &open, "fridge-temp/1", number("5"));
    world.join(&[&ana, &ben]);
    assert_eq!(detail(&ben, &open).sections.len(), 3);
    is_invalid(ben.core.procedures().list(&Piece { after: Some("here".into()), count: None }), "after", "cursor");
}

#[test]
fn a_history_tells_how_long_each_answer_took_and_which_are_hard_to_believe_and_refuses_none() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let calm = start(&ana);
    let items = [
        ("door", Raw::Bool(true)),
        ("bread", Raw::Text("rye".into())),
        ("remarks", Raw::Text("none".into())),
        ("fridge-temp", number("4")),
    ];
    for (item, value) in items.clone() {
        world.wait(20_000);
        answer(&ana, &calm, item, value);
    }
    let told = ana.core.procedures().history(&calm).unwrap();
    assert_eq!(told.iter().map(|line| line.took_ms).collect::<Vec<_>>(), [None, Some(20_000), Some(20_000), Some(20_000)]);
    assert!(told.iter().all(|line| line.doubts.is_empty()));
    let hasty = start(&ana);
    for (item, value) in items.into_iter().chain([("fridge-temp/1", number("5"))]) {
        world.wait(300);
        answer(&ana, &hasty, item, value);
    }
    ana.core.procedures().submit(&hasty).unwrap();
    let told = ana.core.procedures().history(&hasty).unwrap();
    assert_eq!(told.iter().filter(|line| line.doubts == [Doubt::TooFast]).count(), 5, "five items in a second and a half: {told:?}");
}
