//! Files of unsent work: taken whole and once, refused whole where they were changed, for their organisation alone.

use std::path::{Path, PathBuf};

use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::Entry;
use frontline_protocol::hpke::Secret;
use frontline_protocol::parcel::Part;
use frontline_protocol::parcel::seal::Head;
use frontline_protocol::parcel::stream::Writing;
use frontline_server::admin::import::{Imported, Pictures, import};
use frontline_server::blobs::upload::{Brings, Sender};

use crate::blobs::{bytes, hash, naming};
use crate::phone::Phone;
use crate::world::World;

/// A file as this phone would write it.
fn file(world: &World, phone: &Phone, entries: &[Entry], pictures: &[&[u8]]) -> Vec<u8> {
    let to = phone.enrolled.recovery.expect("the organisation has a recovery key");
    written(world, phone, (phone.enrolled.org, phone.enrolled.device), Some(&to), entries, pictures)
}

fn written(
    world: &World,
    phone: &Phone,
    (org, device): (OrgId, DeviceId),
    to: Option<&[u8; 32]>,
    entries: &[Entry],
    pictures: &[&[u8]],
) -> Vec<u8> {
    let (mut key, mut ephemeral) = (Secret::default(), Secret::default());
    world.app.random.fill(key.as_mut_slice());
    world.app.random.fill(ephemeral.as_mut_slice());
    let head = Head::new((org, device), to, &key, &ephemeral).unwrap();
    let mut out = Writing::begin(Vec::new(), &head, &key).unwrap();
    for some in entries.chunks(2) {
        let entries = some.iter().map(|e| e.bytes().to_vec().into()).collect();
        let (public, epoch, next_seq) = (phone.key.verifying_key().to_bytes().into(), phone.epoch, phone.next);
        out.part(&Part { org, device, key: public, epoch, next_seq, made_ms: world.now_ms(), entries, keys: None }, &phone.key).unwrap();
    }
    for picture in pictures {
        out.picture(&hash(picture), picture.len() as u64, |at| Ok(picture[at as usize..].to_vec())).unwrap();
    }
    out.end().unwrap()
}

fn put(world: &World, bytes: &[u8]) -> PathBuf {
    let path = world.dir().join("carried.frontline");
    std::fs::write(&path, bytes).unwrap();
    path
}
async fn take(world: &World, path: &Path) -> Result<Imported, String> {
    import(&world.app, world.org(), path, None).await.map_err(|e| e.to_string())
}
async fn stored(world: &World) -> u64 {
    crate::world::counts(world, world.org()).await.get("feedback-given").copied().unwrap_or(0)
}

#[tokio::test]
async fn a_file_is_taken_whole_and_once_with_its_pictures() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(300_000, 1), bytes(70, 2));
    let mut entries = vec![naming(&world, &mut ana, &picture, &small)];
    for score in 1..=4 {
        entries.push(ana.feedback(&world, score).await);
    }
    let path = put(&world, &file(&world, &ana, &entries, &[&small, &picture]));
    // The phone itself had begun to send it: its own pieces are left alone.
    let done = take(&world, &path).await.unwrap();
    assert_eq!(done, Imported { stored: 5, pictures: Pictures { stored: 2, known: 0, waiting: 0 }, ..Imported::default() });
    let again = take(&world, &path).await.unwrap();
    assert_eq!(again.pictures, Pictures { stored: 0, known: 2, waiting: 0 });
    assert_eq!((again.quarantined, stored(&world).await), (0, 4));
    assert_eq!(world.app.blobs.length(world.org(), hash(&picture)).await.unwrap(), Some(300_000));
}

#[tokio::test]
async fn an_import_that_died_half_way_goes_on_from_the_last_byte_of_a_picture() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(300_000, 1), bytes(70, 2));
    let entry = naming(&world, &mut ana, &picture, &small);
    let first = put(&world, &file(&world, &ana, std::slice::from_ref(&entry), &[]));
    take(&world, &first).await.unwrap();
    // Where the first half stands after a kill.
    let mut by = [0; 16];
    let derived = blake3::derive_key("frontline 2026 pictures of a file", ana.enrolled.device.as_bytes());
    by.copy_from_slice(&derived[..16]);
    let from = Sender { org: world.org(), by, device: Some(ana.enrolled.device), brings: Brings::Named };
    let app = &world.app;
    app.blobs.begin(app, &from, &hash(&picture), 300_000).await.unwrap();
    let mut half = app.blobs.open_part(app, &from, &hash(&picture)).await.unwrap();
    half.write(&picture[..123_456]).unwrap();
    app.blobs.close_part(app, &from, &hash(&picture), half).await.unwrap();
    let path = put(&world, &file(&world, &ana, &[entry], &[&small, &picture]));
    assert_eq!(take(&world, &path).await.unwrap().pictures, Pictures { stored: 2, known: 0, waiting: 0 });
}

