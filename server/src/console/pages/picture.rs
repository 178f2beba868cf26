//! `/runs/{run}/pictures/{picture}`: one photo or signature whole; `/pictures/{picture}`: its bytes, or those of a
//! recording, for whoever may see what it belongs to.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use frontline_domain::drawing::{self, Drawing};
use frontline_domain::fact::{BlobKind, BlobOf, sounds};
use frontline_domain::permission::Act;
use frontline_domain::{BlobHash, DocId, OrgId, Scope};

use super::frame;
use crate::blobs::read::Span;
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::look::drawing::svg;
use crate::console::look::library::procedure;
use crate::console::look::names::Names;
use crate::console::look::pictures::{Pictures, said};
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{PicturePage, Place};
use crate::http::blobs::give;

const SVG: &str = "image/svg+xml";

/// Where the bytes of a picture are.
pub fn bytes_of(blob: &BlobHash) -> String {
    format!("/pictures/{blob}")
}
/// Where a picture of a run is looked at.
pub fn page_of(run: DocId, blob: &BlobHash) -> String {
    format!("/runs/{run}/pictures/{blob}")
}

pub async fn bytes(
    State(console): State<Arc<Console>>,
    me: Me,
    Path(picture): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let blob: BlobHash = picture.parse().map_err(|_| Failure::Missing)?;
    let named = console.store.read().await?.blob_named(me.org, &blob).await?;
    let named = named.into_iter().find(|n| me.may(Act::Oversee, n.scope)).ok_or(Failure::Missing)?;
    if named.media == drawing::MEDIA {
        return sharp(&console, me.org, &blob).await;
    }
    let mut response = give(&console.app, &named, me.org, &headers).await.map_err(|refusal| match refusal.status {
        404 => Failure::Missing,
        _ => Failure::Failed("a picture could not be read".to_owned()),
    })?;
    call_it(&mut response, &blob, &named.media);
    Ok(response)
}

/// A drawing, as this server draws the strokes that it read: what a phone sent is no document of ours.
async fn sharp(console: &Console, org: OrgId, blob: &BlobHash) -> Result<Response, Failure> {
    let unread = |_| Failure::Failed("a drawing could not be read".to_owned());
    let length = console.app.blobs.length(org, *blob).await.map_err(unread)?.ok_or(Failure::Missing)?;
    let whole = Span { from: 0, to: length.min(drawing::BYTES as u64 + 1) };
    let bytes = console.app.blobs.read(org, *blob, whole).await.map_err(unread)?;
    let drawn = Drawing::decode(&bytes).map_err(|_| Failure::Missing)?;
    let mut response = ([(header::CONTENT_TYPE, SVG)], svg(&drawn)).into_response();
    call_it(&mut response, blob, SVG);
    Ok(response)
}

/// What it is called where somebody saves it. What this build does not know is never opened in a window of this site.
fn call_it(response: &mut Response, blob: &BlobHash, media: &str) {
    let (how, end) = match media {
        "image/jpeg" => ("inline", "jpg"),
        "image/png" => ("inline", "png"),
        SVG => ("inline", "svg"),
        sounds::MEDIA => ("inline", "m4a"),
        _ => ("attachment", "bin"),
    };
    let name: String = blob.to_string().chars().take(12).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("{how}; filename=\"{name}.{end}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Path((run, picture)): Path<(String, String)>) -> Result<Response, Failure> {
    let id: DocId = run.parse().map_err(|_| Failure::Missing)?;
    let blob: BlobHash = picture.parse().map_err(|_| Failure::Missing)?;
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let row = tx.doc(me.org, id).await?.ok_or(Failure::Missing)?;
    let Scope::Site(site) = row.scope else { return Err(Failure::Missing) };
    let names = Names::read(tx, &me).await?;
    let site = names.site_for(&me, Act::Oversee, site).ok_or(Failure::Missing)?;
    let zone = names.zone(site);
    let found = Pictures::of(tx, me.org, row.scope, id.as_bytes()).await?.get(&blob);
    let (fact, said) = said(tx, me.org, row.scope, found.number).await?.ok_or(Failure::Missing)?;
    let release = console.library.get(tx, me.org, row.release).await?.ok_or(Failure::Missing)?;
    // A recording has no page: it is played where it stands.
    let BlobOf::Answer { item, .. } = &said.of else { return Err(Failure::Missing) };
    if said.kind() == Some(BlobKind::Sound) {
        return Err(Failure::Missing);
    }
    let item = procedure(&release).and_then(|p| p.form.item(item)).ok_or(Failure::Missing)?;
    let t = &me.t.pictures;
    let numbers = [("width", &*said.width.to_string()), ("height", &said.height.to_string())];
    let kib = said.bytes.div_ceil(1024).to_string();
    let frame = frame(tx, &me, Some(Place::Sites), Some(&zone)).await?;
    Ok(page(&PicturePage {
        title: names.words(&item.label),
        run_id: id.to_string(),
        run: names.words(&release.title),
        zone: zone.sentence(),
        src: found.here.then(|| bytes_of(&blob)),
        small: found.small.as_ref().map(bytes_of),
        alt: fill(t.alt, &[("item", &names.words(&item.label).text)]),
        by: names.person(fact.person()),
        at: zone.stamp(fact.effective_ms),
        taken: match said.kind() {
            Some(BlobKind::Drawing) => t.drawn,
            _ if said.live => t.live,
            _ => t.album,
        },
        size: fill(t.size, &[numbers[0], numbers[1], ("kib", &kib)]),
        frame,
    }))
}
