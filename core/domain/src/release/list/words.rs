//! The words that a row is found by, in any script: without accents and vowel signs, in small letters, with the digits of
//! every script as 0 to 9. What a person types is read the same way.
//!
//! Scripts that put no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese) are found by pairs of letters: whatever
//! stands anywhere in such a text is found, and few things beside it (the usual way of search engines for them).

use std::collections::BTreeSet;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// Bytes of a word that count.
const LENGTH: usize = 48;
/// Words that are looked for at once.
const LOOKED_FOR: usize = 8;

/// A word that somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sought {
    /// Rows have it as it is.
    Whole(String),
    /// Rows have a word that begins with it.
    Begin(String),
}

/// The words of a text.
pub fn words(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Word(word) => drop(out.insert(cut(word))),
            Run::Dense(letters) => {
                out.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
                out.extend(letters.last().map(ToString::to_string));
            }
        }
    }
    out
}

/// A text as it is compared with another: as words are, with what stands between them but one space for any number.
pub fn compared(text: &str) -> String {
    let marks = CanonicalCombiningClassMapBorrowed::new();
    let letters = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
    let plain: String = letters.filter(|c| marks.get_u8(*c) < 10 && *c != TATWEEL && !is_unseen(*c)).map(folded).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether there is nothing to see of a text.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_unseen(c) || c == '\u{2800}')
}

/// What somebody looks for who typed this: all of it is to be there, words by their beginnings.
pub fn sought(text: &str) -> Vec<Sought> {
    let mut out = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Word(word) => drop(out.insert(Sought::Begin(cut(word)))),
            Run::Dense(letters) if letters.len() == 1 => out.extend(letters.iter().map(|c| Sought::Begin(c.to_string()))),
            Run::Dense(letters) => out.extend(letters.windows(2).map(|pair| Sought::Whole(pair.iter().collect()))),
        }
    }
    out.into_iter().take(LOOKED_FOR).collect()
}

enum Run {
    Word(String),
    /// Letters of a script without spaces.
    Dense(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let marks = CanonicalCombiningClassMapBorrowed::new();
    let mut out: Vec<Run> = Vec::new();
    let mut goes_on = false;
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars()) {
        let class = marks.get_u8(c);
        // Accents and vowel signs lie above these classes; below are the dots and strokes that make another letter.
        if class >= 10 || c == TATWEEL || is_unseen(c) {
            continue;
        }
        if !c.is_alphanumeric() && class == 0 {
            goes_on = false;
            continue;
        }
        for c in folded(c).chars() {
            let dense = is_dense(c);
            match out.last_mut() {
                Some(Run::Word(word)) if goes_on && !dense => word.push(c),
                Some(Run::Dense(letters)) if goes_on && dense => letters.push(c),
                _ if dense => out.push(Run::Dense(vec![c])),
                _ => out.push(Run::Word(c.to_string())),
            }
            goes_on = true;
        }
    }
    out
}

/// The stroke that lengthens Arabic words.
const TATWEEL: char = '\u{640}';

/// Joiners and marks of direction, which nobody types on purpose.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// A letter as it is looked for: small, and one of those that people type for each other.
fn folded(c: char) -> String {
    match c {
        'ß' | 'ẞ' => "ss".to_owned(),
        'æ' | 'Æ' => "ae".to_owned(),
        'œ' | 'Œ' => "oe".to_owned(),
        'ø' | 'Ø' => "o".to_owned(),
        'ł' | 'Ł' => "l".to_owned(),
        'đ' | 'Đ' => "d".to_owned(),
        'ı' => "i".to_owned(),
        'ς' => "σ".to_owned(),
        // Alef maqsura and Persian yeh for yeh, teh marbuta for heh, Persian kaf for kaf, alef wasla for alef.
        '\u{649}' | '\u{6cc}' => "\u{64a}".to_owned(),
        '\u{629}' => "\u{647}".to_owned(),
        '\u{6a9}' => "\u{643}".to_owned(),
        '\u{671}' => "\u{627}".to_owned(),
        // Katakana as hiragana.
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c).to_string(),
        c => match digit(c) {
            Some(digit) => digit.to_string(),
            None => c.to_lowercase().collect(),
        },
    }
}

/// The first digits of the scripts whose digits are in use, each followed by its other nine (Unicode, category Nd).
const ZEROS: [u32; 14] = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xe50, 0xed0, 0x1040, 0x17e0];

fn digit(c: char) -> Option<u32> {
    let at = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&at)).map(|zero| at - zero)
}

/// Whether a letter's script has no spaces between words.
fn is_dense(c: char) -> bool {
    matches!(u32::from(c),
        0xe01..=0xe4e | 0xe81..=0xecf | 0xedc..=0xedf | 0x1000..=0x103f | 0x1050..=0x109f | 0x1780..=0x17d3
        | 0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3041..=0x3129 | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

fn cut(mut word: String) -> String {
    let mut end = word.len().min(LENGTH);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word.truncate(end);
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a row of this text is found by these letters.
    fn finds(typed: &str, text: &str) -> bool {
        let words = words(text);
        sought(typed).iter().all(|one| match one {
            Sought::Whole(word) => words.contains(word),
            Sought::Begin(begin) => words.iter().any(|word| word.starts_with(begin.as_str())),
        })
    }

    #[test]
    fn a_row_is_found_by_the_beginnings_of_its_words_in_any_script() {
        for (typed, text) in [
            ("mi", "Whole Milk 1 l"),
            ("1 MILK", "Whole Milk 1 l"),
            ("creme bru", "Crème brûlée"),
            ("CRÈME", "creme"),
            ("strasse", "Straße"),
            ("oslo", "Øslo"),
            ("مربي", "مُرَبّى التين"),
            ("قهوه", "قهوة"),
            ("احمد", "أحمد"),
            ("12", "رقم ١٢"),
            ("١٢", "Room 12"),
            ("молоко", "Молоко"),
            ("και", "ΚΑΊ"),
            ("牛", "低脂牛乳"),
            ("牛乳", "低脂牛乳"),
            ("脂牛乳", "低脂牛乳"),
            ("コーヒー", "アイスコーヒー"),
            ("こーひー", "アイスコーヒー"),
            ("นม", "กาแฟนมสด"),
            ("दूध", "ताज़ा दूध"),
            ("한", "한글"),
            ("ab12", "AB-12/AB12"),
            ("ﬁg", "figs"),
            ("", "anything"),
        ] {
            assert!(finds(typed, text), "‘{typed}’ in ‘{text}’: {:?} {:?}", sought(typed), words(text));
        }
        for (typed, text) in [("ilk", "Milk"), ("milk tea", "Milk"), ("乳牛", "牛乳"), ("दान", "दूध"), ("123", "12")] {
            assert!(!finds(typed, text), "‘{typed}’ in ‘{text}’: {:?} {:?}", sought(typed), words(text));
        }
    }

    #[test]
    fn whatever_is_typed_is_bounded() {
        let long = "x".repeat(10_000);
        assert!(words(&long).iter().all(|word| word.len() <= LENGTH));
        assert!(finds(&long, &long));
        assert_eq!(sought(&"牛乳低脂".repeat(100)).len(), 4);
        assert_eq!(sought(&(0..100).map(|n| format!("w{n} ")).collect::<String>()).len(), LOOKED_FOR);
        assert_eq!(sought(" . -- \u{200f}"), []);
    }
}
