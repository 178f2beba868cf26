//! One of the five, with a document of their own, and what they do with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use frontline_domain::document::{
    Answer, AnswerKey, Author, Covers, Decided, Heads, Offered, Refusal, Run, RunState, Seal, Signature, base_actor, filled,
};
use frontline_domain::form::response::Around;
use frontline_domain::form::{Plan, Value};
use frontline_domain::permission::Role;
use frontline_domain::release::Signers;
use frontline_domain::{BlobHash, CaptureId, DeviceId, DocId, Epoch, PersonId, Random};

use super::book::Book;
use super::figures::Figures;
use super::form;
use crate::time::Seeded;

/// What travels: a change of the document, or something that was said about the run.
#[derive(Debug, Clone)]
pub enum Work {
    Change(Vec<u8>),
    Said(Seal),
}

/// One piece of work of somebody's, by its number among theirs.
#[derive(Debug, Clone)]
pub struct Entry {
    pub by: usize,
    pub number: u64,
    pub work: Work,
}

/// Somebody with a phone.
pub struct Person {
    pub place: usize,
    pub run: Run,
    /// What nobody has acknowledged yet.
    pub unsent: Vec<Entry>,
    /// Up to which number of the feed everything is here.
    pub cursor: u64,
    /// What was said about the run, by its number; what was said here and has none yet.
    pub said: BTreeMap<u64, Seal>,
    /// Changes that came before what they build on.
    waiting: Vec<Entry>,
    /// States that screens still show.
    screens: Vec<Heads>,
    made: u64,
    /// Until this step they are without a network.
    pub off_until: u64,
}

/// What everybody has in common.
pub struct Table<'a> {
    pub id: DocId,
    pub plan: &'a Arc<Plan>,
    pub signers: &'a Signers,
    pub chance: &'a Seeded,
    pub book: Book,
    pub figures: Figures,
    pub problems: Vec<String>,
    /// Moves with each step.
    pub now_ms: i64,
}

impl Table<'_> {
    pub fn author(&self, of: usize) -> Author<'_> {
        Author { person: person(of), device: device(of), epoch: Epoch(1), rebuild: 0, form: self.plan.form() }
    }
    pub fn problem(&mut self, text: String) {
        if self.problems.len() < 8 {
            self.problems.push(text);
        }
    }
    fn any(&self, n: usize) -> usize {
        usize::try_from(self.chance.below(n.max(1) as u64)).unwrap_or(0)
    }
}

fn byte(n: usize) -> u8 {
    u8::try_from(n + 1).unwrap_or(u8::MAX)
}
fn person(n: usize) -> PersonId {
    PersonId::from_bytes([byte(n); 16])
}
fn device(n: usize) -> DeviceId {
    DeviceId::from_bytes([byte(n) + 100; 16])
}

/// The site's manager, two shift leads, two others.
fn role(n: usize) -> Role {
    match n {
        0 => Role::Manager,
        1 | 2 => Role::Supervisor,
        _ => Role::Staff,
    }
}

/// How far a run is that two sign.
pub fn state(seals: &[Seal], run: &Run, plan: &Plan, signers: &Signers) -> Decided {
    RunState::of(seals, signers, &Covers::of(run, plan.form(), signers))
}

impl Person {
    pub fn new(place: usize, id: DocId) -> Self {
        Self {
            place,
            run: Run::new(id),
            unsent: Vec::new(),
            cursor: 0,
            said: BTreeMap::new(),
            waiting: Vec::new(),
            screens: Vec::new(),
            made: 0,
            off_until: 0,
        }
    }

