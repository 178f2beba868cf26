//! `/assign`: a module or a procedure, to a site or a person, by a date.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::record::Site;
use frontline_domain::{AssignmentId, PersonId, Scope, SiteId, Slug};

use super::{deeds, frame};
use crate::console::Console;
use crate::console::errors::{Failure, show as page};
use crate::console::look::names::{Names, people_of};
use crate::console::sent::Sent;
use crate::console::session::Me;
use crate::console::strings::fill;
use crate::console::view::{AssignPage, AssignWrong, Choice, Notice, Place};
use crate::records;
use crate::store::ReadTx;

/// When the day's work is due where nobody says otherwise.
const DUE: &str = "18:00";

/// What the address may say: what to choose beforehand, or what was done.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    to: String,
    #[serde(default)]
    done: String,
}

/// What is in the form.
#[derive(Default)]
struct Typed {
    what: String,
    to: String,
    date: String,
    time: String,
}

/// Everything that may be chosen: what is not in it is refused.
struct Options {
    /// (`procedure/opening-checks`, its title).
    what: Vec<(String, String)>,
    sites: Vec<(Scope, String)>,
    /// With the first site by name where they work.
    people: Vec<(PersonId, String, Site)>,
}

async fn options(tx: &mut dyn ReadTx, console: &Console, me: &Me, names: &Names) -> Result<Options, Failure> {
    let mut what = Vec::new();
    for publication in names.publications.iter().filter(|p| !p.withdrawn && matches!(&*p.kind, "module" | "procedure")) {
        if let Some(release) = console.library.get(tx, me.org, publication.release).await? {
            what.push((format!("{}/{}", publication.kind, publication.slug), names.words(&release.title).text));
        }
    }
    what.sort_by(|a, b| a.1.cmp(&b.1));
    let (mut sites, mut people, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for site in names.sites_for(me, Act::Assign) {
        sites.push((Scope::Site(site.id), names.words(&site.name).text));
        for person in people_of(tx, me.org, names, site.id).await? {
            if seen.insert(person) {
                people.push((person, names.person(person), site.clone()));
            }
        }
    }
    people.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(Options { what, sites, people })
}

impl Options {
    /// The site in whose zone the due time is read.
    fn site<'a>(&'a self, names: &'a Names, to: Scope) -> Option<&'a Site> {
        match to {
            Scope::Site(id) => self.sites.iter().any(|(scope, _)| *scope == to).then(|| names.sites.get(&id))?,
            Scope::Person(id) => self.people.iter().find(|(person, ..)| *person == id).map(|(_, _, site)| site),
            Scope::Org | Scope::Device(_) => None,
        }
    }
    fn name(&self, to: Scope) -> String {
        let site = self.sites.iter().find(|(scope, _)| *scope == to).map(|(_, name)| name);
        let person = self.people.iter().find(|(id, ..)| Scope::Person(*id) == to).map(|(_, name, _)| name);
        site.or(person).cloned().unwrap_or_default()
    }
}

pub async fn show(State(console): State<Arc<Console>>, me: Me, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    if !me.may_anywhere(Act::Assign) {
        return Err(Failure::Forbidden);
    }
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, &me).await?;
    let options = options(tx, &console, &me, &names).await?;
    let notice = done(tx, &me, &names, &options, &asked.done).await?;
    let site = asked.to.parse().ok().and_then(|to| options.site(&names, to));
    let today = names.sites_for(&me, Act::Assign).first().copied().or(site).map(|s| names.zone(s).today());
    let date = today.and_then(|d| d.succ_opt()).map_or_else(String::new, |d| d.to_string());
    let typed = Typed { to: asked.to, date, time: DUE.to_owned(), ..Typed::default() };
    form(tx, &me, options, typed, AssignWrong::default(), notice).await
}

async fn form(
    tx: &mut dyn ReadTx,
    me: &Me,
    options: Options,
    typed: Typed,
    wrong: AssignWrong,
    notice: Option<Notice>,
) -> Result<Response, Failure> {
    let choice =
        |value: &str, label: &str, chosen: &str| Choice { value: value.to_owned(), label: label.to_owned(), selected: value == chosen };
    let kind = |kind: &str| {
        let of = options.what.iter().filter(|(value, _)| value.starts_with(kind));
        of.map(|(value, label)| choice(value, label, &typed.what)).collect::<Vec<_>>()
    };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = AssignPage {
        modules: kind("module/"),
        procedures: kind("procedure/"),
        sites: options.sites.iter().map(|(scope, name)| choice(&scope.to_string(), name, &typed.to)).collect(),
        people: options.people.iter().map(|(id, name, _)| choice(&Scope::Person(*id).to_string(), name, &typed.to)).collect(),
        date: typed.date,
        time: typed.time,
        wrong,
        notice,
        frame: frame(tx, me, Some(Place::Assignments), None).await?,
    };
    Ok((status, page(&shown)).into_response())
}

