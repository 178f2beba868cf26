//! The few things of EXIF that are kept, read from whatever a camera wrote and written anew: no byte of a camera's is copied
//! that was not looked at, so that nothing comes along in a field that means something else.

use super::Keep;

/// What is known of how, when and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// 2 to 8; none where the picture stands as its pixels do.
    turn: Option<u8>,
    /// `YYYY:MM:DD HH:MM:SS`.
    time: Option<[u8; 19]>,
    /// `+HH:MM`.
    zone: Option<[u8; 6]>,
    place: Option<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    north_south: u8,
    east_west: u8,
    /// Degrees, minutes and seconds, each a fraction of two numbers.
    lat: [u32; 6],
    lon: [u32; 6],
}

const TURN: u16 = 0x0112;
const DETAILS: u16 = 0x8769;
const SATELLITES: u16 = 0x8825;
const TAKEN: u16 = 0x9003;
const TAKEN_ZONE: u16 = 0x9011;

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const FRACTION: u16 = 5;
const SIGNED: u16 = 10;

/// A TIFF block, as EXIF is one.
struct Tiff<'a> {
    bytes: &'a [u8],
    is_big: bool,
}

/// A list of fields: its bytes, twelve for each.
struct Fields<'a>(&'a [u8]);

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<(Self, Fields<'a>)> {
        let is_big = match bytes.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        };
        let tiff = Self { bytes, is_big };
        let first = tiff.fields(tiff.long(bytes.get(4..8)?)?)?;
        Some((tiff, first))
    }
    fn short(&self, two: &[u8]) -> Option<u16> {
        let two = two.first_chunk()?;
        Some(if self.is_big { u16::from_be_bytes(*two) } else { u16::from_le_bytes(*two) })
    }
    fn long(&self, four: &[u8]) -> Option<u32> {
        let four = four.first_chunk()?;
        Some(if self.is_big { u32::from_be_bytes(*four) } else { u32::from_le_bytes(*four) })
    }
    /// The fields of a list, which says how many it has: as many as there are bytes for.
    fn fields(&self, at: u32) -> Option<Fields<'a>> {
        let rest = self.bytes.get(usize::try_from(at).ok()?..)?;
        let count = usize::from(self.short(rest)?);
        let rest = rest.get(2..)?;
        Some(Fields(rest.get(..count * 12).unwrap_or(rest)))
    }
    /// The bytes of a field of this kind and length: beside it where there are at most four, else where it says.
    fn find(&self, fields: &Fields<'a>, tag: u16, kind: u16, count: u32, size: usize) -> Option<&'a [u8]> {
        let of = |field: &&[u8]| (self.short(field), field.get(2..).and_then(|f| self.short(f))) == (Some(tag), Some(kind));
        let field = fields.0.chunks_exact(12).find(of)?;
        if self.long(field.get(4..)?)? < count {
            return None;
        }
        if size <= 4 {
            return field.get(8..8 + size);
        }
        let at = usize::try_from(self.long(field.get(8..)?)?).ok()?;
        self.bytes.get(at..at.checked_add(size)?)
    }
    fn pointed_at(&self, fields: &Fields<'a>, tag: u16) -> Option<Fields<'a>> {
        self.fields(self.long(self.find(fields, tag, LONG, 1, 4)?)?)
    }
    fn place(&self, of: &Fields<'a>) -> Option<Place> {
        let side = |tag, fits: [u8; 2]| self.find(of, tag, ASCII, 1, 1)?.first().copied().filter(|c| fits.contains(c));
        let angle = |tag| {
            let mut out = [0u32; 6];
            // Some phones write them with a sign, which none of them needs.
            let bytes = self.find(of, tag, FRACTION, 3, 24).or_else(|| self.find(of, tag, SIGNED, 3, 24))?;
            for (to, four) in out.iter_mut().zip(bytes.chunks_exact(4)) {
                *to = self.long(four)?;
            }
            // Nothing is divided by nothing.
            (out[1] > 0 && out[3] > 0 && out[5] > 0 && out.iter().all(|n| n >> 31 == 0)).then_some(out)
        };
        Some(Place { north_south: side(1, *b"NS")?, lat: angle(2)?, east_west: side(3, *b"EW")?, lon: angle(4)? })
    }
}

/// Digits where there is a 0, else exactly what it says; a sign where there is a `+`.
fn fits(text: &[u8], like: &[u8]) -> bool {
    text.len() == like.len()
        && text.iter().zip(like).all(|(c, like)| match like {
            b'0' => c.is_ascii_digit(),
            b'+' => matches!(c, b'+' | b'-'),
            like => c == like,
        })
}

impl Kept {
    /// Reads what a camera wrote; what does not read is not there.
    pub fn read(bytes: &[u8]) -> Self {
        let Some((tiff, first)) = Tiff::of(bytes) else { return Self::default() };
        let turn = tiff.find(&first, TURN, SHORT, 1, 2).and_then(|two| tiff.short(two));
        let details = tiff.pointed_at(&first, DETAILS);
        let text = |tag, like: &[u8]| {
            let of = details.as_ref()?;
            let count = u32::try_from(like.len()).ok()?;
            tiff.find(of, tag, ASCII, count, like.len()).filter(|text| fits(text, like))
        };
        Self {
            turn: turn.and_then(|turn| u8::try_from(turn).ok()).filter(|turn| (2..=8).contains(turn)),
            time: text(TAKEN, b"0000:00:00 00:00:00").and_then(|t| t.first_chunk().copied()),
            zone: text(TAKEN_ZONE, b"+00:00").and_then(|t| t.first_chunk().copied()),
            place: tiff.pointed_at(&first, SATELLITES).and_then(|of| tiff.place(&of)),
        }
    }

    /// This, and what is missing of it from another block.
    pub fn or(self, other: Self) -> Self {
        let time = self.time.map_or((other.time, other.zone), |time| (Some(time), self.zone));
        Self { turn: self.turn.or(other.turn), time: time.0, zone: time.1, place: self.place.or(other.place) }
    }

    /// Whether what stands upright lies on its side in the pixels.
    pub fn is_on_its_side(&self) -> bool {
        self.turn.is_some_and(|turn| turn >= 5)
    }

    /// A block with that of it which is to be kept; none where that is nothing.
    pub fn write(&self, keep: Keep) -> Option<Vec<u8>> {
        let turn = self.turn.map(|turn| Field(TURN, SHORT, 1, vec![0, turn]));
        let mut details = Vec::new();
        if let Some(time) = self.time.filter(|_| keep.time) {
            details.push(Field(0x9000, 7, 4, b"0232".to_vec()));
            details.push(Field(TAKEN, ASCII, 20, [&time[..], b"\0"].concat()));
            details.extend(self.zone.map(|zone| Field(TAKEN_ZONE, ASCII, 7, [&zone[..], b"\0"].concat())));
        }
        let place = self.place.filter(|_| keep.place).map(|place| {
            let angle = |angle: [u32; 6]| angle.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
            vec![
                Field(0, 1, 4, vec![2, 3, 0, 0]),
                Field(1, ASCII, 2, vec![place.north_south, 0]),
                Field(2, FRACTION, 3, angle(place.lat)),
                Field(3, ASCII, 2, vec![place.east_west, 0]),
                Field(4, FRACTION, 3, angle(place.lon)),
            ]
        });
        let details = Some(details).filter(|list| !list.is_empty());
        let count = usize::from(turn.is_some()) + usize::from(details.is_some()) + usize::from(place.is_some());
        if count == 0 {
            return None;
        }
        let mut at = 8 + 2 + 12 * count + 4;
        let (mut first, mut behind) = (Vec::from_iter(turn), Vec::new());
        for (tag, list) in [(DETAILS, details), (SATELLITES, place)] {
            let Some(list) = list else { continue };
            first.push(Field(tag, LONG, 1, number(at).to_vec()));
            let written = written(&list, at);
            at += written.len();
            behind.extend(written);
        }
        Some([b"MM\0*\0\0\0\x08".to_vec(), written(&first, 8), behind].concat())
    }
}

/// A field: what it is of, its kind, how many there are, and their bytes.
struct Field(u16, u16, u32, Vec<u8>);

/// A list of fields at a place of the block, with what is longer than fits beside them behind it.
fn written(list: &[Field], at: usize) -> Vec<u8> {
    let mut out = number(list.len())[2..].to_vec();
    let (mut next, mut behind) = (at + 2 + 12 * list.len() + 4, Vec::new());
    for Field(tag, kind, count, bytes) in list {
        out.extend(tag.to_be_bytes());
        out.extend(kind.to_be_bytes());
        out.extend(count.to_be_bytes());
        if bytes.len() <= 4 {
            out.extend(bytes.iter().copied().chain(std::iter::repeat(0)).take(4));
        } else {
            out.extend(number(next));
            behind.extend_from_slice(bytes);
            behind.resize(behind.len().next_multiple_of(2), 0);
            next = at + 2 + 12 * list.len() + 4 + behind.len();
        }
    }
    out.extend([0; 4]);
    out.extend(behind);
    out
}

/// A place or a count in a block that has some hundred bytes.
fn number(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes()
}
