//! A month, as it is printed on food and medicine: good until its last day, which is the date that is kept.

use chrono::{Datelike, Months, NaiveDate};

use super::{Answers, Control, Problem, problem};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Month;

const SPOKEN: Words = Words { en: "Month and year", ar: "شهر وسنة" };
const DAY: &str = "%Y-%m-%d";

/// The last day of the month that a day is in.
fn last_day(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

impl Answers for Month {
    fn name(&self) -> &'static str {
        "month"
    }
    fn takes(&self) -> &'static str {
        "a month such as 2027-03"
    }
    /// Its last day: `good-until < today()`.
    fn kind(&self) -> expr::Kind {
        expr::Kind::Date
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Text(text) = raw else { return None };
        let month = NaiveDate::parse_from_str(&format!("{text}-01"), DAY).ok().filter(|_| text.len() == 7);
        let last = month.and_then(last_day).map(|day| day.format(DAY).to_string());
        Some(Ok(Value::Date(last.unwrap_or_else(|| text.clone()))))
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Date(text) = value else { return None };
        let day = NaiveDate::parse_from_str(text, DAY).ok().filter(|_| text.len() == 10);
        Some(match day.is_some_and(|day| last_day(day) == Some(day)) {
            true => Ok(()),
            false => problem("month", "a month is written year-month, such as 2027-03, or as its last day"),
        })
    }
    fn control(&self) -> Control {
        Control::Month
    }
    fn report(&self, value: &Value, speech: &dyn Speech) -> String {
        match value {
            Value::Date(text) => text.get(..7).unwrap_or(text).to_owned(),
            other => speech.plain(other),
        }
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
    fn example(&self, other: bool) -> Option<Raw> {
        Some(Raw::Text(if other { "2027-02-28" } else { "2026-12-31" }.to_owned()))
    }
}

#[cfg(test)]
pub(super) fn row() -> super::tests::Row {
    let text = |text: &str| Raw::Text(text.to_owned());
    let taken = [("2027-03", "2027-03"), ("2028-02", "2028-02"), ("2027-02-28", "2027-02"), ("9999-12", "9999-12")];
    let refused = ["2027-02-27", "2028-02-28", "2027-13", "2027", "27-03", "March"];
    (
        super::ItemKind::Month,
        taken.map(|(raw, report)| (text(raw), report, None)).into(),
        refused.map(|raw| (text(raw), "month")).into_iter().chain([(Raw::Number("3".to_owned()), "kind")]).collect(),
    )
}
