//! What whoever reads, and whoever writes, sees of the store: [`Db`] and [`Tx`].

use std::cell::{Cell, RefCell};
use std::ops::Deref;

use rusqlite::Connection;

use super::{StoreError, memo, warm};

/// A view of the store at one instant.
pub struct Db<'a> {
    pub(super) conn: &'a Connection,
    /// What is read again and again and seldom changes: by captures that are appended, and by who reads.
    pub(super) memo: Option<&'a RefCell<memo::Memo>>,
    /// Runs that are in memory; none while a store is opened.
    pub(super) warm: Option<&'a warm::Warm>,
    /// Captures may lie in [`super::pending`] that no row tells of yet.
    pub(super) is_ahead: Cell<bool>,
}
impl<'a> Db<'a> {
    pub(super) fn over(conn: &'a Connection) -> Self {
        Self { conn, memo: None, warm: None, is_ahead: Cell::new(false) }
    }
    /// Whether captures may lie appended that the rows do not tell of: within [`super::Store::append`] and [`super::Store::read_ahead`].
    pub fn is_ahead(&self) -> bool {
        self.is_ahead.get()
    }
    /// A value of `table` under `key`, as `read` reads it, or did so before and nobody wrote since. What is made of other
    /// values that are recalled may be recalled itself: nothing that the clock or chance has a part in.
    pub(crate) fn recall<T: Clone + Send + 'static, E: From<StoreError>>(
        &self,
        table: &'static str,
        key: &[u8],
        read: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        memo::recall(self.memo, table, key, read)
    }
    /// What was read is not so any more.
    pub(super) fn forget(&self) {
        if let Some(memo) = self.memo {
            memo.borrow_mut().forget();
        }
    }
}

/// The one open writing transaction; reads as a [`Db`] what it wrote.
pub struct Tx<'a> {
    pub(super) db: Db<'a>,
    pub(super) appended: &'a Cell<u32>,
}
impl Tx<'_> {
    /// Whether this is [`super::Store::append`]: what is captured goes to [`super::pending`], its rows are made later.
    pub fn appends(&self) -> bool {
        self.is_ahead.get()
    }
    /// Goes on as [`super::Store::write`] does: what was appended is settled first, in this same transaction.
    pub(crate) fn write_from_here(&self) -> Result<(), StoreError> {
        self.is_ahead.set(false);
        let settled = crate::settle::settle(self);
        // What was recalled until now was so before.
        self.forget();
        settled
    }
    /// Lets the commit of this transaction fail.
    #[cfg(test)]
    pub(crate) fn refuse_at_commit(&self) -> Result<(), StoreError> {
        let sql = "CREATE TABLE IF NOT EXISTS parent (id INTEGER PRIMARY KEY); CREATE TABLE IF NOT EXISTS child (of INTEGER \
                   REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED); INSERT INTO child VALUES (7)";
        Ok(self.conn.execute_batch(sql)?)
    }
    /// What the value of `table` under `key` is from here on, for the captures that follow.
    pub(crate) fn remember<T: Clone + Send + 'static>(&self, table: &'static str, key: &[u8], value: T) {
        if let Some(memo) = self.memo {
            memo.borrow_mut().hold(table, key, value);
        }
    }
}
impl<'a> Deref for Tx<'a> {
    type Target = Db<'a>;
    fn deref(&self) -> &Db<'a> {
        &self.db
    }
}
