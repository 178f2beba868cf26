//! `POST /v1/content?dry_run=`: a bundle of content, published all or nothing; with `draft`, its procedures are kept as
//! drafts. For programs with a token.

use axum::extract::{Query, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use frontline_content::Bundle;
use frontline_content::bundle::MAX_BYTES;
use frontline_domain::permission::{Act, Role};
use frontline_domain::{BlobHash, Slug, cbor};
use serde::Deserialize;

use super::body::{stated, whole};
use crate::admin::content::runs::{Because, OpenRuns};
use crate::admin::{AdminError, content};
use crate::app::{App, AppState};
use crate::blobs::content as content_blobs;
use crate::blobs::upload::NotTaken;
use crate::pen::NOBODY;
use crate::store::{StoreError, Token};

#[derive(Debug, Deserialize)]
pub struct How {
    /// Only says what it would change.
    #[serde(default)]
    dry_run: bool,
    /// Keeps what changed of its procedures, and publishes nothing.
    #[serde(default)]
    draft: bool,
    /// With `draft`: these alone, with commas between.
    #[serde(default)]
    only: String,
    /// What becomes of open runs of procedures that it changes or takes away: `finish`, the usual, or `withdraw`.
    #[serde(default)]
    open_runs: String,
    /// With `withdraw`: what those read who began one.
    #[serde(default)]
    reason: String,
}

impl How {
    fn only(&self) -> Option<Vec<Slug>> {
        self.only.split(',').filter(|name| !name.is_empty()).map(|name| name.parse().ok()).collect()
    }
}

type Said = (StatusCode, String);

/// Answers in words, one line for each part that changes.
pub async fn push(
    State(app): State<AppState>,
    how: Result<Query<How>, axum::extract::rejection::QueryRejection>,
    request: Request,
) -> Said {
    let token = match bearer(&app, request.headers()).await {
        Ok(Some(token)) => token,
        Ok(None) => return (StatusCode::UNAUTHORIZED, "the token is missing, not known or withdrawn\n".into()),
        Err(error) => return failed(&error),
    };
    if !token.role.acts().contains(&Act::Publish) {
        return (StatusCode::FORBIDDEN, "this token's role may not publish; use one of an author or an administrator\n".into());
    }
    let Ok(Query(how)) = how else {
        return (StatusCode::BAD_REQUEST, "dry_run and draft are true or false\n".into());
    };
    if request.headers().get(CONTENT_TYPE).is_none_or(|v| v != "application/cbor") {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the bundle as application/cbor\n".into());
    }
    let Ok(_place) = app.places.publishing().await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "others publish at this moment; try again in a minute\n".into());
    };
    let length = stated(request.headers(), 0);
    let Ok(body) = whole(request.into_body(), length, MAX_BYTES).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, format!("the bundle is larger than {MAX_BYTES} bytes, or was cut\n"));
    };
    let bundle = match Bundle::decode(&body) {
        Ok(bundle) => bundle,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("{error}; is the program of the server's version?\n")),
    };
    // An author publishes; who works where is an administrator's to say.
    let may_administer = token.role == Role::Admin;
    let Some(only) = how.only().filter(|only| (how.draft && !how.dry_run) || (!how.draft && only.is_empty())) else {
        return (StatusCode::BAD_REQUEST, "only names procedures, by their slugs, of a push with draft and without dry_run\n".into());
    };
    let open_runs = match how.open_runs.as_str() {
        "" | "finish" => OpenRuns::Finish,
        // A program acts for nobody: it is called what its token is.
        "withdraw" if !how.draft => match Because::read(&how.reason, NOBODY, token.name.clone()) {
            Ok(because) => OpenRuns::Withdraw(because),
            Err(error) => return (StatusCode::BAD_REQUEST, format!("{error}\n")),
        },
        _ => return (StatusCode::BAD_REQUEST, "open_runs is finish, or withdraw where something is published\n".into()),
    };
    let done = match how.draft {
        true => content::drafts::keep(&app, token.org, &bundle, &only).await,
        false => content::apply_and(&app, token.org, &bundle, (how.dry_run, may_administer), &open_runs).await,
    };
    match done {
        Ok(plan) => (StatusCode::OK, format!("{plan}\n")),
        Err(AdminError::Store(error)) => failed(&error),
        Err(AdminError::NotAllowed) => (StatusCode::FORBIDDEN, format!("{}\n", AdminError::NotAllowed)),
        Err(error @ (AdminError::Invalid(_) | AdminError::Unknown { .. })) => (StatusCode::UNPROCESSABLE_ENTITY, format!("{error}\n")),
    }
}

/// `POST /v1/content/media`: which of the pictures and videos that a push names are to be sent before it, as lines of their
/// hashes. They follow as those of facts do, by [`super::blobs`].
pub async fn offer(State(app): State<AppState>, request: Request) -> Said {
    let token = match bearer(&app, request.headers()).await {
        Ok(Some(token)) => token,
        Ok(None) => return (StatusCode::UNAUTHORIZED, "the token is missing, not known or withdrawn\n".into()),
        Err(error) => return failed(&error),
    };
    if !token.role.acts().contains(&Act::Publish) {
        return (StatusCode::FORBIDDEN, "this token's role may not publish; use one of an author or an administrator\n".into());
    }
    let length = stated(request.headers(), 0);
    let Ok(body) = whole(request.into_body(), length, content_blobs::AT_ONCE * 64).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "this names more pictures than fit, or was cut\n".into());
    };
    let offered: Vec<(BlobHash, u64)> = match cbor::decode("what is offered", &body) {
        Ok(offered) => offered,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("{error}; is the program of the server's version?\n")),
    };
    if offered.len() > content_blobs::AT_ONCE {
        return (StatusCode::BAD_REQUEST, format!("at most {} are offered at once\n", content_blobs::AT_ONCE));
    }
    match app.blobs.offer(&app, token.org, &offered).await {
        Ok(wanted) => (StatusCode::OK, wanted.iter().map(|blob| format!("{blob}\n")).collect()),
        Err(NotTaken::Store(error)) => failed(&error),
        Err(NotTaken::Disk(error)) => failed(&StoreError::Failed(error.to_string())),
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, format!("{why}\n")),
    }
}

fn failed(error: &StoreError) -> Said {
    tracing::error!(%error, "content was not published because the store failed");
    (StatusCode::SERVICE_UNAVAILABLE, "the server's store failed; nothing was changed\n".into())
}

pub(super) async fn bearer(app: &App, headers: &HeaderMap) -> Result<Option<Token>, StoreError> {
    let value = headers.get(AUTHORIZATION).and_then(|v| v.to_str().ok());
    let Some(secret) = value.and_then(|v| v.strip_prefix("Bearer ")) else { return Ok(None) };
    let hash = app.keys.hash_secret("token", secret.trim());
    Ok(app.store.read().await?.token(&hash).await?.filter(|token| !token.withdrawn))
}
