//! A run: one document of registers, one for each (item, instance).
//!
//! Start at [`Run::answer`]; [`super::read`] reads, [`super::judge`] checks what others made, and
//! [`super::apply`] takes it in.

use automerge::transaction::{Transactable, Transaction};
use automerge::{ActorId, Automerge, PatchLog, ROOT, ReadDoc, ScalarValue};

use super::graph::{Graph, Node};
use super::judge::{MAX_ACTORS, MAX_CHANGE_BYTES, MAX_CHANGES, Refusal};
use super::{Answer, AnswerKey, ChangeHash, Heads, guard};
use crate::{DocId, cbor};

/// What a run without answers takes in memory, and each change beside the bytes that it came in.
const EMPTY_BYTES: usize = 4 << 10;
const CHANGE_BYTES: usize = 512;
/// Changes that stand behind a saved run, at most, until it is written anew.
const APPENDED: usize = 16;

/// A checklist run.
#[derive(Clone)]
pub struct Run {
    pub(super) id: DocId,
    pub(super) doc: Automerge,
    pub(super) graph: Graph,
}

/// A change that this side made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its bytes, for the entry.
    pub change: Vec<u8>,
    pub hash: ChangeHash,
    /// What it builds on.
    pub deps: Vec<ChangeHash>,
}

impl Run {
    /// A run that nobody has answered yet. Nothing is stored for it: two phones that start the same one
    /// start from the same nothing.
    pub fn new(id: DocId) -> Self {
        Self { id, doc: Automerge::new(), graph: Graph::default() }
    }

    /// Reads what [`Run::save`] wrote: this side's own file, whose changes were checked when they came.
    pub fn load(id: DocId, saved: &[u8]) -> Result<Self, Refusal> {
        let doc = guard(|| Automerge::load(saved))?.map_err(|_| Refusal::Unsound("the saved run can't be read"))?;
        let mut graph = Graph::default();
        for meta in guard(|| doc.get_changes_meta(&[]))? {
            let node = Node { deps: meta.deps.iter().map(|d| d.0).collect(), max_op: meta.max_op, bytes: 0 };
            graph.add(meta.hash.0, meta.actor.to_bytes(), node);
        }
        graph.weigh(doc.save_nocompress().len());
        Ok(Self { id, doc, graph })
    }

    /// All changes, compressed.
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// What [`Run::load`] reads as this run, from where it was saved at `heads`: that, and behind it the changes since. Every
    /// so many changes all of it is written anew, so that reading it stays cheap.
    pub fn save_after(&self, saved: &[u8], heads: &Heads) -> Vec<u8> {
        if saved.is_empty() || !heads.iter().all(|head| self.has(&head)) {
            return self.save();
        }
        let since = hashes(heads);
        let before = self.change_count().saturating_sub(self.doc.get_changes_meta(&since).len());
        if before / APPENDED < self.change_count() / APPENDED {
            return self.save();
        }
        [saved, &self.doc.save_after(&since)].concat()
    }

    pub fn id(&self) -> DocId {
        self.id
    }
    /// Where it stands now.
    pub fn heads(&self) -> Heads {
        Heads::new(self.doc.get_heads().iter().map(|h| h.0))
    }
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.graph.has(hash)
    }
    /// About how many bytes of memory it takes. Measured (`docs/performance.md`), rather too high than too low.
    pub fn weight(&self) -> usize {
        EMPTY_BYTES + self.change_count() * CHANGE_BYTES + 2 * self.graph.bytes()
    }
    pub fn change_count(&self) -> usize {
        self.graph.len()
    }

    /// Puts an answer, as somebody who saw the state at `seen` (`sync.md` 20). `actor` is
    /// [`super::base_actor`]. Where the register has not changed since, it is made at today's heads: the
    /// same meaning, and no further actor. Every value that its author saw there is replaced; one that came
    /// unseen stays beside it. The same answer (by its bytes) given again is the change that gave it.
    pub fn answer(&mut self, actor: [u8; 16], seen: &Heads, key: &AnswerKey, answer: &Answer) -> Result<Made, Refusal> {
        let unknown: Vec<ChangeHash> = seen.iter().filter(|h| !self.has(h)).collect();
        if !unknown.is_empty() {
            return Err(Refusal::Missing(unknown));
        }
        if self.graph.len() >= MAX_CHANGES || self.graph.actors() >= MAX_ACTORS {
            return Err(Refusal::TooMany);
        }
        let (name, bytes) = (key.register(), cbor::encode(answer));
        if bytes.len() + 512 > MAX_CHANGE_BYTES {
            return Err(Refusal::Unsound("the answer has more bytes than a change may carry"));
        }
        let seen = hashes(seen);
        let then = self.doc.get_all_at(ROOT, &name, &seen).map_err(|_| BROKEN)?;
        let now = self.doc.get_all(ROOT, &name).map_err(|_| BROKEN)?;
        if let Some((_, id)) = now.iter().find(|(value, _)| value.as_bytes() == Some(bytes.as_slice()))
            && let Some(made) = self.doc.hash_for_opid(id)
        {
            return self.made(made);
        }
        let unchanged = then.iter().map(|(_, id)| id).eq(now.iter().map(|(_, id)| id));
        drop((then, now));

        self.doc.set_actor(ActorId::from(actor.as_slice()));
        let mut tx: Transaction<'_> =
            if unchanged { self.doc.transaction() } else { self.doc.transaction_at(PatchLog::inactive(), &seen).map_err(|_| BROKEN)? };
        if tx.put(ROOT, name, ScalarValue::Bytes(bytes)).is_err() {
            tx.rollback();
            return Err(BROKEN);
        }
        let hash = tx.commit().0.ok_or(BROKEN)?;
        let change = self.doc.get_change_by_hash(&hash).ok_or(BROKEN)?;
        self.graph.add(hash.0, change.actor_id().to_bytes(), Node::of(&change));
        self.made(hash)
    }

    fn made(&self, hash: automerge::ChangeHash) -> Result<Made, Refusal> {
        let change = self.doc.get_change_by_hash(&hash).ok_or(BROKEN)?;
        let deps = change.deps().iter().map(|d| d.0).collect();
        Ok(Made { change: change.raw_bytes().to_vec(), hash: hash.0, deps })
    }
}

/// What automerge never answers for a map's root and held heads.
const BROKEN: Refusal = Refusal::Unsound("the document did not take the answer");

/// Heads as automerge names them.
pub(super) fn hashes(heads: &Heads) -> Vec<automerge::ChangeHash> {
    heads.iter().map(automerge::ChangeHash).collect()
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("id", &self.id).field("changes", &self.change_count()).finish_non_exhaustive()
    }
}
