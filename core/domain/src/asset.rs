//! Assets: the things that work is about, such as a fridge, an oven or a lift; found by what their labels say.

use crate::Slug;
use crate::ids::SiteId;
use crate::record::Asset;

/// Bytes of a label's code at most: what a QR code of a label has, and no text.
pub const CODE: usize = 512;
/// Codes of one asset at most.
pub const CODES: usize = 20;
/// Procedures of one asset at most.
pub const PROCEDURES: usize = 50;

/// A label's code as codes are compared: without spaces at its ends and with one between its words. A number has none,
/// and one trade number stands with 12, 13 or 14 digits, with zeros before it: readers give either of one label (GS1 General
/// Specifications, “GTIN formats”).
pub fn compared(code: &str) -> String {
    let words: Vec<&str> = code.split_whitespace().collect();
    let digits = words.concat();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return words.join(" ");
    }
    let mut number = digits.as_str();
    while let (13 | 14, Some(shorter)) = (number.len(), number.strip_prefix('0')) {
        number = shorter;
    }
    number.to_owned()
}

impl Asset {
    /// Whether its label, or its name, says this; `sought` as [`compared`] gives it.
    pub fn is_called(&self, sought: &str) -> bool {
        self.slug.as_str() == sought || self.codes.iter().any(|code| compared(code) == sought)
    }
    /// Whether this procedure is done about it.
    pub fn takes(&self, procedure: &Slug) -> bool {
        self.procedures.contains(procedure)
    }
    /// Whether it stands at this site, or stood there: work that was begun before it moved is work all the same.
    pub fn was_at(&self, site: SiteId) -> bool {
        self.site == site || self.earlier.contains(&site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;

    #[test]
    fn one_label_is_one_code_however_it_is_read_or_typed() {
        for (typed, read) in [
            ("012345678905", "0012345678905"),
            ("012345678905", "00012345678905"),
            ("4006381333931", "04006381333931"),
            (" 4006381333931 ", "4006381333931"),
            ("4006 3813 33931", "4006381333931"),
            ("FRIDGE  7\n", "FRIDGE 7"),
            ("https://x.example/a/7", "https://x.example/a/7"),
        ] {
            assert_eq!(compared(typed), compared(read), "{typed}");
        }
        // Another number, another case, and words that run into one another are other labels.
        for (one, other) in [
            ("0123456789012", "01234567890120"),
            ("Fridge 7", "fridge 7"),
            ("FRIDGE 7", "FRIDGE7"),
            ("0042", "42"),
            ("4006381333931", "14006381333938"),
        ] {
            assert_ne!(compared(one), compared(other), "{one}");
        }
        assert_eq!(compared(" \t"), "");
    }

    #[test]
    fn an_asset_is_found_by_its_codes_and_its_name_and_knows_where_it_stood() {
        let (here, there, never) = (SiteId::from_bytes([1; 16]), SiteId::from_bytes([2; 16]), SiteId::from_bytes([3; 16]));
        let asset = Asset {
            slug: "milk-fridge".parse().expect("a slug"),
            site: here,
            name: Text::plain("en".parse().expect("a language"), "Milk fridge"),
            kind: None,
            codes: vec!["0012345678905".to_owned()],
            procedures: vec!["fridge-log".parse().expect("a slug")],
            tags: vec![],
            earlier: vec![there],
            withdrawn: false,
        };
        assert!(asset.is_called(&compared("012345678905")) && asset.is_called("milk-fridge") && !asset.is_called("milk"));
        assert!(asset.was_at(here) && asset.was_at(there) && !asset.was_at(never));
        assert!(asset.takes(&"fridge-log".parse().expect("a slug")) && !asset.takes(&"opening".parse().expect("a slug")));
    }
}
