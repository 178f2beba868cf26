//! Calls of functions: what each takes, and what it gives.

use super::{Compiler, Typed};
use crate::form::expr::code::{Code, Part, Pattern, Turn};
use crate::form::expr::kind::Kind;
use crate::form::expr::tree::Node;
use crate::form::expr::{Error, Found, Function, Value};

impl Compiler<'_> {
    pub(super) fn call(&mut self, at: usize, function: Function, all: &[Node]) -> Result<Typed, Error> {
        let (least, most) = function.takes();
        if all.len() < least || all.len() > most {
            let wanted = if least == most { format!("{least}") } else { format!("{least} to {most}") };
            let message = format!(
                "{} takes {wanted} {}; this gives it {}",
                function.name(),
                if most == 1 { "argument" } else { "arguments" },
                all.len()
            );
            return Err(Error::new(at, Found::Arguments, message));
        }
        if function.goes_over_repeats() && all.len() == 1 {
            return self.over(at, function, &all[0]);
        }
        Ok(match function {
            Function::Na | Function::Answered | Function::Last | Function::LastAt => self.of_an_item(function, &all[0])?,
            Function::Known => {
                let (code, _) = self.node(&all[0])?;
                (Code::Known(Box::new(code)), Kind::Bool)
            }
            Function::If => {
                let condition = self.truth(&all[0])?;
                let (then, kind) = self.node(&all[1])?;
                let place = self.next;
                let (otherwise, other) = self.node(&all[2])?;
                let otherwise = self.as_kind(otherwise, &other, &kind, self.at(place))?;
                (Code::If(Box::new(condition), Box::new(then), Box::new(otherwise)), kind)
            }
            Function::OrElse | Function::Min | Function::Max => {
                let place = self.next;
                let (codes, kind) = self.alike(all)?;
                if function == Function::OrElse {
                    (Code::OrElse(codes), kind)
                } else if kind.has_order() {
                    (Code::Extreme(function == Function::Max, codes), kind)
                } else {
                    return Err(self.wrong(place, &format!("{} takes numbers, dates and times", function.name()), &kind));
                }
            }
            Function::Today => (Code::Today, Kind::Date),
            Function::Now => (Code::Now, Kind::Instant),
            Function::Date | Function::Time => {
                (Code::Constant(self.written(function, &all[0])?), if function == Function::Date { Kind::Date } else { Kind::Time })
            }
            Function::DateOf => (Code::Turn(Turn::DateOf, Box::new(self.of(function, &all[0], &[Kind::Instant])?.0)), Kind::Date),
            Function::TimeOf => (Code::Turn(Turn::TimeOf, Box::new(self.of(function, &all[0], &[Kind::Instant])?.0)), Kind::Time),
            Function::Year | Function::Month | Function::Day | Function::Weekday => {
                let part = match function {
                    Function::Year => Part::Year,
                    Function::Month => Part::Month,
                    Function::Day => Part::Day,
                    _ => Part::Weekday,
                };
                (Code::Turn(Turn::Part(part), Box::new(self.of(function, &all[0], &[Kind::Date])?.0)), Kind::PLAIN)
            }
            Function::Round | Function::Floor | Function::Ceil | Function::Abs | Function::Amount => self.number(function, all)?,
            Function::Length => (Code::Turn(Turn::Length, Box::new(self.of(function, &all[0], &[Kind::Text])?.0)), Kind::PLAIN),
            Function::Contains | Function::StartsWith | Function::EndsWith => {
                let (text, _) = self.of(function, &all[0], &[Kind::Text])?;
                let (part, _) = self.of(function, &all[1], &[Kind::Text])?;
                (Code::Within(function, Box::new(text), Box::new(part)), Kind::Bool)
            }
            Function::Matches => {
                let (text, _) = self.of(function, &all[0], &[Kind::Text])?;
                let at = self.place();
                let Node::Text(pattern) = &all[1] else {
                    return Err(Error::new(at, Found::Pattern, "a pattern is a text in double quotes"));
                };
                let pattern = Pattern::new(pattern).map_err(|why| Error::new(at, Found::Pattern, why))?;
                (Code::Matches(Box::new(text), pattern), Kind::Bool)
            }
            Function::Count | Function::Sum | Function::Average | Function::Any | Function::All => return self.over(at, function, &all[0]),
        })
    }

    /// One argument of one of these types.
    fn of(&mut self, function: Function, node: &Node, wanted: &[Kind]) -> Result<Typed, Error> {
        let place = self.next;
        let (code, kind) = self.node(node)?;
        if wanted.iter().any(|w| w.is_like(&kind)) {
            return Ok((code, kind));
        }
        Err(self.wrong(place, &format!("{} takes {}", function.name(), wanted[0].name()), &kind))
    }

    /// Several arguments of the first one's type.
    fn alike(&mut self, all: &[Node]) -> Result<(Vec<Code>, Kind), Error> {
        let (first, mut kind) = self.node(&all[0])?;
        let mut codes = vec![first];
        for one in &all[1..] {
            let place = self.next;
            let (code, other) = self.node(one)?;
            if let (Kind::Number(None), Kind::Number(Some(_))) = (&kind, &other) {
                kind = other;
                codes.push(code);
                continue;
            }
            codes.push(self.as_kind(code, &other, &kind, self.at(place))?);
        }
        Ok((codes, kind))
    }

    /// What is asked of an item itself, not of its answer.
    fn of_an_item(&mut self, function: Function, node: &Node) -> Result<Typed, Error> {
        let place = self.next;
        let Node::Item(slug) = node else {
            return Err(Error::new(self.at(place), Found::Arguments, format!("{} takes the name of an item", function.name())));
        };
        let at = self.at(place);
        let declared = self.declared(at, slug)?;
        match function {
            // History is of what does not repeat, or of every answer to it: it asks of no instance.
            Function::Last | Function::LastAt => {
                self.place();
                let (code, kind) = match function {
                    Function::Last => (Code::Last(declared.index), declared.kind),
                    _ => (Code::LastAt(declared.index), Kind::Instant),
                };
                Ok((code, kind))
            }
            _ => {
                self.node(node)?;
                let code = if function == Function::Na { Code::IsNa(declared.index) } else { Code::IsAnswered(declared.index) };
                Ok((code, Kind::Bool))
            }
        }
    }

    fn number(&mut self, function: Function, all: &[Node]) -> Result<Typed, Error> {
        let place = self.next;
        let (code, kind) = self.node(&all[0])?;
        let Kind::Number(unit) = kind else { return Err(self.wrong(place, &format!("{} takes a number", function.name()), &kind)) };
        let turn = match function {
            Function::Amount => return Ok((code, Kind::PLAIN)),
            Function::Floor => Turn::Floor,
            Function::Ceil => Turn::Ceil,
            Function::Abs => Turn::Abs,
            _ => Turn::Round(match all.get(1) {
                None => 0,
                Some(places) => {
                    let at = self.place();
                    let whole = if let Node::Number(n, None) = places { n.as_whole().and_then(|n| u8::try_from(n).ok()) } else { None };
                    let wanted = || Error::new(at, Found::Arguments, "the places of round are a whole number from 0 to 6");
                    whole.filter(|n| *n <= 6).ok_or_else(wanted)?
                }
            }),
        };
        Ok((Code::Turn(turn, Box::new(code)), Kind::Number(unit)))
    }

    fn written(&mut self, function: Function, node: &Node) -> Result<Value, Error> {
        let at = self.place();
        let text = if let Node::Text(text) = node { text.as_str() } else { "" };
        match function {
            Function::Date => chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10).map(Value::Date),
            _ => chrono::NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| text.len() == 5).map(Value::Time),
        }
        .ok_or_else(|| {
            let how = if function == Function::Date { "date(\"2026-03-31\")" } else { "time(\"07:30\")" };
            Error::new(at, Found::Arguments, format!("{} takes one text, written like {how}", function.name()))
        })
    }

    /// A function that goes over the instances of a repeating section, or over several choices or files.
    fn over(&mut self, at: usize, function: Function, node: &Node) -> Result<Typed, Error> {
        let place = self.next;
        let before = self.inside.replace(None);
        let typed = self.node(node);
        let section = std::mem::replace(&mut self.inside, before).flatten();
        let (code, kind) = typed?;
        let Some(section) = section else {
            return match (&kind, function) {
                (Kind::Choices(_) | Kind::Files, Function::Count) => Ok((Code::Turn(Turn::Count, Box::new(code)), Kind::PLAIN)),
                _ => {
                    let message = format!("{} goes over a repeating section, and nothing that is named here repeats", function.name());
                    Err(Error::new(at, Found::Repeats, message))
                }
            };
        };
        let of = |kind: Kind| Ok((Code::Over(function, section, Box::new(code)), kind));
        match (function, kind) {
            (Function::Count, _) => of(Kind::PLAIN),
            (Function::Any | Function::All, Kind::Bool) => of(Kind::Bool),
            (Function::Sum | Function::Average, Kind::Number(unit)) => of(Kind::Number(unit)),
            (Function::Min | Function::Max, kind) if kind.has_order() => of(kind),
            (Function::Any | Function::All, kind) => Err(self.wrong(place, &format!("{} takes a condition", function.name()), &kind)),
            (Function::Min | Function::Max, kind) => {
                Err(self.wrong(place, &format!("{} takes numbers, dates and times", function.name()), &kind))
            }
            (_, kind) => Err(self.wrong(place, &format!("{} takes numbers", function.name()), &kind)),
        }
    }
}
