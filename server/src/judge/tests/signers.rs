//! Who signs as whom, and who answers what signers are asked.

use frontline_domain::document::Heads;
use frontline_domain::fact::{Fact, SignedOff};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::release::{Content, Signers};
use frontline_domain::{AnswersHash, DocId};
use frontline_protocol::Code;

use super::{REFUSED, is_stored, one, says};
use crate::phone::Phone;
use crate::world::{World, bundle};

const NONCE: [u8; 16] = [4; 16];

fn signed(run: DocId, role: Option<Role>) -> Fact {
    Fact::SignedOff(SignedOff { run, answers: AnswersHash::from_bytes([0; 32]), role })
}

async fn phones(world: &World) -> (Phone, Phone) {
    (Phone::enrol(world, "harbour", "ana").await, Phone::enrol(world, "harbour", "ben").await)
}

/// The procedure, whose second section is asked of a shift lead; a manager signs, too.
async fn asking(world: &World) {
    let mut asking = bundle();
    let Content::Procedure(procedure) = &mut asking.releases[0].content else { panic!("a procedure") };
    let mut lead = procedure.form.sections[0].clone();
    lead.slug = "lead".parse().unwrap();
    lead.asked_of = Some(Role::Supervisor);
    lead.items.retain(|item| item.slug.as_str() == "fridge");
    procedure.form.sections[0].items.retain(|item| item.slug.as_str() != "fridge");
    procedure.form.sections.push(lead);
    procedure.sign_off = Signers::new(vec![Role::Supervisor, Role::Manager]).unwrap();
    world.push(&asking).await;
}

#[tokio::test]
async fn nobody_signs_in_a_role_that_they_do_not_have() {
    let world = World::begin().await;
    let (ana, mut ben) = phones(&world).await;
    let run = ana.run(NONCE).id();
    let as_manager = says(&world, &mut ben, &signed(run, Some(Role::Manager)));
    assert_eq!(one(&world, &ben, &as_manager).await, REFUSED(Code::NOT_PERMITTED));
    let before_the_run = says(&world, &mut ben, &signed(run, None));
    assert_eq!(one(&world, &ben, &before_the_run).await, REFUSED(Code::NOT_PERMITTED), "it would be the manager's once the run comes");
    for role in [Some(Role::Supervisor), Some(Role::Technician)] {
        let own = says(&world, &mut ben, &signed(run, role));
        assert!(is_stored(&one(&world, &ben, &own).await), "{role:?}");
    }
}

#[tokio::test]
async fn what_signers_are_asked_is_answered_by_them_and_until_they_sign() {
    let world = World::begin().await;
    asking(&world).await;
    let (mut ana, mut ben) = phones(&world).await;
    let four = || Value::Number("4".parse().unwrap());
    let mut run = ana.run(NONCE);
    let doors = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(true), &Heads::default()).await;
    assert!(is_stored(&one(&world, &ana, &doors).await));
    let mut hers = ana.run(NONCE);
    let forged = ana.answer(&world, &mut hers, NONCE, "fridge", four(), &Heads::default()).await;
    assert_eq!(one(&world, &ana, &forged).await, REFUSED(Code::NOT_PERMITTED), "she is staff");
    let mut his = ben.run(NONCE);
    let asked = ben.answer(&world, &mut his, NONCE, "fridge", four(), &Heads::default()).await;
    assert!(is_stored(&one(&world, &ben, &asked).await));
    let seal = says(&world, &mut ben, &signed(run.id(), Some(Role::Supervisor)));
    assert!(is_stored(&one(&world, &ben, &seal).await));
    let heads = his.heads();
    let late = ben.answer(&world, &mut his, NONCE, "fridge", Value::Number("5".parse().unwrap()), &heads).await;
    assert_eq!(one(&world, &ben, &late).await, REFUSED(Code::LOCKED), "he signed for it");
}

#[tokio::test]
async fn who_signed_as_nobody_that_is_asked_for_locked_nothing() {
    let world = World::begin().await;
    let (_, mut ben) = phones(&world).await;
    let mut his = ben.run(NONCE);
    // Before the server knows the run, and with it who signs.
    let stranger = says(&world, &mut ben, &signed(his.id(), Some(Role::Technician)));
    assert!(is_stored(&one(&world, &ben, &stranger).await));
    let doors = ben.answer(&world, &mut his, NONCE, "doors", Value::Bool(true), &Heads::default()).await;
    assert!(is_stored(&one(&world, &ben, &doors).await), "he wrote both, and it locks nothing");
    let again = says(&world, &mut ben, &signed(his.id(), Some(Role::Technician)));
    assert_eq!(one(&world, &ben, &again).await, REFUSED(Code::NOT_PERMITTED), "now that it is known who signs");
    let seal = says(&world, &mut ben, &signed(his.id(), Some(Role::Supervisor)));
    assert!(is_stored(&one(&world, &ben, &seal).await));
    let heads = his.heads();
    let late = ben.answer(&world, &mut his, NONCE, "doors", Value::Bool(false), &heads).await;
    assert_eq!(one(&world, &ben, &late).await, REFUSED(Code::LOCKED));
}
