//! Ways in that were lost or have leaked: a new password for the console, a new token for programs. Whoever
//! can write to the server's folder may make them; nobody else.

use frontline_domain::permission::Role;
use frontline_protocol::sign::hex;

use super::{AdminError, Desk, Result, secrets};
use crate::app::App;
use crate::ledger::Order;

/// An e-mail address as it is kept: without blanks around it, in lower case.
pub fn email_of(typed: &str) -> Result<String> {
    let email = typed.trim().to_lowercase();
    let is_one = email.split_once('@').is_some_and(|(who, host)| is_mailbox(who) && is_host(host));
    if !is_one || email.len() > 254 || email.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(AdminError::Invalid("that is no e-mail address; use one such as ana@harbour.example".into()));
    }
    Ok(email)
}

/// What stands before the `@`: 64 bytes at most, dots only within, nothing that ends or quotes an address.
fn is_mailbox(who: &str) -> bool {
    let dots = who.starts_with('.') || who.ends_with('.') || who.contains("..");
    (1..=64).contains(&who.len()) && !dots && !who.contains(['<', '>', '(', ')', ',', ';', ':', '"', '\\'])
}

/// A host's name: at least two parts of letters, digits and inner hyphens.
fn is_host(host: &str) -> bool {
    let is_part = |part: &str| {
        let letters = part.chars().all(|c| c.is_alphanumeric() || c == '-');
        (1..=63).contains(&part.len()) && letters && !part.starts_with('-') && !part.ends_with('-')
    };
    host.contains('.') && host.split('.').all(is_part)
}

/// A new password for whoever signs in with this e-mail address, to be shown once. The old one, and every
/// session of theirs, end with it; a lock after wrong passwords does too.
pub async fn new_password(app: &App, email: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    let user = app.store.read().await?.user_by_email(&email).await?;
    let nobody = || {
        AdminError::Invalid(
            "nobody signs in with that e-mail address on this server; check how it is spelt, or give somebody a sign-in on their page of the console"
                .into(),
        )
    };
    let user = user.ok_or_else(nobody)?;
    let password = secrets::readable(&*app.random, 20);
    let hashed = secrets::hash_password(&*app.random, &password);
    let mut desk = Desk::open(app, user.org).await?;
    desk.set_password(user.person, &email, hashed).await?;
    desk.close().await?;
    Ok(password)
}

