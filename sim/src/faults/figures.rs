//! What came out, act by act and fault by fault.

use std::collections::BTreeMap;

use frontline_sqlite::fault::Fault;
use serde_json::{Map, Value, json};

use super::Ended;
use super::point::Course;

/// How many points ended how.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    pub points: u64,
    pub whole: u64,
    pub absent: u64,
    pub between: u64,
    pub failed: u64,
}

impl Count {
    fn add(&mut self, course: Course, failed: bool) {
        self.points += 1;
        self.failed += u64::from(failed);
        match course {
            Course::Whole => self.whole += 1,
            Course::Absent => self.absent += 1,
            Course::Between => self.between += 1,
        }
    }
}

/// All of them.
#[derive(Debug, Default)]
pub struct Report {
    /// How many points there are, each once.
    pub all: u64,
    pub total: Count,
    by: BTreeMap<&'static str, BTreeMap<Fault, Count>>,
}

impl Report {
    pub(super) fn of(all: u64) -> Self {
        Self { all, ..Self::default() }
    }

    pub(super) fn add(&mut self, one: &Ended) {
        let failed = !one.problems.is_empty();
        self.total.add(one.course, failed);
        self.by.entry(one.act).or_default().entry(one.fault).or_default().add(one.course, failed);
    }

    pub fn holds(&self) -> bool {
        self.total.failed == 0 && self.total.points > 0
    }

    /// A line for each act: of each fault how many points ended whole, absent and (of what commits more than once) in
    /// between.
    pub fn table(&self) -> String {
        let mut out = format!("{:28}", "");
        Fault::ALL.iter().for_each(|fault| out.push_str(&format!(" {:>15.15}", fault.name())));
        for (act, faults) in &self.by {
            out.push_str(&format!("\n{act:28}"));
            for fault in Fault::ALL {
                let c = faults.get(&fault).copied().unwrap_or_default();
                let cell = match (c.points, c.between) {
                    (0, _) => "-".to_owned(),
                    (_, 0) => format!("{}+{}", c.whole, c.absent),
                    _ => format!("{}+{}+{}", c.whole, c.absent, c.between),
                };
                let cell = if c.failed > 0 { format!("{cell} !{}", c.failed) } else { cell };
                out.push_str(&format!(" {cell:>15}"));
            }
        }
        out
    }

    pub fn json(&self) -> Value {
        let count = |c: &Count| json!({"points": c.points, "whole": c.whole, "absent": c.absent, "between": c.between, "failed": c.failed});
        let mut acts = Map::new();
        for (act, faults) in &self.by {
            let of: Map<String, Value> = faults.iter().map(|(fault, c)| (fault.name().to_owned(), count(c))).collect();
            acts.insert((*act).to_owned(), Value::Object(of));
        }
        let mut out = count(&self.total);
        out["different_points"] = json!(self.all);
        out["acts"] = Value::Object(acts);
        out
    }
}
