//! What somebody began to write and has not captured: a comment, a note, an answer in words. Kept at every pause
//! of the typing, so that a kill takes nothing; handed in by the capture that it becomes, in its transaction.
//!
//! A draft is about what it will become: `feedback/TOUCHPOINT`, `contact/new`, `contact/ID`, `answer/RUN/ITEM`,
//! `return/RUN`, `question/ATTEMPT/ITEM`. It is sealed under a key of its person's own, which their PIN opens:
//! nobody else who shares the device reads it, not even with the store's key. Drafts are never sent.

use frontline_domain::{PersonId, cbor};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

use crate::capture::Pen;
use crate::core::{Core, Inner};
use crate::error::{Error, Fault, Lock};
use crate::people;
use crate::people::session::PersonKey;
use crate::store::drafts::{self, DraftRow};
use crate::store::{Db, Tx};

/// Bytes of a draft at most.
pub const MAX_TEXT: usize = 16_384;
/// Drafts of one person at most.
pub const MAX_COUNT: u64 = 200;
/// Bytes of what one is about at most.
const MAX_ABOUT: usize = 200;
const KINDS: &[&str] = &["feedback", "contact", "answer", "return", "question", "action"];

/// What was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub about: String,
    pub text: String,
    /// When it was kept last, by the best estimate of server time, ms.
    pub at_ms: i64,
}

/// The drafts of whoever writes now.
pub struct Drafts<'a>(&'a Inner);

impl Core {
    /// What was begun and not captured.
    pub fn drafts(&self) -> Drafts<'_> {
        Drafts(&self.inner)
    }
}

impl Drafts<'_> {
    /// Keeps what was typed so far; an empty text takes the draft away.
    pub fn keep(&self, about: &str, text: &str) -> Result<(), Error> {
        check(about)?;
        if text.len() > MAX_TEXT {
            return Err(Fault::invalid("text", "length", format!("a draft has at most {MAX_TEXT} bytes; this has {}", text.len())).into());
        }
        self.0.write(crate::observe::Origin::Local, |tx, _| {
            let me = people::current(tx)?.person;
            let key = match self.0.draft_key(tx, me)? {
                Some(key) => key,
                None => {
                    let key = self.0.new_key();
                    drafts::put_open_key(tx, me, &key)?;
                    key
                }
            };
            let one = id(&key, about);
            if text.is_empty() {
                drafts::clear(tx, me, &one)?;
                return Ok(());
            }
            if drafts::get(tx, me, &one)?.is_none() && drafts::count(tx, me)? >= MAX_COUNT {
                return Err(Fault::invalid(
                    "about",
                    "limit",
                    format!("there are {MAX_COUNT} drafts already; capture or drop some of them"),
                ));
            }
            let begun = Begun { about: about.to_owned(), text: text.to_owned(), at_ms: self.0.now(tx)?.server_estimate() };
            Ok(drafts::put(tx, &seal(self.0, me, &key, &begun))?)
        })
    }

    /// What was begun about something.
    pub fn get(&self, about: &str) -> Result<Begun, Error> {
        check(about)?;
        self.0.show(|db| {
            let me = people::current(db)?.person;
            let missing = || Fault::not_found("draft about this");
            let key = self.0.draft_key(db, me)?.ok_or_else(missing)?;
            let row = drafts::get(db, me, &id(&key, about))?;
            row.and_then(|row| open(&key, &row)).ok_or_else(missing)
        })
    }

    /// Everything that was begun, the latest first.
    pub fn list(&self) -> Result<Vec<Begun>, Error> {
        self.0.show(|db| {
            let me = people::current(db)?.person;
            let Some(key) = self.0.draft_key(db, me)? else { return Ok(Vec::new()) };
            let mut all: Vec<Begun> = drafts::of(db, me)?.iter().filter_map(|row| open(&key, row)).collect();
            all.sort_by(|a, b| (b.at_ms, &a.about).cmp(&(a.at_ms, &b.about)));
            Ok(all)
        })
    }

    /// Takes a draft away.
    pub fn drop(&self, about: &str) -> Result<(), Error> {
        self.keep(about, "")
    }
}

