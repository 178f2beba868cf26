//! What becomes of each entry, and why.

use frontline_domain::document::{Heads, RunChanged};
use frontline_domain::fact::{Fact, InteractionClosed, LessonProgressed, SignedOff};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::*;
use frontline_protocol::sync::{LaterVerdict, Verdict};
use frontline_protocol::{Code, Entry};
use frontline_server::admin::LetIn;

use crate::phone::{Phone, feedback, replacing};
use crate::world::{World, slug};

fn number(verdict: &Verdict) -> u64 {
    match verdict {
        Verdict::Stored(receipt) => receipt.number,
        other => panic!("not stored: {other:?}"),
    }
}
const REFUSED: fn(Code) -> Verdict = Verdict::Quarantined;

#[tokio::test]
async fn feedback_is_stored_with_a_receipt_that_names_a_mark_of_the_feed() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    world.wait(60_000);
    let entry = ana.feedback(&world, 4).await;
    let Verdict::Stored(receipt) = ana.offer(&world, &entry).await else { panic!("not stored") };
    let mut tx = world.app.store.read().await.unwrap();
    let scope = world.scope("harbour").await;
    assert_eq!(tx.tag_at(world.org(), scope, receipt.mark.number).await.unwrap(), Some(receipt.mark.tag));
    assert!(receipt.mark.number >= receipt.number);
    assert_eq!((receipt.effective_ms, receipt.committed_ms), (world.now_ms(), world.now_ms()));
    let stored = tx.entry(world.org(), entry.id()).await.unwrap().unwrap();
    assert_eq!(stored.bytes, entry.bytes());
}

#[tokio::test]
async fn an_entry_sent_ten_times_is_stored_once_with_the_same_receipt() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let entry = ana.feedback(&world, 5).await;
    let first = ana.offer(&world, &entry).await;
    for _ in 0..9 {
        world.wait(3_600_000);
        assert_eq!(ana.offer(&world, &entry).await, first);
    }
    assert_eq!(crate::world::counts(&world, world.org()).await["feedback-given"], 1);
}

#[tokio::test]
async fn each_fault_of_an_entry_has_its_code_and_stops_no_other() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (org, module, tree) = (world.org(), world.release("module", "coffee").await, world.release("reasons", "reasons").await);
    let ben = world.person("ben").await;
    let elsewhere = world.scope("marina").await;
    let fact = feedback(&world, org, 3).await;
    let closed = |outcome: &str| {
        let interaction = CaptureId::from_bytes([1; 16]);
        Fact::InteractionClosed(InteractionClosed {
            interaction,
            tree,
            reason: slug("refund"),
            outcome: slug(outcome),
            channel: None,
            resolved: true,
            handled: true,
        })
    };
    let lesson = |module, of| Fact::LessonProgressed(LessonProgressed { module, lesson: slug("welcome"), card: 1, of });
    let mut faults: Vec<(Entry, Code)> = Vec::new();
    let mut add = |ana: &mut Phone, entry_type, body: Vec<u8>, change: &dyn Fn(&mut frontline_protocol::Header), code| {
        let mut header = ana.header(&world, entry_type);
        change(&mut header);
        faults.push((ana.make(header, body), code));
    };
    let plain: &dyn Fn(&mut frontline_protocol::Header) = &|_| {};
    let feedback_type = EntryType::FEEDBACK_GIVEN;
    add(&mut ana, feedback_type, vec![0xff], plain, Code::UNREADABLE);
    add(&mut ana, feedback_type, fact.encode(), &|h| h.org = OrgId::from_bytes([7; 16]), Code::OTHER_ORGANISATION);
    add(&mut ana, feedback_type, fact.encode(), &|h| h.device = DeviceId::from_bytes([7; 16]), Code::OTHER_DEVICE);
    add(&mut ana, feedback_type, fact.encode(), &|h| h.person = ben, Code::NOT_CERTIFIED);
    add(&mut ana, feedback_type, fact.encode(), &|h| h.scope = elsewhere, Code::NOT_PERMITTED);
    add(&mut ana, feedback_type, fact.encode(), &|h| h.scope = Scope::Org, Code::WRONG_SCOPE);
    add(&mut ana, feedback_type, fact.encode(), &|h| h.scope = Scope::Site(SiteId::from_bytes([7; 16])), Code::WRONG_SCOPE);
    add(&mut ana, EntryType::GRANT, vec![1], plain, Code::FROM_SERVER_ONLY);
    add(&mut ana, EntryType(999), vec![1], plain, Code::NOT_PERMITTED);
    add(&mut ana, EntryType::INTERACTION_CLOSED, closed("unheard-of").encode(), plain, Code::OUT_OF_RANGE);
    add(&mut ana, EntryType::LESSON_PROGRESSED, lesson(tree, 2).encode(), plain, Code::UNKNOWN_RELEASE);
    add(&mut ana, EntryType::LESSON_PROGRESSED, lesson(module, 9).encode(), plain, Code::OUT_OF_RANGE);
    let seal = Fact::SignedOff(SignedOff { role: None, run: DocId::from_bytes([1; 16]), answers: AnswersHash::from_bytes([0; 32]) });
    add(&mut ana, EntryType::SIGNED_OFF, seal.encode(), plain, Code::NOT_PERMITTED);
    let good = ana.feedback(&world, 5).await;
    let mut offers: Vec<Entry> = faults.iter().map(|(entry, _)| entry.clone()).collect();
    offers.push(good);
    let answer = ana.sync(&world, &offers).await;
    for ((entry, code), judged) in faults.iter().zip(&answer.verdicts) {
        assert_eq!(judged.verdict, REFUSED(*code), "{:?}", entry.header.entry_type);
        assert_eq!(&judged.hash8[..], &entry.hash().as_bytes()[..8]);
    }
    assert!(number(&answer.verdicts.last().unwrap().verdict) > 0);
    let mut desk = world.desk().await;
    assert_eq!(desk.quarantine(true, 100).await.unwrap().len(), faults.len());
    drop(desk);
    let again = ana.sync(&world, &offers).await;
    assert_eq!(again.verdicts, answer.verdicts, "the same verdicts however often they are sent");
}

