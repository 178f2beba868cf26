//! Who signs a procedure off.

use serde::de::value::StrDeserializer;
use serde::de::{Error, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::permission::Role;

/// The roles that sign a procedure off, one person in each, every one another person. Their order is that of the
/// sections that are asked of them: who signs at a place answers for what was answered up to there, and not for what is
/// asked of those behind. None: handing in is the end.
///
/// One is written as its word, several as a list: a procedure of one signer has the bytes, and so the name, that it had
/// before there could be several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signers(Vec<Role>);

impl Signers {
    /// At most.
    pub const MOST: usize = 4;

    /// None where they are too many.
    pub fn new(roles: Vec<Role>) -> Option<Self> {
        (roles.len() <= Self::MOST).then_some(Self(roles))
    }
    pub fn roles(&self) -> &[Role] {
        &self.0
    }
    /// Whether anybody is to sign.
    pub fn are_asked(&self) -> bool {
        !self.0.is_empty()
    }
    /// Serde leaves it out where nobody signs.
    pub fn is_nobody(&self) -> bool {
        self.0.is_empty()
    }
    /// The first place of a role.
    pub fn place(&self, role: Role) -> Option<usize> {
        self.0.iter().position(|one| *one == role)
    }
    /// As whom somebody signed: as they said; where their app knew of one signer only, as that one, and where there are
    /// several by now as the shift lead.
    pub fn signs_as(&self, said: Option<Role>) -> Option<Role> {
        said.or(match self.0.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(Role::Supervisor),
        })
    }
    /// The place at which somebody signed; none where nobody was asked to sign so.
    pub fn signed_at(&self, said: Option<Role>) -> Option<usize> {
        self.place(self.signs_as(said)?)
    }
    /// The roles whose sections are there for whoever signs at a place: its own and those before it.
    pub fn up_to(&self, place: usize) -> &[Role] {
        self.0.get(..=place).unwrap_or(&self.0)
    }
}

impl From<Role> for Signers {
    fn from(role: Role) -> Self {
        Self(vec![role])
    }
}

impl Serialize for Signers {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(to),
            several => several.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Signers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Signers;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a role, or a list of them")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<Signers, E> {
                let word: StrDeserializer<'_, E> = word.into_deserializer();
                Role::deserialize(word).map(Signers::from)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Signers, A::Error> {
                let mut roles = Vec::new();
                while let Some(role) = list.next_element()? {
                    if roles.len() == Signers::MOST {
                        return Err(A::Error::custom("more roles sign off than a procedure has"));
                    }
                    roles.push(role);
                }
                Ok(Signers(roles))
            }
        }
        from.deserialize_any(Read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;

    #[test]
    fn one_signer_is_written_as_the_word_that_releases_had_and_several_as_a_list() {
        let one = Signers::from(Role::Supervisor);
        assert_eq!(cbor::encode(&one), cbor::encode(&Some(Role::Supervisor)));
        for signers in [one, Signers::new(vec![Role::Supervisor, Role::Manager]).unwrap(), Signers::default()] {
            assert_eq!(cbor::decode::<Signers>("signers", &cbor::encode(&signers)).unwrap(), signers);
        }
        assert!(cbor::decode::<Signers>("signers", &cbor::encode(&vec![Role::Manager; 5])).is_err());
        assert!(Signers::new(vec![Role::Manager; 5]).is_none());
    }
}
