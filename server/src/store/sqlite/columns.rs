//! Between the domain's types and columns. A value that no longer reads means a damaged file.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Result, Row};

use frontline_domain::permission::Role;
use frontline_domain::{DeviceId, EntryId, Epoch, OrgId, PersonId, Scope, SiteId, Slug};
use frontline_protocol::Tag;

/// A scope as 1 or 17 bytes.
pub(super) struct ScopeColumn(pub Scope);

impl ToSql for ScopeColumn {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(scope_bytes(self.0).into())
    }
}

pub(super) fn scope_bytes(scope: Scope) -> Vec<u8> {
    let (letter, id): (u8, &[u8]) = match &scope {
        Scope::Org => (b'o', &[]),
        Scope::Site(id) => (b's', id.as_bytes()),
        Scope::Person(id) => (b'p', id.as_bytes()),
        Scope::Device(id) => (b'd', id.as_bytes()),
    };
    let mut bytes = Vec::with_capacity(17);
    bytes.push(letter);
    bytes.extend_from_slice(id);
    bytes
}

impl FromSql for ScopeColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let damaged = |_| FromSqlError::InvalidType;
        let scope = match value.as_blob()?.split_first() {
            Some((b'o', [])) => Scope::Org,
            Some((b's', id)) => Scope::Site(SiteId::from_slice(id).map_err(damaged)?),
            Some((b'p', id)) => Scope::Person(PersonId::from_slice(id).map_err(damaged)?),
            Some((b'd', id)) => Scope::Device(DeviceId::from_slice(id).map_err(damaged)?),
            _ => return Err(FromSqlError::InvalidType),
        };
        Ok(Self(scope))
    }
}

/// An organisation as a column.
pub(super) fn org(id: &OrgId) -> &[u8] {
    id.as_bytes()
}

/// A column of exactly N bytes.
pub(super) fn bytes<const N: usize>(row: &Row<'_>, column: &str) -> Result<[u8; N]> {
    row.get::<_, [u8; N]>(column)
}

/// The same, where it may be absent.
pub(super) fn maybe_bytes<const N: usize>(row: &Row<'_>, column: &str) -> Result<Option<[u8; N]>> {
    row.get::<_, Option<[u8; N]>>(column)
}

/// A number that SQLite keeps signed.
pub(super) fn unsigned(row: &Row<'_>, column: &str) -> Result<u64> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}

/// A name, where there is one.
pub(super) fn maybe_slug(row: &Row<'_>, column: &str) -> Result<Option<Slug>> {
    let read = |text: String| text.parse().map_err(|_| rusqlite::Error::InvalidColumnType(0, column.to_owned(), Type::Text));
    row.get::<_, Option<String>>(column)?.map(read).transpose()
}

/// The three columns that name an entry.
pub(super) fn entry_id(row: &Row<'_>, device: &str, epoch: &str, seq: &str) -> Result<EntryId> {
    Ok(EntryId { device: DeviceId::from_bytes(bytes(row, device)?), epoch: Epoch(unsigned(row, epoch)?), seq: unsigned(row, seq)? })
}

pub(super) fn scope(row: &Row<'_>, column: &str) -> Result<Scope> {
    Ok(row.get::<_, ScopeColumn>(column)?.0)
}

pub(super) fn tag(row: &Row<'_>, column: &str) -> Result<Tag> {
    Ok(Tag::from_bytes(bytes(row, column)?))
}

pub(super) fn role(row: &Row<'_>, column: &str) -> Result<Role> {
    let name: String = row.get(column)?;
    let found = Role::ALL.into_iter().find(|role| role.name() == name);
    found.ok_or_else(|| rusqlite::Error::InvalidColumnType(0, column.to_owned(), rusqlite::types::Type::Text))
}
