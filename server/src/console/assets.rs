//! The stylesheet, the script and the icon: in the binary, named by their hash, kept by browsers for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file that is served as it is.
pub struct Asset {
    name: &'static str,
    mime: &'static str,
    bytes: &'static str,
    mark: LazyLock<String>,
}

macro_rules! asset {
    ($name:literal, $mime:literal, $bytes:expr) => {
        Asset {
            name: $name,
            mime: $mime,
            bytes: $bytes,
            mark: LazyLock::new(|| blake3::hash($bytes.as_bytes()).to_hex().as_str()[..12].to_owned()),
        }
    };
}

/// In the order of the cascade.
pub static STYLE: Asset = asset!(
    "console.css",
    "text/css; charset=utf-8",
    concat!(
        include_str!("../../assets/css/1-tokens.css"),
        include_str!("../../assets/css/2-base.css"),
        include_str!("../../assets/css/3-parts.css"),
        include_str!("../../assets/css/4-tables.css"),
        include_str!("../../assets/css/5-forms.css"),
        include_str!("../../assets/css/6-pages.css"),
        include_str!("../../assets/css/7-lists.css"),
    )
);
pub static SCRIPT: Asset = asset!("console.js", "text/javascript; charset=utf-8", include_str!("../../assets/console.js"));
pub static ICON: Asset = asset!("icon.svg", "image/svg+xml", include_str!("../../assets/icon.svg"));

impl Asset {
    /// Where it is: another content is another address.
    pub fn href(&self) -> String {
        format!("/assets/{}/{}", *self.mark, self.name)
    }
}

/// `GET /assets/{mark}/{name}`. An older mark gets today's file: a page that was open during an update
/// still has its style.
pub async fn serve(Path((mark, name)): Path<(String, String)>) -> Response {
    let Some(asset) = [&STYLE, &SCRIPT, &ICON].into_iter().find(|a| a.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keep = if mark == *asset.mark { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, keep)], asset.bytes).into_response()
}
