//! What the phones are told to do: lines of `device do`, some of everything that can be captured.

use std::collections::BTreeMap;
use std::sync::Arc;

use frontline_domain::form::{Form, Item};
use serde_json::{Value, json};

use crate::demo::answers::answer;
use crate::demo::shift::Company;
use crate::time::Seeded;

fn line(run: &str, item: &Item, chance: &Seeded) -> Option<Value> {
    let value = answer(item, chance, chance.chance(50))?;
    Some(json!({"do": "procedures.answer", "run": run, "item": item.slug.as_str(), "value": value}))
}

/// What there is to be done.
pub struct Work {
    pub chance: Arc<Seeded>,
    company: Company,
    site: String,
    /// Runs that all phones share, each with its form.
    runs: Vec<(String, Form)>,
    /// Contacts that were opened and acknowledged, by phone.
    contacts: BTreeMap<String, Vec<String>>,
}

impl Work {
    pub fn new(chance: Arc<Seeded>, company: Company, site: &str) -> Work {
        Work { chance, company, site: site.to_owned(), runs: Vec::new(), contacts: BTreeMap::new() }
    }

    /// A run that everybody works on from now; gives its first answer, without which it is on its phone alone.
    pub fn share(&mut self, run: String, procedure: &str) -> Option<Value> {
        let (_, form) = self.company.forms.iter().find(|(slug, _)| slug == procedure)?;
        let first = form.items().find_map(|item| line(&run, item, &self.chance));
        self.runs.push((run, form.clone()));
        first
    }

    /// The procedures of the company.
    pub fn procedures(&self) -> Vec<String> {
        self.company.forms.iter().map(|(slug, _)| slug.clone()).collect()
    }

    /// So many things to capture on this phone.
    pub fn lines(&mut self, phone: &str, count: usize) -> Vec<Value> {
        (0..count).map(|_| self.line(phone)).collect()
    }

    fn line(&mut self, phone: &str) -> Value {
        let chance = Arc::clone(&self.chance);
        match chance.below(100) {
            0..20 => json!({"do": "interactions.open", "channel": chance.pick(&self.company.channels)}),
            20..35 => match self.contacts.get_mut(phone).and_then(Vec::pop) {
                Some(id) => {
                    let (reason, outcome) = (chance.pick(&self.company.reasons), chance.pick(&self.company.outcomes));
                    json!({"do": "interactions.close", "id": id, "reason": reason, "outcome": outcome})
                }
                None => self.feedback(),
            },
            35..50 => self.answer().unwrap_or_else(|| self.feedback()),
            50..58 => {
                let (module, lesson, cards) = chance.pick(&self.company.lessons);
                json!({"do": "training.progress", "module": module, "lesson": lesson, "card": 1 + chance.below(*cards as u64)})
            }
            _ => self.feedback(),
        }
    }

    fn feedback(&self) -> Value {
        let here: Vec<_> = self.company.touchpoints.iter().filter(|(site, _)| *site == self.site).collect();
        let touchpoint = here.get(self.chance.below(here.len().max(1) as u64) as usize).map_or("", |(_, slug)| slug);
        let mut line = json!({"do": "feedback.give", "touchpoint": touchpoint, "score": 1 + self.chance.below(5)});
        if self.chance.chance(10) {
            // Long enough to need pages of its own in the store.
            line["comment"] = json!("We waited. ".repeat(10 + self.chance.below(300) as usize));
        }
        line
    }

    fn answer(&self) -> Option<Value> {
        if self.runs.is_empty() {
            return None;
        }
        let (run, form) = self.chance.pick(&self.runs);
        let items: Vec<_> = form.items().collect();
        line(run, items.get(self.chance.below(items.len().max(1) as u64) as usize)?, &self.chance)
    }

    /// Takes in what a phone answered to a line.
    pub fn heard(&mut self, phone: &str, line: &Value, answer: &Value) {
        if line["do"] == json!("interactions.open")
            && let Some(id) = answer["id"].as_str()
        {
            self.contacts.entry(phone.to_owned()).or_default().push(id.to_owned());
        }
    }
}
