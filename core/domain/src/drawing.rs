//! A signature as its strokes: sharp at any size, and a tenth of the picture that it would be.
//!
//! One way to write it, so that the same drawing has the same hash: `FLDR`, a byte for the version, then numbers as
//! LEB128 of the fewest bytes. Width and height of the field, how many strokes, and of each how many points; of each
//! point how far right and down of the one before (zigzag, the first from 0,0), and milliseconds since that one.
//! `docs/protocol.md` describes it for others.

/// The media type that its bytes are known by.
pub const MEDIA: &str = "application/vnd.frontline.drawing";
/// Bytes of one.
pub const BYTES: usize = 64 << 10;
/// Points of one.
pub const POINTS: usize = 20_000;
/// Strokes of one.
pub const STROKES: usize = 2_000;
/// Of the field, on a side.
pub const SIDE: u32 = 4_096;
/// From its first point to its last, ms.
pub const TIME_MS: u32 = 3_600_000;

const MAGIC: [u8; 4] = *b"FLDR";
const VERSION: u8 = 1;
/// Bytes that a point has at least.
const POINT: usize = 3;

/// Strokes in a field. One that was made by [`Drawing::new`] or read by [`Drawing::decode`] is within all limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub width: u32,
    pub height: u32,
    /// In the order in which they were drawn; none is empty.
    pub strokes: Vec<Vec<Point>>,
}

/// Where the finger was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: u32,
    pub y: u32,
    /// Since the first point of all.
    pub at_ms: u32,
}

/// Why it is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    #[error("nothing was drawn; sign in the field")]
    Nothing,
    #[error("the field of a drawing has 1 to {SIDE} on a side; say how large yours is")]
    Field,
    #[error("a drawing has at most {POINTS} points in {STROKES} strokes, and {} KiB; begin anew with less", BYTES >> 10)]
    Much,
    #[error("a drawing takes at most an hour; begin anew")]
    Long,
    #[error("this drawing can't be read; its bytes are damaged or of a newer app")]
    Damaged,
}

impl NotDrawn {
    /// The rule's stable name.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Nothing => "required",
            Self::Field => "side",
            Self::Much => "bytes",
            Self::Long => "length",
            Self::Damaged => "damaged",
        }
    }
}

impl Drawing {
    /// What a finger drew. One that left the field stopped at its edge, times count from the first point and don't go
    /// back (a touch screen hands over what it sampled late), and a stroke without a point is none.
    pub fn new(width: u32, height: u32, strokes: Vec<Vec<Point>>) -> Result<Self, NotDrawn> {
        let mut drawn = Self { width, height, strokes };
        drawn.strokes.retain(|stroke| !stroke.is_empty());
        let first = drawn.strokes.first().and_then(|stroke| stroke.first()).map_or(0, |point| point.at_ms);
        let mut last = 0;
        for point in drawn.strokes.iter_mut().flatten() {
            (point.x, point.y) = (point.x.min(width), point.y.min(height));
            last = point.at_ms.saturating_sub(first).max(last);
            point.at_ms = last;
        }
        drawn.check()?;
        if drawn.encode().len() > BYTES { Err(NotDrawn::Much) } else { Ok(drawn) }
    }

