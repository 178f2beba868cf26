//! surveys/SLUG.yaml.

use frontline_domain::Slug;
use frontline_domain::form::{Form, Item, ItemKind, Section};
use frontline_domain::release::{Content, Metric, Release, Survey};

use super::fields::Fields;
use super::form::item;
use super::names::Seen;
use super::page::Page;
use super::reasons::{every, named};
use crate::finding::At;
use frontline_domain::near::{did_you_mean, shown};

/// Reads one survey.
pub fn survey(page: Page<'_>, slug: Slug, file: &str) -> Option<Release> {
    let node = page.yaml(file, 1)?;
    let fields = Fields::of(page, &node, "a survey")?;
    let title = fields.label("title");
    let metric = fields.need_word("metric").and_then(|(at, name)| metric(page, at, name));
    let idle_reset_s = if fields.get("idle_reset").is_some() { fields.number("idle_reset", 5..=600) } else { Some(20) };
    let thank_you = fields.label("thank_you");
    let items_at = fields.get("items").map_or(node.at, |n| n.at);
    let mut seen = Seen::default();
    let items = every(fields.need_list("items", 10), |node| item(page, node, &mut seen));
    let items = items.filter(|items| questions(page, items_at, items));
    let reasons = match fields.get("reasons") {
        Some(_) => fields.list("reasons", 20).and_then(|list| named(page, list, "a reason", &mut Seen::default())),
        None => Some(Vec::new()),
    };
    fields.end();
    let (title, section) = (title?, page.slug(At::START, "questions")?);
    let form = Form {
        pass_mark: None,
        sections: vec![Section {
            asked_of: None,
            slug: section,
            label: title.clone(),
            help: None,
            visible_if: None,
            weight: 1,
            repeat: None,
            items: items?,
        }],
    };
    let content = Content::Survey(Survey { form, metric: metric?, idle_reset_s: idle_reset_s?, thank_you: thank_you?, reasons: reasons? });
    Some(Release { slug, title, predecessor: None, content })
}

/// A response holds one score, one reason and one comment: what else a survey asked would be lost.
fn questions(page: Page<'_>, at: At, items: &[Item]) -> bool {
    let count = |fits: fn(&ItemKind) -> bool| items.iter().filter(|i| fits(&i.kind)).count();
    let (scores, comments) = (count(|k| *k == ItemKind::Csat), count(|k| matches!(k, ItemKind::Text | ItemKind::LongText)));
    let notes = count(|k| *k == ItemKind::Note);
    if items.iter().any(|i| i.evidence.is_some()) {
        page.say(at, "a survey asks customers for no photos; take ‘evidence’ out");
        return false;
    }
    if scores == 1 && comments <= 1 && scores + comments + notes == items.len() {
        return true;
    }
    page.say(at, "a survey asks one csat item and at most one text for a comment; its reasons stand below ‘reasons’");
    false
}

fn metric(page: Page<'_>, at: At, name: &str) -> Option<Metric> {
    match name {
        "csat" => Some(Metric::Csat),
        "csat4" | "nps" | "ces2" | "experience" => {
            page.nothing(at, format!("the metric ‘{name}’ comes with a later version; now csat fits"))
        }
        other => page.nothing(at, format!("{} is no metric{}; now csat fits", shown(other), did_you_mean(other, ["csat"]))),
    }
}
