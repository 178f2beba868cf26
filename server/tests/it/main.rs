//! The server as devices and programs meet it: over its routes, with phones made of a key and a few numbers.
//! [`world`] has an organisation with content and people, [`phone`] a phone that keeps no rules of its own.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

mod blobs;
mod documents;
mod hostile;
mod isolation;
mod judging;
mod left;
mod media;
mod paging;
mod parcels;
mod phone;
mod quiz;
mod rates;
mod recovery;
mod restored;
mod routes;
mod series;
mod serving;
mod stances;
mod stopping;
mod verdicts;
mod wire;
mod world;
