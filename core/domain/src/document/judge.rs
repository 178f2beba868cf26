//! The judge of changes that others made (`sync.md` 16 to 18).
//!
//! automerge asserts, unwraps and panics on changes that no honest build makes, and queues what lacks a
//! dependency, to apply it later unchecked. So nothing reaches it but what [`Run::check`] let through: a
//! change is judged by its decoded operations, on the state at its own dependencies.

use std::collections::BTreeSet;

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{ActorId, Change, ROOT, ReadDoc, ScalarValue};

use super::outline::outline;
use super::{Answer, AnswerKey, ChangeHash, Run, base_actor, guard};
use crate::form::{Form, Problem};
use crate::{DeviceId, Epoch, PersonId, cbor};

/// Changes of one run at most.
pub const MAX_CHANGES: usize = 20_000;
/// Bytes of one change at most: the longest text that an item takes, and room for the rest.
pub const MAX_CHANGE_BYTES: usize = 96 << 10;
/// Actors of one run at most: each base actor, and one more for each edit that was made at old heads.
pub const MAX_ACTORS: usize = 8_192;
/// Dependencies of one change at most.
pub const MAX_DEPS: usize = 4_096;
/// The number of an operation stays below this; automerge keeps 32 bits, with less room in places.
pub const MAX_OP: u64 = 1 << 24;

/// Who a change claims to be from, as its entry's header says, and the form that it answers.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub person: PersonId,
    pub device: DeviceId,
    pub epoch: Epoch,
    pub rebuild: u32,
    pub form: &'a Form,
}

/// Why a change is not taken now, or ever.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Hold it: it builds on these.
    #[error("the change builds on {} that are not here", .0.len())]
    Missing(Vec<ChangeHash>),
    /// Hold it: a change of its actor before this one is not here.
    #[error("an earlier change of the same author is not here")]
    EarlierByAuthor,
    /// Its actor's number was used for another change.
    #[error("the number of this change was used for another one")]
    IdentityClash,
    #[error("the change is not built as a run's changes are: {0}")]
    Unsound(&'static str),
    /// It was made by another actor, or answers in another person's name.
    #[error("the change claims to be another author's")]
    WrongAuthor,
    #[error(transparent)]
    NotAnAnswer(#[from] Problem),
    #[error("the form has no such item, or the section does not repeat that often")]
    UnknownItem,
    #[error("the run has more changes than the server takes")]
    TooMany,
}

/// A change that was judged, against the run that judged it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub(super) change: Change,
    pub(super) known: bool,
    key: AnswerKey,
    answer: Answer,
}

impl Checked {
    pub fn hash(&self) -> ChangeHash {
        self.change.hash().0
    }
    pub fn deps(&self) -> Vec<ChangeHash> {
        self.change.deps().iter().map(|d| d.0).collect()
    }
    /// Whether the run holds it already.
    pub fn is_known(&self) -> bool {
        self.known
    }
    pub fn key(&self) -> &AnswerKey {
        &self.key
    }
    /// The answer that it gives. Its `intent` must be the entry's.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

fn unsound<T>(why: &'static str) -> Result<T, Refusal> {
    Err(Refusal::Unsound(why))
}

/// The name of a change, where its bytes are one: what a refused change is known by to those that build on it.
pub fn change_hash(change: &[u8]) -> Option<ChangeHash> {
    decode(change).ok().map(|c| c.hash().0)
}

/// The same of a change that this side made, and which a checksum guards: that nobody could have written it otherwise is
/// not asked.
pub fn hash_of_own(change: &[u8]) -> Option<ChangeHash> {
    own(change).map(|c| c.hash().0)
}

/// What a change claims to answer, where its bytes can be read; nothing of it is checked.
pub fn answer_of(change: &[u8]) -> Option<(AnswerKey, Answer)> {
    claimed(&decode(change).ok()?)
}

/// The same of a change that this side made, and its name.
pub fn answer_of_own(change: &[u8]) -> Option<(ChangeHash, AnswerKey, Answer)> {
    let change = own(change)?;
    let (key, answer) = claimed(&change)?;
    Some((change.hash().0, key, answer))
}

fn own(change: &[u8]) -> Option<Change> {
    outline(change).ok()?;
    guard(|| Change::from_bytes(change.to_vec()).ok()).ok()?
}

fn claimed(change: &Change) -> Option<(AnswerKey, Answer)> {
    let op = the_operation(change).ok()?;
    let (Key::Map(name), OpType::Put(ScalarValue::Bytes(bytes))) = (&op.key, &op.action) else { return None };
    Some((AnswerKey::from_register(name)?, cbor::decode("an answer", bytes).ok()?))
}

impl Run {
    /// What the change builds on and this run does not hold.
    pub fn missing(&self, change: &[u8]) -> Result<Vec<ChangeHash>, Refusal> {
        let change = decode(change)?;
        Ok(self.lacking(&change))
    }

