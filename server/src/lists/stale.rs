//! Rows that are to be worked out: a run costs its whole document, so whoever stores a change of it only says so, and
//! the work is done beside it: now and then, and before somebody looks at the list.

use frontline_domain::OrgId;

use super::runs::Ready;
use super::{actions, runs};
use crate::panics::caught;
use crate::store::{Heading, List, ReadTx, Result, Stale, Store, StoreError};

/// Held from the reading of a row to its writing.
static WORKING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Rows that are written at once: the writer is kept for some milliseconds by them.
const BATCH: usize = 50;

/// What a row shows, and where it is found.
pub(super) struct Worked {
    pub headings: Vec<(Heading, Vec<u8>)>,
    pub body: Vec<u8>,
}

/// Works out up to so many rows of an organisation; how many there were. It stops after `until` says so.
pub async fn work_off(store: &dyn Store, org: OrgId, most: usize, until: impl Fn() -> bool) -> Result<usize> {
    let (mut done, mut ready) = (0, Ready::default());
    while done < most && !(done > 0 && until()) {
        // One at a time: the mark of a row says that it changed, and not which of two who worked it out saw more. For a
        // batch: whoever waits does not wait for all that another one has before them.
        let _alone = WORKING.lock().await;
        let mut tx = store.read().await?;
        let stale = tx.stale(org, BATCH.min(most - done)).await?;
        let mut worked = Vec::with_capacity(stale.len());
        for one in stale {
            match caught(worked_out(&mut *tx, &mut ready, org, &one)).await {
                Some(Ok(row)) => worked.push((Some(row), one)),
                // What can't be read must not keep everybody else's rows back: it stays as it is until it changes again.
                Some(Err(StoreError::Corrupt(_))) | None => {
                    tracing::error!(%org, key = %one.key, "a row of a list could not be worked out");
                    worked.push((None, one));
                }
                Some(Err(error)) => return Err(error),
            }
            if until() {
                break;
            }
            // A long run takes milliseconds, and whoever waits for this thread is a phone.
            tokio::task::yield_now().await;
        }
        drop(tx);
        if worked.is_empty() {
            break;
        }
        done += worked.len();
        let mut tx = store.write().await?;
        for (row, stale) in worked {
            if let Some(row) = row {
                let (headings, body) = row.map_or((Vec::new(), None), |row| (row.headings, Some(row.body)));
                tx.put_listed_row(org, stale.list, &stale.key, body.as_deref()).await?;
                tx.set_listed(org, stale.list, &stale.key, &headings).await?;
            }
            tx.remove_stale(org, &stale).await?;
        }
        tx.commit().await?;
    }
    Ok(done)
}

async fn worked_out(tx: &mut dyn ReadTx, ready: &mut Ready, org: OrgId, one: &Stale) -> Result<Option<Worked>> {
    match one.list {
        List::Actions => actions::worked_out(tx, org, &one.key).await,
        List::Runs => runs::worked_out(tx, ready, org, &one.key).await,
        List::People | List::Devices | List::Assignments | List::Quarantine | List::Content => Ok(None),
    }
}
