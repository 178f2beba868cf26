//! A feed that grows, is filtered by rights that change, is set back and cut anywhere, against one device.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::{EntryHash, EntryType, Scope, SiteId};
use frontline_protocol::Tag;
use frontline_protocol::sync::Row;
use proptest::prelude::*;

use super::*;

const HARBOUR: Scope = Scope::Site(SiteId::from_bytes([1; 16]));

/// What a server does, as `protocol::sync` says it.
struct Server {
    incarnation: Incarnation,
    /// (type, content), number 1 first.
    feed: Vec<(EntryType, u64)>,
    granted: TypeSet,
    written: u64,
}

#[derive(Debug)]
struct Answered {
    allowed: TypeSet,
    incarnation: Incarnation,
    pages: Vec<Page>,
    disagrees: bool,
    more: bool,
}

impl Server {
    fn tag(&self, number: u64) -> Option<Tag> {
        let entries = self.feed.get(..number as usize)?;
        Some(entries.iter().enumerate().fold(Tag::default(), |tag, (i, (_, content))| {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&content.to_be_bytes());
            tag.then(i as u64 + 1, &EntryHash::from_bytes(hash))
        }))
    }
    fn mark(&self, number: u64) -> Mark {
        Mark { number, tag: self.tag(number).expect("a number of the feed") }
    }
    fn append(&mut self, one: u16) {
        self.written += 1;
        self.feed.push((EntryType(one), self.written));
    }
    fn page(&self, types: TypeSet, from: Mark, scan: usize) -> Page {
        let end = (from.number as usize + scan).min(self.feed.len());
        let numbered = self.feed[..end].iter().enumerate().skip(from.number as usize);
        let rows = numbered.filter(|(_, (one, _))| types.contains(*one)).map(|(i, (one, content))| {
            let bytes = [&one.0.to_be_bytes()[..], &content.to_be_bytes()[..]].concat().into();
            Row { number: i as u64 + 1, effective_ms: 0, bytes }
        });
        Page { scope: HARBOUR, types, from, to: self.mark(end as u64), rows: rows.collect(), mac: None, keys: None }
    }
    fn answer(&self, cursors: &[Cursor], scan: usize) -> Answered {
        let (mut pages, mut disagrees, mut more, mut covered) = (vec![], false, false, TypeSet::EMPTY);
        for cursor in cursors {
            covered = covered.union(cursor.types);
            let types = cursor.types.intersection(self.granted);
            if types.is_empty() {
                continue;
            }
            let agreed = std::iter::once(&cursor.at).chain(&cursor.older).find(|m| self.tag(m.number) == Some(m.tag));
            let Some(from) = agreed else {
                disagrees = true;
                continue;
            };
            let page = self.page(types, *from, scan);
            more |= page.to.number < self.feed.len() as u64;
            // Nothing new: no page, unless the place is another one.
            if page.from != page.to || page.from != cursor.at {
                pages.push(page);
            }
        }
        let added = self.granted.minus(covered);
        if !added.is_empty() {
            let page = self.page(added, Mark::START, scan);
            more |= page.to.number < self.feed.len() as u64;
            pages.push(page);
        }
        Answered { allowed: self.granted, incarnation: self.incarnation, pages, disagrees, more }
    }
}

#[derive(Default)]
struct Device {
    places: Places,
    /// What counts: number to (type, content).
    counted: BTreeMap<u64, (u16, u64)>,
    older: bool,
}

impl Device {
    fn cursors(&self) -> Vec<Cursor> {
        let cursor = |p: &Place| Cursor {
            scope: HARBOUR,
            types: p.types,
            incarnation: p.incarnation,
            at: p.at,
            older: if self.older { p.older.clone() } else { vec![] },
        };
        self.places.0.iter().map(cursor).collect()
    }
    fn rights(&mut self, answered: &Answered) {
        self.places.narrow(answered.allowed);
        self.counted.retain(|_, (one, _)| answered.allowed.contains(EntryType(*one)));
    }
    fn apply(&mut self, page: &Page, asked: &[Cursor], answered: &Answered) {
        let moved = self.places.take(page, asked, answered.allowed, answered.incarnation);
        if let Moved::Back { to, .. } = moved {
            self.counted.retain(|n, (one, _)| *n <= to.number || !page.types.contains(EntryType(*one)));
        }
        if moved != Moved::Stale {
            for row in &page.rows {
                let (one, content) = row.bytes.split_at(2);
                let read = (u16::from_be_bytes(one.try_into().unwrap()), u64::from_be_bytes(content.try_into().unwrap()));
                self.counted.insert(row.number, read);
            }
        }
    }
    /// One exchange; `cut`: only so many pages arrive and nothing after them.
    fn sync(&mut self, server: &Server, scan: usize, cut: Option<usize>, twice: bool) -> bool {
        let asked = self.cursors();
        let answered = server.answer(&asked, scan);
        self.rights(&answered);
        for page in answered.pages.iter().take(cut.unwrap_or(usize::MAX)) {
            self.apply(page, &asked, &answered);
            if twice {
                let before = (self.places.clone(), self.counted.clone());
                self.apply(page, &asked, &answered);
                assert_eq!(before, (self.places.clone(), self.counted.clone()), "a page applied twice");
            }
        }
        if cut.is_some() {
            return true;
        }
        self.places.join();
        self.older = answered.disagrees;
        answered.more || answered.disagrees
    }
}