    /// How the run stands here: what was said elsewhere and here, in the order of the feed, the newest own last.
    fn decided(&self, table: &Table<'_>) -> Decided {
        state(&self.seals(), &self.run, table.plan, table.signers)
    }
    fn seals(&self) -> Vec<Seal> {
        let own = self.unsent.iter().filter_map(|e| if let Work::Said(seal) = e.work { Some(seal) } else { None });
        self.said.values().copied().chain(own).collect()
    }
    /// Whether they may answer this item now: nobody they know of signed for it, and where a signer is asked, they are one
    /// and it was handed in. Worked out here on its own, beside the phone's rule: a signature locks what is asked of its
    /// place and of those before it, until the run is given back.
    fn may_answer(&self, table: &mut Table<'_>, item: &str) -> bool {
        let asked = form::asked_of(item);
        let seals = self.seals();
        let since = seals.iter().rposition(|s| *s == Seal::Returned).map_or(0, |at| at + 1);
        let place = |of: Role| usize::from(of == Role::Manager);
        let signed =
            |s: &Seal| matches!(s, Seal::SignedOff(s) if asked.is_none_or(|of| s.role.is_some_and(|role| place(role) >= place(of))));
        if seals[since..].iter().any(signed) {
            table.figures.locked += 1;
            return false;
        }
        let Some(of) = asked else { return true };
        let is_asked = role(self.place) >= of && self.decided(table).state != RunState::Open;
        *(if is_asked { &mut table.figures.of_signers } else { &mut table.figures.not_asked }) += 1;
        is_asked
    }

    /// One thing that somebody does at their phone.
    pub fn does_something(&mut self, table: &mut Table<'_>) {
        if table.chance.chance(12) {
            self.screens.push(self.run.heads());
            if self.screens.len() > 4 {
                self.screens.remove(0);
            }
        }
        let draw = table.chance.below(100);
        if draw >= 84 {
            return self.says_something(draw, table);
        }
        match draw {
            0..54 => self.answers(table, false),
            54..62 => self.answers(table, true),
            62..72 => self.adds_photo(table),
            72..77 => self.takes_photo_back(table),
            _ => self.settles(table),
        }
    }

    fn answers(&mut self, table: &mut Table<'_>, back: bool) {
        let items: Vec<_> =
            table.plan.form().sections.iter().flat_map(|s| s.items.iter().map(move |i| (s.repeat.unwrap_or(1), i))).collect();
        // A dozen of them are everybody's favourites: else hardly any two would meet.
        let (mut repeat, mut item) = items[if table.chance.chance(60) { table.any(12) * 3 } else { table.any(items.len()) }];
        // What they are not asked they seldom try.
        if form::asked_of(item.slug.as_str()).is_some_and(|of| role(self.place) < of) && table.chance.chance(85) {
            (repeat, item) = items[table.any(10)];
        }
        let instance = u16::try_from(table.any(usize::from(repeat))).unwrap_or(0);
        if !self.may_answer(table, item.slug.as_str()) {
            return;
        }
        let key = AnswerKey::of(item.slug.clone(), instance);
        let value = if back { Ok(Value::nothing()) } else { item.read(form::raw(item.slug.as_str(), table.chance.below(1_000))) };
        match value {
            Ok(value) => {
                table.figures.taken_back += u64::from(back);
                table.figures.repeats += u64::from(instance > 0);
                let old =
                    (!self.screens.is_empty() && table.chance.chance(20)).then(|| self.screens[table.any(self.screens.len())].clone());
                table.figures.on_old_screens += u64::from(old.is_some());
                let seen = old.unwrap_or_else(|| self.run.heads());
                self.puts(table, key, value, false, seen);
            }
            Err(problem) => table.problem(format!("{} takes no such answer: {problem}", item.slug)),
        }
    }

    fn adds_photo(&mut self, table: &mut Table<'_>) {
        let with: Vec<_> = table.plan.form().sections.iter().flat_map(|s| &s.items).filter(|i| i.evidence.is_some()).collect();
        let (item, mut photo) = (with[table.any(with.len())], [0; 32]);
        table.chance.fill(&mut photo);
        if !self.may_answer(table, item.slug.as_str()) {
            return;
        }
        let key = AnswerKey { evidence: Some(self.next_edit()), ..AnswerKey::of(item.slug.clone(), 0) };
        let seen = self.run.heads();
        let is_note = item.takes_note() && table.chance.chance(50);
        let (many, value) = match is_note {
            true => (&mut table.figures.notes, Value::Text("the hinge is loose".to_owned())),
            false => (&mut table.figures.photos, Value::Photos(vec![BlobHash::from_bytes(photo)])),
        };
        *many += 1;
        self.puts(table, key, value, false, seen);
    }

