//! How a picture comes to belong to an answer: in the transaction of the answer, a fact says what it is.

use frontline_domain::document::AnswerKey;
use frontline_domain::fact::{BlobCaptured, Fact};
use frontline_domain::form::Evidence;
use frontline_domain::{BlobHash, DocId, EntryType, Scope};

use crate::capture::Pen;
use crate::error::Fault;
use crate::store::blobs;

/// Says of each picture what it is and what it is for, unless that was said. `rule` is the item's. `field` is what
/// a refusal names.
pub(crate) fn attach(
    pen: &mut Pen<'_>,
    (run, scope): (DocId, Scope),
    key: &AnswerKey,
    pictures: &[BlobHash],
    rule: Option<&Evidence>,
    field: &str,
) -> Result<(), Fault> {
    for blob in pictures {
        let named = blobs::named(pen.tx, blob)?;
        let here = |n: &&blobs::Named| n.said.run == run && n.said.item == key.item && n.said.instance == key.instance;
        let said = match (named.iter().find(here), blobs::file(pen.tx, blob)?, named.first()) {
            (Some(known), ..) => {
                is_live(known.said.live, rule, field)?;
                continue;
            }
            (None, Some(blobs::FileRow { thumbnail: Some(thumbnail), bytes, media, width, height, live, .. }), _) => BlobCaptured {
                id: pen.id(),
                blob: *blob,
                bytes,
                media,
                width,
                height,
                live,
                run,
                item: key.item.clone(),
                instance: key.instance,
                thumbnail,
            },
            // A colleague's, of another item.
            (None, _, Some(other)) => {
                BlobCaptured { id: pen.id(), run, item: key.item.clone(), instance: key.instance, ..other.said.clone() }
            }
            (None, _, None) => return Err(Fault::invalid(field, "added", "there is no such photo on this device; add it first")),
        };
        is_live(said.live, rule, field)?;
        if !pen.may_write(EntryType::BLOB_CAPTURED, scope) {
            return Err(Fault::Forbidden);
        }
        pen.fact(scope, &Fact::BlobCaptured(said))?;
    }
    Ok(())
}

fn is_live(live: bool, rule: Option<&Evidence>, field: &str) -> Result<(), Fault> {
    if live || rule.is_none_or(|rule| !rule.live_camera_only) {
        return Ok(());
    }
    Err(Fault::invalid(field, "live-camera", "this item takes photos that the camera takes now, not those that were saved before"))
}
