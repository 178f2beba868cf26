//! Every word of the console, in one place, by language: English and Arabic, side by side, so that neither is
//! forgotten. A third language is one more text per line, a constant here and a line in [`LANGUAGES`]: the
//! compiler names what is missing. The Arabic was not reviewed by a native reader yet (`docs/console.md`).
//!
//! A text may hold `{places}` that [`fill`] fills; one that counts holds a form per plural of its language,
//! separated by `|`, from which [`Strings::counted`] picks. Texts never hold markup.

mod act;
mod actions;
mod content;
mod drafts;
mod frame;
mod health;
mod lists;
mod people;
mod person;
mod pictures;
mod quiz;
mod reasons;
mod run;
mod runs;
mod site;
#[cfg(test)]
mod tests;
mod withdrawn;
mod words;

pub use act::{Assign, Enrol, Quarantine, SignIn};
pub use actions::Actions;
pub use content::Contents;
pub use drafts::Drafts;
pub use frame::{Calendar, Errors, Frame};
pub use health::Health;
pub use lists::{Assignments, Devices, Feedback, Interactions, Lists};
pub use people::{People, Roles};
pub use person::Person;
pub use pictures::Pictures;
pub use quiz::Quiz;
pub use reasons::Reasons;
pub use run::Run;
pub use runs::{Compare, Failures, Runs, Weeks};
pub use site::{Numbers, Site, Sites};
pub use withdrawn::Withdrawn;
pub use words::fill;

use frontline_domain::{Dir, Lang};

/// Declares a struct of texts with its English and its Arabic.
macro_rules! strings {
    ($(#[$doc:meta])* $name:ident { $($key:ident = $english:literal, $arabic:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $(pub $key: &'static str,)* }
        impl $name {
            pub const ENGLISH: Self = Self { $($key: $english,)* };
            pub const ARABIC: Self = Self { $($key: $arabic,)* };
            /// All of them, for the tests of a translation.
            #[cfg(test)]
            pub fn each(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key),)*]
            }
        }
    };
}
use strings;

/// Declares the words of one language, and the languages.
macro_rules! catalogue {
    ($($section:ident: $texts:ident,)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub struct Strings {
            /// BCP 47, for the page's `lang`.
            pub lang: &'static str,
            /// What its speakers call it.
            pub name: &'static str,
            /// `ltr` or `rtl`, for the page's `dir`.
            pub dir: &'static str,
            /// Which of the forms separated by `|` a number takes.
            plural: fn(u64) -> usize,
            pub calendar: Calendar,
            $(pub $section: $texts,)*
        }
        /// The console in English.
        pub static ENGLISH: Strings = Strings {
            lang: "en", name: "English", dir: "ltr", plural: words::english, calendar: Calendar::ENGLISH,
            $($section: $texts::ENGLISH,)*
        };
        /// The console in Arabic.
        pub static ARABIC: Strings = Strings {
            lang: "ar", name: "العربية", dir: "rtl", plural: words::arabic, calendar: Calendar::ARABIC,
            $($section: $texts::ARABIC,)*
        };
        #[cfg(test)]
        impl Strings {
            /// Every text as (section, key, text).
            pub fn each(&self) -> Vec<(&'static str, &'static str, &'static str)> {
                let mut all = Vec::new();
                $(all.extend(self.$section.each().into_iter().map(|(key, text)| (stringify!($section), key, text)));)*
                all
            }
        }
    };
}
catalogue! {
    frame: Frame,
    errors: Errors,
    numbers: Numbers,
    sites: Sites,
    site: Site,
    run: Run,
    quiz: Quiz,
    pictures: Pictures,
    sign_in: SignIn,
    assign: Assign,
    enrol: Enrol,
    quarantine: Quarantine,
    reasons: Reasons,
    roles: Roles,
    lists: Lists,
    devices: Devices,
    people: People,
    person: Person,
    assignments: Assignments,
    actions: Actions,
    runs: Runs,
    compare: Compare,
    weeks: Weeks,
    failures: Failures,
    feedback: Feedback,
    interactions: Interactions,
    health: Health,
    content: Contents,
    drafts: Drafts,
    withdrawn: Withdrawn,
}

/// The languages that the console speaks; the first where nothing says otherwise.
pub static LANGUAGES: [&Strings; 2] = [&ENGLISH, &ARABIC];

impl Strings {
    /// The console in this language, whatever the region; none where it does not speak it.
    pub fn of(language: &Lang) -> Option<&'static Strings> {
        LANGUAGES.into_iter().find(|t| t.lang == language.base().as_str())
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
    /// Several words in a row.
    pub fn list(&self, words: &[String]) -> String {
        words.join(self.lists.comma)
    }
}

/// `dir` of a text, as HTML spells it.
pub fn dir(dir: Dir) -> &'static str {
    match dir {
        Dir::Ltr => "ltr",
        Dir::Rtl => "rtl",
    }
}
