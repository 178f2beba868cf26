//! That what a fact refers to is there, and is what the fact says of it.

use frontline_domain::fact::{Fact, FeedbackGiven, InteractionClosed, InteractionOpened, LessonProgressed, RunSealed};
use frontline_domain::{AnswersHash, CaptureId, DocId, EntryType, Scope};
use frontline_protocol::Code;
use frontline_protocol::sync::{Stretch, Verdict};

use super::{REFUSED, WAYS, harbour, is_stored, judged, number, of_type, one, pushed, says};
use crate::phone::{Phone, feedback};
use crate::world::{World, slug};

#[tokio::test]
async fn feedback_is_about_a_survey_of_this_organisation_at_a_touchpoint_of_its_site() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let Fact::FeedbackGiven(good) = feedback(&world, world.org(), 4).await else { panic!("feedback") };
    let tree = world.release("reasons", "reasons").await;
    let id = |n| CaptureId::from_bytes([n; 16]);
    for (given, code) in [
        (FeedbackGiven { id: id(1), ..good.clone() }, None),
        (FeedbackGiven { id: id(2), reason: Some(slug("queue")), ..good.clone() }, None),
        (FeedbackGiven { id: id(3), reason: Some(slug("weather")), ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (FeedbackGiven { id: id(4), survey: tree, ..good.clone() }, Some(Code::UNKNOWN_RELEASE)),
        (FeedbackGiven { id: id(5), touchpoint: slug("roof"), ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (FeedbackGiven { id: id(6), score: 0, ..good.clone() }, Some(Code::OUT_OF_RANGE)),
    ] {
        let entry = says(&world, &mut ana, &Fact::FeedbackGiven(given.clone()));
        let verdict = one(&world, &ana, &entry).await;
        match code {
            Some(code) => assert_eq!(verdict, REFUSED(code), "{given:?}"),
            None => assert!(is_stored(&verdict), "{given:?}: {verdict:?}"),
        }
    }
    let mut cy = Phone::enrol(&world, "marina", "cy").await;
    let elsewhere = says(&world, &mut cy, &Fact::FeedbackGiven(FeedbackGiven { id: id(7), ..good }));
    assert_eq!(one(&world, &cy, &elsewhere).await, REFUSED(Code::WRONG_SCOPE), "the desk is another site's");
}

#[tokio::test]
async fn a_contact_closes_with_an_outcome_a_reason_and_a_channel_of_its_tree() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (tree, module) = (world.release("reasons", "reasons").await, world.release("module", "coffee").await);
    let good = InteractionClosed {
        interaction: CaptureId::from_bytes([1; 16]),
        tree,
        reason: slug("refund"),
        outcome: slug("solved"),
        channel: None,
        resolved: true,
        handled: true,
    };
    for (closed, code) in [
        (good.clone(), None),
        (InteractionClosed { channel: Some(slug("desk")), ..good.clone() }, None),
        (InteractionClosed { channel: Some(slug("pigeon")), ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (InteractionClosed { reason: slug("unheard-of"), ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (InteractionClosed { outcome: slug("unheard-of"), ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (InteractionClosed { resolved: false, ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (InteractionClosed { handled: false, ..good.clone() }, Some(Code::OUT_OF_RANGE)),
        (InteractionClosed { tree: module, ..good }, Some(Code::UNKNOWN_RELEASE)),
    ] {
        let entry = says(&world, &mut ana, &Fact::InteractionClosed(closed.clone()));
        let verdict = one(&world, &ana, &entry).await;
        match code {
            Some(code) => assert_eq!(verdict, REFUSED(code), "{closed:?}"),
            None => assert!(is_stored(&verdict), "{closed:?}: {verdict:?}"),
        }
    }
}

#[tokio::test]
async fn a_lesson_is_read_card_by_card_of_as_many_as_it_has() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let (module, tree) = (world.release("module", "coffee").await, world.release("reasons", "reasons").await);
    for (module, lesson, of, code) in [
        (module, "welcome", 2, None),
        (module, "welcome", 3, Some(Code::OUT_OF_RANGE)),
        (module, "unheard-of", 2, Some(Code::OUT_OF_RANGE)),
        (tree, "welcome", 2, Some(Code::UNKNOWN_RELEASE)),
    ] {
        let progressed = LessonProgressed { module, lesson: slug(lesson), card: 1, of };
        let entry = says(&world, &mut ana, &Fact::LessonProgressed(progressed));
        let verdict = one(&world, &ana, &entry).await;
        assert!(code.map_or(is_stored(&verdict), |code| verdict == REFUSED(code)), "{lesson} of {of}: {verdict:?}");
    }
}

#[tokio::test]
async fn a_body_is_what_its_type_says_in_its_one_encoding() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let good = feedback(&world, world.org(), 4).await.encode();
    // The map's length in two bytes instead of one: the same content in another encoding.
    let loose = [&[0xb8, good[0] & 0x1f], &good[1..]].concat();
    for (body, code) in [(vec![0xff], Code::UNREADABLE), (loose, Code::NOT_CANONICAL)] {
        let entry = ana.make(of_type(&ana, &world, EntryType::FEEDBACK_GIVEN), body);
        assert_eq!(one(&world, &ana, &entry).await, REFUSED(code));
    }
    let seal = |run| RunSealed { run: DocId::from_bytes([run; 16]), answers: AnswersHash::from_bytes([0; 32]) };
    let handed_in = says(&world, &mut ana, &Fact::RunSubmitted(seal(1)));
    assert!(is_stored(&one(&world, &ana, &handed_in).await));
    let signed = says(&world, &mut ana, &Fact::SignedOff(seal(1).signed(None)));
    assert_eq!(one(&world, &ana, &signed).await, REFUSED(Code::NOT_PERMITTED), "she leads nobody");
}

#[tokio::test]
async fn what_a_capture_is_known_by_is_its_authors_for_ever() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut ben = Phone::enrol(&world, "harbour", "ben").await;
    let opened = |n| {
        let id = CaptureId::from_bytes([n; 16]);
        Fact::InteractionOpened(InteractionOpened { id, reason: None, channel: None, touchpoint: None })
    };
    let first = says(&world, &mut ana, &opened(1));
    assert!(is_stored(&one(&world, &ana, &first).await));
    let same = says(&world, &mut ana, &opened(1));
    assert_eq!(one(&world, &ana, &same).await, Verdict::Replaced, "the same again");
    let his = says(&world, &mut ben, &opened(1));
    assert_eq!(one(&world, &ben, &his).await, REFUSED(Code::ID_TAKEN));
    let Fact::InteractionOpened(other) = opened(1) else { panic!("opened") };
    let other = Fact::InteractionOpened(InteractionOpened { touchpoint: Some(slug("front-desk")), ..other });
    let changed = says(&world, &mut ana, &other);
    assert_eq!(one(&world, &ana, &changed).await, REFUSED(Code::ID_TAKEN), "not by herself either");
}

#[tokio::test]
async fn receipts_of_many_neighbours_are_one_word_and_those_of_few_or_of_another_time_are_not() {
    let world = World::begin().await;
    let (mut ana, scope) = harbour(&world).await;
    // It has stated its last contact, and says so again with each entry.
    pushed(&world, &ana, &[]).await;
    let mut offers = Vec::new();
    for n in 0..Stretch::LEAST + 3 {
        offers.push(ana.feedback(&world, 1 + (n % 5) as u8).await);
    }
    let few = offers.split_off(Stretch::LEAST + 1);
    let told = pushed(&world, &ana, &offers).await;
    assert_eq!(told.verdicts.len(), 0);
    let [stretch] = &told.stretches[..] else { panic!("{:?}", told.stretches) };
    assert_eq!((stretch.epoch, stretch.seq, stretch.count as usize), (ana.epoch, 1, offers.len()));
    let hashes = offers.iter().map(|one| <[u8; 8]>::try_from(&one.hash().as_bytes()[..8]).unwrap());
    assert_eq!(stretch.digest, Stretch::digest(hashes));
    let mut tx = world.app.store.read().await.unwrap();
    let first = tx.entry(world.org(), offers[0].id()).await.unwrap().unwrap();
    assert_eq!((stretch.number, stretch.committed_ms), (first.number, first.committed_ms));
    assert_eq!(tx.tag_at(world.org(), scope, stretch.mark.number).await.unwrap(), Some(stretch.mark.tag));
    drop(tx);
    let verdicts = judged(&world, &ana, &few).await;
    assert!(verdicts.len() == 2 && number(&verdicts[1]) == number(&verdicts[0]) + 1, "{verdicts:?}");
    assert_eq!(number(&verdicts[0]), stretch.number + u64::from(stretch.count));
}

#[tokio::test]
async fn one_that_is_refused_or_of_another_place_stands_between_two_stretches() {
    let world = World::begin().await;
    let (mut ana, _) = harbour(&world).await;
    let mut offers = Vec::new();
    for n in 0..2 * Stretch::LEAST + 1 {
        let change = |h: &mut frontline_protocol::Header| {
            if n == Stretch::LEAST {
                h.scope = Scope::Org;
            }
        };
        offers.push(WAYS[0].entry(&world, &mut ana, change).await);
    }
    let told = pushed(&world, &ana, &offers).await;
    assert_eq!(told.stretches.iter().map(|one| (one.seq, one.count)).collect::<Vec<_>>(), [(1, 32), (34, 32)]);
    assert_eq!(told.verdicts.iter().map(|one| (one.seq, one.verdict.clone())).collect::<Vec<_>>(), [(33, REFUSED(Code::WRONG_SCOPE))]);
}
