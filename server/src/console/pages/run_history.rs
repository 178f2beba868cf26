//! What happened to a run, and what happened to it after it was signed off.

use frontline_domain::document::pace::Sum;
use frontline_domain::document::{Covers, Doubt, HistoryLine, Pace, Seal, Standing};
use frontline_domain::fact::Fact;
use frontline_domain::form::Value;
use frontline_domain::form::speech::{Phrase, Speech};
use frontline_domain::record::RunsWithdrawn;
use frontline_domain::release::Signers;

use super::run_items::Shown;
use crate::console::calm::calm;
use crate::console::look::facts::Found;
use crate::console::look::runs::{Loaded, seal};
use crate::console::strings::{Strings, fill};
use crate::console::view::HistoryRow;

/// Answers with how long each took, and seals, the latest first. `holds`: whether a seal covers the answers as they are.
pub fn history(
    shown: &Shown<'_>,
    (lines, paces): (&[HistoryLine], &[Pace]),
    (seals, withdrawn): (&[&Found], Option<&RunsWithdrawn>),
    holds: &dyn Fn(&Seal) -> bool,
) -> Vec<HistoryRow> {
    let t = &shown.names.t.run;
    // Of an answer, and of a seal, that came after it: whoever gave it had not heard of it.
    let after = |at_ms: i64| withdrawn.filter(|one| one.is_before(at_ms)).map(|_| shown.names.t.withdrawn.after);
    let mut rows: Vec<(i64, HistoryRow)> = Vec::new();
    for (line, pace) in lines.iter().zip(paces) {
        let answer = &line.answer;
        // A note reads as what was answered does: “Note: …”.
        let note = match (&answer.value, line.key.evidence) {
            (Value::Text(text), Some(_)) if !text.is_empty() => Some(calm(shown.say(&Phrase::Noted(text)))),
            _ => None,
        };
        let value = note.clone().unwrap_or_else(|| shown.words(&line.key.item, &answer.value));
        let words = [("name", &*shown.names.person(answer.by)), ("item", &shown.label(&line.key.item).text), ("value", &value)];
        let text = match line.key.evidence {
            Some(_) if note.is_some() => t.h_answered,
            Some(_) if answer.value == Value::Files(Vec::new()) => t.h_unrecorded,
            Some(_) if answer.value.blobs().is_empty() => t.h_detached,
            Some(_) if matches!(answer.value, Value::Files(_)) => t.h_recorded,
            Some(_) => t.h_attached,
            None if answer.value.is_empty() => t.h_taken_back,
            None if answer.settles => t.h_settled,
            None if answer.measured => t.h_measured,
            None => t.h_answered,
        };
        let text = fill(text, &words);
        let pictures = shown.added(&line.key.item, &answer.value);
        let took = pace.took_ms.map(|ms| took(shown.names.t, ms));
        let doubted = pace.doubts.iter().map(|one| doubt(shown.names.t, *one));
        let doubts = doubted.chain(after(answer.at_ms)).collect();
        rows.push((answer.at_ms, HistoryRow { at: shown.zone.stamp(answer.at_ms), text, tone: "", pictures, took, doubts }));
    }
    for found in seals {
        let Some((_, kind)) = seal(found) else { continue };
        let reason = match &found.fact {
            Fact::Returned(returned) => calm(returned.reason.clone()),
            _ => String::new(),
        };
        let (text, tone) = match kind {
            Seal::Submitted(_) => (t.h_submitted, "seal"),
            Seal::SignedOff(_) if holds(&kind) => (t.h_signed, "seal"),
            Seal::SignedOff(_) => (t.h_signed, "broken"),
            Seal::Returned => (t.h_returned, "broken"),
        };
        let words = [("name", &*shown.names.person(found.person())), ("reason", &*reason)];
        let (at, text) = (shown.zone.stamp(found.effective_ms), fill(text, &words));
        let doubts = after(found.effective_ms).into_iter().collect();
        let row = HistoryRow { at, text, tone, pictures: Vec::new(), took: None, doubts };
        rows.push((found.effective_ms, row));
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A time that something took, in words: to the second below an hour, which is the longest that is no break.
pub fn took(t: &Strings, ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds {
        0 => t.run.took_less.to_owned(),
        1..60 => fill(t.run.took_s, &[("s", &seconds.to_string())]),
        _ => fill(t.run.took_min, &[("min", &(seconds / 60).to_string()), ("s", &(seconds % 60).to_string())]),
    }
}

fn doubt(t: &'static Strings, one: Doubt) -> &'static str {
    match one {
        Doubt::TooFast => t.run.too_fast,
        Doubt::ClockSet => t.run.clock_set,
    }
}

/// What stands at the top of a page where any of its answers is hard to believe.
pub fn doubts(t: &'static Strings, paces: &[Pace]) -> Vec<String> {
    let sum = Sum::of(paces);
    let counts = [(t.run.too_fast_n, sum.too_fast), (t.run.clock_set_n, sum.clock_set)];
    counts.into_iter().filter(|(_, n)| *n > 0).map(|(text, n)| t.counted(text, n.into())).collect()
}

/// The answers that stand now, that a sign-off covers, and that are not among those that its author saw.
pub fn changed_since(shown: &Shown<'_>, loaded: &Loaded, signed: &Found, signers: &Signers) -> Vec<String> {
    let then = loaded.seen_by(signed);
    let mut changed = Vec::new();
    let asked = seal(signed).map_or(&[][..], |(_, seal)| Covers::asked_by(&seal, signers));
    let covered = |s: &Standing| shown.form.section_of(&s.key.item).and_then(|section| section.asked_of).is_none_or(|r| asked.contains(&r));
    for standing in loaded.run.standings().into_iter().filter(covered) {
        let before = then.iter().find(|s| s.key == standing.key);
        let saw = |value| before.is_some_and(|s| s.answers.iter().any(|a| a.value == value));
        for answer in standing.answers.iter().filter(|a| !saw(a.value.clone())) {
            let words = [
                ("item", &*shown.label(&standing.key.item).text),
                ("value", &shown.words(&standing.key.item, &answer.value)),
                ("name", &shown.names.person(answer.by)),
                ("time", &shown.zone.text(answer.at_ms)),
            ];
            changed.push(fill(shown.names.t.run.lapsed_change, &words));
        }
    }
    changed
}
