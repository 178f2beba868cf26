//! What a phone lets the person who writes do, as far as it knows their roles: it hides, the server decides.

use frontline_domain::form::{Form, ItemKind, NaRule, Raw, Section};
use frontline_domain::permission::Role;
use frontline_domain::record::{GrantRecord, Person};
use frontline_domain::release::{Content, Procedure, Release};
use frontline_domain::{EntryType, GrantId, PersonId, Scope, SiteId};

use super::world::{ANA, BEN, HARBOUR, Phone, START, World, item, slug, words};
use crate::Error;
use crate::capture::Pen;
use crate::error::Fault;
use crate::services::procedures::answer::AnswerDraft;

const CEM: PersonId = PersonId::from_bytes([6; 16]);
const SITE: Scope = Scope::Site(HARBOUR);
const MARINA: Scope = Scope::Site(SiteId::from_bytes([1; 16]));
const QUAY: Scope = Scope::Site(SiteId::from_bytes([3; 16]));

fn knows(world: &World, id: PersonId, withdrawn: bool) {
    let language = "en".parse().expect("a tag");
    world.record(SITE, &Person { id, slug: slug("cem"), name: "Cem".into(), language, withdrawn });
}
fn holds(world: &World, n: u8, person: PersonId, role: Role, scope: Scope, until_ms: Option<i64>) {
    let id = GrantId::from_bytes([n; 16]);
    world.record(Scope::Person(person), &GrantRecord { id, person, role, scope, from_ms: 0, until_ms });
}
/// What the pen of whoever writes says, and nothing is written.
fn asked<T>(phone: &Phone, ask: impl FnOnce(&mut Pen<'_>) -> T) -> T {
    phone.core.inner.capture(|pen| Ok(ask(pen))).expect("it answers")
}
/// What is told of something that is not there.
fn missing(phone: &Phone) -> Error {
    phone.core.inner.capture(|_| Err::<(), _>(Fault::not_found("thing"))).unwrap_err()
}
const FORBIDDEN: Error = Error::Unauthorized { device: None };

#[test]
fn each_person_of_a_phone_does_what_their_own_roles_let_them_where_they_hold_them() {
    let world = World::new();
    let phone = world.phone(1, &[ANA, BEN]);
    for (name, leads) in [("ana", false), ("ben", true)] {
        phone.core.people().use_person(name).unwrap();
        asked(&phone, |pen| {
            assert!(pen.may_write(EntryType::RUN_CHANGED, SITE) && !pen.may_write(EntryType::RUN_CHANGED, MARINA));
            assert_eq!(pen.may_write(EntryType::SIGNED_OFF, SITE), leads, "{name}");
            assert!(pen.demand_answer(SITE).is_ok() && pen.demand_answer(MARINA).is_err());
            assert_eq!(pen.site(EntryType::RUN_CHANGED).ok(), Some(SITE));
            assert_eq!(pen.site(EntryType::SIGNED_OFF).is_ok(), leads, "{name}");
        });
    }
}

#[test]
fn a_role_counts_for_those_below_it_and_not_for_those_above() {
    let world = World::new();
    let phone = world.phone(1, &[BEN]);
    asked(&phone, |pen| {
        for (role, holds) in [(Role::Staff, true), (Role::Supervisor, true), (Role::Manager, false), (Role::Admin, false)] {
            assert_eq!(pen.may_write_as(EntryType::SIGNED_OFF, SITE, role), holds, "{role:?}");
            assert!(!pen.may_write_as(EntryType::SIGNED_OFF, MARINA, role), "{role:?}");
        }
    });
}

#[test]
fn a_contact_is_taken_out_by_its_author_or_a_manager_of_its_site() {
    let world = World::new();
    let phone = world.phone(1, &[BEN]);
    asked(&phone, |pen| assert!(pen.may_void(BEN, SITE) && !pen.may_void(ANA, SITE)));
    holds(&world, 7, BEN, Role::Manager, SITE, None);
    world.pull(&phone);
    asked(&phone, |pen| assert!(pen.may_void(ANA, SITE) && !pen.may_void(ANA, MARINA)));
}

#[test]
fn a_phone_that_heard_of_no_role_yet_refuses_nobody_but_who_has_left_the_organisation() {
    let world = World::new();
    knows(&world, CEM, false);
    let phone = world.phone(1, &[CEM]);
    asked(&phone, |pen| {
        assert!(pen.may_write(EntryType::SIGNED_OFF, SITE) && pen.may_void(ANA, SITE));
        assert!(pen.may_write_as(EntryType::SIGNED_OFF, SITE, Role::Manager));
    });
    assert!(matches!(missing(&phone), Error::NotFound { .. }), "it never was there");
    knows(&world, CEM, true);
    world.pull(&phone);
    asked(&phone, |pen| {
        assert!(!pen.may_write(EntryType::RUN_CHANGED, SITE) && !pen.may_write_as(EntryType::RUN_CHANGED, SITE, Role::Staff));
    });
    assert_eq!(missing(&phone), FORBIDDEN, "what they were to see is gone with their rights");
    // Also with a role that was not ended.
    holds(&world, 7, CEM, Role::Supervisor, SITE, None);
    world.pull(&phone);
    asked(&phone, |pen| {
        assert!(!pen.may_write(EntryType::RUN_CHANGED, SITE) && !pen.may_write_as(EntryType::RUN_CHANGED, SITE, Role::Staff));
    });
    assert_eq!(missing(&phone), FORBIDDEN);
}

#[test]
fn whoever_lost_every_role_is_told_so_where_something_is_not_there_any_more() {
    let world = World::new();
    knows(&world, CEM, false);
    holds(&world, 7, CEM, Role::Staff, SITE, Some(START));
    holds(&world, 8, CEM, Role::Staff, MARINA, Some(START));
    let phone = world.phone(1, &[CEM]);
    assert_eq!(missing(&phone), FORBIDDEN);
    assert!(asked(&phone, |pen| pen.site(EntryType::RUN_CHANGED).is_err()));
    holds(&world, 9, CEM, Role::Staff, QUAY, None);
    world.pull(&phone);
    assert!(matches!(missing(&phone), Error::NotFound { .. }), "one role stands: it is not for want of rights");
    assert_eq!(asked(&phone, |pen| pen.site(EntryType::RUN_CHANGED).ok()), Some(QUAY), "where they may by now");
    // Of several places the first, and never one where they may not.
    holds(&world, 7, CEM, Role::Author, MARINA, None);
    world.pull(&phone);
    assert_eq!(asked(&phone, |pen| pen.site(EntryType::RUN_CHANGED).ok()), Some(QUAY));
    holds(&world, 8, CEM, Role::Staff, MARINA, None);
    world.pull(&phone);
    assert_eq!(asked(&phone, |pen| pen.site(EntryType::RUN_CHANGED).ok()), Some(MARINA));
}

#[test]
fn a_run_that_a_manager_is_to_sign_off_is_not_signed_off_by_a_shift_lead() {
    let world = World::new();
    let items = vec![item("till", ItemKind::Boolean, true, NaRule::No)];
    let section = Section {
        asked_of: None,
        slug: slug("all"),
        label: words("All", "الكل"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        items,
    };
    let procedure = Procedure { form: Form { pass_mark: None, sections: vec![section] }, sign_off: Role::Manager.into(), minutes: None };
    let title = words("Closing", "الإغلاق");
    world.publish(&Release { slug: slug("closing"), title, predecessor: None, content: Content::Procedure(procedure) });
    let phone = world.phone(1, &[BEN]);
    let procedures = phone.core.procedures();
    let run = procedures.start("closing").unwrap();
    procedures.answer(AnswerDraft { run: run.clone(), item: "till".into(), value: Raw::Bool(true), seen: None }).unwrap();
    procedures.submit(&run).unwrap();
    assert_eq!(procedures.sign_off(&run, None, None), Err(FORBIDDEN), "he signs off what asks for a shift lead");
    assert!(!procedures.detail(&run).unwrap().can.sign_off, "nor is it offered");
    holds(&world, 7, BEN, Role::Manager, SITE, None);
    world.pull(&phone);
    assert!(procedures.detail(&run).unwrap().can.sign_off);
    procedures.sign_off(&run, None, None).unwrap();
}
