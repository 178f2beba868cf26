//! One page as SQLite3 Multiple Ciphers writes it in its scheme "chacha20" with a raw key: ChaCha20 and
//! Poly1305 (RFC 8439) with a one-time key for each page, the last 32 bytes of a page being 16 of nonce and 16
//! of seal. Source: `cipher_chacha20.c` of sqlite3mc 2.6, `DecryptPageChaCha20Cipher`.
//!
//! Written out here because SQLite gives no page whose seal is broken, and no crate at hand offers the two
//! primitives apart. It only ever reads; what the store writes, SQLite enciphers.

/// Bytes of a page: the cipher's default, which the store keeps.
pub const PAGE: usize = 4_096;
/// Bytes at the end of each page that hold no content.
pub const RESERVED: usize = 32;
/// Bytes of content.
pub const USABLE: usize = PAGE - RESERVED;
/// Of the first page so many bytes are not enciphered: a salt, and what SQLite has to know beforehand.
const PLAIN_HEAD: usize = 24;
const NONCE: usize = 16;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A page's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain {
    pub bytes: Vec<u8>,
    /// Its seal is whole: not a bit of it changed since it was written under this key.
    pub is_sealed: bool,
}

/// Deciphers the page with this number, counted from 1; `raw` has [`PAGE`] bytes.
pub fn open(key: &[u8; 32], number: u32, raw: &[u8]) -> Option<Plain> {
    let (content, tail) = raw.get(..PAGE)?.split_at(USABLE);
    let (nonce, seal) = tail.split_at(NONCE);
    let (iv, start) = nonce.split_first_chunk::<12>()?;
    let counter = u32::from_le_bytes(start.try_into().ok()?) ^ number;
    let once = block(key, iv, counter);
    let (seal_key, page_key) = (first(&once[..32]), first(&once[32..]));
    let is_sealed = poly1305(&seal_key, &raw[..USABLE + NONCE]) == seal;
    let mut bytes = content.to_vec();
    let head = if number == 1 { PLAIN_HEAD } else { 0 };
    let mut counter = counter.wrapping_add(1);
    for chunk in bytes[head..].chunks_mut(64) {
        let stream = block(&page_key, iv, counter);
        chunk.iter_mut().zip(stream).for_each(|(byte, mask)| *byte ^= mask);
        counter = counter.wrapping_add(1);
    }
    if number == 1 {
        bytes[..16].copy_from_slice(MAGIC);
    }
    Some(Plain { bytes, is_sealed })
}

fn first(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(bytes);
    out
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// 64 bytes of ChaCha20's stream (RFC 8439, 2.3).
fn block(key: &[u8; 32], nonce: &[u8; 12], counter: u32) -> [u8; 64] {
    let mut start = [0u32; 16];
    start[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
    (0..8).for_each(|i| start[4 + i] = word(key, 4 * i));
    start[12] = counter;
    (0..3).for_each(|i| start[13 + i] = word(nonce, 4 * i));
    let mut s = start;
    for _ in 0..10 {
        for [a, b, c, d] in
            [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]]
        {
            for (x, y, z, turn) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
                s[x] = s[x].wrapping_add(s[y]);
                s[z] = (s[z] ^ s[x]).rotate_left(turn);
            }
        }
    }
    let mut out = [0; 64];
    for (i, bytes) in out.chunks_mut(4).enumerate() {
        bytes.copy_from_slice(&s[i].wrapping_add(start[i]).to_le_bytes());
    }
    out
}

