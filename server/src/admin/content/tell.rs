//! What changes within a part: of a form item by item, of a list row by row.

use std::collections::{BTreeMap, BTreeSet};

use frontline_content::{Bundle, Plan, What, lines, media_lines, procedure_lines, rows_changed};
use frontline_domain::ReleaseHash;
use frontline_domain::record::Publication;
use frontline_domain::release::{Content, List, Release, Rows};

use crate::admin::{Desk, Result};
use crate::records::{self, publication_key};

impl Desk<'_> {
    /// Says of each release that changes what of it does.
    pub(super) async fn tell_items(&mut self, plan: &mut Plan, bundle: &Bundle) -> Result<()> {
        let org = self.pen.org.id;
        for change in plan.changes.iter_mut().filter(|c| c.what == What::Changed && c.part.is_release()) {
            let Some(new) = bundle.releases.iter().find(|r| r.kind() == change.part.name() && r.slug.as_str() == change.key) else {
                continue;
            };
            let key = publication_key(new.kind(), &new.slug);
            let Some(now) = records::one::<Publication>(self.tx.as_read(), org, &key).await? else { continue };
            let Some(row) = self.tx.release(org, now.release).await? else { continue };
            let Ok(old) = Release::decode(&row.bytes) else { continue };
            if let (Content::List(old), Content::List(new)) = (&old.content, &new.content) {
                change.items = self.tell_rows(old, new, bundle).await?;
            }
            if let (Some(before), Some(after)) = (old.form(), new.form()) {
                change.items = procedure_lines(&old, new);
                change.items.extend(lines(before, after));
            }
            change.items.extend(media_lines(&old, new));
        }
        Ok(())
    }

    /// Of the parts that both versions have nothing is to be told.
    async fn tell_rows(&mut self, old: &List, new: &List, bundle: &Bundle) -> Result<Vec<String>> {
        let given: BTreeMap<ReleaseHash, &Release> = bundle.rows.iter().map(|part| (Release::hash_of(&part.encode()), part)).collect();
        let (had, has): (BTreeSet<_>, BTreeSet<_>) = (old.parts.iter().collect(), new.parts.iter().collect());
        let mut before = Vec::new();
        for hash in old.parts.iter().filter(|part| !has.contains(part)) {
            let row = self.tx.release(self.pen.org.id, *hash).await?;
            before.extend(row.and_then(|row| Release::decode(&row.bytes).ok()).and_then(rows_of));
        }
        let after = new.parts.iter().filter(|part| !had.contains(part)).filter_map(|hash| given.get(hash));
        let after: Vec<Rows> = after.filter_map(|part| rows_of((*part).clone())).collect();
        Ok(rows_changed(&before, &after))
    }
}

fn rows_of(part: Release) -> Option<Rows> {
    if let Content::Rows(rows) = part.content { Some(rows) } else { None }
}
