//! Files as cameras write them, and as somebody writes them who means harm.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use proptest::prelude::*;

use super::exif::Kept;
use super::{Broken, COLOURS, Keep, jpeg, png};
use crate::blobs::picture::{look, take};
use frontline_domain::record::Photos;

const ALL: Keep = Keep { time: true, place: true };
const NOTHING: Keep = Keep { time: false, place: false };
/// What somebody could be found by, as it stands in the file that [`taken`] makes.
const TELLING: [&str; 12] = [
    "Acme",
    "Phone 9",
    "SN-4711",
    "ada's phone",
    "W3C",
    "pic.jpg",
    "photo:where",
    "Caption",
    "a comment",
    "MPF",
    "film",
    "2026:03:01 23:59:59",
];
const TIME: &str = "2026:03:02 08:15:07";

fn plain(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x ^ y) as u8]));
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 80).encode_image(&picture).expect("a picture");
    out
}
fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat()
}
/// With these segments behind the JFIF head.
fn with(segments: &[Vec<u8>]) -> Vec<u8> {
    let whole = plain(64, 48);
    let behind = 4 + usize::from(u16::from_be_bytes([whole[4], whole[5]]));
    [&whole[..behind], &segments.concat(), &whole[behind..]].concat()
}

/// A list of fields in the byte order that most phones write, `(tag, kind, count, bytes)`, at a place of the block.
fn list(at: usize, fields: &[(u16, u16, u32, Vec<u8>)], next: u32) -> Vec<u8> {
    let mut out = (fields.len() as u16).to_le_bytes().to_vec();
    let (head, mut behind) = (at + 2 + fields.len() * 12 + 4, Vec::new());
    for (tag, kind, count, bytes) in fields {
        out.extend([&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes()].concat());
        if bytes.len() <= 4 {
            let mut four = bytes.clone();
            four.resize(4, 0);
            out.extend(four);
        } else {
            out.extend(((head + behind.len()) as u32).to_le_bytes());
            behind.extend_from_slice(bytes);
        }
    }
    out.extend(next.to_le_bytes());
    out.extend(behind);
    out
}
fn long(n: usize) -> Vec<u8> {
    (n as u32).to_le_bytes().to_vec()
}
fn text(text: &str) -> (u16, u32, Vec<u8>) {
    (2, text.len() as u32 + 1, [text.as_bytes(), b"\0"].concat())
}
fn fractions(of: [u32; 6]) -> (u16, u32, Vec<u8>) {
    (5, 3, of.iter().flat_map(|n| n.to_le_bytes()).collect())
}
fn field(tag: u16, (kind, count, bytes): (u16, u32, Vec<u8>)) -> (u16, u16, u32, Vec<u8>) {
    (tag, kind, count, bytes)
}

/// EXIF as a phone writes it: maker, model, owner, its serial number among the maker's notes, time, place with height and the
/// satellites' clock, and a small picture with a block of its own.
fn exif(turn: u8) -> Vec<u8> {
    let maker_notes = b"Apple iOS\0SN-4711\0\xff\xd8\xff".to_vec();
    let (details_at, satellites_at, small_at) = (600, 1_000, 1_400);
    let small = plain(16, 16);
    let first = list(
        8,
        &[
            field(0x010f, text("Acme Corp")),
            field(0x0110, text("Phone 9 Pro")),
            field(0x0112, (3, 1, vec![turn, 0])),
            field(0x0131, text("pic.jpg software")),
            field(0x0132, text("2026:03:01 23:59:59")),
            field(0x013b, text("ada's phone")),
            field(0x8769, (4, 1, long(details_at))),
            field(0x8825, (4, 1, long(satellites_at))),
        ],
        small_at as u32,
    );
    let details = list(
        details_at,
        &[
            field(0x9000, (7, 4, b"0232".to_vec())),
            field(0x9003, text(TIME)),
            field(0x9011, text("+01:00")),
            field(0x927c, (7, maker_notes.len() as u32, maker_notes)),
            field(0x9286, (7, 12, b"W3C said so!".to_vec())),
            field(0xa431, text("SN-4711")),
        ],
        0,
    );
    let satellites = list(
        satellites_at,
        &[
            field(1, text("N")),
            field(2, fractions([51, 1, 30, 1, 2_650, 100])),
            field(3, text("W")),
            // As one maker writes it: with a sign.
            field(4, (10, 3, fractions([0, 1, 7, 1, 3_960, 100]).2)),
            field(6, (5, 1, [35u32.to_le_bytes(), 1u32.to_le_bytes()].concat())),
            field(7, fractions([7, 1, 15, 1, 7, 1])),
        ],
        0,
    );
    let last = list(small_at, &[field(0x0201, (4, 1, long(small_at + 64))), field(0x0202, (4, 1, long(small.len())))], 0);
    let mut out = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    for (at, part) in [(8, first), (details_at, details), (satellites_at, satellites), (small_at, last), (small_at + 64, small)] {
        out.resize(6 + at, 0);
        out.extend(part);
    }
    out
}
/// A JPEG as a phone gives it.
fn taken(turn: u8) -> Vec<u8> {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta photo:where='51.5,-0.13'/>".to_vec();
    let parts = [
        segment(0xe1, &exif(turn)),
        segment(0xe1, &xmp),
        segment(0xe2, b"ICC_PROFILE\0\x01\x01Display P3"),
        segment(0xe2, b"MPF\0II*\0\x08\0\0\0"),
        segment(0xed, b"Photoshop 3.0\08BIM\x04\x04Caption: the back door"),
        segment(0xe5, b"Acme: whatever they like"),
        segment(0xfe, b"a comment"),
    ];
    [with(&parts), plain(16, 16), b"ftypmp42 film".to_vec()].concat()
}
fn has(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|w| w == what.as_bytes())
}
fn pixels(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).expect("a picture").to_rgb8()
}

