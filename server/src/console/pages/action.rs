//! `/actions/{id}`: one corrective action, with all that stands of it and all that happened.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use frontline_domain::action::{Action, Register, Written};
use frontline_domain::fact::action::{Origin, Sets};
use frontline_domain::permission::Act;
use frontline_domain::{BlobHash, CaptureId, DocId, OrgId, PersonId, Scope};

use super::actions::{chips, priority, status, status_chip};
use super::frame;
use super::picture::bytes_of;
use crate::console::Console;
use crate::console::calm::calm;
use crate::console::errors::{Failure, show as page};
use crate::console::list::{Reading, freshen};
use crate::console::look::library::procedure;
use crate::console::look::pictures::Pictures;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{ActionPage, BeforeRow, FromView, HistoryRow, PictureView, Place, RegisterView, SetView};
use crate::console::zone::Zone;
use crate::lists::actions::{self, ActionRow, Said};
use crate::lists::walk::{Rows, merge};
use crate::lists::{heading, sort};
use crate::store::{List, Walk, Within};

/// Earlier actions about the same failure that the page shows.
const BEFORE: usize = 10;

pub async fn show(State(console): State<Arc<Console>>, me: Me, Path(action): Path<String>) -> Result<Response, Failure> {
    let id: CaptureId = action.parse().map_err(|_| Failure::Missing)?;
    // The list of what was before is one of rows.
    freshen(&console, &me).await?;
    let mut reading = Reading::begin(console, me).await?;
    let org = reading.me.org;
    let (scope, said) = actions::find(&mut *reading.tx, org, id).await?.ok_or(Failure::Missing)?;
    let Scope::Site(site) = scope else { return Err(Failure::Missing) };
    reading.names.site_for(&reading.me, Act::Oversee, site).ok_or(Failure::Missing)?;
    let action = actions::folded(&said).ok_or(Failure::Missing)?;
    let (zone, row) = (reading.names.zone_at(site), ActionRow::of(scope, &action));
    meet(&mut reading, &said, &action).await?;
    let from = match &action.origin {
        Some(origin) => Some(from(&mut reading, scope, origin).await?),
        None => None,
    };
    let before = match &action.origin {
        Some(origin) => before(&mut reading, scope, id, &row, origin, &zone).await?,
        None => Vec::new(),
    };
    let photos = Pictures::of(&mut *reading.tx, org, scope, id.as_bytes()).await?;
    let frame = frame(&mut *reading.tx, &reading.me, Some(Place::Actions), Some(&zone)).await?;
    let shown = Shown { reading: &reading, zone: &zone, photos: &photos };
    let (t, names) = (reading.me.t, &reading.names);
    let page_of = ActionPage {
        title: names.plain(action.title()),
        site_id: site.to_string(),
        site: names.site(site),
        zone: zone.sentence(),
        chips: chips(t, &row, reading.me.now_ms),
        registers: shown.registers(&action),
        clash_words: (row.clashes > 0).then(|| t.actions.clash_text.to_owned()),
        opened: zone.stamp(action.opened_ms),
        opened_by: names.person(action.opened_by),
        from,
        before,
        history: shown.history(&said),
        frame,
    };
    Ok(page(&page_of))
}

/// Learns the names of everybody that the page names.
async fn meet(reading: &mut Reading, said: &[Said], action: &Action) -> Result<(), Failure> {
    let mut people: BTreeSet<PersonId> = said.iter().map(|one| one.by).collect();
    people.extend(action.owner.values.iter().filter_map(|one| one.value));
    people.extend(said.iter().filter_map(|one| match one.fact.about_action()? {
        Written::Opened(opened) => opened.owner,
        Written::Changed(changed) | Written::Reviewed(changed) => match changed.sets {
            Sets::Owner(owner) => owner,
            _ => None,
        },
        Written::Commented(_) => None,
    }));
    let people: Vec<PersonId> = people.into_iter().collect();
    Ok(reading.names.meet(&mut *reading.tx, &people).await?)
}

/// The answer that it came from: in the words of the run, or of what is published where that is not here.
async fn from(reading: &mut Reading, scope: Scope, origin: &Origin) -> Result<FromView, Failure> {
    let (org, run) = (reading.me.org, run_here(reading, scope, origin.run).await?);
    let published = reading.names.publications.iter().find(|p| p.kind == "procedure" && p.slug == origin.procedure);
    let release = match run.or(published.map(|p| p.release)) {
        Some(hash) => reading.console.library.get(&mut *reading.tx, org, hash).await?,
        None => None,
    };
    let item = release.as_deref().and_then(procedure).and_then(|p| p.form.item(&origin.item));
    let names = &reading.names;
    Ok(FromView {
        href: run.map_or_else(String::new, |_| format!("/runs/{}#{}-{}", origin.run, origin.item, origin.instance)),
        procedure: release.as_ref().map_or_else(|| names.plain(origin.procedure.as_str()), |r| names.words(&r.title)),
        item: item.map_or_else(|| names.plain(origin.item.as_str()), |item| names.words(&item.label)),
    })
}

/// The release of a run, where it is one of this place: what an action says of where it came from is its author's word.
async fn run_here(reading: &mut Reading, scope: Scope, run: DocId) -> Result<Option<frontline_domain::ReleaseHash>, Failure> {
    let org: OrgId = reading.me.org;
    Ok(reading.tx.doc(org, run).await?.filter(|row| row.scope == scope).map(|row| row.release))
}

