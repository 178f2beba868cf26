//! Contacts with customers, timed by the monotonic clock.

use frontline_domain::fact::{Fact, InteractionClosed, InteractionEvent, InteractionOpened};
use frontline_domain::metrics::interaction::ContactState;
use frontline_domain::release::{Content, ReasonTree};
use frontline_domain::{CaptureId, EntryType, Moment, ReleaseHash, Scope, Slug};
use serde::Serialize;

use super::shown::{self, CaptureState};
use crate::capture::Pen;
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::people;
use crate::store::interactions::{self, InteractionRow};
use crate::store::{Db, outbox};

/// A contact that begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenDraft {
    pub reason: Option<String>,
    pub channel: Option<String>,
    pub touchpoint: Option<String>,
}

/// How a contact ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CloseDraft {
    pub id: String,
    pub reason: String,
    pub outcome: String,
    /// Where it is another one than at the opening.
    pub channel: Option<String>,
}

/// A row of the list, and all that there is to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InteractionSummary {
    pub id: String,
    /// `open`, `paused`, `closed` or `voided`.
    pub status: &'static str,
    pub reason: Option<String>,
    pub channel: Option<String>,
    pub touchpoint: Option<String>,
    pub outcome: Option<String>,
    pub person: String,
    pub opened_ms: i64,
    /// Handling time until now.
    pub active_ms: u64,
    /// None for what another device captured.
    #[serde(flatten)]
    pub state: Option<CaptureState>,
}

/// Contacts.
pub struct Interactions<'a>(&'a Inner);

impl Core {
    /// The log of contacts.
    pub fn interactions(&self) -> Interactions<'_> {
        Interactions(&self.inner)
    }
}

impl Interactions<'_> {
    /// Begins a contact and its timer; gives its id.
    pub fn open(&self, draft: OpenDraft) -> Result<String, Error> {
        self.0.capture(|pen| {
            let point = draft.touchpoint.as_deref().map(|t| shown::touchpoint(pen.tx, t)).transpose()?;
            let (mut reason, mut channel) = (None, None);
            if draft.reason.is_some() || draft.channel.is_some() {
                let (_, tree) = tree(pen.tx)?;
                reason = draft.reason.as_deref().map(|r| reason_of(&tree, r)).transpose()?;
                channel = draft.channel.as_deref().map(|c| channel_of(&tree, c)).transpose()?;
            }
            let scope = match &point {
                Some(point) => Scope::Site(point.site),
                None => pen.site(EntryType::INTERACTION_OPENED)?,
            };
            let id = pen.id();
            let opened = InteractionOpened { id, reason, channel, touchpoint: point.map(|p| p.slug) };
            pen.fact(scope, &Fact::InteractionOpened(opened))?;
            Ok(id.to_string())
        })
    }

    /// Stops the timer for a while.
    pub fn pause(&self, id: &str) -> Result<(), Error> {
        self.event(id, "paused", &[ContactState::Open], Fact::InteractionPaused)
    }
    /// Lets it run again.
    pub fn resume(&self, id: &str) -> Result<(), Error> {
        self.event(id, "resumed", &[ContactState::Paused], Fact::InteractionResumed)
    }
    /// Takes a mistake out of every count.
    pub fn void(&self, id: &str) -> Result<(), Error> {
        self.event(id, "voided", &[ContactState::Open, ContactState::Paused, ContactState::Closed], Fact::InteractionVoided)
    }

    fn event(&self, id: &str, what: &str, from: &[ContactState], fact: fn(InteractionEvent) -> Fact) -> Result<(), Error> {
        self.0.capture(|pen| {
            let row = standing(pen, id, what, from)?;
            pen.fact(row.scope, &fact(InteractionEvent { interaction: row.id }))?;
            Ok(())
        })
    }

    /// Ends a contact with its reason and outcome.
    pub fn close(&self, draft: CloseDraft) -> Result<(), Error> {
        self.0.capture(|pen| {
            let row = standing(pen, &draft.id, "closed", &[ContactState::Open, ContactState::Paused])?;
            let (hash, tree) = tree(pen.tx)?;
            let reason = reason_of(&tree, &draft.reason)?;
            let channel = draft.channel.as_deref().map(|c| channel_of(&tree, c)).transpose()?;
            let outcome = shown::slug("outcome", &draft.outcome)?;
            let listed = tree.outcome(&outcome).ok_or_else(|| Fault::invalid("outcome", "choice", "choose one of the listed outcomes"))?;
            let closed = InteractionClosed {
                interaction: row.id,
                tree: hash,
                reason,
                outcome,
                channel,
                resolved: listed.resolved,
                handled: listed.handled,
            };
            pen.fact(row.scope, &Fact::InteractionClosed(closed))?;
            Ok(())
        })
    }

    /// All that this device holds, newest first.
    pub fn list(&self) -> Result<Vec<InteractionSummary>, Error> {
        self.0.read(|db| {
            let now = self.0.now(db)?;
            interactions::all(db)?.into_iter().map(|row| summary(db, row, &now)).collect()
        })
    }

    /// One contact.
    pub fn detail(&self, id: &str) -> Result<InteractionSummary, Error> {
        self.0.read(|db| {
            let row = find(db, id)?;
            summary(db, row, &self.0.now(db)?)
        })
    }
}

