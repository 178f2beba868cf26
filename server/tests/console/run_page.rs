//! What a run's page says of how it was answered: how long each answer took, what is hard to believe, what counts no more,
//! who signed as what, and what came of it.

use frontline_domain::action::{Priority, Status};
use frontline_domain::document::Covers;
use frontline_domain::fact::action::{Origin, Sets};
use frontline_domain::fact::{ActionChanged, ActionOpened, Fact, RunSealed};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;
use frontline_domain::release::Signers;
use frontline_domain::{CaptureId, DocId, Scope};

use crate::runs::{lines, publishes};
use crate::support::browser::Browser;
use crate::support::phone::Sheet;
use crate::support::{ADMIN, MANAGER, Phone};
use crate::town;

const ROUND: &str = "title: Night round
sign_off: [supervisor, manager]
pass_mark: 80
sections:
  - slug: all
    label: All
    items:
      - { slug: gate, kind: boolean, label: Is the gate there? }
      - { slug: door, kind: pass-fail, label: Is the door locked?, weight: 4, evidence: { max: 3, note: required if not door } }
      - { slug: lamp, kind: pass-fail, label: Is the lamp on?, weight: 1 }
      - { slug: bell, kind: pass-fail, label: Does the bell ring?, weight: 1 }
      - { slug: van, kind: location, label: Where is the van? }
      - { slug: yard, kind: photo, label: The yard }
  - slug: gates
    label: Gates
    visible_if: gate
    items:
      - { slug: hinge, kind: pass-fail, label: Does the hinge hold?, weight: 4 }
";

fn slow(phone: &mut Phone<'_>, sheet: &mut Sheet, seconds: i64, item: &str, value: Value) {
    phone.town.clock.set(phone.town.clock.ms() + seconds * 1_000);
    phone.answers(sheet, item, value);
}

