//! Changes of runs: what they belong to, what they wait for, what locks them.

use frontline_domain::document::{Heads, RunChanged};
use frontline_domain::fact::{Fact, Returned, SignedOff};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::{AnswersHash, CaptureId, DocId, EntryType, Epoch};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry};

use super::{REFUSED, at_bench, harbour, is_stored, judged, number, of_type, one, says};
use crate::judge::let_in::{LetIn, let_in};
use crate::phone::{Phone, replacing};
use crate::world::{World, bundle, counts};

const NONCE: [u8; 16] = [4; 16];

fn four() -> Value {
    Value::Number("4".parse().unwrap())
}
fn edited(entry: &Entry, change: impl FnOnce(&mut RunChanged)) -> Entry {
    let mut body = RunChanged::decode(&entry.body).unwrap();
    change(&mut body);
    Entry::make(entry.header.clone(), body.encode())
}
fn sealed(world: &World, phone: &mut Phone, run: DocId) -> Entry {
    says(world, phone, &Fact::SignedOff(SignedOff { role: Some(Role::Supervisor), run, answers: AnswersHash::from_bytes([0; 32]) }))
}
async fn let_it_in(world: &World, entry: &Entry) -> LetIn {
    let (org, hash) = (world.org(), entry.hash());
    at_bench(world, async |bench| {
        let row = bench.tx.quarantined_hash(org, &hash).await.unwrap().unwrap();
        let_in(bench, org, row).await.unwrap()
    })
    .await
}

#[tokio::test]
async fn a_change_belongs_to_the_document_of_its_nonce_and_of_the_procedure_that_began_it() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let nothing = Heads::default();
    let survey = world.release("survey", "checkout").await;
    let mut cases = Vec::new();
    for n in 0..3 {
        cases.push(ana.answer(&world, &mut ana.run([n; 16]), [n; 16], "doors", Value::Bool(true), &nothing).await);
    }
    for (entry, code) in [
        (edited(&cases[0], |b| b.nonce = [8; 16].into()), Code::WRONG_DOCUMENT),
        (edited(&cases[1], |b| b.procedure = survey), Code::UNKNOWN_RELEASE),
        (edited(&cases[2], |b| b.intent = CaptureId::from_bytes([9; 16])), Code::UNSOUND_CHANGE),
    ] {
        assert_eq!(one(&world, &ana, &entry).await, REFUSED(code));
    }
    let mut run = ana.run(NONCE);
    let first = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(true), &nothing).await;
    assert!(is_stored(&one(&world, &ana, &first).await));
    let heads = run.heads();
    let second = ana.answer(&world, &mut run, NONCE, "fridge", four(), &heads).await;
    assert!(is_stored(&one(&world, &ana, &second).await), "of the same document");
    // Another version of the procedure is published: what was begun with the first stays with it.
    let mut changed = bundle();
    let frontline_domain::release::Content::Procedure(procedure) = &mut changed.releases[0].content else { panic!("a procedure") };
    procedure.minutes = Some(5);
    world.push(&changed).await;
    let newer = world.release("procedure", "opening").await;
    let heads = run.heads();
    let third = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(false), &heads).await;
    assert_eq!(RunChanged::decode(&third.body).unwrap().procedure, newer);
    assert_eq!(one(&world, &ana, &third).await, REFUSED(Code::WRONG_DOCUMENT));
}

#[tokio::test]
async fn a_change_that_comes_before_what_it_builds_on_waits_and_is_stored_with_it() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (mut run, mut changes) = (ana.run(NONCE), Vec::new());
    for n in 0..4 {
        let heads = run.heads();
        changes.push(ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(n % 2 == 0), &heads).await);
    }
    for change in changes[1..].iter().rev() {
        assert_eq!(one(&world, &ana, change).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    }
    assert!(is_stored(&one(&world, &ana, &changes[0]).await));
    for change in &changes {
        assert!(is_stored(&one(&world, &ana, change).await), "offered again it has its receipt");
    }
    let counts = counts(&world, world.org()).await;
    assert_eq!((counts["run-changed"], counts["held"], counts["verdict"]), (4, 0, 3), "each of the three is told");
}