impl Desk<'_> {
    /// A new token with this role, to be shown once.
    pub async fn new_token(&mut self, name: &str, role: Role) -> Result<String> {
        let name = name.trim();
        if name.is_empty() || name.len() > 200 {
            return Err(AdminError::Invalid("a token's name has 1 to 200 bytes; it says what the token is for".into()));
        }
        let token = secrets::token(&*self.app.random);
        self.put_token(&token, name, role).await?;
        Ok(token)
    }

    /// Withdraws every token of the organisation: programs that know one are refused from the next request on.
    /// Gives how many there were.
    pub async fn withdraw_tokens(&mut self) -> Result<usize> {
        let org = self.org();
        let mut known = self.tx.tokens(org).await?;
        known.retain(|token| !token.withdrawn);
        for token in &mut known {
            token.withdrawn = true;
            self.tx.put_token(token).await?;
            self.orders.push(Order::TokenWithdrawn { org, hash: hex(&token.hash) });
        }
        Ok(known.len())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::admin::{Init, init};
    use crate::app::AppState;
    use crate::store::{Session, Token};
    use crate::system::{SystemClock, SystemRandom};

    async fn company(data: &std::path::Path) -> (AppState, Init) {
        let app = App::open(data, Arc::new(SystemClock), Arc::new(SystemRandom)).await.unwrap();
        let made = init(&app, "Harbour", "ana@harbour.example").await.unwrap();
        (app, made)
    }

    async fn token(app: &App, secret: &str) -> Token {
        let hash = app.keys.hash_secret("token", secret);
        app.store.read().await.unwrap().token(&hash).await.unwrap().unwrap()
    }

    #[test]
    fn an_e_mail_address_is_one_that_could_be_written_to() {
        for good in ["ana@harbour.example", " Ana.Silva+work@mail.harbour.example ", "o'neil@xn--bcher-kva.example", "ana@bücher.example"]
        {
            assert!(email_of(good).is_ok(), "{good}");
        }
        let long = format!("{}@harbour.example", "a".repeat(65));
        for bad in [
            "",
            "ana",
            "@harbour.example",
            "ana@",
            "ana@harbour",
            "ana@.example",
            "ana@harbour.",
            "ana@a..b",
            "ana@-a.example",
            ".ana@a.example",
            "ana.@a.example",
            "a..b@a.example",
            "ana@b@a.example",
            "ana silva@a.example",
            "<ana>@a.example",
            "ana@a.exa\nmple",
            "an\u{7}a@a.example",
            &long,
        ] {
            assert!(email_of(bad).is_err(), "{bad:?}");
        }
    }

    #[tokio::test]
    async fn names_hold_no_control_characters() {
        let dir = tempfile::tempdir().unwrap();
        let (app, made) = company(dir.path()).await;
        let mut desk = Desk::open(&app, made.org).await.unwrap();
        for bad in ["", " ", "Ana\nSilva", "Ana\u{1b}[31m", &"a".repeat(201)] {
            let said = desk.add_person("ana-silva", bad, Some("en")).await.unwrap_err().to_string();
            assert!(said.contains("no control characters"), "{said}");
        }
        drop(desk);
        assert!(init(&app, "Mar\u{0}ina", "ben@marina.example").await.is_err());
    }

    #[tokio::test]
    async fn a_new_password_ends_the_old_one_every_session_and_a_lock() {
        let dir = tempfile::tempdir().unwrap();
        let (app, made) = company(dir.path()).await;
        let mut tx = app.store.write().await.unwrap();
        let mut user = tx.user_by_email("ana@harbour.example").await.unwrap().unwrap();
        (user.failures, user.locked_until_ms) = (9, i64::MAX);
        tx.put_user(&user).await.unwrap();
        let session = |n: u8| Session {
            hash: [n; 32],
            org: made.org,
            person: made.person,
            csrf: [0; 32],
            created_ms: 0,
            last_ms: 0,
            expires_ms: i64::MAX,
        };
        tx.put_session(&session(1)).await.unwrap();
        tx.put_session(&session(2)).await.unwrap();
        tx.commit().await.unwrap();

        let fresh = new_password(&app, " Ana@Harbour.example ").await.unwrap();
        let mut tx = app.store.read().await.unwrap();
        let user = tx.user_by_email("ana@harbour.example").await.unwrap().unwrap();
        assert!(secrets::is_password(&fresh, &user.password) && !secrets::is_password(&made.password, &user.password));
        assert_eq!((user.failures, user.locked_until_ms), (0, 0));
        for n in [1, 2] {
            assert_eq!(tx.session(&[n; 32]).await.unwrap(), None);
        }
        let said = new_password(&app, "ben@harbour.example").await.unwrap_err().to_string();
        assert!(said.contains("nobody signs in") && !said.contains("ben@"), "{said}");
    }

    #[tokio::test]
    async fn tokens_are_withdrawn_in_their_own_organisation_alone_and_a_new_one_stands() {
        let dir = tempfile::tempdir().unwrap();
        let (app, made) = company(dir.path()).await;
        let other = init(&app, "Marina", "ben@marina.example").await.unwrap();
        let mut desk = Desk::open(&app, made.org).await.unwrap();
        assert_eq!(desk.withdraw_tokens().await.unwrap(), 1);
        let fresh = desk.new_token("deploys", Role::Author).await.unwrap();
        assert_eq!(desk.withdraw_tokens().await.unwrap(), 1, "what is withdrawn already does not count");
        let last = desk.new_token("deploys", Role::Author).await.unwrap();
        desk.close().await.unwrap();
        assert!(token(&app, &made.token).await.withdrawn && token(&app, &fresh).await.withdrawn);
        let stands = token(&app, &last).await;
        assert_eq!((stands.withdrawn, stands.role, stands.name.as_str()), (false, Role::Author, "deploys"));
        assert!(!token(&app, &other.token).await.withdrawn);
    }
}
