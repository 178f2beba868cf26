//! lists/SLUG.csv: what people choose from by search, up to 100,000 rows.

use frontline_domain::release::list::words::is_blank;
use frontline_domain::release::list::{COLUMNS, LABEL, ROWS, Row as ListRow, VALUE, cut::cut};
use frontline_domain::release::{Content, List, Release, Rows};
use frontline_domain::{Lang, Slug, Text};

use super::csv_rows::{Row, fault, rows};
use super::names::Seen;
use super::page::Page;
use super::text;
use crate::finding::At;
use frontline_domain::near::shown;

/// Faults of one list that are told; a file of the wrong kind has one for each row.
const TOLD: usize = 50;

/// What one column of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Slug,
    /// Its place among the languages.
    Label(usize),
    /// Its place among the columns.
    Value(usize),
}

struct Header {
    columns: Vec<Column>,
    languages: Vec<Lang>,
    values: Vec<Slug>,
}

/// Reads one list: its head, and its parts.
pub fn list(page: Page<'_>, slug: Slug, file: &str) -> Option<(Release, Vec<Release>)> {
    if let Some((at, why)) = fault(file) {
        page.names.has_columns(&slug, None);
        return page.nothing(at, why);
    }
    let all = rows(file);
    let header = header(page, all.first());
    page.names.has_columns(&slug, header.as_ref().map(|h| h.values.clone()));
    let header = header?;
    let count = all.len() - 1;
    if count == 0 || count > ROWS {
        return page.nothing(At::START, format!("a list has 1 to {ROWS} rows below the line with the columns; this one has {count}"));
    }
    let (mut seen, mut told, mut read) = (Seen::default(), 0, Vec::with_capacity(count));
    for one in &all[1..] {
        match row(page, one, &header).filter(|(at, row)| seen.take(page, *at, &row.slug, "a row")) {
            Some((_, row)) => read.push(row),
            None => told += 1,
        }
        if told == TOLD {
            page.say(one.at, format!("{TOLD} rows of this list have faults; those after this one were not looked at"));
            break;
        }
    }
    if told > 0 {
        return None;
    }
    let named = |content| Release { slug: slug.clone(), title: title(page, &slug), predecessor: None, content };
    let (languages, columns) = (header.languages, header.values);
    let part = |rows| named(Content::Rows(Rows { columns: columns.clone(), languages: languages.clone(), rows }));
    let parts: Vec<Release> = cut(read).into_iter().map(part).collect();
    let hashes = parts.iter().map(|part| Release::hash_of(&part.encode())).collect();
    let rows = u32::try_from(count).unwrap_or(u32::MAX);
    Some((named(Content::List(List { columns: columns.clone(), rows, parts: hashes })), parts))
}

/// A list is called by its name: nobody but authors sees it.
fn title(page: Page<'_>, slug: &Slug) -> Text {
    match page.languages.first() {
        Some(source) => Text::plain(source.clone(), slug.as_str()),
        None => Text::nothing(),
    }
}

fn header(page: Page<'_>, row: Option<&Row>) -> Option<Header> {
    const FORM: &str = "the first line names the columns: slug,label, a label for each further language such as label.ar, \
                        and whatever forms choose rows by";
    let Some(row) = row else { return page.nothing(At::START, FORM) };
    let mut header = Header { columns: Vec::new(), languages: Vec::new(), values: Vec::new() };
    header.languages.extend(page.languages.first().cloned().or_else(|| "en".parse().ok()));
    let mut good = true;
    for (at, name) in &row.cells {
        let column = match (name.as_str(), name.strip_prefix("label.")) {
            ("slug", _) => Some(Column::Slug),
            ("label", _) => Some(Column::Label(0)),
            (_, Some(tag)) => text::language(page, *at, tag).and_then(|lang| {
                if header.languages.contains(&lang) {
                    let message = format!("‘label’ is the one in {}, and each language has one column", header.languages[0]);
                    return page.nothing(*at, message);
                }
                header.languages.push(lang);
                Some(Column::Label(header.languages.len() - 1))
            }),
            (name, None) => page.slug(*at, name).map(|slug| {
                header.values.push(slug);
                Column::Value(header.values.len() - 1)
            }),
        };
        let twice = column.is_some_and(|column| header.columns.contains(&column))
            || header.values.last().is_some_and(|last| header.values.iter().filter(|v| *v == last).count() > 1);
        if twice {
            good = page.nothing(*at, format!("the column {} is there already", shown(name))).unwrap_or(false);
        }
        match column {
            Some(column) => header.columns.push(column),
            None => good = false,
        }
    }
    for (needed, name) in [(Column::Slug, "slug"), (Column::Label(0), "label")] {
        if good && !header.columns.contains(&needed) {
            good = page.nothing(row.at, format!("the column ‘{name}’ is missing; {FORM}")).unwrap_or(false);
        }
    }
    if header.values.len() > COLUMNS {
        return page
            .nothing(row.at, format!("a list has at most {COLUMNS} columns beside slug and labels; this one has {}", header.values.len()));
    }
    good.then_some(header)
}

fn row(page: Page<'_>, row: &Row, header: &Header) -> Option<(At, ListRow)> {
    if row.cells.len() != header.columns.len() {
        return page.nothing(row.at, format!("a row has {} cells, as the header; this one has {}", header.columns.len(), row.cells.len()));
    }
    let mut out = (row.at, None, vec![String::new(); header.languages.len()], vec![String::new(); header.values.len()]);
    let mut good = true;
    for ((at, cell), column) in row.cells.iter().zip(&header.columns) {
        let within = |most: usize| match cell.len() > most || cell.contains('\n') {
            true => page.nothing(*at, format!("a cell is one line of at most {most} bytes; a quote is perhaps not closed")),
            false if cell.chars().any(char::is_control) => page.nothing(*at, "a cell holds a control character; type it again"),
            false => Some(cell.clone()),
        };
        match column {
            Column::Slug => (out.0, out.1) = (*at, page.slug(*at, cell)),
            Column::Label(0) if is_blank(cell) => good = page.nothing(*at, "a row needs a label").unwrap_or(false),
            Column::Label(n) => within(LABEL).map_or_else(|| good = false, |text| out.2[*n] = text),
            Column::Value(n) => within(VALUE).map_or_else(|| good = false, |text| out.3[*n] = text),
        }
    }
    let (at, slug, labels, values) = out;
    let slug = slug?;
    good.then_some((at, ListRow { slug, labels, values }))
}
