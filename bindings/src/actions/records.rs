//! Actions as a shell draws them.

use frontline_device::services::actions as device;
use frontline_domain::action;

use crate::sync::CaptureState;
use crate::words::{Named, Words};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ActionStatus {
    Open,
    InProgress,
    /// Whoever did it says so.
    Done,
    /// One who leads looked, and it is not put right.
    Rejected,
    /// Whoever has it can't do it.
    CannotDo,
    /// One who leads looked, and it is put right.
    Verified,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ActionPriority {
    Low,
    Normal,
    High,
    Urgent,
}

/// Whom it has come to by being late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Escalation {
    Supervisor,
    Manager,
}

/// An action, as a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionSummary {
    pub id: String,
    pub title: String,
    pub status: ActionStatus,
    pub priority: ActionPriority,
    /// Whoever has it, by name; none: nobody.
    pub owner: Option<String>,
    /// It is theirs who is at the phone.
    pub mine: bool,
    /// Server time, ms.
    pub due_ms: Option<i64>,
    pub escalated: Option<Escalation>,
    /// What people set differently without seeing each other.
    pub clashes: u32,
    pub comments: u32,
    pub site: Named,
    pub opened_by: String,
    pub opened_ms: i64,
    pub changed_ms: i64,
    /// The run that it came from.
    pub run: Option<String>,
    /// None where all of it came from others.
    pub state: Option<CaptureState>,
}

/// A page of actions.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionPage {
    pub items: Vec<ActionSummary>,
    pub next: Option<String>,
}

/// A page of those who can have an action.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OwnerPage {
    pub items: Vec<Named>,
    pub next: Option<String>,
}

/// An action, whole.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ActionDetail {
    pub summary: ActionSummary,
    /// Its title, priority, owner, due time and status, in this order.
    pub registers: Vec<ActionRegister>,
    /// What can become of it, in the order of the buttons.
    pub next: Vec<ActionNext>,
    /// The person may change and comment it.
    pub may_change: bool,
    pub from: Option<ActionFrom>,
    /// The same failure at the same place before this, the latest first.
    pub again: Vec<ActionAgain>,
    /// In order of time.
    pub history: Vec<ActionLine>,
}

/// What stands of one thing.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ActionRegister {
    /// Newest first; more than one where nobody who saw all of them has chosen.
    pub values: Vec<ActionValue>,
    /// To be given back with a change of it.
    pub seen: Vec<String>,
    pub clash: bool,
}

/// A value, and who set it when.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionValue {
    pub what: ActionTold,
    pub by: String,
    pub at_ms: i64,
    pub reason: Option<String>,
}

/// What stands, or what a line of the history tells.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ActionTold {
    Opened,
    Title {
        text: String,
    },
    Priority {
        priority: ActionPriority,
    },
    /// By name, and where it stands by id; none: nobody.
    Owner {
        name: Option<String>,
        id: Option<String>,
    },
    Due {
        at_ms: Option<i64>,
    },
    /// `from`: of a line.
    Status {
        to: ActionStatus,
        from: Option<ActionStatus>,
        reason: Option<String>,
    },
    Said {
        text: String,
    },
}

/// A status that it can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct ActionNext {
    pub to: ActionStatus,
    pub wants_reason: bool,
    /// The person has the role that it takes.
    pub enabled: bool,
}

/// The answer that it came from.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionFrom {
    pub run: String,
    /// What the procedure is called; empty where it is not here.
    pub title: Words,
    pub item: String,
    pub label: Words,
}

/// An earlier action about the same failure.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionAgain {
    pub id: String,
    pub title: String,
    pub status: ActionStatus,
    pub opened_ms: i64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionLine {
    pub at_ms: i64,
    pub by: String,
    pub what: ActionTold,
    /// Of what sets something: nobody has replaced it.
    pub stands: Option<bool>,
    /// The ids of a comment's photos.
    #[uniffi(default = [])]
    pub photos: Vec<String>,
}

