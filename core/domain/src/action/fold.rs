//! An action, folded from the facts about it. The order in which they came, and whether some came twice, makes no
//! difference: each thing that can be set is a register of everything that nobody saw replaced.

use std::collections::{BTreeMap, BTreeSet};

use super::{Priority, Status};
use crate::fact::action::{ActionChanged, ActionCommented, ActionOpened, Origin, Sets};
use crate::{CaptureId, PersonId};

/// A fact about one action.
#[derive(Debug, Clone, Copy)]
pub enum Written<'a> {
    Opened(&'a ActionOpened),
    Changed(&'a ActionChanged),
    /// By one who leads.
    Reviewed(&'a ActionChanged),
    Commented(&'a ActionCommented),
}

/// A fact with who wrote it and when, by the best known server time (ms).
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    pub what: Written<'a>,
    pub by: PersonId,
    pub at_ms: i64,
}

/// One value of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<T> {
    /// Of the fact that set it.
    pub id: CaptureId,
    pub value: T,
    pub by: PersonId,
    pub at_ms: i64,
    /// Why, where it is a status that wants a reason.
    pub reason: Option<String>,
}

/// What stands of one thing: one value, or several that did not see each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register<T> {
    /// Newest first; by id where two are of one instant, so that it is the same everywhere.
    pub values: Vec<Value<T>>,
}

impl<T: Clone + PartialEq> Register<T> {
    fn of(mut all: Vec<Value<T>>, replaced: &BTreeSet<CaptureId>) -> Self {
        // An id that came twice is one fact.
        all.sort_by_key(|one| (one.id, one.at_ms));
        all.dedup_by_key(|one| one.id);
        all.sort_by_key(|one| std::cmp::Reverse((one.at_ms, one.id)));
        // Facts that say they saw each other are nobody's honest work: the newest stands, for something has to.
        let stands = |one: &Value<T>| !replaced.contains(&one.id);
        if all.iter().any(stands) {
            all.retain(stands)
        } else {
            all.truncate(1)
        }
        Self { values: all }
    }
    /// Whether people set it to different things without seeing each other.
    pub fn is_clash(&self) -> bool {
        self.values.iter().skip(1).any(|one| one.value != self.values[0].value)
    }
    /// What a change of it says that it saw.
    pub fn seen(&self) -> Vec<CaptureId> {
        self.values.iter().map(|one| one.id).collect()
    }
}

/// An action as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub title: Register<String>,
    pub priority: Register<Priority>,
    pub owner: Register<Option<PersonId>>,
    pub due: Register<Option<i64>>,
    pub state: Register<Status>,
    pub origin: Option<Origin>,
    /// Who opened it first, and when.
    pub opened_by: PersonId,
    pub opened_ms: i64,
    /// When something about it was written last.
    pub changed_ms: i64,
    pub comments: usize,
}

impl Action {
    /// The newest title.
    pub fn title(&self) -> &str {
        self.title.values.first().map_or("", |one| &one.value)
    }
    /// The highest that stands: a clash must not make it matter less.
    pub fn priority(&self) -> Priority {
        self.priority.values.iter().map(|one| one.value).max().unwrap_or(Priority::Normal)
    }
    /// The newest owner.
    pub fn owner(&self) -> Option<PersonId> {
        self.owner.values.first().and_then(|one| one.value)
    }
    /// The earliest that stands.
    pub fn due_ms(&self) -> Option<i64> {
        self.due.values.iter().filter_map(|one| one.value).min()
    }
    /// What stands; of several, the one that leaves the most to do: work does not vanish by a clash.
    pub fn status(&self) -> Status {
        self.state.values.iter().map(|one| one.value).min_by_key(|one| (one.is_done_rank(), *one)).unwrap_or(Status::Open)
    }
    /// Things that people set differently.
    pub fn clashes(&self) -> u32 {
        [self.title.is_clash(), self.priority.is_clash(), self.owner.is_clash(), self.due.is_clash(), self.state.is_clash()]
            .into_iter()
            .map(u32::from)
            .sum()
    }
}

impl Status {
    fn is_done_rank(self) -> u8 {
        if self.is_to_do() { 0 } else { u8::from(!self.is_to_review()) + 1 }
    }
}

