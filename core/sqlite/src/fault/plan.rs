//! Which operation of a file fails, and how.

/// What SQLite asks of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// Opening one that is there, or making one.
    Open,
    Read,
    /// `grows`: the file has to be longer for it.
    Write {
        grows: bool,
    },
    Sync,
    Truncate,
    Delete,
    /// Making room for the index of the log.
    Map,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The process dies before the operation; the system keeps what was written.
    Kill,
    /// The power goes amid a write, of which the beginning reached the disk, as did all before it.
    Torn,
    /// The power goes before the operation; what was not flushed is gone.
    Dropped,
    /// The same; of what was not flushed any sectors are there, in any order.
    Scattered,
    /// There is no room for one operation; then somebody makes some.
    FullOnce,
    /// There is no room from one operation on.
    Full,
    /// The disk refuses one operation. What it was to flush it has forgotten by the next one.
    Refused,
    /// It refuses to read, once.
    Unread,
}

impl Fault {
    pub const ALL: [Fault; 8] =
        [Self::Kill, Self::Torn, Self::Dropped, Self::Scattered, Self::FullOnce, Self::Full, Self::Refused, Self::Unread];

    pub fn name(self) -> &'static str {
        match self {
            Self::Kill => "killed",
            Self::Torn => "torn write",
            Self::Dropped => "power, unsynced gone",
            Self::Scattered => "power, unsynced in part",
            Self::FullOnce => "full, once",
            Self::Full => "full",
            Self::Refused => "refused",
            Self::Unread => "not read",
        }
    }

    /// Whether nothing goes on after it: the process, or the whole machine, is gone.
    pub fn is_the_end(self) -> bool {
        matches!(self, Self::Kill | Self::Torn | Self::Dropped | Self::Scattered)
    }

    /// Whether this operation can meet it.
    fn concerns(self, op: Op) -> bool {
        match self {
            Self::Kill | Self::Dropped | Self::Scattered => !matches!(op, Op::Read | Op::Map),
            Self::Torn => matches!(op, Op::Write { .. }),
            Self::FullOnce | Self::Full => matches!(op, Op::Write { grows: true } | Op::Map),
            Self::Refused => op != Op::Read,
            Self::Unread => op == Op::Read,
        }
    }
}

/// A fault, and the operation of those that can meet it, counted from 1, at which it strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub fault: Fault,
    pub at: u64,
}

/// What becomes of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Done,
    /// Of a write, a part may have been done.
    Fails,
    /// All ends with this one: it is not done at all, or (`torn`) in part.
    Ends {
        torn: bool,
    },
}

/// How far a plan has come.
#[derive(Debug, Default)]
pub(super) struct Course {
    plan: Option<Plan>,
    met: u64,
    struck: bool,
    ended: bool,
}

impl Course {
    pub fn of(plan: Plan) -> Self {
        Self { plan: Some(plan), ..Self::default() }
    }
    /// Operations that could meet the fault, so far.
    pub fn met(&self) -> u64 {
        self.met
    }
    pub fn has_struck(&self) -> bool {
        self.struck
    }
    pub fn has_ended(&self) -> bool {
        self.ended
    }
    /// Whether what fails does so for want of room.
    pub fn is_full(&self) -> bool {
        self.plan.is_some_and(|plan| matches!(plan.fault, Fault::Full | Fault::FullOnce))
    }
    pub fn end(&mut self) {
        self.ended = true;
    }
    /// Nothing fails any more. What has ended stays so.
    pub fn heal(&mut self) {
        self.plan = None;
    }

    pub fn judge(&mut self, op: Op) -> Verdict {
        if self.ended {
            return Verdict::Fails;
        }
        let Some(Plan { fault, at }) = self.plan.filter(|plan| plan.fault.concerns(op)) else { return Verdict::Done };
        self.met += 1;
        if self.met != at && !(fault == Fault::Full && self.met > at) {
            return Verdict::Done;
        }
        self.struck = true;
        self.ended = fault.is_the_end();
        if self.ended { Verdict::Ends { torn: fault == Fault::Torn } } else { Verdict::Fails }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_once_where_it_was_planned_and_the_end_ends_everything() {
        let write = Op::Write { grows: true };
        let mut once = Course::of(Plan { fault: Fault::Refused, at: 2 });
        assert_eq!([write, Op::Read, Op::Sync, write].map(|op| once.judge(op)), {
            [Verdict::Done, Verdict::Done, Verdict::Fails, Verdict::Done]
        });
        let mut killed = Course::of(Plan { fault: Fault::Kill, at: 1 });
        assert_eq!([Op::Read, write, Op::Read].map(|op| killed.judge(op)), [Verdict::Done, Verdict::Ends { torn: false }, Verdict::Fails]);
        killed.heal();
        assert_eq!(killed.judge(write), Verdict::Fails);
    }

    #[test]
    fn a_full_disk_stays_full_for_what_grows_until_somebody_makes_room() {
        let (grows, over) = (Op::Write { grows: true }, Op::Write { grows: false });
        let mut full = Course::of(Plan { fault: Fault::Full, at: 1 });
        assert_eq!([grows, over, grows, Op::Map].map(|op| full.judge(op)), {
            [Verdict::Fails, Verdict::Done, Verdict::Fails, Verdict::Fails]
        });
        full.heal();
        assert_eq!(full.judge(grows), Verdict::Done);
    }
}
