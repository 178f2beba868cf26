//! Judging a change of a run: that it belongs to its document, that the document takes it, that no lock
//! binds its author (`sync.md` 16 to 18).

use frontline_domain::document::judge::{Author, answer_of, change_hash};
use frontline_domain::document::{AnswerKey, ChangeHash, Refusal, Run, RunChanged, RunState, Seal, doc_id};
use frontline_domain::fact::Fact;
use frontline_domain::permission::Role;
use frontline_domain::record::Asset;
use frontline_domain::release::{Content, Procedure, Signers};
use frontline_domain::{DocId, EntryId, EntryType, OrgId, Scope, Slug};
use frontline_protocol::{Code, Entry, Header, limits};

use crate::records;

use super::{About, Bench, Found, Good, withdrawn};
use crate::store::{DocRow, LockFact, Result, StoreError};

/// A change that may be stored, and the run that has taken it.
pub struct Sound {
    pub run: Run,
    pub hash: ChangeHash,
    pub doc: DocId,
    /// The document before it; none if it is the first.
    pub row: Option<DocRow>,
    pub procedure: frontline_domain::ReleaseHash,
    /// What the change says that the run is about.
    pub asset: Option<Slug>,
}

/// Judges a change. `waived`: a person lets it in, whatever locks say.
pub(super) async fn change(bench: &mut Bench<'_>, entry: &Entry, waived: bool) -> Result<Found> {
    let header = &entry.header;
    let Ok(body) = RunChanged::decode(&entry.body) else { return Ok(Found::Refused { code: Code::UNREADABLE, about: About::default() }) };
    let about = About { doc: Some(body.run), change: change_hash(&body.change) };
    let refused = |code| Ok(Found::Refused { code, about });
    if body.encode() != entry.body {
        return refused(Code::NOT_CANONICAL);
    }
    if doc_id(header.org, header.scope, EntryType::RUN_CHANGED, &body.nonce) != body.run {
        return refused(Code::WRONG_DOCUMENT);
    }
    let row = bench.tx.doc(header.org, body.run).await?;
    if row.as_ref().is_some_and(|row| row.release != body.procedure) {
        return refused(Code::WRONG_DOCUMENT);
    }
    if let Some(asset) = &body.asset
        && let Some(code) = wrong_asset(bench, header, row.as_ref(), asset, waived).await?
    {
        return refused(code);
    }
    let content = bench.runs.content(bench.tx.as_read(), header.org, body.procedure).await?;
    let Some(procedure) = content.as_deref().and_then(Content::fills_runs) else { return refused(Code::UNKNOWN_RELEASE) };
    let changes = row.as_ref().map_or(0, |row| row.changes);
    let run = bench.runs.take(bench.tx.as_read(), header.org, body.run, changes, &procedure.form).await?;
    let author =
        Author { person: header.person, device: header.device, epoch: header.epoch, rebuild: header.rebuild, form: &procedure.form };
    let checked = match run.check(&body.change, &author) {
        Ok(checked) if checked.answer().intent != body.intent => Err(Code::UNSOUND_CHANGE),
        Ok(_) if !waived && withdrawn::binds(bench, header, body.run, &body.procedure).await? => Err(Code::WITHDRAWN),
        Ok(checked) if !waived && is_locked(bench, header, body.run, procedure, checked.key()).await? => Err(Code::LOCKED),
        Ok(checked) => Ok(checked),
        Err(Refusal::Missing(missing)) => {
            bench.runs.put(header.org, body.run, changes, run);
            return waits(bench, header.org, body.run, about, &missing).await;
        }
        Err(Refusal::EarlierByAuthor) => {
            bench.runs.put(header.org, body.run, changes, run);
            return Ok(Found::Waits { code: Code::WAITS_FOR_EARLIER, about, on: None });
        }
        Err(refusal) => Err(code(&refusal)),
    };
    let checked = match checked {
        Ok(checked) => checked,
        Err(code) => {
            bench.runs.put(header.org, body.run, changes, run);
            return refused(code);
        }
    };
    // Taken before anything is written: what the document does not take after all is this entry's fault alone.
    // The run goes with it; it is not given back, and so loaded anew.
    let hash = checked.hash();
    let run = match run.taking(checked) {
        Ok(run) => run,
        Err(refusal) => {
            tracing::error!(org = %header.org, doc = %body.run, "a document did not take a checked change");
            return refused(code(&refusal));
        }
    };
    Ok(Found::Good(Good::Change(Box::new(Sound { run, hash, doc: body.run, row, procedure: body.procedure, asset: body.asset }))))
}

/// Why a run is not about this asset: it is about something else since its first change, or never stood at that place. What
/// is done about an asset is not asked here: it may have been another thing when the run was begun.
async fn wrong_asset(bench: &mut Bench<'_>, header: &Header, row: Option<&DocRow>, asset: &Slug, waived: bool) -> Result<Option<Code>> {
    if let Some(row) = row {
        return Ok((row.asset.as_ref() != Some(asset)).then_some(Code::WRONG_DOCUMENT));
    }
    // Where it stood may be what a restore lost.
    if waived {
        return Ok(None);
    }
    let known: Option<Asset> = records::one(bench.tx.as_read(), header.org, asset.as_str()).await?;
    let was_there = known.is_some_and(|asset| matches!(header.scope, Scope::Site(site) if asset.was_at(site)));
    Ok((!was_there).then_some(Code::UNKNOWN_ASSET))
}

