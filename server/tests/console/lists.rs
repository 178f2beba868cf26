//! Lists page by page: each row once whatever happens meanwhile, the whole as a file, and a cost that follows
//! the page.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use frontline_domain::{DeviceId, Random, SiteId};
use frontline_server::lists;
use frontline_server::store::{Certified, DeviceRow};

use crate::support::browser::{Browser, Page};
use crate::support::{ADMIN, MANAGER, Town};
use crate::town;

/// So many devices at a site, by a short cut past enrolment.
async fn devices(town: &Town, site: SiteId, name: &str, from: usize, count: usize) {
    let mut tx = town.app.store.write().await.expect("a transaction");
    let person = frontline_domain::PersonId::from_bytes([7; 16]);
    for n in from..from + count {
        let id = DeviceId::from_bytes(town.random.uuid_v7(town.clock.ms()));
        let row = DeviceRow {
            id,
            name: format!("{name}-{n}"),
            model: "Pixel".into(),
            site,
            key: [1; 32],
            enrolled_ms: 1,
            revoked_ms: None,
            lost: false,
            reason: None,
            app: None,
            last_contact_ms: None,
            reported_through_ms: None,
        };
        tx.put_device(town.org, &row).await.expect("kept");
        tx.put_certified(town.org, &Certified { device: id, person, site, at_ms: 1, since_ms: 1, signed_out_ms: None })
            .await
            .expect("kept");
        lists::device(&mut *tx, town.org, id).await.expect("listed");
    }
    tx.commit().await.expect("written");
}

/// The words of the row headers of a list.
fn rows(page: &Page) -> Vec<String> {
    let body = page.body.split("<tbody").nth(1).unwrap_or_default();
    let heads = body.split(r#"scope="row">"#).skip(1).map(|part| part.split("</th>").next().unwrap_or_default());
    heads
        .map(|head| {
            let text = head.split("<bdi").nth(1).and_then(|b| b.split_once('>')).map_or("", |(_, rest)| rest);
            text.split('<').next().unwrap_or_default().to_owned()
        })
        .collect()
}

/// Where a link of the pager leads.
fn link(page: &Page, rel: &str) -> Option<String> {
    let at = page.body.find(&format!(r#"" rel="{rel}""#))?;
    let before = &page.body[..at];
    Some(before[before.rfind("href=\"").expect("an address") + 6..].replace("&#38;", "&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_walked_by_its_own_links_each_row_once_and_back_again() {
    let (town, _data) = town().await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    devices(&town, harbour, "harbour", 1, 95).await;
    devices(&town, marina, "marina", 1, 30).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let mut page = helen.get("/devices").await;
    let (mut pages, mut all) = (Vec::new(), Vec::new());
    loop {
        all.extend(rows(&page));
        pages.push(rows(&page));
        let Some(next) = link(&page, "next") else { break };
        // What is added before the place where somebody reads moves nothing.
        devices(&town, harbour, "a-new-one", pages.len(), 1).await;
        page = helen.get(&next).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 25]);
    assert_eq!((&*all[0], &*all[8], &*all[9], &*all[124]), ("harbour-1", "harbour-9", "harbour-10", "marina-30"));
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 125, "each once");
    let middle = helen.get(&link(&page, "prev").expect("a way back")).await;
    assert_eq!(rows(&middle), pages[1]);
    let first = helen.get(&link(&middle, "prev").expect("a way back")).await;
    assert_eq!(rows(&first), pages[0], "and what was added is before them");
    let before = helen.get(&link(&first, "prev").expect("a way to what was added")).await;
    assert_eq!(rows(&before)[..2], ["a-new-one-1", "a-new-one-2"]);
    assert!(link(&before, "prev").is_none());

    // The filter stays on the way; a site manager's list is their own.
    let page = helen.get(&format!("/devices?site={harbour}&q=harbour-")).await;
    let second = helen.get(&link(&page, "next").expect("more")).await;
    assert_eq!(rows(&second).len(), 45);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = grace.get("/devices").await;
    assert!(rows(&page).iter().all(|name| !name.starts_with("marina")));
    assert_eq!(grace.get(&format!("/devices?site={marina}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_made_up_is_refused_or_leads_to_ones_own_rows() {
    let (town, _data) = town().await;
    devices(&town, town.site("harbour").await.id, "harbour", 1, 60).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    for wrong in ["/devices?after=zz", "/devices?after=00", "/devices?before=ff", "/devices?state=asleep", "/devices?site=harbour"] {
        let page = grace.get(wrong).await;
        assert!(matches!(page.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND), "{wrong}: {}", page.status);
    }
    let long = format!("/devices?after={}", "ab".repeat(3_000));
    assert_eq!(grace.get(&long).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(grace.get(&format!("/devices?q={}", "a".repeat(200))).await.status, StatusCode::BAD_REQUEST);
    grace.get("/devices?q=nobody").await.says("Nothing fits these filters");
    grace.get("/devices.csv?state=asleep").await.says("That could not be understood");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_holds_the_whole_filtered_list_and_no_formula() {
    let (town, _data) = town().await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    devices(&town, harbour, "=cmd|' /C calc'!A", 1, 3).await;
    devices(&town, harbour, "harbour", 1, 700).await;
    devices(&town, marina, "marina", 1, 10).await;
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let file = helen.get(&format!("/devices.csv?site={harbour}")).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().expect("text").contains("frontline-devices.csv"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 1 + 703);
    assert!(lines[0].starts_with("Device,Site,State,"), "{}", lines[0]);
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), 704, "each once");
    assert!(lines[1].starts_with("\"'=cmd|"), "{}", lines[1]);
    assert!(lines.iter().skip(4).all(|line| line.starts_with("harbour-") && line.contains("London")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_ten_thousand_rows_costs_what_a_page_of_a_thousand_does() {
    let (town, _data) = town().await;
    let (harbour, marina) = (town.site("harbour").await.id, town.site("marina").await.id);
    let mut helen = Browser::signed_in(&town, ADMIN).await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let mut costs: Vec<Vec<u64>> = Vec::new();
    let mut have = 1;
    for count in [1_000, 10_000] {
        for at in [harbour, marina] {
            devices(&town, at, "harbour", have, count / 2 + 1 - have.min(count / 2)).await;
        }
        have = count / 2 + 1;
        let mut cost = Vec::new();
        for browser in [&mut helen, &mut grace] {
            let first = browser.get("/devices").await;
            let next = link(&first, "next").expect("more");
            for path in ["/devices", &next, "/devices?q=harbour-4", "/devices?state=in-use"] {
                let before = town.app.store.work();
                let page = browser.get(path).await;
                assert_eq!(rows(&page).len(), 50, "{path}");
                cost.push(town.app.store.work() - before);
            }
        }
        costs.push(cost);
    }
    for (few, many) in costs[0].iter().zip(&costs[1]) {
        assert!(*many < few * 2, "of a thousand {few} steps, of ten thousand {many}");
    }
}
