//! Every word of the console, in one place, by language. English today; another language is one more
//! constant per struct here and a line in [`Strings::for_person`]: the compiler names what is missing.
//!
//! A text may hold `{places}` that [`fill`] fills; one that counts holds a form per plural of its language,
//! separated by `|`, from which [`Strings::counted`] picks. Texts never hold markup.

mod act;
mod frame;
mod quiz;
mod run;
mod site;

pub use act::{Assign, Enrol, Quarantine, SignIn};
pub use frame::{Calendar, Errors, Frame};
pub use quiz::Quiz;
pub use run::Run;
pub use site::{Numbers, Site, Sites};

use frontline_domain::{Dir, Lang};

/// Declares a struct of texts with its English.
macro_rules! strings {
    ($(#[$doc:meta])* $name:ident { $($key:ident = $text:expr;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $(pub $key: &'static str,)* }
        impl $name {
            pub const ENGLISH: Self = Self { $($key: $text,)* };
            /// All of them, for the tests of a translation.
            #[cfg(test)]
            pub fn each(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key),)*]
            }
        }
    };
}
use strings;

/// The words of one language.
#[derive(Debug)]
pub struct Strings {
    /// BCP 47, for the page's `lang`.
    pub lang: &'static str,
    /// `ltr` or `rtl`, for the page's `dir`.
    pub dir: &'static str,
    /// Which of the forms separated by `|` a number takes.
    plural: fn(u64) -> usize,
    pub calendar: Calendar,
    pub frame: Frame,
    pub errors: Errors,
    pub numbers: Numbers,
    pub sites: Sites,
    pub site: Site,
    pub run: Run,
    pub quiz: Quiz,
    pub sign_in: SignIn,
    pub assign: Assign,
    pub enrol: Enrol,
    pub quarantine: Quarantine,
}

/// The console in English.
pub static ENGLISH: Strings = Strings {
    lang: "en",
    dir: "ltr",
    plural: |n| usize::from(n != 1),
    calendar: Calendar::ENGLISH,
    frame: Frame::ENGLISH,
    errors: Errors::ENGLISH,
    numbers: Numbers::ENGLISH,
    sites: Sites::ENGLISH,
    site: Site::ENGLISH,
    run: Run::ENGLISH,
    quiz: Quiz::ENGLISH,
    sign_in: SignIn::ENGLISH,
    assign: Assign::ENGLISH,
    enrol: Enrol::ENGLISH,
    quarantine: Quarantine::ENGLISH,
};

impl Strings {
    /// The language that a person reads the console in: theirs where there is one, else English.
    pub fn for_person(_language: &Lang) -> &'static Strings {
        &ENGLISH
    }
    /// The form of `text` for `n`, with `{n}` filled in.
    pub fn counted(&self, text: &str, n: u64) -> String {
        let forms: Vec<&str> = text.split('|').collect();
        let form = forms.get((self.plural)(n)).or(forms.last()).copied().unwrap_or_default();
        fill(form, &[("n", &n.to_string())])
    }
    /// The language's tag, for texts of the organisation.
    pub fn tag(&self) -> Lang {
        self.lang.parse().unwrap_or_else(|_| unreachable!("the tag of a built-in language"))
    }
}

/// `dir` of a text, as HTML spells it.
pub fn dir(dir: Dir) -> &'static str {
    match dir {
        Dir::Ltr => "ltr",
        Dir::Rtl => "rtl",
    }
}

fn is_rtl(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'))
}

/// Puts words in the places of a text. What is put in is not searched for places again.
pub fn fill(text: &str, words: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        match words.iter().find(|(place, _)| *place == name) {
            // A word from the right in a sentence from the left, or the reverse, must not reorder it.
            Some((_, word)) if is_rtl(word) => {
                out.push('\u{2068}');
                out.push_str(word);
                out.push('\u{2069}');
            }
            Some((_, word)) => out.push_str(word),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_looks_like_a_place_is_not_filled_again() {
        assert_eq!(fill("{who} at {site}", &[("who", "{site}"), ("site", "Harbour")]), "{site} at Harbour");
        assert_eq!(fill("100 {unknown}", &[]), "100 {unknown}");
        assert_eq!(fill("{who}: 4", &[("who", "ليلى")]), "\u{2068}ليلى\u{2069}: 4");
    }

    #[test]
    fn one_is_counted_differently_from_many() {
        assert_eq!(ENGLISH.counted("{n} run|{n} runs", 1), "1 run");
        assert_eq!(ENGLISH.counted("{n} run|{n} runs", 0), "0 runs");
    }

    #[test]
    fn no_text_of_the_console_is_empty_or_holds_markup() {
        let s = &ENGLISH;
        let all = [
            s.frame.each(),
            s.errors.each(),
            s.numbers.each(),
            s.sites.each(),
            s.site.each(),
            s.run.each(),
            s.quiz.each(),
            s.sign_in.each(),
            s.assign.each(),
            s.enrol.each(),
            s.quarantine.each(),
        ];
        for (key, text) in all.into_iter().flatten() {
            assert!(!text.is_empty() && !text.contains(['<', '>']), "{key}: {text}");
        }
    }
}
