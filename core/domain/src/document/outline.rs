//! The outline of a change's bytes, read before automerge reads them.
//!
//! automerge decodes columns of run lengths: a change of 60 bytes can claim 2^60 operations, or as many
//! predecessors, and no `catch_unwind` ends that loop or gives the memory back. Other bytes make it panic.
//! A run's change puts one answer, so what it may look like is known down to the columns: this walks the
//! chunk and stops at anything else. What the change says, automerge still reads, and the judge judges.
//!
//! The format: <https://automerge.org/automerge-binary-format-spec/>.

use super::judge::{MAX_ACTORS, MAX_CHANGE_BYTES, MAX_DEPS, MAX_OP, Refusal};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// An uncompressed change. A compressed one could unfold to any size.
const CHANGE: [u8; 1] = [1];
/// Bytes of an actor: 16, or up to 22 of one that is derived from it.
const MAX_ACTOR_BYTES: u64 = 32;
/// The type of a value: bytes.
const BYTES: u64 = 7;

/// The columns that a put under the root has; a column's number is its id, times 16, and its type.
mod column {
    pub(super) const KEY: u64 = 0x15;
    pub(super) const INSERT: u64 = 0x34;
    pub(super) const ACTION: u64 = 0x42;
    pub(super) const VALUE_META: u64 = 0x56;
    pub(super) const VALUE: u64 = 0x57;
    pub(super) const PREDECESSORS: u64 = 0x70;
    pub(super) const PREDECESSOR_ACTOR: u64 = 0x71;
    pub(super) const PREDECESSOR_COUNTER: u64 = 0x73;
    pub(super) const ALL: [u64; 8] = [KEY, INSERT, ACTION, VALUE_META, VALUE, PREDECESSORS, PREDECESSOR_ACTOR, PREDECESSOR_COUNTER];
}

/// Refuses bytes that are not laid out as one change of one put.
pub(super) fn outline(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MAX_CHANGE_BYTES {
        return Err(Refusal::Unsound("it has more bytes than a change may"));
    }
    chunk(bytes).ok_or(Refusal::Unsound("it is not laid out as one uncompressed change that puts one answer"))
}

fn chunk(bytes: &[u8]) -> Option<()> {
    let mut at = Walk(bytes);
    at.exactly(&MAGIC)?;
    at.take(4)?;
    at.exactly(&CHANGE)?;
    let length = at.number()?;
    (length == at.0.len() as u64).then_some(())?;

    let deps = at.at_most(MAX_DEPS as u64)?;
    at.take(32 * deps)?;
    at.actor()?;
    at.at_most(u64::from(u32::MAX))?; // the actor's number
    at.at_most(u64::from(u32::MAX))?; // the operation's number
    at.exactly(&[0, 0])?; // no time, no message
    let others = at.at_most(MAX_ACTORS as u64)?;
    for _ in 0..others {
        at.actor()?;
    }
    columns(at, others)
}

fn columns(mut at: Walk<'_>, other_actors: u64) -> Option<()> {
    let mut data = [&[][..]; column::ALL.len()];
    let mut lengths = [0; column::ALL.len()];
    let mut next = 0;
    for _ in 0..at.at_most(column::ALL.len() as u64)? {
        let (spec, length) = (at.number()?, at.at_most(MAX_CHANGE_BYTES as u64)?);
        // In ascending order, each at most once.
        let place = next + column::ALL[next..].iter().position(|known| *known == spec)?;
        lengths[place] = length;
        next = place + 1;
    }
    for (data, length) in data.iter_mut().zip(lengths) {
        *data = at.take(length)?;
    }
    // Nothing behind the columns: that is where automerge keeps extra bytes.
    at.end()?;

    let [key, insert, action, value_meta, value, count, actors, counters] = data;
    let mut key = Walk(key);
    key.exactly(&LITERAL_ONE)?;
    let key_bytes = key.number()?;
    (key_bytes == key.0.len() as u64).then_some(())?;
    (insert == [1] && action == [0x7f, 1]).then_some(())?;
    let value_meta = literal_one(value_meta)?;
    (value_meta & 15 == BYTES && value_meta >> 4 == value.len() as u64).then_some(())?;
    let count = literal_one(count)?;
    (count <= MAX_ACTORS as u64).then_some(())?;
    runs(actors, count, |at| at.at_most(other_actors).map(|_| 0))?;
    // Differences: they add up to the operations' numbers.
    let mut counter = 0i64;
    for step in runs(counters, count, Walk::signed)? {
        counter = counter.checked_add(step).filter(|n| (1..MAX_OP as i64).contains(n))?;
    }
    Some(())
}

