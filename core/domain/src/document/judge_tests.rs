use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{ActorId, Change, ExpandedChange, ObjType, ScalarValue};

use super::people::*;
use super::*;
use crate::form::item::NumberRule;
use crate::form::{Form, ItemKind, Value};
use crate::{Epoch, PersonId};

/// What automerge would write for this; nobody's honest build would.
fn forged(change: ExpandedChange) -> Vec<u8> {
    Change::from(change).raw_bytes().to_vec()
}
fn expanded(made: &Made) -> ExpandedChange {
    Change::from_bytes(made.change.clone()).expect("a change").decode()
}
fn tampered(made: &Made, how: impl FnOnce(&mut ExpandedChange)) -> Vec<u8> {
    let mut change = expanded(made);
    how(&mut change);
    forged(change)
}
fn with_answer(made: &Made, how: impl FnOnce(&mut Answer)) -> Vec<u8> {
    tampered(made, |c| {
        let OpType::Put(ScalarValue::Bytes(bytes)) = &c.operations[0].action else { panic!("an answer") };
        let mut answer = cbor::decode("an answer", bytes).expect("an answer");
        how(&mut answer);
        c.operations[0].action = OpType::Put(ScalarValue::Bytes(cbor::encode(&answer)));
    })
}
fn put(words: &str) -> OpType {
    OpType::Put(ScalarValue::Str(words.into()))
}

/// Ben's answer, which builds on Ana's, and a run that holds Ana's.
struct Scene {
    form: Form,
    ana: At,
    ben: At,
    here: Run,
    first: Made,
    second: Made,
}
fn scene() -> Scene {
    let form = form();
    let (mut ana, mut ben) = (At::new(1), At::new(2));
    let first = ana.answers("till", "100");
    ben.takes(&first, ana.author(&form));
    let second = ben.answers("till", "120");
    let here = ana.run.clone();
    Scene { form, ana, ben, here, first, second }
}
impl Scene {
    fn refusal(&self, bytes: &[u8]) -> Refusal {
        self.here.check(bytes, &self.ben.author(&self.form)).expect_err("refused")
    }
    fn is_unsound(&self, bytes: &[u8]) -> bool {
        matches!(self.refusal(bytes), Refusal::Unsound(_))
    }
}

#[test]
fn an_honest_change_is_taken_and_a_second_time_it_is_known() {
    let mut s = scene();
    let author = s.ben.author(&s.form);
    let checked = s.here.check(&s.second.change, &author).expect("sound");
    assert_eq!((checked.hash(), checked.deps(), checked.is_known()), (s.second.hash, s.second.deps.clone(), false));
    assert_eq!((checked.key(), &checked.answer().value), (&key("till"), &Value::Text("120".into())));
    s.here.apply_many(vec![checked.clone(), checked.clone()]).expect("applied once");
    assert!(s.here.check(&s.second.change, &author).expect("sound").is_known());
    s.here.apply(checked).expect("nothing to do");
    assert_eq!((s.here.change_count(), s.here.heads()), (2, s.ben.run.heads()));
}

#[test]
fn a_change_that_came_before_its_dependency_is_held_and_names_it() {
    let s = scene();
    let empty = Run::new(RUN);
    assert_eq!(empty.missing(&s.second.change), Ok(vec![s.first.hash]));
    assert_eq!(empty.check(&s.second.change, &s.ben.author(&s.form)).expect_err("held"), Refusal::Missing(vec![s.first.hash]));
    assert_eq!(s.here.missing(&s.second.change), Ok(Vec::new()));
}

#[test]
fn a_change_whose_actors_previous_one_is_not_here_is_held() {
    let s = scene();
    let bytes = tampered(&s.second, |c| c.seq = 2);
    assert_eq!(s.refusal(&bytes), Refusal::EarlierByAuthor);
}

#[test]
fn two_changes_with_one_number_are_a_clash_of_identity() {
    let mut s = scene();
    let author = s.ben.author(&s.form);
    let other = with_answer(&s.second, |a| a.value = Value::Text("121".into()));
    let (one, two) = (s.here.check(&s.second.change, &author).expect("sound"), s.here.check(&other, &author).expect("sound"));
    assert_eq!(s.here.apply_many(vec![one.clone(), two.clone()]), Err(Refusal::IdentityClash));
    assert_eq!(s.here.change_count(), 1);
    s.here.apply(one).expect("applied");
    assert_eq!(s.here.check(&other, &author).expect_err("refused"), Refusal::IdentityClash);
    assert_eq!(s.here.apply(two), Err(Refusal::IdentityClash));
}

