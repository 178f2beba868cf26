//! Corrective actions, on one phone and on two.

use frontline_domain::action::{Escalation, Priority, Status};
use frontline_domain::form::Raw;

use super::is_invalid;
use super::world::{ANA, BEN, Phone, World};
use crate::Error;
use crate::services::actions::{ActionDetail, ActionDraft, Asked, Change, ChangeDraft, From, WhyNot};
use crate::services::piece::Piece;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::today::Why;

const HOUR: u64 = 3_600_000;

fn draft(title: &str) -> ActionDraft {
    ActionDraft { title: title.into(), priority: Priority::Normal, owner: None, due_ms: None, from: None }
}
fn open(phone: &Phone, draft: ActionDraft) -> String {
    phone.core.actions().open(draft).unwrap()
}
fn detail(phone: &Phone, id: &str) -> ActionDetail {
    phone.core.actions().detail(id).unwrap()
}
fn change(phone: &Phone, id: &str, change: Change) -> Result<(), Error> {
    phone.core.actions().change(ChangeDraft { action: id.into(), change, seen: None })
}
fn becomes(to: Status) -> Change {
    Change::Status { to, reason: None }
}
fn titles(phone: &Phone, asked: Asked) -> Vec<String> {
    phone.core.actions().list(asked, &Piece::default()).unwrap().list.into_iter().map(|one| one.title).collect()
}
/// A run with a failed door, and an action from it.
fn from_a_run(phone: &Phone, title: &str) -> (String, String) {
    let run = phone.core.procedures().start("opening-checks").unwrap();
    phone.core.procedures().answer(AnswerDraft { run: run.clone(), item: "door".into(), value: Raw::Bool(false), seen: None }).unwrap();
    let from = From { run: run.clone(), item: "door".into(), demand: None };
    (open(phone, ActionDraft { from: Some(from), ..draft(title) }), run)
}

#[test]
fn what_was_begun_about_an_action_goes_with_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let drafts = ana.core.drafts();
    drafts.keep("action/new", "The display fridge drips").unwrap();
    drafts.keep("action/new/comment", "and smells").unwrap();
    open(&ana, draft("The display fridge drips"));
    assert_eq!(drafts.list().unwrap().iter().map(|begun| begun.about.as_str()).collect::<Vec<_>>(), ["action/new/comment"]);
}

#[test]
fn an_action_goes_its_way_and_who_leads_looks_at_it() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(20, &[BEN]));
    let (id, run) = from_a_run(&ana, "Mend the lock");
    let shown = detail(&ana, &id);
    assert_eq!((shown.summary.status, shown.from.unwrap().run, shown.summary.run), (Status::Open, run.clone(), Some(run)));
    change(&ana, &id, Change::Owner(Some(ANA.to_string()))).unwrap();
    change(&ana, &id, becomes(Status::InProgress)).unwrap();
    change(&ana, &id, becomes(Status::Done)).unwrap();
    ana.core.actions().comment(&id, " a new cylinder ", &[]).unwrap();
    let shown = detail(&ana, &id);
    assert!(shown.summary.mine && shown.summary.comments == 1);
    let verified = shown.next.iter().find(|next| next.to == Status::Verified).unwrap();
    assert_eq!(verified.why_not, Some(WhyNot::NoRight));
    assert_eq!(change(&ana, &id, becomes(Status::Verified)), Err(Error::Unauthorized { device: None }));
    world.join(&[&ana, &ben]);
    is_invalid(change(&ben, &id, becomes(Status::Rejected)), "reason", "required");
    change(&ben, &id, becomes(Status::Verified)).unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!(detail(&ana, &id).summary.status, Status::Verified);
    assert_eq!((titles(&ana, Asked::Standing), titles(&ana, Asked::All)), (vec![], vec!["Mend the lock".to_owned()]));
    assert_eq!(detail(&ana, &id).history.len(), 6);
}

#[test]
fn two_who_change_one_action_offline_join_and_a_clash_keeps_both() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(20, &[BEN]));
    let id = open(&ana, draft("Salt on the steps"));
    world.join(&[&ana, &ben]);
    // Different things are no clash.
    change(&ana, &id, Change::Priority(Priority::Urgent)).unwrap();
    change(&ben, &id, Change::Due(Some(5))).unwrap();
    // The same thing is one.
    change(&ana, &id, Change::Title("Salt on all steps".into())).unwrap();
    change(&ben, &id, Change::Title("Salt and sand".into())).unwrap();
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let shown = detail(phone, &id);
        assert_eq!((shown.summary.priority, shown.summary.due_ms, shown.summary.clashes), (Priority::Urgent, Some(5), 1));
        assert_eq!(shown.titles.values.len(), 2);
    }
    let seen = detail(&ben, &id).titles.seen;
    let keep = Change::Title("Salt on all steps".into());
    ben.core.actions().change(ChangeDraft { action: id.clone(), change: keep, seen: Some(seen) }).unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!((detail(&ana, &id).summary.clashes, detail(&ana, &id).summary.title.as_str()), (0, "Salt on all steps"));
    assert_eq!(detail(&ana, &id).history, detail(&ben, &id).history);
}