#[derive(Debug, Clone)]
enum Happens {
    Writes(Vec<u16>),
    Grants(Vec<u16>),
    Syncs { scan: usize, cut: Option<usize>, twice: bool },
    SetBack { by: usize, incarnation: bool },
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        3 => prop::collection::vec(0u16..5, 1..12).prop_map(Happens::Writes),
        2 => prop::collection::vec(0u16..5, 0..5).prop_map(Happens::Grants),
        4 => (1usize..20, prop::option::of(0usize..3), any::<bool>())
            .prop_map(|(scan, cut, twice)| Happens::Syncs { scan, cut, twice }),
        1 => (0usize..30, any::<bool>()).prop_map(|(by, incarnation)| Happens::SetBack { by, incarnation }),
    ]
}

fn set(types: &[u16]) -> TypeSet {
    types.iter().map(|t| EntryType(*t)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_cut_granted_or_set_back_a_device_ends_with_exactly_what_it_may_read(story in prop::collection::vec(happens(), 1..40)) {
        let mut server = Server { incarnation: Incarnation(1), feed: vec![], granted: set(&[0, 1]), written: 0 };
        let mut device = Device::default();
        for one in story {
            match one {
                Happens::Writes(types) => types.into_iter().for_each(|t| server.append(t)),
                Happens::Grants(types) => server.granted = set(&types),
                Happens::Syncs { scan, cut, twice } => { device.sync(&server, scan, cut, twice); }
                Happens::SetBack { by, incarnation } => {
                    let left = server.feed.len().saturating_sub(by);
                    server.feed.truncate(left);
                    if incarnation {
                        server.incarnation = Incarnation(server.incarnation.0 + 1);
                    }
                }
            }
        }
        // Something is always written after a store was set back, or a shorter feed of the same content
        // would be right in front of a longer one.
        server.append(0);
        let mut rounds = 0;
        while device.sync(&server, 7, None, true) {
            rounds += 1;
            prop_assert!(rounds < 500, "it never ends");
        }
        let expected: BTreeMap<u64, (u16, u64)> = server.feed.iter().enumerate()
            .filter(|(_, (one, _))| server.granted.contains(*one))
            .map(|(i, (one, content))| (i as u64 + 1, (one.0, *content)))
            .collect();
        prop_assert_eq!(device.counted, expected);
        prop_assert_eq!(device.places.0.len(), usize::from(!server.granted.is_empty()), "cursors that met are one");
        let shared: BTreeSet<_> = device.places.0.iter().map(|p| p.types).collect();
        prop_assert!(shared.iter().all(|t| *t == server.granted));
    }
}

fn row(server: &Server, cursors: &[Cursor]) -> Answered {
    server.answer(cursors, 1_000)
}

#[test]
fn a_right_granted_later_brings_what_came_before_it_and_the_two_cursors_become_one() {
    let mut server = Server { incarnation: Incarnation(1), feed: vec![], granted: set(&[1]), written: 0 };
    (0..10).for_each(|i| server.append(i % 3));
    let mut device = Device::default();
    assert!(!device.sync(&server, 100, None, false));
    assert_eq!(device.counted.len(), 3);
    server.granted = set(&[1, 2]);
    server.append(1);
    let asked = device.cursors();
    let answered = row(&server, &asked);
    assert_eq!(answered.pages.iter().map(|p| p.from.number).collect::<Vec<_>>(), [10, 0]);
    device.sync(&server, 100, None, false);
    assert_eq!(device.counted.len(), 7);
    assert_eq!(device.places.0.len(), 1);
}

#[test]
fn a_page_of_an_older_question_is_left_alone() {
    let mut server = Server { incarnation: Incarnation(1), feed: vec![], granted: set(&[1]), written: 0 };
    server.append(1);
    let mut device = Device::default();
    device.sync(&server, 100, None, false);
    let asked = device.cursors();
    server.append(1);
    let old = row(&server, &asked);
    device.sync(&server, 100, None, false);
    server.append(1);
    device.sync(&server, 100, None, false);
    let mut places = device.places.clone();
    assert_eq!(places.take(&old.pages[0], &asked, old.allowed, old.incarnation), Moved::Stale);
    assert_eq!(places, device.places);
}

#[test]
fn a_page_without_rows_moves_a_cursor_within_its_place_and_one_that_ends_before_it_begins_is_none() {
    let mark = |number| Mark { number, tag: Tag::from_bytes([number as u8; 16]) };
    let place = Place { types: set(&[1]), incarnation: Incarnation(1), at: mark(5), older: vec![mark(2), Mark::START] };
    let places = Places(vec![place]);
    let asked = [Cursor { scope: HARBOUR, types: set(&[1]), incarnation: Incarnation(1), at: mark(5), older: vec![] }];
    let page = |from, to| Page { scope: HARBOUR, types: set(&[1]), from, to, rows: vec![], mac: None, keys: None };
    // Another life of the server stands at the same place, and says so.
    let mut met = places.clone();
    assert_eq!(met.take(&page(mark(5), mark(5)), &asked, set(&[1]), Incarnation(2)), Moved::On { was: Incarnation(1) });
    assert_eq!((met.0[0].incarnation, met.0[0].at), (Incarnation(2), mark(5)));
    assert_eq!(met.0[0].older, [mark(2), Mark::START], "where it stands is no older place");
    for (from, to) in [(mark(5), mark(4)), (mark(6), mark(7))] {
        let mut same = places.clone();
        assert_eq!(same.take(&page(from, to), &asked, set(&[1]), Incarnation(2)), Moved::Stale, "{from:?} {to:?}");
        assert_eq!(same, places);
    }
    let mut back = places.clone();
    let to = Moved::Back { was: Incarnation(1), to: mark(2) };
    assert_eq!(back.take(&page(mark(2), mark(3)), &asked, set(&[1]), Incarnation(2)), to);
    assert_eq!(back.0[0].older, [mark(2), Mark::START]);
}
