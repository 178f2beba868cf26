//! The server's own pen: records, releases and verdicts as entries like any other.
//!
//! Its device is the organisation's pen, its person nobody, its epoch the incarnation, so that numbers given
//! before a restore and after it never meet.

use frontline_domain::record::Record;
use frontline_domain::{EntryHash, EntryType, Epoch, Incarnation, Moment, OrgId, PersonId, Scope};
use frontline_protocol::{Entry, Header};

use crate::feed::Feeds;
use crate::lists;
use crate::records::Keyed;
use crate::store::{OrgRow, RecordRow, Result, StoreError, WriteTx};

/// Nobody: the author of what the server itself writes.
pub const NOBODY: PersonId = PersonId::from_bytes([0; 16]);

/// One organisation's pen within a transaction.
#[derive(Debug, Clone)]
pub struct Pen {
    pub org: OrgRow,
    pub incarnation: Incarnation,
}

impl Pen {
    /// The pen of this organisation.
    pub async fn of(tx: &mut dyn WriteTx, org: OrgId) -> Result<Self> {
        let row = tx.org(org).await?.ok_or_else(|| StoreError::Failed("there is no such organisation".into()))?;
        Ok(Self { org: row, incarnation: tx.incarnation().await? })
    }

    /// Writes one entry; its number in the scope's feed.
    pub async fn write(&self, tx: &mut dyn WriteTx, feeds: &mut Feeds, scope: Scope, entry_type: EntryType, body: Vec<u8>) -> Result<u64> {
        let seq = tx.next_pen_seq(self.org.id).await?;
        let now_ms = feeds.now_ms();
        let header = Header {
            org: self.org.id,
            scope,
            entry_type,
            person: NOBODY,
            device: self.org.pen,
            epoch: Epoch(self.incarnation.0),
            seq,
            moment: Moment { wall_ms: now_ms, offset_min: 0, mono_ms: 0, boot: 0, server_offset_ms: Some(0) },
            contact: Some((self.incarnation, now_ms)),
            seen: None,
            rebuild: 0,
            replaces: None,
        };
        feeds.append(tx, &Entry::make(header, body), now_ms, None).await
    }

    /// Makes a record stand as given in these feeds; writes nothing where it already does. Whether anything
    /// was written.
    pub async fn record<R: Keyed>(&self, tx: &mut dyn WriteTx, feeds: &mut Feeds, scopes: &[Scope], record: &R) -> Result<bool> {
        let (key, body) = (record.key(), Record::encode(record));
        let hash = EntryHash::from_bytes(*blake3::hash(&body).as_bytes());
        let mut last = None;
        for scope in scopes {
            if tx.fed(self.org.id, R::TYPE, &key, *scope).await? != Some(hash) {
                let number = self.write(tx, feeds, *scope, R::TYPE, body.clone()).await?;
                tx.set_fed(self.org.id, R::TYPE, &key, *scope, hash).await?;
                last = Some((*scope, number));
            }
        }
        let before = tx.record(self.org.id, R::TYPE, &key).await?;
        if last.is_none() && before.as_ref().is_some_and(|row| row.body == body) {
            return Ok(false);
        }
        // Of somebody without a site the record stands here alone, until a feed is given it.
        let (scope, number) = last.or(before.map(|row| (row.scope, row.number))).unwrap_or((Scope::Org, 0));
        tx.put_record(self.org.id, &RecordRow { entry_type: R::TYPE, key: key.clone(), scope, number, body }).await?;
        lists::relist(tx, self.org.id, R::TYPE, &key).await?;
        Ok(true)
    }
}
