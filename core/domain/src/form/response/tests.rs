//! Forms while they are filled.

use std::sync::Arc;

use super::{Around, At, Given, Known, Response, Trouble};
use crate::Text;
use crate::form::item::{Choice, Filter, Lookup, One};
use crate::form::rule::{ActionRule, Notice, NotifyWhen, Rule, Then};
use crate::form::{Expr, Form, Item, ItemKind, NaRule, Plan, Section, Value, expr};
use crate::permission::Role;

pub(crate) fn text(words: &str) -> Text {
    Text::plain("en".parse().expect("a language"), words)
}
pub(crate) fn tree(words: &str) -> Expr {
    Expr(expr::parse(words).expect("an expression").node)
}
pub(crate) fn item(slug: &str, kind: ItemKind) -> Item {
    Item { na: NaRule::Yes, ..Item::new(slug.parse().expect("a slug"), kind, text(slug)) }
}
pub(crate) fn number(slug: &str) -> Item {
    item(slug, ItemKind::Number(Default::default()))
}
pub(crate) fn check(slug: &str, weight: u32) -> Item {
    Item { weight, ..item(slug, ItemKind::PassFail) }
}
pub(crate) fn shown_if(words: &str, item: Item) -> Item {
    Item { visible_if: Some(tree(words)), ..item }
}
pub(crate) fn worked_out(slug: &str, words: &str) -> Item {
    Item { calculate: Some(tree(words)), ..item(slug, ItemKind::Calculated) }
}
pub(crate) fn rule(when: &str, then: Then, mut item: Item) -> Item {
    item.rules.push(Rule { when: tree(when), then: vec![then] });
    item
}
pub(crate) fn section(slug: &str, repeat: Option<u16>, items: Vec<Item>) -> Section {
    Section {
        asked_of: None,
        slug: slug.parse().expect("a slug"),
        label: text(slug),
        help: None,
        visible_if: None,
        weight: 1,
        repeat,
        items,
    }
}
pub(crate) fn plan(sections: Vec<Section>) -> Arc<Plan> {
    Arc::new(Plan::of(Form { sections, pass_mark: None }).expect("a form that can be filled"))
}

/// Somebody fills a form, by the names of its items.
pub(crate) struct Filling(pub Response);

impl Filling {
    pub(crate) fn of(plan: &Arc<Plan>) -> Self {
        Self(Response::open(plan.clone(), Around::nothing(0, crate::zone::Zone::UTC), []))
    }
    /// `temp`, or `temp/2`.
    pub(crate) fn at(&self, name: &str) -> At {
        let (slug, instance) = name.split_once('/').unwrap_or((name, "0"));
        let item = self.0.plan.form().items().position(|i| i.slug.as_str() == slug).expect("an item");
        At { item: item as u32, instance: instance.parse().expect("an instance") }
    }
    pub(crate) fn say(&mut self, name: &str, value: Value) -> Vec<String> {
        self.give(name, Given::One(value))
    }
    /// What changed by it.
    pub(crate) fn give(&mut self, name: &str, given: Given) -> Vec<String> {
        let changes = self.0.answer(self.at(name), given).expect("an item");
        changes.items.iter().map(|at| self.name(*at)).collect()
    }
    pub(crate) fn name(&self, at: At) -> String {
        let slug = &self.0.plan.item(at.item).expect("an item").slug;
        if at.instance == 0 { slug.to_string() } else { format!("{slug}/{}", at.instance) }
    }
    pub(crate) fn shown(&self) -> Vec<String> {
        self.0.all().filter(|at| self.0.slot(*at).is_some_and(|s| s.visible)).map(|at| self.name(at)).collect()
    }
    fn value(&self, name: &str) -> expr::Value {
        self.0.slot(self.at(name)).expect("an item").value.clone()
    }
    fn troubles(&self) -> Vec<(String, Trouble)> {
        self.0.outcome().troubles.into_iter().map(|(at, trouble)| (self.name(at), trouble)).collect()
    }
}

pub(crate) fn n(number: i64) -> Value {
    Value::Number(number.to_string().parse().expect("a number"))
}
fn known(number: i64) -> expr::Value {
    expr::Value::from(&n(number))
}

