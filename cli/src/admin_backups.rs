//! `admin backup`, `admin backups`, `admin restore`, `admin given-back`: in words, or with `--json` as one object a line.

use std::path::PathBuf;

use clap::Args;
use frontline_server::backup::{self, Kept, Pictures, pictures};
use frontline_server::system::{SystemClock, SystemRandom};
use serde_json::{Value, json};

use crate::admin::{desk, existing, existing_in};
use crate::args::ServerData;
use crate::failure::{Done, print};
use crate::when;

#[derive(Debug, Args)]
pub struct Backup {
    /// The server's folder
    #[arg(long)]
    pub data: PathBuf,
    /// The file; must not exist
    #[arg(long)]
    pub out: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Backups {
    /// The server's folder
    #[arg(long)]
    pub data: PathBuf,
    /// Take this file off the list before you delete it: phones keep what they captured until it is in the oldest backup of the list
    #[arg(long, value_name = "FILE")]
    pub let_go: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// The server's folder, with its server.key and server.ledger
    #[arg(long)]
    pub data: PathBuf,
    /// The backup
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    #[arg(long)]
    pub json: bool,
}

fn shown(kept: &Kept) -> Value {
    json!({"file": kept.file, "until": when::iso(kept.until_ms), "incarnation": kept.incarnation.to_string(), "bytes": kept.bytes})
}

pub async fn backup(it: &Backup) -> Done {
    let app = existing_in(&it.data).await?;
    let made = backup::make(&app, &it.out).await?;
    if it.json {
        let mut said = shown(&made.kept);
        (said["entries"], said["feeds"], said["pictures"]) = (json!(made.entries), json!(made.feeds), json!(made.pictures));
        print(&said.to_string());
    } else {
        let (until, bytes) = (when::iso(made.kept.until_ms), made.kept.bytes);
        print(&format!("{}: everything until {until}; {} entries, {bytes} bytes, looked through and sound", made.kept.file, made.entries));
        print(&beside(&made.kept, made.pictures));
    }
    if made.pictures.missing > 0 {
        crate::failure::say!(
            "careful: {} pictures that the database names are not at the server, or not as they were sent; a backup can't hold them",
            made.pictures.missing
        );
    }
    Ok(())
}

/// Where a backup's pictures are, and how many came now.
fn beside(kept: &Kept, all: Pictures) -> String {
    let folder = pictures::beside(std::path::Path::new(&kept.file));
    format!("{}: {} pictures, {} bytes, looked through; {} of them came now", folder.display(), all.held, all.bytes, all.copied)
}

pub async fn backups(it: &Backups) -> Done {
    let app = existing_in(&it.data).await?;
    if let Some(file) = &it.let_go {
        let kept = backup::let_go(&app, file)?;
        crate::failure::say!("{} is off the list; the file itself is left alone", kept.file);
    }
    let all = backup::list(&app)?;
    if all.is_empty() {
        crate::failure::say!("no backup is kept: what phones captured stays on them");
    }
    for (kept, is_there) in all {
        if it.json {
            let mut said = shown(&kept);
            said["there"] = json!(is_there && kept.has_its_pictures());
            print(&said.to_string());
        } else {
            let gone = match (is_there, kept.has_its_pictures()) {
                (true, true) => "",
                (true, false) => "  PICTURES GONE: the folder beside it is not there",
                (false, _) => "  GONE: not there, or not as it was written",
            };
            print(&format!("{}  until {}{gone}", kept.file, when::iso(kept.until_ms)));
        }
    }
    Ok(())
}

pub async fn restore(it: &Restore) -> Done {
    let from = &it.from;
    let done = backup::restore(&it.data, from, &SystemClock, &SystemRandom).await?;
    let aside = done.set_aside.as_ref().map(|path| path.display().to_string());
    let carried_out = done.carried_out;
    if it.json {
        print(
            &json!({
                "from": from.display().to_string(), "until": when::iso(done.until_ms), "entries": done.entries,
                "incarnation": done.incarnation.to_string(), "set_aside": aside, "carried_out": carried_out,
                "trusted_until": done.trusted_until_ms.map(when::iso), "pictures": done.pictures,
            })
            .to_string(),
        );
        return Ok(());
    }
    print(&format!("restored from {}: {} entries, everything until {}", from.display(), done.entries, when::iso(done.until_ms)));
    if let Some(aside) = aside {
        print(&format!("what was there before is kept as {aside}"));
    }
    let Pictures { held, copied, missing, .. } = done.pictures;
    print(&format!(
        "{held} pictures are here and looked through, {copied} of them from beside the backup; {missing} are missing, and are asked of phones again"
    ));
    let total = carried_out.forgotten + carried_out.revoked + carried_out.found + carried_out.withdrawn + carried_out.tokens;
    print(&format!(
        "the ledger had {total} orders that the backup did not know: {} customers forgotten, {} devices revoked, {} found again, {} roles and {} tokens withdrawn",
        carried_out.forgotten, carried_out.revoked, carried_out.found, carried_out.withdrawn, carried_out.tokens
    ));
    print("everybody signs in to the console again, with the password that they had at the time of the backup");
    print(&format!("the server lives on as {}; phones notice at their next sync, and offer again what it lacks", done.incarnation));
    if let Some(ms) = done.trusted_until_ms {
        print(&format!(
            "careful: the list has a newer oldest backup, and phones may have let go of what they captured before {}",
            when::iso(ms)
        ));
    }
    Ok(())
}

pub async fn given_back(at: &ServerData) -> Done {
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let org = desk.org();
    let all = desk.tx.given_aside(org, 10_000).await?;
    if all.is_empty() {
        crate::failure::say!("everything that phones gave back was taken");
    }
    for one in all {
        let said = json!({
            "id": one.hash, "type": one.entry_type.to_string(), "scope": one.scope.to_string(), "why": one.why,
            "given_by": one.given_by, "at": when::iso(one.given_ms),
        });
        print(&said.to_string());
    }
    Ok(())
}
