//! Everything that can travel, in one register. A new type is one line here and its body's file.
//!
//! Codes are frozen once released. They stay below 128, so that the types a cursor was scanned under fit in
//! one bit set ([`TypeSet`]): an exact statement, where a digest would only say "something differs".

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which of the four kinds of data an entry is (`architecture.md`), or the server's word about one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Fact,
    Document,
    Release,
    Record,
    Verdict,
}

/// The type of an entry: a code on the wire, a name everywhere else. A code that this build does not know is
/// carried and stored raw, and projected after an update (`sync.md` 3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryType(pub u16);

macro_rules! register {
    ($($const:ident = $code:literal, $name:literal, $kind:ident;)*) => {
        impl EntryType {
            $(#[doc = concat!("`", $name, "`")] pub const $const: EntryType = EntryType($code);)*
            /// All that this build knows.
            pub const ALL: &'static [EntryType] = &[$(Self::$const),*];
            /// The name of the field, or none for a type of a later build.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 { $($code => Some($name),)* _ => None }
            }
            /// The kind, or none for a type of a later build.
            pub const fn kind(self) -> Option<Kind> {
                match self.0 { $($code => Some(Kind::$kind),)* _ => None }
            }
        }
    };
}

register! {
    LESSON_PROGRESSED = 1, "lesson-progressed", Fact;
    ATTEMPT_STARTED = 2, "attempt-started", Fact;
    QUESTION_ANSWERED = 3, "question-answered", Fact;
    ATTEMPT_FINISHED = 4, "attempt-finished", Fact;
    RUN_SUBMITTED = 16, "run-submitted", Fact;
    COMMENTED = 17, "commented", Fact;
    SIGNED_OFF = 18, "signed-off", Fact;
    APPROVED = 19, "approved", Fact;
    RETURNED = 20, "returned", Fact;
    ACTION_OPENED = 24, "action-opened", Fact;
    ACTION_CHANGED = 25, "action-changed", Fact;
    ACTION_COMMENTED = 26, "action-commented", Fact;
    ACTION_REVIEWED = 27, "action-reviewed", Fact;
    FEEDBACK_GIVEN = 32, "feedback-given", Fact;
    ALERT_RAISED = 33, "alert-raised", Fact;
    INTERACTION_OPENED = 40, "interaction-opened", Fact;
    INTERACTION_PAUSED = 41, "interaction-paused", Fact;
    INTERACTION_RESUMED = 42, "interaction-resumed", Fact;
    INTERACTION_CLOSED = 43, "interaction-closed", Fact;
    INTERACTION_VOIDED = 44, "interaction-voided", Fact;
    INTERACTION_CUSTOMER = 45, "interaction-customer", Fact;
    SEEN = 48, "seen", Fact;
    ACKNOWLEDGED = 49, "acknowledged", Fact;
    CLOCK_JUMPED = 56, "clock-jumped", Fact;
    STORAGE_SET_ASIDE = 57, "storage-set-aside", Fact;
    BLOB_CAPTURED = 58, "blob-captured", Fact;
    RUN_CHANGED = 64, "run-changed", Document;
    RELEASE = 80, "release", Release;
    ORGANISATION = 96, "organisation", Record;
    SITE = 97, "site", Record;
    PERSON = 98, "person", Record;
    GRANT = 99, "grant", Record;
    DEVICE = 100, "device", Record;
    ASSIGNMENT = 101, "assignment", Record;
    TOUCHPOINT = 102, "touchpoint", Record;
    CERTIFICATE = 103, "certificate", Record;
    PUBLICATION = 104, "publication", Record;
    PIN_UNLOCKED = 106, "pin-unlocked", Record;
    PERSON_ON_DEVICE = 107, "person-on-device", Fact;
    ASSET = 108, "asset", Record;
    RUNS_WITHDRAWN = 109, "runs-withdrawn", Record;
    SUBJECT_MERGED = 116, "subject-merged", Record;
    SUBJECT_FORGOTTEN = 117, "subject-forgotten", Record;
    VERDICT = 120, "verdict", Verdict;
}

impl EntryType {
    /// The type with this name.
    pub fn by_name(name: &str) -> Option<EntryType> {
        Self::ALL.iter().copied().find(|t| t.name() == Some(name))
    }
    /// Whether phones write it.
    pub fn is_from_devices(self) -> bool {
        matches!(self.kind(), Some(Kind::Fact | Kind::Document))
    }
}
impl fmt::Display for EntryType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "type-{}", self.0),
        }
    }
}
impl fmt::Debug for EntryType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryType({self})")
    }
}

/// A set of entry types, one bit each; 16 bytes, big end first, on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TypeSet(u128);

impl TypeSet {
    /// None.
    pub const EMPTY: TypeSet = TypeSet(0);
    /// All that the build knows.
    pub fn all() -> Self {
        EntryType::ALL.iter().copied().collect()
    }
    /// Of these types; a code of 128 or more can't be asked for.
    pub const fn of(types: &[EntryType]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < types.len() {
            if types[i].0 < 128 {
                bits |= 1 << types[i].0;
            }
            i += 1;
        }
        Self(bits)
    }
    pub const fn contains(self, one: EntryType) -> bool {
        one.0 < 128 && self.0 >> one.0 & 1 == 1
    }
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn iter(self) -> impl Iterator<Item = EntryType> {
        (0..128u16).map(EntryType).filter(move |t| self.contains(*t))
    }
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}
impl FromIterator<EntryType> for TypeSet {
    fn from_iter<I: IntoIterator<Item = EntryType>>(types: I) -> Self {
        types.into_iter().fold(Self::EMPTY, |set, one| set.union(Self::of(&[one])))
    }
}
impl fmt::Debug for TypeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
impl Serialize for TypeSet {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serde_bytes::ByteArray::new(self.to_bytes()).serialize(to)
    }
}
impl<'de> Deserialize<'de> for TypeSet {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::from_bytes(serde_bytes::ByteArray::<16>::deserialize(from)?.into_array()))
    }
}
