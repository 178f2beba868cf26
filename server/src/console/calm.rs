//! Text that somebody typed, before it stands in a sentence or a page.

use std::fmt::Write;

/// Shows control characters and those that turn the direction of what follows, as `\u{202e}`, instead of
/// obeying them: markup is escaped by the templates, but these would go through, and reorder the words that
/// are not theirs. Line ends and tabs are blanks in a page and stay.
pub fn calm(text: String) -> String {
    if !text.contains(is_obeyed) {
        return text;
    }
    text.chars().fold(String::with_capacity(text.len() + 8), |mut out, c| {
        if is_obeyed(c) {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
        out
    })
}

/// The marks that good text in Arabic or Hebrew holds (U+200E, U+200F, U+061C) turn nothing but themselves.
fn is_obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_would_obey_is_shown_and_good_text_stays_as_it_is() {
        assert_eq!(calm("pay\u{202e}001\u{2069} \u{1b}[2J".into()), "pay\\u{202e}001\\u{2069} \\u{1b}[2J");
        for good in ["ليلى\u{200f} (4)", "two\nlines", "<b>", "naïve 🙂"] {
            assert_eq!(calm(good.into()), good);
        }
    }
}