#[test]
fn a_clash_with_what_one_who_leads_said_is_ended_by_who_leads() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(20, &[BEN]));
    let id = open(&ana, draft("Mend the lock"));
    change(&ana, &id, becomes(Status::Done)).unwrap();
    world.join(&[&ana, &ben]);
    change(&ana, &id, becomes(Status::InProgress)).unwrap();
    change(&ben, &id, becomes(Status::Verified)).unwrap();
    world.join(&[&ana, &ben]);
    change(&ana, &id, becomes(Status::Done)).unwrap();
    let shown = detail(&ana, &id);
    assert_eq!(shown.summary.clashes, 1);
    assert_eq!(shown.next.iter().find(|next| next.to == Status::Done).unwrap().why_not, Some(WhyNot::NoRight));
    assert_eq!(change(&ana, &id, becomes(Status::Done)), Err(Error::Unauthorized { device: None }));
    world.join(&[&ana, &ben]);
    change(&ben, &id, becomes(Status::Done)).unwrap();
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        assert_eq!((detail(phone, &id).summary.clashes, detail(phone, &id).summary.status), (0, Status::Done));
    }
}

#[test]
fn the_same_failure_is_found_again_and_one_that_is_late_comes_to_who_leads() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let (first, _) = from_a_run(&ana, "Mend the lock");
    world.wait(HOUR);
    let (second, _) = from_a_run(&ana, "Mend the lock for good");
    let again = detail(&ana, &second).again;
    assert_eq!((again.len(), again[0].id.as_str()), (1, first.as_str()));
    assert_eq!(detail(&ana, &first).again, []);
    let now_ms = ana.core.today().unwrap().now_ms;
    change(&ana, &second, Change::Due(Some(now_ms - 1))).unwrap();
    assert_eq!(detail(&ana, &second).summary.escalated, Some(Escalation::Supervisor));
    change(&ana, &second, Change::Priority(Priority::Urgent)).unwrap();
    change(&ana, &second, Change::Due(Some(now_ms - 5 * HOUR.cast_signed()))).unwrap();
    assert_eq!(detail(&ana, &second).summary.escalated, Some(Escalation::Manager));
    change(&ana, &second, becomes(Status::Done)).unwrap();
    assert_eq!(detail(&ana, &second).summary.escalated, None);
}

#[test]
fn bad_input_gets_a_sentence_and_a_second_tap_changes_nothing() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let actions = ana.core.actions();
    is_invalid(actions.open(draft("  ")), "title", "required");
    is_invalid(actions.open(draft(&"x".repeat(401))), "title", "length");
    is_invalid(actions.open(ActionDraft { owner: Some("nobody".into()), ..draft("a") }), "owner", "id");
    let id = open(&ana, draft("Mend the lock"));
    change(&ana, &id, becomes(Status::Open)).unwrap();
    is_invalid(change(&ana, &id, becomes(Status::Verified)), "status", "step");
    is_invalid(actions.comment(&id, " ", &[]), "text", "required");
    let wrong = ChangeDraft { action: id.clone(), change: becomes(Status::Done), seen: Some(vec![id.replace(['0', '1'], "2")]) };
    is_invalid(actions.change(wrong), "seen", "ids");
    let unsent = || ana.core.status().now().unwrap().unsent;
    change(&ana, &id, becomes(Status::Done)).unwrap();
    let before = unsent();
    change(&ana, &id, becomes(Status::Done)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(unsent(), before);
}

