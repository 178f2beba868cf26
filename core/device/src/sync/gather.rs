//! What the store has to say to the server, as one signed message.

use frontline_domain::env::Random;
use frontline_domain::fact::ABOUT_CUSTOMERS;
use frontline_protocol::sync::{PATH, Request};
use frontline_protocol::{VERSIONS, frame, limits, sign};
use serde_bytes::ByteBuf;

use super::engine::{Ask, Sent};
use crate::core::signing_key;
use crate::customers;
use crate::error::Fault;
use crate::net::Post;
use crate::store::{Db, cursors, meta, outbox};

/// A message, with what has to be known of it when the answer comes.
pub(super) struct Gathered {
    pub server: String,
    pub post: Post,
    pub sent: Sent,
}

/// Reads everything at one instant of the store: the number that is stated next is above every offer.
pub(super) fn gather(db: &Db<'_>, random: &dyn Random, ask: &Ask) -> Result<Gathered, Fault> {
    let own = meta::identity(db)?;
    let (epoch, next_seq) = meta::series(db)?;
    let mut cursors = cursors::all(db)?;
    // The server takes no more in one request. A device of an account that oversees more sites than this reads
    // the first of them only, and its sync says that it is stuck: it must wait for the digest of `sync.md` 8.
    cursors.truncate(limits::CURSORS);
    for cursor in cursors.iter_mut().filter(|c| ask.older.contains(&c.scope)) {
        cursor.older = cursors::history(db, cursor.scope, cursor.types)?;
    }
    let offers = outbox::to_send(db, ask.offer_entries, ask.offer_bytes)?;
    let about = offers.iter().filter(|(one, _)| ABOUT_CUSTOMERS.contains(*one)).map(|(_, bytes)| bytes.as_slice());
    let keys = customers::told(db, random, &own, about)?;
    let count = offers.len() as u64;
    let request = Request {
        versions: VERSIONS,
        contact: meta::contact(db)?,
        cursors,
        offers: offers.into_iter().map(|(_, bytes)| ByteBuf::from(bytes)).collect(),
        page_bytes: ask.page_bytes,
        idle_digest: None,
        app: env!("CARGO_PKG_VERSION").parse().ok(),
        reader: Some(customers::reader(db)?.into()),
        keys,
    };
    let (server, post) = signed(db, PATH, frame::pack(&request))?;
    let bytes_up = post.body.len() as u64;
    let sent = Sent { cursors: request.cursors, stated: Some((epoch, next_seq)), offers: count, bytes_up, ..Sent::default() };
    Ok(Gathered { server, post, sent })
}

/// A message to the server's `path`, signed by this device; and where the server is.
pub(super) fn signed(db: &Db<'_>, path: &'static str, body: Vec<u8>) -> Result<(String, Post), Fault> {
    let own = meta::identity(db)?;
    let (epoch, next_seq) = meta::series(db)?;
    let nonce: Option<ByteBuf> = meta::get(db, meta::key::NONCE)?;
    let claim = sign::Claim { org: own.org, device: own.device, epoch, next_seq, nonce: sign::hex(&nonce.unwrap_or_default()) };
    let authorization = claim.sign(&signing_key(db)?, "POST", path, &body);
    Ok((own.server, Post { path, authorization: Some(authorization), body }))
}