    fn takes_photo_back(&mut self, table: &mut Table<'_>) {
        let there = self.run.evidence();
        if !there.is_empty() {
            let (one, seen) = (&there[table.any(there.len())], self.run.heads());
            let (key, nothing) = (one.key.clone(), if one.is_note() { Value::nothing() } else { Value::Photos(Vec::new()) });
            if !self.may_answer(table, key.item.as_str()) {
                return;
            }
            self.puts(table, key, nothing, false, seen);
        }
    }

    fn settles(&mut self, table: &mut Table<'_>) {
        let clashes: Vec<_> = self.run.standings().into_iter().filter(|s| s.is_clash()).collect();
        if clashes.is_empty() {
            return self.answers(table, false);
        }
        let one = &clashes[table.any(clashes.len())];
        if !self.may_answer(table, one.key.item.as_str()) {
            return;
        }
        let value = one.answers[table.any(one.answers.len())].value.clone();
        let seen = self.run.heads();
        table.figures.settled += 1;
        self.puts(table, one.key.clone(), value, true, seen);
    }

    fn next_edit(&self) -> CaptureId {
        let mut id = [byte(self.place); 16];
        id[8..].copy_from_slice(&self.made.to_be_bytes());
        CaptureId::from_bytes(id)
    }

    fn puts(&mut self, table: &mut Table<'_>, key: AnswerKey, value: Value, settles: bool, seen: Heads) {
        let answer = Answer { value, by: person(self.place), at_ms: table.now_ms, intent: self.next_edit(), settles, measured: false };
        let there = if key.evidence.is_some() { vec![self.run.standing(&key)] } else { self.run.standings_at(&seen) };
        let replaced: BTreeSet<CaptureId> =
            there.iter().filter(|s| s.key == key).flat_map(|s| s.answers.iter().map(|a| a.intent)).collect();
        let actor = base_actor(table.id, device(self.place), Epoch(1), 0);
        match self.run.answer(actor, &seen, &key, &answer) {
            Ok(made) => {
                table.figures.edits += 1;
                table.book.add(key, answer, replaced);
                self.sends(Work::Change(made.change));
            }
            Err(why) => table.problem(format!("{}'s own answer was refused: {why}", self.place)),
        }
    }

    fn sends(&mut self, work: Work) {
        self.unsent.push(Entry { by: self.place, number: self.made, work });
        self.made += 1;
    }

    /// Hands in, signs off or gives back, where one would be let: the first three of the five sign, each once.
    fn says_something(&mut self, draw: u64, table: &mut Table<'_>) {
        let (decided, mine) = (self.decided(table), role(self.place));
        let covers = Covers::of(&self.run, table.plan.form(), table.signers);
        let (state, seals, me) = (decided.state, self.seals(), person(self.place));
        let holds = |at: &usize| matches!(seals.get(*at), Some(Seal::SignedOff(s)) if s.by == me);
        let has_signed = decided.signed.iter().flatten().any(holds);
        // The highest place that is waited for and theirs to sign.
        let places = table.signers.roles().iter().zip(&decided.signed).enumerate().rev();
        let next = places.filter(|(_, (of, by))| **of <= mine && by.is_none()).map(|(place, (of, _))| (place, *of)).next();
        let seal = match (draw, next) {
            (84..89, _) if state == RunState::Open => Seal::Submitted(covers.handed_in()),
            (89..98, Some((place, of))) if !has_signed && matches!(state, RunState::Submitted | RunState::Lapsed) => {
                Seal::SignedOff(Signature { answers: covers.signed(place), by: me, role: Some(of) })
            }
            (98.., _) if mine >= Role::Supervisor && state != RunState::Open => Seal::Returned,
            _ => return,
        };
        match seal {
            Seal::Submitted(_) => table.figures.submitted += 1,
            Seal::SignedOff(_) => table.figures.signed_off += 1,
            Seal::Returned => table.figures.returned += 1,
        }
        self.sends(Work::Said(seal));
    }

