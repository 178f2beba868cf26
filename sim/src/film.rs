//! Videos for stories and tests: what stands around the samples of an H.264 film, and noise in their place. Nobody plays it;
//! everybody who looks at a file before it is shown takes it for one.

/// A film of so many seconds, some bytes more than `bytes`, that differs with `seed`.
pub fn mp4(seconds: u64, bytes: u64, seed: u64) -> Vec<u8> {
    let length = u32::try_from(seconds * 1_000).unwrap_or(u32::MAX);
    let mvhd = part(b"mvhd", &[&[0; 12][..], &1_000u32.to_be_bytes(), &length.to_be_bytes(), &[0; 80]].concat());
    let side = |pixels: u32| (pixels << 16).to_be_bytes();
    let tkhd = part(b"tkhd", &[&[0; 76][..], &side(640), &side(360)].concat());
    let stsd = part(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &part(b"avc1", &[0; 78])].concat());
    let media = part(b"mdia", &part(b"minf", &part(b"stbl", &stsd)));
    let moov = part(b"moov", &[mvhd, part(b"trak", &[tkhd, media].concat())].concat());
    let mut samples = vec![0; usize::try_from(bytes).unwrap_or(0)];
    blake3::Hasher::new().update(&seed.to_be_bytes()).finalize_xof().fill(&mut samples);
    [part(b"ftyp", b"isom\0\0\x02\0avc1"), moov, part(b"mdat", &samples)].concat()
}

fn part(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
}

#[cfg(test)]
mod tests {
    use frontline_domain::media::{Media, look};

    #[test]
    fn whoever_looks_at_it_takes_it_for_a_film() {
        let (clean, said) = look(&super::mp4(12, 5_000, 7)).unwrap();
        assert_eq!(clean, super::mp4(12, 5_000, 7));
        assert!(matches!(said, Media::Video(video) if (video.length_ms, video.width) == (12_000, 640)));
    }
}
