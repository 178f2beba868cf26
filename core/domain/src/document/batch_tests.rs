//! Many changes of one run at once.

use super::people::*;
use super::*;
use crate::form::Form;

/// Two people take turns, and the second half was made unseen by the other: clashes among them.
fn a_busy_run(form: &Form) -> (At, Vec<(bool, Made)>) {
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let mut made = Vec::new();
    for n in 0..100 {
        made.push((true, ana.answers(if n % 2 == 0 { "till" } else { "door" }, &n.to_string())));
        if n < 50 {
            ben.takes(&made.last().expect("made").1, ana.author(form));
        }
        made.push((false, ben.answers("till", &format!("b{n}"))));
        if n < 50 {
            ana.takes(&made.last().expect("made").1, ben.author(form));
        }
    }
    for (_, bens) in made.iter().filter(|(anas, _)| !anas) {
        ana.takes(bens, ben.author(form));
    }
    (ana, made)
}

fn offered<'a>(made: &'a [(bool, Made)], form: &'a Form) -> Vec<Offered<'a>> {
    let author = |anas: bool| At::new(if anas { 1 } else { 2 }).author(form);
    made.iter().map(|(anas, one)| Offered { change: &one.change, author: author(*anas) }).collect()
}

#[test]
fn two_hundred_changes_in_one_batch_are_what_they_are_one_by_one_in_any_order() {
    let form = form();
    let (ana, made) = a_busy_run(&form);
    assert_eq!(made.len(), 200);
    assert!(ana.run.standing(&key("till")).is_clash());
    let mut batch = offered(&made, &form);
    for order in [0, 1] {
        if order == 1 {
            batch.reverse();
        }
        let mut here = Run::new(RUN);
        assert!(here.take_in(&batch).iter().all(Result::is_ok));
        assert_eq!((here.heads(), here.standings()), (ana.run.heads(), ana.run.standings()));
        assert_eq!(here.change_count(), 200);
        // A second time it is all known, and nothing is put into the document, nor is it copied.
        let again = here.take_in_by(&batch, &mut |_, _| panic!("it was put a second time"));
        assert!(again.iter().all(Result::is_ok), "{again:?}");
        assert_eq!(here.change_count(), 200);
    }
}

#[test]
fn a_refused_change_and_what_lacks_it_stay_out_and_the_rest_goes_in() {
    let form = form();
    let (mut ana, ben) = (At::new(1), At::new(2));
    let first = ana.answers("till", "1");
    let second = ana.answers("till", "2");
    let third = ana.answers("door", "3");
    // The second claims to be Ben's; the third builds on it.
    let batch = [
        Offered { change: &third.change, author: ana.author(&form) },
        Offered { change: &second.change, author: ben.author(&form) },
        Offered { change: &first.change, author: ana.author(&form) },
    ];
    let mut here = Run::new(RUN);
    let fates = here.take_in(&batch);
    assert_eq!(fates[0], Err(Refusal::Missing(vec![second.hash])));
    assert_eq!(fates[1], Err(Refusal::WrongAuthor));
    assert_eq!(fates[2], Ok(()));
    assert_eq!(values(&here.standing(&key("till"))), ["1"]);
}

#[test]
fn a_change_that_breaks_automerge_is_set_aside_and_leaves_no_half_of_itself_behind() {
    let form = form();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let ones = [ana.answers("till", "1"), ana.answers("door", "2")];
    let bens = ben.answers("till", "from Ben");
    let batch = [
        Offered { change: &ones[0].change, author: ana.author(&form) },
        Offered { change: &ones[1].change, author: ana.author(&form) },
        Offered { change: &bens.change, author: ben.author(&form) },
    ];
    let mut here = Run::new(RUN);
    let bad = ones[1].hash;
    let fates = here.take_in_by(&batch, &mut |doc, change| {
        let is_bad = change.hash().0 == bad;
        // The document has it already when the panic comes, as half of one would be there.
        let _ = doc.apply_changes([change]);
        assert!(!is_bad, "automerge gives up");
        Ok(())
    });
    assert!(matches!(fates[1], Err(Refusal::Unsound(_))), "{fates:?}");
    assert!(fates[0].is_ok() && fates[2].is_ok());
    assert!(!here.has(&bad) && here.standing(&key("door")).answers.is_empty());
    assert_eq!(here.change_count(), 2);
    assert_eq!(Run::load(RUN, &here.save()).expect("whole").standings(), here.standings());
}

#[test]
fn taking_a_change_without_a_copy_gives_the_same_run() {
    let form = form();
    let (ana, made) = a_busy_run(&form);
    let mut here = Run::new(RUN);
    for one in offered(&made, &form) {
        let checked = here.check(one.change, &one.author).expect("sound");
        here = here.taking(checked).expect("taken");
    }
    assert_eq!((here.heads(), here.standings()), (ana.run.heads(), ana.run.standings()));
}
