//! A device's numbers: two copies of it are noticed, and what it has reported is known.

use frontline_domain::Epoch;
use frontline_protocol::Code;

use super::{REFUSED, WAYS, harbour, is_stored, one, pushed};
use crate::phone::Phone;
use crate::world::World;

#[tokio::test]
async fn a_number_that_is_used_for_two_things_ends_its_series_for_both_copies() {
    let world = World::begin().await;
    for way in WAYS {
        let (mut ana, _) = harbour(&world).await;
        let mut copy = ana.clone();
        let (hers, his) = (way.entry(&world, &mut ana, |_| ()).await, way.entry(&world, &mut copy, |_| ()).await);
        assert!(is_stored(&one(&world, &ana, &hers).await));
        let answer = pushed(&world, &copy, std::slice::from_ref(&his)).await;
        assert_eq!(answer.verdicts[0].verdict, REFUSED(Code::NUMBER_USED_TWICE), "{way:?}");
        assert!(answer.epoch_closed, "{way:?}");
        let late = way.entry(&world, &mut ana, |_| ()).await;
        let answer = pushed(&world, &ana, std::slice::from_ref(&late)).await;
        assert_eq!((answer.epoch_closed, &answer.verdicts[0].verdict), (true, &REFUSED(Code::CLOSED_EPOCH)), "{way:?}");
        ana.epoch = Epoch(8);
        let anew = way.entry(&world, &mut ana, |_| ()).await;
        assert!(is_stored(&one(&world, &ana, &anew).await), "{way:?}: another series goes on");
    }
}

#[tokio::test]
async fn a_phone_that_would_give_a_number_again_is_an_older_copy_and_one_that_would_not_is_none() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let older = ana.clone();
    let entry = ana.feedback(&world, 1).await;
    assert!(is_stored(&one(&world, &ana, &entry).await));
    assert!(!pushed(&world, &ana, &[]).await.epoch_closed, "the next number is a new one");
    assert!(pushed(&world, &older, &[]).await.epoch_closed, "that number was given");
}

#[tokio::test]
async fn a_device_has_reported_when_everything_below_its_next_number_has_a_verdict() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (org, device) = (world.org(), ana.enrolled.device);
    let state = async || {
        let mut tx = world.app.store.read().await.unwrap();
        let row = tx.device(org, device).await.unwrap().unwrap();
        let series = tx.epoch(org, device, ana.epoch).await.unwrap().unwrap();
        (row.reported_through_ms, series.judged_to, series.highest_seq)
    };
    let mut all = Vec::new();
    let mut phone = ana.clone();
    for way in [WAYS[0], WAYS[1], WAYS[0], WAYS[1]] {
        all.push(way.entry(&world, &mut phone, |_| ()).await);
    }
    world.wait(1_000);
    pushed(&world, &phone, &all[3..]).await;
    assert_eq!(state().await, (None, 0, 4), "three are missing");
    pushed(&world, &phone, &all[..1]).await;
    assert_eq!(state().await, (None, 1, 4));
    world.wait(1_000);
    pushed(&world, &phone, &all[1..3]).await;
    assert_eq!(state().await, (Some(world.now_ms()), 4, 4), "and the fourth was there already");
    let at = world.now_ms();
    world.wait(1_000);
    // It has one more that did not come; then that came, and the series is closed.
    let one_more = Phone { next: phone.next + 1, ..phone.clone() };
    pushed(&world, &one_more, &[]).await;
    assert_eq!(state().await.0, Some(at));
    ana.next = 2;
    assert!(pushed(&world, &ana, &[]).await.epoch_closed);
    assert_eq!(state().await.0, Some(at), "of a closed series nothing is known");
}
