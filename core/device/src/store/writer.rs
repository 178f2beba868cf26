//! The one writer: its connection, what it remembers, and how a transaction of each kind is made.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};

use super::memo::Memo;
use super::warm::Warm;
use super::{Cause, Db, StoreError, Tx, open, pending, reserve};

/// So many captures at most lie appended: what follows from them is made before the next one.
const MOST_APPENDED: u32 = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// All or nothing, and on the disk when it returns.
    Write,
    /// The same of a capture that only appends.
    Append,
    /// What follows from appended captures. It is flushed like any other: of two commits that both were not, a loss of
    /// power may leave such a log as damage does ([`crate::salvage::log::is_broken`]).
    Settle,
}

pub(super) struct Writer {
    pub conn: Connection,
    memo: RefCell<Memo>,
    warm: Arc<Warm>,
    appended: u32,
    /// There was no room to settle what was appended, or is none for the reserve: nothing more is appended until there
    /// is, so that captures do not use up what is kept for sending them.
    pub is_tight: bool,
}

/// What was read and appended in a transaction is remembered only if that was committed: not after an error, nor a panic.
struct Kept<'a> {
    memo: &'a RefCell<Memo>,
    is_true: bool,
}
impl Drop for Kept<'_> {
    fn drop(&mut self) {
        if !self.is_true
            && let Ok(mut memo) = self.memo.try_borrow_mut()
        {
            memo.forget();
        }
    }
}

impl Writer {
    /// Over a connection that flushes each commit.
    pub fn new(conn: Connection, is_tight: bool, warm: Arc<Warm>) -> Self {
        Self { conn, memo: RefCell::default(), warm, appended: 0, is_tight }
    }

    /// Settles what was appended, then writes all or nothing.
    pub fn write<T, E: Cause>(&mut self, f: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.settle()?;
        self.transact(Kind::Write, f)
    }

    /// As [`Writer::write`], for `f` that only adds.
    pub fn append<T, E: Cause>(&mut self, f: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        if self.is_tight {
            return self.write(f);
        }
        if self.appended >= MOST_APPENDED {
            self.settle()?;
        }
        self.transact(Kind::Append, f)
    }

    /// Makes what follows from appended captures.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        if pending::is_any(&Db::over(&self.conn))? {
            self.transact(Kind::Settle, crate::settle::settle)?;
        }
        self.appended = 0;
        Ok(())
    }

    /// The same for who reads: on a phone that is full, with room that is otherwise kept for what has to leave it. Whether
    /// it got through. Where it did not, what is there can be read all the same, without the captures that are not settled.
    pub fn settle_at_last(&mut self, dir: &Path) -> Result<bool, StoreError> {
        let mut out = self.settle();
        let was_tight = out.as_ref().is_err_and(StoreError::is_full);
        if was_tight && self.move_log() {
            out = self.settle();
        }
        while out.as_ref().is_err_and(StoreError::is_full) && reserve::give_up(dir) {
            self.move_log();
            out = self.settle();
        }
        self.is_tight |= was_tight;
        match out {
            Err(e) if e.is_full() || e.is_read_only() || e.is_refused_by_the_disk() => Ok(false),
            out => out.map(|()| true),
        }
    }

    /// Moves the log into the file, so that it is written from its start again. It keeps its length: that room
    /// is the store's already.
    pub fn move_log(&self) -> bool {
        self.conn.query_row("PRAGMA wal_checkpoint(RESTART)", [], |r| r.get::<_, i64>(0)).is_ok_and(|busy| busy == 0)
    }

    fn transact<T, E: Cause>(&mut self, kind: Kind, f: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let memo = (kind == Kind::Append).then_some(&self.memo);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let (appended, changes) = (Cell::new(0), tx.total_changes());
        let mut kept = Kept { memo: &self.memo, is_true: false };
        if let Some(memo) = memo {
            memo.borrow_mut().catch_up(&Db::over(&tx))?;
        }
        let warm = Some(self.warm.as_ref());
        let tx_of =
            |appends| Tx { db: Db { conn: &tx, memo: memo.filter(|_| appends), warm, is_ahead: Cell::new(appends) }, appended: &appended };
        // Another process may have appended since this one settled: its rows come first, in the same transaction, or their
        // places and numbers would be given to somebody else.
        if kind == Kind::Write && pending::is_any(&Db::over(&tx))? {
            crate::settle::settle(&tx_of(false))?;
        }
        let out = f(&tx_of(kind == Kind::Append));
        let is_added_to = kind == Kind::Append && tx.total_changes() - changes == u64::from(appended.get());
        let out = out.and_then(|out| {
            tx.commit().map_err(StoreError::from)?;
            Ok(out)
        });
        kept.is_true = out.is_ok() && is_added_to;
        drop(kept);
        if out.as_ref().err().and_then(Cause::store_error).is_some_and(StoreError::is_refused_by_the_disk) {
            open::annul(&self.conn);
        }
        if out.is_ok() {
            self.appended += appended.get();
        }
        out
    }
}
