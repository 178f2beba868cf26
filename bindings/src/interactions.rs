//! The log of contacts with customers.

use std::sync::Arc;

use frontline_device::services::contact_form::{Choices, ContactForm as Form};
use frontline_device::services::interactions as device;
use frontline_domain::metrics::interaction::ContactState;

use crate::FrontlineError;
use crate::page::PageAsked;
use crate::root::Shared;
use crate::sync::CaptureState;
use crate::words::{Named, Words};

/// Contacts, begun, paused, closed.
#[derive(uniffi::Object)]
pub struct Interactions {
    pub(crate) shared: Arc<Shared>,
}

/// What a contact can be about, how it can end, and over which channel it came.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactForm {
    pub reasons: Vec<ReasonFamily>,
    pub outcomes: Vec<Named>,
    pub channels: Vec<Named>,
    pub touchpoints: Vec<Named>,
}

/// Reasons that belong together.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReasonFamily {
    pub id: String,
    pub label: Words,
    pub reasons: Vec<Named>,
}

/// A contact that begins.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactDraft {
    #[uniffi(default = None)]
    pub reason: Option<String>,
    #[uniffi(default = None)]
    pub channel: Option<String>,
    #[uniffi(default = None)]
    pub touchpoint: Option<String>,
    #[uniffi(default = None)]
    pub customer: Option<CustomerDraft>,
}

/// Who a contact is with, as it was typed; at least one of these.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct CustomerDraft {
    #[uniffi(default = None)]
    pub name: Option<String>,
    /// With its country's code.
    #[uniffi(default = None)]
    pub phone: Option<String>,
    #[uniffi(default = None)]
    pub email: Option<String>,
    /// Free words about them.
    #[uniffi(default = None)]
    pub note: Option<String>,
}
impl std::fmt::Display for CustomerDraft {
    /// For logs of a shell: without what must not be in them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerDraft(…)")
    }
}
impl std::fmt::Debug for CustomerDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerDraft(…)")
    }
}

/// How a contact ended.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CloseDraft {
    pub id: String,
    pub reason: String,
    pub outcome: String,
    /// Where it is another one than at the opening.
    #[uniffi(default = None)]
    pub channel: Option<String>,
}

/// What is done to a contact that is open or paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ContactMark {
    Pause,
    Resume,
    /// Takes it out of every count: it was a mistake.
    Void,
}

/// Which contacts are listed.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ContactsOf {
    Everybody,
    /// Of whoever has this phone number, with its country's code.
    Phone {
        phone: String,
    },
    Email {
        email: String,
    },
}

/// How far a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ContactStatus {
    Open,
    Paused,
    Closed,
    Voided,
}

/// A row of the list, and all that there is to show.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactSummary {
    pub id: String,
    pub status: ContactStatus,
    pub reason: Option<ContactChoice>,
    pub channel: Option<ContactChoice>,
    pub touchpoint: Option<ContactChoice>,
    pub outcome: Option<ContactChoice>,
    pub customer: Option<CustomerShown>,
    pub person: String,
    pub opened_ms: i64,
    /// Handling time until now, ms; it runs while the contact is open.
    pub active_ms: u64,
    /// None for what another device captured.
    pub state: Option<CaptureState>,
}

/// What was chosen, with how it reads; the name itself where the list no longer has it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactChoice {
    pub id: String,
    pub reads: String,
}

/// A customer, as far as this device can tell.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct CustomerShown {
    /// The same for two contacts of one customer, once the server found that they are.
    pub id: String,
    pub state: CustomerState,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub note: Option<String>,
}
impl std::fmt::Display for CustomerShown {
    /// For logs of a shell: without what must not be in them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerShown(…)")
    }
}
impl std::fmt::Debug for CustomerShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CustomerShown({}, {:?})", self.id, self.state)
    }
}

/// Whether a customer can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CustomerState {
    Known,
    Forgotten,
    /// Its key is not for this device, or has not come.
    Closed,
}

/// A page of contacts, newest first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactPage {
    pub items: Vec<ContactSummary>,
    pub next: Option<String>,
}

#[uniffi::export]
impl Interactions {
    /// What there is to choose from; empty before it has come.
    pub fn form(&self) -> Result<ContactForm, FrontlineError> {
        self.shared.with(|core| Ok(core.interactions().form()?.into()))
    }

