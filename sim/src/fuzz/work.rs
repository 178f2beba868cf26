//! What people do on their phones on any day.

use frontline_domain::form::Form;
use serde_json::{Value, json};

use super::life::Life;
use crate::demo::answers::answer;

/// Customers that come back, so that their words meet at the server.
pub const NUMBERS: [&str; 4] = ["+351912345678", "+447700900123", "+971501234567", "+351913000111"];

/// A line of work on a phone, where there is something to be done.
type Kind = fn(&Life<'_>, &str) -> Option<Value>;

const KINDS: [(u64, Kind); 4] = [(24, feedback), (16, open), (10, progress), (6, quiz)];

/// One thing that somebody does on this phone; the line of it, if there is something to do.
pub async fn one(life: &mut Life<'_>, name: &str) {
    let draw = life.chance.below(100);
    let mut from = 0;
    for (often, make) in KINDS {
        from += often;
        if draw < from {
            let Some(line) = make(life, name) else { return };
            let said = life.say(name, line.clone()).await;
            if let Some(id) = said["id"].as_str() {
                let handy = life.handy(name);
                match line["do"].as_str() {
                    Some("interactions.open") => handy.contacts.push(id.to_owned()),
                    Some("training.quiz_start") => handy.attempt = Some(id.to_owned()),
                    _ => {}
                }
            }
            return;
        }
    }
    if draw < 70 { contact(life, name).await } else { run(life, name).await }
}

/// A line that needs no answer: what is done on a phone while it syncs.
pub fn quick(life: &Life<'_>, name: &str) -> Value {
    feedback(life, name).unwrap_or_else(|| json!({"do": "device.status"}))
}

fn feedback(life: &Life<'_>, name: &str) -> Option<Value> {
    let site = &life.phones[name].site;
    let here: Vec<_> = life.template.company.touchpoints.iter().filter(|(at, _)| at == site).collect();
    let chance = &life.chance;
    let mut line = json!({"do": "feedback.give", "touchpoint": chance.pick(&here).1, "score": 1 + chance.below(5)});
    if chance.chance(25) {
        line["comment"] = json!(format!("Number {} of the day", chance.below(1_000)));
    }
    Some(line)
}

fn open(life: &Life<'_>, _: &str) -> Option<Value> {
    let (chance, company) = (&life.chance, &life.template.company);
    let mut line = json!({"do": "interactions.open", "reason": chance.pick(&company.reasons), "channel": chance.pick(&company.channels)});
    if chance.chance(30) {
        line["customer"] = json!({"name": "Chiara", "phone": chance.pick(&NUMBERS)});
    }
    Some(line)
}

fn progress(life: &Life<'_>, _: &str) -> Option<Value> {
    let (module, lesson, cards) = life.chance.pick(&life.template.company.lessons);
    let card = 1 + life.chance.below((*cards).max(1) as u64);
    Some(json!({"do": "training.progress", "module": module, "lesson": lesson, "card": card}))
}

fn quiz(life: &Life<'_>, name: &str) -> Option<Value> {
    let (module, quiz) = life.chance.pick(&life.template.company.quizzes);
    let Some(attempt) = life.phones[name].attempt.as_ref().filter(|_| !life.chance.chance(10)) else {
        return Some(json!({"do": "training.quiz_start", "module": module}));
    };
    if life.chance.chance(15) {
        return Some(json!({"do": "training.quiz_submit", "attempt": attempt}));
    }
    let items: Vec<_> = quiz.form.items().collect();
    let item = life.chance.pick(&items);
    let value = answer(item, &life.chance, life.chance.chance(50))?;
    Some(json!({"do": "training.quiz_answer", "attempt": attempt, "item": item.slug.as_str(), "value": value}))
}

/// Goes on with a contact: one's own, or a colleague's.
async fn contact(life: &mut Life<'_>, name: &str) {
    let others = if life.chance.chance(15) { life.any() } else { name.to_owned() };
    let list = &life.phones[&others].contacts;
    if list.is_empty() {
        return;
    }
    let id = life.chance.pick(list).clone();
    let company = &life.template.company;
    let line = match life.chance.below(10) {
        0 => json!({"do": "interactions.pause", "id": id}),
        1 => json!({"do": "interactions.resume", "id": id}),
        2 => json!({"do": "interactions.void", "id": id}),
        3 => json!({"do": "interactions.customer", "id": id, "phone": life.chance.pick(&NUMBERS), "note": "called twice"}),
        _ => {
            json!({"do": "interactions.close", "id": id, "reason": life.chance.pick(&company.reasons), "outcome": life.chance.pick(&company.outcomes)})
        }
    };
    let is_over = matches!(line["do"].as_str(), Some("interactions.void" | "interactions.close"));
    let said = life.say(name, line).await;
    if is_over && said["ok"] == json!(true) {
        life.handy(&others).contacts.retain(|one| *one != id);
    }
}

/// Does something with one of the latest runs, or begins one.
async fn run(life: &mut Life<'_>, name: &str) {
    let listed = life.say(name, json!({"do": "procedures.runs", "count": 8})).await;
    let runs: Vec<String> = listed["list"].as_array().into_iter().flatten().filter_map(|r| r["id"].as_str().map(str::to_owned)).collect();
    if runs.is_empty() || life.chance.chance(8) {
        let forms: Vec<&String> = life.template.company.forms.iter().map(|(slug, _)| slug).collect();
        let line = json!({"do": "procedures.start", "procedure": life.chance.pick(&forms)});
        life.say(name, line).await;
        return;
    }
    let id = life.chance.pick(&runs).clone();
    let shown = life.say(name, json!({"do": "device.show", "id": id})).await;
    if shown["ok"] != json!(true) {
        return;
    }
    let draw = life.chance.below(100);
    let is = |what: &str| shown["can"][what] == json!(true);
    let line = if is("sign_off") && draw < 35 {
        json!({"do": "procedures.sign_off", "run": id})
    } else if is("give_back") && (35..42).contains(&draw) {
        json!({"do": "procedures.return", "run": id, "reason": "one reading is missing"})
    } else if is("submit") && draw < 40 {
        json!({"do": "procedures.submit", "run": id})
    } else {
        match settled(&shown).filter(|_| draw < 60) {
            Some(line) => line,
            None => match answered(life, name, &id, &shown) {
                Some(line) => line,
                None => return,
            },
        }
    };
    life.say(name, line).await;
    // The screen stays open: what is answered on it next was seen as it is now.
    if life.chance.chance(50) {
        life.handy(name).screens.insert(id, shown["heads"].as_str().unwrap_or_default().to_owned());
    }
}

/// Settles the first clash.
fn settled(shown: &Value) -> Option<Value> {
    let items = shown["items"].as_array()?;
    let clash = items.iter().find(|i| i["clash"] == json!(true))?;
    Some(json!({"do": "procedures.settle", "run": shown["id"], "item": clash["item"], "pick": clash["answers"][0]["pick"]}))
}

/// Answers an item: one that is missing, more often than not.
fn answered(life: &Life<'_>, name: &str, id: &str, shown: &Value) -> Option<Value> {
    let form: &Form = life.template.company.forms.iter().find(|(slug, _)| json!(slug) == shown["procedure"]).map(|(_, form)| form)?;
    let items: Vec<_> = form.items().collect();
    let missing: Vec<_> = items.iter().filter(|i| shown["values"][i.slug.as_str()].is_null()).collect();
    let item = if missing.is_empty() || life.chance.chance(30) { *life.chance.pick(&items) } else { **life.chance.pick(&missing) };
    let mut line = json!({"do": "procedures.answer", "run": id, "item": item.slug.as_str(), "value": answer(item, &life.chance, life.chance.chance(50))?});
    if let Some(heads) = life.phones[name].screens.get(id).filter(|heads| !heads.is_empty() && life.chance.chance(60)) {
        line["seen"] = json!(heads);
    }
    Some(line)
}
