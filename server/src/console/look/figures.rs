//! CSAT and interactions of a site, folded by the domain's metrics.

use std::collections::BTreeMap;

use frontline_domain::fact::{Fact, FeedbackGiven};
use frontline_domain::metrics::{self, Contact, ContactState, Csat, HandlingTime, Response, Shown, Step};
use frontline_domain::release::{Content, Metric};
use frontline_domain::{CaptureId, EntryType as T, ReleaseHash, Slug};

use super::facts::Found;
use super::library::Library;
use super::names::Names;
use crate::console::period::Span;
use crate::console::strings::{Strings, fill};
use crate::console::view::{Bar, Share, Talks};
use crate::console::zone::duration;
use crate::store::{ReadTx, Result};

/// What the two figures are folded from.
pub const TYPES: &[T] = &[
    T::FEEDBACK_GIVEN,
    T::INTERACTION_OPENED,
    T::INTERACTION_PAUSED,
    T::INTERACTION_RESUMED,
    T::INTERACTION_CLOSED,
    T::INTERACTION_VOIDED,
];
/// How long before a period a contact may have been opened that was closed in it.
pub const BEFORE_MS: i64 = 2 * 86_400_000;

/// The feedback of a period that CSAT is made of.
pub struct Feedback<'a> {
    responses: Vec<(&'a Found, &'a FeedbackGiven)>,
}

impl<'a> Feedback<'a> {
    /// Those answers of surveys whose metric is CSAT that were given within the span.
    pub async fn read(
        tx: &mut dyn ReadTx,
        library: &Library,
        org: frontline_domain::OrgId,
        facts: &'a [Found],
        span: Span,
    ) -> Result<Self> {
        let mut is_csat: BTreeMap<ReleaseHash, bool> = BTreeMap::new();
        let mut responses = Vec::new();
        for found in facts.iter().filter(|f| span.holds(f.effective_ms)) {
            let Fact::FeedbackGiven(given) = &found.fact else { continue };
            let counts = match is_csat.get(&given.survey) {
                Some(known) => *known,
                None => {
                    let survey = library.get(tx, org, given.survey).await?;
                    let csat = matches!(survey.as_deref().map(|r| &r.content), Some(Content::Survey(s)) if s.metric == Metric::Csat);
                    is_csat.insert(given.survey, csat);
                    csat
                }
            };
            if counts {
                responses.push((found, given));
            }
        }
        Ok(Self { responses })
    }
    fn fold(&self, names: &Names, at: Option<&Slug>) -> Csat {
        let chosen = self.responses.iter().filter(|(_, given)| at.is_none_or(|slug| given.touchpoint == *slug));
        metrics::csat(chosen.map(|(found, given)| Response {
            id: given.id,
            device: found.header.device,
            touchpoint: &given.touchpoint,
            score: given.score,
            at: found.header.moment,
            test: given.test,
            interval_s: names.touchpoints.get(&given.touchpoint).map_or(0, |t| t.interval_s),
        }))
    }
    /// Of the whole site.
    pub fn csat(&self, names: &Names) -> Share {
        share(self.fold(names, None).share(), names)
    }
    /// By touchpoint, the most answered first.
    pub fn by_touchpoint(&self, names: &Names) -> Vec<(&'a Slug, Share)> {
        let mut places: Vec<&Slug> = self.responses.iter().map(|(_, given)| &given.touchpoint).collect();
        places.sort();
        places.dedup();
        let mut rows: Vec<_> = places.into_iter().map(|slug| (slug, self.fold(names, Some(slug)).share())).collect();
        rows.sort_by_key(|(slug, share)| (std::cmp::Reverse(share.whole), *slug));
        rows.into_iter().map(|(slug, one)| (slug, share(one, names))).collect()
    }
    /// The latest with words, at most so many.
    pub fn comments(&self, most: usize) -> Vec<(&'a Found, &'a FeedbackGiven)> {
        let told = |(_, given): &&(&Found, &FeedbackGiven)| !given.test && given.comment.is_some();
        let mut with: Vec<_> = self.responses.iter().filter(told).copied().collect();
        with.sort_by_key(|(found, given)| (std::cmp::Reverse(found.effective_ms), given.id));
        with.dedup_by_key(|(_, given)| given.id);
        with.truncate(most);
        with
    }
}

