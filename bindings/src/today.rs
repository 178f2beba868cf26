//! The first screen of the day.

use frontline_device::services::today::{self, Today};

use crate::actions::ActionSummary;
use crate::sync::SyncStatus;
use crate::words::Words;

/// What is to be done, in order.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TodayDetail {
    /// Server time as the device estimates it, ms since 1970 UTC: what “overdue” was judged by.
    pub now_ms: i64,
    pub items: Vec<TodayItem>,
    /// What there is to do; and of that, what is overdue: badges.
    pub count: u32,
    pub overdue: u32,
    pub status: SyncStatus,
    /// Corrective actions, beside the list: they have one of their own.
    pub actions: TodayActions,
}

/// Actions that are something to whoever is at the phone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TodayActions {
    /// Theirs, with something to do still.
    pub mine: u32,
    /// Late: theirs, and at places where they lead anybody's.
    pub late: u32,
    /// About which people said different things.
    pub differ: u32,
    /// The most pressing of them, at most five: late ones, the longest first; those that differ; theirs; those to look at.
    pub first: Vec<ActionSummary>,
    /// Done, or said to be impossible, where they lead: they are to look at them.
    pub to_review: u32,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TodayItem {
    pub what: TodayWhat,
    /// What opens it: a module's or a procedure's name, a run's id.
    pub id: String,
    pub title: Words,
    pub why: TodayWhy,
    /// Server time, ms.
    pub due_ms: Option<i64>,
    /// How far it is; 0 of 0 where that says nothing.
    pub done: u32,
    pub of: u32,
}

/// What kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum TodayWhat {
    Module,
    Procedure,
    Run,
    Refused,
}

/// Why it is there.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum TodayWhy {
    Overdue,
    /// People answered so many items differently.
    Clashes {
        count: u32,
    },
    /// An answer changed after the sign-off.
    Lapsed,
    GivenBack {
        by: String,
        reason: String,
    },
    /// The server refused so many captured things.
    Refused {
        count: u32,
    },
    Due,
    /// Somebody began it; so many answers are missing.
    Begun {
        by: String,
        missing: u32,
    },
    ToSignOff,
    /// Something is to be put right.
    PutRight {
        says: Words,
        overdue: bool,
    },
    /// A role of the person is told something.
    Told {
        says: Words,
    },
}

impl TodayDetail {
    pub(crate) fn of(today: Today) -> Self {
        let items = today.items.into_iter().map(TodayItem::of).collect();
        let of = today.actions;
        let first = of.first.into_iter().map(Into::into).collect();
        let actions = TodayActions { mine: of.mine, late: of.late, differ: of.differ, first, to_review: of.to_review };
        Self { now_ms: today.now_ms, items, count: today.count, overdue: today.overdue, status: today.status.into(), actions }
    }
}

impl TodayItem {
    fn of(item: today::TodayItem) -> Self {
        Self {
            what: match item.what {
                today::What::Module => TodayWhat::Module,
                today::What::Procedure => TodayWhat::Procedure,
                today::What::Run => TodayWhat::Run,
                today::What::Refused => TodayWhat::Refused,
            },
            id: item.id,
            title: item.title.into(),
            why: match item.why {
                today::Why::Overdue => TodayWhy::Overdue,
                today::Why::Clashes(count) => TodayWhy::Clashes { count },
                today::Why::Lapsed => TodayWhy::Lapsed,
                today::Why::GivenBack { by, reason } => TodayWhy::GivenBack { by, reason },
                today::Why::Refused { count } => TodayWhy::Refused { count },
                today::Why::Due => TodayWhy::Due,
                today::Why::Begun { by, missing } => TodayWhy::Begun { by, missing },
                today::Why::ToSignOff => TodayWhy::ToSignOff,
                today::Why::PutRight { says, overdue } => TodayWhy::PutRight { says: says.into(), overdue },
                today::Why::Told { says } => TodayWhy::Told { says: says.into() },
            },
            due_ms: item.due_ms,
            done: item.done,
            of: item.of,
        }
    }
}
