//! Verdicts that honest phones meet rarely or never: a change before its author's own, and an actor that two
//! copies of a phone use.

use frontline_domain::document::{Heads, Run, RunChanged, base_actor};
use frontline_domain::fact::{Fact, InteractionEvent, InteractionOpened};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::{CaptureId, EntryType, Epoch};
use frontline_protocol::sync::{LaterVerdict, Verdict};
use frontline_protocol::{Code, Entry};

use crate::phone::{Phone, replacing};
use crate::world::{World, counts};

/// A change without dependencies, said to be its actor's second: what no honest build makes. A chunk of
/// automerge is four bytes of magic, four of SHA-256 over what follows, a type, a length, and the content,
/// here: no dependencies, the actor, the number.
fn as_the_second(change: &[u8], actor: [u8; 16]) -> Vec<u8> {
    let at = change.windows(16).position(|bytes| bytes == actor).unwrap() + 16;
    assert_eq!(change[at], 1, "the first of its actor");
    let mut forged = change.to_vec();
    forged[at] = 2;
    let sum = ring::digest::digest(&ring::digest::SHA256, &forged[8..]);
    forged[4..8].copy_from_slice(&sum.as_ref()[..4]);
    forged
}

fn told(phone: &Phone) -> Vec<Verdict> {
    let verdicts = phone.rows.iter().filter(|(_, _, e)| e.header.entry_type == EntryType::VERDICT);
    let read = |body: &[u8]| frontline_domain::cbor::decode::<LaterVerdict>("a verdict", body).unwrap().judged.verdict;
    verdicts.map(|(_, _, entry)| read(&entry.body)).collect()
}

#[tokio::test]
async fn a_change_before_its_authors_own_waits_and_is_judged_when_that_one_came() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (nonce, nothing) = ([1; 16], Heads::default());
    let (mut run, mut elsewhere) = (ana.run(nonce), ana.run(nonce));
    let first = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(true), &nothing).await;
    let honest = ana.answer(&world, &mut elsewhere, nonce, "doors", Value::Bool(false), &nothing).await;
    let mut body = RunChanged::decode(&honest.body).unwrap();
    let actor = base_actor(run.id(), ana.enrolled.device, ana.epoch, 0);
    body.change = as_the_second(&body.change, actor).into();
    let second = Entry::make(honest.header.clone(), body.encode());

    assert_eq!(ana.offer(&world, &second).await, Verdict::Held(Code::WAITS_FOR_EARLIER));
    assert_eq!(ana.offer(&world, &second).await, Verdict::Held(Code::WAITS_FOR_EARLIER), "however often it is sent");
    assert_eq!(counts(&world, world.org()).await["held"], 1);
    assert!(matches!(ana.offer(&world, &first).await, Verdict::Stored(_)), "it stands in nobody's way");
    assert_eq!(told(&ana), [Verdict::Quarantined(Code::UNSOUND_CHANGE)], "it does not build on what it follows");
    assert_eq!(ana.offer(&world, &second).await, Verdict::Quarantined(Code::UNSOUND_CHANGE));
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["run-changed"], counts["held"], counts["quarantined"]), (1, 0, 1));
}

#[tokio::test]
async fn two_copies_of_a_phone_that_answer_as_one_actor_are_told_apart_and_both_answers_are_kept() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (nonce, nothing) = ([2; 16], Heads::default());
    let mut copy = ana.clone();
    let hers = ana.answer(&world, &mut ana.run(nonce), nonce, "doors", Value::Bool(true), &nothing).await;
    // The copy's numbers differ, its actor does not: it gave one number to something that never came here.
    copy.next += 1;
    let his = copy.answer(&world, &mut copy.run(nonce), nonce, "doors", Value::Bool(false), &nothing).await;
    assert_ne!(hers.id(), his.id());
    assert!(matches!(ana.offer(&world, &hers).await, Verdict::Stored(_)));
    let answer = copy.sync(&world, std::slice::from_ref(&his)).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::Quarantined(Code::NUMBER_USED_TWICE));
    assert!(answer.epoch_closed, "its series ends here");
    assert_eq!(copy.offer(&world, &his).await, Verdict::Quarantined(Code::NUMBER_USED_TWICE));
    assert_eq!(counts(&world, world.org()).await["held"], 1, "kept, not refused");

    (copy.epoch, copy.next) = (Epoch(91), 1);
    let mut header = copy.header(&world, EntryType::RUN_CHANGED);
    header.replaces = replacing(&his);
    let anew = copy.answer_as(&world, header, &mut copy.run(nonce), nonce, "doors", Value::Bool(false), &nothing).await;
    assert!(matches!(copy.offer(&world, &anew).await, Verdict::Stored(_)));
    assert_eq!(copy.offer(&world, &his).await, Verdict::Replaced);
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["run-changed"], counts["held"]), (2, 0));
}

