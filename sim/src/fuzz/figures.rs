//! What a seed did, counted; many seeds are their sum.

use serde_json::{Value, json};

use super::fate::Fate;

/// Counted over one seed, or many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    pub steps: u64,
    pub syncs: u64,
    pub requests: u64,
    /// Messages and answers that were lost or broke off.
    pub cuts: u64,
    pub twice: u64,
    /// Messages that arrived after newer ones.
    pub late: u64,
    pub phones_killed: u64,
    pub servers_killed: u64,
    /// Kills that left a log cut within what was being written.
    pub torn: u64,
    pub backups: u64,
    pub servers_restored: u64,
    pub phones_restored: u64,
    pub clones: u64,
    pub clock_jumps: u64,
    /// Phones that had no room left, and what was refused for want of it.
    pub full: u64,
    pub no_room: u64,
    /// Roles and devices that changed.
    pub rights: u64,
    pub let_in: u64,
    pub forgotten: u64,
    /// Of phones, over all seeds.
    pub captured: u64,
    pub acknowledged: u64,
    /// Acknowledged by a phone that was lost before it had sent them: it was set back to a backup from before, and no
    /// other place had them. They are asked of nobody.
    pub went_with_phones: u64,
    pub stored: u64,
    pub quarantined: u64,
    pub held: u64,
    /// Syncs of all phones that it took at the end until nothing moved, at most.
    pub rounds: u64,
}

macro_rules! each {
    ($do:ident) => {
        $do!(
            steps,
            syncs,
            requests,
            cuts,
            twice,
            late,
            phones_killed,
            servers_killed,
            torn,
            backups,
            servers_restored,
            phones_restored,
            clones,
            clock_jumps,
            full,
            no_room,
            rights,
            let_in,
            forgotten,
            captured,
            acknowledged,
            went_with_phones,
            stored,
            quarantined,
            held
        )
    };
}

impl Figures {
    /// Counts what became of a message.
    pub fn met(&mut self, fate: Fate) {
        match fate {
            Fate::Lost | Fate::CutUp(_) | Fate::Unanswered | Fate::CutDown | Fate::Truncated(_) => self.cuts += 1,
            Fate::Twice => self.twice += 1,
            Fate::ServerDies { .. } => self.servers_killed += 1,
            // The phone is counted by whoever buries it, the late one when it arrives.
            Fate::Passes | Fate::Late(_) | Fate::Portal | Fate::PhoneDies { .. } => {}
        }
    }

    /// Adds another's.
    pub fn add(&mut self, other: &Figures) {
        macro_rules! sum {
            ($($name:ident),*) => { $(self.$name += other.$name;)* };
        }
        each!(sum);
        self.rounds = self.rounds.max(other.rounds);
    }

    /// As one flat object.
    pub fn json(&self) -> Value {
        macro_rules! object {
            ($($name:ident),*) => { [$((stringify!($name), self.$name)),*] };
        }
        let named = each!(object).into_iter().chain([("rounds_at_most", self.rounds)]);
        Value::Object(named.map(|(name, n)| (name.to_owned(), json!(n))).collect())
    }
}
