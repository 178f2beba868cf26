//! Contacts of devices that had nothing to offer: kept here and written in batches, so that a thousand idle
//! phones cost no commit each (`sync.md` 11).

use std::sync::{Mutex, PoisonError};

use crate::store::{Contact, Result, Store};

/// Contacts not written yet.
#[derive(Debug, Default)]
pub struct Contacts(Mutex<Vec<Contact>>);

impl Contacts {
    pub fn add(&self, contact: Contact) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(contact);
    }
    pub fn take(&self) -> Vec<Contact> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// After a commit that failed.
    pub fn put_back(&self, contacts: Vec<Contact>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(contacts);
    }
    /// Writes them.
    pub async fn flush(&self, store: &dyn Store) -> Result<()> {
        let contacts = self.take();
        if contacts.is_empty() {
            return Ok(());
        }
        let written = async {
            let mut tx = store.write().await?;
            for contact in &contacts {
                tx.touch(contact).await?;
            }
            tx.commit().await
        };
        let written = written.await;
        if written.is_err() {
            self.put_back(contacts);
        }
        written
    }
}
