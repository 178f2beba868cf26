//! `admin recovery` and `admin import`: what opens files of unsent work and stores of lost phones.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use frontline_content::words::count;
use frontline_domain::OrgId;
use frontline_protocol::hpke::public_key;
use frontline_protocol::sign::hex;
use frontline_server::admin::import::Imported;
use frontline_server::admin::{self, AdminError, Desk};
use frontline_server::{App, AppState};
use serde_json::{Value, json};

use crate::admin::existing;
use crate::args::ServerData;
use crate::failure::{Done, Failure, print};

/// `admin import`
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    at: ServerData,
    file: PathBuf,
    /// The private half of the recovery key, where it is kept elsewhere
    #[arg(long, value_name = "FILE")]
    recovery_key: Option<PathBuf>,
}

/// `admin recovery`
#[derive(Debug, Args)]
pub struct Recovery {
    #[command(flatten)]
    at: ServerData,
    /// A new file, away from this server
    #[arg(long, value_name = "FILE")]
    take: Option<PathBuf>,
    /// Make another pair in the place of the one of today, whose private half stays in a file of its own
    #[arg(long)]
    renew: bool,
}

async fn found(at: &ServerData) -> Result<(AppState, OrgId), Failure> {
    let app = existing(at).await?;
    let org = {
        let mut tx = app.store.read().await?;
        admin::organisation(tx.as_mut(), at.org.as_deref()).await?.id
    };
    Ok((app, org))
}

/// Takes a file in that `device export` wrote.
pub async fn import(it: &Import) -> Done {
    let (app, org) = found(&it.at).await?;
    let done = admin::import::import(&app, org, &it.file, it.recovery_key.as_deref()).await?;
    print(&said(&done).to_string());
    if done.pictures.waiting > 0 {
        crate::failure::say!(
            "frontline: {} not taken yet: what names them is held or in quarantine (frontline admin quarantine). Keep the file; once that is let in, import it again",
            count(done.pictures.waiting as u64, "picture was", "pictures were")
        );
    }
    if done.closed > 0 {
        crate::failure::say!(
            "frontline: {} about customers left in the file: their keys are sealed to another server's key. Import it where that key is",
            count(done.closed as u64, "entry was", "entries were")
        );
    }
    Ok(())
}

/// What became of a file, as JSON.
fn said(done: &Imported) -> Value {
    let pictures = done.pictures;
    json!({
        "stored": done.stored, "held": done.held, "quarantined": done.quarantined, "replaced": done.replaced, "closed": done.closed,
        "pictures": { "stored": pictures.stored, "known": pictures.known, "waiting": pictures.waiting },
    })
}

/// Makes the pair where there is none, and moves its private half where that is asked for.
pub async fn recovery(it: &Recovery) -> Done {
    let (app, org) = found(&it.at).await?;
    let mut desk = Desk::open(&app, org).await?;
    let public = if it.renew { desk.renew_recovery_key().await? } else { desk.recovery_key().await? };
    desk.close().await?;
    let private = app.recovery.private_file(org);
    if let Some(to) = &it.take {
        moved(&app, org, &private, to)?;
    }
    let here = private.exists().then(|| private.display().to_string());
    print(&json!({"org": org, "public": hex(&public), "private": here}).to_string());
    Ok(())
}

/// Written and flushed there, then taken away here: it is never nowhere.
fn moved(app: &App, org: OrgId, from: &Path, to: &Path) -> Done {
    let failed = |e: std::io::Error| Failure::failed(format!("{}: {e}", to.display()));
    let secret = app.recovery.private(org).map_err(|e| AdminError::Invalid(e.to_string()))?;
    let secret = secret.ok_or_else(|| Failure::failed("the private half is not here; it was taken before"))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to).map_err(failed)?;
    file.write_all(secret.as_slice()).and_then(|()| file.sync_all()).map_err(failed)?;
    let there = std::fs::read(to).map_err(failed)?;
    let is_same = <[u8; 32]>::try_from(there.as_slice()).is_ok_and(|bytes| public_key(&bytes) == public_key(&secret));
    if !is_same {
        return Err(Failure::failed(format!("{}: what was written is not what is there; nothing was taken away here", to.display())));
    }
    std::fs::remove_file(from).map_err(|e| Failure::failed(format!("{}: {e}", from.display())))
}
