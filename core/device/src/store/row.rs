//! Between columns and the types of the domain.

use std::str::FromStr;

use frontline_domain::{IdError, Scope, TypeSet};
use frontline_protocol::Tag;
use rusqlite::Row;
use rusqlite::types::Type;

fn wrong(i: usize, kind: Type, why: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(i, kind, Box::new(why))
}

/// An id or a hash.
pub(super) fn id<T>(row: &Row<'_>, i: usize, read: fn(&[u8]) -> Result<T, IdError>) -> rusqlite::Result<T> {
    read(row.get_ref(i)?.as_blob()?).map_err(|e| wrong(i, Type::Blob, e))
}

/// An id or a hash that may be null.
pub(super) fn id_or_null<T>(row: &Row<'_>, i: usize, read: fn(&[u8]) -> Result<T, IdError>) -> rusqlite::Result<Option<T>> {
    row.get_ref(i)?.as_blob_or_null()?.map(|b| read(b).map_err(|e| wrong(i, Type::Blob, e))).transpose()
}

/// A scope, a slug: what is read from its text.
pub(super) fn text<T>(row: &Row<'_>, i: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get_ref(i)?.as_str()?.parse().map_err(|e| wrong(i, Type::Text, e))
}

/// As [`text`], or null.
pub(super) fn text_or_null<T>(row: &Row<'_>, i: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get_ref(i)?.as_str_or_null()?.map(|t| t.parse().map_err(|e| wrong(i, Type::Text, e))).transpose()
}

/// The scope in column `i`.
pub(super) fn scope(row: &Row<'_>, i: usize) -> rusqlite::Result<Scope> {
    text(row, i)
}

/// A set of types.
pub(super) fn types(row: &Row<'_>, i: usize) -> rusqlite::Result<TypeSet> {
    row.get::<_, [u8; 16]>(i).map(TypeSet::from_bytes)
}

/// The running hash of a feed.
pub(super) fn tag(row: &Row<'_>, i: usize) -> rusqlite::Result<Tag> {
    row.get::<_, [u8; 16]>(i).map(Tag::from_bytes)
}

/// SQLite's integers are signed: epochs, incarnations and boots keep their bits.
pub(super) const fn bits(unsigned: u64) -> i64 {
    unsigned.cast_signed()
}

/// Back from [`bits`].
pub(super) const fn unbits(signed: i64) -> u64 {
    signed.cast_unsigned()
}
