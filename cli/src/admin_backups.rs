//! `admin backup`, `admin backups`, `admin restore`: in words, or with `--json` as one object a line.

use std::path::Path;

use frontline_server::backup::{self, Kept};
use frontline_server::system::{SystemClock, SystemRandom};
use serde_json::{Value, json};

use crate::admin::existing_in;
use crate::failure::{Done, print};
use crate::when;

fn shown(kept: &Kept) -> Value {
    json!({"file": kept.file, "until": when::iso(kept.until_ms), "incarnation": kept.incarnation.to_string(), "bytes": kept.bytes})
}

pub async fn backup(data: &Path, out: &Path, as_json: bool) -> Done {
    let app = existing_in(data).await?;
    let made = backup::make(&app, out).await?;
    if as_json {
        let mut said = shown(&made.kept);
        (said["entries"], said["feeds"]) = (json!(made.entries), json!(made.feeds));
        print(&said.to_string());
    } else {
        let (until, bytes) = (when::iso(made.kept.until_ms), made.kept.bytes);
        print(&format!("{}: everything until {until}; {} entries, {bytes} bytes, looked through and sound", made.kept.file, made.entries));
    }
    Ok(())
}

pub async fn backups(data: &Path, let_go: Option<&Path>, as_json: bool) -> Done {
    let app = existing_in(data).await?;
    if let Some(file) = let_go {
        let kept = backup::let_go(&app, file)?;
        eprintln!("{} is off the list; the file itself is left alone", kept.file);
    }
    let all = backup::list(&app)?;
    if all.is_empty() {
        eprintln!("no backup is kept: what phones captured stays on them");
    }
    for (kept, is_there) in all {
        if as_json {
            let mut said = shown(&kept);
            said["there"] = json!(is_there);
            print(&said.to_string());
        } else {
            let gone = if is_there { "" } else { "  GONE: not there, or not as it was written" };
            print(&format!("{}  until {}{gone}", kept.file, when::iso(kept.until_ms)));
        }
    }
    Ok(())
}

pub async fn restore(data: &Path, from: &Path, as_json: bool) -> Done {
    let done = backup::restore(data, from, &SystemClock, &SystemRandom).await?;
    let aside = done.set_aside.as_ref().map(|path| path.display().to_string());
    let carried_out = done.carried_out;
    if as_json {
        print(
            &json!({
                "from": from.display().to_string(), "until": when::iso(done.until_ms), "entries": done.entries,
                "incarnation": done.incarnation.to_string(), "set_aside": aside, "carried_out": carried_out,
                "trusted_until": done.trusted_until_ms.map(when::iso),
            })
            .to_string(),
        );
        return Ok(());
    }
    print(&format!("restored from {}: {} entries, everything until {}", from.display(), done.entries, when::iso(done.until_ms)));
    if let Some(aside) = aside {
        print(&format!("what was there before is kept as {aside}"));
    }
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
