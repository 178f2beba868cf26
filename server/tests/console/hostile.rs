//! What was typed to do harm is shown as it was typed.

use axum::http::StatusCode;
use frontline_domain::fact::{Fact, FeedbackGiven, Returned};
use frontline_domain::form::Value;
use frontline_domain::permission::Role;

use crate::support::browser::Browser;
use crate::support::{MANAGER, Phone};
use crate::town;

/// Turns what follows, and ends an isolation that is not its own.
const TURNS: &str = "pay \u{202e}001 EUR\u{2069}\u{1b}[2J";
const SHOWN: &str = "pay \\u{202e}001 EUR\\u{2069}\\u{1b}[2J";

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_and_comments_are_shown_as_they_were_typed() {
    let (town, _data) = town().await;
    let site = town.site("harbour").await;
    // A name may turn the direction of what follows; control characters are refused when it is given.
    let name = format!("<script>alert('Ana')</script>{}", TURNS.replace('\u{1b}', ""));
    let mallory = town.hires("mallory", &name, Role::Supervisor, site.id).await;
    let mut phone = Phone::enrolled(&town, "\"><b>phone", &format!("<i>model</i>{TURNS}"), "mallory", "harbour").await;
    let survey = town.publication("survey", "checkout").await;
    let comment = format!("<img src=x onerror=alert(1)><script src=//evil.example></script> {{name}} & \"friends\" {TURNS}");
    let id = phone.capture_id();
    let comment = phone.seals(id, &comment);
    phone.says(Fact::FeedbackGiven(FeedbackGiven {
        id,
        touchpoint: "harbour-shop".parse().expect("a slug"),
        survey,
        score: 1,
        reason: None,
        comment: Some(comment),
        kiosk: false,
        test: false,
    }));
    let mut sheet = phone.begins("closing-cash").await;
    let item =
        sheet.form.items().find(|i| matches!(i.kind, frontline_domain::form::ItemKind::LongText | frontline_domain::form::ItemKind::Text));
    let item = item.expect("an item for words").slug.to_string();
    phone.answers(&mut sheet, &item, Value::Text(format!("<u>seven</u> {TURNS}")));
    phone.says(Fact::Returned(Returned { run: sheet.run.id(), reason: format!("<s>again</s> {TURNS}") }));
    phone.syncs().await;

    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let (place, run) = (format!("/sites/{}", site.id), format!("/runs/{}", sheet.run.id()));
    let theirs = format!("/people/{mallory}");
    for path in [&place, &format!("{place}/enrol"), "/assign", &run, "/people", &theirs, "/devices", "/sync-health?state=every"] {
        let page = grace.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for markup in ["<script>alert", "<script src=//", "<img src=x", "<b>phone", "<i>model", "<u>seven", "<s>again"] {
            page.is_silent_about(markup);
        }
        for control in ["\u{202e}", "\u{1b}"] {
            page.is_silent_about(control);
        }
        // Every isolation that is begun here is ended, and none other.
        assert_eq!(page.body.matches('\u{2068}').count(), page.body.matches('\u{2069}').count(), "{path}");
        assert!(page.body.contains("&#60;script&#62;alert"), "{path}");
        page.says(SHOWN.split(r"\u{1b}").next().expect("its beginning"));
    }
    grace
        .get(&place)
        .await
        .says(&format!("<img src=x onerror=alert(1)><script src=//evil.example></script> {{name}} & \"friends\" {SHOWN}"));
    let page = grace.get(&run).await;
    page.says(&format!("<u>seven</u> {SHOWN}"));
    page.says(&format!("<s>again</s> {SHOWN}"));
    let page = grace.get("/sign-in?next=%22%3E%3Cscript%3E").await;
    assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/"));
}
