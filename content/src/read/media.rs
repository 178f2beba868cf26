//! `media/`: pictures and videos, each known by its bytes, cleaned, and shown by something of the folder.

use std::sync::Arc;

use frontline_domain::Slug;
use frontline_domain::media::{self, Format, Media};
use frontline_domain::near::{did_you_mean, shown};

use super::page::Page;
use crate::bundle::File;
use crate::finding::At;
use crate::folder::Folder;

/// What a place shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Picture,
    Video,
}

impl Want {
    /// What marks a card of it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Picture => "image",
            Self::Video => "video",
        }
    }
    pub fn example(self) -> &'static str {
        match self {
            Self::Picture => "fridge.jpg",
            Self::Video => "fridge.mp4",
        }
    }
}

/// How the name of a file ends.
fn ending(media: &Media) -> &'static str {
    match media {
        Media::Picture(picture) => match picture.format {
            Format::Jpeg => "jpg",
            Format::Png => "png",
        },
        Media::Video(_) => "mp4",
    }
}

/// Reads all of it, and gives what can be used.
pub fn read(page: Page<'_>, folder: &Folder) -> Vec<File> {
    for path in &folder.unread {
        if let Some(name) = path.strip_prefix("media/") {
            page.names.has_media(name, None);
        }
    }
    let mut out = Vec::new();
    for (name, bytes) in &folder.media {
        let path = format!("media/{name}");
        let found = one(page.of(&path), name, bytes);
        page.names.has_media(name, found.as_ref().map(|(_, media)| media.clone()));
        if let Some((clean, media)) = found {
            out.push(File { name: name.clone(), blob: media.blob(), bytes: media.bytes(), content: Arc::from(clean) });
        }
    }
    out
}

fn one(page: Page<'_>, name: &str, bytes: &[u8]) -> Option<(Vec<u8>, Media)> {
    if name.contains('/') {
        return page.nothing(At::START, "media/ holds files and no folders; move this file up");
    }
    let split = name.rsplit_once('.').filter(|(stem, _)| stem.parse::<Slug>().is_ok());
    let Some((stem, said)) = split else {
        let message =
            "a file of media/ is called by a name of a-z, 0-9 and single hyphens, and .jpg, .png or .mp4, such as fridge-door.jpg";
        return page.nothing(At::START, message);
    };
    let (clean, media) = match media::look(bytes) {
        Ok(taken) => taken,
        Err(why) => return page.nothing(At::START, why.to_string()),
    };
    if said != ending(&media) {
        return page.nothing(At::START, format!("this is a file of {}; call it {stem}.{}", media.media_type(), ending(&media)));
    }
    Some((clean, media))
}

/// What a place names; none, with a finding, where it can't be shown there.
pub fn named(page: Page<'_>, at: At, name: &str, want: Want) -> Option<Media> {
    match page.names.media(name) {
        Some(Some(media)) => match (&media, want) {
            (Media::Picture(_), Want::Picture) | (Media::Video(_), Want::Video) => Some(media),
            (Media::Picture(_), Want::Video) => page.nothing(at, format!("{} is a picture, and a video is shown here", shown(name))),
            (Media::Video(_), Want::Picture) => page.nothing(at, format!("{} is a video, and a picture is shown here", shown(name))),
        },
        // Its own finding says why.
        Some(None) => None,
        None => {
            let all = page.names.media_names();
            let same = all.iter().find(|one| one.eq_ignore_ascii_case(name));
            if let Some(same) = same {
                // It is shown, if under a wrong name: one finding for one slip.
                page.names.media(same);
                return page
                    .nothing(at, format!("the file is called {}, not {}; large and small letters differ", shown(same), shown(name)));
            }
            let near = did_you_mean(name, all.iter().map(String::as_str));
            page.nothing(at, format!("there is no file media/{}{near}", shown(name)))
        }
    }
}

/// Says which files nothing shows. Not while something else is wrong: what can't be read may show them.
pub fn unshown(page: Page<'_>) {
    if !page.notes.is_empty() {
        return;
    }
    for name in page.names.unshown() {
        let path = format!("media/{name}");
        page.of(&path).say(At::START, "nothing of this folder shows this file; name it beside a step or in a card, or take it out");
    }
}
