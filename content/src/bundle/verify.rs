//! Whether a bundle holds together. [`crate::check`] made sure of it with line and column; a server that was
//! sent the bytes by somebody else asks again, before it applies any of it.

use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::asset;
use frontline_domain::form::asked::too_late;
use frontline_domain::form::item::lookup::FILTERS;
use frontline_domain::form::{Form, Item, ItemKind, Plan, Reference, Value, limits};
use frontline_domain::media::{self, Media};
use frontline_domain::permission::Role;
use frontline_domain::quiz;
use frontline_domain::release::list::{ROWS, cut};
use frontline_domain::release::{self, Content, List, Module, Release};
use frontline_domain::{ReleaseHash, Slug};

use super::{Assignee, Bundle, due};
use crate::limits as limits_of_text;

impl Bundle {
    /// Every reason why this bundle can't be applied, in words.
    pub fn verify(&self) -> Result<(), Vec<String>> {
        let mut wrong = Vec::new();
        let mut want = |good: bool, message: String| {
            if !good {
                wrong.push(message);
            }
        };
        want(!self.organisation.languages.is_empty(), "the organisation needs a language".into());
        want(!self.sites.is_empty(), "the organisation needs a site".into());
        for item in repeated(self.items().into_iter().map(|i| (i.part.name(), i.key))) {
            want(false, format!("{} {} is there twice", item.0, item.1));
        }
        for site in &self.sites {
            want(due::find(&site.zone).is_ok(), format!("site {} has no known zone", site.slug));
        }
        let sites: BTreeSet<&Slug> = self.sites.iter().map(|s| &s.slug).collect();
        let people: BTreeSet<&Slug> = self.people.iter().map(|p| &p.slug).collect();
        let releases: BTreeSet<(&str, &Slug)> = self.releases.iter().map(|r| (r.kind(), &r.slug)).collect();
        let site_known = |slug: &Slug| sites.contains(slug);
        for person in &self.people {
            want(!person.grants.is_empty(), format!("person {} has no role", person.slug));
            let all = person.grants.iter().all(|g| g.site.as_ref().is_none_or(site_known));
            want(all, format!("person {} has a role at an unknown site", person.slug));
        }
        for point in &self.touchpoints {
            want(site_known(&point.site), format!("touchpoint {} is at an unknown site", point.slug));
            want(releases.contains(&("survey", &point.survey)), format!("touchpoint {} asks an unknown survey", point.slug));
        }
        let mut called: BTreeSet<String> = BTreeSet::new();
        for asset in &self.assets {
            want(site_known(&asset.site), format!("asset {} is at an unknown site", asset.slug));
            let known = asset.procedures.iter().all(|slug| releases.contains(&("procedure", slug)));
            want(known, format!("asset {} is what an unknown procedure is about", asset.slug));
            let few = asset.codes.len() <= asset::CODES && asset.procedures.len() <= asset::PROCEDURES;
            let short = asset.codes.iter().all(|code| code.len() <= asset::CODE && !asset::compared(code).is_empty());
            want(few && short, format!("asset {} has more codes or procedures than fit, or a code of no length that fits", asset.slug));
            let names = std::iter::once(asset.slug.to_string()).chain(asset.codes.iter().map(|code| asset::compared(code)));
            let alone = names.collect::<BTreeSet<_>>().into_iter().all(|name| called.insert(name));
            want(alone, format!("asset {} is called as another one is", asset.slug));
        }
        let parts: BTreeMap<ReleaseHash, &Release> = self.rows.iter().map(|part| (Release::hash_of(&part.encode()), part)).collect();
        for release in &self.releases {
            let name = || format!("{} {}", release.kind(), release.slug);
            want(release.predecessor.is_none(), format!("{} names a predecessor", name()));
            want(release.encode().len() <= release::MAX_BYTES, format!("{} is larger than {} bytes", name(), release::MAX_BYTES));
            let form = match &release.content {
                Content::Procedure(p) => Some(&p.form),
                Content::Survey(s) => Some(&s.form),
                _ => None,
            };
            let form = form.or(match &release.content {
                Content::Module(m) => m.quiz.as_ref().map(|q| &q.form),
                _ => None,
            });
            want(release.media().iter().all(Media::fits), format!("{} shows a picture or video beyond the limits", name()));
            if let Content::List(list) = &release.content {
                verify_list(list, &parts).unwrap_or_else(|why| want(false, format!("{} {why}", name())));
            }
            if let Content::Draft(_) = &release.content {
                want(false, format!("{} is tried and not published; a bundle has procedures", name()));
            }
            if let Content::Rows(_) = &release.content {
                want(false, format!("{} is a part of a list, which is not published by itself", name()));
            }
            // What no part of the product acts on yet is not published: a rule that silently does not hold.
            let works_out = matches!(release.content, Content::Procedure(_));
            let ahead = form.into_iter().flat_map(|f| f.items()).filter(|i| {
                let has =
                    i.visible_if.is_some() || i.constraint.is_some() || i.calculate.is_some() || !i.rules.is_empty() || i.default.is_some();
                has && !works_out
            });
            for item in ahead {
                want(false, format!("{} has an expression at item {}, which comes with a later version", name(), item.slug));
            }
            if form.is_some_and(|f| !is_within_limits(f)) {
                want(false, format!("{} goes beyond the limits of a form: repeats, weights, points, pass mark or rules", name()));
            }
            if let Content::Procedure(p) = &release.content {
                let asked = p.form.sections.iter().filter_map(|section| section.asked_of);
                let known = asked.into_iter().all(|role| p.sign_off.place(role).is_some());
                let roles = p.sign_off.roles();
                let may = roles.iter().all(|role| matches!(role, Role::Supervisor | Role::Manager | Role::Admin));
                let apart = roles.iter().enumerate().any(|(n, role)| roles[..n].contains(role) && roles[n - 1] != *role);
                want(may && !apart, format!("{} is signed off by roles that may not, or by one twice with another between", name()));
                for late in too_late(&p.form, &p.sign_off) {
                    want(false, format!("{} can't be signed: {late}", name()));
                }
                want(known, format!("{} asks something of a role that does not sign it off", name()));
            }
            for (item, lookup) in form.into_iter().flat_map(|f| f.items()).filter_map(|i| Some((i, i.lookup()?))) {
                let list = self.release("list", &lookup.list).and_then(|list| match &list.content {
                    Content::List(list) => Some(list),
                    _ => None,
                });
                let known = list.is_some_and(|list| lookup.filters.iter().all(|f| list.columns.contains(&f.column)));
                want(
                    works_out && known && lookup.filters.len() <= FILTERS,
                    format!("{} looks up an unknown list or column at item {}", name(), item.slug),
                );
            }
            for item in form.into_iter().flat_map(|f| f.items()).filter(|i| i.reference.is_some()) {
                let known = works_out && item.reference.as_ref().is_some_and(|to| self.refers_soundly(item, to));
                want(known, format!("{} refers to what is not there at item {}", name(), item.slug));
            }
            for flaw in form.and_then(|f| Plan::of(f.clone()).err()).into_iter().flatten() {
                want(false, format!("{} can't be filled: {flaw}", name()));
            }
            for item in form.into_iter().flat_map(|f| f.items()).filter(|i| !i.offers_soundly()) {
                want(false, format!("{} offers what is no answer at item {}", name(), item.slug));
            }
            for item in form.into_iter().flat_map(|f| f.items()).filter(|i| !i.asks_soundly()) {
                want(false, format!("{} asks for no possible number of photos at item {}", name(), item.slug));
            }
            let count = form.map_or(0, |f| f.items().count());
            want(count <= limits::ITEMS, format!("{} has more than {} items", name(), limits::ITEMS));
            for slug in form.into_iter().flat_map(|f| repeated(f.items().map(|i| &i.slug))) {
                want(false, format!("{} has item {slug} twice", name()));
            }
        }
        for release in &self.releases {
            if let Content::Module(module) = &release.content
                && let Err(why) = passable(module)
            {
                want(false, format!("module {}: {why}", release.slug));
            }
        }
        for task in &self.assignments {
            let fits = matches!(task.kind.as_str(), "module" | "procedure") && releases.contains(&(task.kind.as_str(), &task.slug));
            want(fits, format!("an assignment is of an unknown {}, {}", task.kind, task.slug));
            let known = match &task.to {
                Assignee::Site(slug) => site_known(slug),
                Assignee::Person(slug) => people.contains(slug),
            };
            want(known, format!("the assignment of {} is to nobody known", task.slug));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

impl Bundle {
    /// Whether what an item refers to is in the bundle, and short enough to stand beside it.
    fn refers_soundly(&self, item: &Item, to: &Reference) -> bool {
        match to {
            Reference::Words(text) => text.by.iter().all(|(_, words)| words.len() <= limits_of_text::BODY),
            Reference::Picture { alt, .. } | Reference::Video { alt, .. } => alt.by.iter().all(|(_, words)| words.len() <= media::ALT),
            Reference::Last => item.kind.answers().asks(),
            Reference::Article(slug) => self.release("article", slug).is_some(),
            Reference::Card { module, lesson, card } => match self.release("module", module).map(|release| &release.content) {
                Some(Content::Module(module)) => {
                    let lesson = module.lessons.iter().find(|one| one.slug == *lesson);
                    lesson.is_some_and(|lesson| (1..=lesson.cards.len()).contains(&usize::from(*card)))
                }
                _ => false,
            },
        }
    }
}

/// Why a list's parts do not make it up.
fn verify_list(list: &List, parts: &BTreeMap<ReleaseHash, &Release>) -> Result<(), String> {
    if list.parts.len() > cut::MOST_PARTS {
        return Err(format!("has {} parts; at most {} fit", list.parts.len(), cut::MOST_PARTS));
    }
    let mut seen = BTreeSet::new();
    for hash in &list.parts {
        let Some(part) = parts.get(hash) else { return Err("lacks one of its parts".to_owned()) };
        // What no phone could take in would end the syncs of all of them.
        if part.encode().len() > release::MAX_BYTES || part.predecessor.is_some() {
            return Err(format!("has a part of more than {} bytes, or one that replaces another", release::MAX_BYTES));
        }
        let Content::Rows(rows) = &part.content else { return Err("names as a part what is none".to_owned()) };
        if !rows.is_sound() || rows.columns != list.columns || rows.languages.len() > limits_of_text::LANGUAGES {
            return Err("has a part whose rows are not as a list's are".to_owned());
        }
        if let Some(row) = rows.rows.iter().find(|row| !seen.insert(&row.slug)) {
            return Err(format!("has row {} twice", row.slug));
        }
    }
    if seen.len() != list.rows as usize || !(1..=ROWS).contains(&seen.len()) {
        return Err(format!("has {} rows and says {}; 1 to {ROWS} fit", seen.len(), list.rows));
    }
    Ok(())
}

/// Whether what repeats, what counts and what follows from answers is no more than a form may have.
fn is_within_limits(form: &Form) -> bool {
    let rules = |item: &Item| item.rules.len() <= limits::RULES && item.rules.iter().all(|r| r.then.len() <= limits::CONSEQUENCES);
    form.pass_mark.is_none_or(|mark| (1..=100).contains(&mark))
        && form
            .sections
            .iter()
            .all(|s| s.repeat.is_none_or(|n| (1..=limits::REPEATS).contains(&n)) && (1..=limits::WEIGHT).contains(&s.weight))
        && form.items().all(|item| item.weight <= limits::POINTS && rules(item))
}

/// Whether everybody could pass its quiz, where it asks them to; and whether an attempt fits into its limits.
fn passable(module: &Module) -> Result<(), String> {
    let Some(quiz) = &module.quiz else {
        return if module.move_on.asks_to_pass() { Err("to pass it it needs a quiz".into()) } else { Ok(()) };
    };
    let count = quiz.form.items().count();
    if quiz.questions().next().is_none() || count > quiz::limits::QUESTIONS {
        return Err(format!("its quiz has {count} items; 1 to {} fit, one of them a question", quiz::limits::QUESTIONS));
    }
    if !(1..=100).contains(&quiz.mastery_score) || quiz.attempts == Some(0) {
        return Err("its quiz can't be passed: a mastery score is 1 to 100, and one attempt is the least".into());
    }
    if quiz.form.sections.iter().any(|s| s.repeat.is_some()) {
        return Err("a section of its quiz repeats".into());
    }
    for item in quiz.questions() {
        let choices = match &item.kind {
            ItemKind::Choice(_) | ItemKind::MultiChoice(_) => item.kind.answers().choices().len(),
            ItemKind::Order(_) => item.kind.answers().choices().len(),
            ItemKind::Match(pairs) if pairs.left.len() > quiz::limits::PAIRS => {
                return Err(format!("question {} has too many pairs", item.slug));
            }
            ItemKind::Match(pairs) => pairs.right.len(),
            ItemKind::FillIn(gaps) if gaps.gaps > quiz::limits::GAPS => return Err(format!("question {} has too many gaps", item.slug)),
            ItemKind::Number(_) | ItemKind::Boolean | ItemKind::FillIn(_) => 2,
            _ => return Err(format!("question {} is of a kind that can't be graded", item.slug)),
        };
        let key =
            item.answer_key.as_ref().filter(|key| item.check(&key.value).is_ok() && is_something(&key.value) && quiz::is_short(&key.value));
        if key.is_none() || item.weight == 0 || item.weight > quiz::limits::POINTS || choices > quiz::limits::CHOICES {
            return Err(format!("question {} has no right answer, or its points or choices are beyond the limits", item.slug));
        }
    }
    Ok(())
}

fn is_something(right: &Value) -> bool {
    match right {
        Value::Na(_) => false,
        other => !other.is_empty(),
    }
}

fn repeated<T: Ord + Clone>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| !seen.insert(one.clone())).collect()
}
