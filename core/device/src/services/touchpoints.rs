//! Where feedback is asked for, and what is asked there: the screens of a capture and of a kiosk.

use frontline_domain::record::Touchpoint;
use frontline_domain::release::{Content, Metric, Named};
use frontline_domain::{EntryType, Scope};

use super::feedback::Feedback;
use super::shown;
use crate::capture::Rights;
use crate::error::{Error, Fault};
use crate::people::{self, Reader, Words};
use crate::store::{Db, records, releases};

/// A point of a customer's journey with its survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchpointDetail {
    /// What a response names it by.
    pub id: String,
    pub name: Words,
    /// What is asked; empty where the survey asks nothing in words.
    pub question: Words,
    /// Which faces or numbers are shown.
    pub metric: Metric,
    pub reasons: Vec<NamedDetail>,
    pub thank_you: Words,
    /// Seconds of silence after which a kiosk begins anew.
    pub idle_reset_s: u16,
    /// It is at the site where whoever is at the phone works.
    pub here: bool,
    pub may_capture: bool,
}

/// Something to choose, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDetail {
    pub id: String,
    pub label: Words,
}

impl NamedDetail {
    pub(crate) fn of(reader: &Reader, named: &Named) -> Self {
        Self { id: named.slug.to_string(), label: reader.words(&named.label) }
    }
}

impl Feedback<'_> {
    /// The touchpoints whose survey has come: those of the person's own site first, then by name.
    pub fn touchpoints(&self) -> Result<Vec<TouchpointDetail>, Error> {
        self.0.show(|db| {
            let (reader, me) = (Reader::of(self.0, db)?, people::current(db)?);
            let rights = Rights::of(db, self.0.now(db)?.server_estimate())?;
            let mut out = Vec::new();
            for point in records::all::<Touchpoint>(db)?.into_iter().filter(|t| !t.withdrawn) {
                let may = rights.may_write(EntryType::FEEDBACK_GIVEN, Scope::Site(point.site));
                out.extend(one(db, &reader, &point)?.map(|shown| TouchpointDetail {
                    here: point.site == me.site,
                    may_capture: may,
                    ..shown
                }));
            }
            out.sort_by(|a, b| (!a.here, &a.name.text, &a.id).cmp(&(!b.here, &b.name.text, &b.id)));
            Ok(out)
        })
    }
}

fn one(db: &Db<'_>, reader: &Reader, point: &Touchpoint) -> Result<Option<TouchpointDetail>, Fault> {
    let Some(hash) = shown::publication(db, "survey", &point.survey)? else { return Ok(None) };
    let Some(release) = releases::get(db, &hash)? else { return Ok(None) };
    let Content::Survey(survey) = &release.content else { return Ok(None) };
    let question = survey.form.questions().next().map_or_else(|| reader.words(&release.title), |item| reader.words(&item.label));
    Ok(Some(TouchpointDetail {
        id: point.slug.to_string(),
        name: reader.words(&point.name),
        question,
        metric: survey.metric,
        reasons: survey.reasons.iter().map(|named| NamedDetail::of(reader, named)).collect(),
        thank_you: reader.words(&survey.thank_you),
        idle_reset_s: survey.idle_reset_s,
        here: false,
        may_capture: false,
    }))
}
