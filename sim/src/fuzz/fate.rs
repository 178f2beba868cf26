//! What a network does with one message, and how often.

use crate::time::Seeded;

/// How often something happens to a message, in a thousand; the rest passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Odds {
    pub lost: u64,
    pub cut_up: u64,
    pub unanswered: u64,
    pub cut_down: u64,
    pub truncated: u64,
    pub twice: u64,
    pub late: u64,
    pub portal: u64,
    pub phone_dies: u64,
    pub server_dies: u64,
    /// Before it is looked at, something late arrives.
    pub overtaken: u64,
}

impl Odds {
    /// A network without accidents.
    pub const CALM: Odds = Odds {
        lost: 0,
        cut_up: 0,
        unanswered: 0,
        cut_down: 0,
        truncated: 0,
        twice: 0,
        late: 0,
        portal: 0,
        phone_dies: 0,
        server_dies: 0,
        overtaken: 0,
    };
    /// The worst that a phone lives in.
    pub const ROUGH: Odds = Odds {
        lost: 20,
        cut_up: 30,
        unanswered: 45,
        cut_down: 45,
        truncated: 10,
        twice: 40,
        late: 40,
        portal: 8,
        phone_dies: 40,
        server_dies: 12,
        overtaken: 120,
    };
}

/// What becomes of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Passes,
    /// Nobody gets it.
    Lost,
    /// The server gets so many bytes of it.
    CutUp(usize),
    /// The answer does not come.
    Unanswered,
    /// The answer breaks off.
    CutDown,
    /// The answer ends early and looks whole: so much of a thousand of it comes.
    Truncated(u64),
    /// It arrives twice; the second answer comes back.
    Twice,
    /// It arrives so many times, later.
    Late(u64),
    /// Something else answers.
    Portal,
    /// The phone dies when it has sent it, or when the answer is there.
    PhoneDies {
        answered: bool,
    },
    /// The server dies on it: after the commit, or with its log cut by this number.
    ServerDies {
        torn: Option<u64>,
    },
}

impl Fate {
    /// Draws one for a message of so many bytes.
    pub fn draw(odds: &Odds, chance: &Seeded, bytes: usize) -> Fate {
        let mut left = chance.below(1_000);
        let mut is = |odds: u64| {
            let hit = left < odds;
            left = left.saturating_sub(odds);
            if hit {
                left = u64::MAX;
            }
            hit
        };
        if is(odds.lost) {
            Fate::Lost
        } else if is(odds.cut_up) {
            Fate::CutUp(usize::try_from(chance.below(bytes as u64 + 1)).unwrap_or(0))
        } else if is(odds.unanswered) {
            Fate::Unanswered
        } else if is(odds.cut_down) {
            Fate::CutDown
        } else if is(odds.truncated) {
            Fate::Truncated(chance.below(1_000))
        } else if is(odds.twice) {
            Fate::Twice
        } else if is(odds.late) {
            Fate::Late(1 + chance.below(2))
        } else if is(odds.portal) {
            Fate::Portal
        } else if is(odds.phone_dies) {
            Fate::PhoneDies { answered: chance.chance(60) }
        } else if is(odds.server_dies) {
            Fate::ServerDies { torn: chance.chance(60).then(|| chance.below(u64::MAX)) }
        } else {
            Fate::Passes
        }
    }

    /// For the trace.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Passes => "passes",
            Fate::Lost => "is lost",
            Fate::CutUp(_) => "is cut",
            Fate::Unanswered => "is not answered",
            Fate::CutDown => "has its answer cut",
            Fate::Truncated(_) => "has half an answer",
            Fate::Twice => "arrives twice",
            Fate::Late(_) => "comes late",
            Fate::Portal => "meets a portal",
            Fate::PhoneDies { .. } => "is the phone's last",
            Fate::ServerDies { torn: None } => "is the server's last",
            Fate::ServerDies { torn: Some(_) } => "kills the server amid a write",
        }
    }
}
