//! What people with a say do: the organisation, its people, their roles, devices, quarantine, assignments,
//! content. Library functions, called by the command line, the console and the HTTP API alike.
//!
//! Start at [`Desk`]: it holds one write transaction of one organisation; its methods lie by subject in the
//! files beside. Nothing is written before [`Desk::close`]. Whether somebody may is asked by the caller, or
//! with [`Desk::require`].

pub mod access;
pub mod assign;
pub mod codes;
pub mod content;
pub mod devices;
pub mod import;
pub mod org;
pub mod people;
pub mod quarantine;
pub mod secrets;

use frontline_domain::permission::{Act, Role, Verb, may, may_give};
use frontline_domain::record::{Assignment, Organisation, Person, Site};
use frontline_domain::{Incarnation, OrgId, PersonId, Scope, Slug};

use crate::app::App;
use crate::feed::Feeds;
use crate::judge::Later;
use crate::judge::writer::finish;
use crate::ledger::Order;
use crate::pen::Pen;
use crate::records;
use crate::recovery::RecoveryError;
use crate::store::{OrgRow, ReadTx, StoreError, WriteTx};

pub use codes::NewCode;
pub use org::{Init, init};
pub use quarantine::LetIn;

/// Why it was not done. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    #[error("there is no {what} ‘{key}’; {}", known_ones(known))]
    Unknown { what: &'static str, key: String, known: String },
    #[error("{0}")]
    Invalid(String),
    #[error("this needs a role that you do not have there")]
    NotAllowed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Before content was pushed for the first time there are none, and a list of none helps nobody.
fn known_ones(known: &str) -> String {
    if known.is_empty() {
        "there are none; what there is comes with content (frontline content push DIR)".to_owned()
    } else {
        format!("known: {known}")
    }
}

/// A key file that is not as it should be is for whoever put it there to mend.
impl From<RecoveryError> for AdminError {
    fn from(e: RecoveryError) -> Self {
        Self::Invalid(e.to_string())
    }
}

pub type Result<T> = std::result::Result<T, AdminError>;

/// Whether this can be a name: something of at most so many bytes, in one line.
pub fn is_name(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.len() <= most && !text.contains(char::is_control)
}

/// One organisation's desk: what is done at it is written together, or not at all.
pub struct Desk<'a> {
    pub app: &'a App,
    pub tx: Box<dyn WriteTx>,
    pub(crate) feeds: Feeds,
    pub(crate) pen: Pen,
    pub(crate) later: Vec<Later>,
    /// What must outlive a restored backup.
    pub(crate) orders: Vec<Order>,
    pub now_ms: i64,
}

impl<'a> Desk<'a> {
    /// Waits for the one write transaction.
    pub async fn open(app: &'a App, org: OrgId) -> Result<Self> {
        let mut tx = app.store.write().await?;
        let pen = Pen::of(&mut *tx, org).await?;
        Self::with(app, tx, pen).await
    }

    async fn with(app: &'a App, mut tx: Box<dyn WriteTx>, pen: Pen) -> Result<Self> {
        let now_ms = app.now_ms();
        let feeds = Feeds::begin(&mut *tx, now_ms).await?;
        Ok(Self { app, tx, feeds, pen, later: Vec::new(), orders: Vec::new(), now_ms })
    }

    /// Makes everything durable. A desk that is dropped instead did nothing.
    pub async fn close(mut self) -> Result<()> {
        finish(&mut *self.tx, &mut self.feeds, std::mem::take(&mut self.later)).await?;
        // Before the commit: if the power goes between the two, the order stands.
        if !self.orders.is_empty() {
            let line = self.app.ledger.append(&self.orders).map_err(StoreError::from)?;
            self.tx.set_ledger(line).await?;
        }
        Ok(self.tx.commit().await?)
    }

    /// Its organisation.
    pub fn org(&self) -> OrgId {
        self.pen.org.id
    }

    /// Refuses unless this person may do this there, now.
    pub async fn require(&mut self, person: PersonId, act: Act, scope: Scope) -> Result<()> {
        let grants = self.tx.grants(self.org(), person).await?;
        if may(&grants, self.now_ms, Verb::Act(act), scope) { Ok(()) } else { Err(AdminError::NotAllowed) }
    }

    /// Refuses unless this person may give this role there, or end it, now.
    pub async fn require_giving(&mut self, person: PersonId, role: Role, scope: Scope) -> Result<()> {
        let grants = self.tx.grants(self.org(), person).await?;
        if may_give(&grants, self.now_ms, role, scope) { Ok(()) } else { Err(AdminError::NotAllowed) }
    }