#[test]
fn what_an_answer_shows_is_shown_and_only_what_follows_is_worked_out() {
    let plan = plan(vec![section(
        "all",
        None,
        vec![
            number("fridge"),
            shown_if("fridge > 5", Item { required: true, ..item("why", ItemKind::Text) }),
            shown_if("answered(why)", item("who", ItemKind::Text)),
            worked_out("over", "fridge - 5"),
            number("other"),
        ],
    )]);
    let mut f = Filling::of(&plan);
    assert_eq!(f.shown(), ["fridge", "over", "other"], "what is unknown shows nothing");
    assert_eq!(f.say("other", n(1)), ["other"]);
    assert_eq!(f.say("fridge", n(8)), ["fridge", "why", "over"]);
    assert_eq!(f.value("over"), known(3));
    assert_eq!(f.troubles(), [("why".to_owned(), Trouble::Missing)]);
    f.say("why", Value::Text("The door".into()));
    assert_eq!((f.shown().len(), f.troubles().len()), (5, 0));
    // What was said stays, and counts for nothing while it is not there.
    assert_eq!(f.say("fridge", n(4)), ["fridge", "why", "who", "over"]);
    assert_eq!((f.value("why"), f.troubles().len()), (expr::Value::Unknown, 0));
    assert_eq!(f.say("fridge", n(9)), ["fridge", "why", "who", "over"]);
    assert_eq!(f.value("why"), expr::Value::Text("The door".into()));
    assert_eq!(f.give("fridge", Given::Several), ["fridge", "why", "who", "over"], "a clash is no answer yet");
    assert_eq!(f.troubles(), [("fridge".to_owned(), Trouble::Clash)]);
}

#[test]
fn in_a_section_that_repeats_each_instance_is_for_itself_and_all_count_from_elsewhere() {
    let fridges = section(
        "fridges",
        Some(3),
        vec![
            number("temp"),
            shown_if("temp > 5", item("why", ItemKind::Text)),
            shown_if("temp = max(temp)", item("hot", ItemKind::Boolean)),
        ],
    );
    let plan = plan(vec![fridges, section("end", None, vec![worked_out("warm", "count(temp > 5)"), worked_out("mean", "average(temp)")])]);
    let mut f = Filling::of(&plan);
    assert_eq!(f.say("temp", n(7)), ["temp", "why", "hot", "warm", "mean"]);
    assert_eq!(f.shown(), ["temp", "why", "hot", "warm", "mean"]);
    let grown = f.0.answer(f.at("temp/1"), Given::One(n(9))).expect("an instance");
    assert_eq!((grown.grown.len(), f.0.instances(0)), (1, 2));
    assert_eq!(f.shown(), ["temp", "why", "temp/1", "why/1", "hot/1", "warm", "mean"]);
    assert_eq!((f.value("warm"), f.value("mean")), (known(2), known(8)));
    assert!(f.0.answer(f.at("temp/3"), Given::Nothing).is_err(), "three times at most");
    assert!(f.0.grow(0).is_ok() && f.0.grow(0).is_err() && f.0.grow(1).is_err());
    assert_eq!(f.value("warm"), known(2), "an instance without an answer");
}

