//! A file of one track of sound and nothing else: no times, no names, the tables before the data, so that it plays
//! while it is still being fetched. The same sound is the same file, whoever recorded it.

use super::track::Track;

/// Frames of one chunk: about a second.
const CHUNK: usize = 48;

fn full(version_and_flags: u32, parts: &[&[u8]]) -> Vec<u8> {
    [&version_and_flags.to_be_bytes(), parts.concat().as_slice()].concat()
}

fn part(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), &body].concat()
}

fn numbers(all: impl IntoIterator<Item = u32>) -> Vec<u8> {
    all.into_iter().flat_map(u32::to_be_bytes).collect()
}

/// A descriptor (ISO/IEC 14496-1, 8.3.3) of fewer than 128 bytes.
fn descriptor(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&[tag, body.len() as u8], body.as_slice()].concat()
}

/// The unity matrix of movies and tracks.
fn matrix() -> Vec<u8> {
    numbers([0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000])
}

/// The whole file. Limits on what is read keep every number of it within 32 bits.
pub(super) fn file(track: &Track<'_>) -> Vec<u8> {
    let brand = part(b"ftyp", &[b"M4A ", &numbers([0]), b"M4A ", b"mp42", b"isom"]);
    // Its size does not depend on where the data is.
    let from = brand.len() + movie(track, 0).len() + 8;
    let data: usize = track.frames.iter().map(|frame| frame.len()).sum();
    let mut out = Vec::with_capacity(from + data);
    out.extend(brand);
    out.extend(movie(track, from as u32));
    out.extend(numbers([data as u32 + 8]));
    out.extend(b"mdat");
    for frame in &track.frames {
        out.extend_from_slice(frame);
    }
    out
}

fn movie(track: &Track<'_>, data_at: u32) -> Vec<u8> {
    let length = track.length() as u32;
    let head = full(0, &[&numbers([0, 0, track.ticks, length, 0x1_0000, 0x0100_0000, 0, 0]), &matrix(), &numbers([0, 0, 0, 0, 0, 0, 2])]);
    // Shown, part of the movie, at full volume.
    let of_track = full(7, &[&numbers([0, 0, 1, 0, length, 0, 0, 0, 0x0100_0000]), &matrix(), &numbers([0, 0])]);
    // Of no language (`und`).
    let of_media = full(0, &[&numbers([0, 0, track.ticks, length, 0x55c4_0000])]);
    let handler = full(0, &[&numbers([0]), b"soun", &numbers([0, 0, 0]), &[0]]);
    let here = part(b"dref", &[&full(0, &[&numbers([1]), &part(b"url ", &[&full(1, &[])])])]);
    let info = part(b"minf", &[&part(b"smhd", &[&full(0, &[&numbers([0])])]), &part(b"dinf", &[&here]), &table(track, data_at)]);
    let media = part(b"mdia", &[&part(b"mdhd", &[&of_media]), &part(b"hdlr", &[&handler]), &info]);
    part(b"moov", &[&part(b"mvhd", &[&head]), &part(b"trak", &[&part(b"tkhd", &[&of_track]), &media])])
}

fn table(track: &Track<'_>, data_at: u32) -> Vec<u8> {
    // AAC, sound; no buffer and no rate are said.
    let decoder = descriptor(4, &[&[0x40, 0x15], &[0; 11], &descriptor(5, &[track.config])]);
    let stream = descriptor(3, &[&[0, 0, 0], &decoder, &descriptor(6, &[&[2]])]);
    let entry = part(
        b"mp4a",
        &[
            &[0, 0, 0, 0, 0, 0, 0, 1],
            &[0; 8],
            &track.channels.to_be_bytes(),
            &16u16.to_be_bytes(),
            &[0; 4],
            &track.rate.to_be_bytes(),
            &part(b"esds", &[&full(0, &[&stream])]),
        ],
    );
    let frames = track.frames.len();
    let (whole, rest) = (frames / CHUNK, frames % CHUNK);
    let mut runs = Vec::new();
    if whole > 0 {
        runs.extend([1, CHUNK as u32, 1]);
    }
    if rest > 0 {
        runs.extend([whole as u32 + 1, rest as u32, 1]);
    }
    let mut offsets = Vec::with_capacity(whole + 1);
    let mut at = data_at;
    for chunk in track.frames.chunks(CHUNK) {
        offsets.push(at);
        at += chunk.iter().map(|frame| frame.len() as u32).sum::<u32>();
    }
    let times = track.times.iter().flat_map(|(count, ticks)| [*count, *ticks]);
    let sizes = track.frames.iter().map(|frame| frame.len() as u32);
    part(
        b"stbl",
        &[
            &part(b"stsd", &[&full(0, &[&numbers([1]), &entry])]),
            &part(b"stts", &[&full(0, &[&numbers([track.times.len() as u32]), &numbers(times)])]),
            &part(b"stsc", &[&full(0, &[&numbers([runs.len() as u32 / 3]), &numbers(runs)])]),
            &part(b"stsz", &[&full(0, &[&numbers([0, frames as u32]), &numbers(sizes)])]),
            &part(b"stco", &[&full(0, &[&numbers([offsets.len() as u32]), &numbers(offsets)])]),
        ],
    )
}
