//! What is asked for beside an answer, and what is known of where it comes from.

use frontline_domain::Scope;
use frontline_domain::form::item::{Evidence, Location, NumberRule, Temperature};
use frontline_domain::form::{Expr, Form, Item, ItemKind, NaRule, Raw, Rule, Section, Then, expr, limits};
use frontline_domain::permission::Role;
use frontline_domain::record::{Organisation, Photos, Policy};
use frontline_domain::release::{Content, Procedure, Release};

use super::is_invalid;
use super::media::jpeg;
use super::world::{ANA, BEN, ORG, Phone, World, item, slug, words};
use crate::Error;
use crate::services::media::PictureDraft;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::detail::{ItemDetail, NoteAsked};
use crate::services::procedures::evidence::{EvidenceDraft, NoteDraft};
use crate::services::procedures::history::HistoryWhat;
use crate::services::procedures::measure::MeasureDraft;

/// A run with a door that needs a note where it does not close, a shelf that the camera alone may show, and a place.
fn round(world: &World, phone: &Phone) -> String {
    let when = Expr(expr::parse("not door").unwrap().node);
    let photos = |live_camera_only| Evidence { photos_min: 0, photos_max: 3, live_camera_only };
    let items = vec![
        Item {
            evidence: Some(photos(false)),
            rules: vec![Rule { when, then: vec![Then::Note] }],
            ..item("door", ItemKind::PassFail, true, NaRule::No)
        },
        item("shelf", ItemKind::Photo(Evidence { photos_min: 1, ..photos(true) }), false, NaRule::No),
        item("van", ItemKind::Location(Location { within_m: Some(50) }), false, NaRule::No),
    ];
    published(world, phone, "closing-round", items)
}

/// A run of a procedure with these items.
fn published(world: &World, phone: &Phone, name: &str, items: Vec<Item>) -> String {
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
    world.publish(&Release { slug: slug(name), title, predecessor: None, content: Content::Procedure(procedure) });
    world.pull(phone);
    phone.core.procedures().start(name).unwrap()
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) -> Result<String, Error> {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value, seen: None })
}
fn note(phone: &Phone, run: &str, item: &str, text: &str) -> Result<String, Error> {
    phone.core.procedures().note(NoteDraft { run: run.into(), item: item.into(), text: text.into() })
}
fn photo(phone: &Phone, n: u8, live: bool) -> String {
    phone.core.media().add(PictureDraft { bytes: jpeg(n), live }).unwrap().id
}
fn shown(phone: &Phone, run: &str, item: &str) -> ItemDetail {
    let detail = phone.core.procedures().detail(run).unwrap();
    detail.sections.into_iter().flat_map(|s| s.items).find(|i| i.item == item).unwrap()
}

