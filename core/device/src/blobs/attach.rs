//! How a picture or a recording comes to belong to an answer or to an action: in the transaction of what names it, a
//! fact says what it is.

use frontline_domain::fact::{BlobCaptured, BlobKind, BlobOf, Fact};
use frontline_domain::form::{Evidence, Value};
use frontline_domain::{EntryType, Scope};

use crate::capture::Pen;
use crate::error::Fault;
use crate::store::blobs;

/// Says of each that a value names what it is and what it is for, unless that was said. `rule` is the item's. `field` is
/// what a refusal names.
pub(crate) fn attach(
    pen: &mut Pen<'_>,
    (of, scope): (&BlobOf, Scope),
    value: &Value,
    rule: Option<&Evidence>,
    field: &str,
) -> Result<(), Fault> {
    for blob in value.blobs() {
        let named = blobs::named(pen.tx, blob)?;
        let said = match (named.iter().find(|n| n.said.of == *of), blobs::file(pen.tx, blob)?, named.first()) {
            (Some(known), ..) => {
                fits(&known.said, value, rule, field)?;
                continue;
            }
            (None, Some(file), _) if !file.small => BlobCaptured {
                id: pen.id(),
                blob: *blob,
                bytes: file.bytes,
                media: file.media,
                width: file.width,
                height: file.height,
                live: file.live,
                of: of.clone(),
                thumbnail: file.thumbnail,
                length_ms: file.length_ms,
            },
            // A colleague's, of something else.
            (None, _, Some(other)) => BlobCaptured { id: pen.id(), of: of.clone(), ..other.said.clone() },
            (None, _, None) => {
                let message = match value {
                    Value::Files(_) => "there is no such recording on this device; add it first",
                    _ => "there is no such photo on this device; add it first",
                };
                return Err(Fault::invalid(field, "added", message));
            }
        };
        fits(&said, value, rule, field)?;
        if !pen.may_write(EntryType::BLOB_CAPTURED, scope) {
            return Err(Fault::Forbidden);
        }
        pen.fact(scope, &Fact::BlobCaptured(said))?;
    }
    Ok(())
}

/// Whether it is what the value says, and was taken as the rule wants it.
fn fits(said: &BlobCaptured, value: &Value, rule: Option<&Evidence>, field: &str) -> Result<(), Fault> {
    let Some(kind) = said.kind().filter(|kind| kind.fits(value)) else {
        let message = match (value, said.kind()) {
            (Value::Files(_), _) => "this is a picture; a recording is asked for here",
            (_, Some(BlobKind::Sound)) => "this is a recording; a picture is asked for here",
            _ => "this is a signature; a photo is asked for here",
        };
        return Err(Fault::invalid(field, "media", message));
    };
    if said.live || kind != BlobKind::Picture || rule.is_none_or(|rule| !rule.live_camera_only) {
        return Ok(());
    }
    Err(Fault::invalid(field, "live-camera", "this item takes photos that the camera takes now, not those that were saved before"))
}