    pub async fn organisation(&mut self) -> Result<Organisation> {
        let org = self.org();
        let found = records::one(self.tx.as_read(), org, &org.to_string()).await?;
        found.ok_or_else(|| StoreError::Corrupt("the organisation has no record".into()).into())
    }
    pub async fn site(&mut self, slug: &str) -> Result<Site> {
        site(self.tx.as_read(), self.pen.org.id, slug).await
    }
    pub async fn person(&mut self, slug: &str) -> Result<Person> {
        person(self.tx.as_read(), self.pen.org.id, slug).await
    }
    pub(crate) async fn assignments(&mut self) -> Result<Vec<Assignment>> {
        Ok(records::all(self.tx.as_read(), self.pen.org.id).await?)
    }
    /// Makes a record stand in these feeds.
    pub(crate) async fn record<R: records::Keyed>(&mut self, scopes: &[Scope], record: &R) -> Result<bool> {
        Ok(self.pen.record(&mut *self.tx, &mut self.feeds, scopes, record).await?)
    }
}

/// The site with this slug that is not withdrawn.
pub async fn site(tx: &mut dyn ReadTx, org: OrgId, slug: &str) -> Result<Site> {
    let mut all: Vec<Site> = records::all(tx, org).await?;
    all.retain(|s| !s.withdrawn);
    find(all, "site", slug, |s| &s.slug)
}

/// The person with this slug who is not withdrawn.
pub async fn person(tx: &mut dyn ReadTx, org: OrgId, slug: &str) -> Result<Person> {
    let mut all: Vec<Person> = records::all(tx, org).await?;
    all.retain(|p| !p.withdrawn);
    find(all, "person", slug, |p| &p.slug)
}

fn find<R>(all: Vec<R>, what: &'static str, slug: &str, of: impl Fn(&R) -> &Slug) -> Result<R> {
    let known = || {
        let slugs: Vec<&str> = all.iter().map(|r| of(r).as_str()).take(12).collect();
        format!("{}{}", slugs.join(", "), if all.len() > 12 { ", …" } else { "" })
    };
    match all.iter().position(|r| of(r).as_str() == slug) {
        Some(at) => Ok(all.into_iter().nth(at).expect("its place was found")),
        None => Err(AdminError::Unknown { what, key: slug.to_owned(), known: known() }),
    }
}

/// The organisation of this name or id; the only one where none is named.
pub async fn organisation(tx: &mut dyn ReadTx, named: Option<&str>) -> Result<OrgRow> {
    let mut orgs = tx.orgs().await?;
    match named {
        Some(name) => {
            let at = orgs.iter().position(|o| o.name == name || o.id.to_string() == name);
            let missing = || AdminError::Invalid("this server has no organisation of that name or id".into());
            Ok(orgs.swap_remove(at.ok_or_else(missing)?))
        }
        None if orgs.len() == 1 => Ok(orgs.swap_remove(0)),
        None if orgs.is_empty() => Err(AdminError::Invalid("this server has no organisation yet; make one first".into())),
        None => Err(AdminError::Invalid(format!(
            "this server has {} organisations; name the one that is meant with --org, by its name or id",
            orgs.len()
        ))),
    }
}

/// After a restore from a backup: devices must learn that receipts of the lost life may be void.
pub async fn new_incarnation(app: &App) -> Result<Incarnation> {
    let mut tx = app.store.write().await?;
    let incarnation = Incarnation(app.random.next_u64());
    tx.set_incarnation(incarnation).await?;
    let line = app.ledger.append(&[Order::Life { incarnation, at_ms: app.now_ms() }]).map_err(StoreError::from)?;
    tx.set_ledger(line).await?;
    tx.commit().await?;
    Ok(incarnation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::World;

    #[tokio::test]
    async fn nobody_does_or_gives_at_the_desk_what_their_roles_do_not_let_them() {
        let world = World::begin().await;
        let (ana, ben, scope) = (world.person("ana").await, world.person("ben").await, world.scope("harbour").await);
        let mut desk = world.desk().await;
        let helen = world.init.person;
        for act in [Act::Assign, Act::Enrol, Act::LetIn, Act::Administer] {
            assert!(desk.require(helen, act, scope).await.is_ok(), "she administers the organisation");
            assert!(matches!(desk.require(ana, act, scope).await, Err(AdminError::NotAllowed)), "{act:?}");
        }
        assert!(desk.require(ben, Act::Oversee, scope).await.is_ok(), "he leads there");
        let elsewhere = desk.site("marina").await.unwrap().id;
        assert!(matches!(desk.require(ben, Act::Oversee, Scope::Site(elsewhere)).await, Err(AdminError::NotAllowed)));
        for role in Role::ALL {
            assert!(desk.require_giving(helen, role, scope).await.is_ok(), "{role:?}");
            assert!(matches!(desk.require_giving(ben, role, scope).await, Err(AdminError::NotAllowed)), "{role:?}");
        }
    }
}
