//! The pictures and videos that a version of content shows, on its page; `/content-media/{hash}`: their bytes, for whoever may
//! see content, and of drafts for those who publish.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use frontline_domain::form::{Form, Reference};
use frontline_domain::media::Media;
use frontline_domain::permission::Act;
use frontline_domain::release::{Card, Content, Release};
use frontline_domain::{BlobHash, Scope, Text};

use super::content::is_for;
use crate::console::Console;
use crate::console::errors::Failure;
use crate::console::look::names::Names;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::MediaView;
use crate::http::blobs::give_bytes;

/// Pictures and videos that a page shows at most.
const MOST: usize = 60;

/// What a version shows, in the order of its items or cards.
pub fn shown(names: &Names, release: &Release) -> Vec<MediaView> {
    let t = &names.t.content;
    let mut out = Vec::new();
    if let Content::Module(module) = &release.content {
        for lesson in &module.lessons {
            for (n, card) in lesson.cards.iter().enumerate() {
                let (Some(media), Card::Image { alt, .. } | Card::Video { alt, .. }) = (card.media(), card) else { continue };
                let place = [("lesson", &*names.words(&lesson.title).text), ("n", &(n + 1).to_string())];
                out.push(one(names, &media, alt, fill(t.on_card, &place)));
            }
        }
    }
    for item in release.form().into_iter().flat_map(Form::items) {
        if let Some(to @ (Reference::Picture { alt, .. } | Reference::Video { alt, .. })) = &item.reference
            && let Some(media) = to.media()
        {
            out.push(one(names, &media, alt, fill(t.beside, &[("item", &names.words(&item.label).text)])));
        }
    }
    out.truncate(MOST);
    out
}

fn one(names: &Names, media: &Media, alt: &Text, place: String) -> MediaView {
    MediaView { src: format!("/content-media/{}", media.blob()), alt: names.words(alt), place, is_video: matches!(media, Media::Video(_)) }
}

pub async fn bytes(State(console): State<Arc<Console>>, me: Me, Path(hash): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    if !is_for(&me) {
        return Err(Failure::Missing);
    }
    let blob: BlobHash = hash.parse().map_err(|_| Failure::Missing)?;
    let may_publish = me.may(Act::Publish, Scope::Org);
    let named = console.store.read().await?.media_named(me.org, &blob).await?;
    let named = named.into_iter().find(|named| may_publish || !named.draft).ok_or(Failure::Missing)?;
    give_bytes(&console.app, (me.org, blob), &named.media, &headers).await.map_err(|refusal| match refusal.status {
        404 => Failure::Missing,
        _ => Failure::Failed("a picture could not be read".to_owned()),
    })
}