#[test]
fn rules_ask_for_pictures_show_what_follows_and_end_the_run() {
    let door = rule("not door", Then::Evidence(2), item("door", ItemKind::PassFail));
    let door = rule("not door", Then::Show(vec!["repair".parse().expect("a slug")]), door);
    let door = rule("not door", Then::Action(ActionRule { title: text("Mend the door"), within_hours: Some(4) }), door);
    let told = |when| Then::Notify(Notice { role: Role::Supervisor, when, message: text("The door does not close") });
    let door = rule("not door", told(NotifyWhen::Now), rule("door", told(NotifyWhen::Now), door));
    let door = rule("not door", told(NotifyWhen::Submission), door);
    let alarm = rule("alarm", Then::EndRun(text("Leave the building")), item("alarm", ItemKind::Boolean));
    let rest = section("rest", None, vec![Item { required: true, ..number("till") }]);
    let plan = plan(vec![section("all", None, vec![door, item("repair", ItemKind::Text), alarm, number("fridge")]), rest]);
    let mut f = Filling::of(&plan);
    assert_eq!(f.shown(), ["door", "alarm", "fridge", "till"]);
    f.say("door", Value::Bool(false));
    assert_eq!(f.shown(), ["door", "repair", "alarm", "fridge", "till"]);
    let missing = ("till".to_owned(), Trouble::Missing);
    assert_eq!(f.troubles(), [("door".to_owned(), Trouble::Evidence { needs: 2, has: 0 }), missing]);
    // Mended by somebody, told to the supervisor now and again once it is handed in; nothing of the rule that does not hold.
    let demands = f.0.demands();
    let places: Vec<_> = demands.iter().map(|d| (f.name(d.at), d.rule, d.then)).collect();
    assert_eq!(places, [("door".to_owned(), 2, 0), ("door".to_owned(), 4, 0), ("door".to_owned(), 5, 0)]);
    assert_eq!(demands.iter().map(|d| d.demand.is_due(false)).collect::<Vec<_>>(), [true, true, false]);
    assert!(demands.iter().all(|d| d.demand.is_due(true) && plan.demand(d.at.item, d.rule, d.then) == Some(d.demand)));
    f.0.evidence(f.at("door"), 2, 0).expect("an item");
    f.say("alarm", Value::Bool(true));
    assert_eq!(f.shown(), ["door", "repair", "alarm"]);
    let outcome = f.0.outcome();
    assert_eq!((outcome.troubles.len(), outcome.ended.map(|(at, _)| f.name(at))), (0, Some("alarm".to_owned())));
    f.say("alarm", Value::Bool(false));
    assert_eq!(f.shown(), ["door", "repair", "alarm", "fridge", "till"], "and goes on where that was a slip");
}

#[test]
fn a_section_is_there_where_its_condition_holds_and_constraints_are_of_what_was_answered() {
    let mut bakery = section("bakery", None, vec![Item { required: true, ..number("oven") }]);
    bakery.visible_if = Some(tree("site.tag(\"bakery\") and open"));
    let until = Item { constraint: Some((tree("until > from"), text("Later than it began"))), ..item("until", ItemKind::Time) };
    let first = section("first", None, vec![item("open", ItemKind::Boolean), item("from", ItemKind::Time), until]);
    let plan = plan(vec![first, bakery]);
    let mut around = Around::nothing(0, crate::zone::Zone::UTC);
    around.site.tags = Some(vec!["bakery".to_owned()]);
    let mut f = Filling(Response::open(plan.clone(), around, []));
    assert_eq!(f.shown(), ["open", "from", "until"]);
    f.say("open", Value::Bool(true));
    assert_eq!((f.shown().len(), f.0.is_open(1)), (4, true));
    f.say("until", Value::Time("07:00".into()));
    assert_eq!(f.troubles(), [("oven".to_owned(), Trouble::Missing)], "before what is not known yet nothing is too early");
    f.say("from", Value::Time("08:00".into()));
    assert_eq!(f.troubles().first(), Some(&("until".to_owned(), Trouble::Broken)));
    let elsewhere = Filling(Response::open(plan, Around::nothing(0, crate::zone::Zone::UTC), []));
    assert!(!elsewhere.0.is_open(1), "of a site without tags nobody knows");
}

#[test]
fn time_goes_on() {
    let plan =
        plan(vec![section("all", None, vec![item("best", ItemKind::Date), shown_if("best < today()", item("old", ItemKind::Text))])]);
    let mut f = Filling::of(&plan);
    f.say("best", Value::Date("1970-01-01".into()));
    assert_eq!(f.shown(), ["best"]);
    let day = f.0.set_now(86_400_000);
    assert_eq!((day.items.len(), f.shown()), (1, vec!["best".to_owned(), "old".to_owned()]));
    assert_eq!(f.0.set_now(86_400_001).items.len(), 0);
}

