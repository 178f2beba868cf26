//! Carrying unsent work out: all of it, for the organisation alone, also out of a store that is not opened any more.

use std::fs;
use std::path::Path;

use frontline_domain::{BlobHash, OrgId};
use frontline_protocol::customers::{Post, Told, address};
use frontline_protocol::hpke::{Secret, public_key};
use frontline_protocol::parcel::Part;
use frontline_protocol::parcel::seal::Head;
use frontline_protocol::parcel::stream::{Contents, Frame, Reading, examine};
use frontline_protocol::{Entry, limits};

use super::media::{photo_of_the_shelf, shelf_run};
use super::world::{ANA, HOLDER, ORG, Phone, World};
use super::{invalid, is_invalid};
use crate::blobs::files::Files;
use crate::services::feedback::FeedbackDraft;
use crate::services::interactions::{CustomerDraft, OpenDraft};
use crate::services::leave::{Leaving, reset};
use crate::services::salvage;
use crate::store::recovery;
use crate::system::SystemRandom;
use crate::{Core, Error};

fn reading(file: &[u8]) -> Reading<&[u8]> {
    let mut from = file;
    let head = Head::read(&mut from).unwrap();
    assert!(head.is_sealed_to(&public_key(&HOLDER)));
    let key = head.open(Some(&Secret::new(HOLDER))).expect("sealed to the recovery key");
    Reading::begin(from, &head, &key).unwrap()
}

fn parts(file: &Path) -> Vec<Part> {
    let bytes = fs::read(file).unwrap();
    let mut file = reading(&bytes);
    let mut out = Vec::new();
    while let Some(frame) = file.frame().unwrap() {
        if let Frame::Part(part) = frame {
            out.push(*part);
        }
    }
    out
}

/// The entries in a file, and the pictures.
pub(super) fn carried(file: &Path) -> (Vec<Entry>, Vec<BlobHash>) {
    let bytes = fs::read(file).unwrap();
    examine(reading(&bytes)).unwrap();
    let mut pictures = Vec::new();
    let mut frames = reading(&bytes);
    while let Some(frame) = frames.frame().unwrap() {
        if let Frame::Picture { blob, .. } = frame {
            pictures.push(blob);
        }
    }
    let entries = parts(file).into_iter().flat_map(|part| part.entries);
    (entries.map(|bytes| Entry::read(&bytes, limits::ENTRY).unwrap()).collect(), pictures)
}

/// By what the customers in a file are found again, and how many keys there are.
fn told(file: &Path) -> (usize, Vec<String>) {
    let mut all: Vec<Told> = Vec::new();
    for part in parts(file) {
        let Some(keys) = part.keys else { continue };
        let (is_here, sealed) = address(&public_key(&HOLDER), &keys).unwrap();
        assert!(is_here);
        all.extend(Post::Told(part.org, part.device).open::<Told>(&Secret::new(HOLDER), sealed).expect("opens"));
    }
    (all.len(), all.into_iter().flat_map(|one| one.handles).collect())
}

/// A contact with a customer, a comment, and a photo: none of it sent.
fn a_day(world: &World, phone: &Phone) {
    let customer = CustomerDraft { phone: Some("+351 912 345 678".into()), ..Default::default() };
    phone.core.interactions().open(OpenDraft { customer: Some(customer), ..Default::default() }).unwrap();
    let comment = Some("We waited".to_owned());
    phone.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 2, comment, ..Default::default() }).unwrap();
    photo_of_the_shelf(phone, &shelf_run(world, phone), 1);
}

fn close(core: Core) {
    let Core { inner } = core;
    drop(std::sync::Arc::into_inner(inner).expect("nobody else holds it"));
}

