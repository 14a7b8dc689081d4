//! The bot's account: whether it works, what Telegram must know of us, and where people find it.

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::call::Failure;
use super::listen::ALLOWED;
use super::{NAME, Telegram, send};
use crate::channel::Seen;
use crate::text::lang::Lang;

/// Ports on which Telegram calls a webhook.
const PORTS: &[u16] = &[443, 80, 88, 8443];

/// Updates that wait at Telegram before it is worth a word.
const WAITING_MANY: u64 = 100;

pub async fn look(telegram: &Telegram) -> Vec<Seen> {
    let me = match telegram.api.call("getMe", &json!({})).await {
        Ok(me) => me,
        Err(failure) => return vec![Seen::bad(told(&failure))],
    };
    let name = me["username"].as_str().unwrap_or("?");
    let mut seen = vec![Seen::good(format!("Telegram knows the bot @{name}"))];
    match telegram.api.call("getWebhookInfo", &json!({})).await {
        Ok(info) => seen.extend(way_in(telegram, &info)),
        Err(failure) => seen.push(Seen::bad(told(&failure))),
    }
    seen
}

fn told(failure: &Failure) -> String {
    match failure.is_token() {
        true => send::TOKEN_REFUSED.to_owned(),
        false => failure.told(),
    }
}

/// How updates come to us, by what Telegram says.
fn way_in(telegram: &Telegram, info: &Value) -> Vec<Seen> {
    let url = info["url"].as_str().unwrap_or_default();
    let ours = webhook_url(telegram);
    let mut seen = vec![match (telegram.webhook, url) {
        (true, url) if url == ours => Seen::good(format!("Telegram calls {ours}")),
        (true, "") => Seen::bad(format!(
            "Telegram calls nobody: `wasl channels setup` registers {ours}"
        )),
        (true, _) => Seen::bad(format!(
            "Telegram calls another address: `wasl channels setup` registers {ours}"
        )),
        (false, "") => Seen::good("Telegram is asked for messages (long polling)"),
        (false, _) => Seen::bad(
            "Telegram calls an address that somebody registered: `wasl serve` takes that back when it \
             asks for messages; or set WASL_TELEGRAM_WEBHOOK=true",
        ),
    }];
    let waiting = info["pending_update_count"].as_u64().unwrap_or(0);
    let waits = format!("{waiting} updates wait at Telegram");
    seen.push(match waiting < WAITING_MANY {
        true => Seen::good(waits),
        false => Seen::bad(format!("{waits}: we do not take them")),
    });
    if telegram.webhook
        && let Some(error) = info["last_error_message"].as_str()
    {
        let error: String = error
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        seen.push(Seen::bad(format!(
            "the last time that Telegram could not reach us it noted: {error}"
        )));
    }
    seen
}

fn webhook_url(telegram: &Telegram) -> String {
    format!("{}/webhooks/{NAME}", telegram.public_url.origin())
}

pub async fn set_up(telegram: &Telegram) -> Vec<Seen> {
    let mut seen = vec![register(telegram).await];
    // A menu without a language is everybody's whose app speaks neither; Arabic comes first here.
    for (language, code) in [
        (Lang::Ar, None),
        (Lang::Ar, Some("ar")),
        (Lang::En, Some("en")),
    ] {
        let mut params = json!({
            "commands": telegram.words.menu(language),
            "scope": {"type": "all_private_chats"},
        });
        if let Some(code) = code {
            params["language_code"] = json!(code);
        }
        let which = code.unwrap_or("all others");
        seen.push(match telegram.api.call("setMyCommands", &params).await {
            Ok(_) => Seen::good(format!("the menu of commands is set for {which}")),
            Err(failure) => Seen::bad(format!(
                "the menu of commands is not set for {which}: {}",
                told(&failure)
            )),
        });
    }
    seen
}

async fn register(telegram: &Telegram) -> Seen {
    if !telegram.webhook {
        return match telegram.api.call("deleteWebhook", &json!({})).await {
            Ok(_) => Seen::good("no webhook is registered: Telegram is asked for messages"),
            Err(failure) => Seen::bad(told(&failure)),
        };
    }
    let url = webhook_url(telegram);
    if let Some(why) = unreachable(&url) {
        return Seen::bad(format!("{url} is not registered: {why}"));
    }
    let secret = telegram.secret.as_ref();
    let params = json!({
        "url": url,
        "secret_token": secret.map(|secret| secret.expose_secret()),
        "allowed_updates": ALLOWED,
        "drop_pending_updates": false,
    });
    match telegram.api.call("setWebhook", &params).await {
        Ok(_) => Seen::good(format!("Telegram calls {url} from now on")),
        Err(failure) => Seen::bad(format!("{url} is not registered: {}", told(&failure))),
    }
}

/// Why Telegram would not call this address.
fn unreachable(url: &str) -> Option<&'static str> {
    let Ok(url) = reqwest::Url::parse(url) else {
        return Some("it is no address. Set WASL_PUBLIC_URL");
    };
    if url.scheme() != "https" {
        return Some(
            "Telegram calls https alone. Set WASL_PUBLIC_URL to the address behind your certificate",
        );
    }
    let port = url.port_or_known_default().unwrap_or(443);
    (!PORTS.contains(&port)).then_some("Telegram calls the ports 443, 80, 88 and 8443 alone")
}

/// The link that opens a talk with the bot, and hands it the payload when the person presses "start".
pub async fn entrance(telegram: &Telegram, payload: Option<String>) -> Option<String> {
    let asked = telegram.username.get_or_try_init(|| async {
        let me = telegram
            .api
            .call("getMe", &json!({}))
            .await
            .map_err(|_| ())?;
        me["username"].as_str().map(str::to_owned).ok_or(())
    });
    // The cell wants a reason, and none is told: the poster then shows no link.
    let name = asked.await.ok()?;
    Some(match payload {
        Some(payload) => format!("https://t.me/{name}?start={payload}"),
        None => format!("https://t.me/{name}"),
    })
}
