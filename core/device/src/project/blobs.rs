//! What a picture is and what it is for, as the last entry that carries its fact says.

use frontline_domain::CaptureId;
use frontline_domain::fact::{BlobOf, Fact};

use super::Subject;
use super::facts::facts;
use crate::error::Fault;
use crate::observe::{Topic, Touched};
use crate::store::blobs::Named;
use crate::store::{Tx, blobs};

pub(super) fn blob(tx: &Tx<'_>, id: CaptureId, touched: &mut Touched) -> Result<(), Fault> {
    let Some((held, Fact::BlobCaptured(said))) = facts(tx, &Subject::Blob(id))?.pop() else {
        return Ok(blobs::clear(tx, id)?);
    };
    match &said.of {
        BlobOf::Answer { run, .. } => touched.add(Topic::Procedures, run.to_string()),
        BlobOf::Action(action) => touched.add(Topic::Actions, action.to_string()),
    }
    let header = &held.entry.header;
    let named = Named {
        said,
        scope: header.scope,
        person: header.person,
        at_ms: header.moment.server_estimate(),
        own: held.own,
        entry: held.entry.hash(),
    };
    Ok(blobs::put(tx, &named)?)
}
