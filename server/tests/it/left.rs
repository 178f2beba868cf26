//! Somebody who signed out of a device that others go on with, and who let whom try their PIN again.

use frontline_domain::fact::{Fact, OnDevice, PersonOnDevice};
use frontline_domain::{CaptureId, DeviceId, EntryType, PersonId, Scope};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry};
use frontline_server::sync::reads;

use crate::phone::Phone;
use crate::world::World;

/// The scopes of people that a device is fed.
async fn fed(world: &World, device: DeviceId) -> Vec<PersonId> {
    let mut tx = world.app.store.read().await.unwrap();
    let reads = reads::of(&mut *tx, world.org(), device, world.now_ms()).await.unwrap();
    let mut people: Vec<PersonId> =
        reads.scopes.iter().filter_map(|(scope, _)| if let Scope::Person(id) = scope { Some(*id) } else { None }).collect();
    people.sort();
    people
}

/// Somebody else uses their code on the device, too.
async fn joins(world: &World, phone: &Phone, person: &str) -> PersonId {
    let code = world.code_of(world.org(), "harbour", person).await;
    Phone::ask_to_enrol(world, &phone.key, &code, Some(phone.enrolled.device)).await.unwrap().person
}

fn says(world: &World, phone: &mut Phone, person: PersonId, n: u8, what: OnDevice) -> Entry {
    let mut header = phone.header(world, EntryType::PERSON_ON_DEVICE);
    header.person = person;
    phone.make(header, Fact::PersonOnDevice(PersonOnDevice { id: CaptureId::from_bytes([n; 16]), what }).encode())
}

#[tokio::test]
async fn who_signed_out_is_fed_no_more_and_what_they_captured_is_still_theirs() {
    let world = World::begin().await;
    let mut tablet = Phone::enrol(&world, "harbour", "ana").await;
    let (ana, device) = (tablet.enrolled.person, tablet.enrolled.device);
    let ben = joins(&world, &tablet, "ben").await;
    let both = {
        let mut both = vec![ana, ben];
        both.sort();
        both
    };
    tablet.sync_all(&world).await;
    assert_eq!(fed(&world, device).await, both);
    world.wait(60_000);
    // Captured before she left, sent after.
    let late = tablet.feedback(&world, 5).await;
    world.wait(60_000);
    let left = says(&world, &mut tablet, ana, 1, OnDevice::SignedOut);
    assert!(matches!(tablet.offer(&world, &left).await, Verdict::Stored(_)));
    assert_eq!(fed(&world, device).await, [ben]);
    assert!(matches!(tablet.offer(&world, &late).await, Verdict::Stored(_)), "her certificate stays good for it");
    // A code of her own brings her back; her earlier word, offered once more, does not take her away again.
    world.wait(60_000);
    joins(&world, &tablet, "ana").await;
    assert_eq!(fed(&world, device).await, both);
    tablet.offer(&world, &left).await;
    assert_eq!(fed(&world, device).await, both);
}

#[tokio::test]
async fn who_let_whom_try_again_is_taken_from_those_who_lead_there_alone() {
    let world = World::begin().await;
    let mut tablet = Phone::enrol(&world, "harbour", "ana").await;
    let ana = tablet.enrolled.person;
    let ben = joins(&world, &tablet, "ben").await;
    tablet.sync_all(&world).await;
    let stranger = PersonId::from_bytes([9; 16]);
    for (n, by, whom) in [(1, ana, ben), (2, ben, ben), (3, ben, stranger)] {
        let said = says(&world, &mut tablet, by, n, OnDevice::Unlocked(whom));
        assert_eq!(tablet.offer(&world, &said).await, Verdict::Quarantined(Code::NOT_PERMITTED), "{n}");
    }
    let said = says(&world, &mut tablet, ben, 4, OnDevice::Unlocked(ana));
    assert!(matches!(tablet.offer(&world, &said).await, Verdict::Stored(_)));
}
