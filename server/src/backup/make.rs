//! Making a backup while the server runs.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use super::{BackupError, Kept, Pictures, io, pictures, settle_names};
use crate::app::App;
use crate::ledger::Order;
use crate::store::examine;

/// A backup that was made, and found sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub kept: Kept,
    pub entries: u64,
    pub feeds: u64,
    pub pictures: Pictures,
}

/// Writes everything that is committed by now to the new file `out`, looks through it, and only then gives it its
/// name and a place on the list. On any failure nothing of that name is left.
pub async fn make(app: &App, out: &Path) -> Result<Made, BackupError> {
    let out = std::path::absolute(out).map_err(io(out))?;
    if out.exists() {
        return Err(BackupError::Exists { path: out.display().to_string() });
    }
    let (folder, part) = (out.parent().unwrap_or(Path::new("/")).to_owned(), part(&out));
    let done = write(app, &out, &part).await;
    let _ = fs::remove_file(&part);
    let made = done?;
    settle_names(&folder)?;
    app.ledger.append(&[Order::Backup(made.kept.clone())])?;
    app.look_at_backups()?;
    Ok(made)
}

fn part(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    out.with_file_name(name)
}

async fn write(app: &App, out: &Path, part: &Path) -> Result<Made, BackupError> {
    // Whoever may read it may read everything.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(part) {
        Ok(_) => {}
        // Left by one that was cut.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            fs::remove_file(part).map_err(io(part))?;
            options.open(part).map_err(io(part))?;
        }
        Err(e) => return Err(io(part)(e)),
    }
    let until_ms = instant(app).await?;
    app.store.copy_to(part).await?;
    let unsound = |source| BackupError::Unsound { path: part.display().to_string(), source };
    let looked_at = part.to_owned();
    let examined = tokio::task::spawn_blocking(move || examine(&looked_at)).await;
    let examined = examined.map_err(|e| unsound(crate::store::StoreError::Failed(e.to_string())))?.map_err(unsound)?;
    File::open(part).and_then(|file| file.sync_all()).map_err(io(part))?;
    // Before it gets its name: what is called a backup has its pictures beside it.
    let (keep, copy, beside) = (app.blobs.keeper(), part.to_owned(), out.to_owned());
    let brought = tokio::task::spawn_blocking(move || {
        let brought = pictures::keep(&*keep, &copy, &beside)?;
        pictures::settled(&beside).map(|()| brought)
    });
    let pictures = brought.await.map_err(|e| crate::store::StoreError::Failed(e.to_string()))??;
    named(part, out)?;
    let bytes = fs::metadata(out).map_err(io(out))?.len();
    let kept =
        Kept { file: out.display().to_string(), incarnation: examined.standing.incarnation, until_ms, bytes, pictures: pictures.held };
    Ok(Made { kept, entries: examined.entries, feeds: examined.feeds, pictures })
}

/// A time that no commit before it comes after, and no later commit is at or before.
async fn instant(app: &App) -> Result<i64, BackupError> {
    let mut tx = app.store.write().await?;
    let until_ms = tx.standing().await?.latest_ms.max(app.now_ms());
    tx.note_time(until_ms + 1).await?;
    tx.commit().await?;
    Ok(until_ms)
}

/// Gives the file its name, unless something else got it meanwhile.
fn named(part: &Path, out: &Path) -> Result<(), BackupError> {
    match fs::hard_link(part, out) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Err(BackupError::Exists { path: out.display().to_string() }),
        // A file system without links.
        Err(_) if !out.exists() => fs::rename(part, out).map_err(io(out)),
        Err(e) => Err(io(out)(e)),
    }
}
