//! The cards of a lesson: text between lines of `---`. A first line `[takeaways]`, `[flip]`, `[image] NAME.jpg`
//! or `[video] NAME.mp4` says that a card is of another kind.

use super::markdown::{joined, plain};
use super::media::{self, Want};
use super::page::Page;
use super::text::string;
use crate::finding::At;
use crate::limits::{BODY, CARDS, LABEL};
use frontline_domain::media::{ALT, Media};
use frontline_domain::near::{did_you_mean, shown};

/// One card in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub at: At,
    pub face: Face,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Face {
    Text(String),
    Takeaways(Vec<String>),
    Flip {
        front: String,
        back: String,
    },
    /// A picture or video, with the words that stand for it.
    Shows {
        media: Media,
        alt: String,
    },
}

impl Face {
    /// Its word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Takeaways(_) => "takeaways",
            Self::Flip { .. } => "flip",
            Self::Shows { media: Media::Picture(_), .. } => "image",
            Self::Shows { media: Media::Video(_), .. } => "video",
        }
    }
}

/// Reads all cards; nothing, if one of them can't be used.
pub fn cards(page: Page<'_>, lines: &[(usize, &str)]) -> Option<Vec<Card>> {
    let after = lines.first().map_or(1, |l| l.0);
    let mut pieces: Vec<(usize, Vec<(usize, &str)>)> = vec![(after, Vec::new())];
    let mut fenced = false;
    for (number, line) in lines {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        match (line.trim_end() == "---" && !fenced, pieces.last_mut()) {
            (false, Some((_, piece))) => piece.push((*number, line)),
            _ => pieces.push((*number, Vec::new())),
        }
    }
    if pieces.len() > CARDS {
        return page.nothing(At::line(after), format!("a lesson has at most {CARDS} cards; this one has {}", pieces.len()));
    }
    let read: Vec<Option<Card>> = pieces.iter().map(|(from, piece)| card(page, *from, piece)).collect();
    read.into_iter().collect()
}

fn card(page: Page<'_>, from: usize, lines: &[(usize, &str)]) -> Option<Card> {
    let Some(first) = lines.iter().position(|l| !l.1.trim().is_empty()) else {
        return page.nothing(At::line(from), "a card has no text; write some or take out one line `---`");
    };
    let (number, line) = lines[first];
    let at = At::line(number);
    let rest = &lines[first + 1..];
    for (mark, want) in [("[image]", Want::Picture), ("[video]", Want::Video)] {
        if let Some(name) = line.trim().strip_prefix(mark) {
            return Some(Card { at, face: shows(page, at, name.trim(), want, rest)? });
        }
    }
    let word = line.trim().strip_prefix('[').and_then(|l| l.strip_suffix(']')).filter(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'));
    let face = match word {
        Some("takeaways") => takeaways(page, at, rest),
        Some("flip") => flip(page, at, rest),
        Some(later @ ("audio" | "question")) => {
            page.nothing(at, format!("cards of kind ‘{later}’ come with a later version; now text, takeaways, flip, image and video fit"))
        }
        Some(other) => {
            let near = did_you_mean(other, ["takeaways", "flip", "image", "video"]);
            page.nothing(at, format!("{} is no kind of card{near}; [takeaways], [flip], [image] and [video] are", shown(other)))
        }
        None => {
            let (at, text) = joined(lines);
            plain(page, lines).then_some(())?;
            string(page, at, &text, "a card", BODY).map(Face::Text)
        }
    };
    Some(Card { at, face: face? })
}

/// The file behind the mark, and the words below it.
fn shows(page: Page<'_>, at: At, name: &str, want: Want, rest: &[(usize, &str)]) -> Option<Face> {
    if name.is_empty() {
        return page.nothing(at, format!("behind [{}] stands the name of a file in media/, such as {}", want.mark(), want.example()));
    }
    let media = media::named(page, at, name, want);
    let (below, text) = joined(rest);
    let good = plain(page, rest);
    let alt = if text.is_empty() {
        page.nothing(at, format!("below [{}] stands, in words, what is to be seen: for whoever does not see it", want.mark()))
    } else {
        string(page, below, &text, "what is to be seen", ALT)
    };
    good.then_some(Face::Shows { media: media?, alt: alt? })
}

fn takeaways(page: Page<'_>, at: At, lines: &[(usize, &str)]) -> Option<Face> {
    let mut list = Vec::new();
    let mut good = plain(page, lines);
    for (number, line) in lines.iter().filter(|l| !l.1.trim().is_empty()) {
        let at = At::line(*number);
        let one = match line.trim().strip_prefix("- ") {
            Some(text) => string(page, at, text, "a takeaway", LABEL),
            None => page.nothing(at, "below [takeaways] each line begins with `- `"),
        };
        good &= one.is_some();
        list.extend(one);
    }
    if good && list.is_empty() {
        return page.nothing(at, "below [takeaways] there is at least one line that begins with `- `");
    }
    good.then_some(Face::Takeaways(list))
}

fn flip(page: Page<'_>, at: At, lines: &[(usize, &str)]) -> Option<Face> {
    let Some(middle) = lines.iter().position(|l| l.1.trim() == "+++") else {
        return page.nothing(at, "below [flip] a line `+++` stands between the front and the back");
    };
    let good = plain(page, lines);
    let side = |lines: &[(usize, &str)], what: &str| {
        let (inside, text) = joined(lines);
        string(page, if lines.is_empty() { at } else { inside }, &text, what, BODY)
    };
    let front = side(&lines[..middle], "the front of the card");
    let back = side(&lines[middle + 1..], "the back of the card");
    good.then_some(Face::Flip { front: front?, back: back? })
}