fn code(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::Missing(_) => Code::WAITS_FOR_DEPENDENCY,
        Refusal::EarlierByAuthor => Code::WAITS_FOR_EARLIER,
        Refusal::IdentityClash => Code::NUMBER_USED_TWICE,
        Refusal::Unsound(_) => Code::UNSOUND_CHANGE,
        Refusal::WrongAuthor => Code::WRONG_AUTHOR,
        Refusal::NotAnAnswer(_) | Refusal::UnknownItem => Code::NOT_AN_ANSWER,
        Refusal::TooMany => Code::TOO_MANY,
    }
}

/// What it lacks may be on its way, or refused: the device does something about the second only.
async fn waits(bench: &mut Bench<'_>, org: OrgId, doc: DocId, about: About, missing: &[ChangeHash]) -> Result<Found> {
    let mut code = Code::WAITS_FOR_DEPENDENCY;
    for dep in missing {
        let refused = bench.tx.quarantined_change(org, doc, dep).await?.is_some();
        let waits = bench.tx.held_change(org, doc, dep).await?.is_some_and(|held| held.code == Code::WAITS_FOR_REFUSED);
        if refused || waits {
            code = Code::WAITS_FOR_REFUSED;
        }
    }
    Ok(Found::Waits { code, about, on: missing.first().copied() })
}

/// Whether the author had the lock: their own earlier entry, or one that their device had read. Others'
/// changes are taken, and the sign-off lapses (`sync.md` 17).
async fn is_locked(bench: &mut Bench<'_>, header: &Header, doc: DocId, procedure: &Procedure, key: &AnswerKey) -> Result<bool> {
    let seen = header.seen.filter(|seen| seen.incarnation == bench.incarnation).map_or(0, |seen| seen.number);
    let locks = bench.tx.locks(header.org, doc).await?;
    let own = |id: &EntryId| id.device == header.device && id.epoch == header.epoch && id.seq < header.seq;
    let known: Vec<LockFact> = locks.into_iter().filter(|lock| lock.number <= seen || own(&lock.id)).collect();
    // Of a run that nobody signed, or that was given back last, nothing has to be read.
    if !known.last().is_some_and(|lock| lock.locks) {
        return Ok(false);
    }
    let broken = || StoreError::Corrupt(format!("what was said about run {doc} can't be read"));
    let mut seals = Vec::new();
    for lock in known {
        let stored = bench.tx.entry(header.org, lock.id).await?.ok_or_else(broken)?;
        // One that came before the run did may be of another place: there it locks nothing.
        if stored.scope != header.scope {
            continue;
        }
        let entry = Entry::read(&stored.bytes, limits::ENTRY).map_err(|_| broken())?;
        let fact = Fact::decode(entry.header.entry_type, &entry.body).and_then(std::result::Result::ok).ok_or_else(broken)?;
        seals.extend(Seal::of(&fact, entry.header.person).map(|(_, seal)| seal));
    }
    let asked_of = procedure.form.section_of(&key.item).and_then(|section| section.asked_of);
    Ok(RunState::is_locked(&seals, &procedure.sign_off, asked_of))
}

/// Who signs a run off, where it and its procedure are known.
pub(super) async fn signers(bench: &mut Bench<'_>, org: OrgId, run: DocId) -> Result<Option<Signers>> {
    let Some(row) = bench.tx.doc(org, run).await? else { return Ok(None) };
    let content = bench.runs.content(bench.tx.as_read(), org, row.release).await?;
    Ok(content.as_deref().and_then(Content::fills_runs).map(|procedure| procedure.sign_off.clone()))
}

/// The role of the signers that a change answers a question of, where it does: read of what it says, before it is judged.
pub(super) async fn asked_of(bench: &mut Bench<'_>, entry: &Entry) -> Result<Option<Role>> {
    let Ok(body) = RunChanged::decode(&entry.body) else { return Ok(None) };
    let content = bench.runs.content(bench.tx.as_read(), entry.header.org, body.procedure).await?;
    let Some(procedure) = content.as_deref().and_then(Content::fills_runs) else { return Ok(None) };
    // Decoding it is worth it only where a form asks something of signers.
    if procedure.form.sections.iter().all(|section| section.asked_of.is_none()) {
        return Ok(None);
    }
    let key = answer_of(&body.change).map(|(key, _)| key);
    Ok(key.and_then(|key| procedure.form.section_of(&key.item)?.asked_of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_domain::form::Problem;

    #[test]
    fn each_refusal_of_a_document_has_its_own_code() {
        let problem = Problem { rule: "kind", message: String::new() };
        for (refusal, expected) in [
            (Refusal::Missing(Vec::new()), Code::WAITS_FOR_DEPENDENCY),
            (Refusal::EarlierByAuthor, Code::WAITS_FOR_EARLIER),
            (Refusal::IdentityClash, Code::NUMBER_USED_TWICE),
            (Refusal::Unsound("a reason"), Code::UNSOUND_CHANGE),
            (Refusal::WrongAuthor, Code::WRONG_AUTHOR),
            (Refusal::NotAnAnswer(problem), Code::NOT_AN_ANSWER),
            (Refusal::UnknownItem, Code::NOT_AN_ANSWER),
            (Refusal::TooMany, Code::TOO_MANY),
        ] {
            assert_eq!(code(&refusal), expected, "{refusal:?}");
        }
    }
}
