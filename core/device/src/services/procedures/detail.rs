//! A run as a screen shows it: every item with what stands, every decision taken.

use std::collections::BTreeSet;

use frontline_domain::document::{Covers, RunState, Seal, Standing};
use frontline_domain::fact::Fact;
use frontline_domain::form::item::Choice;
use frontline_domain::form::response::At;
use frontline_domain::form::screen::View;
use frontline_domain::form::speech::{Phrase, Speech};
use frontline_domain::form::{Form, Item, ItemKind, Section, Value};
use frontline_domain::permission::Role;
use frontline_domain::{BlobHash, EntryType};

use super::history::HistoryWhat;
use super::reference::References;
pub use super::run_detail::{
    AnswerDetail, AskedDetail, Can, ChoiceDetail, Hindrances, ItemDetail, NoteAsked, NoteDetail, PictureLimit, PieceDetail, RunDetail,
    SaidDetail, SectionDetail, SignatureDetail, WhyNot,
};
use super::spoken::Spoken;
use super::{Opened, Procedures, Said, open, show_heads};
use super::{assets, demands, withdrawn};
use crate::capture::Rights;
use crate::error::{Error, Fault};
use crate::people::{self, Reader};
use crate::project::{self, Tally};
use crate::services::media::photos;
use crate::services::shown::{self, Answered, CaptureState};
use crate::store::{Db, blobs};

impl Procedures<'_> {
    /// One run, ready to be shown.
    pub fn detail(&self, run: &str) -> Result<RunDetail, Error> {
        self.shown(run, false)
    }

    /// The same with an empty instance behind each section that there can be one more of: what a shell lets be filled.
    pub fn screen(&self, run: &str) -> Result<RunDetail, Error> {
        self.shown(run, true)
    }

    fn shown(&self, run: &str, with_room: bool) -> Result<RunDetail, Error> {
        self.0.show_ahead(|db| {
            let opened = open(db, run)?;
            let (standings, evidence) = (opened.run.standings(), opened.run.evidence());
            let photos = photos(db)?;
            let picture = PictureLimit { side: photos.side, bytes: photos.bytes() };
            let not_live = blobs::of_run(db, opened.id)?.into_iter().filter(|n| !n.said.live).map(|n| n.said.blob).collect();
            let references = References::of(db, &opened)?;
            let screen = Screen { db, reader: Reader::of(self.0, db)?, standings, evidence, not_live, picture, with_room, references };
            let (said, me) = (opened.said(db)?, people::current(db)?.person);
            let status = said.status();
            let now_ms = self.0.now(db)?.server_estimate();
            let filled = opened.filled(db, now_ms, &opened.procedure.asked(status))?;
            let counted = Tally::of(&filled);
            let rights = Rights::of(db, now_ms)?;
            let signers = &opened.procedure.sign_off;
            let is_withdrawn = status == RunState::Withdrawn;
            let locked = said.locks(signers, None);
            let spoken = Spoken { db, reader: &screen.reader };
            let (language, languages) = (screen.reader.language(), screen.reader.languages());
            let may_answer = rights.may_write(EntryType::RUN_CHANGED, opened.scope);
            let why_not = |asked_of: Option<Role>| match asked_of {
                _ if is_withdrawn => Some(spoken.say(&Phrase::Withdrawn)),
                _ if said.locks(signers, asked_of) => Some(spoken.say(&Phrase::SignedOff)),
                _ if !may_answer => Some(spoken.say(&Phrase::MayNotAnswer)),
                Some(role) if !rights.may_write_as(EntryType::SIGNED_OFF, opened.scope, role) => Some(spoken.say(&Phrase::OfSigners)),
                _ => None,
            };
            let view = View { response: &filled, speech: &spoken, language, languages, locked: None };
            let next = said.next(signers, &rights, opened.scope, me);
            let mine = Mine { rights: &rights, next, locked };
            // What whoever hands it in, and whoever signs next, has to have answered: the same where nothing is asked of signers.
            let of = |asked: &[Role]| match opened.asks_signers() {
                true => Ok::<_, Fault>(Tally::of(&opened.filled(db, now_ms, asked)?)),
                false => Ok(counted.clone()),
            };
            let in_the_way = hindrances(&opened, &mine, status, &of(&[])?, &of(next.map_or(&[], |place| signers.up_to(place)))?);
            let lock_of: Vec<Option<String>> = opened.plan.form().sections.iter().map(|section| why_not(section.asked_of)).collect();
            Ok(RunDetail {
                id: opened.id.to_string(),
                procedure: opened.procedure.name.to_string(),
                title: screen.reader.words(&opened.procedure.title),
                site: shown::site_name(db, opened.scope)?,
                place: shown::place(db, &screen.reader, opened.scope)?,
                status,
                said: last_word(db, &opened, &said)?,
                signatures: signatures(db, opened.procedure.sign_off.roles(), &said)?,
                sections: screen.sections(opened.plan.form(), &view, &lock_of)?,
                demands: demands::of_run(db, &screen.reader, &opened, status, now_ms)?,
                form: view.form(),
                seen: show_heads(&opened.run.heads()),
                can: Can {
                    answer: !locked && may_answer && !is_withdrawn,
                    submit: in_the_way.submit.is_none(),
                    sign_off: in_the_way.sign_off.is_none(),
                    give_back: in_the_way.give_back.is_none(),
                    why_not: in_the_way,
                },
                answered: counted.answered,
                missing: if is_withdrawn { Vec::new() } else { counted.missing },
                wrong: if is_withdrawn { Vec::new() } else { counted.wrong },
                clashes: if is_withdrawn { Vec::new() } else { counted.clashes },
                state: CaptureState::about(db, &project::Subject::Run(opened.id))?,
                asset: opened.asset.as_ref().map(ToString::to_string),
                asset_label: opened.asset.as_ref().map(|slug| assets::label(db, &screen.reader, slug)).transpose()?,
                withdrawn: withdrawn::of(db, &opened, &said)?,
            })
        })
    }
}