/// The action that these facts are about; none without an opening of it: what else came waits for that.
pub fn fold<'a>(facts: impl IntoIterator<Item = Held<'a>>) -> Option<Action> {
    let facts: Vec<Held<'a>> = facts.into_iter().collect();
    let (mut title, mut priority, mut owner, mut due, mut state) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut replaced, mut comments, mut openings) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let steps = Steps::of(&facts);
    for Held { what, by, at_ms } in &facts {
        let (by, at_ms) = (*by, *at_ms);
        fn value<T>(id: CaptureId, value: T, by: PersonId, at_ms: i64) -> Value<T> {
            Value { id, value, by, at_ms, reason: None }
        }
        match what {
            Written::Opened(one) => {
                title.push(value(one.id, one.title.clone(), by, at_ms));
                priority.push(value(one.id, one.priority, by, at_ms));
                owner.push(value(one.id, one.owner, by, at_ms));
                due.push(value(one.id, one.due_ms, by, at_ms));
                state.push(value(one.id, Status::Open, by, at_ms));
                openings.push((at_ms, one.id, by, one.origin.clone()));
            }
            Written::Changed(one) | Written::Reviewed(one) => {
                // What a change replaces it replaces in its own register alone: an opening sets all five.
                let register = register(&one.sets);
                match &one.sets {
                    Sets::Title(text) => title.push(value(one.id, text.clone(), by, at_ms)),
                    Sets::Priority(to) => priority.push(value(one.id, *to, by, at_ms)),
                    Sets::Owner(to) => owner.push(value(one.id, *to, by, at_ms)),
                    Sets::Due(to) => due.push(value(one.id, *to, by, at_ms)),
                    Sets::Status { to, reason, .. } => {
                        let over = steps.over(one, *to, matches!(what, Written::Reviewed(_)));
                        // From nothing that its author saw there is a step: it sets nothing.
                        if over.is_empty() {
                            continue;
                        }
                        replaced.extend(over.into_iter().map(|saw| (register, saw)));
                        state.push(Value { reason: reason.clone(), ..value(one.id, *to, by, at_ms) });
                        continue;
                    }
                }
                replaced.extend(one.saw.iter().map(|saw| (register, *saw)));
            }
            Written::Commented(one) => {
                comments.insert(one.id);
            }
        }
    }
    // However many opened it, it was opened: once that is replaced anywhere it is, or taking up again what is done would
    // open it anew.
    if openings.iter().any(|(_, id, ..)| replaced.contains(&(STATE, *id))) {
        replaced.extend(openings.iter().map(|(_, id, ..)| (STATE, *id)));
    }
    let changed_ms = facts.iter().map(|held| held.at_ms).max()?;
    let (opened_ms, _, opened_by, origin) = openings.into_iter().min_by_key(|(at_ms, id, ..)| (*at_ms, *id))?;
    let of = |which: u8| -> BTreeSet<CaptureId> { replaced.iter().filter(|(one, _)| *one == which).map(|(_, id)| *id).collect() };
    Some(Action {
        title: Register::of(title, &of(0)),
        priority: Register::of(priority, &of(1)),
        owner: Register::of(owner, &of(2)),
        due: Register::of(due, &of(3)),
        state: Register::of(state, &of(STATE)),
        origin,
        opened_by,
        opened_ms,
        changed_ms,
        comments: comments.len(),
    })
}

/// The status that each fact sets, to hold what builds on it to the state machine: what a body says it was set from is
/// its author's word alone.
struct Steps(BTreeMap<CaptureId, Status>);

impl Steps {
    fn of(facts: &[Held<'_>]) -> Self {
        let status = |held: &Held<'_>| match held.what {
            Written::Opened(one) => Some((one.id, Status::Open)),
            Written::Changed(ActionChanged { id, sets: Sets::Status { to, .. }, .. })
            | Written::Reviewed(ActionChanged { id, sets: Sets::Status { to, .. }, .. }) => Some((*id, *to)),
            _ => None,
        };
        Self(facts.iter().filter_map(status).collect())
    }
    /// What of all that its author saw a change to `to` replaces.
    fn over(&self, one: &ActionChanged, to: Status, is_review: bool) -> Vec<CaptureId> {
        let saw = |id: &CaptureId| Some((*id, *self.0.get(id)?));
        let saw: Vec<(CaptureId, Status)> = one.saw.iter().filter(|id| **id != one.id).filter_map(saw).collect();
        let is_choice = saw.len() > 1 && saw.iter().any(|(_, status)| *status == to);
        let may = |from: Status| {
            let step = from.step(to).is_some_and(|step| is_review || !step.is_review);
            // Whoever chooses keeps one of what stands; what one who leads said is theirs to give up.
            step || is_choice && (from == to || is_review || !from.chosen().is_review)
        };
        saw.into_iter().filter(|(_, status)| may(*status)).map(|(id, _)| id).collect()
    }
}

/// The register of the status, among the five.
const STATE: u8 = 4;

fn register(sets: &Sets) -> u8 {
    match sets {
        Sets::Title(_) => 0,
        Sets::Priority(_) => 1,
        Sets::Owner(_) => 2,
        Sets::Due(_) => 3,
        Sets::Status { .. } => STATE,
    }
}
