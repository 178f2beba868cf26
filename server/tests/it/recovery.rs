//! Whose code opens which store again.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::hpke::{self, Secret};
use frontline_protocol::recover::{Recover, Recovered, unwrapped, wrapped};
use frontline_protocol::{Code, Refused};

use crate::phone::Phone;
use crate::world::World;

const STORE_KEY: [u8; 32] = [42; 32];
const READER: [u8; 32] = [43; 32];

/// What this phone's header holds.
fn header(phone: &Phone) -> Vec<u8> {
    let to = phone.enrolled.recovery.expect("the organisation has a recovery key");
    let info = wrapped(phone.enrolled.org, phone.enrolled.device);
    hpke::seal(&to, &Secret::new([5; 32]), &info, &STORE_KEY).unwrap()
}

async fn ask(world: &World, (org, device): (OrgId, DeviceId), code: &str, sealed: Vec<u8>) -> Result<Vec<u8>, (u16, Code)> {
    let reader = hpke::public_key(&READER).into();
    let ask = Recover { versions: (1, 1), code: code.into(), org, device, sealed: sealed.into(), reader };
    let request = Request::post("/v1/recover").header("content-type", MEDIA_TYPE).body(Body::from(frame::pack(&ask))).unwrap();
    let (status, body) = world.send(request).await;
    if status != StatusCode::OK {
        let refused: Refused = frame::unpack("refused", &body).unwrap();
        return Err((status.as_u16(), refused.code));
    }
    let answer: Recovered = frame::unpack("recovered", &body).unwrap();
    let key = hpke::open(&Secret::new(READER), &unwrapped(org, device), &answer.sealed).expect("for this request");
    Ok(key.to_vec())
}

#[tokio::test]
async fn a_fresh_code_of_somebody_of_the_device_opens_its_store_and_is_then_used_to_enrol() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let whose = (world.org(), ana.enrolled.device);
    let code = world.code_of(world.org(), "harbour", "ana").await;
    for _ in 0..2 {
        assert_eq!(ask(&world, whose, &code, header(&ana)).await, Ok(STORE_KEY.to_vec()), "asking twice is safe");
    }
    let again = Phone::ask_to_enrol(&world, &ana.key, &code, Some(ana.enrolled.device)).await.unwrap();
    assert_eq!(again.device, ana.enrolled.device);
    assert_eq!(ask(&world, whose, &code, header(&ana)).await, Err((403, Code::BAD_CODE)), "used up by then");
}

#[tokio::test]
async fn no_other_code_opens_it_and_no_other_header_is_opened() {
    let world = World::begin().await;
    let marina = world.neighbour().await;
    let (ana, ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let whose = (world.org(), ana.enrolled.device);
    let code = |org, person| world.code_of(org, "harbour", person);
    let bad = Err((403, Code::BAD_CODE));
    assert_eq!(ask(&world, whose, "AAAAA-AAAAA", header(&ana)).await, bad);
    assert_eq!(ask(&world, whose, &code(world.org(), "ben").await, header(&ana)).await, bad, "who never worked on it");
    assert_eq!(ask(&world, whose, &code(marina.org, "ana").await, header(&ana)).await, bad, "another organisation's");
    let theirs = (marina.org, ana.enrolled.device);
    assert_eq!(ask(&world, theirs, &code(marina.org, "ana").await, header(&ana)).await, bad, "a device that is not theirs");
    let old = code(world.org(), "ana").await;
    world.wait(16 * 60_000);
    assert_eq!(ask(&world, whose, &old, header(&ana)).await, bad, "too old");
    // Another device's header under this one's name.
    let good = code(world.org(), "ana").await;
    assert_eq!(ask(&world, whose, &good, header(&ben)).await, Err((403, Code::NO_RECOVERY_KEY)));
    assert_eq!(ask(&world, whose, &good, vec![]).await, Err((403, Code::NO_RECOVERY_KEY)));
}

#[tokio::test]
async fn the_store_of_a_revoked_device_stays_closed_and_so_does_every_store_while_the_key_is_elsewhere() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let whose = (world.org(), ana.enrolled.device);
    let code = world.code_of(world.org(), "harbour", "ana").await;
    let private = world.app.recovery.private_file(world.org());
    let kept = std::fs::read(&private).unwrap();
    std::fs::remove_file(&private).unwrap();
    assert_eq!(ask(&world, whose, &code, header(&ana)).await, Err((403, Code::NO_RECOVERY_KEY)));
    // Another organisation's file in its place is noticed.
    std::fs::write(&private, [9; 32]).unwrap();
    assert_eq!(ask(&world, whose, &code, header(&ana)).await, Err((503, Code::INTERNAL)));
    std::fs::write(&private, kept).unwrap();
    assert_eq!(ask(&world, whose, &code, header(&ana)).await, Ok(STORE_KEY.to_vec()));
    let mut desk = world.desk().await;
    desk.revoke(ana.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    assert_eq!(ask(&world, whose, &code, header(&ana)).await, Err((403, Code::DEVICE_REVOKED)));
}

#[tokio::test]
async fn publishing_content_keeps_the_recovery_key_in_the_organisations_record() {
    let world = World::begin().await;
    let mut desk = world.desk().await;
    let public = desk.organisation().await.unwrap().recovery.expect("told");
    assert_eq!(Some(*public), world.app.recovery.public(world.org()).unwrap());
    assert_eq!(desk.recovery_key().await.unwrap(), *public, "made once");
}

#[tokio::test]
async fn after_a_new_pair_was_made_what_was_sealed_to_the_old_one_still_opens() {
    let world = World::begin().await;
    let ana = Phone::enrol(&world, "harbour", "ana").await;
    let (whose, before) = ((world.org(), ana.enrolled.device), header(&ana));
    let old = ana.enrolled.recovery.unwrap();
    for _ in 0..2 {
        let mut desk = world.desk().await;
        let public = desk.renew_recovery_key().await.unwrap();
        desk.close().await.unwrap();
        assert_ne!(public, *old);
        assert_eq!(world.app.recovery.public(world.org()).unwrap(), Some(public));
        assert_eq!(world.desk().await.organisation().await.unwrap().recovery, Some(public.into()));
    }
    let code = world.code_of(world.org(), "harbour", "ana").await;
    assert_eq!(ask(&world, whose, &code, before).await, Ok(STORE_KEY.to_vec()));
    let again = Phone::ask_to_enrol(&world, &ana.key, &code, Some(ana.enrolled.device)).await.unwrap();
    assert_eq!(again.recovery.map(|key| *key), world.app.recovery.public(world.org()).unwrap());
    assert_eq!(world.app.recovery.privates(world.org()).unwrap().len(), 3);
}

#[tokio::test]
async fn a_renewal_that_died_at_any_point_leaves_a_pair() {
    let world = World::begin().await;
    let org = world.org();
    let random = frontline_server::system::SystemRandom;
    let old = world.app.recovery.public(org).unwrap().unwrap();
    let public = world.dir().join(format!("recovery-{org}.pub"));
    // The public half was taken away, and nothing else was done.
    std::fs::remove_file(&public).unwrap();
    assert!(world.app.recovery.private(org).unwrap().is_some());
    assert_eq!(world.app.recovery.make(org, &random).unwrap(), old);
    // The private half is the new one already.
    let new = world.app.recovery.renew(org, &random).unwrap();
    std::fs::remove_file(&public).unwrap();
    assert_eq!(world.app.recovery.make(org, &random).unwrap(), new);
}