/// A literal run of one item, as every column of a single operation is.
const LITERAL_ONE: [u8; 1] = [0x7f];

fn literal_one(data: &[u8]) -> Option<u64> {
    let mut at = Walk(data);
    at.exactly(&LITERAL_ONE)?;
    let value = at.number()?;
    at.end()?;
    Some(value)
}

/// Reads run lengths that hold exactly `count` items, none of them null.
fn runs<'a>(data: &'a [u8], count: u64, mut item: impl FnMut(&mut Walk<'a>) -> Option<i64>) -> Option<Vec<i64>> {
    let (mut at, mut items, count) = (Walk(data), Vec::new(), usize::try_from(count).ok()?);
    while items.len() < count {
        let run = at.signed()?;
        let length = usize::try_from(run.unsigned_abs()).ok()?;
        if run == 0 || length > count - items.len() {
            return None;
        }
        if run > 0 {
            let one = item(&mut at)?;
            items.resize(items.len() + length, one);
        } else {
            for _ in 0..length {
                items.push(item(&mut at)?);
            }
        }
    }
    at.end()?;
    Some(items)
}

struct Walk<'a>(&'a [u8]);

impl<'a> Walk<'a> {
    fn take(&mut self, n: u64) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(usize::try_from(n).ok()?)?;
        self.0 = rest;
        Some(head)
    }
    fn exactly(&mut self, bytes: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(bytes)?;
        Some(())
    }
    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
    /// The groups of 7 bits of a LEB128, at most 8 of them: 56 bits are more than anything here has.
    fn groups(&mut self) -> Option<(u64, u32)> {
        let mut value = 0;
        for shift in (0..56).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some((value, shift + 7));
            }
        }
        None
    }
    fn number(&mut self) -> Option<u64> {
        self.groups().map(|(value, _)| value)
    }
    fn signed(&mut self) -> Option<i64> {
        let (value, bits) = self.groups()?;
        // The highest bit read is the sign.
        Some((value << (64 - bits)) as i64 >> (64 - bits))
    }
    fn at_most(&mut self, max: u64) -> Option<u64> {
        self.number().filter(|n| *n <= max)
    }
    fn actor(&mut self) -> Option<()> {
        let bytes = self.at_most(MAX_ACTOR_BYTES)?;
        self.take(bytes).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(data: &[u8], count: u64) -> Option<Vec<i64>> {
        runs(data, count, |at| at.number().map(u64::cast_signed))
    }

    #[test]
    fn run_lengths_hold_exactly_as_many_items_as_were_announced() {
        const MINUS_2: u8 = 0x7e;
        assert_eq!(read(&[], 0), Some(vec![]));
        assert_eq!(read(&[3, 5], 3), Some(vec![5, 5, 5]), "one value three times");
        assert_eq!(read(&[MINUS_2, 5, 6], 2), Some(vec![5, 6]), "two values, one by one");
        assert_eq!(read(&[2, 5, MINUS_2, 6, 7, 1, 8], 5), Some(vec![5, 5, 6, 7, 8]));
        // Too few, too many, a length that is longer than what is left, none at all, and what follows the end.
        for (bad, count) in [
            (&[3, 5][..], 4),
            (&[3, 5], 2),
            (&[1, 5, 2, 6], 2),
            (&[MINUS_2, 5, 6], 1),
            (&[MINUS_2, 5], 2),
            (&[0, 1, 5], 1),
            (&[0, 5], 1),
            (&[3], 3),
            (&[3, 5, 1], 3),
            (&[1], 0),
        ] {
            assert_eq!(read(bad, count), None, "{bad:?} for {count}");
        }
    }
}
