//! Texts as the person reads them, and names to choose from.

use frontline_device::people;
use frontline_device::services::touchpoints::NamedDetail;
use frontline_domain::Dir;
use frontline_domain::form::screen::Read;

/// A text in the language of whoever is at the phone, as far as its author gave it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Words {
    pub text: String,
    /// The BCP 47 tag of the language that it is in, which may be another one than the person's.
    pub lang: String,
    pub dir: Direction,
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Direction {
    Ltr,
    Rtl,
}

/// Something to choose, by its name.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Named {
    pub id: String,
    pub label: Words,
}

impl Named {
    /// Something that may not be there.
    pub(crate) fn of(id: Option<String>, label: Option<frontline_device::people::Words>) -> Option<Self> {
        Some(Self { id: id?, label: label?.into() })
    }
}

impl From<Dir> for Direction {
    fn from(dir: Dir) -> Self {
        match dir {
            Dir::Ltr => Self::Ltr,
            Dir::Rtl => Self::Rtl,
        }
    }
}
impl From<people::Words> for Words {
    fn from(words: people::Words) -> Self {
        Self { text: words.text, lang: words.lang, dir: words.dir.into() }
    }
}
impl From<Read> for Words {
    fn from(read: Read) -> Self {
        Self { text: read.text, lang: read.lang, dir: read.dir.into() }
    }
}
impl From<NamedDetail> for Named {
    fn from(named: NamedDetail) -> Self {
        Self { id: named.id, label: named.label.into() }
    }
}
