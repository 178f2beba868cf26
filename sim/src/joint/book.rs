//! What everybody did, kept outside of all documents: by it the end is looked at. It knows nothing of changes and
//! heads, only what each saw where they answered.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::CaptureId;
use frontline_domain::document::{Answer, AnswerKey, Run};

/// An answer, and which ones its author saw there and so replaced.
#[derive(Debug, Clone)]
pub struct Given {
    pub key: AnswerKey,
    pub answer: Answer,
    pub replaced: BTreeSet<CaptureId>,
}

/// All of them, by their edit.
#[derive(Debug, Default)]
pub struct Book {
    pub given: BTreeMap<CaptureId, Given>,
}

impl Book {
    pub fn add(&mut self, key: AnswerKey, answer: Answer, replaced: BTreeSet<CaptureId>) {
        self.given.insert(answer.intent, Given { key, answer, replaced });
    }

    /// What must stand: by register, every answer that nobody who saw it replaced.
    pub fn standing(&self) -> BTreeMap<AnswerKey, BTreeSet<CaptureId>> {
        let replaced: BTreeSet<CaptureId> = self.given.values().flat_map(|one| one.replaced.iter().copied()).collect();
        let mut out: BTreeMap<AnswerKey, BTreeSet<CaptureId>> = BTreeMap::new();
        for (edit, one) in &self.given {
            let there = out.entry(one.key.clone()).or_default();
            if !replaced.contains(edit) {
                there.insert(*edit);
            }
        }
        out
    }

    /// What is wrong with a run in which all of this arrived, in words.
    pub fn differences(&self, who: &str, run: &Run) -> Vec<String> {
        let mut out = Vec::new();
        let mut missed: BTreeSet<CaptureId> = self.given.keys().copied().collect();
        let standing = self.standing();
        for line in run.history() {
            let edit = line.answer.intent;
            match self.given.get(&edit) {
                Some(one) if one.key == line.key && one.answer == line.answer => {
                    if !missed.remove(&edit) {
                        out.push(format!("{who}: the answer {edit} is twice in the history"));
                    }
                    let stands = standing.get(&line.key).is_some_and(|there| there.contains(&edit));
                    if stands != line.stands {
                        out.push(format!(
                            "{who}: the history says that the answer {edit} to {} stands: {}",
                            line.key.register(),
                            line.stands
                        ));
                    }
                }
                Some(_) => out.push(format!("{who}: the answer {edit} is not as it was given")),
                None => out.push(format!("{who}: nobody gave the answer {edit}")),
            }
        }
        out.extend(missed.iter().map(|edit| format!("{who}: the answer {edit} vanished")));
        for one in run.standings() {
            let there: BTreeSet<CaptureId> = one.answers.iter().map(|a| a.intent).collect();
            let must = standing.get(&one.key).cloned().unwrap_or_default();
            if there != must {
                out.push(format!("{who}: {} answers stand at {} and {} must", there.len(), one.key.register(), must.len()));
            }
            let values: Vec<_> = must.iter().filter_map(|edit| Some(&self.given.get(edit)?.answer.value)).collect();
            if values.windows(2).any(|pair| pair[0] != pair[1]) != one.is_clash() {
                out.push(format!("{who}: {} is told to be a clash: {}", one.key.register(), one.is_clash()));
            }
        }
        // A photo or a note stands that somebody added and nobody took back.
        let mut photos: BTreeSet<&AnswerKey> = standing.keys().filter(|key| key.evidence.is_some()).collect();
        photos.retain(|key| {
            let there = standing.get(*key).into_iter().flatten().filter_map(|edit| self.given.get(edit));
            let (mut any, mut back) = (false, false);
            there.for_each(|one| if one.answer.value.is_empty() { back = true } else { any = true });
            any && !back
        });
        let shown: BTreeSet<AnswerKey> = run.evidence().into_iter().map(|one| one.key).collect();
        if shown.iter().collect::<BTreeSet<_>>() != photos {
            out.push(format!("{who}: {} photos are shown and {} must be", shown.len(), photos.len()));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use frontline_domain::document::{Heads, base_actor};
    use frontline_domain::form::Value;
    use frontline_domain::{DeviceId, DocId, Epoch, PersonId};

    use super::*;

    fn answer(run: &mut Run, n: u8, value: &str, seen: &Heads) -> (AnswerKey, Answer) {
        let key = AnswerKey::of("door".parse().expect("a name"), 0);
        let by = PersonId::from_bytes([n; 16]);
        let answer = Answer {
            value: Value::Text(value.to_owned()),
            by,
            at_ms: 1,
            intent: CaptureId::from_bytes([n; 16]),
            settles: false,
            measured: false,
        };
        let actor = base_actor(run.id(), DeviceId::from_bytes([n; 16]), Epoch(1), 0);
        run.answer(actor, seen, &key, &answer).expect("it is taken");
        (key, answer)
    }

    #[test]
    fn what_vanished_what_nobody_gave_and_what_was_replaced_unseen_are_all_noticed() {
        let mut run = Run::new(DocId::from_bytes([7; 16]));
        let mut book = Book::default();
        let (key, first) = answer(&mut run, 1, "shut", &Heads::default());
        book.add(key.clone(), first.clone(), BTreeSet::new());
        assert!(book.differences("ana", &run).is_empty());
        // Somebody who saw nothing: two stand, which is a clash.
        let (_, second) = answer(&mut run, 2, "open", &Heads::default());
        assert!(book.differences("ana", &run).iter().any(|why| why.contains("nobody gave the answer")));
        book.add(key.clone(), second.clone(), BTreeSet::new());
        assert!(book.differences("ana", &run).is_empty() && book.standing()[&key].len() == 2);
        // As if the second had been made over the first.
        book.add(key.clone(), second.clone(), BTreeSet::from([first.intent]));
        let found = book.differences("ana", &run);
        assert!(
            found.iter().any(|why| why.contains("answers stand")) && found.iter().any(|why| why.contains("to be a clash")),
            "{found:?}"
        );
        book.add(key.clone(), second, BTreeSet::new());
        book.add(key, Answer { intent: CaptureId::from_bytes([3; 16]), ..first }, BTreeSet::new());
        assert!(book.differences("ana", &run).iter().any(|why| why.contains("vanished")));
    }
}
