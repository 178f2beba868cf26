//! Permission only grows with grants, and only shrinks when they end.

use frontline_domain::permission::{Act, Grant, Role, Verb, may, might, reads};
use frontline_domain::*;
use proptest::prelude::*;

fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}
fn site(n: u8) -> Scope {
    Scope::Site(SiteId::from_bytes([n; 16]))
}
fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Org),
        (0..3u8).prop_map(site),
        (0..2u8).prop_map(|n| Scope::Person(person(n))),
        (0..2u8).prop_map(|n| Scope::Device(DeviceId::from_bytes([n; 16]))),
    ]
}
fn role() -> impl Strategy<Value = Role> {
    use Role::*;
    prop::sample::select(vec![Staff, Technician, Supervisor, Manager, Author, Admin, Integrator])
}
fn grant() -> impl Strategy<Value = Grant> {
    let scope = prop_oneof![Just(Scope::Org), (0..3u8).prop_map(site)];
    (role(), scope, 0..100i64, proptest::option::of(0..120i64)).prop_map(|(role, scope, from_ms, until_ms)| Grant {
        id: GrantId::from_bytes([0; 16]),
        person: person(0),
        role,
        scope,
        from_ms,
        until_ms,
    })
}
fn grants() -> impl Strategy<Value = Vec<Grant>> {
    proptest::collection::vec(grant(), 0..4)
}
fn verb() -> impl Strategy<Value = Verb> {
    let one = || prop::sample::select(EntryType::ALL.to_vec());
    let acts = vec![Act::Oversee, Act::Assign, Act::Enrol, Act::LetIn, Act::Publish, Act::Administer];
    prop_oneof![one().prop_map(Verb::Write), one().prop_map(Verb::Read), prop::sample::select(acts).prop_map(Verb::Act)]
}

proptest! {
    #[test]
    fn another_grant_takes_nothing_away(grants in grants(), more in grant(), now in 0..120i64, verb in verb(), scope in scope()) {
        let with: Vec<Grant> = grants.iter().cloned().chain([more]).collect();
        prop_assert!(!may(&grants, now, verb, scope) || may(&with, now, verb, scope));
        prop_assert!(reads(&grants, now, scope).minus(reads(&with, now, scope)).is_empty());
    }

    #[test]
    fn ending_a_grant_earlier_gives_nothing(grants in proptest::collection::vec(grant(), 1..4), which in any::<prop::sample::Index>(), until in 0..120i64, now in 0..120i64, verb in verb(), scope in scope()) {
        let mut ended = grants.clone();
        let one = &mut ended[which.index(grants.len())];
        one.until_ms = Some(one.until_ms.map_or(until, |old| old.min(until)));
        prop_assert!(!may(&ended, now, verb, scope) || may(&grants, now, verb, scope));
        prop_assert!(reads(&ended, now, scope).minus(reads(&grants, now, scope)).is_empty());
        // What was done before the end stays allowed.
        prop_assert!(now >= until || may(&ended, now, verb, scope) == may(&grants, now, verb, scope));
    }

    #[test]
    fn what_may_be_done_at_an_instant_might_be_done_in_any_time_around_it(
        grants in grants(), now in 0..120i64, before in 0..50i64, after in 0..50i64, wider in 0..20i64, verb in verb(), scope in scope(),
    ) {
        let around = might(&grants, now - before, now + after, verb, scope);
        prop_assert!(!may(&grants, now, verb, scope) || around);
        prop_assert!(!around || might(&grants, now - before - wider, now + after + wider, verb, scope));
    }

    #[test]
    fn might_is_may_at_some_instant(grants in grants(), from in 0..120i64, length in 0..40i64, verb in verb(), scope in scope()) {
        let some = (from..=from + length).any(|at| may(&grants, at, verb, scope));
        prop_assert_eq!(might(&grants, from, from + length, verb, scope), some);
    }

    #[test]
    fn a_grant_for_the_organisation_covers_what_one_for_a_site_does(grant in grant(), now in 0..120i64, verb in verb(), n in 0..3u8) {
        let everywhere = Grant { scope: Scope::Org, ..grant.clone() };
        prop_assert!(!may(&[grant], now, verb, site(n)) || may(&[everywhere], now, verb, site(n)));
    }

    #[test]
    fn a_device_may_carry_exactly_what_its_people_may_read(grants in grants(), now in 0..120i64, scope in scope(), one in prop::sample::select(EntryType::ALL.to_vec())) {
        if !matches!(scope, Scope::Device(_)) {
            prop_assert_eq!(reads(&grants, now, scope).contains(one), may(&grants, now, Verb::Read(one), scope));
        }
    }

    #[test]
    fn nobody_acts_at_another_site_or_in_another_persons_name(mut grant in grant(), now in 0..120i64, verb in verb()) {
        grant.scope = site(0);
        prop_assert!(!may(std::slice::from_ref(&grant), now, verb, site(1)));
        prop_assert!(!may(&[grant], now, verb, Scope::Person(person(1))));
    }
}
