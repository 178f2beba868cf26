//! What phones acknowledged, remembered outside of them: a capture that vanished from a phone's store and its
//! queue alike can only be missed by somebody who wrote down that it was promised.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// The entries that one phone acknowledged, by hash. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Acknowledged(Arc<Mutex<BTreeSet<String>>>);

impl Acknowledged {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what an answer acknowledges: the `captured` of one that is `ok`.
    pub fn hear(&self, answer: &Value) {
        if answer["ok"] == json!(true) {
            let named = answer["captured"].as_array().into_iter().flatten();
            self.lock().extend(named.filter_map(Value::as_str).map(str::to_owned));
        }
    }
    /// All of them.
    pub fn all(&self) -> BTreeSet<String> {
        self.lock().clone()
    }
    /// Takes back what nobody could keep any more: the phone itself was lost, and what it had not sent with it.
    /// Gives how many there were.
    pub fn forgive(&self, gone: impl Fn(&str) -> bool) -> u64 {
        let mut all = self.lock();
        let before = all.len();
        all.retain(|hash| !gone(hash));
        (before - all.len()) as u64
    }
    pub fn count(&self) -> usize {
        self.lock().len()
    }
}

/// What each phone of a story acknowledged, by the phone's name; outlives the phone being closed.
#[derive(Debug, Default)]
pub struct Register(Mutex<BTreeMap<String, Acknowledged>>);

impl Register {
    /// The list of one phone, begun with the first asking.
    pub fn of(&self, phone: &str) -> Acknowledged {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(phone.to_owned()).or_default().clone()
    }
    /// A copy of a phone promised what the phone had promised by then.
    pub fn copy(&self, of: &str, to: &str) {
        let promised = self.of(of).all();
        self.of(to).lock().extend(promised);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_answer_says_was_done_is_acknowledged_and_a_copy_keeps_what_was_promised_by_then() {
        let register = Register::default();
        let ana = register.of("ana");
        ana.hear(&json!({"ok": true, "captured": ["a"]}));
        ana.hear(&json!({"ok": false, "captured": ["b"]}));
        ana.hear(&json!({"ok": true, "list": []}));
        register.copy("ana", "twin");
        register.of("ana").hear(&json!({"ok": true, "captured": ["c"]}));
        assert_eq!(ana.all(), BTreeSet::from(["a".to_owned(), "c".to_owned()]));
        assert_eq!(register.of("twin").all(), BTreeSet::from(["a".to_owned()]));
    }
}
