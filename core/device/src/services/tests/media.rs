//! Photos and signatures on phones without a network.

use frontline_domain::form::item::Evidence;
use frontline_domain::form::{Form, Item, ItemKind, NaRule, Raw, Section};
use frontline_domain::release::{Content, Procedure, Release};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use frontline_domain::EntryType;
use frontline_protocol::{Code, Entry};

use super::is_invalid;
use super::world::{ANA, BEN, LIFE, Phone, World, item, slug, words};
use crate::Error;
use crate::blobs::files::Files;
use crate::error::Fault;
use crate::observe::{Origin, Touched};
use crate::project;
use crate::services::media::PictureDraft;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::evidence::EvidenceDraft;
use crate::store::{Tx, blobs, outbox, stubs};

const DAY_MS: u64 = 86_400_000;

/// A JPEG that differs with `n`.
pub(super) fn jpeg(n: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(640, 480, |x, y| Rgb([x as u8 ^ n, y as u8, (x * y / 64) as u8]));
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 80).encode_image(&picture).unwrap();
    out
}

/// A run of a procedure that asks for photos.
pub(super) fn shelf_run(world: &World, phone: &Phone) -> String {
    let two = |photos_min, live_camera_only| Evidence { photos_min, photos_max: 2, live_camera_only };
    let floor = Item { evidence: Some(two(1, true)), ..item("floor", ItemKind::PassFail, false, NaRule::Yes) };
    let items = vec![
        item("shelf", ItemKind::Photo(two(1, false)), true, NaRule::No),
        floor,
        item("counted-by", ItemKind::Signature, false, NaRule::No),
    ];
    let section = Section {
        asked_of: None,
        slug: slug("round"),
        label: words("Round", "جولة"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        items,
    };
    let procedure = Procedure { form: Form { pass_mark: None, sections: vec![section] }, sign_off: Default::default(), minutes: None };
    let title = words("Evening round", "جولة المساء");
    world.publish(&Release { slug: slug("evening-round"), title, predecessor: None, content: Content::Procedure(procedure) });
    world.pull(phone);
    phone.core.procedures().start("evening-round").unwrap()
}

fn add(phone: &Phone, n: u8, live: bool) -> String {
    phone.core.media().add(PictureDraft { bytes: jpeg(n), live }).unwrap().id
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) -> Result<String, Error> {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value, seen: None })
}
pub(super) fn photo_of_the_shelf(phone: &Phone, run: &str, n: u8) -> String {
    let photo = add(phone, n, false);
    answer(phone, run, "shelf", Raw::Text(photo.clone())).unwrap();
    photo
}
fn attach(phone: &Phone, run: &str, item: &str, photo: &str) -> Result<String, Error> {
    phone.core.procedures().attach(EvidenceDraft { run: run.into(), item: item.into(), photo: photo.into() })
}
fn evidence(phone: &Phone, run: &str) -> Vec<String> {
    let detail = phone.core.procedures().detail(run).unwrap();
    detail.sections.iter().flat_map(|s| &s.items).flat_map(|i| &i.evidence).map(|e| e.photo.clone()).collect()
}
fn missing(phone: &Phone, run: &str) -> Vec<String> {
    phone.core.procedures().detail(run).unwrap().missing
}

#[test]
fn a_photo_is_an_answer_and_a_colleague_knows_of_it_before_its_bytes_arrive() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = shelf_run(&world, &ana);
    assert_eq!(missing(&ana, &run), ["shelf"]);
    let photo = photo_of_the_shelf(&ana, &run, 1);
    assert_eq!(missing(&ana, &run), [] as [&str; 0]);
    world.join(&[&ana, &ben]);
    let known = ben.core.media().of_run(&run).unwrap().remove(0);
    assert_eq!((known.photo, known.by.as_str(), known.here, known.thumbnail_here), (photo.clone(), "Ana", false, false));
    assert_eq!((known.width, known.height, known.media.as_str()), (640, 480, "image/jpeg"));
    let own = ana.core.media().of_run(&run).unwrap().remove(0);
    assert!(own.here && own.thumbnail_here && !own.at_server);
    assert_eq!(ana.core.media().bytes(&photo).unwrap(), jpeg(1));
    assert!(matches!(ben.core.media().bytes(&photo), Err(Error::NotFound { .. })));
}

