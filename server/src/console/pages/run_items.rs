//! The items of a run with what stands for each, in the order of the form.

use frontline_domain::document::{Answer, AnswerKey, Run, Standing};
use frontline_domain::form::response::{At, Response, Slot};
use frontline_domain::form::screen::View;
use frontline_domain::form::speech::{Phrase, Speech, number, said};
use frontline_domain::form::{Form, Item, ItemKind, Section, Value};
use frontline_domain::{BlobHash, DocId, Slug, Text};

use super::picture::{bytes_of, page_of};
use crate::console::calm::calm;
use crate::console::look::names::Names;
use crate::console::look::pictures::Pictures;
use crate::console::strings::fill;
use crate::console::view::{AnswerView, ItemState, ItemView, NoteView, PictureView, SectionView, Words};
use crate::console::zone::Zone;

/// What answers are put in words with.
pub struct Shown<'a> {
    pub filled: &'a Response,
    pub names: &'a Names,
    pub zone: &'a Zone,
    pub form: &'a Form,
    pub run: DocId,
    pub pictures: &'a Pictures,
}

/// The sections of a run's page.
pub struct Sections {
    pub list: Vec<SectionView>,
}

impl Sections {
    /// Where the first clash is.
    pub fn first_clash(&self) -> Option<&str> {
        let items = self.list.iter().flat_map(|s| &s.items);
        items.into_iter().find(|i| i.kept.is_none() && matches!(i.state, ItemState::Clash { .. })).map(|i| i.anchor.as_str())
    }
}

/// All sections that are there, and what was answered in others while they were. One that repeats is shown as often as a
/// phone shows it: up to the last instance that was begun.
pub fn sections(shown: &Shown<'_>, run: &Run) -> Sections {
    let (standings, evidence) = (run.standings(), run.evidence());
    let mut list = Vec::new();
    for section in &shown.form.sections {
        let of_section = |s: &&Standing| section.items.iter().any(|item| item.slug == s.key.item);
        let last = standings.iter().chain(&evidence).filter(of_section).map(|s| s.key.instance).max().unwrap_or(0);
        for instance in 0..=last {
            let number = (section.repeat.is_some() && last > 0).then_some(usize::from(instance) + 1);
            let one = view(shown, section, instance, number, (&standings, &evidence));
            if !one.items.is_empty() {
                list.push(one);
            }
        }
    }
    Sections { list }
}

fn view(
    shown: &Shown<'_>,
    section: &Section,
    instance: u16,
    number: Option<usize>,
    (standings, evidence): (&[Standing], &[Standing]),
) -> SectionView {
    let mut label = shown.names.words(&section.label);
    if let Some(n) = number {
        label.text = fill(shown.names.t.run.instance, &[("section", &label.text), ("n", &n.to_string())]);
    }
    let items = section.items.iter().filter_map(|item| {
        let key = AnswerKey::of(item.slug.clone(), instance);
        let standing = standings.iter().find(|s| s.key == key && !s.answers.is_empty());
        // What its form does not ask for counts for nothing. What was answered while it did is kept, and said to be.
        let there = shown.is_there(item, instance);
        if !there && !standing.is_some_and(Standing::is_answered) {
            return None;
        }
        let beside: Vec<&Standing> = evidence.iter().filter(|s| s.key.item == item.slug && s.key.instance == instance).collect();
        Some(ItemView {
            anchor: format!("{}-{}", item.slug, instance),
            label: shown.names.words(&item.label),
            required: item.required,
            state: match &item.calculate {
                Some(_) => ItemState::WorkedOut(shown.comes_to(item, instance)),
                None => state(shown, item, standing),
            },
            kept: (!there).then_some(shown.names.t.run.kept),
            evidence: shown.evidence(item, &beside),
            not_live: shown.not_live(item, standing.into_iter().chain(beside.iter().copied())),
            notes: shown.notes(&beside),
        })
    });
    SectionView { label, items: items.collect() }
}

