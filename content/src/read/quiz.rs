//! modules/SLUG/quiz.yaml: the questions of a module, with what is right.

use frontline_domain::form::item::{Choice, FillIn, Item, ItemKind, Match, NaRule, One, Order, Several};
use frontline_domain::form::{Decimal, Form, Key, Raw, Section, Value};
use frontline_domain::quiz::{Quiz, Shuffle, is_question, limits};
use frontline_domain::{Slug, Text};

use super::fields::{Fields, decimal};
use super::kind::kind;
use super::names::Seen;
use super::page::Page;
use super::reasons::every;
use crate::finding::At;
use crate::limits::BODY;
use crate::yaml::{Node, Value as Written};
use frontline_domain::near::{did_you_mean, shown};

/// The kinds that can be graded, and what is only to be read.
const KINDS: &str = "choice, multi-choice, order, match, fill-in, boolean, number and note";
const SHUFFLE: [&str; 4] = ["no", "questions", "choices", "both"];

/// Reads a quiz. `title` is its module's: the questions are one section of that name.
pub fn quiz(page: Page<'_>, file: &str, title: Option<Text>) -> Option<Quiz> {
    let node = page.yaml(file, 1)?;
    let fields = Fields::of(page, &node, "a quiz")?;
    let mastery = fields.need("mastery_score").and_then(|_| fields.number("mastery_score", 1..=100));
    let attempts = match fields.get("attempts") {
        Some(_) => fields.number("attempts", 1..=limits::ATTEMPTS.into()).map(Some),
        None => Some(None),
    };
    let shuffle = shuffle(&fields);
    let list = fields.need_list("questions", limits::QUESTIONS);
    let mut seen = Seen::default();
    let items = every(list, |node| question(page, node, &mut seen));
    fields.later(&["time_limit", "pool"]);
    fields.end();
    let items = items?;
    if !items.iter().any(is_question) {
        return page.nothing(node.at, "a quiz has at least one question that takes an answer");
    }
    let section = Section {
        asked_of: None,
        slug: page.slug(At::START, "questions")?,
        label: title?,
        help: None,
        visible_if: None,
        weight: 1,
        repeat: None,
        items,
    };
    Some(Quiz { form: Form { pass_mark: None, sections: vec![section] }, mastery_score: mastery?, attempts: attempts?, shuffle: shuffle? })
}

fn shuffle(fields: &Fields<'_, '_>) -> Option<Shuffle> {
    if fields.get("shuffle").is_none() {
        return Some(Shuffle::No);
    }
    match fields.word("shuffle")? {
        (_, "no" | "false") => Some(Shuffle::No),
        (_, "questions") => Some(Shuffle::Questions),
        (_, "choices") => Some(Shuffle::Choices),
        (_, "both") => Some(Shuffle::Both),
        (at, other) => {
            let near = did_you_mean(other, SHUFFLE);
            fields.page.nothing(at, format!("‘shuffle’ is one of {}, not {}{near}", SHUFFLE.join(", "), shown(other)))
        }
    }
}

fn question(page: Page<'_>, node: &Node, seen: &mut Seen) -> Option<Item> {
    let fields = Fields::of(page, node, "a question")?;
    let slug = fields.need_slug("slug");
    let free = slug.as_ref().is_some_and(|(at, slug)| seen.take(page, *at, slug, "a question"));
    let kind = kind(&fields).filter(|kind| can_be_graded(&fields, kind));
    let label = fields.text("label", BODY).or_else(|| {
        fields.need("label");
        None
    });
    let help = fields.text("help", BODY);
    let graded = match &kind {
        None => {
            ["points", "critical", "answer", "tolerance", "why"].into_iter().for_each(|key| fields.let_pass(key));
            None
        }
        Some(ItemKind::Note) => {
            ["points", "critical", "answer", "tolerance", "why"]
                .into_iter()
                .for_each(|key| fields.misplaced(key, "a question that takes an answer"));
            Some((0, false, None))
        }
        Some(kind) => graded(&fields, kind),
    };
    fields.later(&["media", "visible_if", "evidence"]);
    fields.end();
    let (weight, critical, answer_key) = graded?;
    free.then_some(Item {
        slug: slug?.1,
        kind: kind?,
        label: label?,
        help,
        required: false,
        na: NaRule::No,
        visible_if: None,
        constraint: None,
        default: None,
        calculate: None,
        weight,
        critical,
        evidence: None,
        answer_key,
        rules: Vec::new(),
        reference: None,
    })
}