#[test]
fn what_the_camera_wrote_into_a_photo_does_not_stay_and_its_pixels_do() {
    let (before, after) = (taken(6), jpeg(&taken(6), NOTHING).expect("a picture"));
    for word in TELLING.into_iter().chain([TIME]) {
        assert!(has(&before, word) && !has(&after, word), "{word}");
    }
    assert_eq!(pixels(&before), pixels(&after));
    // Upright as before, by the one thing that is left; and the colours are what they were.
    let looked = look(&after).expect("a picture");
    assert_eq!((looked.width, looked.height), (48, 64));
    assert!(has(&after, "Display P3"));
    let block = Kept::read(&after[after.windows(4).position(|w| w == b"MM\0*").expect("a block")..]);
    assert_eq!(block.write(ALL), block.write(NOTHING), "neither time nor place");
    let grown = after.len() - plain(64, 48).len();
    println!("of {} bytes before the pixels {grown} are left", before.len() - plain(64, 48).len());
    assert!(grown < 80, "{grown}");
}

#[test]
fn time_and_place_stay_where_the_organisation_wants_them_and_nothing_with_them() {
    for (time, place) in [(true, false), (false, true), (true, true)] {
        let after = jpeg(&taken(3), Keep { time, place }).expect("a picture");
        assert!(TELLING.iter().all(|word| !has(&after, word)));
        assert_eq!((has(&after, TIME), has(&after, "+01:00")), (time, time));
        let seconds = [2_650u32.to_be_bytes(), 100u32.to_be_bytes()].concat();
        let west = [3_960u32.to_be_bytes(), 100u32.to_be_bytes()].concat();
        assert!([seconds, west].iter().all(|part| after.windows(8).any(|w| w == &part[..]) == place));
        assert_eq!(look(&after).map(|l| (l.width, l.height)), Ok((64, 48)), "turned by half");
        assert_eq!(jpeg(&after, Keep { time, place }), Ok(after), "clean is clean");
    }
}

#[test]
fn every_way_to_hold_a_phone_survives_and_one_that_there_is_not_does_not() {
    for turn in 0..=9 {
        let after = jpeg(&taken(turn), NOTHING).expect("a picture");
        let turned = look(&taken(turn)).expect("a picture");
        let looked = look(&after).expect("a picture");
        assert_eq!((looked.width, looked.height, looked.thumbnail), (turned.width, turned.height, turned.thumbnail), "{turn}");
        assert_eq!(has(&after, "Exif"), (2..=8).contains(&turn), "{turn}");
    }
}

#[test]
fn a_clean_picture_keeps_its_bytes() {
    assert_eq!(jpeg(&plain(64, 48), NOTHING), Ok(plain(64, 48)));
    let drawn = png_of(40, 30, &[]);
    assert_eq!(png(&drawn, NOTHING), Ok(drawn));
}

