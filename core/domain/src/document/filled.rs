//! A run as a form that is filled: what stands in it, and what follows from that.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Run, Standing};
use crate::form::Plan;
use crate::form::response::{Around, At, Given, Known, Response};

/// What stands in `run`, of whose procedure `plan` was made. The device, the server and the console all ask this.
pub fn filled(plan: &Arc<Plan>, around: Around, run: &Run) -> Response {
    let at = |s: &Standing| plan.number(&s.key.item).map(|item| At { item, instance: s.key.instance });
    // Pictures and notes beside each answer. What somebody recorded says what a note says, and is no picture.
    let mut beside: BTreeMap<At, (u8, u8)> = BTreeMap::new();
    for piece in run.evidence().iter().filter(|piece| piece.is_answered()) {
        if let Some(at) = at(piece) {
            let (photos, notes) = beside.entry(at).or_default();
            let count = if piece.is_note() || piece.is_sound() { notes } else { photos };
            *count = count.saturating_add(1);
        }
    }
    let standings = run.standings();
    let known: Vec<Known> = standings
        .iter()
        .filter(|s| !s.answers.is_empty())
        .filter_map(|s| {
            let (photos, notes) = beside.remove(&at(s)?).unwrap_or_default();
            Some(Known { at: at(s)?, given: given(s), photos, notes })
        })
        .collect();
    // What lies beside an answer that is not there yet.
    let alone = beside.into_iter().map(|(at, (photos, notes))| Known { at, given: Given::Nothing, photos, notes });
    Response::open(plan.clone(), around, known.into_iter().chain(alone))
}

fn given(standing: &Standing) -> Given {
    match standing.value() {
        Some(value) => Given::One(value.clone()),
        None => Given::Several,
    }
}
