//! The console as a browser meets it: [`pages`] by what they show and do, [`lists`] page by page, [`people`],
//! [`devices`], [`health`], [`assignments`], [`content`] and its [`drafts`], [`language`], [`walk`] every route as another
//! organisation, [`hostile`] what was typed to do harm, [`front`] how requests come, [`known`] browsers that are at home, [`training`] who has read what,
//! [`quiz`] who passed, [`rules`] what a run asks for, [`actions`] what is to be put right, [`runs`] runs as lists, files and figures, [`run_page`] how one was answered, [`pictures`] photos at a run.

mod actions;
mod assignments;
mod content;
mod devices;
mod drafts;
mod front;
mod health;
mod hostile;
mod known;
mod language;
mod lists;
mod media;
mod pages;
mod people;
mod pictures;
mod quiz;
mod rules;
mod run_page;
mod runs;
mod training;
mod walk;
mod withdrawn;

#[path = "../support/mod.rs"]
mod support;

use support::Town;

/// 2026-05-12 16:05 UTC, a Tuesday.
const NOW: i64 = 1_778_601_900_000;
const DAY: i64 = 86_400_000;

async fn town() -> (Town, tempfile::TempDir) {
    let data = tempfile::tempdir().expect("a directory");
    (Town::found(data.path(), NOW - 2 * DAY).await, data)
}