/// What whoever looks at a run may do about it.
struct Mine<'a> {
    rights: &'a Rights,
    /// The place at which they sign next.
    next: Option<usize>,
    locked: bool,
}

/// What is in the way of handing it in, of signing it off and of giving it back, the first thing of each. `filled`: what
/// whoever hands it in has to have answered, `signed`: what whoever signs next has to.
fn hindrances(opened: &Opened, mine: &Mine<'_>, status: RunState, filled: &Tally, signed: &Tally) -> Hindrances {
    let count = |items: &[String]| u32::try_from(items.len()).unwrap_or(u32::MAX);
    let unless = |fine: bool, why: WhyNot| (!fine).then_some(why);
    let not_whole = |of: &Tally| {
        unless(of.missing.is_empty(), WhyNot::Missing(count(&of.missing)))
            .or_else(|| unless(of.clashes.is_empty(), WhyNot::Clashes(count(&of.clashes))))
            .or_else(|| unless(of.wrong.is_empty(), WhyNot::Wrong(count(&of.wrong))))
    };
    let may = |one| mine.rights.may_write(one, opened.scope);
    let signs = |role: &Role| mine.rights.may_write_as(EntryType::SIGNED_OFF, opened.scope, *role);
    if status == RunState::Withdrawn {
        let why = Some(WhyNot::Withdrawn);
        return Hindrances { submit: why, sign_off: why, give_back: why };
    }
    let signers = &opened.procedure.sign_off;
    let sign_off = match signers.are_asked() {
        false => Some(WhyNot::NoSignOff),
        true => unless(signers.roles().iter().any(signs), WhyNot::NoRight),
    };
    Hindrances {
        submit: unless(!mine.locked, WhyNot::SignedOff)
            .or_else(|| unless(may(EntryType::RUN_SUBMITTED), WhyNot::NoRight))
            .or_else(|| not_whole(filled)),
        sign_off: sign_off
            .or_else(|| unless(status != RunState::SignedOff, WhyNot::SignedOff))
            .or_else(|| unless(status != RunState::Open, WhyNot::NotHandedIn))
            // They signed it, and it waits for another.
            .or_else(|| unless(mine.next.is_some(), WhyNot::SignedOff))
            .or_else(|| not_whole(signed)),
        give_back: unless(status != RunState::Open, WhyNot::NotHandedIn).or_else(|| unless(may(EntryType::RETURNED), WhyNot::NoRight)),
    }
}