#[tokio::test]
async fn bytes_that_are_no_entry_or_too_large_are_set_aside_by_themselves() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let good = ana.feedback(&world, 2).await;
    let mut loose = good.bytes().to_vec();
    // The array's length in two bytes instead of one: the same content in another encoding.
    loose.splice(0..1, [0x98, 0x02]);
    let huge = ana.make(ana.header(&world, EntryType::FEEDBACK_GIVEN), vec![0; 300 << 10]);
    let mut ask = ana.ask(&[huge, good]);
    ask.offers.insert(0, b"no entry".to_vec().into());
    ask.offers.insert(1, loose.into());
    let verdicts: Vec<Verdict> = ana.try_sync(&world, &ask).await.unwrap().verdicts.into_iter().map(|j| j.verdict).collect();
    assert_eq!(verdicts[..3], [REFUSED(Code::UNREADABLE), REFUSED(Code::NOT_CANONICAL), REFUSED(Code::TOO_LARGE)]);
}

#[tokio::test]
async fn work_of_a_withdrawn_role_counts_where_it_was_done_before_and_not_after() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let before = ana.feedback(&world, 5).await;
    world.wait(1_000);
    let mut desk = world.desk().await;
    let (person, scope) = (world.person("ana").await, world.scope("harbour").await);
    assert!(desk.withdraw(person, Role::Staff, scope).await.unwrap());
    desk.close().await.unwrap();
    world.wait(1_000);
    let Verdict::Stored(receipt) = ana.offer(&world, &before).await else { panic!("not stored") };
    assert!(receipt.effective_ms <= world.now_ms() - 1_000);
    let after = ana.feedback(&world, 5).await;
    assert_eq!(ana.offer(&world, &after).await, REFUSED(Code::NOT_PERMITTED));
    let mut header = ana.header(&world, EntryType::FEEDBACK_GIVEN);
    header.contact = before.header.contact;
    ana.sync(&world, &[]).await;
    let backdated = ana.make(header, feedback(&world, world.org(), 1).await.encode());
    let answer = ana.sync(&world, std::slice::from_ref(&backdated)).await;
    assert_eq!(answer.verdicts[0].verdict, REFUSED(Code::CLOSED_EPOCH));
    assert!(answer.epoch_closed, "it knows less than this device knew: an older copy of its store");
}

