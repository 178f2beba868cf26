//! Customers (`sync.md` 27): keys of what is known of them, which of them are one, and forgetting them.
//!
//! Entries hold sealed payloads and random ids. What opens the payloads lies in rows of its own, under keys that
//! are derived from the server's key file: the database alone tells nobody who a customer is. Start at
//! [`take`]: what a device tells with its offers. [`lend`] gives keys to devices that may read, [`read`] opens
//! for the console, [`forget`] destroys.

pub mod forget;
pub mod lend;
pub mod read;
pub mod take;

use frontline_domain::record::{SubjectForgotten, SubjectMerged};
use frontline_domain::{DeviceId, OrgId, SubjectId, cbor};
use frontline_protocol::customers;
use frontline_protocol::hpke::Secret;

use crate::keys::Keys;
use crate::records;
use crate::store::{ReadTx, Result};

/// What binds a wrapped key to its row.
fn row(org: OrgId, subject: SubjectId, device: DeviceId) -> Vec<u8> {
    cbor::encode(&("frontline customer row", org, subject, device))
}

/// The key of (subject, author's device), if it is there.
async fn key(tx: &mut dyn ReadTx, keys: &Keys, org: OrgId, subject: SubjectId, device: DeviceId) -> Result<Option<Secret>> {
    let wrapped = tx.customer_key(org, subject, device).await?;
    Ok(wrapped.and_then(|w| customers::unwrap(&keys.customer_rows(org), &row(org, subject, device), &w)))
}

/// Whether this customer was forgotten.
pub async fn is_forgotten(tx: &mut dyn ReadTx, org: OrgId, subject: SubjectId) -> Result<bool> {
    Ok(records::one::<SubjectForgotten>(tx, org, &subject.to_string()).await?.is_some())
}

/// The subject that stands for all that were merged with this one, and the merges on the way there.
async fn root(tx: &mut dyn ReadTx, org: OrgId, subject: SubjectId) -> Result<(SubjectId, Vec<SubjectMerged>)> {
    let (mut at, mut way) = (subject, Vec::new());
    while let Some(merge) = records::one::<SubjectMerged>(tx, org, &at.to_string()).await? {
        // A circle ends where it closes: what stands there is as good as any other of it.
        if merge.withdrawn || way.iter().any(|m: &SubjectMerged| m.from == merge.from) {
            break;
        }
        at = merge.into;
        way.push(merge);
    }
    Ok((at, way))
}
