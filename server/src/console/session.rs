//! Who is signed in. A session is a random token in a cookie, of which the store keeps the hash; the token
//! is replaced every [`ROTATE_MS`], so that one that leaked is of use for a short time only. Its CSRF secret
//! stays the same while it lives: a form that lay open over a replacement still works.
//!
//! [`attend`] is the middleware that reads and replaces; [`Me`] is what handlers ask for; a handler that
//! changes anything asks for [`super::sent::Sent`], which checks the CSRF token too.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use frontline_domain::permission::{self, Act, Grant, Role, Verb};
use frontline_domain::record::{Person, Record};
use frontline_domain::{EntryType, OrgId, PersonId, Scope};

use super::calm::calm;
use super::cookie;
use super::errors::Failure;
use super::headers::SCHEME;
use super::strings::Strings;
use super::{Console, language, seconds};
use crate::store::{Session, Store};

/// The cookie that holds the token.
pub const COOKIE: &str = "frontline-session";
/// A token is replaced when it is older.
pub const ROTATE_MS: i64 = seconds(15 * 60);
/// The replaced token still works that long: several requests may be on their way with it.
pub const GRACE_MS: i64 = seconds(30);
/// A session ends after so long without a request.
pub const IDLE_MS: i64 = seconds(8 * 3600);
/// A session ends so long after the sign-in, whatever happens.
pub const LIFE_MS: i64 = seconds(72 * 3600);
/// The time of the last request is kept this exactly.
const TOUCH_MS: i64 = seconds(60);

/// The person who is signed in, with the rights that they hold now. `org` comes from here and from nowhere
/// else.
#[derive(Debug, Clone)]
pub struct Me {
    pub org: OrgId,
    pub person: PersonId,
    pub name: String,
    pub org_name: String,
    pub grants: Vec<Grant>,
    pub now_ms: i64,
    pub t: &'static Strings,
    /// The page that was asked for, to come back to, without what it was asked; the sites where a form was sent.
    pub here: String,
    csrf: [u8; 32],
    hash: [u8; 32],
}

impl Me {
    /// Whether they may do this there.
    pub fn may(&self, act: Act, scope: Scope) -> bool {
        permission::may(&self.grants, self.now_ms, Verb::Act(act), scope)
    }
    /// Whether they may give this role to somebody there, or end it.
    pub fn may_give(&self, role: Role, scope: Scope) -> bool {
        permission::may_give(&self.grants, self.now_ms, role, scope)
    }
    /// Whether they may do this anywhere at all: decides what the menu shows, nothing more.
    pub fn may_anywhere(&self, act: Act) -> bool {
        let held = self.grants.iter().filter(|g| g.held_between(self.now_ms, self.now_ms));
        held.into_iter().any(|g| g.allows(Verb::Act(act), g.scope))
    }
    /// Where they hold a role that allows it.
    pub fn scopes(&self, act: Act) -> Vec<Scope> {
        let held = self.grants.iter().filter(|g| g.held_between(self.now_ms, self.now_ms));
        let mut scopes: Vec<Scope> = held.filter(|g| g.allows(Verb::Act(act), g.scope)).map(|g| g.scope).collect();
        scopes.sort();
        scopes.dedup();
        scopes
    }
    /// What their forms carry.
    pub fn csrf(&self) -> String {
        blake3::Hash::from_bytes(self.csrf).to_hex().to_string()
    }
    /// Whether a form carried it. Takes the same time for any wrong one.
    pub fn has_csrf(&self, sent: &str) -> bool {
        blake3::Hash::from_hex(sent).is_ok_and(|sent| sent == blake3::Hash::from_bytes(self.csrf))
    }
    /// Under which the store knows the session.
    pub fn session(&self) -> &[u8; 32] {
        &self.hash
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Me {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Me>().cloned().ok_or_else(|| {
            let here = parts.uri.path_and_query().map_or("/", |p| p.as_str());
            let next = if parts.method == Method::GET { here } else { "/" };
            Failure::SignIn { next: next.to_owned() }
        })
    }
}

/// What a request says beside who sent it.
struct Asked {
    headers: HeaderMap,
    here: String,
}

/// The middleware.
pub async fn attend(State(console): State<Arc<Console>>, mut request: Request, next: Next) -> Result<Response, Failure> {
    let Some(token) = cookie::read(request.headers(), COOKIE) else { return Ok(next.run(request).await) };
    let hash = hash_of(token);
    let now = console.now_ms();
    let here = if request.method() == Method::GET { request.uri().path() } else { "/" }.to_owned();
    let asked = Asked { headers: request.headers().clone(), here };
    let Some((session, me)) = load(&*console.store, &hash, now, &asked).await? else { return Ok(next.run(request).await) };
    let secure = is_secure(request.headers());
    let fresh = keep_alive(&console, session, now).await?;
    request.extensions_mut().insert(me);
    let mut response = next.run(request).await;
    // A sign-out or a new sign-in sets the cookie itself; a replacement must not undo it.
    if let Some(token) = fresh
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        put(response.headers_mut(), &cookie::make(COOKIE, &token, LIFE_MS / 1000, secure));
    }
    Ok(response)
}

