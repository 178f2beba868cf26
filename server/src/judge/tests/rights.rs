//! Who may write what, where.

use frontline_domain::fact::{Fact, InteractionEvent, InteractionOpened, OnDevice, PersonOnDevice};
use frontline_domain::permission::Role;
use frontline_domain::record::{GrantRecord, Record};
use frontline_domain::{CaptureId, DeviceId, EntryType, GrantId, OrgId, PersonId, Scope, SiteId};
use frontline_protocol::{Code, Entry, Header};

use super::{REFUSED, WAYS, at_bench, harbour, is_stored, judged, of_type, one, says};
use crate::judge::given::{Became, take_back};
use crate::phone::Phone;
use crate::world::World;

#[tokio::test]
async fn only_who_was_enrolled_there_writes_and_at_a_site_where_they_hold_a_role() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (ben, marina) = (world.person("ben").await, world.scope("marina").await);
    let nowhere = Scope::Site(SiteId::from_bytes([7; 16]));
    for way in WAYS {
        let offers = [
            way.entry(&world, &mut ana, |_| ()).await,
            way.entry(&world, &mut ana, |h| h.person = ben).await,
            way.entry(&world, &mut ana, |h| h.scope = Scope::Org).await,
            way.entry(&world, &mut ana, |h| h.scope = nowhere).await,
            way.entry(&world, &mut ana, |h| h.scope = marina).await,
            way.entry(&world, &mut ana, |_| ()).await,
        ];
        let verdicts = judged(&world, &ana, &offers).await;
        let codes = [Code::NOT_CERTIFIED, Code::WRONG_SCOPE, Code::WRONG_SCOPE, Code::NOT_PERMITTED].map(REFUSED);
        assert_eq!(verdicts[1..5], codes, "{way:?}");
        assert!(is_stored(&verdicts[0]) && is_stored(&verdicts[5]), "{way:?}: {verdicts:?}");
    }
}

#[tokio::test]
async fn an_entry_is_its_devices_its_organisations_and_numbered() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    for way in WAYS {
        let offers = [
            way.entry(&world, &mut ana, |h| h.org = OrgId::from_bytes([7; 16])).await,
            way.entry(&world, &mut ana, |h| h.device = DeviceId::from_bytes([7; 16])).await,
            way.entry(&world, &mut ana, |h| h.seq = 0).await,
        ];
        let codes = [Code::OTHER_ORGANISATION, Code::OTHER_DEVICE, Code::OUT_OF_RANGE].map(REFUSED);
        assert_eq!(judged(&world, &ana, &offers).await, codes, "{way:?}");
    }
}

#[tokio::test]
async fn what_the_server_alone_writes_and_what_nobody_knows_is_not_taken_from_a_phone() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    for (entry_type, code) in [
        (EntryType::GRANT, Code::FROM_SERVER_ONLY),
        (EntryType::VERDICT, Code::FROM_SERVER_ONLY),
        (EntryType::RELEASE, Code::FROM_SERVER_ONLY),
        (EntryType(999), Code::NOT_PERMITTED),
    ] {
        let entry = ana.make(of_type(&ana, &world, entry_type), vec![1]);
        assert_eq!(one(&world, &ana, &entry).await, REFUSED(code), "{entry_type}");
    }
}

#[tokio::test]
async fn the_work_of_a_revoked_device_is_set_aside() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut desk = world.desk().await;
    desk.revoke(ana.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    for way in WAYS {
        let entry = way.entry(&world, &mut ana, |_| ()).await;
        assert_eq!(one(&world, &ana, &entry).await, REFUSED(Code::REVOKED), "{way:?}");
    }
}

#[tokio::test]
async fn a_contact_is_voided_by_its_author_and_by_whoever_manages_the_site() {
    let world = World::begin().await;
    let (mut ana, scope) = harbour(&world).await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let id = |n| CaptureId::from_bytes([n; 16]);
    let void = |n| Fact::InteractionVoided(InteractionEvent { interaction: id(n) });
    for n in [1, 2] {
        let opened = InteractionOpened { id: id(n), reason: None, channel: None, touchpoint: None };
        let opened = says(&world, &mut ana, &Fact::InteractionOpened(opened));
        assert!(is_stored(&one(&world, &ana, &opened).await));
    }
    let voided = says(&world, &mut ben, &void(1));
    assert_eq!(one(&world, &ben, &voided).await, REFUSED(Code::NOT_PERMITTED), "a shift lead manages nothing");
    let own = says(&world, &mut ana, &void(1));
    assert!(is_stored(&one(&world, &ana, &own).await), "her own");
    let early = says(&world, &mut ben, &void(9));
    assert!(is_stored(&one(&world, &ben, &early).await), "what has not arrived is nobody's yet");
    let mut desk = world.desk().await;
    desk.grant(ben.enrolled.person, Role::Manager, scope).await.unwrap();
    desk.close().await.unwrap();
    world.wait(1_000);
    let voided = says(&world, &mut ben, &void(2));
    assert!(is_stored(&one(&world, &ben, &voided).await), "he manages the site by now");
}