fn find(db: &Db<'_>, id: &str) -> Result<InteractionRow, Fault> {
    let id: CaptureId = shown::id("id", id)?;
    interactions::get(db, id)?.ok_or_else(|| Fault::not_found("contact with this id"))
}

/// The contact, if it stands where it may become `what`.
fn standing(pen: &Pen<'_>, id: &str, what: &str, from: &[ContactState]) -> Result<InteractionRow, Fault> {
    let row = find(pen.tx, id)?;
    if from.contains(&row.status) {
        return Ok(row);
    }
    let names: Vec<&str> = from.iter().map(|s| s.name()).collect();
    let message = format!("this contact is {}; only one that is {} can be {what}", row.status.name(), names.join(" or "));
    Err(Fault::invalid("id", "state", message))
}

/// The reason tree in use.
fn tree(db: &Db<'_>) -> Result<(ReleaseHash, ReasonTree), Fault> {
    let all = shown::all_published(db, "reasons")?;
    let mut trees = all.into_iter().filter_map(|(hash, release)| match release.content {
        Content::Reasons(tree) => Some((hash, tree)),
        _ => None,
    });
    trees.next_back().ok_or_else(|| Fault::not_found("list of contact reasons"))
}

fn reason_of(tree: &ReasonTree, name: &str) -> Result<Slug, Fault> {
    let slug = shown::slug("reason", name)?;
    if tree.has_reason(&slug) { Ok(slug) } else { Err(Fault::invalid("reason", "choice", "choose one of the listed contact reasons")) }
}

fn channel_of(tree: &ReasonTree, name: &str) -> Result<Slug, Fault> {
    let slug = shown::slug("channel", name)?;
    if tree.has_channel(&slug) { Ok(slug) } else { Err(Fault::invalid("channel", "choice", "choose one of the listed channels")) }
}

fn summary(db: &Db<'_>, row: InteractionRow, now: &Moment) -> Result<InteractionSummary, Fault> {
    let text = |slug: Option<Slug>| slug.map(|s| s.to_string());
    Ok(InteractionSummary {
        id: row.id.to_string(),
        status: row.status.name(),
        reason: text(row.reason),
        channel: text(row.channel),
        touchpoint: text(row.touchpoint),
        outcome: text(row.outcome),
        person: people::name(db, row.person)?,
        opened_ms: row.opened_ms,
        active_ms: row.active_ms + row.running.map_or(0, |since| now.since(&since)),
        state: CaptureState::of_all(&outbox::about(db, &crate::project::Subject::Interaction(row.id).encode())?),
    })
}