#[test]
fn what_is_known_of_no_item_is_left_out() {
    let plan = plan(vec![section("all", None, vec![number("a")])]);
    let stray = |item, instance| Known { at: At { item, instance }, given: Given::One(n(1)), photos: 0, notes: 0 };
    let f = Response::open(plan, Around::nothing(0, crate::zone::Zone::UTC), [stray(0, 0), stray(0, 1), stray(9, 0)]);
    assert_eq!((f.all().count(), f.tally(0).answered), (1, 1));
}

fn row(slug: &str, by: &[&str]) -> Value {
    let by = by.iter().map(|text| (*text).to_owned()).collect();
    Value::Row(Box::new(crate::form::value::Row { slug: slug.parse().expect("a slug"), label: text(slug), by }))
}

#[test]
fn a_row_of_a_list_goes_with_what_it_was_chosen_by() {
    let by = |column: &str, words: &str| Filter { column: column.parse().expect("a slug"), is: tree(words) };
    let lookup = |filters| ItemKind::Lookup(Lookup { list: "articles".parse().expect("a slug"), filters });
    let named = ItemKind::Choice(One(["dairy", "bread"].map(|s| Choice::new(s.parse().expect("a slug"), text(s))).to_vec()));
    let plan = plan(vec![section(
        "all",
        None,
        vec![
            item("group", named),
            item("shelf", ItemKind::Text),
            item("article", lookup(vec![by("group", "group"), by("shelf", "or-else(shelf, \"a\")")])),
            shown_if("article = \"milk\"", item("fresh", ItemKind::Boolean)),
        ],
    )]);
    let mut f = Filling::of(&plan);
    let article = f.at("article");
    assert_eq!((f.0.chosen_by(article), f.0.waits_for(article)), (None, Some(0)), "the group comes first");
    f.say("group", Value::Choice("dairy".parse().expect("a slug")));
    assert_eq!(f.0.chosen_by(article), Some(vec!["dairy".to_owned(), "a".to_owned()]));
    f.say("article", row("milk", &["dairy", "a"]));
    assert_eq!((f.shown().contains(&"fresh".to_owned()), f.troubles()), (true, vec![]));
    assert_eq!(f.say("group", Value::Choice("bread".parse().expect("a slug"))), ["group", "article"]);
    assert_eq!(f.troubles(), [("article".to_owned(), Trouble::Unfit)]);
    f.give("group", Given::Nothing);
    assert_eq!(f.troubles(), [], "nobody knows what it should go with");
    f.say("group", Value::Choice("dairy".parse().expect("a slug")));
    f.say("shelf", Value::Text("b".into()));
    assert_eq!(f.troubles(), [("article".to_owned(), Trouble::Unfit)]);
    f.say("article", row("cream", &["dairy", "b"]));
    assert_eq!(f.troubles(), []);
    let wrong =
        Plan::of(Form { sections: vec![section("all", None, vec![number("n"), item("x", lookup(vec![by("a", "n")]))])], pass_mark: None });
    let flaws = wrong.expect_err("a number chooses no column");
    assert!(flaws[0].to_string().contains("a choice or a text; this is a number"), "{flaws:?}");
}

#[test]
fn what_is_to_be_answered_first_goes_on_to_the_next_with_each_answer() {
    let by = |column: &str, words: &str| Filter { column: column.parse().expect("a slug"), is: tree(words) };
    let filters = vec![by("a", "a"), by("b", "b")];
    let lookup = ItemKind::Lookup(Lookup { list: "articles".parse().expect("a slug"), filters });
    let plan = plan(vec![section("all", None, vec![item("a", ItemKind::Text), item("b", ItemKind::Text), item("article", lookup)])]);
    let mut f = Filling::of(&plan);
    let article = f.at("article");
    assert_eq!(f.0.waits_for(article), Some(0));
    assert_eq!(f.say("a", Value::Text("x".into())), ["a", "article"], "a screen says another item now");
    assert_eq!(f.0.waits_for(article), Some(1));
    assert_eq!(f.say("b", Value::Text("y".into())), ["b", "article"]);
    assert_eq!((f.0.waits_for(article), f.say("b", Value::Text("z".into()))), (None, vec!["b".to_owned()]));
}
