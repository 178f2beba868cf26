//! CSV rows in which every cell knows its line and column.

use crate::finding::At;

/// One row: where it begins, and its cells.
#[derive(Debug)]
pub struct Row {
    pub at: At,
    pub cells: Vec<(At, String)>,
}

/// All rows, the header first; empty lines are left out. CSV has no syntax errors that a quote can't cause,
/// and a quote that is never closed shows itself as a row with too few cells.
pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    while let Ok(true) = reader.read_record(&mut record) {
        let from = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
        // Lines are counted on from the last record: counting from the top for each would cost its square.
        let rest = text.get(from..).unwrap_or("");
        let begin = from + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        line += text.get(counted..begin).unwrap_or("").matches('\n').count();
        counted = begin;
        let places = places(&text[begin..], line, record.len());
        let cells: Vec<_> = places.iter().copied().zip(record.iter().map(|cell| cell.trim().to_owned())).collect();
        rows.push(Row { at: places.first().copied().unwrap_or(At::START), cells });
    }
    rows
}

/// What is wrong with the file as a whole: other signs between its cells, or a quote that is never closed.
pub fn fault(text: &str) -> Option<(At, &'static str)> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !first.contains(',') && [';', '\t'].iter().any(|sign| first.contains(*sign)) {
        return Some((At::START, "the cells of a row are parted by commas; save the file as CSV with commas between them"));
    }
    let quote = "a quotation mark that is opened at the beginning of a cell is closed at its end; here, or below, one is not";
    let mut reading = Quotes::default();
    let (mut line, mut opened) = (1, 1);
    for c in text.chars() {
        let was = reading.quoted;
        reading.take(c);
        if reading.quoted && !was {
            opened = line;
        }
        line += usize::from(c == '\n');
    }
    reading.quoted.then_some((At::line(opened), quote))
}

/// Whether a comma or an end of line stands within quotes. A quote opens a cell that begins with one, and is a letter like
/// any other (12") in one that does not.
struct Quotes {
    begins: bool,
    has_quotes: bool,
    quoted: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Self { begins: true, has_quotes: false, quoted: false }
    }
}

impl Quotes {
    fn take(&mut self, c: char) {
        if self.begins {
            (self.begins, self.has_quotes) = (false, c == '"');
        }
        match c {
            '"' if self.has_quotes => self.quoted = !self.quoted,
            ',' | '\n' if !self.quoted => self.begins = true,
            _ => {}
        }
    }
}

/// Where each cell of the record that begins on `line` with `rest` begins.
fn places(rest: &str, mut line: usize, cells: usize) -> Vec<At> {
    let mut places = vec![At::line(line)];
    let (mut column, mut reading) = (1, Quotes::default());
    for c in rest.chars() {
        if places.len() == cells {
            break;
        }
        column += 1;
        reading.take(c);
        match c {
            ',' if !reading.quoted => places.push(At { column, ..At::line(line) }),
            '\n' if !reading.quoted => break,
            '\n' => (line, column) = (line + 1, 1),
            _ => {}
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_opens_no_cell_closes_none() {
        let good = [
            "slug,name\na,\"Cream, cold\"\nb,Pipe 12\" long\n",
            "slug,name\na,\"two\nlines, 12\"\" long\"\n",
            "slug,name\r\na,5\"\r\n",
            "",
        ];
        for text in good {
            assert_eq!(fault(text), None, "{text}");
        }
        let line = |text: &str| fault(text).map(|(at, _)| at.line);
        assert_eq!(line("slug,name\na,\"Cream, cold\"\nb,\"never\nc,C\n"), Some(3));
        assert_eq!(line("slug;name\na;b\n"), Some(1));
    }

    #[test]
    fn every_cell_knows_its_line_and_column_even_behind_quotes_and_empty_lines() {
        let rows = rows("slug,name\n\nana,\"Ana, of the bar\"\nبن,x,y\npipe,Pipe 12\",z\n\"q\"\"r\",s\n");
        let seen: Vec<_> = rows.iter().flat_map(|r| &r.cells).map(|(at, cell)| (at.line, at.column, cell.as_str())).collect();
        let want = [
            (1, 1, "slug"),
            (1, 6, "name"),
            (3, 1, "ana"),
            (3, 5, "Ana, of the bar"),
            (4, 1, "بن"),
            (4, 4, "x"),
            (4, 6, "y"),
            (5, 1, "pipe"),
            (5, 6, "Pipe 12\""),
            (5, 15, "z"),
            (6, 1, "q\"r"),
            (6, 8, "s"),
        ];
        assert_eq!(seen, want);
    }
}
