//! As many pictures as the rule says.

use super::{Answers, Control, Evidence, Problem, blob, problem};
use crate::form::speech::{Phrase, Speech};
use crate::form::{Raw, Value, expr};

impl Answers for Evidence {
    fn name(&self) -> &'static str {
        "photo"
    }
    fn takes(&self) -> &'static str {
        "photos that were added before"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Files
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        match raw {
            Raw::Text(text) => Some(blob(text).map(|one| Value::Photos(vec![one]))),
            Raw::List(list) => Some(list.iter().map(|text| blob(text)).collect::<Result<_, _>>().map(Value::Photos)),
            _ => None,
        }
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Photos(list) = value else { return None };
        let least = usize::from(self.photos_min.max(1));
        Some(if list.len() < least {
            problem("photos-min", format!("at least {least} {}", if least == 1 { "photo" } else { "photos" }))
        } else {
            Self::check(self, list)
        })
    }
    fn control(&self) -> Control {
        Control::Camera
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::TakePhotos { least: usize::from(self.photos_min), most: usize::from(self.photos_max) })
    }
}
