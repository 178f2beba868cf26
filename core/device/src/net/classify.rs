//! Tells the server's answer from everything else that answers on a network.

use frontline_protocol::{Code, Refused, frame};

use super::{Failure, Reply};

/// What a busy server that names no time is given.
const BUSY_MS: u64 = 60_000;
/// A longer `Retry-After` is a mistake somewhere; the device asks once in so long anyway.
const LONGEST_MS: u64 = 3_600_000;

/// The body of a success, or why this is none.
///
/// Only the media type says "this is the server": a portal answers 200 with HTML, 302 to itself or 511; a
/// proxy answers 407 or 403 in its own words. Those must not pass for a refusal, which would look final.
pub fn classify(reply: Reply) -> Result<Vec<u8>, Failure> {
    let media_type = reply.media_type.as_deref().unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case(frame::MEDIA_TYPE) {
        return if reply.status == 200 { Ok(reply.body) } else { Err(refusal(&reply)) };
    }
    if media_type.starts_with(frame::MEDIA_TYPE) {
        return Err(Failure::Refused(Refused { code: Code::VERSION, detail: None, nonce: None, time_ms: 0 }));
    }
    match reply.status {
        // What stands before the server speaks for it when it is overloaded or being replaced.
        429 | 502 | 503 | 504 => Err(Failure::Busy { retry_after_ms: Some(retry_after(&reply).unwrap_or(BUSY_MS)) }),
        status => Err(Failure::Portal { status }),
    }
}

fn refusal(reply: &Reply) -> Failure {
    let refused: Refused = match frame::unpack("a refusal", &reply.body) {
        Ok(refused) => refused,
        Err(_) if matches!(reply.status, 429 | 500..) => return Failure::Busy { retry_after_ms: retry_after(reply) },
        Err(error) => return Failure::Unreadable(error.to_string()),
    };
    match (refused.code, refused.nonce.as_ref()) {
        (Code::NEW_NONCE, Some(nonce)) => Failure::NewNonce { nonce: nonce.to_vec() },
        (Code::BUSY | Code::INTERNAL, _) => Failure::Busy { retry_after_ms: retry_after(reply) },
        _ if matches!(reply.status, 429 | 503) => Failure::Busy { retry_after_ms: retry_after(reply) },
        _ => Failure::Refused(refused),
    }
}

/// `Retry-After` in milliseconds. A date there (RFC 9110 allows one) is read as "a minute": the device's own
/// clock may be wrong, and a minute is what such dates mean in practice.
fn retry_after(reply: &Reply) -> Option<u64> {
    let text = reply.retry_after.as_deref()?.trim();
    let ms = text.parse::<u64>().map_or(BUSY_MS, |seconds| seconds.saturating_mul(1_000));
    Some(ms.min(LONGEST_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, media_type: &str, body: &[u8]) -> Reply {
        Reply { status, media_type: Some(media_type.to_owned()), retry_after: None, body: body.to_vec() }
    }
    fn refused(status: u16, code: Code, nonce: Option<&[u8]>) -> Reply {
        let body = frame::pack(&Refused { code, detail: None, nonce: nonce.map(|n| n.to_vec().into()), time_ms: 5 });
        reply(status, frame::MEDIA_TYPE, &body)
    }

    #[test]
    fn a_portal_is_no_network_however_it_answers() {
        for (status, media_type) in
            [(200, "text/html; charset=utf-8"), (302, "text/html"), (511, "text/html"), (407, ""), (403, "text/plain")]
        {
            assert_eq!(classify(reply(status, media_type, b"<html>")), Err(Failure::Portal { status }), "{status} {media_type}");
            assert!(Failure::Portal { status }.is_offline());
        }
    }

    #[test]
    fn a_portal_that_answers_401_in_html_is_not_taken_for_the_servers_refusal() {
        assert_eq!(classify(reply(401, "text/html", b"sign in")), Err(Failure::Portal { status: 401 }));
    }

    #[test]
    fn the_servers_own_words_are_taken_as_such() {
        assert_eq!(classify(reply(200, frame::MEDIA_TYPE, b"body")), Ok(b"body".to_vec()));
        assert_eq!(classify(refused(401, Code::NEW_NONCE, Some(b"n"))), Err(Failure::NewNonce { nonce: b"n".to_vec() }));
        assert!(matches!(classify(refused(403, Code::DEVICE_REVOKED, None)), Err(Failure::Refused(r)) if r.code == Code::DEVICE_REVOKED));
        assert!(matches!(classify(reply(400, frame::MEDIA_TYPE, b"no frame")), Err(Failure::Unreadable(_))));
    }

    #[test]
    fn retry_after_is_honoured_within_reason_whoever_says_it() {
        let with = |mut r: Reply, after: &str| {
            r.retry_after = Some(after.to_owned());
            classify(r)
        };
        assert_eq!(with(refused(503, Code::BUSY, None), "7"), Err(Failure::Busy { retry_after_ms: Some(7_000) }));
        assert_eq!(with(reply(429, "text/html", b""), "2"), Err(Failure::Busy { retry_after_ms: Some(2_000) }));
        let date = with(reply(503, "", b""), "Fri, 31 Dec 1999 23:59:59 GMT");
        assert_eq!(date, Err(Failure::Busy { retry_after_ms: Some(60_000) }));
        assert_eq!(with(reply(503, "", b""), "99999999"), Err(Failure::Busy { retry_after_ms: Some(LONGEST_MS) }));
    }

    #[test]
    fn a_server_of_another_protocol_says_update() {
        let other = classify(reply(200, "application/vnd.frontline.v9", b""));
        assert!(matches!(other, Err(Failure::Refused(r)) if r.code == Code::VERSION));
    }
}