macro_rules! same_words {
    ($here:ident = $there:ty { $($name:ident),* }) => {
        impl From<$there> for $here {
            fn from(one: $there) -> Self {
                match one { $(<$there>::$name => Self::$name),* }
            }
        }
    };
}
macro_rules! both_ways {
    ($here:ident = $there:ty { $($name:ident),* }) => {
        same_words!($here = $there { $($name),* });
        impl From<$here> for $there {
            fn from(one: $here) -> Self {
                match one { $($here::$name => Self::$name),* }
            }
        }
    };
}
both_ways!(ActionStatus = action::Status { Open, InProgress, Done, Rejected, CannotDo, Verified });
both_ways!(ActionPriority = action::Priority { Low, Normal, High, Urgent });
same_words!(Escalation = action::Escalation { Supervisor, Manager });

impl From<device::ActionSummary> for ActionSummary {
    fn from(a: device::ActionSummary) -> Self {
        Self {
            id: a.id,
            title: a.title,
            status: a.status.into(),
            priority: a.priority.into(),
            owner: a.owner,
            mine: a.mine,
            due_ms: a.due_ms,
            escalated: a.escalated.map(Into::into),
            clashes: a.clashes,
            comments: a.comments,
            site: Named { id: a.site, label: a.place.into() },
            opened_by: a.opened_by,
            opened_ms: a.opened_ms,
            changed_ms: a.changed_ms,
            run: a.run,
            state: a.state.map(Into::into),
        }
    }
}

fn register<T>(of: device::Stands<T>, what: impl Fn(T) -> ActionTold) -> ActionRegister {
    let value = |one: device::Set<T>| ActionValue { what: what(one.value), by: one.by, at_ms: one.at_ms, reason: one.reason };
    ActionRegister { values: of.values.into_iter().map(value).collect(), seen: of.seen, clash: of.clash }
}

impl From<device::ActionDetail> for ActionDetail {
    fn from(a: device::ActionDetail) -> Self {
        let again = |one: device::Again| ActionAgain { id: one.id, title: one.title, status: one.status.into(), opened_ms: one.opened_ms };
        let next = |one: device::Next| ActionNext { to: one.to.into(), wants_reason: one.wants_reason, enabled: one.why_not.is_none() };
        Self {
            registers: vec![
                register(a.titles, |text| ActionTold::Title { text }),
                register(a.priorities, |one| ActionTold::Priority { priority: one.into() }),
                register(a.owners, |one| match one {
                    Some(whom) => ActionTold::Owner { name: Some(whom.name), id: Some(whom.id) },
                    None => ActionTold::Owner { name: None, id: None },
                }),
                register(a.dues, |at_ms| ActionTold::Due { at_ms }),
                register(a.states, |to| ActionTold::Status { to: to.into(), from: None, reason: None }),
            ],
            next: a.next.into_iter().map(next).collect(),
            may_change: a.may_change,
            from: a.from.map(|f| ActionFrom { run: f.run, title: f.title.into(), item: f.item, label: f.label.into() }),
            again: a.again.into_iter().map(again).collect(),
            history: a.history.into_iter().map(Into::into).collect(),
            summary: a.summary.into(),
        }
    }
}

impl From<device::Line> for ActionLine {
    fn from(line: device::Line) -> Self {
        let mut photos = Vec::new();
        let what = match line.what {
            device::Told::Opened => ActionTold::Opened,
            device::Told::Title { text } => ActionTold::Title { text },
            device::Told::Priority { priority } => ActionTold::Priority { priority: priority.into() },
            device::Told::Owner { owner } => ActionTold::Owner { name: owner, id: None },
            device::Told::Due { due_ms } => ActionTold::Due { at_ms: due_ms },
            device::Told::Status { from, to, reason } => ActionTold::Status { to: to.into(), from: Some(from.into()), reason },
            device::Told::Said { text, photos: beside } => {
                photos = beside;
                ActionTold::Said { text }
            }
        };
        Self { at_ms: line.at_ms, by: line.by, what, stands: line.stands, photos }
    }
}
