//! The errors of the Graph API as a table: what each means, and what we do about it. Decided by the code and
//! the body, never by the HTTP status or the title. Pure.
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes>

use serde_json::Value;
use std::time::Duration;

use super::json::{number, path};
use crate::channel::SendError;

/// What an error asks of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It passes by itself: again, with growing waits.
    Again,
    /// It passes for this person: the others are not held up.
    AgainForPerson,
    /// The whole number rests for this many seconds.
    Rest(u64),
    /// What we start rests for this many seconds; answers go on.
    RestStarted(u64),
    /// Only a template may leave.
    WindowClosed,
    /// Nobody can be reached there, whatever is sent.
    Barred,
    /// This very message, never.
    Never,
    /// The template is not there in this language: there may be one in Arabic.
    OtherLanguage,
    /// Our file did not arrive: it is brought anew, then tried again.
    FileAnew,
}

/// One line of the table.
#[derive(Debug)]
pub struct Known {
    pub codes: std::ops::RangeInclusive<i64>,
    pub then: Then,
    /// Somebody must act: logged as an error.
    pub alert: bool,
    /// For operators and staff, without anything of a person's.
    pub words: &'static str,
}

const fn one(code: i64, then: Then, words: &'static str) -> Known {
    Known {
        codes: code..=code,
        then,
        alert: false,
        words,
    }
}

const fn alarm(code: i64, then: Then, words: &'static str) -> Known {
    Known {
        codes: code..=code,
        then,
        alert: true,
        words,
    }
}

/// Until somebody has mended a token or a permission: found out by trying, so not too often.
const REPAIR_SECS: u64 = 300;
/// An account's limits of calls are counted by the hour.
const CALLS_SECS: u64 = 300;
/// The throughput of a number is counted by the second.
const THROUGHPUT_SECS: u64 = 5;
/// A number that was marked as spam gets better by silence alone.
const SPAM_SECS: u64 = 4 * 3_600;
/// A disabled template, or a bill: a person must act.
const TEMPLATES_SECS: u64 = 3_600;

/// The person stopped promotion by the platform's own button.
pub const STOPPED_PROMOTION: i64 = 131_050;

