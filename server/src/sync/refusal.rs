//! An answer that is no success: a status for proxies and logs, a code and a sentence for the device.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::{Code, Refused};

use crate::store::StoreError;

/// Seconds after which a refused device may come back, where it is the server's fault.
const COME_BACK_S: u64 = 5;

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub refused: Refused,
    /// Seconds.
    pub retry_after: Option<u64>,
}

impl Refusal {
    pub fn new(status: u16, code: Code, time_ms: i64) -> Self {
        let retry_after = matches!(status, 429 | 503).then_some(COME_BACK_S);
        Self { status, refused: Refused { code, detail: None, nonce: None, time_ms }, retry_after }
    }
    /// With a sentence that says more than the code's.
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.refused.detail = Some(detail.into());
        self
    }
    /// To come back after so many seconds.
    pub fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
    /// With the nonce to sign again with.
    pub fn with_nonce(mut self, nonce: Vec<u8>) -> Self {
        self.refused.nonce = Some(nonce.into());
        self
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a request was refused because the store failed");
        match error {
            StoreError::Busy => Self::new(503, Code::BUSY, 0),
            StoreError::Newer { .. } | StoreError::Full | StoreError::ReadOnly | StoreError::Corrupt(_) | StoreError::Failed(_) => {
                Self::new(503, Code::INTERNAL, 0)
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], frame::pack(&self.refused)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
