//! Files as recorders write them, and as somebody breaks them.

use proptest::prelude::*;

use super::*;

/// How a file is laid out.
#[derive(Clone)]
struct File {
    brand: &'static [u8; 4],
    moov_first: bool,
    wide: bool,
    handler: &'static [u8; 4],
    entry: &'static [u8; 4],
    object: u8,
    config: &'static [u8],
    frames: u32,
    ticks: u32,
    /// A second track, of this handler.
    beside: Option<&'static [u8; 4]>,
    extra: Vec<u8>,
}

const USUAL: File = File {
    brand: b"M4A ",
    moov_first: false,
    wide: false,
    handler: b"soun",
    entry: b"mp4a",
    object: 0x40,
    config: &[0x12, 0x08],
    frames: 100,
    ticks: 44_100,
    beside: None,
    extra: Vec::new(),
};

fn part(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), &body].concat()
}
fn n(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_be_bytes()).collect()
}
/// The n-th frame: each has another length.
fn frame(number: u32) -> Vec<u8> {
    vec![number as u8; 5 + number as usize % 7]
}

const SECRET: &[u8] = b"SECRET PLACE 38.7N 9.1W";

impl File {
    /// In chunks of 7 frames, with a gap behind each in which something is written.
    fn bytes(&self) -> Vec<u8> {
        let brand = part(b"ftyp", &[self.brand, &n(&[0]), b"isom"]);
        let before = part(b"free", &[SECRET]);
        let frames: Vec<Vec<u8>> = (0..self.frames).map(frame).collect();
        let (mut data, mut places) = (Vec::new(), Vec::new());
        for chunk in frames.chunks(7) {
            places.push(data.len() as u64);
            data.extend(chunk.concat());
            data.extend(SECRET);
        }
        let movie = |at: u64| self.movie(&frames, &places.iter().map(|place| at + place).collect::<Vec<u64>>());
        let head = (brand.len() + before.len() + 8) as u64;
        let at = if self.moov_first { head + movie(0).len() as u64 } else { head };
        let data = part(b"mdat", &[&data]);
        let rest = if self.moov_first { [movie(at), data].concat() } else { [data, movie(at)].concat() };
        [brand, before, rest, part(b"uuid", &[&[7; 16], SECRET]), self.extra.clone()].concat()
    }

    fn movie(&self, frames: &[Vec<u8>], places: &[u64]) -> Vec<u8> {
        let sizes: Vec<u32> = frames.iter().map(|f| f.len() as u32).collect();
        let count = sizes.len() as u32;
        let decoder =
            [&[4, 15 + self.config.len() as u8, self.object, 0x15][..], &[0; 11], &[5, self.config.len() as u8], self.config].concat();
        // Sizes of descriptors in four bytes, as Apple writes them.
        let esds = [&[0; 4][..], &[3, 0x80, 0x80, 0x80, 3 + decoder.len() as u8, 0, 0, 0], &decoder].concat();
        let entry = part(
            self.entry,
            &[&[0, 0, 0, 0, 0, 0, 0, 1], &[0; 8], &[0, 2, 0, 16, 0, 0, 0, 0], &n(&[self.ticks << 16]), &part(b"esds", &[&esds])],
        );
        let last = count % 7;
        let runs = match (count / 7, last) {
            (whole, 0) => n(&[0, 1, 1, 7, 1][..if whole > 0 { 5 } else { 0 }]),
            (0, last) => n(&[0, 1, 1, last, 1]),
            (whole, last) => n(&[0, 2, 1, 7, 1, whole + 1, last, 1]),
        };
        let offsets = if self.wide {
            let all: Vec<u8> = places.iter().flat_map(|p| p.to_be_bytes()).collect();
            part(b"co64", &[&n(&[0, places.len() as u32]), &all])
        } else {
            part(b"stco", &[&n(&[0, places.len() as u32]), &n(&places.iter().map(|p| *p as u32).collect::<Vec<_>>())])
        };
        let table = part(
            b"stbl",
            &[
                &part(b"stsd", &[&n(&[0, 1]), &entry]),
                &part(b"stts", &[&n(&[0, 2, count - 1, 1_024, 1, 500])]),
                &part(b"stsz", &[&n(&[0, 0, count]), &n(&sizes)]),
                &part(b"stsc", &[&runs]),
                &offsets,
            ],
        );
        let of = |handler: &[u8; 4]| {
            let mdhd = part(b"mdhd", &[&n(&[0, 9, 9, self.ticks, count * 1_024, 0])]);
            let hdlr = part(b"hdlr", &[&n(&[0, 0]), handler, &n(&[0, 0, 0]), SECRET]);
            part(b"trak", &[&part(b"mdia", &[&mdhd, &hdlr, &part(b"minf", &[&table])]), &part(b"udta", &[SECRET])])
        };
        let place = part(b"udta", &[&part(b"\xa9xyz", &[SECRET])]);
        let beside = self.beside.map(of).unwrap_or_default();
        part(b"moov", &[&place, &beside, &of(self.handler), &part(b"meta", &[&[0; 4], SECRET])])
    }
}

/// A recording that somebody could have made.
pub(crate) fn recorded(frames: u32) -> Vec<u8> {
    File { frames, ..USUAL }.bytes()
}

fn sound(frames: u32) -> Vec<u8> {
    (0..frames).flat_map(frame).collect()
}
fn says(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|some| some == what)
}

