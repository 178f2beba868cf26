//! Expressions and forms of any bytes: what is read is printed and stored as the same; what compiles comes to a value; and
//! what follows from one answer is what comes of working all of it out.

use std::sync::{Arc, OnceLock};

use frontline_domain::form::expr::{self, Names, Node};
use frontline_domain::form::item::{Choice, Filter, Lookup, One, Several};
use frontline_domain::form::response::{Around, At, Given, Known, Response};
use frontline_domain::form::rule::{Rule, Then};
use frontline_domain::form::screen::View;
use frontline_domain::form::speech::English;
use frontline_domain::form::value::Row;
use frontline_domain::form::{Evidence, Expr, Form, Item, ItemKind, NaRule, Plan, Section, Value};
use frontline_domain::{BlobHash, Lang, Slug, Text, cbor};

/// Items of a form that is made of bytes, and its edits.
const ITEMS: usize = 24;
const EDITS: usize = 24;

/// Any text as an expression.
pub fn expr(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let parsed = match expr::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return assert!(text.is_char_boundary(error.at) && !error.message.is_empty(), "{error:?}"),
    };
    let printed = parsed.node.to_string();
    if printed.len() <= expr::MAX_LENGTH {
        let again = expr::parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error}"));
        assert_eq!(again.node, parsed.node, "{printed}");
    }
    let stored: Node = cbor::decode("an expression", &cbor::encode(&parsed.node)).expect("it reads");
    assert_eq!(stored, parsed.node);
    let filled = filled();
    let names = Names::of(filled.plan().form());
    for section in [None, Some(0), Some(1)] {
        match expr::compile(&parsed, &names.within(section), None) {
            Ok(program) => {
                let value = program.value(filled, Some(1));
                assert_eq!(program.value(filled, Some(1)), value, "the same each time");
                assert!(value.truth().is_none() || *program.kind() == expr::Kind::Bool, "{printed} is {:?}", program.kind());
            }
            Err(error) => assert!(text.is_char_boundary(error.at) && !error.message.is_empty(), "{error:?}"),
        }
    }
}

/// Any bytes as a form and its answers: each line an item (`n`, `b`, `t`, `d`, `h`, `m`, `p`, `l`, `c`; `s` begins a section)
/// with its expressions between `|`; behind a zero byte, answers of two bytes each.
pub fn form(bytes: &[u8]) {
    if let Ok(form) = cbor::decode::<Form>("a form", bytes) {
        drive(form, &[3, 1, 4, 1, 5, 9, 2, 6]);
    }
    let mut halves = bytes.splitn(2, |byte| *byte == 0);
    let Ok(lines) = std::str::from_utf8(halves.next().unwrap_or_default()) else { return };
    drive(written(lines), halves.next().unwrap_or_default());
}

fn drive(form: Form, edits: &[u8]) {
    // What publishing refuses: as many instances as there is memory.
    if form.items().count() > ITEMS || form.sections.iter().any(|s| s.repeat.is_some_and(|n| n > 4)) {
        return;
    }
    let plan = match Plan::of(form) {
        Ok(plan) => Arc::new(plan),
        Err(flaws) => return assert!(!flaws.is_empty() && flaws.iter().all(|flaw| !flaw.to_string().is_empty())),
    };
    if plan.is_empty() {
        return;
    }
    let mut response = Response::open(plan.clone(), around(), []);
    for edit in edits.chunks_exact(2).take(EDITS) {
        let item = u32::from(edit[0]) % plan.len();
        let at = At { item, instance: u16::from(edit[1] >> 4) % plan.repeats(plan.section_of(item)) };
        let changes = match edit[0] >> 5 {
            5 => response.evidence(at, edit[1] % 4, edit[1] / 4 % 2).expect("an item"),
            6 => response.grow(plan.section_of(item)).unwrap_or_default(),
            7 => response.set_now(i64::from(edit[1]) * 86_400_000),
            _ => response.answer(at, given(plan.item(item).map(|item| &item.kind), edit[1])).expect("an item"),
        };
        let language: Lang = "en".parse().expect("a language");
        let view = View { response: &response, speech: &English, language: &language, languages: &[], locked: None };
        drop((view.patch(&changes, Some(at)), view.screen(), response.outcome(), response.score(), response.next(Some(at))));
    }
    let known: Vec<Known> = response
        .all()
        .filter_map(|at| response.slot(at).map(|slot| Known { at, given: slot.given.clone(), photos: slot.photos, notes: slot.notes }))
        .collect();
    let anew = Response::open(plan, response.around().clone(), known);
    assert!(anew == response, "worked out anew it is another");
}

