//! Evaluation: total, in three-valued logic, without allocating where the answer is a truth or a number.

use std::collections::BTreeSet;

use crate::zone::Zone;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::code::{Code, Part, Shift, Turn};
use super::function::Function;
use super::kind::Kind;
use super::tree::{Comparison, Question, Whose};
use super::value::Value;
use crate::form::Decimal;

/// What an expression is evaluated over.
pub trait Facts {
    /// The answer to an item, of this instance where its section repeats; unknown where there is none, where it is N/A,
    /// and where the item is hidden.
    fn answer(&self, item: u32, instance: Option<u16>) -> Value;
    /// Whether it was said not to apply.
    fn is_na(&self, item: u32, instance: Option<u16>) -> bool;
    /// How many instances a repeating section has.
    fn instances(&self, section: u16) -> u16;
    /// What was answered to it the last time, here or at this asset.
    fn last(&self, item: u32) -> Value;
    /// When, milliseconds since 1970.
    fn last_at(&self, item: u32) -> Option<i64>;
    fn attribute(&self, whose: Whose, name: &str) -> Option<String>;
    fn ask(&self, whose: Whose, question: Question, text: &str) -> Option<bool>;
    /// Milliseconds since 1970, as well as the device knows.
    fn now_ms(&self) -> i64;
    /// The zone of the site.
    fn zone(&self) -> Zone;
}

/// A compiled expression.
#[derive(Debug, Clone)]
pub struct Program {
    pub(super) code: Code,
    pub(super) kind: Kind,
}

/// What a program reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    pub items: BTreeSet<u32>,
    /// Repeating sections whose number of instances it asks for.
    pub sections: BTreeSet<u16>,
    /// Items whose earlier answers it asks for.
    pub history: BTreeSet<u32>,
    /// It changes as time goes on.
    pub clock: bool,
    /// It is another for another person.
    pub person: bool,
    /// It is another where the site is called, marked or timed otherwise.
    pub site: bool,
    /// It is another where the asset is called, marked or placed otherwise.
    pub asset: bool,
}

impl Program {
    /// What it comes to.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Its value; `here` is the instance of the repeating section that it stands in.
    pub fn value(&self, facts: &dyn Facts, here: Option<u16>) -> Value {
        Run { facts }.value(&self.code, here)
    }

    /// Whether it holds; none where that is unknown.
    pub fn holds(&self, facts: &dyn Facts, here: Option<u16>) -> Option<bool> {
        self.value(facts, here).truth()
    }

    /// All that its value follows from.
    pub fn reads(&self) -> Reads {
        let (mut out, mut left) = (Reads::default(), vec![&self.code]);
        while let Some(code) = left.pop() {
            match code {
                Code::Answer(n) | Code::IsNa(n) | Code::IsAnswered(n) => drop(out.items.insert(*n)),
                Code::Last(n) | Code::LastAt(n) => drop(out.history.insert(*n)),
                Code::Over(_, section, _) => drop(out.sections.insert(*section)),
                Code::Today | Code::Now => (out.clock, out.site) = (true, true),
                Code::Attribute(Whose::Site, _) | Code::Ask(Whose::Site, ..) => out.site = true,
                Code::Attribute(Whose::Asset, _) | Code::Ask(Whose::Asset, ..) => out.asset = true,
                Code::Attribute(Whose::Person, _) | Code::Ask(Whose::Person, ..) => out.person = true,
                _ => {}
            }
            left.extend(code.parts());
        }
        out
    }
}

struct Run<'a> {
    facts: &'a dyn Facts,
}

