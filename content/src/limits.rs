//! Limits on a folder. Over one, the finding names it.

/// Files of a folder, hidden ones left out.
pub const FILES: usize = 5_000;
/// Bytes of one file.
pub const FILE_BYTES: u64 = 4 << 20;
/// Bytes of a list.
pub const LIST_BYTES: u64 = 24 << 20;
/// Bytes of all files.
pub const FOLDER_BYTES: u64 = 64 << 20;
/// Pictures and videos of a folder, and their bytes together: what a push holds in memory.
pub const MEDIA: usize = 1_000;
pub const MEDIA_BYTES: u64 = 512 << 20;
/// Folders within folders.
pub const DEPTH: usize = 4;
/// Values within values of a YAML file.
pub const NESTING: usize = 24;
/// Bytes of a name or label in one language.
pub const LABEL: usize = 1_000;
/// Bytes of a help text or the body of a card in one language.
pub const BODY: usize = 16 << 10;
/// Bytes of an announcement or article in one language.
pub const PAGE: usize = 64 << 10;
/// Languages of an organisation.
pub const LANGUAGES: usize = 32;
/// Assets of an organisation.
pub const ASSETS: usize = 5_000;
/// Sites of an organisation.
pub const SITES: usize = 10_000;
/// People of an organisation.
pub const PEOPLE: usize = 100_000;
/// Cards of a lesson.
pub const CARDS: usize = 500;
/// Entries of any other list.
pub const LIST: usize = 5_000;
