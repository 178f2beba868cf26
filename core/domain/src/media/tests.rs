use super::clean::chunk;
use super::*;

/// A PNG of one colour, with what a maker wrote into it.
fn png(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), more, &chunk(b"IDAT", b"pixels"), &chunk(b"IEND", b"")].concat()
}

fn part(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
}

fn esds(kind: u8) -> Vec<u8> {
    part(b"esds", &[0, 0, 0, 0, 3, 25, 0, 1, 0, 4, 17, kind, 0x15, 0, 0, 0])
}

/// A film of 3.5 seconds, coded so.
fn film(picture: &[u8; 4], sound: Option<u8>, more: &[u8]) -> Vec<u8> {
    let mvhd = part(b"mvhd", &[&[0; 12][..], &1_000u32.to_be_bytes(), &3_500u32.to_be_bytes(), &[0; 80]].concat());
    let track = |entry: Vec<u8>, size: (u32, u32)| {
        let tkhd = part(b"tkhd", &[&[0; 76][..], &(size.0 << 16).to_be_bytes(), &(size.1 << 16).to_be_bytes()].concat());
        let stsd = part(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &entry].concat());
        part(b"trak", &[tkhd, part(b"mdia", &part(b"minf", &part(b"stbl", &stsd)))].concat())
    };
    let mut moov = [mvhd, track(part(picture, &[0; 78]), (640, 360))].concat();
    if let Some(kind) = sound {
        moov.extend(track(part(b"mp4a", &[&[0; 28][..], &esds(kind)].concat()), (0, 0)));
    }
    moov.extend_from_slice(more);
    [part(b"ftyp", b"isom\0\0\0\0"), part(b"moov", &moov), part(b"mdat", b"samples")].concat()
}

#[test]
fn a_picture_is_known_by_its_bytes_and_loses_what_was_written_into_it() {
    let plain = png(40, 30, &[]);
    let (clean, said) = look(&png(40, 30, &chunk(b"tEXt", b"Author\0somebody"))).unwrap();
    assert_eq!(clean, plain);
    assert_eq!(said, Media::Picture(Picture { blob: name(&plain), bytes: plain.len() as u64, format: Format::Png, width: 40, height: 30 }));
    assert!(said.fits());
}

#[test]
fn a_picture_beyond_the_limits_is_refused() {
    assert_eq!(look(&png(4_097, 3, &[])), Err(NotTaken::Side(4_097, 3)));
    assert!(look(&png(4_096, 4_096, &[])).is_ok());
    let large = [png(4, 4, &[]), vec![0; PICTURE_BYTES as usize]].concat();
    assert_eq!(look(&large), Err(NotTaken::PictureBytes { bytes: large.len() as u64 }));
    assert_eq!(look(&png(40, 30, &[])[..50]), Err(NotTaken::Damaged));
    assert_eq!(look(&png(0, 30, &[])), Err(NotTaken::Damaged));
}

#[test]
fn what_is_neither_picture_nor_video_is_refused_by_its_name() {
    assert_eq!(look(b""), Err(NotTaken::Format));
    assert_eq!(look(b"<svg>"), Err(NotTaken::Format));
    for (bytes, kind) in
        [(&b"GIF89a"[..], "GIF"), (b"\0\0\0\x18ftypheic", "HEIC"), (b"RIFF....WEBPVP8 ", "WebP"), (b"\0\0\0\x14ftypqt  ", "QuickTime")]
    {
        assert_eq!(look(bytes), Err(NotTaken::Other(kind)));
    }
}

#[test]
fn a_films_length_and_size_are_read_and_where_it_was_made_is_overwritten() {
    let place = part(b"udta", &part(b"\xa9xyz", b"+52.5200+013.4050/"));
    let told = film(b"avc1", Some(0x40), &place);
    let (clean, said) = look(&told).unwrap();
    let Media::Video(video) = said else { panic!("a video") };
    assert_eq!((video.width, video.height, video.length_ms, video.bytes), (640, 360, 3_500, told.len() as u64));
    assert!(!clean.windows(8).any(|w| w == b"+52.5200"));
    assert!(clean.windows(7).any(|w| w == b"samples"));
    // Clean is clean, to the byte.
    assert_eq!(look(&clean).unwrap().0, clean);
    assert!(look(&film(b"avc1", None, &[])).is_ok(), "without sound");
}

#[test]
fn a_film_that_not_every_phone_plays_says_what_it_has() {
    let said = |bytes: &[u8]| look(bytes).unwrap_err().to_string();
    assert!(said(&film(b"hvc1", None, &[])).contains("H.265"));
    assert!(said(&film(b"avc1", Some(0x6b), &[])).contains("mp4a"), "MP3");
    let whole = film(b"avc1", Some(0x40), &[]);
    for cut in [10, 40, whole.len() - 1] {
        assert_eq!(look(&whole[..cut]), Err(NotTaken::Damaged), "{cut}");
    }
    assert_eq!(look(&film(b"avc1", None, &part(b"mvex", &[]))), Err(NotTaken::NoLength));
}

proptest::proptest! {
    #[test]
    fn bytes_that_somebody_broke_are_taken_or_refused(
        breaks in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()), 1..20),
        is_film: bool,
    ) {
        let mut bytes = if is_film { film(b"avc1", Some(0x40), &part(b"udta", b"somewhere")) } else { png(40, 30, &chunk(b"eXIf", b"MM\0*\0\0\0\x08")) };
        for (at, byte) in breaks {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok((clean, said)) = look(&bytes) {
            proptest::prop_assert!(said.bytes() == clean.len() as u64);
        }
    }
}