impl Pen<'_> {
    /// What was begun about this is captured now.
    pub(crate) fn hand_in(&self, about: &str) -> Result<(), Fault> {
        // Or nobody could have begun it.
        debug_assert!(check(about).is_ok(), "{about}");
        if let Some(key) = self.inner.draft_key(self.tx, self.me.person)? {
            drafts::clear(self.tx, self.me.person, &id(&key, about))?;
        }
        Ok(())
    }
}

impl Inner {
    /// The key of this person's drafts; none where there are none yet. Behind a PIN it is in memory alone.
    fn draft_key(&self, db: &Db<'_>, person: PersonId) -> Result<Option<PersonKey>, Fault> {
        if let Some(key) = self.session.key_of(person) {
            return Ok(Some(key));
        }
        if self.store.has_pin(person)? {
            return Err(Fault::Locked(Lock::Pin));
        }
        Ok(drafts::open_key(db, person)?)
    }
}

/// At the first time that somebody's PIN opens their key: what they began before they had one is put under it, and
/// the key that lay open goes. What neither key opens was begun behind a PIN that was forgotten.
pub(crate) fn adopt(inner: &Inner, tx: &Tx<'_>, person: PersonId, key: &PersonKey) -> Result<(), Fault> {
    let before = drafts::open_key(tx, person)?;
    for row in drafts::of(tx, person)? {
        if open(key, &row).is_some() {
            continue;
        }
        drafts::clear(tx, person, &row.id)?;
        if let Some(begun) = before.as_ref().and_then(|old| open(old, &row)) {
            drafts::put(tx, &seal(inner, person, key, &begun))?;
        }
    }
    Ok(drafts::clear_open_key(tx, person)?)
}

fn check(about: &str) -> Result<(), Fault> {
    let wrong = || {
        let message = "say what it will become, such as feedback/front-desk, contact/new, answer/RUN/ITEM, return/RUN, \
             question/ATTEMPT/ITEM, action/new or action/ID";
        Fault::invalid("about", "form", message)
    };
    let (kind, rest) = about.split_once('/').ok_or_else(wrong)?;
    let is_sound = KINDS.contains(&kind) && !rest.is_empty() && about.len() <= MAX_ABOUT && !about.chars().any(char::is_control);
    if is_sound { Ok(()) } else { Err(wrong()) }
}

fn id(key: &PersonKey, about: &str) -> [u8; 32] {
    *blake3::keyed_hash(&blake3::derive_key("frontline 2026 device draft about", key.as_slice()), about.as_bytes()).as_bytes()
}

fn aead(key: &PersonKey) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).expect("32 bytes are a key"))
}

/// A row in another's place does not open.
fn context(person: PersonId, one: &[u8; 32]) -> Vec<u8> {
    [b"frontline draft 1".as_slice(), person.as_bytes(), one].concat()
}

fn seal(inner: &Inner, person: PersonId, key: &PersonKey, begun: &Begun) -> DraftRow {
    let one = id(key, &begun.about);
    let mut nonce = [0; 12];
    inner.random.fill(&mut nonce);
    let mut sealed = cbor::encode(begun);
    let sealing = Nonce::assume_unique_for_key(nonce);
    aead(key).seal_in_place_append_tag(sealing, Aad::from(context(person, &one)), &mut sealed).expect("sealing a draft does not fail");
    DraftRow { person, id: one, nonce, sealed }
}

pub(crate) fn open(key: &PersonKey, row: &DraftRow) -> Option<Begun> {
    let mut bytes = row.sealed.clone();
    let nonce = Nonce::assume_unique_for_key(row.nonce);
    let plain = aead(key).open_in_place(nonce, Aad::from(context(row.person, &row.id)), &mut bytes).ok()?;
    cbor::decode("a draft", plain).ok()
}
