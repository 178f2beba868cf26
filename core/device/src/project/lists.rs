//! Brings the lists up to what was published: their new parts in, one at a time, then the new version is shown, then what
//! it left behind goes. Done after a sync, in transactions of some milliseconds: nobody who taps waits for a list.

use std::collections::BTreeSet;

use frontline_domain::ReleaseHash;
use frontline_domain::record::Publication;
use frontline_domain::release::{Content, List, Release};

use super::{Subject, refresh};
use crate::error::Fault;
use crate::observe::{Topic, Touched};
use crate::store::{Db, Store, Tx, entries, lists, records, releases};

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// The head of a list came before this app knew of lists.
    Head(ReleaseHash),
    Part(ReleaseHash),
    Show(String, ReleaseHash),
    Gone(String),
    Drop(ReleaseHash),
}

/// Does all that is to be done; what it did before a step failed is told all the same.
pub(crate) fn tend(store: &Store, touched: &mut Touched) -> Result<(), Fault> {
    while let Some(step) = store.read(next)? {
        store.write(|tx| take(tx, &step, touched))?;
    }
    Ok(())
}

fn take(tx: &Tx<'_>, step: &Step, touched: &mut Touched) -> Result<(), Fault> {
    match step {
        Step::Head(hash) => refresh(tx, &Subject::Release(*hash), touched)?,
        Step::Part(hash) => {
            if let Some(Content::Rows(rows)) = held(tx, hash)?.map(|release| release.content) {
                lists::put(tx, hash, &rows)?;
            }
        }
        Step::Show(list, hash) => lists::show(tx, list, Some(hash))?,
        Step::Gone(list) => lists::show(tx, list, None)?,
        Step::Drop(hash) => lists::drop_part(tx, hash)?,
    }
    if matches!(step, Step::Show(..) | Step::Gone(_)) {
        touched.topic(Topic::Content);
    }
    Ok(())
}

fn next(db: &Db<'_>) -> Result<Option<Step>, Fault> {
    let published: Vec<Publication> = records::all(db)?;
    let (shown, here) = (lists::all_shown(db)?, lists::parts(db)?);
    let mut named: BTreeSet<ReleaseHash> = BTreeSet::new();
    for one in published.iter().filter(|p| p.kind == "list") {
        let now = shown.get(one.slug.as_str());
        // A run that was begun before the list was withdrawn chooses from it to its end.
        if one.withdrawn {
            named.extend(now.map(|old| of(db, old)).transpose()?.flatten().into_iter().flat_map(|list| list.parts));
            continue;
        }
        let list = match of(db, &one.release)? {
            Some(list) => list,
            None if held(db, &one.release)?.is_some_and(|r| matches!(r.content, Content::List(_))) => {
                return Ok(Some(Step::Head(one.release)));
            }
            // It is still to come: what is shown stays.
            None => {
                named.extend(now.map(|old| of(db, old)).transpose()?.flatten().into_iter().flat_map(|list| list.parts));
                continue;
            }
        };
        if now == Some(&one.release) {
            named.extend(&list.parts);
            continue;
        }
        let missing = list.parts.iter().filter(|part| !here.contains_key(*part));
        let mut is_whole = true;
        for part in missing {
            if held(db, part)?.is_some_and(|r| matches!(r.content, Content::Rows(_))) {
                return Ok(Some(Step::Part(*part)));
            }
            is_whole = false;
        }
        if is_whole {
            return Ok(Some(Step::Show(one.slug.to_string(), one.release)));
        }
        named.extend(now.map(|old| of(db, old)).transpose()?.flatten().into_iter().flat_map(|list| list.parts));
        named.extend(list.parts);
    }
    let stands = |list: &str| published.iter().any(|p| p.kind == "list" && p.slug.as_str() == list);
    if let Some(list) = shown.keys().find(|list| !stands(list)) {
        return Ok(Some(Step::Gone(list.clone())));
    }
    Ok(here.keys().find(|part| !named.contains(*part)).map(|part| Step::Drop(*part)))
}

/// The list that a release is, where it is here.
pub(crate) fn of(db: &Db<'_>, release: &ReleaseHash) -> Result<Option<List>, Fault> {
    Ok(releases::get(db, release)?.and_then(|release| match release.content {
        Content::List(list) => Some(list),
        _ => None,
    }))
}

fn held(db: &Db<'_>, hash: &ReleaseHash) -> Result<Option<Release>, Fault> {
    let held = entries::about(db, &Subject::Release(*hash).encode())?.pop();
    Ok(held.and_then(|held| Release::decode(&held.entry.body).ok()))
}
