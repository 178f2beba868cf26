//! Drafts: no phone has them, what they change is said before it is done, and publishing one is what a push would have done.

use axum::http::StatusCode;
use frontline_content::{Bundle, What};
use frontline_domain::form::Value;
use frontline_domain::release::{Content, Release};
use frontline_domain::{EntryType, Scope, Slug, Text};
use frontline_server::admin::{self, content::drafts};

use crate::support::browser::{Browser, Page};
use crate::support::{ADMIN, MANAGER, Phone, Town};
use crate::town;

fn sample() -> Bundle {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    frontline_content::check(&folder).expect("the sample content")
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// The sample with another fridge log: one item worded anew, one gone, and signed off by a manager.
fn changed() -> Bundle {
    let mut bundle = sample();
    let release = bundle.releases.iter_mut().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    let Content::Procedure(procedure) = &mut release.content else { panic!("no procedure") };
    procedure.sign_off = frontline_domain::permission::Role::Manager.into();
    let section = &mut procedure.form.sections[0];
    section.items.last_mut().expect("an item").label = Text::plain("en".parse().expect("a tag"), "Read once more");
    bundle
}

/// Which draft a page is about.
fn hash(page: &Page) -> String {
    let (_, rest) = page.body.split_once("name=\"draft\" value=\"").expect("a form");
    rest.split('"').next().expect("its end").to_owned()
}

/// All that phones could be sent of the organisation.
async fn fed(town: &Town) -> (u64, Vec<Vec<u8>>) {
    let mut tx = town.app.store.read().await.expect("a view");
    let head = tx.head(town.org, Scope::Org).await.expect("read").mark.number;
    let current = tx.records(town.org, EntryType::PUBLICATION).await.expect("read");
    (head, current.into_iter().map(|row| row.body).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_reaches_nobody_says_what_it_changes_and_is_published_as_a_push_would() {
    let (town, _data) = town().await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("fridge-log").await;
    let item =
        sheet.form.items().find(|i| matches!(i.kind, frontline_domain::form::ItemKind::Number(_))).expect("a number").slug.to_string();
    ana.answers(&mut sheet, &item, Value::Number(3.into()));
    ana.syncs().await;
    let (before, first) = (fed(&town).await, town.publication("procedure", "fridge-log").await);

    let plan = drafts::keep(&town.app, town.org, &changed(), &[]).await.expect("kept");
    assert_eq!((plan.count(What::Changed), plan.count(What::Added), plan.count(What::Withdrawn)), (1, 0, 0));
    assert!(plan.to_string().contains("signed off by: manager, before "), "{plan}");
    assert!(plan.to_string().ends_with("kept as drafts: 0 added, 1 changed, 0 withdrawn, 3 unchanged"), "{plan}");
    assert_eq!(fed(&town).await, before, "nothing that a phone could read was written");

    let mut helen = Browser::signed_in(&town, ADMIN).await;
    helen.get("/content").await.says("Drafts");
    helen.get("/drafts").await.says("Fridge log New version fridge-log · kept");
    helen.get("/content/procedure/fridge-log").await.says("There is a draft of a new version");
    let path = "/content/procedure/fridge-log/draft";
    let page = helen.get(path).await;
    page.says("Signed off by: Manager. Before:");
    page.says("Worded anew Read once more");
    page.says("1 open run stays on the version that it began with.");
    page.says("ask for this version");
    helen.sends("/language", &[("to", "ar"), ("back", "/")]).await;
    helen.get(path).await.says("صيغ من جديد");
    helen.sends("/language", &[("to", "en"), ("back", "/")]).await;

    // Whoever looked at another one publishes nothing.
    let seen = hash(&page);
    let mut other = changed();
    let release = other.releases.iter_mut().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    release.title = Text::plain("en".parse().expect("a tag"), "Fridges");
    drafts::keep(&town.app, town.org, &other, &[slug("fridge-log")]).await.expect("kept");
    let late = helen.sends(path, &[("draft", &seen), ("what", "publish")]).await;
    assert_eq!(late.to(), format!("{path}?done=gone"));
    assert_eq!(town.publication("procedure", "fridge-log").await, first);
    let page = helen.get(late.to()).await;
    page.says("That draft is another by now");
    page.says("It is called: Fridges. Before: Fridge log.");

    let done = helen.sends(path, &[("draft", &hash(&page)), ("what", "publish")]).await;
    assert_eq!(done.to(), "/content/procedure/fridge-log?done=drafted");
    let page = helen.get(done.to()).await;
    page.says("The draft is published.");
    page.says("Version 2 took the place of version 1.");
    page.is_silent_about("There is a draft");
    let now = town.publication("procedure", "fridge-log").await;
    let mut tx = town.app.store.read().await.expect("a view");
    let row = tx.release(town.org, now).await.expect("read").expect("a release");
    drop(tx);
    assert_eq!(Release::decode(&row.bytes).expect("a release").predecessor, Some(first));
    assert_eq!(helen.get(path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(helen.sends(path, &[("draft", &seen), ("what", "publish")]).await.to(), "/drafts?done=gone", "pressed twice");
    // Its folder finds nothing to do, and the run goes on as it was begun.
    let plan = admin::content::apply(&town.app, town.org, &other, true, true).await.expect("planned");
    assert!(plan.is_empty(), "{plan}");
    helen.get(&format!("/runs/{}", sheet.run.id())).await.says("Fridge log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_dropped_by_hand_by_its_own_push_or_when_it_says_nothing_new() {
    let (town, _data) = town().await;
    let (path, named) = ("/content/procedure/fridge-log/draft", [slug("fridge-log")]);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let first = town.publication("procedure", "fridge-log").await;
    drafts::keep(&town.app, town.org, &changed(), &named).await.expect("kept");
    let page = helen.get(path).await;
    let dropped = helen.sends(path, &[("draft", &hash(&page)), ("what", "drop")]).await;
    assert_eq!(dropped.to(), "/drafts?done=dropped");
    let page = helen.get(dropped.to()).await;
    page.says("The draft is dropped.");
    page.says("No drafts");
    assert_eq!(town.publication("procedure", "fridge-log").await, first);

    // What no longer differs.
    drafts::keep(&town.app, town.org, &changed(), &[]).await.expect("kept");
    let plan = drafts::keep(&town.app, town.org, &sample(), &[slug("fridge-log")]).await.expect("kept");
    assert!(plan.to_string().starts_with("nothing to keep as a draft"), "{plan}");
    assert_eq!(helen.get(path).await.status, StatusCode::NOT_FOUND);

    // What is pushed meanwhile; a push of something else leaves it.
    drafts::keep(&town.app, town.org, &changed(), &[]).await.expect("kept");
    admin::content::apply(&town.app, town.org, &sample(), false, true).await.expect("published");
    assert_eq!(helen.get(path).await.status, StatusCode::OK);
    admin::content::apply(&town.app, town.org, &changed(), false, true).await.expect("published");
    assert_eq!(helen.get(path).await.status, StatusCode::NOT_FOUND);

    let unknown = drafts::keep(&town.app, town.org, &sample(), &[slug("no-such")]).await.expect_err("refused");
    assert_eq!(unknown.to_string(), "there is no procedure ‘no-such’ in the folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_for_those_who_publish_and_a_new_procedure_is_one_before_it_is_anything() {
    let (town, _data) = town().await;
    let mut bundle = sample();
    let mut release = bundle.releases.iter().find(|r| r.slug.as_str() == "fridge-log").cloned().expect("a procedure");
    release.slug = slug("cold-room");
    release.title = Text::plain("en".parse().expect("a tag"), "<i>Cold</i> room");
    bundle.releases.push(release);
    drafts::keep(&town.app, town.org, &bundle, &[]).await.expect("kept");
    let path = "/content/procedure/cold-room/draft";
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    grace.get("/content").await.is_silent_about("Drafts");
    for path in ["/drafts", path] {
        assert_eq!(grace.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(grace.sends(path, &[("draft", ""), ("what", "publish")]).await.status, StatusCode::FORBIDDEN);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get(path).await;
    page.says("<i>Cold</i> room");
    page.says("nothing is published under this name yet");
    page.says("Everybody can start it");
    for wrong in [&[("draft", "x"), ("what", "publish")], &[("draft", hash(&page).as_str()), ("what", "burn")]] {
        assert_eq!(helen.sends(path, wrong).await.status, StatusCode::BAD_REQUEST, "{wrong:?}");
    }
    let done = helen.sends(path, &[("draft", &hash(&page)), ("what", "publish")]).await;
    helen.get(done.to()).await.says("Version 1 Current");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_given_to_people_one_may_see_and_reaches_their_own_feed_alone() {
    let (town, _data) = town().await;
    let (path, grace) = ("/content/procedure/fridge-log/draft", town.person("grace-whitfield").await.id);
    let (ana, yusuf) = (town.person("ana-pereira").await.id, town.person("yusuf-darwish").await.id);
    drafts::keep(&town.app, town.org, &changed(), &[]).await.expect("kept");
    let heads = async || {
        let mut tx = town.app.store.read().await.expect("a view");
        let mut all = Vec::new();
        for scope in [Scope::Org, Scope::Person(ana), Scope::Person(yusuf)] {
            all.push(tx.head(town.org, scope).await.expect("read").mark.number);
        }
        all
    };
    let before = heads().await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let page = helen.get(path).await;
    let seen = hash(&page);
    let lent = helen.sends(path, &[("draft", &seen), ("what", "lend"), ("person", &ana.to_string())]).await;
    assert_eq!(lent.to(), format!("{path}?done=lent"));
    let page = helen.get(lent.to()).await;
    page.says("It comes to their phone with its next sync.");
    page.says("Ana Pereira Take it back");
    let after = heads().await;
    assert_eq!((after[0], after[1], after[2]), (before[0], before[1] + 2, before[2]), "the release, and that it is hers to try");
    helen.get("/content").await.is_silent_about("Draft: Fridge log");
    // Nor where all lists are made anew.
    let mut tx = town.app.store.write().await.expect("a transaction");
    frontline_server::lists::rebuild(&mut *tx, town.org).await.expect("made anew");
    tx.commit().await.expect("written");
    helen.get("/content").await.is_silent_about("Draft: Fridge log");
    helen.get("/content/procedure/fridge-log").await.says("Version 1 Current");
    // Given once more, nothing is written; another draft takes its place with her.
    helen.sends(path, &[("draft", &seen), ("what", "lend"), ("person", &ana.to_string())]).await;
    assert_eq!(heads().await, after);
    let taken = helen.sends(path, &[("draft", &seen), ("what", "take"), ("person", &ana.to_string())]).await;
    helen.get(taken.to()).await.says("They try it no longer.");
    assert_eq!(heads().await[1], after[1] + 1);

    // An author, who oversees nobody, gives it to nobody but themselves, and is told of no names.
    let mut desk = admin::Desk::open(&town.app, town.org).await.expect("a desk");
    let author = desk.add_person("the-author", "The Author", Some("en")).await.expect("added").id;
    desk.grant(author, frontline_domain::permission::Role::Author, Scope::Org).await.expect("given");
    desk.close().await.expect("written");
    town.lets_sign_in("the-author", "author@harbour.example").await;
    helen.sends(path, &[("draft", &seen), ("what", "lend"), ("person", &grace.to_string())]).await;
    let mut author_browser = Browser::signed_in(&town, "author@harbour.example").await;
    let page = author_browser.get(path).await;
    page.is_silent_about("Grace");
    page.says("and 1 person elsewhere");
    let refused = author_browser.sends(path, &[("draft", &seen), ("what", "lend"), ("person", &ana.to_string())]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let own = author_browser.sends(path, &[("draft", &seen), ("what", "lend"), ("person", &author.to_string())]).await;
    assert_eq!(own.to(), format!("{path}?done=lent"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_tried_is_taken_from_phones_and_is_in_no_list_file_or_figure() {
    let (town, _data) = town().await;
    let bundle = changed();
    let release = bundle.releases.iter().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    drafts::keep(&town.app, town.org, &bundle, &[]).await.expect("kept");
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut desk = admin::Desk::open(&town.app, town.org).await.expect("a desk");
    let seen = Release::hash_of(&release.encode());
    assert!(desk.lend_draft(drafts::KIND, &release.slug, seen, ana.person).await.expect("given"));
    desk.close().await.expect("written");
    let trial = release.to_try().expect("a procedure");
    let (Content::Draft(tried), hash) = (&trial.content, Release::hash_of(&trial.encode())) else { panic!("a draft") };
    let mut sheet = ana.begins("fridge-log").await;
    (sheet.procedure, sheet.form) = (hash, tried.form.clone());
    let item =
        sheet.form.items().find(|i| matches!(i.kind, frontline_domain::form::ItemKind::Number(_))).expect("a number").slug.to_string();
    ana.answers(&mut sheet, &item, Value::Number(3.into()));
    ana.says(frontline_domain::fact::Fact::RunSubmitted(frontline_domain::fact::RunSealed {
        run: sheet.run.id(),
        answers: sheet.run.answers_hash(),
    }));
    ana.syncs().await;
    let mut tx = town.app.store.read().await.expect("a view");
    assert_eq!(tx.counts(town.org).await.expect("read").quarantined, 0);
    assert_eq!(tx.doc(town.org, sheet.run.id()).await.expect("read").expect("the server has it").release, hash);
    drop(tx);
    let (mut helen, run, site) = (Browser::signed_in(&town, ADMIN).await, sheet.run.id().to_string(), town.site("harbour").await.id);
    for path in ["/runs", "/runs.csv", "/runs/answers.csv", "/runs/figures.csv", &format!("/sites/{site}"), "/actions"] {
        let page = helen.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.is_silent_about(&run);
        page.is_silent_about("Draft: ");
    }
    helen.get("/weeks").await.says("No runs were begun in these weeks");
    helen.get("/failures?procedure=fridge-log").await.says("Nothing that can fail was answered");
    for path in [format!("/runs/{run}"), format!("/compare?a={run}")] {
        assert_eq!(helen.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    helen.get("/content/procedure/fridge-log/withdraw").await.says("No open run is known here");
    // What is tried is no content of a folder.
    let mut hostile = sample();
    hostile.releases.push(trial);
    let refused = admin::content::apply(&town.app, town.org, &hostile, false, true).await.expect_err("refused");
    assert!(refused.to_string().contains("draft fridge-log is tried and not published"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_not_published_over_what_it_was_never_compared_with() {
    let (town, _data) = town().await;
    drafts::keep(&town.app, town.org, &changed(), &[]).await.expect("kept");
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let path = "/content/procedure/fridge-log/draft";
    let seen = hash(&helen.get(path).await);
    // A colleague publishes a version of their own meanwhile.
    let mut pushed = sample();
    let release = pushed.releases.iter_mut().find(|r| r.slug.as_str() == "fridge-log").expect("a procedure");
    release.title = Text::plain("en".parse().expect("a tag"), "Fridges");
    admin::content::apply(&town.app, town.org, &pushed, false, true).await.expect("published");
    let theirs = town.publication("procedure", "fridge-log").await;
    let late = helen.sends(path, &[("draft", &seen), ("what", "publish")]).await;
    assert_eq!(late.to(), format!("{path}?done=gone"));
    assert_eq!(town.publication("procedure", "fridge-log").await, theirs, "nothing of theirs is undone");
    // Who pushes a folder in which it is as it is published does not take a colleague's draft away.
    drafts::keep(&town.app, town.org, &pushed, &[]).await.expect("kept");
    let page = helen.get(path).await;
    page.says("Before: Fridges.");
    let done = helen.sends(path, &[("draft", &hash(&page)), ("what", "publish")]).await;
    assert_eq!(done.to(), "/content/procedure/fridge-log?done=drafted");
}