/// The authenticator of RFC 8439, 2.5, in five limbs of 26 bits.
fn poly1305(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
    const LIMB: u64 = (1 << 26) - 1;
    let limbs = |bytes: &[u8]| -> [u64; 5] {
        let at = |byte: usize, shift: u32| u64::from(word(bytes, byte) >> shift);
        [at(0, 0) & LIMB, at(3, 2) & LIMB, at(6, 4) & LIMB, at(9, 6) & LIMB, at(12, 8)]
    };
    let clamp = [0x3ff_ffff, 0x3ff_ff03, 0x3ff_c0ff, 0x3f0_3fff, 0x00f_ffff];
    let r: [u64; 5] = std::array::from_fn(|i| limbs(&key[..16])[i] & clamp[i]);
    let mut h = [0u64; 5];
    for part in message.chunks(16) {
        let mut padded = [0u8; 17];
        padded[..part.len()].copy_from_slice(part);
        padded[part.len()] = 1;
        let m = limbs(&padded[..16]);
        (0..5).for_each(|i| h[i] += m[i]);
        h[4] += u64::from(padded[16]) << 24;
        // What overflows 2^130 comes back times 5.
        let product: [u64; 5] =
            std::array::from_fn(|i| (0..5).map(|j| if j <= i { h[j] * r[i - j] } else { h[j] * r[5 + i - j] * 5 }).sum());
        let mut carry = 0;
        for i in 0..5 {
            let sum = product[i] + carry;
            (h[i], carry) = (sum & LIMB, sum >> 26);
        }
        h[0] += carry * 5;
        h[1] += h[0] >> 26;
        h[0] &= LIMB;
    }
    let mut carry = 0;
    for _ in 0..2 {
        for limb in &mut h {
            *limb += carry;
            carry = *limb >> 26;
            *limb &= LIMB;
        }
        carry *= 5;
    }
    h[0] += carry;
    // h - (2^130 - 5), where that is not below zero.
    let mut reduced = h;
    let mut carry = 5;
    for limb in &mut reduced {
        *limb += carry;
        carry = *limb >> 26;
        *limb &= LIMB;
    }
    let h = if carry > 0 { reduced } else { h };
    let low = u128::from(h[0]) | u128::from(h[1]) << 26 | u128::from(h[2]) << 52 | u128::from(h[3]) << 78 | u128::from(h[4]) << 104;
    let mut pad = [0; 16];
    pad.copy_from_slice(&key[16..]);
    low.wrapping_add(u128::from_le_bytes(pad)).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_protocol::sign::{hex, unhex};

    fn key(text: &str) -> [u8; 32] {
        first(&unhex(text).expect("hexadecimal"))
    }

    #[test]
    fn a_block_of_the_stream_is_the_one_of_the_rfc() {
        let key = key("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&unhex("000000090000004a00000000").expect("hexadecimal"));
        let expected = "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e\
                        d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e";
        assert_eq!(hex(&block(&key, &nonce, 1)), expected);
    }

    #[test]
    fn a_seal_is_the_one_of_the_rfc_and_right_where_the_sum_wraps() {
        let one = key("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
        assert_eq!(hex(&poly1305(&one, b"Cryptographic Forum Research Group")), "a8061dc1305136c6c22b8baf0c0127a9");
        // RFC 8439, A.3, vectors 7 to 10: carries and the last reduction.
        let r = |text: &str| key(&format!("{text:0<64}"));
        let ones = [0xff; 16];
        assert_eq!(hex(&poly1305(&r("02"), &ones)), "03000000000000000000000000000000");
        let two = [[0xff; 16], [0; 16]].concat();
        let pad = key("02000000000000000000000000000000ffffffffffffffffffffffffffffffff");
        assert_eq!(
            hex(&poly1305(&pad, &unhex("02000000000000000000000000000000").expect("hexadecimal"))),
            "03000000000000000000000000000000"
        );
        let three =
            unhex("fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000").expect("hexadecimal");
        assert_eq!(hex(&poly1305(&r("01"), &three)), "05000000000000000000000000000000");
        let four =
            unhex("fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101").expect("hexadecimal");
        assert_eq!(hex(&poly1305(&r("01"), &four)), "00000000000000000000000000000000");
        assert_eq!(poly1305(&r("00"), &two), [0; 16]);
    }
}
