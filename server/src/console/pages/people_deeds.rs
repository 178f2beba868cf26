//! What is done with people by the admin functions; each asks again, in its own transaction, whether it may.

use frontline_domain::permission::{Act, Grant, Role};
use frontline_domain::{PersonId, Scope, Slug};

use crate::admin::{AdminError, Desk, secrets};
use crate::console::Console;
use crate::console::errors::Failure;
use crate::console::session::Me;

/// Somebody who is to be added.
pub struct Newcomer {
    pub name: String,
    pub slug: Slug,
    pub language: String,
    pub role: Role,
    pub scope: Scope,
}

/// Adds a person with their first role.
pub async fn add(console: &Console, me: &Me, new: &Newcomer) -> Result<PersonId, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require_giving(me.person, new.role, new.scope).await?;
    let person = desk.add_person(new.slug.as_str(), &new.name, Some(&new.language)).await?;
    desk.grant(person.id, new.role, new.scope).await?;
    desk.close().await?;
    Ok(person.id)
}

pub async fn give(console: &Console, me: &Me, person: PersonId, role: Role, scope: Scope) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require_giving(me.person, role, scope).await?;
    desk.grant(person, role, scope).await?;
    Ok(desk.close().await?)
}

/// Ends a role; wrong where somebody ended it meanwhile.
pub async fn end(console: &Console, me: &Me, grant: &Grant, since_ms: i64) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require_giving(me.person, grant.role, grant.scope).await?;
    if !desk.withdraw_since(grant.person, grant.role, grant.scope, since_ms).await? {
        return Err(Failure::Wrong);
    }
    Ok(desk.close().await?)
}

/// Moves all roles at the one site to the other; nothing, where one of them is not theirs to move.
pub async fn move_person(console: &Console, me: &Me, person: PersonId, from: Scope, to: Scope) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    for grant in desk.held(person).await?.into_iter().filter(|g| g.scope == from) {
        desk.require_giving(me.person, grant.role, from).await?;
        desk.require_giving(me.person, grant.role, to).await?;
    }
    if desk.move_person(person, from, to).await? == 0 {
        return Err(Failure::Wrong);
    }
    Ok(desk.close().await?)
}

/// Makes a password with which somebody signs in; none where the address can't be theirs.
pub async fn password(console: &Console, me: &Me, person: PersonId, email: &str) -> Result<Option<String>, Failure> {
    let password = secrets::readable(&*console.random, 20);
    let hashed = console.hash(&password).await?;
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Administer, Scope::Org).await?;
    match desk.set_password(person, email, hashed).await {
        Ok(()) => {}
        Err(AdminError::Invalid(_)) => return Ok(None),
        Err(other) => return Err(other.into()),
    }
    desk.close().await?;
    Ok(Some(password))
}
