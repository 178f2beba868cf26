//! Contacts with customers, timed by the monotonic clock.

use frontline_domain::customer::{Customer, Handle, HandleError, MAX_NAME, root};
use frontline_domain::fact::{Fact, InteractionClosed, InteractionCustomer, InteractionEvent, InteractionOpened, MAX_COMMENT};
use frontline_domain::metrics::interaction::ContactState;
use frontline_domain::record::SubjectMerged;
use frontline_domain::release::{Content, ReasonTree};
use frontline_domain::{CaptureId, EntryType, Moment, ReleaseHash, Scope, Slug};
use serde::Serialize;

use super::piece::{Piece, Pieced, Spot};
use super::shown::{self, CaptureState};
use crate::capture::Pen;
use crate::core::{Core, Inner};
use crate::customers::{self, Opened};
use crate::error::{Error, Fault};
use crate::people;
use crate::store::interactions::{self, InteractionRow};
use crate::store::{Db, meta, records};

/// A contact that begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenDraft {
    pub reason: Option<String>,
    pub channel: Option<String>,
    pub touchpoint: Option<String>,
    pub customer: Option<CustomerDraft>,
}

/// Who a contact is with, as it was typed; at least one of these.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CustomerDraft {
    pub name: Option<String>,
    /// With its country's code.
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Free words about them.
    pub note: Option<String>,
}
impl std::fmt::Debug for CustomerDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerDraft(…)")
    }
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
    pub status: ContactState,
    /// What it was about. (`reason` is why the server holds or refuses it.)
    #[serde(rename = "contact_reason")]
    pub reason: Option<String>,
    pub channel: Option<String>,
    pub touchpoint: Option<String>,
    pub outcome: Option<String>,
    pub customer: Option<CustomerShown>,
    pub person: String,
    pub opened_ms: i64,
    /// Handling time until now.
    pub active_ms: u64,
    /// None for what another device captured.
    #[serde(flatten)]
    pub state: Option<CaptureState>,
}

/// What this device knows of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerState {
    Known,
    /// By order, everywhere.
    Forgotten,
    /// Its key is not for this device, or has not come.
    Closed,
}

/// A customer, as far as this device can tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerShown {
    /// The same for two contacts of one customer, once the server found that they are.
    pub id: String,
    pub state: CustomerState,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub note: Option<String>,
}

