//! The ledger (`sync.md` 26): what must never be undone by putting an older database back. Forget orders,
//! revocations, withdrawn grants and tokens, the lives of the store, and which backups are kept, in a file beside
//! the server's key, append-only.
//!
//! An order is on the disk here before the commit that carries it out. If the power goes between the two, it is
//! carried out at the next opening: a customer is forgotten although nobody was told so, never the other way
//! round. The database notes the last line that it carried out; [`settle`] compares the two when a store is opened,
//! before anybody is answered. [`order`] is what a line can say.
//!
//! A line is its MAC (hexadecimal), a space, and JSON. Each MAC covers the one before it, so that a line can't be
//! changed, left out or moved by somebody without the key. A last line that is cut was never carried out, and is
//! cut off.

mod order;
pub mod settle;
#[cfg(test)]
mod tests;

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use frontline_domain::Incarnation;
use frontline_protocol::sign::hex;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::backup::Kept;
use crate::store::StoreError;
pub use order::Order;

/// The file's name in the server's folder.
pub const FILE: &str = "server.ledger";

/// Why the ledger can't be used. Nothing was carried out.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("the ledger {path} can't be read or written: {source}")]
    Io { path: String, source: std::io::Error },
    #[error(
        "line {line} of the ledger {path} is not as this server wrote it; put back the ledger and the server.key that belong together, the newest that there are"
    )]
    Damaged { path: String, line: u64 },
}