#[test]
fn a_run_with_as_many_changes_or_actors_as_it_may_have_takes_no_more() {
    let full = |here: &Run, changes: usize, actors: usize| {
        let mut run = here.clone();
        for n in 0..changes {
            let hash = *blake3::hash(&n.to_be_bytes()).as_bytes();
            run.graph.add(hash, &(n % actors).to_be_bytes(), graph::Node { deps: Vec::new(), max_op: 0, bytes: 0 });
        }
        run
    };
    let s = scene();
    let author = s.ben.author(&s.form);
    let check = |run: &Run| run.check(&s.second.change, &author).err();
    // One is there already, by Ana.
    assert_eq!(check(&full(&s.here, judge::MAX_CHANGES - 2, 1)), None);
    assert_eq!(check(&full(&s.here, judge::MAX_CHANGES - 1, 1)), Some(Refusal::TooMany));
    assert_eq!(check(&full(&s.here, judge::MAX_ACTORS - 2, judge::MAX_ACTORS)), None);
    assert_eq!(check(&full(&s.here, judge::MAX_ACTORS - 1, judge::MAX_ACTORS)), Some(Refusal::TooMany));
}

#[test]
fn another_actor_device_epoch_or_person_is_a_wrong_author() {
    let s = scene();
    let ben = s.ben.author(&s.form);
    for author in [
        Author { device: s.ana.device, ..ben },
        Author { epoch: Epoch(2), ..ben },
        Author { rebuild: 1, ..ben },
        Author { person: s.ana.person, ..ben },
    ] {
        assert_eq!(s.here.check(&s.second.change, &author).expect_err("refused"), Refusal::WrongAuthor);
    }
    let elsewhere = Run::new(DocId::from_bytes([8; 16]));
    assert_eq!(elsewhere.check(&s.second.change, &ben).expect_err("refused"), Refusal::WrongAuthor);
    let claims = with_answer(&s.second, |a| a.by = PersonId::from_bytes([9; 16]));
    assert_eq!(s.refusal(&claims), Refusal::WrongAuthor);
}

#[test]
fn only_actors_that_automerge_derives_from_the_base_are_the_authors_own() {
    let s = scene();
    let base = s.ben.actor();
    let derived = |level: &[u8]| [&[0x13, 0xb2, 0x23, 0x09], level, &base].concat();
    for good in [vec![1], vec![0x7f], vec![0x80, 1], vec![0xff, 0x3f]] {
        let bytes = tampered(&s.second, |c| c.actor_id = ActorId::from(derived(&good)));
        assert!(s.here.check(&bytes, &s.ben.author(&s.form)).is_ok(), "{good:?}");
    }
    for bad in [vec![], vec![0], vec![0x80], vec![0x80, 0], vec![0xff, 0x7f], vec![0x80, 0x80, 1]] {
        let bytes = tampered(&s.second, |c| c.actor_id = ActorId::from(derived(&bad)));
        assert_eq!(s.refusal(&bytes), Refusal::WrongAuthor, "{bad:?}");
    }
    let twice = [&[0x13, 0xb2, 0x23, 0x09, 1][..], &derived(&[1])].concat();
    assert!(s.here.check(&tampered(&s.second, |c| c.actor_id = ActorId::from(twice)), &s.ben.author(&s.form)).is_err());
}

#[test]
fn operation_numbers_follow_those_they_build_on_and_do_not_leap() {
    let s = scene();
    let start = |n: u64| tampered(&s.second, |c| c.start_op = std::num::NonZeroU64::new(n).expect("not 0"));
    for bad in [1, 1 + judge::MAX_CHANGES as u64 + 1, judge::MAX_OP, u64::from(u32::MAX)] {
        assert!(s.is_unsound(&start(bad)), "{bad}");
    }
    assert!(s.here.check(&start(50), &s.ben.author(&s.form)).is_ok());
}

#[test]
fn it_replaces_exactly_what_stood_at_its_own_dependencies() {
    let s = scene();
    assert!(s.is_unsound(&tampered(&s.second, |c| c.operations[0].pred = Vec::new().into())));
    let stranger = OpId::new(1, &ActorId::from(&[5u8; 16][..]));
    assert!(s.is_unsound(&tampered(&s.second, |c| c.operations[0].pred = vec![stranger.clone()].into())));
    assert!(s.is_unsound(&tampered(&s.second, |c| {
        let mut pred: Vec<OpId> = c.operations[0].pred.iter().cloned().collect();
        pred.push(pred[0].clone());
        c.operations[0].pred = pred.into();
    })));
    // The value of another register.
    assert!(s.is_unsound(&tampered(&s.second, |c| c.operations[0].key = Key::Map("door/0".into()))));
    // Made as if Ana's answer had not been seen, while claiming to replace it.
    assert!(s.is_unsound(&tampered(&s.second, |c| c.deps.clear())));
}