#[test]
fn a_file_carries_the_keys_of_its_customers_and_the_photos_and_opens_for_the_organisation_alone() {
    let world = World::new();
    let ana = world.phone(41, &[ANA]);
    a_day(&world, &ana);
    let file = ana.dir.path().join("unsent.frontline");
    let done = ana.core.export(&file).unwrap();
    assert_eq!((done.pictures, done.left_out, done.sealed), (2, 0, true));
    let (entries, pictures) = carried(&file);
    assert_eq!((entries.len() as u64, pictures.len()), (done.entries, 2));
    assert_eq!(told(&file), (2, vec!["p:+351912345678".to_owned()]));
    let bytes = fs::read(&file).unwrap();
    assert_eq!(bytes.len() as u64, done.bytes);
    assert!(!bytes.windows(10).any(|w| w == b"front-desk"), "whoever carries it reads nothing of it");
    assert!(Head::read(&mut bytes.as_slice()).unwrap().open(Some(&Secret::new([1; 32]))).is_none());
    // A second time it is the same again, in a new file.
    assert_eq!(ana.core.export(&ana.dir.path().join("again.frontline")).unwrap().entries, done.entries);
}

#[test]
fn much_work_goes_into_parts_that_are_bounded() {
    let world = World::new();
    let ana = world.phone(42, &[ANA]);
    for _ in 0..1_003 {
        ana.core.feedback().give(FeedbackDraft { touchpoint: "front-desk".into(), score: 5, ..Default::default() }).unwrap();
    }
    let file = ana.dir.path().join("unsent.frontline");
    assert_eq!(ana.core.export(&file).unwrap().entries, 1_003);
    assert_eq!(parts(&file).iter().map(|part| part.entries.len()).collect::<Vec<_>>(), [500, 500, 3]);
}

#[test]
fn a_photo_whose_file_is_damaged_is_told_of_and_a_reset_asks_before_it_goes() {
    let world = World::new();
    let ana = world.phone(43, &[ANA]);
    a_day(&world, &ana);
    let files = Files::of(&ana.core.inner.store);
    let unsent = ana.core.inner.read(|db| Ok(crate::store::blobs::unsent(db, crate::services::media::server(db)?)?)).unwrap();
    let path = ana.dir.path().join("blobs").join(files.name(&unsent[1].0));
    let mut bytes = fs::read(&path).unwrap();
    bytes[20] ^= 1;
    fs::write(&path, bytes).unwrap();
    let file = ana.dir.path().join("unsent.frontline");
    let done = ana.core.export(&file).unwrap();
    assert_eq!((done.pictures, done.left_out), (1, 1));
    assert_eq!(carried(&file).1, [unsent[0].0]);
    close(ana.core);

    let out = tempfile::tempdir().unwrap();
    let carried_to = out.path().join("carried.frontline");
    let leaving = |drop_pictures| Leaving { file: Some(carried_to.as_path()), drop_pictures };
    is_invalid(reset(world.options_at(44, ana.dir.path()), Leaving::default()), "pictures", "unsent");
    let (field, rule) = invalid(reset(world.options_at(44, ana.dir.path()), leaving(false)));
    assert_eq!((field.as_str(), rule.as_str(), carried_to.exists()), ("pictures", "damaged", false));
    assert_eq!(reset(world.options_at(44, ana.dir.path()), leaving(true)).unwrap().left_out, 1);
    assert!(carried_to.exists() && fs::read_dir(ana.dir.path()).unwrap().all(|f| f.unwrap().file_name() == "unsent.frontline"));
}

#[test]
fn a_file_that_could_not_be_finished_leaves_nothing_behind() {
    let world = World::new();
    let ana = world.phone(45, &[ANA]);
    a_day(&world, &ana);
    // Where a folder stands the file can't get its name.
    let file = ana.dir.path().join("unsent.frontline");
    fs::create_dir(&file).unwrap();
    assert!(ana.core.export(&file).is_err());
    assert!(!ana.dir.path().join("unsent.part").exists());
}

