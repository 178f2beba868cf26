//! Voice notes, signatures that are drawn, and photos beside an action, on phones without a network.

use std::fs;

use frontline_domain::action::Priority;
use frontline_domain::drawing::{self, Point};
use frontline_domain::form::item::{Audio, Evidence, FileRule};
use frontline_domain::form::{Expr, Form, Item, ItemKind, NaRule, Raw, Rule, Section, Then, expr, limits};
use frontline_domain::permission::Role;
use frontline_domain::release::{Content, Procedure, Release};

use super::is_invalid;
use super::media::jpeg;
use super::parcel::carried;
use super::world::{ANA, BEN, LIFE, Phone, World, item, slug, words};
use crate::Error;
use crate::blobs::files::Files;
use crate::blobs::sound::tests::recorded;
use crate::services::actions::{ActionDraft, Told};
use crate::services::media::{PictureDraft, SoundDraft};
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::detail::ItemDetail;
use crate::services::procedures::evidence::{EvidenceDraft, NoteDraft, SoundBesideDraft};
use crate::services::procedures::history::HistoryWhat;
use crate::services::procedures::open;
use crate::store::blobs;

const DAY_MS: u64 = 86_400_000;

/// A run with a door that needs a photo and, where it does not close, a note; a hum to be recorded; a signature.
fn round(world: &World, phone: &Phone) -> String {
    let when = Expr(expr::parse("not door").unwrap().node);
    let items = vec![
        Item {
            evidence: Some(Evidence { photos_min: 1, photos_max: 1, live_camera_only: true }),
            rules: vec![Rule { when, then: vec![Then::Note] }],
            ..item("door", ItemKind::PassFail, true, NaRule::No)
        },
        item("hum", ItemKind::Audio(Audio(FileRule { min: 1, max: 2 })), false, NaRule::No),
        item("shelf", ItemKind::Photo(Evidence { photos_min: 1, photos_max: 2, live_camera_only: false }), false, NaRule::No),
        item("signed", ItemKind::Signature, false, NaRule::No),
        item("told", ItemKind::Note, false, NaRule::No),
    ];
    let section = Section {
        slug: slug("all"),
        label: words("All", "الكل"),
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        asked_of: Default::default(),
        items,
    };
    let procedure = Procedure { form: Form { pass_mark: None, sections: vec![section] }, sign_off: Role::Supervisor.into(), minutes: None };
    let title = words("Closing round", "جولة الإغلاق");
    world.publish(&Release { slug: slug("closing"), title, predecessor: None, content: Content::Procedure(procedure) });
    world.pull(phone);
    phone.core.procedures().start("closing").unwrap()
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) -> Result<String, Error> {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value, seen: None })
}
fn sound(phone: &Phone, frames: u32) -> String {
    phone.core.media().add_sound(SoundDraft { bytes: recorded(frames), live: true }).unwrap().id
}
fn photo(phone: &Phone, n: u8) -> String {
    phone.core.media().add(PictureDraft { bytes: jpeg(n), live: true }).unwrap().id
}
fn drawn(phone: &Phone) -> String {
    let point = |x, y, at_ms| Point { x, y, at_ms };
    let strokes = vec![vec![point(10, 20, 0), point(60, 40, 16)], vec![point(90, 90, 300)]];
    phone.core.media().add_drawing(320, 120, strokes).unwrap().id
}
fn attach(phone: &Phone, run: &str, item: &str, sound: &str) -> Result<String, Error> {
    phone.core.procedures().attach_sound(SoundBesideDraft { run: run.into(), item: item.into(), sound: sound.into() })
}
fn attach_photo(phone: &Phone, run: &str, item: &str, photo: &str) -> Result<String, Error> {
    phone.core.procedures().attach(EvidenceDraft { run: run.into(), item: item.into(), photo: photo.into() })
}
fn shown(phone: &Phone, run: &str, item: &str) -> ItemDetail {
    let detail = phone.core.procedures().detail(run).unwrap();
    detail.sections.into_iter().flat_map(|s| s.items).find(|i| i.item == item).unwrap()
}

