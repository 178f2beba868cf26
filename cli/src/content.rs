//! `content`: a folder of files, checked as a whole and published all or nothing.

use std::path::Path;

use frontline_content::Bundle;

use crate::args::{Content, Remote};
use crate::client;
use crate::failure::{Done, Failure, print};

pub async fn run(it: Content) -> Done {
    match it {
        Content::Check { dir } => {
            let bundle = check(&dir)?;
            let releases = |kind: &str| bundle.releases.iter().filter(|r| r.kind() == kind).count();
            print(&format!(
                "{}: {} sites, {} people, {} touchpoints, {} procedures, {} surveys, {} modules, {} assignments: no problem found",
                bundle.organisation.name,
                bundle.sites.len(),
                bundle.people.len(),
                bundle.touchpoints.len(),
                releases("procedure"),
                releases("survey"),
                releases("module"),
                bundle.assignments.len(),
            ));
            Ok(())
        }
        Content::Push { dir, to } => send(&dir, &to, false).await,
        Content::Diff { dir, to } => send(&dir, &to, true).await,
    }
}

async fn send(dir: &Path, to: &Remote, dry_run: bool) -> Done {
    let bundle = check(dir)?;
    let said = client::push(&to.server, &to.token, bundle.encode(), dry_run).await?;
    print(said.trim_end());
    Ok(())
}

fn check(dir: &Path) -> Result<Bundle, Failure> {
    frontline_content::check(dir).map_err(|findings| {
        findings.iter().for_each(|f| print(&f.to_string()));
        Failure::failed(format!(
            "{}: {} found; nothing is published before they are mended",
            dir.display(),
            match findings.len() {
                1 => "1 problem".to_owned(),
                n => format!("{n} problems"),
            }
        ))
    })
}
