//! Giving entries their numbers, in the transaction that stores them (`sync.md` 5 and 6).

use std::collections::BTreeMap;

use frontline_domain::{DocId, OrgId, Scope};
use frontline_protocol::limits::MARK_EVERY;
use frontline_protocol::{Entry, Mark};

use crate::judge;
use crate::lists;
use crate::store::{Head, Result, Stored, WriteTx};

/// A mark is also kept before the bytes since the last one exceed this, so that a page, which ends on a
/// mark, never has to be much larger than its limit.
const MARK_BYTES: u64 = 256 << 10;

/// The feeds that one transaction adds to. [`Feeds::seal`] must come before the commit.
#[derive(Clone)]
pub struct Feeds {
    heads: BTreeMap<(OrgId, Scope), Head>,
    now_ms: i64,
}

impl Feeds {
    /// For a transaction that commits now. A clock that was set back does not give a commit an earlier time than
    /// the one before it: what a backup holds is told by the time of the commit.
    pub async fn begin(tx: &mut dyn WriteTx, now_ms: i64) -> Result<Self> {
        Ok(Self::new(now_ms.max(tx.standing().await?.latest_ms)))
    }

    /// For a transaction that commits at `now_ms`.
    fn new(now_ms: i64) -> Self {
        Self { heads: BTreeMap::new(), now_ms }
    }

    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// Stores an entry under the next number of its scope's feed, findable by what it makes and what it is about.
    pub async fn append(&mut self, tx: &mut dyn WriteTx, entry: &Entry, effective_ms: i64, doc: Option<DocId>) -> Result<u64> {
        let (org, number) = (entry.header.org, self.give_number(tx, entry, effective_ms, doc).await?);
        if let Some(made) = judge::taken::made(entry) {
            tx.put_captured(org, made, entry.id()).await?;
        }
        lists::note(tx, org, entry, number, doc).await?;
        Ok(number)
    }

    /// Stores an entry under the next number of its scope's feed, and nothing else.
    pub async fn give_number(&mut self, tx: &mut dyn WriteTx, entry: &Entry, effective_ms: i64, doc: Option<DocId>) -> Result<u64> {
        let (org, scope) = (entry.header.org, entry.header.scope);
        let mut head = match self.heads.get(&(org, scope)) {
            Some(head) => *head,
            None => tx.head(org, scope).await?,
        };
        let size = entry.bytes().len() as u64;
        if head.unmarked_entries > 0 && head.unmarked_bytes + size > MARK_BYTES {
            head = marked(tx, org, scope, head).await?;
        }
        let number = head.mark.number + 1;
        let stored = Stored {
            scope,
            number,
            entry_type: entry.header.entry_type,
            id: entry.id(),
            person: entry.header.person,
            hash: entry.hash(),
            effective_ms,
            committed_ms: self.now_ms,
            doc,
            bytes: entry.bytes().to_vec(),
        };
        tx.put_entry(org, &stored).await?;
        head.mark = Mark { number, tag: head.mark.tag.then(number, &entry.hash()) };
        head.unmarked_entries += 1;
        head.unmarked_bytes += size;
        if head.unmarked_entries >= MARK_EVERY {
            head = marked(tx, org, scope, head).await?;
        }
        self.heads.insert((org, scope), head);
        Ok(number)
    }

    /// Keeps the heads, each with a mark: the end of a commit is one.
    pub async fn seal(&mut self, tx: &mut dyn WriteTx) -> Result<()> {
        for (&(org, scope), head) in &mut self.heads {
            if head.unmarked_entries > 0 {
                *head = marked(tx, org, scope, *head).await?;
            }
            tx.set_head(org, scope, head).await?;
        }
        if !self.heads.is_empty() {
            tx.note_time(self.now_ms).await?;
        }
        Ok(())
    }

    /// Where the feed ends now, if this transaction added to it.
    pub fn mark(&self, org: OrgId, scope: Scope) -> Option<Mark> {
        self.heads.get(&(org, scope)).map(|head| head.mark)
    }
}

async fn marked(tx: &mut dyn WriteTx, org: OrgId, scope: Scope, head: Head) -> Result<Head> {
    tx.put_mark(org, scope, head.mark).await?;
    Ok(Head { mark: head.mark, unmarked_entries: 0, unmarked_bytes: 0 })
}