/// An action about an item of the run.
fn opens(phone: &mut Phone<'_>, run: DocId, title: &str) -> [CaptureId; 2] {
    let origin = Origin { run, procedure: "night-round".parse().expect("a name"), item: "door".parse().expect("a name"), instance: 0 };
    let one = ActionOpened {
        id: phone.capture_id(),
        demand: None,
        origin: Some(origin),
        title: title.into(),
        priority: Priority::High,
        owner: None,
        due_ms: None,
    };
    let ids = [one.id, one.action(Scope::Site(phone.site))];
    phone.says(Fact::ActionOpened(one));
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runs_page_says_how_long_each_answer_took_and_what_is_hard_to_believe() {
    let (town, data) = town().await;
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;

    // Calmly, and nothing is doubted.
    let mut sheet = ana.begins("night-round").await;
    for (seconds, item) in [(10, "door"), (12, "lamp"), (80, "bell")] {
        slow(&mut ana, &mut sheet, seconds, item, Value::Bool(true));
    }
    ana.syncs().await;
    let calm = grace.get(&format!("/runs/{}", sheet.run.id())).await;
    calm.says("took 12 s");
    calm.says("took 1 min 20 s");
    for silent in ["faster than somebody looks", "clock", "To look at", "Corrective actions"] {
        calm.is_silent_about(silent);
    }

    // Six items in a second, then one after the clock was set.
    let mut sheet = ana.begins("night-round").await;
    for item in ["gate", "door", "lamp", "bell", "hinge"] {
        ana.town.clock.set(ana.town.clock.ms() + 200);
        ana.answers(&mut sheet, item, Value::Bool(item != "door"));
    }
    ana.ahead_ms = 3_600_000;
    slow(&mut ana, &mut sheet, 30, "van", Value::Place { lat: 51_500_000, lon: -120_000, within_m: 12, mock: true });
    ana.syncs().await;
    let doubted = grace.get(&format!("/runs/{}", sheet.run.id())).await;
    doubted.says("5 answers were given faster than somebody looks.");
    doubted.says("Before 1 answer the phone's clock had been set.");
    doubted.says("took less than 1 s · faster than somebody looks");
    doubted.says("took 30 s · the phone's clock was set before it");
    doubted.says("Made up by an app on the phone");
    grace.sends("/language", &[("to", "ar"), ("back", "/")]).await;
    grace.get(&format!("/runs/{}", sheet.run.id())).await.says("أُعطيت 5 إجابات أسرع مما ينظر المرء.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_instrument_gave_is_said_to_be_measured() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let mut sheet = ana.begins("fridge-log").await;
    ana.answers(&mut sheet, "food-fridge", Value::Number("4".parse().expect("a number")));
    ana.syncs().await;
    let page = format!("/runs/{}", sheet.run.id());
    grace.get(&page).await.is_silent_about("read by an instrument");
    ana.measures(&mut sheet, "milk-fridge", Value::Number("4.3".parse().expect("a number")));
    ana.syncs().await;
    let shown = grace.get(&page).await;
    shown.says("read by an instrument");
    shown.says("Ana Pereira measured Milk fridge: 4.3 °C");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_counts_no_more_notes_photos_signers_and_actions_stand_beside_their_items() {
    let (town, data) = town().await;
    publishes(&town, data.path(), ROUND).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut ben = Phone::enrolled(&town, "two", "Pixel", "ben-okafor", "harbour").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let mut sheet = ana.begins("night-round").await;
    slow(&mut ana, &mut sheet, 10, "gate", Value::Bool(true));
    slow(&mut ana, &mut sheet, 10, "hinge", Value::Bool(true));
    for item in ["lamp", "bell", "door"] {
        slow(&mut ana, &mut sheet, 10, item, Value::Bool(item != "door"));
    }
    ana.notes(&mut sheet, "door", "=The key is bent");
    ana.pictures(&mut sheet, "yard", (b"the yard", b"the small yard"), false);
    ana.syncs().await;
    let page = format!("/runs/{}", sheet.run.id());
    let before = grace.get(&page).await;
    before.says("6 of 10 points");
    before.is_silent_about("Answered while it applied");
    before.says("Note: =The key is bent Ana Pereira,");
    before.says("The yard 1 photo Picture for: The yard: Has not arrived yet Ana Pereira,");
    before.says("1 photo was not taken at that moment: it was chosen from the phone");

    // There is no gate after all: what was answered of it is kept, and counts for nothing.
    slow(&mut ana, &mut sheet, 10, "gate", Value::Bool(false));
    let actions = [opens(&mut ana, sheet.run.id(), "Mend the lock"), opens(&mut ana, sheet.run.id(), "Order a key")];
    let [opened, done] = actions[1];
    let to = Sets::Status { from: Status::Open, to: Status::Done, reason: None };
    ana.says(Fact::ActionChanged(ActionChanged { id: ana.capture_id(), action: done, sets: to, saw: vec![opened] }));
    ana.says(Fact::RunSubmitted(RunSealed { run: sheet.run.id(), answers: sheet.run.answers_hash() }));
    ana.syncs().await;
    let after = grace.get(&page).await;
    after.says("2 of 6 points");
    after.says("Gates Does the hinge hold? Pass Ana Pereira,");
    after.says("Answered while it applied; it is kept and does not count");
    after.says("Shift lead: not signed yet. Manager: not signed yet.");
    after.says("Corrective actions Mend the lock Open Nobody, No due time · Is the door locked? Order a key Done");
    assert!(after.body.contains(&format!("href=\"/actions/{}\"", actions[0][1])), "{}", after.body);

    ben.syncs().await;
    let signers = Signers::new(vec![Role::Supervisor, Role::Manager]).expect("signers");
    let covers = Covers::of(&sheet.run, &sheet.form, &signers);
    let seal = RunSealed { run: sheet.run.id(), answers: covers.signed(0) };
    ben.says(Fact::SignedOff(seal.signed(Some(Role::Supervisor))));
    ben.syncs().await;
    let signed = grace.get(&page).await;
    signed.says("Shift lead: Ben Okafor,");
    signed.says("Manager: not signed yet.");

    // Of this run alone; what is not an id of a run is none.
    let list = grace.get(&format!("/actions?run={}", sheet.run.id())).await;
    list.says("Mend the lock");
    grace.get(&format!("/actions?run={}", DocId::from_bytes([9; 16]))).await.is_silent_about("Mend the lock");
    assert_eq!(grace.get("/actions?run=zz").await.status, axum::http::StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_runs_are_a_file_whose_numbers_reckon_and_whose_texts_do_not_run() {
    let (town, data) = town().await;
    publishes(&town, data.path(), &ROUND.replace("title: Night round", "title: =Night round")).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut yusuf = Phone::enrolled(&town, "two", "Pixel", "yusuf-darwish", "marina").await;
    let mut sheet = ana.begins("night-round").await;
    for (seconds, item) in [(10, "door"), (45, "lamp"), (51, "bell")] {
        slow(&mut ana, &mut sheet, seconds, item, Value::Bool(item != "door"));
    }
    opens(&mut ana, sheet.run.id(), "Mend the lock");
    ana.ahead_ms = -3_600_000;
    slow(&mut ana, &mut sheet, 6, "gate", Value::Bool(false));
    ana.syncs().await;
    let mut theirs = yusuf.begins("night-round").await;
    yusuf.answers(&mut theirs, "door", Value::Bool(true));
    yusuf.syncs().await;

    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let csv = lines(&helen.get("/runs/figures.csv?procedure=night-round").await);
    assert_eq!(
        csv[0],
        "Run,Procedure,Short name,Site,State,Begun,Begun by,Submitted,Asked,Answered,Missing,Clashes,Items that failed,Points,\
         Possible points,\"Score, %\",Result,Minutes it took,Doubted answers,Actions,Actions open"
    );
    assert_eq!(csv.len(), 3, "{csv:#?}");
    let of = |sheet: &Sheet| csv.iter().find(|line| line.starts_with(&sheet.run.id().to_string())).cloned().expect("its line");
    let line = of(&sheet);
    assert!(line.contains(",\"'=Night round\",night-round,\"Harbour House, London\",Open,"), "{line}");
    assert!(line.contains(",Ana Pereira,,6,4,0,0,1,2,6,33,Not passed,1.7,1,1,1"), "{line}");
    assert!(of(&theirs).ends_with(",6,1,0,0,0,4,6,66,Not passed,0.0,0,0,0"), "{}", of(&theirs));
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    assert_eq!(lines(&grace.get("/runs/figures.csv?procedure=night-round").await).len(), 2, "her own site's alone");
    grace.get("/runs").await.says("Figures of these runs (CSV)");
}
