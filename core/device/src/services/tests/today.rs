//! What a shell's first screens are told: what is to be done and why, who is at the phone, what there is to choose.

use frontline_domain::form::Raw;
use frontline_domain::record::Assignment;
use frontline_domain::release::Metric;
use frontline_domain::{AssignmentId, Dir, Scope};

use super::is_invalid;
use super::world::{ANA, BEN, HARBOUR, Phone, START, World, slug};
use crate::Core;
use crate::services::contact_form::Choices;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::detail::WhyNot;
use crate::services::today::{TodayItem, What, Why};

const HOUR: i64 = 3_600_000;

fn answer(phone: &Phone, run: &str, item: &str, value: Raw) {
    let draft = AnswerDraft { run: run.into(), item: item.into(), value, seen: None };
    phone.core.procedures().answer(draft).unwrap();
}
fn assign(world: &World, procedure: &str, due_ms: i64) {
    let (id, to) = (AssignmentId::from_bytes([6; 16]), Scope::Site(HARBOUR));
    world.record(to, &Assignment { id, kind: "procedure".into(), slug: slug(procedure), to, due_ms, withdrawn: false });
}
fn today(core: &Core) -> Vec<TodayItem> {
    core.today().unwrap().items
}
fn whys(core: &Core) -> Vec<Why> {
    today(core).into_iter().map(|i| i.why).collect()
}

#[test]
fn the_day_begins_with_what_is_overdue_and_says_why_each_thing_is_there() {
    let world = World::new();
    assign(&world, "opening-checks", START + 2 * HOUR);
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let first = today(&ana.core);
    assert_eq!(
        first.iter().map(|i| (i.what, i.id.as_str())).collect::<Vec<_>>(),
        [(What::Module, "coffee-basics"), (What::Procedure, "opening-checks")]
    );
    assert_eq!(whys(&ana.core), [Why::Due, Why::Due]);

    world.set(90 * 60_000);
    assert_eq!(whys(&ana.core), [Why::Overdue, Why::Due], "the module was due half an hour ago");
    assert_eq!((ana.core.today().unwrap().count, ana.core.today().unwrap().overdue), (2, 1));

    // Somebody began it: its run is the thing to do, and what a rule of it asks for comes with it.
    let run = ana.core.procedures().start("opening-checks").unwrap();
    answer(&ana, &run, "fridge-temp", Raw::Number("7".into()));
    let begun = Why::Begun { by: "Ana".into(), missing: 1 };
    let all = whys(&ana.core);
    assert_eq!(all[..2], [Why::Overdue, begun]);
    assert!(matches!(&all[2], Why::PutRight { says, overdue: false } if says.text == "Mend the fridge"), "{all:?}");

    // Handed in it waits for a sign-off: on the phone of whoever may.
    answer(&ana, &run, "door", Raw::Bool(true));
    ana.core.procedures().submit(&run).unwrap();
    world.join(&[&ana, &ben]);
    assert!(!whys(&ana.core).contains(&Why::ToSignOff));
    assert!(whys(&ben.core).contains(&Why::ToSignOff));
    ben.core.procedures().sign_off(&run, None, None).unwrap();
    world.join(&[&ana, &ben]);
    assert!(today(&ben.core).iter().all(|i| i.what == What::Module || i.id == run), "{:?}", whys(&ben.core));
    assert!(!today(&ana.core).iter().any(|i| i.what == What::Procedure), "it was done");

    // One that was done days before it is due is done; and it does not count for what is assigned again.
    world.set(24 * 3_600_000);
    assert!(!today(&ana.core).iter().any(|i| i.what == What::Procedure), "it stays done");
    assign(&world, "opening-checks", START + 7 * 24 * HOUR);
    world.pull(&ana);
    assert!(today(&ana.core).iter().any(|i| i.what == What::Procedure && i.why == Why::Due));
}

#[test]
fn what_needs_a_person_first_is_said_as_that() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = ana.core.procedures().start("opening-checks").unwrap();
    answer(&ana, &run, "fridge-temp", Raw::Number("3".into()));
    world.join(&[&ana, &ben]);
    answer(&ana, &run, "door", Raw::Bool(true));
    answer(&ben, &run, "door", Raw::Bool(false));
    world.join(&[&ana, &ben]);
    assert_eq!(whys(&ana.core)[0], Why::Clashes(1));
    let shown = ana.core.procedures().screen(&run).unwrap();
    assert_eq!(shown.can.why_not.submit, Some(WhyNot::Clashes(1)));
    assert_eq!(shown.can.why_not.sign_off, Some(WhyNot::NoRight));
    let door = shown.sections[0].items.iter().find(|i| i.item == "door").unwrap();
    let mut reads: Vec<_> = door.answers.iter().map(|a| a.reads.as_str()).collect();
    reads.sort_unstable();
    assert_eq!(reads, ["Fail", "Pass"]);

    let pick = door.answers.iter().find(|a| a.reads == "Pass").unwrap().id.clone();
    ana.core.procedures().settle(crate::services::procedures::answer::SettleDraft { run: run.clone(), item: "door".into(), pick }).unwrap();
    ana.core.procedures().submit(&run).unwrap();
    world.join(&[&ana, &ben]);
    ben.core.procedures().return_(&run, "The door is not shut").unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!(whys(&ana.core)[0], Why::GivenBack { by: "Ben".into(), reason: "The door is not shut".into() });
}

