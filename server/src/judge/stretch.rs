//! The receipts of one commit as they travel: long stretches of neighbours in one word each, the rest one by one.

use frontline_domain::{OrgId, Scope};
use frontline_protocol::sync::{Judged, Receipt, Stretch, Verdict};

use super::Decided;
use crate::feed::Feeds;

/// With the marks at the end of the commit. What is left of the order is that of the offers.
pub(super) fn told(org: OrgId, feeds: &Feeds, decided: Vec<Decided>) -> (Vec<Stretch>, Vec<Judged>) {
    let (mut stretches, mut single) = (Vec::new(), Vec::new());
    let mut run: Vec<(Judged, Scope)> = Vec::new();
    let mut end = |run: &mut Vec<(Judged, Scope)>, single: &mut Vec<Judged>| {
        stretches.extend(stretch(run));
        single.extend(run.drain(..).map(|(judged, _)| judged));
    };
    for one in decided {
        let scope = one.unmarked.filter(|_| one.as_said);
        let judged = one.marked(org, feeds);
        let Some(scope) = scope else {
            end(&mut run, &mut single);
            single.push(judged);
            continue;
        };
        if run.last().is_some_and(|(last, its)| *its != scope || !is_next(last, &judged)) {
            end(&mut run, &mut single);
        }
        run.push((judged, scope));
    }
    end(&mut run, &mut single);
    (stretches, single)
}

fn receipt(judged: &Judged) -> Option<&Receipt> {
    match &judged.verdict {
        Verdict::Stored(receipt) => Some(receipt),
        _ => None,
    }
}

fn is_next(last: &Judged, next: &Judged) -> bool {
    let (Some(before), Some(after)) = (receipt(last), receipt(next)) else { return false };
    last.epoch == next.epoch
        && last.seq + 1 == next.seq
        && before.number + 1 == after.number
        && (before.incarnation, before.mark, before.committed_ms) == (after.incarnation, after.mark, after.committed_ms)
}

/// The run in one word, if it is long enough; it is empty then.
fn stretch(run: &mut Vec<(Judged, Scope)>) -> Option<Stretch> {
    let (first, _) = run.first().filter(|_| run.len() >= Stretch::LEAST)?;
    let (receipt, count) = (receipt(first)?, u32::try_from(run.len()).ok()?);
    let stretch = Stretch {
        epoch: first.epoch,
        seq: first.seq,
        count,
        digest: Stretch::digest(run.iter().map(|(judged, _)| judged.hash8.into_array())).into(),
        number: receipt.number,
        incarnation: receipt.incarnation,
        mark: receipt.mark,
        committed_ms: receipt.committed_ms,
    };
    run.clear();
    Some(stretch)
}