    /// A stretch of the feed came, first number first. What lies behind a gap is taken in, and read again later.
    pub fn hears(&mut self, table: &mut Table<'_>, from: u64, entries: &[Entry]) {
        for (number, entry) in (from..).zip(entries) {
            self.unsent.retain(|own| (own.by, own.number) != (entry.by, entry.number));
            match &entry.work {
                Work::Said(seal) => drop(self.said.insert(number, *seal)),
                Work::Change(_) => self.waiting.push(entry.clone()),
            }
        }
        if from <= self.cursor + 1 {
            self.cursor = self.cursor.max(from + entries.len() as u64 - 1);
        }
        let waiting = std::mem::take(&mut self.waiting);
        let offered: Vec<Offered<'_>> = waiting
            .iter()
            .filter_map(|e| if let Work::Change(change) = &e.work { Some(Offered { change, author: table.author(e.by) }) } else { None })
            .collect();
        let fates = self.run.take_in(&offered);
        let mut wrong = Vec::new();
        self.waiting = waiting
            .iter()
            .zip(fates)
            .filter_map(|(entry, fate)| match fate {
                Ok(()) => None,
                Err(Refusal::Missing(_) | Refusal::EarlierByAuthor) => Some(entry.clone()),
                Err(why) => {
                    wrong.push(format!("{} refused what {} did: {why}", self.place, entry.by));
                    None
                }
            })
            .collect();
        wrong.into_iter().for_each(|text| table.problem(text));
    }

    /// What is left that waits.
    pub fn waits(&self) -> usize {
        self.waiting.len()
    }
}

/// Whether what is not there counts for nothing, and is kept: by each place of the form on its own, beside the form's own
/// figures.
pub fn hidden(who: &str, table: &mut Table<'_>, run: &Run) {
    let plan = table.plan;
    let mut around = Around::at(table.now_ms, "UTC");
    around.asked = table.signers.roles().to_vec();
    let response = filled(plan, around, run);
    let standings: BTreeMap<AnswerKey, bool> = run.standings().into_iter().map(|s| (s.key.clone(), s.is_answered())).collect();
    let (mut possible, mut points, mut wrong) = (0_u64, 0_u64, Vec::new());
    for at in response.all() {
        let (Some(slot), Some(item)) = (response.slot(at), plan.item(at.item)) else { continue };
        let key = AnswerKey::of(item.slug.clone(), at.instance);
        let gate = form::gate_of(item.slug.as_str()).and_then(|name| Some(AnswerKey::of(name.parse().ok()?, at.instance)));
        let shut = gate.map(|gate| run.standing(&gate)).is_some_and(|gate| gate.value() == Some(&Value::Bool(false)));
        if shut && slot.visible {
            wrong.push(format!("{who}: {} is there although its gate is shut", key.register()));
        }
        if !slot.visible {
            table.figures.hidden += u64::from(standings.get(&key).copied().unwrap_or(false));
            continue;
        }
        if item.scores() && !slot.given.is_na() {
            possible += u64::from(item.weight);
            let value = slot.given.value().filter(|value| !value.is_empty());
            points += u64::from(value.and_then(|value| item.worth(value, item.weight)).unwrap_or(0));
        }
    }
    let score = response.score();
    if (score.points, score.possible) != (points, possible) {
        wrong.push(format!("{who}: {} of {} points are told, and there are {points} of {possible}", score.points, score.possible));
    }
    wrong.into_iter().for_each(|text| table.problem(text));
}
