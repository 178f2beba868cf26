//! What came out, by what happened to the files.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::harm::Harm;
use super::look::{Found, Noticed};

/// So many of a hundred whole captures have to be there again.
const LEAST: u64 = 99;

#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    pub stores: u64,
    pub at_opening: u64,
    pub at_check: u64,
    pub unnoticed: u64,
    /// Unsent captures that are not there in stores of which nothing was noticed: their commits lay in a tail of a log that
    /// was cut off, which looks like a loss of power on a disk that had not kept what it said it had.
    pub unnoticed_gone: u64,
    pub unsent: u64,
    pub whole: u64,
    pub whole_back: u64,
    pub back: u64,
    pub missing: u64,
    pub failed: u64,
}

impl Count {
    fn add(&mut self, one: &Found) {
        self.stores += 1;
        match one.noticed {
            Noticed::Opening => self.at_opening += 1,
            Noticed::Check => self.at_check += 1,
            Noticed::None => {
                self.unnoticed += 1;
                self.unnoticed_gone += one.unsent - one.back;
            }
        }
        self.unsent += one.unsent;
        self.whole += one.whole;
        self.whole_back += one.whole_back;
        self.back += one.back;
        self.missing += one.missing;
        self.failed += u64::from(!one.problems.is_empty());
    }

    fn json(&self) -> Value {
        json!({
            "stores": self.stores, "noticed_at_opening": self.at_opening, "noticed_by_check": self.at_check, "opened_as_is": self.unnoticed, "gone_unnoticed": self.unnoticed_gone,
            "unsent": self.unsent, "whole": self.whole, "whole_recovered": self.whole_back, "recovered": self.back,
            "said_missing": self.missing, "failed": self.failed,
        })
    }
}

/// All of them.
#[derive(Debug, Default)]
pub struct Report {
    pub total: Count,
    by: BTreeMap<Harm, Count>,
}

impl Report {
    pub(super) fn add(&mut self, one: &Found) {
        self.total.add(one);
        self.by.entry(one.harm).or_default().add(one);
    }

    pub fn holds(&self) -> bool {
        let t = &self.total;
        t.stores > 0 && t.failed == 0 && t.whole_back * 100 >= t.whole * LEAST
    }

    pub fn table(&self) -> String {
        let mut out = format!(
            "{:22} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>12} {:>8} {:>8}",
            "", "stores", "opening", "check", "as it is", "gone", "unsent", "whole", "back", "failed"
        );
        let rows = self.by.iter().map(|(harm, c)| (harm.name(), c)).chain([("all", &self.total)]);
        for (name, c) in rows {
            let whole = format!("{}/{}", c.whole_back, c.whole);
            out.push_str(&format!(
                "\n{name:22} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {whole:>12} {:>8} {:>8}",
                c.stores, c.at_opening, c.at_check, c.unnoticed, c.unnoticed_gone, c.unsent, c.back, c.failed
            ));
        }
        out
    }

    pub fn json(&self) -> Value {
        let mut out = self.total.json();
        let by: Map<String, Value> = self.by.iter().map(|(harm, c)| (harm.name().to_owned(), c.json())).collect();
        out["by"] = Value::Object(by);
        out
    }
}
