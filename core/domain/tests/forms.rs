//! Random forms, filled in a random order: what is worked out after each answer is what comes of working all of it out.

#![allow(clippy::unwrap_used, reason = "a test that can not go on says where")]

use std::sync::Arc;

use frontline_domain::form::item::{Choice, Filter, Lookup, One};
use frontline_domain::form::response::{Around, At, Given, Known, Response};
use frontline_domain::form::rule::{ActionRule, Rule, Then};
use frontline_domain::form::screen::{FormPatch, FormScreen, View};
use frontline_domain::form::speech::English;
use frontline_domain::form::value::Row;
use frontline_domain::form::{Expr, Form, Item, ItemKind, NaRule, Plan, Section, Value, expr};
use frontline_domain::zone::Zone;
use frontline_domain::{Lang, Text};

/// splitmix64 (Steele, Lea, Flood 2014): the same forms for a seed everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

fn text(words: &str) -> Text {
    Text::plain("en".parse().unwrap(), words)
}

/// What is written of an item: its name, its kind's letter, and whether it repeats together with the expression's place.
#[derive(Clone)]
struct Named {
    slug: String,
    kind: char,
    section: usize,
    repeats: bool,
}

fn condition(chance: &mut Chance, names: &[Named], here: usize, depth: usize) -> String {
    if depth > 0 && chance.one_in(3) {
        let (a, b) = (condition(chance, names, here, depth - 1), condition(chance, names, here, depth - 1));
        return format!("({a} {} {b})", chance.of(&["and", "or"]));
    }
    if chance.one_in(6) {
        return format!("not {}", condition(chance, names, here, 0));
    }
    let Some(one) = (!names.is_empty()).then(|| chance.of(names).clone()) else { return "site.tag(\"bakery\")".into() };
    let (slug, n) = (&one.slug, chance.below(6));
    let alone = match one.kind {
        'n' | 'c' => format!("{slug} {} {n}", chance.of(&["<", ">", "=", "!=", ">="])),
        'b' => slug.clone(),
        't' => chance.of(&[format!("answered({slug})"), format!("contains({slug}, \"a\")"), format!("length({slug}) > {n}")]).clone(),
        'd' => format!("{slug} < today() + {n} d"),
        // A choice, or a row of a list.
        _ => format!("{slug} = \"{}\"", chance.of(&["red", "green"])),
    };
    if !one.repeats || one.section == here {
        return if chance.one_in(8) && one.kind != 'c' { format!("na({slug})") } else { alone };
    }
    match chance.below(3) {
        0 => format!("count({alone}) > {}", chance.below(3)),
        n => format!("{}({alone})", ["any", "all"][n - 1]),
    }
}

fn item(slug: &str, kind: ItemKind) -> Item {
    Item { na: NaRule::Yes, ..Item::new(slug.parse().unwrap(), kind, text(slug)) }
}

fn tree(words: &str) -> Expr {
    Expr(expr::parse(words).unwrap_or_else(|e| panic!("{words}: {e}")).node)
}

/// Rows are chosen by choices and by other rows.
fn filters(chance: &mut Chance, names: &[Named], here: usize) -> Vec<Filter> {
    let fits = |n: &&Named| matches!(n.kind, 'h' | 'l') && (!n.repeats || n.section == here);
    let by: Vec<&Named> = names.iter().filter(fits).collect();
    let count = if by.is_empty() { 0 } else { chance.below(3) };
    (0..count).map(|n| Filter { column: format!("column-{n}").parse().unwrap(), is: tree(&chance.of(&by).slug) }).collect()
}

