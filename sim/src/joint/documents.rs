//! One run, five people, real documents and the judge's own questions of every change ([`Run::check`]); between them and the
//! server a network that loses, doubles, delays and reorders messages and parts people for a while. No store and no
//! HTTP: those are in [`super::cores`].

use std::collections::BTreeSet;
use std::sync::Arc;

use frontline_domain::document::{Decided, Refusal, Run, RunState, Seal};
use frontline_domain::form::Plan;
use frontline_domain::release::Signers;
use frontline_domain::{DocId, Random, cbor};

use super::Lived;
use super::book::Book;
use super::figures::Figures;
use super::people::{Entry, Person, Table, Work, hidden, state};
use crate::time::Seeded;

const PEOPLE: usize = 5;
const STEPS: u64 = 260;

/// The server: a run, a feed, and what waits.
struct Server {
    run: Run,
    feed: Vec<Entry>,
    known: BTreeSet<(usize, u64)>,
    held: Vec<Entry>,
}

/// What is under way.
#[derive(Clone)]
enum Message {
    Up(Vec<Entry>),
    /// To somebody: entries of the feed from this number on.
    Down(usize, u64, Vec<Entry>),
}

impl Server {
    fn hears(&mut self, entries: &[Entry], table: &mut Table<'_>) {
        for entry in entries {
            if self.known.insert((entry.by, entry.number)) {
                self.held.push(entry.clone());
            }
        }
        loop {
            let before = self.held.len();
            for entry in std::mem::take(&mut self.held) {
                self.judges(entry, table);
            }
            if self.held.is_empty() || self.held.len() == before {
                return;
            }
        }
    }

    fn judges(&mut self, entry: Entry, table: &mut Table<'_>) {
        let Work::Change(change) = &entry.work else { return self.feed.push(entry) };
        match self.run.check(change, &table.author(entry.by)) {
            Ok(checked) => match self.run.apply(checked) {
                Ok(()) => self.feed.push(entry),
                Err(why) => table.problem(format!("the server could not apply what {} did: {why}", entry.by)),
            },
            Err(Refusal::Missing(_) | Refusal::EarlierByAuthor) => {
                table.figures.waited += 1;
                self.held.push(entry);
            }
            Err(why) => table.problem(format!("the server refused what {} did: {why}", entry.by)),
        }
    }

    fn page(&self, from: u64, most: usize) -> Vec<Entry> {
        self.feed.iter().skip(usize::try_from(from).unwrap_or(usize::MAX)).take(most).cloned().collect()
    }
}

/// Lives one seed.
pub fn live(plan: &Arc<Plan>, signers: &Signers, seed: u64) -> Lived {
    let chance = Seeded::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6a6f_696e_7400);
    let mut id = [0; 16];
    chance.fill(&mut id);
    let id = DocId::from_bytes(id);
    let (book, figures) = (Book::default(), Figures::default());
    let mut table = Table { id, plan, signers, chance: &chance, book, figures, problems: Vec::new(), now_ms: 1_772_431_200_000 };
    let mut people: Vec<Person> = (0..PEOPLE).map(|n| Person::new(n, id)).collect();
    let mut server = Server { run: Run::new(id), feed: Vec::new(), known: BTreeSet::new(), held: Vec::new() };
    let mut under_way: Vec<Message> = Vec::new();
    for step in 0..STEPS {
        table.now_ms += 1_000;
        table.figures.alone += people.iter().filter(|one| one.off_until > step).count() as u64;
        let who = usize::try_from(chance.below(PEOPLE as u64)).unwrap_or(0);
        match chance.below(100) {
            0..55 => people[who].does_something(&mut table),
            55..70 => sends(&people[who], step, &mut under_way, &mut table),
            70..78 => asks(&people[who], &server, step, &mut under_way, &mut table),
            78..96 => arrives(&mut people, &mut server, step, &mut under_way, &mut table),
            _ => parts(&mut people, step, &chance),
        }
    }
    rests(&mut people, &mut server, under_way, &mut table);
    looks(&people, &server, &mut table);
    Lived { seed, figures: table.figures, problems: table.problems }
}

/// Some of them are alone for a while, each or together: one of them for most of the story, now and then.
fn parts(people: &mut [Person], step: u64, chance: &Seeded) {
    for one in people {
        if chance.chance(35) {
            one.off_until = step + if chance.chance(10) { 200 } else { 5 + chance.below(40) };
        }
    }
}

/// A message is put on its way: lost, once, twice, or in two pieces of which the second may come first.
fn goes(message: Message, under_way: &mut Vec<Message>, table: &mut Table<'_>) {
    table.figures.messages += 1;
    match table.chance.below(10) {
        0 => table.figures.lost += 1,
        1 | 2 => {
            table.figures.twice += 1;
            under_way.extend([message.clone(), message]);
        }
        3 => match message {
            Message::Up(mut entries) if entries.len() > 1 => {
                let rest = entries.split_off(entries.len() / 2);
                under_way.extend([Message::Up(rest), Message::Up(entries)]);
            }
            other => under_way.push(other),
        },
        _ => under_way.push(message),
    }
}

