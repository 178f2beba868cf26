//! Recordings for stories, the demo and tests: silence in AAC, in a file as a phone's recorder writes it, with what it says
//! about itself and the place beside the sound.

/// A silent frame of AAC-LC, one channel.
const SILENCE: [u8; 6] = [0x00, 0xc8, 0x00, 0x80, 0x23, 0x80];
/// Ticks a second, and how many of them a frame sounds.
const TICKS: u32 = 44_100;
const FRAME: u32 = 1_024;
/// What the recorder says about the place.
pub const PLACE: &[u8] = b"+38.7071-009.1355/";
/// What it says about itself.
pub const MAKER: &[u8] = b"Recorder 4.1 of the dockside tablet";

fn part(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), &body].concat()
}

fn numbers(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_be_bytes()).collect()
}

/// A recording of so many seconds that differs with `seed`.
pub fn m4a(seconds: u32, seed: u64) -> Vec<u8> {
    let frames = (seconds * TICKS).div_ceil(FRAME);
    // What a decoder passes over at a frame's end makes recordings differ.
    let mix = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    let sound: Vec<u8> = (0..frames).flat_map(|n| [&SILENCE[..], &[mix[n as usize % 8]]].concat()).collect();
    let size = SILENCE.len() as u32 + 1;
    let length = frames * FRAME;
    let brand = part(b"ftyp", &[b"mp42", &numbers(&[0]), b"isom", b"mp42"]);
    let room = part(b"free", &[MAKER]);
    let data_at = (brand.len() + room.len() + 8) as u32;
    let matrix = numbers(&[0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000]);
    // Seconds since 1904, as recorders write when it was.
    let made = 0xdce4_0000;
    let config = [5, 2, 0x12, 0x08];
    let decoder = [&[4, 17, 0x40, 0x15][..], &[0; 11], &config].concat();
    let esds = part(b"esds", &[&[0; 4], &[3, 25, 0, 0, 0], &decoder, &[6, 1, 2]]);
    let entry = part(b"mp4a", &[&[0, 0, 0, 0, 0, 0, 0, 1], &[0; 8], &[0, 1, 0, 16, 0, 0, 0, 0], &(TICKS << 16).to_be_bytes(), &esds]);
    let table = part(
        b"stbl",
        &[
            &part(b"stsd", &[&numbers(&[0, 1]), &entry]),
            &part(b"stts", &[&numbers(&[0, 1, frames, FRAME])]),
            &part(b"stsz", &[&numbers(&[0, size, frames])]),
            &part(b"stsc", &[&numbers(&[0, 1, 1, frames, 1])]),
            &part(b"stco", &[&numbers(&[0, 1, data_at])]),
        ],
    );
    let here = part(b"dinf", &[&part(b"dref", &[&numbers(&[0, 1]), &part(b"url ", &[&numbers(&[1])])])]);
    let media = part(
        b"mdia",
        &[
            &part(b"mdhd", &[&numbers(&[0, made, made, TICKS, length, 0x55c4_0000])]),
            &part(b"hdlr", &[&numbers(&[0, 0]), b"soun", &numbers(&[0, 0, 0]), b"SoundHandle\0"]),
            &part(b"minf", &[&part(b"smhd", &[&numbers(&[0, 0])]), &here, &table]),
        ],
    );
    let track = part(
        b"trak",
        &[&part(b"tkhd", &[&numbers(&[7, made, made, 1, 0, length, 0, 0, 0, 0x0100_0000]), &matrix, &numbers(&[0, 0])]), &media],
    );
    let head =
        part(b"mvhd", &[&numbers(&[0, made, made, TICKS, length, 0x1_0000, 0x0100_0000, 0, 0]), &matrix, &numbers(&[0, 0, 0, 0, 0, 0, 2])]);
    let place = part(b"\xa9xyz", &[&(PLACE.len() as u16).to_be_bytes(), &[0x15, 0xc7], PLACE]);
    let movie = part(b"moov", &[&head, &track, &part(b"udta", &[&place]), &part(b"meta", &[&[0; 4], MAKER])]);
    [brand, room, part(b"mdat", &[&sound]), movie].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_takes_the_sound_and_leaves_what_the_recorder_said_beside_it() {
        let made = m4a(5, 7);
        let says = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|some| some == what);
        assert!(says(&made, PLACE) && says(&made, MAKER));
        let taken = frontline_device::blobs::sound::take(&made).unwrap();
        assert_eq!(taken.length_ms, 5_015);
        assert!(!says(&taken.bytes, PLACE) && !says(&taken.bytes, MAKER) && says(&taken.bytes, &SILENCE));
        assert_ne!(taken, frontline_device::blobs::sound::take(&m4a(5, 8)).unwrap());
    }
}
