//! The whole filtered list as a file, sent while it is read: what is in memory is a page or two, however long
//! the list, and nothing is read that nobody takes.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

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
use crate::store::Walk;

/// Rows that are read at once.
const ROWS: usize = 200;

/// `GET /…​.csv`, with the same filter as the page.
pub async fn export<L: List>(State(console): State<Arc<Console>>, me: Me, Query(list): Query<L>) -> Result<Response, Failure> {
    if !L::is_for(&me) {
        return Err(Failure::Forbidden);
    }
    // What is wrong with the filter is said now: once the file has begun, nothing can be.
    let reading = Reading::begin(console.clone(), me.clone()).await?;
    list.sources(&reading)?;
    drop(reading);
    let (lines, taken) = mpsc::channel(1);
    tokio::spawn(async move {
        if let Err(Failure::Failed(why)) = send(&list, &console, &me, &lines).await {
            tracing::error!(%why, list = L::PATH, "a file of a list was cut short");
            // The connection breaks, so that nobody takes the part for the whole.
            let _ = lines.send(Err(Broken)).await;
        }
    });
    let name = format!("attachment; filename=\"frontline-{}.csv\"", L::PATH.trim_start_matches('/'));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| Failure::Wrong)?),
    ];
    Ok((headers, Body::from_stream(Lines(taken))).into_response())
}

async fn send<L: List>(list: &L, console: &Arc<Console>, me: &Me, lines: &mpsc::Sender<Result<Bytes, Broken>>) -> Result<(), Failure> {
    let mut text = csv::BEGIN.to_owned();
    csv::line(&mut text, L::file_columns(me.t));
    let mut from = None;
    loop {
        // A view of its own for each: a slow reader must not keep the store's log from being written back.
        let mut reading = Reading::begin(console.clone(), me.clone()).await?;
        let slice = paged::read(list, &mut reading, Walk { from: from.take(), back: false, most: ROWS }).await?;
        for (_, item) in &slice.rows {
            csv::line(&mut text, list.file_cells(&reading, item));
        }
        drop(reading);
        let full = slice.rows.len() >= ROWS;
        from = slice.stopped.or(slice.rows.into_iter().next_back().map(|(at, _)| at).filter(|_| full));
        if lines.send(Ok(Bytes::from(std::mem::take(&mut text)))).await.is_err() || from.is_none() {
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