#[tokio::test]
async fn a_colleagues_contact_is_voided_by_whoever_manages_the_site_and_by_nobody_else() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    ana.sync_all(&world).await;
    ben.sync_all(&world).await;
    let contact = |phone: &mut Phone, n: u8| {
        let opened = InteractionOpened { id: CaptureId::from_bytes([n; 16]), reason: None, channel: None, touchpoint: None };
        phone.make(phone.header(&world, EntryType::INTERACTION_OPENED), Fact::InteractionOpened(opened).encode())
    };
    let void = |phone: &mut Phone, n: u8| {
        let event = InteractionEvent { interaction: CaptureId::from_bytes([n; 16]) };
        phone.make(phone.header(&world, EntryType::INTERACTION_VOIDED), Fact::InteractionVoided(event).encode())
    };
    for n in [1, 2] {
        let opened = contact(&mut ana, n);
        assert!(matches!(ana.offer(&world, &opened).await, Verdict::Stored(_)));
    }
    let voided = void(&mut ben, 1);
    assert_eq!(ben.offer(&world, &voided).await, Verdict::Quarantined(Code::NOT_PERMITTED), "a shift lead manages nothing");
    let own = void(&mut ana, 1);
    assert!(matches!(ana.offer(&world, &own).await, Verdict::Stored(_)), "her own");
    // What has not arrived is nobody's yet: the order of arrival refuses nothing.
    let early = void(&mut ana, 9);
    assert!(matches!(ana.offer(&world, &early).await, Verdict::Stored(_)));
    world.wait(1_000);
    let mut desk = world.desk().await;
    desk.grant(ben.enrolled.person, Role::Manager, world.scope("harbour").await).await.unwrap();
    desk.close().await.unwrap();
    world.wait(1_000);
    let voided = void(&mut ben, 2);
    assert!(matches!(ben.offer(&world, &voided).await, Verdict::Stored(_)));
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["interaction-voided"], counts["quarantined"]), (3, 1));
}

#[tokio::test]
async fn of_a_replay_and_its_original_that_wait_for_the_same_change_one_is_stored() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (nonce, nothing) = ([1; 16], Heads::default());
    let mut run = ana.run(nonce);
    (ana.epoch, ana.next) = (Epoch(90), 1);
    let first = ana.answer(&world, &mut run, nonce, "doors", Value::Bool(true), &nothing).await;
    let (heads, mut again) = (run.heads(), Run::load(run.id(), &run.save()).unwrap());
    let original = ana.answer(&world, &mut run, nonce, "fridge", Value::Number("4".parse().unwrap()), &heads).await;
    (ana.epoch, ana.next) = (Epoch(80), 1);
    let mut header = ana.header(&world, EntryType::RUN_CHANGED);
    header.replaces = replacing(&original);
    let replay = ana.answer_as(&world, header, &mut again, nonce, "fridge", Value::Number("4".parse().unwrap()), &heads).await;
    assert_eq!(ana.offer(&world, &replay).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    // The original comes behind it, late, or given back by a colleague's phone.
    (ana.epoch, ana.next) = (Epoch(90), 3);
    assert_eq!(ana.offer(&world, &original).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    assert!(matches!(ana.offer(&world, &first).await, Verdict::Stored(_)));
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["run-changed"], counts["held"]), (2, 0), "the answer that they wait for, and one of the two");
    // Its device was told that both wait: it hears of each what became of it.
    ana.sync_all(&world).await;
    let of = |told: &[Verdict], is: fn(&Verdict) -> bool| told.iter().filter(|v| is(v)).count();
    let told = told(&ana);
    assert_eq!((of(&told, |v| matches!(v, Verdict::Stored(_))), of(&told, |v| *v == Verdict::Replaced)), (1, 1), "{told:?}");
    assert_eq!(ana.offer(&world, &original).await, Verdict::Replaced);
}
