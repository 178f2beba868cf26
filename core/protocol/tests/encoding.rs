//! Bytes out equal bytes in: what is hashed, stored and sent is what the author wrote, or it is refused.

use frontline_domain::*;
use frontline_protocol::feed::{Mark, Tag};
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::{AppVersion, Cursor, Request, Row};
use frontline_protocol::{Entry, Header, Instead, Replaces, Seen, frame, limits};
use proptest::prelude::*;

fn scope() -> impl Strategy<Value = Scope> {
    (any::<[u8; 16]>(), 0..4u8).prop_map(|(id, which)| match which {
        0 => Scope::Org,
        1 => Scope::Site(SiteId::from_bytes(id)),
        2 => Scope::Person(PersonId::from_bytes(id)),
        _ => Scope::Device(DeviceId::from_bytes(id)),
    })
}
prop_compose! {
    fn moment()(wall_ms in any::<i64>(), offset_min in any::<i16>(), mono_ms in any::<u64>(), boot in any::<u64>(), server_offset_ms in any::<Option<i64>>()) -> Moment {
        Moment { wall_ms, offset_min, mono_ms, boot, server_offset_ms }
    }
}
prop_compose! {
    fn header()(
        ids in any::<[[u8; 16]; 3]>(), scope in scope(), code in any::<u16>(), numbers in any::<(u64, u64, u32)>(), moment in moment(),
        contact in any::<Option<(u64, i64)>>(), seen in any::<Option<(u64, u64)>>(), replaces in any::<Option<([u8; 16], u64, u64, [u8; 32])>>(),
    ) -> Header {
        let link = |(device, epoch, seq, hash)| Replaces {
            id: EntryId { device: DeviceId::from_bytes(device), epoch: Epoch(epoch), seq },
            hash: EntryHash::from_bytes(hash),
        };
        Header {
            org: OrgId::from_bytes(ids[0]),
            scope,
            entry_type: EntryType(code),
            person: PersonId::from_bytes(ids[1]),
            device: DeviceId::from_bytes(ids[2]),
            epoch: Epoch(numbers.0),
            seq: numbers.1,
            moment,
            contact: contact.map(|(i, at)| (Incarnation(i), at)),
            seen: seen.map(|(i, number)| Seen { incarnation: Incarnation(i), number }),
            rebuild: numbers.2,
            replaces: replaces.map(link).map(Into::into),
        }
    }
}
fn entry() -> impl Strategy<Value = Entry> {
    (header(), proptest::collection::vec(any::<u8>(), 0..200)).prop_map(|(header, body)| Entry::make(header, body))
}
fn mark() -> impl Strategy<Value = Mark> {
    any::<(u64, [u8; 16])>().prop_map(|(number, tag)| Mark { number, tag: Tag::from_bytes(tag) })
}
prop_compose! {
    fn cursor()(scope in scope(), types in any::<[u8; 16]>(), incarnation in any::<u64>(), at in mark(), older in proptest::collection::vec(mark(), 0..3)) -> Cursor {
        Cursor { scope, types: TypeSet::from_bytes(types), incarnation: Incarnation(incarnation), at, older }
    }
}
prop_compose! {
    fn request()(
        contact in any::<Option<(u64, i64)>>(), cursors in proptest::collection::vec(cursor(), 0..4), offers in proptest::collection::vec(entry(), 0..4),
        page_bytes in any::<u32>(), idle in any::<Option<[u8; 16]>>(), app in any::<Option<(u16, u16, u16)>>(),
    ) -> Request {
        Request {
            versions: (1, 1),
            contact: contact.map(|(i, at)| (Incarnation(i), at)),
            cursors,
            offers: offers.into_iter().map(|e| e.bytes().to_vec().into()).collect(),
            page_bytes,
            stance: idle.map(Into::into),
            app: app.map(|(major, minor, patch)| AppVersion(major, minor, patch)),
            reader: idle.map(|_| [7; 32].into()),
            keys: idle.map(|i| i.to_vec().into()),
        }
    }
}

