//! Drafts: new versions of procedures that lie at the server until somebody publishes them or drops them. No phone has
//! them but those of the people whom they are given to, to be tried: as releases of another kind, in these people's own
//! feeds, so that their runs are told from all others by what they refer to (ADR 27). What publishing one does is what a
//! push of its folder would have done.

use std::collections::BTreeSet;

use frontline_content::bundle::Part;
use frontline_content::{Bundle, Plan, Stage, What, diff};
use frontline_domain::form::Item;
use frontline_domain::record::{Person, Publication};
use frontline_domain::release::{Content, DRAFT, Release};
use frontline_domain::{EntryHash, EntryType, OrgId, PersonId, ReleaseHash, Scope, Slug};

use super::media;
use crate::admin::{AdminError, Desk, Result};
use crate::app::App;
use crate::blobs::content;
use crate::records::{self, publication_key};
use crate::store::{DraftRow, PublishedRow, ReleaseRow, StoreError};

/// The only kind of content that is kept as a draft.
pub const KIND: &str = "procedure";

/// What is to be looked at before it is published: the procedures of a bundle that differ from what is published, or those
/// named. A draft that was kept before and no longer differs is dropped. All or nothing; nothing else of the bundle is
/// looked at.
pub async fn keep(app: &App, org: OrgId, bundle: &Bundle, only: &[Slug]) -> Result<Plan> {
    bundle.verify().map_err(|wrong| AdminError::Invalid(wrong.join("; ")))?;
    if let Some(unknown) = only.iter().find(|slug| bundle.release(KIND, slug).is_none()) {
        return Err(AdminError::Invalid(format!("there is no procedure ‘{unknown}’ in the folder")));
    }
    media::take(app, org, bundle).await?;
    let mut desk = Desk::open(app, org).await?;
    let mut plan = diff(&desk.published().await?, bundle);
    let named: BTreeSet<&str> = only.iter().map(Slug::as_str).collect();
    let is_kept = |what| matches!(what, What::Added | What::Changed | What::Unchanged);
    plan.changes.retain(|c| c.part == Part::Procedure && is_kept(c.what) && (named.is_empty() || named.contains(c.key.as_str())));
    desk.tell_items(&mut plan, bundle).await?;
    for change in &mut plan.changes {
        if change.what == What::Unchanged {
            // A draft of it may be a colleague's: only whoever names it takes it back.
            if named.contains(change.key.as_str()) {
                desk.forget_draft(KIND, &change.key).await?;
            }
            continue;
        }
        let release = bundle.releases.iter().find(|r| r.kind() == KIND && r.slug.as_str() == change.key);
        let release = release.ok_or_else(|| AdminError::Invalid(format!("procedure {} is not in the bundle", change.key)))?;
        let row = DraftRow {
            kind: KIND.to_owned(),
            slug: change.key.clone(),
            bytes: release.encode(),
            fingerprint: frontline_content::bundle::release_fingerprint(release).into_array(),
            at_ms: desk.now_ms,
        };
        desk.refuse_lacking(bundle, release).await?;
        desk.name_draft(release, &row).await?;
        desk.tx.put_draft(org, &row).await?;
        // Whoever tries it tries this one from now on.
        let testers = desk.tx.testers(org, KIND, &change.key).await?;
        if !testers.is_empty() {
            desk.refuse_unknown_lists(release).await?;
        }
        let who = match testers.len() {
            0 => "nobody has it yet".to_owned(),
            1 => "1 person tries it, and gets this one".to_owned(),
            n => format!("{n} people try it, and get this one"),
        };
        for person in testers {
            desk.give_to_try(release, person).await?;
        }
        change.effect = format!("{who}: look at it, and publish or drop it, in the console at /content/{KIND}/{}/draft", change.key);
    }
    desk.close().await?;
    Ok(Plan { stage: Stage::Kept, ..plan })
}

