//! Who reads: a connection of its own, and what it read before that nobody has changed since. Without that a page of a
//! list read and decoded the same few names, sites and procedures again for every row.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rusqlite::{Connection, Transaction};

use super::memo::Memo;
use super::warm::Warm;
use super::{Db, StoreError};

pub(super) struct Reader {
    conn: Connection,
    memo: RefCell<Memo>,
    warm: Arc<Warm>,
}

/// The store at one instant. Dropping it rolls back: nothing was written.
pub(super) struct View<'a> {
    tx: Transaction<'a>,
    memo: &'a RefCell<Memo>,
    warm: &'a Warm,
}

impl Reader {
    pub fn new(conn: Connection, warm: Arc<Warm>) -> Self {
        Self { conn, memo: RefCell::default(), warm }
    }
    pub fn view(&mut self) -> Result<View<'_>, StoreError> {
        let tx = self.conn.transaction()?;
        // The first statement of a transaction takes the instant; the count of others' commits is that instant's.
        self.memo.get_mut().catch_up(&Db::over(&tx))?;
        Ok(View { tx, memo: &self.memo, warm: &self.warm })
    }
}

impl View<'_> {
    /// `is_ahead`: what was appended is not settled, and whoever reads knows of it.
    pub fn db(&self, is_ahead: bool) -> Db<'_> {
        Db { conn: &self.tx, memo: Some(self.memo), warm: Some(self.warm), is_ahead: Cell::new(is_ahead) }
    }
}