fn state(shown: &Shown<'_>, item: &Item, standing: Option<&Standing>) -> ItemState {
    let view = |answer: &Answer| AnswerView {
        value: shown.value(item, &answer.value),
        by: shown.names.person(answer.by),
        at: shown.zone.stamp(answer.at_ms),
        settled: answer.settles,
        measured: answer.measured,
        odd: shown.out_of_band(item, &answer.value),
        pictures: shown.pictures(item, &answer.value),
    };
    match standing {
        None if !item.kind.answers().asks() => ItemState::Reading,
        None => ItemState::Missing,
        Some(s) if s.is_clash() => ItemState::Clash {
            sentence: shown.names.t.counted(shown.names.t.run.clash_text, s.answers.len() as u64),
            answers: s.answers.iter().map(view).collect(),
        },
        // Taken back: who did it stands in the history.
        Some(s) if !s.is_answered() => ItemState::Missing,
        // Equal answers that two people gave unseen are one answer: the first that was given.
        Some(s) => match s.answers.iter().min_by_key(|a| a.at_ms) {
            Some(answer) => ItemState::Answered(view(answer)),
            None => ItemState::Missing,
        },
    }
}

impl Shown<'_> {
    fn at(&self, item: &Item, instance: u16) -> Option<At> {
        self.filled.plan().number(&item.slug).map(|item| At { item, instance })
    }
    fn slot(&self, item: &Item, instance: u16) -> Option<&Slot> {
        self.filled.slot(self.at(item, instance)?)
    }
    /// Whether its form asks for it, or tells it. One that a later build asks for is shown, too.
    fn is_there(&self, item: &Item, instance: u16) -> bool {
        match self.slot(item, instance) {
            Some(slot) => slot.visible,
            // Of an instance that nobody began.
            None => self.at(item, instance).is_none_or(|at| self.filled.is_open(self.filled.plan().section_of(at.item))),
        }
    }
    /// What a calculated item comes to.
    fn comes_to(&self, item: &Item, instance: u16) -> Option<String> {
        let (language, languages) = (self.names.t.tag(), self.names.languages());
        let view = View { response: self.filled, speech: self, language: &language, languages, locked: None };
        view.item(self.at(item, instance)?).reads.map(calm)
    }
    /// What the run is worth, in words; none where its form has no points.
    pub fn score(&self) -> Option<String> {
        let (score, t) = (self.filled.score(), &self.names.t.run);
        if score.possible == 0 && score.passed.is_none() {
            return None;
        }
        let points = fill(t.points, &[("points", &score.points.to_string()), ("possible", &score.possible.to_string())]);
        let word = match score.passed {
            Some(true) => t.score_passed,
            Some(false) if score.critical.is_empty() => t.score_failed,
            Some(false) => t.score_critical,
            None => return Some(points),
        };
        Some(fill(word, &[("points", &points)]))
    }
    /// An item's label; where its section is there several times, with the number that its section has.
    pub fn named(&self, item: &Item, instance: u16) -> Words {
        let mut label = self.names.words(&item.label);
        let repeats = self.form.sections.iter().any(|s| s.repeat.is_some() && s.items.iter().any(|i| i.slug == item.slug));
        if repeats {
            let n = (instance + 1).to_string();
            label.text = fill(self.names.t.run.instance, &[("section", &label.text), ("n", &n)]);
        }
        label
    }
    /// Those that an answer to an item, or a photo or a recording beside one, added.
    pub fn added(&self, slug: &Slug, value: &Value) -> Vec<PictureView> {
        self.form.item(slug).map_or_else(Vec::new, |item| self.pictures(item, value))
    }
    /// Pictures in a row of small ones, each of which leads to a page of its own; recordings are played where they stand.
    fn pictures(&self, item: &Item, value: &Value) -> Vec<PictureView> {
        let is_sound = matches!(value, Value::Files(_));
        let t = &self.names.t.pictures;
        let alt = fill(if is_sound { t.sound_alt } else { t.alt }, &[("item", &self.names.words(&item.label).text)]);
        let view = |blob: &BlobHash| {
            let found = self.pictures.get(blob);
            let here = if is_sound { found.here.then_some(blob) } else { found.small.as_ref() };
            PictureView { href: page_of(self.run, blob), src: here.map(bytes_of), alt: alt.clone(), is_sound }
        };
        value.blobs().iter().map(view).collect()
    }
    /// The photos and recordings beside an answer.
    fn evidence(&self, item: &Item, beside: &[&Standing]) -> Vec<PictureView> {
        beside.iter().flat_map(|s| s.answers.first().map(|a| self.pictures(item, &a.value)).unwrap_or_default()).collect()
    }
    /// The notes beside an answer.
    fn notes(&self, beside: &[&Standing]) -> Vec<NoteView> {
        let note = |s: &&Standing| {
            let answer = s.answers.first()?;
            let Value::Text(text) = &answer.value else { return None };
            Some(NoteView { text: calm(text.clone()), by: self.names.person(answer.by), at: self.zone.stamp(answer.at_ms) })
        };
        beside.iter().filter_map(note).collect()
    }
    /// How many photos of an item and beside it were chosen from what was saved. A signature and a drawing are made on the
    /// screen: nobody asks whether the camera took them.
    fn not_live<'s>(&self, item: &Item, standings: impl Iterator<Item = &'s Standing>) -> Option<String> {
        if matches!(item.kind, ItemKind::Signature | ItemKind::Sketch) {
            return None;
        }
        let blobs = standings.flat_map(|s| &s.answers).flat_map(|a| a.value.blobs());
        let count = blobs.filter(|blob| self.pictures.get(blob).not_live).count();
        (count > 0).then(|| self.names.t.counted(self.names.t.pictures.not_live, count as u64))
    }
    /// The item with this slug, as people read it.
    pub fn label(&self, slug: &Slug) -> Words {
        self.form.item(slug).map_or_else(|| self.names.plain(slug.as_str()), |i| self.names.words(&i.label))
    }
    /// A value of an item in words.
    pub fn words(&self, slug: &Slug, value: &Value) -> String {
        match self.form.item(slug) {
            Some(item) => self.value(item, value),
            None => calm(Speech::plain(self, value)),
        }
    }
    fn value(&self, item: &Item, value: &Value) -> String {
        calm(item.report(value, self))
    }
    /// What to say of a number outside of its target band, and of a place that an app on the phone made up.
    fn out_of_band(&self, item: &Item, value: &Value) -> Option<String> {
        if matches!(value, Value::Place { mock: true, .. }) {
            return Some(self.names.t.run.made_up.to_owned());
        }
        let kind = item.kind.answers();
        let (from, to) = kind.numbers()?.target?;
        let words = [("from", &*number(from)), ("to", &number(to))];
        kind.is_out_of_band(value).then(|| fill(self.names.t.run.out_of_band, &words))
    }
}

