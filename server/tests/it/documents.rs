//! A document for a device that it has left: whole to those who may read it, and not there for anybody else.

use axum::http::StatusCode;
use frontline_domain::document::Heads;
use frontline_domain::fact::{Fact, RunSealed};
use frontline_domain::form::Value;
use frontline_domain::{AnswersHash, DocId, EntryType};
use frontline_protocol::{Code, Entry};

use crate::phone::Phone;
use crate::world::World;

/// A run of Ana's with `count` answers, handed in; its id, and its entries in the order of the feed.
async fn a_run(world: &World, ana: &mut Phone, count: usize) -> (DocId, Vec<Entry>) {
    let mut run = ana.run([6; 16]);
    let mut entries = Vec::new();
    for n in 0..count {
        let heads: Heads = run.heads();
        entries.push(ana.answer(world, &mut run, [6; 16], "doors", Value::Bool(n % 2 == 0), &heads).await);
    }
    let sealed = Fact::RunSubmitted(RunSealed { run: run.id(), answers: run.answers_hash() });
    entries.push(ana.make(ana.header(world, EntryType::RUN_SUBMITTED), sealed.encode()));
    ana.sync(world, &entries).await;
    (run.id(), entries)
}

fn is_not_there<T: std::fmt::Debug>(answer: Result<T, (StatusCode, frontline_protocol::Refused)>) {
    let (status, refused) = answer.unwrap_err();
    assert_eq!((status, refused.code), (StatusCode::NOT_FOUND, Code::NOT_THERE));
}

#[tokio::test]
async fn a_run_is_given_whole_with_what_was_said_about_it_piece_by_piece() {
    let world = World::begin().await;
    let (mut ana, ben) = (Phone::enrol(&world, "harbour", "ana").await, Phone::enrol(&world, "harbour", "ben").await);
    let (run, entries) = a_run(&world, &mut ana, 120).await;
    let (mut rows, mut after, mut pieces) = (Vec::new(), 0, 0);
    loop {
        let given = ben.document(&world, run, after, 1).await.unwrap();
        assert_eq!(given.scope, world.scope("harbour").await);
        rows.extend(given.rows);
        pieces += 1;
        match given.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert!(pieces > 1, "16 KiB are the least that a piece holds");
    assert_eq!(rows.iter().map(|r| r.bytes.to_vec()).collect::<Vec<_>>(), entries.iter().map(|e| e.bytes().to_vec()).collect::<Vec<_>>());
    assert!(rows.windows(2).all(|pair| pair[0].number < pair[1].number));
    assert_eq!(ben.document(&world, run, 0, 1 << 20).await.unwrap().rows, rows);
}

#[tokio::test]
async fn a_run_that_a_device_may_not_read_is_not_there() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (run, _) = a_run(&world, &mut ana, 2).await;
    let cy = Phone::enrol(&world, "marina", "cy").await;
    is_not_there(cy.document(&world, run, 0, 1 << 20).await);
    is_not_there(ana.document(&world, DocId::from_bytes([9; 16]), 0, 1 << 20).await);
    let neighbour = world.neighbour().await;
    let other = Phone::enrol_in(&world, neighbour.org, "harbour", "ana").await;
    is_not_there(other.document(&world, run, 0, 1 << 20).await);
    assert_eq!(ana.document(&world, run, 0, 1 << 20).await.unwrap().rows.len(), 3);
    let mut desk = world.desk().await;
    desk.revoke(ana.enrolled.device).await.unwrap();
    desk.close().await.unwrap();
    is_not_there(ana.document(&world, run, 0, 1 << 20).await);
}

#[tokio::test]
async fn what_somebody_of_another_site_claims_about_a_run_is_no_part_of_it() {
    let world = World::begin().await;
    let mut ana = Phone::enrol(&world, "harbour", "ana").await;
    let (run, entries) = a_run(&world, &mut ana, 1).await;
    let mut cy = Phone::enrol(&world, "marina", "cy").await;
    let claim = Fact::RunSubmitted(RunSealed { run, answers: AnswersHash::from_bytes([1; 32]) });
    let claim = cy.make(cy.header(&world, EntryType::RUN_SUBMITTED), claim.encode());
    cy.sync(&world, &[claim]).await;
    assert_eq!(ana.document(&world, run, 0, 1 << 20).await.unwrap().rows.len(), entries.len());
    is_not_there(cy.document(&world, run, 0, 1 << 20).await);
}
