//! A file of comma-separated values (RFC 4180), for spreadsheets: they must show what people typed, not run
//! it.

/// Tells programs that guess that it is UTF-8.
pub const BEGIN: &str = "\u{feff}";

/// What a spreadsheet takes for the beginning of a formula, in the wide forms of East Asian keyboards too, or
/// strips before it looks (tabs and ends of lines).
fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'])
}

/// One cell. A text that could be a formula gets an apostrophe before it, which spreadsheets take as "this is
/// a text"; control characters other than ends of lines become blanks.
fn cell(out: &mut String, text: &str) {
    let guarded = begins_formula(text);
    let quoted = guarded || text.contains([',', '"', '\n', '\r', ';', '\t']);
    if quoted {
        out.push('"');
    }
    if guarded {
        out.push('\'');
    }
    // Where a semicolon separates, a quote within a line is a letter: what follows a semicolon or begins a line is a cell there.
    let mut ends_cell = false;
    for (at, c) in text.char_indices() {
        if ends_cell && begins_formula(&text[at..]) {
            out.push('\'');
        }
        ends_cell = matches!(c, ';' | '\n');
        match c {
            '"' => out.push_str("\"\""),
            '\n' => out.push('\n'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    if quoted {
        out.push('"');
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What people typed, or words about it.
    Text(String),
    /// A number as programs write it, minus and all: a spreadsheet is to reckon with it.
    Number(String),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
    pub fn number(n: impl ToString) -> Self {
        Self::Number(n.to_string())
    }
}

/// Digits, with a minus before and a point between them at most.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|some| !some.is_empty() && some.bytes().all(|b| b.is_ascii_digit()))
}

/// One line of cells. What is said to be a number and is none is written as a text.
pub fn cells(out: &mut String, cells: impl IntoIterator<Item = Cell>) {
    for (n, one) in cells.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        match &one {
            Cell::Number(number) if is_number(number) => out.push_str(number),
            Cell::Number(text) | Cell::Text(text) => cell(out, text),
        }
    }
    out.push_str("\r\n");
}

/// One line of texts.
pub fn line<T: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = T>) {
    for (n, one) in cells.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        cell(out, one.as_ref());
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let mut out = String::new();
        line(&mut out, [text]);
        out.trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn what_could_be_a_formula_is_a_text() {
        for text in ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "\n=1", "＝1", "=cmd|' /C calc'!A0"] {
            assert!(of(text).starts_with("\"'"), "{text:?} is written as {}", of(text));
        }
        for text in ["Ana", "3-4", "a=b", " =1", "ليلى", "1", ""] {
            assert!(!of(text).contains('\''), "{text:?}");
        }
    }

    #[test]
    fn a_number_stays_one_and_what_only_says_so_does_not() {
        let of = |text: &str| {
            let mut out = String::new();
            cells(&mut out, [Cell::number(text)]);
            out.trim_end_matches("\r\n").to_owned()
        };
        for number in ["-3", "0", "12.50", "-0.5"] {
            assert_eq!(of(number), number);
        }
        for hostile in ["-1+2", "-", "-.5", "-1.", "-2+cmd|' /C calc'!A0", "－1", "+1", "-1e5", "=1", "-1\t"] {
            assert!(of(hostile).starts_with("\"'"), "{hostile:?} is written as {}", of(hostile));
        }
    }

    #[test]
    fn separators_and_quotes_stay_within_their_cell() {
        assert_eq!(of("a,b"), "\"a,b\"");
        assert_eq!(of("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(of("x;=1+1;y\n@b; -c"), "\"x;'=1+1;y\n'@b; -c\"");
        assert_eq!(of("two\nlines"), "\"two\nlines\"");
        assert_eq!(of("bell\u{7}"), "bell ");
        let mut out = String::new();
        line(&mut out, ["a", "", "c"]);
        assert_eq!(out, "a,,c\r\n");
    }
}