/// A form, of which some have a circle or a word that does not fit: those are none.
fn form(chance: &mut Chance) -> Option<Arc<Plan>> {
    let mut names: Vec<Named> = Vec::new();
    let mut sections = Vec::new();
    for s in 0..1 + chance.below(4) {
        let repeat = chance.one_in(3).then(|| 2 + chance.below(3) as u16);
        let mut items = Vec::new();
        for i in 0..1 + chance.below(7) {
            let slug = format!("i{s}{i}");
            let kind = *chance.of(&['n', 'n', 'b', 'b', 't', 'd', 'h', 'c', 'l']);
            let choices = ["red", "green", "blue"].map(|c| Choice::new(c.parse().unwrap(), text(c))).to_vec();
            let mut one = item(
                &slug,
                match kind {
                    'n' => ItemKind::Number(Default::default()),
                    'b' => ItemKind::PassFail,
                    't' => ItemKind::Text,
                    'd' => ItemKind::Date,
                    'h' => ItemKind::Choice(One(choices)),
                    'l' => ItemKind::Lookup(Lookup { list: "articles".parse().unwrap(), filters: filters(chance, &names, s) }),
                    _ => ItemKind::Calculated,
                },
            );
            if kind == 'c' {
                let of = names.iter().filter(|n| n.kind == 'n').collect::<Vec<_>>();
                let sum = match of.first() {
                    None => format!("{}", chance.below(9)),
                    Some(_) => {
                        let n = (*chance.of(&of)).clone();
                        if n.repeats && n.section != s {
                            format!("{}({})", chance.of(&["sum", "max", "average", "count"]), n.slug)
                        } else {
                            format!("{} * 2 + 1", n.slug)
                        }
                    }
                };
                one.calculate = Some(tree(&sum));
            }
            // Mostly of what stands above; now and then of what stands below it, too.
            let known = names.clone();
            if chance.one_in(3) {
                one.visible_if = Some(tree(&condition(chance, &known, s, 2)));
            }
            if kind != 'c' {
                one.required = chance.one_in(3);
                one.weight = chance.below(4) as u32;
                one.critical = chance.one_in(9);
            }
            names.push(Named { slug, kind, section: s, repeats: repeat.is_some() });
            if kind != 'c' && chance.one_in(5) {
                one.constraint = Some((tree(&condition(chance, &names, s, 1)), text("no")));
            }
            while kind != 'c' && chance.one_in(4) {
                let then = match chance.below(5) {
                    0 => Then::Evidence(1 + chance.below(3) as u8),
                    1 => Then::FailSection,
                    2 if chance.one_in(2) => Then::EndRun(text("over")),
                    3 => Then::Action(ActionRule { title: text("mend"), within_hours: None }),
                    _ => Then::Show(vec![format!("i{s}{}", i + 1 + chance.below(2)).parse().unwrap()]),
                };
                one.rules.push(Rule { when: tree(&condition(chance, &names, s, 1)), then: vec![then] });
            }
            items.push(one);
        }
        let mut section = Section {
            asked_of: None,
            slug: format!("s{s}").parse().unwrap(),
            label: text("s"),
            help: None,
            visible_if: None,
            weight: 1 + chance.below(3) as u32,
            repeat,
            items,
        };
        if chance.one_in(4) {
            let alone: Vec<Named> = names.iter().filter(|n| n.section < s).cloned().collect();
            section.visible_if = Some(tree(&condition(chance, &alone, usize::MAX, 1)));
        }
        sections.push(section);
    }
    Plan::of(Form { pass_mark: chance.one_in(2).then_some(60), sections }).ok().map(Arc::new)
}

