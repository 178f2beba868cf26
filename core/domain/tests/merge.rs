//! Three people fill one run on phones of their own, with the changes arriving in any order, late, twice, and
//! answered from screens that are long out of date. Whatever happens, the replicas end alike, and a value
//! goes only when somebody who saw it replaced it. A failing story is printed with its seed.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::document::{Answer, AnswerKey, Author, Heads, Made, Refusal, Run, base_actor};
use frontline_domain::form::{Form, Item, ItemKind, Section, Value};
use frontline_domain::*;
use proptest::prelude::*;

const RUN: DocId = DocId::from_bytes([7; 16]);
const ITEMS: [&str; 3] = ["door", "till", "floor"];

#[derive(Debug, Clone)]
enum Deed {
    /// Answers an item from the screen of that many deeds ago.
    Answers { who: usize, item: usize, value: u8, screen: usize },
    /// Gets somebody's change, if it can be taken by now.
    Gets { who: usize, which: prop::sample::Index },
    /// The app is killed and opens its store again.
    Restarts { who: usize },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..3usize, 0..3usize, 0..4u8, 0..6usize).prop_map(|(who, item, value, screen)| Deed::Answers { who, item, value, screen }),
        6 => (0..3usize, any::<prop::sample::Index>()).prop_map(|(who, which)| Deed::Gets { who, which }),
        1 => (0..3usize).prop_map(|who| Deed::Restarts { who }),
    ]
}

fn form() -> Form {
    let text = |words: &str| Text::plain("en".parse().expect("a tag"), words);
    let item = |name: &&str| Item {
        slug: name.parse().expect("a slug"),
        kind: ItemKind::Text,
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
    };
    let items = ITEMS.iter().map(item).collect();
    Form {
        pass_mark: None,
        sections: vec![Section {
            asked_of: None,
            slug: "all".parse().expect("a slug"),
            label: text("All"),
            help: None,
            visible_if: None,
            weight: 1,
            repeat: None,
            items,
        }],
    }
}

fn key(item: usize) -> AnswerKey {
    AnswerKey::of(ITEMS[item].parse().expect("a slug"), 0)
}

struct Story {
    form: Form,
    runs: [Run; 3],
    /// What each screen showed, oldest first.
    screens: [Vec<Heads>; 3],
    made: Vec<(usize, Made)>,
    /// The model: which intents were given where, and which of them somebody who saw them replaced.
    given: BTreeMap<AnswerKey, BTreeSet<CaptureId>>,
    replaced: BTreeSet<CaptureId>,
}

impl Story {
    fn new() -> Self {
        Self {
            form: form(),
            runs: [(); 3].map(|()| Run::new(RUN)),
            screens: [(); 3].map(|()| vec![Heads::default()]),
            made: Vec::new(),
            given: BTreeMap::new(),
            replaced: BTreeSet::new(),
        }
    }
    fn person(who: usize) -> [u8; 16] {
        [who as u8 + 1; 16]
    }
    fn author(&self, who: usize) -> Author<'_> {
        let id = Self::person(who);
        Author { person: PersonId::from_bytes(id), device: DeviceId::from_bytes(id), epoch: Epoch(1), rebuild: 0, form: &self.form }
    }

    fn happens(&mut self, deed: &Deed) {
        match deed {
            Deed::Answers { who, item, value, screen } => self.answers(*who, key(*item), *value, *screen),
            Deed::Gets { who, which } if !self.made.is_empty() => {
                let which = which.index(self.made.len());
                self.gets(*who, which);
            }
            Deed::Gets { .. } => {}
            Deed::Restarts { who } => self.runs[*who] = Run::load(RUN, &self.runs[*who].save()).expect("it opens"),
        }
        for (run, screens) in self.runs.iter().zip(&mut self.screens) {
            screens.push(run.heads());
        }
    }

    fn answers(&mut self, who: usize, key: AnswerKey, value: u8, screen: usize) {
        let seen = self.screens[who][self.screens[who].len().saturating_sub(1 + screen)].clone();
        let mut id = Self::person(who);
        id[12..].copy_from_slice(&(self.made.len() as u32).to_be_bytes());
        let (intent, by) = (CaptureId::from_bytes(id), PersonId::from_bytes(Self::person(who)));
        let answer = Answer { value: Value::Text(value.to_string()), by, at_ms: 0, intent, settles: false, measured: false };
        let saw = self.runs[who].standings_at(&seen).into_iter().filter(|s| s.key == key).flat_map(|s| s.answers);
        self.replaced.extend(saw.map(|a| a.intent));
        self.given.entry(key.clone()).or_default().insert(intent);
        let actor = base_actor(RUN, DeviceId::from_bytes(Self::person(who)), Epoch(1), 0);
        self.made.push((who, self.runs[who].answer(actor, &seen, &key, &answer).expect("an answer")));
    }

    /// Whether it could be taken by now.
    fn gets(&mut self, who: usize, which: usize) -> bool {
        let (by, made) = &self.made[which];
        match self.runs[who].check(&made.change, &self.author(*by)) {
            Ok(checked) => {
                assert_eq!(checked.is_known(), self.runs[who].has(&made.hash));
                self.runs[who].apply(checked).expect("applied");
                true
            }
            Err(Refusal::Missing(_) | Refusal::EarlierByAuthor) => false,
            Err(other) => panic!("an honest change was refused: {other}"),
        }
    }

    /// The network is back: everybody gets everything, in an order of their own.
    fn everything_arrives(&mut self, orders: &[Vec<prop::sample::Index>; 3]) {
        for (who, order) in orders.iter().enumerate() {
            let mut waiting: Vec<usize> = (0..self.made.len()).collect();
            let mut draws = order.iter().cycle();
            let mut turned_away = 0;
            while !waiting.is_empty() {
                let at = draws.next().expect("a cycle").index(waiting.len());
                // Where the draws go round among those that can't be taken yet, the oldest always can.
                let at = if turned_away > 50 { 0 } else { at };
                if self.gets(who, waiting[at]) {
                    waiting.remove(at);
                    turned_away = 0;
                } else {
                    turned_away += 1;
                }
            }
        }
    }
}

