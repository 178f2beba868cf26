//! Screens, and what is sent of them.

use super::{FormPatch, FormScreen, View};
use crate::Lang;
use crate::form::response::tests::{Filling, check, item, n, number, plan, rule, section, shown_if, text, worked_out};
use crate::form::response::{At, Given};
use crate::form::speech::English;
use crate::form::{Item, ItemKind, Then, Value};

fn language() -> Lang {
    "en".parse().expect("a language")
}
fn view<'a>(f: &'a Filling, language: &'a Lang) -> View<'a> {
    View { response: &f.0, speech: &English, language, languages: &[], locked: None }
}
fn screen(f: &Filling) -> FormScreen {
    view(f, &language()).screen()
}
fn answer(f: &mut Filling, name: &str, value: Value) -> FormPatch {
    let at = f.at(name);
    let changes = f.0.answer(at, Given::One(value)).expect("an item");
    view(f, &language()).patch(&changes, Some(at))
}

/// What a shell does with a patch.
fn put(screen: &mut FormScreen, patch: FormPatch) {
    for (id, now) in patch.items {
        let item = screen.sections.iter_mut().flat_map(|s| &mut s.items).find(|i| i.id == id).expect("an item of the screen");
        item.now = now;
    }
    for section in patch.grown {
        let after = screen.sections.iter().rposition(|s| s.slug == section.slug).expect("its section");
        screen.sections.insert(after + 1, section);
    }
    for now in patch.sections {
        screen.sections.iter_mut().filter(|s| s.slug == now.slug).for_each(|s| s.now = now.clone());
    }
    screen.form = patch.form;
}

#[test]
fn a_screen_that_was_patched_is_the_screen_drawn_anew() {
    let fridges = section("fridges", Some(4), vec![Item { required: true, ..number("temp") }, shown_if("temp > 5", check("door", 2))]);
    let first = section(
        "first",
        None,
        vec![rule("not open", Then::EndRun(text("Closed today")), Item { required: true, ..item("open", ItemKind::Boolean) })],
    );
    let plan = plan(vec![first, fridges, section("end", None, vec![worked_out("warm", "count(temp > 5)")])]);
    let mut f = Filling::of(&plan);
    let mut drawn = screen(&f);
    for (name, value) in [
        ("open", Value::Bool(true)),
        ("temp", n(8)),
        ("temp/2", n(3)),
        ("door", Value::Bool(false)),
        ("temp/1", n(9)),
        ("open", Value::Bool(false)),
        ("temp", n(2)),
        ("open", Value::Bool(true)),
    ] {
        let patch = answer(&mut f, name, value);
        put(&mut drawn, patch);
        assert_eq!(drawn, screen(&f), "after {name}");
    }
}

#[test]
fn what_is_in_the_way_is_said_in_words_and_where_to_go_on() {
    let fridge = Item { required: true, ..number("fridge") };
    let plan = plan(vec![section(
        "all",
        None,
        vec![fridge, item("note", ItemKind::Text), Item { required: true, ..check("door", 3) }, worked_out("over", "fridge - 5")],
    )]);
    let mut f = Filling::of(&plan);
    let all = screen(&f);
    assert_eq!(all.sections[0].items[0].now.problem.as_deref(), Some("This needs an answer"));
    assert_eq!((all.form.next.as_deref(), all.form.complete, all.form.score.map(|s| s.possible)), (Some("fridge"), false, Some(3)));
    assert_eq!((all.sections[0].items[3].now.enabled, all.sections[0].items[3].now.why_not.is_some()), (false, true));
    let patch = answer(&mut f, "fridge", n(8));
    assert_eq!(patch.items.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["fridge", "over"], "and nothing else");
    assert_eq!(patch.items[1].1.reads.as_deref(), Some("3"));
    assert_eq!(patch.form.next.as_deref(), Some("door"));
    let done = answer(&mut f, "door", Value::Bool(true));
    assert_eq!((done.form.complete, done.form.next), (true, None), "the note is above, and not in the way");
    f.0.answer(f.at("fridge"), Given::Several).expect("an item");
    assert_eq!(screen(&f).form.next.as_deref(), Some("fridge"));
    let locked = View { locked: Some("It was handed in"), ..view(&f, &language()) }.item_now(At { item: 0, instance: 0 });
    assert_eq!((locked.enabled, locked.why_not.as_deref(), locked.clash), (false, Some("It was handed in"), true));
}

#[test]
fn what_was_answered_while_it_applied_is_kept_said_and_not_counted() {
    let of_temp = shown_if("temp > 5", Item { weight: 4, required: true, ..item("door", ItemKind::Boolean) });
    let plan = plan(vec![section("all", None, vec![number("temp"), of_temp])]);
    let mut f = Filling::of(&plan);
    answer(&mut f, "temp", n(8));
    answer(&mut f, "door", Value::Bool(true));
    let patch = answer(&mut f, "temp", n(3));
    let door = patch.items.iter().find(|(id, _)| id == "door").map(|(_, now)| now).expect("it changed");
    assert_eq!((door.visible, door.kept, door.enabled, door.value.is_some()), (false, true, false, true));
    assert!(door.why_not.as_deref().is_some_and(|why| why.starts_with("Answered while it applied")), "{door:?}");
    assert_eq!((patch.form.asked, patch.form.score.map(|s| s.possible)), (1, None));
    let again = answer(&mut f, "temp", n(9));
    let door = again.items.iter().find(|(id, _)| id == "door").map(|(_, now)| now).expect("it changed");
    assert_eq!((door.visible, door.kept, door.enabled), (true, false, true));
}