/// Contacts.
pub struct Interactions<'a>(pub(super) &'a Inner);

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
            if let Some(draft) = &draft.customer {
                with_customer(pen, scope, id, draft)?;
            }
            pen.hand_in("contact/new")?;
            Ok(id.to_string())
        })
    }

    /// Says who a contact is with; what was said before is replaced.
    pub fn customer(&self, id: &str, draft: CustomerDraft) -> Result<(), Error> {
        self.0.capture(|pen| {
            let row = find(pen.tx, id)?;
            with_customer(pen, row.scope, row.id, &draft)?;
            pen.hand_in(&format!("contact/{}", row.id))
        })
    }

    /// The contacts of whoever has this phone number or address, newest first, without a network; also those
    /// that other devices captured, as far as this one may read them.
    pub fn of_customer(&self, phone: Option<&str>, email: Option<&str>) -> Result<Vec<InteractionSummary>, Error> {
        self.0.show(|db| {
            let handle = match (phone, email) {
                (Some(phone), None) => handle("phone", Handle::phone(phone))?,
                (None, Some(email)) => handle("email", Handle::email(email))?,
                _ => return Err(Fault::invalid("phone", "one", "say either a phone number or an e-mail address")),
            };
            let (now, found) = (self.0.now(db)?, customers::find(db, &handle)?);
            let mut rows = Vec::new();
            for id in found {
                rows.extend(interactions::get(db, id)?);
            }
            rows.sort_by_key(|row| (std::cmp::Reverse(row.opened_ms), row.id));
            rows.into_iter().map(|row| summary(db, row, &now)).collect()
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
    /// Takes a mistake of one's own out of every count; of a colleague's, whoever manages the site.
    pub fn void(&self, id: &str) -> Result<(), Error> {
        self.0.capture(|pen| {
            let row = standing(pen, id, "voided", &[ContactState::Open, ContactState::Paused, ContactState::Closed])?;
            if !pen.may_void(row.person, row.scope) {
                return Err(Fault::Forbidden);
            }
            pen.fact(row.scope, &Fact::InteractionVoided(InteractionEvent { interaction: row.id }))?;
            Ok(())
        })
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

    /// What this device holds, newest first, a piece at a time.
    pub fn list(&self, piece: &Piece) -> Result<Pieced<InteractionSummary>, Error> {
        self.0.show(|db| {
            let now = self.0.now(db)?;
            let rows = |from: &Spot, count| Ok(interactions::behind(db, from.at_ms, &from.id, count)?);
            piece.of(rows, |row| Spot { at_ms: row.opened_ms, id: *row.id.as_bytes() }, |row| summary(db, row, &now))
        })
    }

    /// One contact.
    pub fn detail(&self, id: &str) -> Result<InteractionSummary, Error> {
        self.0.show(|db| {
            let row = find(db, id)?;
            summary(db, row, &self.0.now(db)?)
        })
    }
}

fn handle(field: &str, read: Result<Handle, HandleError>) -> Result<Handle, Fault> {
    read.map_err(|e| Fault::invalid(field, "format", e.to_string()))
}

fn with_customer(pen: &mut Pen<'_>, scope: Scope, id: CaptureId, draft: &CustomerDraft) -> Result<(), Fault> {
    let typed = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let name = typed(&draft.name);
    if name.as_ref().is_some_and(|n| n.len() > MAX_NAME) {
        return Err(Fault::invalid("name", "length", format!("a customer's name has at most {MAX_NAME} bytes")));
    }
    let phone = typed(&draft.phone).map(|t| handle("phone", Handle::phone(&t))).transpose()?;
    let email = typed(&draft.email).map(|t| handle("email", Handle::email(&t))).transpose()?;
    let note = typed(&draft.note);
    if note.as_ref().is_some_and(|n| n.len() > MAX_COMMENT) {
        return Err(Fault::invalid("note", "length", format!("a note has at most {MAX_COMMENT} bytes")));
    }
    if name.is_none() && phone.is_none() && email.is_none() && note.is_none() {
        return Err(Fault::invalid("customer", "required", "say the customer's name, phone number, e-mail address or a note"));
    }
    let text = |h: Option<Handle>| h.map(|h| h.text().to_owned());
    let customer = Customer { name, phone: text(phone), email: text(email), note };
    let customer = pen.seal_customer(id, &customer)?;
    pen.fact(scope, &Fact::InteractionCustomer(InteractionCustomer { interaction: id, customer }))?;
    Ok(())
}

fn shown_customer(db: &Db<'_>, id: CaptureId) -> Result<Option<CustomerShown>, Fault> {
    let Some((subject, opened)) = customers::open::<Customer>(db, meta::identity(db)?.org, id)? else { return Ok(None) };
    let (state, known) = match opened {
        Opened::Known(known) => (CustomerState::Known, known),
        Opened::Forgotten => (CustomerState::Forgotten, Customer::default()),
        Opened::Closed => (CustomerState::Closed, Customer::default()),
    };
    let merges: Vec<SubjectMerged> = records::all(db)?;
    let Customer { name, phone, email, note } = known;
    Ok(Some(CustomerShown { id: root(&merges, subject).to_string(), state, name, phone, email, note }))
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
pub(super) fn tree(db: &Db<'_>) -> Result<(ReleaseHash, ReasonTree), Fault> {
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
        status: row.status,
        reason: text(row.reason),
        channel: text(row.channel),
        touchpoint: text(row.touchpoint),
        outcome: text(row.outcome),
        customer: shown_customer(db, row.id)?,
        person: people::name(db, row.person)?,
        opened_ms: row.opened_ms,
        active_ms: row.active_ms + row.running.map_or(0, |since| now.since(&since)),
        state: CaptureState::about(db, &crate::project::Subject::Interaction(row.id))?,
    })
}