#[test]
fn a_screen_has_room_for_one_more_instance_and_says_why_nothing_can_be_answered() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = ana.core.procedures().start("opening-checks").unwrap();
    let sections = |phone: &Phone| -> Vec<(u16, bool)> {
        let shown = phone.core.procedures().screen(&run).unwrap();
        shown.sections.iter().filter(|s| s.slug == "fridges").map(|s| (s.instance, s.empty)).collect()
    };
    assert_eq!(sections(&ana), [(0, false), (1, true)]);
    assert_eq!(ana.core.procedures().detail(&run).unwrap().sections.len(), 2, "what is told elsewhere has none that nobody began");
    for (n, shown) in [("fridge-temp", 2), ("fridge-temp/1", 3), ("fridge-temp/2", 3)] {
        answer(&ana, &run, n, Raw::Number("3".into()));
        assert_eq!(sections(&ana).len(), shown, "after {n}");
    }
    answer(&ana, &run, "door", Raw::Bool(true));
    ana.core.procedures().submit(&run).unwrap();
    world.join(&[&ana, &ben]);
    ben.core.procedures().sign_off(&run, None, None).unwrap();
    world.join(&[&ana, &ben]);
    let shown = ana.core.procedures().screen(&run).unwrap();
    let items: Vec<_> = shown.sections.iter().flat_map(|s| &s.items).collect();
    assert!(items.iter().all(|i| !i.enabled));
    assert!(items[1].why_not.as_ref().is_some_and(|why| why.contains("signed off")), "{:?}", items[1].why_not);
    let in_arabic = ben.core.procedures().screen(&run).unwrap();
    assert!(in_arabic.sections[0].items[1].why_not.as_ref().is_some_and(|why| why.contains("اعتماد")));
}

#[test]
fn whoever_is_at_the_phone_reads_in_the_language_that_they_choose_there() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let people = phone.core.people();
    let me = people.me().unwrap();
    assert_eq!((me.name.as_str(), me.site.text.as_str(), me.dir, me.roles.clone()), ("Ana", "Harbour", Dir::Ltr, vec!["staff".to_owned()]));
    assert_eq!((me.may_answer_runs, me.may_sign_off, me.signed_in, me.languages), (true, false, true, vec!["en".into(), "ar".into()]));
    people.read_in(Some("ar")).unwrap();
    assert_eq!((people.me().unwrap().dir, phone.core.training().list().unwrap()[0].title.text.as_str()), (Dir::Rtl, "أساسيات القهوة"));
    is_invalid(people.read_in(Some("no language")), "language", "tag");
    people.use_person("ben").unwrap();
    people.read_in(Some("en")).unwrap();
    assert_eq!(people.me().unwrap().site.text, "Harbour", "each has their own");
    people.use_person("ana").unwrap();
    people.read_in(None).unwrap();
    assert_eq!((people.me().unwrap().language.as_str(), people.me().unwrap().dir), ("en", Dir::Ltr));
    people.use_person("ben").unwrap();
    assert_eq!(people.me().unwrap().language, "en");
    assert!(people.me().unwrap().may_sign_off);
}

#[test]
fn feedback_and_contacts_have_their_choices_in_the_readers_language() {
    let world = World::new();
    let ben = world.phone(11, &[BEN]);
    let points = ben.core.feedback().touchpoints().unwrap();
    let one = &points[0];
    assert_eq!((points.len(), one.id.as_str(), one.name.text.as_str(), one.metric), (1, "front-desk", "الاستقبال", Metric::Csat));
    assert_eq!((one.thank_you.text.as_str(), one.reasons.len(), one.here, one.may_capture, one.idle_reset_s), ("شكرا", 2, true, true, 10));
    let form = ben.core.interactions().form().unwrap();
    assert_eq!(form.reasons[0].label.text, "فواتير");
    assert_eq!((form.outcomes.len(), form.channels.len(), form.touchpoints.len()), (2, 2, 1));
    assert_eq!((form.reads(Choices::Touchpoints, "front-desk"), form.reads(Choices::Outcomes, "gone")), ("الاستقبال", "gone"));
}
