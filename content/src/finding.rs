//! A problem of a folder: where it is and what would be right.

use std::cell::RefCell;
use std::fmt;

use crate::words::shown;

/// Line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub line: u32,
    pub column: u32,
}

impl At {
    /// Where a problem of a file as a whole is shown.
    pub const START: At = At { line: 1, column: 1 };

    /// The start of a line.
    pub fn line(line: usize) -> At {
        At { line: u32::try_from(line).unwrap_or(u32::MAX), column: 1 }
    }
}

/// One problem, printed `file:line:column: message` on one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The path below the folder, with `/` between its parts.
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Both may repeat what a file or its name holds.
        write!(f, "{}:{}:{}: {}", shown(&self.file), self.line, self.column, shown(&self.message))
    }
}

/// Gathers findings, so that reading goes on after the first.
#[derive(Debug, Default)]
pub struct Notes(RefCell<Vec<Finding>>);

impl Notes {
    /// Keeps one.
    pub fn say(&self, file: &str, at: At, message: impl Into<String>) {
        self.0.borrow_mut().push(Finding { file: file.to_owned(), line: at.line, column: at.column, message: message.into() });
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
    /// All of them by place, each once.
    pub fn into_sorted(self) -> Vec<Finding> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}
