//! Releases that were read before. They never change, so none is read twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use frontline_domain::release::{Content, Procedure, ReasonTree, Release};
use frontline_domain::{OrgId, ReleaseHash};

use crate::store::{ReadTx, Result};

/// Releases kept in memory at most; over it, it begins anew.
const MOST: usize = 500;

/// The releases of all organisations, each under its own.
#[derive(Debug, Default)]
pub struct Library {
    known: Mutex<BTreeMap<(OrgId, ReleaseHash), Arc<Release>>>,
}

impl Library {
    /// The release, if the organisation published it and this build can read it.
    pub async fn get(&self, tx: &mut dyn ReadTx, org: OrgId, hash: ReleaseHash) -> Result<Option<Arc<Release>>> {
        if let Some(release) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&(org, hash)) {
            return Ok(Some(release.clone()));
        }
        let Some(row) = tx.release(org, hash).await? else { return Ok(None) };
        let Ok(release) = Release::decode(&row.bytes) else { return Ok(None) };
        let release = Arc::new(release);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((org, hash), release.clone());
        Ok(Some(release))
    }
}

/// The procedure that a release is.
pub fn procedure(release: &Release) -> Option<&Procedure> {
    match &release.content {
        Content::Procedure(procedure) => Some(procedure),
        _ => None,
    }
}

/// The reason tree that a release is.
pub fn reasons(release: &Release) -> Option<&ReasonTree> {
    match &release.content {
        Content::Reasons(tree) => Some(tree),
        _ => None,
    }
}
