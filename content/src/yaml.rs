//! YAML as a tree in which every key and value knows its line and column.
//!
//! Values stay as they were typed until a reader says what they should be: so `no` as a slug is no boolean,
//! `4.50` as a decimal loses nothing, and every problem of a file is found, not only the first. Anchors,
//! aliases and tags are refused: content needs none, and without them a small file can't grow large.

use serde_saphyr::granit_parser::{Event, Parser, Span};

use crate::finding::At;
use crate::limits::NESTING;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub at: At,
    pub value: Value,
    /// Of a value that stands on one line as it is, how many columns after `at` it begins: 1 behind a quote. None where
    /// places within it are not places of the file: it goes over lines, or is written with escapes.
    pub begins: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing was written, or `~`.
    Nothing,
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub at: At,
    pub text: String,
}

/// Why a file is no YAML that content can use.
pub type Fault = (At, String);

/// Reads one document; `first_line` is the line of its file that it begins on, counted from 1.
pub fn parse(text: &str, first_line: u32) -> Result<Node, Fault> {
    let mut options = serde_saphyr::granit_parser::Options::default();
    options.set_emit_comments(false);
    options.disallow_directives = true;
    let mut reader =
        Reader { parser: Parser::new_from_str_with_options(text, options), above: first_line.saturating_sub(1), columns: None };
    let mut found = None;
    loop {
        let (event, at) = reader.next()?;
        match event {
            Event::StreamEnd => {
                return Ok(found.unwrap_or(Node { at: At { line: first_line, column: 1 }, value: Value::Nothing, begins: None }));
            }
            Event::StreamStart | Event::DocumentEnd => {}
            Event::DocumentStart(..) if found.is_some() => {
                return Err((at, "a file holds one document; take out this `---` and what is above or below it".into()));
            }
            Event::DocumentStart(..) => {
                let (event, at) = reader.next()?;
                found = Some(reader.node(event, at, 0)?);
            }
            _ => return Err((at, "this can't be read as YAML".into())),
        }
    }
}

struct Reader<'t> {
    parser: Parser<'t, serde_saphyr::granit_parser::StrInput<'t>>,
    above: u32,
    /// How many columns the last event takes, where it is on one line.
    columns: Option<usize>,
}

impl<'t> Reader<'t> {
    fn at(&self, line: usize, column: usize) -> At {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        At { line: small(line.max(1)).saturating_add(self.above), column: small(column + 1) }
    }
    fn next(&mut self) -> Result<(Event<'t>, At), Fault> {
        match self.parser.next_event() {
            Some(Ok((event, Span { start, end, .. }))) => {
                self.columns = (start.line() == end.line()).then(|| end.col().saturating_sub(start.col()));
                Ok((event, self.at(start.line(), start.col())))
            }
            Some(Err(e)) => Err((self.at(e.marker().line(), e.marker().col()), format!("this can't be read as YAML: {}", e.info()))),
            None => Ok((Event::StreamEnd, self.at(1, 0))),
        }
    }
    fn node(&mut self, event: Event<'t>, at: At, depth: usize) -> Result<Node, Fault> {
        if depth > NESTING {
            return Err((at, format!("values lie at most {NESTING} deep within values")));
        }
        let mut begins = None;
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                plain(at, anchor, tag.is_some())?;
                begins = begin(&text, self.columns);
                let bare = style == serde_saphyr::granit_parser::ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                if bare { Value::Nothing } else { Value::Scalar(text.into_owned()) }
            }
            Event::SequenceStart(_, anchor, tag) => {
                plain(at, anchor, tag.is_some())?;
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break,
                        (event, at) => list.push(self.node(event, at, depth + 1)?),
                    }
                }
                Value::List(list)
            }
            Event::MappingStart(_, anchor, tag) => {
                plain(at, anchor, tag.is_some())?;
                let mut map = Vec::new();
                loop {
                    let (event, at) = self.next()?;
                    let text = match event {
                        Event::MappingEnd => break,
                        Event::Scalar(text, _, 0, None) => text.into_owned(),
                        Event::Alias(_) => return Err((at, ALIAS.into())),
                        _ => return Err((at, "a key is one plain word".into())),
                    };
                    let (event, value_at) = self.next()?;
                    map.push((Key { at, text }, self.node(event, value_at, depth + 1)?));
                }
                Value::Map(map)
            }
            Event::Alias(_) => return Err((at, ALIAS.into())),
            _ => return Err((at, "this can't be read as YAML".into())),
        };
        Ok(Node { at, value, begins })
    }
}

/// Where a value's text begins: it takes as many columns as it has characters, or a quote more on either side.
fn begin(text: &str, columns: Option<usize>) -> Option<u32> {
    match columns?.checked_sub(text.chars().count())? {
        0 => Some(0),
        2 => Some(1),
        _ => None,
    }
}

const ALIAS: &str = "anchors (&), aliases (*) and tags (!) are not used in content; write the value out, in quotes if it begins so";

fn plain(at: At, anchor: usize, tagged: bool) -> Result<(), Fault> {
    if anchor == 0 && !tagged { Ok(()) } else { Err((at, ALIAS.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_were_typed_and_know_their_place() {
        let node = parse("a: no\nb:\n  - 4.50\n  - 'يوم'\nc:\n", 1).unwrap();
        let Value::Map(map) = node.value else { panic!("a map") };
        assert_eq!(map[0].1, Node { at: At { line: 1, column: 4 }, value: Value::Scalar("no".into()), begins: Some(0) });
        let Value::List(list) = &map[1].1.value else { panic!("a list") };
        assert_eq!(list[0], Node { at: At { line: 3, column: 5 }, value: Value::Scalar("4.50".into()), begins: Some(0) });
        assert_eq!(map[2].1.value, Value::Nothing);
        assert_eq!(list[1].begins, Some(1));
        for (text, begins) in
            [("a: \"b c\"", Some(1)), ("a: \"b\\\"c\"", None), ("a: b\n  c", None), ("a: |\n  b", None), ("a: b # c", Some(0))]
        {
            let Value::Map(map) = parse(text, 1).unwrap().value else { panic!("a map") };
            assert_eq!(map[0].1.begins, begins, "{text}");
        }
        assert_eq!(parse("", 1).unwrap().value, Value::Nothing);
    }

    #[test]
    fn what_can_make_a_small_file_large_is_refused() {
        for bad in ["a: &x 1\nb: *x\n", "a: !!binary aGk=\n", "a: 1\n---\nb: 2\n", "%YAML 1.2\n---\na: 1\n"] {
            assert!(parse(bad, 1).is_err(), "{bad}");
        }
        assert!(parse(&"[".repeat(5_000), 1).is_err());
        assert!(parse(&"- ".repeat(5_000), 1).is_err());
    }
}