#[test]
fn whatever_way_a_file_is_laid_out_the_sound_is_kept_and_nothing_else() {
    let usual = take(&USUAL.bytes()).unwrap();
    assert_eq!(usual.length_ms, (99 * 1_024 + 500) * 1_000 / 44_100);
    assert!(says(&usual.bytes, &sound(100)), "the frames follow each other");
    assert!(!says(&usual.bytes, b"SECRET"));
    for file in [
        File { moov_first: true, ..USUAL },
        File { wide: true, ..USUAL },
        File { moov_first: true, wide: true, brand: b"isom", ..USUAL },
        // A track of places beside the sound is left behind.
        File { beside: Some(b"meta"), brand: b"mp42", ..USUAL },
        File { extra: vec![0; 5], ..USUAL },
    ] {
        assert_eq!(take(&file.bytes()).unwrap(), usual, "the same sound is the same file");
    }
    for frames in [1, 6, 7, 8, 48, 49, 96] {
        let taken = take(&File { frames, ..USUAL }.bytes()).unwrap();
        assert!(says(&taken.bytes, &sound(frames)) && !says(&taken.bytes, b"SECRET"), "{frames}");
    }
}

#[test]
fn what_was_written_anew_is_read_again_as_the_same_file() {
    let once = take(&USUAL.bytes()).unwrap();
    assert_eq!(take(&once.bytes).unwrap(), once);
    // The tables come before the data: it plays while it comes.
    let place = |kind: &[u8]| once.bytes.windows(4).position(|some| some == kind).unwrap();
    assert!(place(b"moov") < place(b"mdat"));
}

#[test]
fn what_is_no_recording_of_ours_is_refused_in_one_sentence() {
    let refused = |file: File| take(&file.bytes()).unwrap_err();
    for (bytes, name) in [
        (&b"#!AMR\n"[..], "AMR"),
        (b"OggS\0", "Ogg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "WAV"),
        (b"ID3\x04", "MP3"),
        (&[0xff, 0xfb, 0x90], "MP3"),
        (&[0xff, 0xf1, 0x50], "AAC without its MPEG-4 file"),
        (b"fLaC", "FLAC"),
        (&[0x1a, 0x45, 0xdf, 0xa3], "WebM"),
        (b"caff\0", "Apple's CAF"),
    ] {
        assert_eq!(take(bytes), Err(NotTaken::Other(name)));
    }
    assert_eq!(refused(File { brand: b"3gp4", ..USUAL }), NotTaken::Other("3GP"));
    assert_eq!(refused(File { brand: b"qt  ", ..USUAL }), NotTaken::Other("QuickTime"));
    assert_eq!(refused(File { entry: b"samr", ..USUAL }), NotTaken::Other("AMR"));
    assert_eq!(refused(File { entry: b"alac", ..USUAL }), NotTaken::Other("Apple Lossless"));
    assert_eq!(refused(File { object: 0x6b, ..USUAL }), NotTaken::Other("MP3"));
    assert_eq!(refused(File { config: &[39 << 3, 0], ..USUAL }), NotTaken::Other("a kind of AAC for conversations"));
    assert_eq!(refused(File { brand: b"heic", ..USUAL }), NotTaken::Format);
    assert_eq!(refused(File { beside: Some(b"vide"), ..USUAL }), NotTaken::Video);
    assert_eq!(refused(File { beside: Some(b"soun"), ..USUAL }), NotTaken::Tracks);
    assert_eq!(refused(File { handler: b"text", ..USUAL }), NotTaken::Nothing);
    assert_eq!(refused(File { extra: part(b"moof", &[]), ..USUAL }), NotTaken::Pieces);
    assert_eq!(refused(File { ticks: 1, ..USUAL }), NotTaken::Length);
    assert_eq!(take(b""), Err(NotTaken::Format));
    assert_eq!(take(b"\xff\xd8\xff\xe0"), Err(NotTaken::Format));
    assert_eq!(take(&vec![0; sounds::BYTES as usize + 1]), Err(NotTaken::Bytes));
    let good = USUAL.bytes();
    for cut in [12, 40, good.len() / 2, good.len() - 30] {
        assert_eq!(take(&good[..cut]), Err(NotTaken::Damaged), "{cut}");
    }
}

#[test]
fn a_table_that_says_more_than_there_is_takes_no_memory_for_it() {
    let good = USUAL.bytes();
    for table in [b"stts", b"stsz", b"stsc", b"stco"] {
        let at = good.windows(4).position(|some| some == table).unwrap() + 8 + if table == b"stsz" { 4 } else { 0 };
        let mut lies = good.clone();
        lies[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(take(&lies).is_err());
    }
    // Frames that lie over each other: many of them would be far more than the file.
    let at = good.windows(4).position(|some| some == b"stsz").unwrap() + 8;
    let mut lies = good.clone();
    lies[at..at + 8].copy_from_slice(&n(&[1_000, 60_000]));
    assert_eq!(take(&lies), Err(NotTaken::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..Default::default() })]
    #[test]
    fn bytes_that_somebody_broke_are_a_recording_no_larger_than_they_were_or_an_error(
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(), moov_first: bool, wide: bool,
    ) {
        let mut bytes = File { moov_first, wide, ..USUAL }.bytes();
        for (at, byte) in breaks {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // Tables may take more than they took: one of so many frames has so many rows.
        let most = 2 * bytes.len() + 2_048;
        for some in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Ok(taken) = take(some) {
                prop_assert!(taken.bytes.len() <= most, "{} of {}", taken.bytes.len(), some.len());
                prop_assert_eq!(take(&taken.bytes), Ok(taken));
            }
        }
    }
}
