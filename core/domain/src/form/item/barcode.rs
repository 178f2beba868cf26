//! What a bar code or a QR code says, scanned or typed.

use super::{Answers, Control, Problem, problem, text};
use crate::form::speech::{Phrase, Speech, Words};
use crate::form::{Raw, Value, expr};

#[derive(Debug)]
pub struct Barcode;

/// Bytes at most: a QR code holds 2,953 (ISO/IEC 18004, version 40-L).
const LONGEST: usize = 2_953;

const SPOKEN: Words = Words { en: "Scan a code", ar: "امسح رمزًا" };

impl Answers for Barcode {
    fn name(&self) -> &'static str {
        "barcode"
    }
    fn takes(&self) -> &'static str {
        "the text of a code"
    }
    fn kind(&self) -> expr::Kind {
        expr::Kind::Text
    }
    fn read(&self, raw: &Raw) -> Option<Result<Value, Problem>> {
        text::read(raw)
    }
    fn check(&self, value: &Value) -> Option<Result<(), Problem>> {
        let Value::Text(text) = value else { return None };
        let fits = text.len() <= LONGEST && !text.contains('\0');
        Some(if fits { Ok(()) } else { problem("length", format!("a code holds at most {LONGEST} bytes of text")) })
    }
    fn control(&self) -> Control {
        Control::Scanner
    }
    fn spoken(&self, speech: &dyn Speech) -> String {
        speech.say(&Phrase::Words(&SPOKEN))
    }
}
