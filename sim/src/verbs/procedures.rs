//! `procedures.*`

use frontline_device::Core;
use frontline_device::services::procedures::answer::{AnswerDraft, SettleDraft};
use frontline_device::services::procedures::choices::{ChoicesAsked, MOST};
use frontline_device::services::procedures::evidence::{EvidenceDraft, NoteDraft, SoundBesideDraft};
use frontline_device::services::procedures::measure::MeasureDraft;
use frontline_device::services::procedures::search::RunsAsked;
use serde_json::{Map, Value, json};

use super::words::Words;
use super::{Answer, done, invalid, list, made, pieces};

pub fn call(core: &Core, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "list" => words.end().and_then(|()| list(core.procedures().available()?)),
        "runs" => runs(core, words),
        "demands" => pieces(words, |piece| core.procedures().demands(piece)),
        "start" => start(core, words),
        "asset" => asset(core, words),
        "choices" => choices(core, words),
        "answer" => answer(core, words),
        "measure" => measure(core, words),
        "settle" => settle(core, words),
        "attach" => attach(core, words),
        "detach" => detach(core, words),
        "submit" => run(words).and_then(|run| core.procedures().submit(&run).and_then(|()| done())),
        "sign_off" => sign_off(core, words),
        "return" => give_back(core, words),
        _ => return None,
    })
}

/// The list of runs, or those of them that somebody looks for.
pub fn runs(core: &Core, words: &mut Words<'_>) -> Answer {
    let asked = RunsAsked {
        text: words.maybe("search")?.unwrap_or_default(),
        status: words.maybe("status")?,
        site: words.maybe("site")?,
        procedure: words.maybe("procedure")?,
    };
    if asked == RunsAsked::default() {
        return pieces(words, |piece| core.procedures().list(piece));
    }
    pieces(words, |piece| core.procedures().search(&asked, piece))
}

fn run(words: &mut Words<'_>) -> Result<String, frontline_device::Error> {
    let run = words.text("run")?;
    words.end()?;
    Ok(run)
}

fn sign_off(core: &Core, words: &mut Words<'_>) -> Answer {
    let (pin, seen) = (words.maybe("pin")?, words.maybe("seen")?);
    core.procedures().sign_off(&run(words)?, pin.as_deref(), seen.as_deref())?;
    done()
}

fn start(core: &Core, words: &mut Words<'_>) -> Answer {
    let (procedure, asset) = (words.text("procedure")?, words.maybe("asset")?);
    words.end()?;
    made(core.procedures().start_about(&procedure, asset.as_deref())?)
}

/// By what its label says, or by its name.
fn asset(core: &Core, words: &mut Words<'_>) -> Answer {
    let code = words.text("code")?;
    words.end()?;
    Ok(json!(core.procedures().asset(&code)?))
}

fn answer(core: &Core, words: &mut Words<'_>) -> Answer {
    let draft = AnswerDraft { run: words.text("run")?, item: words.text("item")?, value: words.answer()?, seen: words.maybe("seen")? };
    words.end()?;
    made(core.procedures().answer(draft)?)
}

/// A page of a list's rows; `words` is what somebody typed, `after` the `next` of the page before.
fn measure(core: &Core, words: &mut Words<'_>) -> Answer {
    let (run, item, seen) = (words.text("run")?, words.text("item")?, words.maybe("seen")?);
    let (number, unit) = (words.text("number")?, words.text("unit")?);
    words.end()?;
    made(core.procedures().measure(MeasureDraft { run, item, number, unit, seen })?)
}

fn choices(core: &Core, words: &mut Words<'_>) -> Answer {
    let wrong = || invalid("count", "range", format!("`count` is a number of rows from 1 to {MOST}"));
    let count = words.maybe_whole("count")?.map(|count| u16::try_from(count).ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(wrong));
    let count = count.transpose()?.unwrap_or(0);
    let typed = words.maybe("words")?.unwrap_or_default();
    let asked = ChoicesAsked { run: words.text("run")?, item: words.text("item")?, words: typed, after: words.maybe("after")?, count };
    words.end()?;
    Ok(json!(core.procedures().choices(&asked)?))
}

fn attach(core: &Core, words: &mut Words<'_>) -> Answer {
    let (run, item) = (words.text("run")?, words.text("item")?);
    let (photo, note, sound) = (words.maybe("photo")?, words.maybe("note")?, words.maybe("sound")?);
    words.end()?;
    match (photo, note, sound) {
        (Some(photo), None, None) => made(core.procedures().attach(EvidenceDraft { run, item, photo })?),
        (None, Some(text), None) => made(core.procedures().note(NoteDraft { run, item, text })?),
        (None, None, Some(sound)) => made(core.procedures().attach_sound(SoundBesideDraft { run, item, sound })?),
        _ => Err(invalid("photo", "one", "say one of `photo`, `note` and `sound`")),
    }
}

