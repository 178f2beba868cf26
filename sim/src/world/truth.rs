//! What the server's store holds, for comparing with what phones say.

use std::collections::BTreeMap;

use frontline_domain::document::{Run, RunChanged};
use frontline_domain::fact::Fact;
use frontline_domain::record::Site;
use frontline_domain::release::{Content, Release};
use frontline_domain::{CaptureId, EntryType, OrgId, Scope, TypeSet};
use frontline_protocol::sign::hex;
use frontline_protocol::{Entry, limits};
use frontline_server::App;
use frontline_server::judge::runs;
use frontline_server::records;
use serde_json::{Value, json};

use super::totals::{Totals, all_of, totals};
use super::{World, words};

/// An entry of a device that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fed {
    pub hash: String,
    pub scope: String,
    pub number: u64,
    /// What was done, whatever entry carries it: the id made at capture, where the type has one of its own.
    pub work: Option<CaptureId>,
}

/// Every entry of an organisation that devices wrote and that is stored.
pub async fn fed(app: &App, org: OrgId) -> Result<Vec<Fed>, String> {
    let mut tx = app.store.read().await.map_err(words)?;
    let sites: Vec<Site> = records::all(tx.as_mut(), org).await.map_err(words)?;
    let mut out = Vec::new();
    for site in sites {
        let scope = Scope::Site(site.id);
        for row in all_of(tx.as_mut(), org, scope, TypeSet::all()).await.map_err(words)? {
            if row.entry_type.is_from_devices() {
                let work = Entry::read(&row.bytes, limits::ENTRY).ok().and_then(|entry| work(&entry));
                out.push(Fed { hash: row.hash.to_string(), scope: scope.to_string(), number: row.number, work });
            }
        }
    }
    Ok(out)
}

fn work(entry: &Entry) -> Option<CaptureId> {
    let body = entry.body.as_slice();
    if entry.header.entry_type == EntryType::RUN_CHANGED {
        return RunChanged::decode(body).ok().map(|c| c.intent);
    }
    match Fact::decode(entry.header.entry_type, body)?.ok()? {
        Fact::FeedbackGiven(f) => Some(f.id),
        Fact::InteractionOpened(o) => Some(o.id),
        _ => None,
    }
}

impl World {
    /// Everything counted, with completeness asked for now.
    pub async fn totals(&self) -> Result<Totals, String> {
        totals(&self.server()?.app, self.org, self.time.now_ms() - 3_600_000).await
    }

    async fn sites(&self) -> Result<Vec<Site>, String> {
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        records::all(tx.as_mut(), self.org).await.map_err(words)
    }

    /// Every entry that devices wrote and that is stored.
    pub async fn feed_of_devices(&self) -> Result<Vec<Fed>, String> {
        fed(&self.server()?.app, self.org).await
    }

    /// Stored entries of devices, of one type or all.
    pub async fn stored(&self, name: Option<&str>) -> Result<Vec<Value>, String> {
        let types = match name {
            Some(name) => TypeSet::of(&[EntryType::by_name(name).ok_or_else(|| format!("there is no type ‘{name}’"))?]),
            None => TypeSet::all(),
        };
        let sites = self.sites().await?;
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        let mut out = Vec::new();
        for site in sites {
            let rows = all_of(tx.as_mut(), self.org, Scope::Site(site.id), types).await.map_err(words)?;
            let rows = rows.iter().filter(|r| r.entry_type.is_from_devices());
            out.extend(rows.map(|r| json!({"type": r.entry_type.to_string(), "site": site.slug.as_str(), "number": r.number})));
        }
        Ok(out)
    }

    /// What waits for what it builds on.
    pub async fn held(&self) -> Result<Vec<Value>, String> {
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        let rows = tx.all_held(self.org).await.map_err(words)?;
        Ok(rows.iter().map(|h| json!({"type": h.entry_type.to_string(), "reason": h.code.text()})).collect())
    }

    /// Where every run of the server stands: its scope, and its heads as a phone's screen carries them.
    pub async fn heads_by_run(&self) -> Result<BTreeMap<String, (Scope, String)>, String> {
        let shown = |run: &Run| run.heads().iter().map(|h| hex(&h)).collect::<Vec<_>>().join(",");
        Ok(self.scoped_runs().await?.iter().map(|(scope, run)| (run.id().to_string(), (*scope, shown(run)))).collect())
    }

    /// Every run of the server.
    pub async fn runs(&self) -> Result<Vec<Run>, String> {
        Ok(self.scoped_runs().await?.into_iter().map(|(_, run)| run).collect())
    }

    async fn scoped_runs(&self) -> Result<Vec<(Scope, Run)>, String> {
        let sites = self.sites().await?;
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        let mut out = Vec::new();
        for site in sites {
            for row in tx.docs(self.org, Scope::Site(site.id)).await.map_err(words)? {
                let release = tx.release(self.org, row.release).await.map_err(words)?.ok_or("a run's procedure is missing")?;
                let release = Release::decode(&release.bytes).map_err(words)?;
                let Content::Procedure(procedure) = release.content else { return Err("a run of something else".to_owned()) };
                out.push((Scope::Site(site.id), runs::load(tx.as_mut(), self.org, row.doc, &procedure.form).await.map_err(words)?));
            }
        }
        Ok(out)
    }

    /// Clashes at the server: those that stand, and those that somebody settled.
    pub async fn clashes(&self) -> Result<(u64, u64), String> {
        let (mut open, mut settled) = (0, 0);
        for run in self.runs().await? {
            open += run.standings().iter().filter(|s| s.is_clash()).count() as u64;
            settled += run.history().iter().filter(|h| h.answer.settles).count() as u64;
        }
        Ok((open, settled))
    }

    /// The server's final state for comparing two runs of a story.
    pub async fn server_state(&self) -> Result<Value, String> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for one in self.stored(None).await? {
            *counts.entry(one["type"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        }
        let runs = self.runs().await?;
        let standings = |run: &Run| {
            run.standings()
                .iter()
                .map(|s| json!({"item": s.key.item.as_str(), "values": s.answers.iter().map(|a| json!(a.value)).collect::<Vec<_>>()}))
                .collect::<Vec<_>>()
        };
        let mut tx = self.server()?.app.store.read().await.map_err(words)?;
        let all = tx.counts(self.org).await.map_err(words)?;
        Ok(
            json!({"stored": counts, "held": all.held, "quarantined": all.quarantined, "runs": runs.iter().map(standings).collect::<Vec<_>>()}),
        )
    }
}
