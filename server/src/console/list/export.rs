//! The whole filtered list as a file, sent while it is read: what is in memory is a page or two, however long
//! the list, and nothing is read that nobody takes.

use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use async_trait::async_trait;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use tokio::sync::mpsc;

use super::{List, Reading, csv, paged};
use crate::console::Console;
use crate::console::errors::Failure;
use crate::console::session::Me;
use crate::console::strings::Strings;
use crate::store::Walk;

/// A file of what a list finds.
#[async_trait]
pub trait File: Default + Send + 'static {
    type List: List;
    /// Rows that are read at once.
    const ROWS: usize;
    /// Rows of the list that it holds at most.
    const MOST: usize = usize::MAX;
    /// What it is saved as, without `.csv`.
    fn name() -> String;
    fn columns(t: &'static Strings) -> Vec<&'static str>;
    /// The lines of one row of the list.
    async fn lines(
        &mut self,
        list: &Self::List,
        reading: &mut Reading,
        item: &<Self::List as List>::Item,
        out: &mut String,
    ) -> Result<(), Failure>;
    /// What is said where the list has more than the file may hold.
    fn cut(_: &'static Strings) -> String {
        String::new()
    }
}

/// A line for each row.
pub struct Plain<L>(PhantomData<fn() -> L>);

impl<L> Default for Plain<L> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

#[async_trait]
impl<L: List> File for Plain<L> {
    type List = L;
    const ROWS: usize = 200;
    fn name() -> String {
        L::PATH.trim_start_matches('/').to_owned()
    }
    fn columns(t: &'static Strings) -> Vec<&'static str> {
        L::file_columns(t)
    }
    async fn lines(&mut self, list: &L, reading: &mut Reading, item: &L::Item, out: &mut String) -> Result<(), Failure> {
        csv::line(out, list.file_cells(reading, item));
        Ok(())
    }
}

/// `GET /…​.csv`, with the same filter as the page.
pub async fn export<L: List>(console: State<Arc<Console>>, me: Me, list: Query<L>) -> Result<Response, Failure> {
    file::<Plain<L>>(console, me, list).await
}

/// The same of any file of a list.
pub async fn file<F: File>(State(console): State<Arc<Console>>, me: Me, Query(list): Query<F::List>) -> Result<Response, Failure> {
    if !F::List::is_for(&me) {
        return Err(Failure::Forbidden);
    }
    let behind = F::List::prepare(&console, &me).await?;
    // What is wrong with the filter is said now: once the file has begun, nothing can be.
    let reading = Reading::begin(console.clone(), me.clone()).await?;
    list.sources(&reading)?;
    drop(reading);
    let (lines, taken) = mpsc::channel(1);
    tokio::spawn(async move {
        if let Err(Failure::Failed(why)) = send::<F>(&list, &console, &me, behind, &lines).await {
            tracing::error!(%why, list = F::List::PATH, "a file of a list was cut short");
            // The connection breaks, so that nobody takes the part for the whole.
            let _ = lines.send(Err(Broken)).await;
        }
    });
    let name = format!("attachment; filename=\"frontline-{}.csv\"", F::name());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| Failure::Wrong)?),
    ];
    Ok((headers, Body::from_stream(Lines(taken))).into_response())
}

async fn send<F: File>(
    list: &F::List,
    console: &Arc<Console>,
    me: &Me,
    behind: bool,
    lines: &mpsc::Sender<Result<Bytes, Broken>>,
) -> Result<(), Failure> {
    let (mut file, mut text, mut left) = (F::default(), csv::BEGIN.to_owned(), F::MOST);
    csv::line(&mut text, F::columns(me.t));
    let mut from = None;
    loop {
        // A view of its own for each: a slow reader must not keep the store's log from being written back.
        let mut reading = Reading::begin(console.clone(), me.clone()).await?;
        let most = F::ROWS.min(left);
        let slice = paged::read(list, &mut reading, Walk { from: from.take(), back: false, most }).await?;
        for (_, item) in &slice.rows {
            file.lines(list, &mut reading, item, &mut text).await?;
            tokio::task::yield_now().await;
        }
        drop(reading);
        left -= slice.rows.len();
        let full = slice.rows.len() >= most;
        from = slice.stopped.or(slice.rows.into_iter().next_back().map(|(at, _)| at).filter(|_| full));
        let cut = left == 0 && from.is_some();
        if cut {
            csv::line(&mut text, [F::cut(me.t)]);
        }
        if behind && (cut || from.is_none()) {
            csv::line(&mut text, [me.t.lists.behind]);
        }
        if lines.send(Ok(Bytes::from(std::mem::take(&mut text)))).await.is_err() || from.is_none() || cut {
            return Ok(());
        }
    }
}

/// The file ends before its time.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the list could not be read to its end")]
struct Broken;

/// Lines as they are written.
struct Lines(mpsc::Receiver<Result<Bytes, Broken>>);

impl Stream for Lines {
    type Item = Result<Bytes, Broken>;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}
