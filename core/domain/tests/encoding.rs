//! The one encoding: what is written reads back the same, and what reads has one form.

use std::collections::BTreeSet;

use frontline_domain::document::{Answer, AnswerKey, Heads, RunChanged};
use frontline_domain::form::{Decimal, Value};
use frontline_domain::*;
use proptest::prelude::*;

fn decimal() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_999i64..=999_999_999_999_999, 0..=6u8)
        .prop_map(|(units, scale)| Decimal::new(units, scale).expect("within its limits"))
}
fn slug() -> impl Strategy<Value = Slug> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}".prop_map(|t| t.parse().expect("a slug"))
}
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        proptest::option::of(".{0,20}").prop_map(Value::Na),
        ".{0,40}".prop_map(Value::Text),
        decimal().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Bool),
        slug().prop_map(Value::Choice),
        proptest::collection::vec(slug(), 0..4).prop_map(Value::Choices),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Value::Date),
        "[0-9]{2}:[0-9]{2}".prop_map(Value::Time),
    ]
}
fn answer() -> impl Strategy<Value = Answer> {
    (value(), any::<[u8; 16]>(), any::<i64>(), any::<[u8; 16]>(), any::<bool>()).prop_map(|(value, by, at_ms, intent, settles)| Answer {
        value,
        by: PersonId::from_bytes(by),
        at_ms,
        intent: CaptureId::from_bytes(intent),
        settles,
        measured: at_ms % 2 == 0,
    })
}
fn types() -> impl Strategy<Value = BTreeSet<u16>> {
    proptest::collection::btree_set(0..128u16, 0..20)
}
fn set(codes: &BTreeSet<u16>) -> TypeSet {
    codes.iter().map(|c| EntryType(*c)).collect()
}

proptest! {
    #[test]
    fn a_decimal_prints_as_it_reads(n in decimal()) {
        prop_assert_eq!(n.to_string().parse::<Decimal>(), Ok(n));
        prop_assert_eq!(cbor::decode::<Decimal>("a number", &cbor::encode(&n)), Ok(n));
        prop_assert_eq!(n.to_string().parse::<f64>().map(|f| f < 0.0), Ok(n < Decimal::from(0)));
    }

    #[test]
    fn decimals_are_equal_however_they_were_typed(units in -99_999_999i64..=99_999_999, scale in 0..=3u8, zeros in 0..=3u32) {
        let padded = Decimal::new(units * 10i64.pow(zeros), scale + zeros as u8);
        prop_assert_eq!(padded, Decimal::new(units, scale));
    }

    #[test]
    fn decimals_stand_in_the_order_of_their_numbers(a in (-1_000_000i64..=1_000_000, 0..=6u8), b in (-1_000_000i64..=1_000_000, 0..=6u8)) {
        let exact = |(units, scale): (i64, u8)| i128::from(units) * 10i128.pow(6 - u32::from(scale));
        let (left, right) = (Decimal::new(a.0, a.1).expect("small"), Decimal::new(b.0, b.1).expect("small"));
        prop_assert_eq!(left.cmp(&right), exact(a).cmp(&exact(b)));
    }

    #[test]
    fn no_text_makes_a_decimal_panic(text in "[-+0-9.eE ]{0,30}") {
        if let Ok(n) = text.parse::<Decimal>() {
            prop_assert_eq!(n.to_string().parse::<Decimal>(), Ok(n));
        }
    }

    #[test]
    fn sets_of_types_are_sets(a in types(), b in types(), code in 0..200u16) {
        let (x, y) = (set(&a), set(&b));
        prop_assert_eq!(x.union(y), set(&(&a | &b)));
        prop_assert_eq!(x.intersection(y), set(&(&a & &b)));
        prop_assert_eq!(x.minus(y), set(&(&a - &b)));
        prop_assert_eq!(x.contains(EntryType(code)), a.contains(&code));
        prop_assert_eq!(x.is_empty(), a.is_empty());
        prop_assert_eq!(x.iter().map(|t| t.0).collect::<BTreeSet<_>>(), a);
        prop_assert_eq!(TypeSet::from_bytes(x.to_bytes()), x);
        prop_assert_eq!(cbor::decode::<TypeSet>("types", &cbor::encode(&x)), Ok(x));
    }

    #[test]
    fn an_answer_reads_as_it_was_written_and_not_with_a_byte_more_or_less(answer in answer(), cut in any::<prop::sample::Index>()) {
        let bytes = cbor::encode(&answer);
        let again: Answer = cbor::decode("an answer", &bytes).expect("readable");
        prop_assert_eq!(cbor::encode(&again), bytes.clone());
        prop_assert_eq!(again, answer);
        prop_assert!(cbor::decode::<Answer>("an answer", &bytes[..cut.index(bytes.len())]).is_err());
        prop_assert!(cbor::decode::<Answer>("an answer", &[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn any_bytes_are_an_answer_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = cbor::decode::<Answer>("an answer", &bytes);
        let _ = RunChanged::decode(&bytes);
        let _ = release::Release::decode(&bytes);
        for one in EntryType::ALL {
            let _ = fact::Fact::decode(*one, &bytes);
        }
    }

    #[test]
    fn the_name_of_a_register_is_read_exactly(
        item in slug(), instance in any::<u16>(), edit in any::<Option<[u8; 16]>>(), text in "[a-z0-9/-]{0,12}"
    ) {
        let key = AnswerKey { item, instance, evidence: edit.map(CaptureId::from_bytes) };
        prop_assert_eq!(AnswerKey::from_register(&key.register()), Some(key));
        if let Some(key) = AnswerKey::from_register(&text) {
            prop_assert_eq!(key.register(), text);
        }
    }

    #[test]
    fn heads_are_a_set(hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..5)) {
        let heads = Heads::new(hashes.iter().copied().chain(hashes.iter().rev().copied()));
        prop_assert_eq!(heads.iter().collect::<Vec<_>>(), hashes.iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
        prop_assert_eq!(cbor::decode::<Heads>("heads", &cbor::encode(&heads)), Ok(heads));
    }

    #[test]
    fn a_scope_is_written_as_it_is_read(id in any::<[u8; 16]>(), which in 0..4u8) {
        let scope = match which {
            0 => Scope::Org,
            1 => Scope::Site(SiteId::from_bytes(id)),
            2 => Scope::Person(PersonId::from_bytes(id)),
            _ => Scope::Device(DeviceId::from_bytes(id)),
        };
        prop_assert_eq!(scope.to_string().parse(), Ok(scope));
        prop_assert_eq!(cbor::decode::<Scope>("a scope", &cbor::encode(&scope)), Ok(scope));
    }
}
