//! What an entry says about itself: forged, moved, out of time, or not in its one encoding.

use frontline_domain::permission::{Act, Role};
use frontline_domain::*;
use frontline_protocol::{Code, Entry, Header, limits};

use super::attempt::Expected;
use super::messages::{DEEP, deep};
use super::scene::{Scene, series};
use crate::phone::{Phone, feedback};

pub async fn add(scene: &mut Scene) {
    let org = scene.world.org();
    let good = feedback(&scene.world, org, 5).await.encode();
    let (ana, ben, mallory) = (scene.ana.enrolled.clone(), scene.ben.enrolled.clone(), scene.mallory.enrolled.clone());
    let marina = scene.world.scope("marina").await;
    let of = EntryType::FEEDBACK_GIVEN;

    scene.offers("another organisation's", of, good.clone(), |h| h.org = OrgId::from_bytes([9; 16]), Code::OTHER_ORGANISATION);
    scene.offers("a colleague's device", of, good.clone(), |h| h.device = ana.device, Code::OTHER_DEVICE);
    scene.offers("a device that never was", of, good.clone(), |h| h.device = DeviceId::from_bytes([3; 16]), Code::OTHER_DEVICE);
    scene.offers("a person who was never enrolled on this phone", of, good.clone(), |h| h.person = ben.person, Code::NOT_CERTIFIED);
    scene.offers("a person who never was", of, good.clone(), |h| h.person = PersonId::from_bytes([3; 16]), Code::NOT_CERTIFIED);
    scene.offers("nobody, as the server writes", of, good.clone(), |h| h.person = PersonId::from_bytes([0; 16]), Code::NOT_CERTIFIED);
    scene.offers("a site where its author has no role", of, good.clone(), |h| h.scope = marina, Code::NOT_PERMITTED);
    let nowhere = [
        ("the organisation", Scope::Org),
        ("its author", Scope::Person(mallory.person)),
        ("a colleague", Scope::Person(ben.person)),
        ("its device", Scope::Device(mallory.device)),
        ("a colleague's device", Scope::Device(ana.device)),
        ("a site that never was", Scope::Site(SiteId::from_bytes([3; 16]))),
    ];
    for (name, scope) in nowhere {
        scene.offers(&format!("in the feed of {name}"), of, good.clone(), |h| h.scope = scope, Code::WRONG_SCOPE);
    }
    for one in EntryType::ALL.iter().filter(|one| !one.is_from_devices()) {
        scene.offers(&format!("{one}, which only the server writes"), *one, good.clone(), |_| {}, Code::FROM_SERVER_ONLY);
    }
    for code in [0, 127, 128, 999, u16::MAX] {
        scene.offers(&format!("type {code}, which nobody knows"), EntryType(code), good.clone(), |_| {}, Code::NOT_PERMITTED);
    }
    let (person, grant) = (mallory.person, GrantId::from_bytes([5; 16]));
    let role = permission::Grant { id: grant, person, role: Role::Admin, scope: Scope::Org, from_ms: 0, until_ms: None };
    assert!(role.role.acts().contains(&Act::Administer));
    scene.offers("the role of an administrator for itself", EntryType::GRANT, cbor::encode(&role), |_| {}, Code::FROM_SERVER_ONLY);

    // Numbers.
    scene.offers("number 0", of, good.clone(), |h| h.seq = 0, Code::OUT_OF_RANGE);
    scene.offers("number 2^63", of, good.clone(), |h| h.seq = 1 << 63, Code::OUT_OF_RANGE);
    scene.offers("number 2^64 - 1", of, good.clone(), |h| h.seq = u64::MAX, Code::OUT_OF_RANGE);
    // The series in which its number 2 is stored.
    let mut phone = scene.mallory.clone();
    phone.next = 2;
    let twice = phone.make(phone.header(&scene.world, of), good.clone());
    scene.offers_bytes("a number for the second time", &phone, twice.bytes(), Expected::Quarantined(Code::NUMBER_USED_TWICE));
    phone.next = 1;
    let back = phone.make(phone.header(&scene.world, of), good.clone());
    scene.offers_bytes("a number that goes back", &phone, back.bytes(), Expected::Quarantined(Code::CLOSED_EPOCH));
    phone.next = 9;
    let closed = phone.make(phone.header(&scene.world, of), good.clone());
    scene.offers_bytes("a series that was closed", &phone, closed.bytes(), Expected::Quarantined(Code::CLOSED_EPOCH));
    let mut other = scene.anew();
    let of_closed = Entry::make(Header { epoch: phone.epoch, seq: 12, ..other.header(&scene.world, of) }, good.clone());
    other.next = 20;
    scene.offers_bytes("a closed series, out of an open one", &other, of_closed.bytes(), Expected::Quarantined(Code::CLOSED_EPOCH));

    contacts(scene, &good).await;
    let revoked = series(&scene.world, &scene.revoked);
    let entry = revoked.clone().make(revoked.header(&scene.world, of), good.clone());
    scene.offers_bytes("by a phone that was revoked", &revoked, entry.bytes(), Expected::Quarantined(Code::REVOKED));

    // Colleagues' entries.
    for (name, entry) in [("stored", scene.stored.clone()), ("unsent", scene.unsent.clone()), ("first change", scene.first.clone())] {
        let phone = scene.anew();
        scene.offers_bytes(&format!("a colleague's {name} entry"), &phone, entry.bytes(), Expected::Quarantined(Code::OTHER_DEVICE));
    }
    bytes(scene, &good);
}