/// Without its ledger a store takes no order.
impl From<LedgerError> for StoreError {
    fn from(error: LedgerError) -> Self {
        match &error {
            LedgerError::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => Self::Full,
            LedgerError::Io { .. } | LedgerError::Damaged { .. } => Self::Failed(error.to_string()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Line {
    n: u64,
    says: Order,
}

/// What the lines add up to.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The number of the last line; 0: the ledger is new.
    pub last: u64,
    /// The number of the last line that a store must have carried out.
    pub last_for_the_store: u64,
    pub life: Option<Incarnation>,
    pub stands: Option<(Incarnation, u64)>,
    /// The latest time that a store is known to have come to, ms.
    pub latest_ms: i64,
    /// Backups that are kept, in the order in which they were made.
    pub backups: Vec<Kept>,
    /// What a store that was set back must be told, with the numbers of the lines.
    pub orders: Vec<(u64, Order)>,
}

impl Said {
    fn add(&mut self, n: u64, order: Order) {
        self.last = n;
        match &order {
            Order::Life { incarnation, at_ms } => {
                self.life = Some(*incarnation);
                self.latest_ms = self.latest_ms.max(*at_ms);
            }
            Order::Stands { incarnation, commits, latest_ms } => {
                self.stands = Some((*incarnation, *commits));
                self.latest_ms = self.latest_ms.max(*latest_ms);
            }
            Order::Backup(kept) => {
                self.latest_ms = self.latest_ms.max(kept.until_ms + 1);
                self.backups.push(kept.clone());
            }
            Order::BackupGone { file } => self.backups.retain(|kept| kept.file != *file),
            _ => {
                self.last_for_the_store = n;
                self.orders.push((n, order));
            }
        }
    }
}

/// The ledger of one server's folder. Several programs may have it open: each line is appended under a lock.
pub struct Ledger {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    read: Mutex<Reading>,
}

struct Reading {
    file: File,
    /// Bytes that were read, and the MAC of the last line among them.
    at: u64,
    mac: [u8; 16],
    said: Said,
}

impl Ledger {
    /// Opens the file, making it where there is none, and reads all of it.
    pub fn open(path: &Path, key: Zeroizing<[u8; 32]>) -> Result<Self, LedgerError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let io = |source| LedgerError::Io { path: path.display().to_string(), source };
        let file = options.open(path).map_err(io)?;
        // The name must be on the disk before a line is.
        if let Some(folder) = path.parent() {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)?;
        }
        let read = Mutex::new(Reading { file, at: 0, mac: [0; 16], said: Said::default() });
        let ledger = Self { path: path.to_owned(), key, read };
        ledger.catch_up(&mut ledger.reading())?;
        Ok(ledger)
    }

    /// What it says by now, lines of other programs too.
    pub fn said(&self) -> Result<Said, LedgerError> {
        let mut reading = self.reading();
        self.catch_up(&mut reading)?;
        Ok(reading.said.clone())
    }

    /// Asks about it, without a copy.
    pub fn ask<T>(&self, about: impl FnOnce(&Said) -> T) -> Result<T, LedgerError> {
        let mut reading = self.reading();
        self.catch_up(&mut reading)?;
        Ok(about(&reading.said))
    }

    /// Appends orders; they are on the disk when this returns. Gives the number of the last line.
    pub fn append(&self, orders: &[Order]) -> Result<u64, LedgerError> {
        let mut reading = self.reading();
        if orders.is_empty() {
            return Ok(reading.said.last);
        }
        reading.file.lock().map_err(|source| self.io(source))?;
        let done = self.append_locked(&mut reading, orders);
        let _ = reading.file.unlock();
        done
    }

    fn append_locked(&self, reading: &mut Reading, orders: &[Order]) -> Result<u64, LedgerError> {
        self.catch_up(reading)?;
        // Under the lock nobody else is writing: what is behind the last whole line was cut by a crash.
        if reading.file.metadata().map_err(|source| self.io(source))?.len() > reading.at {
            tracing::warn!("the last line of the ledger was cut, so it was never carried out; it is taken away");
            reading.file.set_len(reading.at).map_err(|source| self.io(source))?;
        }
        let (mut text, mut mac, mut n) = (String::new(), reading.mac, reading.said.last);
        for order in orders {
            n += 1;
            let json = serde_json::to_string(&Line { n, says: order.clone() }).map_err(|e| self.io(e.into()))?;
            mac = self.mac(&mac, &json);
            text.push_str(&format!("{} {json}\n", hex(&mac)));
        }
        reading.file.write_all(text.as_bytes()).and_then(|()| reading.file.sync_all()).map_err(|source| self.io(source))?;
        self.catch_up(reading)?;
        Ok(n)
    }

    /// Reads what was appended since.
    fn catch_up(&self, reading: &mut Reading) -> Result<(), LedgerError> {
        if reading.file.metadata().map_err(|source| self.io(source))?.len() == reading.at {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let from = SeekFrom::Start(reading.at);
        reading.file.seek(from).and_then(|_| reading.file.read_to_end(&mut bytes)).map_err(|source| self.io(source))?;
        for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")) {
            let n = reading.said.last + 1;
            let (mac, order) = self.line(&reading.mac, n, line).ok_or_else(|| LedgerError::Damaged { path: self.name(), line: n })?;
            reading.said.add(n, order);
            (reading.mac, reading.at) = (mac, reading.at + line.len() as u64);
        }
        Ok(())
    }

    /// The MAC and the order of a line, if this server wrote it as its number `n` behind the line with `before`.
    fn line(&self, before: &[u8; 16], n: u64, line: &[u8]) -> Option<([u8; 16], Order)> {
        let (mac, json) = std::str::from_utf8(line).ok()?.trim_end_matches('\n').split_once(' ')?;
        let ours = self.mac(before, json);
        if !crate::keys::equal(hex(&ours).as_bytes(), mac.as_bytes()) {
            return None;
        }
        let line: Line = serde_json::from_str(json).ok()?;
        (line.n == n).then_some((ours, line.says))
    }

    fn mac(&self, before: &[u8; 16], json: &str) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(before).update(json.as_bytes());
        let mut mac = [0; 16];
        mac.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        mac
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn name(&self) -> String {
        self.path.display().to_string()
    }
    fn io(&self, source: std::io::Error) -> LedgerError {
        LedgerError::Io { path: self.name(), source }
    }
}
