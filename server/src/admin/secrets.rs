//! Secrets that are shown once and kept as hashes.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use frontline_domain::Random;
use frontline_protocol::sign::hex;

/// Symbols that nobody misreads for another: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
const SYMBOLS: &[u8; 23] = b"34679ACDEFGHJKMNPQRTWXY";

/// `count` random symbols in groups of five.
pub fn readable(random: &dyn Random, count: usize) -> String {
    // Bytes above the last whole multiple would make the first symbols likelier; they are drawn again.
    let even = 256 / SYMBOLS.len() * SYMBOLS.len();
    let draw = || loop {
        let mut byte = [0];
        random.fill(&mut byte);
        if usize::from(byte[0]) < even {
            return char::from(SYMBOLS[usize::from(byte[0]) % SYMBOLS.len()]);
        }
    };
    let mut out = String::with_capacity(count + count / 5);
    for at in 0..count {
        if at > 0 && at % 5 == 0 {
            out.push('-');
        }
        out.push(draw());
    }
    out
}

/// A code as people type it, without what they may add or leave out.
pub fn normal(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

/// A token for programs: 32 random bytes with a prefix that tells what leaked.
pub fn token(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    format!("frontline_{}", hex(&bytes))
}

/// The argon2id hash of a password, in PHC form. Takes 19 MiB and a few dozen milliseconds.
pub fn hash_password(random: &dyn Random, password: &str) -> String {
    let salt = random.id();
    let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).expect("16 bytes are a salt");
    hash.to_string()
}

/// Whether it is the password that was hashed.
pub fn is_password(password: &str, hash: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    #[test]
    fn a_code_reads_the_same_however_it_is_typed() {
        let code = readable(&SystemRandom, 10);
        assert_eq!(code.len(), 11);
        assert_eq!(normal(&code.to_lowercase().replace('-', " ")), normal(&code));
    }

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let hash = hash_password(&SystemRandom, "correct horse");
        assert!(hash.starts_with("$argon2id$") && is_password("correct horse", &hash) && !is_password("wrong", &hash));
        assert!(!is_password("", "not a hash"));
    }
}