#[tokio::test]
async fn what_somebody_else_captured_is_not_made_anew_under_its_id() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let theirs = feedback(&world, world.org(), 5).await;
    let first = ana.make(ana.header(&world, EntryType::FEEDBACK_GIVEN), theirs.encode());
    assert!(matches!(ana.offer(&world, &first).await, Verdict::Stored(_)));
    let Fact::FeedbackGiven(given) = theirs.clone() else { panic!("feedback") };
    let worse = Fact::FeedbackGiven(frontline_domain::fact::FeedbackGiven { score: 1, ..given });
    let forged = ben.make(ben.header(&world, EntryType::FEEDBACK_GIVEN), worse.encode());
    assert_eq!(ben.offer(&world, &forged).await, REFUSED(Code::ID_TAKEN));
    let changed = ana.make(ana.header(&world, EntryType::FEEDBACK_GIVEN), worse.encode());
    assert_eq!(ana.offer(&world, &changed).await, REFUSED(Code::ID_TAKEN), "not by its author either");
    let same = ana.make(ana.header(&world, EntryType::FEEDBACK_GIVEN), theirs.encode());
    assert_eq!(ana.offer(&world, &same).await, Verdict::Replaced);
    assert_eq!(crate::world::counts(&world, world.org()).await["feedback-given"], 1);
}

#[tokio::test]
async fn the_work_of_a_revoked_device_is_set_aside_whole_and_it_reads_no_more() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    ana.sync_all(&world).await;
    let unsent = ana.feedback(&world, 4).await;
    let mut desk = world.desk().await;
    desk.revoke(ana.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    let answer = ana.sync(&world, std::slice::from_ref(&unsent)).await;
    assert_eq!(answer.verdicts[0].verdict, REFUSED(Code::REVOKED));
    assert_eq!(answer.reads.iter().map(|(scope, _)| *scope).collect::<Vec<_>>(), [Scope::Device(ana.enrolled.device)]);
    let (status, refused) = ana.try_sync(&world, &ana.ask(&[])).await.unwrap_err();
    assert_eq!((status.as_u16(), refused.code), (403, Code::DEVICE_REVOKED));
    let mut desk = world.desk().await;
    assert_eq!(desk.let_in(unsent.hash()).await.unwrap(), LetIn::Stored);
    desk.close().await.unwrap();
    assert!(number(&ana.offer(&world, &unsent).await) > 0);
}

#[tokio::test]
async fn a_change_that_came_before_its_dependency_waits_and_is_told_later() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    ana.sync_all(&world).await;
    let mut run = ana.run([1; 16]);
    let mut changes = Vec::new();
    for n in 0..4 {
        let heads = run.heads();
        changes.push(ana.answer(&world, &mut run, [1; 16], "doors", Value::Bool(n % 2 == 0), &heads).await);
    }
    for change in changes[1..].iter().rev() {
        assert_eq!(ana.offer(&world, change).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    }
    ana.rows.clear();
    assert!(number(&ana.offer(&world, &changes[0]).await) > 0);
    let later: Vec<_> = ana.rows.iter().filter(|(_, _, e)| e.header.entry_type == EntryType::VERDICT).collect();
    assert_eq!(later.len(), 3);
    for (_, _, entry) in later {
        let verdict: LaterVerdict = cbor::decode("a verdict", &entry.body).unwrap();
        assert!(matches!(verdict.judged.verdict, Verdict::Stored(_)));
    }
    let counts = crate::world::counts(&world, world.org()).await;
    assert_eq!((counts["run-changed"], counts["held"]), (4, 0));
}

#[tokio::test]
async fn what_builds_on_a_refused_change_waits_is_made_anew_and_the_refused_one_can_no_longer_be_let_in() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut run = ana.run([2; 16]);
    let nothing = Heads::default();
    // Refused: it carries another intent than its answer.
    let good = ana.answer(&world, &mut run, [2; 16], "doors", Value::Bool(true), &nothing).await;
    let mut body = RunChanged::decode(&good.body).unwrap();
    body.intent = CaptureId::from_bytes([9; 16]);
    let refused = Entry::make(good.header.clone(), body.encode());
    let heads = run.heads();
    let on_it = ana.answer(&world, &mut run, [2; 16], "fridge", Value::Number("4".parse().unwrap()), &heads).await;
    assert_eq!(ana.offer(&world, &on_it).await, Verdict::Held(Code::WAITS_FOR_DEPENDENCY));
    ana.rows.clear();
    assert_eq!(ana.offer(&world, &refused).await, REFUSED(Code::UNSOUND_CHANGE));
    let told: Vec<LaterVerdict> = ana
        .rows
        .iter()
        .filter(|(_, _, e)| e.header.entry_type == EntryType::VERDICT)
        .map(|(_, _, e)| cbor::decode("v", &e.body).unwrap())
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].judged.verdict, Verdict::Held(Code::WAITS_FOR_REFUSED));

    let mut anew = ana.run([2; 16]);
    let mut header = ana.header(&world, EntryType::RUN_CHANGED);
    (header.rebuild, header.replaces) = (1, replacing(&on_it));
    let replay = ana.answer_as(&world, header, &mut anew, [2; 16], "fridge", Value::Number("4".parse().unwrap()), &nothing).await;
    assert!(number(&ana.offer(&world, &replay).await) > 0);
    assert_eq!(ana.offer(&world, &on_it).await, Verdict::Replaced);
    let mut desk = world.desk().await;
    assert_eq!(desk.let_in(refused.hash()).await.unwrap(), LetIn::Impossible(Code::UNSOUND_CHANGE));
}

