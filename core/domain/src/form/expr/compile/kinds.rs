//! Comparisons, sums and products: which types go together, and in which unit.

use std::sync::Arc;

use super::{Compiler, Typed};
use crate::Slug;
use crate::form::expr::code::{Code, Shift};
use crate::form::expr::kind::Kind;
use crate::form::expr::tree::{Comparison, Node, Sign};
use crate::form::expr::units::{self, Dimension};
use crate::form::expr::{Error, Found, Value};
use crate::near::did_you_mean;

impl Compiler<'_> {
    pub(super) fn comparison(&mut self, at: usize, how: Comparison, left: &Node, right: &Node) -> Result<Typed, Error> {
        let left_at = self.next;
        let (a, a_kind) = self.node(left)?;
        let right_at = self.next;
        let (b, b_kind) = self.node(right)?;
        let (left_at, right_at) = (self.at(left_at), self.at(right_at));
        let compare = |a, b| (Code::Compare(how, Box::new(a), Box::new(b)), Kind::Bool);
        if how == Comparison::In {
            let Kind::Choices(listed) = &b_kind else {
                let message = format!("behind in comes an item that takes several choices; this is {}", b_kind.name());
                return Err(Error::new(right_at, Found::Kind, message));
            };
            let a = self.as_kind(a, &a_kind, &Kind::Choice(listed.clone()), left_at)?;
            return Ok(compare(a, b));
        }
        let asks_order = !matches!(how, Comparison::Equal | Comparison::Unequal);
        if asks_order && !(a_kind.has_order() && b_kind.has_order()) {
            let odd = if a_kind.has_order() { &b_kind } else { &a_kind };
            let message = format!("{} compares numbers, dates and times; one of these is {}", how.sign(), odd.name());
            return Err(Error::new(at, Found::Kind, message));
        }
        if matches!(a_kind, Kind::Files | Kind::Thing) {
            let message = format!("{} is not compared: answered(…) and count(…) ask for it", a_kind.name());
            return Err(Error::new(left_at, Found::Kind, message));
        }
        // A text beside a choice is a choice's name.
        match (&a_kind, &b_kind) {
            (Kind::Text, Kind::Choice(_)) => Ok(compare(self.as_kind(a, &a_kind, &b_kind, left_at)?, b)),
            (Kind::Number(_), Kind::Number(None)) | (Kind::Number(None), Kind::Number(_)) => Ok(compare(a, b)),
            _ => Ok(compare(a, self.as_kind(b, &b_kind, &a_kind, right_at)?)),
        }
    }

    pub(super) fn at(&self, place: usize) -> usize {
        self.places.get(place).copied().unwrap_or(0)
    }

    /// `code`, made into a value of type `to`.
    pub(super) fn as_kind(&self, code: Code, from: &Kind, to: &Kind, at: usize) -> Result<Code, Error> {
        match (from, to) {
            (Kind::Number(Some(a)), Kind::Number(Some(b))) if a != b => match units::conversion(a, b) {
                Some(by) => Ok(Code::Convert(Box::new(code), by)),
                None => Err(Error::new(at, Found::Unit, format!("{a} and {b} do not measure the same"))),
            },
            (Kind::Text, Kind::Choice(listed)) => match code {
                Code::Constant(Value::Text(text)) => choice(&text, listed.as_deref(), at),
                _ => Err(Error::new(at, Found::Kind, "beside a choice stands the name of one in double quotes, or another choice")),
            },
            (Kind::Text, Kind::Date) => Err(Error::new(at, Found::Kind, "a date is written date(\"2026-03-31\")")),
            (Kind::Text, Kind::Time) => Err(Error::new(at, Found::Kind, "a time is written time(\"07:30\")")),
            _ if from.is_like(to) => Ok(code),
            _ => Err(Error::new(at, Found::Kind, format!("here goes {}; this is {}", to.name(), from.name()))),
        }
    }

    pub(super) fn sum(&mut self, first: &Node, rest: &[(Sign, Node)]) -> Result<Typed, Error> {
        let place = self.next;
        let mut left = self.node(first)?;
        if !matches!(left.1, Kind::Number(_) | Kind::Date | Kind::Time | Kind::Instant) {
            return Err(self.wrong(place, "numbers, dates, times and moments are added", &left.1));
        }
        for (sign, one) in rest {
            let place = self.next;
            let right = self.node(one)?;
            left = self.added(left, *sign, right, self.at(place))?;
        }
        Ok(left)
    }

    fn added(&self, left: Typed, sign: Sign, right: Typed, at: usize) -> Result<Typed, Error> {
        let minus = sign == Sign::Minus;
        let ((a, a_kind), (b, b_kind)) = (left, right);
        let time = |to: &str| Kind::Number(Some(Arc::from(to)));
        match (&a_kind, &b_kind) {
            (Kind::Number(None), Kind::Number(Some(_))) => Ok((Code::add(a, minus, b), b_kind)),
            (Kind::Number(_), Kind::Number(None)) => Ok((Code::add(a, minus, b), a_kind)),
            (Kind::Number(Some(_)), Kind::Number(Some(_))) => {
                let b = self.as_kind(b, &b_kind, &a_kind, at)?;
                Ok((Code::add(a, minus, b), a_kind))
            }
            (Kind::Date | Kind::Time | Kind::Instant, Kind::Number(Some(unit))) if units::dimension(unit) == Some(Dimension::Time) => {
                let (shift, to) = match a_kind {
                    Kind::Date => (Shift::Days, "d"),
                    Kind::Time => (Shift::Time, "min"),
                    _ => (Shift::Instant, "ms"),
                };
                let by = self.as_kind(b, &b_kind, &time(to), at)?;
                Ok((Code::Shift(shift, minus, Box::new(a), Box::new(by)), a_kind))
            }
            (Kind::Date | Kind::Time | Kind::Instant, Kind::Number(_)) => {
                let message = "say in what unit of time: + 3 d, - 2 h, + 30 min";
                Err(Error::new(at, Found::Unit, message))
            }
            (Kind::Date, Kind::Date) if minus => Ok((Code::Between(Box::new(a), Box::new(b)), time("d"))),
            (Kind::Time, Kind::Time) | (Kind::Instant, Kind::Instant) if minus => {
                Ok((Code::Between(Box::new(a), Box::new(b)), time("min")))
            }
            _ => {
                let sign = if minus { "taken away from" } else { "added to" };
                Err(Error::new(at, Found::Kind, format!("{} is not {sign} {}", b_kind.name(), a_kind.name())))
            }
        }
    }

    pub(super) fn product(&mut self, first: &Node, rest: &[(Sign, Node)]) -> Result<Typed, Error> {
        let place = self.next;
        let (mut code, kind) = self.node(first)?;
        let Kind::Number(mut unit) = kind else { return Err(self.wrong(place, "numbers are multiplied and divided", &kind)) };
        for (sign, one) in rest {
            let place = self.next;
            let (by, by_kind) = self.node(one)?;
            let Kind::Number(by_unit) = &by_kind else { return Err(self.wrong(place, "numbers are multiplied and divided", &by_kind)) };
            let (by, of) = match (sign, &unit, by_unit) {
                (_, _, None) => (by, unit.clone()),
                (Sign::Plus, None, Some(_)) => (by, by_unit.clone()),
                (Sign::Minus, Some(a), Some(_)) => (self.as_kind(by, &by_kind, &Kind::Number(Some(a.clone())), self.at(place))?, None),
                (Sign::Minus, None, Some(_)) | (Sign::Plus, Some(_), Some(_)) => {
                    let message = "there is no unit for this result: amount(…) takes the unit away";
                    return Err(Error::new(self.at(place), Found::Unit, message));
                }
            };
            code = Code::Product(*sign == Sign::Minus, Box::new(code), Box::new(by));
            unit = of;
        }
        Ok((code, Kind::Number(unit)))
    }
}

fn choice(text: &str, listed: Option<&[Slug]>, at: usize) -> Result<Code, Error> {
    let Ok(slug) = text.parse::<Slug>() else {
        return Err(Error::new(at, Found::Name, "the name of a choice is of a-z, 0-9 and single hyphens"));
    };
    match listed {
        Some(listed) if !listed.contains(&slug) => {
            let near = did_you_mean(text, listed.iter().map(Slug::as_str));
            Err(Error::new(at, Found::Name, format!("there is no choice ‘{slug}’{near}")))
        }
        _ => Ok(Code::Constant(Value::Choice(slug))),
    }
}