#[test]
fn lengths_that_lie_and_files_that_end_early_are_no_pictures() {
    let whole = taken(6);
    for cut in 0..plain(64, 48).len() {
        // Whatever is cut off, the picture was whole only where its end is there.
        assert_eq!(jpeg(&plain(64, 48)[..cut], NOTHING), Err(Broken), "{cut}");
    }
    for length in [0u16, 1, 0xffff] {
        let mut lies = whole.clone();
        lies[22..24].copy_from_slice(&length.to_be_bytes());
        assert_eq!(jpeg(&lies, NOTHING), Err(Broken), "{length}");
    }
    let inside = [plain(8, 8), b"\xff\xd8".to_vec(), plain(8, 8)].concat();
    assert_eq!(jpeg(&inside, NOTHING), Ok(plain(8, 8)), "a second one behind the end goes");
    assert_eq!(jpeg(&with(&[plain(8, 8)]), NOTHING), Err(Broken), "one amid the segments is refused");
    assert_eq!(jpeg(b"\xff\xd8\xff\xd9", NOTHING), Err(Broken), "no pixels");
    let many = with(&vec![segment(0xdc, &[0, 8]); super::PARTS]);
    assert_eq!(jpeg(&many, NOTHING), Err(Broken), "nobody writes so many segments");
}

#[test]
fn blocks_that_point_anywhere_tell_nothing_and_hide_nothing() {
    // A list that is its own details, a place beyond the end, a count that no block has room for.
    let loops = list(8, &[field(0x8769, (4, 1, long(8))), field(0x8825, (4, 1, long(8)))], 8);
    let beyond = list(8, &[field(0x8769, (4, 1, long(usize::MAX >> 33))), field(0x9003, (2, u32::MAX, long(9)))], 0);
    let mut counts = list(8, &[field(0x0112, (3, 1, vec![6, 0]))], 0);
    counts[..2].copy_from_slice(&[0xff, 0xff]);
    for (block, turned) in [(loops, false), (beyond, false), (counts, true)] {
        let body = [b"Exif\0\0II*\0\x08\0\0\0", &block[..]].concat();
        let after = jpeg(&with(&[segment(0xe1, &body)]), ALL).expect("a picture");
        assert_eq!(has(&after, "Exif"), turned);
    }
    // What is no time, and a place that divides by nothing, are not carried on under their names.
    for (time, seconds) in [("Call Ada: 555 01 23", 100), ("2026:03:02 08:15:0x", 0)] {
        let details = list(200, &[field(0x9003, text(time))], 0);
        let satellites =
            [("N", 1, 2), ("E", 3, 4)].map(|(side, of, angle)| [field(of, text(side)), field(angle, fractions([1, 1, 2, 1, 3, seconds]))]);
        let satellites = list(400, &satellites.concat(), 0);
        let mut body = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
        body.extend(list(8, &[field(0x8769, (4, 1, long(200))), field(0x8825, (4, 1, long(400)))], 0));
        for (at, part) in [(200, details), (400, satellites)] {
            body.resize(6 + at, 0);
            body.extend(part);
        }
        let after = jpeg(&with(&[segment(0xe1, &body)]), ALL).expect("a picture");
        assert_eq!((has(&after, &time[..10]), has(&after, "Exif")), (false, seconds > 0));
    }
}

#[test]
fn of_several_blocks_the_first_that_says_something_counts() {
    let nothing = segment(0xe1, b"Exif\0\0MM\0*\0\0\0\x08\0\0");
    let garbage = segment(0xe1, b"Exif\0\0no such thing");
    let both = with(&[garbage, nothing, segment(0xe1, &exif(6)), segment(0xe1, &exif(3))]);
    assert_eq!(look(&jpeg(&both, NOTHING).expect("a picture")).map(|l| l.width), Ok(48));
}