#[tokio::test]
async fn a_lock_binds_who_had_it_and_nobody_else() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let scope = Scope::Site(ana.enrolled.site);
    let (mut run, nothing) = (ana.run([3; 16]), Heads::default());
    let first = ana.answer(&world, &mut run, [3; 16], "doors", Value::Bool(true), &nothing).await;
    assert!(number(&ana.offer(&world, &first).await) > 0);
    let seal = Fact::SignedOff(SignedOff { role: None, run: run.id(), answers: AnswersHash::from_bytes([0; 32]) });
    let sealed = ben.make(ben.header(&world, EntryType::SIGNED_OFF), seal.encode());
    let at = number(&ben.offer(&world, &sealed).await);

    let heads = run.heads();
    let unaware = ana.answer(&world, &mut run, [3; 16], "doors", Value::Bool(false), &heads).await;
    assert!(number(&ana.offer(&world, &unaware).await) > 0, "Ana did not know");
    let mut header = ana.header(&world, EntryType::RUN_CHANGED);
    header.seen = ana.seen(scope, at);
    let heads = run.heads();
    let aware = ana.answer_as(&world, header, &mut run.clone(), [3; 16], "doors", Value::Bool(true), &heads).await;
    assert_eq!(ana.offer(&world, &aware).await, REFUSED(Code::LOCKED));
    let own = ben.answer(&world, &mut run.clone(), [3; 16], "doors", Value::Bool(true), &heads).await;
    assert_eq!(ben.offer(&world, &own).await, REFUSED(Code::LOCKED), "Ben signed it off himself");

    let mut desk = world.desk().await;
    assert_eq!(desk.let_in(aware.hash()).await.unwrap(), LetIn::Stored);
    desk.close().await.unwrap();
    ana.rows.clear();
    ana.sync_all(&world).await;
    let told = ana.rows.iter().filter(|(_, _, e)| e.header.entry_type == EntryType::VERDICT).count();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn a_change_of_another_document_another_form_or_a_wrong_answer_is_refused() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let nothing = Heads::default();
    let edit = |entry: &Entry, change: &dyn Fn(&mut RunChanged)| {
        let mut body = RunChanged::decode(&entry.body).unwrap();
        change(&mut body);
        Entry::make(entry.header.clone(), body.encode())
    };
    let survey = world.release("survey", "checkout").await;
    let mut cases = Vec::new();
    for n in 0..6 {
        let entry = ana.answer(&world, &mut ana.run([n; 16]), [n; 16], "doors", Value::Bool(true), &nothing).await;
        cases.push(entry);
    }
    let text = ana.answer(&world, &mut ana.run([9; 16]), [9; 16], "doors", Value::Text("yes".into()), &nothing).await;
    let cases = [
        (edit(&cases[0], &|b| b.nonce = [8; 16].into()), Code::WRONG_DOCUMENT),
        (edit(&cases[1], &|b| b.procedure = survey), Code::UNKNOWN_RELEASE),
        (edit(&cases[2], &|b| b.change = vec![1, 2, 3].into()), Code::UNSOUND_CHANGE),
        (Entry::make(frontline_protocol::Header { rebuild: 3, ..cases[3].header.clone() }, cases[3].body.clone()), Code::WRONG_AUTHOR),
        (text, Code::NOT_AN_ANSWER),
    ];
    for (entry, code) in cases {
        assert_eq!(ana.offer(&world, &entry).await, REFUSED(code));
    }
}

