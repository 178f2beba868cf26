//! Rows of lists, part by part, and the words that they are found by (SQLite's FTS5).
//!
//! A part is put in once and never changes; which parts make up a list, its release says ([`shown`]). A row is read when it
//! is shown: no list is ever in memory whole.

use std::collections::BTreeMap;

use frontline_domain::release::Rows;
use frontline_domain::release::list::words::{Sought, words};
use frontline_domain::release::list::{self, Row};
use frontline_domain::{Lang, ReleaseHash, Slug, Text, cbor};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::row::id;
use super::{Db, StoreError, Tx};

/// The rows of a part, by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: i64,
    pub last: i64,
}

/// What all rows of a part share.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    columns: Vec<Slug>,
    languages: Vec<Lang>,
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: i64,
    pub slug: Slug,
    pub label: Text,
    pub values: Vec<(Slug, String)>,
}

impl Listed {
    /// What it says in a column.
    pub fn value(&self, column: &Slug) -> &str {
        self.values.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value)
    }
}

/// The parts that are here, with their rows.
pub fn parts(db: &Db<'_>) -> Result<BTreeMap<ReleaseHash, Span>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT hash, first, last FROM list_part")?;
    let rows = statement.query_map([], |r| Ok((id(r, 0, ReleaseHash::from_slice)?, Span { first: r.get(1)?, last: r.get(2)? })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a part in, behind all others.
pub fn put(tx: &Tx<'_>, hash: &ReleaseHash, part: &Rows) -> Result<(), StoreError> {
    let before: i64 = tx.conn.query_row("SELECT coalesce(max(last), 0) FROM list_part", [], |r| r.get(0))?;
    let mut row = tx.conn.prepare_cached("INSERT INTO list_row VALUES (?1, ?2, ?3)")?;
    let mut found = tx.conn.prepare_cached("INSERT INTO list_words (rowid, words) VALUES (?1, ?2)")?;
    let mut at = before;
    for one in &part.rows {
        at += 1;
        row.execute(params![at, one.slug.as_str(), cbor::encode(one)])?;
        found.execute(params![at, found_by(part, one)])?;
    }
    let head = cbor::encode(&Head { columns: part.columns.clone(), languages: part.languages.clone() });
    tx.conn.execute(
        "INSERT INTO list_part (hash, first, last, head) VALUES (?1, ?2, ?3, ?4)",
        params![hash.as_bytes(), before + 1, at, head],
    )?;
    Ok(())
}

/// Takes a part away.
pub fn drop_part(tx: &Tx<'_>, hash: &ReleaseHash) -> Result<(), StoreError> {
    let sql = "SELECT first, last FROM list_part WHERE hash = ?1";
    let span = tx.conn.query_row(sql, [hash.as_bytes()], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?))).optional()?;
    let Some((first, last)) = span else { return Ok(()) };
    for table in ["list_words WHERE rowid", "list_row WHERE id"] {
        tx.conn.execute(&format!("DELETE FROM {table} BETWEEN ?1 AND ?2"), [first, last])?;
    }
    tx.conn.execute("DELETE FROM list_part WHERE hash = ?1", [hash.as_bytes()])?;
    Ok(())
}

/// The version of a list that is whole here.
pub fn shown(db: &Db<'_>, list: &Slug) -> Result<Option<ReleaseHash>, StoreError> {
    let sql = "SELECT release FROM list_shown WHERE list = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([list.as_str()], |r| id(r, 0, ReleaseHash::from_slice)).optional()?)
}

/// The lists that are here, each with the version that is whole.
pub fn all_shown(db: &Db<'_>) -> Result<BTreeMap<String, ReleaseHash>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT list, release FROM list_shown")?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, id(r, 1, ReleaseHash::from_slice)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// From here on this version of a list is shown; none: it is gone.
pub fn show(tx: &Tx<'_>, list: &str, release: Option<&ReleaseHash>) -> Result<(), StoreError> {
    match release {
        Some(hash) => tx.conn.execute("INSERT OR REPLACE INTO list_shown VALUES (?1, ?2)", params![list, hash.as_bytes()])?,
        None => tx.conn.execute("DELETE FROM list_shown WHERE list = ?1", [list])?,
    };
    Ok(())
}

/// The row with this name, in one of the spans.
pub fn row(db: &Db<'_>, spans: &[Span], slug: &Slug) -> Result<Option<Listed>, StoreError> {
    let mut statement = db.conn.prepare_cached("SELECT id FROM list_row WHERE slug = ?1")?;
    let ids: Vec<i64> = statement.query_map([slug.as_str()], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let within = |at: &&i64| spans.iter().any(|span| (span.first..=span.last).contains(*at));
    ids.iter().find(within).map(|at| Reading::default().row(db, *at, &body(db, *at)?)).transpose()
}

/// Up to `count` rows of the spans, in their order, behind the row `after`, none where that is no row of them: those that say `by` in these columns, and have
/// all the words.
pub fn page(
    db: &Db<'_>,
    spans: &[Span],
    looked_for: &[Sought],
    by: &[(&Slug, &str)],
    after: Option<i64>,
    count: usize,
) -> Result<Option<Vec<Listed>>, StoreError> {
    let asked = asked(looked_for, by);
    let (sql, words) = match &asked {
        Some(words) => {
            ("SELECT rowid FROM list_words WHERE list_words MATCH ?3 AND rowid BETWEEN ?1 AND ?2 ORDER BY rowid LIMIT ?4", words.as_str())
        }
        None => ("SELECT id FROM list_row WHERE id BETWEEN ?1 AND ?2 AND ?3 IS NOT NULL ORDER BY id LIMIT ?4", ""),
    };
    let Some(left) = behind(spans, after) else { return Ok(None) };
    let mut statement = db.conn.prepare_cached(sql)?;
    let (mut out, mut reading) = (Vec::new(), Reading::default());
    for span in left {
        let left = i64::try_from(count - out.len()).unwrap_or(0);
        let ids = statement.query_map(params![span.first, span.last, words, left], |r| r.get(0))?;
        for at in ids.collect::<Result<Vec<i64>, _>>()? {
            out.push(reading.row(db, at, &body(db, at)?)?);
        }
        if out.len() >= count {
            break;
        }
    }
    Ok(Some(out))
}

/// What is left of the spans behind a row of them, those that follow one another joined: one question for a list that came at once.
fn behind(spans: &[Span], after: Option<i64>) -> Option<Vec<Span>> {
    let holds = |span: &Span, at: i64| (span.first..=span.last).contains(&at);
    let from = match after {
        Some(at) => spans.iter().position(|span| holds(span, at))?,
        None => 0,
    };
    let mut out: Vec<Span> = Vec::new();
    for span in &spans[from..] {
        let first = after.filter(|at| holds(span, *at)).map_or(span.first, |at| at + 1);
        match out.last_mut() {
            Some(last) if last.last + 1 == first => last.last = span.last,
            _ => out.push(Span { first, last: span.last }),
        }
    }
    Some(out)
}

fn body(db: &Db<'_>, at: i64) -> Result<Vec<u8>, StoreError> {
    Ok(db.conn.prepare_cached("SELECT body FROM list_row WHERE id = ?1")?.query_row([at], |r| r.get(0))?)
}

/// Rows, one after another: what those of a part share is read once.
#[derive(Default)]
struct Reading(Option<(Span, Head)>);

impl Reading {
    fn row(&mut self, db: &Db<'_>, at: i64, body: &[u8]) -> Result<Listed, StoreError> {
        let head = match self.0.take() {
            Some((span, head)) if (span.first..=span.last).contains(&at) => (span, head),
            _ => head(db, at)?,
        };
        let (_, Head { columns, languages }) = self.0.insert(head);
        let row: Row = cbor::decode("a row of a list", body)?;
        let label = list::label(languages, &row);
        Ok(Listed { id: at, slug: row.slug, label, values: columns.iter().cloned().zip(row.values).collect() })
    }
}

/// The part that a row is of.
fn head(db: &Db<'_>, at: i64) -> Result<(Span, Head), StoreError> {
    let sql = "SELECT first, last, head FROM list_part WHERE first <= ?1 ORDER BY first DESC LIMIT 1";
    let read = |r: &rusqlite::Row<'_>| Ok((Span { first: r.get(0)?, last: r.get(1)? }, r.get::<_, Vec<u8>>(2)?));
    let (span, head) = db.conn.prepare_cached(sql)?.query_row([at], read)?;
    Ok((span, cbor::decode("the head of a list", &head)?))
}

/// All that a row is found by: the words of its name, of its labels and of its columns; and each column as a whole.
fn found_by(part: &Rows, row: &Row) -> String {
    let mut out = String::new();
    let texts = row.labels.iter().chain(&row.values).map(String::as_str).chain([row.slug.as_str()]);
    let all: std::collections::BTreeSet<String> = texts.flat_map(words).collect();
    all.iter().for_each(|word| out.extend(["w", word, " "]));
    for (column, value) in part.columns.iter().zip(&row.values) {
        out.extend([mark(column, value).as_str(), " "]);
    }
    out
}

/// A column with what it says, as one word.
fn mark(column: &Slug, value: &str) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(column.as_str().as_bytes()).update(b"\0").update(value.as_bytes());
    format!("f{}", &hash.finalize().to_hex()[..16])
}

/// The question in FTS5's words; none where everything is asked for.
fn asked(looked_for: &[Sought], by: &[(&Slug, &str)]) -> Option<String> {
    let columns = by.iter().map(|(column, value)| format!("\"{}\"", mark(column, value)));
    let words = looked_for.iter().map(|one| match one {
        Sought::Whole(word) => format!("\"w{word}\""),
        Sought::Begin(word) => format!("\"w{word}\" *"),
    });
    let all: Vec<String> = columns.chain(words).collect();
    (!all.is_empty()).then(|| all.join(" AND "))
}