#[test]
fn an_edit_at_old_heads_is_judged_there_and_not_at_todays() {
    let mut s = scene();
    let author = s.ana.author(&s.form);
    let screen = s.ana.run.heads();
    let again = s.ana.answers_having_seen(&screen, "till", "101");
    // Ben's came first here; Ana's did not see it and does not replace it.
    let bens = s.here.check(&s.second.change, &s.ben.author(&s.form)).expect("sound");
    s.here.apply(bens).expect("applied");
    let anas = s.here.check(&again.change, &author).expect("sound");
    s.here.apply(anas).expect("applied");
    assert_eq!(values(&s.here.standing(&key("till"))), ["101", "120"]);
}

#[test]
fn a_change_does_one_thing_only_put_one_answer_under_the_root() {
    let s = scene();
    let op = expanded(&s.second).operations[0].clone();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("two puts", tampered(&s.second, |c| c.operations.push(op.clone()))),
        ("none", tampered(&s.second, |c| c.operations.clear())),
        ("a delete", tampered(&s.second, |c| c.operations[0].action = OpType::Delete)),
        ("an increment", tampered(&s.second, |c| c.operations[0].action = OpType::Increment(1))),
        ("a list", tampered(&s.second, |c| c.operations[0].action = OpType::Make(ObjType::List))),
        ("a mark", tampered(&s.second, |c| c.operations[0].action = OpType::MarkEnd(true))),
        ("text", tampered(&s.second, |c| c.operations[0].action = put("100"))),
        ("a counter", tampered(&s.second, |c| c.operations[0].action = OpType::Put(ScalarValue::counter(1)))),
        ("an insert", tampered(&s.second, |c| c.operations[0].insert = true)),
        ("another object", tampered(&s.second, |c| c.operations[0].obj = ObjectId::Id(op.pred.iter().next().expect("one").clone()))),
        ("a message", tampered(&s.second, |c| c.message = Some("hello".into()))),
        ("a time", tampered(&s.second, |c| c.time = 1)),
        ("extra bytes", tampered(&s.second, |c| c.extra_bytes = vec![1])),
        ("a dependency twice", tampered(&s.second, |c| c.deps.push(c.deps[0]))),
        ("seq 0", tampered(&s.second, |c| c.seq = 0)),
        ("no CBOR", tampered(&s.second, |c| c.operations[0].action = OpType::Put(ScalarValue::Bytes(vec![0xff])))),
    ];
    for (what, bytes) in cases {
        assert!(s.here.check(&bytes, &s.ben.author(&s.form)).is_err(), "{what}");
    }
}

#[test]
fn what_a_change_carries_beside_its_answer_is_seen_by_two_looks_of_which_each_is_enough() {
    // The outline stops all of these before automerge reads them; the judge does not rely on that.
    let s = scene();
    let looked_at = |how: &dyn Fn(&mut ExpandedChange)| {
        let mut change = expanded(&s.second);
        how(&mut change);
        judge::sound_shape(&Change::from(change))
    };
    let many = |c: &mut ExpandedChange, n: usize| {
        let mut all: Vec<[u8; 32]> = (0..n).map(|n| *blake3::hash(&n.to_be_bytes()).as_bytes()).collect();
        all.sort_unstable();
        c.deps = all.into_iter().map(automerge::ChangeHash).collect();
    };
    assert_eq!(looked_at(&|_| ()), Ok(()));
    assert_eq!(looked_at(&|c| many(c, judge::MAX_DEPS)), Ok(()));
    for how in [
        &(|c: &mut ExpandedChange| c.message = Some("hello".into())) as &dyn Fn(&mut ExpandedChange),
        &|c| c.time = 1,
        &|c| c.extra_bytes = vec![1],
        &|c| many(c, judge::MAX_DEPS + 1),
        &|c| c.operations.push(c.operations[0].clone()),
        &|c| c.operations.clear(),
    ] {
        assert!(matches!(looked_at(how), Err(Refusal::Unsound(_))));
    }
}

#[test]
fn a_compressed_or_cut_change_and_a_whole_document_are_refused() {
    let mut s = scene();
    let long = s.ben.answers("till", &"a".repeat(2_000));
    let compressed = Change::from_bytes(long.change.clone()).expect("a change").bytes().into_owned();
    assert!(compressed.len() < long.change.len());
    assert!(s.is_unsound(&compressed));
    assert!(s.is_unsound(&s.ben.run.save()));
    for cut in 0..s.second.change.len() {
        assert!(s.is_unsound(&s.second.change[..cut]));
    }
    assert!(s.is_unsound(&[&s.second.change[..], &[0]].concat()));
}