#[test]
fn what_cannot_be_taken_is_said_in_a_sentence_and_writes_nothing() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = shelf_run(&world, &ana);
    is_invalid(ana.core.media().add(PictureDraft { bytes: b"GIF89a".to_vec(), live: true }), "picture", "format");
    is_invalid(ana.core.media().add(PictureDraft { bytes: jpeg(1)[..50].to_vec(), live: true }), "picture", "damaged");
    is_invalid(answer(&ana, &run, "shelf", Raw::Text("fridge.jpg".into())), "shelf", "photo");
    is_invalid(answer(&ana, &run, "shelf", Raw::Text("ab".repeat(32))), "shelf", "added");
    let photos: Vec<String> = (1..=3).map(|n| add(&ana, n, false)).collect();
    is_invalid(answer(&ana, &run, "shelf", Raw::List(photos.clone())), "shelf", "photos-max");
    is_invalid(answer(&ana, &run, "shelf", Raw::List(vec![photos[0].clone(); 2])), "shelf", "photos-twice");
    is_invalid(answer(&ana, &run, "counted-by", Raw::List(photos.clone())), "counted-by", "kind");
    is_invalid(attach(&ana, &run, "shelf", &photos[0]), "shelf", "evidence");
    is_invalid(attach(&ana, &run, "floor", &photos[0]), "photo", "live-camera");
    assert_eq!(ana.core.status().now().unwrap().unsent, 0);
    answer(&ana, &run, "shelf", Raw::List(photos[..2].to_vec())).unwrap();
    answer(&ana, &run, "counted-by", Raw::Text(photos[2].clone())).unwrap();
    assert_eq!(ana.core.status().now().unwrap().unsent, 5, "three pictures and two answers");
}

#[test]
fn two_people_add_evidence_offline_and_both_pieces_stand() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = shelf_run(&world, &ana);
    answer(&ana, &run, "floor", Raw::Bool(true)).unwrap();
    assert_eq!(missing(&ana, &run), ["shelf", "floor"], "an answer that needs a photo");
    world.join(&[&ana, &ben]);
    let (of_ana, of_ben) = (add(&ana, 1, true), add(&ben, 2, true));
    let id = attach(&ana, &run, "floor", &of_ana).unwrap();
    attach(&ben, &run, "floor", &of_ben).unwrap();
    assert_eq!(missing(&ana, &run), ["shelf"]);
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let mut both = evidence(phone, &run);
        both.sort();
        let mut expected = [of_ana.clone(), of_ben.clone()];
        expected.sort();
        assert_eq!(both, expected);
    }
    is_invalid(attach(&ana, &run, "floor", &add(&ana, 3, true)), "floor", "photos-max");
    // Ben takes Ana's back; nobody's answer changes by it.
    ben.core.procedures().detach(&run, "floor", &id).unwrap();
    world.join(&[&ana, &ben]);
    assert_eq!(evidence(&ana, &run), [of_ben]);
    assert!(matches!(ana.core.procedures().detach(&run, "floor", &id), Err(Error::NotFound { .. })));
    assert_eq!(ana.core.check().unwrap().problems, [] as [&str; 0]);
}

#[test]
fn a_file_whose_row_was_never_committed_is_swept_and_so_is_what_nobody_used_for_a_day() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = shelf_run(&world, &ana);
    let used = photo_of_the_shelf(&ana, &run, 1);
    let unused = add(&ana, 2, false);
    // As a kill between the file and the commit leaves it, and one amid the writing.
    let folder = ana.dir.path().join("blobs");
    let files = || std::fs::read_dir(&folder).unwrap().count();
    std::fs::write(folder.join("00112233445566778899aabbccddeeff"), b"half").unwrap();
    std::fs::write(folder.join("00112233445566778899aabbccddee00.new"), b"half").unwrap();
    assert_eq!(files(), 6);
    drop(ana.core);
    let core = world.open_at(10, ana.dir.path()).unwrap();
    assert_eq!(files(), 4);
    assert!(core.media().bytes(&unused).is_ok());
    drop(core);
    world.wait(2 * DAY_MS);
    drop(world.open_at(10, ana.dir.path()).unwrap());
    let core = world.open_at(10, ana.dir.path()).unwrap();
    assert_eq!(files(), 2);
    assert!(core.media().bytes(&unused).is_err());
    assert_eq!(core.media().bytes(&used).unwrap(), jpeg(1));
}