    fn check(&self) -> Result<(), NotDrawn> {
        if !(1..=SIDE).contains(&self.width) || !(1..=SIDE).contains(&self.height) {
            return Err(NotDrawn::Field);
        }
        let points: usize = self.strokes.iter().map(Vec::len).sum();
        if points == 0 {
            return Err(NotDrawn::Nothing);
        }
        if points > POINTS || self.strokes.len() > STROKES {
            return Err(NotDrawn::Much);
        }
        let last = self.strokes.iter().flatten().next_back().map_or(0, |point| point.at_ms);
        if last > TIME_MS { Err(NotDrawn::Long) } else { Ok(()) }
    }

    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.push(VERSION);
        for number in [self.width, self.height, count(self.strokes.len())] {
            put(&mut out, number);
        }
        let mut before = Point { x: 0, y: 0, at_ms: 0 };
        for stroke in &self.strokes {
            put(&mut out, count(stroke.len()));
            for point in stroke {
                put(&mut out, zigzag(before.x, point.x));
                put(&mut out, zigzag(before.y, point.y));
                put(&mut out, point.at_ms.wrapping_sub(before.at_ms));
                before = *point;
            }
        }
        out
    }

    /// Reads exactly what [`Drawing::encode`] writes. Whoever made the bytes: nothing is taken on that was not there.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotDrawn> {
        if bytes.len() > BYTES {
            return Err(NotDrawn::Much);
        }
        let rest = bytes.strip_prefix(&MAGIC).and_then(|rest| rest.strip_prefix(&[VERSION])).ok_or(NotDrawn::Damaged)?;
        let mut from = Reader(rest);
        let drawn = from.drawing().ok_or(NotDrawn::Damaged)?;
        drawn.check()?;
        let is_inside = drawn.strokes.iter().flatten().all(|point| point.x <= drawn.width && point.y <= drawn.height);
        let is_one = from.0.is_empty() && is_inside && drawn.encode() == bytes;
        if is_one { Ok(drawn) } else { Err(NotDrawn::Damaged) }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn put(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// From one place to the next, small ones first: 0, -1, 1, -2. Places are below 2^31, or no drawing has them.
fn zigzag(from: u32, to: u32) -> u32 {
    let step = to.wrapping_sub(from).cast_signed();
    ((step << 1) ^ (step >> 31)).cast_unsigned()
}

fn unzigzag(from: u32, n: u32) -> u32 {
    from.wrapping_add((n >> 1) ^ (n & 1).wrapping_neg())
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Option<u32> {
        let mut n = 0u64;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            n |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(n).ok();
            }
        }
        None
    }

    /// How many follow, each of so many bytes at least: more than can follow is none.
    fn count(&mut self, least: usize) -> Option<usize> {
        let n = self.number()? as usize;
        (n.saturating_mul(least) <= self.0.len()).then_some(n)
    }

    fn drawing(&mut self) -> Option<Drawing> {
        let (width, height) = (self.number()?, self.number()?);
        let strokes = self.count(1 + POINT)?;
        let mut out = Drawing { width, height, strokes: Vec::with_capacity(strokes) };
        let mut at = Point { x: 0, y: 0, at_ms: 0 };
        for _ in 0..strokes {
            let points = self.count(POINT).filter(|n| *n > 0)?;
            let mut stroke = Vec::with_capacity(points);
            for _ in 0..points {
                let (x, y) = (unzigzag(at.x, self.number()?), unzigzag(at.y, self.number()?));
                at = Point { x, y, at_ms: at.at_ms.checked_add(self.number()?)? };
                stroke.push(at);
            }
            out.strokes.push(stroke);
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: u32, y: u32, at_ms: u32) -> Point {
        Point { x, y, at_ms }
    }
    fn two() -> Drawing {
        let strokes = vec![vec![point(10, 20, 0), point(14, 18, 16), point(300, 90, 32)], vec![point(5, 100, 500)]];
        Drawing::new(320, 120, strokes).expect("a drawing")
    }

    #[test]
    fn it_has_one_encoding_which_these_bytes_are() {
        let bytes = two().encode();
        let written = [
            b"FLDR\x01".as_slice(),
            // 320 by 120, two strokes, the first of three points.
            &[0xc0, 0x02, 120, 2, 3],
            // From 0,0 to 10,20; 4 right and 2 up in 16 ms; 286 right and 72 down in 16 ms.
            &[20, 40, 0],
            &[8, 3, 16],
            &[0xbc, 0x04, 0x90, 0x01, 16],
            // One point: 295 left, 10 down, 468 ms later.
            &[1],
            &[0xcd, 0x04, 20, 0xd4, 0x03],
        ];
        assert_eq!(bytes, written.concat());
        assert_eq!(Drawing::decode(&bytes), Ok(two()));
    }

    #[test]
    fn a_finger_that_leaves_the_field_stops_at_its_edge_and_time_begins_with_the_first_point() {
        let strokes = vec![vec![], vec![point(500, 7, 1_000), point(3, 900, 990)], vec![point(1, 1, 1_050)]];
        let drawn = Drawing::new(320, 120, strokes).expect("a drawing");
        assert_eq!(drawn.strokes, [vec![point(320, 7, 0), point(3, 120, 0)], vec![point(1, 1, 50)]]);
    }

    #[test]
    fn what_is_no_drawing_is_refused_in_one_sentence() {
        let dot = vec![vec![point(1, 1, 0)]];
        assert_eq!(Drawing::new(320, 120, vec![vec![], vec![]]), Err(NotDrawn::Nothing));
        assert_eq!(Drawing::new(0, 120, dot.clone()), Err(NotDrawn::Field));
        assert_eq!(Drawing::new(320, SIDE + 1, dot.clone()), Err(NotDrawn::Field));
        assert_eq!(Drawing::new(9, 9, vec![vec![point(1, 1, 0); POINTS + 1]]), Err(NotDrawn::Much));
        assert_eq!(Drawing::new(9, 9, vec![vec![point(1, 1, 0)]; STROKES + 1]), Err(NotDrawn::Much));
        assert_eq!(Drawing::new(9, 9, vec![vec![point(1, 1, 0), point(1, 1, TIME_MS + 1)]]), Err(NotDrawn::Long));
        // To and fro over a large field takes five bytes a point.
        let wild = (0..POINTS as u32).map(|n| point(n % 2 * SIDE, n % 2 * SIDE, n * 150)).collect();
        assert_eq!(Drawing::new(SIDE, SIDE, vec![wild]), Err(NotDrawn::Much));
        let most = (0..POINTS as u32).map(|n| point(n % 40, n % 30, n * 16)).collect();
        let most = Drawing::new(SIDE, SIDE, vec![most]).expect("as much as fits");
        assert_eq!(Drawing::decode(&most.encode()), Ok(most));
    }

    #[test]
    fn bytes_that_are_not_the_one_encoding_are_none() {
        let good = two().encode();
        let with = |at: usize, bytes: &[u8]| [&good[..at], bytes, &good[at + 1..]].concat();
        for (wrong, why) in [
            (good[..good.len() - 1].to_vec(), "cut"),
            ([&good[..], &[0]].concat(), "longer"),
            (with(4, &[2]), "a newer version"),
            (with(7, &[0xf8, 0]), "a number in more bytes than it needs"),
            (with(10, &[21]), "left of the field"),
            (with(8, &[0xff, 0xff, 0xff, 0xff, 0x0f]), "more strokes than can follow"),
            (b"FLDR\x01\x01\x01\x01\x00".to_vec(), "a stroke without a point"),
        ] {
            assert_eq!(Drawing::decode(&wrong), Err(NotDrawn::Damaged), "{why}");
        }
        assert_eq!(Drawing::decode(b"FLDR\x01\x01\x01\x00"), Err(NotDrawn::Nothing));
        assert_eq!(Drawing::decode(&vec![0; BYTES + 1]), Err(NotDrawn::Much));
    }

    proptest::proptest! {
        #[test]
        fn bytes_that_somebody_broke_are_a_drawing_in_its_one_encoding_or_none(
            breaks in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()), 1..6),
        ) {
            let mut bytes = two().encode();
            for (at, byte) in breaks {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(drawn) = Drawing::decode(&bytes) {
                proptest::prop_assert_eq!(drawn.encode(), bytes);
            }
        }
    }
}
