//! Corrective actions: in order, late by the same rule as on phones, each clash with all its values, and nobody
//! else's.

use axum::http::StatusCode;
use frontline_domain::action::{Priority, Status};
use frontline_domain::fact::action::{Origin, Sets};
use frontline_domain::fact::{ActionChanged, ActionCommented, ActionOpened, Fact};
use frontline_domain::permission::Role;
use frontline_domain::{CaptureId, Clock, PersonId, Random, Scope, SiteId};
use frontline_server::lists::{self, actions::ActionRow};
use frontline_server::store::List;
use frontline_server::system::SystemClock;

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, Phone, Town};
use crate::{DAY, NOW, town};

const HOUR: i64 = 3_600_000;

fn opening(town: &Town, title: &str, priority: Priority, due_ms: Option<i64>) -> ActionOpened {
    ActionOpened {
        id: CaptureId::from_bytes(town.random.id()),
        demand: None,
        origin: None,
        title: title.into(),
        priority,
        owner: None,
        due_ms,
    }
}

/// Opens an action: the id that others name it by.
fn opens(phone: &mut Phone<'_>, one: ActionOpened) -> CaptureId {
    let action = one.action(Scope::Site(phone.site));
    phone.says(Fact::ActionOpened(one));
    action
}

fn changed(phone: &Phone<'_>, action: CaptureId, sets: Sets, saw: Vec<CaptureId>) -> ActionChanged {
    ActionChanged { id: phone.capture_id(), action, sets, saw }
}

fn to(from: Status, to: Status, reason: Option<&str>) -> Sets {
    Sets::Status { from, to, reason: reason.map(str::to_owned) }
}