    /// Judges a change. What is `Ok` may be applied to this run.
    pub fn check(&self, bytes: &[u8], author: &Author<'_>) -> Result<Checked, Refusal> {
        let (change, operations) = decoded(bytes)?;
        sound_shape(&change)?;
        let base = base_actor(self.id, author.device, author.epoch, author.rebuild);
        if !is_actor_of(change.actor_id(), &base) {
            return Err(Refusal::WrongAuthor);
        }
        let op = the_only(operations)?;
        let (key, answer) = read_answer(&op, author)?;
        if self.has(&change.hash().0) {
            return Ok(Checked { change, known: true, key, answer });
        }
        self.in_its_place(&change)?;
        self.replaces_what_it_saw(&change, &op, &key)?;
        Ok(Checked { change, known: false, key, answer })
    }

    fn lacking(&self, change: &Change) -> Vec<ChangeHash> {
        change.deps().iter().map(|d| d.0).filter(|d| !self.has(d)).collect()
    }

    /// Its dependencies are here, its number is the next of its actor, and it comes after all it builds on.
    /// Asked again when it is applied: another may have come meanwhile.
    pub(super) fn in_its_place(&self, change: &Change) -> Result<(), Refusal> {
        let actor = change.actor_id().to_bytes();
        let before = self.graph.of_actor(actor);
        let seq = change.seq();
        if seq <= before.len() as u64 {
            return Err(Refusal::IdentityClash);
        }
        let missing = self.lacking(change);
        if !missing.is_empty() {
            return Err(Refusal::Missing(missing));
        }
        if seq > before.len() as u64 + 1 {
            return Err(Refusal::EarlierByAuthor);
        }
        if self.change_count() >= MAX_CHANGES || before.is_empty() && self.graph.actors() >= MAX_ACTORS {
            return Err(Refusal::TooMany);
        }
        let deps = || change.deps().iter().map(|d| d.0);
        if let Some(last) = before.last()
            && !self.graph.is_ancestor(last, deps())
        {
            return unsound("it does not build on its actor's previous change");
        }
        let before = self.graph.max_op(&deps().collect::<Vec<_>>());
        let start = change.start_op().get();
        // An honest author's numbers grow by one a change; a leap would use up the numbers of everybody.
        if start <= before || start > before + MAX_CHANGES as u64 || change.max_op() >= MAX_OP {
            return unsound("its operation numbers do not follow those that it builds on");
        }
        Ok(())
    }

