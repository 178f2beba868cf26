//! From what somebody typed to a value that the item takes, or one clear sentence.

use super::item::{Evidence, NumberRule};
use super::{Decimal, Item, ItemKind, NaRule, Value, limits};
use crate::{BlobHash, Slug};

/// What a shell or a line of JSON gives for an answer. Numbers come as their digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    Text(String),
    Number(String),
    Bool(bool),
    List(Vec<String>),
    Na(Option<String>),
}

/// Why an answer is not one: a rule's stable name, and a sentence without the answer in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    pub rule: &'static str,
    pub message: String,
}

fn problem<T>(rule: &'static str, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem { rule, message: message.into() })
}

impl Item {
    /// Reads an answer to this item.
    pub fn read(&self, raw: Raw) -> Result<Value, Problem> {
        let value = match (&self.kind, raw) {
            (_, Raw::Na(reason)) => Value::Na(reason),
            (ItemKind::Text | ItemKind::LongText, Raw::Text(t)) => Value::Text(t),
            (ItemKind::Number(_) | ItemKind::Rating { .. } | ItemKind::Csat, Raw::Number(t) | Raw::Text(t)) => match t.parse::<Decimal>() {
                Ok(n) => Value::Number(n),
                Err(e) => return problem("number", e.to_string()),
            },
            (ItemKind::Boolean | ItemKind::PassFail, Raw::Bool(b)) => Value::Bool(b),
            (ItemKind::PassFail, Raw::Text(t)) if t == "pass" || t == "fail" => Value::Bool(t == "pass"),
            (ItemKind::Choice(_), Raw::Text(t)) => match t.parse::<Slug>() {
                Ok(slug) => Value::Choice(slug),
                Err(_) => return problem("choice", "choose one of the listed answers"),
            },
            (ItemKind::MultiChoice(choices), Raw::List(list)) => {
                let slugs: Vec<&Slug> = choices.iter().map(|c| &c.slug).collect();
                if let Some(stray) = list.iter().find(|t| !slugs.iter().any(|s| s.as_str() == *t)) {
                    return problem(
                        "choice",
                        format!(
                            "there is no such choice; one of the {} given is not listed ({} characters)",
                            list.len(),
                            stray.chars().count()
                        ),
                    );
                }
                Value::Choices(slugs.into_iter().filter(|s| list.iter().any(|t| t == s.as_str())).cloned().collect())
            }
            (ItemKind::Date, Raw::Text(t)) => Value::Date(t),
            (ItemKind::Time, Raw::Text(t)) => Value::Time(t),
            (ItemKind::Photo(_), Raw::Text(t)) => Value::Photos(vec![blob(&t)?]),
            (ItemKind::Photo(_), Raw::List(list)) => Value::Photos(list.iter().map(|t| blob(t)).collect::<Result<_, _>>()?),
            (ItemKind::Signature, Raw::Text(t)) => Value::Signature(blob(&t)?),
            (ItemKind::Note, _) => return problem("note", "this is something to read; it takes no answer"),
            (kind, _) => return problem("kind", format!("a {} item takes {}", kind.name(), takes(kind))),
        };
        self.check(&value)?;
        Ok(value)
    }

    /// Whether a value, however it came here, is an answer to this item. The server asks the same question.
    pub fn check(&self, value: &Value) -> Result<(), Problem> {
        match (&self.kind, value) {
            (ItemKind::Note, _) => problem("note", "this is something to read; it takes no answer"),
            (_, Value::Na(reason)) => self.check_na(reason.as_deref()),
            (ItemKind::Text, Value::Text(t)) => length(t, limits::TEXT),
            (ItemKind::LongText, Value::Text(t)) => length(t, limits::LONG_TEXT),
            (ItemKind::Number(rule), Value::Number(n)) => rule.check(*n),
            (ItemKind::Rating { max }, Value::Number(n)) => whole(*n, *max),
            (ItemKind::Csat, Value::Number(n)) => whole(*n, 5),
            (ItemKind::Boolean | ItemKind::PassFail, Value::Bool(_)) => Ok(()),
            (ItemKind::Choice(choices), Value::Choice(slug)) if choices.iter().any(|c| c.slug == *slug) => Ok(()),
            (ItemKind::Choice(_), Value::Choice(_)) => problem("choice", "choose one of the listed answers"),
            (ItemKind::MultiChoice(choices), Value::Choices(slugs)) => {
                let mut listed = choices.iter().map(|c| &c.slug);
                if slugs.iter().all(|s| listed.any(|l| l == s)) {
                    Ok(())
                } else {
                    problem("choice", "choose among the listed answers, each once")
                }
            }
            (ItemKind::Date, Value::Date(t)) => match chrono::NaiveDate::parse_from_str(t, "%Y-%m-%d") {
                Ok(_) if t.len() == 10 => Ok(()),
                _ => problem("date", "a date is written year-month-day, such as 2026-03-31"),
            },
            (ItemKind::Time, Value::Time(t)) => match chrono::NaiveTime::parse_from_str(t, "%H:%M") {
                Ok(_) if t.len() == 5 => Ok(()),
                _ => problem("time", "a time is written in 24 hours, such as 07:30"),
            },
            (ItemKind::Photo(rule), Value::Photos(list)) => {
                let least = usize::from(rule.photos_min.max(1));
                if list.len() < least {
                    problem("photos-min", format!("at least {least} {}", if least == 1 { "photo" } else { "photos" }))
                } else {
                    rule.check(list)
                }
            }
            (ItemKind::Signature, Value::Signature(_)) => Ok(()),
            (kind, _) => problem("kind", format!("a {} item takes {}", kind.name(), takes(kind))),
        }
    }