/// Answers in the words of the console, with the names of its people and sites, by the clocks of the run's site.
impl Speech for Shown<'_> {
    fn say(&self, phrase: &Phrase<'_>) -> String {
        let (t, run) = (self.names.t, &self.names.t.run);
        match phrase {
            Phrase::Yes => run.yes.to_owned(),
            Phrase::No => run.no.to_owned(),
            Phrase::Pass => run.pass.to_owned(),
            Phrase::Fail => run.fail.to_owned(),
            Phrase::Na => run.na.to_owned(),
            Phrase::NaBecause(reason) => fill(run.na_because, &[("reason", reason)]),
            Phrase::OutOf { n, of } => fill(run.out_of, &[("n", n), ("max", of)]),
            Phrase::Photos(n) => t.counted(run.photos, *n as u64),
            Phrase::Signed => run.signed_by_hand.to_owned(),
            other => said(t.lang, other),
        }
    }
    fn text(&self, text: &Text) -> String {
        self.names.words(text).text
    }
    fn moment(&self, ms: i64) -> String {
        self.zone.stamp(ms).text
    }
    fn named(&self, value: &Value) -> Option<String> {
        match value {
            Value::Person(id) => Some(self.names.person(*id)),
            Value::Site(id) => Some(self.names.site(*id).text),
            Value::Asset(slug) => Some(self.names.asset(slug).text),
            _ => None,
        }
    }
}