/// Sorted by code; ranges never meet.
pub const TABLE: &[Known] = &[
    alarm(
        0,
        Then::Rest(REPAIR_SECS),
        "the access token is not accepted",
    ),
    one(1, Then::Again, "the platform had a fault of its own"),
    one(2, Then::Again, "the platform is not there for the moment"),
    alarm(3, Then::Rest(REPAIR_SECS), "the token may not use this"),
    one(4, Then::Rest(CALLS_SECS), "too many calls of this app"),
    alarm(10, Then::Rest(REPAIR_SECS), "the token lacks a permission"),
    one(
        33,
        Then::Never,
        "the phone number id is wrong or was deleted",
    ),
    one(100, Then::Never, "a parameter is not accepted"),
    alarm(
        190,
        Then::Rest(REPAIR_SECS),
        "the access token has expired or was revoked",
    ),
    Known {
        codes: 200..=299,
        then: Then::Rest(REPAIR_SECS),
        alert: true,
        words: "the token lacks a permission",
    },
    alarm(
        368,
        Then::Rest(REPAIR_SECS),
        "the account is blocked for breaking a policy",
    ),
    one(
        80_007,
        Then::Rest(CALLS_SECS),
        "too many calls of this account",
    ),
    one(
        130_429,
        Then::Rest(THROUGHPUT_SECS),
        "too many messages a second",
    ),
    one(
        130_472,
        Then::Never,
        "the person is part of an experiment of the platform's",
    ),
    alarm(
        130_497,
        Then::Rest(REPAIR_SECS),
        "the account may not write to this country",
    ),
    one(131_000, Then::Again, "the platform had a fault of its own"),
    alarm(
        131_005,
        Then::Rest(REPAIR_SECS),
        "the token lacks a permission",
    ),
    one(131_008, Then::Never, "a parameter is missing"),
    one(
        131_009,
        Then::Never,
        "a parameter has a value that is not accepted",
    ),
    one(131_016, Then::Again, "the platform is overloaded"),
    one(131_021, Then::Never, "sender and recipient are the same"),
    one(
        131_026,
        Then::Barred,
        "nobody can be reached there on WhatsApp",
    ),
    one(
        131_030,
        Then::Never,
        "a test number may not write to this recipient",
    ),
    alarm(131_031, Then::Rest(REPAIR_SECS), "the account is locked"),
    alarm(
        131_037,
        Then::Rest(REPAIR_SECS),
        "the display name is not approved yet",
    ),
    alarm(
        131_042,
        Then::RestStarted(TEMPLATES_SECS),
        "there is trouble with the payment",
    ),
    alarm(
        131_045,
        Then::Rest(REPAIR_SECS),
        "the number is not registered",
    ),
    one(
        131_047,
        Then::WindowClosed,
        "the platform's window is closed",
    ),
    alarm(
        131_048,
        Then::RestStarted(SPAM_SECS),
        "too many people marked this number as spam",
    ),
    one(
        131_049,
        Then::Never,
        "the platform holds back promotion to this person",
    ),
    one(131_050, Then::Never, "the person stopped promotion from us"),
    one(
        131_051,
        Then::Never,
        "this kind of message is not supported",
    ),
    one(
        131_052,
        Then::Again,
        "a file of the person's could not be fetched by the platform",
    ),
    one(131_053, Then::FileAnew, "a file of ours could not be taken"),
    one(
        131_056,
        Then::AgainForPerson,
        "too many messages to this person",
    ),
    one(131_057, Then::Again, "the account is under maintenance"),
    one(
        131_062,
        Then::Never,
        "this message needs a phone number, and only a user id is known",
    ),
    alarm(
        131_064,
        Then::RestStarted(TEMPLATES_SECS),
        "templates are of the wrong category",
    ),
    one(
        132_000,
        Then::Never,
        "the template takes another number of parameters",
    ),
    one(
        132_001,
        Then::OtherLanguage,
        "there is no such template in this language",
    ),
    one(132_005, Then::Never, "the filled template is too long"),
    one(132_007, Then::Never, "the template breaks a policy"),
    one(
        132_008,
        Then::Never,
        "a parameter of the template is not accepted",
    ),
    one(
        132_012,
        Then::Never,
        "a parameter of the template has another form",
    ),
    alarm(
        132_015,
        Then::RestStarted(TEMPLATES_SECS),
        "a template is paused for its low quality",
    ),
    alarm(
        132_016,
        Then::RestStarted(TEMPLATES_SECS),
        "a template is disabled",
    ),
    one(
        132_018,
        Then::Never,
        "a parameter of the template holds line breaks or wide gaps",
    ),
    one(132_068, Then::Never, "a flow is blocked"),
    one(132_069, Then::Never, "a flow is throttled"),
    one(
        133_004,
        Then::Again,
        "the platform is not there for the moment",
    ),
    alarm(
        133_010,
        Then::Rest(REPAIR_SECS),
        "the number is not registered",
    ),
    alarm(
        133_016,
        Then::Rest(REPAIR_SECS),
        "too many tries to register the number",
    ),
    one(135_000, Then::Again, "the platform had a fault of its own"),
    one(
        137_000,
        Then::Never,
        "the person's identity changed and was not confirmed",
    ),
];

/// The line of a code.
pub fn known(code: i64) -> Option<&'static Known> {
    TABLE.iter().find(|known| known.codes.contains(&code))
}

/// A code in words of the house.
pub fn words(code: i64) -> String {
    match known(code) {
        Some(known) => format!("{} ({code})", known.words),
        None => format!("the platform refused it ({code})"),
    }
}

/// An error that the platform told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub code: i64,
    pub then: Then,
    pub alert: bool,
}

/// What a refusal says. `None`: it is no error of the Graph API's at all.
pub fn told(status: u16, body: &Value) -> Option<Told> {
    let code = number(path(body, &["error", "code"]))?;
    let transient = path(body, &["error", "is_transient"]).as_bool() == Some(true);
    let told = match known(code) {
        // "Invalid OAuth 2.0 Access Token" and "Error validating …" come under 0 and 190 alike.
        Some(known) => (known.then, known.alert),
        None if transient || status >= 500 || status == 429 => (Then::Again, false),
        None => (Then::Never, false),
    };
    Some(Told {
        code,
        then: told.0,
        alert: told.1,
    })
}

