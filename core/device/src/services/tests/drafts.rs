//! What somebody began to write: kept, handed in, and nobody else's.

use super::is_invalid;
use super::world::*;
use crate::people::pin::PinDraft;
use crate::services::drafts::{MAX_COUNT, MAX_TEXT};
use crate::services::feedback::FeedbackDraft;
use crate::store::{data_key, drafts, dump};
use crate::{Error, Lock};

const OF_ANA: &str = "The lady with the blue coat said";
const OF_BEN: &str = "The gentleman of room twelve said";

fn set_pin(phone: &Phone, person: &str, pin: &str) {
    phone.core.people().set_pin(&PinDraft { person: Some(person.into()), pin: pin.into(), old: None }).unwrap();
}

fn holds(all: &[(String, Vec<u8>)], what: &[u8]) -> bool {
    all.iter().any(|(_, bytes)| bytes.windows(what.len()).any(|w| w == what))
}

#[test]
fn a_dump_of_the_whole_store_with_one_persons_pin_shows_nothing_of_anothers_drafts() {
    let world = World::new();
    let phone = world.phone(10, &[ANA, BEN]);
    let (core, inner) = (&phone.core, &phone.core.inner);
    // Ben begins before he has a PIN, and goes on behind it.
    core.people().use_person("ben").unwrap();
    core.drafts().keep("contact/new", OF_BEN).unwrap();
    let open = inner.read(|db| Ok(drafts::open_key(db, BEN)?)).unwrap().expect("it lies open as long as there is no PIN");
    set_pin(&phone, "ben", "5938");
    core.drafts().keep("feedback/front-desk", OF_BEN).unwrap();
    set_pin(&phone, "ana", "4071");
    core.drafts().keep("feedback/front-desk", OF_ANA).unwrap();

    let all = inner.read(|db| Ok(dump::values(db)?)).unwrap();
    assert!(all.iter().any(|(table, _)| table == "draft") && all.len() > 100);
    for (text, about) in [(OF_ANA, "feedback/front-desk"), (OF_BEN, "contact/new")] {
        assert!(!holds(&all, text.as_bytes()) && !holds(&all, about.as_bytes()), "neither words nor what they are about stand open");
    }
    assert!(!holds(&all, open.as_slice()), "the key that lay open is gone");
    // With Ana's PIN her own opens, and nothing that the store holds opens Ben's: no value of any row, not the
    // store's key, not hers.
    let ana = inner.store.open_person(ANA, "4071").unwrap().expect("her key");
    let rows = |person| inner.read(|db| Ok(drafts::of(db, person)?)).unwrap();
    assert_eq!(crate::services::drafts::open(&ana, &rows(ANA)[0]).unwrap().text, OF_ANA);
    let mut keys = vec![ana, data_key(phone.dir.path(), &[7; 32]), open];
    for (_, bytes) in &all {
        keys.extend(bytes.windows(32).take(4_096).map(|w| <[u8; 32]>::try_from(w).unwrap().into()));
    }
    assert_eq!(rows(BEN).len(), 2);
    for row in rows(BEN) {
        assert!(keys.iter().all(|key| crate::services::drafts::open(key, &row).is_none()));
    }
    let ben = inner.store.open_person(BEN, "5938").unwrap().expect("his key");
    assert!(rows(BEN).iter().all(|row| crate::services::drafts::open(&ben, row).unwrap().text == OF_BEN));
}

#[test]
fn a_draft_goes_in_the_transaction_of_its_capture_and_stays_when_that_is_refused() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    let core = &phone.core;
    core.drafts().keep("feedback/front-desk", OF_ANA).unwrap();
    core.drafts().keep("feedback/front-desk", "shorter").unwrap();
    core.drafts().keep("contact/new", OF_ANA).unwrap();
    let draft =
        |score| FeedbackDraft { touchpoint: "front-desk".into(), score, comment: Some("shorter".into()), ..FeedbackDraft::default() };
    is_invalid(core.feedback().give(draft(9)), "score", "range");
    assert_eq!(core.drafts().get("feedback/front-desk").unwrap().text, "shorter");
    core.feedback().give(draft(4)).unwrap();
    assert!(matches!(core.drafts().get("feedback/front-desk"), Err(Error::NotFound { .. })));
    assert_eq!(core.drafts().list().unwrap().len(), 1);
    // From its files, as after a kill.
    assert_eq!(phone.open_at(phone.dir.path()).drafts().get("contact/new").unwrap().text, OF_ANA);
}

#[test]
fn a_kill_between_the_pin_and_its_drafts_leaves_both() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    phone.core.drafts().keep("contact/new", OF_ANA).unwrap();
    // The header has the PIN, and the app died before what was begun was put under it.
    let inner = &phone.core.inner;
    inner.store.set_pin(ANA, "4071", &inner.new_key(), inner.random.as_ref()).unwrap();
    let again = phone.open_at(phone.dir.path());
    assert_eq!(again.drafts().list(), Err(Error::Locked(Lock::Pin)));
    again.people().switch("ana", Some("4071")).unwrap();
    assert_eq!(again.drafts().get("contact/new").unwrap().text, OF_ANA);
}

#[test]
fn drafts_have_limits() {
    let world = World::new();
    let phone = world.phone(10, &[ANA]);
    let drafts = phone.core.drafts();
    for about in ["", "contact", "contact/", "elsewhere/1", "contact/a\nb", &format!("contact/{}", "x".repeat(200))] {
        is_invalid(drafts.keep(about, "x"), "about", "form");
    }
    is_invalid(drafts.keep("contact/new", &"x".repeat(MAX_TEXT + 1)), "text", "length");
    for n in 0..MAX_COUNT {
        drafts.keep(&format!("contact/{n}"), "x").unwrap();
    }
    is_invalid(drafts.keep("contact/new", "x"), "about", "limit");
    drafts.keep("contact/7", "y").unwrap();
    drafts.drop("contact/8").unwrap();
    drafts.keep("contact/new", "x").unwrap();
}