impl Run<'_> {
    fn truth(&self, code: &Code, here: Option<u16>) -> Option<bool> {
        self.value(code, here).truth()
    }
    fn number(&self, code: &Code, here: Option<u16>) -> Option<Decimal> {
        self.value(code, here).number()
    }

    fn value(&self, code: &Code, here: Option<u16>) -> Value {
        match code {
            Code::Constant(value) => value.clone(),
            Code::Answer(item) => self.facts.answer(*item, here),
            Code::IsNa(item) => Value::Bool(self.facts.is_na(*item, here)),
            Code::IsAnswered(item) => Value::Bool(self.facts.answer(*item, here).is_known()),
            Code::Last(item) => self.facts.last(*item),
            Code::LastAt(item) => self.facts.last_at(*item).map(Value::Instant).into(),
            Code::Attribute(whose, name) => self.facts.attribute(*whose, name).map(Value::Text).into(),
            Code::Ask(whose, question, text) => self.facts.ask(*whose, *question, text).into(),
            Code::Today => self.local(self.facts.now_ms()).map(|(date, _)| Value::Date(date)).into(),
            Code::Now => Value::Instant(self.facts.now_ms()),
            Code::Not(one) => self.truth(one, here).map(|b| !b).into(),
            Code::And(all) => self.every(all, here).into(),
            Code::Or(all) => self.some(all, here).into(),
            Code::Compare(how, a, b) => compared(*how, &self.value(a, here), &self.value(b, here)).into(),
            Code::Minus(one) => self.number(one, here).and_then(Decimal::negated).into(),
            Code::Add(minus, a, b) => self.both(a, b, here, if *minus { Decimal::less } else { Decimal::plus }).into(),
            Code::Product(over, a, b) => self.both(a, b, here, if *over { Decimal::over } else { Decimal::times }).into(),
            Code::Shift(what, minus, a, by) => self.number(by, here).and_then(|n| shifted(*what, &self.value(a, here), n, *minus)).into(),
            Code::Between(a, b) => between(&self.value(a, here), &self.value(b, here)).into(),
            Code::Convert(one, by) => self.number(one, here).and_then(|n| n.scaled(by.num, by.den, by.add)).into(),
            Code::Known(one) => Value::Bool(self.value(one, here).is_known()),
            Code::If(condition, then, otherwise) => match self.truth(condition, here) {
                Some(true) => self.value(then, here),
                Some(false) => self.value(otherwise, here),
                None => Value::Unknown,
            },
            Code::OrElse(all) => all.iter().map(|one| self.value(one, here)).find(Value::is_known).into(),
            Code::Extreme(greatest, all) => extreme(*greatest, all.iter().map(|one| self.value(one, here))),
            Code::Turn(turn, one) => self.turned(*turn, self.value(one, here)),
            Code::Within(how, text, part) => match (self.value(text, here), self.value(part, here)) {
                (Value::Text(text), Value::Text(part)) => Value::Bool(match how {
                    Function::StartsWith => text.starts_with(&part),
                    Function::EndsWith => text.ends_with(&part),
                    _ => text.contains(&part),
                }),
                _ => Value::Unknown,
            },
            Code::Matches(text, pattern) => match self.value(text, here) {
                Value::Text(text) => Value::Bool(pattern.fits(&text)),
                _ => Value::Unknown,
            },
            Code::Over(function, section, one) => self.over(*function, *section, one),
        }
    }

    fn both(&self, a: &Code, b: &Code, here: Option<u16>, with: fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Decimal> {
        with(self.number(a, here)?, self.number(b, here)?)
    }

    fn every(&self, all: &[Code], here: Option<u16>) -> Option<bool> {
        let mut out = Some(true);
        for one in all {
            match self.truth(one, here) {
                Some(false) => return Some(false),
                Some(true) => {}
                None => out = None,
            }
        }
        out
    }

    fn some(&self, all: &[Code], here: Option<u16>) -> Option<bool> {
        let mut out = Some(false);
        for one in all {
            match self.truth(one, here) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => out = None,
            }
        }
        out
    }

    /// Unanswered instances are passed over; of any and all they leave it open.
    fn over(&self, function: Function, section: u16, one: &Code) -> Value {
        let mut each = (0..self.facts.instances(section)).map(|n| self.value(one, Some(n)));
        let whole = |n: usize| i64::try_from(n).ok().and_then(Decimal::whole);
        match function {
            Function::Any | Function::All => {
                let ends = function == Function::Any;
                let mut open = false;
                for value in each {
                    match value.truth() {
                        Some(truth) if truth == ends => return Value::Bool(ends),
                        Some(_) => {}
                        None => open = true,
                    }
                }
                if open { Value::Unknown } else { Value::Bool(!ends) }
            }
            Function::Count => whole(each.filter(|v| v.truth().unwrap_or(v.is_known())).count()).into(),
            Function::Min | Function::Max => extreme(function == Function::Max, each),
            Function::Sum => each.filter_map(|v| v.number()).try_fold(Decimal::from(0), Decimal::plus).into(),
            _ => {
                let known: Vec<Decimal> = each.by_ref().filter_map(|v| v.number()).collect();
                let sum = known.iter().try_fold(Decimal::from(0), |sum, n| sum.plus(*n));
                // Of none there is no average.
                sum.zip(whole(known.len())).and_then(|(sum, n)| sum.over(n)).into()
            }
        }
    }

    fn turned(&self, turn: Turn, value: Value) -> Value {
        let whole = |n: i64| Value::from(Decimal::whole(n));
        let count = |n: usize| i64::try_from(n).map_or(Value::Unknown, whole);
        match (turn, value) {
            (Turn::Round(places), Value::Number(n)) => n.round(places).into(),
            (Turn::Floor, Value::Number(n)) => n.floor().into(),
            (Turn::Ceil, Value::Number(n)) => n.ceil().into(),
            (Turn::Abs, Value::Number(n)) => n.abs().into(),
            (Turn::Length, Value::Text(text)) => count(text.chars().count()),
            (Turn::Count, Value::Choices(all)) => count(all.len()),
            (Turn::Count, Value::Files(n)) => count(n),
            (Turn::DateOf, Value::Instant(ms)) => self.local(ms).map(|(date, _)| Value::Date(date)).into(),
            (Turn::TimeOf, Value::Instant(ms)) => self.local(ms).map(|(_, time)| Value::Time(time)).into(),
            (Turn::Part(part), Value::Date(date)) => whole(match part {
                Part::Year => i64::from(date.year()),
                Part::Month => i64::from(date.month()),
                Part::Day => i64::from(date.day()),
                Part::Weekday => i64::from(date.weekday().number_from_monday()),
            }),
            _ => Value::Unknown,
        }
    }

    /// The day and the minute at the site.
    fn local(&self, ms: i64) -> Option<(NaiveDate, NaiveTime)> {
        let local = self.facts.zone().local(ms)?;
        Some((local.date(), local.time().with_second(0)?.with_nanosecond(0)?))
    }
}