#[test]
fn a_photo_stays_until_it_is_sent_though_what_named_it_was_refused_or_has_left() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = shelf_run(&world, &ana);
    let (refused, left) = (photo_of_the_shelf(&ana, &run, 1), photo_of_the_shelf(&ana, &run, 2));
    let facts: Vec<(outbox::Item, Entry)> = {
        let all = ana.core.inner.read(|db| Ok(outbox::unsent_after(db, i64::MIN, 100, 1 << 20, true)?)).unwrap();
        let read = all.into_iter().map(|(item, bytes)| (item, Entry::read(&bytes, 1 << 20).unwrap()));
        read.filter(|(_, entry)| entry.header.entry_type == EntryType::BLOB_CAPTURED).collect()
    };
    let about = |n: usize| project::subject(&facts[n].1).unwrap();
    let write = |f: &dyn Fn(&Tx<'_>) -> Result<(), Fault>| ana.core.inner.write(Origin::Remote, |tx, _| f(tx)).unwrap();
    let refresh = |tx: &Tx<'_>, n: usize| project::refresh(tx, &about(n), &mut Touched::default());
    let unsent = || ana.core.inner.read(|db| Ok(blobs::unsent(db, LIFE)?.len())).unwrap();
    let files_later = || {
        world.wait(2 * DAY_MS);
        // A row goes before its file.
        (0..2).for_each(|_| crate::blobs::sweep::sweep(&ana.core.inner).unwrap());
        Files::of(&ana.core.inner.store).names().unwrap().len()
    };
    write(&|tx| {
        outbox::set_state(tx, &facts[0].0, outbox::State::Quarantined, Some(Code::DEVICE_REVOKED), None)?;
        refresh(tx, 0)
    });
    assert_eq!((unsent(), files_later()), (4, 4), "somebody may let it in");
    write(&|tx| {
        stubs::take_away(tx, &about(1).encode())?;
        refresh(tx, 1)
    });
    assert_eq!((unsent(), files_later()), (4, 4), "it is sent although what named it has left");
    ana.core.rebuild().unwrap();
    assert_eq!((unsent(), files_later()), (4, 4));
    // Once the server has it, it may go.
    write(&|tx| Ok(blobs::unsent(tx, LIFE)?.iter().try_for_each(|(blob, _)| blobs::set_sent(tx, blob, LIFE))?));
    assert_eq!((unsent(), files_later()), (0, 2));
    assert!(ana.core.media().bytes(&left).is_err() && ana.core.media().bytes(&refused).is_ok());
}

#[test]
fn photos_outlive_a_damaged_store() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = shelf_run(&world, &ana);
    let photo = photo_of_the_shelf(&ana, &run, 1);
    let dir = ana.dir;
    drop(ana.core);
    let store = dir.path().join("store.db");
    let mut bytes = std::fs::read(&store).unwrap();
    bytes[..4_096].fill(0x5a);
    std::fs::write(&store, bytes).unwrap();
    assert!(matches!(world.open_at(10, dir.path()), Err(Error::StorageCorrupt { .. })));
    let core = world.open_at(11, dir.path()).unwrap();
    assert_eq!(core.media().bytes(&photo).unwrap(), jpeg(1));
    let waiting = core.inner.read(|db| Ok(crate::store::blobs::unsent(db, frontline_domain::Incarnation(1))?)).unwrap();
    assert_eq!(waiting.len(), 2, "the small one and the whole one still wait to be sent");
    assert_eq!(Files::of(&core.inner.store).names().unwrap().len(), 2);
}
