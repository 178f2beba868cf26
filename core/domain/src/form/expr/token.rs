//! From text to tokens, each with the byte at which it begins.

use super::{Error, Found};
use crate::form::Decimal;
use crate::near::shown;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Number(Decimal),
    /// Between double quotes.
    Text(String),
    /// A slug, a function's name, a word of the language, or a unit.
    Word(String),
    /// A unit that is no word: `°C`, `%`.
    Sign(String),
    Open,
    Close,
    Comma,
    Dot,
    Plus,
    Minus,
    Times,
    Over,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// A token and where it begins.
pub type Placed = (usize, Token);

/// The tokens of `text`.
pub fn tokens(text: &str) -> Result<Vec<Placed>, Error> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let at = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(out) };
        let (token, length) = match first {
            '"' => quoted(rest, at)?,
            '0'..='9' => number(rest, at)?,
            'a'..='z' | 'A'..='Z' => word(rest),
            _ => sign(rest, first, at)?,
        };
        out.push((at, token));
        rest = &rest[length..];
    }
}

/// Between double quotes, where `\"` and `\\` stand for themselves and `\n` ends a line.
fn quoted(rest: &str, at: usize) -> Result<(Token, usize), Error> {
    let mut out = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((n, c)) = chars.next() {
        match c {
            '"' => return Ok((Token::Text(out), n + 1)),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some(c @ ('"' | '\\')) => out.push(c),
                Some('n') => out.push('\n'),
                _ => return Err(Error::new(at + n, Found::Escape, "after \\ comes \", \\ or n")),
            },
            c => out.push(c),
        }
    }
    Err(Error::new(at, Found::Unclosed, "the text that begins here does not end: close it with \""))
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Error> {
    let part = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = part(rest);
    let behind = rest[whole..].strip_prefix('.').map_or(0, part);
    let length = if behind > 0 { whole + 1 + behind } else { whole };
    // `24h` is a slug that begins with a digit, or a number and its unit: both are written apart.
    if rest[length..]
        .starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' && rest[length + 1..].starts_with(|c: char| c.is_ascii_alphanumeric()))
    {
        let (_, end) = word(rest);
        let typed = shown(&rest[..end.max(length + 1)]);
        let message =
            format!("{typed}: put a space between a number and its unit or a sign, and a name that begins with a digit into item(\"…\")");
        return Err(Error::new(at, Found::Number, message));
    }
    let digits = &rest[..length];
    match digits.parse() {
        Ok(n) => Ok((Token::Number(n), length)),
        Err(_) => Err(Error::new(
            at,
            Found::Number,
            format!("{} is too long for a number: up to 15 digits, 6 of them behind the point", shown(digits)),
        )),
    }
}

/// Letters, digits, and single hyphens between them: `a-b` is one name, `a - b` a difference.
fn word(rest: &str) -> (Token, usize) {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while let Some(b) = bytes.get(end) {
        let goes_on = b.is_ascii_alphanumeric() || *b == b'-' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !goes_on {
            break;
        }
        end += 1;
    }
    (Token::Word(rest[..end].to_owned()), end)
}

fn sign(rest: &str, first: char, at: usize) -> Result<(Token, usize), Error> {
    let second = rest[first.len_utf8()..].chars().next();
    let pair = match (first, second) {
        ('!', Some('=')) => Some(Token::Unequal),
        ('<', Some('=')) => Some(Token::LessOrEqual),
        ('>', Some('=')) => Some(Token::MoreOrEqual),
        ('=', Some('=')) => return Err(Error::new(at, Found::Sign, "equal is written =, not ==")),
        ('&', Some('&')) => return Err(Error::new(at, Found::Sign, "both is written and, not &&")),
        ('|', Some('|')) => return Err(Error::new(at, Found::Sign, "either is written or, not ||")),
        ('°', Some(c @ ('C' | 'F'))) => return Ok((Token::Sign(format!("°{c}")), '°'.len_utf8() + 1)),
        _ => None,
    };
    if let Some(token) = pair {
        return Ok((token, 2));
    }
    let one = match first {
        '(' => Token::Open,
        ')' => Token::Close,
        ',' => Token::Comma,
        '.' => Token::Dot,
        '+' => Token::Plus,
        '-' => Token::Minus,
        '*' => Token::Times,
        '/' => Token::Over,
        '=' => Token::Equal,
        '<' => Token::Less,
        '>' => Token::More,
        '%' => Token::Sign("%".into()),
        '!' => return Err(Error::new(at, Found::Sign, "the contrary is written not, and unequal !=")),
        '\'' => return Err(Error::new(at, Found::Sign, "texts and choices stand between double quotes: \"fault\"")),
        c => return Err(Error::new(at, Found::Sign, format!("{} has no meaning here", shown(&c.to_string())))),
    };
    Ok((one, first.len_utf8()))
}