#[test]
fn what_is_spoken_beside_an_answer_is_a_note_and_no_photo() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = round(&world, &ana);
    answer(&ana, &run, "door", Raw::Bool(false)).unwrap();
    let said = sound(&ana, 500);
    let id = attach(&ana, &run, "door", &said).unwrap();
    let door = shown(&ana, &run, "door");
    assert_eq!(door.problem.as_deref(), Some("Add 1 photo"));
    assert!(door.evidence[0].is_sound && door.evidence[0].photo == said && door.not_live.is_empty());
    // One photo is as many as there may be: the recording took no place of it.
    attach_photo(&ana, &run, "door", &photo(&ana, 1)).unwrap();
    assert_eq!(shown(&ana, &run, "door").problem, None, "somebody said why");
    world.join(&[&ana, &ben]);
    let hash = |phone: &Phone| phone.core.inner.read(|db| Ok(open(db, &run)?.run.answers_hash())).unwrap();
    let (before, of_ben) = (hash(&ana), sound(&ben, 80));
    assert_eq!(before, hash(&ben));
    attach(&ben, &run, "door", &of_ben).unwrap();
    ana.core.procedures().detach(&run, "door", &id).unwrap();
    assert!(shown(&ana, &run, "door").problem.is_some(), "taken back it says nothing");
    world.join(&[&ana, &ben]);
    assert_ne!(hash(&ana), before, "what is signed covers it");
    for phone in [&ana, &ben] {
        let door = shown(phone, &run, "door");
        let sounds: Vec<&str> = door.evidence.iter().filter(|e| e.is_sound).map(|e| e.photo.as_str()).collect();
        assert_eq!((sounds, door.problem), (vec![of_ben.as_str()], None));
        let history = phone.core.procedures().history(&run).unwrap();
        let count = |what| history.iter().filter(|line| line.what == what).count();
        assert_eq!((count(HistoryWhat::Attached), count(HistoryWhat::Detached)), (3, 1));
        phone.core.rebuild().unwrap();
        assert_eq!(phone.core.check().unwrap().problems, [] as [&str; 0]);
    }
    let known = ben.core.media().of_run(&run).unwrap();
    let known = known.iter().find(|one| one.photo == said).unwrap();
    assert_eq!((known.media.as_str(), known.length_ms, known.here, known.thumbnail_here), ("audio/mp4", Some(11_598), false, false));
}

#[test]
fn a_recording_is_asked_for_by_its_kind_and_no_kind_takes_anothers_files() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = round(&world, &ana);
    let (heard, seen, signature) = (sound(&ana, 100), photo(&ana, 1), drawn(&ana));
    assert_eq!(shown(&ana, &run, "hum").files, Some(FileRule { min: 1, max: 2 }));
    let list = |all: &[&String]| Raw::List(all.iter().map(|one| (*one).clone()).collect());
    is_invalid(answer(&ana, &run, "hum", list(&[&seen])), "hum", "media");
    is_invalid(answer(&ana, &run, "hum", list(&[&signature])), "hum", "media");
    is_invalid(answer(&ana, &run, "shelf", list(&[&heard])), "shelf", "media");
    is_invalid(answer(&ana, &run, "shelf", list(&[&signature])), "shelf", "media");
    is_invalid(answer(&ana, &run, "signed", Raw::Text(heard.clone())), "signed", "media");
    is_invalid(attach_photo(&ana, &run, "door", &heard), "photo", "media");
    is_invalid(attach(&ana, &run, "door", &seen), "sound", "media");
    is_invalid(attach(&ana, &run, "told", &heard), "told", "sound");
    is_invalid(attach(&ana, &run, "door", &"ab".repeat(32)), "sound", "added");
    is_invalid(ana.core.media().add_sound(SoundDraft { bytes: b"OggS\0".to_vec(), live: true }), "sound", "format");
    assert_eq!(ana.core.status().now().unwrap().unsent, 0, "nothing was written for what was refused");
    answer(&ana, &run, "hum", list(&[&heard, &sound(&ana, 90)])).unwrap();
    is_invalid(answer(&ana, &run, "hum", list(&[&heard, &sound(&ana, 91), &sound(&ana, 92)])), "hum", "files-max");
    answer(&ana, &run, "signed", Raw::Text(signature.clone())).unwrap();
    answer(&ana, &run, "signed", Raw::Text(seen)).unwrap();
    for n in 0..u32::from(limits::SOUNDS) {
        attach(&ana, &run, "shelf", &sound(&ana, 100 + n)).unwrap();
    }
    is_invalid(attach(&ana, &run, "shelf", &sound(&ana, 200)), "sound", "sounds-max");
    attach(&ana, &run, "hum", &heard).unwrap();
    is_invalid(attach(&ana, &run, "hum", &heard), "sound", "sounds-twice");
    // A note of words stands beside it where one is asked for.
    ana.core.procedures().note(NoteDraft { run: run.clone(), item: "door".into(), text: "bent".into() }).unwrap();
    assert_eq!(shown(&ana, &run, "door").notes.len(), 1);
}

#[test]
fn a_signature_is_given_back_as_its_strokes_and_shown_small() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = round(&world, &ana);
    let signature = drawn(&ana);
    answer(&ana, &run, "signed", Raw::Text(signature.clone())).unwrap();
    let back = ana.core.media().drawing(&signature).unwrap();
    assert_eq!((back.width, back.height, back.strokes.len(), back.strokes[1][0].at_ms), (320, 120, 2, 300));
    let of_run = ana.core.media().of_run(&run).unwrap().remove(0);
    assert_eq!((of_run.media.as_str(), of_run.width, of_run.thumbnail_here), (drawing::MEDIA, 320, true));
    is_invalid(ana.core.media().drawing(&photo(&ana, 1)), "drawing", "damaged");
    is_invalid(ana.core.media().add_drawing(320, 120, vec![]), "drawing", "required");
    world.join(&[&ana, &ben]);
    assert!(matches!(ben.core.media().drawing(&signature), Err(Error::NotFound { .. })));
    assert_eq!(ben.core.media().of_run(&run).unwrap()[0].photo, signature);
}

