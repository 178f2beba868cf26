//! A place in a list as an address holds it. It says where to go on and nothing else: whose list it is comes
//! from the session, so that one that was made up leads to other rows of one's own.

use serde::Serialize;
use serde::de::DeserializeOwned;

use frontline_domain::cbor;
use frontline_protocol::sign::{hex, unhex};

use crate::console::errors::Failure;

/// Letters of one at most.
const MAX: usize = 2_048;

pub fn write<P: Serialize>(place: &P) -> String {
    hex(&cbor::encode(place))
}

pub fn read<P: DeserializeOwned>(text: &str) -> Result<P, Failure> {
    if text.len() > MAX {
        return Err(Failure::Wrong);
    }
    let bytes = unhex(text).ok_or(Failure::Wrong)?;
    cbor::decode("a place in a list", &bytes).map_err(|_| Failure::Wrong)
}
