//! Filling and counting.

/// One, and all others.
pub(super) fn english(n: u64) -> usize {
    usize::from(n != 1)
}

/// Zero, one, two, few (3 to 10), many (11 to 99) and other, by the last two digits: CLDR's rule.
pub(super) fn arabic(n: u64) -> usize {
    match (n, n % 100) {
        (0..=2, _) => usize::try_from(n).unwrap_or(0),
        (_, 3..=10) => 3,
        (_, 11..) => 4,
        _ => 5,
    }
}

fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}')
}

/// Puts words in the places of a text. What is put in is not searched for places again.
pub fn fill(text: &str, words: &[(&str, &str)]) -> String {
    let from_right = text.contains(is_rtl);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        match words.iter().find(|(place, _)| *place == name) {
            // A word from the right in a sentence from the left, or the reverse, must not reorder it.
            Some((_, word)) if runs_against(word, from_right) => {
                out.push('\u{2068}');
                out.push_str(word);
                out.push('\u{2069}');
            }
            Some((_, word)) => out.push_str(word),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn runs_against(word: &str, from_right: bool) -> bool {
    if from_right { word.chars().any(|c| c.is_alphabetic() && !is_rtl(c)) } else { word.contains(is_rtl) }
}

#[cfg(test)]
mod tests {
    use super::super::{ARABIC, ENGLISH};
    use super::*;

    #[test]
    fn a_word_that_looks_like_a_place_is_not_filled_again() {
        assert_eq!(fill("{who} at {site}", &[("who", "{site}"), ("site", "Harbour")]), "{site} at Harbour");
        assert_eq!(fill("100 {unknown}", &[]), "100 {unknown}");
    }

    #[test]
    fn a_word_of_the_other_direction_is_kept_apart() {
        assert_eq!(fill("{who}: 4", &[("who", "ليلى")]), "\u{2068}ليلى\u{2069}: 4");
        assert_eq!(fill("وصل {what}", &[("what", "harbour-1")]), "وصل \u{2068}harbour-1\u{2069}");
        assert_eq!(fill("وصل {what}", &[("what", "4")]), "وصل 4");
    }

    #[test]
    fn each_language_counts_by_its_own_forms() {
        assert_eq!(ENGLISH.counted("{n} run|{n} runs", 1), "1 run");
        assert_eq!(ENGLISH.counted("{n} run|{n} runs", 0), "0 runs");
        let forms = "0|1|2|3|4|5";
        let by = |n| ARABIC.counted(forms, n);
        assert_eq!(
            [by(0), by(1), by(2), by(3), by(10), by(11), by(99), by(100), by(102), by(103)],
            ["0", "1", "2", "3", "3", "4", "4", "5", "5", "3"]
        );
    }
}
