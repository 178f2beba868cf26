//! The frame around every page, error pages, and the words of the calendar.

use super::strings;

/// Names of days and months, in the short form that lists use.
#[derive(Debug)]
pub struct Calendar {
    /// Monday first.
    pub days: [&'static str; 7],
    pub months: [&'static str; 12],
    /// `{day} {d} {month}`, and with the year where it is another one.
    pub date: &'static str,
    pub date_year: &'static str,
    /// A date with a time of day.
    pub at: &'static str,
    pub hours: &'static str,
    pub minutes: &'static str,
    pub seconds: &'static str,
    pub two: &'static str,
}
impl Calendar {
    pub const ENGLISH: Self = Self {
        days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        date: "{day} {d} {month}",
        date_year: "{d} {month} {year}",
        at: "{date}, {time}",
        hours: "{n} h",
        minutes: "{n} min",
        seconds: "{n} s",
        two: "{long} {short}",
    };
}

strings! {
    /// Around every page.
    Frame {
        product = "Frontline";
        skip = "Skip to the content";
        menu = "Main";
        sites = "Sites";
        assign = "Assign";
        quarantine = "Quarantine";
        waiting = "{n} waiting|{n} waiting";
        sign_out = "Sign out";
        signed_in_as = "Signed in as {name}";
        zone = "Times in {zone} ({offset})";
        read_at = "Read at {time}; reload the page for newer figures.";
        title = "{page} · {product}";
    }
}
strings! {
    /// When a page can't be shown.
    Errors {
        forbidden = "You may not do this";
        forbidden_text = "Your roles do not allow it there. An administrator of your organisation can give you the right.";
        expired = "This form is too old";
        expired_text = "It was opened under another sign-in, or it lay open for too long. Nothing was changed. Go back, reload the page and send it again.";
        missing = "There is nothing here";
        missing_text = "The address may be mistyped, or what it named is not yours to see.";
        wrong = "That could not be understood";
        wrong_text = "The page received something that it does not take. Nothing was changed.";
        failed = "Something went wrong on the server";
        failed_text = "Nothing was half done. Try again in a moment; if it goes on, tell your administrator the reference below.";
        reference = "Reference {id}";
        home = "Go to the sites";
    }
}