/// The last word about a run.
fn last_word(db: &Db<'_>, opened: &Opened, said: &Said) -> Result<Option<SaidDetail>, Fault> {
    let Some((held, fact)) = said.told.last() else { return Ok(None) };
    let (what, reason) = match fact {
        Fact::RunSubmitted(_) => (HistoryWhat::Submitted, None),
        Fact::SignedOff(_) => (HistoryWhat::SignedOff, None),
        Fact::Returned(r) => (HistoryWhat::Returned, Some(r.reason.clone())),
        _ => return Ok(None),
    };
    let by = held.entry.header.person;
    let at_ms = held.entry.header.moment.server_estimate();
    let changed_since = match said.seals.last() {
        Some(seal) if !said.covers.are_of(seal, &opened.procedure.sign_off) => changed_after(opened, at_ms, seal),
        _ => Vec::new(),
    };
    Ok(Some(SaidDetail { what, by: people::name(db, by)?, at_ms, reason, changed_since }))
}

/// Whose signatures it takes and which of them hold, where it takes several.
fn signatures(db: &Db<'_>, roles: &[Role], said: &Said) -> Result<Vec<SignatureDetail>, Fault> {
    if roles.len() < 2 {
        return Ok(Vec::new());
    }
    let of = |(role, at): (&Role, &Option<usize>)| {
        let by = at.and_then(|at| said.told.get(at)).map(|(held, _)| &held.entry.header);
        Ok(SignatureDetail {
            role: role.name(),
            by: by.map(|header| people::name(db, header.person)).transpose()?,
            at_ms: by.map(|header| header.moment.server_estimate()),
        })
    };
    roles.iter().zip(&said.decided.signed).map(of).collect()
}

/// The items that a seal covers and that somebody answered after a time, by their own word: why a sign-off lapsed. Where clocks
/// disagree and none is later, the latest one.
fn changed_after(opened: &Opened, at_ms: i64, seal: &Seal) -> Vec<String> {
    let asked = Covers::asked_by(seal, &opened.procedure.sign_off);
    let section = |s: &Standing| opened.plan.form().section_of(&s.key.item).and_then(|section| section.asked_of);
    let mut standings = opened.run.standings();
    standings.retain(|s| section(s).is_none_or(|role| asked.contains(&role)));
    let latest = |s: &Standing| s.answers.iter().map(|a| a.at_ms).max();
    let later: Vec<&Standing> = standings.iter().filter(|s| latest(s) > Some(at_ms)).collect();
    let shown = if later.is_empty() { standings.iter().max_by_key(|s| latest(s)).into_iter().collect() } else { later };
    shown.iter().map(|s| name(&s.key.item, s.key.instance)).collect()
}

fn name(item: &frontline_domain::Slug, instance: u16) -> String {
    if instance == 0 { item.to_string() } else { format!("{item}/{instance}") }
}

/// Whether pictures are its answer.
fn takes_pictures(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Photo(_) | ItemKind::Signature | ItemKind::Sketch)
}

struct Screen<'a> {
    db: &'a Db<'a>,
    reader: Reader,
    standings: Vec<Standing>,
    evidence: Vec<Standing>,
    /// Photos of the run that were chosen from what was saved.
    not_live: BTreeSet<BlobHash>,
    picture: PictureLimit,
    /// Whether what can be begun anew is there, too.
    with_room: bool,
    references: References,
}