#[tokio::test]
async fn what_builds_on_a_refused_change_is_told_and_once_it_is_replaced_the_refused_one_stays_out() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (mut run, nothing) = (ana.run(NONCE), Heads::default());
    let good = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(true), &nothing).await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let seal = sealed(&world, &mut ben, run.id());
    let at = number(&one(&world, &ben, &seal).await);
    // She had seen the sign-off: it binds her.
    let locked =
        Entry::make(frontline_protocol::Header { seen: ana.seen(good.header.scope, at), ..good.header.clone() }, good.body.clone());
    let heads = run.heads();
    let on_it = ana.answer(&world, &mut run, NONCE, "fridge", four(), &heads).await;
    assert_eq!(one(&world, &ana, &on_it).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    assert_eq!(one(&world, &ana, &locked).await, REFUSED(Code::LOCKED));
    assert_eq!(one(&world, &ana, &on_it).await, Verdict::Held(Code::WAITS_FOR_REFUSED));

    let mut header = of_type(&ana, &world, EntryType::RUN_CHANGED);
    (header.rebuild, header.replaces) = (1, replacing(&on_it));
    let replay = ana.answer_as(&world, header, &mut ana.run(NONCE), NONCE, "fridge", four(), &nothing).await;
    assert!(is_stored(&one(&world, &ana, &replay).await));
    assert_eq!(one(&world, &ana, &on_it).await, Verdict::Replaced);
    assert_eq!(let_it_in(&world, &locked).await, LetIn::Remake, "as it is it would stand beside what was made without it");
    assert_eq!(one(&world, &ana, &locked).await, Verdict::Remake);
}

#[tokio::test]
async fn a_lock_binds_who_set_it_and_who_had_seen_it_until_the_run_is_given_back() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    // Numbers of several devices must not be compared: hers are higher than his.
    ana.next = 50;
    let (mut run, nothing) = (ana.run(NONCE), Heads::default());
    let first = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(true), &nothing).await;
    assert!(is_stored(&one(&world, &ana, &first).await));
    let seal = sealed(&world, &mut ben, run.id());
    let at = number(&one(&world, &ben, &seal).await);

    let heads = run.heads();
    let unaware = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(false), &heads).await;
    assert!(is_stored(&one(&world, &ana, &unaware).await), "she did not know");
    let heads = run.heads();
    for (seen, binds) in [(at - 1, false), (at, true), (at + 1, true)] {
        let mut header = of_type(&ana, &world, EntryType::RUN_CHANGED);
        header.seen = ana.seen(header.scope, seen);
        let mut trial = frontline_domain::document::Run::load(run.id(), &run.save()).unwrap();
        let change = ana.answer_as(&world, header, &mut trial, NONCE, "doors", Value::Bool(true), &heads).await;
        let verdict = one(&world, &ana, &change).await;
        assert_eq!(verdict == REFUSED(Code::LOCKED), binds, "{seen} of {at}: {verdict:?}");
        assert!(binds || is_stored(&verdict));
        // What is stored is a part of the run that the next one builds on.
        if !binds {
            run = trial;
        }
    }
    let heads = run.heads();
    let own = ben.answer(&world, &mut ben.run(NONCE), NONCE, "fridge", four(), &nothing).await;
    assert_eq!(one(&world, &ben, &own).await, REFUSED(Code::LOCKED), "he signed it off himself");
    // In another series of his phone nothing is his own earlier word.
    let mut anew = Phone { epoch: Epoch(9), next: 1, ..ben.clone() };
    let other = anew.answer(&world, &mut anew.run(NONCE), NONCE, "fridge", four(), &nothing).await;
    assert!(is_stored(&one(&world, &anew, &other).await));

    let back = says(&world, &mut ben, &Fact::Returned(Returned { run: run.id(), reason: "one is missing".into() }));
    let at = number(&one(&world, &ben, &back).await);
    let mut header = of_type(&ana, &world, EntryType::RUN_CHANGED);
    header.seen = ana.seen(header.scope, at);
    let open = ana.answer_as(&world, header, &mut run, NONCE, "doors", Value::Bool(true), &heads).await;
    assert!(is_stored(&one(&world, &ana, &open).await), "it was given back");
}

