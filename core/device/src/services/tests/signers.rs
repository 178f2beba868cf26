//! Runs that several people sign off, and what they are asked themselves.

use frontline_domain::document::RunState;
use frontline_domain::form::{Form, ItemKind, NaRule, Raw, Section};
use frontline_domain::permission::Role;
use frontline_domain::record::{GrantRecord, Person};
use frontline_domain::release::{Content, Procedure, Release, Signers};
use frontline_domain::{GrantId, PersonId, Scope};

use super::is_invalid;
use super::world::{ANA, BEN, HARBOUR, Phone, START, World, item, slug, words};
use crate::Error;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::detail::{ItemDetail, RunDetail, WhyNot};

const CEM: PersonId = PersonId::from_bytes([6; 16]);

/// A round that a shift lead and a manager sign, each of whom is asked something.
fn world() -> (World, Phone) {
    let world = World::new();
    let section = |name: &str, asked_of: Option<Role>, question: &str| Section {
        slug: slug(name),
        label: words(name, name),
        help: None,
        visible_if: None,
        asked_of,
        weight: 1,
        repeat: None,
        items: vec![item(question, ItemKind::Boolean, true, NaRule::No)],
    };
    let sections = vec![
        section("round", None, "door"),
        section("lead", Some(Role::Supervisor), "seen"),
        section("manager", Some(Role::Manager), "agreed"),
    ];
    let sign_off = Signers::new(vec![Role::Supervisor, Role::Manager]).unwrap();
    let procedure = Procedure { form: Form { pass_mark: None, sections }, sign_off, minutes: None };
    let title = words("Round", "جولة");
    world.publish(&Release { slug: slug("round"), title, predecessor: None, content: Content::Procedure(procedure) });
    let language = "en".parse().expect("a tag");
    let site = Scope::Site(HARBOUR);
    world.record(site, &Person { id: CEM, slug: slug("cem"), name: "Cem".into(), language, withdrawn: false });
    let (id, until_ms) = (GrantId::from_bytes([7; 16]), None);
    world.record(Scope::Person(CEM), &GrantRecord { id, person: CEM, role: Role::Manager, scope: site, from_ms: START, until_ms });
    let phone = world.phone(1, &[ANA, BEN, CEM]);
    (world, phone)
}

fn by<T>(phone: &Phone, name: &str, act: impl FnOnce() -> T) -> T {
    phone.core.people().use_person(name).unwrap();
    act()
}
fn answer(phone: &Phone, run: &str, item: &str, yes: bool) -> Result<String, Error> {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value: Raw::Bool(yes), seen: None })
}
fn shown(phone: &Phone, run: &str) -> RunDetail {
    phone.core.procedures().detail(run).unwrap()
}
fn of<'a>(run: &'a RunDetail, name: &str) -> &'a ItemDetail {
    run.sections.iter().flat_map(|s| &s.items).find(|i| i.item == name).unwrap()
}
/// Handed in by Ana.
fn handed_in(phone: &Phone) -> String {
    by(phone, "ana", || {
        let run = phone.core.procedures().start("round").unwrap();
        answer(phone, &run, "door", true).unwrap();
        phone.core.procedures().submit(&run).unwrap();
        run
    })
}

#[test]
fn what_is_asked_of_a_signer_is_there_once_the_run_was_handed_in_and_theirs_alone() {
    let (_world, phone) = world();
    let run = by(&phone, "ben", || phone.core.procedures().start("round").unwrap());
    assert!(!of(&shown(&phone, &run), "seen").visible);
    is_invalid(answer(&phone, &run, "seen", true), "item", "submitted");
    answer(&phone, &run, "door", true).unwrap();
    let before = shown(&phone, &run);
    assert!(before.missing.is_empty() && before.can.submit, "what signers are asked is not in the way of handing it in: {before:?}");
    phone.core.procedures().submit(&run).unwrap();
    let after = shown(&phone, &run);
    assert_eq!((after.status, of(&after, "seen").visible, of(&after, "seen").enabled), (RunState::Submitted, true, true));
    assert_eq!(after.can.why_not.sign_off, Some(WhyNot::Missing(1)), "his own question, not the manager's");
    assert_eq!((of(&after, "agreed").visible, of(&after, "agreed").enabled), (true, false), "a shift lead is no manager");
    is_invalid(answer(&phone, &run, "agreed", true), "item", "asked-of");
    by(&phone, "ana", || is_invalid(answer(&phone, &run, "seen", true), "item", "asked-of"));
    assert!(of(&shown(&phone, &run), "seen").why_not.is_some());
}

