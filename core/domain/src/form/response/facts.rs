//! What expressions read of a form that is being filled.

use crate::zone::Zone;

use super::{At, Response};
use crate::form::expr::{Facts, Question, Value, Whose};

impl Response {
    /// Where an item is found from within an instance: what does not repeat is there once.
    fn found(&self, item: u32, instance: Option<u16>) -> At {
        let repeats = self.plan.repeats(self.plan.section_of(item)) > 1;
        At { item, instance: instance.filter(|_| repeats).unwrap_or(0) }
    }
}

impl Facts for Response {
    fn answer(&self, item: u32, instance: Option<u16>) -> Value {
        self.slot(self.found(item, instance)).map(|slot| slot.value.clone()).unwrap_or_default()
    }
    fn is_na(&self, item: u32, instance: Option<u16>) -> bool {
        self.slot(self.found(item, instance)).is_some_and(|slot| slot.visible && slot.given.is_na())
    }
    fn instances(&self, section: u16) -> u16 {
        Response::instances(self, section)
    }
    fn last(&self, item: u32) -> Value {
        self.around.last.get(&item).map(|(value, _)| value.clone()).unwrap_or_default()
    }
    fn last_at(&self, item: u32) -> Option<i64> {
        self.around.last.get(&item).map(|(_, at)| *at)
    }
    fn attribute(&self, whose: Whose, name: &str) -> Option<String> {
        self.around.about(whose).attributes.get(name).cloned()
    }
    fn ask(&self, whose: Whose, _: Question, text: &str) -> Option<bool> {
        self.around.about(whose).tags.as_ref().map(|tags| tags.iter().any(|tag| tag == text))
    }
    fn now_ms(&self) -> i64 {
        self.around.now_ms
    }
    fn zone(&self) -> Zone {
        self.around.zone.clone()
    }
}