proptest! {
    #[test]
    fn an_entry_gives_back_the_bytes_that_it_was_read_from(entry in entry()) {
        let read = Entry::read(entry.bytes(), limits::ENTRY).expect("an entry");
        prop_assert_eq!(&read, &entry);
        prop_assert_eq!(read.bytes(), entry.bytes());
        prop_assert_eq!(read.hash(), EntryHash::from_bytes(*blake3::hash(entry.bytes()).as_bytes()));
        prop_assert_eq!(Entry::make(read.header.clone(), read.body.clone()), entry);
    }

    #[test]
    fn tampered_bytes_are_refused_or_are_another_entry_in_the_one_encoding(
        entry in entry(), at in any::<prop::sample::Index>(), to in any::<u8>(), how in 0..3u8,
    ) {
        let mut bytes = entry.bytes().to_vec();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = to,
            1 => bytes.insert(at, to),
            _ => drop(bytes.remove(at)),
        }
        prop_assume!(bytes != entry.bytes());
        if let Ok(other) = Entry::read(&bytes, limits::ENTRY) {
            prop_assert_eq!(other.bytes(), &bytes[..]);
            prop_assert_ne!(other.hash(), entry.hash());
            prop_assert_ne!((other.header, other.body), (entry.header, entry.body));
        }
    }

    #[test]
    fn any_bytes_are_an_entry_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(entry) = Entry::read(&bytes, limits::ENTRY) {
            prop_assert_eq!(entry.bytes(), &bytes[..]);
        }
    }

    #[test]
    fn a_cut_entry_and_one_over_the_limit_are_refused(entry in entry(), cut in any::<prop::sample::Index>()) {
        let bytes = entry.bytes();
        prop_assert!(Entry::read(&bytes[..cut.index(bytes.len())], limits::ENTRY).is_err());
        prop_assert!(Entry::read(bytes, bytes.len() - 1).is_err());
        prop_assert!(Entry::read(bytes, bytes.len()).is_ok());
    }

    #[test]
    fn a_message_arrives_as_it_was_sent_and_not_in_part(request in request(), cut in any::<prop::sample::Index>()) {
        let packed = frame::pack(&request);
        prop_assert_eq!(&frame::unpack::<Request>("a request", &packed).expect("a request"), &request);
        prop_assert!(frame::unpack::<Request>("a request", &packed[..cut.index(packed.len())]).is_err());
        prop_assert!(frame::unpack::<Request>("a request", &[&packed[..], &[0]].concat()).is_err());
    }

    #[test]
    fn any_bytes_are_a_message_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(), to in any::<u8>(), request in request()) {
        prop_assert!(frame::unpack::<Request>("a request", &bytes).is_err());
        let mut packed = frame::pack(&request);
        let at = at.index(packed.len());
        packed[at] = to;
        let _ = frame::unpack::<Request>("a request", &packed);
    }

    #[test]
    fn a_row_keeps_the_authors_bytes(entry in entry(), number in any::<u64>(), effective_ms in any::<i64>()) {
        let row = Row { number, effective_ms, bytes: entry.bytes().to_vec().into() };
        let again: Row = cbor::decode("a row", &cbor::encode(&row)).expect("a row");
        prop_assert_eq!(&again.bytes[..], entry.bytes());
        prop_assert_eq!(again, row);
    }

    #[test]
    fn two_feeds_with_one_tag_are_one_feed(hashes in proptest::collection::vec(any::<[u8; 32]>(), 1..6), change in any::<prop::sample::Index>(), other in any::<[u8; 32]>()) {
        let tag = |hashes: &[[u8; 32]]| (1..).zip(hashes).fold(Tag::default(), |tag, (n, h)| tag.then(n, &EntryHash::from_bytes(*h)));
        let mut differs = hashes.clone();
        let at = change.index(hashes.len());
        prop_assume!(differs[at] != other);
        differs[at] = other;
        prop_assert_ne!(tag(&hashes), tag(&differs));
        prop_assert_ne!(tag(&hashes), tag(&hashes[1..]));
        prop_assert_eq!(tag(&hashes), tag(&hashes.clone()));
    }

    #[test]
    fn a_claim_is_read_as_it_was_signed_and_holds_for_that_request_only(ids in any::<[[u8; 16]; 2]>(), numbers in any::<(u64, u64)>(), nonce in proptest::collection::vec(any::<u8>(), 0..64), seed in any::<[u8; 32]>(), body in proptest::collection::vec(any::<u8>(), 0..50)) {
        let key = ed25519_dalek::SigningKey::from_bytes(&seed);
        let claim = Claim { org: OrgId::from_bytes(ids[0]), device: DeviceId::from_bytes(ids[1]), epoch: Epoch(numbers.0), next_seq: numbers.1, nonce };
        let (read, signature) = Claim::read(&claim.sign(&key, "POST", "/v1/sync", &body)).expect("a claim");
        prop_assert_eq!(&read, &claim);
        prop_assert!(read.is_signed(&signature, &key.verifying_key(), "POST", "/v1/sync", &body));
        prop_assert!(!read.is_signed(&signature, &key.verifying_key(), "POST", "/v1/enrol", &body));
        prop_assert!(!read.is_signed(&signature, &key.verifying_key(), "POST", "/v1/sync", &[&body[..], &[0]].concat()));
        let sealed = claim.seal(&key, "/v1/sync", &body);
        let (opened, again, length) = Claim::open(&sealed).expect("a claim").expect("whole");
        prop_assert_eq!((&opened, again, &sealed[length..]), (&claim, signature, &body[..]));
        let later = Claim { next_seq: numbers.1.wrapping_add(1), ..read };
        prop_assert!(!later.is_signed(&signature, &key.verifying_key(), "POST", "/v1/sync", &body));
    }

    #[test]
    fn any_header_is_a_claim_or_an_error(text in ".{0,200}") {
        let _ = Claim::read(&text);
        let _ = Claim::read(&format!("Frontline {text}"));
        let _ = Claim::open(text.as_bytes());
    }
}

#[test]
fn work_that_is_issued_again_and_again_names_the_latest_and_the_first_and_never_too_many() {
    let mut entry = Entry::make(plain_header(), b"work".to_vec());
    let mut hashes = Vec::new();
    for seq in 2..20 {
        hashes.insert(0, entry.hash());
        let header = Header { seq, replaces: Some(Instead::of(&entry)), ..entry.header.clone() };
        entry = Entry::make(header, b"work".to_vec());
        let named: Vec<EntryHash> = entry.header.replaces.iter().flat_map(Instead::links).map(|link| link.hash).collect();
        assert!(named.len() <= 8 && named.first() == hashes.first() && named.last() == hashes.last(), "{seq}");
        assert_eq!(Entry::read(entry.bytes(), limits::ENTRY).as_ref(), Ok(&entry));
    }
}

fn plain_header() -> Header {
    Header {
        org: OrgId::from_bytes([1; 16]),
        scope: Scope::Org,
        entry_type: EntryType::FEEDBACK_GIVEN,
        person: PersonId::from_bytes([2; 16]),
        device: DeviceId::from_bytes([3; 16]),
        epoch: Epoch(4),
        seq: 1,
        moment: Moment { wall_ms: 0, offset_min: 0, mono_ms: 0, boot: 0, server_offset_ms: None },
        contact: None,
        seen: None,
        rebuild: 0,
        replaces: None,
    }
}