/// Adds a cookie to an answer.
pub fn put(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Whether the browser speaks HTTPS, to this server or to a named proxy before it: [`super::headers::protect`]
/// wrote it there.
pub fn is_secure(headers: &HeaderMap) -> bool {
    headers.get(SCHEME).is_some_and(|p| p == "https")
}

pub fn hash_of(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// A token and its session, not kept yet.
pub fn make(console: &Console, org: OrgId, person: PersonId, now_ms: i64) -> (String, Session) {
    let (mut token, mut csrf) = ([0; 32], [0; 32]);
    console.random.fill(&mut token);
    console.random.fill(&mut csrf);
    let token = blake3::Hash::from_bytes(token).to_hex().to_string();
    let hash = hash_of(&token);
    (token, Session { hash, org, person, csrf, created_ms: now_ms, last_ms: now_ms, expires_ms: now_ms + LIFE_MS })
}

async fn load(store: &dyn Store, hash: &[u8; 32], now_ms: i64, request: &Asked) -> Result<Option<(Session, Me)>, Failure> {
    let mut tx = store.read().await?;
    let Some(session) = tx.session(hash).await? else { return Ok(None) };
    if now_ms >= session.expires_ms || now_ms - session.last_ms > IDLE_MS {
        return Ok(None);
    }
    let Some(row) = tx.record(session.org, EntryType::PERSON, &session.person.to_string()).await? else { return Ok(None) };
    let Ok(person) = Person::decode(&row.body) else { return Ok(None) };
    let Some(org) = tx.org(session.org).await? else { return Ok(None) };
    if person.withdrawn {
        return Ok(None);
    }
    let grants = tx.grants(session.org, session.person).await?;
    let t = language::of(&request.headers, Some(&person.language));
    let me = Me {
        org: session.org,
        person: session.person,
        name: calm(person.name),
        org_name: calm(org.name),
        grants,
        now_ms,
        t,
        here: request.here.clone(),
        csrf: session.csrf,
        hash: session.hash,
    };
    Ok(Some((session, me)))
}

/// Notes the request, and gives the token that replaces an old one.
async fn keep_alive(console: &Console, session: Session, now_ms: i64) -> Result<Option<String>, Failure> {
    let replaced = session.expires_ms - now_ms <= GRACE_MS;
    if replaced || now_ms - session.last_ms < TOUCH_MS {
        return Ok(None);
    }
    let mut tx = console.store.write().await?;
    if now_ms - session.created_ms < ROTATE_MS {
        tx.put_session(&Session { last_ms: now_ms, ..session }).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let (token, fresh) = make(console, session.org, session.person, now_ms);
    tx.put_session(&Session { csrf: session.csrf, expires_ms: session.expires_ms, ..fresh }).await?;
    tx.put_session(&Session { last_ms: now_ms, expires_ms: now_ms + GRACE_MS, ..session }).await?;
    tx.remove_expired_sessions(now_ms).await?;
    tx.commit().await?;
    Ok(Some(token))
}

#[cfg(test)]
mod tests {
    use super::super::strings::ENGLISH;
    use super::*;
    use frontline_domain::{GrantId, SiteId};

    const HARBOUR: Scope = Scope::Site(SiteId::from_bytes([1; 16]));
    const MARINA: Scope = Scope::Site(SiteId::from_bytes([2; 16]));

    /// Somebody who holds these at the time 100.
    fn me(held: &[(Role, Scope, i64, Option<i64>)]) -> Me {
        let person = PersonId::from_bytes([3; 16]);
        let grant = |&(role, scope, from_ms, until_ms)| {
            let id = GrantId::from_bytes([9; 16]);
            Grant { id, person, role, scope, from_ms, until_ms }
        };
        Me {
            org: OrgId::from_bytes([4; 16]),
            person,
            name: "Ana".into(),
            org_name: "Harbour".into(),
            grants: held.iter().map(grant).collect(),
            now_ms: 100,
            t: &ENGLISH,
            here: "/".into(),
            csrf: [1; 32],
            hash: [2; 32],
        }
    }

    #[test]
    fn a_role_counts_in_the_console_where_and_while_it_is_held() {
        let manager = me(&[(Role::Manager, HARBOUR, 0, None)]);
        assert!(manager.may(Act::Assign, HARBOUR) && !manager.may(Act::Assign, MARINA) && !manager.may(Act::Publish, HARBOUR));
        assert!(manager.may_give(Role::Staff, HARBOUR) && !manager.may_give(Role::Staff, MARINA));
        assert!(!manager.may_give(Role::Manager, HARBOUR), "nobody gives what they are");
        assert!(manager.may_anywhere(Act::Assign) && !manager.may_anywhere(Act::Publish));
        for over in [(Role::Manager, HARBOUR, 0, Some(100)), (Role::Manager, HARBOUR, 101, None), (Role::Staff, HARBOUR, 0, None)] {
            let one = me(&[over]);
            assert!(!one.may(Act::Assign, HARBOUR) && !one.may_give(Role::Staff, HARBOUR), "{over:?}");
            assert!(!one.may_anywhere(Act::Assign) && one.scopes(Act::Assign).is_empty(), "{over:?}");
        }
    }

    #[test]
    fn places_where_something_may_be_done_are_each_named_once_in_order() {
        let held = [
            (Role::Manager, MARINA, 0, None),
            (Role::Manager, HARBOUR, 0, None),
            (Role::Supervisor, HARBOUR, 0, None),
            (Role::Staff, Scope::Org, 0, None),
        ];
        assert_eq!(me(&held).scopes(Act::Oversee), [HARBOUR, MARINA]);
        assert_eq!(me(&held).scopes(Act::Assign), [HARBOUR, MARINA]);
        assert_eq!(me(&[(Role::Admin, Scope::Org, 0, None)]).scopes(Act::Oversee), [Scope::Org]);
    }
}