#[test]
fn a_note_is_needed_where_a_rule_says_so_and_stays_in_the_history() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = round(&world, &ana);
    answer(&ana, &run, "door", Raw::Bool(true)).unwrap();
    assert_eq!(shown(&ana, &run, "door").note, Some(NoteAsked::Welcome));
    answer(&ana, &run, "door", Raw::Bool(false)).unwrap();
    let door = shown(&ana, &run, "door");
    assert_eq!((door.note, door.problem.as_deref()), (Some(NoteAsked::Needed), Some("Write a note beside the answer")));
    is_invalid(ana.core.procedures().submit(&run), "run", "required");
    is_invalid(note(&ana, &run, "door", "  "), "text", "empty");
    is_invalid(note(&ana, &run, "door", &"x".repeat(limits::TEXT + 1)), "door", "length");
    is_invalid(note(&ana, &run, "van", "behind the shop"), "van", "note");
    let first = note(&ana, &run, "door", " The hinge is bent. ").unwrap();
    assert_eq!(shown(&ana, &run, "door").problem, None);
    world.join(&[&ana, &ben]);
    // Ben writes another one; Ana takes hers back at the same time: his stands, and the door is done on both phones.
    note(&ben, &run, "door", "It was bent on Monday.").unwrap();
    ana.core.procedures().detach(&run, "door", &first).unwrap();
    assert_eq!(shown(&ana, &run, "door").note, Some(NoteAsked::Needed));
    assert!(shown(&ana, &run, "door").problem.is_some());
    world.join(&[&ana, &ben]);
    for (phone, word) in [(&ana, "Note"), (&ben, "ملاحظة")] {
        let notes: Vec<(String, String)> = shown(phone, &run, "door").notes.into_iter().map(|n| (n.by, n.text)).collect();
        assert_eq!(notes, [("Ben".to_owned(), "It was bent on Monday.".to_owned())]);
        assert_eq!(shown(phone, &run, "door").evidence, []);
        let history = phone.core.procedures().history(&run).unwrap();
        let said: Vec<_> = history.iter().filter(|l| l.what == HistoryWhat::Noted).filter_map(|l| l.says.as_deref()).collect();
        assert_eq!(said, ["The hinge is bent.", "It was bent on Monday."].map(|text| format!("{word}: {text}")));
        assert_eq!(history.iter().filter(|l| l.what == HistoryWhat::Detached).count(), 1);
        assert_eq!(phone.core.check().unwrap().problems, [] as [&str; 0]);
    }
    assert!(matches!(ana.core.procedures().detach(&run, "door", &first), Err(Error::NotFound { .. })));
    ana.core.procedures().submit(&run).unwrap();
    // What was handed in covers the note: one more, and something changed since.
    ana.core.rebuild().unwrap();
    assert_eq!(shown(&ana, &run, "door").notes.len(), 1);
}

#[test]
fn a_photo_from_the_album_is_refused_where_the_camera_alone_counts_and_shown_as_one_elsewhere() {
    let world = World::new();
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(11, &[BEN]));
    let run = round(&world, &ana);
    let (saved, live) = (photo(&ana, 1, false), photo(&ana, 2, true));
    let refused = answer(&ana, &run, "shelf", Raw::Text(saved.clone()));
    let Err(Error::Invalid { message, .. }) = &refused else { panic!("{refused:?}") };
    assert_eq!(message, "this item takes photos that the camera takes now, not those that were saved before");
    is_invalid(refused, "shelf", "live-camera");
    answer(&ana, &run, "shelf", Raw::Text(live.clone())).unwrap();
    answer(&ana, &run, "door", Raw::Bool(true)).unwrap();
    for photo in [&saved, &live] {
        ana.core.procedures().attach(EvidenceDraft { run: run.clone(), item: "door".into(), photo: photo.clone() }).unwrap();
    }
    world.join(&[&ana, &ben]);
    for phone in [&ana, &ben] {
        assert_eq!((shown(phone, &run, "door").not_live, shown(phone, &run, "shelf").not_live), (vec![saved.clone()], vec![]));
    }
}

#[test]
fn a_place_says_how_exact_it_is_and_whether_an_app_made_it_up() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = round(&world, &ana);
    let place = |within: &str, mock: Option<&str>| {
        let all = [("lat", "51.5074"), ("lon", "-0.1278"), ("within", within)].into_iter().chain(mock.map(|mock| ("mock", mock)));
        Raw::Map(all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    };
    is_invalid(answer(&ana, &run, "van", place("51", None)), "van", "within");
    is_invalid(answer(&ana, &run, "van", place("12", Some("perhaps"))), "van", "location");
    answer(&ana, &run, "van", place("12", Some("false"))).unwrap();
    let van = shown(&ana, &run, "van");
    assert_eq!((van.says.as_deref(), van.out_of_band), (Some("51.5074, −0.1278 (within 12 m)"), false));
    answer(&ana, &run, "van", place("12.4", Some("true"))).unwrap();
    let van = shown(&ana, &run, "van");
    assert_eq!(van.says.as_deref(), Some("51.5074, −0.1278 (within 13 m, made up by an app on the device)"));
    assert!(van.out_of_band);
    let json = serde_json::to_value(&van.value).unwrap();
    assert_eq!(json, serde_json::json!({"lat": 51.5074, "lon": -0.1278, "within": 13, "mock": true}));
}

