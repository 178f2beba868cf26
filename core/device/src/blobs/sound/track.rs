//! Where the sound lies in a file, and what decodes it.

use frontline_domain::fact::sounds;

use super::boxes::{Numbers, Part, boxes, need, one};
use super::{NotTaken, other};

/// Frames of one recording: more than the longest one has at the highest rate.
const FRAMES: usize = 65_536;
/// Bytes that say how AAC is decoded, at most.
const CONFIG: usize = 64;
/// Ticks a second that a track may count.
const TICKS: u32 = 192_000;

/// The sound of a file.
#[derive(Debug)]
pub(super) struct Track<'a> {
    /// Ticks a second.
    pub ticks: u32,
    pub channels: u16,
    /// Hertz, times 65,536.
    pub rate: u32,
    /// The `AudioSpecificConfig` (ISO/IEC 14496-3).
    pub config: &'a [u8],
    /// How many frames sound for how many ticks each.
    pub times: Vec<(u32, u32)>,
    pub frames: Vec<&'a [u8]>,
}

impl Track<'_> {
    /// How many ticks all of it takes.
    pub fn length(&self) -> u64 {
        self.times.iter().map(|(count, ticks)| u64::from(*count) * u64::from(*ticks)).sum()
    }
    /// How long it is, within the limits.
    pub fn length_ms(&self) -> Result<u32, NotTaken> {
        let ms = u128::from(self.length()) * 1_000 / u128::from(self.ticks);
        match u32::try_from(ms) {
            Ok(0) => Err(NotTaken::Nothing),
            Ok(ms) if ms <= sounds::LENGTH_MS => Ok(ms),
            _ => Err(NotTaken::Length),
        }
    }
}

/// Reads a whole file.
pub(super) fn read(bytes: &[u8]) -> Result<Track<'_>, NotTaken> {
    let brand = match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => brand.get(..4).ok_or(NotTaken::Damaged)?,
        _ => return Err(other(bytes)),
    };
    match brand {
        [b'3', b'g', b'p' | b'g' | b'2', _] => return Err(NotTaken::Other("3GP")),
        b"qt  " => return Err(NotTaken::Other("QuickTime")),
        b"M4A " | b"M4B " | b"mp41" | b"mp42" | [b'i', b's', b'o', _] => {}
        _ => return Err(NotTaken::Format),
    }
    let (mut moov, mut data) = (None, Vec::new());
    for part in boxes(bytes) {
        let part: Part<'_> = part?;
        match &part.kind {
            b"moof" => return Err(NotTaken::Pieces),
            b"moov" if moov.replace(part.body).is_some() => return Err(NotTaken::Damaged),
            b"mdat" if part.body.is_empty() => {}
            b"mdat" => data.push(part.at..part.at + part.body.len()),
            _ => {}
        }
    }
    let moov = moov.ok_or(NotTaken::Damaged)?;
    if one(moov, b"mvex")?.is_some() {
        return Err(NotTaken::Pieces);
    }
    let mut sound = None;
    for part in boxes(moov) {
        let part = part?;
        if part.kind != *b"trak" {
            continue;
        }
        let media = need(part.body, b"mdia")?;
        match need(media, b"hdlr")?.get(8..12) {
            Some(b"soun") if sound.replace(media).is_some() => return Err(NotTaken::Tracks),
            Some(b"vide") => return Err(NotTaken::Video),
            // What stands beside the sound (a place, a text) is left behind.
            _ => {}
        }
    }
    let media = sound.ok_or(NotTaken::Nothing)?;
    let table = need(need(media, b"minf")?, b"stbl")?;
    let (channels, rate, config) = entry(need(table, b"stsd")?)?;
    let ticks = ticks(need(media, b"mdhd")?)?;
    let sizes = sizes(need(table, b"stsz")?, bytes.len())?;
    let times = times(need(table, b"stts")?, sizes.len())?;
    let frames = frames(bytes, &data, &sizes, &chunks(table, sizes.len())?)?;
    Ok(Track { ticks, channels, rate, config, times, frames })
}

fn ticks(mdhd: &[u8]) -> Result<u32, NotTaken> {
    let mut from = Numbers(mdhd);
    let made = if from.version()? == 1 { 16 } else { 8 };
    from.bytes(made)?;
    Some(from.u32()?).filter(|ticks| (1..=TICKS).contains(ticks)).ok_or(NotTaken::Damaged)
}

/// What decodes the frames: channels, rate and the configuration of the one entry that there may be.
fn entry(stsd: &[u8]) -> Result<(u16, u32, &[u8]), NotTaken> {
    let mut from = Numbers(stsd);
    from.version()?;
    if from.u32()? != 1 {
        return Err(NotTaken::Tracks);
    }
    let part = boxes(from.0).next().ok_or(NotTaken::Damaged)??;
    match &part.kind {
        b"mp4a" => {}
        b"samr" | b"sawb" | b"sawp" => return Err(NotTaken::Other("AMR")),
        b"alac" => return Err(NotTaken::Other("Apple Lossless")),
        b"Opus" => return Err(NotTaken::Other("Opus")),
        b".mp3" => return Err(NotTaken::Other("MP3")),
        _ => return Err(NotTaken::Format),
    }
    let mut from = Numbers(part.body);
    from.bytes(8)?;
    // QuickTime's own later forms of an entry hold more in the same place.
    if from.u16()? != 0 {
        return Err(NotTaken::Other("QuickTime"));
    }
    from.bytes(6)?;
    let channels = from.u16()?;
    from.bytes(6)?;
    let rate = from.u32()?;
    Ok((channels, rate, config(need(from.0, b"esds")?)?))
}

