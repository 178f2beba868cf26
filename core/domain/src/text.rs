//! Localised text: a string per language, with what each was translated from.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A BCP 47 language tag, in canonical case: `en`, `ar`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Lang(String);

/// Not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{0}’ is not a language tag: use one such as en, ar or pt-BR")]
pub struct LangError(String);

impl Lang {
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The language without region or script: `pt` of `pt-BR`.
    pub fn base(&self) -> Lang {
        Lang(self.0.split('-').next().unwrap_or(&self.0).to_owned())
    }
    /// The direction of its usual script.
    pub fn dir(&self) -> Dir {
        match self.base().as_str() {
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi" => Dir::Rtl,
            _ => Dir::Ltr,
        }
    }
}
impl FromStr for Lang {
    type Err = LangError;
    fn from_str(text: &str) -> Result<Self, LangError> {
        let parts: Vec<&str> = text.split('-').collect();
        let well_formed = text.len() <= 35
            && matches!(parts[0].len(), 2..=3)
            && parts[0].bytes().all(|b| b.is_ascii_alphabetic())
            && parts[1..].iter().all(|p| matches!(p.len(), 1..=8) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !well_formed {
            return Err(LangError(text.chars().take(40).collect()));
        }
        let mut out = parts[0].to_ascii_lowercase();
        for part in &parts[1..] {
            out.push('-');
            match part.len() {
                2 => out.push_str(&part.to_ascii_uppercase()),
                4 => {
                    out.push_str(&part[..1].to_ascii_uppercase());
                    out.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(out))
    }
}
impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Writing direction; comes with every resolved text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dir {
    Ltr,
    Rtl,
}

/// One text in one or more languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The language that the others were translated from.
    pub source: Lang,
    /// The strings.
    pub by: Words,
    /// Per translation, 8 bytes of BLAKE3 of the source it was made from: another source means stale.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub of: BTreeMap<Lang, serde_bytes::ByteArray<8>>,
}

/// A text as one person reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved<'a> {
    pub text: &'a str,
    pub lang: &'a Lang,
    pub dir: Dir,
    /// The source changed after this translation was made.
    pub stale: bool,
}

/// Strings by their languages, in the order of the languages. Nearly every text is in one or two: a map with room for
/// eleven, which is what the standard library's has, was a quarter of the memory of an open form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(Vec<(Lang, String)>);

impl Words {
    fn find(&self, lang: &Lang) -> Option<(&Lang, &str)> {
        self.iter().find(|(one, _)| *one == lang)
    }
    /// The string in this language.
    pub fn get(&self, lang: &Lang) -> Option<&str> {
        self.find(lang).map(|(_, text)| text)
    }
    pub fn iter(&self) -> impl Iterator<Item = (&Lang, &str)> {
        self.0.iter().map(|(lang, text)| (lang, text.as_str()))
    }
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.0.iter_mut().map(|(_, text)| text)
    }
    /// Puts a string in the place of the one in its language.
    pub fn insert(&mut self, lang: Lang, text: String) {
        match self.0.binary_search_by(|(one, _)| one.cmp(&lang)) {
            Ok(at) => self.0[at].1 = text,
            Err(at) => self.0.insert(at, (lang, text)),
        }
    }
}
impl From<BTreeMap<Lang, String>> for Words {
    fn from(by: BTreeMap<Lang, String>) -> Self {
        Self(by.into_iter().collect())
    }
}
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(lang, text)| (lang, text)))
    }
}
impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        BTreeMap::<Lang, String>::deserialize(from).map(Into::into)
    }
}

fn source_mark(text: &str) -> serde_bytes::ByteArray<8> {
    let mut mark = [0u8; 8];
    mark.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..8]);
    mark.into()
}

impl Text {
    /// A text in its source language only.
    pub fn plain(source: Lang, text: impl Into<String>) -> Self {
        Self { by: Words(vec![(source.clone(), text.into())]), of: BTreeMap::new(), source }
    }

    /// No text, in no language that anybody reads.
    pub fn nothing() -> Self {
        Self { source: Lang("und".to_owned()), by: Words::default(), of: BTreeMap::new() }
    }

    /// A text whose translations all belong to this source.
    pub fn translated(source: Lang, by: BTreeMap<Lang, String>) -> Self {
        let mark = by.get(&source).map(|text| source_mark(text));
        let of = by.keys().filter(|l| **l != source).filter_map(|l| Some((l.clone(), mark?))).collect();
        Self { source, by: by.into(), of }
    }

    /// What the author wrote, before any translation.
    pub fn source_text(&self) -> &str {
        self.by.get(&self.source).unwrap_or_default()
    }
    /// The fallback of `model.md`: the person's language, its base, the organisation's languages in order,
    /// the source.
    pub fn resolve<'a>(&'a self, person: &Lang, organisation: &[Lang]) -> Resolved<'a> {
        let base = person.base();
        let order = [person, &base].into_iter().chain(organisation).chain([&self.source]);
        let found = order.filter_map(|l| self.by.find(l)).next().or_else(|| self.by.iter().next());
        let (lang, text) = found.unwrap_or((&self.source, ""));
        let stale = match (self.of.get(lang), self.by.get(&self.source)) {
            (Some(mark), Some(source)) => *mark != source_mark(source),
            _ => false,
        };
        Resolved { text, lang, dir: lang.dir(), stale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        tag.parse().expect("a tag")
    }

    #[test]
    fn a_person_reads_their_language_then_its_base_then_the_organisations() {
        let by = BTreeMap::from([(lang("en"), "Tea".into()), (lang("ar"), "شاي".into())]);
        let text = Text::translated(lang("en"), by);
        assert_eq!(text.resolve(&lang("ar-EG"), &[]).text, "شاي");
        assert_eq!(text.resolve(&lang("ar-EG"), &[]).dir, Dir::Rtl);
        assert_eq!(text.resolve(&lang("fr"), &[lang("ar")]).text, "شاي");
        assert_eq!(text.resolve(&lang("fr"), &[]).text, "Tea");
    }

    #[test]
    fn a_translation_of_an_older_source_is_stale() {
        let mut text = Text::translated(lang("en"), BTreeMap::from([(lang("en"), "Tea".into()), (lang("ar"), "شاي".into())]));
        assert!(!text.resolve(&lang("ar"), &[]).stale);
        text.by.insert(lang("en"), "Mint tea".into());
        assert!(text.resolve(&lang("ar"), &[]).stale);
    }

    #[test]
    fn tags_are_put_in_canonical_case_and_nonsense_is_refused() {
        assert_eq!(lang("PT-br").as_str(), "pt-BR");
        assert_eq!(lang("zh-hant").as_str(), "zh-Hant");
        for bad in ["", "e", "en_GB", "english-language-tag!", "1x"] {
            assert!(bad.parse::<Lang>().is_err(), "{bad}");
        }
    }
}
