//! The page of any list.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;

use super::paged::{self, Turn};
use super::{List, Reading};
use crate::console::Console;
use crate::console::address::with;
use crate::console::errors::{Failure, show as page};
use crate::console::pages::frame;
use crate::console::session::Me;
use crate::console::view::{ListPage, Notice, Pager};

/// `GET` of a list.
pub async fn show<L: List>(
    State(console): State<Arc<Console>>,
    me: Me,
    Query(list): Query<L>,
    Query(turn): Query<Turn>,
) -> Result<Response, Failure> {
    if !L::is_for(&me) {
        return Err(Failure::Forbidden);
    }
    let behind = L::prepare(&console, &me).await?;
    let mut reading = Reading::begin(console, me).await?;
    let found = paged::page(&list, &mut reading, &turn).await?;
    let (terms, t) = (list.terms(), reading.me.t);
    let fields = list.fields(&mut reading).await?;
    let turned = |to: Option<(&'static str, String)>| to.map(|one| with(L::PATH, terms.iter().cloned().chain([one])));
    let texts = L::texts(t);
    let pager = Pager {
        first: (!found.is_first).then(|| with(L::PATH, terms.iter().cloned())),
        next_words: if found.partial.is_some() { t.lists.look_further } else { t.lists.next },
        previous: turned(found.previous),
        next: turned(found.next),
    };
    let shown = ListPage {
        title: texts.title,
        lead: texts.lead,
        path: L::PATH,
        notice: list.notice(&reading).or_else(|| behind.then(|| Notice { tone: "warn", text: t.lists.behind.to_owned(), link: None })),
        rules: L::rules(&reading),
        action: L::action(&reading),
        ways: list.ways(&reading),
        filtered: !terms.is_empty(),
        fields,
        columns: L::columns(t),
        rows: found.items.iter().map(|item| list.row(&reading, item)).collect(),
        partial: found.partial.map(|n| t.counted(t.lists.partial, n)),
        csv: with(&format!("{}.csv", L::PATH), terms.into_iter()),
        empty: texts.empty,
        empty_text: texts.empty_text,
        pager,
        frame: frame(&mut *reading.tx, &reading.me, Some(L::PLACE), None).await?,
    };
    Ok(page(&shown))
}
