//! Keys for the rows of a page, sealed to the device that reads it: it has a right to every row that it is sent,
//! so it has one to what is in it, and to nothing else.

use std::collections::BTreeSet;

use frontline_domain::OrgId;
use frontline_domain::fact::ABOUT_CUSTOMERS;
use frontline_protocol::customers::{Lent, Post};
use frontline_protocol::hpke::Secret;
use frontline_protocol::sync::Page;
use frontline_protocol::{Entry, limits};

use super::{key, take};
use crate::app::App;
use crate::store::{ReadTx, Result};
use crate::sync::auth::Caller;

/// Adds their keys to the pages. A key that is not there was destroyed, or never told.
pub async fn lend(app: &App, tx: &mut dyn ReadTx, caller: &Caller, reader: Option<&[u8; 32]>, pages: &mut [Page]) -> Result<()> {
    let Some(reader) = reader else { return Ok(()) };
    let (org, device): (OrgId, _) = (caller.claim.org, caller.claim.device);
    for page in pages.iter_mut().filter(|page| !page.types.intersection(ABOUT_CUSTOMERS).is_empty()) {
        let entries = page.rows.iter().filter_map(|row| Entry::read(&row.bytes, limits::SERVER_ENTRY).ok());
        let about: BTreeSet<_> = entries.filter_map(|e| Some((take::subject_of(&e)?, e.header.device))).collect();
        let mut list = Vec::with_capacity(about.len());
        for (subject, author) in about {
            if let Some(key) = key(tx, &app.keys, org, subject, author).await? {
                list.push(Lent { subject, device: author, key: (*key).into() });
            }
        }
        if !list.is_empty() {
            let mut ephemeral = Secret::default();
            app.random.fill(ephemeral.as_mut_slice());
            page.keys = Post::Lent(org, device).seal(reader, &ephemeral, &list);
        }
    }
    Ok(())
}
