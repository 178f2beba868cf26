//! A place in a picture.

use serde::{Deserialize, Serialize};

use super::{Answers, Control, Problem, problem};
use crate::BlobHash;
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Decimal, Raw, Value, expr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hotspot {
    pub picture: BlobHash,
}

/// The far edges, in thousandths of the picture's width and height.
const EDGE: i64 = 1_000;

const SPOKEN: Words = Words { en: "Tap a place in the picture", ar: "المس موضعًا في الصورة" };

impl Answers for Hotspot {
    fn name(&self) -> &'static str {
        "hotspot"
    }
    fn takes(&self) -> &'static str {
        "`x` and `y`, from 0 at the left and at the top to 1000"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Thing
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        let Raw::Map(map) = raw else { return None };
        let along = |name: &str| {
            let text = map.iter().find(|(key, _)| key == name).map(|(_, text)| text.parse::<Decimal>().ok());
            text.flatten().and_then(Decimal::as_whole).filter(|n| (0..=EDGE).contains(n)).and_then(|n| u16::try_from(n).ok())
        };
        Some(match (along("x"), along("y"), map.len()) {
            (Some(x), Some(y), 2) => Ok(Value::Spot { x, y }),
            _ => problem("spot", "a place is `x` and `y`, whole numbers from 0 to 1000"),
        })
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Spot { x, y } = value else { return None };
        let fits = i64::from(*x) <= EDGE && i64::from(*y) <= EDGE;
        Some(if fits { Ok(()) } else { problem("spot", "the place lies outside of the picture") })
    }
    fn control(&self) -> Control {
        Control::Spot
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