#[test]
fn a_picture_in_many_scans_stays_whole_and_colours_of_a_size_that_no_phone_writes_go() {
    // Frames, tables and scans in any order: the walk is over markers alone.
    let (head, scan) = (segment(0xc2, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]), segment(0xda, &[1, 1, 0, 0, 0, 0x10]));
    let table = segment(0xc4, &[0; 17]);
    let scans =
        [&scan[..], b"\x12\xff\x00\x34\xff\xd0\x56\xff", &table, &scan, b"\x78\xff\x00", &segment(0xdd, &[0, 4]), &scan, b"\x9a"].concat();
    let many = [b"\xff\xd8", &head[..], &scans, b"\xff\xd9"].concat();
    assert_eq!(
        jpeg(&many, NOTHING).map(|clean| has_in_order(&clean, &[b"\x12\xff\x00\x34\xff\xd0\x56", b"\x78\xff\x00", b"\x9a\xff\xd9"])),
        Ok(true)
    );
    let colours = |size| segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", &vec![b'c'; size][..]].concat());
    assert!(has(&jpeg(&with(&[colours(500)]), NOTHING).expect("a picture"), "ccc"));
    assert!(!has(&jpeg(&with(&[colours(COLOURS)]), NOTHING).expect("a picture"), "ccc"));
}
fn has_in_order(bytes: &[u8], parts: &[&[u8]]) -> bool {
    let mut rest = bytes;
    parts.iter().all(|part| match rest.windows(part.len()).position(|w| w == *part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

/// A PNG with these chunks before its pixels.
fn png_of(width: u32, height: u32, chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let raw = vec![90; (width * height * 3) as usize];
    image::codecs::png::PngEncoder::new(&mut out).write_image(&raw, width, height, ExtendedColorType::Rgb8).expect("a picture");
    let more: Vec<u8> = chunks.iter().flat_map(|(name, body)| super::chunk(name, body)).collect();
    [&out[..33], &more, &out[33..]].concat()
}

#[test]
fn a_drawing_is_cleaned_as_a_photo_is() {
    let chunks: [(&[u8; 4], Vec<u8>); 6] = [
        (b"tEXt", b"Author\0ada's phone".to_vec()),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0photo:where".to_vec()),
        (b"tIME", vec![7, 234, 3, 2, 8, 15, 7]),
        (b"eXIf", exif(6)[6..].to_vec()),
        (b"acMe", b"SN-4711".to_vec()),
        (b"pHYs", vec![0, 0, 11, 19, 0, 0, 11, 19, 1]),
    ];
    let before = [png_of(40, 30, &chunks), b"film".to_vec()].concat();
    let after = png(&before, NOTHING).expect("a picture");
    assert!(TELLING.into_iter().chain([TIME, "tIME"]).all(|word| !has(&after, word)) && has(&after, "pHYs"));
    assert_eq!(look(&after).map(|l| (l.width, l.height)), Ok((30, 40)));
    assert!(has(&png(&before, ALL).expect("a picture"), TIME));
    for cut in 0..after.len() {
        assert_eq!(png(&after[..cut], NOTHING), Err(Broken));
    }
    let mut lies = after.clone();
    lies[33..37].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(png(&lies, NOTHING), Err(Broken));
    assert_eq!(png(&png_of(4, 4, &[(b"ACME", vec![])]), NOTHING), Err(Broken), "a part that nobody can leave out");
}

#[test]
fn a_picture_is_as_large_as_the_organisation_wants_and_one_of_another_kind_is_named() {
    let policy = Photos { side: 60, kib: 1, ..Photos::default() };
    let said = |bytes: &[u8], policy: &Photos| take(bytes, policy).map(drop).expect_err("none").to_string();
    assert_eq!(said(&plain(64, 48), &policy), "this picture is 64 by 48 pixels, and no side has more than 60 here; make it smaller");
    let (heavy, policy) = (plain(300, 300), Photos { side: 640, ..policy });
    let kib = heavy.len().div_ceil(1_024);
    let wanted = format!("this picture has {kib} KiB, and one has at most 1 here; make it smaller, or save it with less quality");
    assert_eq!(said(&heavy, &policy), wanted);
    // What the camera wrote is not counted: it goes.
    let grown = with(&[segment(0xe5, &[0; 60_000])]);
    assert!(take(&grown, &Photos { kib: 50, ..Photos::default() }).is_ok());
    for (head, name) in [
        (&b"\0\0\0\x18ftypheic\0\0"[..], "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0", "AVIF"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP"),
        (b"II*\0\x08\0\0\0", "TIFF or raw"),
    ] {
        let wanted = format!("this is a {name} picture, which not every phone and browser shows; save it as a JPEG");
        assert_eq!(said(head, &Photos::default()), wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..Default::default() })]
    #[test]
    fn whatever_somebody_breaks_comes_out_clean_or_not_at_all(
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12), cut in any::<prop::sample::Index>(),
        of_png: bool, time: bool, place: bool,
    ) {
        let keep = Keep { time, place };
        let mut bytes = if of_png { png_of(20, 10, &[(b"eXIf", exif(6)[6..].to_vec()), (b"tEXt", b"Author\0SN-4711".to_vec())]) } else { taken(6) };
        for (at, byte) in breaks {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let clean = if of_png { png } else { jpeg };
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Ok(once) = clean(bytes, keep) {
                prop_assert!(once.len() <= bytes.len());
                prop_assert_eq!(clean(&once, keep), Ok(once));
            }
        }
    }
}
