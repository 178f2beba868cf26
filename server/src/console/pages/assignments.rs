//! `/assignments`: who does what by when, the latest due first.

use async_trait::async_trait;
use serde::Deserialize;

use frontline_domain::Scope;
use frontline_domain::permission::{Act, Grant};
use frontline_domain::record::Assignment;

use super::assignment::{kind, state};
use super::person::overseen;
use crate::console::errors::Failure;
use crate::console::list::{List, Reading, RowOf, Texts, filters};
use crate::console::strings::Strings;
use crate::console::view::{Cell, Field, Line, Notice, Place, Row, Words};
use crate::console::zone::Zone;
use crate::lists::walk::Under;
use crate::lists::{STANDING, WITHDRAWN, heading, sort};
use crate::records;
use crate::store::{List as Lists, Within};

const UPCOMING: &str = "upcoming";
const LATE: &str = "late";

/// The filter; and what was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Assignments {
    site: String,
    kind: String,
    /// Empty: those that stand.
    state: String,
    done: String,
}

/// An assignment with its words.
pub struct Item {
    one: Assignment,
    what: Words,
    who: Words,
    href: String,
    zone: Zone,
}

#[async_trait]
impl List for Assignments {
    const PATH: &'static str = "/assignments";
    const PLACE: Place = Place::Assignments;
    const ACT: Act = Act::Oversee;
    type Source = Under;
    type Item = Item;

    fn texts(t: &'static Strings) -> Texts {
        let a = &t.assignments;
        Texts { title: a.title, lead: a.lead, empty: a.empty, empty_text: a.empty_text }
    }

    fn terms(&self) -> Vec<(&'static str, String)> {
        filters::terms(&[("site", &self.site), ("kind", &self.kind), ("state", &self.state)])
    }

    async fn fields(&self, reading: &mut Reading) -> Result<Vec<Field>, Failure> {
        let t = reading.me.t;
        let kinds = [("module", t.content.k_module), ("procedure", t.content.k_procedure)];
        let states = [(UPCOMING, t.assignments.upcoming), (LATE, t.assignments.late), (WITHDRAWN, t.assignments.withdrawn)];
        let mut fields: Vec<Field> = filters::site(reading, Act::Oversee, &self.site).into_iter().collect();
        fields.push(filters::choice("kind", t.assignments.kind, t.lists.all, &kinds, &self.kind));
        fields.push(filters::choice("state", t.lists.state, t.assignments.standing, &states, &self.state));
        Ok(fields)
    }

    fn sources(&self, reading: &Reading) -> Result<Vec<Under>, Failure> {
        let kind = filters::one_of(&self.kind, &["module", "procedure"])?;
        let state = filters::one_of(&self.state, &[UPCOMING, LATE, WITHDRAWN])?;
        let facet = match (state, kind) {
            (WITHDRAWN, _) => WITHDRAWN,
            (_, "") => STANDING,
            (_, kind) => kind,
        };
        // The later it is due, the smaller its place in the order: what is due now or later lies before this.
        let past = sort::latest(reading.me.now_ms - 1);
        let within = match state {
            UPCOMING => Within { least: Vec::new(), below: Some(past) },
            LATE => Within { least: past, below: None },
            _ => Within::default(),
        };
        let under = |place| Under { org: reading.me.org, list: Lists::Assignments, heading: heading(place, facet), within: within.clone() };
        Ok(filters::places(reading, Act::Oversee, &self.site)?.into_iter().map(under).collect())
    }

    async fn item(&self, reading: &mut Reading, (spot, ()): RowOf<Self>) -> Result<Option<Item>, Failure> {
        let org = reading.me.org;
        let Some(one) = records::one::<Assignment>(&mut *reading.tx, org, &spot.key).await? else { return Ok(None) };
        if !self.kind.is_empty() && self.kind != one.kind {
            return Ok(None);
        }
        let current = reading.names.publications.iter().find(|p| p.kind == one.kind && p.slug == one.slug).map(|p| p.release);
        let release = match current {
            Some(hash) => reading.console.library.get(&mut *reading.tx, org, hash).await?,
            None => None,
        };
        let what = release.map_or_else(|| reading.names.plain(one.slug.as_str()), |r| reading.names.words(&r.title));
        let (who, href, zone) = match one.to {
            Scope::Person(person) => {
                reading.names.meet(&mut *reading.tx, &[person]).await?;
                let grants: Vec<Grant> = overseen(&reading.me, reading.tx.grants(org, person).await?);
                let zone = reading.names.zone_of(grants.iter().filter(|g| g.until_ms.is_none()).map(|g| g.scope));
                (reading.names.plain(reading.names.person(person)), format!("/people/{person}"), zone)
            }
            Scope::Site(site) => (reading.names.site(site), format!("/sites/{site}"), reading.names.zone_at(site)),
            Scope::Org | Scope::Device(_) => return Ok(None),
        };
        Ok(Some(Item { one, what, who, href, zone }))
    }

    fn columns(t: &'static Strings) -> Vec<&'static str> {
        vec![t.assignments.what, t.assignments.who, t.assignments.due, t.lists.state]
    }

    fn row(&self, reading: &Reading, item: &Item) -> Row {
        let t = reading.me.t;
        let everybody = matches!(item.one.to, Scope::Site(_)).then(|| Line::Quiet(t.site.everybody.to_owned()));
        let who = Line::Link { href: item.href.clone(), words: item.who.clone() };
        Row {
            cells: vec![
                Cell::new(vec![
                    Line::Link { href: format!("/assignments/{}", item.one.id), words: item.what.clone() },
                    Line::Quiet(kind(t, &item.one).to_owned()),
                ]),
                Cell::new(std::iter::once(who).chain(everybody).collect()),
                Cell::new(vec![Line::Time(item.zone.stamp(item.one.due_ms)), Line::Quiet(item.zone.name().to_owned())]),
                Cell::new(vec![Line::Chips(vec![state(t, &item.one, reading.me.now_ms)])]),
            ],
        }
    }

    fn file_columns(t: &'static Strings) -> Vec<&'static str> {
        let a = &t.assignments;
        vec![a.what, a.kind, t.content.slug, a.who, a.due, t.lists.state]
    }

    fn file_cells(&self, reading: &Reading, item: &Item) -> Vec<String> {
        let t = reading.me.t;
        vec![
            item.what.text.clone(),
            kind(t, &item.one).to_owned(),
            item.one.slug.to_string(),
            item.who.text.clone(),
            item.zone.stamp(item.one.due_ms).iso,
            state(t, &item.one, reading.me.now_ms).text,
        ]
    }

    fn notice(&self, reading: &Reading) -> Option<Notice> {
        let said = || Notice { tone: "good", text: reading.me.t.assignments.said.to_owned(), link: None };
        (self.done == "withdrawn").then(said)
    }

    fn action(reading: &Reading) -> Option<(String, &'static str)> {
        reading.me.may_anywhere(Act::Assign).then(|| ("/assign".to_owned(), reading.me.t.assignments.new))
    }
}
