//! Localised text: one string in the organisation's first language, or a map of language to string.

use std::collections::BTreeMap;

use frontline_domain::{Lang, Text};

use super::page::Page;
use crate::finding::At;
use crate::yaml::{Node, Value};
use frontline_domain::near::shown;

/// Reads a text of at most `max` bytes in each language.
pub fn read(page: Page<'_>, node: &Node, what: &str, max: usize) -> Option<Text> {
    let source = page.languages.first();
    match &node.value {
        Value::Scalar(text) => {
            let text = string(page, node.at, text, what, max)?;
            source.map(|source| Text::plain(source.clone(), text))
        }
        Value::Map(map) => {
            let mut by = BTreeMap::new();
            let mut all = true;
            for (key, value) in map {
                let lang = language(page, key.at, &key.text);
                let text = page.scalar(value, what).and_then(|text| string(page, value.at, text, what, max));
                match (lang, text) {
                    (Some(lang), Some(text)) => {
                        if by.insert(lang.clone(), text).is_some() {
                            page.say(key.at, format!("{what} is there in {lang} already"));
                        }
                    }
                    _ => all = false,
                }
            }
            let source = source?;
            if all && !by.contains_key(source) {
                return page.nothing(node.at, format!("{what} is missing in {source}, the language that the others are translated from"));
            }
            all.then(|| Text::translated(source.clone(), by))
        }
        Value::Nothing => page.nothing(node.at, format!("{what} is empty; give it a value or take it out")),
        Value::List(_) => page.nothing(node.at, format!("{what} is a text, or one line of `language: text` for each language")),
    }
}

/// Reads a tag that must be one of the organisation's languages.
pub fn language(page: Page<'_>, at: At, tag: &str) -> Option<Lang> {
    let lang: Lang = match tag.trim().parse() {
        Ok(lang) => lang,
        Err(_) => return page.nothing(at, format!("{} is not a language tag: use one such as en, ar or pt-BR", shown(tag))),
    };
    if page.languages.is_empty() || page.languages.contains(&lang) {
        return Some(lang);
    }
    let known: Vec<&str> = page.languages.iter().map(Lang::as_str).collect();
    page.nothing(at, format!("‘{lang}’ is none of the organisation's languages, {}; add it in organisation.yaml", known.join(", ")))
}

/// One string: trimmed, not empty, without control characters, of at most `max` bytes.
pub fn string(page: Page<'_>, at: At, text: &str, what: &str, max: usize) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return page.nothing(at, format!("{what} is empty; give it a value or take it out"));
    }
    if text.len() > max {
        return page.nothing(at, format!("{what} has at most {max} bytes in a language; this has {}", text.len()));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return page.nothing(at, format!("{what} holds a control character; type it again"));
    }
    Some(text.replace("\r\n", "\n"))
}
