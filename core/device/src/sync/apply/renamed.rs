//! What a former life of the server had under one name and this life has under another: it would be here twice. The name
//! that the feed vouches for stands, and own edits that were made on the other one are made anew on it; they would wait
//! for that one for ever.
//!
//! Looked for at the end of a page, over all that is held of a subject: whose name comes first, the replay's or its
//! original's, depends on what the server was set back to; and an edit that builds on several such entries is made anew
//! once, over all of them, or it would no longer have seen those that came later.

use std::collections::BTreeSet;

use frontline_protocol::{Entry, Instead};

use super::Desk;
use super::redo::Redo;
use crate::error::Fault;
use crate::project::Subject;
use crate::store::{entries, sync_rows};

/// What no longer counts, and the same work as this life has it.
pub(super) struct Renamed {
    pub was: Entry,
    pub now: Entry,
}

/// Puts the names in order of all that came about these.
pub(super) fn settle(desk: &mut Desk<'_>, fed: BTreeSet<Subject>) -> Result<(), Fault> {
    for about in fed {
        let pairs = pairs(desk, &about)?;
        if pairs.is_empty() {
            continue;
        }
        let remade = remade_upon(desk, &about, &pairs)?;
        for pair in &pairs {
            entries::drop_received(desk.tx, &pair.was.hash())?;
            desk.tally.dropped += 1;
            if remade.is_none() {
                desk.forget_entry(&pair.was)?;
            }
        }
        if let Some(redo) = remade {
            redo.finish(desk)?;
        }
    }
    Ok(())
}

fn pairs(desk: &Desk<'_>, about: &Subject) -> Result<Vec<Renamed>, Fault> {
    let subject = about.encode();
    if !entries::is_any_unsure(desk.tx, Some(&subject))? {
        return Ok(Vec::new());
    }
    let (sure, unsure): (Vec<_>, Vec<_>) =
        entries::about(desk.tx, &subject)?.into_iter().filter(|held| !held.own).partition(|held| held.confirmed);
    let names = |one: &Entry, other: &Entry| one.header.replaces.iter().flat_map(Instead::links).any(|link| link.hash == other.hash());
    let of = |was: Entry| {
        let now = sure.iter().map(|held| &held.entry).find(|now| names(now, &was) || names(&was, now))?;
        Some(Renamed { now: now.clone(), was })
    };
    Ok(unsure.into_iter().filter_map(|held| of(held.entry)).collect())
}

/// The run with own edits made anew, where any were made on what has another name now.
fn remade_upon(desk: &mut Desk<'_>, about: &Subject, pairs: &[Renamed]) -> Result<Option<Redo>, Fault> {
    let Subject::Run(doc) = *about else { return Ok(None) };
    if !sync_rows::is_edited(desk.tx, doc)? {
        return Ok(None);
    }
    // It must hold the changes that were fed, and all that came before them.
    desk.project()?;
    let Some(mut redo) = Redo::without(desk, doc, pairs)? else { return Ok(None) };
    for item in redo.items(desk)? {
        redo.replay(desk, &item)?;
    }
    Ok(Some(redo))
}
