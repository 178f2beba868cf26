//! Runs: the document from its changes, and the row that lists show.

use std::collections::BTreeMap;

use frontline_domain::document::{Author, Refusal, Run, RunChanged, RunState, Seal, Standing};
use frontline_domain::fact::Fact;
use frontline_domain::form::{Form, ItemKind, Value};
use frontline_domain::release::Content;
use frontline_domain::{DocId, EntryType, ReleaseHash, Scope, Slug};

use super::Subject;
use crate::error::Fault;
use crate::observe::{Topic, Touched};
use crate::store::docs::Doc;
use crate::store::entries::Held;
use crate::store::runs::RunRow;
use crate::store::{Db, StoreError, Tx, docs, entries, releases, runs};

/// The form of a procedure, where it has arrived.
fn form_of(db: &Db<'_>, release: &ReleaseHash) -> Result<Option<Form>, StoreError> {
    Ok(releases::get(db, release)?.and_then(|r| match r.content {
        Content::Procedure(p) => Some(p.form),
        _ => None,
    }))
}

/// How much of a form is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub answered: u32,
    pub required: u32,
    /// The required items that nobody answered, in the form's order.
    pub missing: Vec<String>,
    /// The items of which a person has to pick a value.
    pub clashes: Vec<String>,
}

/// Counts what is answered. A section that repeats is there at least once, and as often as it was answered.
pub(crate) fn tally(form: &Form, run: &Run) -> Tally {
    let (standings, evidence) = (run.standings(), run.evidence());
    let mut by_item: BTreeMap<&Slug, BTreeMap<u16, &Standing>> = BTreeMap::new();
    for standing in standings.iter().filter(|s| !s.answers.is_empty()) {
        by_item.entry(&standing.key.item).or_default().insert(standing.key.instance, standing);
    }
    let nothing = BTreeMap::new();
    let mut out = Tally::default();
    for section in &form.sections {
        let given = |item: &Slug| by_item.get(item).unwrap_or(&nothing);
        let last = section.items.iter().filter_map(|i| given(&i.slug).keys().max()).max().copied().unwrap_or(0);
        for item in section.items.iter().filter(|i| i.kind != ItemKind::Note) {
            let given = given(&item.slug);
            out.answered += u32::try_from(given.len()).unwrap_or(u32::MAX);
            for instance in 0..=last {
                let name = if instance == 0 { item.slug.to_string() } else { format!("{}/{instance}", item.slug) };
                if item.required {
                    out.required += 1;
                    if !given.contains_key(&instance) {
                        out.missing.push(name.clone());
                    }
                }
                let standing = given.get(&instance).copied();
                let photos = || evidence.iter().filter(|e| e.key.item == item.slug && e.key.instance == instance).count();
                // What was answered needs its photos; what does not apply needs none.
                if let (Some(rule), Some(s)) = (&item.evidence, standing)
                    && !matches!(s.value(), Some(Value::Na(_)))
                    && photos() < usize::from(rule.photos_min)
                {
                    out.required += u32::from(!item.required);
                    out.missing.push(name.clone());
                }
                if standing.is_some_and(Standing::is_clash) {
                    out.clashes.push(name);
                }
            }
        }
    }
    out
}

/// What was said about a run beside answering, in the order of the feed; what has no number yet comes last.
pub(crate) fn seals(db: &Db<'_>, id: DocId) -> Result<Vec<(Held, Fact)>, StoreError> {
    let subject = Subject::Run(id).encode();
    let mut held = Vec::new();
    for one in [EntryType::RUN_SUBMITTED, EntryType::SIGNED_OFF, EntryType::RETURNED] {
        held.extend(entries::standing(db, &subject, one)?);
    }
    held.sort_by_key(|h| (h.place.map_or(u64::MAX, |p| p.number), h.row));
    let read = |h: Held| {
        let fact = Fact::decode(h.entry.header.entry_type, &h.entry.body)?.ok()?;
        Some((h, fact))
    };
    Ok(held.into_iter().filter_map(read).collect())
}

/// The domain's view of a seal.
pub(crate) fn seal(fact: &Fact) -> Option<Seal> {
    match fact {
        Fact::RunSubmitted(s) => Some(Seal::Submitted(s.answers)),
        Fact::SignedOff(s) => Some(Seal::SignedOff(s.answers)),
        Fact::Returned(_) => Some(Seal::Returned),
        _ => None,
    }
}

struct Kind {
    scope: Scope,
    release: ReleaseHash,
    nonce: [u8; 16],
}