/// Times that give a right which its author has not.
async fn contacts(scene: &mut Scene, good: &[u8]) {
    let (of, harbour) = (EntryType::FEEDBACK_GIVEN, scene.world.scope("harbour").await);
    let (incarnation, now_ms) = (scene.cy.enrolled.incarnation, scene.world.now_ms());
    let offers = |scene: &mut Scene, name: &str, mut phone: Phone, contact, code| {
        let header = Header { scope: harbour, contact, ..phone.header(&scene.world, of) };
        let entry = phone.make(header, good.to_vec());
        scene.offers_bytes(name, &phone, entry.bytes(), Expected::Quarantined(code));
    };
    for (name, ms) in [("now", now_ms), ("in a year", now_ms + 365 * 86_400_000), ("at the end of time", i64::MAX)] {
        let phone = series(&scene.world, &scene.cy);
        let name = format!("with a role that ended, and a contact {name}");
        offers(scene, &name, phone, Some((incarnation, ms)), Code::NOT_PERMITTED);
    }
    // Its own series, in which it has stated when it was told last.
    let mut phone = scene.cy.clone();
    for (name, contact) in [
        ("a contact from before", Some((incarnation, now_ms - 90_000))),
        ("a contact before all times", Some((incarnation, i64::MIN))),
        ("no contact", None),
    ] {
        offers(scene, &format!("with a role that ended, and {name}"), phone.clone(), contact, Code::CLOSED_EPOCH);
        phone.next += 1;
    }
}

/// Bytes that are no entry, or not one in its encoding.
fn bytes(scene: &mut Scene, good: &[u8]) {
    let of = EntryType::FEEDBACK_GIVEN;
    let mut phone = scene.anew();
    let whole = phone.make(phone.header(&scene.world, of), good.to_vec());
    let whole = whole.bytes();
    let unreadable = Expected::Quarantined(Code::UNREADABLE);
    let set = |scene: &mut Scene, name: &str, bytes: &[u8], expected: Expected| {
        let phone = scene.anew();
        scene.offers_bytes(name, &phone, bytes, expected);
    };
    set(scene, "nothing", &[], unreadable.clone());
    set(scene, "half an entry", &whole[..whole.len() / 2], unreadable.clone());
    set(scene, "an entry and a byte", &[whole, &[0]].concat(), unreadable.clone());
    set(scene, "an entry twice", &whole.repeat(2), unreadable.clone());
    set(scene, "an array whose length has two bytes", &[&[0x98, 2], &whole[1..]].concat(), Expected::Quarantined(Code::NOT_CANONICAL));
    let mut format = whole.to_vec();
    format[2] = 2;
    set(scene, "a format that is not spoken", &format, Expected::Quarantined(Code::NOT_CANONICAL));
    set(scene, "a header without a body", &[&[0x81], &whole[1..]].concat(), unreadable.clone());
    set(scene, "a byte over an entry's limit", &vec![0; limits::ENTRY + 1], Expected::Quarantined(Code::TOO_LARGE));
    for (name, head) in DEEP {
        set(scene, &format!("{name} within {name}, 100,000 deep, as an entry"), &deep(head), unreadable.clone());
        set(scene, &format!("{name} as deep, as a header"), &[&[0x82], &deep(head)[..], &[0x40]].concat(), unreadable.clone());
    }
    scene.offers("an entry of 300 KiB", of, vec![0; 300 << 10], |_| {}, Code::TOO_LARGE);
}
