//! Limits on every input. Over one, the answer names it.

/// Bytes of a message's body as it travels, compressed. As much as a message may have, and more: sealed words do not get
/// shorter by compression, which adds to them (at most 1/256 and some bytes: `ZSTD_compressBound` of zstd.h).
pub const BODY: usize = MESSAGE + (MESSAGE >> 7);
/// Seconds that a connection may wait for its first request, and one of HTTP/1.1 for its next, while places are free:
/// a phone that does much else comes to speak later than it connected. As nginx's `client_header_timeout`.
pub const IDLE_S: u64 = 60;
/// Seconds after which a device does not use a connection again: far fewer, as a request that meets the end of its
/// connection has no answer.
pub const REUSE_S: u64 = 5;
/// Bytes of a message's body decompressed.
pub const MESSAGE: usize = 4 << 20;
/// Bytes of the rows of one page, and of the entries of one offer. A cut costs at most one page.
pub const PAGE: usize = 1 << 20;
/// Bytes of the entries that a device offers at once, and of all rows of one answer: some 150 kB as they travel, so
/// that ten thousand facts take one round trip. A device whose line breaks asks for less ([`SMALLER`]).
pub const ROUND: usize = 3 << 20;
/// Bytes that a verdict has at most, about: an answer with many has the less room for pages.
pub const VERDICT: usize = 256;
/// Bytes of a message beside its entries or its rows and verdicts: cursors, rights, times, marks.
pub const BESIDE: usize = 256 << 10;
// What a device offers at once, with one entry too many and what each costs beside its bytes, is a message; so is what
// the server answers, where it keeps to `room_for_pages`.
const _: () = assert!(ROUND + ENTRY + 8 * ROUND_ENTRIES + BESIDE <= MESSAGE);
const _: () = assert!(ROUND + BESIDE + 16 * ROUND_ENTRIES <= MESSAGE);

/// Bytes of rows that go into an answer beside so many verdicts, and no more than were asked for.
pub fn room_for_pages(asked: usize, verdicts: usize) -> usize {
    let beside = BESIDE + 16 * ROUND_ENTRIES;
    asked.min(ROUND).min((MESSAGE - beside).saturating_sub(verdicts.saturating_mul(VERDICT))).max(4 << 10)
}
/// Entries of one offer, and rows of one answer.
pub const ROUND_ENTRIES: usize = 12_000;
/// A round is a quarter after each failure, down to this power of a quarter, and four times that after each success.
pub const SMALLER: u32 = 4;
/// Entries of a document, or that are given back, at once.
pub const PAGE_ENTRIES: usize = 5_000;
/// Bytes of one entry that a device writes.
pub const ENTRY: usize = 256 << 10;
/// Bytes of one entry that the server writes: a release and its header.
pub const SERVER_ENTRY: usize = crate::limits::PAGE;
/// Bytes of one picture, and of a piece of one.
pub const BLOB: usize = frontline_domain::fact::pictures::BYTES as usize;
/// Cursors of one request.
pub const CURSORS: usize = 512;
/// Pages that a device gives back at once; their entries together have at most [`PAGE`] bytes and one more entry.
pub const GIVEN_PAGES: usize = 32;
/// Certificates that a device shows at once.
pub const CERTIFICATES: usize = 64;
/// Older marks offered for one cursor.
pub const OLDER_MARKS: usize = 64;
/// A mark is kept at the end of each commit and at least every so many entries.
pub const MARK_EVERY: u64 = 256;
/// Days that a nonce is good for (`sync.md` 11), and after which the next answer brings a new one.
pub const NONCE_DAYS: i64 = 30;
pub const NEW_NONCE_DAYS: i64 = 1;
/// Minutes that an enrolment code is good for.
pub const CODE_MINUTES: i64 = 15;