fn sends(who: &Person, step: u64, under_way: &mut Vec<Message>, table: &mut Table<'_>) {
    if who.off_until <= step && !who.unsent.is_empty() {
        let most = 1 + usize::try_from(table.chance.below(12)).unwrap_or(0);
        goes(Message::Up(who.unsent.iter().take(most).cloned().collect()), under_way, table);
    }
}

/// The page is made now and arrives whenever it does.
fn asks(who: &Person, server: &Server, step: u64, under_way: &mut Vec<Message>, table: &mut Table<'_>) {
    if who.off_until <= step {
        // Now and then from further on: a page behind a gap.
        let from = who.cursor + if table.chance.chance(15) { table.chance.below(6) } else { 0 };
        let page = server.page(from, 1 + usize::try_from(table.chance.below(40)).unwrap_or(0));
        if !page.is_empty() {
            goes(Message::Down(who.place, from + 1, page), under_way, table);
        }
    }
}

fn arrives(people: &mut [Person], server: &mut Server, step: u64, under_way: &mut Vec<Message>, table: &mut Table<'_>) {
    if under_way.is_empty() {
        return;
    }
    let which = usize::try_from(table.chance.below(under_way.len() as u64)).unwrap_or(0);
    table.figures.late += u64::from(which > 0);
    match under_way.remove(which) {
        Message::Up(entries) => server.hears(&entries, table),
        Message::Down(to, from, entries) if people[to].off_until <= step => people[to].hears(table, from, &entries),
        Message::Down(..) => table.figures.lost += 1,
    }
}

/// The network is whole, and everything arrives.
fn rests(people: &mut [Person], server: &mut Server, under_way: Vec<Message>, table: &mut Table<'_>) {
    for message in under_way {
        match message {
            Message::Up(entries) => server.hears(&entries, table),
            Message::Down(to, from, entries) => people[to].hears(table, from, &entries),
        }
    }
    for one in people.iter() {
        server.hears(&one.unsent, table);
    }
    for one in people.iter_mut() {
        let rest = server.page(one.cursor, usize::MAX);
        one.hears(table, one.cursor + 1, &rest);
    }
}

/// A run's state as bytes: what stands, what stood, who said it when, what was said about the whole.
fn bytes(run: &Run, seals: &[Seal], table: &Table<'_>) -> Vec<u8> {
    let rows = |all: Vec<frontline_domain::document::Standing>| all.into_iter().map(|s| (s.key, s.answers)).collect::<Vec<_>>();
    let history: Vec<_> = run.history().into_iter().map(|line| (line.change.to_vec(), line.key, line.answer, line.stands)).collect();
    let Decided { state, by, signed } = state(seals, run, table.plan, table.signers);
    cbor::encode(&(rows(run.standings()), rows(run.evidence()), history, run.heads(), (state.name(), by, signed), run.answers_hash()))
}

fn looks(people: &[Person], server: &Server, table: &mut Table<'_>) {
    if !server.held.is_empty() {
        table.problem(format!("at the server {} changes still wait", server.held.len()));
    }
    let said: Vec<Seal> = server.feed.iter().filter_map(|e| if let Work::Said(seal) = e.work { Some(seal) } else { None }).collect();
    let truth = bytes(&server.run, &said, table);
    let mut found = table.book.differences("the server", &server.run);
    for one in people {
        let name = format!("phone {}", one.place);
        if !one.unsent.is_empty() || one.waits() > 0 {
            found.push(format!("{name}: {} unsent and {} waiting at the end", one.unsent.len(), one.waits()));
        }
        let seals: Vec<Seal> = one.said.values().copied().collect();
        if bytes(&one.run, &seals, table) != truth {
            found.push(format!("{name}: its state is not the server's, byte by byte"));
        }
        // As it lies on the disk, and read from there.
        match Run::load(table.id, &one.run.save()) {
            Ok(read) if bytes(&read, &seals, table) == truth => {}
            Ok(_) => found.push(format!("{name}: what it saved reads otherwise")),
            Err(why) => found.push(format!("{name}: what it saved does not read: {why}")),
        }
        found.extend(table.book.differences(&name, &one.run));
    }
    found.into_iter().for_each(|text| table.problem(text));
    hidden("the server", table, &server.run);
    for one in server.run.standings().iter().filter(|s| s.is_clash()) {
        table.figures.clashes += 1;
        table.figures.clash_values += one.answers.len() as u64;
    }
    let state = state(&said, &server.run, table.plan, table.signers).state;
    table.figures.lapsed += u64::from(state == RunState::Lapsed);
    table.figures.signed_by_all += u64::from(state == RunState::SignedOff);
}
