//! What travels between a device and the server: entries, requests, answers, framing, limits, versions.
//!
//! Pure, like `domain`. `docs/protocol.md` describes the same for somebody who writes another client. Where
//! to start: [`entry`] is the unit of work; [`sync`] is the one exchange; [`enrol`] comes before it, [`give_back`]
//! after a restore; [`document`] fetches one that has left a device; [`recover`] opens a store on another phone;
//! [`parcel`] is unsent work in a file; [`customers`] is how what is known of customers is sealed; [`tus`] is how
//! pictures are sent; [`sign`] is what a request is signed over; [`stance`]
//! is what need not be said again; [`frame`] is how a message becomes bytes.

pub mod base64;
pub mod customers;
pub mod document;
pub mod enrol;
pub mod entry;
pub mod feed;
pub mod frame;
pub mod give_back;
pub mod hpke;
pub mod limits;
pub mod parcel;
pub mod recover;
pub mod refusal;
pub mod sign;
pub mod stance;
pub mod sync;
pub mod tus;

pub use entry::{Entry, EntryError, Header, Instead, Replaces, Seen};
pub use feed::{Mark, Tag};
pub use refusal::{Code, Refused};

/// The protocol versions that this build speaks, lowest and highest.
pub const VERSIONS: (u8, u8) = (1, 1);
