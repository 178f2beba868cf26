//! Changes of documents: of another's making, of another document, and such as no honest build writes.

use frontline_domain::document::{Heads, Run, RunChanged, doc_id};
use frontline_domain::form::Value;
use frontline_domain::*;
use frontline_protocol::{Code, Entry, Header};

use super::attempt::Expected;
use super::scene::{OPEN, SIGNED_OFF, Scene, series};
use crate::phone::Phone;

/// With the checksum that the bytes would need: magic, checksum, and what it is over.
fn resealed(mut change: Vec<u8>) -> Vec<u8> {
    let digest = ring::digest::digest(&ring::digest::SHA256, &change[8..]);
    change[4..8].copy_from_slice(&digest.as_ref()[..4]);
    change
}
/// Where the dependencies begin: behind the chunk's type and its length.
fn body_at(change: &[u8]) -> usize {
    9 + change[9..].iter().position(|byte| *byte < 0x80).unwrap() + 1
}

/// A phone, and a change that it made to Ana's run on top of hers.
struct Made {
    phone: Phone,
    entry: Entry,
    body: RunChanged,
}

async fn made(scene: &Scene, by: &Phone, change: impl FnOnce(&mut Header), item: &str, value: Value) -> Made {
    let mut phone = series(&scene.world, by);
    let (mut run, heads): (Run, Heads) = (scene.run.clone(), scene.run.heads());
    let mut header = phone.header(&scene.world, EntryType::RUN_CHANGED);
    change(&mut header);
    let entry = phone.answer_as(&scene.world, header, &mut run, OPEN, item, value, &heads).await;
    Made { body: RunChanged::decode(&entry.body).unwrap(), phone, entry }
}

impl Made {
    /// Any body under its header, with a number that was not given yet.
    fn numbered(&mut self, body: Vec<u8>) -> Entry {
        let header = Header { seq: self.phone.next, ..self.entry.header.clone() };
        self.phone.make(header, body)
    }
    /// The same, with another body.
    fn with(&mut self, change: impl FnOnce(&mut RunChanged)) -> Entry {
        let mut body = self.body.clone();
        change(&mut body);
        self.numbered(body.encode())
    }
}

pub async fn add(scene: &mut Scene) {
    let no = |scene: &mut Scene, name: &str, phone: &Phone, entry: &Entry, code| {
        scene.offers_bytes(name, phone, entry.bytes(), Expected::Quarantined(code));
    };
    let mallory = scene.mallory.clone();
    let yes = || Value::Bool(false);

    // Of another's making. Each is sound under the header that it was made for.
    let mut own = made(scene, &mallory, |_| {}, "doors", yes()).await;
    let (ana, ben) = (scene.ana.enrolled.clone(), scene.ben.enrolled.clone());
    let hers = made(scene, &mallory, |h| h.device = ana.device, "doors", yes()).await;
    let as_own = |header: Header| Header { device: mallory.enrolled.device, person: mallory.enrolled.person, rebuild: 0, ..header };
    let forged = Entry::make(as_own(hers.entry.header.clone()), hers.entry.body.clone());
    no(scene, "a change by the actor of a colleague's phone", &hers.phone, &forged, Code::WRONG_AUTHOR);
    let bens = made(scene, &mallory, |h| h.person = ben.person, "doors", yes()).await;
    let forged = Entry::make(as_own(bens.entry.header.clone()), bens.entry.body.clone());
    no(scene, "an answer in a colleague's name", &bens.phone, &forged, Code::WRONG_AUTHOR);
    let again = made(scene, &mallory, |h| h.rebuild = 7, "doors", yes()).await;
    let forged = Entry::make(as_own(again.entry.header.clone()), again.entry.body.clone());
    no(scene, "a change by the actor of another rebuild", &again.phone, &forged, Code::WRONG_AUTHOR);
    let copied = own.numbered(scene.first.body.clone());
    no(scene, "a colleague's change as an own one", &own.phone, &copied, Code::WRONG_AUTHOR);

    // Of another document, place or edit.
    let (survey, module) = (scene.world.release("survey", "checkout").await, scene.world.release("module", "coffee").await);
    let other = Run::new(doc_id(scene.world.org(), own.entry.header.scope, EntryType::RUN_CHANGED, &[9; 16])).id();
    let entry = own.with(|b| b.run = other);
    no(scene, "a run that its name does not give", &own.phone, &entry, Code::WRONG_DOCUMENT);
    let entry = own.with(|b| b.nonce = [9; 16].into());
    no(scene, "a name that does not give its run", &own.phone, &entry, Code::WRONG_DOCUMENT);
    let entry = own.with(|b| b.procedure = survey);
    no(scene, "a run with another procedure", &own.phone, &entry, Code::WRONG_DOCUMENT);
    let new = own.with(|b| (b.run, b.nonce, b.procedure) = (other, [9; 16].into(), module));
    no(scene, "a new run of a module", &own.phone, &new, Code::UNKNOWN_RELEASE);
    let entry = own.with(|b| b.intent = CaptureId::from_bytes([9; 16]));
    no(scene, "another edit than its answer says", &own.phone, &entry, Code::UNSOUND_CHANGE);
    let marina = scene.world.scope("marina").await;
    let moved = Header { scope: marina, seq: own.phone.next, ..own.entry.header.clone() };
    let moved = own.phone.make(moved, own.entry.body.clone());
    no(scene, "a run of this site as one of the other", &own.phone, &moved, Code::NOT_PERMITTED);
    let cy = scene.cy.clone();
    let from_there = made(scene, &cy, |_| {}, "doors", yes()).await;
    no(scene, "a run of this site by who works at the other", &from_there.phone, &from_there.entry, Code::WRONG_DOCUMENT);
    let harbour = scene.world.scope("harbour").await;
    let withdrawn = made(scene, &cy, |h| h.scope = harbour, "doors", yes()).await;
    no(scene, "a run that its author once read, and may not write", &withdrawn.phone, &withdrawn.entry, Code::NOT_PERMITTED);
    let mut phone = scene.anew();
    let (mut done, seen) = (phone.run(SIGNED_OFF), phone.seen(harbour, u64::MAX >> 1));
    let header = Header { seen, ..phone.header(&scene.world, EntryType::RUN_CHANGED) };
    let locked = phone.answer_as(&scene.world, header, &mut done, SIGNED_OFF, "doors", yes(), &Heads::default()).await;
    no(scene, "a run that was signed off, as its author knew", &phone, &locked, Code::LOCKED);

    // No answer to the form.
    for (name, item, value) in [
        ("an item that is not asked", "windows", yes()),
        ("a yes or no that is a word", "doors", Value::Choice(crate::world::slug("open"))),
    ] {
        let made = made(scene, &mallory, |_| {}, item, value).await;
        no(scene, name, &made.phone, &made.entry, Code::NOT_AN_ANSWER);
    }
    built(scene, &mut own);
}

