//! The boxes of an MPEG-4 file (ISO/IEC 14496-12, 4.2), and numbers out of them.

use super::NotTaken;

/// One box.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub kind: [u8; 4],
    pub body: &'a [u8],
    /// Where the body begins, counted from where the boxes did.
    pub at: usize,
}

/// The boxes in these bytes, one after the other; the last word is an error where they are not as long as they say.
pub(super) struct Boxes<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Those of a file or of a box's body.
pub(super) fn boxes(bytes: &[u8]) -> Boxes<'_> {
    Boxes { bytes, at: 0 }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<Part<'a>, NotTaken>;
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.at..)?;
        // A few zeros behind the last box are what some recorders end with.
        if rest.len() < 8 {
            return None;
        }
        let part = part(rest, self.at);
        self.at = part.as_ref().map_or(self.bytes.len(), |part| part.at + part.body.len());
        Some(part)
    }
}

fn part(rest: &[u8], at: usize) -> Result<Part<'_>, NotTaken> {
    let mut from = Numbers(rest);
    let (short, kind) = (from.u32()?, from.array()?);
    let (head, size) = match short {
        // To the end of what it is in.
        0 => (8, rest.len()),
        1 => (16, usize::try_from(from.u64()?).map_err(|_| NotTaken::Damaged)?),
        size => (8, size as usize),
    };
    let body = rest.get(head..size).ok_or(NotTaken::Damaged)?;
    Ok(Part { kind, body, at: at + head })
}

/// The one box of a kind; none where there is none, an error where there are more.
pub(super) fn one<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Result<Option<&'a [u8]>, NotTaken> {
    let mut found = None;
    for part in boxes(bytes) {
        let part = part?;
        if part.kind == *kind && found.replace(part.body).is_some() {
            return Err(NotTaken::Damaged);
        }
    }
    Ok(found)
}

/// The same of one that has to be there.
pub(super) fn need<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Result<&'a [u8], NotTaken> {
    one(bytes, kind)?.ok_or(NotTaken::Damaged)
}

/// Reads numbers from the front, and never more than there are.
pub(super) struct Numbers<'a>(pub &'a [u8]);

impl<'a> Numbers<'a> {
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], NotTaken> {
        let (front, rest) = self.0.split_at_checked(count).ok_or(NotTaken::Damaged)?;
        self.0 = rest;
        Ok(front)
    }
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], NotTaken> {
        self.bytes(N)?.try_into().map_err(|_| NotTaken::Damaged)
    }
    pub fn u8(&mut self) -> Result<u8, NotTaken> {
        self.array().map(u8::from_be_bytes)
    }
    pub fn u16(&mut self) -> Result<u16, NotTaken> {
        self.array().map(u16::from_be_bytes)
    }
    pub fn u32(&mut self) -> Result<u32, NotTaken> {
        self.array().map(u32::from_be_bytes)
    }
    pub fn u64(&mut self) -> Result<u64, NotTaken> {
        self.array().map(u64::from_be_bytes)
    }
    /// The version that a full box begins with; its flags are passed over.
    pub fn version(&mut self) -> Result<u8, NotTaken> {
        Ok(self.array::<4>()?[0])
    }
    /// How many rows of so many bytes follow: more than there are is none.
    pub fn count(&mut self, row: usize) -> Result<usize, NotTaken> {
        let n = self.u32()? as usize;
        if n.saturating_mul(row) > self.0.len() { Err(NotTaken::Damaged) } else { Ok(n) }
    }
}
