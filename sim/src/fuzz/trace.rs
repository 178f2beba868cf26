//! What happened, in order: a hash over all of it, by which two runs of a seed are compared, and the lines
//! themselves where somebody wants to read them.

use std::fmt::Write;

/// The trace of one seed.
#[derive(Default)]
pub struct Trace {
    hash: blake3::Hasher,
    lines: Option<Vec<String>>,
}

impl Trace {
    /// One that keeps its lines.
    pub fn kept() -> Self {
        Self { lines: Some(Vec::new()), ..Self::default() }
    }
    /// Adds a line.
    pub fn line(&mut self, line: &str) {
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        if let Some(lines) = &mut self.lines {
            lines.push(line.to_owned());
        }
    }
    /// The first 16 digits of the hash so far.
    pub fn digest(&self) -> String {
        self.hash.finalize().as_bytes()[..8].iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
    /// The lines, where they were kept.
    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}

/// A few digits that tell two pieces of bytes apart.
pub fn short(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}