#[test]
fn run_lengths_that_would_keep_automerge_busy_for_ever_are_refused_at_once() {
    let s = scene();
    let bytes = &s.second.change;
    // The action column is the literal [7f 01]; a run of 2^62 puts is [ff…3f 01], nine bytes longer, and so on
    // for the lengths before it. Rebuilt by hand: the spec 0x42 is followed by the column's length.
    let spec = bytes.windows(2).position(|w| w == [0x42, 2]).expect("the action column");
    let action = bytes.windows(2).rposition(|w| w == [0x7f, 1]).expect("its data");
    let run = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f, 1];
    for at in (spec..=action).filter(|i| bytes[*i..].starts_with(&[0x7f, 1])) {
        let mut bomb = bytes.clone();
        bomb[spec + 1] = run.len() as u8;
        bomb.splice(at..at + 2, run);
        let length = bomb.len() - 11;
        bomb.splice(9..11, [(length & 0x7f) as u8 | 0x80, (length >> 7) as u8]);
        assert!(s.is_unsound(&bomb));
    }
}

#[test]
fn an_answer_must_be_one_that_the_form_takes() {
    let s = scene();
    let wrong_kind = with_answer(&s.second, |a| a.value = Value::Bool(true));
    assert!(matches!(s.refusal(&wrong_kind), Refusal::NotAnAnswer(p) if p.rule == "kind"));
    for name in ["unknown/0", "till/1", "till", "till/00", "till/0/0", "clean/3", "", "/0", "till/-0", "till/65536"] {
        let bytes = tampered(&s.second, |c| c.operations[0].key = Key::Map(name.into()));
        assert_eq!(s.refusal(&bytes), Refusal::UnknownItem, "{name}");
    }
    let mut ben = At::new(2);
    let pass = ben.an_answer(Value::Bool(true));
    let third = AnswerKey { instance: 2, ..key("clean") };
    let made = ben.run.answer(ben.actor(), &Heads::default(), &third, &pass).expect("an answer");
    assert!(Run::new(RUN).check(&made.change, &ben.author(&s.form)).is_ok());
}

#[test]
fn only_a_number_in_a_unit_is_measured() {
    let mut s = scene();
    assert!(s.is_unsound(&with_answer(&s.second, |a| a.measured = true)), "words");
    let rule = NumberRule { unit: Some("°C".into()), ..NumberRule::default() };
    s.form.sections[0].items[1].kind = ItemKind::Number(rule.clone());
    let (mut cid, value) = (At::new(3), Value::Number("4".parse().expect("a number")));
    let answer = Answer { measured: true, ..cid.an_answer(value) };
    let made = cid.run.answer(cid.actor(), &Heads::default(), &key("till"), &answer).expect("an answer");
    assert!(Run::new(RUN).check(&made.change, &cid.author(&s.form)).is_ok());
    s.form.sections[0].items[1].kind = ItemKind::Number(NumberRule { unit: None, ..rule });
    assert!(Run::new(RUN).check(&made.change, &cid.author(&s.form)).is_err(), "no unit, no instrument");
}

#[test]
fn an_answer_in_another_encoding_is_refused() {
    let s = scene();
    let padded = tampered(&s.second, |c| {
        let OpType::Put(ScalarValue::Bytes(bytes)) = &mut c.operations[0].action else { panic!("an answer") };
        // The map's head in two bytes where one does.
        bytes.splice(0..1, [0xb8, bytes[0] & 0x1f]);
    });
    assert!(s.is_unsound(&padded));
}

#[test]
fn a_refused_change_and_what_was_built_on_it_can_be_left_out_and_replayed() {
    let mut s = scene();
    let built_on = s.ben.answers("till", "130");
    let beside = s.ben.answers("door", "open");
    let (run, gone) = s.ben.run.without(&[s.second.hash].into()).expect("rebuilt");
    assert_eq!(gone, [s.second.hash, built_on.hash, beside.hash].into());
    assert_eq!(run.heads(), s.ana.run.heads());
    let replay_at = s.ben.run.heads_without(&s.ben.run.heads(), &gone);
    assert_eq!(replay_at, s.ana.run.heads());
    let (mut run, again) = (run, s.ben.run.history().into_iter().find(|l| l.change == beside.hash).expect("there"));
    let made = run.answer(base_actor(RUN, s.ben.device, Epoch(1), 1), &replay_at, &again.key, &again.answer).expect("replayed");
    assert_eq!(made.deps, [s.first.hash]);
    assert_eq!(values(&run.standing(&key("door"))), ["open"]);
}

#[test]
fn an_answer_at_heads_that_are_not_here_is_refused() {
    let mut s = scene();
    let answer = s.ana.an_answer(Value::Text("1".into()));
    let refused = s.ana.run.answer(s.ana.actor(), &s.ben.run.heads(), &key("till"), &answer);
    assert_eq!(refused, Err(Refusal::Missing(vec![s.second.hash])));
}
