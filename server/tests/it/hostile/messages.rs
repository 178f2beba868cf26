//! What a request is: bombs, lies about lengths, depths and counts.

use std::io::{Read, Write};

use frontline_domain::{Scope, TypeSet};
use frontline_protocol::sync::{Cursor, Request as Ask};
use frontline_protocol::{Code, Mark, enrol, frame, limits, sync};

use super::attempt::Expected;
use super::scene::Scene;

/// Arrays, or maps, or tags, one in another.
pub fn deep(head: &[u8]) -> Vec<u8> {
    let mut bytes = head.repeat(100_000);
    bytes.push(0);
    bytes
}
/// Zeros, as a stream whose length is said nowhere.
fn zeros(n: u64, window_log: Option<u32>) -> Vec<u8> {
    let mut packed = zstd::Encoder::new(Vec::new(), 3).unwrap();
    if let Some(log) = window_log {
        packed.window_log(log).unwrap();
    }
    std::io::copy(&mut std::io::repeat(0).take(n), &mut packed).unwrap();
    packed.flush().unwrap();
    packed.finish().unwrap()
}

pub async fn add(scene: &mut Scene) {
    let large = Expected::Refused(413, Code::LIMIT);
    let bad = Expected::Refused(400, Code::BAD_REQUEST);
    let phone = scene.anew();
    let honest = frame::pack(&phone.ask(&[]));
    let plain = frontline_domain::cbor::encode(&phone.ask(&[]));

    for (name, head) in DEEP {
        let bytes = deep(head);
        scene.says(&format!("{name} within {name}, 100,000 deep, as a message"), &bytes, bad.clone());
        let field = |name: &[u8]| [&[0xa1, 0x60 + name.len() as u8], name, &bytes].concat();
        scene.says(&format!("{name} as deep, in a field"), &field(b"cursors"), bad.clone());
        scene.says(&format!("{name} as deep, in a field that nobody knows"), &field(b"unheard-of"), bad.clone());
    }
    scene.says("as deep, compressed", &zstd::bulk::compress(&deep(&[0x81]), 3).unwrap(), bad.clone());

    scene.says("100 MB of zeros in a few kB", &zeros(100 << 20, None), large.clone());
    scene.says("24 MB of zeros whose length is said", &zstd::bulk::compress(&vec![0; 24 << 20], 3).unwrap(), large.clone());
    scene.says("a byte over a message's limit", &zeros(limits::MESSAGE as u64 + 1, None), large.clone());
    scene.says("a window of 2^27", &zeros(1 << 20, Some(27)), bad.clone());
    let one = zstd::bulk::compress(&plain.repeat(8), 3).unwrap();
    for (name, said) in [("less", 1u8), ("more", 0xff)] {
        let mut lies = one.clone();
        // The length stands behind the magic number and the descriptor, in one byte or two.
        lies[5] = said;
        scene.says(&format!("a frame that says {name} than it has"), &lies, bad.clone());
    }
    let mut lies = vec![0x28, 0xb5, 0x2f, 0xfd, 0xe0];
    lies.extend((1u64 << 62).to_le_bytes());
    lies.extend([1, 0, 0]);
    scene.says("a frame that says 2^62 bytes and has none", &lies, bad.clone());
    scene.says("two frames", &[&one[..], &one].concat(), bad.clone());
    scene.says("10,000 frames", &zstd::bulk::compress(&[0xa0], 3).unwrap().repeat(10_000), bad.clone());
    scene.says("a frame that is cut", &one[..one.len() - 3], bad.clone());
    scene.says(
        "a frame that is skipped, and a message",
        &[&[0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4], &honest[..]].concat(),
        bad.clone(),
    );
    scene.says("a message, and a byte", &[&plain[..], &[0]].concat(), bad.clone());
    scene.says("half a message", &plain[..plain.len() / 2], bad.clone());
    scene.says("nothing", &[], bad.clone());
    scene.says("HTML", b"<html><body>Welcome</body></html>", bad.clone());
    scene.says("an array of 2^64 - 1", &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], bad.clone());
    scene.says("offers, 2^63 of them", &[b"\xa1\x66offers\x9b\x7f".as_slice(), &[0xff; 7], &[0x40; 1_000]].concat(), bad.clone());
    scene.says("an offer of 2^63 bytes", &[b"\xa1\x66offers\x81\x5b\x7f".as_slice(), &[0xff; 7], &[0x40; 1_000]].concat(), bad.clone());
    scene.says("lists without an end", &[b"\xa1\x66offers".as_slice(), &[0x9f; 5_000]].concat(), bad.clone());

    let over = vec![0xa0; limits::BODY + 1];
    scene.says("a body over its limit", &over, large.clone());
    scene.says("a message over its limit, not compressed", &vec![0; limits::MESSAGE + 1], large.clone());
    let sealed = phone.sealed(sync::PATH, &over);
    let mut chunks = b"POST /v1/sync HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for piece in sealed.chunks(60_000) {
        chunks.extend(format!("{:x}\r\n", piece.len()).bytes());
        chunks.extend(piece);
        chunks.extend(b"\r\n");
    }
    chunks.extend(b"0\r\n\r\n");
    scene.try_this("a body over its limit, whose length is not said", chunks, large.clone());

    let cursor = |older| Cursor {
        scope: Scope::Org,
        types: TypeSet::all(),
        incarnation: phone.enrolled.incarnation,
        at: Mark::START,
        older: vec![Mark::START; older],
    };
    let say = |ask: Ask| frame::pack(&ask);
    let ask = || phone.ask(&[]);
    scene.says("12,001 offers", &say(Ask { offers: vec![Vec::new().into(); limits::ROUND_ENTRIES + 1], ..ask() }), large.clone());
    scene.says("a million offers", &say(Ask { offers: vec![Vec::new().into(); 1_000_000], ..ask() }), large.clone());
    scene.says("offers of 4 MB together", &say(Ask { offers: vec![vec![0; 250_000].into(); 15], ..ask() }), large.clone());
    scene.says("513 cursors", &say(Ask { cursors: vec![cursor(0); limits::CURSORS + 1], ..ask() }), large.clone());
    scene.says("65 older places of a cursor", &say(Ask { cursors: vec![cursor(65)], ..ask() }), large.clone());
    scene.says("a protocol that is not spoken yet", &say(Ask { versions: (9, 12), ..ask() }), Expected::Refused(426, Code::VERSION));
    scene.says("protocols the wrong way round", &say(Ask { versions: (1, 0), ..ask() }), Expected::Refused(426, Code::VERSION));

    scene.posts("a large enrolment", enrol::PATH, &vec![0xa0; 9_000], large.clone());
    scene.posts("an enrolment that unfolds", enrol::PATH, &zeros(50 << 20, None), large.clone());
    scene.posts("an enrolment, 8,000 deep", enrol::PATH, &[0x81; 8_000], bad.clone());
    scene.posts("certificates that unfold", enrol::AGAIN, &zeros(50 << 20, None), large);
    scene.posts("certificates, 16,000 deep", enrol::AGAIN, &[0xa1; 16_000], bad);
}

pub const DEEP: [(&str, &[u8]); 6] = [
    ("arrays", &[0x81]),
    ("maps", &[0xa1, 0x00]),
    ("maps that are keys", &[0xa1]),
    ("arrays without an end", &[0x9f]),
    ("maps without an end", &[0xbf, 0x00]),
    ("tags", &[0xc1]),
];
