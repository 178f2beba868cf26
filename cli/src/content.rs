//! `content`: a folder of files, checked as a whole and published all or nothing.

use std::path::Path;

use frontline_content::Bundle;
use frontline_content::words::{count_of, shown};

use crate::args::{Content, OpenRuns, Remote};
use crate::client;
use crate::failure::{Done, Failure, print};

pub async fn run(it: Content) -> Done {
    match it {
        Content::Check { dir } => {
            let bundle = check(&dir)?;
            print(&format!("{}: {}: no problem found", shown(&bundle.organisation.name), bundle.counts()));
            Ok(())
        }
        Content::Push { dir, draft: false, to, open_runs, reason, .. } => {
            let withdraw = (open_runs == OpenRuns::Withdraw).then(|| reason.unwrap_or_default());
            send(&dir, &to, &client::How::Publish { withdraw }).await
        }
        Content::Push { dir, draft: true, only, to, .. } => send(&dir, &to, &client::How::Keep(only)).await,
        Content::Diff { dir, to } => send(&dir, &to, &client::How::Ask).await,
    }
}

async fn send(dir: &Path, to: &Remote, how: &client::How) -> Done {
    let bundle = check(dir)?;
    let client = client::Client::new(&to.server, &to.token)?;
    if !matches!(how, client::How::Ask) {
        let brought = client.bring(&bundle.media).await?;
        if brought > 0 {
            print(&format!("sent {}", count_of(brought, "picture or video", "pictures and videos")));
        }
    }
    let said = client.push(bundle.encode(), how).await?;
    said.lines().for_each(|line| print(&shown(line)));
    Ok(())
}

fn check(dir: &Path) -> Result<Bundle, Failure> {
    frontline_content::check(dir).map_err(|findings| {
        findings.iter().for_each(|f| print(&f.to_string()));
        Failure::failed(format!(
            "{}: {} found; nothing of this folder can be published yet",
            dir.display(),
            count_of(findings.len(), "problem", "problems")
        ))
    })
}
