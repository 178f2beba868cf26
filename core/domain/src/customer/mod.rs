//! Customers: how they are told from one another, and what is known of them. Whatever says who a customer is
//! travels sealed ([`Sealed`]); what stands in the clear is a random [`SubjectId`] (`sync.md` 27).
//!
//! Start at [`Customer`]. [`Handle`] is a phone number or an e-mail address in its one normal form, by which a
//! customer is found again; [`group`] says which subjects are one customer.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use crate::ids::SubjectId;
use crate::record::SubjectMerged;

mod handle;
pub(crate) use handle::digit;
pub use handle::{Handle, HandleError};

/// Bytes of a name at most.
pub const MAX_NAME: usize = 200;
/// Bytes of a sealed [`Customer`] at most.
pub const MAX_SEALED: usize = 5_120;
/// Bytes of a sealed comment at most.
pub const MAX_SEALED_COMMENT: usize = super::fact::MAX_COMMENT + 64;

/// What is known of a customer at one contact.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// In normal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In normal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What was written about them, in free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl std::fmt::Debug for Customer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Customer(…)")
    }
}

impl Customer {
    /// By what they are found again. What another build took for a number and this one does not is left out.
    pub fn handles(&self) -> Vec<Handle> {
        let phone = self.phone.as_deref().map(Handle::phone);
        let email = self.email.as_deref().map(Handle::email);
        phone.into_iter().chain(email).filter_map(Result::ok).collect()
    }
}

/// Something about a customer under a key that belongs to (subject, author's device). Without the key nobody
/// reads it again; the entry around it, its hash and every count stay.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub subject: SubjectId,
    pub nonce: ByteArray<12>,
    /// ChaCha20-Poly1305.
    pub bytes: ByteBuf,
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({})", self.subject)
    }
}

/// The subject that stands for all that were merged with `one`. Merges that go round in a circle (two servers'
/// lives decided the other way round) end at the lowest id of it.
pub fn root(merges: &[SubjectMerged], one: SubjectId) -> SubjectId {
    let (mut at, mut seen) = (one, BTreeSet::new());
    while seen.insert(at) {
        match merges.iter().find(|m| m.from == at && !m.withdrawn) {
            Some(merge) => at = merge.into,
            None => return at,
        }
    }
    // `at` was met before: the circle is what follows from it.
    let (mut lowest, mut next) = (at, at);
    while let Some(merge) = merges.iter().find(|m| m.from == next && !m.withdrawn) {
        (lowest, next) = (lowest.min(merge.into), merge.into);
        if next == at {
            break;
        }
    }
    lowest
}

/// Every subject that is the same customer as `one`, itself too.
pub fn group(merges: &[SubjectMerged], one: SubjectId) -> BTreeSet<SubjectId> {
    let top = root(merges, one);
    let named = merges.iter().flat_map(|m| [m.from, m.into]);
    let mut all: BTreeSet<SubjectId> = named.filter(|s| root(merges, *s) == top).collect();
    all.extend([one, top]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> SubjectId {
        SubjectId::from_bytes([n; 16])
    }
    fn merge(from: u8, into: u8) -> SubjectMerged {
        SubjectMerged { from: id(from), into: id(into), withdrawn: false }
    }

    #[test]
    fn merged_subjects_are_one_customer_until_the_merge_is_undone() {
        let mut merges = vec![merge(2, 1), merge(3, 2), merge(5, 4)];
        assert_eq!(group(&merges, id(3)), [1, 2, 3].map(id).into());
        assert_eq!(group(&merges, id(1)), group(&merges, id(3)));
        assert_eq!(group(&merges, id(9)), [id(9)].into());
        merges[0].withdrawn = true;
        assert_eq!((group(&merges, id(1)), group(&merges, id(3))), ([id(1)].into(), [id(2), id(3)].into()));
    }

    #[test]
    fn merges_that_go_round_in_a_circle_are_one_customer_and_come_to_an_end() {
        let merges = [merge(1, 2), merge(2, 3), merge(3, 1), merge(4, 1)];
        for n in 1..=4 {
            assert_eq!(root(&merges, id(n)), id(1));
            assert_eq!(group(&merges, id(n)), [1, 2, 3, 4].map(id).into());
        }
    }

    #[test]
    fn what_says_who_a_customer_is_does_not_show_in_debug_output() {
        let customer = Customer { name: Some("Ana".into()), phone: Some("+351912345678".into()), ..Customer::default() };
        assert!(!format!("{customer:?} {:?}", customer.handles()).contains(['A', '9']));
    }
}
