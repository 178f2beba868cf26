//! Kinds of numbers.

use frontline_domain::form::Decimal;
use frontline_domain::form::item::{Counter, Currency, NumberRule, Percent, Rating, Slider, Temperature};
use frontline_domain::near::shown;

use crate::finding::At;
use crate::read::fields::{Fields, decimal};
use crate::read::text;
use crate::yaml::Node;

pub fn number(fields: &Fields<'_, '_>) -> Option<NumberRule> {
    let unit = match fields.word("unit") {
        Some((at, unit)) => Some(text::string(fields.page, at, unit, "‘unit’", 20)?),
        None => None,
    };
    rule(fields, unit, 0)
}

/// In °C where nothing else is said, to a tenth.
pub fn temperature(fields: &Fields<'_, '_>) -> Option<Temperature> {
    let unit = match fields.word("unit") {
        None => "°C",
        Some((_, unit @ ("°C" | "°F"))) => unit,
        Some((at, other)) => return fields.page.nothing(at, format!("a temperature is in °C or °F, not {}", shown(other))),
    };
    rule(fields, Some(unit.to_owned()), 1).map(Temperature)
}

/// In a currency by its ISO 4217 code, to a hundredth where nothing else is said.
pub fn currency(fields: &Fields<'_, '_>) -> Option<Currency> {
    let (at, code) = fields.need_word("currency")?;
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return fields.page.nothing(at, format!("‘currency’ is a code of three capital letters, such as EUR, not {}", shown(code)));
    }
    rule(fields, Some(code.to_owned()), 2).map(Currency)
}

/// From 0 to 100 where nothing else is said.
pub fn percent(fields: &Fields<'_, '_>) -> Option<Percent> {
    rule_within(fields, Some("%".to_owned()), 0, (Some(0.into()), Some(100.into()))).map(Percent)
}

/// In steps of 1 where nothing else is said.
pub fn slider(fields: &Fields<'_, '_>) -> Option<Slider> {
    let range = number(fields)?;
    let (Some(min), Some(max)) = (range.min, range.max) else {
        return fields.page.nothing(fields.at, "a slider needs ‘min’ and ‘max’: it goes from one to the other");
    };
    let (at, step) = if fields.get("step").is_some() { fields.decimal("step")? } else { (fields.at, Decimal::from(1)) };
    if step <= Decimal::from(0) || step.scale() > range.decimals {
        return fields
            .page
            .nothing(at, format!("‘step’ is more than 0, with not more digits behind the point than ‘decimals’, {}", range.decimals));
    }
    // Whoever slides must be able to reach both ends.
    match max.less(min).and_then(|width| width.over(step)).and_then(Decimal::as_whole) {
        Some(1..=1_000) if Slider::is_even(&range, step) => Some(Slider { range, step }),
        _ => fields.page.nothing(at, format!("from {min} to {max} are 1 to 1000 whole steps of {step}")),
    }
}

pub fn counter(fields: &Fields<'_, '_>) -> Option<Counter> {
    let min = if fields.get("min").is_some() { fields.number("min", 0..=1_000_000) } else { Some(0) };
    let max = if fields.get("max").is_some() { fields.number("max", 1..=1_000_000) } else { Some(9_999) };
    let (min, max) = (min?, max?);
    if max <= min {
        let at = fields.get("max").map_or(fields.at, |node| node.at);
        return fields.page.nothing(at, format!("‘max’ is more than ‘min’, {min}"));
    }
    Some(Counter { min, max })
}

pub fn rating(fields: &Fields<'_, '_>) -> Option<Rating> {
    let max = if fields.get("max").is_some() { fields.number("max", 2..=10) } else { Some(5) };
    max.map(|max| Rating { max })
}

/// The keys that all numbers share.
fn rule(fields: &Fields<'_, '_>, unit: Option<String>, usual: u8) -> Option<NumberRule> {
    rule_within(fields, unit, usual, (None, None))
}

/// The same with what `min` and `max` are where nothing is said.
fn rule_within(
    fields: &Fields<'_, '_>,
    unit: Option<String>,
    usual: u8,
    (least, most): (Option<Decimal>, Option<Decimal>),
) -> Option<NumberRule> {
    let page = fields.page;
    let bound = |key: &'static str, usual: Option<Decimal>| fields.decimal(key).or_else(|| Some((fields.at, usual?)));
    let (min, max) = (bound("min", least), bound("max", most));
    let decimals: Option<u8> = if fields.get("decimals").is_some() { fields.number("decimals", 0..=6) } else { Some(usual) };
    let target = target(fields);
    if let (Some((_, min)), Some((at, max))) = (min, max)
        && max < min
    {
        page.say(at, format!("‘max’ is at least ‘min’, {min}"));
    }
    if let Some((at, (low, high))) = target {
        if high < low {
            page.say(at, "‘target’ goes from the lower number to the higher");
        } else if min.is_some_and(|(_, min)| low < min) || max.is_some_and(|(_, max)| high > max) {
            page.say(at, "‘target’ lies within ‘min’ and ‘max’: no answer outside of them can be given");
        }
    }
    let decimals = decimals?;
    for (key, bound) in [("min", min), ("max", max)] {
        if let Some((at, bound)) = bound
            && bound.scale() > decimals
        {
            page.say(at, format!("‘{key}’ has more digits behind the point than ‘decimals’, {decimals}"));
        }
    }
    Some(NumberRule { unit, min: min.map(|m| m.1), max: max.map(|m| m.1), decimals, target: target.map(|t| t.1) })
}

fn target(fields: &Fields<'_, '_>) -> Option<(At, (Decimal, Decimal))> {
    let page = fields.page;
    let node = fields.get("target")?;
    match page.list(node, "‘target’", 2)? {
        [low, high] => {
            let read = |node: &Node| decimal(page, node.at, page.scalar(node, "‘target’")?.trim(), "‘target’");
            Some((node.at, (read(low)?, read(high)?)))
        }
        _ => page.nothing(node.at, "‘target’ is two numbers, such as [1, 5]"),
    }
}
