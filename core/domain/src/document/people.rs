//! Ana and Ben, each with a phone of their own, for the tests of this folder.

use super::*;
use crate::form::{Form, Item, ItemKind, Section, Value};
use crate::{Lang, PersonId, Slug, Text};

pub(super) const RUN: DocId = DocId::from_bytes([7; 16]);

pub(super) fn slug(name: &str) -> Slug {
    name.parse().expect("a slug")
}
pub(super) fn text(words: &str) -> Text {
    Text::plain("en".parse::<Lang>().expect("a tag"), words)
}
pub(super) fn item(name: &str, kind: ItemKind) -> Item {
    Item {
        slug: slug(name),
        kind,
        label: text(name),
        help: None,
        required: false,
        na: Default::default(),
        visible_if: None,
        constraint: None,
        default: None,
        calculate: None,
        weight: 0,
        critical: false,
        evidence: None,
        answer_key: None,
        reference: None,
        rules: Vec::new(),
    }
}
pub(super) fn form() -> Form {
    let section = |name: &str, repeat, items| Section {
        asked_of: None,
        slug: slug(name),
        label: text(name),
        help: None,
        visible_if: None,
        weight: 1,
        repeat,
        items,
    };
    Form {
        pass_mark: None,
        sections: vec![
            section("opening", None, vec![item("door", ItemKind::Text), item("till", ItemKind::Text)]),
            section("fridges", Some(3), vec![item("clean", ItemKind::PassFail)]),
        ],
    }
}
pub(super) fn key(name: &str) -> AnswerKey {
    AnswerKey::of(slug(name), 0)
}

/// Somebody at a phone of their own.
pub(super) struct At {
    pub(super) person: PersonId,
    pub(super) device: DeviceId,
    pub(super) run: Run,
    pub(super) edits: u32,
}
impl At {
    pub(super) fn new(n: u8) -> Self {
        Self { person: PersonId::from_bytes([n; 16]), device: DeviceId::from_bytes([n; 16]), run: Run::new(RUN), edits: 0 }
    }
    pub(super) fn author<'a>(&self, form: &'a Form) -> Author<'a> {
        Author { person: self.person, device: self.device, epoch: Epoch(1), rebuild: 0, form }
    }
    pub(super) fn actor(&self) -> [u8; 16] {
        base_actor(RUN, self.device, Epoch(1), 0)
    }
    pub(super) fn an_answer(&mut self, value: Value) -> Answer {
        self.edits += 1;
        let mut intent = [self.person.as_bytes()[0]; 16];
        intent[12..].copy_from_slice(&self.edits.to_be_bytes());
        Answer { value, by: self.person, at_ms: 1_000, intent: CaptureId::from_bytes(intent), settles: false, measured: false }
    }
    pub(super) fn answers(&mut self, name: &str, value: &str) -> Made {
        let seen = self.run.heads();
        self.answers_having_seen(&seen, name, value)
    }
    pub(super) fn answers_having_seen(&mut self, seen: &Heads, name: &str, value: &str) -> Made {
        let answer = self.an_answer(Value::Text(value.to_owned()));
        self.run.answer(self.actor(), seen, &key(name), &answer).expect("an answer")
    }
    pub(super) fn takes(&mut self, made: &Made, from: Author<'_>) {
        let checked = self.run.check(&made.change, &from).expect("a sound change");
        self.run.apply(checked).expect("applied");
    }
}

pub(super) fn values(standing: &Standing) -> Vec<String> {
    let words = standing.answers.iter().map(|a| match &a.value {
        Value::Text(t) => t.clone(),
        other => format!("{other:?}"),
    });
    let mut words: Vec<String> = words.collect();
    words.sort();
    words
}