/// As the outbox takes it. `hits`: how often this person was too fast in a row; the platform asks for 4ⁿ s.
pub fn refused(told: Told, hits: u32) -> SendError {
    let reason = words(told.code);
    match told.then {
        Then::Again | Then::FileAnew => SendError::Later {
            after: None,
            reason,
        },
        Then::AgainForPerson => SendError::LaterForPerson {
            after: Some(Duration::from_secs(4_u64.pow(hits.min(5)))),
            reason,
        },
        Then::Rest(secs) => SendError::PauseChannel {
            after: Some(Duration::from_secs(secs)),
            reason,
        },
        Then::RestStarted(secs) => SendError::Later {
            after: Some(Duration::from_secs(secs)),
            reason,
        },
        Then::WindowClosed => SendError::WindowClosed,
        Then::Barred => SendError::Barred { reason },
        Then::Never | Then::OtherLanguage => SendError::Never { reason },
    }
}

/// An answer that is no error of the Graph API's: a gateway before it, or another server altogether.
pub fn strange(status: u16, retry_after: Option<Duration>) -> SendError {
    let reason = format!("the platform answered {status} without saying why");
    match status {
        // Whether it took the message nobody knows.
        200..=399 | 504 => SendError::Unknown { reason },
        401 | 403 | 404 => SendError::PauseChannel {
            after: Some(Duration::from_secs(REPAIR_SECS)),
            reason,
        },
        429 | 500.. => SendError::Later {
            after: retry_after,
            reason,
        },
        _ => SendError::Never { reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_are_sorted_and_stand_once() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].codes.end() < pair[1].codes.start(), "{:?}", pair[1]);
        }
    }

    #[test]
    fn every_code_is_dealt_with_as_the_manual_says() {
        let reason = words;
        let later = |code: i64, secs: Option<u64>| SendError::Later {
            after: secs.map(Duration::from_secs),
            reason: reason(code),
        };
        let rest = |code: i64, secs: u64| SendError::PauseChannel {
            after: Some(Duration::from_secs(secs)),
            reason: reason(code),
        };
        let never = |code: i64| SendError::Never {
            reason: reason(code),
        };
        for (case, status, code, expected) in [
            ("token expired", 401, 190, rest(190, 300)),
            (
                "token expired, told as a bad request",
                400,
                190,
                rest(190, 300),
            ),
            ("no permission", 403, 200, rest(200, 300)),
            ("no permission of another kind", 403, 299, rest(299, 300)),
            (
                "a fault of the platform's",
                500,
                131_000,
                later(131_000, None),
            ),
            (
                "overloaded, told as a bad request",
                400,
                131_016,
                later(131_016, None),
            ),
            ("throughput", 429, 130_429, rest(130_429, 5)),
            ("calls", 400, 80_007, rest(80_007, 300)),
            ("spam", 400, 131_048, later(131_048, Some(14_400))),
            ("payment", 400, 131_042, later(131_042, Some(3_600))),
            ("window", 400, 131_047, SendError::WindowClosed),
            (
                "undeliverable",
                400,
                131_026,
                SendError::Barred {
                    reason: reason(131_026),
                },
            ),
            ("parameter", 400, 100, never(100)),
            ("template parameters", 400, 132_000, never(132_000)),
            ("upload", 400, 131_053, later(131_053, None)),
            ("never heard of", 400, 139_999, never(139_999)),
            (
                "never heard of, but the platform's fault",
                500,
                139_999,
                later(139_999, None),
            ),
        ] {
            let body = json!({"error": {"code": code, "message": "…"}});
            let told = told(status, &body).unwrap();
            assert_eq!(refused(told, 0), expected, "{case}");
        }
    }

    #[test]
    fn whoever_is_too_fast_waits_four_times_longer_each_time() {
        let told = told(400, &json!({"error": {"code": 131_056}})).unwrap();
        for (hits, secs) in [(0, 1), (1, 4), (2, 16), (3, 64), (40, 1_024)] {
            let expected = SendError::LaterForPerson {
                after: Some(Duration::from_secs(secs)),
                reason: words(131_056),
            };
            assert_eq!(refused(told, hits), expected);
        }
    }

    #[test]
    fn what_is_no_error_of_the_platforms_is_no_end_of_a_message() {
        assert_eq!(told(502, &Value::Null), None);
        assert!(matches!(strange(502, None), SendError::Later { .. }));
        assert!(matches!(strange(504, None), SendError::Unknown { .. }));
        assert!(matches!(strange(200, None), SendError::Unknown { .. }));
        assert!(matches!(strange(404, None), SendError::PauseChannel { .. }));
        assert!(matches!(strange(413, None), SendError::Never { .. }));
    }
}
