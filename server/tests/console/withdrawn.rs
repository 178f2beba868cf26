//! What becomes of open runs of the version before: asked where a version is published, told by site, and taken back.

use frontline_content::Bundle;
use frontline_domain::form::Value;
use frontline_domain::release::Content;
use frontline_server::admin::content::{self, drafts, runs};

use crate::support::browser::{Browser, Page};
use crate::support::{ADMIN, MANAGER, Phone, Town};
use crate::town;

const PATH: &str = "/content/procedure/fridge-log";

fn sample() -> Bundle {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    frontline_content::check(&folder).expect("the sample content")
}

/// The sample with a fridge log that takes as many minutes.
fn taking(minutes: u16) -> Bundle {
    let mut bundle = sample();
    let release = bundle.releases.iter_mut().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    let Content::Procedure(procedure) = &mut release.content else { panic!("no procedure") };
    procedure.minutes = Some(minutes);
    bundle
}

/// What a hidden field of a page says.
fn hidden(page: &Page, name: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).expect("a form");
    rest.split('"').next().expect("its end").to_owned()
}

/// A phone with an open run of the fridge log.
async fn begun<'t>(town: &'t Town) -> (Phone<'t>, String) {
    let mut ana = Phone::enrolled(town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("fridge-log").await;
    let number = sheet.form.items().find(|i| matches!(i.kind, frontline_domain::form::ItemKind::Number(_))).expect("a number");
    let item = number.slug.to_string();
    ana.answers(&mut sheet, &item, Value::Number(3.into()));
    ana.syncs().await;
    let run = sheet.run.id().to_string();
    (ana, run)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_publishes_a_draft_says_what_becomes_of_open_runs_and_takes_it_back() {
    let (town, _data) = town().await;
    let (_ana, run) = begun(&town).await;
    drafts::keep(&town.app, town.org, &taking(17), &[]).await.expect("kept");
    let (mut helen, mut grace) = (Browser::signed_in(&town, ADMIN).await, Browser::signed_in(&town, MANAGER).await);
    let draft = format!("{PATH}/draft");
    let page = helen.get(&draft).await;
    page.says("1 open run at");
    page.says("They are finished on the version that they began with");
    let seen = hidden(&page, "draft");

    // Without a reason nothing is published.
    let said = helen.sends(&draft, &[("draft", &seen), ("what", "publish"), ("open_runs", "withdraw"), ("reason", " ")]).await;
    assert_eq!(said.to(), format!("{draft}?done=reason"));
    helen.get(&format!("{draft}?done=reason")).await.says("Say why open runs are withdrawn");
    let fields = [("draft", seen.as_str()), ("what", "publish"), ("open_runs", "withdraw"), ("reason", "The <b>limits</b> were wrong.")];
    assert_eq!(helen.sends(&draft, &fields).await.to(), format!("{PATH}?done=runs-withdrawn"));

    // In lists it is a state of its own, on its page it says why, and nothing of it presses.
    let page = grace.get("/runs?state=withdrawn").await;
    page.says("Withdrawn");
    assert!(page.body.contains(&run));
    assert!(!grace.get("/runs?state=open").await.body.contains(&run));
    let page = grace.get(&format!("/runs/{run}")).await;
    page.says("The <b>limits</b> were wrong.");
    assert!(!page.body.contains("<b>limits"));
    grace.get("/weeks").await.is_silent_about("0 of 1");

    // Taken back it is open, and who may not publish is not asked.
    let runs = format!("{PATH}/runs");
    let page = helen.get(&runs).await;
    page.says("No open run is known here");
    let id = hidden(&page, "id");
    assert_eq!(grace.get(&runs).await.status, axum::http::StatusCode::FORBIDDEN);
    assert_eq!(grace.sends(&runs, &[("what", "undo"), ("id", &id)]).await.status, axum::http::StatusCode::FORBIDDEN);
    assert_eq!(helen.sends(&runs, &[("what", "undo"), ("id", &id)]).await.to(), format!("{runs}?done=undone"));
    assert_eq!(helen.sends(&runs, &[("what", "undo"), ("id", &id)]).await.to(), format!("{runs}?done=gone"));
    assert!(grace.get("/runs?state=open").await.body.contains(&run));

    // And later, at any time.
    assert_eq!(helen.sends(&runs, &[("what", "withdraw"), ("reason", "")]).await.to(), format!("{runs}?done=reason"));
    assert_eq!(helen.sends(&runs, &[("what", "withdraw"), ("reason", "Once more.")]).await.to(), format!("{runs}?done=withdrawn"));
    assert_eq!(helen.sends(&runs, &[("what", "withdraw"), ("reason", "Again.")]).await.to(), format!("{runs}?done=nothing"));
    helen.sends("/language", &[("to", "ar"), ("back", "/")]).await;
    helen.get(&runs).await.says("تراجع عن السحب");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_says_how_many_are_open_and_withdraws_them_only_where_it_is_told_to() {
    let (town, _data) = town().await;
    let (_ana, run) = begun(&town).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let plan = content::apply(&town.app, town.org, &taking(17), false, true).await.expect("published");
    assert!(plan.to_string().contains("1 open run stays on the version it began with"), "{plan}");
    assert!(grace.get("/runs?state=open").await.body.contains(&run));

    let by = frontline_domain::PersonId::from_bytes([0; 16]);
    assert!(runs::Because::read("  ", by, "a program".into()).is_err(), "a reason is asked for");
    let open = runs::OpenRuns::Withdraw(runs::Because::read("Other limits.", by, "a program".into()).expect("a reason"));
    let plan = content::apply_and(&town.app, town.org, &taking(18), (true, true), &open).await.expect("planned");
    assert!(plan.to_string().contains("1 open run is withdrawn, with what was answered kept"), "{plan}");
    assert!(grace.get("/runs?state=open").await.body.contains(&run), "it was only asked");
    content::apply_and(&town.app, town.org, &taking(18), (false, true), &open).await.expect("published");
    assert!(grace.get("/runs?state=withdrawn").await.body.contains(&run));
    grace.get(&format!("/runs/{run}")).await.says("Withdrawn by a program");

    // Made current again, the version that it began with is not withdrawn any more: it can be begun.
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let release = {
        let mut tx = town.app.store.read().await.expect("a view");
        tx.versions(town.org, "procedure", "fridge-log", 10).await.expect("read").pop().expect("the first").hash.to_string()
    };
    helen.sends(&format!("{PATH}/publish"), &[("version", &release)]).await;
    assert!(grace.get("/runs?state=open").await.body.contains(&run));

    // Taken away with its open runs.
    let away = format!("{PATH}/withdraw");
    helen.get(&away).await.says("1 open run at");
    assert_eq!(helen.sends(&away, &[("open_runs", "withdraw")]).await.to(), format!("{away}?done=reason"));
    helen.sends(&away, &[("open_runs", "withdraw"), ("reason", "Not done any more.")]).await;
    assert!(grace.get("/runs?state=withdrawn").await.body.contains(&run));
}
