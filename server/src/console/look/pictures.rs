//! The pictures and recordings of a run or of an action, as its site's feed names them: which are here, and which have not arrived yet.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use frontline_domain::fact::{BlobCaptured, BlobKind, Fact};
use frontline_domain::{BlobHash, DocId, EntryType, OrgId, Scope};

use super::facts::{self, Found};
use crate::store::blobs::NamedBlob;
use crate::store::{ReadTx, Result};

/// One of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The small one, where it is here.
    pub small: Option<BlobHash>,
    /// Whether the whole one is here.
    pub here: bool,
    /// The number of the fact that names it.
    pub number: u64,
    /// It was chosen from what was saved on the phone; known of those of [`Pictures::with_taken`] only.
    pub not_live: bool,
}

/// By the name of the whole one.
#[derive(Debug, Default)]
pub struct Pictures(BTreeMap<BlobHash, Picture>);

impl Pictures {
    /// Those of a run or of an action ([`frontline_domain::fact::BlobOf::id`]).
    pub async fn of(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, of: &[u8; 16]) -> Result<Self> {
        let mut all: BTreeMap<BlobHash, Picture> = BTreeMap::new();
        // A fact of another feed that names this run is none about it. Of several that name one picture the first says what it
        // is, and which its small one is: whoever names a colleague's again puts nothing in its place.
        let named: Vec<NamedBlob> = tx.blobs_of(org, of).await?.into_iter().filter(|n| n.scope == scope).collect();
        for one in named.iter().filter(|n| n.small_of.is_none()) {
            if let Entry::Vacant(free) = all.entry(one.blob) {
                free.insert(Picture { here: tx.blob_here(org, &one.blob).await?.is_some(), number: one.number, ..Picture::default() });
            }
        }
        for small in &named {
            let Some(whole) = small.small_of.and_then(|whole| all.get_mut(&whole)).filter(|whole| whole.number == small.number) else {
                continue;
            };
            whole.small = tx.blob_here(org, &small.blob).await?.is_some().then_some(small.blob);
        }
        Ok(Self(all))
    }

    /// Those of a run, with how each was taken: the fact of each is read for it.
    pub async fn with_taken(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, run: DocId) -> Result<Self> {
        let mut all = Self::of(tx, org, scope, run.as_bytes()).await?;
        for picture in all.0.values_mut().filter(|one| one.number > 0) {
            let said = said(tx, org, scope, picture.number).await?.map(|(_, said)| said);
            // Nobody asks whether a recording was made at that moment.
            picture.not_live = said.is_some_and(|said| !said.live && said.kind() == Some(BlobKind::Picture));
        }
        Ok(all)
    }

    /// One; nothing of it is here where no fact names it.
    pub fn get(&self, blob: &BlobHash) -> Picture {
        self.0.get(blob).cloned().unwrap_or_default()
    }
}

/// What is said of a picture by the fact with this number.
pub async fn said(tx: &mut dyn ReadTx, org: OrgId, scope: Scope, number: u64) -> Result<Option<(Found, BlobCaptured)>> {
    let Some(before) = number.checked_sub(1) else { return Ok(None) };
    let found = facts::one(tx, org, scope, EntryType::BLOB_CAPTURED, before).await?.filter(|f| f.number == number);
    Ok(found.and_then(|f| match f.fact.clone() {
        Fact::BlobCaptured(said) => Some((f, said)),
        _ => None,
    }))
}
