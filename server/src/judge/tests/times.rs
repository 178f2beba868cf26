//! When something was done, as far as a phone is believed.

use frontline_domain::record::Policy;
use frontline_domain::{Epoch, Moment};
use frontline_protocol::{Code, Entry};

use super::{REFUSED, WAYS, Way, effective, harbour, is_stored, judged, one, pushed};
use crate::phone::Phone;
use crate::world::{BEGIN_MS, World};

/// Something that was done at `said_ms` by the phone's clock, after this contact.
async fn done_at(world: &World, phone: &mut Phone, way: Way, said_ms: i64, contact_ms: Option<i64>) -> Entry {
    let incarnation = phone.enrolled.incarnation;
    let moment = Moment { wall_ms: said_ms, offset_min: 0, mono_ms: 0, boot: 1, server_offset_ms: Some(0) };
    way.entry(world, phone, |h| (h.moment, h.contact) = (moment, contact_ms.map(|ms| (incarnation, ms)))).await
}

#[tokio::test]
async fn the_time_that_counts_lies_between_the_last_contact_and_the_arrival_and_within_the_lease() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    // The device states no contact of its own here: what it has stated before is another rule.
    ana.contact = None;
    world.wait(100_000);
    let (enrolled, contact, now) = (BEGIN_MS, BEGIN_MS + 10_000, BEGIN_MS + 100_000);
    for way in WAYS {
        for (said, since, counts) in [
            (contact + 5_000, Some(contact), contact + 5_000),
            (enrolled, Some(contact), contact),
            (now + 1, Some(contact), now),
            (enrolled + 7, None, enrolled + 7),
            (enrolled - 5, None, enrolled),
            (enrolled - 5, Some(enrolled - 9_000), enrolled),
        ] {
            let entry = done_at(&world, &mut ana, way, said, since).await;
            assert_eq!(effective(&one(&world, &ana, &entry).await), counts, "{way:?}: {said} {since:?}");
        }
    }
    let lease = i64::from(Policy::default().lease_days) * 86_400_000;
    world.wait(lease + 86_400_000);
    for way in WAYS {
        for said in [contact + lease, contact + lease + 1, world.now_ms()] {
            let entry = done_at(&world, &mut ana, way, said, Some(contact)).await;
            assert_eq!(effective(&one(&world, &ana, &entry).await), contact + lease, "{way:?}");
        }
    }
}

#[tokio::test]
async fn a_later_entry_knows_no_less_than_its_device_had_stated_before_it() {
    let world = World::begin().await;
    for (at, way) in WAYS.into_iter().enumerate() {
        let (mut ana, _) = harbour(&world).await;
        let (incarnation, first) = (ana.enrolled.incarnation, world.now_ms());
        world.wait(60_000);
        let second = world.now_ms();
        world.wait(60_000);
        for (series, knows, is_sound) in [
            (1, Some(second), true),
            (2, Some(world.now_ms()), true),
            (3, Some(second - 1), false),
            (4, Some(first), false),
            (5, None, false),
        ] {
            (ana.epoch, ana.next) = (Epoch(series + 10 * at as u64), 1);
            ana.contact = Some((incarnation, second));
            assert!(!pushed(&world, &ana, &[]).await.epoch_closed);
            let entry = done_at(&world, &mut ana, way, world.now_ms(), knows).await;
            let answer = pushed(&world, &ana, std::slice::from_ref(&entry)).await;
            assert_eq!(answer.epoch_closed, !is_sound, "{way:?}, {knows:?}: an older copy of its store goes on");
            match is_sound {
                true => assert!(is_stored(&answer.verdicts[0].verdict), "{way:?}, {knows:?}"),
                false => assert_eq!(answer.verdicts[0].verdict, REFUSED(Code::CLOSED_EPOCH), "{way:?}, {knows:?}"),
            }
        }
    }
}

#[tokio::test]
async fn what_was_numbered_before_a_contact_was_stated_need_not_know_of_it() {
    let world = World::begin().await;
    for way in WAYS {
        let (mut ana, _) = harbour(&world).await;
        let first = world.now_ms();
        world.wait(60_000);
        let second = world.now_ms();
        let early = [done_at(&world, &mut ana, way, first, Some(first)).await, done_at(&world, &mut ana, way, first, Some(first)).await];
        ana.contact = Some((ana.enrolled.incarnation, second));
        pushed(&world, &ana, &[]).await;
        let late = done_at(&world, &mut ana, way, second, Some(first)).await;
        let [one, two] = early;
        let verdicts = judged(&world, &ana, &[one, two, late]).await;
        assert!(is_stored(&verdicts[0]) && is_stored(&verdicts[1]), "{way:?}: {verdicts:?}");
        assert_eq!(verdicts[2], REFUSED(Code::CLOSED_EPOCH), "{way:?}");
    }
}

#[tokio::test]
async fn what_one_series_stated_binds_no_other() {
    let world = World::begin().await;
    for way in WAYS {
        let (mut ana, _) = harbour(&world).await;
        let first = world.now_ms();
        world.wait(60_000);
        ana.epoch = Epoch(1);
        ana.contact = Some((ana.enrolled.incarnation, world.now_ms()));
        pushed(&world, &ana, &[]).await;
        let bound = done_at(&world, &mut ana, way, first, Some(first)).await;
        (ana.epoch, ana.next, ana.contact) = (Epoch(2), 1, None);
        let free = done_at(&world, &mut ana, way, first, Some(first)).await;
        let verdicts = judged(&world, &ana, &[free, bound]).await;
        assert!(is_stored(&verdicts[0]), "{way:?}: {verdicts:?}");
        assert_eq!(verdicts[1], REFUSED(Code::CLOSED_EPOCH), "{way:?}");
    }
}
