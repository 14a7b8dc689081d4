//! What the platform says about our number, account and templates, in plain words; what must be registered
//! there; and the link that begins a talk.

use std::sync::PoisonError;

use serde_json::{Value, json};

use super::json::{list, text};
use super::{WhatsApp, errors, templates, who};
use crate::channel::Seen;

/// What is asked of the number; a newer field that an older version lacks makes it refuse the whole question.
const FIELDS: &str = "display_phone_number,verified_name,quality_rating,code_verification_status,\
    name_status,status,whatsapp_business_manager_messaging_limit";

/// Webhook fields that must be ticked by hand.
const TICKED: &str = "messages, user_preferences, message_template_status_update, account_alerts, account_update, \
    phone_number_quality_update";

/// The number, and the templates where the account is known.
pub async fn look(us: &WhatsApp) -> Vec<Seen> {
    let number = match number(us).await {
        Ok(number) => number,
        Err(bad) => return vec![bad],
    };
    let mut seen = about_number(&number);
    seen.extend(match &us.business {
        Some(_) => match templates::approvals(us).await {
            Ok(approvals) => templates::told(&approvals),
            Err(bad) => vec![bad],
        },
        None => vec![Seen::good(
            "templates: not looked at, for WASL_WHATSAPP_BUSINESS_ID is not set",
        )],
    });
    seen
}

async fn number(us: &WhatsApp) -> Result<Value, Seen> {
    let plain = format!("{}/{}", us.api, us.number);
    let full = ask(us, &format!("{plain}?fields={FIELDS}")).await;
    let number = match full {
        // Code 100: it does not know one of the fields.
        Err((Some(100), _)) => ask(us, &plain).await,
        other => other,
    };
    let number = number.map_err(|(_, bad)| bad)?;
    if let Some(display) = text(&number, "display_phone_number") {
        let mut dialled = us.dialled.lock().unwrap_or_else(PoisonError::into_inner);
        *dialled = Some(who::digits(display));
    }
    Ok(number)
}

/// A question to the platform: its answer, or the code and what to do.
pub(super) async fn ask(us: &WhatsApp, address: &str) -> Result<Value, (Option<i64>, Seen)> {
    let answered = us.get(address).await;
    understood(answered)
}

pub(super) fn understood(
    answered: Result<(u16, Value), String>,
) -> Result<Value, (Option<i64>, Seen)> {
    let (status, body) = answered.map_err(|why| {
        let told = format!("{why}: look at WASL_WHATSAPP_API_URL and at the network");
        (None, Seen::bad(told))
    })?;
    match errors::told(status, &body) {
        Some(told) => Err((Some(told.code), Seen::bad(remedy(told.code)))),
        None if status == 200 => Ok(body),
        None => {
            let told = format!(
                "the platform answers {status} without saying why: look at WASL_WHATSAPP_API_URL"
            );
            Err((None, Seen::bad(told)))
        }
    }
}

fn remedy(code: i64) -> String {
    let words = errors::words(code);
    let remedy = match code {
        0 | 190 => "make a new permanent token of a system user and set WASL_WHATSAPP_TOKEN",
        3 | 10 | 200..=299 => {
            "give the token's system user whatsapp_business_messaging and whatsapp_business_management"
        }
        33 | 100 => "look at WASL_WHATSAPP_PHONE_NUMBER_ID and WASL_WHATSAPP_BUSINESS_ID",
        131_042 => "look at the payment method in Meta's Business settings",
        131_045 | 133_010 => "register the number on Meta's page",
        _ => "look at the account on Meta's page",
    };
    format!("{words}: {remedy}")
}

fn about_number(number: &Value) -> Vec<Seen> {
    let said = |name: &str| text(number, name).unwrap_or("not told");
    let mut seen = vec![Seen::good(format!(
        "number {}, shown as {:?}",
        said("display_phone_number"),
        said("verified_name")
    ))];
    seen.push(match said("quality_rating") {
        "RED" => Seen::bad(
            "quality: RED; people block us or report us: send less, and only what they asked for",
        ),
        quality => Seen::good(format!("quality: {quality}")),
    });
    if let Some(limit) = text(number, "whatsapp_business_manager_messaging_limit") {
        seen.push(Seen::good(format!(
            "people whom we may write to first in 24 hours: {}",
            limit.trim_start_matches("TIER_")
        )));
    }
    match text(number, "code_verification_status") {
        Some("NOT_VERIFIED" | "EXPIRED") => seen.push(Seen::bad(
            "the number is not verified: verify it by SMS or call on Meta's page",
        )),
        Some(status) => seen.push(Seen::good(format!("verification: {status}"))),
        None => {}
    }
    if let Some(status @ ("DECLINED" | "EXPIRED")) = text(number, "name_status") {
        seen.push(Seen::bad(format!(
            "the display name is {status}: ask for another on Meta's page"
        )));
    }
    if let Some(status @ ("BANNED" | "RESTRICTED" | "FLAGGED" | "DISCONNECTED")) =
        text(number, "status")
    {
        seen.push(Seen::bad(format!(
            "the number is {status}: look at the account on Meta's page"
        )));
    }
    seen
}

/// Subscribes the app to the account; the address of the webhook is typed by hand.
pub async fn set_up(us: &WhatsApp) -> Vec<Seen> {
    let mut seen = vec![match &us.business {
        Some(business) => subscribe(us, business).await,
        None => Seen::bad(
            "the app is not subscribed to the account: set WASL_WHATSAPP_BUSINESS_ID and run this again",
        ),
    }];
    let origin = us.house.public_url.origin();
    if !us.house.public_url.is_https() {
        seen.push(Seen::bad(
            "the platform only calls https with a certificate of a public authority: set WASL_PUBLIC_URL",
        ));
    }
    seen.push(Seen::good(format!(
        "by hand, on Meta's page of the app under WhatsApp, Configuration: callback URL {origin}/webhooks/whatsapp, verify \
         token as in WASL_WHATSAPP_VERIFY_TOKEN, and these fields ticked: {TICKED}"
    )));
    seen
}

async fn subscribe(us: &WhatsApp, business: &str) -> Seen {
    let address = format!("{}/{business}/subscribed_apps", us.api);
    match understood(us.post(&address, &json!({})).await) {
        Ok(_) => Seen::good("the app is subscribed to the account"),
        Err((_, bad)) => bad,
    }
}

/// A link that opens a talk with us, the payload as its first words.
pub async fn entrance(us: &WhatsApp, payload: Option<&str>) -> Option<String> {
    let known = us
        .dialled
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let digits = match known {
        Some(digits) => digits,
        None => who::digits(text(&number(us).await.ok()?, "display_phone_number")?),
    };
    let address = format!("https://wa.me/{digits}");
    let link = match payload {
        Some(words) => reqwest::Url::parse_with_params(&address, [("text", words)]),
        None => reqwest::Url::parse(&address),
    };
    // Some phones show a plus where a space was meant.
    Some(link.ok()?.to_string().replace('+', "%20"))
}

/// The templates in an answer of the platform's.
pub(super) fn rows(answer: &Value) -> &[Value] {
    list(answer, "data")
}
