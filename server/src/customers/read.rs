//! Opening what is known of a customer, for a person who may read it.

use frontline_domain::CaptureId;
use frontline_domain::customer::Sealed;
use frontline_protocol::Header;
use frontline_protocol::customers::Place;
use serde::de::DeserializeOwned;

use super::{is_forgotten, key};
use crate::keys::Keys;
use crate::store::{ReadTx, Result};

/// What became of something that was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened<T> {
    Known(T),
    /// The customer was forgotten.
    Forgotten,
    /// Its key was never told, or does not fit.
    Closed,
}

/// Opens what the entry with this header says about the customer of `about`.
pub async fn open<T: DeserializeOwned>(
    tx: &mut dyn ReadTx,
    keys: &Keys,
    header: &Header,
    about: CaptureId,
    sealed: &Sealed,
) -> Result<Opened<T>> {
    let (org, device) = (header.org, header.device);
    if is_forgotten(tx, org, sealed.subject).await? {
        return Ok(Opened::Forgotten);
    }
    let key = key(tx, keys, org, sealed.subject, device).await?;
    Ok(key.and_then(|key| Place { org, device, about }.open(&key, sealed)).map_or(Opened::Closed, Opened::Known))
}
