//! What the store has to say to the server, as one signed message.

use frontline_domain::env::Random;
use frontline_domain::fact::ABOUT_CUSTOMERS;
use frontline_protocol::sign::Claim;
use frontline_protocol::stance::Stance;
use frontline_protocol::sync::{PATH, Request};
use frontline_protocol::{VERSIONS, frame, limits};
use serde_bytes::{ByteArray, ByteBuf};

use super::engine::{Ask, Sent};
use crate::core::signing_key;
use crate::customers;
use crate::error::Fault;
use crate::net::Post;
use crate::store::{Db, StoreError, cursors, meta, outbox};

/// A message, with what has to be known of it when the answer comes.
pub(super) struct Gathered {
    pub server: String,
    pub post: Post,
    /// Where this device stands, without older marks.
    pub stance: Stance,
    /// It was said by its digest.
    pub is_known: bool,
    pub sent: Sent,
}

/// Reads everything at one instant of the store: the number that is stated next is above every offer.
pub(super) fn gather(db: &Db<'_>, random: &dyn Random, ask: &Ask) -> Result<Gathered, Fault> {
    let own = meta::identity(db)?;
    let (epoch, next_seq) = meta::series(db)?;
    let mut cursors = cursors::all(db)?;
    // The server takes no more in one request. A device of an account that oversees more sites than this reads
    // the first of them only, and its sync says that it is stuck.
    let cut = cursors.len() > limits::CURSORS;
    cursors.truncate(limits::CURSORS);
    let (app, reader) = (env!("CARGO_PKG_VERSION").parse().ok(), Some(customers::reader(db)?.into()));
    let stance = Stance { cursors: cursors.clone(), reads: cursors::reads(db)?, app, reader };
    let known = meta::get::<Option<ByteArray<16>>>(db, meta::key::STANCE)?.flatten();
    let known = known.filter(|known| !ask.whole && ask.older.is_empty() && **known == stance.digest());
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
        cursors: if known.is_some() { Vec::new() } else { cursors.clone() },
        offers: offers.into_iter().map(|(_, bytes)| ByteBuf::from(bytes)).collect(),
        page_bytes: ask.page_bytes,
        stance: known,
        app: app.filter(|_| known.is_none()),
        reader: reader.filter(|_| known.is_none()),
        keys,
    };
    let (server, post) = signed(db, PATH, &frame::pack(&request))?;
    let bytes_up = post.body.len() as u64;
    let sent = Sent { cursors, cut, stated: Some((epoch, next_seq)), offers: count, bytes_up, ..Sent::default() };
    Ok(Gathered { server, post, stance, is_known: known.is_some(), sent })
}

/// A message to the server's `path`, signed by this device; and where the server is.
pub(super) fn signed(db: &Db<'_>, path: &'static str, message: &[u8]) -> Result<(String, Post), Fault> {
    let claim = claim(db)?;
    Ok((meta::identity(db)?.server, Post { path, body: claim.seal(&signing_key(db)?, path, message) }))
}

/// What this device claims of itself, for its signature.
pub(crate) fn claim(db: &Db<'_>) -> Result<Claim, StoreError> {
    let (own, (epoch, next_seq)) = (meta::identity(db)?, meta::series(db)?);
    let nonce: Option<ByteBuf> = meta::get(db, meta::key::NONCE)?;
    Ok(Claim { org: own.org, device: own.device, epoch, next_seq, nonce: nonce.unwrap_or_default().into_vec() })
}