#[test]
fn each_signature_covers_what_its_signer_saw_and_is_asked_and_not_what_comes_behind() {
    let (_world, phone) = world();
    let run = handed_in(&phone);
    by(&phone, "ben", || {
        answer(&phone, &run, "seen", true).unwrap();
        phone.core.procedures().sign_off(&run, None, None).unwrap();
        let shown = shown(&phone, &run);
        let signed: Vec<_> = shown.signatures.iter().map(|s| (s.role, s.by.as_deref())).collect();
        assert_eq!(signed, [("supervisor", Some("Ben")), ("manager", None)]);
        assert_eq!((shown.status, shown.can.sign_off, shown.can.answer), (RunState::Submitted, false, false));
        is_invalid(phone.core.procedures().sign_off(&run, None, None), "run", "signed");
        is_invalid(answer(&phone, &run, "seen", false), "run", "locked");
        is_invalid(answer(&phone, &run, "door", false), "run", "locked");
        assert_eq!(phone.core.today().unwrap().items.iter().filter(|i| i.id == run).count(), 0, "he has done his");
    });
    by(&phone, "cem", || {
        assert_eq!(phone.core.today().unwrap().items.iter().filter(|i| i.id == run).count(), 1, "it waits for the manager");
        answer(&phone, &run, "agreed", true).unwrap();
        phone.core.procedures().sign_off(&run, None, None).unwrap();
    });
    let all = shown(&phone, &run);
    assert_eq!(all.status, RunState::SignedOff, "the first one's signature holds: {:?}", all.signatures);
    assert!(phone.core.procedures().list(&Default::default()).unwrap().list[0].done);
}

#[test]
fn one_person_signs_once_and_a_return_asks_for_every_signature_anew() {
    let (_world, phone) = world();
    let run = handed_in(&phone);
    by(&phone, "cem", || {
        answer(&phone, &run, "agreed", true).unwrap();
        is_invalid(phone.core.procedures().sign_off(&run, None, None), "run", "required");
        answer(&phone, &run, "seen", true).unwrap();
        phone.core.procedures().sign_off(&run, None, None).unwrap();
        assert_eq!(shown(&phone, &run).signatures[1].by.as_deref(), Some("Cem"), "as the highest that he is");
        is_invalid(phone.core.procedures().sign_off(&run, None, None), "run", "signed");
        phone.core.procedures().return_(&run, "the door stood open").unwrap();
        let back = shown(&phone, &run);
        assert_eq!((back.status, back.can.answer), (RunState::Open, true));
        assert!(back.signatures.iter().all(|s| s.by.is_none()));
        assert!(!of(&back, "seen").visible, "what was said of it waits until it is handed in again");
    });
    by(&phone, "ana", || phone.core.procedures().submit(&run).unwrap());
    assert!(of(&shown(&phone, &run), "seen").value.is_some(), "and is not lost");
}

#[test]
fn a_note_is_refused_where_an_answer_is() {
    use crate::services::procedures::evidence::NoteDraft;
    let (_world, phone) = world();
    let run = handed_in(&phone);
    let note = |item: &str| phone.core.procedures().note(NoteDraft { run: run.clone(), item: item.into(), text: "wet".into() });
    by(&phone, "ana", || is_invalid(note("seen"), "item", "asked-of"));
    by(&phone, "ben", || {
        answer(&phone, &run, "seen", true).unwrap();
        phone.core.procedures().sign_off(&run, None, None).unwrap();
    });
    by(&phone, "ana", || is_invalid(note("door"), "run", "locked"));
    assert_eq!(shown(&phone, &run).signatures[0].by.as_deref(), Some("Ben"), "and nothing lapsed");
}

#[test]
fn what_tries_a_draft_is_in_no_list_of_a_colleague_at_the_same_phone() {
    use crate::services::piece::Piece;
    use crate::services::procedures::search::RunsAsked;
    use frontline_domain::EntryType;
    use frontline_domain::record::Publication;
    use frontline_domain::release::DRAFT;
    let (world, phone) = world();
    let section = Section {
        slug: slug("room"),
        label: words("Room", "غرفة"),
        help: None,
        visible_if: None,
        asked_of: None,
        weight: 1,
        repeat: None,
        items: vec![item("door", ItemKind::Boolean, true, NaRule::No)],
    };
    let procedure = Procedure { form: Form { pass_mark: None, sections: vec![section] }, sign_off: Signers::default(), minutes: None };
    let title = words("Draft: Cold room", "مسودة: غرفة باردة");
    let draft = Release { slug: slug("cold-room"), title, predecessor: None, content: Content::Draft(procedure) };
    let bytes = draft.encode();
    let release = Release::hash_of(&bytes);
    world.write(Scope::Person(ANA), EntryType::RELEASE, bytes);
    world.record(Scope::Person(ANA), &Publication { kind: DRAFT.into(), slug: slug("cold-room"), release, withdrawn: false });
    world.pull(&phone);
    let run = by(&phone, "ana", || phone.core.procedures().start("draft/cold-room").unwrap());
    let lists = |name: &str| {
        by(&phone, name, || {
            let procedures = phone.core.procedures();
            let listed = procedures.list(&Piece::default()).unwrap().list.iter().any(|one| one.id == run);
            let found = procedures.search(&RunsAsked { text: "cold".into(), ..RunsAsked::default() }, &Piece::default()).unwrap();
            (listed, found.list.iter().any(|one| one.id == run))
        })
    };
    assert_eq!((lists("ana"), lists("ben")), ((true, true), (false, false)));
    let on_today = |name: &str| by(&phone, name, || phone.core.today().unwrap().items.iter().any(|one| one.id == run));
    assert_eq!((on_today("ana"), on_today("ben")), (true, false));
    world.record(Scope::Person(ANA), &Publication { kind: DRAFT.into(), slug: slug("cold-room"), release, withdrawn: true });
    world.pull(&phone);
    assert!(!on_today("ana") && lists("ana").0, "with its draft the try is over: nothing asks for it any more, and it stays to be read");
}
