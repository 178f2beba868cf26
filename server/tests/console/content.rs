//! Content: what is published, what became of it, and what withdrawing it does.

use axum::http::StatusCode;
use frontline_domain::permission::Role;
use frontline_domain::release::{Content, Release};
use frontline_server::admin::{self, Desk};

use crate::support::browser::Browser;
use crate::support::{ADMIN, MANAGER, Town, tell};
use crate::{NOW, town};

/// Pushes the sample folder again, with other minutes in its module.
async fn push_again(town: &Town) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    let mut bundle = frontline_content::check(&folder).expect("the sample content");
    for release in &mut bundle.releases {
        if let Release { content: Content::Module(module), .. } = release
            && release.slug.as_str() == "coffee-basics"
        {
            module.minutes = Some(99);
        }
    }
    admin::content::apply(&town.app, town.org, &bundle, false, true).await.expect("published");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_listed_with_its_versions_and_its_history() {
    let (town, _data) = town().await;
    tell(&town, NOW).await;
    push_again(&town).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let list = grace.get("/content?kind=procedure").await;
    list.says("Fridge log fridge-log Procedure Version 1");
    list.is_silent_about("coffee-basics");
    grace.get("/content?q=fridge").await.says("Fridge log");
    grace.get("/content?state=withdrawn").await.says("Nothing fits these filters");
    assert_eq!(grace.get("/content?kind=poem").await.status, StatusCode::BAD_REQUEST);
    assert!(grace.get("/content.csv").await.body.contains("coffee-basics,Module,2,"), "the second version is current");
    let page = grace.get("/content/module/coffee-basics").await;
    page.says("Version 2 Current");
    page.says("Version 2 took the place of version 1.");
    page.says("Version 1 was published.");
    page.is_silent_about("/withdraw");
    // Runs that are under way, of her own site alone.
    grace.get("/content/procedure/fridge-log").await.says("1 run 1 of them open");
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    helen.get("/content/procedure/fridge-log").await.says("2 runs 2 of them open");
    for path in ["/content/module/nothing", "/content/poem/coffee-basics", "/content/module/Not%20A%20Slug"] {
        assert_eq!(grace.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_says_what_it_does_and_an_earlier_version_can_be_made_current_again() {
    let (town, _data) = town().await;
    tell(&town, NOW).await;
    push_again(&town).await;
    let (path, ways) = ("/content/module/coffee-basics", ["withdraw", "publish"]);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    for way in ways {
        assert_eq!(grace.get(&format!("{path}/{way}")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(grace.sends(&format!("{path}/{way}"), &[]).await.status, StatusCode::FORBIDDEN);
    }
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let asked = helen.get("/content/procedure/fridge-log/withdraw").await;
    asked.says("Withdraw Fridge log?");
    asked.says("No new run of it can be started");
    asked.says("2 open runs stay on the version that they began with.");
    asked.says("ask for it; withdraw them too");
    asked.says("The next push of the content folder puts its own version back.");
    let done = helen.sends(&format!("{path}/withdraw"), &[]).await;
    assert_eq!(done.to(), format!("{path}?done=withdrawn"));
    helen.get(done.to()).await.says("It is withdrawn.");
    helen.get("/content?state=withdrawn").await.says("coffee-basics");
    assert_eq!(helen.sends(&format!("{path}/withdraw"), &[]).await.to(), format!("{path}?done=gone"));

    let mut tx = town.app.store.read().await.expect("a view");
    let versions = tx.versions(town.org, "module", "coffee-basics", 9).await.expect("read");
    drop(tx);
    let first = versions.last().expect("the first").hash.to_string();
    helen.get(&format!("{path}/publish?version={first}")).await.says("New work uses version 1");
    let done = helen.sends(&format!("{path}/publish"), &[("version", &first)]).await;
    assert_eq!(done.to(), format!("{path}?done=published"));
    let page = helen.get(done.to()).await;
    page.says("Version 1 Current");
    page.says("Version 1 was published again.");
    page.says("Version 2 was withdrawn.");
    assert_eq!(town.publication("module", "coffee-basics").await.to_string(), first);
    // A version of something else is none of this.
    let other = town.publication("procedure", "fridge-log").await.to_string();
    for way in [other.as_str(), "x", ""] {
        assert_eq!(helen.get(&format!("{path}/publish?version={way}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(helen.sends(&format!("{path}/publish"), &[("version", way)]).await.status, StatusCode::NOT_FOUND);
    }
    // The folder has the last word.
    push_again(&town).await;
    helen.get(path).await.says("Version 2 Current");
    assert_eq!(helen.get("/content?state=withdrawn").await.text().matches("coffee-basics").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_sees_content_and_nothing_of_the_sites() {
    let (town, _data) = town().await;
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    let id = desk.add_person("the-author", "The Author", Some("en")).await.expect("added").id;
    desk.grant(id, Role::Author, frontline_domain::Scope::Org).await.expect("given");
    desk.close().await.expect("written");
    town.lets_sign_in("the-author", "author@harbour.example").await;
    let mut author = Browser::signed_in(&town, "author@harbour.example").await;
    author.get("/content").await.says("Fridge log");
    author.get("/content/procedure/fridge-log/withdraw").await.says("Withdraw Fridge log?");
    for path in ["/people", "/devices", "/assignments", "/sync-health", "/quarantine"] {
        assert_eq!(author.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
