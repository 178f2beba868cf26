//! Who is at the phone: signed in, switched, locked, and what they began to write.

use std::sync::Arc;

use frontline_device::people as device;
use frontline_device::people::pin;

use crate::FrontlineError;
use crate::page::PageAsked;
use crate::root::Shared;
use crate::words::{Direction, Named, Words};

/// The people of this device.
#[derive(uniffi::Object)]
pub struct People {
    pub(crate) shared: Arc<Shared>,
}

/// Whoever writes now, and what they may do here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Me {
    pub id: String,
    pub name: String,
    pub organisation: String,
    pub site: Words,
    /// What they are there now: `staff`, `supervisor`, …
    pub roles: Vec<String>,
    /// The BCP 47 tag of the language that they read in here, and which way it runs.
    pub language: String,
    pub dir: Direction,
    /// The organisation's languages, in its order.
    pub languages: Vec<String>,
    pub has_pin: bool,
    /// They may write now; else they give their PIN first.
    pub signed_in: bool,
    /// The organisation wants a PIN and they have none yet.
    pub needs_pin: bool,
    pub may_answer_runs: bool,
    pub may_sign_off: bool,
    pub may_take_feedback: bool,
    pub may_take_contacts: bool,
}

/// Somebody who may write on this device.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PersonSummary {
    pub id: String,
    /// Empty until the person's record has arrived.
    pub slug: String,
    pub name: String,
    /// The site that they were enrolled at.
    pub site: Named,
    pub current: bool,
    pub pin: bool,
    /// The PIN was given wrong too often: somebody who leads has to unlock it.
    pub locked: bool,
    /// So many wrong PINs more, and it is locked.
    pub tries_left: u32,
    /// How long it takes until the next try counts, ms; 0: it does now.
    pub wait_ms: u64,
}

/// A page of people, first enrolled first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PersonPage {
    pub items: Vec<PersonSummary>,
    pub next: Option<String>,
}

/// A PIN to be kept.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct PinDraft {
    /// By name or id; none: whoever writes now.
    #[uniffi(default = None)]
    pub person: Option<String>,
    pub pin: String,
    /// The one that stands, where there is one.
    #[uniffi(default = None)]
    pub old: Option<String>,
}
impl std::fmt::Display for PinDraft {
    /// For logs of a shell: without what must not be in them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinDraft(…)")
    }
}

/// Whoever leads lets somebody try their PIN again.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct UnlockDraft {
    pub person: String,
    pub by: String,
    /// Of whoever leads.
    pub pin: String,
}
impl std::fmt::Display for UnlockDraft {
    /// For logs of a shell: without what must not be in them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnlockDraft(…)")
    }
}

/// What somebody left behind.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignedOut {
    /// What they captured here and the server does not have yet: it stays, and is sent.
    pub unsent: u64,
    pub drafts: u64,
}

/// What somebody began to write.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BegunDetail {
    /// What it will become, such as `feedback/front-desk`, `contact/new`, `answer/RUN/ITEM`.
    pub about: String,
    pub text: String,
    pub at_ms: i64,
}

/// A page of what was begun, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BegunPage {
    pub items: Vec<BegunDetail>,
    pub next: Option<String>,
}

#[uniffi::export]
impl People {
    /// Whoever writes now; also where the services are locked.
    pub fn me(&self) -> Result<Me, FrontlineError> {
        self.shared.with(|core| Ok(core.people().me()?.into()))
    }

    pub fn list(&self, page: PageAsked) -> Result<PersonPage, FrontlineError> {
        self.shared.with(|core| {
            let (items, next) = page.of(core.people().list()?, |p| &p.id)?;
            Ok(PersonPage { items: items.into_iter().map(Into::into).collect(), next })
        })
    }

    /// From now on this person writes, named by slug or id; whoever has a PIN gives it. None: nobody, until somebody
    /// has given their PIN.
    #[uniffi::method(default(pin = None))]
    pub fn switch_to(&self, person: Option<String>, pin: Option<String>) -> Result<(), FrontlineError> {
        self.shared.with(|core| {
            match person {
                Some(person) => core.people().switch(&person, pin.as_deref())?,
                None => core.people().lock(),
            }
            Ok(())
        })
    }

    /// Sets or changes a PIN, and signs its person in.
    pub fn set_pin(&self, draft: PinDraft) -> Result<(), FrontlineError> {
        let PinDraft { person, pin, old } = draft;
        self.shared.with(|core| Ok(core.people().set_pin(&pin::PinDraft { person, pin, old })?))
    }

    pub fn unlock(&self, draft: UnlockDraft) -> Result<(), FrontlineError> {
        self.shared.with(|core| Ok(core.people().unlock(&draft.person, &draft.by, &draft.pin)?))
    }

    /// Takes a person off this device. Refused where drafts would be lost and `drop_drafts` does not say so; what they
    /// captured is sent all the same.
    pub fn sign_out(&self, person: String, drop_drafts: bool) -> Result<SignedOut, FrontlineError> {
        self.shared.with(|core| {
            let left = core.people().sign_out(&person, drop_drafts)?;
            Ok(SignedOut { unsent: left.unsent, drafts: left.drafts })
        })
    }

    /// From now on whoever writes now reads in this language here; none: in the one of their record.
    pub fn read_in(&self, language: Option<String>) -> Result<(), FrontlineError> {
        self.shared.with(|core| Ok(core.people().read_in(language.as_deref())?))
    }

    /// Keeps what was typed so far, durable and under the person's own key; an empty text takes it away.
    pub fn keep_draft(&self, about: String, text: String) -> Result<(), FrontlineError> {
        self.shared.with(|core| Ok(core.drafts().keep(&about, &text)?))
    }

    /// What was begun, the latest first; of one thing alone where it is named.
    pub fn drafts(&self, about: Option<String>, page: PageAsked) -> Result<BegunPage, FrontlineError> {
        self.shared.with(|core| {
            let all = match about {
                None => core.drafts().list()?,
                Some(about) => match core.drafts().get(&about) {
                    Ok(begun) => vec![begun],
                    Err(frontline_device::Error::NotFound { .. }) => vec![],
                    Err(e) => return Err(e.into()),
                },
            };
            let (items, next) = page.of(all, |d| &d.about)?;
            let detail = |d: frontline_device::services::drafts::Begun| BegunDetail { about: d.about, text: d.text, at_ms: d.at_ms };
            Ok(BegunPage { items: items.into_iter().map(detail).collect(), next })
        })
    }
}

impl From<device::Me> for Me {
    fn from(m: device::Me) -> Self {
        Self {
            id: m.id,
            name: m.name,
            organisation: m.organisation,
            site: m.site.into(),
            roles: m.roles,
            language: m.language,
            dir: m.dir.into(),
            languages: m.languages,
            has_pin: m.has_pin,
            signed_in: m.signed_in,
            needs_pin: m.needs_pin,
            may_answer_runs: m.may_answer_runs,
            may_sign_off: m.may_sign_off,
            may_take_feedback: m.may_take_feedback,
            may_take_contacts: m.may_take_contacts,
        }
    }
}

impl From<device::PersonSummary> for PersonSummary {
    fn from(p: device::PersonSummary) -> Self {
        Self {
            id: p.id,
            slug: p.slug,
            name: p.name,
            site: Named { id: p.site, label: p.place.into() },
            current: p.current,
            pin: p.pin,
            locked: p.locked,
            tries_left: p.tries_left,
            wait_ms: p.wait_ms,
        }
    }
}