impl Screen<'_> {
    fn sections(&self, form: &Form, view: &View<'_>, locks: &[Option<String>]) -> Result<Vec<SectionDetail>, Fault> {
        let mut out = Vec::new();
        for ((n, section), lock) in (0u16..).zip(&form.sections).zip(locks) {
            let view = &View { locked: lock.as_deref(), ..*view };
            let of_section = |s: &&Standing| section.items.iter().any(|i| i.slug == s.key.item);
            let last = self.standings.iter().filter(of_section).map(|s| s.key.instance).max().unwrap_or(0);
            for instance in 0..=last {
                out.push(self.section(n, section, instance, view)?);
            }
            let next = last + 1;
            if self.with_room && next < section.repeat.unwrap_or(1) {
                out.push(self.empty(n, section, next, view)?);
            }
        }
        Ok(out)
    }

    /// An instance that nobody began: what depends on answers of it shows once there is one.
    fn empty(&self, n: u16, section: &Section, instance: u16, view: &View<'_>) -> Result<SectionDetail, Fault> {
        let mut empty = SectionDetail { empty: true, ..self.section(n, section, instance, view)? };
        for (shown, item) in empty.items.iter_mut().zip(&section.items) {
            shown.visible = item.visible_if.is_none();
            shown.enabled = view.locked.is_none() && item.calculate.is_none();
        }
        Ok(empty)
    }

    fn section(&self, n: u16, section: &Section, instance: u16, view: &View<'_>) -> Result<SectionDetail, Fault> {
        Ok(SectionDetail {
            slug: section.slug.to_string(),
            instance,
            repeat: section.repeat.unwrap_or(1),
            label: self.reader.words(&section.label),
            help: section.help.as_ref().map(|h| self.reader.words(h)),
            asked_of: section.asked_of.map(Role::name),
            items: section.items.iter().map(|item| self.item(item, instance, view)).collect::<Result<_, _>>()?,
            now: view.section_state(n),
            empty: false,
        })
    }

    fn item(&self, item: &Item, instance: u16, view: &View<'_>) -> Result<ItemDetail, Fault> {
        let standing = self.standings.iter().find(|s| s.key.item == item.slug && s.key.instance == instance);
        let value = standing.and_then(|s| s.value().cloned());
        let at = view.response.plan().number(&item.slug).map(|item| At { item, instance });
        let now = at.map(|at| view.item(at));
        let answers_of = item.kind.answers();
        let number = answers_of.numbers();
        let mut answers = Vec::new();
        for a in standing.into_iter().flat_map(|s| &s.answers) {
            answers.push(AnswerDetail {
                id: a.intent.to_string(),
                reads: item.report(&a.value, view.speech),
                value: Answered(a.value.clone()),
                by: people::name(self.db, a.by)?,
                at_ms: a.at_ms,
                settles: a.settles,
                measured: a.measured,
            });
        }
        let (mut evidence, mut notes, mut not_live) = (Vec::new(), Vec::new(), Vec::new());
        for blob in standing.into_iter().flat_map(|s| &s.answers).flat_map(|a| a.value.blobs()) {
            self.note_if_not_live(item, blob, &mut not_live);
        }
        for piece in self.evidence.iter().filter(|s| s.key.item == item.slug && s.key.instance == instance) {
            let (Some(id), Some(a)) = (piece.key.evidence, piece.answers.first()) else { continue };
            if let Value::Text(text) = &a.value {
                notes.push(NoteDetail { id: id.to_string(), text: text.clone(), by: people::name(self.db, a.by)?, at_ms: a.at_ms });
            }
            let Some(photo) = a.value.blobs().first() else { continue };
            let is_sound = piece.is_sound();
            if !is_sound {
                self.note_if_not_live(item, photo, &mut not_live);
            }
            let by = people::name(self.db, a.by)?;
            evidence.push(PieceDetail { id: id.to_string(), photo: photo.to_string(), by, at_ms: a.at_ms, is_sound });
        }
        // Its value is an id, which says nothing to anybody.
        let is_named = matches!(item.kind, ItemKind::Lookup(_) | ItemKind::Person | ItemKind::Site | ItemKind::Asset);
        let rule = if let ItemKind::Photo(rule) = &item.kind { Some(*rule) } else { item.photos_beside() };
        // What rules ask for only counts while they hold.
        let needs = at.map_or(0, |at| view.response.photos_needed(at, item));
        Ok(ItemDetail {
            asks: rule.map(|r| AskedDetail { min: r.photos_min.max(needs), max: r.photos_max, live_camera_only: r.live_camera_only }),
            evidence,
            not_live,
            note: item
                .takes_note()
                .then(|| if at.is_some_and(|at| view.response.note_needed(at)) { NoteAsked::Needed } else { NoteAsked::Welcome }),
            notes,
            files: if let ItemKind::Audio(audio) = &item.kind { Some(audio.0) } else { None },
            picture: (rule.is_some() || takes_pictures(&item.kind)).then_some(self.picture),
            item: name(&item.slug, instance),
            kind: item.kind.name(),
            control: answers_of.control(),
            enabled: now.as_ref().is_some_and(|now| now.enabled),
            why_not: now.as_ref().and_then(|now| now.why_not.clone()),
            spoken: answers_of.spoken(view.speech),
            decimals: number.map(|n| n.decimals),
            label: self.reader.words(&item.label),
            help: item.help.as_ref().map(|h| self.reader.words(h)),
            required: item.required,
            na: item.na,
            unit: number.and_then(|n| n.unit.clone()),
            min: number.and_then(|n| n.min).map(|n| n.to_string()),
            max: match &item.kind {
                ItemKind::Rating(rating) => Some(rating.max.to_string()),
                _ => number.and_then(|n| n.max).map(|n| n.to_string()),
            },
            target: number.and_then(|n| n.target).map(|(from, to)| (from.to_string(), to.to_string())),
            step: if let ItemKind::Slider(slider) = &item.kind { Some(slider.step.to_string()) } else { None },
            gaps: if let ItemKind::FillIn(sentence) = &item.kind { sentence.gaps } else { 0 },
            choices: answers_of.choices().iter().map(|c| self.choice(c)).collect(),
            rows: answers_of.rows().iter().map(|c| self.choice(c)).collect(),
            out_of_band: value.as_ref().is_some_and(|value| answers_of.is_out_of_band(value)),
            value: value.map(Answered),
            clash: standing.is_some_and(Standing::is_clash),
            visible: now.as_ref().is_none_or(|now| now.visible),
            kept: now.as_ref().is_some_and(|now| now.kept),
            comes_to: now.as_ref().filter(|_| item.calculate.is_some()).and_then(|now| now.reads.clone()),
            offered_says: now.as_ref().and_then(|now| now.offered.as_ref()).map(|value| item.report(value, view.speech)),
            offered: now.as_ref().and_then(|now| now.offered.clone()).map(Answered),
            reads: now.as_ref().filter(|_| is_named).and_then(|now| now.reads.clone()),
            says: now.as_ref().and_then(|now| now.reads.clone()),
            first: now.as_ref().and_then(|now| now.first.clone()),
            problem: now.and_then(|now| now.problem),
            answers,
            reference: self.references.detail(self.db, &self.reader, view.speech, item, instance)?,
        })
    }

    /// A signature and a drawing are made on the screen: nobody asks whether the camera took them.
    fn note_if_not_live(&self, item: &Item, blob: &BlobHash, list: &mut Vec<String>) {
        if self.not_live.contains(blob) && !matches!(item.kind, ItemKind::Signature | ItemKind::Sketch | ItemKind::Audio(_)) {
            list.push(blob.to_string());
        }
    }

    fn choice(&self, choice: &Choice) -> ChoiceDetail {
        ChoiceDetail { slug: choice.slug.to_string(), label: self.reader.words(&choice.label) }
    }
}
