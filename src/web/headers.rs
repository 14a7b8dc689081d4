//! What every answer carries so that a browser does nothing with it that we did not mean.

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::Site;
use crate::config::Sites;

/// The page loads its own style and script and talks to its own server; nothing is inline, nothing is
/// foreign, and nobody frames it (but see [`framed`]).
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Only what the chat uses, only by ourselves.
const PERMISSIONS: &str = "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=(), \
    serial=(), midi=(), display-capture=()";

const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (CORP, "same-origin"),
];

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const COEP: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// For the one page that these sites may show in a frame. Also for those of them that let nothing foreign
/// in which does not say that it may come (COEP); what the page itself loads stays its own.
pub fn framed(headers: &mut HeaderMap, sites: &Sites) {
    let ancestors = format!("frame-ancestors {}", sites.origins().join(" "));
    let policy = POLICY.replace("frame-ancestors 'none'", &ancestors);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(CORP, HeaderValue::from_static("cross-origin"));
    headers.insert(COEP, HeaderValue::from_static("require-corp"));
}

/// For the one script that other sites load.
pub fn foreign(headers: &mut HeaderMap) {
    headers.insert(CORP, HeaderValue::from_static("cross-origin"));
}

/// A year: long enough to count, and renewed with every answer.
const HTTPS_ONLY: &str = "max-age=31536000";

/// Adds them; an answer that says its own (a file of a person's, what other sites load) keeps it.
pub async fn add(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if site.https() {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_ONLY),
        );
    }
    response
}
