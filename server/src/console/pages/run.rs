//! `/runs/{id}`: one run.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use frontline_domain::document::{Covers, Decided, RunState, Seal};
use frontline_domain::permission::Act;
use frontline_domain::record::RunsWithdrawn;
use frontline_domain::release::Signers;
use frontline_domain::{DocId, Scope};

use super::run_actions::actions;
use super::run_demands::demands;
use super::run_history::{changed_since, doubts, history};
use super::run_items::{Shown, sections};
use super::{frame, site_lists};
use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::{Failure, show as page};
use crate::console::list::freshen;
use crate::console::look::assigned::given;
use crate::console::look::facts::{self, Found};
use crate::console::look::filled::{self, Records};
use crate::console::look::library::procedure;
use crate::console::look::names::Names;
use crate::console::look::pictures::Pictures;
use crate::console::look::runs::{Loaded, Reader, SEALS, load, seal};
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{Bar, Place, RunPage, SignOff};
use crate::console::zone::Zone;
use crate::withdrawn::Withdrawals;

/// Lines of the history that are not folded away.
const SHOWN: usize = 10;
/// How long ago another run may have met the same due date.
const OTHERS_MS: i64 = 28 * 86_400_000;

pub async fn show(State(console): State<Arc<Console>>, me: Me, Path(run): Path<String>) -> Result<Response, Failure> {
    let id: DocId = run.parse().map_err(|_| Failure::Missing)?;
    // Its actions are rows of a list.
    freshen(&console, &me).await?;
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let row = tx.doc(me.org, id).await?.ok_or(Failure::Missing)?;
    let Scope::Site(site) = row.scope else { return Err(Failure::Missing) };
    let names = Names::read(tx, &me).await?;
    let site = names.site_for(&me, Act::Oversee, site).ok_or(Failure::Missing)?;
    let zone = names.zone(site);
    let release = console.library.get(tx, me.org, row.release).await?.ok_or(Failure::Missing)?;
    let form = procedure(&release).ok_or(Failure::Missing)?;
    let loaded = load(tx, me.org, id, form).await?;
    let everything = facts::since(tx, me.org, row.scope, SEALS, 0).await?;
    let seals: Vec<&Found> = everything.iter().filter(|f| seal(f).is_some_and(|(of, _)| of == id)).collect();
    let given = given(tx, me.org).await?;
    let reader =
        Reader { org: me.org, site: site.id, now_ms: me.now_ms, library: &console.library, summaries: &console.summaries, given: &given };
    // Among the others: one of them may have met this one's due date.
    let begin = facts::number_at(tx, me.org, row.scope, me.now_ms - OTHERS_MS).await?;
    let mut lines = reader.lines(tx, begin.min(row.last_number - 1), &everything).await?;
    let at = lines.iter().position(|l| l.summary.doc == id).ok_or(Failure::Missing)?;
    let line = lines.swap_remove(at);
    let pictures = Pictures::with_taken(tx, me.org, row.scope, id).await?;
    let lines_of_it = loaded.run.history();
    let paces = loaded.paces(&lines_of_it);
    let read_at_ms = lines_of_it.iter().map(|l| l.answer.at_ms).max().unwrap_or(me.now_ms);
    let said: Vec<Seal> = seals.iter().filter_map(|f| Some(seal(f)?.1)).collect();
    let covers = Covers::of(&loaded.run, &form.form, &form.sign_off);
    let mut decided = RunState::of(&said, &form.sign_off, &covers);
    let withdrawals = Withdrawals::read(tx, me.org).await?;
    decided.state = decided.state.where_withdrawn(withdrawals.of(&row.release).is_some());
    let state = decided.state;
    let asked = if matches!(state, RunState::Open | RunState::Withdrawn) { &[] } else { form.sign_off.roles() };
    let about = Records { site: Some(site), asset: row.asset.as_ref().and_then(|slug| names.assets.get(slug)) };
    let filled = filled::of_run(&loaded.run, form, about, read_at_ms, asked)?;
    let shown = Shown { filled: &filled, names: &names, zone: &zone, form: &form.form, run: id, pictures: &pictures };
    let sections = sections(&shown, &loaded.run);
    let summary = &line.summary;
    let numbers = [("n", &*summary.answered.to_string()), ("total", &summary.total.to_string())];
    let clash_link = sections
        .first_clash()
        .filter(|_| line.clashes() > 0)
        .map(|anchor| (format!("#{anchor}"), me.t.counted(me.t.run.clash_notice, summary.clashes)));
    let people = summary.people.iter().map(|p| names.person(*p)).collect();
    let (actions, more_actions) = actions(tx, &shown, row.scope, me.now_ms).await?;
    let mut history =
        history(&shown, (&lines_of_it, &paces), (&seals, withdrawals.of(&row.release)), &|seal| covers.are_of(seal, &form.sign_off));
    let earlier = if history.len() > SHOWN + 2 { history.split_off(SHOWN) } else { Vec::new() };
    let frame = frame(tx, &me, Some(Place::Sites), Some(&zone)).await?;
    Ok(page(&RunPage {
        title: names.words(&release.title),
        compare: format!("/compare?a={id}"),
        site_id: site.id.to_string(),
        site: names.words(&site.name),
        asset: row.asset.as_ref().map(|slug| names.asset(slug)),
        zone: zone.sentence(),
        chips: site_lists::chips(&names, &line),
        started: zone.stamp(summary.started_ms),
        started_by: lines_of_it.iter().min_by_key(|l| l.answer.at_ms).map_or_else(String::new, |l| names.person(l.answer.by)),
        due: line.due_ms.map(|due| zone.stamp(due)),
        people: names.several(people, 20),
        score: shown.score(),
        progress: fill(&me.t.counted(me.t.run.progress, summary.answered), &numbers),
        bar: Bar::of(summary.answered, summary.total),
        sign_off: {
            let mut told = sign_off(&shown, &loaded, &seals, &decided, &form.sign_off);
            let handed_in = seals.iter().rev().find(|f| matches!(seal(f), Some((_, Seal::Submitted(_))))).map(|f| f.effective_ms);
            if let Some(one) = RunsWithdrawn::told_of(withdrawals.all(), &row.release, state, handed_in) {
                let (w, withdrawn) = (&me.t.withdrawn, state == RunState::Withdrawn);
                let text = if withdrawn { w.run_by } else { w.run_stands };
                let words = [("name", calm(one.by_name.clone())), ("time", zone.text(one.at_ms)), ("reason", calm(one.reason.clone()))];
                told.sentences.insert(0, fill(text, &words.each_ref().map(|(name, word)| (*name, word.as_str()))));
                told.tone = if withdrawn { "warn" } else { told.tone };
            }
            told
        },
        clash_link,
        doubts: doubts(me.t, &paces),
        actions,
        more_actions,
        earlier_words: me.t.counted(me.t.run.earlier, earlier.len() as u64),
        history,
        earlier,
        demands: demands(&shown, &loaded.run, state, summary.started_ms, me.now_ms),
        sections: sections.list,
        frame,
    }))
}

