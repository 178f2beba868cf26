//! Content, by kind and slug.

use frontline_domain::OrgId;
use frontline_domain::record::Publication;

use super::{ANY, PUBLISHED, WITHDRAWN, headings};
use crate::records::Keyed;
use crate::store::{List, Result, WriteTx};

pub(super) async fn list(tx: &mut dyn WriteTx, org: OrgId, publication: &Publication) -> Result<()> {
    let mut facets = vec![ANY.to_owned()];
    if publication.withdrawn {
        facets.push(WITHDRAWN.into());
    } else {
        facets.extend([PUBLISHED.into(), publication.kind.clone()]);
    }
    let key = publication.key();
    let sort = key.clone().into_bytes();
    let rows: Vec<_> = headings(&[None], &facets).into_iter().map(|one| (one, sort.clone())).collect();
    tx.set_listed(org, List::Content, &key, &rows).await
}
