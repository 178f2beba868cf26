//! What is read again and again and nobody changes between: who writes, their rights, when the server was last heard,
//! names and sites that rows of lists show. Decoding it anew took longer than writing a capture, and most of the time of a
//! list. It is forgotten with the first thing that is written and is no appended capture, by this connection or by
//! another.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;

use super::{Db, StoreError};

/// Values at most: who walks a whole store must not end with all of it in memory.
const MOST: usize = 2048;

/// What was read: a value of a type, under a table and a key.
type Key = (TypeId, &'static str, Vec<u8>);

#[derive(Default)]
pub(super) struct Memo {
    /// SQLite's count of the commits that others made.
    others: i64,
    held: HashMap<Key, Box<dyn Any + Send>>,
}

impl Memo {
    /// At the begin of a transaction: forgets everything if others wrote.
    pub fn catch_up(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let others = db.conn.prepare_cached("PRAGMA data_version")?.query_row([], |r| r.get(0))?;
        if self.others != others {
            self.forget();
            self.others = others;
        }
        Ok(())
    }

    pub fn hold<T: Clone + Send + 'static>(&mut self, table: &'static str, key: &[u8], value: T) {
        self.held.insert((TypeId::of::<T>(), table, key.to_vec()), Box::new(value));
    }

    pub fn forget(&mut self) {
        self.held.clear();
    }
}

/// The value of `table` under `key`: as it was read before, where that is still known, else as `read` does.
pub(super) fn recall<T: Clone + Send + 'static, E>(
    memo: Option<&RefCell<Memo>>,
    table: &'static str,
    key: &[u8],
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let Some(memo) = memo else { return read() };
    let key = (TypeId::of::<T>(), table, key.to_vec());
    if let Some(known) = memo.borrow().held.get(&key).and_then(|held| held.downcast_ref::<T>()) {
        return Ok(known.clone());
    }
    let value = read()?;
    if memo.borrow().held.len() >= MOST {
        memo.borrow_mut().forget();
    }
    memo.borrow_mut().held.insert(key, Box::new(value.clone()));
    Ok(value)
}