/// How the run stands with its sign-off, in words, and why one lapsed.
fn sign_off(shown: &Shown<'_>, loaded: &Loaded, seals: &[&Found], decided: &Decided, signers: &Signers) -> SignOff {
    let (t, names) = (&shown.names.t.run, shown.names);
    let asked = signers.are_asked();
    let by = decided.by.and_then(|at| seals.get(at)).copied();
    let told = |text: &str, f: &Found| fill(text, &[("name", &names.person(f.person())), ("time", &time(shown.zone, f))]);
    let submitted = seals.iter().rev().find(|f| matches!(seal(f), Some((_, Seal::Submitted(_)))));
    let mut sign_off = SignOff { tone: "", sentences: Vec::new(), because: Vec::new(), also: Vec::new() };
    match (decided.state, by) {
        (RunState::SignedOff, Some(f)) => {
            sign_off.tone = "good";
            sign_off.sentences.push(if signers.roles().len() > 1 { t.signed_by_all.to_owned() } else { told(t.signed_by, f) });
        }
        (RunState::Lapsed, Some(f)) => {
            sign_off.tone = "warn";
            sign_off.sentences.push(told(t.lapsed_by, f));
            sign_off.because = changed_since(shown, loaded, f, signers);
            if sign_off.because.is_empty() {
                sign_off.sentences.push(t.lapsed_unseen.to_owned());
            }
        }
        (RunState::Submitted, _) => {
            sign_off.tone = if asked { "" } else { "good" };
            sign_off.sentences.extend(submitted.map(|f| told(t.submitted_by, f)));
            if !asked || decided.signed.iter().all(Option::is_none) {
                sign_off.sentences.push(if asked { t.not_signed } else { t.not_needed }.to_owned());
            }
        }
        (_, Some(f)) => {
            sign_off.tone = "warn";
            sign_off.sentences.push(told(t.returned_by, f));
            if let frontline_domain::fact::Fact::Returned(returned) = &f.fact
                && !returned.reason.is_empty()
            {
                sign_off.sentences.push(fill(t.returned_because, &[("reason", &calm(returned.reason.clone()))]));
            }
        }
        (_, None) => sign_off.sentences.push(if asked { t.not_signed } else { t.not_submitted }.to_owned()),
    }
    if !matches!(decided.state, RunState::Open | RunState::Withdrawn) {
        for (role, at) in signers.roles().iter().zip(&decided.signed) {
            let role = names.t.roles.of(*role);
            let words = match at.and_then(|at| seals.get(at)) {
                Some(f) => fill(t.signed_as, &[("name", &names.person(f.person())), ("time", &time(shown.zone, f)), ("role", role)]),
                None => fill(t.waits_for, &[("role", role)]),
            };
            sign_off.also.push(words);
        }
    }
    if matches!(decided.state, RunState::SignedOff | RunState::Lapsed)
        && let Some(f) = submitted
    {
        sign_off.also.push(told(t.submitted_by, f));
    }
    sign_off
}

fn time(zone: &Zone, found: &Found) -> String {
    zone.text(found.effective_ms)
}