/// The titles of a list in their order.
fn titles(body: &str) -> Vec<String> {
    let rows = body.split(r#"scope="row">"#).skip(1);
    rows.map(|row| {
        row.split("<bdi")
            .nth(1)
            .and_then(|b| b.split_once('>'))
            .map_or("", |(_, rest)| rest)
            .split('<')
            .next()
            .unwrap_or_default()
            .to_owned()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_to_do_comes_first_and_is_late_by_the_rule_of_the_phones() {
    let (town, _data) = town().await;
    let now = town.clock.ms();
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut yusuf = Phone::enrolled(&town, "two", "Pixel", "yusuf-darwish", "marina").await;
    opens(&mut ana, opening(&town, "Later", Priority::Low, Some(now + DAY)));
    opens(&mut ana, opening(&town, "Whenever", Priority::High, None));
    opens(&mut ana, opening(&town, "Late for an hour", Priority::Urgent, Some(now - HOUR)));
    let long = opens(&mut ana, opening(&town, "Late for four", Priority::Urgent, Some(now - 4 * HOUR)));
    opens(&mut ana, opening(&town, "Late and patient", Priority::Low, Some(now - 5 * HOUR)));
    let theirs = opens(&mut yusuf, opening(&town, "Mend the jetty", Priority::Normal, None));
    let one = opening(&town, "Put right", Priority::Normal, None);
    let (opened, done) = (one.id, opens(&mut ana, one));
    ana.says(Fact::ActionChanged(changed(&ana, done, to(Status::Open, Status::Done, None), vec![opened])));
    ana.syncs().await;
    yusuf.syncs().await;

    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get("/actions").await;
    let order = ["Late and patient", "Late for four", "Late for an hour", "Later"];
    assert_eq!(titles(&page.body)[..4], order);
    assert_eq!(titles(&page.body).last().map(String::as_str), Some("Put right"), "what waits for a look comes after");
    page.says("Overdue for long");
    assert_eq!(titles(&helen.get("/actions?late=overdue").await.body), order[..3]);
    assert_eq!(titles(&helen.get("/actions?late=long").await.body), ["Late for four"]);
    assert_eq!(titles(&helen.get("/actions?late=overdue&priority=urgent").await.body), order[1..3]);
    assert_eq!(titles(&helen.get("/actions?status=to-review").await.body), ["Put right"]);
    assert_eq!(titles(&helen.get("/actions?status=done").await.body), ["Put right"]);
    assert_eq!(titles(&helen.get("/actions?status=to-do&priority=high").await.body), ["Whenever"]);
    assert_eq!(titles(&helen.get("/actions?q=LATE+FOR").await.body), order[1..3]);
    assert_eq!(titles(&helen.get("/actions?q=yusuf").await.body), ["Mend the jetty"], "who opened it");
    helen.get("/actions?status=verified").await.says("Nothing fits these filters");
    for wrong in ["status=asleep", "priority=most", "late=never", "owner=me", "site=zz"] {
        let status = helen.get(&format!("/actions?{wrong}")).await.status;
        assert!(matches!(status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND), "{wrong}: {status}");
    }

    // Whoever leads one site sees nothing of another; staff see nothing at all.
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    grace.get("/actions").await.is_silent_about("Mend the jetty");
    assert_eq!(grace.get(&format!("/actions/{long}")).await.status, StatusCode::OK);
    assert_eq!(grace.get(&format!("/actions/{theirs}")).await.status, StatusCode::NOT_FOUND);
    let marina = town.site("marina").await.id;
    for path in ["/actions", "/actions.csv", "/runs", "/runs.csv", "/runs/answers.csv", "/weeks", "/failures"] {
        assert_eq!(grace.get(&format!("{path}?site={marina}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    town.hires("bo-staff", "Bo", Role::Staff, marina).await;
    town.lets_sign_in("bo-staff", "bo@harbour.example").await;
    let mut bo = Browser::signed_in(&town, "bo@harbour.example").await;
    for path in ["/actions", "/actions.csv", "/runs", "/runs.csv", "/runs/answers.csv", "/weeks", "/failures"] {
        assert_eq!(bo.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(bo.get(&format!("/actions/{theirs}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_tells_every_value_of_a_clash_where_it_came_from_and_what_was_before() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut ben = Phone::enrolled(&town, "two", "Pixel", "ben-okafor", "harbour").await;
    let mut sheet = ana.begins("opening-checks").await;
    ana.answers(&mut sheet, "shelves", frontline_domain::form::Value::Number(2.into()));
    ana.syncs().await;
    let origin = |item: &str| {
        Some(Origin {
            run: sheet.run.id(),
            procedure: "opening-checks".parse().expect("a slug"),
            item: item.parse().expect("a slug"),
            instance: 0,
        })
    };
    let first = ActionOpened { origin: origin("shelves"), ..opening(&town, "Shelves were empty", Priority::Low, None) };
    let first = opens(&mut ana, first);
    town.clock.set(town.clock.ms() + HOUR);
    let one = ActionOpened { origin: origin("shelves"), ..opening(&town, "Fill the <b>shelves</b>", Priority::Normal, None) };
    let (opened, action) = (one.id, opens(&mut ana, one));
    ana.syncs().await;
    // Neither saw what the other did.
    ana.says(Fact::ActionChanged(changed(&ana, action, to(Status::Open, Status::InProgress, None), vec![opened])));
    ben.says(Fact::ActionChanged(changed(&ben, action, to(Status::Open, Status::CannotDo, Some("No boxes left")), vec![opened])));
    ben.says(Fact::ActionCommented(ActionCommented { id: ben.capture_id(), action, text: "They come on Friday".into(), photos: vec![] }));
    ben.says(Fact::ActionChanged(changed(&ben, action, Sets::Owner(Some(ana.person)), vec![opened])));
    ana.syncs().await;
    ben.syncs().await;

    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&format!("/actions/{action}")).await;
    for words in [
        "Fill the <b>shelves</b>",
        "Set without seeing each other",
        "In progress Ana Pereira",
        "Can't be done Ben Okafor",
        "No boxes left",
        "Ben Okafor wrote: They come on Friday",
        "Ben Okafor gave it to Ana Pereira",
        "The same failure before Shelves were empty Open",
    ] {
        page.says(words);
    }
    page.is_silent_about("<b>shelves");
    assert!(page.body.contains(&format!("/runs/{}#shelves-0", sheet.run.id())) && page.body.contains(&format!("/actions/{first}")));
    assert!(!grace.get(&format!("/actions/{first}")).await.body.contains("The same failure before"), "nothing was before the first");
    assert_eq!(titles(&grace.get("/actions?status=clash").await.body).len(), 1);
    let page = grace.get("/").await;
    page.says("was set differently by two people");
    page.is_silent_about("Nothing needs you right now");
    let own = format!("/actions?owner={}", ana.person);
    assert_eq!(titles(&grace.get(&own).await.body).len(), 1);
    assert_eq!(titles(&grace.get("/actions?owner=nobody").await.body), ["Shelves were empty"]);
    let csv = grace.get("/actions.csv?status=clash").await.body;
    assert!(csv.contains("In progress,,Normal,Ana Pereira,") && csv.contains(",1,1,opening-checks,shelves,"), "{csv}");

    // A change that came before the opening that it is about waits for that, and what is written for another place is
    // no part of it.
    let mut yusuf = Phone::enrolled(&town, "three", "Pixel", "yusuf-darwish", "marina").await;
    yusuf.says(Fact::ActionChanged(changed(&yusuf, action, Sets::Title("Taken over".into()), vec![opened])));
    yusuf.syncs().await;
    grace.get("/actions").await.is_silent_about("Taken over");
    grace.get(&format!("/actions/{action}")).await.is_silent_about("Taken over");
    Browser::signed_in(&town, ADMIN).await.get("/actions").await.is_silent_about("Taken over");
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_that_would_run_in_a_spreadsheet_are_texts_in_the_file() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let hostile =
        ["=1+1", "+1", "-1", "@sum(a1)", "＝1", "＋1", "－1", "＠1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example\";\"x\")"];
    for title in hostile {
        opens(&mut ana, opening(&town, title, Priority::Normal, None));
    }
    opens(&mut ana, opening(&town, "a,b \"c\"", Priority::Normal, None));
    ana.syncs().await;
    let csv = Browser::signed_in(&town, ADMIN).await.get("/actions.csv").await.body;
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").skip(1).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), hostile.len() + 1);
    for title in hostile {
        let cell = format!("\"'{}\"", title.replace('"', "\"\""));
        assert!(lines.iter().any(|line| line.starts_with(&cell)), "{title} is not a text in {csv}");
    }
    assert!(lines.iter().any(|line| line.starts_with("\"a,b \"\"c\"\"\",")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_listed_as_it_came_is_what_is_listed_when_all_is_made_anew() {
    let (town, _data) = town().await;
    crate::support::tell(&town, NOW).await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let one = opening(&town, "Mend the door", Priority::High, Some(NOW));
    let (opened, action) = (one.id, opens(&mut ana, one));
    ana.says(Fact::ActionChanged(changed(&ana, action, to(Status::Open, Status::Done, None), vec![opened])));
    ana.syncs().await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let before = [helen.get("/actions.csv").await.body, helen.get("/runs.csv").await.body];
    assert!(before[1].lines().count() > 8, "{}", before[1]);
    let mut tx = town.app.store.write().await.expect("a transaction");
    lists::rebuild(&mut *tx, town.org).await.expect("listed anew");
    tx.commit().await.expect("written");
    let stale = town.app.store.read().await.expect("a view").stale(town.org, 999).await.expect("read").len();
    assert!(stale > 8, "{stale} rows are to be worked out");
    assert_eq!([helen.get("/actions.csv").await.body, helen.get("/runs.csv").await.body], before);

    // More than somebody waits for: the page says so, and the next one has them.
    let mut tx = town.app.store.write().await.expect("a transaction");
    for n in 0..2_050 {
        tx.put_stale(town.org, List::Runs, &format!("none-{n}")).await.expect("said");
    }
    tx.commit().await.expect("written");
    helen.get("/runs").await.says("still being gone through");
    assert!(!helen.get("/runs").await.text().contains("still being gone through"));
}

/// So many actions at a site, past phones and the judge.
async fn many(town: &Town, site: SiteId, from: usize, until: usize) {
    let mut tx = town.app.store.write().await.expect("a transaction");
    for n in from..until {
        let id = CaptureId::from_bytes((n as u128).to_be_bytes());
        let scope = Scope::Site(site);
        let row = ActionRow {
            scope,
            title: format!("Mend {n}"),
            status: Status::ALL[n % 6],
            priority: Priority::ALL[n % 4],
            owner: (!n.is_multiple_of(3)).then(|| PersonId::from_bytes([(n % 50) as u8; 16])),
            due_ms: n.is_multiple_of(2).then_some(NOW + n as i64 * 1_000),
            opened_by: PersonId::from_bytes([7; 16]),
            opened_ms: n as i64,
            changed_ms: n as i64,
            clashes: u32::from(n.is_multiple_of(40)),
            comments: 0,
            origin: None,
        };
        let key = lists::actions::key(scope, *id.as_bytes());
        tx.put_listed_row(town.org, List::Actions, &key, Some(&frontline_domain::cbor::encode(&row))).await.expect("kept");
        tx.set_listed(town.org, List::Actions, &key, &row.headings()).await.expect("listed");
    }
    tx.commit().await.expect("written");
}

/// `FRONTLINE_ROWS=100000` tries as many, and says how long each page takes.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_many_actions_costs_what_a_page_of_few_does() {
    let (town, _data) = town().await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    let most: usize = std::env::var("FRONTLINE_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let mut costs: Vec<Vec<u64>> = Vec::new();
    let mut have = 0;
    for count in [1_000, most] {
        many(&town, harbour, have, have + (count - have) / 2).await;
        many(&town, marina, have + (count - have) / 2, count).await;
        have = count;
        let mut cost = Vec::new();
        for path in ["/actions", "/actions?status=to-do", "/actions?status=verified&priority=urgent", "/actions?owner=nobody"] {
            let (before, begun) = (town.app.store.work(), SystemClock.now().wall_ms);
            let page = helen.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            cost.push(town.app.store.work() - before);
            println!("{path} of {count}: {} rows, {} ms", titles(&page.body).len(), SystemClock.now().wall_ms - begun);
        }
        costs.push(cost);
    }
    for (few, many) in costs[0].iter().zip(&costs[1]) {
        assert!(*many < few * 3, "of a thousand {few} steps, of {most} {many}");
    }
}
