//! The pictures of a file: taken as if their device had sent them, from the last byte that is here.

use std::io::{self, Read};

use frontline_domain::{BlobHash, DeviceId, OrgId};

use super::super::Result;
use super::refused;
use crate::app::App;
use crate::blobs::upload::{Brings, NotTaken, Sender};

/// Bytes that are written at once.
const PIECE: usize = 256 << 10;

/// What became of pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pictures {
    pub stored: usize,
    /// They were here before.
    pub known: usize,
    /// Nothing that is stored names them: what does is held or in quarantine. They are taken when the file is taken in
    /// again, after that was let in.
    pub waiting: usize,
}

/// Takes one picture in, whose bytes `from` gives.
pub(super) async fn take(
    app: &App,
    (org, device): (OrgId, DeviceId),
    (blob, bytes): (BlobHash, u64),
    from: &mut (impl Read + Send),
    out: &mut Pictures,
) -> Result<()> {
    // Not among the pieces that the device itself may be sending at this moment.
    let mut by = [0; 16];
    by.copy_from_slice(&blake3::derive_key("frontline 2026 pictures of a file", device.as_bytes())[..16]);
    let sender = Sender { org, by, device: Some(device), brings: Brings::Named };
    match one(app, &sender, &blob, bytes, from).await {
        Ok(true) => out.stored += 1,
        Ok(false) => out.known += 1,
        Err(NotTaken::NotNamed) => out.waiting += 1,
        Err(why) => return Err(refused(why)),
    }
    Ok(())
}

/// Whether it was not here before.
async fn one(
    app: &App,
    sender: &Sender,
    blob: &BlobHash,
    bytes: u64,
    from: &mut (impl Read + Send),
) -> std::result::Result<bool, NotTaken> {
    let begun = app.blobs.begin(app, sender, blob, bytes).await?;
    if begun.expires_ms.is_none() {
        return Ok(false);
    }
    let mut part = app.blobs.open_part(app, sender, blob).await?;
    io::copy(&mut from.take(part.progress.offset), &mut io::sink())?;
    let mut held = vec![0; PIECE];
    loop {
        let count = from.read(&mut held)?;
        if count == 0 {
            break;
        }
        part.write(&held[..count])?;
    }
    app.blobs.close_part(app, sender, blob, part).await?;
    Ok(true)
}