#[tokio::test]
async fn work_that_is_made_anew_when_it_was_asked_for_is_that_very_work_and_counts_as_when_it_came_first() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let (mut run, nothing) = (ana.run(NONCE), Heads::default());
    let first = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(true), &nothing).await;
    assert!(is_stored(&one(&world, &ana, &first).await));
    let seal = sealed(&world, &mut ben, run.id());
    let at = number(&one(&world, &ben, &seal).await);
    let accepted = run.save();
    let again = || frontline_domain::document::Run::load(run.id(), &accepted).unwrap();
    let stands = again().heads();

    let aware = |phone: &Phone| {
        let mut header = of_type(phone, &world, EntryType::RUN_CHANGED);
        header.seen = phone.seen(header.scope, at);
        header
    };
    let mut hers = again();
    let locked = ana.answer_as(&world, aware(&ana), &mut hers, NONCE, "doors", Value::Bool(false), &stands).await;
    let came = world.now_ms();
    assert_eq!(one(&world, &ana, &locked).await, REFUSED(Code::LOCKED));
    let heads = hers.heads();
    let on_it = ana.answer_as(&world, aware(&ana), &mut hers, NONCE, "fridge", four(), &heads).await;
    assert_eq!(one(&world, &ana, &on_it).await, Verdict::Held(Code::WAITS_FOR_REFUSED));
    let mut header = of_type(&ana, &world, EntryType::RUN_CHANGED);
    (header.rebuild, header.replaces) = (1, replacing(&on_it));
    let replay = ana.answer_as(&world, header, &mut again(), NONCE, "fridge", four(), &stands).await;
    assert!(is_stored(&one(&world, &ana, &replay).await));
    assert_eq!(let_it_in(&world, &locked).await, LetIn::Remake);
    world.wait(3_600_000);

    // The same edit, made anew on what stands; then another answer under its name.
    let edit = RunChanged::decode(&locked.body).unwrap();
    let anew = async |ana: &mut Phone, value: bool, seen: u64| {
        let mut header = aware(ana);
        (header.rebuild, header.replaces, header.seen) = (2, replacing(&locked), ana.seen(header.scope, seen));
        let answer = frontline_domain::document::Answer {
            value: Value::Bool(value),
            by: header.person,
            at_ms: came,
            intent: edit.intent,
            settles: false,
            measured: false,
        };
        let actor = frontline_domain::document::base_actor(run.id(), header.device, header.epoch, header.rebuild);
        let key = frontline_domain::document::AnswerKey::of(crate::world::slug("doors"), 0);
        let made = again().answer(actor, &stands, &key, &answer).unwrap();
        let body = RunChanged { change: made.change.into(), ..RunChanged::decode(&locked.body).unwrap() };
        ana.make(header, body.encode())
    };
    let forged = anew(&mut ana, true, at).await;
    assert_eq!(one(&world, &ana, &forged).await, REFUSED(Code::LOCKED), "another answer is no work that was asked for");
    let asked = anew(&mut ana, false, at).await;
    let Verdict::Stored(receipt) = one(&world, &ana, &asked).await else { panic!("the lock is waived") };
    assert_eq!(receipt.effective_ms, came, "as when it came first");
}

#[tokio::test]
async fn a_long_run_is_saved_now_and_then_and_made_from_its_changes_where_what_was_saved_is_not_it() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (mut run, mut changes, mut saved_at) = (ana.run(NONCE), Vec::new(), Vec::new());
    for n in 0..73 {
        let heads = run.heads();
        changes.push(ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(n % 2 == 0), &heads).await);
    }
    let org = world.org();
    for some in changes.chunks(20) {
        assert!(judged(&world, &ana, some).await.iter().all(is_stored));
        let saved = world.app.store.read().await.unwrap().saved_doc(org, run.id()).await.unwrap();
        saved_at.push(saved.map(|saved| saved.changes));
    }
    assert_eq!(saved_at, [None, Some(32), Some(32), Some(64)], "each time that it has grown enough");
    let content = bundle().releases.remove(0).content;
    let frontline_domain::release::Content::Procedure(procedure) = content else { panic!("no procedure") };
    let saved = world.app.store.read().await.unwrap().saved_doc(org, run.id()).await.unwrap().expect("saved");
    // As it was saved; bytes that are no run; a run that is another one than it says.
    let other = frontline_domain::document::Run::new(run.id()).save();
    for bytes in [saved.bytes.clone(), b"no run".to_vec(), other] {
        let saved = crate::store::SavedDoc { bytes, ..saved.clone() };
        let loaded = at_bench(&world, async |bench| {
            bench.tx.put_saved_doc(org, run.id(), &saved).await.unwrap();
            crate::judge::runs::load(bench.tx.as_read(), org, run.id(), &procedure.form).await.unwrap()
        })
        .await;
        assert_eq!((loaded.heads(), loaded.change_count()), (run.heads(), 73));
    }
}