async fn before(
    reading: &mut Reading,
    scope: Scope,
    id: CaptureId,
    row: &ActionRow,
    origin: &Origin,
    zone: &Zone,
) -> Result<Vec<BeforeRow>, Failure> {
    let within = Within { least: sort::latest(row.opened_ms), below: None };
    let rows = Rows { org: reading.me.org, list: List::Actions, heading: heading(Some(scope), actions::by_failure(origin)), within };
    let found = merge(&mut *reading.tx, &[rows], &Walk::first(BEFORE + 1)).await?;
    let mut all = Vec::new();
    for (spot, body) in found {
        let Some((other, _)) = actions::of_key(&spot.key).filter(|(other, _)| *other != id) else { continue };
        let earlier = ActionRow::decode(&body)?;
        all.push(BeforeRow {
            href: format!("/actions/{other}"),
            title: reading.names.plain(earlier.title),
            chip: status_chip(reading.me.t, earlier.status),
            opened: zone.stamp(earlier.opened_ms),
        });
    }
    all.truncate(BEFORE);
    Ok(all)
}

struct Shown<'a> {
    reading: &'a Reading,
    zone: &'a Zone,
    photos: &'a Pictures,
}

impl Shown<'_> {
    fn register<T>(&self, label: &'static str, register: &Register<T>, words: impl Fn(&T) -> String) -> RegisterView
    where
        T: Clone + PartialEq,
    {
        let view = |one: &frontline_domain::action::Value<T>| SetView {
            value: words(&one.value),
            by: self.reading.names.person(one.by),
            at: self.zone.stamp(one.at_ms),
            reason: one.reason.clone().map(calm),
        };
        let clash = register.is_clash();
        // Equal values that two people set unseen are one.
        let most = if clash { usize::MAX } else { 1 };
        RegisterView { label, clash, values: register.values.iter().take(most).map(view).collect() }
    }

    fn person(&self, one: Option<PersonId>) -> String {
        one.map_or_else(|| self.reading.me.t.actions.nobody.to_owned(), |id| self.reading.names.person(id))
    }

    fn registers(&self, action: &Action) -> Vec<RegisterView> {
        let (t, a) = (self.reading.me.t, &self.reading.me.t.actions);
        let due = |ms: &Option<i64>| ms.map_or_else(|| a.no_due.to_owned(), |ms| self.zone.text(ms));
        vec![
            self.register(a.status, &action.state, |one| status(t, *one).to_owned()),
            self.register(a.priority, &action.priority, |one| priority(t, *one).to_owned()),
            self.register(a.owner, &action.owner, |one| self.person(*one)),
            self.register(a.due, &action.due, due),
            self.register(a.title_of, &action.title, |one| calm(one.clone())),
        ]
    }

    /// What happened, the latest first; in the same order on every phone, also where two wrote in one instant.
    fn history(&self, said: &[Said]) -> Vec<HistoryRow> {
        let mut rows: Vec<((i64, bool, CaptureId), HistoryRow)> = said
            .iter()
            .filter_map(|one| {
                let (text, tone, key) = self.told(one)?;
                let (at, pictures) = (self.zone.stamp(one.at_ms), self.pictures(one));
                Some(((one.at_ms, key.0, key.1), HistoryRow { at, text, tone, pictures, took: None, doubts: Vec::new() }))
            })
            .collect();
        rows.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The photos of a comment, each leading to the whole one where it is here.
    fn pictures(&self, said: &Said) -> Vec<PictureView> {
        let Some(Written::Commented(one)) = said.fact.about_action() else { return Vec::new() };
        let view = |blob: &BlobHash| {
            let found = self.photos.get(blob);
            let href = if found.here { bytes_of(blob) } else { String::new() };
            let src = found.small.as_ref().map(bytes_of);
            PictureView { href, src, alt: self.reading.me.t.pictures.action_alt.to_owned(), is_sound: false }
        };
        one.photos.iter().map(view).collect()
    }

    fn told(&self, said: &Said) -> Option<(String, &'static str, (bool, CaptureId))> {
        let (t, a) = (self.reading.me.t, &self.reading.me.t.actions);
        let name = self.reading.names.person(said.by);
        let with = |text: &str, more: &[(&str, &str)]| fill(text, &[&[("name", name.as_str())], more].concat());
        Some(match said.fact.about_action()? {
            Written::Opened(one) => (with(a.h_opened, &[("title", &calm(one.title.clone()))]), "seal", (false, one.id)),
            Written::Changed(one) | Written::Reviewed(one) => {
                let text = match &one.sets {
                    Sets::Title(title) => with(a.h_title, &[("title", &calm(title.clone()))]),
                    Sets::Priority(to) => with(a.h_priority, &[("priority", priority(t, *to))]),
                    Sets::Owner(None) => with(a.h_no_owner, &[]),
                    Sets::Owner(owner) => with(a.h_owner, &[("owner", &self.person(*owner))]),
                    Sets::Due(None) => with(a.h_no_due, &[]),
                    Sets::Due(Some(due)) => with(a.h_due, &[("due", &self.zone.text(*due))]),
                    Sets::Status { from, to, .. } if from == to => with(a.h_kept, &[("to", status(t, *to))]),
                    Sets::Status { from, to, reason } => {
                        let (from, to) = (status(t, *from), status(t, *to));
                        match reason {
                            Some(why) => with(a.h_status_why, &[("from", from), ("to", to), ("reason", &calm(why.clone()))]),
                            None => with(a.h_status, &[("from", from), ("to", to)]),
                        }
                    }
                };
                let is_review = matches!(said.fact.about_action(), Some(Written::Reviewed(_)));
                (text, if is_review { "seal" } else { "" }, (true, one.id))
            }
            Written::Commented(one) => {
                let text = match one.text.trim() {
                    "" => with(a.h_photos, &[("n", &one.photos.len().to_string())]),
                    text => with(a.h_said, &[("text", &calm(text.to_owned()))]),
                };
                (text, "", (true, one.id))
            }
        })
    }
}
