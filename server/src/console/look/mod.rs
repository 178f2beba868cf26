//! What the pages read, between the store's rows and the words of a page: names and releases
//! ([`names`], [`library`]), the facts of a stretch of time ([`facts`]), figures folded from them by
//! `frontline_domain::metrics` ([`figures`]), runs ([`runs`]), what is
//! assigned ([`assigned`]), who has read how far ([`training`]), who passed
//! ([`quizzes`]), devices ([`devices`]) and why they need somebody ([`health`]),
//! what was published when ([`published`]) and what uses it ([`uses`]).
//!
//! Nothing here decides who may see it: the handlers do, before they ask.

pub mod assigned;
pub mod devices;
pub mod drawing;
pub mod facts;
pub mod figures;
pub mod filled;
pub mod health;
pub mod library;
pub mod names;
pub mod pictures;
pub mod published;
pub mod quizzes;
pub mod runs;
pub mod sheet;
pub mod training;
pub mod uses;