    /// The values that it replaces are exactly those that stood at its dependencies.
    fn replaces_what_it_saw(&self, change: &Change, op: &Op, key: &AnswerKey) -> Result<(), Refusal> {
        let stood = guard(|| self.doc.get_all_at(ROOT, key.register(), change.deps()).map(|v| ids(v.into_iter().map(|(_, id)| id))))?;
        let stood = stood.map_err(|_| Refusal::Unsound("its register can't be read at its dependencies"))?;
        let replaced: BTreeSet<(u64, ActorId)> = op.pred.iter().map(|p| (p.counter(), p.actor().clone())).collect();
        if replaced.len() == op.pred.len() && replaced == stood {
            Ok(())
        } else {
            unsound("it does not replace what stood where it was made")
        }
    }
}

fn ids(of: impl Iterator<Item = automerge::ObjId>) -> BTreeSet<(u64, ActorId)> {
    of.filter_map(|id| match id {
        automerge::ObjId::Id(counter, actor, _) => Some((counter, actor)),
        automerge::ObjId::Root => None,
    })
    .collect()
}

/// Reads one change in the one encoding that automerge writes. Another encoding of the same change would
/// have another hash here than after a save and a load, and the saved run would not open.
fn decode(bytes: &[u8]) -> Result<Change, Refusal> {
    decoded(bytes).map(|(change, _)| change)
}

/// The same, and what it puts: reading that once more costs as much as all the rest of it.
fn decoded(bytes: &[u8]) -> Result<(Change, Vec<Op>), Refusal> {
    outline(bytes)?;
    guard(|| {
        let change = Change::from_bytes(bytes.to_vec()).ok()?;
        let read = change.decode();
        let operations = read.operations.clone();
        (Change::from(read).raw_bytes() == bytes).then_some((change, operations))
    })?
    .ok_or(Refusal::Unsound("it can't be read, or is not in the one encoding"))
}

pub(super) fn sound_shape(change: &Change) -> Result<(), Refusal> {
    if change.message().is_some() || change.timestamp() != 0 || !change.extra_bytes().is_empty() || change.author().is_some() {
        return unsound("it carries more than an answer");
    }
    if change.deps().len() > MAX_DEPS || !change.deps().is_sorted_by(|a, b| a < b) {
        return unsound("its dependencies are too many, or not in order");
    }
    if change.seq() == 0 || change.len() != 1 {
        return unsound("it must put exactly one answer");
    }
    Ok(())
}

fn the_operation(change: &Change) -> Result<Op, Refusal> {
    the_only(guard(|| change.decode().operations)?)
}

fn the_only(mut operations: Vec<Op>) -> Result<Op, Refusal> {
    match (operations.pop(), operations.is_empty()) {
        (Some(op), true) if op.obj == ObjectId::Root && !op.insert => Ok(op),
        _ => unsound("it must put exactly one answer"),
    }
}

fn read_answer(op: &Op, author: &Author<'_>) -> Result<(AnswerKey, Answer), Refusal> {
    let (Key::Map(name), OpType::Put(ScalarValue::Bytes(bytes))) = (&op.key, &op.action) else {
        return unsound("it must put exactly one answer");
    };
    let key = AnswerKey::from_register(name).ok_or(Refusal::UnknownItem)?;
    let section = author.form.sections.iter().find(|s| s.items.iter().any(|i| i.slug == key.item)).ok_or(Refusal::UnknownItem)?;
    let item = section.items.iter().find(|i| i.slug == key.item).ok_or(Refusal::UnknownItem)?;
    if key.instance >= section.repeat.unwrap_or(1).max(1) {
        return Err(Refusal::UnknownItem);
    }
    let answer: Answer = cbor::decode("an answer", bytes).map_err(|_| Refusal::Unsound("its answer can't be read"))?;
    if cbor::encode(&answer) != *bytes {
        return unsound("its answer is not in the one encoding");
    }
    if answer.by != author.person {
        return Err(Refusal::WrongAuthor);
    }
    if answer.measured && (key.evidence.is_some() || !item.is_measurable() || answer.value.number().is_none()) {
        return unsound("it says that it was measured, and no instrument gives such an answer");
    }
    match key.evidence {
        None => item.check(&answer.value)?,
        Some(edit) => {
            item.check_evidence(&answer.value)?;
            // Whoever takes a picture or a note back may; nobody puts another one in its place.
            if edit != answer.intent && !answer.value.is_empty() {
                return unsound("it adds evidence in the place of another edit");
            }
        }
    }
    Ok((key, answer))
}

/// Whether `actor` is `base`, or one that automerge derives from it for edits at old heads: four magic
/// bytes, a level from 1 in LEB128, the base.
fn is_actor_of(actor: &ActorId, base: &[u8; 16]) -> bool {
    let bytes = actor.to_bytes();
    if bytes == base {
        return true;
    }
    let Some(level) = bytes.strip_prefix(&[0x13, 0xb2, 0x23, 0x09]).and_then(|rest| rest.strip_suffix(base)) else { return false };
    match *level {
        [one] => (1..0x80).contains(&one),
        [low, high] => low >= 0x80 && (1..0x80).contains(&high) && usize::from(low & 0x7f) + (usize::from(high) << 7) <= MAX_ACTORS,
        _ => false,
    }
}