fn share(share: metrics::Share, names: &Names) -> Share {
    let t = &names.t.numbers;
    let words = [("satisfied", &*share.part.to_string()), ("answered", &share.whole.to_string())];
    match share.shown(names.policy.minimum_responses) {
        Shown::NoData => Share { value: None, missing: t.no_data, sentence: t.no_responses.to_owned(), bar: None },
        Shown::NotEnough { n, minimum } => {
            let words = [("n", &*n.to_string()), ("least", &minimum.to_string())];
            Share { value: None, missing: t.not_enough, sentence: fill(t.too_few, &words), bar: None }
        }
        Shown::Value { value, .. } => Share {
            value: Some(fill(t.percent, &[("n", &value.to_string())])),
            missing: t.no_data,
            sentence: fill(t.satisfied, &words),
            bar: Some(Bar::of(share.part, share.whole)),
        },
    }
}

/// The contacts of a period: those that were closed within it, and those that are open.
pub struct Contacts {
    contacts: Vec<Contact>,
    open: u64,
}

impl Contacts {
    pub fn of(facts: &[Found], span: Span) -> Self {
        let mut events: BTreeMap<CaptureId, Vec<&Found>> = BTreeMap::new();
        for found in facts {
            if let Some((id, _)) = step(&found.fact) {
                events.entry(id).or_default().push(found);
            }
        }
        let (mut contacts, mut open) = (Vec::new(), 0);
        for list in events.values_mut() {
            // The order in which the author wrote them: within an epoch by its numbers, and epochs as they
            // came here.
            let mut came: BTreeMap<_, u64> = BTreeMap::new();
            for f in list.iter() {
                let first = came.entry((f.header.device, f.header.epoch)).or_insert(f.number);
                *first = f.number.min(*first);
            }
            list.sort_by_key(|f| (came.get(&(f.header.device, f.header.epoch)).copied(), f.header.seq));
            let contact = metrics::contact(list.iter().filter_map(|f| Some((step(&f.fact)?.1, f.header.moment))));
            let closed = list.iter().find(|f| matches!(f.fact, Fact::InteractionClosed(_)));
            let opened = list.iter().find(|f| matches!(f.fact, Fact::InteractionOpened(_)));
            match contact.state {
                ContactState::Closed if closed.is_some_and(|f| span.holds(f.effective_ms)) => contacts.push(contact),
                ContactState::Open | ContactState::Paused if opened.is_some_and(|f| span.holds(f.effective_ms)) => open += 1,
                _ => {}
            }
        }
        Self { contacts, open }
    }
    /// The figure.
    pub fn talks(&self, t: &'static Strings) -> Talks {
        let time = metrics::handling_time(&self.contacts);
        let n = &t.numbers;
        let abandoned = self.contacts.iter().filter(|c| !c.handled).count() as u64;
        let notes = [(n.still_open, self.open), (n.abandoned, abandoned), (n.overlong, time.left_out)];
        let notes = notes.into_iter().filter(|(_, count)| *count > 0).map(|(text, count)| t.counted(text, count)).collect();
        let median = median(&time, t).map_or_else(|| n.no_median.to_owned(), |m| fill(n.median, &[("time", &m)]));
        Talks { handled: time.handled, median, notes }
    }
    /// By reason, the most frequent first: how many were handled, and the median.
    pub fn by_reason(&self, t: &'static Strings) -> Vec<(Slug, u64, String)> {
        let mut by: BTreeMap<&Slug, Vec<&Contact>> = BTreeMap::new();
        for contact in &self.contacts {
            if let Some(reason) = &contact.reason {
                by.entry(reason).or_default().push(contact);
            }
        }
        let row = |(reason, list): (&Slug, Vec<&Contact>)| {
            let time = metrics::handling_time(list);
            (reason.clone(), time.handled, median(&time, t).unwrap_or_else(|| t.numbers.no_data.to_owned()))
        };
        let mut rows: Vec<_> = by.into_iter().map(row).collect();
        rows.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        rows
    }
}

fn median(time: &HandlingTime, t: &Strings) -> Option<String> {
    // Half a second counts as one, as everywhere.
    time.median_ms.map(|ms| duration((ms + 500) / 1_000, &t.calendar))
}

fn step(fact: &Fact) -> Option<(CaptureId, Step<'_>)> {
    match fact {
        Fact::InteractionOpened(f) => Some((f.id, Step::Opened(f))),
        Fact::InteractionPaused(f) => Some((f.interaction, Step::Paused)),
        Fact::InteractionResumed(f) => Some((f.interaction, Step::Resumed)),
        Fact::InteractionClosed(f) => Some((f.interaction, Step::Closed(f))),
        Fact::InteractionVoided(f) => Some((f.interaction, Step::Voided)),
        _ => None,
    }
}
