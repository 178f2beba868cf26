//! What the right answer to a question is.

use serde::{Deserialize, Serialize};

use super::{Decimal, Item, ItemKind, Value};
use crate::Text;
use crate::release::list::words::compared;

/// The key of a question. Travels with its release, so that a phone grades without a network; no screen shows
/// it before the attempt is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The right answer; of a multi-choice every right choice, in the order of the form; of gaps what is shown as right.
    pub value: Value,
    /// Of a number: how far from `value` an answer may lie and still be right, not negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Decimal>,
    /// Of gaps: for each what is right there, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Vec<String>>,
    /// Why it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
}

/// Of `weight` points those that an answer to a question has: see [`crate::quiz::grade`].
pub fn worth(item: &Item, given: &Value, weight: u32) -> u32 {
    let Some(key) = &item.answer_key else { return 0 };
    let all_or_none = |right: bool| if right { weight } else { 0 };
    match (&item.kind, &key.value, given) {
        (ItemKind::Number(_), Value::Number(right), Value::Number(given)) => {
            let tolerance = key.tolerance.unwrap_or(0.into());
            all_or_none(given.is_within(right, &tolerance))
        }
        (ItemKind::MultiChoice(_), Value::Choices(right), Value::Choices(given)) => {
            let choices = item.kind.answers().choices();
            let picked =
                |among_right: bool| choices.iter().filter(move |c| given.contains(&c.slug) && right.contains(&c.slug) == among_right);
            share(weight, (picked(true).count(), right.len()), (picked(false).count(), choices.len().saturating_sub(right.len())))
        }
        (ItemKind::Order(_), Value::Ranked(right), Value::Ranked(given)) => {
            part(weight, right.iter().zip(given).filter(|(right, given)| right == given).count(), right.len())
        }
        (ItemKind::Match(_), Value::Cells(right), Value::Cells(given)) => {
            part(weight, right.iter().filter(|pair| given.contains(pair)).count(), right.len())
        }
        (ItemKind::FillIn(_), Value::Texts(right), Value::Texts(given)) => {
            let fits = |(gap, (right, given)): (usize, (&String, &String))| {
                let also = key.also.get(gap).into_iter().flatten();
                also.chain([right]).any(|text| compared(text) == compared(given))
            };
            part(weight, right.iter().zip(given).enumerate().filter(|one| fits(*one)).count(), right.len())
        }
        (ItemKind::Choice(_) | ItemKind::Boolean, right, given) => all_or_none(right == given),
        _ => 0,
    }
}

/// `points` × hits / all, rounded down.
fn part(points: u32, hits: usize, all: usize) -> u32 {
    share(points, (hits, all), (0, 1))
}

/// `points` × (hits / right − misses / wrong), not below 0, rounded down.
fn share(points: u32, (hits, right): (usize, usize), (misses, wrong): (usize, usize)) -> u32 {
    // Without a wrong choice there is nothing to take away.
    let (right, wrong) = (right.max(1) as u128, wrong.max(1) as u128);
    let (gained, lost) = (hits as u128 * wrong, misses as u128 * right);
    let worth = u128::from(points) * gained.saturating_sub(lost) / (right * wrong);
    u32::try_from(worth).unwrap_or(points)
}
