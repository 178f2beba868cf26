//! One transaction on one connection. Calls block for the microseconds that SQLite takes.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Params, Row, Statement, StatementStatus};

use frontline_domain::Incarnation;

use super::Readers;
use super::columns::{maybe_bytes, unsigned};
use super::pieces::Pending;
use crate::store::{ReadTx, Result, Standing, WriteTx};

/// The one row that says how far a store has come.
pub(super) const STANDING: &str = "SELECT incarnation, commits, ledger, latest_ms, key_proof FROM meta";

pub(super) fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        incarnation: Incarnation(unsigned(row, "incarnation")?),
        commits: unsigned(row, "commits")?,
        ledger: unsigned(row, "ledger")?,
        latest_ms: row.get("latest_ms")?,
        key: maybe_bytes(row, "key_proof")?,
    })
}

enum Held {
    Reader(Option<Connection>, Arc<Readers>),
    Writer(tokio::sync::OwnedMutexGuard<Connection>),
}

pub(super) struct SqliteTx {
    held: Held,
    open: bool,
    /// Facts that are not packed yet.
    pub(super) pending: Pending,
}

impl SqliteTx {
    pub(super) fn read(connection: Connection, readers: Arc<Readers>) -> Result<Self> {
        // A read transaction begins with its first read: this one fixes the instant.
        connection.execute_batch("BEGIN DEFERRED")?;
        connection.query_row("SELECT 1 FROM meta", [], |_| Ok(()))?;
        Ok(Self { held: Held::Reader(Some(connection), readers), open: true, pending: Pending::default() })
    }
    pub(super) fn write(connection: tokio::sync::OwnedMutexGuard<Connection>) -> Result<Self> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Self { held: Held::Writer(connection), open: true, pending: Pending::default() })
    }

    pub(super) fn rows<T, P: Params>(&self, sql: &str, params: P, read: fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.prepare_cached(sql)?;
        let rows: rusqlite::Result<_> = statement.query_map(params, read)?.collect();
        self.worked(&statement);
        Ok(rows?)
    }
    pub(super) fn row<T, P: Params>(&self, sql: &str, params: P, read: fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Option<T>> {
        let mut statement = self.prepare_cached(sql)?;
        let row = statement.query_row(params, read).optional();
        self.worked(&statement);
        Ok(row?)
    }
    /// Counts what a reader's statement took.
    fn worked(&self, statement: &Statement<'_>) {
        if let Held::Reader(_, readers) = &self.held {
            let steps = statement.reset_status(StatementStatus::VmStep);
            readers.work.fetch_add(u64::try_from(steps).unwrap_or(0), Ordering::Relaxed);
        }
    }
    pub(super) fn run<P: Params>(&self, sql: &str, params: P) -> Result<()> {
        self.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }
}

impl Deref for SqliteTx {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        match &self.held {
            Held::Reader(connection, _) => connection.as_ref().expect("a reader holds its connection until it is dropped"),
            Held::Writer(connection) => connection,
        }
    }
}

impl Drop for SqliteTx {
    fn drop(&mut self) {
        let ended = !self.open || self.execute_batch("ROLLBACK").is_ok();
        if let Held::Reader(connection, readers) = &mut self.held
            && let Some(connection) = connection.take()
            && ended
        {
            readers.give(connection);
        }
    }
}

#[async_trait]
impl ReadTx for SqliteTx {
    async fn incarnation(&mut self) -> Result<Incarnation> {
        let found: i64 = self.query_row("SELECT incarnation FROM meta", [], |row| row.get(0))?;
        Ok(Incarnation(found.cast_unsigned()))
    }
    async fn standing(&mut self) -> Result<Standing> {
        Ok(self.query_row(STANDING, [], standing)?)
    }
}

#[async_trait]
impl WriteTx for SqliteTx {
    async fn set_incarnation(&mut self, incarnation: Incarnation) -> Result<()> {
        self.run("UPDATE meta SET incarnation = ?1", [incarnation.0.cast_signed()])
    }
    async fn set_ledger(&mut self, line: u64) -> Result<()> {
        self.run("UPDATE meta SET ledger = ?1", [line.cast_signed()])
    }
    async fn note_time(&mut self, now_ms: i64) -> Result<()> {
        self.run("UPDATE meta SET latest_ms = max(latest_ms, ?1)", [now_ms])
    }
    async fn set_key_proof(&mut self, proof: &[u8; 16]) -> Result<()> {
        self.run("UPDATE meta SET key_proof = ?1", [&proof[..]])
    }
    async fn savepoint(&mut self) -> Result<()> {
        self.run("SAVEPOINT one", [])?;
        self.pending.mark();
        Ok(())
    }
    async fn rollback_to_savepoint(&mut self) -> Result<()> {
        self.pending.back();
        Ok(self.execute_batch("ROLLBACK TO one; RELEASE one")?)
    }
    async fn release_savepoint(&mut self) -> Result<()> {
        self.pending.go_on();
        self.run("RELEASE one", [])
    }
    async fn commit(mut self: Box<Self>) -> Result<()> {
        self.pack_pending()?;
        self.run("UPDATE meta SET commits = commits + 1", [])?;
        self.execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }
    fn as_read(&mut self) -> &mut dyn ReadTx {
        self
    }
}