fn can_be_graded(fields: &Fields<'_, '_>, kind: &ItemKind) -> bool {
    let at = fields.get("kind").map_or(fields.at, |n| n.at);
    match kind {
        ItemKind::Choice(_) | ItemKind::MultiChoice(_) if !(2..=limits::CHOICES).contains(&kind.answers().choices().len()) => {
            let at = fields.get("choices").map_or(at, |n| n.at);
            fields
                .page
                .say(at, format!("a question has 2 to {} choices; this one has {}", limits::CHOICES, kind.answers().choices().len()));
            false
        }
        ItemKind::Choice(_) | ItemKind::MultiChoice(_) if kind.answers().scores() => {
            let at = fields.get("choices").map_or(at, |n| n.at);
            fields.page.say(at, "a question has its ‘points’ beside its ‘answer’, not beside its choices");
            false
        }
        ItemKind::Number(rule) if rule.target.is_some() => {
            let at = fields.get("target").map_or(at, |n| n.at);
            fields.page.say(at, "a question has no ‘target’: write its ‘answer’, and with ‘tolerance’ how far from it is still right");
            false
        }
        ItemKind::Order(_) | ItemKind::Match(_) if kind.answers().choices().len().max(kind.answers().rows().len()) > limits::CHOICES => {
            fields.page.say(at, format!("a question has at most {} choices", limits::CHOICES));
            false
        }
        ItemKind::Match(Match { left, .. }) if left.len() > limits::PAIRS => {
            let at = fields.get("left").map_or(at, |n| n.at);
            fields.page.say(at, format!("a question has at most {} on the left", limits::PAIRS));
            false
        }
        ItemKind::FillIn(FillIn { gaps }) if *gaps > limits::GAPS => {
            let at = fields.get("gaps").map_or(at, |n| n.at);
            fields.page.say(at, format!("a question has at most {} gaps", limits::GAPS));
            false
        }
        ItemKind::Order(_) | ItemKind::Match(_) | ItemKind::FillIn(_) => true,
        ItemKind::Note | ItemKind::Boolean | ItemKind::Number(_) | ItemKind::Choice(_) | ItemKind::MultiChoice(_) => true,
        other => {
            fields.page.say(at, format!("a {} can't be graded; a quiz has {KINDS}", other.name()));
            false
        }
    }
}

/// Points, whether it is critical, and the key.
fn graded(fields: &Fields<'_, '_>, kind: &ItemKind) -> Option<(u32, bool, Option<Key>)> {
    let points = if fields.get("points").is_some() { fields.number("points", 1..=limits::POINTS.into()) } else { Some(1) };
    let critical = if fields.get("critical").is_some() { fields.flag("critical") } else { Some(false) };
    let mut also = Vec::new();
    let value = match kind {
        // Its choices are written in the order that is right.
        ItemKind::Order(Order(steps)) => {
            fields.misplaced("answer", "a question whose right answer is not the order of its choices");
            Some(Value::Ranked(steps.iter().map(|step| step.slug.clone()).collect()))
        }
        ItemKind::FillIn(FillIn { gaps }) => fields.need("answer").and_then(|node| texts(fields.page, node, *gaps, &mut also)),
        _ => fields.need("answer").and_then(|node| right(fields, kind, node)),
    };
    let tolerance = match kind {
        ItemKind::Number(_) => tolerance(fields),
        _ => {
            fields.misplaced("tolerance", "a number");
            Some(None)
        }
    };
    let why = fields.text("why", BODY);
    Some((points?, critical?, Some(Key { value: value?, tolerance: tolerance?, also, why })))
}

