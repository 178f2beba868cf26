//! Reads a folder into memory: the one module of this crate that touches the disk.
//!
//! Nothing outside of the folder is read: a link that leads out of it is a finding. Sizes are asked for before
//! a file is opened, and held to while it is read, in case it grows meanwhile.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use frontline_domain::media::VIDEO_BYTES;

use crate::finding::{At, Notes};
use crate::limits;

/// Where pictures and videos lie.
const MEDIA: &str = "media/";

/// The files by their path below the folder, `/` between its parts.
#[derive(Debug, Default)]
pub struct Folder {
    pub files: BTreeMap<String, String>,
    /// What lies in `media/`, by its name there.
    pub media: BTreeMap<String, Vec<u8>>,
    /// What is there and could not be read: each has its finding.
    pub unread: Vec<String>,
}

/// Reads all but hidden files, noting what can't be read.
pub fn read(dir: &Path, notes: &Notes) -> Folder {
    let mut walk = Walk { root: PathBuf::new(), notes, folder: Folder::default(), bytes: 0, media: 0, count: 0 };
    match fs::canonicalize(dir) {
        Ok(root) if root.is_dir() => {
            walk.root = root.clone();
            walk.enter(&root, "", 0);
        }
        Ok(_) => notes.say(".", At::START, "this is a file; give the folder that organisation.yaml lies in"),
        Err(_) => notes.say(".", At::START, "there is no such folder, or it may not be read"),
    }
    walk.folder
}

struct Walk<'n> {
    root: PathBuf,
    notes: &'n Notes,
    folder: Folder,
    bytes: u64,
    /// Bytes of `media/`.
    media: u64,
    count: usize,
}

impl Walk<'_> {
    fn enter(&mut self, dir: &Path, below: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(dir) else {
            return self.notes.say(if below.is_empty() { "." } else { below }, At::START, "this folder may not be read");
        };
        let mut names: Vec<_> = entries.flatten().map(|e| e.file_name()).collect();
        names.sort();
        for name in names {
            let Some(name) = name.to_str() else {
                self.notes.say(&format!("{below}{}", name.to_string_lossy()), At::START, "the file's name is not UTF-8");
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let (path, shown) = (dir.join(name), format!("{below}{name}"));
            self.count += 1;
            if self.count > limits::FILES {
                if self.count == limits::FILES + 1 {
                    let message =
                        format!("a folder holds at most {} files and folders; this one and those after it were not read", limits::FILES);
                    self.notes.say(&shown, At::START, message);
                }
                return;
            }
            self.visit(&path, &shown, depth);
        }
    }

    fn refuse(&mut self, shown: &str, at: At, message: String) {
        self.folder.unread.push(shown.to_owned());
        self.notes.say(shown, at, message);
    }

    fn visit(&mut self, path: &Path, shown: &str, depth: usize) {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(_) => return self.refuse(shown, At::START, "this can't be opened; a link perhaps that leads nowhere".into()),
        };
        if !real.starts_with(&self.root) {
            return self.refuse(shown, At::START, "this is a link out of the folder; put a copy here instead".into());
        }
        if real.is_dir() {
            if depth + 1 > limits::DEPTH {
                return self.refuse(shown, At::START, format!("folders lie at most {} deep", limits::DEPTH));
            }
            return self.enter(path, &format!("{shown}/"), depth + 1);
        }
        if let Some(name) = shown.strip_prefix(MEDIA) {
            return match self.bytes_of(&real) {
                Ok(bytes) => drop(self.folder.media.insert(name.to_owned(), bytes)),
                Err(message) => self.refuse(shown, At::START, message),
            };
        }
        let most = if shown.starts_with("lists/") { limits::LIST_BYTES } else { limits::FILE_BYTES };
        match self.text(&real, most) {
            Ok(text) => {
                self.folder.files.insert(shown.to_owned(), text);
            }
            Err((at, message)) => self.refuse(shown, at, message),
        }
    }

    /// A picture or video. What is one is said by [`crate::read::media`].
    fn bytes_of(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        let unreadable = || "this file may not be read".to_owned();
        let about = fs::metadata(path).map_err(|_| unreadable())?;
        if !about.is_file() {
            return Err("this is neither a file nor a folder".into());
        }
        if self.folder.media.len() >= limits::MEDIA {
            return Err(format!("media/ holds at most {} files; this one goes beyond", limits::MEDIA));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|_| unreadable())?;
        // One more than fits, so that what is too large is said by what knows how much fits.
        file.take(VIDEO_BYTES + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
        self.media += bytes.len() as u64;
        if self.media > limits::MEDIA_BYTES {
            return Err(format!("all of media/ has at most {} MiB; this file goes beyond", limits::MEDIA_BYTES >> 20));
        }
        Ok(bytes)
    }

    fn text(&mut self, path: &Path, most: u64) -> Result<String, (At, String)> {
        let whole = |message: String| (At::START, message);
        let unreadable = || whole("this file may not be read".into());
        let about = fs::metadata(path).map_err(|_| unreadable())?;
        if !about.is_file() {
            return Err(whole("this is neither a file nor a folder".into()));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|_| unreadable())?;
        file.take(most + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
        let read = bytes.len() as u64;
        if read > most {
            return Err(whole(format!("a file has at most {most} bytes; this one has {}", about.len().max(read))));
        }
        self.bytes += read;
        if self.bytes > limits::FOLDER_BYTES {
            return Err(whole(format!("all files together have at most {} bytes; this one goes beyond", limits::FOLDER_BYTES)));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(e) => {
                let good = &e.as_bytes()[..e.utf8_error().valid_up_to()];
                let line_start = good.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
                let line = 1 + good.iter().filter(|b| **b == b'\n').count();
                let column = 1 + String::from_utf8_lossy(&good[line_start..]).chars().count();
                let at = At { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) };
                Err((at, "this is not UTF-8 text; save the file as UTF-8".into()))
            }
        }
    }
}
