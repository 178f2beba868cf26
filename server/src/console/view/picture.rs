//! Pictures at a run.

use askama::Template;

use super::parts::*;

/// One whole.
#[derive(Template)]
#[template(path = "picture.html")]
pub struct PicturePage {
    pub frame: Frame,
    pub title: Words,
    pub run_id: String,
    pub run: Words,
    pub zone: String,
    /// Its bytes; none where it has not arrived yet.
    pub src: Option<String>,
    /// The small one, where it has.
    pub small: Option<String>,
    pub alt: String,
    pub by: String,
    pub at: Stamp,
    pub taken: &'static str,
    pub size: String,
}

/// One in a row of small ones.
pub struct PictureView {
    /// Its page; of one at an action, its bytes, and empty where they have not arrived.
    pub href: String,
    /// None: it has not arrived yet, which the page says in its place.
    pub src: Option<String>,
    pub alt: String,
    /// It is heard, and played where it stands.
    pub is_sound: bool,
}