#[tokio::test]
async fn letting_in_a_refused_change_whose_followers_were_made_anew_asks_for_it_anew() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let (mut run, nothing) = (ana.run([4; 16]), Heads::default());
    let first = ana.answer(&world, &mut run, [4; 16], "doors", Value::Bool(true), &nothing).await;
    ana.offer(&world, &first).await;
    let seal = Fact::SignedOff(SignedOff { role: None, run: run.id(), answers: AnswersHash::from_bytes([0; 32]) });
    let sealed = ben.make(ben.header(&world, EntryType::SIGNED_OFF), seal.encode());
    let at = number(&ben.offer(&world, &sealed).await);

    let accepted = run.clone();
    let mut header = ana.header(&world, EntryType::RUN_CHANGED);
    header.seen = ana.seen(header.scope, at);
    let heads = run.heads();
    let locked = ana.answer_as(&world, header.clone(), &mut run, [4; 16], "doors", Value::Bool(false), &heads).await;
    (header.seq, header.seen) = (ana.next, None);
    let heads = run.heads();
    let on_it = ana.answer_as(&world, header, &mut run, [4; 16], "fridge", Value::Number("3".parse().unwrap()), &heads).await;
    assert_eq!(ana.offer(&world, &locked).await, REFUSED(Code::LOCKED));
    assert_eq!(ana.offer(&world, &on_it).await, Verdict::Held(Code::WAITS_FOR_REFUSED));

    let mut header = ana.header(&world, EntryType::RUN_CHANGED);
    (header.rebuild, header.replaces) = (1, replacing(&on_it));
    let mut anew = accepted.clone();
    let replay = ana.answer_as(&world, header, &mut anew, [4; 16], "fridge", Value::Number("3".parse().unwrap()), &accepted.heads()).await;
    assert!(number(&ana.offer(&world, &replay).await) > 0);

    let mut desk = world.desk().await;
    assert_eq!(desk.let_in(locked.hash()).await.unwrap(), LetIn::Remake);
    desk.close().await.unwrap();
    assert_eq!(ana.offer(&world, &locked).await, Verdict::Remake);
    assert_eq!(crate::world::counts(&world, world.org()).await["run-changed"], 2);
}

#[tokio::test]
async fn a_person_moved_to_another_site_writes_and_reads_there() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    ana.sync_all(&world).await;
    let (person, from, to) = (world.person("ana").await, world.scope("harbour").await, world.scope("marina").await);
    world.wait(1_000);
    let mut desk = world.desk().await;
    assert_eq!(desk.move_person(person, from, to).await.unwrap(), 1);
    desk.close().await.unwrap();
    let offline = ana.feedback(&world, 4).await;
    world.wait(1_000);
    let answer = ana.sync(&world, &[offline]).await;
    assert!(matches!(answer.verdicts[0].verdict, Verdict::Stored(_)), "done before the phone heard of it");
    let reads: Vec<Scope> = answer.reads.iter().map(|(scope, _)| *scope).collect();
    assert!(reads.contains(&to) && !reads.contains(&from));
    let late = ana.feedback(&world, 4).await;
    assert_eq!(ana.offer(&world, &late).await, REFUSED(Code::NOT_PERMITTED));
}

#[tokio::test]
async fn a_long_run_is_read_from_where_it_was_saved_and_from_its_changes_where_that_does_not_read() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    ana.sync_all(&world).await;
    let mut run = ana.run([5; 16]);
    let mut changes = Vec::new();
    for n in 0..73 {
        let heads = run.heads();
        changes.push(ana.answer(&world, &mut run, [5; 16], "doors", Value::Bool(n % 2 == 0), &heads).await);
    }
    for some in changes.chunks(70) {
        let answer = ana.sync(&world, some).await;
        assert!(answer.verdicts.iter().all(|v| matches!(v.verdict, Verdict::Stored(_))), "{:?}", answer.verdicts);
    }
    let content = crate::world::bundle().releases.remove(0).content;
    let frontline_domain::release::Content::Procedure(procedure) = content else { panic!("no procedure") };
    let mut tx = world.app.store.write().await.unwrap();
    let saved = tx.saved_doc(world.org(), run.id()).await.unwrap().expect("saved");
    assert_eq!(saved.changes, 64);
    for bytes in [saved.bytes.clone(), b"no run".to_vec()] {
        tx.put_saved_doc(world.org(), run.id(), &frontline_server::store::SavedDoc { bytes, ..saved.clone() }).await.unwrap();
        let loaded = frontline_server::judge::runs::load(tx.as_read(), world.org(), run.id(), &procedure.form).await.unwrap();
        assert_eq!((loaded.heads(), loaded.change_count()), (run.heads(), 73));
    }
}