fn answer(chance: &mut Chance, item: &Item) -> Given {
    let value = match (chance.below(12), &item.kind) {
        (0, _) => return Given::Nothing,
        (1, _) => return Given::Several,
        (2, _) => Value::Na(None),
        (_, ItemKind::Number(_)) => Value::Number(chance.below(7).to_string().parse().unwrap()),
        (_, ItemKind::PassFail) => Value::Bool(chance.one_in(2)),
        (_, ItemKind::Text) => Value::Text((*chance.of(&["", "a", "bread", "milk"])).into()),
        (_, ItemKind::Date) => Value::Date(format!("1970-01-0{}", 1 + chance.below(9))),
        (_, ItemKind::Choice(_)) => Value::Choice(chance.of(&["red", "green", "blue"]).parse().unwrap()),
        // Of a row that was chosen while the answers before were others, too.
        (_, ItemKind::Lookup(lookup)) => {
            let name = |chance: &mut Chance| (*chance.of(&["red", "green", "blue"])).to_owned();
            let by = lookup.filters.iter().map(|_| name(chance)).collect();
            Value::Row(Box::new(Row { slug: name(chance).parse().unwrap(), label: text("It"), by }))
        }
        _ => return Given::Nothing,
    };
    Given::One(value)
}

fn around(chance: &mut Chance) -> Around {
    let mut out = Around::nothing(86_400_000, Zone::UTC);
    out.site.tags = chance.one_in(2).then(|| vec!["bakery".into()]);
    out
}

/// All that was answered, worked out from nothing.
fn anew(response: &Response) -> Response {
    let known: Vec<Known> = response
        .all()
        .map(|at| (at, response.slot(at).unwrap()))
        .map(|(at, slot)| Known { at, given: slot.given.clone(), photos: slot.photos, notes: slot.notes })
        .collect();
    Response::open(response.plan().clone(), response.around().clone(), known)
}

/// What a shell does with a patch.
fn put(screen: &mut FormScreen, patch: FormPatch) {
    for (id, now) in patch.items {
        screen.sections.iter_mut().flat_map(|s| &mut s.items).find(|i| i.id == id).unwrap().now = now;
    }
    for section in patch.grown {
        let after = screen.sections.iter().rposition(|s| s.slug == section.slug).unwrap();
        screen.sections.insert(after + 1, section);
    }
    for now in patch.sections {
        screen.sections.iter_mut().filter(|s| s.slug == now.slug).for_each(|s| s.now = now.clone());
    }
    screen.form = patch.form;
}

#[test]
fn what_follows_from_one_answer_is_what_comes_of_working_all_of_it_out() {
    let language: Lang = "en".parse().unwrap();
    let (mut forms, mut none, mut edits, mut drawn) = (0, 0, 0, 0);
    let mut seed = 0;
    while forms < 10_000 {
        seed += 1;
        let mut chance = Chance(seed);
        let Some(plan) = form(&mut chance) else {
            none += 1;
            continue;
        };
        forms += 1;
        let mut response = Response::open(plan.clone(), around(&mut chance), []);
        let draws = forms % 10 == 0;
        let draw = |response: &Response| View { response, speech: &English, language: &language, languages: &[], locked: None }.screen();
        let mut screen = draws.then(|| draw(&response));
        for _ in 0..4 + chance.below(10) {
            let n = chance.below(plan.len() as usize) as u32;
            let at = At { item: n, instance: chance.below(usize::from(plan.repeats(plan.section_of(n)))) as u16 };
            let given = answer(&mut chance, plan.item(n).unwrap());
            let changes = match chance.below(12) {
                0 => response.evidence(at, chance.below(4) as u8, chance.below(2) as u8).unwrap(),
                1 => response.grow(plan.section_of(n)).unwrap_or_default(),
                2 => response.set_now(86_400_000 * chance.below(9) as i64),
                _ => response.answer(at, given).unwrap(),
            };
            edits += 1;
            if let Some(screen) = &mut screen {
                drawn += 1;
                put(
                    screen,
                    View { response: &response, speech: &English, language: &language, languages: &[], locked: None }.patch(&changes, None),
                );
                assert_eq!(*screen, draw(&response), "seed {seed}");
            }
            if chance.one_in(4) {
                assert!(response == anew(&response), "seed {seed}");
            }
        }
        assert!(response == anew(&response), "seed {seed}");
    }
    println!("{forms} forms, {none} more that were none; {edits} edits, after {drawn} of them the screen");
    assert!(none * 2 < forms, "most are forms");
}
