//! Assets on a phone: found by their labels, and what a run about one says and looks back to.

use frontline_domain::form::Raw;
use frontline_domain::record::Asset;
use frontline_domain::{Scope, SiteId};

use super::is_invalid;
use super::world::{ANA, BEN, HARBOUR, Phone, World, slug, words};
use crate::Error;
use crate::services::procedures::answer::AnswerDraft;
use crate::services::procedures::search::RunsAsked;

const ELSEWHERE: SiteId = SiteId::from_bytes([0x77; 16]);

fn fridge(name: &str, code: &str) -> Asset {
    Asset {
        slug: slug(name),
        site: HARBOUR,
        name: words(&format!("The {name}"), "الثلاجة"),
        kind: Some(slug("fridge")),
        codes: vec![code.to_owned()],
        procedures: vec![slug("opening-checks")],
        tags: vec![],
        earlier: vec![],
        withdrawn: false,
    }
}
fn answer(phone: &Phone, run: &str, item: &str, value: Raw) {
    phone.core.procedures().answer(AnswerDraft { run: run.into(), item: item.into(), value, seen: None }).unwrap();
}
fn about(phone: &Phone, run: &str) -> Option<String> {
    let row = phone.core.procedures().list(&Default::default()).unwrap().list.into_iter().find(|row| row.id == run).unwrap();
    let detail = phone.core.procedures().detail(run).unwrap();
    assert_eq!((&row.asset, &row.asset_label), (&detail.asset, &detail.asset_label));
    detail.asset_label.map(|words| words.text)
}
fn is_unknown<T: std::fmt::Debug>(found: Result<T, Error>) {
    assert!(matches!(&found, Err(Error::NotFound { what }) if what.contains("asset")), "{found:?}");
}

#[test]
fn a_run_about_an_asset_says_so_from_its_beginning_and_after_a_rebuild() {
    let world = World::new();
    world.record(Scope::Site(HARBOUR), &fridge("milk", "0012345678905"));
    let (ana, ben) = (world.phone(10, &[ANA]), world.phone(20, &[BEN]));
    let procedures = ana.core.procedures();
    let run = procedures.start_about("opening-checks", Some("012345678905")).unwrap();
    assert_eq!(about(&ana, &run).as_deref(), Some("The milk"), "before anybody answered");
    assert_eq!(procedures.asset("milk").unwrap().runs.iter().map(|r| &r.id).collect::<Vec<_>>(), [&run]);
    answer(&ana, &run, "door", Raw::Bool(true));
    ana.core.rebuild().unwrap();
    assert_eq!(about(&ana, &run).as_deref(), Some("The milk"));
    world.join(&[&ana, &ben]);
    assert_eq!(about(&ben, &run).as_deref(), Some("الثلاجة"), "in the words of who reads");
    answer(&ben, &run, "fridge-temp", Raw::Number("4".into()));
    world.join(&[&ana, &ben]);
    assert_eq!(about(&ana, &run).as_deref(), Some("The milk"));
    let none = procedures.start("opening-checks").unwrap();
    assert_eq!(about(&ana, &none), None);
    // Found by what it is about.
    let sought = RunsAsked { text: "milk".into(), ..RunsAsked::default() };
    assert_eq!(procedures.search(&sought, &Default::default()).unwrap().list.len(), 1);
}

#[test]
fn an_asset_is_found_where_somebody_works_and_begun_is_what_is_done_about_it() {
    let world = World::new();
    let site = Scope::Site(HARBOUR);
    world.record(site, &fridge("milk", "4006381333931"));
    world.record(site, &Asset { withdrawn: true, ..fridge("gone", "GONE") });
    world.record(site, &Asset { procedures: vec![], ..fridge("stairs", "STAIRS") });
    world.record(Scope::Site(ELSEWHERE), &Asset { site: ELSEWHERE, ..fridge("bar", "BAR") });
    let ana = world.phone(10, &[ANA]);
    let procedures = ana.core.procedures();
    let found = procedures.asset(" 4006381333931 ").unwrap();
    assert_eq!((found.id.as_str(), found.site.as_str(), found.procedures.len()), ("milk", "harbour", 1));
    for code in ["GONE", "BAR", "bar", "", "40063813339"] {
        is_unknown(procedures.asset(code));
        is_unknown(procedures.start_about("opening-checks", Some(code)));
    }
    is_invalid(procedures.start_about("opening-checks", Some("STAIRS")), "asset", "procedure");
    is_invalid(procedures.start_about("checkout", Some("milk")), "asset", "procedure");
    assert!(procedures.list(&Default::default()).unwrap().list.is_empty(), "nothing was begun");
}