    /// Begins a contact and its timer; gives its id.
    pub fn open(&self, draft: ContactDraft) -> Result<String, FrontlineError> {
        let ContactDraft { reason, channel, touchpoint, customer } = draft;
        let draft = device::OpenDraft { reason, channel, touchpoint, customer: customer.map(Into::into) };
        self.shared.with(|core| Ok(core.interactions().open(draft)?))
    }

    /// Says who a contact is with; what was said before is replaced.
    pub fn customer(&self, id: String, draft: CustomerDraft) -> Result<(), FrontlineError> {
        self.shared.with(|core| Ok(core.interactions().customer(&id, draft.into())?))
    }

    pub fn mark(&self, id: String, mark: ContactMark) -> Result<(), FrontlineError> {
        self.shared.with(|core| {
            let log = core.interactions();
            let marked = match mark {
                ContactMark::Pause => log.pause(&id),
                ContactMark::Resume => log.resume(&id),
                ContactMark::Void => log.void(&id),
            };
            Ok(marked?)
        })
    }

    /// Ends a contact with its reason and outcome.
    pub fn close_contact(&self, draft: CloseDraft) -> Result<(), FrontlineError> {
        let CloseDraft { id, reason, outcome, channel } = draft;
        self.shared.with(|core| Ok(core.interactions().close(device::CloseDraft { id, reason, outcome, channel })?))
    }

    /// The contacts that this device holds; those of one customer come in one page, also such as other devices took down.
    pub fn list(&self, of: ContactsOf, page: PageAsked) -> Result<ContactPage, FrontlineError> {
        self.shared.with(|core| {
            let (log, form) = (core.interactions(), core.interactions().form()?);
            let (rows, next) = match of {
                ContactsOf::Everybody => {
                    let found = log.list(&page.piece())?;
                    (found.list, found.next)
                }
                ContactsOf::Phone { phone } => page.of(log.of_customer(Some(&phone), None)?, |row| &row.id)?,
                ContactsOf::Email { email } => page.of(log.of_customer(None, Some(&email))?, |row| &row.id)?,
            };
            Ok(ContactPage { items: rows.into_iter().map(|row| summary(row, &form)).collect(), next })
        })
    }

    /// One contact.
    pub fn contact(&self, id: String) -> Result<ContactSummary, FrontlineError> {
        self.shared.with(|core| Ok(summary(core.interactions().detail(&id)?, &core.interactions().form()?)))
    }
}

fn summary(row: device::InteractionSummary, form: &Form) -> ContactSummary {
    let reads = |of, id: Option<String>| id.map(|id| ContactChoice { reads: form.reads(of, &id).to_owned(), id });
    ContactSummary {
        id: row.id,
        status: match row.status {
            ContactState::Open => ContactStatus::Open,
            ContactState::Paused => ContactStatus::Paused,
            ContactState::Voided => ContactStatus::Voided,
            ContactState::Closed => ContactStatus::Closed,
        },
        reason: reads(Choices::Reasons, row.reason),
        channel: reads(Choices::Channels, row.channel),
        touchpoint: reads(Choices::Touchpoints, row.touchpoint),
        outcome: reads(Choices::Outcomes, row.outcome),
        customer: row.customer.map(Into::into),
        person: row.person,
        opened_ms: row.opened_ms,
        active_ms: row.active_ms,
        state: row.state.map(Into::into),
    }
}

impl From<CustomerDraft> for device::CustomerDraft {
    fn from(d: CustomerDraft) -> Self {
        Self { name: d.name, phone: d.phone, email: d.email, note: d.note }
    }
}

impl From<device::CustomerShown> for CustomerShown {
    fn from(c: device::CustomerShown) -> Self {
        let state = match c.state {
            device::CustomerState::Known => CustomerState::Known,
            device::CustomerState::Forgotten => CustomerState::Forgotten,
            device::CustomerState::Closed => CustomerState::Closed,
        };
        Self { id: c.id, state, name: c.name, phone: c.phone, email: c.email, note: c.note }
    }
}

impl From<Form> for ContactForm {
    fn from(form: Form) -> Self {
        let named = |all: Vec<_>| all.into_iter().map(Named::from).collect();
        Self {
            reasons: form
                .reasons
                .into_iter()
                .map(|f| ReasonFamily { id: f.id, label: f.label.into(), reasons: named(f.reasons) })
                .collect(),
            outcomes: named(form.outcomes),
            channels: named(form.channels),
            touchpoints: named(form.touchpoints),
        }
    }
}