/// By its id, or by the photo or the recording.
fn detach(core: &Core, words: &mut Words<'_>) -> Answer {
    let (run, item, photo) = (words.text("run")?, words.text("item")?, words.text("photo")?);
    words.end()?;
    let detail = core.procedures().detail(&run)?;
    let mut there = detail.sections.iter().flat_map(|s| &s.items).filter(|i| i.item == item).flat_map(|i| &i.evidence);
    // A note is named by its id.
    let found = there.find(|e| e.photo == photo || e.id == photo).map(|e| e.id.clone());
    core.procedures().detach(&run, &item, &found.unwrap_or(photo))?;
    done()
}

fn settle(core: &Core, words: &mut Words<'_>) -> Answer {
    let (run, item, pick) = (words.text("run")?, words.text("item")?, words.any("pick")?);
    words.end()?;
    let shown = show(core, &run, false)?;
    let items = shown["items"].as_array().into_iter().flatten();
    let answers = items.filter(|i| i["item"] == json!(item)).flat_map(|i| i["answers"].as_array().into_iter().flatten());
    // By its id, or by the value itself, which is what a person would type.
    let passed = |word: &Value| match word.as_str() {
        Some("pass") => Some(true),
        Some("fail") => Some(false),
        _ => None,
    };
    let same = |v: &Value| {
        v == pick || v.as_f64().is_some() && v.as_f64() == pick.as_f64() || v.as_bool().is_some() && v.as_bool() == passed(pick)
    };
    let found = answers.into_iter().find(|a| a["pick"] == *pick || same(&a["value"]));
    let missing = || invalid("pick", "choice", "pick one of the values that stand there, or its `pick` as device.show gives it");
    let pick = found.and_then(|a| a["pick"].as_str()).ok_or_else(missing)?.to_owned();
    made(core.procedures().settle(SettleDraft { run, item, pick })?)
}

fn give_back(core: &Core, words: &mut Words<'_>) -> Answer {
    let (run, reason) = (words.text("run")?, words.text("reason")?);
    words.end()?;
    core.procedures().return_(&run, &reason)?;
    done()
}

/// A run for a line: its items in one flat list, values by item, counts.
pub fn show(core: &Core, run: &str, history: bool) -> Result<Value, frontline_device::Error> {
    let detail = core.procedures().detail(run)?;
    let mut items = Vec::new();
    let mut values = Map::new();
    for item in detail.sections.iter().flat_map(|s| &s.items) {
        let answers: Vec<Value> = item
            .answers
            .iter()
            .map(|a| {
                let mut shown = json!({"pick": a.id, "value": a.value, "by": a.by, "at_ms": a.at_ms, "settles": a.settles});
                if a.measured {
                    shown["measured"] = json!(true);
                }
                shown
            })
            .collect();
        if let Some(value) = &item.value {
            values.insert(item.item.clone(), json!(value));
        }
        let evidence: Vec<Value> = item.evidence.iter().map(|e| json!({"photo": e.photo, "by": e.by, "at_ms": e.at_ms})).collect();
        let mut shown = json!({
            "item": item.item, "kind": item.kind, "label": item.label.text, "required": item.required, "value": item.value,
            "clash": item.clash, "out_of_band": item.out_of_band, "answers": answers,
        });
        let said = [("reads", &item.reads), ("first", &item.first), ("problem", &item.problem), ("comes_to", &item.comes_to)];
        for (key, words) in said.into_iter().filter_map(|(key, words)| Some((key, words.as_ref()?))) {
            shown[key] = json!(words);
        }
        if !item.visible {
            shown["visible"] = json!(false);
        }
        if item.kept {
            shown["kept"] = json!(true);
        }
        if let Some(asks) = &item.asks {
            shown["photos"] = json!({"min": asks.min, "max": asks.max});
        }
        if let Some(offered) = &item.offered {
            shown["offered"] = json!(offered);
        }
        if let Some(reference) = &item.reference {
            shown["reference"] = json!(reference);
        }
        if !evidence.is_empty() {
            shown["evidence"] = json!(evidence);
        }
        items.push(shown);
    }
    let mut out = json!({
        "id": detail.id, "procedure": detail.procedure, "title": detail.title.text, "site": detail.site, "status": detail.status,
        "answered": detail.answered, "missing": detail.missing.len(), "clashes": detail.clashes.len(), "heads": detail.seen, "said": detail.said,
        "can": detail.can, "values": values, "items": items, "state": detail.state.as_ref().map(|s| s.state),
    });
    if let Some(asset) = &detail.asset {
        out["asset"] = json!(asset);
        out["about"] = json!(detail.asset_label.as_ref().map(|words| &words.text));
    }
    if let Some(withdrawn) = &detail.withdrawn {
        out["withdrawn"] = json!(withdrawn);
    }
    if let Some(ended) = &detail.form.ended {
        out["ended"] = json!(ended);
    }
    if let Some(score) = &detail.form.score {
        out["score"] = json!(score);
    }
    if !detail.demands.is_empty() {
        out["demands"] = json!(detail.demands);
    }
    if !detail.signatures.is_empty() {
        out["signatures"] = json!(detail.signatures);
    }
    if history {
        out["history"] = json!(core.procedures().history(run)?);
    }
    Ok(out)
}
