//! Who speaks: claims that are forged, stolen, moved or old.

use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::sign::Claim;
use frontline_protocol::{Code, document, frame, give_back, sync};

use super::attempt::{Expected, http};
use super::scene::Scene;
use crate::phone::{Phone, feedback, replacing};

/// Behind it the message begins.
fn claim_of(sealed: &[u8]) -> &[u8] {
    let (_, _, length) = Claim::open(sealed).unwrap().unwrap();
    &sealed[..length]
}

pub async fn add(scene: &mut Scene) {
    let bad = Expected::Refused(401, Code::BAD_SIGNATURE);
    let unknown = Expected::Refused(401, Code::UNKNOWN_DEVICE);
    let new_nonce = Expected::Refused(401, Code::NEW_NONCE);
    let (ana, ben, mallory) = (scene.ana.clone(), scene.ben.clone(), scene.anew());
    let ask = frame::pack(&mallory.ask(std::slice::from_ref(&scene.unsent)));
    let as_device = |phone: &Phone, org: OrgId, device: DeviceId| {
        let mut forged = phone.clone();
        (forged.enrolled.org, forged.enrolled.device) = (org, device);
        forged.sealed(sync::PATH, &ask)
    };
    let (org, own) = (mallory.enrolled.org, mallory.enrolled.device);
    let stranger = scene.stranger.clone();

    scene.posts(
        "a stranger with a device that never was",
        sync::PATH,
        &as_device(&stranger, org, stranger.enrolled.device),
        unknown.clone(),
    );
    scene.posts("a stranger as a colleague's phone", sync::PATH, &as_device(&stranger, org, ana.enrolled.device), bad.clone());
    scene.posts("a device of another organisation", sync::PATH, &as_device(&mallory, OrgId::from_bytes([9; 16]), own), unknown);
    scene.posts("as a colleague's phone, with the own key", sync::PATH, &as_device(&mallory, org, ben.enrolled.device), bad.clone());
    let with_nonce = |nonce: Vec<u8>| Phone { nonce, ..mallory.clone() }.sealed(sync::PATH, &ask);
    scene.posts("with a colleague's nonce", sync::PATH, &with_nonce(ben.nonce.clone()), new_nonce.clone());
    scene.posts("with no nonce", sync::PATH, &with_nonce(Vec::new()), new_nonce.clone());
    scene.posts("with a nonce that was made up", sync::PATH, &with_nonce(vec![7; 24]), new_nonce);

    let hers = ana.sealed(sync::PATH, &frame::pack(&ana.ask(&[])));
    let stolen = [claim_of(&hers), &ask].concat();
    scene.posts("a colleague's claim before the own message", sync::PATH, &stolen, bad.clone());
    let mine = mallory.sealed(sync::PATH, &ask);
    let mut changed = mine.clone();
    *changed.last_mut().unwrap() ^= 1;
    scene.posts("the own claim, and a message that was changed after it", sync::PATH, &changed, bad.clone());
    scene.posts("the own claim, and nothing after it", sync::PATH, claim_of(&mine), bad.clone());
    for (at, what) in
        [(0, "organisation"), (16, "device"), (32, "epoch"), (40, "number"), (42, "nonce"), (mine.len() - ask.len() - 1, "signature")]
    {
        let mut changed = mine.clone();
        changed[at] ^= 1;
        let expected = if at < 32 { Expected::Refused(401, Code::UNKNOWN_DEVICE) } else { bad.clone() };
        scene.posts(&format!("a claim whose {what} was changed"), sync::PATH, &changed, expected);
    }
    for path in [document::PATH, give_back::PATH] {
        let moved = mallory.sealed(path, &ask);
        scene.posts(&format!("a claim for {path} at another"), sync::PATH, &moved, bad.clone());
        scene.posts(&format!("a claim for another at {path}"), path, &mine, bad.clone());
    }
    for (name, bytes) in [
        ("no body at all", Vec::new()),
        ("half a claim", mine[..60].to_vec()),
        ("a number without an end", [&mine[..40], &[0xff; 200]].concat()),
        ("a nonce longer than nonces are", [&mine[..41], &[0xff; 500]].concat()),
        ("zeros", vec![0; 4_096]),
        ("0xff", vec![0xff; 4_096]),
    ] {
        let expected = if name == "zeros" { Expected::Refused(401, Code::UNKNOWN_DEVICE) } else { bad.clone() };
        scene.posts(name, sync::PATH, &bytes, expected);
    }

    // Said again byte for byte: hers with what she has a receipt for, and an own one.
    let hers = ana.sealed(sync::PATH, &frame::pack(&ana.ask(std::slice::from_ref(&scene.stored))));
    for n in 1..=3 {
        scene.posts(&format!("a captured request of a colleague's, time {n}"), sync::PATH, &hers, Expected::OldReceipt);
    }
    let mut phone = scene.mallory.clone();
    phone.next = 3;
    let again = http("POST", sync::PATH, &[], &phone.sealed(sync::PATH, &frame::pack(&phone.ask(std::slice::from_ref(&scene.own)))));
    for n in 1..=3 {
        scene.try_this(format!("the own request again, time {n}"), again.clone(), Expected::OldReceipt);
    }
    // What is stored in the stead of another entry closes that one for ever: a colleague's would be lost.
    for (name, entry) in [("stored", scene.stored.clone()), ("unsent", scene.unsent.clone())] {
        let mut phone = scene.anew();
        let mut header = phone.header(&scene.world, entry.header.entry_type);
        header.replaces = replacing(&entry);
        let forged = phone.make(header, feedback(&scene.world, org, 1).await.encode());
        let expected = Expected::Quarantined(Code::OTHER_DEVICE);
        scene.offers_bytes(&format!("in the stead of a colleague's {name} entry"), &phone, forged.bytes(), expected);
    }
}