#[test]
fn what_a_picture_may_be_is_the_organisations_and_a_shell_is_told_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let run = round(&world, &ana);
    let limit = |item: &str| shown(&ana, &run, item).picture.map(|p| (p.side, p.bytes));
    assert_eq!((limit("shelf"), limit("door"), limit("van")), (Some((2_048, 2_560 << 10)), Some((2_048, 2_560 << 10)), None));
    let photos = Photos { side: 600, kib: 200, keep_place: true, ..Photos::default() };
    let policy = Policy { photos, ..Policy::default() };
    let languages = vec!["en".parse().unwrap()];
    world.record(Scope::Org, &Organisation { id: ORG, name: "Harbour".into(), languages, policy, recovery: None });
    world.pull(&ana);
    assert_eq!(limit("shelf"), Some((600, 200 << 10)));
    let refused = ana.core.media().add(PictureDraft { bytes: jpeg(1), live: true });
    let Err(Error::Invalid { message, .. }) = &refused else { panic!("{refused:?}") };
    assert_eq!(message, "this picture is 640 by 480 pixels, and no side has more than 600 here; make it smaller");
    is_invalid(refused, "picture", "side");
}

#[test]
fn a_photo_is_known_by_what_is_kept_of_it() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x10\0\x02\0\0\0\x08\0\0\0\x1a\0\0\0\0Phone 9\0";
    let head = [&[0xff, 0xe1, 0, note.len() as u8 + 2][..], note].concat();
    let plain = jpeg(3);
    let bytes = [&plain[..2], &head, &plain[2..], b"and a film"].concat();
    let added = ana.core.media().add(PictureDraft { bytes, live: true }).unwrap();
    assert_eq!(ana.core.media().bytes(&added.id).unwrap(), plain);
    assert_eq!((added.id, added.bytes), (blake3::hash(&plain).to_hex().to_string(), plain.len() as u64));
}

#[test]
fn what_an_instrument_gives_is_told_in_the_items_unit_and_stays_marked() {
    let world = World::new();
    let ana = world.phone(10, &[ANA]);
    let rule = NumberRule { unit: Some("°C".into()), decimals: 1, min: Some("-5".parse().unwrap()), ..NumberRule::default() };
    let items = vec![
        item("fridge", ItemKind::Temperature(Temperature(rule)), false, NaRule::No),
        item("count", ItemKind::Number(NumberRule::default()), false, NaRule::No),
    ];
    let run = published(&world, &ana, "fridge-check", items);
    let measure = |item: &str, number: &str, unit: &str| {
        let (run, item) = (run.clone(), item.to_owned());
        ana.core.procedures().measure(MeasureDraft { run, item, number: number.into(), unit: unit.into(), seen: None })
    };
    measure("fridge", "39.65", "°F").unwrap();
    let fridge = shown(&ana, &run, "fridge");
    assert_eq!((fridge.answers[0].reads.as_str(), fridge.answers[0].measured), ("4.3 °C", true));
    // Typed over: no longer measured, and the history has both.
    answer(&ana, &run, "fridge", Raw::Number("4".into())).unwrap();
    assert!(!shown(&ana, &run, "fridge").answers[0].measured);
    let history = ana.core.procedures().history(&run).unwrap();
    assert_eq!(history.iter().map(|line| line.measured).collect::<Vec<_>>(), [true, false]);
    // What it cannot be is said, and nothing is written.
    is_invalid(measure("count", "4", "°C"), "item", "measured");
    is_invalid(measure("fridge", "4", "kg"), "fridge", "unit");
    is_invalid(measure("fridge", "Err", "°C"), "number", "reading");
    is_invalid(measure("fridge", "-9", "°C"), "fridge", "min");
    assert_eq!(ana.core.procedures().history(&run).unwrap().len(), 2);
}
