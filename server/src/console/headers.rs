//! What every answer of the console carries: nothing is run, framed or sent elsewhere but what this server
//! served itself, and nothing is kept by caches.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// Says to handlers whether the browser speaks HTTPS. What a request itself says there is taken away: anybody
/// can write it.
pub const SCHEME: &str = "x-forwarded-proto";

/// An extension of requests that came in by HTTPS: this server's own, or that of a proxy which is named.
#[derive(Debug, Clone, Copy)]
pub struct Https;

/// The middleware.
pub async fn protect(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(SCHEME);
    if request.extensions().get::<Https>().is_some() {
        request.headers_mut().insert(SCHEME, HeaderValue::from_static("https"));
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
