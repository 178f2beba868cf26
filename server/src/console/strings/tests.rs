//! A translation says as much as its source.

use std::collections::BTreeSet;

use frontline_protocol::Code;

use super::*;

/// The names of the places in a text.
fn places(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    parts.map(|part| part.split_once('}').expect("a place ends").0.to_owned()).collect()
}

#[test]
fn every_text_is_there_in_every_language_with_the_same_places() {
    for t in LANGUAGES {
        let (source, texts) = (ENGLISH.each(), t.each());
        assert_eq!(source.len(), texts.len());
        for ((section, key, english), (_, same, text)) in source.into_iter().zip(texts) {
            let at = format!("{} {section}.{key}", t.lang);
            assert_eq!(key, same);
            assert!(!text.trim().is_empty() && !text.contains(['<', '>', '&']), "{at}: {text}");
            let (wanted, forms) = (places(english), text.split('|').collect::<Vec<_>>());
            let counts = english.contains('|');
            let expected = match (counts, t.lang) {
                (false, _) => 1,
                (true, "en") => 2,
                (true, _) => 6,
            };
            assert_eq!(forms.len(), expected, "{at}: a form for each plural");
            for form in forms {
                let (has, mut needs) = (places(form), wanted.clone());
                assert!(has.is_subset(&wanted), "{at}: a place that nothing fills: {form}");
                // A language may say "two devices" without a number, or "none" without saying of what.
                let words = ["n", "reported", "expected", "time", "names", "site", "total"];
                needs.retain(|place| !counts || !words.contains(&place.as_str()));
                assert!(needs.is_subset(&has), "{at}: {needs:?} is lost in: {form}");
            }
            if counts && places(english).contains("n") {
                let last = text.split('|').next_back().expect("a form");
                assert!(places(last).contains("n") || t.lang == "en" || key.starts_with("e_"), "{at}: nothing counts in: {last}");
            }
        }
    }
}

#[test]
fn arabic_is_written_in_arabic() {
    let may = ["Frontline", "{", "99+", "3"];
    for (section, key, text) in ARABIC.each() {
        let arabic = text.contains(|c: char| ('\u{600}'..='\u{6ff}').contains(&c));
        assert!(arabic || may.iter().any(|word| text.starts_with(word)), "{section}.{key}: {text}");
    }
    assert_eq!((ARABIC.dir, ENGLISH.dir), ("rtl", "ltr"));
}

#[test]
fn the_reasons_are_the_protocols_own_words() {
    for code in Code::ALL.iter().copied().filter(|code| code.is_of_entry()) {
        assert_eq!(ENGLISH.reasons.of(code), code.text(), "{}", code.name());
        assert_ne!(ARABIC.reasons.of(code), ARABIC.reasons.unknown, "{}", code.name());
    }
}

#[test]
fn a_language_is_found_whatever_its_region() {
    let of = |tag: &str| Strings::of(&tag.parse().expect("a tag")).map(|t| t.lang);
    assert_eq!([of("ar-AE"), of("en-GB"), of("pt-BR")], [Some("ar"), Some("en"), None]);
}