/// The least or the greatest of those that are known.
fn extreme(greatest: bool, values: impl Iterator<Item = Value>) -> Value {
    let better = |a: &Value, b: &Value| order(a, b) == Some(if greatest { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less });
    values.filter(Value::is_known).reduce(|best, one| if better(&one, &best) { one } else { best }).into()
}

fn order(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
        (Value::Instant(a), Value::Instant(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn compared(how: Comparison, a: &Value, b: &Value) -> Option<bool> {
    match how {
        Comparison::In => match (a, b) {
            (Value::Choice(one), Value::Choices(all)) => Some(all.contains(one)),
            _ => None,
        },
        Comparison::Equal | Comparison::Unequal => {
            let known = a.is_known() && b.is_known() && std::mem::discriminant(a) == std::mem::discriminant(b);
            known.then(|| (a == b) == (how == Comparison::Equal))
        }
        _ => order(a, b).map(|order| match how {
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::More => order.is_gt(),
            _ => order.is_ge(),
        }),
    }
}

fn shifted(what: Shift, value: &Value, by: Decimal, minus: bool) -> Option<Value> {
    let by = if minus { by.negated()? } else { by };
    match (what, value) {
        // Half a day later is the same day: dates have no hours.
        (Shift::Days, Value::Date(date)) => date.checked_add_signed(chrono::TimeDelta::try_days(by.floor()?.as_whole()?)?).map(Value::Date),
        // A time goes round: 23:50 and 20 minutes is 00:10.
        (Shift::Time, Value::Time(time)) => {
            let minutes = i64::from(time.hour() * 60 + time.minute()).checked_add(by.floor()?.as_whole()?)?.rem_euclid(24 * 60);
            let minutes = u32::try_from(minutes).ok()?;
            NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).map(Value::Time)
        }
        (Shift::Instant, Value::Instant(ms)) => ms.checked_add(by.floor()?.as_whole()?).map(Value::Instant),
        _ => None,
    }
}

fn between(a: &Value, b: &Value) -> Option<Decimal> {
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => Decimal::whole(a.signed_duration_since(*b).num_days()),
        (Value::Time(a), Value::Time(b)) => Decimal::whole(a.signed_duration_since(*b).num_minutes()),
        (Value::Instant(a), Value::Instant(b)) => Decimal::whole(a.checked_sub(*b)?)?.over(Decimal::whole(60_000)?),
        _ => None,
    }
}