/// Makes the document and the row of a run anew. `whole` is the run where the caller has just changed it
/// itself: nothing is then read but what was said about it.
pub(super) fn refresh(tx: &Tx<'_>, id: DocId, whole: Option<&Run>, touched: &mut Touched) -> Result<(), Fault> {
    touched.add(Topic::Procedures, id.to_string());
    let subject = Subject::Run(id).encode();
    let span = entries::span(tx, &subject, EntryType::RUN_CHANGED)?;
    let kept = docs::get(tx, id)?;
    let started = runs::started(tx, id)?;
    let kind = match (&kept, &started) {
        (Some(doc), _) => Some(Kind { scope: doc.scope, release: doc.release, nonce: doc.nonce }),
        (None, Some(s)) => Some(Kind { scope: s.scope, release: s.release, nonce: s.nonce }),
        (None, None) => None,
    };
    let loaded;
    let (run, kind) = match (whole, kind) {
        (Some(run), Some(kind)) if run.change_count() == span.count as usize => (run, kind),
        (_, kind) => {
            let changes = entries::standing(tx, &subject, EntryType::RUN_CHANGED)?;
            let first = changes.first().and_then(|h| Some((h.entry.header.scope, RunChanged::decode(&h.entry.body).ok()?)));
            let first = first.map(|(scope, c)| Kind { scope, release: c.procedure, nonce: c.nonce.into_array() });
            let Some(kind) = first.or(kind).filter(|_| !changes.is_empty() || started.is_some()) else {
                // Only what was said about it is here, or nothing any more.
                runs::clear(tx, id)?;
                if kept.is_some_and(|d| d.rebuild == 0) {
                    docs::clear(tx, id)?;
                }
                return Ok(());
            };
            let Some(form) = form_of(tx, &kind.release)? else {
                runs::wait(tx, &kind.release, id)?;
                return Ok(());
            };
            let saved = kept.as_ref().map(|d| d.saved.as_slice()).filter(|s| !s.is_empty());
            let mut run = match saved {
                Some(saved) => Run::load(id, saved)?,
                None => Run::new(id),
            };
            take_in(&mut run, &changes, &form);
            loaded = run;
            (&loaded, kind)
        }
    };
    let Some(form) = form_of(tx, &kind.release)? else { return Ok(()) };
    if run.change_count() > 0 || kept.is_some() {
        docs::put(
            tx,
            &Doc {
                id,
                entry_type: EntryType::RUN_CHANGED,
                scope: kind.scope,
                release: kind.release,
                nonce: kind.nonce,
                rebuild: kept.map_or(0, |d| d.rebuild),
                saved: run.save(),
                heads: run.heads(),
            },
        )?;
    }
    let counted = tally(&form, run);
    let said: Vec<Seal> = seals(tx, id)?.iter().filter_map(|(_, fact)| seal(fact)).collect();
    let author = entries::first_author(tx, &subject, EntryType::RUN_CHANGED)?;
    let begun = started.as_ref().map(|s| (s.person, s.at_ms));
    let (Some(started_by), Some(started_ms)) = (author.or(begun.map(|b| b.0)), span.from_ms.or(begun.map(|b| b.1))) else {
        return Ok(());
    };
    let count = |list: &[String]| u32::try_from(list.len()).unwrap_or(u32::MAX);
    Ok(runs::put(
        tx,
        &RunRow {
            id,
            scope: kind.scope,
            release: kind.release,
            status: RunState::of(&said, run.answers_hash()).state,
            answered: counted.answered,
            required: counted.required,
            missing: count(&counted.missing),
            clashes: count(&counted.clashes),
            started_by,
            started_ms,
            updated_ms: span.to_ms.unwrap_or(started_ms),
        },
    )?)
}

/// Applies what the run does not hold, each after what it builds on. What cannot be applied is set aside in
/// the log and stays an entry; what waits for a dependency is tried again when something else arrives.
fn take_in(run: &mut Run, changes: &[Held], form: &Form) {
    let mut open: Vec<&Held> = changes.iter().collect();
    loop {
        let before = open.len();
        open.retain(|h| match apply(run, h, form) {
            Ok(()) => false,
            Err(Refusal::Missing(_) | Refusal::EarlierByAuthor) => true,
            Err(refusal) => {
                tracing::warn!(entry = %h.entry.hash(), run = %run.id(), reason = %refusal, "a change of a run was set aside");
                false
            }
        });
        if open.is_empty() || open.len() == before {
            return;
        }
    }
}

fn apply(run: &mut Run, held: &Held, form: &Form) -> Result<(), Refusal> {
    let body = RunChanged::decode(&held.entry.body).map_err(|_| Refusal::Unsound("its body can't be read"))?;
    let h = &held.entry.header;
    let author = Author { person: h.person, device: h.device, epoch: h.epoch, rebuild: h.rebuild, form };
    let checked = run.check(&body.change, &author)?;
    run.apply(checked)
}
