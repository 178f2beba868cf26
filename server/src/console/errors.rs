//! When a page can't be shown: the reasons, and the page that says so in the console's own design.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::session::Me;
use super::strings::{Strings, fill};
use super::view::ErrorPage;
use super::{Console, language};
use crate::panics::caught;
use crate::store::StoreError;

/// Why a request ends without its page.
#[derive(Debug, Clone)]
pub enum Failure {
    /// Nobody is signed in.
    SignIn { next: String },
    /// The person may see the place, but not do this there.
    Forbidden,
    /// No such thing in this organisation, or none that the person may see: the same answer for both.
    Missing,
    /// The form's token is not this session's.
    Expired,
    /// What was sent is not what the page sends.
    Wrong,
    /// The server's own fault, in words for its log.
    Failed(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl IntoResponse for Failure {
    /// The bare status; [`dress`] makes the page of it.
    fn into_response(self) -> Response {
        let status = match &self {
            Self::SignIn { next } => return Redirect::to(&super::sign_in::address(next)).into_response(),
            Self::Forbidden | Self::Expired => StatusCode::FORBIDDEN,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Wrong => StatusCode::BAD_REQUEST,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The middleware: an answer that failed gets its page, and what failed here gets a reference under which
/// the log has the reason.
pub async fn dress(State(console): State<Arc<Console>>, request: Request, next: Next) -> Response {
    let t = request.extensions().get::<Me>().map_or_else(|| language::of(request.headers(), None), |me| me.t);
    let response = match caught(AssertUnwindSafe(next.run(request))).await {
        Some(response) => response,
        None => {
            console.metrics.panicked();
            Failure::Failed("a handler panicked".to_owned()).into_response()
        }
    };
    let failure = match (response.extensions().get::<Failure>(), response.status()) {
        (Some(failure), _) => failure.clone(),
        (None, StatusCode::NOT_FOUND) => Failure::Missing,
        (None, StatusCode::METHOD_NOT_ALLOWED | StatusCode::BAD_REQUEST) => Failure::Wrong,
        _ => return response,
    };
    let reference = match &failure {
        Failure::Failed(why) => {
            let reference = format!("{:08x}", console.random.next_u64() >> 32);
            tracing::error!(%reference, %why, "a page of the console failed");
            Some(fill(t.errors.reference, &[("id", &reference)]))
        }
        _ => None,
    };
    let (title, text) = words(&failure, t);
    let page = ErrorPage { t, title, text: text.to_owned(), reference };
    let status = response.status();
    (status, show(&page)).into_response()
}

fn words(failure: &Failure, t: &Strings) -> (&'static str, &'static str) {
    match failure {
        Failure::Forbidden => (t.errors.forbidden, t.errors.forbidden_text),
        Failure::Expired => (t.errors.expired, t.errors.expired_text),
        Failure::Missing | Failure::SignIn { .. } => (t.errors.missing, t.errors.missing_text),
        Failure::Wrong => (t.errors.wrong, t.errors.wrong_text),
        Failure::Failed(_) => (t.errors.failed, t.errors.failed_text),
    }
}

/// A page as an answer.
pub fn show(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => Failure::Failed(format!("a template failed: {error}")).into_response(),
    }
}

/// What no route answers.
pub async fn nothing() -> Failure {
    Failure::Missing
}
