use std::io::Read;

use super::seal::Head;
use super::stream::{Contents, Frame, Reading, Writing, examine};
use super::*;
use crate::hpke::{Secret, public_key};

const HOLDER: [u8; 32] = [1; 32];

fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}
fn part(entries: usize) -> Part {
    Part {
        org: OrgId::from_bytes([1; 16]),
        device: DeviceId::from_bytes([2; 16]),
        key: device_key().verifying_key().to_bytes().into(),
        epoch: Epoch(3),
        next_seq: 4,
        made_ms: 5,
        entries: vec![ByteBuf::from(b"work of the day ".repeat(40)); entries],
        keys: None,
    }
}
fn photo(bytes: usize) -> (BlobHash, Vec<u8>) {
    let plain: Vec<u8> = (0..bytes).map(|n| (n * 31 + n / 251) as u8).collect();
    (BlobHash::from_bytes(*blake3::hash(&plain).as_bytes()), plain)
}
fn file(parts: &[Part], photos: &[(BlobHash, Vec<u8>)], to: Option<&[u8; 32]>) -> Vec<u8> {
    let (key, whose) = (Secret::new([9; 32]), (OrgId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16])));
    let head = Head::new(whose, to, &key, &Secret::new([3; 32])).unwrap();
    let mut out = Writing::begin(Vec::new(), &head, &key).unwrap();
    for one in parts {
        out.part(one, &device_key()).unwrap();
    }
    for (blob, plain) in photos {
        out.picture(blob, plain.len() as u64, |at| Ok(plain[at as usize..].iter().copied().take(50_000).collect())).unwrap();
    }
    out.end().unwrap()
}
fn open<'a>(bytes: &'a [u8], holder: Option<&[u8; 32]>) -> Result<Reading<&'a [u8]>, ParcelError> {
    let mut from = bytes;
    let head = Head::read(&mut from)?;
    let key = head.open(holder.map(|h| Secret::new(*h)).as_ref()).ok_or(ParcelError::Changed)?;
    Reading::begin(from, &head, &key)
}

#[test]
fn a_file_gives_back_its_parts_and_pictures_to_the_holder_of_the_key_and_shows_nothing_to_others() {
    let (parts, photos) = ([part(300), part(2)], [photo(200_000), photo(1)]);
    let bytes = file(&parts, &photos, Some(&public_key(&HOLDER)));
    assert!(!bytes.windows(8).any(|w| w == b"work of "));
    assert!(open(&bytes, None).is_err() && open(&bytes, Some(&[2; 32])).is_err());
    let found = examine(open(&bytes, Some(&HOLDER)).unwrap()).unwrap();
    assert_eq!(found, Contents { entries: 302, pictures: 2, key: Some(device_key().verifying_key().to_bytes()) });
    let mut file = open(&bytes, Some(&HOLDER)).unwrap();
    for one in parts {
        assert_eq!(file.frame().unwrap(), Some(Frame::Part(Box::new(one))));
    }
    for (blob, plain) in photos {
        assert_eq!(file.frame().unwrap(), Some(Frame::Picture { blob, bytes: plain.len() as u64 }));
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert_eq!(read, plain);
    }
    assert_eq!(file.frame().unwrap(), None);
}

#[test]
fn a_file_of_any_length_that_lacks_its_end_or_has_more_is_refused() {
    // Around the border of a piece: what fills it exactly has no piece after it.
    for size in [0, 65_400, 65_471, 65_472, 65_473, 65_474, 65_475, 131_000] {
        let bytes = file(&[], &[photo(size)], Some(&public_key(&HOLDER)));
        assert_eq!(examine(open(&bytes, Some(&HOLDER)).unwrap()).unwrap().pictures, 1, "{size}");
        let more = [bytes.as_slice(), b"x"].concat();
        assert!(examine(open(&more, Some(&HOLDER)).unwrap()).is_err(), "{size}");
        let head = 20 + usize::from(u16::from_be_bytes([bytes[18], bytes[19]]));
        let cuts = [head, head + 65_552, head + 2 * 65_552, bytes.len() / 2, bytes.len() - 17, bytes.len() - 16, bytes.len() - 1];
        for cut in cuts.into_iter().filter(|cut| *cut < bytes.len()) {
            assert!(open(&bytes[..cut], Some(&HOLDER)).and_then(examine).is_err(), "{size}, {cut}");
        }
    }
}

#[test]
fn a_file_in_which_any_bit_changed_is_refused() {
    for to in [Some(public_key(&HOLDER)), None] {
        let mut bytes = file(&[part(1)], &[photo(9)], to.as_ref());
        assert!(open(&bytes, Some(&HOLDER)).and_then(examine).is_ok());
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(open(&bytes, Some(&HOLDER)).and_then(examine).is_err(), "byte {at} of {}", bytes.len());
            bytes[at] ^= 1;
        }
    }
}

#[test]
fn work_of_another_device_and_pictures_under_another_name_are_refused() {
    let other = Part { device: DeviceId::from_bytes([5; 16]), ..part(1) };
    assert!(examine(open(&file(&[other], &[], None), None).unwrap()).is_err());
    let false_name = (photo(10).0, photo(11).1);
    assert!(examine(open(&file(&[], &[false_name], None), None).unwrap()).is_err());
    let signed_by_another = SigningKey::from_bytes(&[8; 32]);
    let bytes = part(1).sign(&signed_by_another);
    assert!(Part::read(&bytes).is_err());
}

#[test]
fn what_is_no_such_file_is_told_so() {
    for bytes in [b"".as_slice(), b"{}", b"frontline parcel 1", &[0xff; 300]] {
        assert!(matches!(open(bytes, None), Err(ParcelError::NotOne)), "{bytes:?}");
    }
}
