//! Pictures for stories, the demo and tests: PNGs of soft coloured planes, not compressed, so that their size is
//! known beforehand: some three bytes a pixel.

/// A picture that differs with `seed`.
pub fn png(width: u32, height: u32, seed: u64) -> Vec<u8> {
    let mix = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    let mut rows = Vec::with_capacity((height * (3 * width + 1)) as usize);
    for y in 0..height {
        rows.push(0);
        for x in 0..width {
            // A shelf, a wall and a floor, more or less.
            let plane = match (5 * y / height, 4 * x / width) {
                (0..=2, n) => mix[(n % 4) as usize],
                (3, _) => mix[4] / 2 + 90,
                _ => mix[5] / 3 + 30,
            };
            let light = (60 * (x + y) / (width + height)) as u8;
            rows.extend([plane.saturating_add(light), (plane / 2 + mix[6] / 3).saturating_add(light), (mix[7] / 2).saturating_add(light)]);
        }
    }
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &head);
    chunk(&mut out, b"IDAT", &stored(&rows));
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend_from_slice(kind);
    out.extend_from_slice(data);
    let crc = [&kind[..], data].concat().iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    out.extend((!crc).to_be_bytes());
}

/// A zlib stream of blocks that are not compressed.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        let length = block.len() as u16;
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_takes_it_for_a_picture() {
        let picture = png(40, 30, 7);
        let looked = frontline_device::blobs::picture::look(&picture).unwrap();
        assert_eq!((looked.width, looked.height, looked.media), (40, 30, "image/png"));
        assert_ne!(picture, png(40, 30, 8));
        assert!(frontline_device::blobs::picture::look(&png(400, 300, 1)).is_ok());
    }
}