/// The release of a draft, and its hash, by which whoever looked at it says which they mean.
pub fn read(row: &DraftRow) -> Result<(ReleaseHash, Release)> {
    let release = Release::decode(&row.bytes).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok((Release::hash_of(&row.bytes), release))
}

impl Desk<'_> {
    /// Publishes a draft as the successor of `over`, which stands under its name. Not done where either is another by now,
    /// or gone: a version that a colleague published meanwhile would be undone by what was never compared with it.
    pub async fn publish_draft(&mut self, kind: &str, slug: &Slug, (seen, over): (ReleaseHash, Option<ReleaseHash>)) -> Result<bool> {
        let Some((row, release)) = self.draft(kind, slug, seen).await? else { return Ok(false) };
        let org = self.org();
        let stands: Option<Publication> = records::one(self.tx.as_read(), org, &publication_key(kind, slug)).await?;
        if stands.map(|publication| publication.release) != over {
            return Ok(false);
        }
        self.refuse_unknown_lists(&release).await?;
        self.publish(&release).await?;
        let (org, fingerprint) = (self.org(), row.fingerprint);
        self.tx.put_published(org, &PublishedRow { part: row.kind, key: row.slug, fingerprint }).await?;
        self.forget_draft(kind, slug.as_str()).await?;
        Ok(true)
    }

    /// Takes a draft away. Not done where it is another by now, or gone.
    pub async fn drop_draft(&mut self, kind: &str, slug: &Slug, seen: ReleaseHash) -> Result<bool> {
        let found = self.draft(kind, slug, seen).await?.is_some();
        if found {
            self.forget_draft(kind, slug.as_str()).await?;
        }
        Ok(found)
    }

    /// Gives a draft to somebody, to be tried on their phone. Not done where it is another by now, or gone.
    pub async fn lend_draft(&mut self, kind: &str, slug: &Slug, seen: ReleaseHash, person: PersonId) -> Result<bool> {
        let Some((row, release)) = self.draft(kind, slug, seen).await? else { return Ok(false) };
        let org = self.org();
        let known: Option<Person> = records::one(self.tx.as_read(), org, &person.to_string()).await?;
        if known.is_none_or(|person| person.withdrawn) {
            return Err(AdminError::Invalid("a draft is tried by somebody of the organisation".into()));
        }
        self.refuse_unknown_lists(&release).await?;
        self.tx.put_tester(org, &row.kind, &row.slug, person).await?;
        self.give_to_try(&release, person).await?;
        Ok(true)
    }

    /// They try it no longer; what they filled in stays, as tries. Whether they did.
    pub async fn take_draft_back(&mut self, kind: &str, slug: &Slug, person: PersonId) -> Result<bool> {
        let org = self.org();
        let tried = self.tx.testers(org, kind, slug.as_str()).await?.contains(&person);
        if tried {
            self.tx.remove_tester(org, kind, slug.as_str(), person).await?;
            self.end_try(slug, person).await?;
        }
        Ok(tried)
    }

    /// Into the feed of that person alone: the release, once, and that it is theirs to try.
    async fn give_to_try(&mut self, release: &Release, person: PersonId) -> Result<()> {
        let trial = release.to_try().ok_or_else(|| AdminError::Invalid("only a procedure is tried".into()))?;
        let (org, scope, bytes) = (self.org(), Scope::Person(person), trial.encode());
        let hash = Release::hash_of(&bytes);
        let key = hash.to_string();
        if self.tx.fed(org, EntryType::RELEASE, &key, scope).await?.is_none() {
            let number = self.pen.write(&mut *self.tx, &mut self.feeds, scope, EntryType::RELEASE, bytes.clone()).await?;
            self.tx.set_fed(org, EntryType::RELEASE, &key, scope, EntryHash::from_bytes(*hash.as_bytes())).await?;
            let (kind, slug) = (trial.kind().to_owned(), trial.slug.to_string());
            self.tx.put_release(org, &ReleaseRow { hash, kind, slug, number, bytes }).await?;
            content::name(&mut *self.tx, org, hash, &trial, false).await?;
        }
        let tried = Publication { kind: DRAFT.to_owned(), slug: trial.slug, release: hash, withdrawn: false };
        self.record(&[scope], &tried).await?;
        Ok(())
    }

    async fn end_try(&mut self, slug: &Slug, person: PersonId) -> Result<()> {
        let org = self.org();
        let key = publication_key(DRAFT, slug);
        if let Some(mut tried) = records::one::<Publication>(self.tx.as_read(), org, &key).await? {
            tried.withdrawn = true;
            self.record(&[Scope::Person(person)], &tried).await?;
        }
        Ok(())
    }

    /// A draft is gone, and with it what was tried of it.
    async fn forget_draft(&mut self, kind: &str, slug: &str) -> Result<()> {
        let org = self.org();
        let name: Slug = slug.parse().map_err(|_| AdminError::Invalid("a draft has no name".into()))?;
        for person in self.tx.testers(org, kind, slug).await? {
            self.take_draft_back(kind, &name, person).await?;
        }
        if let Some(row) = self.tx.draft(org, kind, slug).await? {
            content::forget_draft(&mut *self.tx, org, Release::hash_of(&row.bytes), self.now_ms).await?;
        }
        Ok(self.tx.remove_draft(org, kind, slug).await?)
    }

    /// What a draft shows is kept as long as it lies here; what the one before it alone showed is not.
    async fn name_draft(&mut self, release: &Release, row: &DraftRow) -> Result<()> {
        let org = self.org();
        let before = self.tx.draft(org, &row.kind, &row.slug).await?.map(|before| Release::hash_of(&before.bytes));
        let hash = Release::hash_of(&row.bytes);
        content::name(&mut *self.tx, org, hash, release, true).await?;
        match before.filter(|before| *before != hash) {
            Some(before) => Ok(content::forget_draft(&mut *self.tx, org, before, self.now_ms).await?),
            None => Ok(()),
        }
    }

    /// What was pushed is no draft any more.
    pub(super) async fn settle_draft(&mut self, part: Part, key: &str, fingerprint: [u8; 32]) -> Result<()> {
        let org = self.org();
        if part == Part::Procedure && self.tx.draft(org, KIND, key).await?.is_some_and(|draft| draft.fingerprint == fingerprint) {
            self.forget_draft(KIND, key).await?;
        }
        Ok(())
    }

    async fn draft(&mut self, kind: &str, slug: &Slug, seen: ReleaseHash) -> Result<Option<(DraftRow, Release)>> {
        let org = self.org();
        let Some(row) = self.tx.draft(org, kind, slug.as_str()).await? else { return Ok(None) };
        let (hash, release) = read(&row)?;
        Ok((hash == seen).then_some((row, release)))
    }

    /// A folder is pushed with its lists; a draft alone takes rows of those that are published.
    async fn refuse_unknown_lists(&mut self, release: &Release) -> Result<()> {
        let org = self.org();
        let Content::Procedure(procedure) = &release.content else { return Ok(()) };
        for lookup in procedure.form.items().filter_map(Item::lookup) {
            let key = publication_key("list", &lookup.list);
            let current = records::one::<Publication>(self.tx.as_read(), org, &key).await?.filter(|p| !p.withdrawn);
            let row = match current {
                Some(current) => self.tx.release(org, current.release).await?,
                None => None,
            };
            let list = row.and_then(|row| Release::decode(&row.bytes).ok()).map(|release| release.content);
            let known = matches!(&list, Some(Content::List(list)) if lookup.filters.iter().all(|f| list.columns.contains(&f.column)));
            if !known {
                let message = "it takes rows of the list ‘{}’, which is not published with the columns that it asks for; push the folder";
                return Err(AdminError::Invalid(message.replace("{}", lookup.list.as_str())));
            }
        }
        Ok(())
    }
}
