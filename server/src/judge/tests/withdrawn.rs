//! Open runs that a manager withdrew: whoever knew adds nothing to them, and what others did is taken (ADR 32).

use frontline_domain::document::{Heads, RunChanged};
use frontline_domain::fact::{Fact, RunSealed, SignedOff};
use frontline_domain::form::Value;
use frontline_domain::record::RunsWithdrawn;
use frontline_domain::{AnswersHash, DocId, EntryType, PersonId, ReleaseHash, Scope};
use frontline_protocol::sync::Verdict;
use frontline_protocol::{Code, Entry, Header};

use super::{REFUSED, is_stored, number, of_type, one};
use crate::admin::content::runs::Because;
use crate::judge::let_in::{LetIn, let_in};
use crate::phone::Phone;
use crate::world::{World, bundle, slug};

const NONCE: [u8; 16] = [4; 16];
const LATE: [u8; 16] = [5; 16];
const SEAL: AnswersHash = AnswersHash::from_bytes([0; 32]);

/// The next version of the procedure is published, and open runs of the one before are withdrawn; the number that this has at
/// the site.
async fn withdrawn(world: &World, scope: Scope) -> u64 {
    let mut next = bundle();
    next.releases.iter_mut().find(|r| r.slug.as_str() == "opening").unwrap().title = crate::world::text("Opening (2)");
    world.push(&next).await;
    let mut desk = world.desk().await;
    let because = Because::read("The limits were wrong.", PersonId::from_bytes([9; 16]), "Helen".into()).unwrap();
    assert_eq!(desk.withdraw_runs(&slug("opening"), &because).await.unwrap(), 1, "one version cannot be begun any more");
    assert_eq!(desk.withdraw_runs(&slug("opening"), &because).await.unwrap(), 0, "and once is enough");
    desk.close().await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    tx.head(world.org(), scope).await.unwrap().mark.number
}

/// What somebody says of a run whose phone had read so much of the site's feed.
fn knowing(world: &World, phone: &mut Phone, seen: u64, fact: &Fact) -> Entry {
    let header = of_type(phone, world, fact.entry_type());
    let header = Header { seen: phone.seen(header.scope, seen), ..header };
    phone.make(header, fact.encode())
}
/// A change as a phone makes it that has not heard of the next version.
fn on(entry: &Entry, procedure: ReleaseHash) -> Entry {
    let body = RunChanged { procedure, ..RunChanged::decode(&entry.body).unwrap() };
    Entry::make(entry.header.clone(), body.encode())
}
fn handed_in(run: DocId) -> Fact {
    Fact::RunSubmitted(RunSealed { run, answers: SEAL })
}

#[tokio::test]
async fn whoever_knew_adds_nothing_to_an_open_run_and_what_others_did_is_taken() {
    let world = World::begin().await;
    let (mut ana, mut ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let scope = world.scope("harbour").await;
    let (mut run, nothing) = (ana.run(NONCE), Heads::default());
    let first = ana.answer(&world, &mut run, NONCE, "doors", Value::Bool(true), &nothing).await;
    assert!(is_stored(&one(&world, &ana, &first).await));
    let before = world.release("procedure", "opening").await;
    let at = withdrawn(&world, scope).await;

    // Offline and unaware: kept, as is a run that nobody had heard of.
    let heads = run.heads();
    let mut unaware = of_type(&ana, &world, EntryType::RUN_CHANGED);
    unaware.seen = ana.seen(scope, at - 1);
    let more = ana.answer_as(&world, unaware, &mut run, NONCE, "doors", Value::Bool(false), &heads).await;
    assert!(is_stored(&one(&world, &ana, &on(&more, before)).await), "she did not know");

    let heads = run.heads();
    let mut aware = of_type(&ana, &world, EntryType::RUN_CHANGED);
    aware.seen = ana.seen(scope, at);
    let mut trial = frontline_domain::document::Run::load(run.id(), &run.save()).unwrap();
    let late = ana.answer_as(&world, aware, &mut trial, NONCE, "doors", Value::Bool(true), &heads).await;
    assert_eq!(one(&world, &ana, &on(&late, before)).await, REFUSED(Code::WITHDRAWN), "she knew");
    for fact in [handed_in(run.id()), Fact::SignedOff(SignedOff { run: run.id(), answers: SEAL, role: None })] {
        let said = knowing(&world, &mut ben, at, &fact);
        assert_eq!(one(&world, &ben, &said).await, REFUSED(Code::WITHDRAWN), "{fact:?}");
    }

    // Handed in by somebody who had not heard of it, it stands: who knows may sign it, and answer in it.
    let mine = knowing(&world, &mut ana, at - 1, &handed_in(run.id()));
    let stands = number(&one(&world, &ana, &mine).await);
    let signed = Fact::SignedOff(SignedOff { run: run.id(), answers: SEAL, role: None });
    let early = knowing(&world, &mut ben, at, &signed);
    assert_eq!(one(&world, &ben, &early).await, REFUSED(Code::WITHDRAWN), "of his own he knew of nothing handed in");
    let said = knowing(&world, &mut ben, stands, &signed);
    assert!(is_stored(&one(&world, &ben, &said).await));
}

#[tokio::test]
async fn what_was_refused_for_it_can_be_let_in_and_what_is_issued_again_was_made_before() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let scope = world.scope("harbour").await;
    let before = world.release("procedure", "opening").await;
    let at = withdrawn(&world, scope).await;
    // Begun on the version before, by a phone that says that it knew.
    let mut run = ana.run(LATE);
    let mut header = of_type(&ana, &world, EntryType::RUN_CHANGED);
    header.seen = ana.seen(scope, at);
    let entry = ana.answer_as(&world, header, &mut run, LATE, "doors", Value::Bool(true), &Heads::default()).await;
    let entry = on(&entry, before);
    assert_eq!(one(&world, &ana, &entry).await, REFUSED(Code::WITHDRAWN));
    let (org, hash) = (world.org(), entry.hash());
    let became = super::at_bench(&world, async |bench| {
        let row = bench.tx.quarantined_hash(org, &hash).await.unwrap().unwrap();
        let_in(bench, org, row).await.unwrap()
    });
    assert_eq!(became.await, LetIn::Stored);
    // Taken back, it binds nobody.
    let mut desk = world.desk().await;
    let all: Vec<RunsWithdrawn> = crate::records::all(desk.tx.as_read(), org).await.unwrap();
    assert!(desk.undo_withdrawal(&slug("opening"), all[0].id).await.unwrap());
    assert!(!desk.undo_withdrawal(&slug("opening"), all[0].id).await.unwrap(), "once");
    desk.close().await.unwrap();
    let said = knowing(&world, &mut ana, at + 10, &handed_in(run.id()));
    assert!(matches!(one(&world, &ana, &said).await, Verdict::Stored(_)));
}