#[tokio::test]
async fn a_colleague_who_is_there_is_unlocked_by_whoever_leads_and_nobody_unlocks_themselves() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let code = world.code_of(world.org(), "harbour", "ben").await;
    let enrolled = Phone::ask_to_enrol(&world, &ana.key, &code, Some(ana.enrolled.device)).await.unwrap();
    assert_eq!(enrolled.device, ana.enrolled.device, "one phone for both");
    let (hers, his, cys) = (ana.enrolled.person, enrolled.person, world.person("cy").await);
    let mut say = async |author: PersonId, what: OnDevice| {
        let fact = Fact::PersonOnDevice(PersonOnDevice { id: CaptureId::from_bytes(world.app.random.id()), what });
        let header = Header { person: author, ..ana.header(&world, EntryType::PERSON_ON_DEVICE) };
        let entry = ana.make(header, fact.encode());
        one(&world, &ana, &entry).await
    };
    let no = REFUSED(Code::NOT_PERMITTED);
    assert_eq!(say(hers, OnDevice::Unlocked(his)).await, no, "she leads nobody");
    assert_eq!(say(his, OnDevice::Unlocked(his)).await, no, "not himself");
    assert_eq!(say(his, OnDevice::Unlocked(cys)).await, no, "somebody who is not there");
    assert!(is_stored(&say(his, OnDevice::Unlocked(hers)).await));
    assert!(is_stored(&say(hers, OnDevice::SignedOut).await), "whoever it is leaves when they like");
}

/// As a page gives it back after a restore.
fn given(world: &World, phone: &mut Phone, grant: &GrantRecord) -> Entry {
    let header = Header { scope: Scope::Person(grant.person), ..of_type(phone, world, EntryType::GRANT) };
    phone.make(header, grant.encode())
}

#[tokio::test]
async fn a_role_that_is_given_back_is_held_again_unless_it_was_withdrawn_meanwhile() {
    let world = World::begin().await;
    let (mut ana, scope) = harbour(&world).await;
    let (org, person, device) = (world.org(), ana.enrolled.person, ana.enrolled.device);
    let record = |n: u8, until_ms| {
        let id = GrantId::from_bytes([n; 16]);
        GrantRecord { id, person, role: Role::Manager, scope, from_ms: world.now_ms(), until_ms }
    };
    // Of the grants that she has, one stands and one has ended; neither is the one that comes back.
    let mut desk = world.desk().await;
    desk.grant(person, Role::Technician, scope).await.unwrap();
    desk.withdraw(person, Role::Technician, scope).await.unwrap();
    desk.close().await.unwrap();
    for (n, until_ms) in [(1, None), (2, Some(world.now_ms()))] {
        let entry = given(&world, &mut ana, &record(n, until_ms));
        let became = at_bench(&world, async |bench| take_back(bench, device, &entry, 5).await.unwrap()).await;
        assert_eq!(became, Became::Stored);
        let held = world.app.store.read().await.unwrap().grants(org, person).await.unwrap();
        assert_eq!(held.iter().find(|grant| grant.id == record(n, None).id).map(|grant| grant.until_ms), Some(until_ms));
    }
    // The ledger ended it: its record is gone with the backup, its end is not.
    let ended = record(3, Some(world.now_ms()));
    let GrantRecord { id, role, from_ms, until_ms, .. } = ended;
    let grant = frontline_domain::permission::Grant { id, person, role, scope, from_ms, until_ms };
    at_bench(&world, async |bench| bench.tx.put_grant(org, &grant).await.unwrap()).await;
    let entry = given(&world, &mut ana, &record(3, None));
    let became = at_bench(&world, async |bench| take_back(bench, device, &entry, 5).await.unwrap()).await;
    assert_eq!(became, Became::Listed, "for an administrator to look at");
    let held = world.app.store.read().await.unwrap().grants(org, person).await.unwrap();
    assert!(held.iter().any(|grant| grant.id == id && grant.until_ms.is_some()));
}