fn draws() -> impl Strategy<Value = Vec<prop::sample::Index>> {
    proptest::collection::vec(any::<prop::sample::Index>(), 1..40)
}

proptest! {
    #[test]
    fn replicas_end_alike_and_no_value_disappears_unseen(
        deeds in proptest::collection::vec(deed(), 0..60),
        orders in [draws(), draws(), draws()],
    ) {
        let mut story = Story::new();
        deeds.iter().for_each(|deed| story.happens(deed));
        story.everything_arrives(&orders);

        let [ana, ben, cleo] = &story.runs;
        for other in [ben, cleo] {
            prop_assert_eq!(ana.heads(), other.heads());
            prop_assert_eq!(ana.standings(), other.standings());
            prop_assert_eq!(ana.answers_hash(), other.answers_hash());
            prop_assert_eq!(ana.history(), other.history());
        }
        let again = Run::load(RUN, &ana.save()).expect("it opens");
        prop_assert_eq!((again.standings(), again.history()), (ana.standings(), ana.history()));

        for (key, given) in &story.given {
            let expected: BTreeSet<CaptureId> = given.difference(&story.replaced).copied().collect();
            let stands: BTreeSet<CaptureId> = ana.standing(key).answers.iter().map(|a| a.intent).collect();
            prop_assert_eq!(&stands, &expected);
            prop_assert!(!stands.is_empty(), "an answered item lost every answer");
        }
        prop_assert_eq!(ana.history().len(), story.made.len());
        for line in ana.history() {
            prop_assert_eq!(line.stands, !story.replaced.contains(&line.answer.intent));
        }
    }

    #[test]
    fn what_is_left_after_a_refusal_is_closed_and_can_be_gone_on_from(
        deeds in proptest::collection::vec(deed(), 1..40),
        refused in any::<prop::sample::Index>(),
    ) {
        let mut story = Story::new();
        deeds.iter().for_each(|deed| story.happens(deed));
        prop_assume!(!story.made.is_empty());
        let (who, refused) = { let (who, made) = &story.made[refused.index(story.made.len())]; (*who, made.hash) };
        let run = &story.runs[who];
        let (rest, gone) = run.without(&BTreeSet::from([refused])).expect("rebuilt");
        prop_assert!(gone.contains(&refused));
        prop_assert_eq!(rest.change_count() + gone.len(), run.change_count());
        for line in run.history() {
            let built_on = run.is_ancestor(&refused, &Heads::new([line.change]));
            prop_assert_eq!(gone.contains(&line.change), built_on);
            prop_assert_eq!(rest.has(&line.change), !built_on);
        }
        prop_assert_eq!(run.heads_without(&run.heads(), &gone), rest.heads());
        for screen in &story.screens[who] {
            let seen = run.heads_without(screen, &gone);
            prop_assert!(seen.iter().all(|h| rest.has(&h) && run.is_ancestor(&h, screen)));
        }
    }
}