fn given(kind: Option<&ItemKind>, byte: u8) -> Given {
    let names = ["red", "green", "blue"];
    let one = || -> Slug { names[usize::from(byte) % 3].parse().expect("a slug") };
    Given::One(match (byte % 11, kind) {
        (0, _) => return Given::Nothing,
        (1, _) => return Given::Several,
        (2, _) => Value::Na(None),
        (_, Some(ItemKind::Number(_))) => Value::Number((byte % 7).into()),
        (_, Some(ItemKind::PassFail)) => Value::Bool(byte.is_multiple_of(2)),
        (_, Some(ItemKind::Text)) => Value::Text(names[usize::from(byte) % 3].to_owned()),
        (_, Some(ItemKind::Date)) => Value::Date(format!("1970-01-{:02}", 1 + byte % 28)),
        (_, Some(ItemKind::Choice(_))) => Value::Choice(one()),
        (_, Some(ItemKind::MultiChoice(_))) => Value::Choices(vec![one()]),
        (_, Some(ItemKind::Photo(_))) => Value::Photos(vec![BlobHash::from_bytes([byte; 32])]),
        (_, Some(ItemKind::Lookup(_))) => Value::Row(Box::new(Row { slug: one(), label: text("It"), by: vec![one().to_string()] })),
        _ => Value::Text("x".to_owned()),
    })
}

fn text(words: &str) -> Text {
    Text::plain("en".parse().expect("a language"), words)
}

fn tree(words: &str) -> Option<Expr> {
    expr::parse(words).ok().map(|parsed| Expr(parsed.node))
}

fn item(slug: String, kind: ItemKind) -> Item {
    Item { na: NaRule::Yes, ..Item::new(slug.parse().expect("a slug"), kind, text("It")) }
}

/// The items are `i0`, `i1` and so on: an expression of bytes hits one now and then.
fn written(lines: &str) -> Form {
    let mut sections: Vec<Section> = Vec::new();
    let mut count = 0;
    for line in lines.lines().take(ITEMS) {
        let mut parts = line.split('|');
        let head = parts.next().unwrap_or_default().as_bytes();
        let letter = head.first().copied().unwrap_or(b'n');
        if letter == b's' || sections.is_empty() {
            let repeat = head.get(1).map(|byte| 2 + u16::from(byte % 3)).filter(|_| letter == b's');
            let visible_if = if letter == b's' { parts.next().and_then(tree) } else { None };
            let slug = format!("s{}", sections.len()).parse().expect("a slug");
            sections.push(Section { asked_of: None, slug, label: text("S"), help: None, visible_if, weight: 1, repeat, items: Vec::new() });
            if letter == b's' {
                continue;
            }
        }
        let choices = || ["red", "green", "blue"].map(|c| Choice::new(c.parse().expect("a slug"), text(c))).to_vec();
        let kind = match letter {
            b'b' => ItemKind::PassFail,
            b't' => ItemKind::Text,
            b'd' => ItemKind::Date,
            b'h' => ItemKind::Choice(One(choices())),
            b'm' => ItemKind::MultiChoice(Several(choices())),
            b'p' => ItemKind::Photo(Evidence { photos_min: 1, photos_max: 3, live_camera_only: false }),
            b'c' => ItemKind::Calculated,
            b'l' => {
                let by = parts.next().and_then(tree).into_iter();
                let filters = by.map(|is| Filter { column: "group".parse().expect("a slug"), is }).collect();
                ItemKind::Lookup(Lookup { list: "list".parse().expect("a slug"), filters })
            }
            _ => ItemKind::Number(Default::default()),
        };
        let mut one = item(format!("i{count}"), kind);
        if letter == b'c' {
            one.calculate = parts.next().and_then(tree);
        }
        one.visible_if = parts.next().and_then(tree);
        one.required = head.len() > 1;
        one.weight = u32::from(letter % 3);
        one.constraint = parts.next().and_then(tree).map(|tree| (tree, text("No")));
        for (nth, words) in parts.take(3).enumerate() {
            let then = match (head.get(2).copied().unwrap_or(0) as usize + nth) % 4 {
                0 => Then::Show(vec![format!("i{}", count + 1).parse().expect("a slug")]),
                1 => Then::Evidence(2),
                2 => Then::FailSection,
                3 => Then::Note,
                _ => Then::EndRun(text("Over")),
            };
            one.rules.extend(tree(words).map(|when| Rule { when, then: vec![then] }));
        }
        if let Some(section) = sections.last_mut() {
            section.items.push(one);
        }
        count += 1;
    }
    Form { sections, pass_mark: Some(80) }
}

fn around() -> Around {
    let mut around = Around::at(86_400_000, "Europe/Lisbon");
    around.site.tags = Some(vec!["bakery".to_owned()]);
    around.site.attributes.insert("slug".to_owned(), "red".to_owned());
    around
}

/// A form of every type of value, half filled.
fn filled() -> &'static Response {
    static FILLED: OnceLock<Response> = OnceLock::new();
    FILLED.get_or_init(|| {
        let plan = Plan::of(written("s3\nn\nb\nt\ns\nn\nb\nt\nd\nh\nm\np\nl")).expect("a form");
        let mut response = Response::open(Arc::new(plan), around(), []);
        for (at, byte) in response.all().collect::<Vec<_>>().into_iter().zip(3..) {
            let given = given(response.plan().item(at.item).map(|item| &item.kind), byte);
            response.answer(at, given).expect("an item");
        }
        response
    })
}
