//! What happened to a run, and what happened to it after it was signed off.

use frontline_domain::document::{Covers, Run, Seal, Standing};
use frontline_domain::fact::Fact;
use frontline_domain::form::Value;
use frontline_domain::form::speech::{Phrase, Speech};
use frontline_domain::release::Signers;

use super::run_items::Shown;
use crate::console::calm::calm;
use crate::console::look::facts::Found;
use crate::console::look::runs::{Loaded, seal};
use crate::console::strings::fill;
use crate::console::view::HistoryRow;

/// Answers and seals, the latest first. `holds`: whether a seal covers the answers as they are.
pub fn history(shown: &Shown<'_>, run: &Run, seals: &[&Found], holds: &dyn Fn(&Seal) -> bool) -> Vec<HistoryRow> {
    let t = &shown.names.t.run;
    let mut rows: Vec<(i64, HistoryRow)> = Vec::new();
    for line in run.history() {
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
            Some(_) if answer.value.blobs().is_empty() => t.h_detached,
            Some(_) => t.h_attached,
            None if answer.value.is_empty() => t.h_taken_back,
            None if answer.settles => t.h_settled,
            None => t.h_answered,
        };
        let text = fill(text, &words);
        let pictures = shown.added(&line.key.item, answer.value.blobs());
        rows.push((answer.at_ms, HistoryRow { at: shown.zone.stamp(answer.at_ms), text, tone: "", pictures }));
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
        let row = HistoryRow { at: shown.zone.stamp(found.effective_ms), text: fill(text, &words), tone, pictures: Vec::new() };
        rows.push((found.effective_ms, row));
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    rows.into_iter().map(|(_, row)| row).collect()
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