#[test]
fn who_may_choose_is_asked_to_before_a_step_that_one_of_what_stands_does_not_know() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(20, &[BEN]));
    let id = open(&ana, draft("Mend the lock"));
    world.join(&[&ana, &ben]);
    change(&ana, &id, becomes(Status::Done)).unwrap();
    change(&ben, &id, Change::Status { to: Status::CannotDo, reason: Some("no key".into()) }).unwrap();
    world.join(&[&ana, &ben]);
    // From done it may be verified; from what can't be done not.
    let offered = |phone: &Phone| detail(phone, &id).next.iter().map(|next| next.to).collect::<Vec<_>>();
    assert!(!offered(&ben).contains(&Status::Verified) && offered(&ben).contains(&Status::Rejected), "{:?}", offered(&ben));
    is_invalid(change(&ben, &id, becomes(Status::Verified)), "status", "choose");
    // A step that both know ends it, and so does a choice.
    assert!(offered(&ana).contains(&Status::InProgress) && offered(&ana).contains(&Status::Done));
    change(&ben, &id, becomes(Status::Done)).unwrap();
    change(&ben, &id, becomes(Status::Verified)).unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!((detail(&ana, &id).summary.clashes, detail(&ana, &id).summary.status), (0, Status::Verified));
}

#[test]
fn what_a_rule_asks_for_is_taken_up_with_its_due_time_and_is_an_action_from_then_on() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(20, &[BEN]));
    let run = ana.core.procedures().start("opening-checks").unwrap();
    let warm = Raw::Number("9".into());
    ana.core.procedures().answer(AnswerDraft { run: run.clone(), item: "fridge-temp".into(), value: warm, seen: None }).unwrap();
    let asked = |phone: &Phone| phone.core.procedures().demands(&Piece::default()).unwrap().list.remove(0);
    let asks = |phone: &Phone| phone.core.today().unwrap().items.iter().filter(|i| matches!(i.why, Why::PutRight { .. })).count();
    let demand = asked(&ana);
    assert_eq!((demand.action.clone(), asks(&ana)), (None, 1));
    let due_ms = demand.due_ms.expect("a time");
    let from = From { run, item: "fridge-temp".into(), demand: Some(demand.id) };
    let id = open(&ana, ActionDraft { from: Some(from.clone()), owner: Some(ANA.to_string()), ..draft("Mend the fridge") });
    assert_eq!((detail(&ana, &id).summary.due_ms, asked(&ana).action, asks(&ana)), (Some(due_ms), Some(id.clone()), 0));
    world.join(&[&ana, &ben]);
    assert_eq!((asked(&ben).action, asks(&ben)), (Some(id.clone()), 0), "a colleague's phone knows it as well");

    let said = |phone: &Phone| {
        let said = phone.core.today().unwrap().actions;
        (said.mine, said.late, said.differ, said.to_review, said.first.iter().map(|one| one.title.clone()).collect::<Vec<_>>())
    };
    let fridge = || vec!["Mend the fridge".to_owned()];
    assert_eq!(said(&ana), (1, 0, 0, 0, fridge()));
    assert_eq!(said(&ben), (0, 0, 0, 0, vec![]), "neither his nor late");
    world.wait(5 * HOUR);
    assert_eq!(said(&ana), (1, 1, 0, 0, fridge()));
    assert_eq!(said(&ben), (0, 1, 0, 0, fridge()), "it is late where he leads");
    change(&ana, &id, becomes(Status::Done)).unwrap();
    change(&ben, &id, becomes(Status::InProgress)).unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!(said(&ana).2, 1);
    change(&ben, &id, becomes(Status::Done)).unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!((said(&ana), said(&ben)), ((0, 0, 0, 0, vec![]), (0, 0, 0, 1, fridge())), "who leads looks at it");
}

#[test]
fn what_was_taken_up_takes_no_others_room_on_the_first_screen() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let mut runs = Vec::new();
    for _ in 0..101 {
        let run = ana.core.procedures().start("opening-checks").unwrap();
        let value = Raw::Number("9".into());
        ana.core.procedures().answer(AnswerDraft { run: run.clone(), item: "fridge-temp".into(), value, seen: None }).unwrap();
        world.wait(1_000);
        runs.push(run);
    }
    let mut piece = Piece { after: None, count: Some(100) };
    let newest = ana.core.procedures().demands(&piece).unwrap();
    for demand in newest.list {
        let from = From { run: demand.run, item: "fridge-temp".into(), demand: Some(demand.id) };
        open(&ana, ActionDraft { from: Some(from), ..draft("Mend the fridge") });
    }
    piece.after = newest.next;
    assert_eq!(ana.core.procedures().demands(&piece).unwrap().list.len(), 1);
    let asked = ana.core.today().unwrap().items.into_iter().filter(|i| matches!(i.why, Why::PutRight { .. }));
    assert_eq!(asked.map(|i| i.id).collect::<Vec<_>>(), runs[..1]);
}