fn right(fields: &Fields<'_, '_>, kind: &ItemKind, node: &Node) -> Option<Value> {
    let page = fields.page;
    match kind {
        ItemKind::Boolean => fields.flag("answer").map(Value::Bool),
        ItemKind::Number(rule) => {
            let (at, number) = fields.decimal("answer")?;
            match rule.check(number) {
                Ok(()) => Some(Value::Number(number)),
                Err(problem) => page.nothing(at, format!("nobody could give this answer: {}", problem.message)),
            }
        }
        ItemKind::Choice(One(choices)) => one_of(page, node, choices).map(Value::Choice),
        ItemKind::MultiChoice(Several(choices)) => {
            let list = page.list(node, "‘answer’", limits::CHOICES)?;
            let picked = every(Some(list), |node| one_of(page, node, choices))?;
            let right: Vec<Slug> = choices.iter().map(|c| &c.slug).filter(|slug| picked.contains(slug)).cloned().collect();
            match right.len() {
                0 => page.nothing(node.at, "‘answer’ names at least one right choice, such as [cold, fresh]"),
                n if n == choices.len() => {
                    page.nothing(node.at, "every choice is right: then ticking all is no answer; add one that is wrong")
                }
                _ => Some(Value::Choices(right)),
            }
        }
        ItemKind::Match(Match { left, right }) => {
            let Written::Map(map) = &node.value else {
                return page
                    .nothing(node.at, "‘answer’ says for each on the left which on the right belongs to it, such as { red: floor }");
            };
            let mut pairs = Vec::new();
            let read = every(Some(map), |(key, node)| {
                if !left.iter().any(|c| c.slug.as_str() == key.text) {
                    let near = did_you_mean(&key.text, left.iter().map(|c| c.slug.as_str()));
                    return page.nothing(key.at, format!("{} is not on the left{near}", shown(&key.text)));
                }
                one_of(page, node, right).map(|to| (key.text.clone(), to.to_string()))
            })?;
            pairs.extend(read);
            let read =
                kind.answers().read(&Raw::Map(pairs))?.and_then(|value| kind.answers().check(&value).unwrap_or(Ok(())).map(|()| value));
            match read {
                Ok(value) => Some(value),
                Err(problem) => page.nothing(node.at, format!("nobody could give this answer: {}", problem.message)),
            }
        }
        _ => None,
    }
}

/// What is right in each gap: one text, or a list of which the first is shown.
fn texts(page: Page<'_>, node: &Node, gaps: u8, also: &mut Vec<Vec<String>>) -> Option<Value> {
    let list = page.list(node, "‘answer’", gaps.into())?;
    if list.len() != usize::from(gaps) {
        return page.nothing(node.at, format!("‘answer’ has a text for each of the {gaps} gaps; these are {}", list.len()));
    }
    let one = |node: &Node| {
        let text = page.scalar(node, "a gap's answer")?.trim();
        match text.is_empty() || text.len() > limits::GAP {
            true => page.nothing(node.at, format!("what stands in a gap is a text of at most {} bytes", limits::GAP)),
            false => Some(text.to_owned()),
        }
    };
    let read: Vec<Vec<String>> = every(Some(list), |node| match &node.value {
        Written::List(all) if !all.is_empty() && all.len() <= limits::CHOICES => every(Some(all), one),
        Written::List(_) => page.nothing(node.at, format!("of a gap 1 to {} texts are right", limits::CHOICES)),
        _ => one(node).map(|text| vec![text]),
    })?;
    let first = read.iter().filter_map(|all| all.first().cloned()).collect();
    *also = read.into_iter().map(|mut all| all.split_off(1)).collect();
    if also.iter().all(Vec::is_empty) {
        also.clear();
    }
    Some(Value::Texts(first))
}

fn one_of(page: Page<'_>, node: &Node, choices: &[Choice]) -> Option<Slug> {
    let word = page.scalar(node, "‘answer’")?.trim();
    match choices.iter().find(|c| c.slug.as_str() == word) {
        Some(choice) => Some(choice.slug.clone()),
        None => {
            let known = || choices.iter().map(|c| c.slug.as_str());
            let all: Vec<&str> = known().collect();
            page.nothing(
                node.at,
                format!("{} is none of the choices{}; they are {}", shown(word), did_you_mean(word, known()), all.join(", ")),
            )
        }
    }
}

fn tolerance(fields: &Fields<'_, '_>) -> Option<Option<Decimal>> {
    let Some(node) = fields.get("tolerance") else { return Some(None) };
    let number = decimal(fields.page, node.at, fields.page.scalar(node, "‘tolerance’")?.trim(), "‘tolerance’")?;
    if number < Decimal::from(0) {
        return fields.page.nothing(node.at, "‘tolerance’ is how far from the answer is still right, 0 or more");
    }
    Some(Some(number))
}