    /// Whether a value is one piece of evidence for an answer to this item: one picture, or none where it was
    /// taken back.
    pub fn check_evidence(&self, value: &Value) -> Result<(), Problem> {
        match (&self.evidence, value) {
            (None, _) => problem("evidence", "this item asks for no photos beside its answer"),
            (Some(_), Value::Photos(list)) if list.len() <= 1 => Ok(()),
            (Some(_), _) => problem("evidence", "evidence is one photo at a time"),
        }
    }

    fn check_na(&self, reason: Option<&str>) -> Result<(), Problem> {
        match (self.na, reason.map(str::trim)) {
            (NaRule::No, _) => problem("na", "this item always applies; it needs an answer"),
            (NaRule::WithReason, None | Some("")) => problem("na-reason", "say why it does not apply"),
            (_, Some(text)) => length(text, limits::TEXT),
            _ => Ok(()),
        }
    }
}

impl Evidence {
    /// Whether these pictures are not too many, and each there once.
    pub fn check(&self, list: &[BlobHash]) -> Result<(), Problem> {
        if list.len() > usize::from(self.photos_max.min(limits::PHOTOS)) {
            return problem("photos-max", format!("at most {} photos", self.photos_max.min(limits::PHOTOS)));
        }
        match list.iter().enumerate().any(|(at, one)| list[..at].contains(one)) {
            true => problem("photos-twice", "each photo once"),
            false => Ok(()),
        }
    }
}

impl NumberRule {
    /// Whether it takes this number.
    pub fn check(&self, n: Decimal) -> Result<(), Problem> {
        let unit = self.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
        if n.scale() > self.decimals {
            return problem("decimals", format!("at most {} digits behind the point", self.decimals));
        }
        match (self.min, self.max) {
            (Some(min), _) if n < min => problem("min", format!("at least {min}{unit}")),
            (_, Some(max)) if n > max => problem("max", format!("at most {max}{unit}")),
            _ => Ok(()),
        }
    }
}

fn blob(text: &str) -> Result<BlobHash, Problem> {
    text.parse().or_else(|_| problem("photo", "a photo is known by the 64 hexadecimal digits that adding it gave"))
}

fn length(text: &str, max: usize) -> Result<(), Problem> {
    if text.len() > max { problem("length", format!("at most {max} bytes of text; this has {}", text.len())) } else { Ok(()) }
}

fn whole(n: Decimal, max: u8) -> Result<(), Problem> {
    if n.scale() == 0 && n >= Decimal::from(1) && n <= Decimal::from(max) {
        Ok(())
    } else {
        problem("range", format!("a whole number from 1 to {max}"))
    }
}

fn takes(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Note => "no answer",
        ItemKind::Text | ItemKind::LongText => "text",
        ItemKind::Number(_) => "a number",
        ItemKind::Boolean => "true or false",
        ItemKind::PassFail => "pass or fail",
        ItemKind::Choice(_) => "one of its choices",
        ItemKind::MultiChoice(_) => "a list of its choices",
        ItemKind::Rating { .. } | ItemKind::Csat => "a whole number from 1 upwards",
        ItemKind::Date => "a date such as 2026-03-31",
        ItemKind::Time => "a time such as 07:30",
        ItemKind::Photo(_) => "photos that were added before",
        ItemKind::Signature => "the picture of a signature that was added before",
    }
}