pub async fn assign(State(console): State<Arc<Console>>, sent: Sent) -> Result<Response, Failure> {
    let (me, f) = (&sent.me, &sent.fields);
    if !me.may_anywhere(Act::Assign) {
        return Err(Failure::Forbidden);
    }
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, me).await?;
    let options = options(tx, &console, me, &names).await?;
    let field = |name: &str| f.get(name).to_owned();
    let typed = Typed { what: field("what"), to: field("to"), date: field("date"), time: field("time") };
    match check(me, &names, &options, &typed) {
        Ok(wanted) => {
            let id = deeds::assign(&console, me, &wanted).await?;
            Ok(Redirect::to(&format!("/assign?done={id}")).into_response())
        }
        Err(wrong) => form(tx, me, options, typed, wrong, None).await,
    }
}

/// What a right form asks for.
pub struct Wanted {
    pub kind: String,
    pub slug: Slug,
    pub to: Scope,
    /// Where the right to assign it comes from.
    pub site: SiteId,
    pub due_ms: i64,
}

/// Everything that is wrong with the form, at once.
fn check(me: &Me, names: &Names, options: &Options, typed: &Typed) -> Result<Wanted, AssignWrong> {
    let t = &me.t.assign;
    let mut wrong = AssignWrong::default();
    let what = options.what.iter().find(|(value, _)| *value == typed.what);
    let what = what.and_then(|(value, _)| value.split_once('/')).and_then(|(kind, slug)| Some((kind.to_owned(), slug.parse().ok()?)));
    if what.is_none() {
        wrong.what = Some(t.wrong_what.to_owned());
    }
    let to: Option<Scope> = typed.to.parse().ok();
    let place = to.and_then(|to| options.site(names, to));
    if place.is_none() {
        wrong.to = Some(t.wrong_to.to_owned());
    }
    let date = NaiveDate::parse_from_str(&typed.date, "%Y-%m-%d").ok();
    if date.is_none() {
        wrong.date = Some(t.wrong_date.to_owned());
    }
    let time = NaiveTime::parse_from_str(&typed.time, "%H:%M").ok();
    if time.is_none() {
        wrong.time = Some(t.wrong_time.to_owned());
    }
    let (Some((kind, slug)), Some(to), Some(place), Some(date), Some(time)) = (what, to, place, date, time) else { return Err(wrong) };
    let zone = names.zone(place);
    match zone.instant(date.and_time(time)) {
        Ok(due_ms) if due_ms > me.now_ms => Ok(Wanted { kind, slug, to, site: place.id, due_ms }),
        Ok(_) => Err(AssignWrong { date: Some(t.past.to_owned()), ..wrong }),
        Err(_) => Err(AssignWrong { time: Some(fill(t.skipped, &[("zone", zone.name())])), ..wrong }),
    }
}

/// What was just assigned, as the store has it.
async fn done(tx: &mut dyn ReadTx, me: &Me, names: &Names, options: &Options, id: &str) -> Result<Option<Notice>, Failure> {
    let Ok(id) = id.parse::<AssignmentId>() else { return Ok(None) };
    let found: Option<frontline_domain::record::Assignment> = records::one(tx, me.org, &id.to_string()).await?;
    let Some((assignment, site)) = found.and_then(|a| options.site(names, a.to).map(|site| (a, site))) else { return Ok(None) };
    let (t, zone) = (&me.t.assign, names.zone(site));
    let value = format!("{}/{}", assignment.kind, assignment.slug);
    let what = options.what.iter().find(|(v, _)| *v == value).map_or(value.as_str(), |(_, label)| label);
    let who = options.name(assignment.to);
    let words = [("what", what), ("who", &*who), ("due", &zone.text(assignment.due_ms)), ("zone", zone.name())];
    let link = Some((format!("/sites/{}#assignments", site.id), t.see.to_owned()));
    Ok(Some(Notice { tone: "good", text: fill(t.done, &words), link }))
}
