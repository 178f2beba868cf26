//! Numbers with their nouns, and text that may come from anywhere, as a terminal shows them.

use std::borrow::Cow;
use std::fmt::Write;

/// `1 problem`, `2 problems`: a number with the noun that fits it.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// As [`count`], of things in memory.
pub fn count_of(n: usize, one: &str, many: &str) -> String {
    count(n as u64, one, many)
}

/// A text for a terminal: control characters, and those that turn the direction of what follows, are shown as
/// `\u{1b}` instead of being obeyed. A file's name may hold any of them.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_obeyed(c) {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Controls, line separators, and the overrides, embeddings and isolates of bidirectional text. The marks that
/// Arabic needs in the middle of a line (U+200E, U+200F, U+061C) are not among them.
fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_everything_else_is_many() {
        let said: Vec<String> = [0, 1, 2].map(|n| count(n, "problem", "problems")).into();
        assert_eq!(said, ["0 problems", "1 problem", "2 problems"]);
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(shown("menu\u{1b}[2J\nnow\u{202e}"), "menu\\u{1b}[2J\\nnow\\u{202e}");
        assert!(matches!(shown("قائمة – menu"), Cow::Borrowed(_)));
    }
}
