//! Whether a password is a user's, without telling whether there is such a user; and the hashes of new ones.

use std::sync::OnceLock;

use super::Console;
use super::errors::Failure;
use crate::admin::secrets;
use crate::store::User;

/// Of no user: checking against it takes as long as against one.
static NOBODY: OnceLock<String> = OnceLock::new();

impl Console {
    /// Checks a password off the threads that serve requests, a few at a time.
    pub async fn is_password(&self, user: Option<&User>, password: &str) -> Result<bool, Failure> {
        let _permit = self.hashing.acquire().await.map_err(|e| Failure::Failed(e.to_string()))?;
        let random = self.app.random.clone();
        let known = user.map(|u| u.password.clone());
        let password = zeroize::Zeroizing::new(password.to_owned());
        let check = move || {
            let nobody = || NOBODY.get_or_init(|| secrets::hash_password(&*random, "nobody")).as_str();
            let right = secrets::is_password(&password, known.as_deref().unwrap_or_else(nobody));
            right && known.is_some()
        };
        tokio::task::spawn_blocking(check).await.map_err(|e| Failure::Failed(e.to_string()))
    }

    /// The hash of a new password, made there too.
    pub async fn hash(&self, password: &str) -> Result<String, Failure> {
        let _permit = self.hashing.acquire().await.map_err(|e| Failure::Failed(e.to_string()))?;
        let (random, password) = (self.app.random.clone(), zeroize::Zeroizing::new(password.to_owned()));
        let hash = move || secrets::hash_password(&*random, &password);
        tokio::task::spawn_blocking(hash).await.map_err(|e| Failure::Failed(e.to_string()))
    }
}
