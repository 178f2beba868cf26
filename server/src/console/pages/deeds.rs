//! What the console has done by the admin functions: opened at one desk, permission asked there again in
//! the same transaction, written whole or not at all.

use frontline_domain::permission::Act;
use frontline_domain::record::Assignment;
use frontline_domain::{AssignmentId, DeviceId, EntryHash, PersonId, ReleaseHash, Scope, SiteId, Slug, WithdrawalId};
use frontline_protocol::Code;

use super::assign::Wanted;
use crate::admin::content::drafts::KIND;
use crate::admin::content::runs::{Because, OpenRuns};
use crate::admin::{AdminError, Desk, LetIn};
use crate::console::Console;
use crate::console::errors::Failure;
use crate::console::session::Me;

impl From<AdminError> for Failure {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::NotAllowed => Self::Forbidden,
            AdminError::Unknown { .. } => Self::Missing,
            AdminError::Invalid(_) => Self::Wrong,
            AdminError::Store(error) => error.into(),
        }
    }
}

/// Assigns to a site, or to a person who works at it.
pub async fn assign(console: &Console, me: &Me, wanted: &Wanted) -> Result<AssignmentId, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Assign, Scope::Site(wanted.site)).await?;
    let made = desk.assign(&wanted.kind, &wanted.slug, wanted.to, wanted.due_ms).await?;
    desk.close().await?;
    Ok(made.id)
}

/// No longer asks for what was assigned; that somebody was quicker is the same.
pub async fn withdraw_assignment(console: &Console, me: &Me, place: Scope, one: &Assignment) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Assign, place).await?;
    desk.unassign(&one.kind, &one.slug, one.to).await?;
    Ok(desk.close().await?)
}

/// Withdraws content, and open runs of it where that was chosen; not done where somebody was quicker.
pub async fn withdraw_content(console: &Console, me: &Me, kind: &str, slug: &Slug, open: &OpenRuns) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let done = desk.withdraw_content(kind, slug).await?;
    if done && let (OpenRuns::Withdraw(because), KIND) = (open, kind) {
        desk.withdraw_runs(slug, because).await?;
    }
    desk.close().await?;
    Ok(done)
}

/// Makes a version current.
pub async fn publish_version(
    console: &Console,
    me: &Me,
    kind: &str,
    slug: &Slug,
    version: ReleaseHash,
    open: &OpenRuns,
) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    desk.publish_version(kind, slug, version).await?;
    if let (OpenRuns::Withdraw(because), KIND) = (open, kind) {
        desk.withdraw_runs(slug, because).await?;
    }
    Ok(desk.close().await?)
}

/// Withdraws open runs of versions that cannot be begun; whether there was a version whose runs were not withdrawn yet.
pub async fn withdraw_runs(console: &Console, me: &Me, slug: &Slug, because: &Because) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let versions = desk.withdraw_runs(slug, because).await?;
    desk.close().await?;
    Ok(versions > 0)
}

/// Opens the runs of a withdrawal again; not done where somebody was quicker.
pub async fn undo_withdrawal(console: &Console, me: &Me, slug: &Slug, id: WithdrawalId) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let done = desk.undo_withdrawal(slug, id).await?;
    desk.close().await?;
    Ok(done)
}

/// Publishes a draft over what it was compared with; not done where either is another by now.
pub async fn publish_draft(
    console: &Console,
    me: &Me,
    kind: &str,
    slug: &Slug,
    seen: (ReleaseHash, Option<ReleaseHash>),
    open: &OpenRuns,
) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let done = desk.publish_draft(kind, slug, seen).await?;
    if done && let OpenRuns::Withdraw(because) = open {
        desk.withdraw_runs(slug, because).await?;
    }
    desk.close().await?;
    Ok(done)
}

/// Gives a draft to somebody whom the reader oversees, or to themselves; not done where it is another by now.
pub async fn lend_draft(console: &Console, me: &Me, kind: &str, slug: &Slug, seen: ReleaseHash, person: PersonId) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let held = desk.tx.grants(me.org, person).await?;
    if person != me.person && !held.iter().any(|grant| grant.until_ms.is_none() && me.may(Act::Oversee, grant.scope)) {
        return Err(Failure::Missing);
    }
    let done = desk.lend_draft(kind, slug, seen, person).await?;
    desk.close().await?;
    Ok(done)
}

/// Somebody tries a draft no longer.
pub async fn take_draft_back(console: &Console, me: &Me, kind: &str, slug: &Slug, person: PersonId) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let done = desk.take_draft_back(kind, slug, person).await?;
    desk.close().await?;
    Ok(done)
}

/// Takes a draft away; not done where it is another by now.
pub async fn drop_draft(console: &Console, me: &Me, kind: &str, slug: &Slug, seen: ReleaseHash) -> Result<bool, Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Publish, Scope::Org).await?;
    let done = desk.drop_draft(kind, slug, seen).await?;
    desk.close().await?;
    Ok(done)
}

/// Makes a code with which a person enrols a device at a site, and says when it ends.
pub async fn code(console: &Console, me: &Me, site: SiteId, person: PersonId) -> Result<(String, i64), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Enrol, Scope::Site(site)).await?;
    let made = desk.enrolment_code(site, person).await?;
    desk.close().await?;
    Ok((made.code, made.expires_ms))
}

/// Gives a device at this place another name.
pub async fn rename_device(console: &Console, me: &Me, scope: Scope, device: DeviceId, name: &str) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Enrol, scope).await?;
    desk.rename_device(device, name).await?;
    Ok(desk.close().await?)
}

/// Marks a device as lost, or revokes it for good.
pub async fn end_device(console: &Console, me: &Me, scope: Scope, device: DeviceId, lost: bool, reason: &str) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Enrol, scope).await?;
    desk.end_device(device, lost, reason).await?;
    Ok(desk.close().await?)
}

/// A lost device is in use again.
pub async fn device_found(console: &Console, me: &Me, scope: Scope, device: DeviceId) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Enrol, scope).await?;
    desk.device_found(device).await?;
    Ok(desk.close().await?)
}

/// Lets somebody try their PIN again on a device.
pub async fn unlock_pin(console: &Console, me: &Me, scope: Scope, device: DeviceId, person: PersonId) -> Result<(), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::Unlock, scope).await?;
    desk.unlock_pin(device, person).await?;
    Ok(desk.close().await?)
}

/// Lets an entry in that belongs to `scope`, and says what came of it.
pub async fn let_in(console: &Console, me: &Me, scope: Scope, hash: EntryHash) -> Result<(&'static str, Option<Code>), Failure> {
    let mut desk = Desk::open(&console.app, me.org).await?;
    desk.require(me.person, Act::LetIn, scope).await?;
    let done = match desk.let_in(hash).await {
        Ok(done) => done,
        // Two managers at once: the other one was first.
        Err(AdminError::Invalid(_)) => return Ok(("gone", None)),
        Err(error) => return Err(error.into()),
    };
    desk.close().await?;
    Ok(match done {
        LetIn::Stored => ("stored", None),
        LetIn::Remake => ("remake", None),
        LetIn::Impossible(code) => ("refused", Some(code)),
    })
}