/// Changes whose bytes were altered, with their checksum set right.
fn built(scene: &mut Scene, own: &mut Made) {
    let unsound = Expected::Quarantined(Code::UNSOUND_CHANGE);
    let change = own.body.change.to_vec();
    let (at, n) = (body_at(&change), change.len());
    let mut try_change = |scene: &mut Scene, name: &str, change: Vec<u8>, expected: &Expected| {
        let entry = own.with(|body| body.change = change.into());
        scene.offers_bytes(name, &own.phone, entry.bytes(), expected.clone());
    };
    let altered = |alter: &dyn Fn(&mut Vec<u8>)| {
        let mut change = change.clone();
        alter(&mut change);
        resealed(change)
    };
    // What it is: one dependency, an actor of 16 bytes, its number, the operation's.
    assert!(change[at] == 1 && change[at + 33] == 16);
    let seq = at + 33 + 17;
    let action = change.windows(3).position(|w| w == [1, 0x7f, 1]).unwrap() + 2;
    try_change(scene, "a dependency that never was", altered(&|c| c[at + 1] ^= 1), &Expected::Held(Code::WAITS_FOR_DEPENDENCY));
    try_change(scene, "a number of its actor that is too high", altered(&|c| c[seq] = 9), &Expected::Held(Code::WAITS_FOR_EARLIER));
    try_change(scene, "its actor's number 0", altered(&|c| c[seq] = 0), &unsound);
    try_change(scene, "an operation below what it builds on", altered(&|c| c[seq + 1] = 1), &unsound);
    try_change(scene, "a change that deletes", altered(&|c| c[action] = 3), &unsound);
    try_change(scene, "a change that increments", altered(&|c| c[action] = 5), &unsound);
    try_change(scene, "a change that makes a list", altered(&|c| c[action] = 2), &unsound);
    try_change(scene, "a change that carries a time", altered(&|c| c[seq + 2] = 1), &unsound);
    try_change(
        scene,
        "a change whose checksum is wrong",
        {
            let mut c = change.clone();
            c[4] ^= 1;
            c
        },
        &unsound,
    );
    try_change(scene, "a whole document as a change", altered(&|c| c[8] = 0), &unsound);
    try_change(scene, "a compressed change", altered(&|c| c[8] = 2), &unsound);
    try_change(
        scene,
        "2^28 dependencies",
        altered(&|c| {
            c.splice(at..=at, [0xff, 0xff, 0xff, 0x7f]);
        }),
        &unsound,
    );
    try_change(scene, "a change and a byte", resealed([&change[..], &[0]].concat()), &unsound);
    try_change(scene, "half a change", change[..n / 2].to_vec(), &unsound);
    try_change(scene, "no change", Vec::new(), &unsound);
    try_change(scene, "zeros as a change", vec![0; 200], &unsound);
    try_change(scene, "a change of 200 KiB", vec![0x85; 200 << 10], &unsound);
    let spelled = [own.entry.body.clone(), vec![0]].concat();
    let entry = own.numbered(spelled);
    scene.offers_bytes("a change's body and a byte", &own.phone, entry.bytes(), Expected::Quarantined(Code::UNREADABLE));
}
