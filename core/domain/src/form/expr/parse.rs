//! From tokens to a tree. Binds from loose to tight: or, and, not, a comparison, + and -, * and /, the sign.

use super::token::{Token, tokens};
use super::tree::{Comparison, Node, Question, Sign, Whose};
use super::{Error, Found, Function, MAX_DEPTH, MAX_LENGTH, Parsed, units};
use crate::Slug;
use crate::near::{did_you_mean, shown};

/// Reads an expression.
pub fn parse(text: &str) -> Result<Parsed, Error> {
    if text.len() > MAX_LENGTH {
        let message = format!("an expression has at most {MAX_LENGTH} bytes; this has {}", text.len());
        // A place in a text lies between two of its letters.
        return Err(Error::new(text.floor_char_boundary(MAX_LENGTH), Found::Long, message));
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, end: text.len(), depth: 0 };
    let parsed = parser.either()?;
    match parser.peek() {
        None => Ok(parsed),
        Some(token) => {
            let message = format!("{} does not go on the expression; a sign, and, or, or its end would", said(Some(token)));
            Err(Error::new(parser.at(), Found::Token, message))
        }
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    /// How many brackets, calls and signs are around.
    depth: usize,
}

/// A node over others: its own place comes before theirs.
fn over(at: usize, parts: Vec<Parsed>, node: impl FnOnce(Vec<Node>) -> Node) -> Parsed {
    let mut places = vec![at];
    let mut nodes = Vec::with_capacity(parts.len());
    for part in parts {
        places.extend(part.places);
        nodes.push(part.node);
    }
    Parsed { node: node(nodes), places }
}

fn leaf(at: usize, node: Node) -> Parsed {
    Parsed { node, places: vec![at] }
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }
    fn take(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.next += 1;
        token
    }
    fn is(&self, token: &Token) -> bool {
        self.peek() == Some(token)
    }
    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(w)) if w == word)
    }
    fn expect(&mut self, token: &Token, what: &str) -> Result<(), Error> {
        if self.is(token) {
            self.next += 1;
            return Ok(());
        }
        Err(Error::new(self.at(), Found::Token, format!("{what} is missing before {}", said(self.peek()))))
    }
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Error::new(
                self.at(),
                Found::Deep,
                format!("nested deeper than {MAX_DEPTH}: give a part of it to an item of its own (kind calculated)"),
            ));
        }
        self.depth += 1;
        let out = read(self);
        self.depth -= 1;
        out
    }

    fn either(&mut self) -> Result<Parsed, Error> {
        self.words("or", Self::both, Node::Or)
    }
    fn both(&mut self) -> Result<Parsed, Error> {
        self.words("and", Self::contrary, Node::And)
    }
    fn words(&mut self, word: &str, part: fn(&mut Self) -> Result<Parsed, Error>, node: fn(Vec<Node>) -> Node) -> Result<Parsed, Error> {
        let at = self.at();
        let mut parts = vec![part(self)?];
        while self.is_word(word) {
            self.next += 1;
            parts.push(part(self)?);
        }
        if parts.len() > 1 { Ok(over(at, parts, node)) } else { Ok(parts.remove(0)) }
    }
    fn contrary(&mut self) -> Result<Parsed, Error> {
        let at = self.at();
        if !self.is_word("not") {
            return self.comparison();
        }
        self.next += 1;
        let one = self.deeper(Self::contrary)?;
        Ok(over(at, vec![one], |mut all| Node::Not(Box::new(all.remove(0)))))
    }
    fn comparison(&mut self) -> Result<Parsed, Error> {
        let at = self.at();
        let left = self.sum()?;
        let Some(how) = self.compares() else { return Ok(left) };
        self.next += 1;
        let right = self.sum()?;
        if self.compares().is_some() {
            let message = "a second comparison: write both, such as 1 < item and item < 5, or put one into brackets";
            return Err(Error::new(self.at(), Found::Token, message));
        }
        Ok(over(at, vec![left, right], |mut all| {
            let right = all.remove(1);
            Node::Compare(how, Box::new(all.remove(0)), Box::new(right))
        }))
    }
    fn compares(&self) -> Option<Comparison> {
        Some(match self.peek()? {
            Token::Equal => Comparison::Equal,
            Token::Unequal => Comparison::Unequal,
            Token::Less => Comparison::Less,
            Token::LessOrEqual => Comparison::LessOrEqual,
            Token::More => Comparison::More,
            Token::MoreOrEqual => Comparison::MoreOrEqual,
            Token::Word(word) if word == "in" => Comparison::In,
            _ => return None,
        })
    }
    fn sum(&mut self) -> Result<Parsed, Error> {
        self.chain(&Token::Plus, &Token::Minus, Self::product, Node::Sum)
    }
    fn product(&mut self) -> Result<Parsed, Error> {
        self.chain(&Token::Times, &Token::Over, Self::signed, Node::Product)
    }
    fn chain(
        &mut self,
        plus: &Token,
        minus: &Token,
        part: fn(&mut Self) -> Result<Parsed, Error>,
        node: fn(Box<Node>, Vec<(Sign, Node)>) -> Node,
    ) -> Result<Parsed, Error> {
        let at = self.at();
        let (mut parts, mut signs) = (vec![part(self)?], Vec::new());
        while self.is(plus) || self.is(minus) {
            signs.push(if self.is(plus) { Sign::Plus } else { Sign::Minus });
            self.next += 1;
            parts.push(part(self)?);
        }
        if signs.is_empty() {
            return Ok(parts.remove(0));
        }
        Ok(over(at, parts, |mut all| {
            let first = Box::new(all.remove(0));
            node(first, signs.into_iter().zip(all).collect())
        }))
    }
    fn signed(&mut self) -> Result<Parsed, Error> {
        let at = self.at();
        if !self.is(&Token::Minus) {
            return self.primary();
        }
        self.next += 1;
        let one = self.deeper(Self::signed)?;
        Ok(over(at, vec![one], |mut all| Node::Minus(Box::new(all.remove(0)))))
    }

    fn primary(&mut self) -> Result<Parsed, Error> {
        let at = self.at();
        match self.take() {
            Some(Token::Number(n)) => {
                let unit = match self.peek() {
                    Some(Token::Sign(unit)) => Some(unit.clone()),
                    Some(Token::Word(word)) if units::is_known(word) => Some(word.clone()),
                    _ => None,
                };
                self.next += usize::from(unit.is_some());
                Ok(leaf(at, Node::Number(n, unit)))
            }
            Some(Token::Text(text)) => Ok(leaf(at, Node::Text(text))),
            Some(Token::Open) => {
                let inner = self.deeper(Self::either)?;
                self.expect(&Token::Close, ")")?;
                Ok(inner)
            }
            Some(Token::Word(word)) => self.word(at, word),
            token => {
                let message = format!(
                    "{} stands where a value would: an item, a number, a text in double quotes, a function or (",
                    said(token.as_ref())
                );
                Err(Error::new(at, if token.is_some() { Found::Token } else { Found::End }, message))
            }
        }
    }

    fn word(&mut self, at: usize, word: String) -> Result<Parsed, Error> {
        match word.as_str() {
            "true" => return Ok(leaf(at, Node::True)),
            "false" => return Ok(leaf(at, Node::False)),
            "and" | "or" | "not" | "in" => {
                return Err(Error::new(at, Found::Token, format!("‘{word}’ stands where a value would")));
            }
            _ => {}
        }
        if self.is(&Token::Open) {
            return self.call(at, &word);
        }
        if self.is(&Token::Dot) {
            return self.attribute(at, &word);
        }
        match word.parse::<Slug>() {
            Ok(slug) => Ok(leaf(at, Node::Item(slug))),
            Err(_) => Err(Error::new(at, Found::Name, format!("{} is no name: names are of a-z, 0-9 and single hyphens", shown(&word)))),
        }
    }

    fn call(&mut self, at: usize, name: &str) -> Result<Parsed, Error> {
        self.next += 1;
        let function = match Function::named(name) {
            Some(function) => Some(function),
            None if name == "item" => None,
            None => {
                let known = Function::ALL.iter().map(|f| f.name()).chain(["item"]);
                return Err(Error::new(at, Found::Name, format!("there is no function {}{}", shown(name), did_you_mean(name, known))));
            }
        };
        let mut parts = Vec::new();
        while !self.is(&Token::Close) {
            if !parts.is_empty() {
                self.expect(&Token::Comma, ", or )")?;
            }
            parts.push(self.deeper(Self::either)?);
        }
        self.next += 1;
        match (function, parts.as_slice()) {
            (Some(function), _) => Ok(over(at, parts, |all| Node::Call(function, all))),
            (None, [Parsed { node: Node::Text(text), .. }]) => match text.parse::<Slug>() {
                Ok(slug) => Ok(leaf(at, Node::Item(slug))),
                Err(e) => Err(Error::new(at, Found::Name, e.to_string())),
            },
            (None, _) => Err(Error::new(at, Found::Arguments, "item takes one name in double quotes: item(\"2nd-check\")")),
        }
    }

    fn attribute(&mut self, at: usize, whose: &str) -> Result<Parsed, Error> {
        self.next += 1;
        let Some(owner) = Whose::ALL.into_iter().find(|w| w.name() == whose) else {
            let known = Whose::ALL.iter().map(|w| w.name());
            let message = format!("{} has no attributes: site, person and asset have{}", shown(whose), did_you_mean(whose, known));
            return Err(Error::new(at, Found::Name, message));
        };
        let name_at = self.at();
        let Some(Token::Word(name)) = self.take() else {
            return Err(Error::new(name_at, Found::Token, format!("after {whose}. comes the name of an attribute")));
        };
        if !self.is(&Token::Open) {
            return Ok(leaf(at, Node::Attribute(owner, name)));
        }
        self.next += 1;
        let Some(question) = Question::ALL.into_iter().find(|q| q.name() == name) else {
            let known = Question::ALL.iter().map(|q| q.name());
            return Err(Error::new(name_at, Found::Name, format!("{whose} answers no {}{}", shown(&name), did_you_mean(&name, known))));
        };
        let text_at = self.at();
        let Some(Token::Text(text)) = self.take() else {
            return Err(Error::new(text_at, Found::Arguments, format!("{whose}.{name} takes one text in double quotes")));
        };
        self.expect(&Token::Close, ")")?;
        Ok(leaf(at, Node::Ask(owner, question, text)))
    }
}

/// A token as it is named in a sentence.
fn said(token: Option<&Token>) -> String {
    match token {
        None => "the end of the expression".to_owned(),
        Some(Token::Number(n)) => format!("the number {n}"),
        Some(Token::Text(_)) => "a text".to_owned(),
        Some(Token::Word(word) | Token::Sign(word)) => shown(word),
        Some(Token::Open) => "(".to_owned(),
        Some(Token::Close) => ")".to_owned(),
        Some(Token::Comma) => "a comma".to_owned(),
        Some(Token::Dot) => "a full stop".to_owned(),
        Some(Token::Plus) => "+".to_owned(),
        Some(Token::Minus) => "-".to_owned(),
        Some(Token::Times) => "*".to_owned(),
        Some(Token::Over) => "/".to_owned(),
        Some(Token::Equal) => "=".to_owned(),
        Some(Token::Unequal) => "!=".to_owned(),
        Some(Token::Less) => "<".to_owned(),
        Some(Token::LessOrEqual) => "<=".to_owned(),
        Some(Token::More) => ">".to_owned(),
        Some(Token::MoreOrEqual) => ">=".to_owned(),
    }
}