#[test]
fn a_damaged_store_gives_the_keys_of_its_customers_and_its_photos_to_the_file_and_to_the_store_after_it() {
    let world = World::new();
    let ana = world.phone(46, &[ANA]);
    a_day(&world, &ana);
    ana.core.inner.keep_identity();
    close(ana.core);
    let dir = ana.dir.path();
    let mut bytes = fs::read(dir.join("store.db")).unwrap();
    bytes[..4_096].fill(0x11);
    fs::write(dir.join("store.db"), bytes).unwrap();
    let Err(Error::StorageCorrupt { kept_at }) = world.open_at(47, dir) else { panic!("opened") };

    let file = dir.join("saved.frontline");
    let done = salvage(Path::new(&kept_at), &[7; 32], &file, &SystemRandom).unwrap();
    assert_eq!((done.pictures, done.left_out, done.sealed), (2, 0, true));
    assert_eq!(carried(&file).1.len(), 2);
    assert_eq!(told(&file), (2, vec!["p:+351912345678".to_owned()]));

    let again = world.open_at(48, dir).unwrap();
    let found = again.interactions().of_customer(Some("+351912345678"), None).unwrap();
    assert_eq!(found.len(), 1, "the customer is known again");
    let file = dir.join("unsent.frontline");
    assert_eq!(again.export(&file).unwrap().pictures, 2);
    assert_eq!(told(&file).0, 2);
}

#[test]
fn a_store_whose_key_is_lost_opens_again_by_the_recovery_key_and_by_nothing_else() {
    let world = World::new();
    let ana = world.phone(49, &[ANA]);
    a_day(&world, &ana);
    ana.core.inner.keep_wrapped();
    let unsent = ana.core.status().now().unwrap().unsent;
    let data = crate::store::data_key(ana.dir.path(), &[7; 32]);
    close(ana.core);
    let dir = ana.dir.path();

    let wrapped = recovery::wrapped(dir).unwrap().expect("wrapped");
    assert_eq!(wrapped.org, ORG);
    let info = |org: OrgId| frontline_protocol::recover::wrapped(org, wrapped.device);
    let open = |secret: [u8; 32], org| frontline_protocol::hpke::open(&Secret::new(secret), &info(org), &wrapped.sealed);
    assert!(open([1; 32], ORG).is_none() && open(HOLDER, OrgId::from_bytes([9; 16])).is_none());
    let key = open(HOLDER, ORG).expect("the holder opens it");
    assert_eq!(key.as_slice(), data.as_slice());

    // Another store's key lets nobody in.
    assert!(!recovery::admit(dir, &Secret::new([5; 32]), &[6; 32], &SystemRandom).unwrap());
    assert!(recovery::admit(dir, &data, &[6; 32], &SystemRandom).unwrap());
    assert!(matches!(world.open_at(50, dir), Err(Error::Locked(crate::Lock::Key))), "the old key is none any more");
    let again = Core::open(crate::Options { key: Secret::new([6; 32]), ..world.options_at(51, dir) }).unwrap();
    assert_eq!(again.status().now().unwrap().unsent, unsent);
}

#[test]
fn a_recovery_key_that_a_record_told_of_is_wrapped_to_as_well() {
    let world = World::new();
    let ana = world.phone(52, &[ANA]);
    ana.core.inner.keep_wrapped();
    let at = |secret: [u8; 32]| {
        let wrapped = recovery::wrapped(ana.dir.path()).unwrap().expect("wrapped");
        let info = frontline_protocol::recover::wrapped(wrapped.org, wrapped.device);
        frontline_protocol::hpke::open(&Secret::new(secret), &info, &wrapped.sealed).is_some()
    };
    assert!(at(HOLDER));
    world.tell_recovery_key(&public_key(&[3; 32]));
    world.pull(&ana);
    ana.core.inner.keep_wrapped();
    assert!(at([3; 32]) && !at(HOLDER), "the new one alone");
    let file = ana.dir.path().join("unsent.frontline");
    ana.core.export(&file).unwrap();
    assert!(Head::read(&mut fs::read(&file).unwrap().as_slice()).unwrap().is_sealed_to(&public_key(&[3; 32])));
}

#[test]
fn an_empty_file_is_a_file_all_the_same() {
    let world = World::new();
    let ana = world.phone(53, &[ANA]);
    let file = ana.dir.path().join("unsent.frontline");
    assert_eq!(ana.core.export(&file).unwrap().entries, 0);
    assert_eq!(examine(reading(&fs::read(&file).unwrap())).unwrap(), Contents::default());
}
