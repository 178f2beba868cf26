//! A phone number or an e-mail address in its one normal form: two people who type the same one differently mean
//! the same customer. Nothing is guessed: a number is told with its country's code.

use std::fmt;

/// By what a customer is found again. Its text is the normal form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Handle {
    /// `+` and 7 to 15 digits (E.164).
    Phone(String),
    /// In lower case.
    Email(String),
}

/// Why something is no phone number or no e-mail address. Does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    #[error("write the phone number with its country's code, such as +351 912 345 678")]
    NoCountry,
    #[error("a phone number has 7 to 15 digits after its +, and nothing else but spaces, points, hyphens and brackets")]
    Phone,
    #[error("an e-mail address is one name, one @ and one domain with a point, such as ana@harbour.example, in at most 254 bytes")]
    Email,
}

impl Handle {
    /// Reads a phone number as people write it, in any script's digits.
    pub fn phone(text: &str) -> Result<Self, HandleError> {
        if text.len() > 100 {
            return Err(HandleError::Phone);
        }
        // +44 (0)20 … is how some write the zero that is left out from abroad.
        let text = text.trim().trim_matches(is_mark).replace("(0)", "");
        let mut normal = String::new();
        for (at, c) in text.char_indices() {
            match c {
                '+' | '＋' if at == 0 => normal.push('+'),
                ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '‐' | '‑' | '–' | '(' | ')' | '/' => {}
                c if is_mark(c) => {}
                _ => normal.push(digit(c).ok_or(HandleError::Phone)?),
            }
        }
        if let Some(rest) = normal.strip_prefix("00") {
            normal = format!("+{rest}");
        }
        let digits = normal.strip_prefix('+').ok_or(HandleError::NoCountry)?;
        let sound = (7..=15).contains(&digits.len()) && !digits.starts_with('0');
        if sound { Ok(Self::Phone(normal)) } else { Err(HandleError::Phone) }
    }

    /// Reads an e-mail address; upper and lower case are the same.
    pub fn email(text: &str) -> Result<Self, HandleError> {
        let text = text.trim();
        if text.len() > 254 || text.chars().any(|c| c.is_whitespace() || c.is_control() || ",;<>\"()[]\\".contains(c)) {
            return Err(HandleError::Email);
        }
        let normal = text.to_lowercase();
        let (name, domain) = normal.split_once('@').ok_or(HandleError::Email)?;
        let labels: Vec<&str> = domain.split('.').collect();
        let sound = (1..=64).contains(&name.len()) && !domain.contains('@') && labels.len() > 1 && labels.iter().all(|l| !l.is_empty());
        if sound { Ok(Self::Email(normal)) } else { Err(HandleError::Email) }
    }

    /// The normal form, told apart from the other kind's: what is hashed to find it again.
    pub fn tagged(&self) -> String {
        match self {
            Self::Phone(text) => format!("p:{text}"),
            Self::Email(text) => format!("e:{text}"),
        }
    }
    /// Back from [`Handle::tagged`].
    pub fn from_tagged(text: &str) -> Option<Self> {
        match text.split_at_checked(2)? {
            ("p:", rest) => Self::phone(rest).ok(),
            ("e:", rest) => Self::email(rest).ok(),
            _ => None,
        }
    }
    /// The normal form.
    pub fn text(&self) -> &str {
        match self {
            Self::Phone(text) | Self::Email(text) => text,
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle(…)")
    }
}

/// Marks of the writing direction, as they come with what is copied out of Arabic text.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}')
}

/// Digits of the scripts that the product speaks, and the wide ones of East Asian keyboards.
pub(crate) fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_number_has_one_form_however_it_is_typed() {
        let same = [
            "+351912345678",
            "+351 912 345 678",
            "00351-912-345-678",
            " +351 (912) 345.678 ",
            "+٣٥١٩١٢٣٤٥٦٧٨",
            "＋３５１９１２３４５６７８",
        ];
        for text in same {
            assert_eq!(Handle::phone(text), Ok(Handle::Phone("+351912345678".into())), "{text}");
        }
        assert_eq!(Handle::phone("+44 (0)20 7946 0958"), Handle::phone("+442079460958"));
        assert_eq!(Handle::phone("\u{200e}+351 912\u{200f} 345 678\u{202c}"), Handle::phone("+351912345678"));
    }

    #[test]
    fn what_is_no_phone_number_is_refused_in_words_that_do_not_repeat_it() {
        assert_eq!(Handle::phone("912 345 678"), Err(HandleError::NoCountry));
        for text in ["+", "+12345", "+1234567890123456", "+0351912345678", "+351 91a", "+351+912345678", "", &"1".repeat(200)] {
            assert!(Handle::phone(text).is_err(), "{text}");
            assert!(text.len() < 2 || !Handle::phone(text).unwrap_err().to_string().contains(text));
        }
    }

    #[test]
    fn one_address_has_one_form_and_what_is_none_is_refused() {
        assert_eq!(Handle::email(" Ana@Harbour.Example "), Ok(Handle::Email("ana@harbour.example".into())));
        let long = format!("{}@harbour.example", "a".repeat(65));
        for text in [
            "",
            "ana",
            "ana@",
            "@harbour.example",
            "ana@harbour",
            "ana@har@bour.example",
            "a na@harbour.example",
            "ana@.example",
            "ana@harbour.",
            &long,
        ] {
            assert_eq!(Handle::email(text), Err(HandleError::Email), "{text}");
        }
    }

    #[test]
    fn a_normal_form_reads_back_as_itself() {
        for one in [Handle::phone("+351912345678").unwrap(), Handle::email("ana@harbour.example").unwrap()] {
            assert_eq!(Handle::from_tagged(&one.tagged()), Some(one.clone()));
            assert_eq!(Handle::from_tagged(one.text()), None);
        }
    }
}
