//! What recordings and other files share: so many of them, each known by its hash.

use serde::{Deserialize, Serialize};

use super::{Problem, blob, problem};
use crate::form::{Raw, Value};

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRule {
    pub min: u8,
    pub max: u8,
}

impl FileRule {
    pub(super) fn read(raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Text(text) => Some(blob(text).map(|one| Value::Files(vec![one]))),
            Raw::List(list) => Some(list.iter().map(|text| blob(text)).collect::<Result<_, _>>().map(Value::Files)),
            _ => None,
        }
    }
    pub(super) fn check(self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Files(list) = value else { return None };
        let twice = list.iter().enumerate().any(|(at, one)| list[..at].contains(one));
        let least = usize::from(self.min.max(1));
        let files = |n: usize| if n == 1 { "file" } else { "files" };
        Some(match list.len() {
            n if n < least => problem("files-min", format!("at least {least} {}", files(least))),
            n if n > usize::from(self.max) => problem("files-max", format!("at most {} {}", self.max, files(self.max.into()))),
            _ if twice => problem("files-twice", "each file once"),
            _ => Ok(()),
        })
    }
}