/// A descriptor with this tag: its body, and what follows it (ISO/IEC 14496-1, 8.3.3).
fn descriptor<'a>(from: &mut Numbers<'a>, tag: u8) -> Result<Numbers<'a>, NotTaken> {
    if from.u8()? != tag {
        return Err(NotTaken::Damaged);
    }
    let mut size = 0usize;
    for _ in 0..4 {
        let byte = from.u8()?;
        size = size << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return from.bytes(size).map(Numbers);
        }
    }
    Err(NotTaken::Damaged)
}

fn config(esds: &[u8]) -> Result<&[u8], NotTaken> {
    let mut from = Numbers(esds);
    from.version()?;
    let mut stream = descriptor(&mut from, 3)?;
    stream.u16()?;
    let flags = stream.u8()?;
    if flags & 0x80 != 0 {
        stream.u16()?;
    }
    if flags & 0x40 != 0 {
        let url = stream.u8()?;
        stream.bytes(usize::from(url))?;
    }
    if flags & 0x20 != 0 {
        stream.u16()?;
    }
    let mut decoder = descriptor(&mut stream, 4)?;
    match decoder.u8()? {
        0x40 => {}
        0x69 | 0x6b => return Err(NotTaken::Other("MP3")),
        _ => return Err(NotTaken::Format),
    }
    decoder.bytes(12)?;
    let config = descriptor(&mut decoder, 5)?.0;
    // Low complexity, and high efficiency built on it: what every phone and browser plays.
    match config.first().map(|byte| byte >> 3) {
        Some(2 | 5 | 29) if (2..=CONFIG).contains(&config.len()) => Ok(config),
        Some(_) => Err(NotTaken::Other("a kind of AAC for conversations")),
        None => Err(NotTaken::Damaged),
    }
}

/// How many bytes each frame has; all together no more than the file.
fn sizes(stsz: &[u8], most: usize) -> Result<Vec<usize>, NotTaken> {
    let mut from = Numbers(stsz);
    from.version()?;
    let all = from.u32()?;
    let count = if all == 0 { from.count(4)? } else { from.u32()? as usize };
    if count == 0 {
        return Err(NotTaken::Nothing);
    }
    if count > FRAMES {
        return Err(NotTaken::Length);
    }
    let mut out = Vec::with_capacity(count);
    let mut total = 0usize;
    for _ in 0..count {
        let size = if all == 0 { from.u32()? } else { all } as usize;
        total = total.saturating_add(size);
        if size == 0 || total > most {
            return Err(NotTaken::Damaged);
        }
        out.push(size);
    }
    Ok(out)
}

fn times(stts: &[u8], frames: usize) -> Result<Vec<(u32, u32)>, NotTaken> {
    let mut from = Numbers(stts);
    from.version()?;
    let count = from.count(8)?;
    let mut out: Vec<(u32, u32)> = Vec::new();
    let mut total = 0u64;
    for _ in 0..count {
        let (count, ticks) = (from.u32()?, from.u32()?);
        total += u64::from(count);
        match out.last_mut() {
            _ if count == 0 => {}
            Some((before, same)) if *same == ticks => *before = before.saturating_add(count),
            _ => out.push((count, ticks)),
        }
    }
    if total == frames as u64 { Ok(out) } else { Err(NotTaken::Damaged) }
}

/// Where each chunk begins, and how many frames are in it.
fn chunks(table: &[u8], frames: usize) -> Result<Vec<(u64, usize)>, NotTaken> {
    let (mut offsets, wide) = match one(table, b"stco")? {
        Some(body) => (Numbers(body), false),
        None => (Numbers(need(table, b"co64")?), true),
    };
    offsets.version()?;
    let count = offsets.count(if wide { 8 } else { 4 })?;
    let mut runs = Numbers(need(table, b"stsc")?);
    runs.version()?;
    let rows = runs.count(12)?;
    // From which chunk on, counted from 1, how many frames are in each.
    let mut from: Vec<(usize, usize)> = Vec::with_capacity(rows);
    for _ in 0..rows {
        from.push((runs.u32()? as usize, runs.u32()? as usize));
        runs.u32()?;
    }
    if from.first().is_none_or(|(first, _)| *first != 1) || from.windows(2).any(|two| two[0].0 >= two[1].0) {
        return Err(NotTaken::Damaged);
    }
    let (mut out, mut left, mut at) = (Vec::with_capacity(count.min(frames)), frames, 0);
    for chunk in 1..=count {
        let offset = if wide { offsets.u64()? } else { u64::from(offsets.u32()?) };
        if from.get(at + 1).is_some_and(|(first, _)| *first == chunk) {
            at += 1;
        }
        let inside = from[at].1.min(left);
        left -= inside;
        if inside > 0 {
            out.push((offset, inside));
        }
    }
    if left == 0 { Ok(out) } else { Err(NotTaken::Damaged) }
}

/// The frames, each within the file's data.
fn frames<'a>(
    bytes: &'a [u8],
    data: &[std::ops::Range<usize>],
    sizes: &[usize],
    chunks: &[(u64, usize)],
) -> Result<Vec<&'a [u8]>, NotTaken> {
    let mut out = Vec::with_capacity(sizes.len());
    let mut sizes = sizes.iter();
    for (offset, count) in chunks {
        let mut at = usize::try_from(*offset).map_err(|_| NotTaken::Damaged)?;
        // They lie one behind the other, and there may be as many as there are chunks.
        let before = data.partition_point(|span| span.end <= at);
        let within = data.get(before).filter(|span| span.contains(&at)).ok_or(NotTaken::Damaged)?;
        for size in sizes.by_ref().take(*count) {
            let to = at.checked_add(*size).filter(|to| *to <= within.end).ok_or(NotTaken::Damaged)?;
            out.push(bytes.get(at..to).ok_or(NotTaken::Damaged)?);
            at = to;
        }
    }
    Ok(out)
}
