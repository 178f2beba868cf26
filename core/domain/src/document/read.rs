//! What stands in a run, what stood, and who answered what when.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ROOT, ReadDoc, ScalarValueRef, ValueRef};

use super::answer::answers_hash;
use super::run::hashes;
use super::{Answer, AnswerKey, ChangeHash, Heads, Run, Standing};
use crate::{AnswersHash, CaptureId, cbor};

/// One answer that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The change that gave it.
    pub change: ChangeHash,
    pub key: AnswerKey,
    pub answer: Answer,
    /// The changes whose values its author saw there, and replaced.
    pub replaced: Vec<ChangeHash>,
    /// Whether nobody has replaced it.
    pub stands: bool,
}

impl Run {
    /// Every register that was ever answered, in order of its key; without the evidence beside the answers.
    pub fn standings(&self) -> Vec<Standing> {
        self.registers(|key| key.evidence.is_none())
    }

    /// The evidence that stands, each piece a register of its own with one picture, in order of its key.
    pub fn evidence(&self) -> Vec<Standing> {
        let mut all = self.registers(|key| key.evidence.is_some());
        // Taken back by anybody is taken back, whoever took it back at the same time.
        all.retain(|s| !s.answers.is_empty() && s.answers.iter().all(|a| !a.value.is_empty()));
        all
    }

    fn registers(&self, which: impl Fn(&AnswerKey) -> bool) -> Vec<Standing> {
        // One walk over the document; what has several values is looked for by itself.
        let mut all: Vec<Standing> = Vec::new();
        for one in self.doc.map_range(ROOT, ..) {
            let Some(key) = AnswerKey::from_register(&one.key).filter(|key| which(key)) else { continue };
            if one.conflict {
                all.extend(self.register(&one.key, None));
                continue;
            }
            let answer = match &one.value {
                ValueRef::Scalar(ScalarValueRef::Bytes(bytes)) => cbor::decode("an answer", bytes).ok(),
                _ => None,
            };
            all.push(Standing { key, answers: answer.into_iter().collect() });
        }
        all.sort_by(|a, b| a.key.cmp(&b.key));
        all
    }

    /// One register, as somebody saw it at `heads`: as [`Run::standings_at`].
    pub fn standing_at(&self, key: &AnswerKey, heads: &Heads) -> Standing {
        let mut heads = hashes(heads);
        heads.retain(|h| self.has(&h.0));
        self.register(&key.register(), Some(&heads)).unwrap_or_else(|| Standing { key: key.clone(), answers: Vec::new() })
    }

    /// Of the edits `own` those that one of this register builds on, made by somebody who saw `seen`: whose values it replaces,
    /// and the one that added the evidence which it takes back. With these it is refused (`sync.md` 21).
    pub fn builds_on(&self, key: &AnswerKey, seen: &Heads, edit: CaptureId, own: &BTreeSet<CaptureId>) -> Vec<CaptureId> {
        let replaced = if own.is_empty() { Vec::new() } else { self.standing_at(key, seen).answers };
        let added = key.evidence.filter(|added| *added != edit);
        replaced.into_iter().map(|a| a.intent).chain(added).filter(|i| own.contains(i)).collect()
    }

    /// As [`Run::standings`], as somebody saw it at `heads`. Heads that this run does not hold are left out.
    pub fn standings_at(&self, heads: &Heads) -> Vec<Standing> {
        let mut heads = hashes(heads);
        heads.retain(|h| self.has(&h.0));
        let names = self.doc.keys_at(ROOT, &heads);
        let mut all: Vec<Standing> = names.filter_map(|name| self.register(&name, Some(&heads))).collect();
        all.retain(|s| s.key.evidence.is_none());
        all.sort_by(|a, b| a.key.cmp(&b.key));
        all
    }

    /// One register; without answers where nobody gave one.
    pub fn standing(&self, key: &AnswerKey) -> Standing {
        self.register(&key.register(), None).unwrap_or_else(|| Standing { key: key.clone(), answers: Vec::new() })
    }

    /// What a submission or a sign-off covers.
    pub fn answers_hash(&self) -> AnswersHash {
        answers_hash(&self.standings(), &self.evidence())
    }

    fn register(&self, name: &str, at: Option<&[automerge::ChangeHash]>) -> Option<Standing> {
        let key = AnswerKey::from_register(name)?;
        let values = match at {
            Some(heads) => self.doc.get_all_at(ROOT, name, heads),
            None => self.doc.get_all(ROOT, name),
        };
        let values = values.unwrap_or_default();
        let read = values.iter().filter_map(|(value, _)| cbor::decode("an answer", value.as_bytes()?).ok());
        let mut answers: Vec<Answer> = read.collect();
        answers.sort_by_key(|a| (a.intent, a.at_ms, a.by));
        Some(Standing { key, answers })
    }

    /// Every answer that was ever put, each after those that it builds on; the same order on every replica.
    pub fn history(&self) -> Vec<HistoryLine> {
        let mut standing = BTreeSet::new();
        for name in self.doc.keys(ROOT) {
            let values = self.doc.get_all(ROOT, name.as_str()).unwrap_or_default();
            standing.extend(values.iter().filter_map(|(_, id)| self.doc.hash_for_opid(id)));
        }
        let mut changes = self.doc.get_changes(&[]);
        changes.sort_by_key(|c| (c.max_op(), c.hash()));
        let mut by_op = BTreeMap::new();
        let mut lines = Vec::with_capacity(changes.len());
        for change in &changes {
            let hash = change.hash();
            for (n, op) in change.decode().operations.into_iter().enumerate() {
                by_op.insert((change.start_op().get() + n as u64, change.actor_id().clone()), hash.0);
                let automerge::legacy::OpType::Put(automerge::ScalarValue::Bytes(bytes)) = &op.action else { continue };
                let automerge::legacy::Key::Map(name) = &op.key else { continue };
                let (Some(key), Ok(answer)) = (AnswerKey::from_register(name), cbor::decode("an answer", bytes)) else { continue };
                let replaced = op.pred.iter().filter_map(|p| by_op.get(&(p.counter(), p.actor().clone())).copied()).collect();
                lines.push(HistoryLine { change: hash.0, key, answer, replaced, stands: standing.contains(&hash) });
            }
        }
        lines
    }

    /// Whether `hash` is among `of` or comes before it.
    pub fn is_ancestor(&self, hash: &ChangeHash, of: &Heads) -> bool {
        self.graph.is_ancestor(hash, of.iter())
    }

    /// `of` and all before them.
    pub fn ancestors(&self, of: &Heads) -> BTreeSet<ChangeHash> {
        self.graph.ancestors(of.iter())
    }
}