#[tokio::test]
async fn a_file_that_was_changed_or_cut_is_refused_whole() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut entries = Vec::new();
    for score in 1..=4 {
        entries.push(ana.feedback(&world, score).await);
    }
    let (picture, small) = (bytes(200_000, 1), bytes(70, 2));
    let whole = file(&world, &ana, &entries, &[&small, &picture]);
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    for broken in [&changed[..], &whole[..whole.len() - 1], &whole[..70_000], &whole[..60], b"{}", b""] {
        let why = take(&world, &put(&world, broken)).await.unwrap_err();
        assert!(why.contains("was changed") || why.contains("not one that"), "{why}");
    }
    // The signature is another's, however well it is sealed.
    let ben = Phone::enrol(&world, "harbour", "ben").await;
    let forged = Phone { key: ben.key, ..ana.clone() };
    let why = take(&world, &put(&world, &file(&world, &forged, &entries, &[]))).await.unwrap_err();
    assert!(why.contains("not signed with the key"), "{why}");
    assert_eq!(stored(&world).await, 0, "nothing of any of them");
    assert!(take(&world, &world.dir().join("nowhere")).await.unwrap_err().contains("nowhere"));
}

#[tokio::test]
async fn a_file_of_another_organisation_or_of_nobodys_device_is_not_taken() {
    let world = World::begin().await;
    let marina = world.neighbour().await;
    let mut there = Phone::enrol_in(&world, marina.org, "harbour", "ana").await;
    let entry = there.feedback(&world, 3).await;
    let why = take(&world, &put(&world, &file(&world, &there, &[entry], &[]))).await.unwrap_err();
    assert!(why.contains("does not know"), "{why}");
    // Ours by its words, sealed to the key of the others.
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 3).await;
    let whose = (world.org(), ana.enrolled.device);
    let to = there.enrolled.recovery.unwrap();
    let why = take(&world, &put(&world, &written(&world, &ana, whose, Some(&to), std::slice::from_ref(&entry), &[]))).await.unwrap_err();
    assert!(why.contains("another recovery key"), "{why}");
    let stranger = (world.org(), DeviceId::from_bytes([7; 16]));
    let to = ana.enrolled.recovery.unwrap();
    let why = take(&world, &put(&world, &written(&world, &ana, stranger, Some(&to), &[entry], &[]))).await.unwrap_err();
    assert!(why.contains("does not know"), "{why}");
}

#[tokio::test]
async fn a_file_that_opens_for_anybody_is_taken_all_the_same() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 3).await;
    let path = put(&world, &written(&world, &ana, (world.org(), ana.enrolled.device), None, &[entry], &[]));
    assert_eq!(take(&world, &path).await.unwrap().stored, 1);
}

#[tokio::test]
async fn the_work_of_a_revoked_phone_is_set_aside_whole_and_its_pictures_wait_until_it_is_let_in() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (picture, small) = (bytes(5_000, 1), bytes(70, 2));
    let entries = [naming(&world, &mut ana, &picture, &small), ana.feedback(&world, 2).await];
    let mut desk = world.desk().await;
    desk.revoke(ana.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    let path = put(&world, &file(&world, &ana, &entries, &[&small, &picture]));
    for _ in 0..2 {
        let done = take(&world, &path).await.unwrap();
        assert_eq!((done.stored, done.quarantined, done.pictures.waiting), (0, 2, 2));
    }
    let mut desk = world.desk().await;
    desk.let_in(entries[0].hash()).await.unwrap();
    desk.close().await.unwrap();
    let done = take(&world, &path).await.unwrap();
    assert_eq!((done.stored, done.quarantined, done.pictures), (1, 1, Pictures { stored: 2, known: 0, waiting: 0 }));
}
