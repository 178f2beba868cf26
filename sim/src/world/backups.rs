//! Backups of the server in a story: the functions that the program's `admin` commands call, and what people do
//! by hand instead.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use frontline_server::backup::{self, Made, Restored};
use frontline_server::store::{Lock, StoreError};

use super::{World, words};
use crate::time::{Seeded, StoryClock};

impl World {
    /// Makes a backup of this name while the server runs.
    pub async fn backup(&mut self, name: &str) -> Result<Made, String> {
        let file = self.backup_file(name)?;
        backup::make(&self.server()?.app, &file).await.map_err(words)
    }

    /// Takes a backup off the list, and deletes its file.
    pub async fn let_backup_go(&mut self, name: &str) -> Result<(), String> {
        let file = self.backup_file(name)?;
        backup::let_go(&self.server()?.app, &file).map_err(words)?;
        fs::remove_file(file).map_err(words)
    }

    /// Stops the server, restores the backup of this name, and starts it again; on the same machine, or on a new one
    /// that has nothing but the key and the ledger.
    pub async fn restore(&mut self, name: &str, on_new: bool) -> Result<Restored, String> {
        let from = self.backup_file(name)?;
        let data = if on_new { self.stopped().await? } else { self.hand_over().await };
        if on_new {
            for one in fs::read_dir(&data).map_err(words)? {
                let one = one.map_err(words)?;
                match (one.file_name().to_str(), one.path()) {
                    (Some("server.key" | "server.ledger"), _) => {}
                    (_, path) if path.is_dir() => fs::remove_dir_all(path).map_err(words)?,
                    (_, path) => fs::remove_file(path).map_err(words)?,
                }
            }
        }
        let random = Seeded::new(self.seed ^ self.starts << 32 ^ self.time.now_ms().unsigned_abs());
        let restored = backup::restore(&data, &from, &*StoryClock::new(self.time.clone(), 0), &*random).await.map_err(words);
        self.start().await?;
        restored
    }

    /// Somebody stops the server and copies the database file, as people do.
    pub async fn copy_by_hand(&mut self, name: &str) -> Result<(), String> {
        let to = self.backup_file(name)?;
        let data = self.stopped().await?;
        fs::copy(data.join("server.db"), to).map_err(words)?;
        self.start().await
    }

    /// Somebody stops the server and copies such a file back over the database.
    pub async fn copy_back_by_hand(&mut self, name: &str) -> Result<(), String> {
        let from = self.backup_file(name)?;
        let data = self.stopped().await?;
        for log in ["server.db-wal", "server.db-shm"] {
            let _ = fs::remove_file(data.join(log));
        }
        fs::copy(from, data.join("server.db")).map_err(words)?;
        self.start().await
    }

    /// What phones gave back after a restore, and was not taken: type and reason.
    pub async fn given_back(&self) -> Result<Vec<serde_json::Value>, String> {
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        let rows = tx.given_aside(self.org, 1_000).await.map_err(words)?;
        Ok(rows.iter().map(|row| serde_json::json!({"type": row.entry_type.to_string(), "reason": row.why})).collect())
    }

    fn backup_file(&self, name: &str) -> Result<PathBuf, String> {
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_name {
            return Err("a backup has a name of letters, digits and hyphens".to_owned());
        }
        let folder = self.dir.join("backups");
        fs::create_dir_all(&folder).map_err(words)?;
        Ok(folder.join(name))
    }

    /// The server's folder, once nobody has a file of it open.
    async fn stopped(&mut self) -> Result<PathBuf, String> {
        let data = self.hand_over().await;
        for _ in 0..100 {
            match Lock::alone(&data.join("server.db")) {
                Ok(_) => return Ok(data),
                Err(StoreError::Busy) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(e) => return Err(words(e)),
            }
        }
        Err("the server did not let go of its files".to_owned())
    }
}