#[test]
fn photos_of_an_action_come_with_its_comments_and_are_neither_swept_nor_named_twice() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let draft = ActionDraft { title: "Mend it".into(), priority: Priority::Normal, owner: None, due_ms: None, from: None };
    let action = ana.core.actions().open(draft).unwrap();
    world.join(&[&ana, &ben]);
    let (before, after) = (photo(&ana, 1), photo(&ben, 2));
    ana.core.actions().comment(&action, "Torn here", std::slice::from_ref(&before)).unwrap();
    ben.core.actions().comment(&action, " ", std::slice::from_ref(&after)).unwrap();
    is_invalid(ben.core.actions().comment(&action, "", &[]), "text", "required");
    is_invalid(ben.core.actions().comment(&action, "", &[after.clone(), after.clone()]), "photos", "photos-twice");
    is_invalid(ben.core.actions().comment(&action, "", std::slice::from_ref(&before)), "photos", "added");
    is_invalid(ben.core.actions().comment(&action, "", &[sound(&ben, 9)]), "photos", "media");
    let eleven: Vec<String> = (10..21).map(|n| photo(&ben, n)).collect();
    is_invalid(ben.core.actions().comment(&action, "", &eleven), "photos", "photos-max");
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        let of_action = phone.core.media().of_action(&action).unwrap();
        let mut photos: Vec<String> = of_action.iter().map(|one| one.photo.clone()).collect();
        photos.sort();
        let mut both = vec![before.clone(), after.clone()];
        both.sort();
        assert_eq!(photos, both);
        assert!(of_action.iter().all(|one| one.item.is_empty()));
        let history = phone.core.actions().detail(&action).unwrap().history;
        let said: Vec<(String, usize)> = history
            .into_iter()
            .filter_map(|line| match line.what {
                Told::Said { text, photos } => Some((text, photos.len())),
                _ => None,
            })
            .collect();
        assert!(said.contains(&("Torn here".into(), 1)) && said.contains(&(String::new(), 1)), "{said:?}");
        phone.core.rebuild().unwrap();
        assert_eq!(phone.core.check().unwrap().problems, [] as [&str; 0]);
    }
    // Named again in another comment it is said once, and nothing of it is swept while it waits.
    let unsent = || ana.core.inner.read(|db| Ok(blobs::unsent(db, LIFE)?.len())).unwrap();
    assert_eq!(unsent(), 2);
    ana.core.actions().comment(&action, "See above", std::slice::from_ref(&before)).unwrap();
    assert_eq!(ana.core.media().of_action(&action).unwrap().len(), 2);
    world.wait(2 * DAY_MS);
    (0..2).for_each(|_| crate::blobs::sweep::sweep(&ana.core.inner).unwrap());
    assert_eq!((unsent(), Files::of(&ana.core.inner.store).names().unwrap().len()), (2, 2));
}

#[test]
fn what_is_unsent_is_carried_out_and_outlives_a_damaged_store() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = round(&world, &ana);
    let (said, signature) = (sound(&ana, 100), drawn(&ana));
    attach(&ana, &run, "door", &said).unwrap();
    answer(&ana, &run, "signed", Raw::Text(signature.clone())).unwrap();
    let draft = ActionDraft { title: "Mend it".into(), priority: Priority::Normal, owner: None, due_ms: None, from: None };
    let action = ana.core.actions().open(draft).unwrap();
    let shot = photo(&ana, 1);
    ana.core.actions().comment(&action, "", std::slice::from_ref(&shot)).unwrap();
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("work.frontline");
    let exported = ana.core.export(&file).unwrap();
    // The signature and the photo with a small one each.
    assert_eq!((exported.pictures, exported.left_out), (5, 0));
    let (_, pictures) = carried(&file);
    for id in [&said, &signature, &shot] {
        assert!(pictures.contains(&id.parse().unwrap()), "{id}");
    }
    let dir = ana.dir;
    drop(ana.core);
    let store = dir.path().join("store.db");
    let mut bytes = fs::read(&store).unwrap();
    bytes[..4_096].fill(0x5a);
    fs::write(&store, bytes).unwrap();
    assert!(matches!(world.open_at(10, dir.path()), Err(Error::StorageCorrupt { .. })));
    let core = world.open_at(11, dir.path()).unwrap();
    assert_eq!(core.media().of_run(&run).unwrap().iter().filter(|one| one.here).count(), 2);
    assert_eq!(core.media().of_action(&action).unwrap()[0].photo, shot);
    let waiting = core.inner.read(|db| Ok(blobs::unsent(db, frontline_domain::Incarnation(1))?)).unwrap();
    assert_eq!(waiting.len(), 5, "they still wait to be sent");
}
