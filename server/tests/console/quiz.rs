//! Who passed the quiz of a module that is assigned.

use axum::http::StatusCode;
use frontline_domain::fact::{AttemptFinished, AttemptStarted, Fact};
use frontline_domain::quiz::{Quiz, grade};
use frontline_domain::record::Assignment;
use frontline_domain::{CaptureId, ReleaseHash, Scope};

use crate::support::browser::Browser;
use crate::support::{MANAGER, Phone, Town};
use crate::town;

/// Where the assignment of a module is looked at.
async fn assigned(town: &Town, slug: &str, to: Scope) -> String {
    let mut tx = town.app.store.read().await.expect("a view");
    let all: Vec<Assignment> = frontline_server::records::all(&mut *tx, town.org).await.expect("read");
    let one = all.iter().find(|a| a.kind == "module" && a.slug.as_str() == slug && a.to == to).expect("assigned");
    format!("/assignments/{}", one.id)
}

async fn quiz_of(town: &Town, slug: &str) -> (ReleaseHash, Quiz) {
    let hash = town.publication("module", slug).await;
    let row = town.app.store.read().await.expect("a view").release(town.org, hash).await.expect("read").expect("a release");
    let release = frontline_domain::release::Release::decode(&row.bytes).expect("a release");
    let frontline_domain::release::Content::Module(module) = release.content else { panic!("no module") };
    (hash, module.quiz.expect("a quiz"))
}

fn begins(phone: &mut Phone<'_>, module: ReleaseHash) -> CaptureId {
    let id = phone.capture_id();
    phone.says(Fact::AttemptStarted(AttemptStarted { id, module }));
    id
}

/// Hands in the first `known` right answers.
fn hands_in(phone: &mut Phone<'_>, attempt: CaptureId, (module, quiz): &(ReleaseHash, Quiz), known: usize) {
    let right = quiz.questions().filter_map(|q| Some((q.slug.clone(), q.answer_key.as_ref()?.value.clone())));
    let answers = right.take(known).collect();
    let graded = grade(quiz, &answers);
    let (points, of, passed) = (graded.points, graded.of, graded.passed);
    phone.says(Fact::AttemptFinished(AttemptFinished { attempt, module: *module, answers, points, of, passed }));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assigned_module_says_who_passed_with_what_result_and_after_how_many_attempts() {
    let (town, _data) = town().await;
    let site = town.site("harbour").await.id;
    let quiz = quiz_of(&town, "coffee-basics").await;
    let mut ana = Phone::enrolled(&town, "one", "Pixel", "ana-pereira", "harbour").await;
    let mut ben = Phone::enrolled(&town, "two", "Pixel", "ben-okafor", "harbour").await;
    let mut priya = Phone::enrolled(&town, "three", "Pixel", "priya-nair", "harbour").await;
    let first = begins(&mut ana, quiz.0);
    hands_in(&mut ana, first, &quiz, 2);
    let second = begins(&mut ana, quiz.0);
    hands_in(&mut ana, second, &quiz, 6);
    let only = begins(&mut ben, quiz.0);
    hands_in(&mut ben, only, &quiz, 1);
    begins(&mut priya, quiz.0);
    for phone in [&mut ana, &mut ben, &mut priya] {
        phone.syncs().await;
    }
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get(&format!("/sites/{site}")).await;
    let path = assigned(&town, "coffee-basics", Scope::Site(site)).await;
    assert!(page.body.contains(&format!("href=\"{path}\"")), "the site leads to it");
    page.says("1 of 12 passed");
    let page = grace.get(&path).await;
    page.says("1 of 12 passed");
    page.says("A quiz counts as passed from 80 % of its points.");
    let rows: Vec<String> = page.body.split("<tr role=\"row\">").skip(2).map(str::to_owned).collect();
    let row = |name: &str| rows.iter().find(|r| r.contains(name)).unwrap_or_else(|| panic!("no {name}"));
    for (name, words) in [
        ("Ana Pereira", &["Passed", "13 of 13 points", "2 of 3", "<time"][..]),
        ("Ben Okafor", &["Not passed", "2 of 13 points", "1 of 3"]),
        ("Priya Nair", &["Under way", "None yet", "1 of 3"]),
        ("Callum Reid", &["Not begun", "None yet", "0 of 3"]),
    ] {
        for word in words {
            assert!(row(name).contains(word), "{name} lacks {word}: {}", row(name));
        }
    }
    // A procedure is done in runs; what is no id names nothing.
    let mut tx = town.app.store.read().await.expect("a view");
    let all: Vec<Assignment> = frontline_server::records::all(&mut *tx, town.org).await.expect("read");
    let procedure = all.iter().find(|a| a.kind == "procedure" && a.to == Scope::Site(site)).expect("assigned").id;
    grace.get(&format!("/assignments/{procedure}")).await.says("A procedure is done in runs");
    assert_eq!(grace.get("/assignments/nothing").await.status, StatusCode::NOT_FOUND);
}
